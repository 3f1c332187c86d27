"""Writes the demonstration workspace: exports in the inbox, `weekrapport.toml` and a README."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import numpy as np

from weekrapport.demo import cases, history, interruptions, organisation
from weekrapport.demo.case_types import statustypen, zaaktypen
from weekrapport.demo.chance import generators
from weekrapport.demo.commentary import COMMENTARY
from weekrapport.demo.defects import Defects, hold_back, plant
from weekrapport.demo.document_requirements import documenteisen
from weekrapport.demo.drawing import draw_timeline
from weekrapport.demo.exports import ENCODING, SEPARATOR, export_bytes
from weekrapport.demo.headers import EXPORTS, Export
from weekrapport.demo.organisation import Rows
from weekrapport.demo.timeline import LAST_WEEK
from weekrapport.errors import ConfigurationError
from weekrapport.settings import FILE_NAME

SEED = 20261122
MARK = "# Demonstratie: geschreven door `weekrapport demo`. Alles hierin is verzonnen."
MANIFEST = "manifest.json"
INBOX = "data/inbox"
COMMENTARY_FILE = "data/commentaar/2026-W47/case_overview.md"


def write_demo(
    folder: Path, *, variant: Literal["standaard", "gebreken"] = "standaard", factor: float = 1.0, seed: int = SEED
) -> list[Path]:
    """Write the workspace of the fictional Zaakkracht B.V. and return the paths of its files.

    The same arguments give the same bytes. An earlier demonstration in the folder is replaced; nothing else is.

    Args:
        folder: the workspace; made when it does not exist.
        variant: "gebreken" plants known defects and lists them in `manifest.json`.
        factor: scales the number of cases; 1 is about 9,800 in 104 weeks.
        seed: of all chance.

    Raises:
        ConfigurationError: the folder holds a workspace that is not a demonstration, or an argument cannot be.
    """
    if variant not in ("standaard", "gebreken"):
        raise ConfigurationError(f"There is no demonstration {variant!r}: take 'standaard' or 'gebreken'.")
    if not 0 < factor <= 200:
        raise ConfigurationError(f"The factor of the demonstration must lie between 0 and 200, not {factor}.")
    folder = Path(folder).expanduser().resolve()
    _refuse_other_workspace(folder)
    tables, defects = build(variant == "gebreken", factor, seed)
    broken_lines = defects.broken_lines if defects else ()
    written = [
        _write(
            folder / INBOX / export.file_name,
            export_bytes(export, tables[export.table], broken_lines if export.table == "zaak" else ()),
        )
        for export in EXPORTS
    ]
    texts = {FILE_NAME: _toml(folder), "README.md": _readme(defects is not None)}
    if defects is None:
        (folder / MANIFEST).unlink(missing_ok=True)
    else:
        texts[MANIFEST] = json.dumps(defects.manifest, ensure_ascii=False, indent=1) + "\n"
    if not (folder / COMMENTARY_FILE).exists():  # what people write is never overwritten, not even here
        texts[COMMENTARY_FILE] = COMMENTARY
    return written + [_write(folder / name, [text.encode()]) for name, text in texts.items()]


def build(with_defects: bool, factor: float, seed: int) -> tuple[dict[str, Rows], Defects | None]:
    """Return every table by name, and the planted defects when asked for."""
    streams = generators(seed)
    timeline = draw_timeline(streams, factor)
    held_back = np.zeros(0, dtype="int64")
    if with_defects:
        timeline, held_back = hold_back(timeline, streams["gebreken"])
    ids = cases.zaak_ids(timeline)
    opschorting = interruptions.opschortingen(timeline, ids, streams["opschorting"])
    verlenging = interruptions.verlengingen(timeline, ids, streams["verlenging"])
    zaak = cases.zaken(timeline, opschorting, verlenging, streams)
    document = history.documenten(timeline, zaak, streams["zaak_document"])
    tables = {
        "zaaktype": zaaktypen(),
        "zaaktype_status": statustypen(),
        "zaaktype_documenteis": documenteisen(),
        "zaak": zaak,
        "zaak_status": history.statussen(timeline, zaak["behandelaar_id"], ids, streams["zaak_status"]),
        "zaak_opschorting": opschorting,
        "zaak_verlenging": verlenging,
        "zaak_document": document,
        "contactmoment": history.contactmomenten(timeline, zaak, document, streams["contactmoment"]),
        "team": organisation.teams(),
        "medewerker": organisation.medewerkers(),
        "klant": organisation.klanten(),
        "dienst": organisation.diensten(),
    }
    if not with_defects:
        return tables, None
    return tables, plant(zaak, ids[held_back], streams["gebreken"])


def _refuse_other_workspace(folder: Path) -> None:
    path = folder / FILE_NAME
    if path.is_file() and not path.read_text("utf-8", errors="replace").startswith(MARK):
        raise ConfigurationError(
            f"{path} is not a demonstration, and a demonstration would overwrite it. Give another folder."
        )


def _write(path: Path, pieces: Iterable[bytes]) -> Path:
    """Write a file under a temporary name and then give it its own."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            file.writelines(pieces)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return path


def _toml(folder: Path) -> str:
    """Return `weekrapport.toml`; the demonstration of the project itself reports into the project's output."""
    in_project = folder.parts[-2:] == ("data", "demo") and (folder.parents[1] / "pyproject.toml").is_file()
    parts = [
        MARK,
        f'week = "{LAST_WEEK}"\n',
        f"[organisation]\nname = {_quoted(organisation.NAME)}\nauthor = {_quoted(organisation.AUTHOR)}\n",
        f"[paths]\ninbox = {_quoted(INBOX)}\noutput = {_quoted('../../output/demo' if in_project else 'output')}\n",
        *(_stanza(export) for export in EXPORTS),
    ]
    return "\n".join(parts)


def _stanza(export: Export) -> str:
    lines = [
        "[[source]]",
        f"name = {_quoted(export.name)}",
        f"table = {_quoted(export.table)}",
        f"files = {_quoted(f'{export.name}*.csv')}",
        'combine = "newest"',
        f"encoding = {_quoted(ENCODING)}",
        f"separator = {_quoted(SEPARATOR)}",
        'decimaal = ","',
        "\n[source.columns]",
        *(f"{column} = {_quoted(header)}" for column, header in export.mapped().items()),
    ]
    for column, words in export.words.items():
        lines += [f"\n[source.values.{column}]"]
        lines += [f"{_quoted(word)} = {_quoted(value)}" for value, word in words.items()]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _readme(with_defects: bool) -> str:
    text = f"""# Demonstration workspace

The exports of {organisation.NAME}, a fictional software supplier for municipalities, as its case system would write
them on Monday 23 November 2026 at 05:30. Every organisation, person and case is invented. Written by
`weekrapport demo`; running that again replaces these files.

* `weekrapport.toml`: which file becomes which table, and which header which column.
* `data/inbox/`: the exports: CSV with semicolons, Windows encoding (cp1252), Dutch dates and decimal commas.
"""
    if with_defects:
        text += f"* `{MANIFEST}`: the defects that were planted in them, and what a check should say of each.\n"
    return text

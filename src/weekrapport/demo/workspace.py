"""Writes the demonstration workspace: exports and invoices in the inbox, `weekrapport.toml` and a README."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Literal

import numpy as np

from weekrapport.demo import attributes, cases, history, interruptions, organisation, planning
from weekrapport.demo.books.build import build_books
from weekrapport.demo.books.defects import plant_in_books
from weekrapport.demo.books.documents import Documents
from weekrapport.demo.books.headers import BOOK_EXPORTS, DOCUMENTS
from weekrapport.demo.books.workbook import workbook_bytes
from weekrapport.demo.case_types import statustypen, zaaktypen
from weekrapport.demo.chance import generators
from weekrapport.demo.commentary import COMMENTARY
from weekrapport.demo.configuration import EARLIER, INBOX, MANIFEST, MARK, earlier_toml, readme, toml
from weekrapport.demo.defects import Defects, plant
from weekrapport.demo.document_requirements import documenteisen
from weekrapport.demo.drawing import draw_timeline
from weekrapport.demo.earlier_delivery import EARLIER_STAMP, earlier_delivery
from weekrapport.demo.exports import export_bytes
from weekrapport.demo.headers import EXPORTS, STAMP
from weekrapport.demo.manifest import numbered
from weekrapport.demo.organisation import Rows
from weekrapport.demo.risk_defects import plant_imbalance, plant_risk
from weekrapport.demo.signal_defects import plant_signals
from weekrapport.demo.timeline import LAST_WEEK
from weekrapport.demo.written import Writer
from weekrapport.errors import ConfigurationError
from weekrapport.settings import FILE_NAME

SEED = 20261122
LARGEST_BOOKS = 10.0
"""Forty thousand documents of invoices is a lot; a hundred times the cases needs no more of them."""
PLANNING = ("capaciteit", "capaciteitsaanvraag")
"""Tables that are about the weeks to come; the earlier delivery has none."""
ALL_EXPORTS = (*EXPORTS, *BOOK_EXPORTS)


def write_demo(
    folder: Path, *, variant: Literal["standaard", "gebreken"] = "standaard", factor: float = 1.0, seed: int = SEED
) -> list[Path]:
    """Write the workspace of the fictional Zaakkracht B.V. and return the paths of its files.

    The same arguments give the same bytes. An earlier demonstration in the folder is replaced; nothing else is.

    Args:
        folder: the workspace; made when it does not exist.
        variant: "gebreken" plants known defects and lists them in `manifest.json`.
        factor: scales the number of cases, invoices and bookings, and the budget with them; 1 is about 9,800 cases in
            104 weeks and 2,200 invoices a year. The books grow tenfold at most.
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
    tables, documents, defects = build(variant == "gebreken", factor, seed)
    writer = Writer(folder)
    _write_inbox(writer, tables, documents, defects.broken_lines if defects else ())
    writer.write(FILE_NAME, toml(folder, ALL_EXPORTS).encode())
    writer.write("README.md", readme(with_defects=defects is not None).encode())
    if defects is not None:
        _write_earlier(writer, folder, defects.earlier)
        lines = numbered(defects.manifest)
        writer.write(MANIFEST, (json.dumps(lines, ensure_ascii=False, indent=1) + "\n").encode())
    writer.finish()
    return [*writer.paths, *_write_commentary(folder)]


def _write_inbox(writer: Writer, tables: dict[str, Rows], documents: Documents, broken_lines: tuple[str, ...]) -> None:
    for export in ALL_EXPORTS:
        if export.book is None:
            broken = broken_lines if export.table == "zaak" else ()
            writer.stream(f"{INBOX}/{export.file_name}", export_bytes(export, tables[export.table], broken))
    for book in dict.fromkeys(export.book for export in ALL_EXPORTS if export.book):
        sheets = [export for export in ALL_EXPORTS if export.book == book]
        writer.write(f"{INBOX}/{sheets[0].file_name}", workbook_bytes(sheets, tables))
    writer.write_many((f"{INBOX}/{DOCUMENTS}/{path}", content) for path, content in documents.files())


def _write_earlier(writer: Writer, folder: Path, tables: dict[str, Rows]) -> None:
    """Write the delivery of a week earlier: the cases only, because the books are compared with nothing yet."""
    exports = tuple(export for export in EXPORTS if export.table not in PLANNING)
    for export in exports:
        name = export.file_name.replace(STAMP, EARLIER_STAMP)
        writer.stream(f"{EARLIER}/{INBOX}/{name}", export_bytes(export, tables[export.table]))
    writer.write(f"{EARLIER}/{FILE_NAME}", earlier_toml(folder, exports).encode())


def _write_commentary(folder: Path) -> list[Path]:
    """Write what the analyst wrote, where nobody has written yet: that is never overwritten, not even here."""
    paths = []
    for slug, text in COMMENTARY.items():
        path = folder / f"data/commentaar/{LAST_WEEK}/{slug}.md"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
            paths.append(path)
    return paths


def build(with_defects: bool, factor: float, seed: int) -> tuple[dict[str, Rows], Documents, Defects | None]:
    """Return every table by name, the documents of the invoices, and the planted defects when asked for."""
    streams = generators(seed)
    timeline = draw_timeline(streams, factor)
    signals = None
    if with_defects:
        team, _ = attributes.people(generators(seed)["zaak"], timeline)  # the same draw as for the table of cases
        timeline, signals = plant_signals(timeline, team, streams["gebreken"])
    ids = cases.zaak_ids(timeline)
    opschorting = interruptions.opschortingen(timeline, ids, streams["opschorting"])
    verlenging = interruptions.verlengingen(timeline, ids, streams["verlenging"])
    zaak = cases.zaken(timeline, opschorting, verlenging, streams)
    document = history.documenten(timeline, zaak, streams["zaak_document"])
    books, documents = build_books(streams, min(factor, LARGEST_BOOKS))
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
        "capaciteit": planning.capaciteit(streams["capaciteit"], factor),
        "capaciteitsaanvraag": planning.aanvragen(),
        **books,
    }
    if signals is None:
        return tables, documents, None
    risk = plant_risk(zaak, streams["gebreken"])
    plant_imbalance(tables["capaciteit"])
    earlier, hindsight = earlier_delivery(tables, streams["gebreken"])
    taken = np.concatenate([*signals.numbers(ids), *risk.numbers(), *hindsight.numbers()])
    zaak = tables["zaak"]
    defects = plant(zaak, taken, streams["gebreken"])
    defects.manifest[:0] = [*signals.entries(ids), *hindsight.entries(), *risk.entries()]
    defects.manifest.extend(plant_in_books(tables, documents, streams["boekgebreken"]))
    return tables, documents, replace(defects, earlier=earlier)


def _refuse_other_workspace(folder: Path) -> None:
    path = folder / FILE_NAME
    if path.is_file() and not path.read_text("utf-8", errors="replace").startswith(MARK):
        raise ConfigurationError(
            f"{path} is not a demonstration, and a demonstration would overwrite it. Give another folder."
        )

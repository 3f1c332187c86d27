"""Writes what a report leaves in `output/<week>/<slug>/`.

Every file is written to a temporary name and renamed, so that nobody ever opens half a report.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from weekrapport.reporting.manifest import ReportEntry
from weekrapport.reporting.run_record import OutputRecord, as_json

CONCEPT, NOT_ISSUED = "concept", "niet-uitgebracht"
TRACEBACK = "traceback.txt"
_OUTDATED = "vervallen"


def week_folder(output: Path, week: str, team: str = "") -> Path:
    """Return where a run of one week leaves its results; the extract of one team has a folder of its own in it."""
    return output / week / "teams" / _slug(team) if team else output / week


def pdf_name(entry: ReportEntry, week: str, kind: str, team: str = "") -> str:
    """Return the file name of a report's PDF: "2026-W47-zaakoverzicht-concept.pdf"."""
    part = f"-{_slug(team)}" if team else ""
    return f"{week}-{entry.file_title}{part}-{kind}.pdf"


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file under a temporary name and rename it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    partial.write_bytes(content)
    partial.replace(path)


def write_facts(folder: Path, record: Mapping[str, Any]) -> Path:
    """Write `facts.json`, with every figure of the report in the order in which it was recorded."""
    path = folder / "facts.json"
    facts = {key: record[key] for key in ("report", "week", "as_of", "team", "facts", "signals")}
    write_bytes(path, as_json(facts).encode())
    return path


def write_tables(folder: Path, tables: Mapping[str, str]) -> list[Path]:
    """Write `tables/*.csv` and remove tables of an earlier run."""
    target = folder / "tables"
    written = [target / name for name in tables]
    for path, text in zip(written, tables.values(), strict=True):
        write_bytes(path, text.encode())
    for stale in set(target.glob("*.csv")) - set(written):
        stale.unlink()
    return written


def write_texts(folder: Path, texts: Mapping[str, str]) -> list[Path]:
    """Write plain texts beside the PDF and remove those of an earlier run."""
    written = [folder / name for name in texts]
    for path, text in zip(written, texts.values(), strict=True):
        write_bytes(path, text.encode())
    for stale in _texts(folder) - set(written):
        stale.unlink()
    return written


def _texts(folder: Path) -> set[Path]:
    return {path for path in folder.glob("*.txt") if path.name != TRACEBACK}


def retire(folder: Path, kinds: tuple[str, ...]) -> list[Path]:
    """Move earlier PDFs of the given kinds to `vervallen/`, so that none of them looks current."""
    moved = []
    for kind in kinds:
        for path in sorted(folder.glob(f"*-{kind}.pdf")):
            target = folder / _OUTDATED / path.name
            target.parent.mkdir(exist_ok=True)
            path.replace(target)
            moved.append(target)
    return moved


def clear_figures(folder: Path, *, keep_notebook: bool) -> None:
    """Remove what an earlier run left of a report that is not issued now, so that nothing stale looks current.

    Args:
        folder: `output/<week>/<slug>`.
        keep_notebook: whether the executed notebook is of this run, and shows where it failed.
    """
    notebooks = [] if keep_notebook else list(folder.glob("*.ipynb"))
    for path in [folder / "facts.json", *folder.glob("tables/*.csv"), *_texts(folder), *notebooks]:
        path.unlink(missing_ok=True)


def output_record(path: Path, root: Path) -> OutputRecord:
    """Return the path, relative to the week's output folder, and the hash of one file."""
    return OutputRecord(path=path.relative_to(root).as_posix(), sha256=hashlib.sha256(path.read_bytes()).hexdigest())


def _slug(text: str) -> str:
    words = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in text.lower()).split()
    slug = "-".join(words)
    if slug == "-".join(text.lower().split()):
        return slug
    # Something was left out; two names must never share a folder.
    return "-".join([*words, hashlib.sha256(text.encode()).hexdigest()[:6]])

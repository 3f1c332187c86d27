"""The `weekrapport.toml` and the README of the demonstration."""

from __future__ import annotations

import json
from pathlib import Path

from weekrapport.demo import organisation
from weekrapport.demo.exports import ENCODING, SEPARATOR
from weekrapport.demo.headers import Export
from weekrapport.demo.timeline import LAST_WEEK

MARK = "# Demonstratie: geschreven door `weekrapport demo`. Alles hierin is verzonnen."
MANIFEST = "manifest.json"
INBOX = "data/inbox"
EARLIER = "vorige-levering"
"""Folder with the delivery of a week earlier, in the variant with defects."""


def toml(folder: Path, exports: tuple[Export, ...]) -> str:
    """Return `weekrapport.toml`; the demonstration of the project itself reports into the project's output."""
    return _toml(f'week = "{LAST_WEEK}"\n', f"inbox = {_quoted(INBOX)}\noutput = {_quoted(_output(folder))}\n", exports)


def earlier_toml(folder: Path, exports: tuple[Export, ...]) -> str:
    """Return the `weekrapport.toml` of the earlier delivery, which leaves its snapshot beside the present ones.

    Args:
        folder: the workspace of the present delivery.
        exports: those that the earlier delivery holds.
    """
    output = _quoted(f"../{_output(folder)}")
    paths = f'inbox = {_quoted(INBOX)}\nsnapshots = "../data/snapshots"\noutput = {output}\n'
    return _toml(f'week = "{LAST_WEEK.plus(-1)}"\nreports = ["case_overview", "upcoming_deliveries"]\n', paths, exports)


def _output(folder: Path) -> str:
    in_project = folder.parts[-2:] == ("data", "demo") and (folder.parents[1] / "pyproject.toml").is_file()
    return "../../output/demo" if in_project else "output"


def _toml(first: str, paths: str, exports: tuple[Export, ...]) -> str:
    organisation_ = f"name = {_quoted(organisation.NAME)}\nauthor = {_quoted(organisation.AUTHOR)}\n"
    sections = (f"[organisation]\n{organisation_}", f"[paths]\n{paths}")
    return "\n".join([MARK, first, *sections, *(_stanza(export) for export in exports)])


def _stanza(export: Export) -> str:
    lines = [
        "[[source]]",
        f"name = {_quoted(export.name)}",
        f"table = {_quoted(export.table)}",
        f"files = {_quoted(export.pattern)}",
        'combine = "newest"',
    ]
    if export.sheet is not None:
        lines.append(f"sheet = {_quoted(export.sheet)}")
    else:
        lines += [f"encoding = {_quoted(ENCODING)}", f"separator = {_quoted(SEPARATOR)}"]
    if export.documents is not None:
        lines.append(f"documents = {_quoted(export.documents)}")
    lines += ['decimaal = ","', "\n[source.columns]"]
    lines += [f"{column} = {_quoted(header)}" for column, header in export.mapped().items()]
    for column, words in export.words.items():
        lines += [f"\n[source.values.{column}]"]
        lines += [f"{_quoted(word)} = {_quoted(value)}" for value, word in words.items()]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def readme(*, with_defects: bool) -> str:
    """Return the README of the workspace."""
    text = f"""# Demonstration workspace

The exports of {organisation.NAME}, a fictional software supplier for municipalities, as its case system, planning and
bookkeeping would write them on Monday 23 November 2026 at 05:30. Every organisation, person, case and invoice is
invented; account, VAT and trade register numbers are of a kind that nobody has. Written by `weekrapport demo`; running
that again replaces these files.

* `weekrapport.toml`: which file becomes which table, and which header which column.
* `data/inbox/`: the exports of the case system, the planning and the books: CSV with semicolons, Windows encoding
  (cp1252), Dutch dates and decimal commas; the budget is an Excel workbook with two sheets.
* `data/inbox/facturen/`: the documents of the invoices, per year: electronic invoices (UBL) and PDFs.
* `data/commentaar/`: what the fictional analyst wrote. These files are written once and never again.
* `.demonstratie.json`: which files the demonstration wrote, so that the next one can take them away.
"""
    if with_defects:
        text += f"""* `{MANIFEST}`: the defects that were planted in them, and what a check should say of each.
* `{EARLIER}/`: the delivery of a week earlier, as a workspace of its own. Run it first (`weekrapport run --workspace
  {EARLIER}`): some defects only show beside its snapshot.
"""
    return text

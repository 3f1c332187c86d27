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


def toml(folder: Path, exports: tuple[Export, ...]) -> str:
    """Return `weekrapport.toml`; the demonstration of the project itself reports into the project's output."""
    in_project = folder.parts[-2:] == ("data", "demo") and (folder.parents[1] / "pyproject.toml").is_file()
    parts = [
        MARK,
        f'week = "{LAST_WEEK}"\n',
        f"[organisation]\nname = {_quoted(organisation.NAME)}\nauthor = {_quoted(organisation.AUTHOR)}\n",
        f"[paths]\ninbox = {_quoted(INBOX)}\noutput = {_quoted('../../output/demo' if in_project else 'output')}\n",
        *(_stanza(export) for export in exports),
    ]
    return "\n".join(parts)


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
        text += f"* `{MANIFEST}`: the defects that were planted in them, and what a check should say of each.\n"
    return text

"""Which sheet of a workbook holds the table, and in which row its headers stand ("Inlezen" in docs/methods.md)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from weekrapport.errors import SourceError
from weekrapport.sources.sheet import HEADER_ROWS, Row, find_header, guess_header, head_rows, header_texts


def choose_sheet(book: Any, name: str, wanted: Collection[str], asked: str | None) -> tuple[Any, int, list[str]]:
    """Return the sheet to read, the row number of its headers, and Dutch remarks about the sheets that are not read.

    Args:
        book: an open workbook.
        name: the file, for messages.
        wanted: the mapped headers; none takes the row that looks most like one (to inspect a file).
        asked: the sheet that the source names; None takes the only visible one with the headers.

    Raises:
        SourceError: the sheet is not there, no sheet has a mapped header, or several have.
    """
    sheets = list(book.worksheets)
    visible = [sheet for sheet in sheets if sheet.sheet_state == "visible"]
    candidates = [_named(sheets, name, asked)] if asked is not None else visible
    heads = {sheet.title: head_rows(sheet) for sheet in candidates}
    if not any(heads.values()):
        raise SourceError(f"{name}: {_shown(candidates) or 'the workbook'} is empty. Export it again.")
    found: dict[str, tuple[int, int]] = {}
    for title, rows in heads.items():
        found[title] = find_header(rows, wanted) if wanted else guess_header(rows)
    best = max(candidates, key=lambda sheet: found[sheet.title][1])
    place, most = found[best.title]
    if most == 0:
        raise SourceError(
            f"{name}: none of the mapped headers stands in the first {HEADER_ROWS} rows of {_shown(candidates)}. "
            f"{_seen(heads[best.title])} Correct the headers in its [[source]], or the export."
        )
    rivals = [sheet for sheet in candidates if found[sheet.title][1] * 2 > most]
    if len(rivals) > 1 and wanted:
        raise SourceError(
            f"{name}: {len(rivals)} sheets have the mapped headers: {_shown(rivals)}. Say which one with `sheet` in "
            "its [[source]]."
        )
    return best, heads[best.title][place].number, _others(sheets, best)


def _named(sheets: Sequence[Any], name: str, asked: str) -> Any:
    for sheet in sheets:
        if sheet.title.strip().casefold() == asked.strip().casefold():
            return sheet
    raise SourceError(
        f"{name}: there is no sheet {asked!r}; there is {_shown(sheets) or 'none at all'}. Correct `sheet` in its "
        "[[source]]."
    )


def _others(sheets: Sequence[Any], best: Any) -> list[str]:
    remarks = []
    for text, is_visible in (("werkbladen", True), ("verborgen werkbladen", False)):
        names = [s.title for s in sheets if s is not best and (s.sheet_state == "visible") == is_visible]
        if names:
            remarks.append(f"{text} niet gelezen: {', '.join(names)}")
    return remarks


def _shown(sheets: Sequence[Any]) -> str:
    return ", ".join(repr(sheet.title) for sheet in sheets)


def _seen(rows: Sequence[Row]) -> str:
    if not rows:
        return "They are empty."
    row = rows[guess_header(rows)[0]]
    texts = [text for text in header_texts(row) if text][:6]
    return f"Row {row.number} holds {', '.join(repr(text) for text in texts)}."

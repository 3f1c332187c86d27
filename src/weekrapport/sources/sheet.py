"""One sheet of a workbook as rows of cells, with the row numbers that Excel shows ("Inlezen" in docs/methods.md)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from weekrapport.sources.cell_text import value_text
from weekrapport.sources.headers import header_key
from weekrapport.sources.workbook import formula_places

if TYPE_CHECKING:
    import zipfile

HEADER_ROWS = 15
"""The header row stands in one of the first fifteen rows."""
NO_RESULT = "formule zonder uitkomst: open het bestand in Excel en sla het op"

_FORMULA = re.compile(rb"<(?:[a-z0-9]+:)?f[ >/]")
_MERGED = re.compile(rb"<(?:[a-z0-9]+:)?mergeCell [^>]*?ref=\"([A-Z]+[0-9]+:[A-Z]+([0-9]+))\"")
_ZEROS = re.compile(r"0{2,15}")


@dataclass
class Row:
    """A filled row: its number in Excel, its values by position, and the Dutch reason of those without one."""

    number: int
    values: list[Any]
    faults: dict[int, str] = field(default_factory=dict)
    masks: dict[int, int] = field(default_factory=dict)
    """Position of a number to how many digits its format shows, when that is a format of only zeros."""

    def value(self, position: int) -> Any:
        """Return the value at a position; None beyond the last cell."""
        return self.values[position] if position < len(self.values) else None

    def filled(self) -> list[int]:
        """Return the positions that hold something."""
        return [i for i, value in enumerate(self.values) if value not in (None, "") or i in self.faults]


def head_rows(sheet: Any) -> list[Row]:
    """Return the filled ones of the rows in which the header may stand."""
    sheet.reset_dimensions()  # what a sheet says about its own size is often wrong
    rows = itertools.islice(sheet.iter_rows(), HEADER_ROWS)
    return list(_filled(rows, set()))


def all_rows(sheet: Any, archive: zipfile.ZipFile, data: bytes) -> tuple[list[Row], list[str]]:
    """Return every filled row of the sheet, and the merged ranges as (text) with their last row."""
    written = archive.read(sheet._worksheet_path)
    formulas = formula_places(data, sheet.title) if _FORMULA.search(written) else set()
    sheet.reset_dimensions()
    rows = list(_filled(sheet.iter_rows(), formulas))
    return rows, [match[1].decode() for match in _MERGED.finditer(written)]


def find_header(rows: Sequence[Row], wanted: Collection[str]) -> tuple[int, int]:
    """Return the place in `rows` of the row that holds most of the wanted headers, and how many it holds."""
    keys = {header_key(header) for header in wanted}
    best, most = 0, 0
    for place, row in enumerate(rows):
        found = len(keys.intersection(header_key(text) for text in header_texts(row)))
        if found > most:
            best, most = place, found
    return best, most


def guess_header(rows: Sequence[Row]) -> tuple[int, int]:
    """Return the place in `rows` of the row that looks like a header, and how many different words it holds.

    That is the row with the most of them, and the first of equals.
    """
    scores = [len({text for text in header_texts(row) if not re.fullmatch(r"[0-9.,:-]*", text)}) for row in rows]
    return (scores.index(max(scores)), max(scores)) if scores else (0, 0)


def header_texts(row: Row) -> list[str]:
    """Return the cells of a row as headers."""
    return [" ".join(value_text(value, ",").split()) for value in row.values]


def merged_below(ranges: Sequence[str], header: int) -> list[str]:
    """Return the merged ranges that reach below the header row."""
    return [text for text in ranges if int(re.findall(r"[0-9]+", text)[-1]) > header]


def _filled(rows: Any, formulas: set[tuple[int, int]]) -> Iterator[Row]:
    """Give the rows that hold something, in this program's own form."""
    for number, cells in enumerate(rows, start=1):
        row = Row(number, [cell.value for cell in cells])
        for position, cell in enumerate(cells):
            value = cell.value
            if cell.data_type == "e":
                row.faults[position] = f"fout van Excel: '{value}'"
            elif value is None:
                if cell.data_type != "str" and (number, position + 1) in formulas:
                    row.faults[position] = NO_RESULT
            elif isinstance(value, str):
                if "_x" in value:
                    row.values[position] = _unescaped(value)
            elif type(value) is int and _ZEROS.fullmatch(cell.number_format):
                row.masks[position] = len(cell.number_format)
        if row.filled():
            yield row


def _unescaped(text: str) -> str:
    """Return a text with the characters that a workbook writes as _x000D_."""
    from openpyxl.utils.escape import unescape

    return unescape(text)

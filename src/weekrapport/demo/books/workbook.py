"""The budget as the controller keeps it: one Excel workbook with a sheet of lines and a sheet of months.

The same budget gives the same bytes: the moments that Excel keeps inside the file are fixed.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from weekrapport.demo.headers import Export
from weekrapport.demo.organisation import NAME, Rows
from weekrapport.domain.schema import TABLES

_WRITTEN = datetime(2026, 11, 23, 5, 30)  # noqa: DTZ001 - a workbook knows no time zone
_FORMATS = {"cent": "#,##0.00", "date": "dd-mm-yyyy", "decimal": "0.000000"}
_TITLES = (
    f"Begroting {NAME} 2025 en 2026",
    "Bedragen in euro's, stand na de begrotingswijzigingen tot en met juni 2026",
)
_TOTAL = "Totaal"


def workbook_bytes(exports: Sequence[Export], tables: dict[str, Rows]) -> bytes:
    """Return the workbook: a sheet per export, the first with two title rows above its headers and a row of totals."""
    import openpyxl  # a fifth of a second, only for who writes a workbook

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for place, export in enumerate(exports):
        sheet = book.create_sheet(export.sheet)
        cells = _cells(export, tables[export.table])
        if place == 0:
            for title in _TITLES:
                sheet.append([title])
            sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(export.headers))
        sheet.append(list(export.headers.values()))
        for row in zip(*cells.values(), strict=True):
            sheet.append(row)
        kinds = TABLES[export.table].kinds()
        if place == 0:
            amounts = {name for name in cells if kinds[name] == "cent"}
            totals = [round(sum(cells[name]), 2) if name in amounts else None for name in cells]
            sheet.append([_TOTAL, *totals[1:]])
        for column, name in enumerate(cells, start=1):
            if kinds[name] in _FORMATS:
                for cell in sheet.iter_cols(column, column, len(_TITLES) + 2 if place == 0 else 2):
                    for each in cell:
                        each.number_format = _FORMATS[kinds[name]]
    book.properties.creator = NAME
    book.properties.created = _WRITTEN
    buffer = io.BytesIO()
    book.save(buffer)
    return _with_fixed_moments(buffer.getvalue(), book.properties.modified)


def _cells(export: Export, rows: Rows) -> dict[str, list[Any]]:
    kinds = TABLES[export.table].kinds()
    return {
        name: [_cell(value, kinds[name], export.words.get(name, {})) for value in rows[name].tolist()]
        for name in export.headers
    }


def _cell(value: Any, kind: str, words: Any) -> Any:
    """Return a value as Excel holds it: euros and shares as numbers, days as days, the rest as text."""
    if kind == "cent":
        return value / 100
    if isinstance(value, bool):
        return "Ja" if value else "Nee"
    return words.get(value, value)


def _with_fixed_moments(data: bytes, modified: datetime) -> bytes:
    """Return the same workbook with a fixed moment of change, inside and on every part of the zip file."""
    source, target = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    given, fixed = f"{modified:%Y-%m-%dT%H:%M:%SZ}".encode(), f"{_WRITTEN:%Y-%m-%dT%H:%M:%SZ}".encode()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in source.infolist():
            content = source.read(part)
            if part.filename == "docProps/core.xml":
                content = content.replace(given, fixed)
            archive.writestr(zipfile.ZipInfo(part.filename, _WRITTEN.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()

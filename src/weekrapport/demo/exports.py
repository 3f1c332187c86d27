"""Writes tables as a Dutch case system does: cp1252, semicolons, CRLF, dd-mm-jjjj, decimal comma, Ja and Nee."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from weekrapport.demo.headers import Export
from weekrapport.demo.organisation import Rows
from weekrapport.domain.schema import TABLES, Kind

ENCODING, SEPARATOR = "cp1252", ";"
_PIECE = 100_000
"""Rows that are written at a time, so that a hundredfold organisation fits in memory."""


def export_bytes(export: Export, rows: Rows, broken_lines: tuple[str, ...] = ()) -> Iterator[bytes]:
    """Yield the file piece by piece: header, one line a row, and `broken_lines` as they are before the last row."""
    last = len(next(iter(rows.values()))) - 1
    yield _csv([tuple(export.headers.values())])
    for first in range(0, last, _PIECE):
        yield _csv(_cells(export, rows, slice(first, min(first + _PIECE, last))))
    yield "".join(f"{line}\r\n" for line in broken_lines).encode(ENCODING)
    yield _csv(_cells(export, rows, slice(max(last, 0), None)))


def _cells(export: Export, rows: Rows, part: slice) -> Iterable[tuple[str, ...]]:
    kinds = TABLES[export.table].kinds()
    columns = (
        dutch(rows[column][part], kinds.get(column, "text"), export.words.get(column, {})) for column in export.headers
    )
    return zip(*columns, strict=True)


def _csv(lines: Iterable[tuple[str, ...]]) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=SEPARATOR, lineterminator="\r\n").writerows(lines)
    return buffer.getvalue().encode(ENCODING)


def dutch(values: np.ndarray, kind: Kind, words: Mapping[str, str]) -> list[str]:
    """Return the cells of one column: dd-mm-jjjj, HH:MM, decimal comma, Ja/Nee, empty when unknown."""
    if values.dtype.kind == "M":
        return _moments(values) if kind == "timestamp" else _dates(values)
    if values.dtype.kind == "b":
        return ["Ja" if value else "Nee" for value in values.tolist()]
    if kind == "cent":
        return _euros(values)
    if values.dtype.kind == "f":
        digits = 2 if kind == "decimal" else 0
        return ["" if value != value else f"{value:.{digits}f}".replace(".", ",") for value in values.tolist()]
    return ["" if value is None else words.get(value, str(value)) for value in values.tolist()]


def _euros(values: np.ndarray) -> list[str]:
    """Return cents as euros with a point between thousands and a decimal comma."""
    return ["" if value != value else _euro(int(value)) for value in values.tolist()]


def _euro(cents: int) -> str:
    whole, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{whole:,}".replace(",", ".") + f",{rest:02d}"


def _dates(values: np.ndarray) -> list[str]:
    days = values.astype("datetime64[D]")
    text_of = {each: "" if each is None else f"{each:%d-%m-%Y}" for each in set(days.tolist())}
    return [text_of[each] for each in days.tolist()]


def _moments(values: np.ndarray) -> list[str]:
    days = values.astype("datetime64[D]")
    minutes = (values - days).astype("timedelta64[m]")
    clock = np.where(np.isnat(values), -1, minutes.astype("int64")).tolist()
    clock_of = {each: "" if each < 0 else f" {each // 60:02d}:{each % 60:02d}" for each in set(clock)}
    return [day + clock_of[each] for day, each in zip(_dates(days), clock, strict=True)]

"""Cells that are read under a second header where the first says nothing ("Bronnen" in docs/methods.md).

Some exports tell the same thing in two columns, of which the better one is not always filled: when a call was solved,
else when it was closed. A cell that says something wrong is not nothing: it goes to the quarantine as always.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from weekrapport.domain.schema import TABLES
from weekrapport.errors import SourceError
from weekrapport.settings import Source
from weekrapport.sources.raw import RawTable, Rows

_Value = TypeVar("_Value")
Mask = npt.NDArray[np.bool_]


def fill_otherwise(raw: RawTable, source: Source) -> RawTable:
    """Return the file with the empty cells of `otherwise` read under the other header; each such reading is remarked.

    A first header that the file lacks stays lacking: its column must stop the reports, not turn into another one.

    Raises:
        SourceError: the other header is not in the file, or one of the two holds numbers of a spreadsheet and the other
            text, of which nobody can say what the decimal sign is.
    """
    for header in source.otherwise:
        for second in source.others_of(header):
            if second in raw.missing:
                raise SourceError(
                    f"{raw.name}: there is no column {second!r}, which `otherwise` in the [[source]] reads where "
                    f"{header!r} is empty. Export it, or correct `otherwise`."
                )
            if header not in raw.missing:
                raw = _fill(raw, source, header, second)
    return raw


def _fill(raw: RawTable, source: Source, header: str, second: str) -> RawTable:
    nothing = {"", *source.missing}
    empty = _nothing(raw, header, nothing)
    taken = np.flatnonzero(empty & ~_nothing(raw, second, nothing))
    if not len(taken):
        return raw
    cells = raw.frame[header].copy()
    cells.iloc[taken] = raw.frame[second].iloc[taken]
    if _holds_numbers(source, header) and raw.decimaal.get(header) != raw.decimaal.get(second):
        raise SourceError(
            f"{raw.name}: of the columns {header!r} and {second!r} one holds numbers and the other text. State the "
            'decimal sign of the text in the [[source]]: decimaal = "," or ".".'
        )
    numbers = {*raw.numbers.get(header, ()), *set(taken.tolist()).intersection(raw.numbers.get(second, ()))}
    return replace(
        raw,
        frame=raw.frame.assign(**{header: cells}),
        remarks=(*raw.remarks, f"{len(taken)} × niets onder '{header}', dus gelezen onder '{second}'"),
        faults={**raw.faults, header: _with(raw.faults, header, second, taken)},
        lost={**raw.lost, header: _with(raw.lost, header, second, taken)},
        numbers={**raw.numbers, header: tuple(sorted(numbers))},
    )


def _holds_numbers(source: Source, header: str) -> bool:
    """Return whether a column of numbers is made of a header whose decimal sign the source does not tell."""
    kinds = TABLES[source.table].kinds()
    columns = [column for column in source.columns if header in source.headers_of(column)]
    return source.decimaal is None and any(kinds[column] in ("cent", "decimal", "integer") for column in columns)


def _nothing(raw: RawTable, header: str, nothing: set[str]) -> Mask:
    """Return where the file says nothing under a header; an error of Excel says something unless it is in `missing`."""
    texts = raw.frame[header].fillna("").str.strip()
    empty = texts.isin(nothing).to_numpy(dtype=np.bool_, copy=True)
    wrong = [row for row in raw.faults.get(header, {}) if not (texts.iloc[row] and empty[row])]
    empty[wrong] = False
    return empty


def _with(places: Mapping[str, Mapping[int, _Value]], header: str, second: str, taken: Rows) -> dict[int, _Value]:
    """Return what is known of the cells of a header, with that of the cells taken from the second."""
    wanted = set(taken.tolist())
    found = {row: value for row, value in places.get(second, {}).items() if row in wanted}
    return {**{row: value for row, value in places.get(header, {}).items() if row not in wanted}, **found}

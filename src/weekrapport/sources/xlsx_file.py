"""A sheet of an Excel workbook to text cells, with the row number of every row ("Inlezen" in docs/methods.md).

Title rows above the headers and a row of totals below the data are passed over, and told. Real dates and numbers are
written so that they read in one way only; an error of Excel and a formula without a result have no value.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from weekrapport.sources.cell_text import lost_as_key, value_text
from weekrapport.sources.headers import locate, means_bsn
from weekrapport.sources.numbers import Decimaal
from weekrapport.sources.raw import RawTable
from weekrapport.sources.sheet import Row, all_rows, header_texts, merged_below
from weekrapport.sources.sheet_body import Body, keep_data
from weekrapport.sources.sheet_choice import choose_sheet
from weekrapport.sources.values import shorten
from weekrapport.sources.workbook import open_workbook

_NUMBER_IN_TEXT = re.compile(r"[0-9][.,][0-9]")


def read_xlsx(
    data: bytes,
    name: str,
    wanted: Collection[str],
    *,
    sheet: str | None = None,
    keys: Collection[str] = (),
    identifiers: Collection[str] = (),
    decimaal: Decimaal | None = None,
) -> RawTable:
    """Return the wanted columns of a workbook as text.

    Args:
        data: the bytes of the file.
        name: the file relative to the inbox.
        wanted: headers to read, matched without regard to case, accents and spaces; others are never kept.
        sheet: the sheet to read; None takes the only visible one that has the headers.
        keys: headers of the key of the table: a last row that fills one of them is data, also when it says total.
        identifiers: headers of columns that hold keys, of which Excel must not have made numbers.
        decimaal: the decimal sign in which the source writes numbers as text.

    Raises:
        SourceError: no workbook, cut off, without the sheet or the headers, with two such sheets, with a wanted header
            twice, or with a second table below the first.
    """
    with open_workbook(data, name) as (book, archive):
        chosen, start, remarks = choose_sheet(book, name, wanted, sheet)
        rows, merged = all_rows(chosen, archive, data)
    place = next(i for i, row in enumerate(rows) if row.number == start)
    titles = header_texts(rows[place])
    places = locate(wanted, titles, name)
    secret = {position for position, title in enumerate(titles) if means_bsn(title)}
    body = Body(name, places, secret, rows[place + 1 :], [], [*remarks, *_layout_remarks(rows[:place], start, merged)])
    keep_data(body, start, keys)
    columns = {title: _column(body.rows, position, decimaal) for title, position in places.items()}
    return RawTable(
        name=name,
        frame=pd.DataFrame({t: c.text for t, c in columns.items()}, index=pd.RangeIndex(len(body.rows))),
        rows=np.array([row.number for row in body.rows], dtype="int64"),
        regel=lambda row: body.line(body.rows[row]),
        rejected=tuple(body.rejected),
        missing=tuple(title for title in wanted if title not in places),
        dropped=tuple(title for i, title in enumerate(titles) if i not in places.values() and title),
        remarks=tuple(body.remarks),
        open_end=False,
        rows_read=len(body.rows) + len(body.rejected),
        faults={title: column.faults for title, column in columns.items() if column.faults},
        lost={title: columns[title].lost for title in identifiers if title in columns},
        numbers={title: columns[title].numbers for title in identifiers if title in columns},
        decimaal={title: column.decimaal for title, column in columns.items() if column.decimaal},
        form={"sheet": chosen.title, "header row": str(start)},
    )


@dataclass
class _Column:
    """A column as text, and what its cells were."""

    text: pd.Series
    faults: dict[int, str]
    lost: dict[int, str]
    numbers: tuple[int, ...]
    decimaal: Decimaal | None


def _column(rows: Sequence[Row], position: int, declared: Decimaal | None) -> _Column:
    values = [row.value(position) for row in rows]
    mixed = declared is None and any(isinstance(value, str) and _NUMBER_IN_TEXT.search(value) for value in values)
    sign: Decimaal = declared or ("," if mixed else ".")
    texts = [value_text(value, sign, among_texts=mixed) for value in values]
    numbers: list[int] = []
    lost: dict[int, str] = {}
    for place, value in enumerate(values):
        if value is None or isinstance(value, str):
            continue
        if why := lost_as_key(value):
            lost[place] = why
        elif digits := rows[place].masks.get(position):
            texts[place] = texts[place].zfill(digits)
        else:
            numbers.append(place)
    faults = {place: row.faults[position] for place, row in enumerate(rows) if position in row.faults}
    real = any(isinstance(value, int | float) for value in values)
    known = sign if real and declared is None and not mixed else None
    return _Column(pd.Series(texts, dtype="str"), faults, lost, tuple(numbers), known)


def _layout_remarks(above: Sequence[Row], header: int, merged: Sequence[str]) -> list[str]:
    """Return the Dutch sentences about rows above the header and merged cells below it."""
    remarks = []
    if above:
        first = shorten(" ".join(text for text in header_texts(above[0]) if text))
        remarks.append(f"kopregel op rij {header}; {len(above)} rij(en) erboven niet gelezen (bijvoorbeeld '{first}')")
    if spread := merged_below(merged, header):
        remarks.append(
            f"samengevoegde cellen onder de kopregel ({', '.join(spread[:3])}{' …' if len(spread) > 3 else ''}): "
            "alleen de eerste cel heeft een waarde"
        )
    return remarks

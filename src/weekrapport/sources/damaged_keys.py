"""Keys that lost digits because a spreadsheet took them for numbers ("Inlezen" in docs/methods.md).

Excel keeps fifteen digits, drops leading zeros and makes dates of what looks like one. A key that it changed joins with
nothing, or with the wrong row, so it is counted and told; it is never repaired.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from weekrapport.sources.raw import RawTable, Rows
from weekrapport.sources.values import ColumnRead, shorten


def damaged_keys(raw: RawTable, headers: Sequence[str], read: ColumnRead) -> tuple[dict[int, str], list[str]]:
    """Return row number to the header under which a key lost digits, and the Dutch sentences about the column.

    Args:
        raw: the file.
        headers: the headers that the column is made of.
        read: the column.
    """
    found = dict.fromkeys(read.damaged, headers[-1])
    reasons = {row: f"wetenschappelijke notatie: '{shorten(text)}'" for row, text in read.damaged.items()}
    for header in headers:
        for row, why in raw.lost.get(header, {}).items():
            found[row] = header
            reasons[row] = f"{why}: '{shorten(str(raw.frame[header].iloc[row]))}'"
    sentences: list[str] = []
    if reasons:
        first = min(reasons)
        sentences.append(
            f"{len(reasons)} × sleutel door Excel veranderd, er zijn cijfers verloren (rij {raw.rows[first]}: "
            f"{reasons[first]})"
        )
    numbers = sum(len(raw.numbers.get(header, ())) for header in headers)
    if numbers:
        sentences.append(f"{numbers} × sleutel die in Excel een getal is; nullen vooraan kunnen weg zijn")
    return found, sentences


def damaged_places(raw: RawTable, damaged: Mapping[int, str], rows: Rows, table: str) -> dict[str, tuple[str, ...]]:
    """Return, for the rows that are read, where keys of the table lost digits; empty when nowhere."""
    kept = {int(row) for row in rows}
    places = tuple(
        f"rij {raw.rows[row]} kolom {header} in {raw.name}" for row, header in sorted(damaged.items()) if row in kept
    )
    return {table: places} if places else {}

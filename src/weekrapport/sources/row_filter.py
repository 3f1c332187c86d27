"""Only the rows that a source wants: those with an allowed text under a header ("Bronnen" in docs/methods.md).

A file that holds more than one kind of row (expenditure beside receipts) has a column that says which. The other rows
are passed over and counted; they are not in the quarantine, for there is nothing wrong with them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np

from weekrapport.errors import SourceError
from weekrapport.settings import Source
from weekrapport.sources.encoding import looks_cut_off
from weekrapport.sources.raw import RawTable, Rejected

_Value = TypeVar("_Value")


def keep_where(raw: RawTable, source: Source) -> RawTable:
    """Return the rows of a file that hold one of the texts that `where` allows under each of its headers.

    Capitals and spaces around a text make no difference. A row of which the file cannot say what it is goes to the
    quarantine.

    Raises:
        SourceError: a header of `where` is not in the file, or the last row is cut off in such a column.
    """
    for header, allowed in source.where.items():
        raw = _keep(raw, header, allowed)
    return raw


def _keep(raw: RawTable, header: str, allowed: Sequence[str]) -> RawTable:
    if header in raw.missing:
        raise SourceError(
            f"{raw.name}: there is no column {header!r}, of which `where` in the [[source]] says which rows count. "
            "Export it, or correct `where`."
        )
    keys = [_key(text) for text in raw.frame[header].fillna("")]
    wanted = {_key(text) for text in allowed}
    _refuse_cut_text(raw, header, keys, wanted)
    unknown = raw.faults.get(header, {})
    rejected = [
        Rejected(raw.name, int(raw.rows[row]), "", None, f"kolom {header}: {why}", raw.regel(row))
        for row, why in unknown.items()
    ]
    kept = np.array([row for row, key in enumerate(keys) if key in wanted and row not in unknown], dtype=np.int64)
    passed = len(keys) - len(kept) - len(rejected)
    texts = " of ".join(f"'{text}'" for text in allowed)
    remark = f"{passed} rij(en) niet gelezen: {header} is niet {texts}"
    regel = raw.regel
    return replace(
        raw,
        frame=raw.frame.iloc[kept].reset_index(drop=True),
        rows=raw.rows[kept],
        regel=lambda row: regel(int(kept[row])),
        rejected=(*raw.rejected, *rejected),
        remarks=(*raw.remarks, remark) if passed else raw.remarks,
        open_end=raw.open_end and len(kept) > 0 and kept[-1] == len(keys) - 1,
        faults={title: _moved(rows, kept) for title, rows in raw.faults.items()},
        lost={title: _moved(rows, kept) for title, rows in raw.lost.items()},
        numbers={title: tuple(np.flatnonzero(np.isin(kept, rows)).tolist()) for title, rows in raw.numbers.items()},
    )


def _refuse_cut_text(raw: RawTable, header: str, keys: Sequence[str], wanted: set[str]) -> None:
    """Raise SourceError when the file ends, without a line end, in the middle of a text that is asked for."""
    if raw.open_end and keys and any(text != keys[-1] and text.startswith(keys[-1]) for text in wanted):
        raise looks_cut_off(
            raw.name,
            f"line {raw.rows[-1]}, the last, has no line end and its {header} is {raw.frame[header].iloc[-1]!r}",
        )


def _moved(rows: Mapping[int, _Value], kept: Sequence[int] | np.ndarray) -> dict[int, _Value]:
    return {place: rows[int(row)] for place, row in enumerate(kept) if int(row) in rows}


def _key(text: str) -> str:
    return unicodedata.normalize("NFC", text.strip()).casefold()

"""What a file reader delivers: the mapped columns as text, and the rows that could not be read.

Every shape of file delivers a `RawTable`; `typed` and `event_log` take it from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from weekrapport.sources.numbers import Decimaal

Rows = npt.NDArray[np.int64]
"""Row numbers."""

QUARANTINE_KINDS = {
    "bron": "str",
    "bron_rij": "Int64",
    "tabel": "str",
    "kolom": "str",
    "reden": "str",
    "regel": "str",
}


class Rejected(NamedTuple):
    """One row that was not read, with the first reason why."""

    bron: str
    bron_rij: int
    tabel: str
    kolom: str | None
    reden: str
    regel: str


@dataclass(frozen=True)
class RawTable:
    """A file as text.

    Attributes:
        name: the file, relative to the inbox; becomes `bron`.
        frame: the mapped columns that are present (dtype str), named by the header as the mapping writes it.
        rows: int64 array, for every row of `frame` the physical line (or row) number where it starts.
        regel: row number of `frame` to the original text of that row.
        rejected: rows with a structural fault; `tabel` is filled in later.
        missing: mapped headers that the file does not have.
        dropped: headers of the file that nothing maps.
        remarks: Dutch sentences about how the file was read.
        open_end: True when the file does not end with a line end, so that its last row may be incomplete.
        rows_read: data rows in the file, rejected ones included, empty ones not.
        faults: header to row number of `frame` to the Dutch reason why the file itself has no value there (an error
            of Excel, a formula without a result).
        lost: header to row number of `frame` to how a key lost digits there, in Dutch.
        numbers: header to the row numbers of `frame` where a spreadsheet stored a whole number.
        decimaal: header to the decimal sign of a column that the file stores as numbers; the source need not tell it.
        form: how the file is written, for who inspects it: encoding, separator, sheet, header row.
    """

    name: str
    frame: pd.DataFrame
    rows: Rows
    regel: Callable[[int], str]
    rejected: tuple[Rejected, ...]
    missing: tuple[str, ...]
    dropped: tuple[str, ...]
    remarks: tuple[str, ...]
    open_end: bool
    rows_read: int
    faults: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    lost: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    numbers: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    decimaal: Mapping[str, Decimaal] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)


def line_of(frame: pd.DataFrame, row: int) -> str:
    """Return a row of text cells as one text, for files that have no lines of their own."""
    return ";".join(str(cell) for cell in frame.iloc[row])


def quarantine_frame(rejected: Iterable[Rejected]) -> pd.DataFrame:
    """Return the rejected rows as the quarantine table.

    Returns:
        bron text, bron_rij integer, tabel text, kolom text (missing when the row as a whole is at fault), reden text
        (Dutch), regel text (the original row); in the order given.
    """
    rows = list(rejected)
    columns = {
        name: pd.Series([row[position] for row in rows], dtype=kind)
        for position, (name, kind) in enumerate(QUARANTINE_KINDS.items())
    }
    return pd.DataFrame(columns)

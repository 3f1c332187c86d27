"""One column of text cells to the dtype of its kind ("Inlezen" in docs/methods.md).

Every distinct text is read once, so a column costs what its distinct values cost. A `text` column stays text:
identifiers keep their leading zeros. No BSN leaves this module, except in a column that holds a key.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from weekrapport.domain.bsn import without_bsn
from weekrapport.domain.schema import DTYPES, Kind
from weekrapport.sources.moments import read_dates, read_timestamps
from weekrapport.sources.numbers import CellsRead, Decimaal, read_cents, read_decimals, read_integers
from weekrapport.sources.raw import Rows

TRUE_WORDS = frozenset({"ja", "j", "x", "1", "true", "waar"})
FALSE_WORDS = frozenset({"nee", "n", "0", "false", "onwaar"})
SCIENTIFIC_KEY = re.compile(r"[0-9](?:[.,][0-9]+)?e\+[0-9]{1,3}", re.IGNORECASE)


@dataclass(frozen=True)
class ColumnRead:
    """A column read.

    Attributes:
        values: Series in the dtype of the kind, missing where a cell is empty or cannot be read.
        reasons: position of every cell that cannot be read, to the Dutch reason (shows the value, not a BSN).
        remarks: Dutch sentences about fallbacks that were used, each with how often and one example.
        bsn: how many times a BSN was taken out of the cells of a column of text.
        damaged: position of every key that a spreadsheet wrote in scientific notation, to the text.
    """

    values: pd.Series
    reasons: dict[int, str]
    remarks: tuple[str, ...]
    bsn: int = 0
    damaged: Mapping[int, str] = field(default_factory=dict)


def read_column(
    text: pd.Series,
    kind: Kind,
    *,
    missing: Sequence[str] = (),
    decimaal: Decimaal | None = None,
    canonical: Mapping[str, str] | None = None,
    identifier: bool = False,
    factor: int = 1,
) -> ColumnRead:
    """Return a column of text as its kind.

    Args:
        text: the raw cells (dtype str).
        kind: what the column holds.
        missing: literal texts that mean "nothing here", beside an empty cell.
        decimaal: the decimal sign of the source; None guesses per value and remarks upon it.
        canonical: raw value to the value of the schema; matched without regard to case.
        identifier: the column holds a key, so its text is not searched for a BSN, but for what a spreadsheet does to
            a key.
        factor: in what unit the cells are written: a power of ten.
    """
    codes, distinct = pd.factorize(text, use_na_sentinel=True)
    raw: list[str] = distinct.to_numpy(dtype=object).tolist()
    cells = clean(raw, missing, canonical)
    removed = _remove_bsn(cells, codes) if kind == "text" and not identifier else 0
    read = _read_kind(cells, raw, kind, decimaal, factor)
    values = pd.Series(read.values, dtype=DTYPES[kind]).take(codes) if len(raw) else None
    if values is None:
        values = pd.Series([pd.NA] * len(codes), dtype=DTYPES[kind])
    values.index = text.index
    if (codes < 0).any():
        values[codes < 0] = pd.NA
    damaged = _damaged(cells, codes) if identifier else {}
    return ColumnRead(values, _spread(read.reasons, codes, raw), _sentences(read.remarks, codes, raw), removed, damaged)


def clean(
    raw: Sequence[str], missing: Sequence[str] = (), canonical: Mapping[str, str] | None = None
) -> list[str | None]:
    """Return the texts stripped, in Unicode NFC and in the schema's own words; None for nothing."""
    nothing = {"", *missing}
    words = {_key(given): word for given, word in (canonical or {}).items()}
    cells: list[str | None] = []
    for value in raw:
        cell = value.strip()
        if not cell.isascii():
            cell = unicodedata.normalize("NFC", cell)
        if cell in nothing:
            cells.append(None)
        else:
            cells.append(words.get(_key(cell), cell) if words else cell)
    return cells


def _remove_bsn(cells: list[str | None], codes: Rows) -> int:
    """Take every BSN out of the distinct cells, in place, and return out of how many places in the column."""
    found = np.zeros(len(cells), dtype=np.int64)
    for position, cell in enumerate(cells):
        if cell is not None and len(cell) > 8:
            cells[position], found[position] = without_bsn(cell)
    return int(found[codes[codes >= 0]].sum())


def _damaged(cells: Sequence[str | None], codes: Rows) -> dict[int, str]:
    """Return the positions of keys as a spreadsheet writes a long number: 2,02611E+12."""
    lost = {
        code: cell
        for code, cell in enumerate(cells)
        if cell is not None and "+" in cell and any(SCIENTIFIC_KEY.fullmatch(part) for part in cell.split("/"))
    }
    if not lost:
        return {}
    return {int(row): lost[int(codes[row])] for row in np.flatnonzero(np.isin(codes, list(lost)))}


def _key(word: str) -> str:
    return unicodedata.normalize("NFC", word.strip()).casefold()


def _read_kind(
    cells: list[str | None], raw: list[str], kind: Kind, decimaal: Decimaal | None, factor: int
) -> CellsRead:
    match kind:
        case "text":
            return CellsRead(pd.array(cells, dtype="str"))
        case "integer":
            return read_integers(cells, decimaal, factor)
        case "cent":
            return read_cents(cells, decimaal, factor)
        case "decimal":
            return read_decimals(cells, decimaal, factor)
        case "boolean":
            return read_booleans(cells, [not value.strip() for value in raw])
        case "date":
            return read_dates(cells)
        case "timestamp":
            return read_timestamps(cells)


def read_booleans(cells: Sequence[str | None], blank: Sequence[bool]) -> CellsRead:
    """Return Ja/Nee, J/N, 1/0, true/false, waar/onwaar as boolean.

    In a column that ticks with X and never says no, an empty cell (`blank`) means no; a missing marker stays missing.
    """
    words = [None if cell is None else cell.casefold() for cell in cells]
    ticks = "x" in words and not FALSE_WORDS.intersection(word for word in words if word)
    values: list[bool | None] = []
    reasons: dict[int, str] = {}
    for position, word in enumerate(words):
        if word in TRUE_WORDS:
            values.append(True)
        elif word in FALSE_WORDS or (ticks and blank[position]):
            values.append(False)
        else:
            values.append(None)
            if word is not None:
                reasons[position] = "geen ja of nee"
    return CellsRead(pd.array(values, dtype="boolean"), reasons)


def _spread(reasons: Mapping[int, str], codes: Rows, raw: list[str]) -> dict[int, str]:
    """Return the reasons of distinct texts for every position where such a text stands."""
    if not reasons:
        return {}
    rows = np.flatnonzero(np.isin(codes, list(reasons)))
    return {int(row): f"{reasons[int(codes[row])]}: '{shorten(raw[int(codes[row])])}'" for row in rows}


def _sentences(remarks: Mapping[str, Sequence[int]], codes: Rows, raw: list[str]) -> tuple[str, ...]:
    counts = np.bincount(codes[codes >= 0], minlength=len(raw))
    return tuple(
        f"{int(counts[list(positions)].sum())} × {remark} (bijvoorbeeld '{shorten(raw[positions[0]])}')"
        for remark, positions in remarks.items()
    )


def shorten(text: str, length: int = 40) -> str:
    """Return the text without a BSN, on one line and at most `length` characters long."""
    line = without_bsn(" ".join(text.split()))[0]
    return line if len(line) <= length else line[: length - 1] + "…"

"""Numbers as Dutch and English exports write them, read exactly ("Inlezen" in docs/methods.md).

`1.234,56`, `€ 1.234.567,00`, `12,50-`, `(1.000,00)`, `1234.56` and `12 345,67` (any kind of space between groups of
three). A value is never repaired: what fits no rule has a reason instead of a value.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import pandas as pd

Decimaal = Literal[",", "."]

# A group of thousands cannot start with a zero, so 0.123 is never a hundred and twenty-three.
_COMMA = re.compile(r"((?!0)[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,([0-9]+))?")
_POINT = re.compile(r"((?!0)[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]+))?")
_GUESSED_POINT = re.compile(r"((?!0)[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)\.([0-9]+)")
_PATTERNS = {",": (_COMMA,), ".": (_POINT,), None: (_COMMA, _GUESSED_POINT)}
_EITHER_WAY = re.compile(r"[0-9]{1,3}[.,][0-9]{3}")
_SPACED = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+(?:[.,][0-9]+)?")
_SCIENTIFIC = re.compile(r"[-+]?[0-9]+(?:[.,][0-9]+)?e[-+]?[0-9]+", re.IGNORECASE)
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2212": "-"})
_LARGEST = 2**63 - 1

AMBIGUOUS = "getal dat met punt of komma iets anders betekent"
GUESSED_COMMA = "getal met decimale komma, geraden: `decimaal` is niet opgegeven"
GUESSED_POINT = "getal met decimale punt, geraden: `decimaal` is niet opgegeven"
ROUNDED = "bedrag met delen van een cent, afgerond op hele centen"


@dataclass
class CellsRead:
    """What became of a list of cells: one value each, and the position of every cell that needs a word.

    Attributes:
        values: array of the column's dtype; missing where the cell is empty or cannot be read.
        reasons: position to the Dutch reason why the cell cannot be read.
        remarks: Dutch remark to the positions of the cells it is about.
    """

    values: Any
    reasons: dict[int, str] = field(default_factory=dict)
    remarks: dict[str, list[int]] = field(default_factory=dict)


class Digits(NamedTuple):
    """One number taken apart, without any rounding."""

    negative: bool
    whole: str
    fraction: str
    body: str
    point: bool
    """Whether the decimal sign is a point."""


def read_decimals(cells: Sequence[str | None], decimaal: Decimaal | None, factor: int = 1) -> CellsRead:
    """Return the cells, times `factor` (a power of ten), as Float64 (hours, fte; never money)."""
    return _read(cells, decimaal, "Float64", _as_float, factor)


def read_integers(cells: Sequence[str | None], decimaal: Decimaal | None, factor: int = 1) -> CellsRead:
    """Return the cells, times `factor`, as Int64; a fraction other than zeros cannot be read."""
    return _read(cells, decimaal, "Int64", _as_integer, factor)


def read_cents(cells: Sequence[str | None], decimaal: Decimaal | None, factor: int = 1) -> CellsRead:
    """Return amounts in euros as whole cents (Int64), half a cent away from zero; rounding is remarked upon.

    With a `factor` of 1000 the amounts are in thousands of euros: the decimal sign moves before anything is rounded.
    """
    return _read(cells, decimaal, "Int64", _as_cents, factor, scale=2)


def take_apart(cell: str, decimaal: Decimaal | None) -> Digits | str:
    """Return the parts of the number in `cell`, or the Dutch reason why it is not a number.

    Args:
        cell: text without spaces around it, not empty.
        decimaal: the decimal sign that the source states; None tries the comma first, then the point.
    """
    negative, body = _unsigned(cell)
    for pattern in _PATTERNS[decimaal]:
        match = pattern.fullmatch(body)
        if match is not None:
            whole = match[1].replace(".", "").replace(",", "")
            return Digits(negative, whole, match[2] or "", body, pattern is not _COMMA)
    if _SCIENTIFIC.fullmatch(body):
        return "getal in wetenschappelijke notatie; cijfers zijn mogelijk verloren gegaan"
    if decimaal is not None:
        return f"geen getal met decimaalteken '{decimaal}'"
    return "geen getal"


def _unsigned(cell: str) -> tuple[bool, str]:
    """Return whether the number is negative, and its digits and separators; signs that do not pair up stay in."""
    if cell[0].isdigit() and cell.isascii() and cell[-1].isdigit() and " " not in cell:
        return False, cell
    body = cell.translate(_SPACES)
    if "€" in body:
        body = body.replace("€", "", 1).strip()
    negative = False
    if body[:1] == "(" and body[-1:] == ")":
        negative, body = True, body[1:-1].strip()
    elif body[:1] in ("-", "+"):
        negative, body = body[0] == "-", body[1:].strip()
    elif body[-1:] in ("-", "+"):
        negative, body = body[-1] == "-", body[:-1].strip()
    if " " in body and _SPACED.fullmatch(body):
        body = body.replace(" ", "")
    return negative, body


def _read(
    cells: Sequence[str | None],
    decimaal: Decimaal | None,
    dtype: str,
    convert: Callable[[Digits], Any],
    factor: int,
    scale: int | None = None,
) -> CellsRead:
    values: list[Any] = [None] * len(cells)
    reasons: dict[int, str] = {}
    remarks: dict[str, list[int]] = defaultdict(list)
    shift = len(str(factor)) - 1
    for position, cell in enumerate(cells):
        if cell is None:
            continue
        digits = take_apart(cell, decimaal)
        if isinstance(digits, str):
            reasons[position] = digits
            continue
        if shift:
            digits = _shifted(digits, shift)
        value = convert(digits)
        if isinstance(value, str):
            reasons[position] = value
            continue
        values[position] = value
        if decimaal is None and ("," in cell or "." in cell):
            remarks[_guess(digits)].append(position)
        if scale is not None and digits.fraction[scale:].strip("0"):
            remarks[ROUNDED].append(position)
    return CellsRead(pd.array(values, dtype=dtype), reasons, dict(remarks))


def _shifted(digits: Digits, places: int) -> Digits:
    """Return the number with its decimal sign `places` to the right."""
    fraction = digits.fraction.ljust(places, "0")
    return digits._replace(whole=digits.whole + fraction[:places], fraction=fraction[places:])


def _guess(digits: Digits) -> str:
    if _EITHER_WAY.fullmatch(digits.body):
        return AMBIGUOUS
    return GUESSED_POINT if digits.point else GUESSED_COMMA


def _as_float(digits: Digits) -> float:
    value = float(f"{digits.whole}.{digits.fraction or '0'}")
    return -value if digits.negative else value


def _as_integer(digits: Digits) -> int | str:
    if digits.fraction.strip("0"):
        return "geen geheel getal"
    return _bounded(digits.negative, int(digits.whole))


def _as_cents(digits: Digits) -> int | str:
    cents = int(digits.whole + (digits.fraction + "00")[:2])
    if digits.fraction[2:3] >= "5":
        cents += 1
    return _bounded(digits.negative, cents)


def _bounded(negative: bool, value: int) -> int | str:
    if value > _LARGEST:
        return "getal is te groot"
    return -value if negative else value

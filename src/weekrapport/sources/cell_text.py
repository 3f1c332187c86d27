"""Real values of a workbook or a parquet file to the text that a column is read from ("Inlezen" in docs/methods.md).

A number, a date or a yes that the file stores as such is written so that it can be read in one way only. Numbers have
at most fifteen significant digits, as Excel shows them: 1234.5600000000002 is a rounding error of the computer.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from weekrapport.sources.numbers import Decimaal

EXACT_DIGITS = 15
"""How many digits of a number Excel keeps."""
_EITHER_WAY = re.compile(r"-?[0-9]{1,3}\.[0-9]{3}")


def number_text(value: float | Decimal, decimaal: Decimaal, *, among_texts: bool = False) -> str:
    """Return a number with `decimaal` as its sign, without groups of thousands; a whole number without a fraction.

    Args:
        value: the number; not a number is nothing.
        decimaal: the decimal sign to write.
        among_texts: the column also holds numbers as text of which nobody said how they are written, so 1,234 must
            not look like twelve hundred: it becomes 1,2340.
    """
    if isinstance(value, float):
        if math.isnan(value):
            return ""
        if math.isinf(value):
            return str(value)
        value = Decimal(int(value)) if value.is_integer() else Decimal(f"{value:.{EXACT_DIGITS}g}")
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if among_texts and _EITHER_WAY.fullmatch(text):
        text += "0"
    return text.replace(".", decimaal)


def value_text(value: object, decimaal: Decimaal, *, among_texts: bool = False) -> str:
    """Return any value of a cell as text: ISO dates and moments, `true` and `false`, nothing for nothing."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | Decimal):
        return number_text(value, decimaal, among_texts=among_texts)
    if isinstance(value, datetime):
        if value.tzinfo is None and value.time() == time():
            return value.date().isoformat()
        return value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, timedelta) else repr(value)


def lost_as_key(value: object) -> str | None:
    """Return how a key lost digits when a spreadsheet made this value of it, in Dutch; None when it is exact."""
    if isinstance(value, bool):
        return "waar of onwaar in plaats van een sleutel"
    if isinstance(value, int | float):
        if value % 1:
            return "getal met decimalen"
        if abs(value) >= 10**EXACT_DIGITS:
            return f"getal van meer dan {EXACT_DIGITS} cijfers"
    return "datum in plaats van een sleutel" if isinstance(value, date | time | timedelta) else None

"""Dutch text for figures, money, days and moments: the only place that formats for the reader.

Rounding is half away from zero on the decimal notation of the value, so 2,675 becomes 2,68. A value that is not known
(None, NaN, NA, NaT) is written as an en dash. Methods: "Notatie" in docs/methods.md.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from numbers import Integral, Real
from typing import Any

from weekrapport.week import MONTHS, TIME_ZONE, Week

ONBEKEND = "–"
"""What is printed for a value that is not known."""
MIN_NOEMER = 10
"""From this denominator on a share is written as a percentage; below it as "x van y"."""

_EXACT = Context(prec=400, rounding=ROUND_HALF_UP)
_MINUS = "\u2212"
_NARROW_SPACE = "\u202f"
_HARD_SPACE = "\u00a0"
_WEEKDAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
_SHORT_MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def is_unknown(value: Any) -> bool:
    """Return whether a scalar is None, NaN, NA or NaT."""
    if value is None:
        return True
    if isinstance(value, Decimal):
        return value.is_nan()
    if isinstance(value, str | bytes):
        return False
    if isinstance(value, Real | date):
        return bool(value != value)  # NaN and NaT differ from themselves
    return type(value).__name__ in ("NAType", "NaTType")


def getal(waarde: Any, decimalen: int = 0, teken: bool = False) -> str:
    """Return a number as "1.234,5", with a real minus sign.

    Args:
        waarde: int, float, Decimal, Fraction or a numpy scalar; unknown gives "–".
        decimalen: digits after the comma.
        teken: also write "+" before a positive number.

    Raises:
        TypeError: the value is not a number.
        ValueError: the value is infinite.
    """
    if is_unknown(waarde):
        return ONBEKEND
    return _dutch(_decimal(waarde), decimalen, teken)


def zaken(aantal: Any) -> str:
    """Return a number of cases: "1 zaak", "107 zaken"."""
    return f"{getal(aantal)} {'zaak' if aantal == 1 else 'zaken'}"


def procent(fractie: Any, decimalen: int = 1, teken: bool = False) -> str:
    """Return a fraction (0 to 1) as "84,1 %", with a narrow no-break space."""
    if is_unknown(fractie):
        return ONBEKEND
    return _dutch(_EXACT.multiply(_decimal(fractie), Decimal(100)), decimalen, teken) + _NARROW_SPACE + "%"


def procentpunt(verschil: Any, decimalen: int = 1) -> str:
    """Return a difference of two fractions as "+0,9 procentpunt"."""
    if is_unknown(verschil):
        return ONBEKEND
    return _dutch(_EXACT.multiply(_decimal(verschil), Decimal(100)), decimalen, True) + _HARD_SPACE + "procentpunt"


def euro(centen: Any, decimalen: int = 0, teken: bool = False) -> str:
    """Return an amount in cents as "€ 12.345"; a debt is "€ −12.345"."""
    if is_unknown(centen):
        return ONBEKEND
    return "€" + _HARD_SPACE + _dutch(_EXACT.divide(_decimal(centen), Decimal(100)), decimalen, teken)


def aandeel(teller: Any, noemer: Any, decimalen: int = 1) -> str:
    """Return a share as a percentage when the denominator is at least ten, else as "3 van 7".

    A percentage of fewer than ten cases suggests a precision that is not there. A denominator of 0 gives "–".
    """
    if is_unknown(teller) or is_unknown(noemer) or noemer == 0:
        return ONBEKEND
    if noemer < MIN_NOEMER:
        return f"{getal(teller)} van {getal(noemer)}"
    return procent(_decimal(teller) / _decimal(noemer), decimalen)


def datum(dag: date | None) -> str:
    """Return a calendar day as "ma 16 nov 2026".

    Raises:
        TypeError: the value carries a time zone; a moment is written by `datum_tijd`.
    """
    if dag is None or is_unknown(dag):
        return ONBEKEND
    _refuse_moment(dag)
    return f"{_WEEKDAYS[dag.weekday()]} {dag.day} {_SHORT_MONTHS[dag.month - 1]} {dag.year}"


def datum_kort(dag: date | None) -> str:
    """Return a calendar day as "16-11-2026"."""
    if dag is None or is_unknown(dag):
        return ONBEKEND
    _refuse_moment(dag)
    return f"{dag.day:02d}-{dag.month:02d}-{dag.year}"


def datum_in_jaar(dag: date | None, jaar: int) -> str:
    """Return a calendar day as "16 nov", with its year only when that is not `jaar`."""
    if dag is None or is_unknown(dag):
        return ONBEKEND
    _refuse_moment(dag)
    short = f"{dag.day}{_HARD_SPACE}{_SHORT_MONTHS[dag.month - 1]}"
    return short if dag.year == jaar else f"{short}{_HARD_SPACE}{dag.year}"


def datum_lang(dag: date | None) -> str:
    """Return a calendar day as "16 november 2026"."""
    if dag is None or is_unknown(dag):
        return ONBEKEND
    _refuse_moment(dag)
    return f"{dag.day} {MONTHS[dag.month - 1]} {dag.year}"


def datum_tijd(moment: datetime | None) -> str:
    """Return a moment that carries its zone as local time: "ma 23 nov 2026 07:00".

    Raises:
        TypeError: the moment has no time zone.
    """
    if moment is None or is_unknown(moment):
        return ONBEKEND
    if moment.tzinfo is None:
        raise TypeError(f"{moment!r} has no time zone, so its local time is unknown.")
    local = moment.astimezone(TIME_ZONE)
    return f"{datum(local.date())} {local:%H:%M}"


def week_nl(week: Week) -> str:
    """Return a week as "week 47 (16 t/m 22 november 2026)"."""
    return f"week {week.number} ({week.period_nl})"


def _refuse_moment(day: date) -> None:
    if isinstance(day, datetime) and day.tzinfo is not None:
        raise TypeError(f"{day!r} is a moment, not a calendar day; write it with datum_tijd.")


def _decimal(value: Any) -> Decimal:
    """Return the value as people write it: a float by its shortest notation, not by its binary expansion."""
    if isinstance(value, Decimal):
        result = value
    elif isinstance(value, bool):
        raise TypeError(f"{value!r} is not a number.")
    elif isinstance(value, Integral):
        result = Decimal(int(value))
    elif isinstance(value, Fraction):
        result = Decimal(value.numerator) / Decimal(value.denominator)
    elif isinstance(value, Real):
        result = Decimal(repr(float(value)))
    else:
        raise TypeError(f"{value!r} is not a number.")
    if not result.is_finite():
        raise ValueError(f"{value!r} is not finite, so it cannot be printed.")
    return result


def _dutch(value: Decimal, decimals: int, sign: bool) -> str:
    rounded = value.quantize(Decimal(1).scaleb(-decimals), context=_EXACT)
    text = f"{abs(rounded):,.{decimals}f}".translate(str.maketrans(",.", ".,"))
    if rounded < 0:
        return _MINUS + text
    return "+" + text if sign and rounded > 0 else text

"""How a yearly amount is spread over the months, in whole cents.

A line without shares gets one twelfth every month. The amount up to and including a month is the yearly amount times
the sum of the shares so far, calculated exactly and rounded once, half away from zero, per line. A total is the sum of
its lines. Methods: "Begroting" in docs/methods.md.
"""

from __future__ import annotations

from fractions import Fraction

import pandas as pd

MAANDEN = tuple(range(1, 13))
SPELING = Fraction(1, 1_000_000)
"""Shares that make 1 but for this much were rounded by the source; they are scaled to exactly 1."""


def half_omhoog(waarde: Fraction) -> int:
    """Return the whole number nearest to a fraction; a half goes away from zero."""
    whole = (2 * abs(waarde.numerator) + waarde.denominator) // (2 * waarde.denominator)
    return whole if waarde >= 0 else -whole


def begroot_per_maand(regels: pd.DataFrame, fasering: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return what each line may have spent up to and including every month.

    Args:
        regels: regel_id (str) and begroot_jaar_cent (Int64).
        fasering: `begroting_fasering`; None when it is not delivered.

    Returns:
        Columns 1 to 12 (Int64, cents, cumulative), index as `regels`; unknown where the yearly amount is.
    """
    shares = _shares(fasering)
    even = [Fraction(maand, 12) for maand in MAANDEN]
    rows = [
        [pd.NA if pd.isna(bedrag) else half_omhoog(int(bedrag) * share) for share in shares.get(str(regel), even)]
        for regel, bedrag in zip(regels["regel_id"], regels["begroot_jaar_cent"], strict=True)
    ]
    return pd.DataFrame(rows, index=regels.index, columns=list(MAANDEN)).astype("Int64")


def _shares(fasering: pd.DataFrame | None) -> dict[str, list[Fraction]]:
    """Return per line the sum of its shares up to and including every month; a month that is not given is 0."""
    if fasering is None:
        return {}
    known = fasering[fasering["maand"].isin(MAANDEN) & fasering["aandeel"].notna()]
    given: dict[str, dict[int, Fraction]] = {}
    for regel, maand, aandeel in zip(known["regel_id"], known["maand"], known["aandeel"], strict=True):
        months = given.setdefault(str(regel), {})
        # repr is the share as it was written: 0.05, not the binary number nearest to it
        months[int(maand)] = months.get(int(maand), Fraction(0)) + Fraction(repr(float(aandeel)))
    return {regel: _cumulative(months) for regel, months in given.items()}


def _cumulative(months: dict[int, Fraction]) -> list[Fraction]:
    whole = sum(months.values(), Fraction(0))
    scale = whole if abs(whole - 1) <= SPELING else Fraction(1)
    return [
        sum((months.get(each, Fraction(0)) for each in range(1, maand + 1)), Fraction(0)) / scale for maand in MAANDEN
    ]

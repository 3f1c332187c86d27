"""Intervals that go with an estimate ("Onzekerheid" in docs/methods.md)."""

from __future__ import annotations

from math import sqrt

Z_95 = 1.959963984540054
"""Standard normal quantile at 0.975."""

KLEINE_NOEMER = 10
"""Below this denominator a report prints "x van y" and no percentage."""


def wilson_interval(teller: int, noemer: int, z: float = Z_95) -> tuple[float, float] | None:
    """Return the Wilson score interval of a proportion, without continuity correction; None without observations.

    Source: E.B. Wilson (1927), Journal of the American Statistical Association 22.
    """
    if noemer == 0:
        return None
    aandeel = teller / noemer
    centre = aandeel + z * z / (2 * noemer)
    spread = z * sqrt(aandeel * (1 - aandeel) / noemer + z * z / (4 * noemer * noemer))
    scale = 1 + z * z / noemer
    # Rounding may leave 0 of n a hair above zero, or n of n below one; the interval always holds the estimate.
    low = 0.0 if teller == 0 else (centre - spread) / scale
    high = 1.0 if teller == noemer else (centre + spread) / scale
    return low, high

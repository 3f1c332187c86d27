"""From which difference on a budget line is worth a sentence ("Begroting" in docs/methods.md)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

AFWIJKING_TOTAAL = Fraction(2, 100)
"""Share of the budget so far from which the costs of the whole organisation deviate."""


@dataclass(frozen=True)
class Drempels:
    """A line deviates by the first two together, or by the third alone."""

    min_cent: int = 500_000
    aandeel: float = 0.05
    abs_cent: int = 5_000_000

    def is_overschreden(self, verschil_cent: int, begroot_cent: int) -> bool:
        """Return whether a difference from a budget (both in cents) is at or over the limit."""
        share = Fraction(repr(self.aandeel)) * abs(int(begroot_cent))
        verschil = abs(int(verschil_cent))
        return verschil >= max(self.min_cent, share) or verschil >= self.abs_cent

    def overschreden(self, verschil: pd.Series, begroot: pd.Series) -> pd.Series:
        """Return the same for every row (boolean); unknown where one of the amounts is."""
        found = [
            pd.NA if pd.isna(one) or pd.isna(other) else self.is_overschreden(one, other)
            for one, other in zip(verschil, begroot, strict=True)
        ]
        return pd.Series(found, index=verschil.index, dtype="boolean")


def is_totaal_afwijkend(verschil_cent: int, begroot_cent: int) -> bool:
    """Return whether the costs together differ by two per cent or more from the budget so far."""
    return begroot_cent != 0 and abs(int(verschil_cent)) >= AFWIJKING_TOTAAL * abs(int(begroot_cent))

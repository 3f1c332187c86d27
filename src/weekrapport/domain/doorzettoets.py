"""Exact tests on counts: did a team finish less, and are fewer cases on time, than chance explains?

They hold for small numbers, where a control chart sees nothing. All sums are of whole numbers, so a probability is
exact up to its last division. Methods: "Signalen" in docs/methods.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import comb

SIGNAAL_KANS = 0.01
"""A test signals below this probability."""
DOORZET_WEKEN, DOORZET_BASIS_WEKEN = 4, 12
"""Rule d compares the last four weeks with the twelve before them."""
DALING_DOORZET = 0.8
"""Rule d asks that a team finishes at most this part of what it used to, per working day."""
MIN_DOORZET = 10
"""Rule d asks this many finished cases in the sixteen weeks together."""
DALING_TIJDIG = 0.05
"""The share on time must have fallen by this much: five percentage points."""


@dataclass(frozen=True)
class Doorzet:
    """What was finished in a number of working days, beside what was finished before."""

    aantal: int
    werkdagen: int
    eerder: int
    eerder_werkdagen: int

    def is_gedaald(self) -> bool:
        """Return whether a team finished less than chance explains (rule d)."""
        if not self.werkdagen or not self.eerder_werkdagen or self.aantal + self.eerder < MIN_DOORZET:
            return False
        # Crosswise, in whole numbers: a quotient may miss "exactly four fifths" by a rounding.
        if 10 * self.aantal * self.eerder_werkdagen > round(10 * DALING_DOORZET) * self.eerder * self.werkdagen:
            return False
        return self.kans() < SIGNAAL_KANS

    def kans(self) -> float:
        """Return the probability of so few, or fewer, when nothing changed."""
        return binomiale_staart(self.aantal, self.aantal + self.eerder, self.werkdagen, self.eerder_werkdagen)


@dataclass(frozen=True)
class Tijdigheid:
    """How many cases were on time, of how many, beside the same of before."""

    tijdig: int
    noemer: int
    eerder_tijdig: int
    eerder_noemer: int

    def is_gedaald(self) -> bool:
        """Return whether the share fell by five points or more, and more than chance explains."""
        if not self.noemer or not self.eerder_noemer:
            return False
        fall = self.eerder_tijdig * self.noemer - self.tijdig * self.eerder_noemer
        if 100 * fall < round(100 * DALING_TIJDIG) * self.noemer * self.eerder_noemer:
            return False
        return self.kans() < SIGNAAL_KANS

    def kans(self) -> float:
        """Return the probability that so few, or fewer, of all these cases on time fall in this week (Fisher)."""
        return hypergeometrische_staart(
            self.tijdig, self.noemer, self.tijdig + self.eerder_tijdig, self.noemer + self.eerder_noemer
        )


def binomiale_staart(hoogste: int, aantal: int, deel: int, rest: int) -> float:
    """Return P(X ≤ hoogste) for X binomial with `aantal` trials and probability deel / (deel + rest), exactly.

    Args:
        hoogste: the largest count that is included; below 0 gives 0.
        aantal: trials.
        deel: part of the whole that counts as success, such as a number of working days.
        rest: the other part; deel + rest must be above 0.
    """
    term = total = rest**aantal  # (deel + rest)^aantal times the probability of none
    if rest == 0:
        return 1.0 if hoogste >= aantal else 0.0
    if hoogste < 0:
        return 0.0
    for successes in range(min(hoogste, aantal)):
        term = term * (aantal - successes) * deel // ((successes + 1) * rest)
        total += term
    return total / (deel + rest) ** aantal


def hypergeometrische_staart(hoogste: int, getrokken: int, goed: int, totaal: int) -> float:
    """Return P(X ≤ hoogste): so many good ones at most, drawing without putting back, exactly.

    Args:
        hoogste: the largest number of good ones that is included.
        getrokken: how many are drawn.
        goed: how many of all are good.
        totaal: all of them.
    """
    lowest = max(0, getrokken - (totaal - goed))
    if hoogste < lowest:
        return 0.0
    term = total = comb(goed, lowest) * comb(totaal - goed, getrokken - lowest)
    for drawn in range(lowest, min(hoogste, getrokken, goed)):
        term = term * (goed - drawn) * (getrokken - drawn)
        term //= (drawn + 1) * (totaal - goed - getrokken + drawn + 1)
        total += term
    return total / comb(totaal, getrokken)

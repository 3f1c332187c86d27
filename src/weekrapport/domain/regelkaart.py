"""Control charts (XmR) that tell the usual ups and downs of a week from something that changed.

A chart judges one week by the twelve before it, so its limits rest on nothing that came after: they are frozen with the
snapshot. Methods: "Signalen" in docs/methods.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isnan
from typing import Literal

GRENS_WEKEN = 12
"""Calendar weeks before the report week on which the limits rest."""
MIN_PUNTEN = 8
"""Fewer weeks than this give no limits."""
MIN_WERKDAGEN = 3
"""A week with fewer working days is not brought to five, and not judged."""
BASIS_WEKEN = 20
"""Weeks that rule b looks at: the last eight, and the twelve before them."""
RECENTE_WEKEN = 8

_WERKDAGEN_PER_WEEK = 5
_GRENS_FACTOR = 2.660
_WISSEL_FACTOR = 3.268

Kant = Literal["laag", "hoog"]


@dataclass(frozen=True)
class Regelkaart:
    """The limits of one series, in its own unit."""

    gemiddelde: float
    wisseling: float
    """Mean moving range: how much neighbouring weeks differ on average."""
    punten: int
    laatste: float
    """The last week that counted before the report week."""

    @property
    def ondergrens(self) -> float:
        """Lower limit, never below zero."""
        return max(0.0, self.gemiddelde - _GRENS_FACTOR * self.wisseling)

    @property
    def bovengrens(self) -> float:
        """Upper limit."""
        return self.gemiddelde + _GRENS_FACTOR * self.wisseling

    @property
    def wisselgrens(self) -> float:
        """Upper limit of the difference of two neighbouring weeks."""
        return _WISSEL_FACTOR * self.wisseling

    def kant(self, waarde: float) -> Kant | None:
        """Return on which side of the limits a week lies (rule a); None within them, or when no week ever differed."""
        if self.wisseling == 0:
            return None
        if waarde < self.ondergrens:
            return "laag"
        return "hoog" if waarde > self.bovengrens else None

    def is_ongewoon_wisselend(self, waarde: float) -> bool:
        """Return whether a week differs more from the last one than weeks do (rule c)."""
        return self.wisseling > 0 and abs(waarde - self.laatste) > self.wisselgrens


def genormaliseerd(aantal: int, werkdagen: int) -> float | None:
    """Return a number of a week as if the week had five working days (K12); None for a week of fewer than three."""
    return aantal * _WERKDAGEN_PER_WEEK / werkdagen if werkdagen >= MIN_WERKDAGEN else None


def regelkaart(eerder: Sequence[float | None]) -> Regelkaart | None:
    """Return the limits for the week after a series; None with fewer than eight known weeks.

    Args:
        eerder: the weeks before the report week, oldest first; None or NaN for a week that does not count. Only the
            last twelve are used: weeks that do not count are not replaced by older ones.
    """
    known = [float(value) for value in eerder[-GRENS_WEKEN:] if value is not None and not isnan(value)]
    if len(known) < MIN_PUNTEN:
        return None
    ranges = [abs(after - before) for before, after in pairwise(known)]
    return Regelkaart(
        gemiddelde=sum(known) / len(known),
        wisseling=sum(ranges) / len(ranges),
        punten=len(known),
        laatste=known[-1],
    )


def verschoven_kant(reeks: Sequence[float | None]) -> Kant | None:
    """Return to which side a series has moved (rule b); None when it has not, or when that cannot be said.

    It has moved when each of its last eight weeks lies strictly on one side of the mean of the twelve weeks before
    those. A week that does not count breaks the eight; of the twelve at least eight must count.

    Args:
        reeks: the weeks up to and including the report week, oldest first; at least twenty.
    """
    if len(reeks) < BASIS_WEKEN:
        return None
    basis = regelkaart(reeks[-BASIS_WEKEN:-RECENTE_WEKEN])
    recent = [value for value in reeks[-RECENTE_WEKEN:] if value is not None and not isnan(value)]
    if basis is None or basis.wisseling == 0 or len(recent) < RECENTE_WEKEN:
        return None
    if all(value < basis.gemiddelde for value in recent):
        return "laag"
    return "hoog" if all(value > basis.gemiddelde for value in recent) else None

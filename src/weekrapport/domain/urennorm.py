"""Norms in hours of the cases that have one: on which day, and after which reading of the clock, they have passed.

Methods: "Kantooruren" in docs/methods.md.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from weekrapport.domain.kantooruren import MICROSECONDEN_PER_MINUUT, MICROSECONDEN_PER_UUR, Kantoorklok
from weekrapport.domain.termijnduur import Days, getallen, teksten

Zaken = np.ndarray
"""Positions of cases (int64)."""


class Urennorm:
    """Norms in hours: the reading of the clock at which each case has used its hours."""

    def __init__(self, terms: pd.DataFrame, start: Days, klokstart: pd.Series | None, klok: Kantoorklok) -> None:
        """Take the cases with a norm in hours, and start their clocks."""
        hours = getallen(terms["servicenorm_waarde"])
        self.klok = klok
        self.is_uur: np.ndarray = (teksten(terms["servicenorm_eenheid"]) == "uur") & ~np.isnan(hours) & ~np.isnat(start)
        rows = np.flatnonzero(self.is_uur)
        self._begin, self._end = np.zeros(len(start), "int64"), np.zeros(len(start), "int64")
        readings = klok.stand_bij_begin(start[rows])
        if klokstart is not None and len(rows):
            readings = np.maximum(readings, klok.stand(klokstart.iloc[rows]))
        self._begin[rows] = readings
        self._end[rows] = readings + (hours[rows] * MICROSECONDEN_PER_UUR).astype("int64")
        self._first_end = self._end.copy()

    def opnieuw(self, rows: Zaken) -> None:
        """Forget the suspensions of these cases."""
        self._end[rows] = self._first_end[rows]

    def dag(self, rows: Zaken) -> Days:
        """Return the day on which the clock of each of the cases runs out; unknown for another norm."""
        result = np.full(len(rows), np.datetime64("NaT"), dtype="datetime64[D]")
        mine = self.is_uur[rows]
        result[mine] = self.klok.dag(self._end[rows[mine]])
        return result

    def verlengd(self, rows: Zaken, begin: Days, end: Days) -> Days:
        """Return the same after the clock stood still on the days of a suspension."""
        mine = self.is_uur[rows]
        here = rows[mine]
        first = np.maximum(self.klok.stand_bij_begin(begin[mine]), self._begin[here])
        self._end[here] += np.maximum(self.klok.stand_bij_begin(end[mine]) - first, 0)
        return self.dag(rows)

    def minuten_over(self, moment: pd.Timestamp) -> np.ndarray:
        """Return the minutes that the clock of each case still has at a moment (float64), negative when it has passed.

        NaN for a case without a norm in hours.
        """
        now = self.klok.stand(pd.Series([moment]))[0]
        return np.where(self.is_uur, (self._end - now) / MICROSECONDEN_PER_MINUUT, np.nan)

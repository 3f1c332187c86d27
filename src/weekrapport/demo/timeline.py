"""When every case comes in, pauses, is extended, is reopened and is finished.

A position is a number of working days (of 08:00–17:30) since 08:00 on the start day, suspensions not counted; only
`Timeline.moment` knows the calendar. Moments are local clock time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from weekrapport.week import Week

LAST_WEEK = Week(2026, 47)
EXPORT_MOMENT = np.datetime64("2026-11-23T05:30", "m")
PEIL = EXPORT_MOMENT.astype("datetime64[D]")
OPENS, LENGTH = 8 * 60, 570
"""The working day in minutes: from 08:00, nine and a half hours long."""


@dataclass(frozen=True)
class Timeline:
    """The course of every case, in order of registration; arrays of one value a case unless stated."""

    days: np.ndarray
    """The working days that `start` counts."""
    type: np.ndarray
    """Place in `CASE_TYPES`."""
    start: np.ndarray
    registered: np.ndarray
    """Position of the first registration, 0 to 1."""
    werkdagen: np.ndarray
    """Net working days from start to end."""
    closing_minute: np.ndarray
    paused_after: np.ndarray
    """Two columns: the net working days before the k-th suspension, far away when there is none."""
    paused_days: np.ndarray
    """Two columns: the working days that the k-th suspension lasts, 0 when there is none."""
    verlengd: np.ndarray
    meegedeeld: np.ndarray
    """Position at which an extension was told, NaN when there is none."""
    first_end: np.ndarray
    reopened: np.ndarray
    """Positions of the first end and of the reopening, NaN when a case was never reopened."""
    hoofdzaak: np.ndarray
    """Row of the main case, -1 when there is none."""

    def __len__(self) -> int:
        """Return the number of cases."""
        return len(self.type)

    @property
    def end(self) -> np.ndarray:
        """The position of the last end, also when that lies in the future."""
        return self.werkdagen + np.clip((self.closing_minute - OPENS) / LENGTH, 0, 0.999)

    @property
    def startdatum(self) -> np.ndarray:
        """The start day."""
        return self.days[self.start]

    def day(self, rows: np.ndarray, position: np.ndarray) -> np.ndarray:
        """Return the calendar day of a position of each of `rows`."""
        whole = np.floor(position).astype("int64")
        gross = self.start[rows] + whole
        for k in (0, 1):
            gross = gross + np.where(whole >= self.paused_after[rows, k], self.paused_days[rows, k], 0)
        return self.days[gross]

    def moment(self, rows: np.ndarray, position: np.ndarray) -> np.ndarray:
        """Return the local minute of a position of each of `rows`."""
        minute = OPENS + np.floor((position - np.floor(position)) * LENGTH).astype("int64")
        return self.day(rows, position).astype("datetime64[m]") + minute.astype("timedelta64[m]")

    def final_moment(self, rows: np.ndarray) -> np.ndarray:
        """Return when each of `rows` ends for the last time, also when that lies in the future."""
        day = self.day(rows, self.werkdagen[rows])
        return day.astype("datetime64[m]") + self.closing_minute[rows].astype("timedelta64[m]")

    def closing_moment(self) -> np.ndarray:
        """Return when each case was finished as the export knows it, NaT for an open case."""
        last = self.final_moment(np.arange(len(self)))
        known = np.where(last < EXPORT_MOMENT, last, np.datetime64("NaT"))
        again = np.flatnonzero(~np.isnan(self.reopened))
        first = self.moment(again, self.first_end[again])
        still_finished = (first < EXPORT_MOMENT) & (self.moment(again, self.reopened[again]) >= EXPORT_MOMENT)
        known[again[still_finished]] = first[still_finished]
        return known

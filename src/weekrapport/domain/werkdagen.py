"""Arithmetic with working days on whole arrays of days; an unknown day gives an unknown result.

Methods: "Kalenders" in docs/methods.md.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

Days = np.ndarray
"""Array of datetime64[D], NaT where there is no day."""


def dagen(values: pd.Series) -> Days:
    """Return the days of a column of dates."""
    return values.to_numpy().astype("datetime64[D]")


def aantal_werkdagen_na(first: Days, last: Days, kalender: np.busdaycalendar) -> np.ndarray:
    """Return the working days in (first, last] as float64: the first day does not count, the last one does.

    Negative when `last` lies before `first`; NaN where a day is unknown. From Thursday to the Saturday after it is 1.
    """
    known = ~(np.isnat(first) | np.isnat(last))
    result = np.full(len(first), np.nan)
    day = np.timedelta64(1, "D")
    result[known] = np.busday_count(first[known] + day, last[known] + day, busdaycal=kalender)
    return result


def werkdagen_later(days: Days, aantal: int, kalender: np.busdaycalendar) -> Days:
    """Return the day that lies `aantal` working days later, or earlier when negative.

    One working day after a Saturday is the Monday, and one before it the Friday.
    """
    known = ~np.isnat(days)
    result = days.copy()
    roll = "backward" if aantal >= 0 else "forward"
    result[known] = np.busday_offset(days[known], aantal, roll=roll, busdaycal=kalender)
    return result

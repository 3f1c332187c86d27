"""A term as a number of days, weeks or months after a start, and what is counted between two days.

All functions take whole arrays of days; an unknown day gives an unknown day. Methods: "Termijnen" in docs/methods.md.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

Days = np.ndarray
"""Array of datetime64[D], NaT where there is no day."""


def add_months(start: Days, months: np.ndarray) -> Days:
    """Return the same day number `months` later, clipped to the end of the month."""
    month = start.astype("datetime64[M]")
    day_number = (start - month.astype("datetime64[D]")).astype("timedelta64[D]")
    target = month + months.astype("timedelta64[M]")
    last = (target + 1).astype("datetime64[D]") - np.timedelta64(1, "D")
    return np.minimum(target.astype("datetime64[D]") + day_number, last)


def add_termijn(start: Days, value: np.ndarray, unit: np.ndarray, kalender: np.busdaycalendar) -> Days:
    """Return start + value units; the start day does not count; NaT for an unknown value or a term in hours."""
    result = np.full(len(start), np.datetime64("NaT"), dtype="datetime64[D]")
    for name in ("werkdag", "kalenderdag", "week", "maand"):
        rows = (unit == name) & ~np.isnan(value) & ~np.isnat(start)
        if not rows.any():
            continue
        number, first = value[rows].astype("int64"), start[rows]
        if name == "werkdag":
            result[rows] = op_werkdag(first, number, kalender, "backward")
        elif name == "maand":
            result[rows] = add_months(first, number)
        else:
            result[rows] = first + (number * (7 if name == "week" else 1)).astype("timedelta64[D]")
    return result


def op_werkdag(days: Days, number: np.ndarray | int, kalender: np.busdaycalendar, roll: str) -> Days:
    """Return the day that lies `number` working days later; a day off is first moved on or back, as `roll` says.

    Args:
        days: the days.
        number: working days to add (int64).
        kalender: the days that count.
        roll: "forward" or "backward".
    """
    known = ~np.isnat(days)
    result = days.copy()
    later = np.broadcast_to(np.asarray(number), days.shape)[known]
    result[known] = np.busday_offset(days[known], later, roll=roll, busdaycal=kalender)  # type: ignore[call-overload]
    return result


def aantal_dagen(begin: Days, end: Days) -> np.ndarray:
    """Return the calendar days in [begin, end) (int64); 0 where one of the two is unknown."""
    days = (end - begin).astype("timedelta64[D]")
    return np.where(np.isnat(days), 0, days.astype("int64"))


def werkdagen_tussen(begin: Days, end: Days, kalender: np.busdaycalendar) -> np.ndarray:
    """Return the working days in [begin, end) (int64); 0 where one of the two is unknown."""
    known = ~(np.isnat(begin) | np.isnat(end))
    result = np.zeros(len(begin), "int64")
    result[known] = np.busday_count(begin[known], end[known], busdaycal=kalender)
    return result


def getallen(values: pd.Series) -> np.ndarray:
    """Return whole numbers as float64, NaN where one is unknown."""
    return values.astype("Float64").to_numpy(dtype="float64", na_value=np.nan)


def teksten(values: pd.Series) -> np.ndarray:
    """Return texts as an array of objects, NaN where one is unknown."""
    return values.astype(object).to_numpy()

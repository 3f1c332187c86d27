"""The two calendars: the organisation's werkkalender and the statutory Atw-kalender.

They differ on purpose: Good Friday and 5 May are days off for the law and (by default) not for the organisation.
Methods: "Kalenders" in docs/methods.md. Source of the statutory days: Algemene termijnenwet art. 3 and the decrees
that name gelijkgestelde dagen.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

import numpy as np

FIRST_YEAR, LAST_YEAR = 1999, 2045
"""The years that the calendars cover; GX-ZAAK-02 refuses start dates before 2000."""

GELIJKGESTELDE_DAGEN = tuple(
    date.fromisoformat(day)
    for day in (
        "2023-04-28", "2023-05-19", "2024-05-10", "2024-12-27", "2025-05-30",
        "2026-01-02", "2026-05-15", "2027-05-07", "2028-04-28", "2028-05-26",
    )
)  # fmt: skip
"""Days that royal decree made equal to a holiday for the Algemene termijnenwet."""

LAATSTE_JAAR_BEKEND = max(GELIJKGESTELDE_DAGEN).year
"""The last year of which the decree is known."""


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (a + 11 * h) // 319
    shift = (2 * e + 2 * i - k - h + m + 32) % 7
    month = (h - m + shift + 90) // 25
    return date(year, month, (h - m + shift + month + 19) % 32)


def koningsdag(year: int) -> date:
    """Return King's Day: 27 April, or the 26th when the 27th is a Sunday (Queen's Day, 30 April, before 2014)."""
    if year < 2014:
        day = date(year, 4, 30)
        return day if day.weekday() != 6 else date(year, 4, 29)
    day = date(year, 4, 27)
    return day if day.weekday() != 6 else date(year, 4, 26)


@lru_cache(maxsize=32)
def werkkalender(
    *,
    goede_vrijdag_vrij: bool = False,
    bevrijdingsdag: Literal["jaarlijks", "lustrum", "nooit"] = "lustrum",
    sluitingsdagen: tuple[date, ...] = (),
) -> np.busdaycalendar:
    """Return the organisation's working days as a numpy calendar.

    Args:
        goede_vrijdag_vrij: whether Good Friday is a day off.
        bevrijdingsdag: 5 May is a day off every year, in lustrum years (2025, 2030), or never.
        sluitingsdagen: days on which the organisation is closed besides.
    """
    days: list[date] = list(sluitingsdagen)
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        pasen = easter(year)
        days += _feestdagen(year, pasen)
        if goede_vrijdag_vrij:
            days.append(pasen - timedelta(days=2))
        if bevrijdingsdag == "jaarlijks" or (bevrijdingsdag == "lustrum" and year % 5 == 0):
            days.append(date(year, 5, 5))
    return np.busdaycalendar(holidays=_as_days(days))


@lru_cache(maxsize=1)
def atw_kalender() -> np.busdaycalendar:
    """Return the days that are no Saturday, Sunday or holiday for the Algemene termijnenwet."""
    days = list(GELIJKGESTELDE_DAGEN)
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        pasen = easter(year)
        days += [*_feestdagen(year, pasen), pasen - timedelta(days=2), date(year, 5, 5)]
    return np.busdaycalendar(holidays=_as_days(days))


def aantal_werkdagen(first: date, last: date, kalender: np.busdaycalendar) -> int:
    """Return the number of working days from `first` up to and including `last`."""
    return int(np.busday_count(first, last + timedelta(days=1), busdaycal=kalender))


def eerste_werkdag(day: date, kalender: np.busdaycalendar) -> date:
    """Return `day` when it is a working day, else the first one after it."""
    return np.busday_offset(day, 0, roll="forward", busdaycal=kalender).astype(object)


def _feestdagen(year: int, pasen: date) -> list[date]:
    """Return the holidays that both calendars share."""
    return [
        date(year, 1, 1),
        pasen + timedelta(days=1),
        koningsdag(year),
        pasen + timedelta(days=39),
        pasen + timedelta(days=50),
        date(year, 12, 25),
        date(year, 12, 26),
    ]


def _as_days(days: Iterable[date]) -> np.ndarray:
    return np.array(sorted(set(days)), dtype="datetime64[D]")

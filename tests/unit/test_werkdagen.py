from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from weekrapport.domain.calendars import werkkalender
from weekrapport.domain.werkdagen import aantal_werkdagen_na, werkdagen_later

KALENDER = werkkalender()


def days(*texts: str) -> np.ndarray:
    return np.array(texts, dtype="datetime64[D]")


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2026-11-02", "2026-11-05", 3),  # Monday to Thursday
        ("2026-11-02", "2026-11-02", 0),
        ("2026-11-05", "2026-11-07", 1),  # Thursday to Saturday
        ("2026-11-07", "2026-11-09", 1),  # Saturday to Monday
        ("2026-04-02", "2026-04-08", 3),  # over Easter: Good Friday works, Easter Monday does not
        ("2026-04-24", "2026-04-29", 2),  # over King's Day
        ("2026-11-05", "2026-11-03", -2),
    ],
)
def test_the_first_day_does_not_count_and_the_last_one_does(first, last, expected):
    assert aantal_werkdagen_na(days(first), days(last), KALENDER).tolist() == [expected]


@pytest.mark.parametrize(
    ("day", "number", "expected"),
    [
        ("2026-11-06", 1, "2026-11-09"),
        ("2026-11-07", 1, "2026-11-09"),
        ("2026-11-08", 2, "2026-11-10"),
        ("2026-11-09", -1, "2026-11-06"),
        ("2026-11-08", -1, "2026-11-06"),
        ("2026-11-04", 0, "2026-11-04"),
    ],
)
def test_working_days_later_and_earlier(day, number, expected):
    assert werkdagen_later(days(day), number, KALENDER).tolist() == days(expected).tolist()


def test_an_unknown_day_gives_an_unknown_result():
    nothing = days("NaT")
    assert np.isnan(aantal_werkdagen_na(nothing, days("2026-11-02"), KALENDER)).all()
    assert np.isnat(werkdagen_later(nothing, 1, KALENDER)).all()


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(1, 15))
def test_a_day_that_lies_n_working_days_later_has_n_working_days_after(day, number):
    first = np.array([day], dtype="datetime64[D]")
    later = werkdagen_later(first, number, KALENDER)
    assert aantal_werkdagen_na(first, later, KALENDER)[0] == number
    counted = [day + timedelta(days=n) for n in range(1, (later[0].astype(object) - day).days + 1)]
    assert sum(np.is_busday(each, busdaycal=KALENDER) for each in counted) == number

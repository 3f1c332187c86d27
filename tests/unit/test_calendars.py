from __future__ import annotations

from datetime import date, timedelta

import holidays
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from weekrapport.domain.calendars import (
    FIRST_YEAR,
    GELIJKGESTELDE_DAGEN,
    LAST_YEAR,
    aantal_werkdagen,
    atw_kalender,
    easter,
    eerste_werkdag,
    koningsdag,
    werkkalender,
)

YEARS = range(2015, 2036)


def is_vrij(day: date, kalender: np.busdaycalendar) -> bool:
    return not np.is_busday(day, busdaycal=kalender)


def weekdays_off(kalender: np.busdaycalendar, year: int) -> set[date]:
    days = (date(year, 1, 1) + timedelta(days=count) for count in range(366))
    return {day for day in days if day.year == year and day.isoweekday() < 6 and is_vrij(day, kalender)}


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [(2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2027, 3, 28), (2028, 4, 16), (2029, 4, 1), (2030, 4, 21),
     (2000, 4, 23), (2008, 3, 23), (2011, 4, 24), (2038, 4, 25), (1961, 4, 2)],
)  # fmt: skip
def test_easter(year, month, day):
    assert easter(year) == date(year, month, day)


@pytest.mark.parametrize(
    ("year", "day"),
    [(2026, "04-27"), (2025, "04-26"), (2031, "04-26"), (2014, "04-26"), (2013, "04-30"), (2006, "04-29")],
)
def test_koningsdag_is_never_on_a_sunday(year, day):
    assert koningsdag(year) == date.fromisoformat(f"{year}-{day}")
    assert all(koningsdag(each).isoweekday() != 7 for each in range(FIRST_YEAR, LAST_YEAR + 1))


@pytest.mark.parametrize(("year", "count"), [(2025, 254), (2026, 255), (2027, 256), (2028, 254)])
def test_working_days_in_a_year(year, count):
    assert aantal_werkdagen(date(year, 1, 1), date(year, 12, 31), werkkalender()) == count


@pytest.mark.parametrize(
    ("option", "free"),
    [("lustrum", {2020, 2025, 2030}), ("nooit", set()), ("jaarlijks", set(range(2018, 2033)))],
)
def test_liberation_day(option, free):
    kalender = werkkalender(bevrijdingsdag=option)
    # In years in which 5 May falls in the weekend, or on Ascension Day (2016 and 2027 do not), nothing can be seen.
    visible = {
        year
        for year in range(2018, 2033)
        if date(year, 5, 5).isoweekday() < 6 and easter(year) + timedelta(days=39) != date(year, 5, 5)
    }
    found = {year for year in visible if is_vrij(date(year, 5, 5), kalender)}
    assert found == free & visible


def test_good_friday_is_an_option():
    assert not is_vrij(date(2026, 4, 3), werkkalender())
    assert is_vrij(date(2026, 4, 3), werkkalender(goede_vrijdag_vrij=True))


def test_closing_days_are_off_and_a_closing_day_in_a_weekend_changes_nothing():
    kalender = werkkalender(sluitingsdagen=(date(2026, 12, 24), date(2026, 12, 27)))
    assert is_vrij(date(2026, 12, 24), kalender)
    assert aantal_werkdagen(date(2026, 1, 1), date(2026, 12, 31), kalender) == 254


@pytest.mark.parametrize("year", YEARS)
def test_werkkalender_agrees_with_the_holidays_package(year):
    """The package calls Good Friday a public holiday, which most employers do not; that is the only difference."""
    public = {day for day in holidays.country_holidays("NL", years=year) if day.isoweekday() < 6}
    assert weekdays_off(werkkalender(goede_vrijdag_vrij=True), year) == public
    assert public - weekdays_off(werkkalender(), year) == {easter(year) - timedelta(days=2)}


@pytest.mark.parametrize("year", YEARS)
def test_what_the_statute_adds_to_the_werkkalender_is_explained(year):
    """Good Friday, 5 May of every year, and the days that a decree names; nothing less, nothing more."""
    extra = {easter(year) - timedelta(days=2), date(year, 5, 5), *GELIJKGESTELDE_DAGEN}
    expected = weekdays_off(werkkalender(), year) | {day for day in extra if day.year == year and day.isoweekday() < 6}
    assert weekdays_off(atw_kalender(), year) == expected


@pytest.mark.parametrize(
    "day",
    ["2023-04-28", "2023-05-19", "2024-05-10", "2024-12-27", "2025-05-30",
     "2026-01-02", "2026-05-15", "2027-05-07", "2028-04-28", "2028-05-26"],
)  # fmt: skip
def test_days_that_a_decree_made_equal(day):
    found = date.fromisoformat(day)
    assert is_vrij(found, atw_kalender())
    assert not is_vrij(found, werkkalender())


@pytest.mark.parametrize("day", ["2029-05-11", "2026-01-05", "2026-04-02"])
def test_an_ordinary_day_is_an_ordinary_day_for_the_statute(day):
    assert not is_vrij(date.fromisoformat(day), atw_kalender())


@pytest.mark.parametrize(
    ("day", "first"),
    [("2026-11-23", "2026-11-23"), ("2026-11-21", "2026-11-23"), ("2026-04-04", "2026-04-07"),
     ("2026-12-25", "2026-12-28")],
)  # fmt: skip
def test_the_first_working_day_from_a_day(day, first):
    assert eerste_werkdag(date.fromisoformat(day), werkkalender()) == date.fromisoformat(first)


def test_an_empty_span_has_no_working_days_and_one_day_has_one():
    assert aantal_werkdagen(date(2026, 11, 23), date(2026, 11, 23), werkkalender()) == 1
    assert aantal_werkdagen(date(2026, 11, 22), date(2026, 11, 22), werkkalender()) == 0
    assert aantal_werkdagen(date(2026, 11, 24), date(2026, 11, 23), werkkalender()) == 0


@given(st.dates(date(2000, 1, 1), date(2045, 6, 1)))
def test_every_day_off_of_the_organisation_but_closing_days_is_off_for_the_statute(day):
    if is_vrij(day, werkkalender(bevrijdingsdag="jaarlijks", goede_vrijdag_vrij=True)):
        assert is_vrij(day, atw_kalender())
    assert eerste_werkdag(day, werkkalender()) - day <= timedelta(days=5)

"""Numeric vectors of ISO weeks and of the working days in them, worked out by hand and with other software."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from weekrapport.domain.calendars import aantal_werkdagen, werkkalender
from weekrapport.week import TIME_ZONE, Week

WEEK_OF_DAY = {
    "2026-12-27": "2026-W52-7",
    "2026-12-28": "2026-W53-1",
    "2026-12-31": "2026-W53-4",
    "2027-01-01": "2026-W53-5",
    "2027-01-03": "2026-W53-7",
    "2027-01-04": "2027-W01-1",
    "2025-12-29": "2026-W01-1",
    "2021-01-03": "2020-W53-7",
    "2024-12-30": "2025-W01-1",
}
WERKDAGEN = {
    "2026-W01": 4, "2026-W15": 4, "2026-W18": 4, "2026-W20": 4, "2026-W22": 4, "2026-W52": 4, "2026-W53": 4,
    "2027-W01": 5, "2026-W47": 5, "2026-W14": 5,
}  # fmt: skip


@pytest.mark.parametrize(("day", "expected"), WEEK_OF_DAY.items())
def test_week_of_a_day(day, expected):
    found = date.fromisoformat(day)
    week = Week.of(found)
    assert f"{week}-{(found - week.monday).days + 1}" == expected


@pytest.mark.parametrize(
    ("week", "hours"), [("2026-W12", 168), ("2026-W13", 167), ("2026-W43", 169), ("2026-W53", 168)]
)
def test_hours_in_a_week(week, hours):
    found = Week.parse(week)
    assert (found.end - found.start) / timedelta(hours=1) == hours


def test_the_week_in_which_summer_time_begins():
    week = Week(2026, 13)
    assert (week.start.isoformat(sep=" "), week.end.isoformat(sep=" ")) == (
        "2026-03-22 23:00:00+00:00",
        "2026-03-29 22:00:00+00:00",
    )


def test_a_utc_status_of_sunday_night_belongs_to_the_local_monday():
    moment = datetime.fromisoformat("2026-11-22T23:30:00Z")
    assert str(Week.of_moment(moment)) == "2026-W48"
    assert str(Week.of(moment.date())) == "2026-W47"  # the mistake that this guards against


def test_a_weekend_in_which_the_clock_goes_back_lasts_49_hours():
    noon = [datetime(2026, 10, day, 12, tzinfo=TIME_ZONE).astimezone(UTC) for day in (24, 26)]
    assert noon[1] - noon[0] == timedelta(hours=49)


@pytest.mark.parametrize(("week", "expected"), WERKDAGEN.items())
def test_working_days_in_a_week(week, expected):
    found = Week.parse(week)
    assert aantal_werkdagen(found.monday, found.sunday, werkkalender()) == expected

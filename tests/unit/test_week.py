from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weekrapport.errors import ConfigurationError
from weekrapport.week import (
    TIME_ZONE,
    Week,
    last_week_number,
    local_date,
    local_moment,
    parse_moment,
    week_range,
)

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
WEEKS = DAYS.map(Week.of)


@pytest.mark.parametrize(
    ("text", "monday"),
    [("2026-W47", date(2026, 11, 16)), ("2026-W53", date(2026, 12, 28)), ("2026-W01", date(2025, 12, 29))],
)
def test_a_key_is_read_and_written_back(text, monday):
    week = Week.parse(text)
    assert week.monday == monday
    assert week.sunday == monday + timedelta(days=6)
    assert str(week) == text


@pytest.mark.parametrize("around", ["  2026-W47", "2026-W47\n"])
def test_white_space_around_a_key_does_not_matter(around):
    assert Week.parse(around) == Week(2026, 47)


@pytest.mark.parametrize("text", ["47", "", "2026", "2026-47", "2026W47", "2026-W4", "W47-2026", "2026-w47", "week 47"])
def test_what_is_not_a_key_is_refused_with_an_example(text):
    with pytest.raises(ConfigurationError, match="Write the ISO year and week as 2026-W47") as error:
        Week.parse(text)
    assert repr(text) in str(error.value)


@pytest.mark.parametrize(
    ("text", "last"),
    [("2026-W54", "53"), ("2026-W60", "53"), ("2026-W00", "53"), ("2025-W53", "52"), ("2026-W99", "53")],
)
def test_a_week_that_the_year_does_not_have_is_refused(text, last):
    with pytest.raises(ConfigurationError, match=f"is not an ISO week: {text[:4]} has weeks 01 to {last}"):
        Week.parse(text)


@pytest.mark.parametrize("text", ["0000-W01", "0000-W53", "9999-W52", "9999-W53"])
def test_a_year_at_the_end_of_the_calendar_is_refused_too(text):
    """Its Monday or next Monday does not exist in Python, so every later step would end in a traceback."""
    with pytest.raises(ConfigurationError):
        Week.parse(text)


def test_years_with_53_weeks():
    assert [year for year in range(2015, 2033) if last_week_number(year) == 53] == [2015, 2020, 2026, 2032]


def test_weeks_are_ordered_in_time_across_a_year():
    assert sorted([Week(2027, 1), Week(2026, 53), Week(2026, 9)]) == [Week(2026, 9), Week(2026, 53), Week(2027, 1)]


def test_the_previous_week_of_week_1_is_week_53():
    assert Week(2027, 1).plus(-1) == Week(2026, 53)
    assert Week(2026, 53).plus(1) == Week(2027, 1)
    assert Week(2027, 5).plus(-12) == Week(2026, 46)  # 12 × 7 days, not "week − 12"


@pytest.mark.parametrize(
    ("week", "start", "end", "hours"),
    [
        ("2026-W12", "2026-03-15T23:00", "2026-03-22T23:00", 168),
        ("2026-W13", "2026-03-22T23:00", "2026-03-29T22:00", 167),
        ("2026-W43", "2026-10-18T22:00", "2026-10-25T23:00", 169),
        ("2026-W53", "2026-12-27T23:00", "2027-01-03T23:00", 168),
    ],
)
def test_bounds_in_utc_follow_the_clock_change(week, start, end, hours):
    found = Week.parse(week)
    assert found.start == datetime.fromisoformat(start).replace(tzinfo=UTC)
    assert found.end == datetime.fromisoformat(end).replace(tzinfo=UTC)
    assert found.end - found.start == timedelta(hours=hours)
    assert found.end == found.plus(1).start


def test_a_status_around_utc_midnight_falls_in_the_local_week():
    assert Week.of_moment(datetime(2026, 11, 22, 23, 30, tzinfo=UTC)) == Week(2026, 48)
    assert Week.of_moment(datetime(2026, 11, 22, 22, 59, 59, tzinfo=UTC)) == Week(2026, 47)
    assert Week.of_moment(datetime(2026, 7, 5, 22, 0, tzinfo=UTC)) == Week(2026, 28)  # summer time: two hours
    assert Week.of_moment(datetime(2026, 7, 5, 21, 59, tzinfo=UTC)) == Week(2026, 27)


def test_a_moment_without_zone_has_no_local_day():
    with pytest.raises(ValueError, match="without a time zone"):
        local_date(datetime(2026, 11, 22, 23, 30))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-11-23T07:00", "2026-11-23T06:00"),
        ("2026-07-06T07:00", "2026-07-06T05:00"),
        ("2026-11-23", "2026-11-22T23:00"),
        ("2026-11-23 07:00:30", "2026-11-23T06:00:30"),
        ("2026-11-23T07:00+00:00", "2026-11-23T07:00"),
        ("2026-11-23T06:00Z", "2026-11-23T06:00"),
        ("  2026-11-23T07:00 ", "2026-11-23T06:00"),
    ],
)
def test_a_timestamp_without_offset_is_local(text, utc):
    assert parse_moment(text) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "maandag", "23-11-2026", "2026-13-01", "2026-11-31T07:00", "2026-11-23T25:00"])
def test_what_is_not_a_timestamp_is_refused(text):
    with pytest.raises(ConfigurationError, match=r"is not a timestamp\. Write it as 2026-11-23T07:00"):
        parse_moment(text)


@pytest.mark.parametrize("text", ["2026-W47", "2026-W47-1", "2026W471"])
def test_a_week_is_not_a_timestamp(text):
    """Python reads it as the Monday; as an as-of moment that is the week in which nothing has happened yet."""
    with pytest.raises(ConfigurationError, match="is not a timestamp"):
        parse_moment(text)


@pytest.mark.parametrize("text", ["0001-01-01T00:00", "9999-12-31T23:59-12:00"])
def test_a_timestamp_that_has_no_utc_is_refused(text):
    with pytest.raises(ConfigurationError, match="is not a timestamp"):
        parse_moment(text)


@pytest.mark.parametrize(
    ("week", "text"),
    [
        ("2026-W47", "16 t/m 22 november 2026"),
        ("2026-W49", "30 november t/m 6 december 2026"),
        ("2026-W53", "28 december 2026 t/m 3 januari 2027"),
        ("2026-W01", "29 december 2025 t/m 4 januari 2026"),
    ],
)
def test_the_period_in_dutch(week, text):
    assert Week.parse(week).period_nl == text


def test_a_range_holds_both_ends_and_crosses_the_year():
    weeks = week_range(Week(2026, 51), Week(2027, 2))
    assert [str(week) for week in weeks] == ["2026-W51", "2026-W52", "2026-W53", "2027-W01", "2027-W02"]
    assert week_range(Week(2026, 47), Week(2026, 47)) == [Week(2026, 47)]


def test_a_range_backwards_is_refused():
    with pytest.raises(ConfigurationError, match="2026-W46, lies before the first, 2026-W47"):
        week_range(Week(2026, 47), Week(2026, 46))


@given(DAYS)
def test_a_week_holds_its_day(day):
    week = Week.of(day)
    assert week.monday <= day <= week.sunday
    assert week.monday.isoweekday() == 1
    assert Week.parse(str(week)) == week


@given(WEEKS, st.integers(-600, 600))
def test_there_and_back_again(week, count):
    assert week.plus(count).plus(-count) == week
    assert (week.plus(count).monday - week.monday).days == 7 * count


@given(WEEKS, st.integers(0, 200))
def test_a_range_counts_every_week_once(first, count):
    weeks = week_range(first, first.plus(count))
    assert len(weeks) == count + 1
    assert weeks == sorted(set(weeks))


@given(st.datetimes(datetime(2000, 1, 1), datetime(2060, 1, 1)), st.integers(0, 1))  # noqa: DTZ001
def test_the_same_moment_falls_in_the_same_week_however_its_zone_is_written(naive, fold):
    local = naive.replace(tzinfo=TIME_ZONE, fold=fold)
    utc = local.astimezone(UTC)
    elsewhere = utc.astimezone(ZoneInfo("Pacific/Auckland"))
    assert Week.of_moment(local.astimezone(UTC)) == Week.of_moment(utc) == Week.of_moment(elsewhere)
    week = Week.of_moment(utc)
    assert week.start <= utc < week.end


@given(DAYS)
def test_a_local_day_and_time_come_back(day):
    assert local_date(local_moment(day, time(0))) == day
    assert local_date(local_moment(day, time(23, 59, 59))) == day

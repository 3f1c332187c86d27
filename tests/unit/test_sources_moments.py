"""Dates and moments: formats, zones, and the two hours of the year that are not what they seem."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weekrapport.sources.moments import DOUBLE_HOUR, MIDNIGHT
from weekrapport.sources.values import ColumnRead, read_column
from weekrapport.week import MONTHS, TIME_ZONE

SHORT = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def dates(*cells: str) -> ColumnRead:
    return read_column(pd.Series(cells, dtype="str"), "date")


def timestamps(*cells: str) -> ColumnRead:
    return read_column(pd.Series(cells, dtype="str"), "timestamp")


@pytest.mark.parametrize(
    "text",
    [
        "23-11-2026", "23/11/2026", "2026-11-23", "23 nov 2026", "23-nov-2026", "23 Nov. 2026", "23 november 2026",
        "2026-11-23T07:30", "2026-11-23 07:30:15", "2026-11-23 07:30:15.123", "23-11-2026 7:30", "23-11-2026 07:30:15",
        "23 nov 2026 07:30", "2026-11-23T07:30:15Z", "2026-11-23T07:30:15.5+01:00", "2026-11-23T07:30+0100",
        "23-11-2026 07:30 +01:00", "2026-11-23 07:30:15,123",
    ],
)  # fmt: skip
def test_every_way_to_write_a_day(text: str) -> None:
    read = dates(text)
    assert read.reasons == {}
    assert read.values.tolist() == [pd.Timestamp(2026, 11, 23)]


@pytest.mark.parametrize("month", range(1, 13))
def test_dutch_months(month: int) -> None:
    expected = pd.Timestamp(2026, month, 1)
    assert dates(f"1 {SHORT[month - 1]} 2026", f"1 {MONTHS[month - 1]} 2026").values.tolist() == [expected] * 2


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("23-11-26", "jaartal van twee cijfers"),
        ("1/2/26", "jaartal van twee cijfers"),
        ("23 nov 26", "jaartal van twee cijfers"),
        ("11/23/2026", "geen bestaande datum"),
        ("30-02-2026", "geen bestaande datum"),
        ("2026-02-30", "geen bestaande datum"),
        ("29-02-2026", "geen bestaande datum"),
        ("0000-00-00", "geen bestaande datum"),
        ("23-11-2026 24:00", "geen bestaande datum"),
        ("23 march 2026", "geen Nederlandse maandnaam"),
        ("0001-01-01", "vóór 1900"),
        ("31-12-1899", "vóór 1900"),
        ("23-11/2026", "geen datum"),
        ("2026-W47-1", "geen datum"),
        ("46349", "geen datum"),
        ("20261123", "geen datum"),
        ("morgen", "geen datum"),
        ("2026-11-23 10", "geen datum"),
    ],
)
@pytest.mark.parametrize("read", [dates, timestamps])
def test_what_is_no_day_says_why(text: str, reason: str, read: type) -> None:
    assert read(text).values.isna().all()
    assert reason in read(text).reasons[0]
    assert text in read(text).reasons[0]


def test_the_boundaries_of_what_is_a_day() -> None:
    assert dates("1-1-1900", "31-12-9999", "29-02-2028").reasons == {}


def test_the_offset_decides_the_local_day() -> None:
    read = dates("2026-11-22T23:30:00Z", "2026-11-23T00:30:00+02:00", "2026-06-30 22:30:00+00:00", "2026-11-22 23:30")
    assert [day.day for day in read.values] == [23, 22, 1, 22]


def test_offsets_that_change_within_a_column_and_absent_fractions() -> None:
    read = timestamps("2011-10-11 13:42:22.688000+02:00", "2011-12-06 13:41:31+01:00", "2011-12-06T12:41:31Z")
    assert read.values.tolist() == [
        pd.Timestamp("2011-10-11 11:42:22.688", tz="UTC"),
        pd.Timestamp("2011-12-06 12:41:31", tz="UTC"),
        pd.Timestamp("2011-12-06 12:41:31", tz="UTC"),
    ]


def test_a_moment_without_a_zone_is_local_time() -> None:
    read = timestamps("23-11-2026 07:30", "23-06-2026 07:30")
    assert [moment.hour for moment in read.values] == [6, 5]
    assert read.remarks == ()


def test_an_hour_that_does_not_exist_cannot_be_read() -> None:
    read = timestamps("29-03-2026 01:59:59", "29-03-2026 02:00", "29-03-2026 02:59", "29-03-2026 03:00")
    assert list(read.reasons) == [1, 2]
    assert "bestaat niet" in read.reasons[1]
    assert read.values[[0, 3]].tolist() == [
        pd.Timestamp("2026-03-29 00:59:59", tz="UTC"),
        pd.Timestamp("2026-03-29 01:00", tz="UTC"),
    ]
    assert dates("29-03-2026 02:30").values.tolist() == [pd.Timestamp(2026, 3, 29)]


def test_the_double_hour_is_read_as_summer_time_and_told() -> None:
    read = timestamps("25-10-2026 01:59", "25-10-2026 02:00", "25-10-2026 02:59", "25-10-2026 03:00")
    assert [(moment.day, moment.hour) for moment in read.values] == [(24, 23), (25, 0), (25, 0), (25, 2)]
    assert read.remarks == (f"2 × {DOUBLE_HOUR} (bijvoorbeeld '25-10-2026 02:00')",)
    assert timestamps("2026-10-25T02:30+02:00", "2026-10-25T02:30+01:00").remarks == ()


def test_a_day_in_a_column_of_moments_is_midnight_and_told() -> None:
    read = timestamps("23-11-2026", "24-11-2026 00:00")
    assert read.values[0] == pd.Timestamp("2026-11-22 23:00", tz="UTC")
    assert read.remarks == (f"1 × {MIDNIGHT} (bijvoorbeeld '23-11-2026')",)


MOMENTS = st.datetimes(datetime.fromisoformat("1950-01-01"), datetime.fromisoformat("2037-01-01"))
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
WRITTEN = st.sampled_from(["%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d", "{day}-{month}-%Y", "%d {short} %Y"])


@settings(max_examples=80, deadline=None)
@given(DAYS, WRITTEN)
def test_a_written_day_comes_back(day: date, form: str) -> None:
    form = form.replace("%Y", f"{day.year:04d}")  # strftime does not pad years everywhere
    text = day.strftime(form).format(day=day.day, month=day.month, short=SHORT[day.month - 1])
    assert dates(text).values.tolist() == [pd.Timestamp(day)]


@settings(max_examples=80, deadline=None)
@given(MOMENTS, st.integers(-14 * 60, 14 * 60))
def test_a_moment_with_an_offset_comes_back(moment: datetime, minutes: int) -> None:
    instant = moment.replace(tzinfo=UTC)
    sign = "-" if minutes < 0 else "+"
    shifted = (instant + timedelta(minutes=minutes)).replace(tzinfo=None)
    text = f"{shifted.isoformat()}{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
    assert timestamps(text).values.tolist() == [pd.Timestamp(instant)]
    assert dates(text).values.tolist() == [pd.Timestamp(instant.astimezone(TIME_ZONE).date())]


@settings(max_examples=80, deadline=None)
@given(MOMENTS)
def test_a_local_moment_agrees_with_the_zone_of_python(moment: datetime) -> None:
    local = moment.replace(tzinfo=TIME_ZONE, fold=0)
    exists = local.astimezone(UTC).astimezone(TIME_ZONE).replace(tzinfo=None) == moment
    read = timestamps(moment.isoformat(" "))
    assert (read.reasons == {}) is exists
    if exists:
        assert read.values.tolist() == [pd.Timestamp(local.astimezone(UTC))]

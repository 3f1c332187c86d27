"""Numeric vectors of the clock of norms in hours, and what must hold for any two moments."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import beeld_of, typed, zaken
from weekrapport.domain.calendars import werkkalender
from weekrapport.domain.kantooruren import Kantoorklok, Kantoortijd, kantoorminuten, klokstart
from weekrapport.domain.normminuten import norm_minuten
from weekrapport.domain.schema import TABLES
from weekrapport.domain.zaakbeeld import zaakbeeld
from weekrapport.reporting.manifest import load_manifest
from weekrapport.week import TIME_ZONE, parse_moment

KANTOOR = Kantoorklok(werkkalender(), Kantoortijd())
ALTIJD = Kantoorklok(werkkalender(), Kantoortijd(dag_en_nacht=True))


def moments(*texts: str | None) -> pd.Series:
    """Return local times as moments in UTC; unknown for None."""
    found = [pd.NaT if text is None else pd.Timestamp(parse_moment(text)) for text in texts]
    return pd.Series(pd.to_datetime(found, utc=True)).astype("datetime64[us, UTC]")


def held(*rows: tuple[str, str | None]) -> pd.DataFrame:
    return typed("zaak_opschorting", *({"zaak_id": "Z1", "begin": begin, "eind": end} for begin, end in rows))


def minutes(first: str | None, last: str | None, klok: Kantoorklok = KANTOOR, *spans: tuple[str, str | None]):
    rows = pd.DataFrame({"zaak_id": pd.Series(["Z1"], dtype="str"), "van": moments(first), "tot": moments(last)})
    return kantoorminuten(rows, held(*spans), klok).iloc[0]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2026-04-24T16:45", "2026-04-28T09:10", 115),  # 45 on Friday, 70 on Tuesday: Monday is King's Day
        ("2026-10-23T17:00", "2026-10-26T08:30", 60),  # over the night that the clock goes back
        ("2026-11-20T18:00", "2026-11-22T10:00", 0),  # Friday evening to Sunday
        ("2026-03-27T17:00", "2026-03-30T08:30", 60),  # over the night that it goes forward
        ("2026-11-16T08:00", "2026-11-16T17:30", 570),
        ("2026-11-16T00:00", "2026-11-17T00:00", 570),
        ("2026-11-16T12:00", "2026-11-16T12:00", 0),
        ("2026-11-17T12:00", "2026-11-16T12:00", 0),  # the wrong way round
        ("2026-11-16T07:00", "2026-11-16T08:00", 0),
        ("2026-12-24T17:00", "2026-12-28T08:30", 60),  # Christmas and a weekend
        (None, "2026-11-16T12:00", pd.NA),
        ("2026-11-16T12:00", None, pd.NA),
    ],
)
def test_office_minutes(first, last, expected):
    found = minutes(first, last)
    assert pd.isna(found) if expected is pd.NA else found == expected


@pytest.mark.parametrize(
    ("first", "last", "hours"),
    [
        ("2026-10-24T12:00", "2026-10-26T12:00", 49), ("2026-03-28T12:00", "2026-03-30T12:00", 47),
        ("2026-11-16T12:00", "2026-11-18T12:00", 48),
    ],
)  # fmt: skip
def test_day_and_night_is_elapsed_time(first, last, hours):
    assert minutes(first, last, ALTIJD) == hours * 60


@pytest.mark.parametrize(
    ("spans", "klok", "expected"),
    [
        ([("2026-11-17", "2026-11-18")], KANTOOR, 2 * 570),  # Monday and Wednesday stay
        ([("2026-11-14", "2026-11-17")], KANTOOR, 2 * 570),  # begun before
        ([("2026-11-18", None)], KANTOOR, 2 * 570),  # still running
        ([("2026-11-17", "2026-11-17")], KANTOOR, 3 * 570),
        ([("2026-11-10", "2026-11-16")], KANTOOR, 3 * 570),  # ended before
        ([("2026-11-17", "2026-11-18"), ("2026-11-18", "2026-11-19")], KANTOOR, 570),
        ([("2026-11-01", "2026-12-01")], KANTOOR, 0),
        ([("2026-11-17", "2026-11-18")], ALTIJD, 2 * 1440 - (8 * 60 + 6 * 60 + 30)),
    ],
)
def test_a_suspension_stops_the_clock_for_its_days(spans, klok, expected):
    assert minutes("2026-11-16T08:00", "2026-11-18T17:30", klok, *spans) == expected


def test_the_hours_are_a_setting():
    klok = Kantoorklok(werkkalender(), Kantoortijd(time(9), time(17)))
    assert minutes("2026-11-16T00:00", "2026-11-18T00:00", klok) == 2 * 480


def test_no_rows():
    rows = pd.DataFrame({"zaak_id": pd.Series(dtype="str"), "van": moments(), "tot": moments()})
    assert len(kantoorminuten(rows, held(), KANTOOR)) == 0


@pytest.mark.parametrize(
    ("reading", "day"),
    [(0, "2026-11-16"), (1, "2026-11-17"), (570, "2026-11-17"), (571, "2026-11-18"), (4 * 570, "2026-11-20"),
     (4 * 570 + 1, "2026-11-23")],
)  # fmt: skip
def test_the_clock_runs_out_on_the_day_that_it_reaches_its_end(reading, day):
    """Counted from the end of Monday the 16th."""
    evening = KANTOOR.stand(moments("2026-11-16T20:00"))
    assert str(KANTOOR.dag(evening + reading * 60_000_000)[0]) == day


def streefdatum(start: str, hours: int, *, since: str | None = None, spans=(), extended=(), tijd=Kantoortijd(), **zaak):  # noqa: B008
    types = typed("zaaktype", {"zaaktype_id": "U", "servicenorm_waarde": hours, "servicenorm_eenheid": "uur"})
    status = typed(
        "zaak_status",
        *([{"zaak_id": "Z1", "statustype_id": "nieuw", "gezet_op": parse_moment(since)}] if since else []),
    )
    tables = {name: table.empty() for name, table in TABLES.items()} | {
        "zaak": zaken({"zaaktype_id": "U", "startdatum": start, **zaak}),
        "zaaktype": types, "zaak_status": status, "zaak_opschorting": held(*spans),
        "zaak_verlenging": typed("zaak_verlenging", *(
            {"zaak_id": "Z1", "volgnr": n, "duur_waarde": value, "duur_eenheid": unit, "meegedeeld_op": told}
            for n, (value, unit, told) in enumerate(extended)
        )),
    }  # fmt: skip
    found = zaakbeeld(tables, date(2026, 12, 31), werkkalender(), tijd)["streefdatum"].iloc[0]
    return str(found.date())


@pytest.mark.parametrize(
    ("start", "hours", "options", "day"),
    [
        ("2026-11-16", 8, {}, "2026-11-16"),  # from the opening of Monday
        ("2026-11-16", 10, {}, "2026-11-17"),
        ("2026-11-16", 19, {}, "2026-11-17"),  # exactly two days of nine and a half hours
        ("2026-11-16", 8, {"since": "2026-11-16T10:00"}, "2026-11-17"),
        ("2026-11-16", 8, {"since": "2026-11-16T09:30"}, "2026-11-16"),  # until half past five
        ("2026-11-16", 8, {"since": "2026-11-17T12:00"}, "2026-11-16"),  # that status is of another day
        ("2026-11-16", 1, {"since": "2026-11-16T22:00"}, "2026-11-17"),
        ("2026-11-20", 1, {"since": "2026-11-20T17:00"}, "2026-11-23"),
        ("2026-11-21", 1, {}, "2026-11-23"),  # begun on a Saturday
        ("2026-04-24", 2, {"since": "2026-04-24T16:45"}, "2026-04-28"),
        ("2026-11-16", 19, {"spans": [("2026-11-17", "2026-11-19")]}, "2026-11-19"),
        ("2026-11-16", 8, {"spans": [("2026-11-17", "2026-11-19")]}, "2026-11-16"),  # after the norm had passed
        ("2026-11-16", 8, {"since": "2026-11-16T12:00", "spans": [("2026-11-16", "2026-11-18")]}, "2026-11-18"),
        ("2026-11-16", 8, {"extended": [(1, "werkdag", "2026-11-16")]}, "2026-11-17"),
        ("2026-11-20", 8, {"extended": [(1, "kalenderdag", "2026-11-20")]}, "2026-11-23"),
        ("2026-11-16", 8, {"extended": [(1, "werkdag", "2026-11-17")]}, "2026-11-16"),  # told too late
        ("2026-11-21", 24, {"tijd": Kantoortijd(dag_en_nacht=True)}, "2026-11-21"),  # ends at midnight
        ("2026-11-21", 25, {"tijd": Kantoortijd(dag_en_nacht=True)}, "2026-11-22"),
        ("2026-10-25", 25, {"tijd": Kantoortijd(dag_en_nacht=True)}, "2026-10-25"),  # a Sunday of 25 hours
        ("2026-11-20", 4, {"tijd": Kantoortijd(dag_en_nacht=True), "since": "2026-11-20T22:00"}, "2026-11-21"),
    ],
)  # fmt: skip
def test_the_target_date_of_a_norm_in_hours(start, hours, options, day):
    assert streefdatum(start, hours, **options) == day


def test_the_first_status_of_the_start_day_starts_the_clock():
    zaak = zaken({"startdatum": "2026-11-16"}, {"startdatum": "2026-11-16"}, {})
    status = typed(
        "zaak_status",
        {"zaak_id": "Z1", "statustype_id": "b", "gezet_op": "2026-11-16T11:00Z"},
        {"zaak_id": "Z1", "statustype_id": "a", "gezet_op": "2026-11-16T09:00Z"},
        {"zaak_id": "Z2", "statustype_id": "a", "gezet_op": "2026-11-15T22:30Z"},  # Sunday, local time
    )
    assert [str(each) for each in klokstart(zaak, status)] == ["2026-11-16 09:00:00+00:00", "NaT", "NaT"]
    assert klokstart(zaak, typed("zaak_status")).isna().all()


def test_on_time_is_by_day_also_for_a_norm_in_hours():
    types = typed("zaaktype", {"zaaktype_id": "U", "servicenorm_waarde": 4, "servicenorm_eenheid": "uur"})
    rows = [{"zaaktype_id": "U", "startdatum": "2026-11-16", "einddatum": day} for day in ("2026-11-16", "2026-11-17")]
    assert beeld_of(zaken(*rows), zaaktype=types)["is_tijdig"].tolist() == [True, False]


def test_minutes_left_of_a_norm():
    tables = {
        "zaaktype": typed("zaaktype", {"zaaktype_id": "U", "servicenorm_waarde": 8, "servicenorm_eenheid": "uur"}),
        "zaak_status": typed(
            "zaak_status", {"zaak_id": "Z1", "statustype_id": "a", "gezet_op": parse_moment("2026-11-16T10:00")}
        ),
        "zaak_opschorting": typed("zaak_opschorting", {"zaak_id": "Z3", "begin": "2026-11-16", "eind": "2026-11-17"}),
        "zaak_verlenging": typed("zaak_verlenging", {"zaak_id": "Z4", "volgnr": 1}),
    }  # fmt: skip
    rows = zaken(
        *[{"zaaktype_id": "U", "startdatum": "2026-11-16"}] * 4, {}, {"zaaktype_id": "U", "einddatum": "2026-11-16"}
    )
    rows = rows.set_axis(range(10, 16))
    left = norm_minuten(rows, tables, parse_moment("2026-11-17T08:30"), werkkalender())
    assert left is not None
    assert left.index.tolist() == rows.index.tolist()
    # 7½ hours on Monday leave 30 minutes, of which 30 are gone; without a status the 8 hours were over on Monday;
    # one that waited on Monday has them from Tuesday.
    assert left.tolist() == [0, -120, 450, pd.NA, pd.NA, pd.NA]
    assert norm_minuten(rows.iloc[[4]], tables, parse_moment("2026-11-17T08:30"), werkkalender()) is None


MINUTE = st.integers(0, 365 * 24 * 60 - 1)
MOMENT = MINUTE.map(lambda minutes: datetime.combine(date(2026, 1, 1), time()) + timedelta(minutes=minutes))


def by_the_minute(first: datetime, last: datetime) -> int:
    """Return the minutes between two local moments of which the minute lies in office hours on a working day."""
    begin, end = (each.replace(tzinfo=TIME_ZONE).timestamp() for each in (first, last))
    count = 0
    for stamp in np.arange(begin, end, 60):
        local = datetime.fromtimestamp(stamp, TIME_ZONE)
        is_open = time(8) <= local.time() < time(17, 30)
        count += bool(is_open and np.is_busday(local.date(), busdaycal=werkkalender()))
    return count


@given(MOMENT, st.integers(0, 3000))
def test_the_clock_counts_the_minutes_in_office_hours(first, length):
    last = first + timedelta(minutes=length)
    assert minutes(first.isoformat(), last.isoformat()) == by_the_minute(first, last)


@given(MOMENT, MOMENT, MOMENT, st.sampled_from([KANTOOR, ALTIJD]))
def test_time_adds_up(one, two, three, klok):
    first, middle, last = (each.isoformat() for each in sorted((one, two, three)))
    assert minutes(first, last, klok) == minutes(first, middle, klok) + minutes(middle, last, klok)


@given(MOMENT, st.integers(1, 200), st.sampled_from([KANTOOR, ALTIJD]))
def test_the_day_that_the_clock_runs_out_is_the_first_that_holds_the_hours(first, hours, klok):
    reading = klok.stand(moments(first.isoformat())) + hours * 3_600_000_000
    day = klok.dag(reading)
    assert klok.stand_bij_begin(day)[0] < reading[0] <= klok.stand_bij_begin(day + 1)[0]
    if klok is KANTOOR:
        assert np.is_busday(day[0], busdaycal=werkkalender())


@given(MOMENT, st.integers(1, 60), st.integers(0, 20), st.integers(0, 20), st.booleans())
def test_a_suspension_never_makes_the_target_date_of_hours_earlier(first, hours, gap, length, day_and_night):
    start, tijd = first.date(), Kantoortijd(dag_en_nacht=day_and_night)
    begin, end = start + timedelta(days=gap), start + timedelta(days=gap + length)
    plain = streefdatum(start.isoformat(), hours, since=first.isoformat(), tijd=tijd)
    waited = streefdatum(start.isoformat(), hours, since=first.isoformat(), tijd=tijd, spans=[(str(begin), str(end))])
    assert waited >= plain


def test_every_report_that_shows_terms_sees_when_the_clock_of_a_case_starts():
    """Else a case with a norm in hours could be on time in one report and late in another."""
    tables = [{*entry.tables} for entry in load_manifest().values()]
    assert [each for each in tables if {"zaak", "zaaktype"} <= each and "zaak_status" not in each] == []

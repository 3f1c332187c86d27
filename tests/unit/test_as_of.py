from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import typed
from weekrapport.domain.as_of import as_of_view
from weekrapport.domain.schema import TABLES
from weekrapport.week import local_date, parse_moment

AS_OF = parse_moment("2026-11-23T07:00")


def view(table: str, *rows: dict[str, object], as_of: datetime = AS_OF) -> pd.DataFrame:
    return as_of_view(table, typed(table, *rows), as_of)


@pytest.mark.parametrize(
    ("row", "stays"),
    [
        ({"startdatum": "2026-11-22"}, True),
        ({"startdatum": "2026-11-23"}, True),  # a day without a clock time is known on that day
        ({"startdatum": "2026-11-24"}, False),
        ({"startdatum": "2026-11-01", "registratiedatum": "2026-11-24"}, False),
        ({"startdatum": "2026-11-01", "registratiedatum": "2026-11-23"}, True),
        ({}, True),  # an unknown start is for the gate to refuse, not for the view to hide
    ],
)
def test_a_case_exists_from_its_start_and_registration(row, stays):
    assert len(view("zaak", {"zaak_id": "Z1", **row})) == int(stays)


@pytest.mark.parametrize(("end", "known"), [("2026-11-22", True), ("2026-11-23", True), ("2026-11-24", False)])
def test_an_end_after_the_moment_is_emptied_with_its_result(end, known):
    found = view(
        "zaak",
        {
            "zaak_id": "Z1",
            "startdatum": "2026-11-01",
            "einddatum": end,
            "resultaat": "Opgelost",
            "resultaat_categorie": "overig",
        },
    ).iloc[0]
    for column in ("einddatum", "resultaat", "resultaat_categorie"):
        assert pd.notna(found[column]) is known
    assert found["zaak_id"] == "Z1"


def test_the_hour_of_closing_decides_on_the_day_itself():
    early, late = (
        view(
            "zaak",
            {"zaak_id": "Z1", "startdatum": "2026-11-01", "einddatum": "2026-11-23", "gesloten_op": moment},
        ).iloc[0]
        for moment in ("2026-11-23T05:59Z", "2026-11-23T06:00:01Z")
    )
    assert pd.notna(early["einddatum"])
    assert pd.isna(late["einddatum"])
    assert pd.isna(late["gesloten_op"])


def test_an_end_day_in_the_future_empties_the_hour_of_closing_too():
    found = view(
        "zaak",
        {"zaak_id": "Z1", "startdatum": "2026-11-01", "einddatum": "2026-12-01", "gesloten_op": "2026-11-20T10:00Z"},
    ).iloc[0]
    assert pd.isna(found["gesloten_op"])
    assert pd.isna(found["einddatum"])


def test_the_local_day_counts_not_that_of_utc():
    """In winter the 23rd begins in Amsterdam at 23:00 UTC."""
    before = datetime(2026, 11, 22, 22, 59, tzinfo=UTC)
    row = {"zaak_id": "Z1", "startdatum": "2026-11-23"}
    assert view("zaak", row, as_of=before).empty
    assert len(view("zaak", row, as_of=before + timedelta(minutes=1))) == 1


@pytest.mark.parametrize(
    ("table", "row", "column"),
    [
        ("zaak_opschorting", {"zaak_id": "Z1", "begin": "2026-11-01", "eind": "2026-12-01"}, "eind"),
        (
            "zaak_verlenging",
            {"zaak_id": "Z1", "besloten_op": "2026-11-01", "meegedeeld_op": "2026-11-30"},
            "meegedeeld_op",
        ),
        (
            "zaak_document",
            {"document_id": "D1", "creatiedatum": "2026-11-01", "verzenddatum": "2026-11-30"},
            "verzenddatum",
        ),
    ],
)
def test_what_was_still_running_is_running_again(table, row, column):
    found = view(table, row)
    assert len(found) == 1
    assert found[column].isna().all()


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("zaak_status", {"zaak_id": "Z1", "gezet_op": "2026-11-23T06:00:01Z"}),
        ("zaak_opschorting", {"zaak_id": "Z1", "begin": "2026-11-24"}),
        ("zaak_verlenging", {"zaak_id": "Z1", "besloten_op": "2026-11-24"}),
        ("zaak_document", {"document_id": "D1", "creatiedatum": "2026-11-01", "registratie_op": "2026-11-23T06:01Z"}),
        ("contactmoment", {"contact_id": "C1", "datumtijd": "2026-11-24T10:00Z"}),
    ],
)
def test_what_happened_later_is_not_there(table, row):
    assert view(table, row).empty


def test_a_table_without_time_comes_back_unchanged():
    teams = typed("team", {"team_id": "T1", "naam": "Servicedesk"})
    pd.testing.assert_frame_equal(as_of_view("team", teams, AS_OF), teams)


@pytest.mark.parametrize("table", TABLES)
def test_an_empty_table_keeps_its_columns_and_dtypes(table):
    empty = TABLES[table].empty()
    pd.testing.assert_frame_equal(as_of_view(table, empty, AS_OF), empty)


@pytest.mark.parametrize("lacking", ["startdatum", "registratiedatum", "einddatum", "gesloten_op", "resultaat"])
def test_a_column_that_the_file_lacks_stays_away(lacking):
    frame = typed("zaak", {"zaak_id": "Z1", "startdatum": "2026-11-01", "einddatum": "2026-11-30"}).drop(
        columns=lacking
    )
    found = as_of_view("zaak", frame, AS_OF)
    assert list(found) == list(frame)
    if lacking != "einddatum":
        assert found["einddatum"].isna().all()


def test_the_frame_that_was_given_is_left_alone():
    frame = typed("zaak", {"zaak_id": "Z1", "startdatum": "2026-11-01", "einddatum": "2026-11-30"})
    before = frame.copy(deep=True)
    as_of_view("zaak", frame, AS_OF)
    pd.testing.assert_frame_equal(frame, before)


DAYS = st.one_of(st.none(), st.dates(datetime(2026, 10, 1).date(), datetime(2026, 12, 31).date()).map(str))  # noqa: DTZ001
MOMENTS = st.one_of(
    st.none(),
    st.datetimes(datetime(2026, 10, 1), datetime(2026, 12, 31)).map(lambda moment: f"{moment.isoformat()}Z"),  # noqa: DTZ001
)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "startdatum": DAYS,
            "registratiedatum": DAYS,
            "einddatum": DAYS,
            "gesloten_op": MOMENTS,
            "resultaat": st.sampled_from(["Opgelost", None]),
        }
    ),
    max_size=8,
)
INSTANTS = st.datetimes(datetime(2026, 10, 1), datetime(2026, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


def cases(rows: list[dict[str, object]]) -> pd.DataFrame:
    return typed("zaak", *({"zaak_id": f"Z{number}", **row} for number, row in enumerate(rows)))


@given(ROWS, INSTANTS, INSTANTS)
def test_a_later_moment_knows_every_case_of_an_earlier_one_and_every_end(rows, one, other):
    earlier, later = sorted([one, other])
    frame = cases(rows)
    then, now = as_of_view("zaak", frame, earlier), as_of_view("zaak", frame, later)
    assert set(then["zaak_id"]) <= set(now["zaak_id"])
    ended = then[then["einddatum"].notna()]
    assert set(ended["zaak_id"]) <= set(now[now["einddatum"].notna()]["zaak_id"])
    pd.testing.assert_frame_equal(as_of_view("zaak", now, earlier), then)  # going back by way of a later moment


@given(ROWS, INSTANTS)
def test_doing_it_twice_changes_nothing_more(rows, as_of):
    once = as_of_view("zaak", cases(rows), as_of)
    pd.testing.assert_frame_equal(as_of_view("zaak", once, as_of), once)


@given(ROWS, INSTANTS, st.randoms(use_true_random=False))
def test_the_row_order_is_kept_and_does_not_matter(rows, as_of, random):
    frame = cases(rows)
    order = random.sample(range(len(frame)), len(frame))
    shuffled = as_of_view("zaak", frame.iloc[order], as_of)
    expected = as_of_view("zaak", frame, as_of)
    assert [each for each in frame.iloc[order]["zaak_id"] if each in set(shuffled["zaak_id"])] == shuffled[
        "zaak_id"
    ].tolist()
    pd.testing.assert_frame_equal(
        shuffled.sort_values("zaak_id", ignore_index=True), expected.sort_values("zaak_id", ignore_index=True)
    )


@given(ROWS, INSTANTS)
def test_nothing_after_the_moment_is_left(rows, as_of):
    found = as_of_view("zaak", cases(rows), as_of)
    assert not (found["gesloten_op"] > pd.Timestamp(as_of)).any()
    for column in ("startdatum", "registratiedatum", "einddatum"):
        assert not (found[column] > pd.Timestamp(local_date(as_of))).any()

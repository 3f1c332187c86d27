"""What holds of the lists whatever the cases are: each on one list, and every sum is its total."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import beeld_of, typed, zaken
from weekrapport.domain.calendars import werkkalender
from weekrapport.domain.leverfeiten import leveringen_feiten
from weekrapport.domain.leveringen import (
    AAN_DE_BEURT,
    ACHTERSTALLIG,
    LATER,
    LIJSTEN,
    OPGESCHORT,
    TE_LEVEREN,
    ZONDER_TERMIJN,
    leverbeeld,
    lijst_van,
    zonder_behandelaar,
)
from weekrapport.domain.levertellingen import (
    latere_leveringen,
    leveringen_per_dag,
    leveringen_per_team,
    terugblik,
)
from weekrapport.week import Week

WEEKS = (Week(2026, 47), Week(2026, 13), Week(2026, 14), Week(2026, 52), Week(2026, 53), Week(2025, 51))
"""Ordinary; before, and with, the Easter Monday after it; and around the holidays of the turn of the year."""

offsets = st.none() | st.integers(-2, 9) | st.integers(-40, 45)
"""Days from the Sunday of the report week, most of them near a border."""
cases = st.fixed_dictionaries(
    {
        "einddatum_gepland": offsets,
        "uiterlijke_einddatum": offsets,
        "einddatum": st.none() | st.integers(-20, 0),
        "opgeschort": st.none() | st.tuples(st.integers(-30, 3), st.none() | st.integers(0, 30)),
        "team_id": st.sampled_from(("A", "B", None)),
        "behandelaar_id": st.sampled_from(("M1", None)),
        "hoofdzaak_id": st.sampled_from((None, None, None, "Z0")),
        "resultaat_categorie": st.sampled_from((None, None, None, "foutief_aangemaakt", "ingetrokken")),
        "resturen": st.none() | st.integers(0, 40).map(lambda quarters: quarters / 4),
    }
)


@st.composite
def situations(draw: st.DrawFn) -> dict[str, Any]:
    """Return the frames of one week, made on a day between its Friday and the Wednesday after it."""
    week = draw(st.sampled_from(WEEKS))
    peil = week.sunday + timedelta(days=draw(st.integers(-2, 3)))
    closed = draw(st.sets(st.sampled_from((1, 2, 5, 8, 9)), max_size=3))
    kalender = werkkalender(sluitingsdagen=tuple(week.sunday + timedelta(days=offset) for offset in sorted(closed)))

    def day(offset: int | None) -> str | None:
        return None if offset is None else (week.sunday + timedelta(days=offset)).isoformat()

    rows, intervals = [], []
    for number, case in enumerate(draw(st.lists(cases, max_size=12)), start=1):
        days = ("einddatum_gepland", "uiterlijke_einddatum", "einddatum")
        row = case | {name: day(case[name]) for name in days} | {"startdatum": day(-50)}
        waits = row.pop("opgeschort")
        if waits:
            begin, length = waits
            end = None if length is None else day(begin + length)
            intervals.append({"zaak_id": f"Z{number}", "begin": day(begin), "eind": end})
        rows.append(row)
    waiting = typed("zaak_opschorting", *intervals)
    beeld = beeld_of(zaken(*rows), peil, kalender, zaak_opschorting=waiting)
    leveringen = leverbeeld(beeld, week, peil, kalender, waiting)
    return {
        "week": week, "peil": peil, "kalender": kalender, "beeld": beeld, "opschorting": waiting,
        "leveringen": leveringen,
    }  # fmt: skip


def list_by_hand(row: Any, week: Week, peil: date, kalender: Any) -> str:
    """Say in other words on which list a case belongs."""
    monday, sunday = week.monday + timedelta(days=7), week.sunday + timedelta(days=7)
    if pd.isna(row.leidende_datum):
        return ZONDER_TERMIJN
    leading = practical = row.leidende_datum.date()
    while practical.weekday() > 4 or pd.Timestamp(practical) in pd.DatetimeIndex(kalender.holidays):
        practical -= timedelta(days=1)
    if practical > sunday:
        return LATER
    if row.is_opgeschort:
        return OPGESCHORT
    if leading >= monday:
        return TE_LEVEREN
    return ACHTERSTALLIG if leading < peil else "lopende week"


@given(situations())
def test_every_open_case_that_counts_is_on_exactly_one_list(situation):
    beeld, leveringen = situation["beeld"], situation["leveringen"]
    population = beeld[beeld["telt_mee"] & beeld["einddatum"].isna()]["zaak_id"].tolist()
    on_lists = [case for name in LIJSTEN for case in lijst_van(leveringen, name)["zaak_id"]]
    assert sorted(on_lists) == sorted(population)
    for row in leveringen.itertuples(index=False):
        assert row.lijst == list_by_hand(row, situation["week"], situation["peil"], situation["kalender"])


@given(situations())
def test_to_deliver_is_what_has_a_date_or_its_working_day_in_the_week(situation):
    """The words of the definition; a week without any working day is the exception that docs/methods.md names."""
    leveringen, coming = situation["leveringen"], situation["week"].plus(1)
    first, last = pd.Timestamp(coming.monday), pd.Timestamp(coming.sunday)
    in_week = leveringen["leidende_datum"].between(first, last) | leveringen["praktische_datum"].between(first, last)
    if leveringen_per_dag(leveringen, situation["week"], situation["kalender"])["is_werkdag"].any():
        expected = in_week & ~leveringen["is_opgeschort"].astype(bool)
        assert (leveringen["lijst"] == TE_LEVEREN).tolist() == expected.tolist()


@given(situations())
def test_every_sum_is_its_total(situation):
    leveringen, week = situation["leveringen"], situation["week"]
    teams = leveringen_per_team(leveringen)
    per_dag = leveringen_per_dag(leveringen, week, situation["kalender"])
    later = latere_leveringen(leveringen, week)
    due = lijst_van(leveringen, TE_LEVEREN)
    assert teams["te_leveren"].sum() == len(due)
    assert teams["achterstallig"].sum() == len(lijst_van(leveringen, ACHTERSTALLIG))
    assert teams["opgeschort"].sum() == len(lijst_van(leveringen, OPGESCHORT))
    assert teams["zonder_behandelaar"].sum() == len(zonder_behandelaar(leveringen))
    assert teams["uren"].sum() == lijst_van(leveringen, *AAN_DE_BEURT)["resturen"].sum()
    before = (due["praktische_datum"] < pd.Timestamp(week.plus(1).monday)).sum()
    assert per_dag["aantal"].sum() + before == len(due)
    assert per_dag.loc[~per_dag["is_werkdag"], "aantal"].sum() == 0
    assert later["aantal"].sum() <= len(lijst_van(leveringen, LATER))
    facts = leveringen_feiten(leveringen, per_dag, later)
    for key in ("K20", "K21", "K26", "K28", "K29"):
        plain = [fact for fact in facts if fact.id == key and not fact.measure and not fact.period]
        (whole,) = (fact.value for fact in plain if not fact.scope)
        assert sum(fact.value for fact in plain if fact.scope) == whole  # type: ignore[misc]


@given(situations())
def test_what_was_due_last_week_is_done_in_time_or_late_or_open(situation):
    terug = terugblik(*(situation[name] for name in ("beeld", "leveringen", "week", "peil", "opschorting")))
    late = lijst_van(situation["leveringen"], ACHTERSTALLIG)
    withdrawn = late["resultaat_categorie"] == "ingetrokken"
    became_late = late[(late["leidende_datum"] >= pd.Timestamp(situation["week"].monday)) & ~withdrawn]
    assert terug.open == len(became_late)
    assert terug.noemer >= terug.op_tijd >= 0
    assert terug.gebleven + len(late[late["leidende_datum"] >= pd.Timestamp(situation["week"].monday)]) == len(late)


@given(situations())
def test_the_frames_that_are_given_do_not_change(situation):
    beeld, leveringen = situation["beeld"].copy(deep=True), situation["leveringen"].copy(deep=True)
    again = leverbeeld(*(situation[name] for name in ("beeld", "week", "peil", "kalender", "opschorting")))
    pd.testing.assert_frame_equal(situation["beeld"], beeld)
    pd.testing.assert_frame_equal(again, leveringen)

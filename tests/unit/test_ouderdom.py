"""How far open cases are, at every border of a class, and which are past their date."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import beeld_of, typed, zaken
from weekrapport.domain.calendars import werkkalender
from weekrapport.domain.ouderdom import KLASSEN, ouderdom, ouderdomsklassen, te_laat_open, zaakbeeld_op
from weekrapport.domain.schema import TABLES
from weekrapport.week import Week

PEIL = date(2026, 11, 23)
WEEK = Week(2026, 47)
NONE = typed("zaak_opschorting")


def klassen(*rows: dict[str, Any], held: pd.DataFrame = NONE) -> list[str]:
    return ouderdom(beeld_of(zaken(*rows), zaak_opschorting=held), held, PEIL)["klasse"].tolist()


@pytest.mark.parametrize(
    ("due", "klasse"),
    [
        ("2026-12-15", "eerste helft"),  # 21 days of 43
        ("2026-12-14", "tweede helft"),  # 21 days of 42: exactly half
        ("2026-11-24", "tweede helft"),
        ("2026-11-23", "verstreken"),  # the last day: 21 of 21
        ("2026-11-10", "verstreken"),
        ("2026-11-02", "verstreken"),  # a term of no days
        ("2026-10-01", "verstreken"),
        (None, "geen termijn"),
    ],
)
def test_the_class_of_a_case_that_started_three_weeks_ago(due, klasse):
    assert klassen({"einddatum_gepland": due}) == [klasse]


def test_a_suspension_takes_days_from_age_and_term():
    held = typed("zaak_opschorting", {"zaak_id": "Z1", "begin": "2026-11-03", "eind": "2026-11-13"})
    found = ouderdom(beeld_of(zaken({"einddatum_gepland": "2026-12-06"}), zaak_opschorting=held), held, PEIL)
    assert found["netto_leeftijd_dagen"].tolist() == [11]
    assert found["netto_termijn_dagen"].tolist() == [24]
    assert found["klasse"].tolist() == ["eerste helft"]
    assert klassen({"einddatum_gepland": "2026-12-06"}) == ["tweede helft"]  # 21 of 34 without it


def test_only_open_cases_that_count_and_do_not_wait():
    held = typed("zaak_opschorting", {"zaak_id": "Z2", "begin": "2026-11-20"})
    rows = [{}, {}, {"einddatum": "2026-11-18"}, {"hoofdzaak_id": "Z1"}, {"resultaat_categorie": "foutief_aangemaakt"}]
    assert ouderdom(beeld_of(zaken(*rows), zaak_opschorting=held), held, PEIL)["zaak_id"].tolist() == ["Z1"]


def test_without_the_table_of_suspensions_the_mark_decides():
    beeld = beeld_of(zaken({"opgeschort_nu": True}, {"opgeschort_nu": False}, {}))
    assert ouderdom(beeld, None, PEIL)["zaak_id"].tolist() == ["Z2", "Z3"]


def test_classes_are_counted_also_when_empty_and_per_team():
    rows = [{"team_id": "A"}, {"team_id": "A", "einddatum_gepland": "2026-11-10"}, {"team_id": "B"}]
    aged = ouderdom(beeld_of(zaken(*rows)), NONE, PEIL)
    assert ouderdomsklassen(aged).to_dict("records") == [
        {"eerste helft": 0, "tweede helft": 0, "verstreken": 1, "geen termijn": 2, "totaal": 3}
    ]
    assert ouderdomsklassen(aged, "team")[["team", "verstreken", "totaal"]].to_numpy().tolist() == [
        ["A", 1, 2], ["B", 0, 1],
    ]  # fmt: skip
    empty = ouderdomsklassen(ouderdom(beeld_of(zaken()), NONE, PEIL))
    assert empty.to_numpy().tolist() == [[0] * 5]
    assert ouderdomsklassen(ouderdom(beeld_of(zaken()), NONE, PEIL), "team").empty


def test_an_earlier_day_shows_what_was_open_then():
    zaak = zaken(
        {"einddatum": "2026-11-18", "einddatum_gepland": "2026-11-09"},  # still open then
        {"einddatum": "2026-11-05", "einddatum_gepland": "2026-11-09"},  # finished before
        {"startdatum": "2026-11-12", "einddatum_gepland": "2026-11-13"},  # not there yet
        {"einddatum_gepland": "2026-11-09"},  # waited then
    )
    held = typed("zaak_opschorting", {"zaak_id": "Z4", "begin": "2026-11-08", "eind": "2026-11-20"})
    tables = {name: table.empty() for name, table in TABLES.items()} | {"zaak": zaak, "zaak_opschorting": held}
    earlier = date(2026, 11, 10)
    found = ouderdom(zaakbeeld_op(tables, earlier, werkkalender()), held, earlier)
    assert found[["zaak_id", "klasse"]].to_numpy().tolist() == [["Z1", "verstreken"]]


def test_who_is_suspended_now_and_what_is_promised_now_say_nothing_of_an_earlier_day():
    now = zaken({"einddatum_gepland": "2026-12-31", "opgeschort_nu": True}, {"einddatum_gepland": "2026-12-31"})
    then = zaken({"einddatum_gepland": "2026-11-09"}, {"einddatum_gepland": "2026-11-09", "opgeschort_nu": True})
    tables = {name: table.empty() for name, table in TABLES.items()} | {"zaak": now}
    earlier = date(2026, 11, 10)

    rebuilt = ouderdom(zaakbeeld_op(tables, earlier, werkkalender()), None, earlier)
    assert rebuilt[["zaak_id", "klasse"]].to_numpy().tolist() == [["Z1", "eerste helft"], ["Z2", "eerste helft"]]
    stored = ouderdom(zaakbeeld_op(tables, earlier, werkkalender(), zaak_toen=then), None, earlier)
    assert stored[["zaak_id", "klasse"]].to_numpy().tolist() == [["Z1", "verstreken"]]


@given(st.lists(st.tuples(st.integers(0, 60), st.one_of(st.none(), st.integers(-5, 90))), max_size=8))
def test_every_open_case_is_in_one_class(cases):
    rows = [
        {
            "startdatum": pd.Timestamp(PEIL) - pd.Timedelta(days=age),
            "einddatum_gepland": None if term is None else pd.Timestamp(PEIL) + pd.Timedelta(days=term - age),
        }
        for age, term in cases
    ]
    counts = ouderdomsklassen(ouderdom(beeld_of(zaken(*rows)), NONE, PEIL)).iloc[0]
    assert counts["totaal"] == len(cases) == sum(counts[klasse] for klasse in KLASSEN)


@pytest.mark.parametrize(
    ("row", "late"),
    [
        ({"einddatum_gepland": "2026-11-22"}, 1),
        ({"einddatum_gepland": "2026-11-23"}, 0),  # today is the last day
        ({}, 0),
        ({"einddatum_gepland": "2026-11-10", "einddatum": "2026-11-18"}, 0),
        ({"einddatum_gepland": "2026-11-10", "hoofdzaak_id": "Z9"}, 0),
        ({"einddatum_gepland": "2026-11-10", "opgeschort_nu": True}, 0),
        ({"einddatum_gepland": "2026-11-22", "startdatum": "2026-11-23"}, 0),  # not in the stock of Sunday
    ],
)
def test_late_and_open(row, late):
    assert len(te_laat_open(beeld_of(zaken(row)), None, WEEK, PEIL)) == late

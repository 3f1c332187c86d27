"""Counts on the lists: per team, per day, later weeks, peak days, and what became of last week."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from tests.builders import beeld_of, typed, zaken
from weekrapport.domain.calendars import werkkalender
from weekrapport.domain.leverfeiten import leveringen_feiten, leverreeks_feiten, terugblik_feiten
from weekrapport.domain.leveringen import leverbeeld
from weekrapport.domain.levertellingen import (
    achterstand,
    latere_leveringen,
    leveringen_per_dag,
    leveringen_per_team,
    leverreeks,
    piekdag,
    terugblik,
)
from weekrapport.week import Week

WEEK, MONDAY = Week(2026, 47), date(2026, 11, 23)
WAITING = typed("zaak_opschorting", {"zaak_id": "Z5", "begin": "2026-11-10"}, {"zaak_id": "Z6", "begin": "2026-11-10"})
BEELD = beeld_of(
    zaken(
        {"einddatum_gepland": "2026-11-23", "team_id": "A", "resturen": 1.5, "behandelaar_id": "M1"},
        {"einddatum_gepland": "2026-11-29", "team_id": "A"},
        {"einddatum_gepland": "2026-11-25", "team_id": "B", "resturen": 0.25, "startdatum": "2026-11-17"},
        {"einddatum_gepland": "2026-11-19", "team_id": "B", "resturen": 2, "behandelaar_id": "M1"},
        {"einddatum_gepland": "2026-11-24", "team_id": "C", "resturen": 9},
        {"einddatum_gepland": "2026-12-02", "team_id": "C"},
        {"einddatum_gepland": "2026-12-05", "team_id": "C", "behandelaar_id": "M1"},
        {"einddatum_gepland": "2026-12-14", "team_id": "C"},
        {"einddatum_gepland": "2026-12-21", "team_id": "C"},
        {"einddatum_gepland": "2026-09-04", "team_id": "A", "startdatum": "2026-09-01"},
        {"einddatum_gepland": "2026-11-05", "team_id": "A", "einddatum": "2026-11-17"},
        {"einddatum_gepland": "2026-11-18", "team_id": "A", "einddatum": "2026-11-18"},
        {"einddatum_gepland": "2026-11-18", "team_id": "A", "einddatum": "2026-11-20"},
    ),
    zaak_opschorting=WAITING,
)
LEVERINGEN = leverbeeld(BEELD, WEEK, MONDAY, werkkalender(), WAITING)
NOTHING = leverbeeld(beeld_of(zaken({"einddatum": "2026-11-18"})), WEEK, MONDAY, werkkalender(), None)


def test_per_team_the_one_with_most_to_deliver_first():
    frame = leveringen_per_team(LEVERINGEN)
    assert frame["team"].tolist() == ["A", "B", "C"]
    columns = ["te_leveren", "zonder_behandelaar", "achterstallig", "opgeschort"]
    assert frame[columns].to_numpy().tolist() == [[2, 2, 1, 0], [1, 1, 1, 0], [0, 0, 0, 1]]
    assert frame["lopende_week"].sum() == frame["wettelijk"].sum() == frame["wettelijk_verlopen"].sum() == 0


def test_hours_of_what_is_due_and_of_how_many_they_are_not_known():
    frame = leveringen_per_team(LEVERINGEN)
    assert frame["uren"].tolist() == [1.5, 2.25, pd.NA]  # team C has only a case that waits
    assert frame["zonder_uren"].tolist() == [2, 0, 0]


def test_per_day_by_the_last_working_day():
    frame = leveringen_per_dag(LEVERINGEN, WEEK, werkkalender())
    assert frame["aantal"].tolist() == [1, 0, 1, 0, 1]
    assert frame["is_werkdag"].all()
    assert frame["datum"].iloc[[0, 4]].tolist() == [pd.Timestamp("2026-11-23"), pd.Timestamp("2026-11-27")]


def test_days_off_are_marked_also_the_closing_days():
    kalender = werkkalender(sluitingsdagen=(date(2026, 12, 24),))
    frame = leveringen_per_dag(NOTHING, Week(2026, 51), kalender)
    assert frame["is_werkdag"].tolist() == [True, True, True, False, False]


def test_later_weeks_without_what_waits():
    frame = latere_leveringen(LEVERINGEN, WEEK)
    assert frame["week"].tolist() == ["2026-W49", "2026-W50", "2026-W51"]
    assert frame["aantal"].tolist() == [1, 0, 1]
    assert frame["zonder_behandelaar"].tolist() == [0, 0, 1]


def test_later_weeks_across_the_year():
    assert latere_leveringen(NOTHING, Week(2026, 51))["week"].tolist() == ["2026-W53", "2027-W01", "2027-W02"]


def days(*counts: int, off: tuple[int, ...] = ()) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "datum": pd.date_range("2026-11-23", periods=5),
            "aantal": np.array(counts),
            "is_werkdag": [place not in off for place in range(5)],
        }
    )


@pytest.mark.parametrize(
    ("frame", "expected"),
    [
        (days(11, 5, 5, 5, 5), (date(2026, 11, 23), 11, 5.0)),
        (days(10, 5, 5, 5, 5), None),  # not more than twice
        (days(9, 1, 1, 1, 1), None),  # fewer than ten
        (days(10, 0, 0, 0, 0), (date(2026, 11, 23), 10, 0.0)),
        (days(0, 12, 12, 0, 0), (date(2026, 11, 24), 12, 0.0)),  # the first of two
        (days(11, 5, 0, 6, 0, off=(2, 4)), None),  # days off do not lower the median
        (days(13, 5, 0, 6, 0, off=(2, 4)), (date(2026, 11, 23), 13, 6.0)),
        (days(0, 0, 0, 0, 0, off=(0, 1, 2, 3, 4)), None),
    ],
)
def test_a_peak_day(frame, expected):
    assert piekdag(frame) == expected


def test_median_and_highest_age():
    assert achterstand(LEVERINGEN) == (42.0, 80)
    assert achterstand(NOTHING) is None


def test_what_became_of_last_week():
    terug = terugblik(BEELD, LEVERINGEN, WEEK, MONDAY, WAITING)
    assert (terug.op_tijd, terug.te_laat, terug.open, terug.noemer) == (1, 1, 1, 3)
    assert (terug.ingelopen, terug.gebleven) == (1, 1)
    assert terug.nieuw == 1


def test_what_became_of_a_first_week_without_anything():
    empty = beeld_of(zaken({"startdatum": "2026-11-20"}))
    terug = terugblik(empty, NOTHING, WEEK, MONDAY, None)
    assert (terug.noemer, terug.ingelopen, terug.gebleven, terug.nieuw) == (0, 0, 0, 0)
    assert terugblik_feiten(terug)[0].value is None


def test_nothing_open_gives_empty_tables_and_zeros():
    assert leveringen_per_team(NOTHING).empty
    assert leveringen_per_dag(NOTHING, WEEK, werkkalender())["aantal"].sum() == 0
    assert latere_leveringen(NOTHING, WEEK)["aantal"].tolist() == [0, 0, 0]


def facts_of(leveringen: pd.DataFrame, team: str = "", niet_bekend: tuple[str, ...] = ()):
    per_dag = leveringen_per_dag(leveringen, WEEK, werkkalender())
    found = leveringen_feiten(leveringen, per_dag, latere_leveringen(leveringen, WEEK), team, niet_bekend=niet_bekend)
    return {(fact.id, fact.scope.get("team"), fact.measure, fact.period): fact for fact in found}


def test_the_facts_of_the_whole_per_team_day_and_week():
    facts = facts_of(LEVERINGEN)
    assert facts["K20", None, None, None].value == 3
    assert facts["K20", "A", None, None].value == 2
    assert facts["K20", None, None, "2026-11-27"].value == 1
    assert facts["K20", None, None, "2026-W51"].value == 1
    assert facts["K20", None, "deelzaken", None].value == 0
    assert facts["K21", None, None, None].value == 2
    assert facts["K26", "C", None, None].value == 1
    assert facts["K27", None, None, None].value == 0
    assert facts["K29", None, None, None].value == 3


def test_days_have_days_as_their_unit():
    facts = facts_of(LEVERINGEN)
    for measure in ("mediaan_dagen", "max_dagen"):
        assert facts["K21", None, measure, None].as_record()["unit"] == "dagen"
    assert facts["K21", None, None, None].as_record()["unit"] == "zaken"
    assert facts_of(NOTHING)["K21", None, "max_dagen", None].value is None


def test_what_no_source_delivers_is_no_fact():
    assert {key[0] for key in facts_of(LEVERINGEN, niet_bekend=("K26", "K28", "K29"))} == {"K20", "K21", "K27"}


def test_of_one_team_every_scope_names_it():
    assert {key[1] for key in facts_of(LEVERINGEN, team="A")} == {"A"}


def test_facts_are_plain_numbers_that_json_can_write():
    found = [*facts_of(LEVERINGEN).values(), *terugblik_feiten(terugblik(BEELD, LEVERINGEN, WEEK, MONDAY, WAITING))]
    assert {type(fact.value) for fact in found} <= {int, float}


def test_the_weeks_before_by_the_day_of_their_deliveries():
    """Week 46 ends on Sunday 15 November: met on the day, missed by a day, still open, withdrawn, a sub-case."""
    rows = [
        {"einddatum_gepland": "2026-11-15", "einddatum": "2026-11-15"},
        {"einddatum_gepland": "2026-11-09", "einddatum": "2026-11-10"},
        {"einddatum_gepland": "2026-11-11"},
        {"einddatum_gepland": "2026-11-11", "einddatum": "2026-11-11", "resultaat_categorie": "ingetrokken"},
        {"einddatum_gepland": "2026-11-11", "einddatum": "2026-11-11", "hoofdzaak_id": "Z1"},
        {"einddatum_gepland": "2026-11-16", "einddatum": "2026-11-16"},  # the report week itself
        {"einddatum_gepland": "2026-11-08", "einddatum": "2026-11-06"},
    ]
    reeks = leverreeks(beeld_of(zaken(*rows), MONDAY), WEEK, MONDAY, 2)
    assert reeks.to_dict("records") == [
        {"week": "2026-W45", "op_tijd": 1, "noemer": 1},
        {"week": "2026-W46", "op_tijd": 1, "noemer": 3},
    ]
    whole, *weeks = leverreeks_feiten(reeks)
    assert (whole.value, whole.numerator, whole.measure, whole.period) == (0.5, 2, "eerder", "2026-W45/2026-W46")
    assert [feit.period for feit in weeks] == ["2026-W45", "2026-W46"]


def test_weeks_without_deliveries_have_no_share():
    reeks = leverreeks(beeld_of(zaken(), MONDAY), WEEK, MONDAY)
    assert len(reeks) == 12
    assert {feit.value for feit in leverreeks_feiten(reeks)} == {None}

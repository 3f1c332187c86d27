"""Which open cases ask for something now, why, in which order, and which of them fit on the page."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import beeld_of, typed, zaken
from weekrapport.domain.calendars import werkkalender
from weekrapport.domain.leveringen import leverbeeld
from weekrapport.domain.overdracht import REDENEN, aantallen, getoonde_regels, overdrachtsregels
from weekrapport.week import Week

PEIL, WEEK, KALENDER = date(2026, 11, 25), Week(2026, 47), werkkalender()
"""A Wednesday."""
HANDLED = {"behandelaar_id": "M1", "team_id": "T1"}
STATUTORY = typed(
    "zaaktype", {"zaaktype_id": "W", "wettelijk_waarde": 4, "wettelijk_eenheid": "week", "wettelijk_grondslag": "Wet"}
)


def regels(*rows: dict[str, Any], klasse: list[str | None] | None = None, minuten: list[float | None] | None = None):
    frame = zaken(*({**HANDLED, **row} for row in rows))
    beeld = beeld_of(frame, PEIL, zaaktype=STATUTORY)
    lever = leverbeeld(beeld, WEEK, PEIL, KALENDER, None)
    classes = None if klasse is None else pd.Series(klasse, index=lever.index, dtype="str")
    minutes = None if minuten is None else pd.Series(pd.array(minuten, dtype="Float64"), index=lever.index)
    return overdrachtsregels(lever, PEIL, KALENDER, classes, minutes)


def redenen(row: dict[str, Any], **more: Any) -> list[str]:
    found = regels(row, **more)
    return [name for name in REDENEN if len(found) and found[name].iloc[0]]


def test_where_no_source_tells_who_handles_a_case_nobody_is_said_to_be_missing():
    beeld = beeld_of(zaken({"behandelaar_id": None, "einddatum_gepland": "2026-11-24"}), PEIL, zaaktype=STATUTORY)
    lever = leverbeeld(beeld, WEEK, PEIL, KALENDER, None)
    (row,) = overdrachtsregels(lever, PEIL, KALENDER, heeft_behandelaar=False).to_dict("records")
    assert (row["zonder behandelaar"], row["reden"]) == (False, "te laat")


@pytest.mark.parametrize(
    ("minuten", "expected"), [(119, True), (120, False), (-569, True), (-570, False), (-8310, False)]
)
def test_a_norm_in_hours_is_a_matter_of_today_only(minuten, expected):
    assert ("norm bijna voorbij" in redenen({}, minuten=[minuten])) == expected


class TestReasons:
    @pytest.mark.parametrize(
        ("row", "expected"),
        [
            ({}, []),
            ({"einddatum_gepland": "2026-11-24"}, ["te laat"]),
            ({"einddatum_gepland": "2026-11-25"}, []),
            ({"prioriteit": "P1"}, ["P1"]),
            ({"prioriteit": "P2"}, []),
            ({"escalatieniveau": 2}, ["escalatie"]),
            ({"escalatieniveau": 1}, []),
            ({"behandelaar_id": None, "einddatum_gepland": "2026-12-02"}, ["zonder behandelaar"]),
            ({"behandelaar_id": None, "einddatum_gepland": "2026-12-03"}, []),
            ({"behandelaar_id": None}, []),
            ({"behandelaar_id": None, "einddatum_gepland": "2026-11-24"}, ["zonder behandelaar", "te laat"]),
            ({"zaaktype_id": "W", "startdatum": "2026-10-27"}, ["wettelijk te laat", "te laat"]),
            ({"zaaktype_id": "W", "startdatum": "2026-10-28"}, ["wettelijk bijna te laat"]),
            ({"zaaktype_id": "W", "startdatum": "2026-10-30"}, ["wettelijk bijna te laat"]),
            ({"zaaktype_id": "W", "startdatum": "2026-11-02"}, []),
        ],
    )
    def test_each_at_its_bound(self, row, expected):
        assert redenen(row) == expected

    @pytest.mark.parametrize(
        ("minutes", "holds"), [(119.9, True), (120.0, False), (-30.0, True), (None, False), (500.0, False)]
    )
    def test_a_norm_in_hours_that_is_nearly_over_or_has_just_passed(self, minutes, holds):
        assert redenen({"einddatum_gepland": "2026-11-25"}, minuten=[minutes]) == (
            ["norm bijna voorbij"] if holds else []
        )

    def test_a_norm_that_passed_on_an_earlier_day_is_only_too_late(self):
        assert redenen({"einddatum_gepland": "2026-11-24"}, minuten=[-900.0]) == ["te laat"]

    @pytest.mark.parametrize(
        ("klasse", "due", "holds"),
        [("rood", "2026-12-02", True), ("rood", "2026-12-03", False), ("oranje", "2026-12-02", False)],
    )
    def test_a_high_risk_counts_within_five_working_days(self, klasse, due, holds):
        assert redenen({"einddatum_gepland": due}, klasse=[klasse]) == (["dreigt te laat"] if holds else [])

    def test_a_case_that_waits_is_only_there_for_its_escalation(self):
        waits = {"opgeschort_nu": True, "prioriteit": "P1", "behandelaar_id": None, "einddatum_gepland": "2026-11-20"}
        assert redenen(waits) == []
        assert redenen({**waits, "escalatieniveau": 3}) == ["escalatie"]

    @pytest.mark.parametrize("other", [{"einddatum": "2026-11-24"}, {"hoofdzaak_id": "Z9"}])
    def test_closed_cases_and_parts_are_not_there(self, other):
        assert redenen({"prioriteit": "P1", **other}) == []

    def test_without_cases_there_is_nothing(self):
        assert regels().empty
        assert aantallen(regels()) == dict.fromkeys(REDENEN, 0)


def test_the_first_reason_decides_then_importance_then_the_oldest_date():
    late = {"einddatum_gepland": "2026-11-20"}
    found = regels(
        late,
        {**late, "belang": 4},
        {"einddatum_gepland": "2026-11-01"},
        {"prioriteit": "P1", **late},
        {"escalatieniveau": 3},
    )
    assert found["zaak_id"].tolist() == ["Z4", "Z5", "Z2", "Z3", "Z1"]
    assert found["reden"].tolist() == ["P1", "escalatie", "te laat", "te laat", "te laat"]
    assert found["dagen_te_laat"].astype(object).tolist()[0] == 5
    assert aantallen(found) == {**dict.fromkeys(REDENEN, 0), "P1": 1, "escalatie": 1, "te laat": 4}


def lines(*teams: str) -> pd.DataFrame:
    return pd.DataFrame({"team": pd.Series(teams, dtype="str"), "zaak_id": [f"Z{n}" for n in range(len(teams))]})


class TestWhatFits:
    def test_every_team_has_its_first_before_another_has_its_second(self):
        assert getoonde_regels(lines("A", "A", "A", "B", "C"), 4)["zaak_id"].tolist() == ["Z0", "Z1", "Z3", "Z4"]

    def test_with_less_room_than_teams_the_most_urgent_teams_are_there(self):
        assert getoonde_regels(lines("A", "A", "B", "C"), 2)["zaak_id"].tolist() == ["Z0", "Z2"]

    def test_ten_of_one_team_at_most(self):
        assert len(getoonde_regels(lines(*["A"] * 12), 20)) == 10

    @given(teams=st.lists(st.sampled_from("ABCDEF"), max_size=40), room=st.integers(1, 25))
    def test_whatever_the_teams(self, teams, room):
        rows = lines(*teams)
        shown = getoonde_regels(rows, room)
        assert len(shown) == min(room, sum(min(teams.count(each), 10) for each in set(teams)))
        assert shown.index.is_monotonic_increasing
        assert shown["team"].nunique() == min(len(set(teams)), room)

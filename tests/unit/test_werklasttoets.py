"""Whether a team has too much work, or one team much and another little, and the same as facts."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.builders import typed
from weekrapport.domain.vaardigheden import team_per_medewerker, vaardigheden_per_team
from weekrapport.domain.werklasttoets import onbalans, overbelaste_teams, werklast_feiten, werklast_signalen


def loads(**teams: tuple[float | None, float | None]) -> pd.DataFrame:
    """Hours asked and hours there, per team."""
    frame = pd.DataFrame(
        {
            "team": pd.Series(list(teams), dtype="str"),
            "vraag_uren": pd.array([asked for asked, _ in teams.values()], dtype="Float64"),
            "aanbod_uren": pd.array([there for _, there in teams.values()], dtype="Float64"),
            "zonder_uren": 0,
            "toelichting": pd.Series([None] * len(teams), dtype="str"),
        }
    )
    frame["werklast"] = (frame["vraag_uren"] / frame["aanbod_uren"].where(frame["aanbod_uren"] > 0)).round(9)
    return frame


class TestImbalance:
    @pytest.mark.parametrize(
        ("busy", "free", "expected"),
        [
            ((132, 120), (70, 110), ("A", "B")),
            ((110, 100), (80, 100), ("A", "B")),
            ((109.9, 100), (80, 100), None),
            ((110, 100), (80.1, 100), None),
            ((110, 100), (80, None), None),
            ((5, 0), (0, 10), None),
        ],
    )
    def test_both_bounds(self, busy, free, expected):
        assert onbalans(loads(A=busy, B=free), {}) == expected

    def test_the_fullest_and_the_emptiest_are_named(self):
        assert onbalans(loads(A=(115, 100), B=(130, 100), C=(10, 100), D=(5, 100)), {}) == ("B", "D")

    def test_only_teams_that_can_help_each_other_count(self):
        teams = loads(A=(115, 100), B=(130, 100), C=(10, 100), D=(5, 100))
        assert onbalans(teams, {"A": {"netwerk"}, "C": {"netwerk"}, "B": {"advies"}}) == ("A", "C")
        assert onbalans(teams, {"A": {"netwerk"}, "B": {"advies"}, "D": {"telefonie"}}) is None

    def test_without_teams_there_is_none(self):
        assert onbalans(loads(), {}) is None


class TestOverload:
    @pytest.mark.parametrize(
        ("team", "expected"),
        [
            ((120, 100), True),
            ((119, 100), False),
            ((5, 0), True),
            ((0, 0), False),
            ((5, None), False),
            ((None, 5), False),
        ],
    )
    def test_the_bound_and_work_without_hours(self, team, expected):
        assert len(overbelaste_teams(loads(A=team))) == expected


def test_a_team_whose_hours_are_not_known_is_not_judged():
    teams = loads(A=(200, 100), B=(10, 100), C=(5, 0))
    teams["toelichting"] = "uren van 3 zaken onbekend"
    teams["werklast"] = pd.array([None] * 3, dtype="Float64")
    assert werklast_signalen(teams, {}) == []


def test_signals_carry_their_numbers():
    found = werklast_signalen(loads(A=(132, 110), B=(10, 100), C=(3, 0)), {})
    assert [(each["id"], each["severity"], each["where"]) for each in found] == [
        ("R2-S05", "oranje", "A / B"),
        ("R2-S06", "rood", "A"),
        ("R2-S06", "rood", "C"),
    ]
    assert found[0]["values"] == {"hoog": 1.2, "laag": 0.1, "team_hoog": "A", "team_laag": "B"}
    assert found[2]["values"] == {"werklast": None, "vraag_uren": 3.0, "aanbod_uren": 0.0}


def test_facts_name_the_team_and_the_unit():
    records = [feit.as_record() for feit in werklast_feiten(loads(A=(11, 10), B=(4, None)))]
    whole = [(each["scope"]["team"], each.get("measure"), each["value"], each["unit"]) for each in records]
    assert whole[:4] == [
        ("A", None, 1.1, "aandeel"),
        ("A", "vraag_uren", 11.0, "uren"),
        ("A", "aanbod_uren", 10.0, "uren"),
        ("A", "zonder_uren", 0, "zaken"),
    ]
    assert [value for team, _, value, _ in whole if team == "B"] == [None, 4.0, None, 0]


def test_skills_are_those_of_the_employees_of_a_team():
    team = typed("team", {"team_id": "T1", "naam": "Beheer"})
    staff = typed(
        "medewerker",
        {"medewerker_id": "M1", "team_id": "T1", "vaardigheden": "Netwerk, Hosting"},
        {"medewerker_id": "M2", "team_id": "T1", "vaardigheden": " netwerk ;Privacy|"},
        {"medewerker_id": "M3", "team_id": "T9", "vaardigheden": "Advies"},
        {"medewerker_id": "M4", "vaardigheden": "Advies"},
        {"medewerker_id": "M5", "team_id": "T1"},
    )
    expected = {"Beheer": frozenset({"netwerk", "hosting", "privacy"}), "T9": frozenset({"advies"})}
    assert vaardigheden_per_team(staff, team) == expected
    assert team_per_medewerker(staff, team) == {"M1": "Beheer", "M2": "Beheer", "M3": "T9", "M5": "Beheer"}
    assert vaardigheden_per_team(staff.iloc[:0], team) == {}

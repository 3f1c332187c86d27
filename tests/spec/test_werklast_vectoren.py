"""The workload of teams worked out by hand: 132 hours of work for 120 gives 1.10, and 70 for 110 gives 0.636."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.builders import beeld_of, typed, zaken
from weekrapport.domain.calendars import werkkalender
from weekrapport.domain.werklast import werklast
from weekrapport.domain.werklasttoets import onbalans, overbelaste_teams, werklast_signalen


@pytest.fixture(scope="module")
def teams() -> pd.DataFrame:
    """Two teams in the ten working days from Monday 23 November 2026: one of 120 hours, one of 110."""
    due = {"einddatum_gepland": "2026-12-04"}
    cases = zaken({**due, "team_id": "A", "resturen": 132.0}, {**due, "team_id": "B", "resturen": 70.0})
    days = [str(day.date()) for day in pd.bdate_range("2026-11-23", "2026-12-04")]
    hours = [
        {"medewerker_id": who, "datum": day, "contracturen": 14.0, "vaste_uren": 14.0 - free}
        for who, free in (("M1", 12.0), ("M2", 11.0))
        for day in days
    ]
    staff = typed("medewerker", {"medewerker_id": "M1", "team_id": "A"}, {"medewerker_id": "M2", "team_id": "B"})
    peil = pd.Timestamp("2026-11-23").date()
    tables = {"capaciteit": typed("capaciteit", *hours), "medewerker": staff}
    return werklast(beeld_of(cases), tables, peil, werkkalender(), None)


def test_the_share_of_the_hours(teams):
    assert teams["werklast"].round(4).tolist() == [1.1, 0.6364]


def test_such_teams_are_out_of_balance_and_none_is_overloaded(teams):
    assert onbalans(teams, {}) == ("A", "B")
    assert overbelaste_teams(teams).empty
    assert [each["id"] for each in werklast_signalen(teams, {})] == ["R2-S05"]

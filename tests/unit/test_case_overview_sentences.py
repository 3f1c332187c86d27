"""What the case overview says when a team, a norm or a past is not known."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.builders import beeld_of, zaken
from weekrapport.domain.zaakbeeld import ONBEKEND
from weekrapport.reporting.case_overview import page_one, tables


@pytest.mark.parametrize(
    ("teams", "expected"),
    [
        (["A", "B", "A"], "2 teams rondden samen 3 zaken af"),
        (["A", "A"], "A rondde 2 zaken af"),
        (["A", ONBEKEND], "A rondde 1 zaak af; bij 1 zaak is geen team bekend"),
        (["A", "B", ONBEKEND, ONBEKEND], "2 teams rondden samen 2 zaken af; bij 2 zaken is geen team bekend"),
        ([ONBEKEND, ONBEKEND], "2 zaken afgerond; van geen enkele zaak is het team bekend"),
    ],
)
def test_a_case_without_a_team_is_no_team(teams: list[str], expected: str) -> None:
    assert tables._team_titel(pd.Series(teams, dtype="str")) == expected


def test_without_a_norm_nothing_was_on_time_and_nothing_was_late() -> None:
    beeld = beeld_of(zaken({"einddatum": "2026-11-18"}, {"einddatum": "2026-11-19"}))
    row = tables._tijdigheid_rij("storing", beeld)
    assert (row["afgerond"], row["tijdig"], row["te_laat"]) == (2, None, None)


def test_with_a_norm_both_are_counted() -> None:
    closed = {"einddatum": "2026-11-18", "uiterlijke_einddatum": "2026-11-18"}
    late = {"einddatum": "2026-11-19", "uiterlijke_einddatum": "2026-11-18"}
    row = tables._tijdigheid_rij("storing", beeld_of(zaken(closed, late)))
    assert (row["tijdig"], row["te_laat"]) == (1, 1)


@pytest.mark.parametrize(
    ("value", "mean", "expected"),
    [(12, 10.0, "+20 % t.o.v. gem."), (3, 2.5, "0,5 meer dan gem."), (1, 9.5, "8,5 minder dan gem."),
     (4, 4.0, "gelijk aan gem."), (3, 0.0, "3 meer dan gem."), (3, None, None)],
)  # fmt: skip
def test_of_a_small_mean_no_percentage(value: int, mean: float | None, expected: str | None) -> None:
    found = page_one._verschil(value, mean)
    assert (found.replace("\xa0", " ").replace("\u202f", " ") if found else found) == expected


def test_a_week_before_the_export_begins_is_a_gap_and_a_quiet_week_is_not() -> None:
    begun = pd.Series([False, True, True])
    assert page_one._vanaf_begin(pd.Series([0, 4, 0]), begun) == [None, 4.0, 0.0]

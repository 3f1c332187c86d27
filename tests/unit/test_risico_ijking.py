"""Earlier chances against what happened: what was known then, what is left out, the classes and the scores."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from tests.builders import beeld_of, typed, zaken
from weekrapport.domain.calendars import werkkalender
from weekrapport.domain.leveringen import leverbeeld
from weekrapport.domain.risico_ijking import bakken, brier, brier_zonder_model, eerder_leverbeeld, ijking
from weekrapport.domain.risicobeeld import risicobeeld
from weekrapport.domain.risicotellingen import (
    ijking_feiten,
    risico_feiten,
    risico_per_dag,
    risico_per_team,
    verwacht_te_laat,
)
from weekrapport.week import Week, parse_moment

THEN, NOW = parse_moment("2026-10-26T07:00"), date(2026, 11, 23)
TYPES = typed(
    "zaaktype",
    {"zaaktype_id": "STORING", "omschrijving": "Storing", "soort_werkzaamheid": "storing", "servicenorm_waarde": 10,
     "servicenorm_eenheid": "werkdag"},
)  # fmt: skip
DUE_THEN = {"zaaktype_id": "STORING", "startdatum": "2026-10-14"}
"""Due on Wednesday 28 October."""
FINISHED = [{"zaaktype_id": "STORING", "startdatum": "2026-09-01", "einddatum": "2026-09-16"}] * 20 + [
    {"zaaktype_id": "STORING", "startdatum": "2026-09-01", "einddatum": "2026-09-14"}
] * 20


def looked_back(*rows: dict, waits: pd.DataFrame | None = None) -> pd.DataFrame:
    opschorting = typed("zaak_opschorting") if waits is None else waits
    zaak = zaken(*rows, *FINISHED)
    tables = {"zaak": zaak, "zaaktype": TYPES, "zaak_opschorting": opschorting}
    toen, leveringen = eerder_leverbeeld(tables, Week(2026, 43), THEN, werkkalender(), heeft_opschorting=True)
    nu = beeld_of(zaak, NOW, zaaktype=TYPES, zaak_opschorting=opschorting)
    return ijking(toen, leveringen, nu, THEN, werkkalender(), opschorting)


@pytest.mark.parametrize(
    ("end", "missed"),
    [("2026-10-26", None), ("2026-10-27", False), ("2026-10-28", False), ("2026-10-29", True), (None, True)],
)
def test_due_and_open_then_and_what_became_of_it(end, missed):
    found = looked_back({**DUE_THEN, "einddatum": end})
    assert found["is_gemist"].tolist() == ([] if missed is None else [missed])


def test_the_chance_is_that_of_then():
    """What was finished after that moment tells nothing: twenty more would have made it lower."""
    more = [{"zaaktype_id": "STORING", "startdatum": "2026-10-20", "einddatum": "2026-10-30"}] * 20
    assert looked_back(DUE_THEN, *more)["kans"].tolist() == [0.5]


def test_a_case_that_was_suspended_before_its_day_is_left_out():
    waits = typed("zaak_opschorting", {"zaak_id": "Z1", "begin": "2026-10-27"})
    assert looked_back(DUE_THEN, DUE_THEN, waits=waits)["zaak_id"].tolist() == ["Z2"]
    after = typed("zaak_opschorting", {"zaak_id": "Z1", "begin": "2026-10-30"})
    assert len(looked_back(DUE_THEN, DUE_THEN, waits=after)) == 2


def test_a_case_that_began_later_was_not_known():
    assert looked_back({**DUE_THEN, "startdatum": "2026-11-02"}).empty


def test_the_classes_of_chances():
    rows = pd.DataFrame({"kans": [0.0, 0.19, 0.2, 0.6, 1.0], "is_gemist": [False, True, False, True, True]})
    found = bakken(rows)
    assert found["aantal"].tolist() == [2, 1, 0, 1, 1]
    assert found["aantal_gemist"].tolist() == [1, 0, 0, 1, 1]
    assert found["van"].tolist() == [0.0, 0.2, 0.4, 0.6, 0.8]
    assert found["gemist"].tolist()[0] == 0.5
    assert pd.isna(found["gemist"].tolist()[2])
    assert bakken(rows.iloc[:0])["aantal"].sum() == 0


def test_the_score_of_the_textbook_and_that_of_one_chance_for_all():
    chance, missed = pd.Series([0.9, 0.2, 0.1, 0.7, 0.05]), pd.Series([True, False, False, True, True])
    assert brier(chance, missed) == pytest.approx(0.2105)
    assert brier_zonder_model(missed) == pytest.approx(0.24)
    assert brier_zonder_model(pd.Series([True, True])) == 0.0


def risks(*rows: dict) -> pd.DataFrame:
    beeld = beeld_of(zaken(*rows, *FINISHED), NOW, zaaktype=TYPES)
    nothing = typed("zaak_opschorting")
    open_cases = leverbeeld(beeld, Week(2026, 47), NOW, werkkalender(), nothing)
    statuses = (typed("zaak_status"), typed("zaaktype_status"))
    return risicobeeld(beeld, open_cases, NOW, werkkalender(), statuses, None, heeft_behandelaar=True)


DUE = {"zaaktype_id": "STORING", "startdatum": "2026-11-10", "team_id": "A"}


def test_the_counts_per_team_and_per_day():
    rows = risks(DUE, DUE, {**DUE, "team_id": "B", "belang": 5})
    per_team = risico_per_team(rows)
    assert per_team.loc["A"].tolist() == [0, 2, 0]
    assert per_team.loc["B"].tolist() == [0, 0, 1]
    assert risico_per_dag(rows).loc[pd.Timestamp("2026-11-24")].tolist() == [0, 2, 1]
    assert rows["reden"].tolist() == ["restdagen, geen behandelaar"] * 3


def test_the_expected_number_is_the_sum_and_teams_are_the_whole():
    rows = risks(DUE, DUE, {**DUE, "team_id": "B"})
    assert verwacht_te_laat(rows) == (1.5, 3)
    feiten = {(feit.measure, *feit.scope.values()): feit.value for feit in risico_feiten(rows)}
    assert feiten[(None,)] == 1.5 == feiten[(None, "A")] + feiten[(None, "B")]
    assert feiten[("oranje",)] == 3


def test_without_a_chance_there_are_no_facts():
    rows = risks()
    assert verwacht_te_laat(rows) is None
    assert risico_feiten(rows) == []


def test_the_facts_of_earlier_chances():
    rows = pd.DataFrame({"kans": [0.5, 0.5], "is_gemist": [True, False]})
    feiten = {feit.measure: feit for feit in ijking_feiten(rows, "2026-W44", "Beheer")}
    assert (feiten["gemist"].value, feiten["gemist"].denominator) == (1, 2)
    assert feiten["voorspeld"].value == 1.0
    assert feiten["brier"].value == 0.25
    assert feiten["brier"].as_record()["scope"] == {"team": "Beheer"}

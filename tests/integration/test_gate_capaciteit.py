"""The rules on the hours of employees, with the real Great Expectations: they warn, and name the day."""

from __future__ import annotations

import pandas as pd
import pytest

from expectations import capaciteit
from tests.builders import typed
from tests.integration.test_gate_finance import found
from weekrapport.domain.outcome import verdict

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

STAFF = typed(
    "medewerker",
    {"medewerker_id": "M1"},
    {"medewerker_id": "M2", "in_dienst": "2026-11-25"},
    {"medewerker_id": "M3", "uit_dienst": "2026-10-31"},
)


def week(medewerker: str, days: int = 5, **hours: object) -> list[dict[str, object]]:
    dates = pd.bdate_range("2026-11-23", periods=days)
    return [{"medewerker_id": medewerker, "datum": str(day.date()), "contracturen": 8.0, **hours} for day in dates]


def check(*rows: dict[str, object], staff: pd.DataFrame | None = STAFF):
    frames = {"capaciteit": typed("capaciteit", *rows)} | ({} if staff is None else {"medewerker": staff})
    return found(capaciteit.check, **frames)


COMPLETE = [*week("M1"), *week("M2")[2:]]


def test_a_complete_week_holds():
    outcomes = check(*COMPLETE)
    assert [(each.id, each.state) for each in outcomes] == [("GX-CAP-01", "voldaan")] * 3 + [("GX-CAP-02", "voldaan")]
    assert outcomes[3].rows_tested == 8  # five days of M1, three of M2, none of who left


@pytest.mark.parametrize(
    ("place", "row"),
    [
        (0, {}),
        (0, {"datum": None}),
        (1, {"datum": "2026-11-30", "contracturen": 36.0}),
        (1, {"datum": "2026-11-30", "vaste_uren": -1.0}),
        (2, {"datum": "2026-11-30", "verlofuren": 4.0, "overig_afwezig_uren": 4.5}),
    ],
)
def test_what_is_wrong_is_a_warning(place, row):
    outcomes = check(*COMPLETE, {**week("M1")[0], **row})
    assert [each.state for each in outcomes] == ["niet voldaan" if n == place else "voldaan" for n in range(4)]
    assert verdict(outcomes) == "met opmerkingen"


@pytest.mark.parametrize("row", [{"contracturen": 12.0}, {"verlofuren": 8.0}, {"contracturen": None}])
def test_bounds_themselves_and_empty_cells_hold(row):
    assert {each.state for each in check(*COMPLETE, {**week("M1")[0], "datum": "2026-11-30", **row})} == {"voldaan"}


def test_a_day_in_twenty_may_lack_but_no_more():
    staff = typed("medewerker", *({"medewerker_id": f"M{n}"} for n in range(4)))
    rows = [row for n in range(4) for row in week(f"M{n}")]
    assert check(*rows[:-1], staff=staff)[3].state == "voldaan"
    assert check(*rows[:-2], staff=staff)[3].state == "niet voldaan"


def test_without_employees_completeness_cannot_be_told():
    last = check(*COMPLETE, staff=None)[3]
    assert (last.state, last.toelichting) == ("niet uitgevoerd", "niet aangeleverd: tabel medewerker")

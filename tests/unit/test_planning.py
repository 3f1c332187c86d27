"""Moved plans and kept promises, from what earlier weeks delivered."""

from __future__ import annotations

import pytest

from tests.builders import beeld_of, zaken
from weekrapport.domain.planning import belofte_gehaald, eerste_belofte, planning_verschoven
from weekrapport.week import Week

WEEK = Week(2026, 47)


@pytest.mark.parametrize(
    ("before", "now", "moved"),
    [
        ("2026-11-20", "2026-11-21", 1), ("2026-11-20", "2026-11-20", 0), ("2026-11-20", "2026-11-19", 0),
        (None, "2026-11-21", 0), ("2026-11-20", None, 0), (None, None, 0),
    ],
)  # fmt: skip
def test_planned_later_than_before(before, now, moved):
    found = planning_verschoven(beeld_of(zaken({"einddatum_gepland": now})), zaken({"einddatum_gepland": before}), WEEK)
    assert len(found) == moved


def test_only_open_cases_of_the_stock_that_were_delivered_then():
    now = [
        {"einddatum": "2026-11-18"}, {"hoofdzaak_id": "Z1"}, {"startdatum": "2026-11-23"}, {}, {},
    ]  # fmt: skip
    beeld = beeld_of(zaken(*({"einddatum_gepland": "2026-12-01", **row} for row in now)))
    before = zaken(*[{"einddatum_gepland": "2026-11-20"}] * 4)  # the fifth case is new
    found = planning_verschoven(beeld, before, WEEK)
    assert found["zaak_id"].tolist() == ["Z4"]
    assert str(found["vorige_einddatum_gepland"].iloc[0].date()) == "2026-11-20"


def promised(day: str | None):
    return zaken({"einddatum_gepland": day})


def test_the_first_promise_is_that_of_the_oldest_delivery_that_has_one():
    beeld = beeld_of(zaken({"einddatum_gepland": "2026-12-01"}, {"einddatum_gepland": "2026-12-02"}, {}))
    earlier = {
        WEEK.plus(-1): promised("2026-11-25"),
        WEEK.plus(-3): promised(None),
        WEEK.plus(-2): promised("2026-11-18"),
    }
    first = eerste_belofte(beeld, earlier)
    assert [str(day)[:10] for day in first] == ["2026-11-18", "2026-12-02", "NaT"]


def test_a_promise_that_was_moved_is_not_kept():
    rows = {"einddatum": "2026-11-18", "einddatum_gepland": "2026-11-18"}
    beeld = beeld_of(zaken(rows))
    for first, kept in (("2026-11-17", 0), ("2026-11-18", 1)):
        earlier = {WEEK.plus(-back): promised(first if back == 4 else "2026-11-18") for back in range(1, 5)}
        assert belofte_gehaald(beeld, earlier, WEEK) == (kept, 1)


def test_a_case_without_a_promise_does_not_count_and_three_weeks_are_too_few():
    beeld = beeld_of(zaken({"einddatum": "2026-11-18"}))
    earlier = {WEEK.plus(-back): zaken() for back in range(1, 5)}
    assert belofte_gehaald(beeld, earlier, WEEK) == (0, 0)
    del earlier[WEEK.plus(-4)]
    assert belofte_gehaald(beeld, earlier, WEEK) is None

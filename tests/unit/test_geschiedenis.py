"""From which week on an export tells what was finished."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.builders import beeld_of, zaken
from weekrapport.domain import kpis
from weekrapport.domain.doorzet import bekende_weken
from weekrapport.domain.geschiedenis import begin_geschiedenis
from weekrapport.week import Week

WEEK = Week(2026, 47)


def closed(*back: int, **more):
    """Return a case that was finished on the Wednesday of each of so many weeks ago."""
    days = [WEEK.monday + timedelta(days=2) - timedelta(weeks=each) for each in back]
    return beeld_of(zaken(*({"startdatum": "2025-01-06", "einddatum": day, **more} for day in days), {}))


@pytest.mark.parametrize(
    ("back", "begins"),
    [
        ((0, 1, 2, 3), 3),
        ((0, 1, 4), 4),  # two empty weeks: a holiday
        ((0, 1, 5), 1),  # three: what is before them is a stray
        ((0, 1, 5, 6, 7, 40), 1),
        ((0, 3, 6, 40), 6),
        ((5, 6, 7), 7),  # nothing was finished of late: that is no hole
        ((5, 6, 7, 30), 7),
        ((0,), 0),
        ((-1, 0, 1, 2), 2),  # an end day after the report week
        ((-1,), None),
        ((), None),
    ],
)
def test_the_history_begins_after_the_last_hole(back, begins):
    assert begin_geschiedenis(closed(*back), WEEK) == (None if begins is None else WEEK.plus(-begins))


def test_one_old_case_does_not_make_the_weeks_after_it_known():
    found = closed(*range(6), 40)
    assert bekende_weken(found, WEEK, 12) == 6
    assert kpis.heeft_geschiedenis(found, WEEK) is False
    assert kpis.heeft_geschiedenis(found, WEEK, 5) is True
    assert kpis.heeft_geschiedenis(found, WEEK, 6) is False


def test_sub_cases_do_not_fill_a_hole():
    assert begin_geschiedenis(closed(0, 1, 2, hoofdzaak_id="Z9"), WEEK) is None

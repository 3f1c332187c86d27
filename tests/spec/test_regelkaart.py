"""The control chart: the numbers of a worked example, and what must hold for every series."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weekrapport.domain.regelkaart import genormaliseerd, regelkaart, verschoven_kant

TWELVE = [42, 38, 45, 40, 44, 39, 41, 47, 43, 36, 40, 45]
BASE = [40.0, 44.0] * 6  # mean 42


def test_the_worked_example():
    chart = regelkaart(TWELVE)
    assert chart is not None
    assert chart.gemiddelde == pytest.approx(41.6667, abs=5e-5)
    assert chart.wisseling == pytest.approx(4.8182, abs=5e-5)
    assert chart.ondergrens == pytest.approx(28.850, abs=5e-4)
    assert chart.bovengrens == pytest.approx(54.483, abs=5e-4)
    assert chart.wisselgrens == pytest.approx(15.746, abs=5e-4)
    assert chart.punten == 12
    assert chart.kant(27) == "laag"
    assert chart.kant(60) == "hoog"
    assert [chart.kant(value) for value in (29, 41.7, 54)] == [None, None, None]


def test_a_point_on_the_limit_is_within_it():
    chart = regelkaart(TWELVE)
    assert chart is not None
    assert chart.kant(chart.ondergrens) is None
    assert chart.kant(chart.bovengrens) is None


def test_a_week_of_four_days_is_brought_to_five():
    assert genormaliseerd(34, 4) == 42.5
    chart = regelkaart(TWELVE)
    assert chart is not None
    assert chart.kant(42.5) is None


@pytest.mark.parametrize(("days", "value"), [(5, 34.0), (3, pytest.approx(56.667, abs=1e-3)), (2, None), (0, None)])
def test_a_week_of_fewer_than_three_days_is_not_judged(days, value):
    assert genormaliseerd(34, days) == value


def test_weeks_that_do_not_count_are_dropped_and_not_replaced():
    """Neighbours are the weeks that are left; an older week does not come back in."""
    gaps = [1000, *TWELVE[:4], None, float("nan"), *TWELVE[4:10]]
    chart = regelkaart(gaps)
    assert chart == regelkaart(TWELVE[:10])
    assert chart is not None
    assert chart.punten == 10


@pytest.mark.parametrize(("known", "is_made"), [(7, False), (8, True)])
def test_eight_weeks_are_needed(known, is_made):
    assert (regelkaart([None] * 4 + TWELVE[:known]) is not None) is is_made
    assert regelkaart([]) is None


def test_when_no_week_ever_differed_nothing_is_a_signal():
    chart = regelkaart([5] * 12)
    assert chart is not None
    assert chart.kant(0) is None
    assert not chart.is_ongewoon_wisselend(50)
    assert verschoven_kant([5.0] * 12 + [4.0] * 8) is None


def test_the_lower_limit_stops_at_zero():
    chart = regelkaart([0, 4, 1, 5, 0, 6, 2, 4])
    assert chart is not None
    assert chart.ondergrens == 0
    assert chart.kant(0) is None


def test_rule_c_looks_at_the_step_from_the_last_week_that_counted():
    chart = regelkaart([*TWELVE[:10], None, 50])
    assert chart is not None
    assert chart.laatste == 50
    assert not chart.is_ongewoon_wisselend(50 - chart.wisselgrens)
    assert chart.is_ongewoon_wisselend(50 - chart.wisselgrens - 0.01)
    assert chart.is_ongewoon_wisselend(50 + chart.wisselgrens + 0.01)


class TestRuleB:
    def test_eight_weeks_strictly_below_the_mean_of_the_twelve_before(self):
        assert verschoven_kant([*BASE, *[41.0] * 8]) == "laag"
        assert verschoven_kant([*BASE, *[43.0] * 8]) == "hoog"

    def test_one_week_on_the_mean_or_across_it_ends_it(self):
        assert verschoven_kant([*BASE, *[41.0] * 7, 42.0]) is None
        assert verschoven_kant([*BASE, 43.0, *[41.0] * 7]) is None

    def test_it_needs_twenty_weeks_and_eight_that_count(self):
        assert verschoven_kant([*BASE[1:], *[41.0] * 8]) is None
        assert verschoven_kant([*BASE, *[41.0] * 4, None, *[41.0] * 3]) is None
        assert verschoven_kant([*[None] * 4, *BASE[4:], *[41.0] * 8]) == "laag"
        assert verschoven_kant([*[None] * 5, *BASE[5:], *[41.0] * 8]) is None

    def test_older_weeks_do_not_matter(self):
        assert verschoven_kant([0.0] * 10 + [*BASE, *[41.0] * 8]) == "laag"


SERIES = st.lists(st.integers(0, 200), min_size=8, max_size=12)


@given(SERIES, st.integers(0, 300), st.integers(1, 9))
def test_a_chart_in_another_unit_says_the_same(series, value, factor):
    chart, scaled = regelkaart(series), regelkaart([each * factor for each in series])
    assert chart is not None
    assert scaled is not None
    near = min(abs(value - chart.ondergrens), abs(value - chart.bovengrens)) < 1e-9  # rounding decides on the limit
    assert near or scaled.kant(value * factor) == chart.kant(value)


@given(SERIES)
def test_the_mean_lies_within_the_limits_and_the_order_of_time_matters_only_for_their_width(series):
    chart, turned = regelkaart(series), regelkaart(series[::-1])
    assert chart is not None
    assert turned is not None
    assert 0 <= chart.ondergrens <= chart.gemiddelde <= chart.bovengrens
    assert (turned.gemiddelde, turned.wisseling) == pytest.approx((chart.gemiddelde, chart.wisseling))

"""Kaplan–Meier on worked examples, and its identities on any set of durations."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from weekrapport.domain.overleving import Overleving, overleving

CLOSED = [3, 5, 5, 8, 10, 12, 12, 15, 20, 22, 25, 30]
OPEN = [6, 14, 28]
durations = st.lists(st.tuples(st.integers(0, 40), st.booleans()), min_size=1, max_size=60)


def fitted(closed: list[int], still_open: list[int] = OPEN) -> Overleving:
    times = np.array([*closed, *still_open], dtype="float64")
    is_closed = np.arange(len(times)) < len(closed)
    return overleving(times, is_closed, np.zeros(len(times), "int64"), 1)


def at(model: Overleving, time: float) -> float:
    return float(model.op(np.array([0]), np.array([time]))[0])


def between(model: Overleving, after: float, until: float) -> float:
    return float(model.tussen(np.array([0]), np.array([after]), np.array([until]))[0])


@pytest.mark.parametrize(
    ("time", "expected"),
    [(-1, 1.0), (0, 1.0), (2, 1.0), (5, 0.8), (10, 0.654545), (18, 0.424242), (20, 0.339394), (25, 0.169697),
     (30, 0.0), (400, 0.0)],
)  # fmt: skip
def test_the_worked_example(time, expected):
    assert at(fitted(CLOSED), time) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(("age", "expected"), [(0, 0.339394), (10, 0.466667), (18, 0.8), (20, 0.8)])
def test_the_chance_to_miss_day_twenty_given_the_age(age, expected):
    assert between(fitted(CLOSED), age - 1, 20) == pytest.approx(expected, abs=1e-6)


def test_a_case_older_than_every_finished_one_is_not_expected_to_finish():
    assert between(fitted(CLOSED), 31, 40) == 1.0


def test_beyond_the_last_time_the_share_is_carried_forward():
    assert at(fitted([3, 5], [9]), 100) == pytest.approx(1 / 3)


def test_without_a_finished_case_everything_is_open():
    assert at(fitted([], [3]), 100) == 1.0
    empty = overleving(np.array([]), np.array([], dtype=bool), np.array([], dtype="int64"), 2)
    assert empty.op(np.array([0, 1]), np.array([5.0, 5.0])).tolist() == [1.0, 1.0]


def test_groups_know_nothing_of_each_other():
    times = np.array([1.0, 2.0, 7.0, 8.0])
    model = overleving(times, np.ones(4, dtype=bool), np.array([0, 0, 2, 2]), 3)
    assert model.op(np.array([0, 1, 2]), np.array([1.0, 1.0, 1.0])).tolist() == [0.5, 1.0, 1.0]
    assert model.afgerond.tolist() == [2, 0, 2]


def test_a_case_that_enters_late_is_not_at_risk_before_that():
    """Of two cases that could be seen at 1 one finished; at 3 the third was there too."""
    times, entry = np.array([1.0, 3.0, 5.0]), np.array([0.0, 0.0, 2.0])
    model = overleving(times, np.ones(3, dtype=bool), np.zeros(3, "int64"), 1, intrede=entry)
    assert at(model, 1) == pytest.approx(1 / 2)
    assert at(model, 3) == pytest.approx(1 / 4)


def test_a_group_that_was_empty_for_a_moment_still_tells_what_comes_after():
    """The first case enters alone and finishes alone; those that enter later are not lost with it."""
    times, entry = np.array([1.0, 4.0, 6.0]), np.array([0.0, 3.0, 3.0])
    model = overleving(times, np.ones(3, dtype=bool), np.zeros(3, "int64"), 1, intrede=entry)
    assert at(model, 2) == pytest.approx(0.0, abs=1e-12)
    assert between(model, 3, 4) == pytest.approx(0.5)


@given(durations)
def test_equals_the_definition_and_never_rises(cases):
    times = np.array([time for time, _ in cases], dtype="float64")
    closed = np.array([is_closed for _, is_closed in cases])
    model = overleving(times, closed, np.zeros(len(times), "int64"), 1)
    share, previous = 1.0, 1.0
    for time in range(42):
        ended = int((closed & (times == time)).sum())
        share *= 1 - ended / max(int((times >= time).sum()), 1)
        assert at(model, time) == pytest.approx(share, abs=1e-9)
        assert at(model, time) <= previous
        previous = at(model, time)


@given(st.lists(st.integers(0, 40), min_size=1, max_size=60))
def test_without_open_cases_it_is_the_share_that_lasted_longer(times):
    model = fitted(times, [])
    for time in range(41):
        assert at(model, time) == pytest.approx(sum(each > time for each in times) / len(times), abs=1e-9)


@given(durations, st.integers(0, 40))
def test_the_chance_to_miss_a_day_grows_with_the_age(cases, day):
    model = fitted(
        [time for time, is_closed in cases if is_closed], [time for time, is_closed in cases if not is_closed]
    )
    chances = [between(model, age - 1, day) for age in range(day + 1)]
    assert all(later >= earlier - 1e-9 for earlier, later in itertools.pairwise(chances))

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weekrapport.errors import (
    ConfigurationError,
    GateStopped,
    ReportFailed,
    SourceError,
    WeekrapportError,
    did_you_mean,
    worst_exit_code,
)


def test_every_error_has_the_exit_code_of_the_manual():
    codes = {kind: kind.exit_code for kind in (ConfigurationError, SourceError, GateStopped, ReportFailed)}
    assert list(codes.values()) == [2, 3, 4, 5]
    assert all(issubclass(kind, WeekrapportError) for kind in codes)


def test_a_near_word_is_named():
    assert did_you_mean("zaek", ["zaak", "team"]) == "Did you mean 'zaak'?"


def test_without_a_near_word_all_are_named_in_order():
    assert did_you_mean("xyz", ["team", "zaak"]) == "Known: team, zaak."


def test_without_known_words_there_is_still_a_sentence():
    assert did_you_mean("xyz", []) == "Known: ."


@pytest.mark.parametrize(
    ("codes", "worst"),
    [((), 0), ((0, 0), 0), ((4,), 4), ((4, 5), 5), ((5, 3), 3), ((4, 3), 3), ((0, 4), 4), ((3, 4, 5), 3), ((2,), 2)],
)
def test_several_at_once(codes, worst):
    assert worst_exit_code(codes) == worst


@given(st.lists(st.sampled_from([0, 3, 4, 5]), max_size=6))
def test_order_does_not_matter_and_zero_only_when_nothing_went_wrong(codes):
    found = {worst_exit_code(order) for order in itertools.islice(itertools.permutations(codes), 6)}
    assert len(found) == 1
    assert (found == {0}) == (set(codes) <= {0})

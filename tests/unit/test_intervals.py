from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from weekrapport.domain.intervals import wilson_interval


@pytest.mark.parametrize(
    ("teller", "noemer", "low", "high"),
    [
        (0, 12, 0.0, 0.242494),
        (1, 12, 0.014865, 0.35388),
        (4, 48, 0.032884, 0.195533),
        (12, 45, 0.159649, 0.410388),
        (0, 48, 0.0, 0.0741),
        (48, 48, 0.9259, 1.0),
        (184, 212, 0.8157, 0.907),
    ],
)
def test_vectors(teller, noemer, low, high):
    found = wilson_interval(teller, noemer)
    assert found == pytest.approx((low, high), abs=5e-5 if noemer == 212 else 1e-6)


def test_no_observations_give_no_interval():
    assert wilson_interval(0, 0) is None


def test_nought_and_all_touch_the_border_exactly():
    assert wilson_interval(0, 7)[0] == 0.0
    assert wilson_interval(7, 7)[1] == 1.0


@given(st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_it_agrees_with_scipy_and_holds_the_estimate(counts):
    teller, noemer = counts
    low, high = wilson_interval(teller, noemer)
    expected = binomtest(teller, noemer).proportion_ci(method="wilson")
    assert (low, high) == pytest.approx((expected.low, expected.high), abs=1e-9)
    assert 0 <= low <= teller / noemer <= high <= 1

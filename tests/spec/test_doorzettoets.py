"""Exact tests on counts: worked examples, the limits of the rules, and agreement with scipy."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weekrapport.domain.doorzettoets import Doorzet, Tijdigheid, binomiale_staart, hypergeometrische_staart


@pytest.mark.parametrize(("done", "p", "signals"), [(9, 0.009928790872506227, True), (14, 0.1272243402001741, False)])
def test_throughput_of_a_team_in_19_and_58_working_days(done, p, signals):
    found = Doorzet(done, 19, 62, 58)
    assert found.kans() == pytest.approx(p, rel=1e-12)
    assert found.is_gedaald() is signals


@pytest.mark.parametrize(
    ("on_time", "p", "signals"), [(74, 0.17750372749184443, False), (68, 0.004985795328021695, True)]
)
def test_on_time_of_88_beside_986_of_1120(on_time, p, signals):
    found = Tijdigheid(on_time, 88, 986, 1120)
    assert found.kans() == pytest.approx(p, rel=1e-10)
    assert found.is_gedaald() is signals


def test_a_team_that_finishes_nothing_signals_from_the_number_that_chance_does_not_explain():
    """Nothing in 20 of 80 working days: 0.75 ** n is below 0.01 from n = 17 on."""
    assert not Doorzet(0, 20, 16, 60).is_gedaald()
    assert Doorzet(0, 20, 17, 60).is_gedaald()


def test_a_fall_of_exactly_a_fifth_is_enough_and_less_is_not():
    assert Doorzet(800, 20, 3000, 60).is_gedaald()  # 40 against 50 a day
    assert not Doorzet(801, 20, 3000, 60).is_gedaald()


def test_fewer_than_ten_cases_or_no_working_days_say_nothing():
    assert not Doorzet(0, 70, 9, 1).is_gedaald()  # p is almost nothing, but so is the number
    assert Doorzet(0, 70, 10, 1).is_gedaald()
    assert not Doorzet(0, 0, 62, 58).is_gedaald()
    assert not Doorzet(9, 19, 0, 0).is_gedaald()


def test_a_fall_of_exactly_five_points_is_enough_and_less_is_not():
    assert Tijdigheid(850, 1000, 9000, 10000).is_gedaald()
    assert not Tijdigheid(851, 1000, 9000, 10000).is_gedaald()


def test_without_cases_on_either_side_nothing_fell():
    assert not Tijdigheid(0, 0, 986, 1120).is_gedaald()
    assert not Tijdigheid(0, 88, 0, 0).is_gedaald()


def test_ends_of_the_tails():
    assert binomiale_staart(-1, 10, 1, 3) == 0
    assert binomiale_staart(10, 10, 1, 3) == 1
    assert binomiale_staart(3, 10, 1, 0) == 0
    assert binomiale_staart(10, 10, 1, 0) == 1
    assert hypergeometrische_staart(-1, 5, 5, 20) == 0
    assert hypergeometrische_staart(5, 5, 5, 20) == 1
    assert hypergeometrische_staart(1, 8, 15, 20) == 0  # at least three are good
    assert hypergeometrische_staart(3, 8, 15, 20) == pytest.approx(455 / 125970)


@given(st.integers(0, 80), st.integers(0, 80), st.integers(1, 25), st.integers(1, 65))
def test_the_binomial_tail_is_that_of_scipy(low, more, part, rest):
    from scipy.stats import binom

    expected = binom.cdf(low, low + more, part / (part + rest))
    assert binomiale_staart(low, low + more, part, rest) == pytest.approx(expected, rel=1e-9, abs=1e-12)


@given(st.integers(0, 60), st.integers(0, 60), st.integers(1, 90), st.integers(0, 60))
def test_the_hypergeometric_tail_is_that_of_scipy(good, late, good_before, late_before):
    from scipy.stats import hypergeom

    drawn, total = good + late, good + late + good_before + late_before
    expected = hypergeom.cdf(good, total, good + good_before, drawn)
    found = hypergeometrische_staart(good, drawn, good + good_before, total)
    assert found == pytest.approx(expected, rel=1e-7, abs=1e-12)


@given(st.integers(0, 40), st.integers(0, 90), st.integers(1, 25), st.integers(1, 65))
def test_fewer_finished_cases_are_never_less_of_a_signal(done, before, days, days_before):
    fewer = Doorzet(max(done - 1, 0), days, before + (done > 0), days_before)
    assert fewer.kans() <= Doorzet(done, days, before, days_before).kans() + 1e-15

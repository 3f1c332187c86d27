"""Sample sizes as published, and the interval that follows from them ("Steekproefinterval" in docs/methods.md)."""

from __future__ import annotations

import pytest

from weekrapport.domain.steekproefinterval import steekproefinterval, steekproefomvang

SHARES = (0, 0.1, 0.2, 0.3, 0.4, 0.5)
AICPA_C1 = {  # AICPA Audit Guide Audit Sampling, table C-1: (confidence, TM/BV) -> n for EM/TM
    (0.95, 0.10): (30, 37, 47, 60, 81, 116),
    (0.95, 0.05): (60, 74, 93, 120, 162, 231),
    (0.95, 0.03): (100, 123, 155, 200, 270, 385),
    (0.95, 0.02): (150, 184, 232, 300, 405, 577),
    (0.95, 0.01): (300, 368, 463, 600, 809, 1154),
    (0.90, 0.05): (47, None, 69, 87, 115, 160),
    (0.90, 0.01): (231, None, 341, 433, 572, 799),
}
CELLS = [
    (confidence, tolerable, share, n)
    for (confidence, tolerable), sizes in AICPA_C1.items()
    for share, n in zip(SHARES, sizes, strict=True)
    if n is not None
]


@pytest.mark.parametrize(("confidence", "tolerable", "share", "n"), CELLS)
def test_the_published_sample_sizes(confidence, tolerable, share, n):
    assert steekproefomvang(tolerable, tolerable * share, confidence) == n


@pytest.mark.parametrize(("confidence", "n"), [(0.95, 150), (0.875, 104)])
def test_the_sizes_of_touw_and_hoogduin(confidence, n):
    assert steekproefomvang(0.02, 0, confidence) == n  # Statistiek voor audit en controlling, p. 23


@pytest.mark.parametrize(("expected", "cents"), [(0, 1_840_000), (0.10, 1_495_934), (0.20, 1_187_096)])
def test_the_interval_of_a_budget(expected, cents):
    found = steekproefinterval(184_000_000, materialiteit_pct=0.03, verwacht_pct=expected, betrouwbaarheid=0.95)
    assert found == cents


def test_no_amount_has_no_interval():
    for nothing in (0, -100):
        assert steekproefinterval(nothing, materialiteit_pct=0.03, verwacht_pct=0.1, betrouwbaarheid=0.95) is None


@pytest.mark.parametrize("expected", [0.03, 0.04, -0.01])
def test_an_expected_error_that_no_sample_can_tell_apart_is_refused(expected):
    with pytest.raises(ValueError, match="below the tolerable"):
        steekproefomvang(0.03, expected, 0.95)


def test_an_expected_error_just_below_is_still_found():
    assert steekproefomvang(0.03, 0.0297, 0.95) > 500_000


@pytest.mark.parametrize(("tolerable", "share"), [(0.05, 0.3), (0.03, 0.1), (0.1, 0.5), (0.5, 0.45), (0.9, 0.1)])
def test_it_is_the_smallest_that_gives_the_confidence(tolerable, share):
    from scipy.stats import gamma

    n = steekproefomvang(tolerable, tolerable * share, 0.95)
    enough = [gamma.cdf(tolerable, 1 + m * tolerable * share, scale=1 / m) >= 0.95 for m in range(1, n + 1)]
    assert enough == [False] * (n - 1) + [True]

"""The signals hold what docs/methods.md says of them: seldom a false alarm, and a real fall is found."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks.signals import Rate, false_alarms, power

METHODS = (Path(__file__).resolve().parents[2] / "docs/methods.md").read_text("utf-8")


@pytest.fixture(scope="module")
def alarms() -> list[Rate]:
    return false_alarms(100)


def test_no_series_gives_more_than_one_false_alarm_a_year(alarms: list[Rate]) -> None:
    assert {rate.what: rate.per_year for rate in alarms if rate.per_year > 1} == {}


def test_the_table_in_the_methods_is_of_these_series(alarms: list[Rate]) -> None:
    for rate in alarms:
        name = re.escape(rate.what).replace("\\ ", " ")
        assert re.search(rf"^\| {re.sub(r'[0-9]+ open', '[0-9]+ open', name)} \|", METHODS, flags=re.MULTILINE), (
            rate.what
        )


def test_a_fall_of_thirty_per_cent_is_found() -> None:
    found = {rate.what: rate.per_week for rate in power(400)}
    assert found["R1-S01 30 % minder, eerste week, 95 per week"] == pytest.approx(0.50, abs=0.08)
    assert found["R1-S02 30 % minder, vierde week, 40 per week"] == pytest.approx(0.89, abs=0.05)
    assert found["R1-S02 30 % minder, vierde week, 10 per week"] == pytest.approx(0.25, abs=0.07)


def test_an_alarm_that_stands_for_weeks_is_one() -> None:
    rate = Rate.of("x", [True, True, False, True])
    assert (rate.per_week, rate.new_per_week, rate.per_year) == (0.75, 0.5, 26)

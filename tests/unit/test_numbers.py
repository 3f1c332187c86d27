"""Dutch notation: every kind of value, rounding, signs and the unknown."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from weekrapport.reporting.numbers import (
    aandeel,
    datum,
    datum_in_jaar,
    datum_kort,
    datum_lang,
    datum_tijd,
    euro,
    getal,
    procent,
    procentpunt,
    week_nl,
)
from weekrapport.week import Week

UNKNOWN = [None, float("nan"), np.float64("nan"), pd.NA, pd.NaT, Decimal("NaN")]


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, 0, "0"),
        (1234, 0, "1.234"),
        (1234.5, 1, "1.234,5"),
        (-1234567.891, 2, "−1.234.567,89"),
        (2.675, 2, "2,68"),  # the float lies just below; people wrote 2.675
        (0.5, 0, "1"),
        (-0.5, 0, "−1"),
        (-0.4, 0, "0"),  # never "−0"
        (np.int64(12), 0, "12"),
        (Fraction(1, 3), 2, "0,33"),
        (Decimal("2.5"), 0, "3"),
        (10**30, 2, "1.000.000.000.000.000.000.000.000.000.000,00"),
    ],
)
def test_getal(value: object, decimals: int, text: str) -> None:
    assert getal(value, decimals) == text


def test_a_sign_is_written_for_positive_and_not_for_zero() -> None:
    assert [getal(v, teken=True) for v in (3, 0, -3)] == ["+3", "0", "−3"]


@pytest.mark.parametrize("value", UNKNOWN)
def test_the_unknown_is_a_dash_everywhere(value: object) -> None:
    assert {getal(value), procent(value), euro(value), procentpunt(value), aandeel(value, 3)} == {"–"}


@pytest.mark.parametrize("value", [None, pd.NaT])
def test_an_unknown_day_is_a_dash(value: object) -> None:
    assert {f(value) for f in (datum, datum_kort, datum_lang, datum_tijd)} == {"–"}  # type: ignore[arg-type]


@pytest.mark.parametrize("value", ["12", True, object()])
def test_what_is_not_a_number_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="not a number"):
        getal(value)


def test_infinity_is_refused() -> None:
    with pytest.raises(ValueError, match="not finite"):
        getal(math.inf)


def test_procent_uses_a_narrow_no_break_space() -> None:
    assert procent(0.841) == "84,1\u202f%"
    assert procent(0.29, 0) == "29\u202f%"
    assert procent(0.005, 1, teken=True) == "+0,5\u202f%"


def test_procentpunt_always_has_its_sign() -> None:
    assert procentpunt(0.009) == "+0,9\u00a0procentpunt"
    assert procentpunt(-0.009) == "−0,9\u00a0procentpunt"


def test_euro_takes_cents() -> None:
    assert euro(1234550) == "€\u00a012.346"
    assert euro(-1234567, 2) == "€\u00a0−12.345,67"
    assert euro(0) == "€\u00a00"


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [(3, 9, "3 van 9"), (5, 10, "50,0\u202f%"), (0, 10, "0,0\u202f%"), (0, 0, "–"), (0, 1, "0 van 1")],
)
def test_a_share_is_a_percentage_from_ten_on(part: int, whole: int, text: str) -> None:
    assert aandeel(part, whole) == text


def test_days_and_moments() -> None:
    day = date(2026, 11, 16)
    assert datum(day) == "ma 16 nov 2026"
    assert datum(pd.Timestamp(day)) == "ma 16 nov 2026"
    assert datum_kort(date(2026, 3, 1)) == "01-03-2026"
    assert datum_lang(date(2026, 3, 1)) == "1 maart 2026"
    assert datum_tijd(datetime(2026, 11, 23, 6, tzinfo=UTC)) == "ma 23 nov 2026 07:00"
    assert datum_tijd(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == "do 2 jul 2026 00:30"  # summer time, next day


def test_a_moment_is_not_a_day_and_a_naive_moment_has_no_local_time() -> None:
    with pytest.raises(TypeError, match="datum_tijd"):
        datum(datetime(2026, 11, 23, 6, tzinfo=UTC))
    with pytest.raises(TypeError, match="no time zone"):
        datum_tijd(datetime(2026, 11, 23, 6))  # noqa: DTZ001 - the naive moment is the case


def test_week_in_words() -> None:
    assert week_nl(Week(2026, 47)) == "week 47 (16 t/m 22 november 2026)"


@given(st.integers(-(10**12), 10**12))
def test_a_whole_number_reads_back(value: int) -> None:
    assert int(getal(value).replace(".", "").replace("−", "-")) == value


@given(st.decimals(-(10**6), 10**6, places=4))
def test_rounding_never_moves_more_than_half_a_step(value: Decimal) -> None:
    text = getal(value, 2).replace(".", "").replace(",", ".").replace("−", "-")
    assert abs(Decimal(text) - value) <= Decimal("0.005")


def test_datum_in_jaar_shows_the_year_only_when_it_is_another():
    assert datum_in_jaar(date(2026, 11, 16), 2026) == "16\u00a0nov"
    assert datum_in_jaar(date(2025, 12, 31), 2026) == "31\u00a0dec\u00a02025"
    assert datum_in_jaar(None, 2026) == "–"

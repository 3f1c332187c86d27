"""Numbers in exports: the vectors of "Inlezen" in docs/methods.md."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest

from weekrapport.sources.numbers import AMBIGUOUS, Decimaal, Digits, take_apart
from weekrapport.sources.values import read_column

GUESSED = {
    "1.234,56": "1234.56",
    "€ 1.234.567,00": "1234567.00",
    "-12,5": "-12.5",
    "12,50-": "-12.50",
    "(1.000,00)": "-1000.00",
    "1.234": "1234",
    "1234.56": "1234.56",
    "1,234.56": "1234.56",
    "12\u00a0345,67": "12345.67",
    "12\u202f345,67": "12345.67",
    "12 345,67": "12345.67",
    "1.234.567,89": "1234567.89",
    "€\u00a0-12,50": "-12.50",
    "-€ 12,50": "-12.50",
    "(€ 12,50)": "-12.50",
    "+7": "7",
    "\u22127,25": "-7.25",
    "0": "0",
    "007": "7",
    "0.123": "0.123",
    "1,234": "1.234",
}
UNREADABLE = (
    "1.23,45", "1.2345,00", "12.34.56", "1,23,456.00", "--12", "-12-", "(12", "12)", "(-12)", "€€ 12", "12 34",
    "1 2345", "2,02611E+12", "1e5", "abc", "€", "-", ",5", "5,", "12%", "½", "٣",
)  # fmt: skip


def value_of(text: str, decimaal: Decimaal | None = None) -> Decimal | None:
    digits = take_apart(text, decimaal)
    if not isinstance(digits, Digits):
        return None
    value = Decimal(f"{digits.whole}.{digits.fraction or '0'}")
    return -value if digits.negative else value


@pytest.mark.parametrize(("text", "value"), GUESSED.items())
def test_a_number_without_a_stated_decimal_sign(text: str, value: str) -> None:
    assert value_of(text) == Decimal(value)


@pytest.mark.parametrize("text", UNREADABLE)
@pytest.mark.parametrize("decimaal", [None, ",", "."])
def test_what_is_no_number_has_a_reason(text: str, decimaal: Decimaal | None) -> None:
    assert isinstance(take_apart(text, decimaal), str)


@pytest.mark.parametrize(
    ("text", "decimaal", "value"),
    [
        ("1.234", ",", "1234"),
        ("1.234", ".", "1.234"),
        ("1,234", ",", "1.234"),
        ("1,234", ".", "1234"),
        ("1234.56", ",", None),
        ("1,234.56", ",", None),
        ("0.123", ",", None),
        ("12,5", ".", None),
        ("1.234,56", ".", None),
        ("1500", ",", "1500"),
        ("1500", ".", "1500"),
        ("0.123", ".", "0.123"),
    ],
)
def test_a_stated_decimal_sign_leaves_one_reading(text: str, decimaal: Decimaal, value: str | None) -> None:
    assert value_of(text, decimaal) == (None if value is None else Decimal(value))


def test_an_empty_cell_is_missing_not_zero_and_not_wrong() -> None:
    read = read_column(pd.Series(["", " ", "0"], dtype="str"), "decimal")
    assert read.values.isna().tolist() == [True, True, False]
    assert read.reasons == {}


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1.234,56", 123456), ("12,5", 1250), ("7", 700), ("(1.000,00)", -100000), ("2,675", 268), ("-2,675", -268),
        ("2,674", 267), ("0,005", 1), ("0,999", 100), ("92.233.720.368.547.758,07", 2**63 - 1),
    ],
)  # fmt: skip
def test_amounts_are_whole_cents_half_away_from_zero(text: str, cents: int) -> None:
    read = read_column(pd.Series([text], dtype="str"), "cent", decimaal=",")
    assert read.values.tolist() == [cents]
    assert read.values.dtype == "Int64"


def test_rounded_cents_are_told_and_whole_ones_are_not() -> None:
    told = read_column(pd.Series(["2,675", "2,67", "2,670"], dtype="str"), "cent", decimaal=",").remarks
    assert len(told) == 1
    assert told[0].startswith("1 × bedrag met delen van een cent")


def test_an_amount_beyond_64_bits_cannot_be_read() -> None:
    read = read_column(pd.Series(["92.233.720.368.547.758,08"], dtype="str"), "cent", decimaal=",")
    assert "te groot" in read.reasons[0]


def test_an_integer_has_no_fraction() -> None:
    read = read_column(pd.Series(["3", "1.000", "3,0", "3,5"], dtype="str"), "integer", decimaal=",")
    assert read.values.tolist()[:3] == [3, 1000, 3]
    assert list(read.reasons) == [3]


def test_guessing_the_decimal_sign_is_told_with_the_ambiguous_ones_apart() -> None:
    text = pd.Series(["1.234", "1.234", "0.123", "12,50", "3.5", "8"], dtype="str")
    remarks = read_column(text, "decimal").remarks
    assert f"3 × {AMBIGUOUS} (bijvoorbeeld '1.234')" in remarks
    assert len(remarks) == 3
    assert read_column(text[[3, 5]], "decimal", decimaal=",").remarks == ()

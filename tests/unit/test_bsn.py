"""The citizen service number: its check, and free text without it. The numbers here are test numbers of nobody."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weekrapport.domain.bsn import WITHOUT, is_bsn, without_bsn

WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


@st.composite
def numbers(draw: st.DrawFn) -> str:
    """Eight digits and the ninth that makes them a BSN; a remainder of ten has no ninth digit."""
    digits = draw(st.lists(st.integers(0, 9), min_size=8, max_size=8).filter(any))
    last = sum(w * d for w, d in zip(WEIGHTS, digits, strict=False)) % 11
    return "".join(map(str, [*digits, last])) if last < 10 else "123456782"


@pytest.mark.parametrize("text", ["123456782", "111222333", "010000008"])
def test_a_number_that_passes(text: str) -> None:
    assert is_bsn(text)


@pytest.mark.parametrize(
    "text",
    ["123456789", "123456781", "000000000", "12345678", "1234567820", "123.456.782", "", "12345678x", " 123456782"],
)
def test_a_text_that_is_none(text: str) -> None:
    assert not is_bsn(text)


@given(numbers(), st.integers(0, 8), st.integers(1, 9))
@settings(max_examples=50)
def test_one_wrong_digit_is_always_seen(number: str, place: int, by: int) -> None:
    assert is_bsn(number)
    wrong = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]
    assert not is_bsn(wrong)


@pytest.mark.parametrize(
    "written",
    ["123456782", "123.456.782", "1234 56 782", "1234.56.782", "123-456-782", "12 34 56 78 2", "123\u00a0456\u202f782",
     "123\u2013456\u2011782", "123 456.782", "1234\n56782", "1234\r\n56782"],
)  # fmt: skip
@pytest.mark.parametrize("around", ["{}", "BSN {}.", "bsn:{};", "BSN{}x", "nr 12 {} 3", "({})", "a {}.0", "2026-{}x"])
def test_it_is_taken_out_however_it_is_written(written: str, around: str) -> None:
    assert without_bsn(around.format(written)) == (around.format(WITHOUT), 1)


@pytest.mark.parametrize(
    "text",
    ["", "geen nummer", "1234567820", "9123456782", "12345678212345", "123456789", "123.456.789", "000000000",
     "06 12 34 56 78", "NL91 ABNA 0417 1643 00", "2026-11-03 10:00:00", "ZAAK-2026-0004462", "1234;56782",
     "1234\t56782", "1234,56782", "1234  56782", "12345678"],
)  # fmt: skip
def test_other_numbers_stay(text: str) -> None:
    assert without_bsn(text) == (text, 0)


def test_every_one_is_taken_out_and_counted() -> None:
    assert without_bsn("123456782 111222333, 123456789 en 111.222.333") == (
        f"{WITHOUT} {WITHOUT}, 123456789 en {WITHOUT}",
        3,
    )
    assert without_bsn("111222333" * 2) == ("111222333" * 2, 0)  # one run of eighteen digits


def test_a_number_before_it_does_not_hide_it() -> None:
    assert without_bsn("kamer 4 123 456 782") == (f"kamer 4 {WITHOUT}", 1)
    assert without_bsn("1 2 3 4 5 123456782")[0].endswith(WITHOUT)


@given(st.text(alphabet="0123456789 .-\nx;", max_size=60), numbers(), st.text(alphabet="0123456789 .-x;", max_size=60))
@settings(max_examples=200)
def test_what_is_left_has_no_bsn_and_a_second_time_changes_nothing(before: str, number: str, after: str) -> None:
    left, count = without_bsn(f"{before}x{number}x{after}")
    assert count >= 1
    assert number not in left.split("x")
    assert without_bsn(left) == (left, 0)
    assert left.count(WITHOUT) == count


def test_a_long_text_of_digits_costs_little() -> None:
    start = time.perf_counter()
    without_bsn("1 " * 100_000)
    without_bsn("1" * 200_000)
    assert time.perf_counter() - start < 3

"""Columns of text to the dtypes of the schema."""

from __future__ import annotations

import time
import unicodedata
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weekrapport.domain.schema import DTYPES, Kind
from weekrapport.sources.values import read_column

KINDS: tuple[Kind, ...] = ("text", "integer", "cent", "decimal", "boolean", "date", "timestamp")


def column(*cells: str | None) -> pd.Series:
    return pd.Series(cells, dtype="str")


def dutch(cents: int, thousands: str) -> str:
    whole, rest = divmod(abs(cents), 100)
    text = f"{whole:,}".replace(",", thousands) + f",{rest:02d}"
    return f"-{text}" if cents < 0 else text


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_the_dtype_of_the_schema(kind: Kind) -> None:
    for cells in ((), ("",), (None,), ("1",), ("?", "")):
        read = read_column(column(*cells), kind, missing=("?",))
        assert read.values.dtype == DTYPES[kind]
        assert len(read.values) == len(cells)


@pytest.mark.parametrize("kind", KINDS)
def test_empty_cells_and_markers_are_missing_without_a_reason(kind: Kind) -> None:
    read = read_column(column("", "  ", "\u00a0", "EMPTY", " ? ", None), kind, missing=("EMPTY", "?"))
    assert read.values.isna().all()
    assert read.reasons == {}


def test_text_keeps_leading_zeros_and_loses_only_outer_spaces() -> None:
    read = read_column(column(" 00123 ", "1.234", "a  b", "e\u0301e\u0301n"), "text")
    assert read.values.tolist() == ["00123", "1.234", "a  b", unicodedata.normalize("NFC", "e\u0301e\u0301n")]


def test_a_marker_is_a_whole_cell_in_its_own_case() -> None:
    assert read_column(column("EMPTY desk", "empty"), "text", missing=("EMPTY",)).values.tolist() == [
        "EMPTY desk",
        "empty",
    ]


def test_values_are_mapped_without_regard_to_case_and_others_stay() -> None:
    read = read_column(column("e-MAIL", " E-mail", "Fax"), "text", canonical={"E-mail": "email"})
    assert read.values.tolist() == ["email", "email", "Fax"]


def test_values_are_mapped_before_they_are_read() -> None:
    assert read_column(column("Hoog", "laag"), "integer", canonical={"hoog": "5", "Laag": "1"}).values.tolist() == [
        5,
        1,
    ]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("Ja", "NEE", "j", "N", "1", "0", "true", "False", "WAAR", "onwaar"), [True, False] * 5),
        (("X", "", "x", " "), [True, False, True, False]),
        (("X", "Nee", ""), [True, False, None]),
        (("Ja", ""), [True, None]),
        (("", ""), [None, None]),
        (("X", "?"), [True, None]),
    ],
)
def test_booleans(cells: tuple[str, ...], expected: list[bool | None]) -> None:
    values = read_column(column(*cells), "boolean", missing=("?",)).values
    assert [None if pd.isna(value) else bool(value) for value in values] == expected


def test_what_is_neither_yes_nor_no_has_a_reason_with_the_value() -> None:
    assert read_column(column("ja", "misschien"), "boolean").reasons == {1: "geen ja of nee: 'misschien'"}


def test_a_reason_stands_at_every_row_with_that_text() -> None:
    assert list(read_column(column("1", "x", "2", "x"), "integer").reasons) == [1, 3]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=20),
    st.sampled_from(["", ".", "\u00a0", "\u202f", " "]),
    st.sampled_from(["{}", "€ {}", "  {} "]),
)
def test_dutch_amounts_come_back_exactly(amounts: list[int], thousands: str, around: str) -> None:
    text = column(*(around.format(dutch(cents, thousands)) for cents in amounts))
    read = read_column(text, "cent", decimaal=",")
    assert read.values.tolist() == amounts
    assert read.remarks == ()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.decimals(-(10**9), 10**9, places=3, allow_nan=False), min_size=1, max_size=20))
def test_english_numbers_come_back(numbers: list[Decimal]) -> None:
    text = column(*(f"{number:,}" for number in numbers))
    assert read_column(text, "decimal", decimaal=".").values.tolist() == [float(number) for number in numbers]


@pytest.mark.parametrize("kind", ["cent", "decimal", "date", "timestamp", "text"])
def test_a_hundred_thousand_different_cells_take_seconds_at_most(kind: Kind) -> None:
    number = kind in ("cent", "decimal", "text")
    cells = [
        f"{i},25" if number else f"2026-01-{i % 28 + 1:02d}T10:{i % 60:02d}:00.{i:06d}+01:00" for i in range(100_000)
    ]
    text = column(*cells)
    start = time.process_time()
    read = read_column(text, kind, decimaal=",")
    assert time.process_time() - start < 3  # measured: 0.1 to 0.6 s; the margin is for a busy machine
    assert read.reasons == {}

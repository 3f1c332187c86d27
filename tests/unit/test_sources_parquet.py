"""Parquet files: typed columns become text that reads in one way only, and files that are refused."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from weekrapport.errors import SourceError
from weekrapport.settings import Source
from weekrapport.sources.file_shapes import read_raw
from weekrapport.sources.parquet_file import read_parquet
from weekrapport.sources.typed import TypedRead, to_typed


def parquet(**columns: Any) -> bytes:
    stream = io.BytesIO()
    pq.write_table(pa.table(columns), stream)
    return stream.getvalue()


def texts(column: Any, decimaal: Any = None) -> list[str]:
    raw = read_parquet(parquet(x=column), "x.parquet", ("X",), decimaal=decimaal)
    return raw.frame["X"].tolist()


def typed(data: bytes, columns: dict[str, str], table: str = "zaak", **options: Any) -> TypedRead:
    source = Source(name="s", table=table, files="*.parquet", columns=columns, **options)
    return to_typed(read_raw(data, "s.parquet", source), source, None)


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (pa.array(["a", None, ""]), ["a", "", ""]),
        (pa.array(["a", "b", "a", None]).dictionary_encode(), ["a", "b", "a", ""]),
        (pa.array(["a", None], pa.large_string()), ["a", ""]),
        (pa.array([b"caf\xc3\xa9", None]), ["café", ""]),
        (pa.array([1, None, 12345678901234567]), ["1", "", "12345678901234567"]),
        (pa.array([2**64 - 1], pa.uint64()), ["18446744073709551615"]),
        (pa.array([1.5, 2.0, None, float("nan"), 0.1 + 0.2, 1e22]), ["1.5", "2", "", "", "0.3", "1" + "0" * 22]),
        (pa.array([0.1, 3.0], pa.float32()), ["0.1", "3"]),
        (pa.array([float("inf")]), ["inf"]),
        (pa.array([Decimal("1234.50"), Decimal("0.01")]), ["1234.5", "0.01"]),
        (pa.array([True, False, None]), ["true", "false", ""]),
        (pa.array([date(2026, 11, 2), None]), ["2026-11-02", ""]),
        (pa.array([datetime(2026, 11, 2)]), ["2026-11-02 00:00:00"]),  # noqa: DTZ001
        (pa.array([datetime(2026, 11, 2, 5, 6, 7, 8)], pa.timestamp("ns")), ["2026-11-02 05:06:07.000008"]),  # noqa: DTZ001
        (
            pa.array([datetime(2026, 11, 2, 5, tzinfo=UTC)], pa.timestamp("ms", "Europe/Amsterdam")),
            ["2026-11-02 06:00:00+01:00"],
        ),
        (pa.array([None, None]), ["", ""]),
        (pa.array([], pa.string()), []),
        (pa.array([timedelta(hours=1)]), ["1:00:00"]),
    ],
)
def test_what_a_column_holds_becomes_text(column: pa.Array, expected: list[str]) -> None:
    assert texts(column) == expected


def test_numbers_are_written_as_the_source_says_that_it_writes_them() -> None:
    assert texts(pa.array([1.234, 1000.5]), ",") == ["1,234", "1000,5"]


@pytest.mark.parametrize("decimaal", [None, ",", "."])
def test_numbers_are_exact_and_no_guess(decimaal: str | None) -> None:
    data = parquet(id=["a", "b", "c"], bedrag=[1.234, 1234.5, -0.005], uren=[1.234, 0.125, 3.0])
    columns = {"boeking_id": "id", "bedrag_cent": "bedrag", "btw_perc": "uren"}
    done = typed(data, columns, "boeking", decimaal=decimaal)
    assert done.frames["boeking"]["bedrag_cent"].tolist() == [123, 123450, -1]
    assert done.frames["boeking"]["btw_perc"].tolist() == [1.234, 0.125, 3.0]
    assert not any("geraden" in remark or "anders betekent" in remark for remark in done.remarks)


def test_moments_without_a_zone_are_local_and_with_one_are_that_moment() -> None:
    moments = pd.to_datetime(["2026-07-01 12:00", "2026-11-01 12:00"])
    columns = {"zaak_id": "id", "gesloten_op": "m"}
    local = typed(parquet(id=["a", "b"], m=pa.array(moments)), columns).frames["zaak"]["gesloten_op"]
    zoned = typed(parquet(id=["a", "b"], m=pa.array(moments.tz_localize("UTC"))), columns).frames["zaak"]["gesloten_op"]
    assert [str(moment) for moment in local] == ["2026-07-01 10:00:00+00:00", "2026-11-01 11:00:00+00:00"]
    assert [str(moment) for moment in zoned] == ["2026-07-01 12:00:00+00:00", "2026-11-01 12:00:00+00:00"]


def test_rows_are_numbered_from_one_and_a_bad_row_is_kept_with_its_mapped_cells() -> None:
    data = parquet(id=["a", "b"], start=["1-11-2026", "31-11-2026"], geheim=["x", "y"])
    done = typed(data, {"zaak_id": "id", "startdatum": "start"})
    assert done.frames["zaak"]["bron_rij"].tolist() == [1]
    assert [(row.bron_rij, row.kolom, row.regel) for row in done.rejected] == [(2, "startdatum", "b;31-11-2026")]


def test_an_index_that_pandas_kept_is_no_column_and_other_columns_are_told() -> None:
    frame = pd.DataFrame({"ID": ["a"], "naam": ["x"], "meer": [1]}, index=[7])
    stream = io.BytesIO()
    frame.to_parquet(stream)
    raw = read_parquet(stream.getvalue(), "x.parquet", ("id", "team"))
    assert (raw.dropped, raw.missing, raw.rows_read) == (("naam", "meer"), ("team",), 1)


def test_a_name_with_a_point_is_a_name() -> None:
    data = parquet(**{"a.b": ["x"], "a": ["y"]})
    raw = read_parquet(data, "x.parquet", ("a", "a.b"))
    assert raw.frame.to_dict("list") == {"a": ["y"], "a.b": ["x"]}


def test_a_nested_column_is_refused_only_when_it_is_mapped() -> None:
    data = parquet(id=["a"], lijst=[[1, 2]], deel=[{"x": 1}])
    assert typed(data, {"zaak_id": "id"}).frames["zaak"]["zaak_id"].tolist() == ["a"]
    for header in ("lijst", "deel"):
        with pytest.raises(SourceError, match=f"column '{header}' holds lists or structures"):
            typed(data, {"zaak_id": "id", "omschrijving": header})


def test_a_column_that_stands_twice_is_refused() -> None:
    table = pa.table([pa.array(["a"]), pa.array(["b"])], names=["id", "ID"])
    stream = io.BytesIO()
    pq.write_table(table, stream)
    with pytest.raises(SourceError, match="more than once"):
        read_parquet(stream.getvalue(), "x.parquet", ("id",))


def test_keys_as_numbers_with_a_fraction_or_too_many_digits_are_damaged() -> None:
    data = parquet(id=[1.0, 2.5, 1.2345678901234567e18, None], start=["1-11-2026"] * 4)
    done = typed(data, {"zaak_id": "id", "startdatum": "start"})
    assert done.damaged == {"zaak": ("rij 2 kolom id in s.parquet", "rij 3 kolom id in s.parquet")}
    assert typed(parquet(id=[2**62], start=["1-11-2026"]), {"zaak_id": "id"}).damaged == {}


GOOD = parquet(id=["a", "b"], start=["1-11-2026", "2-11-2026"])


@pytest.mark.parametrize("data", [GOOD[:-1], GOOD[: len(GOOD) // 2], b"PAR1", b"PAR1" + b"x" * 20])
def test_a_file_that_stops_half_way_looks_cut_off(data: bytes) -> None:
    with pytest.raises(SourceError, match=r"s\.parquet looks cut off"):
        typed(data, {"zaak_id": "id"})


def test_damage_in_the_middle_is_told() -> None:
    broken = GOOD[:8] + b"\xff" * 60 + GOOD[68:]
    with pytest.raises(SourceError, match="the parquet file is damaged"):
        typed(broken, {"zaak_id": "id"})
    with pytest.raises(SourceError, match="the parquet file is damaged"):
        typed(GOOD[:-8] + b"\xff\xff\xff\x7f" + GOOD[-4:], {"zaak_id": "id"})


def test_bytes_that_are_no_text_are_refused_when_they_are_mapped() -> None:
    with pytest.raises(SourceError, match="the parquet file is damaged"):
        typed(parquet(id=pa.array([b"\xff\xfe"])), {"zaak_id": "id"})

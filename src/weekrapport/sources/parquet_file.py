"""A parquet file to text cells, with the number of every row ("Inlezen" in docs/methods.md).

Its columns have types, so nothing is guessed: a moment keeps its offset (without one it is local time), a number is
exact. What is a list or a structure is no column of a table.
"""

from __future__ import annotations

import io
from collections.abc import Collection
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from weekrapport.errors import SourceError
from weekrapport.sources.cell_text import lost_as_key, value_text
from weekrapport.sources.encoding import looks_cut_off
from weekrapport.sources.headers import locate
from weekrapport.sources.numbers import Decimaal
from weekrapport.sources.raw import RawTable, line_of

MAGIC = b"PAR1"


def read_parquet(
    data: bytes,
    name: str,
    wanted: Collection[str],
    *,
    identifiers: Collection[str] = (),
    decimaal: Decimaal | None = None,
) -> RawTable:
    """Return the wanted columns of a parquet file as text.

    Args:
        data: the bytes of the file.
        name: the file relative to the inbox.
        wanted: headers to read, matched without regard to case, accents and spaces; others are never kept.
        identifiers: headers of columns that hold keys, which must not be numbers with a fraction.
        decimaal: the decimal sign in which the source writes numbers as text.

    Raises:
        SourceError: cut off, damaged, or with a wanted column that is nested or stands there twice.
    """
    columns, others, count = _load(data, name, wanted)
    sign: Decimaal = decimaal or "."
    texts: dict[str, pd.Series] = {}
    lost: dict[str, dict[int, str]] = {}
    for title, column in columns.items():
        values, codes = _distinct(column)
        shown = np.array([*(_text(value, sign) for value in values), ""], dtype=object)
        texts[title] = pd.Series(shown[codes], dtype="str")
        if title in identifiers and pa.types.is_floating(column.type):
            lost[title] = _lost(values, codes)
    frame = pd.DataFrame(texts, index=pd.RangeIndex(count))
    return RawTable(
        name=name,
        frame=frame,
        rows=np.arange(1, count + 1, dtype="int64"),
        regel=lambda row: line_of(frame, row),
        rejected=(),
        missing=tuple(title for title in wanted if title not in columns),
        dropped=others,
        remarks=(),
        open_end=False,
        rows_read=count,
        lost={title: rows for title, rows in lost.items() if rows},
        decimaal={title: sign for title, column in columns.items() if _is_number(column.type)} if not decimaal else {},
    )


def _load(data: bytes, name: str, wanted: Collection[str]) -> tuple[dict[str, pa.Array], tuple[str, ...], int]:
    """Return the wanted columns under their wanted name, the names of the others, and the number of rows."""
    if len(data) < 12 or not data.endswith(MAGIC):
        raise looks_cut_off(name, "a parquet file ends with its description, and this one does not")
    try:
        file = pq.ParquetFile(io.BytesIO(data))
        schema = file.schema_arrow
        titles = [title for title in schema.names if not title.startswith("__index_level_")]
        found = {header: titles[place] for header, place in locate(wanted, titles, name).items()}
        for header, title in found.items():
            if pa.types.is_nested(schema.field(title).type):
                raise SourceError(
                    f"{name}: column {header!r} holds lists or structures ({schema.field(title).type}). Export it as a "
                    "table with one value in every cell."
                )
        table = file.read(columns=list(dict.fromkeys(found.values())))
        columns = {header: _plain(table.column(title)) for header, title in found.items()}
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        why = str(error).splitlines()[0][:200]
        raise SourceError(f"{name}: the parquet file is damaged ({why}). Copy or export it again.") from error
    others = tuple(title for title in titles if title not in found.values())
    return columns, others, file.metadata.num_rows


def _plain(column: pa.ChunkedArray) -> pa.Array:
    """Return a column without categories, and with bytes as the text that they are."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.cast(kind.value_type)
        kind = kind.value_type
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind):
        column = column.cast(pa.binary()).cast(pa.string())
    elif pa.types.is_timestamp(kind) and kind.unit == "ns":
        column = column.cast(pa.timestamp("us", kind.tz), safe=False)
    elif pa.types.is_float16(kind):
        column = column.cast(pa.float32())
    return pa.concat_arrays(column.chunks) if column.chunks else pa.array([], column.type)


def _distinct(column: pa.Array) -> tuple[list[Any], np.ndarray]:
    """Return the distinct values of a column, and for every row which one it is; one beyond the last is nothing."""
    if pa.types.is_null(column.type):
        return [], np.zeros(len(column), dtype=np.int64)
    try:
        encoded = column.dictionary_encode()
        values = encoded.dictionary.to_pylist()
        codes = encoded.indices.fill_null(len(values)).to_numpy(zero_copy_only=False).astype(np.int64)
    except pa.ArrowNotImplementedError:
        values = column.to_pylist()
        codes = np.arange(len(values), dtype=np.int64)
    if pa.types.is_float32(column.type):
        values = [None if value is None else float(str(np.float32(value))) for value in values]
    return values, codes


def _text(value: Any, sign: Decimaal) -> str:
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")  # midnight too: the type says that it is a moment
    return value_text(value, sign)


def _lost(values: list[Any], codes: np.ndarray) -> dict[int, str]:
    reasons = {code: why for code, value in enumerate(values) if value is not None and (why := lost_as_key(value))}
    return {int(row): reasons[int(codes[row])] for row in np.flatnonzero(np.isin(codes, list(reasons)))}


def _is_number(kind: pa.DataType) -> bool:
    return pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)

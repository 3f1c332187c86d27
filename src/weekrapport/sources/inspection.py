"""A first look into a file that nobody has mapped yet ("Inspecteren" in docs/methods.md)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from weekrapport.sources.column_look import ColumnLook, look_at
from weekrapport.sources.csv_file import read_csv
from weekrapport.sources.encoding import unpack
from weekrapport.sources.file_shapes import Shape, shape_of
from weekrapport.sources.headers import header_key, means_bsn
from weekrapport.sources.parquet_file import read_parquet
from weekrapport.sources.raw import RawTable
from weekrapport.sources.xes_file import read_xes
from weekrapport.sources.xlsx_file import read_xlsx


@dataclass(frozen=True)
class Inspection:
    """What a file holds.

    Attributes:
        name: the file.
        shape: csv, xlsx, parquet or xes.
        form: how it is written: encoding and separator, or sheet and header row.
        rows: data rows.
        rejected: rows with a structural fault.
        remarks: Dutch sentences about how the file was read.
        columns: a look at every column that can be read.
        twice: headers that stand in the file more than once, so that nothing can be mapped to them.
        bsn: headers that mean a BSN; never read.
    """

    name: str
    shape: Shape
    form: Mapping[str, str]
    rows: int
    rejected: int
    remarks: tuple[str, ...]
    columns: tuple[ColumnLook, ...]
    twice: tuple[str, ...]
    bsn: tuple[str, ...]


def inspect_file(data: bytes, name: str, sheet: str | None = None) -> Inspection:
    """Return what a file holds.

    Args:
        data: its bytes.
        name: what it is called.
        sheet: the sheet of a workbook; None takes the one with the most columns.

    Raises:
        SourceError: it cannot be read.
    """
    shape = shape_of(data, name)
    titles = _read(shape, data, name, (), sheet).dropped
    counts = Counter(header_key(title) for title in titles)
    bsn = tuple(title for title in titles if means_bsn(title))
    wanted = tuple(title for title in titles if counts[header_key(title)] == 1 and title not in bsn)
    raw = _read(shape, data, name, wanted, sheet)
    return Inspection(
        name=name,
        shape=shape,
        form=raw.form,
        rows=raw.rows_read,
        rejected=len(raw.rejected),
        remarks=raw.remarks,
        columns=look_at(raw, titles),
        twice=tuple(dict.fromkeys(title for title in titles if counts[header_key(title)] > 1)),
        bsn=bsn,
    )


def _read(shape: Shape, data: bytes, name: str, wanted: tuple[str, ...], sheet: str | None) -> RawTable:
    if shape == "csv":
        return read_csv(data, name, wanted)
    content = unpack(data, name)
    if shape == "xlsx":
        return read_xlsx(content, name, wanted, sheet=sheet)
    return read_parquet(content, name, wanted) if shape == "parquet" else read_xes(content, name, wanted)

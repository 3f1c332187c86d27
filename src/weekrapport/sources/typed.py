"""Text columns of a file to a typed table ("Inlezen" and "Tabellen" in docs/methods.md).

A frame has every column of its table, those that nothing delivers all missing; a column that the mapping names but
the file does not have is left out, so that the gate stops on it. A row with one unreadable mapped cell goes to the
quarantine as a whole: half a row would be counted with the wrong dates or the wrong amount.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from weekrapport.domain.schema import DTYPES, PROVENANCE, TABLES
from weekrapport.errors import ConfigurationError
from weekrapport.settings import Source
from weekrapport.sources.damaged_keys import damaged_keys, damaged_places
from weekrapport.sources.encoding import looks_cut_off
from weekrapport.sources.free_text import is_identifier
from weekrapport.sources.raw import RawTable, Rejected, Rows
from weekrapport.sources.values import read_column
from weekrapport.week import TIME_ZONE


@dataclass(frozen=True)
class TypedRead:
    """What one file delivers.

    Attributes:
        frames: table name to typed frame.
        rejected: every row of the file that is not in the frames.
        delivered: table name to the columns that the file or the mapping fills.
        missing: table name to column to the mapped header that the file does not have.
        remarks: Dutch sentences about fallbacks.
        bsn: column to how many times a BSN was taken out of it; only columns where that happened.
        damaged: table name to where a key lost digits in a spreadsheet ("rij 12 kolom Zaaknummer in zaken.xlsx"); the
            row is in the frame all the same.
    """

    frames: Mapping[str, pd.DataFrame]
    rejected: tuple[Rejected, ...]
    delivered: Mapping[str, tuple[str, ...]]
    missing: Mapping[str, Mapping[str, str]]
    remarks: tuple[str, ...]
    bsn: Mapping[str, int] = field(default_factory=dict)
    damaged: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class TypedCells:
    """The mapped columns of a file in their dtypes, with the rows that could not be read."""

    frame: pd.DataFrame
    faults: Mapping[int, tuple[str, str]]
    """Row number to the first column at fault and the Dutch reason."""
    missing: Mapping[str, str]
    remarks: tuple[str, ...]
    bsn: Mapping[str, int]
    """Column to how many times a BSN was taken out of it; only columns where that happened."""
    damaged: Mapping[int, str]
    """Row number to the header under which a key lost digits, the first of the row."""


def to_typed(raw: RawTable, source: Source, ingelezen_op: pd.Timestamp | None) -> TypedRead:
    """Return the typed table of a file with one row per row of the table.

    Args:
        raw: the file as text.
        source: the mapping, values, constants and missing markers.
        ingelezen_op: the export moment in UTC, which is the same at every reading; None when unknown.

    Raises:
        SourceError: the last row has no line end and a value that cannot be read: the file looks cut off.
        ConfigurationError: a constant of the mapping is wrong.
    """
    cells = type_columns(raw, source)
    refuse_cut_last_row(raw, cells.faults)
    good = np.setdiff1d(np.arange(len(raw.frame)), list(cells.faults))
    frame, missing = complete(cells.frame.iloc[good], source.table, cells.missing)
    stamp(frame, raw, raw.rows[good], ingelezen_op)
    return TypedRead(
        frames={source.table: frame},
        rejected=sort_rejected(raw, source.table, cells.faults),
        delivered={source.table: delivered(cells.frame)},
        missing={source.table: missing} if missing else {},
        remarks=cells.remarks,
        bsn=cells.bsn,
        damaged=damaged_places(raw, cells.damaged, good, source.table),
    )


def type_columns(raw: RawTable, source: Source) -> TypedCells:
    """Return the mapped and constant columns of the source's table, plus a derived einddatum, for every row."""
    kinds = TABLES[source.table].kinds()
    columns: dict[str, pd.Series] = {}
    missing: dict[str, str] = {}
    faults: dict[int, tuple[str, str]] = {}
    remarks: list[str] = []
    removed: dict[str, int] = {}
    damaged: dict[int, str] = {}
    for column, kind in kinds.items():
        headers = source.headers_of(column)
        if not headers:
            if column in source.constants:
                columns[column] = _constant(source, column, len(raw.frame))
            continue
        if column in source.constants:
            raise ConfigurationError(
                f"Source {source.name!r}: {column} stands in [source.columns] and in [source.constants]. Remove one."
            )
        lacking = [header for header in headers if header in raw.missing]
        if lacking:
            missing[column] = ", ".join(lacking)
            continue
        read = read_column(
            _joined(raw.frame, headers, source.missing),
            kind,
            missing=source.missing,
            decimaal=source.decimaal or raw.decimaal.get(headers[0]),
            canonical=source.values.get(column),
            identifier=is_identifier(column),
            factor=source.factor.get(column, 1),
        )
        columns[column] = read.values
        faults = {row: (column, why) for row, why in file_faults(raw, headers, source.missing).items()} | faults
        if is_identifier(column):
            found, sentences = damaged_keys(raw, headers, read)
            damaged = found | damaged
            remarks += [f"kolom {column}: {sentence}" for sentence in sentences]
        if read.bsn:
            removed[column] = read.bsn
        remarks += [f"kolom {column}: {remark}" for remark in read.remarks]
        for row, why in read.reasons.items():
            faults.setdefault(row, (column, why))
    _derive_einddatum(source, columns, missing)
    frame = pd.DataFrame(columns, index=raw.frame.index)
    return TypedCells(frame, faults, missing, tuple(remarks), removed, damaged)


def file_faults(raw: RawTable, headers: Iterable[str], missing: Sequence[str]) -> dict[int, str]:
    """Return row number to the Dutch reason why the file has no value under one of the headers.

    An error of Excel that stands in `missing`, such as #N/A, is nothing instead.
    """
    return {
        row: why
        for header in headers
        for row, why in raw.faults.get(header, {}).items()
        if not (raw.frame[header].iloc[row] and raw.frame[header].iloc[row] in missing)
    }


def complete(frame: pd.DataFrame, table: str, missing: Mapping[str, str]) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return the frame with every column of the table in order, without those that are `missing`."""
    kinds = TABLES[table].kinds()
    columns = {
        column: frame[column].reset_index(drop=True)
        if column in frame.columns
        else pd.Series([pd.NA] * len(frame), dtype=DTYPES[kind])
        for column, kind in kinds.items()
        if column not in missing
    }
    return pd.DataFrame(columns, index=pd.RangeIndex(len(frame))), dict(missing)


def stamp(frame: pd.DataFrame, raw: RawTable, rows: Rows, ingelezen_op: pd.Timestamp | None) -> None:
    """Add where every row of `frame` comes from, in place: bron, bron_rij and ingelezen_op."""
    frame["bron"] = pd.Series([raw.name] * len(frame), index=frame.index, dtype=DTYPES[PROVENANCE["bron"]])
    frame["bron_rij"] = pd.Series(rows.tolist(), index=frame.index, dtype=DTYPES[PROVENANCE["bron_rij"]])
    moment = pd.NaT if ingelezen_op is None else ingelezen_op
    frame["ingelezen_op"] = pd.Series(
        [moment] * len(frame), index=frame.index, dtype=DTYPES[PROVENANCE["ingelezen_op"]]
    )


def delivered(frame: pd.DataFrame) -> tuple[str, ...]:
    """Return the names of the columns that were filled by the file or the mapping."""
    return tuple(str(column) for column in frame.columns)


def refuse_cut_last_row(raw: RawTable, faults: Mapping[int, tuple[str, str]]) -> None:
    """Raise SourceError when the row that the file ends with, without a line end, has an unreadable value."""
    last = len(raw.frame) - 1
    if raw.open_end and last in faults:
        column, why = faults[last]
        raise looks_cut_off(raw.name, f"line {raw.rows[last]}, the last, has no line end and its {column} is {why!r}")


def sort_rejected(
    raw: RawTable,
    table: str,
    faults: Mapping[int, tuple[str | None, str]],
    table_of: Callable[[str | None], str] | None = None,
) -> tuple[Rejected, ...]:
    """Return the structural and the unreadable rows of a file together, in the order of the file."""
    structural = [row._replace(tabel=table) for row in raw.rejected]
    unreadable = [
        Rejected(raw.name, int(raw.rows[row]), table_of(column) if table_of else table, column, why, raw.regel(row))
        for row, (column, why) in faults.items()
    ]
    return tuple(sorted(structural + unreadable, key=lambda row: row.bron_rij))


def _joined(frame: pd.DataFrame, headers: tuple[str, ...], missing: tuple[str, ...]) -> pd.Series:
    """Return the texts of several headers joined with "/"; nothing where one of them is empty."""
    if len(headers) == 1:
        return frame[headers[0]]
    parts = [frame[header].str.strip() for header in headers]
    empty = np.logical_or.reduce([part.isna() | part.isin(["", *missing]) for part in parts])
    joined = pd.Series(["/".join(row) for row in zip(*(part.fillna("") for part in parts), strict=True)], dtype="str")
    joined.index = frame.index
    return joined.mask(empty, "")


def _constant(source: Source, column: str, length: int) -> pd.Series:
    text = source.constants[column]
    kind = TABLES[source.table].kinds()[column]
    read = read_column(
        pd.Series([text], dtype="str"),
        kind,
        decimaal=source.decimaal,
        canonical=source.values.get(column),
        identifier=is_identifier(column),
    )
    if read.reasons:
        raise ConfigurationError(
            f"Source {source.name!r}: constant {column} = {text!r} cannot be read as {kind} ({read.reasons[0]})."
        )
    return read.values.take(np.zeros(length, dtype=np.int64)).reset_index(drop=True)


def _derive_einddatum(source: Source, columns: dict[str, pd.Series], missing: dict[str, str]) -> None:
    """Fill einddatum with the local day of gesloten_op when only that moment is mapped; nothing else is derived."""
    if "gesloten_op" not in source.columns or "einddatum" in {*source.columns, *source.constants}:
        return
    if "gesloten_op" in missing:
        missing["einddatum"] = missing["gesloten_op"]
        return
    local = columns["gesloten_op"].dt.tz_convert(TIME_ZONE).dt.tz_localize(None).dt.normalize()
    columns["einddatum"] = local.astype(DTYPES["date"])

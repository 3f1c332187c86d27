"""An event log, one row per event of a case, to the tables zaak and zaak_status ("Inlezen" in docs/methods.md).

With `case_columns = "constant"` every row of a case must say the same about the case as its first row; a row that
does not goes to the quarantine, with the column. With "last" the row of the latest event speaks for the case, and of
several at the same moment the last in the file. Every event that was read becomes a row of zaak_status.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from weekrapport.errors import ConfigurationError, SourceError
from weekrapport.settings import Events, Source
from weekrapport.sources.damaged_keys import damaged_keys, damaged_places
from weekrapport.sources.free_text import is_identifier
from weekrapport.sources.raw import RawTable, Rows
from weekrapport.sources.typed import (
    TypedCells,
    TypedRead,
    complete,
    delivered,
    file_faults,
    refuse_cut_last_row,
    sort_rejected,
    stamp,
    type_columns,
)
from weekrapport.sources.values import ColumnRead, read_column

EVENT_TABLE = "zaak_status"
_OWN = frozenset({"gezet_op", "statustype_id", "gezet_door"})
"""Columns of zaak_status that are read from every event; the others are about the case."""


def event_log_to_typed(raw: RawTable, source: Source, ingelezen_op: pd.Timestamp | None) -> TypedRead:
    """Return zaak (one row per case, in order of first appearance) and zaak_status (one row per event).

    Args:
        raw: the file as text.
        source: a source of table zaak with its `events`.
        ingelezen_op: the export moment in UTC; None when unknown.

    Raises:
        ConfigurationError: the source is not a mapping of cases with a zaak_id.
        SourceError: the file has no case or time column, or looks cut off.
    """
    events = _events(source)
    _require(raw, *source.headers_of("zaak_id"), events.timestamp)
    cells = type_columns(raw, source)
    moment = read_column(raw.frame[events.timestamp], "timestamp", missing=source.missing)
    faults: dict[int, tuple[str | None, str]] = dict(_event_faults(raw, source, cells, moment))
    refuse_cut_last_row(raw, {row: (column or "", why) for row, (column, why) in faults.items()})
    good = np.setdiff1d(np.arange(len(raw.frame)), list(faults))
    if events.case_columns == "constant":
        deviating = _deviating(cells.frame.iloc[good], good)
        faults |= deviating
        good = np.setdiff1d(good, list(deviating))
        speaking = _first_rows(cells.frame["zaak_id"], good)
    else:
        speaking = _last_rows(cells.frame["zaak_id"], moment.values, good)
    zaak, zaak_missing = complete(cells.frame.iloc[speaking], source.table, cells.missing)
    stamp(zaak, raw, raw.rows[speaking], ingelezen_op)
    status, status_missing, status_delivered, remarks, damaged = _statuses(raw, source, events, cells, moment, good)
    status_damaged = damaged_places(raw, damaged, good, EVENT_TABLE)
    stamp(status, raw, raw.rows[good], ingelezen_op)
    missing = {source.table: zaak_missing, EVENT_TABLE: status_missing}
    return TypedRead(
        frames={source.table: zaak, EVENT_TABLE: status},
        rejected=sort_rejected(raw, source.table, faults, lambda c: EVENT_TABLE if c in _OWN else source.table),
        delivered={source.table: delivered(cells.frame), EVENT_TABLE: status_delivered},
        missing={table: columns for table, columns in missing.items() if columns},
        remarks=cells.remarks + remarks,
        bsn=cells.bsn,
        damaged={**damaged_places(raw, cells.damaged, speaking, source.table), **status_damaged},
    )


def _events(source: Source) -> Events:
    if source.events is None or source.table != "zaak" or "zaak_id" not in source.columns:
        raise ConfigurationError(
            f'Source {source.name!r}: an event log has table = "zaak", a header for zaak_id in [source.columns], and '
            "a section [source.events]."
        )
    return source.events


def _require(raw: RawTable, *headers: str) -> None:
    for header in headers:
        if header in raw.missing:
            raise SourceError(
                f"{raw.name}: there is no column {header!r}, and without it events cannot be put to cases and moments. "
                "Export it, or correct the mapping."
            )


def _event_faults(raw: RawTable, source: Source, cells: TypedCells, moment: ColumnRead) -> dict[int, tuple[str, str]]:
    """Return the rows that cannot be put to a case and a moment, or have an unreadable cell."""
    faults: dict[int, tuple[str, str]] = {}
    for row in np.flatnonzero(cells.frame["zaak_id"].isna().to_numpy()):
        faults[int(row)] = ("zaak_id", "gebeurtenis zonder zaaknummer")
    for row in np.flatnonzero(moment.values.isna().to_numpy()):
        faults.setdefault(int(row), ("gezet_op", moment.reasons.get(int(row), "gebeurtenis zonder tijdstip")))
    events = _events(source)
    own = {"gezet_op": events.timestamp, "statustype_id": events.activity, "gezet_door": events.resource}
    for column, header in own.items():
        for row, why in file_faults(raw, [header] if header else [], source.missing).items():
            faults[row] = (column, why)
    for row, fault in cells.faults.items():
        faults.setdefault(row, fault)
    return faults


def _deviating(frame: pd.DataFrame, rows: Rows) -> dict[int, tuple[str | None, str]]:
    """Return the rows that contradict the first row of their case; `rows` are their numbers in the file."""
    first = frame.groupby("zaak_id", sort=False).ngroup().to_numpy(dtype=np.int64)
    _, start = np.unique(first, return_index=True)
    reference = start[first] if len(first) else first
    faults: dict[int, tuple[str | None, str]] = {}
    for column in frame.columns:
        codes = pd.factorize(frame[column])[0]
        for place in np.flatnonzero(codes != codes[reference]):
            why = f"wijkt af van de eerste regel van zaak {frame['zaak_id'].iloc[place]}"
            faults.setdefault(int(rows[place]), (str(column), why))
    return faults


def _first_rows(zaak_id: pd.Series, rows: Rows) -> Rows:
    return rows[~zaak_id.iloc[rows].duplicated(keep="first").to_numpy()]


def _last_rows(zaak_id: pd.Series, moment: pd.Series, rows: Rows) -> Rows:
    """Return per case the row with the latest moment (the last in the file of equals), by first appearance."""
    found = pd.DataFrame({"zaak": zaak_id.iloc[rows].to_numpy(), "moment": moment.iloc[rows].to_numpy(), "row": rows})
    latest = found.sort_values("moment", kind="stable").groupby("zaak", sort=False)["row"].last()
    return latest.reindex(found["zaak"].unique()).to_numpy(dtype=np.int64)


def _statuses(
    raw: RawTable, source: Source, events: Events, cells: TypedCells, moment: ColumnRead, good: Rows
) -> tuple[pd.DataFrame, dict[str, str], tuple[str, ...], tuple[str, ...], dict[int, str]]:
    columns = {"zaak_id": cells.frame["zaak_id"], "gezet_op": moment.values}
    missing: dict[str, str] = {}
    damaged = {row: header for row, header in cells.damaged.items() if header in source.headers_of("zaak_id")}
    remarks = [f"kolom gezet_op: {remark}" for remark in moment.remarks]
    for column, header in (("statustype_id", events.activity), ("gezet_door", events.resource)):
        if header is not None and header in raw.missing:
            missing[column] = header
        elif header is not None:
            read = read_column(raw.frame[header], "text", missing=source.missing, identifier=is_identifier(column))
            columns[column] = read.values
            found, sentences = damaged_keys(raw, (header,), read)
            damaged = found | damaged
            remarks += [f"kolom {column}: {sentence}" for sentence in sentences]
    frame, missing = complete(pd.DataFrame(columns).iloc[good], EVENT_TABLE, missing)
    return frame, missing, tuple(columns), tuple(remarks), damaged

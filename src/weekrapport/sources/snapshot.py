"""The typed tables of a week as they were read, unchangeable ("Momentopnamen" in docs/methods.md).

    snapshots/2026-W47/            the first reading (r1): one parquet file a table, quarantine.parquet,
                                   snapshot.json, weekrapport.toml
    snapshots/2026-W47/r2/ …       later readings of the same week with other inputs

A table is checked against its sha256 before it is used: a snapshot that somebody changed is not evidence.
`ingelezen_op` holds the export moment, not the moment of reading, so that the same inputs give the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq

from weekrapport.domain.schema import DTYPES, PROVENANCE, TABLES
from weekrapport.errors import ConfigurationError, SourceError, did_you_mean
from weekrapport.settings import Workspace
from weekrapport.sources.inbox import Notice, unreadable
from weekrapport.sources.input_file import InputFile, SourceAway, is_away
from weekrapport.sources.raw import QUARANTINE_KINDS
from weekrapport.week import Week

SCHEMA_VERSION = 1
DESCRIPTION = "snapshot.json"
QUARANTINE = "quarantine"
_REVISION = re.compile(r"r([2-9]|[1-9][0-9]+)")
_verified: set[tuple[Path, str, int, int]] = set()
"""Files checked in this process: path, sha256, and the size and time that a change would alter."""


@dataclass(frozen=True)
class Snapshot:
    """One stored reading of the inbox.

    Attributes:
        path: its folder.
        week: the report week that it was read for.
        version: `r1`, `r2`, …
        fingerprint: see `sources.fingerprint`.
        inputs: the files that were read.
        tables: table name (and "quarantine") to the sha256 of its parquet file.
        delivered: table name to the columns that some source fills.
        missing: table name to column to where the mapped header is lacking.
        rows: table name to its rows.
        rows_read: source name to data rows in its files.
        rows_quarantined: source name to rows in the quarantine.
        notices: what must be told about the reading.
        errors: source name to why it could not be read.
        error_tables: source name in `errors` to the tables that it should have delivered.
        exported_at: table name to its export moment in UTC; None when unknown.
        damaged: table name to where a key lost digits in a spreadsheet; tables without any are left out.
    """

    path: Path
    week: Week
    version: str
    fingerprint: str
    inputs: tuple[InputFile, ...]
    tables: Mapping[str, str]
    delivered: Mapping[str, tuple[str, ...]]
    missing: Mapping[str, Mapping[str, str]]
    rows: Mapping[str, int]
    rows_read: Mapping[str, int]
    rows_quarantined: Mapping[str, int]
    notices: tuple[Notice, ...]
    errors: Mapping[str, SourceError] = field(compare=False)
    error_tables: Mapping[str, tuple[str, ...]]
    exported_at: Mapping[str, datetime | None]
    damaged: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def unreadable_tables(self) -> dict[str, SourceError]:
        """Return every table that is not there because a source of it could not be read."""
        return unreadable(self.errors, self.error_tables)

    @property
    def is_away(self) -> bool:
        """Whether a source could not be reached for a reason that may pass by itself."""
        return is_away(self.errors)


def find_snapshot(workspace: Workspace, week: Week, fingerprint: str) -> Snapshot | None:
    """Return the version of the week's snapshot with this fingerprint, the latest if there are several."""
    versions = reversed(list_snapshots(workspace, week))
    return next((snapshot for snapshot in versions if snapshot.fingerprint == fingerprint), None)


def latest_snapshot(workspace: Workspace, week: Week) -> Snapshot | None:
    """Return the last version of the week's snapshot; None when the week has none."""
    versions = list_snapshots(workspace, week)
    return versions[-1] if versions else None


def whole_snapshot(workspace: Workspace, week: Week) -> Snapshot | None:
    """Return the last version that holds the whole week: exported after its end, or at a moment that is not known.

    A daily run leaves versions that were exported in the week itself.
    """
    for snapshot in reversed(list_snapshots(workspace, week)):
        moments = [moment for moment in snapshot.exported_at.values() if moment is not None]
        if not moments or max(moments) >= week.end:
            return snapshot
    return None


def previous_snapshot(workspace: Workspace, week: Week) -> Snapshot | None:
    """Return the last version of the newest snapshot of an earlier week; None when there is none."""
    snapshots = (latest_snapshot(workspace, earlier) for earlier in earlier_weeks(workspace, week))
    return next((snapshot for snapshot in snapshots if snapshot is not None), None)


def earlier_weeks(workspace: Workspace, week: Week) -> list[Week]:
    """Return the weeks before `week` that have a folder of snapshots, newest first."""
    if not workspace.snapshots.is_dir():
        return []
    weeks = [_week_of(folder) for folder in workspace.snapshots.iterdir()]
    return sorted((found for found in weeks if found is not None and found < week), reverse=True)


def list_snapshots(workspace: Workspace, week: Week) -> list[Snapshot]:
    """Return every version of the week's snapshot, oldest first.

    Raises:
        SourceError: the description of one cannot be read.
    """
    return [read_description(folder) for folder in version_folders(workspace, week) if (folder / DESCRIPTION).is_file()]


def version_folders(workspace: Workspace, week: Week) -> list[Path]:
    """Return the folders of the versions of the week's snapshot, oldest first; r1 is the folder of the week."""
    folder = workspace.snapshots / str(week)
    if not folder.is_dir():
        return []
    revisions = [path for path in folder.iterdir() if _REVISION.fullmatch(path.name)]
    return [folder, *sorted(revisions, key=lambda path: int(path.name[1:]))]


def load_table(snapshot: Snapshot, name: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """Return a table of the snapshot, or "quarantine", in the dtypes of `weekrapport.domain.schema`.

    Args:
        snapshot: where from.
        name: the table.
        columns: only these, in this order; None for all.

    Raises:
        SourceError: the table's source could not be read, the file was changed or is gone, or it lacks a column.
        ConfigurationError: no source delivers this table.
    """
    if name not in snapshot.tables:
        broken = snapshot.unreadable_tables()
        if name in broken:
            raise broken[name]
        raise ConfigurationError(
            f"Snapshot {snapshot.week} {snapshot.version} has no table {name!r}: no [[source]] delivers it. "
            f"{did_you_mean(name, snapshot.tables)}"
        )
    lacking = [column for column in columns or () if column in snapshot.missing.get(name, {})]
    if lacking:
        where = snapshot.missing[name][lacking[0]]
        raise SourceError(f"Table {name!r} has no column {lacking[0]!r}: there is no {where}.")
    path = snapshot.path / f"{name}.parquet"
    data = _verified_bytes(path, snapshot.tables[name])
    file = pq.ParquetFile(path if data is None else io.BytesIO(data))  # pd.read_parquet imports half a second more
    frame = file.read(columns=list(columns) if columns is not None else None).to_pandas()
    kinds = QUARANTINE_KINDS if name == QUARANTINE else _dtypes(name)
    return frame.astype({str(column): kinds[str(column)] for column in frame.columns})


def _dtypes(table: str) -> dict[str, str]:
    return {column: DTYPES[kind] for column, kind in {**TABLES[table].kinds(), **PROVENANCE}.items()}


def _verified_bytes(path: Path, expected: str) -> bytes | None:
    """Return the bytes after checking them; None when this very file was checked before in this process."""
    try:
        state = path.stat()
        key = (path, expected, state.st_size, state.st_mtime_ns)
        if key in _verified:
            return None
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(
            f"{path}: the snapshot misses this file ({error.strerror}). Restore it from a backup."
        ) from error
    if hashlib.sha256(data).hexdigest() != expected:
        raise SourceError(
            f"{path}: this file was changed after the snapshot was made (its sha256 differs from {DESCRIPTION}). "
            "Restore it from a backup, or move the week's folder away and run again."
        )
    _verified.add(key)
    return data


def _week_of(folder: Path) -> Week | None:
    try:
        return Week.parse(folder.name)
    except ConfigurationError:
        return None


def read_description(folder: Path) -> Snapshot:
    """Return the snapshot that a folder's snapshot.json describes.

    Raises:
        SourceError: the file cannot be read, or another version of the program wrote it.
    """
    path = folder / DESCRIPTION
    try:
        given = json.loads(path.read_text("utf-8"))
        if given["schema_version"] != SCHEMA_VERSION:
            raise SourceError(
                f"{path} has schema version {given['schema_version']}, this program reads {SCHEMA_VERSION}. Use the "
                "program that made it, or move the folder away and run again."
            )
        return _from_json(folder, given)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ConfigurationError) as error:
        raise SourceError(
            f"{path} is not a description of a snapshot ({error}). Restore it from a backup, or move the folder "
            "away and run again."
        ) from error


def _from_json(folder: Path, given: dict[str, Any]) -> Snapshot:
    return Snapshot(
        path=folder,
        week=Week.parse(given["week"]),
        version=given["version"],
        fingerprint=given["fingerprint"],
        inputs=tuple(replace(InputFile(**item), exported_at=_moment(item["exported_at"])) for item in given["inputs"]),
        tables=given["tables"],
        delivered={table: tuple(columns) for table, columns in given["delivered"].items()},
        missing=given["missing"],
        rows=given["rows"],
        rows_read=given["rows_read"],
        rows_quarantined=given["rows_quarantined"],
        notices=tuple(Notice(**notice) for notice in given["notices"]),
        errors={source: _error(error) for source, error in given["errors"].items()},
        error_tables={source: tuple(error["tables"]) for source, error in given["errors"].items()},
        exported_at={table: _moment(moment) for table, moment in given["exported_at"].items()},
        damaged={table: tuple(places) for table, places in given.get("damaged", {}).items()},
    )


def _error(given: dict[str, Any]) -> SourceError:
    return (SourceAway if given.get("away") else SourceError)(given["message"])


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)

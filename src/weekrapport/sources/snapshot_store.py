"""Writing a snapshot: in a folder beside it, renamed when it is whole, then made read-only.

Layout and reading: `weekrapport.sources.snapshot`. The parquet bytes depend on the tables alone, so that a snapshot
made again from the same inputs has the same hashes ("Momentopnamen" in docs/methods.md).
"""

from __future__ import annotations

import errno
import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from weekrapport.errors import SourceError
from weekrapport.settings import FILE_NAME, Workspace
from weekrapport.sources.fingerprint import fingerprint
from weekrapport.sources.inbox import InboxRead
from weekrapport.sources.input_file import SourceAway
from weekrapport.sources.snapshot import (
    DESCRIPTION,
    QUARANTINE,
    SCHEMA_VERSION,
    Snapshot,
    find_snapshot,
    latest_snapshot,
    read_description,
)
from weekrapport.week import Week


def store_snapshot(workspace: Workspace, week: Week, inbox_read: InboxRead) -> Snapshot:
    """Return the week's snapshot of this reading, written unless one with the same fingerprint is there.

    Args:
        workspace: whose snapshots folder and weekrapport.toml.
        week: the report week.
        inbox_read: a reading of all tables.

    Raises:
        SourceError: the folder of the week holds something else, or cannot be written.
        ValueError: the reading was of some tables only.
    """
    if not inbox_read.complete:
        raise ValueError("a snapshot holds every table; read the inbox without naming tables")
    mark = fingerprint(workspace.settings, [(item.source, item.name, item.sha256) for item in inbox_read.inputs])
    while True:
        same = find_snapshot(workspace, week, mark)
        if same is not None:
            return same
        latest = latest_snapshot(workspace, week)
        number = 1 if latest is None else int(latest.version[1:]) + 1
        target = workspace.snapshots / str(week)
        target = target if number == 1 else target / f"r{number}"
        if _place(workspace, week, inbox_read, mark, f"r{number}", target):
            return read_description(target)


def _place(workspace: Workspace, week: Week, inbox_read: InboxRead, mark: str, version: str, target: Path) -> bool:
    """Write a version and give it its name; False when another process gave that name away meanwhile."""
    try:
        workspace.snapshots.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{week}-", dir=workspace.snapshots) as beside:
            folder = Path(beside) / version
            folder.mkdir()
            _write(folder, workspace, week, inbox_read, mark, version)
            folder.rename(target)
    except OSError as error:
        if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
            raise SourceError(
                f"The snapshot {target} cannot be written: {error.strerror}. Check the folder."
            ) from error
        if not (target / DESCRIPTION).is_file():
            raise SourceError(
                f"{target} is not empty and is not a snapshot (it has no {DESCRIPTION}). Move it away and run again."
            ) from error
        return False
    return True


def _write(folder: Path, workspace: Workspace, week: Week, inbox_read: InboxRead, mark: str, version: str) -> None:
    tables = {**inbox_read.tables, QUARANTINE: inbox_read.quarantine}
    hashes = {name: _write_table(frame, folder / f"{name}.parquet") for name, frame in tables.items()}
    configuration = workspace.root / FILE_NAME
    if configuration.is_file():
        shutil.copyfile(configuration, folder / FILE_NAME)
    description = {
        "schema_version": SCHEMA_VERSION,
        "week": str(week),
        "version": version,
        "fingerprint": mark,
        **_describe(inbox_read),
        "tables": hashes,
        "rows": {name: len(frame) for name, frame in tables.items()},
    }
    content = json.dumps(description, ensure_ascii=False, indent=2, default=_as_json)
    (folder / DESCRIPTION).write_text(content + "\n", "utf-8")
    for path in folder.iterdir():
        path.chmod(0o444)


def _write_table(frame: pd.DataFrame, path: Path) -> str:
    """Write one table and return its sha256."""
    pq.write_table(pa.Table.from_pandas(frame, preserve_index=False), path, compression="zstd")
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _describe(inbox_read: InboxRead) -> Mapping[str, Any]:
    return {
        "inputs": [asdict(item) for item in inbox_read.inputs],
        "delivered": inbox_read.delivered,
        "missing": inbox_read.missing,
        "rows_read": inbox_read.rows_read,
        "rows_quarantined": inbox_read.rows_quarantined,
        "notices": [asdict(notice) for notice in inbox_read.notices],
        "errors": {
            source: {
                "message": str(error),
                "tables": inbox_read.error_tables[source],
                "away": isinstance(error, SourceAway),
            }
            for source, error in inbox_read.errors.items()
        },
        "exported_at": inbox_read.exported_at,
        "damaged": inbox_read.damaged,
    }


def _as_json(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} does not belong in {DESCRIPTION}")

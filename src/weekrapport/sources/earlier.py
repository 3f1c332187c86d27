"""What earlier weeks delivered, to compare this week's delivery with ("Momentopnamen" in docs/methods.md)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pandas as pd

from weekrapport.domain.as_of import as_of_view
from weekrapport.errors import SourceError
from weekrapport.settings import Workspace
from weekrapport.sources.snapshot import Snapshot, earlier_weeks, latest_snapshot, load_table
from weekrapport.week import Week

EARLIER_WEEKS = 26
"""How many earlier weeks with a snapshot a report may look back to: half a year."""


def earlier_snapshots(workspace: Workspace, week: Week) -> tuple[list[Snapshot], list[str]]:
    """Return the last snapshot of each of the latest earlier weeks, newest first, and what could not be read.

    Args:
        workspace: whose snapshots.
        week: only weeks before it count.

    Returns:
        The snapshots, and a Dutch sentence for every week that was passed over because its snapshot is damaged.
    """
    found: list[Snapshot] = []
    notices: list[str] = []
    for earlier in earlier_weeks(workspace, week):
        if len(found) == EARLIER_WEEKS:
            break
        try:
            snapshot = latest_snapshot(workspace, earlier)
        except SourceError:
            notices.append(f"momentopname {earlier} is beschadigd en telt niet mee in de vergelijking met eerder")
            continue
        if snapshot is not None:
            found.append(snapshot)
    return found, notices


def last_delivery(workspace: Workspace, snapshot: Snapshot, table: str) -> Snapshot | None:
    """Return the newest snapshot of an earlier week in which the table came from other files; None without one."""
    for earlier in earlier_snapshots(workspace, snapshot.week)[0]:
        if table in earlier.delivered and not has_same_inputs(earlier, snapshot, table):
            return earlier
    return None


def load_as_it_was(snapshot: Snapshot, table: str, columns: Sequence[str] | None = None) -> pd.DataFrame | None:
    """Return a table of an earlier snapshot as it was when it was exported; None when it is damaged or lacks a column.

    Args:
        snapshot: of an earlier week.
        table: one that it delivers.
        columns: only these; None for all.
    """
    try:
        frame = load_table(snapshot, table, columns)
    except SourceError:
        return None
    return as_of_view(table, frame, moment_of(snapshot, table))


def moment_of(snapshot: Snapshot, table: str) -> datetime:
    """Return when a table of the snapshot was exported; when that is not known, the end of its week."""
    return snapshot.exported_at.get(table) or snapshot.week.plus(1).start


def has_same_inputs(one: Snapshot, other: Snapshot, table: str) -> bool:
    """Return whether two snapshots read the table from the same files, so that they are one delivery."""
    return _inputs(one, table) == _inputs(other, table)


def _inputs(snapshot: Snapshot, table: str) -> set[str]:
    return {item.sha256 for item in snapshot.inputs if item.table == table}

"""What earlier weeks delivered, to compare this week's delivery with ("Momentopnamen" in docs/methods.md)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pandas as pd

from weekrapport.domain.as_of import as_of_view
from weekrapport.errors import SourceError
from weekrapport.settings import Workspace
from weekrapport.sources.snapshot import Snapshot, earlier_weeks, list_snapshots, load_table
from weekrapport.week import Week

EARLIER_WEEKS = 26
"""How many earlier weeks with a snapshot a report may look back to: half a year."""


def earlier_snapshots(
    workspace: Workspace, week: Week, before: datetime | None = None
) -> tuple[list[Snapshot], list[str]]:
    """Return a snapshot of each of the latest earlier weeks, newest first, and what could not be read.

    Of a week that was read more than once the last version counts that was exported before the delivery at hand: an
    export that was made again later knows more than anybody did.

    Args:
        workspace: whose snapshots.
        week: only weeks before it count.
        before: when the delivery at hand was exported; None when that is not known.

    Returns:
        The snapshots, and a Dutch sentence for every week that was passed over because its snapshot is damaged.
    """
    found: list[Snapshot] = []
    notices: list[str] = []
    for earlier in earlier_weeks(workspace, week):
        if len(found) == EARLIER_WEEKS:
            break
        try:
            versions = list_snapshots(workspace, earlier)
        except SourceError:
            notices.append(f"momentopname {earlier} is beschadigd en telt niet mee in de vergelijking met eerder")
            continue
        known = [each for each in versions if before is None or _moment(each) <= before]
        found += known[-1:]
    return found, notices


def _moment(snapshot: Snapshot) -> datetime:
    """Return when the newest table of a snapshot was exported."""
    moments = [moment for moment in snapshot.exported_at.values() if moment is not None]
    return max(moments, default=snapshot.week.plus(1).start)


def exported_before(snapshot: Snapshot) -> datetime | None:
    """Return the moment up to which earlier deliveries may be compared with this one; None when it is not known."""
    return _moment(snapshot) if any(snapshot.exported_at.values()) else None


def last_delivery(workspace: Workspace, snapshot: Snapshot, table: str) -> Snapshot | None:
    """Return the newest snapshot of an earlier week in which the table came from other files; None without one."""
    for earlier in earlier_snapshots(workspace, snapshot.week, exported_before(snapshot))[0]:
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

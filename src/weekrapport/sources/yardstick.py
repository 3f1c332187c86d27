"""How many rows a table used to have ("Momentopnamen" in docs/methods.md).

A delivery is compared with the largest of several weeks, never with the last one alone: a truncated export that was
stopped last week would otherwise be the measure of this week, and pass.
"""

from __future__ import annotations

from pathlib import Path

from weekrapport.errors import SourceError
from weekrapport.settings import Workspace
from weekrapport.sources.snapshot import earlier_weeks, read_description, version_folders
from weekrapport.week import Week


def yardstick_rows(workspace: Workspace, week: Week, table: str, weeks: int = 4) -> tuple[int | None, list[str]]:
    """Return the largest row count of a table in the latest earlier weeks, and what could not be read of them.

    Every version of a week's snapshot counts, also of a week that the gate stopped.

    Args:
        workspace: whose snapshots.
        week: the week whose delivery is measured; only weeks before it count.
        table: the table.
        weeks: how many of the latest weeks that have the table count.

    Returns:
        The number of rows, None when no earlier week has the table; and a Dutch sentence for every snapshot passed
        over because it is damaged, which never stops the week at hand.
    """
    largest: list[int] = []
    notices: list[str] = []
    try:
        for earlier in earlier_weeks(workspace, week):
            counts = [_rows(folder, earlier, table, notices) for folder in version_folders(workspace, earlier)]
            known = [count for count in counts if count is not None]
            if known:
                largest.append(max(known))
            if len(largest) >= weeks:
                break
    except OSError as error:
        notices.append(f"niet alle eerdere momentopnamen konden worden bekeken ({error.strerror})")
    return max(largest, default=None), notices


def _rows(folder: Path, week: Week, table: str, notices: list[str]) -> int | None:
    """Return the rows of the table in one version; None when it has none or, with a notice, cannot be read."""
    if not any(folder.iterdir()):
        return None  # made for a snapshot that never came
    version = folder.name if folder.name != str(week) else "r1"
    try:
        rows = read_description(folder).rows
        count = rows.get(table)
    except (SourceError, AttributeError):
        count = "onleesbaar"
    if count is None or type(count) is int:
        return count
    notices.append(
        f"momentopname {week} {version} is beschadigd of van een andere versie van het programma en telt niet mee voor "
        "het gebruikelijke aantal rijen"
    )
    return None

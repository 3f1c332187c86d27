"""The daily run: the reports with `schedule = "dagelijks"`, as of the moment at which they were planned."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from weekrapport.errors import ConfigurationError
from weekrapport.reporting.manifest import choose, load_manifest
from weekrapport.settings import Workspace, load_workspace
from weekrapport.week import Week, local_date


def has_daily(root: Path) -> bool:
    """Return whether the workspace makes a daily report."""
    return bool(_daily(load_workspace(root)))


def daily_request(root: Path, moment: datetime) -> dict[str, Any]:
    """Return what a daily run asks of `make_plan`.

    It is kept in the week in which the moment lies, so that what earlier weeks delivered stays what it was. A workspace
    with a fixed week keeps that week and its as-of moment.

    Args:
        root: the workspace.
        moment: when the run was planned, with its zone.

    Raises:
        ConfigurationError: the workspace makes no daily report.
    """
    workspace = load_workspace(root)
    reports = _daily(workspace)
    if not reports:
        raise ConfigurationError(
            'This workspace makes no daily report: no section of reports.toml with schedule = "dagelijks" is among its '
            "`reports`."
        )
    if workspace.settings.week:
        return {"reports": reports}
    return {"week": str(Week.of(local_date(moment))), "as_of": moment.isoformat(), "reports": reports}


def _daily(workspace: Workspace) -> list[str]:
    chosen = choose(load_manifest(workspace.root), list(workspace.settings.reports) or None)
    return [entry.slug for entry in chosen if entry.schedule == "dagelijks"]

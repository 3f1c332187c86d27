"""The weekly flow: read, keep, check, one notebook per report in parallel, PDF.

Notebooks are tasks on a thread pool, not subflows: every subflow costs a second of waiting. Nothing is cached or kept
by Prefect, because snapshots and run.json are the record.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expectations.process import GateProcess
from flows.temporary_server import TemporaryServer
from weekrapport.reporting.kernels import WaitingKernels
from weekrapport.settings import load_workspace
from weekrapport.weekly.plan import make_plan

if TYPE_CHECKING:
    from weekrapport.weekly.direct import RunResult

SCHEDULE = "0 7 * * 1"
"""Monday 07:00, Europe/Amsterdam."""


def run_with_prefect(workspace: Path, asked: Mapping[str, Any], progress: Callable[[str], None]) -> RunResult:
    """Run the flow against PREFECT_API_URL, or against a server of its own when there is none.

    Args:
        workspace: folder with weekrapport.toml.
        asked: week, as_of, reports and team as given on the command line.
        progress: is told what is being done.

    Raises:
        WeekrapportError: the plan cannot be made, or the server does not start.
    """
    # What is asked for and cannot be is said before a server is started for it.
    plan = make_plan(workspace, now=datetime.now(UTC), **asked)
    server = None if _has_server() else TemporaryServer()
    if server is not None:
        progress("Starting a temporary Prefect server")
        server.start()
        os.environ["PREFECT_API_URL"] = server.api_url
    with (
        GateProcess(at_once=not plan.has_evidence) as gate,
        WaitingKernels(plan.notebook_folders, at_once=0) as kernels,
    ):
        # Everything heavy is imported here, while the server comes up in its own process.
        from flows.weekly_flow import run_flow
        from weekrapport.reporting.run_notebook import load_engine

        if server is not None:
            load_engine()
            server.wait()
        # The server ends when this process does, after Prefect has handed over its last log lines: stopping it here
        # would make Prefect wait a minute for an answer.
        return run_flow(plan.workspace.root, asked, gate, kernels, progress)


def serve_weekly(workspace: Path, cron: str = SCHEDULE) -> None:
    """Serve the weekly schedule until stopped, with a server of its own when PREFECT_API_URL names none.

    Raises:
        WeekrapportError: the workspace or the schedule is wrong, or the server does not start.
    """
    load_workspace(workspace)
    if not _has_server():
        server = TemporaryServer(is_ephemeral=False)
        server.start()
        os.environ["PREFECT_API_URL"] = server.api_url
        server.wait()
    from flows.weekly_flow import serve

    serve(workspace, cron)


def _has_server() -> bool:
    """Return whether the environment or the Prefect profile names a server, without importing Prefect for the first."""
    if os.environ.get("PREFECT_API_URL"):
        return True
    home = Path(os.environ.get("PREFECT_HOME", Path.home() / ".prefect"))
    profiles = home / "profiles.toml"
    return profiles.is_file() and "PREFECT_API_URL" in profiles.read_text("utf-8")

"""The daily list on a real Prefect server: as of the moment for which it was planned, and served beside the week."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from prefect.client.orchestration import get_client

from tests.builders import TOML, csv_bytes, run_record, write_workspace

COMMAND = Path(sys.executable).with_name("weekrapport")
HEADER = "Zaaknummer;Start;Einde;Team"
CASES = ("Z-001;02-11-2026;24-11-2026;Servicedesk", "Z-002;24-11-2026;;Beheer")


def live_workspace(root: Path) -> Path:
    """A workspace that runs every week: no week and no choice of reports."""
    toml = TOML.replace('week = "2026-W47"\nreports = ["case_overview"]\n', "")
    return write_workspace(root, csv_bytes(*CASES, header=HEADER), toml, "zaken_20261125-1600.csv")


def deployments() -> dict[str, Any]:
    with get_client(sync_client=True) as client:
        return {each.name: each for each in client.read_deployments()}


def test_the_list_is_made_as_of_the_moment_asked_in_the_week_of_that_moment(prefect_api, tmp_path):
    from flows.weekly_flow import daily

    workspace = live_workspace(tmp_path / "w")
    state = daily(workspace=str(workspace), as_of="2026-11-25T16:30", return_state=True)
    assert state.name == "Gemaakt", state.message
    record = run_record(workspace, "2026-W48")
    assert (record["as_of"][:16], list(record["reports"])) == ("2026-11-25T15:30", ["handover"])
    folder = workspace / "output" / "2026-W48" / "handover"
    assert (folder / "overdracht.txt").read_text("utf-8").startswith("Overdracht wo 25 nov 2026 16:30")
    assert json.loads((folder / "facts.json").read_text("utf-8"))["week"] == "2026-W48"


def test_a_workspace_without_a_daily_report_is_told_so(prefect_api, tmp_path):
    from flows.weekly_flow import daily

    state = daily(workspace=str(write_workspace(tmp_path / "w")), return_state=True)
    assert state.name == "Niet uitgevoerd"
    assert 'schedule = "dagelijks"' in (state.message or "")


def test_both_schedules_are_served(prefect_api, tmp_path):
    environment = {**os.environ, "PREFECT_API_URL": prefect_api, "PREFECT_HOME": str(tmp_path / "prefect")}
    environment["PREFECT_SERVER_ANALYTICS_ENABLED"] = "false"
    command = [COMMAND, "serve", "--workspace", live_workspace(tmp_path / "w"), "--cron", "30 6 * * 1"]
    served = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        deadline = time.monotonic() + 60
        while len(deployments()) < 2 and served.poll() is None and time.monotonic() < deadline:
            time.sleep(0.3)
        found = {name: sorted(each.schedule.cron for each in made.schedules) for name, made in deployments().items()}
    finally:
        os.killpg(served.pid, signal.SIGTERM)
        served.wait(20)
    assert found == {"wekelijks": ["30 6 * * 1"], "dagelijks": ["0 7 * * 1-5", "30 16 * * 1-5"]}

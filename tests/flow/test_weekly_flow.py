"""`weekrapport run` as everybody runs it, with a real Prefect: on a server of its own, and on one that is there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from prefect import flow, task
from prefect.client.orchestration import get_client

from tests.builders import EXPORT, csv_bytes, run_record, write_workspace
from weekrapport.demo.workspace import write_demo
from weekrapport.errors import ConfigurationError, SourceError

COMMAND = Path(sys.executable).with_name("weekrapport")


def run(workspace: Path, home: Path, *arguments: str, api: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    environment |= {"PREFECT_HOME": str(home), "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}
    if api:
        environment["PREFECT_API_URL"] = api
    command = [COMMAND, "run", "--workspace", workspace, *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)


def flow_runs(workspace: Path) -> list[Any]:
    with get_client(sync_client=True) as client:
        runs = client.read_flow_runs()
    return [each for each in runs if each.parameters.get("workspace") == str(workspace.resolve())]


def artifacts_of(run_id: Any) -> dict[str, Any]:
    with get_client(sync_client=True) as client:
        found = client.read_artifacts()
    return {each.key: each for each in found if each.flow_run_id == run_id}


def test_without_a_server_the_run_brings_its_own(tmp_path):
    workspace = write_workspace(tmp_path / "w")
    done = run(workspace, tmp_path / "prefect")
    assert done.returncode == 0, done.stderr
    pdf = workspace / "output" / "2026-W47" / "case_overview" / "2026-W47-zaakoverzicht-concept.pdf"
    assert done.stdout.splitlines()[-1] == str(pdf)
    assert pdf.is_file()
    assert "Traceback" not in done.stderr
    assert run_record(workspace)["reports"]["case_overview"]["status"] == "concept"


def test_four_notebooks_two_at_a_time_do_not_get_in_each_others_way(tmp_path):
    """Prefect hands the context of the flow to its tasks, and jupyter keeps its event loop there."""
    write_demo(tmp_path / "w", factor=0.05)
    done = run(tmp_path / "w", tmp_path / "prefect")
    assert done.returncode == 0, done.stderr
    reports = run_record(tmp_path / "w")["reports"]
    assert {slug: report["status"] for slug, report in reports.items()} == dict.fromkeys(
        ("case_overview", "upcoming_deliveries", "quality_sample", "budget_variance"), "concept"
    )
    assert all(Path(line).is_file() for line in done.stdout.splitlines()[-4:])


def test_on_a_server_the_run_and_its_artifacts_stay_in_the_history(prefect_api, tmp_path):
    workspace = write_workspace(tmp_path / "w")
    export = workspace / "data" / "inbox" / EXPORT
    before = export.read_bytes(), export.stat().st_mtime_ns
    done = run(workspace, tmp_path / "prefect", api=prefect_api)
    assert done.returncode == 0, done.stderr
    assert (export.read_bytes(), export.stat().st_mtime_ns) == before
    assert list(export.parent.iterdir()) == [export]  # the inbox is only ever read
    (found,) = flow_runs(workspace)
    assert found.state_type == "COMPLETED"
    artifacts = artifacts_of(found.id)
    assert set(artifacts) == {"weekrapport", "weekrapport-poort"}
    assert run_record(workspace)["run_id"] in artifacts["weekrapport"].data
    assert "| case_overview | concept |" in artifacts["weekrapport"].data


def test_a_hard_failure_is_exit_code_4_and_a_failed_run_with_the_rule_in_its_artifact(prefect_api, tmp_path):
    workspace = write_workspace(tmp_path / "w", csv_bytes())
    done = run(workspace, tmp_path / "prefect", api=prefect_api)
    assert done.returncode == 4, done.stderr
    assert "niet-uitgebracht.pdf" in done.stdout
    assert "GX-ALG-01" in done.stderr
    assert "Traceback" not in done.stderr
    (found,) = flow_runs(workspace)
    assert found.state_type == "FAILED"
    assert "4" in found.state.message
    assert "GX-ALG-01" in str(artifacts_of(found.id)["weekrapport-poort"].data)


def test_a_wrong_argument_is_one_message_there_too(prefect_api, tmp_path):
    workspace = write_workspace(tmp_path / "w")
    for arguments in (["--week", "2026-W60"], ["--report", "nope"], ["--team", "Niemand"]):
        done = run(workspace, tmp_path / "prefect", *arguments, api=prefect_api)
        assert done.returncode == 2, (arguments, done.stderr)
        assert "Traceback" not in done.stderr, (arguments, done.stderr)
        assert sum(line.startswith("weekrapport: ") for line in done.stderr.splitlines()) == 1
    assert not (workspace / "output").exists()
    (found,) = flow_runs(workspace)  # of the team; what the plan refuses starts no flow
    assert found.state_type == "FAILED"
    assert "There is no team 'Niemand'" in found.state.message


@pytest.mark.parametrize(
    ("error", "attempts"),
    [
        (OSError("the network folder is away"), 3),
        (FileNotFoundError("gone"), 3),
        (ValueError("wrong"), 1),
        (ConfigurationError("wrong setting"), 1),
        (SourceError("unreadable"), 1),
    ],
)
def test_only_what_may_pass_by_itself_is_tried_again(prefect_api, error, attempts):
    """The rule of the reading task, on a real task that fails; without its waiting."""
    from flows.weekly_flow import read

    assert read.retries == 2
    tried = []

    @task(retries=read.retries, retry_delay_seconds=0, retry_condition_fn=read.retry_condition_fn)
    def fails() -> None:
        tried.append(1)
        raise error

    @flow
    def once() -> None:
        fails(return_state=True)

    once(return_state=True)
    assert len(tried) == attempts

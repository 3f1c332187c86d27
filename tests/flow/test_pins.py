"""Prefect 3.8.8 works only with older FastAPI and SQLAlchemy than its own bounds allow; here is the proof of each pin.

Every behaviour is asked of a real server. Raise a pin in pyproject.toml only when all of this passes.
"""

from __future__ import annotations

import re
import time
from importlib.metadata import version
from zoneinfo import ZoneInfo

import httpx
import pytest
from prefect import flow
from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import DeploymentScheduleCreate
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterDeploymentId
from prefect.client.schemas.schedules import CronSchedule

SCHEDULED_WITHIN = 60


def release(package: str) -> tuple[int, int]:
    numbers = re.match(r"(\d+)\.(\d+)", version(package))
    assert numbers
    return int(numbers[1]), int(numbers[2])


def test_the_installed_versions_keep_the_pins():
    """Fails when another dependency, or a new lock, brings a version in that the tests below were not written for."""
    assert release("fastapi") < (0, 151)
    assert release("sqlalchemy") < (2, 1)
    assert version("prefect") == "3.8.8"


def test_a_flow_starts_and_returns(prefect_api):
    """Fails with FastAPI 0.155 and newer: the server itself dies of `Body() got an unexpected keyword argument`."""

    @flow
    def no_operation(answer: int) -> int:
        return answer

    assert no_operation(42) == 42
    with get_client(sync_client=True) as client:
        (run,) = [run for run in client.read_flow_runs() if run.parameters == {"answer": 42}]
    assert run.state_name == "Completed"


def test_filters_that_are_null_are_answered(prefect_api):
    """Fails with FastAPI 0.151 to 0.154: an explicit null is answered with 422, so deploying and listing runs fail."""
    with get_client(sync_client=True) as client:
        assert isinstance(client.read_flow_runs(), list)
        assert isinstance(client.read_flows(), list)
    for path in ("flow_runs/filter", "flows/filter", "deployments/filter", "work_pools/filter"):
        filters = {"work_pools": None} if path.startswith("work_pools") else {"flows": None, "flow_runs": None}
        answer = httpx.post(f"{prefect_api}/{path}", json={**filters, "limit": 5}, timeout=30)
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text[:300]}"


def test_a_weekly_schedule_really_gets_runs(prefect_api):
    """Fails with SQLAlchemy 2.1: the scheduler service plans nothing, and no client is told.

    The runs must stand on Monday 07:00 of Amsterdam, not of UTC.
    """
    with get_client(sync_client=True) as client:
        deployment = client.create_deployment(
            flow_id=client.create_flow_from_name("weekly"),
            name="planned",
            schedules=[
                DeploymentScheduleCreate(
                    schedule=CronSchedule(cron="0 7 * * 1", timezone="Europe/Amsterdam"), active=True
                )
            ],
        )
        wanted = FlowRunFilter(deployment_id=FlowRunFilterDeploymentId(any_=[deployment]))
        deadline = time.monotonic() + SCHEDULED_WITHIN
        while not (runs := client.read_flow_runs(flow_run_filter=wanted)) and time.monotonic() < deadline:
            time.sleep(0.2)
        client.delete_deployment(deployment)
    if not runs:
        pytest.fail(f"the scheduler planned nothing in {SCHEDULED_WITHIN} s")
    assert {run.state_name for run in runs} == {"Scheduled"}
    moments = [run.expected_start_time.astimezone(ZoneInfo("Europe/Amsterdam")) for run in runs]
    assert {(moment.isoweekday(), moment.hour, moment.minute) for moment in moments} == {(1, 7, 0)}

"""The flow and its tasks; imported only when Prefect runs, because Prefect takes a second to import."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from prefect import flow, task
from prefect import serve as serve_deployments
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.logging import get_run_logger
from prefect.runtime import flow_run, task_run
from prefect.schedules import Cron
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
from prefect.states import Completed, Failed, State
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from expectations.process import GateProcess
from weekrapport.domain.outcome import Outcome
from weekrapport.errors import ConfigurationError, ReportFailed, SourceError, WeekrapportError
from weekrapport.reporting.kernels import WaitingKernels
from weekrapport.reporting.manifest import ReportEntry
from weekrapport.reporting.run_record import ReportRecord
from weekrapport.week import parse_moment
from weekrapport.weekly.daily import daily_request, has_daily
from weekrapport.weekly.direct import RunResult, finish, run_extract
from weekrapport.weekly.extracts import extract_plans
from weekrapport.weekly.plan import PARALLEL_NOTEBOOKS, Plan, make_plan
from weekrapport.weekly.reports import make_report, stop_every_report
from weekrapport.weekly.steps import Prepared, check, prepare, unreadable

TIME_ZONE_NAME = "Europe/Amsterdam"
DAILY = ("0 7 * * 1-5", "30 16 * * 1-5")
"""Working days at 07:00 and 16:30: at the start of the day and at its end."""
RETRIES = 2
ALL_MADE, NOT_ALL_MADE = "Gemaakt", "Niet alles gemaakt"
"""Names of the states in which a flow ends that ran to its end."""
NOT_RUN = "Niet uitgevoerd"
"""Name of the state in which a flow ends that was asked for something that cannot be."""
_gates: list[GateProcess] = []
"""The gate's process when `run_flow` already started one; a served flow starts its own."""
_results: list[RunResult] = []
"""What the last flow of this process left, for `run_flow`: of a flow Prefect keeps only its state."""
_kernels: list[WaitingKernels] = []
"""The kernels that wait for the notebooks of `run_flow`; a served flow has none."""


def _is_passing(_task: Any, _run: Any, state: Any) -> bool:
    """Retry what may pass by itself, such as a network folder that is away; a wrong setting stays wrong."""
    failure = state.result(raise_on_failure=False)
    return isinstance(failure, OSError)


@task(name="lees", retries=RETRIES, retry_delay_seconds=[2, 10], retry_condition_fn=_is_passing, cache_policy=NO_CACHE)
def read(plan: Plan) -> Prepared:
    """Read the inbox and keep the snapshot.

    Raises:
        OSError: there is no inbox, or a file of it is away for the moment, as on a network folder; tried again. At the
            last attempt the run goes on, and every report gets its page that says what could not be read.
    """
    last = task_run.run_count > RETRIES
    if not last and not plan.workspace.inbox.is_dir():
        raise FileNotFoundError(f"{plan.workspace.inbox} is not there")
    prepared = prepare(plan)
    if not last and prepared.snapshot.is_away:
        raise OSError("; ".join(str(error) for error in prepared.snapshot.errors.values()))
    return prepared


@task(name="controleer", cache_policy=NO_CACHE)
def check_data(plan: Plan, prepared: Prepared) -> dict[str, list[Outcome]]:
    """Run the gate and keep its evidence."""
    gate = _gates[-1] if _gates else GateProcess()
    try:
        return check(plan, prepared, gate)
    finally:
        gate.close()


@task(name="maak", task_run_name="maak {entry.slug}", cache_policy=NO_CACHE)
def make(
    plan: Plan, prepared: Prepared, entry: ReportEntry, outcomes: list[Outcome], broken: list[SourceError]
) -> ReportRecord:
    """Make one report."""
    return make_report(plan, prepared, entry, outcomes, broken, _kernels[-1] if _kernels else None)


@task(name="uittreksel", task_run_name="uittreksel {plan.team}", cache_policy=NO_CACHE)
def make_extract(plan: Plan, whole: Prepared) -> RunResult:
    """Make the reports of one team; the evidence of the gate is that of the whole run."""
    with GateProcess(at_once=False) as gate:
        return run_extract(plan, whole, gate, get_run_logger().info)


@flow(
    name="weekrapport",
    task_runner=cast("TaskRunner[Any]", ThreadPoolTaskRunner(max_workers=PARALLEL_NOTEBOOKS)),
    persist_result=False,
)
def weekly(
    workspace: str,
    week: str | None = None,
    as_of: str | None = None,
    reports: list[str] | None = None,
    team: str = "",
) -> State[Any]:
    """Do the whole weekly run; the flow run fails, with the exit code in its message, when a report is not made.

    Args:
        workspace: absolute path of the folder with weekrapport.toml; a worker may stand in another folder.
        week: ISO week; by default that of weekrapport.toml, else the last ended one.
        as_of: moment of the as-of view.
        reports: slugs; none means all.
        team: name of one team, or empty for all.
    """
    try:
        plan = make_plan(Path(workspace), now=datetime.now(UTC), week=week, as_of=as_of, reports=reports, team=team)
        return _run(plan)
    except WeekrapportError as error:  # raised further, Prefect would log our one message with a traceback
        return Failed(name=NOT_RUN, message=f"Exit code {error.exit_code}: {error}", data=error)


@flow(
    name="weekrapport-dagelijks",
    task_runner=cast("TaskRunner[Any]", ThreadPoolTaskRunner(max_workers=PARALLEL_NOTEBOOKS)),
    persist_result=False,
)
def daily(workspace: str, as_of: str | None = None) -> State[Any]:
    """Make the daily reports, as of the moment for which this run was planned; a run that is late or tried again too.

    Args:
        workspace: absolute path of the folder with weekrapport.toml.
        as_of: another moment.
    """
    try:
        moment = parse_moment(as_of) if as_of else flow_run.scheduled_start_time or datetime.now(UTC)
        asked = daily_request(Path(workspace), moment)
        return _run(make_plan(Path(workspace), now=moment, **asked))
    except WeekrapportError as error:
        return Failed(name=NOT_RUN, message=f"Exit code {error.exit_code}: {error}", data=error)


def _run(plan: Plan) -> State[Any]:
    """Do every step of the plan, as tasks of the flow that is running."""
    logger = get_run_logger()
    logger.info("Reading %s", plan.workspace.inbox)
    kernels = _kernels[-1] if _kernels else None
    if kernels:  # not before: until here Prefect and the gate want both cores
        kernels.start_more(PARALLEL_NOTEBOOKS)
    prepared = read(plan)
    if kernels:
        kernels.start_more()
    logger.info("Checking the data")
    outcomes: dict[str, list[Outcome]] = {}
    try:
        outcomes = check_data(plan, prepared)
        made = _make_all(plan, prepared, outcomes)
    except WeekrapportError as error:  # a damaged snapshot, or a gate that broke: no report can be trusted
        made = stop_every_report(plan, prepared, error)
    result = finish(plan, prepared.record, made)
    result = result.with_extracts([make_extract(each, prepared) for each in extract_plans(plan, prepared.snapshot)])
    _results[:] = [result]
    _publish(plan, result, outcomes)
    if result.exit_code:
        states = ", ".join(f"{slug} {report.status}" for slug, report in result.record.reports.items())
        return Failed(name=NOT_ALL_MADE, message=f"Exit code {result.exit_code}: {states}")
    return Completed(name=ALL_MADE, message=f"Exit code 0: {plan.folder}")


def _make_all(plan: Plan, prepared: Prepared, outcomes: Mapping[str, list[Outcome]]) -> dict[str, ReportRecord]:
    """Make every report of the plan, in parallel."""
    broken = unreadable(plan, prepared.snapshot)
    futures = {
        entry.slug: make.submit(plan, prepared, entry, outcomes[entry.slug], list(broken.get(entry.slug, ())))
        for entry in plan.reports
    }
    return {slug: future.result() for slug, future in futures.items()}


def run_flow(
    workspace: Path,
    asked: Mapping[str, Any],
    gate: GateProcess,
    kernels: WaitingKernels,
    progress: Callable[[str], None],
) -> RunResult:
    """Run the flow in this process and return what it left.

    Raises:
        WeekrapportError: a step failed for a reason that concerns every report.
    """
    progress("Running the weekly flow")
    _gates.append(gate)
    _kernels.append(kernels)
    try:
        run: Callable[..., Any] = weekly
        # Heartbeats tell a server that a long flow still lives; at the end of a short one they cost most of a second.
        with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
            state: State[Any] = run(workspace=str(workspace), **asked, return_state=True)
    finally:
        _gates.remove(gate)
        _kernels.remove(kernels)
    if state.name in (ALL_MADE, NOT_ALL_MADE):
        return _results.pop()
    state.result()  # raises what went wrong in a step
    raise ReportFailed(f"The flow ended as {state.name} without a result: {state.message}")


def serve(workspace: Path, cron: str) -> None:
    """Serve the weekly flow on a schedule until stopped, and the daily one when the workspace has a daily report.

    Raises:
        ConfigurationError: the schedule is not a cron line.
    """
    try:
        schedule = Cron(cron, timezone=TIME_ZONE_NAME)
    except ValueError as error:
        raise ConfigurationError(f"{cron!r} is not a cron line such as '0 7 * * 1': {error}.") from error
    parameters = {"workspace": str(workspace)}
    deployments: list[Any] = [weekly.to_deployment(name="wekelijks", schedule=schedule, parameters=parameters)]
    if has_daily(workspace):
        twice = [Cron(each, timezone=TIME_ZONE_NAME) for each in DAILY]
        deployments.append(daily.to_deployment(name="dagelijks", schedules=twice, parameters=parameters))
    serve_deployments(*deployments)


def _publish(plan: Plan, result: RunResult, outcomes: Mapping[str, list[Outcome]]) -> None:
    """Keep what became of the reports, and the rules that did not hold, where Prefect's history shows them."""
    lines = [f"# Weekrapport {plan.week}", "", "| rapport | status | oordeel | seconden |", "|---|---|---|---|"]
    lines += [
        f"| {slug} | {report.status} | {report.verdict} | {report.seconds} |"
        for slug, report in result.record.reports.items()
    ]
    lines += ["", f"Run {result.record.run_id}, exit code {result.exit_code}.", f"`{plan.folder}`"]
    create_markdown_artifact("\n".join(lines), key="weekrapport", description=f"Week {plan.week}")
    seen = {(each.id, each.dataset, each.tekst): each for found in outcomes.values() for each in found if each.failed}
    rows = [
        {
            "controle": each.id,
            "tabel": each.dataset,
            "regel": each.tekst,
            "ernst": each.effective_severity,
            "aantal": each.rows_failed,
        }
        for each in seen.values()
    ]
    create_table_artifact(
        rows or [{"controle": "alle", "regel": "gehaald"}],
        key="weekrapport-poort",
        description=f"Poort week {plan.week}",
    )

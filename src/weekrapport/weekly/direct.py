"""The whole run in this process: for the analyst, and for a Monday when the engine will not start."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from weekrapport.errors import WeekrapportError, worst_exit_code
from weekrapport.reporting.kernels import WaitingKernels
from weekrapport.reporting.manifest import ReportEntry
from weekrapport.reporting.run_record import ReportRecord, RunRecord
from weekrapport.sources.snapshot import Snapshot
from weekrapport.weekly.extracts import extract_plans, refuse_shared_folder
from weekrapport.weekly.plan import PARALLEL_NOTEBOOKS, Plan
from weekrapport.weekly.reports import exit_code, make_report, stop_every_report
from weekrapport.weekly.steps import GateFunction, Prepared, check, prepare, unreadable

Progress = Callable[[str], None]


@dataclass(frozen=True)
class RunResult:
    """What a run left behind; its record holds only the reports that were asked for."""

    record: RunRecord
    folder: Path
    exit_code: int
    source_errors: tuple[str, ...] = ()
    extracts: tuple[RunResult, ...] = ()
    """Of the teams, when the manifest asks for them."""

    @property
    def pdfs(self) -> list[Path]:
        """The PDFs that were made, in the order of the reports; those of the teams come first."""
        own = [
            self.folder / output.path
            for report in self.record.reports.values()
            for output in report.outputs
            if output.path.endswith(".pdf")
        ]
        return [*(path for extract in self.extracts for path in extract.pdfs), *own]

    def with_extracts(self, extracts: Sequence[RunResult]) -> RunResult:
        """Return the result with those of the teams; the worst exit code is that of the run."""
        code = worst_exit_code([self.exit_code, *(extract.exit_code for extract in extracts)])
        return replace(self, extracts=tuple(extracts), exit_code=code)


def run_direct(
    plan: Plan,
    gate: GateFunction,
    progress: Progress,
    *,
    reuse: bool = False,
    kernels: WaitingKernels | None = None,
    snapshot: Snapshot | None = None,
) -> RunResult:
    """Do the whole run of one week, and return what it left.

    Args:
        plan: the run.
        gate: `expectations.registry.gate`.
        progress: is told in English what is being done.
        reuse: take the week's last snapshot when there is one, whatever lies in the inbox now.
        kernels: started beforehand; without them papermill starts its own.
        snapshot: what the reports are made of; without it the inbox is read.

    Raises:
        ConfigurationError: a mapping or setting contradicts itself.
    """
    if snapshot is None:
        progress(f"Reading {plan.workspace.inbox}")
    prepared = prepare(plan, reuse=reuse, snapshot=snapshot)
    if kernels:
        kernels.start_more()
    progress("Checking the data")
    try:
        outcomes = check(plan, prepared, gate)
    except WeekrapportError as error:  # a damaged snapshot, or a gate that broke: no report can be trusted
        return finish(plan, prepared.record, stop_every_report(plan, prepared, error))
    broken = unreadable(plan, prepared.snapshot)

    def make(entry: ReportEntry) -> ReportRecord:
        progress(f"Making {entry.slug}")
        return make_report(plan, prepared, entry, outcomes[entry.slug], broken.get(entry.slug, ()), kernels)

    with ThreadPoolExecutor(PARALLEL_NOTEBOOKS) as pool:
        made = list(pool.map(make, plan.reports))
    result = finish(plan, prepared.record, dict(zip(plan.slugs, made, strict=True)))
    plans = extract_plans(plan, prepared.snapshot)
    return result.with_extracts([run_extract(each, prepared, gate, progress) for each in plans])


def run_extract(plan: Plan, whole: Prepared, gate: GateFunction, progress: Progress) -> RunResult:
    """Make the extract of one team; one that fails, in whatever way, leaves the others and the whole as they are.

    Args:
        plan: of the team.
        whole: the snapshot and the record of the whole organisation's run.
        gate: as for `run_direct`.
        progress: is told what is being done.
    """
    progress(f"Making the extract of {plan.team}")
    try:
        refuse_shared_folder(plan, whole.snapshot)
        with WaitingKernels(plan.notebook_folders) as kernels:
            return run_direct(plan, gate, progress, kernels=kernels, snapshot=whole.snapshot)
    except Exception as error:
        return failed_extract(plan, whole.record, str(error))


def failed_extract(plan: Plan, record: RunRecord, reason: str) -> RunResult:
    """Return the result of an extract that was not made; nothing is written."""
    failed = ReportRecord(status="failed", cause="report", reasons=[f"extract of {plan.team!r}: {reason}"])
    own = record.model_copy(update={"team": plan.team, "reports": dict.fromkeys(plan.slugs, failed)})
    return _result(plan, own)


def finish(plan: Plan, record: RunRecord, reports: dict[str, ReportRecord]) -> RunResult:
    """Write the final run.json and return what the run left."""
    closed = record.model_copy(update={"reports": {**record.reports, **reports}})
    closed.write(plan.folder)
    return _result(plan, closed)


def _result(plan: Plan, closed: RunRecord) -> RunResult:
    closed = closed.model_copy(update={"reports": {slug: closed.reports[slug] for slug in plan.slugs}})
    # One cause is one message: without an inbox every source has the same error.
    errors = tuple(dict.fromkeys(source.error for source in closed.sources if source.error))
    return RunResult(closed, plan.folder, exit_code(closed, bool(errors)), errors)

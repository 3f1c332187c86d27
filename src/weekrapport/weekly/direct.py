"""The whole run in this process: for the analyst, and for a Monday when the engine will not start."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from weekrapport.errors import WeekrapportError, worst_exit_code
from weekrapport.reporting.kernels import WaitingKernels
from weekrapport.reporting.manifest import ReportEntry
from weekrapport.reporting.run_record import ReportRecord, RunRecord, read_run_record
from weekrapport.weekly.extracts import extract_plans
from weekrapport.weekly.plan import PARALLEL_NOTEBOOKS, Plan
from weekrapport.weekly.reports import exit_code, make_report, stop_every_report
from weekrapport.weekly.steps import GateFunction, check, prepare, unreadable

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
    plan: Plan, gate: GateFunction, progress: Progress, *, reuse: bool = False, kernels: WaitingKernels | None = None
) -> RunResult:
    """Do the whole run of one week, and return what it left.

    Args:
        plan: the run.
        gate: `expectations.registry.gate`.
        progress: is told in English what is being done.
        reuse: take the week's last snapshot when there is one, whatever lies in the inbox now.
        kernels: started beforehand; without them papermill starts its own.

    Raises:
        ConfigurationError: a mapping or setting contradicts itself.
    """
    progress(f"Reading {plan.workspace.inbox}")
    prepared = prepare(plan, reuse=reuse)
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
    return result.with_extracts([run_extract(each, gate, progress) for each in extract_plans(plan, prepared.snapshot)])


def run_extract(plan: Plan, gate: GateFunction, progress: Progress) -> RunResult:
    """Make the extract of one team, of the snapshot that the run of the whole organisation left."""
    progress(f"Making the extract of {plan.team}")
    with WaitingKernels(plan.notebook_folders) as kernels:
        return run_direct(plan, gate, progress, reuse=True, kernels=kernels)


def finish(plan: Plan, record: RunRecord, reports: dict[str, ReportRecord]) -> RunResult:
    """Write the final run.json and return what the run left."""
    closed = record.model_copy(update={"reports": {**record.reports, **reports}})
    closed.write(plan.folder)
    return _result(plan, closed)


def read_result(plan: Plan) -> RunResult:
    """Return what the last run of the plan's week left, from its run.json."""
    return _result(plan, read_run_record(plan.folder))


def _result(plan: Plan, closed: RunRecord) -> RunResult:
    closed = closed.model_copy(update={"reports": {slug: closed.reports[slug] for slug in plan.slugs}})
    # One cause is one message: without an inbox every source has the same error.
    errors = tuple(dict.fromkeys(source.error for source in closed.sources if source.error))
    return RunResult(closed, plan.folder, exit_code(closed, bool(errors)), errors)

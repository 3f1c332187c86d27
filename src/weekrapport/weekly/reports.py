"""What becomes of each report of a run: made, stopped by the gate or its sources, or failed."""

from __future__ import annotations

import time
import traceback
from collections.abc import Sequence
from pathlib import Path

from weekrapport.domain.outcome import Outcome, verdict
from weekrapport.errors import GateStopped, ReportFailed, SourceError, WeekrapportError, worst_exit_code
from weekrapport.reporting.issue import issue_report, issue_stop_page
from weekrapport.reporting.kernels import WaitingKernels
from weekrapport.reporting.manifest import ReportEntry
from weekrapport.reporting.output_files import TRACEBACK, output_record, write_bytes
from weekrapport.reporting.run_record import ReportRecord, RunRecord, Status
from weekrapport.weekly.plan import Plan
from weekrapport.weekly.steps import Prepared


def make_report(
    plan: Plan,
    prepared: Prepared,
    entry: ReportEntry,
    outcomes: Sequence[Outcome],
    unreadable: Sequence[SourceError] = (),
    kernels: WaitingKernels | None = None,
) -> ReportRecord:
    """Make one report, or its stop page, and return what became of it; never raises for what is wrong with the data.

    Args:
        plan: the run.
        prepared: its snapshot and record.
        entry: the report.
        outcomes: what the gate found for this report.
        unreadable: sources of this report that could not be read.
        kernels: started beforehand; without them papermill starts its own.
    """
    started = time.perf_counter()
    folder = plan.folder / entry.slug
    stopped_by = [outcome for outcome in outcomes if outcome.failed and outcome.effective_severity == "hard"]
    if unreadable or stopped_by:
        reasons = [str(error) for error in unreadable]
        issue_stop_page(entry, prepared.record, plan.workspace.settings, folder, reasons, stopped_by)
        reasons += [describe(outcome) for outcome in stopped_by]
        record = _close(plan, entry, "stopped", outcomes, reasons, started)
        return record.model_copy(update={"cause": "source" if unreadable else "gate"})
    try:
        kernel = kernels.take(entry.folder) if kernels else None
        settings = plan.workspace.settings
        issue_report(entry, prepared.record, settings, plan.parameters, folder, verdict(outcomes), kernel)
    except Exception as error:  # one report that breaks, in whatever way, must not take the others with it
        reason = _reason(error, folder)
        issue_stop_page(entry, prepared.record, plan.workspace.settings, folder, [reason], keep_notebook=True)
        record = _close(plan, entry, "failed", outcomes, [reason], started)
        return record.model_copy(update={"cause": "report"})
    return _close(plan, entry, "concept", outcomes, [], started)


def describe(outcome: Outcome) -> str:
    """Return one line about a rule that does not hold: what, where, how often."""
    keys = [shortened(key) for key in dict.fromkeys(outcome.keys)]
    where = f", for example {', '.join(keys[:5])}" if keys else ""
    detail = f" ({outcome.toelichting})" if outcome.toelichting else ""
    return (
        f"{outcome.id} {outcome.dataset}: {outcome.tekst}{detail} "
        f"{outcome.rows_failed} of {outcome.rows_tested} rows fail{where}."
    )


def shortened(key: str, width: int = 40) -> str:
    """Return a key from the data such that it cannot disturb a terminal."""
    printable = "".join(sign if sign.isprintable() else "?" for sign in key)
    return printable if len(printable) <= width else f"{printable[: width - 1]}…"


def stop_every_report(plan: Plan, prepared: Prepared, error: WeekrapportError) -> dict[str, ReportRecord]:
    """Give every report its stop page for something that concerns them all, such as a damaged snapshot."""
    stopped = {}
    for entry in plan.reports:
        started = time.perf_counter()
        issue_stop_page(entry, prepared.record, plan.workspace.settings, plan.folder / entry.slug, [str(error)])
        is_source = isinstance(error, SourceError)
        record = _close(plan, entry, "stopped" if is_source else "failed", (), [str(error)], started)
        stopped[entry.slug] = record.model_copy(update={"cause": "source" if is_source else "report", "verdict": ""})
    return stopped


def exit_code(record: RunRecord, unreadable: bool) -> int:
    """Return the exit code of a run: 3 when a source could not be read, 5 when a report failed, 4 when one stopped.

    Args:
        record: of the run, with only the reports that were asked for.
        unreadable: whether some source could not be read, also when no report needs it.
    """
    codes = {"source": SourceError.exit_code, "gate": GateStopped.exit_code, "report": ReportFailed.exit_code}
    found = [codes[report.cause] for report in record.reports.values() if report.cause]
    return worst_exit_code([*found, SourceError.exit_code] if unreadable else found)


def _reason(error: Exception, folder: Path) -> str:
    """Return the message of our own error; of any other its name, with the traceback kept in a file."""
    if isinstance(error, WeekrapportError):
        return str(error)
    path = folder / TRACEBACK
    write_bytes(path, "".join(traceback.format_exception(error)).encode())
    return f"Unexpected {type(error).__name__}: {error}. This is a defect of weekrapport; see {path}."


def _close(
    plan: Plan,
    entry: ReportEntry,
    status: Status,
    outcomes: Sequence[Outcome],
    reasons: list[str],
    started: float,
) -> ReportRecord:
    folder = plan.folder / entry.slug
    patterns = ("*.pdf", "*.json", "tables/*.csv", "*.txt", "*.ipynb")
    found = [path for pattern in patterns for path in sorted(folder.glob(pattern))]
    files = [path for path in found if path.name != TRACEBACK]  # for the maintainer, no result
    return ReportRecord(
        status=status,
        verdict=verdict(outcomes),
        reasons=reasons,
        seconds=round(time.perf_counter() - started, 2),
        outputs=[output_record(path, plan.folder) for path in files],
    )

"""Read and gate only: what would stop a report, and what would be printed as a caveat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from weekrapport.domain.outcome import Outcome, for_report, verdict
from weekrapport.errors import GateStopped, SourceError
from weekrapport.weekly.plan import Plan
from weekrapport.weekly.reports import describe
from weekrapport.weekly.steps import GateFunction, delivery, keep_snapshot, unreadable


@dataclass(frozen=True)
class CheckResult:
    """The verdict and the lines behind it, per report."""

    verdicts: Mapping[str, str]
    lines: Mapping[str, list[str]]
    notices: tuple[str, ...]
    """What was remarked while reading, in Dutch."""
    source_errors: tuple[str, ...]
    exit_code: int


def check_only(plan: Plan, gate: GateFunction) -> CheckResult:
    """Return what the gate says of one week, without making a report.

    The output folder is left alone: what stands there tells of the last run and belongs to its PDFs.
    """
    snapshot = keep_snapshot(plan)
    found = gate(delivery(plan, snapshot), plan.workspace.settings.gate)
    outcomes = {slug: for_report(found, slug) for slug in plan.slugs}
    broken = unreadable(plan, snapshot)
    verdicts = {slug: "gestopt" if slug in broken else verdict(found) for slug, found in outcomes.items()}
    lines = {slug: [str(e) for e in broken.get(slug, ())] + _lines(found) for slug, found in outcomes.items()}
    code = SourceError.exit_code if snapshot.errors or broken else 0
    if not code and "gestopt" in verdicts.values():
        code = GateStopped.exit_code
    errors = tuple(dict.fromkeys(str(error) for error in snapshot.errors.values()))
    notices = tuple(f"{notice.file}: {notice.text}" for notice in snapshot.notices)
    return CheckResult(verdicts, lines, notices, errors, code)


def _lines(outcomes: list[Outcome]) -> list[str]:
    return [f"{each.effective_severity}: {describe(each)}" for each in outcomes if each.failed]

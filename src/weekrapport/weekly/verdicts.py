"""Read and gate only: what would stop a report, and what would be printed as a caveat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from weekrapport.domain.outcome import Outcome, verdict
from weekrapport.errors import GateStopped, SourceError
from weekrapport.weekly.plan import Plan
from weekrapport.weekly.reports import describe
from weekrapport.weekly.steps import GateFunction, check, prepare, unreadable


@dataclass(frozen=True)
class CheckResult:
    """The verdict and the lines behind it, per report."""

    verdicts: Mapping[str, str]
    lines: Mapping[str, list[str]]
    source_errors: tuple[str, ...]
    exit_code: int


def check_only(plan: Plan, gate: GateFunction) -> CheckResult:
    """Return what the gate says of one week, without making a report."""
    prepared = prepare(plan)
    outcomes = check(plan, prepared, gate)
    broken = unreadable(plan, prepared.snapshot)
    verdicts = {slug: "gestopt" if slug in broken else verdict(found) for slug, found in outcomes.items()}
    lines = {slug: [str(e) for e in broken.get(slug, ())] + _lines(found) for slug, found in outcomes.items()}
    code = SourceError.exit_code if prepared.snapshot.errors or broken else 0
    if not code and "gestopt" in verdicts.values():
        code = GateStopped.exit_code
    errors = tuple(f"{name}: {error}" for name, error in prepared.snapshot.errors.items())
    return CheckResult(verdicts, lines, errors, code)


def _lines(outcomes: list[Outcome]) -> list[str]:
    return [f"{each.effective_severity}: {describe(each)}" for each in outcomes if each.failed]

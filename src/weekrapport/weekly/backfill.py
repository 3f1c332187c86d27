"""Many past weeks, one after the other, from one reading of the inbox."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from weekrapport.errors import SourceError, WeekrapportError
from weekrapport.reporting.kernels import WaitingKernels
from weekrapport.week import Week
from weekrapport.weekly.direct import Progress, RunResult, run_direct
from weekrapport.weekly.plan import PARALLEL_NOTEBOOKS, make_plan
from weekrapport.weekly.steps import GateFunction


def run_weeks(
    root: Path,
    weeks: Sequence[Week],
    gate: GateFunction,
    progress: Progress,
    *,
    now: datetime,
    reports: list[str] | None = None,
    team: str = "",
) -> dict[str, RunResult | WeekrapportError]:
    """Run every week in order and return by week what it left, or why it could not be run; no week stops the others.

    Each week is put back to what was true on the first working day after it, so a long log gives a series of reports as
    they would have been.

    Args:
        root: the workspace.
        weeks: which weeks.
        gate: `expectations.registry.gate`.
        progress: is told what is being done.
        now: the present moment.
        reports: slugs; none means all.
        team: name of one team, or empty for all.
    """
    plans = [make_plan(root, now=now, week=str(week), reports=reports, team=team) for week in weeks]
    results: dict[str, RunResult | WeekrapportError] = {}
    with WaitingKernels([folder for plan in plans for folder in plan.notebook_folders], PARALLEL_NOTEBOOKS) as kernels:
        for position, plan in enumerate(plans, start=1):
            progress(f"Week {plan.week} ({position} of {len(plans)})")
            try:
                result = run_direct(plan, gate, lambda _text: None, reuse=True, kernels=kernels)
            except SourceError as error:
                results[str(plan.week)] = error
            else:
                results[str(plan.week)] = result
    return results

"""The extract of each team: the same report on the cases of that team alone, for its manager.

A stanza with `extracts = true` asks for them. They are made after the reports of the whole organisation, of the same
snapshot and on the same evidence of the gate.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from weekrapport.errors import ConfigurationError
from weekrapport.reporting.output_files import week_folder
from weekrapport.sources.snapshot import Snapshot
from weekrapport.weekly.plan import Plan
from weekrapport.weekly.teams import team_names


def extract_plans(plan: Plan, snapshot: Snapshot) -> Iterator[Plan]:
    """Return the plan of every team for the reports that have extracts; none when the run is of one team itself.

    Args:
        plan: of the whole organisation.
        snapshot: what it was made of.

    Raises:
        ConfigurationError: the extracts of two teams would get the same folder.
    """
    entries = tuple(entry for entry in plan.reports if entry.extracts)
    if plan.team or not entries:
        return
    names = sorted(team_names(snapshot))
    folders = Counter(week_folder(plan.workspace.output, str(plan.week), name) for name in names)
    double = sorted(name for name in names if folders[week_folder(plan.workspace.output, str(plan.week), name)] > 1)
    if double:
        raise ConfigurationError(
            f"The extracts of teams {', '.join(map(repr, double))} would be written to the same folder. Give the teams "
            "names that differ in more than capitals, spaces and signs, or leave out `extracts` in reports.toml."
        )
    for name in names:
        yield replace(plan, team=name, reports=entries)

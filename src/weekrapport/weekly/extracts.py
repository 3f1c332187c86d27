"""The extract of each team: the same report on the cases of that team alone, for its manager.

A stanza with `extracts = true` asks for them. They are made after the reports of the whole organisation, of the same
snapshot and on the same evidence of the gate.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from weekrapport.errors import ConfigurationError
from weekrapport.sources.snapshot import Snapshot
from weekrapport.weekly.plan import Plan
from weekrapport.weekly.teams import team_names


def extract_plans(plan: Plan, snapshot: Snapshot) -> Iterator[Plan]:
    """Return the plan of every team for the reports that have extracts; none when the run is of one team itself.

    Args:
        plan: of the whole organisation.
        snapshot: what it was made of.
    """
    entries = tuple(entry for entry in plan.reports if entry.extracts)
    if plan.team or not entries:
        return
    for name in sorted(team_names(snapshot)):
        yield replace(plan, team=name, reports=entries)


def refuse_shared_folder(plan: Plan, snapshot: Snapshot) -> None:
    """Refuse the extract of a team of which another team's extract would be written to the same folder.

    Raises:
        ConfigurationError: there is such a team.
    """
    others = team_names(snapshot) - {plan.team}
    same = sorted(name for name in others if replace(plan, team=name).folder == plan.folder)
    if same:
        raise ConfigurationError(
            f"its folder would be that of {', '.join(map(repr, same))} too. Give the teams names that differ in more "
            "than capitals, spaces and signs, or leave out `extracts` in reports.toml."
        )

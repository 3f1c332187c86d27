"""Which skills a team has, and which team an employee is in ("Werklast" in docs/methods.md)."""

from __future__ import annotations

import re

import pandas as pd

_BETWEEN = re.compile(r"[,;|]")


def team_per_medewerker(medewerker: pd.DataFrame, team: pd.DataFrame) -> dict[str, str]:
    """Return the name of the team of every employee that has one; its identifier where no name is known.

    Args:
        medewerker: medewerker_id, team_id.
        team: team_id, naam.
    """
    names = team.drop_duplicates("team_id").set_index("team_id")["naam"]
    staff = medewerker.drop_duplicates("medewerker_id").set_index("medewerker_id")["team_id"].dropna()
    return staff.map(names).astype("str").fillna(staff).to_dict()


def vaardigheden_per_team(medewerker: pd.DataFrame, team: pd.DataFrame) -> dict[str, frozenset[str]]:
    """Return the skills of the employees of each team, in small letters; a team without any is left out.

    Args:
        medewerker: medewerker_id, team_id, vaardigheden (separated by commas, semicolons or bars).
        team: team_id, naam.
    """
    team_of = team_per_medewerker(medewerker, team)
    found: dict[str, set[str]] = {}
    staff = medewerker.dropna(subset=["vaardigheden"])
    for key, text in zip(staff["medewerker_id"], staff["vaardigheden"], strict=True):
        skills = {part.strip().casefold() for part in _BETWEEN.split(text)} - {""}
        if skills and key in team_of:
            found.setdefault(team_of[key], set()).update(skills)
    return {name: frozenset(skills) for name, skills in sorted(found.items())}

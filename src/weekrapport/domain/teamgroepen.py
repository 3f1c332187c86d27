"""Teams so large that a result does not point at a person ("Herleidbaarheid" in docs/methods.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import pandas as pd

from weekrapport.domain.zaakbeeld import ONBEKEND

KLEIN_TEAM = 4
"""A team of fewer employees is never shown by itself."""
KLEINE_CEL = 3
"""A cell on fewer cases than this is not shown."""
KLEINE_TEAMS = "Kleine teams"


def teamgrootte(medewerker: pd.DataFrame, team: pd.DataFrame, peil: date) -> dict[str, int]:
    """Return the number of employees of every team on the as-of day, by the name of the team.

    Args:
        medewerker: medewerker_id, team_id, in_dienst, uit_dienst; an unknown date excludes nobody.
        team: team_id, naam; a team without a name stands under its identifier.
        peil: the as-of day; somebody who leaves on it still counts.
    """
    day = pd.Timestamp(peil)
    here = ~(medewerker["in_dienst"] > day) & ~(medewerker["uit_dienst"] < day)
    staff = medewerker[here.fillna(True).astype(bool)].drop_duplicates("medewerker_id")
    names = team.drop_duplicates("team_id").set_index("team_id")["naam"]
    labels = staff["team_id"].map(names).astype("str").fillna(staff["team_id"])
    sizes = dict.fromkeys(names.fillna(pd.Series(names.index, index=names.index)).tolist(), 0)
    return sizes | labels.dropna().value_counts().to_dict()


def teamgroepen(teams: Iterable[str], grootte: Mapping[str, int]) -> dict[str, str]:
    """Return the label under which each team is shown: its own name, or "Kleine teams".

    Teams of fewer than `KLEIN_TEAM` are taken together; when they are still too few together, the next smallest joins
    them. Cases without a team belong to nobody and stay apart. Without any size every team stands by itself.

    Args:
        teams: the names in the report.
        grootte: the number of employees per team; empty when the source does not tell.
    """
    named = sorted({*teams, *grootte} - {ONBEKEND}, key=lambda name: (grootte.get(name, 0), name))
    merged: list[str] = []
    if grootte:
        merged = [name for name in named if grootte.get(name, 0) < KLEIN_TEAM]
        for name in named[len(merged) :] if merged else []:
            if sum(grootte.get(each, 0) for each in merged) >= KLEIN_TEAM:
                break
            merged.append(name)
    return {name: KLEINE_TEAMS if name in merged else name for name in {*teams, *grootte}}


def verborgen_cellen(aantallen: pd.DataFrame) -> pd.DataFrame:
    """Return which cells must stay hidden: those on one or two cases, and where that is one of a column, a second.

    With a single hidden cell the reader could compute it from the total; then the smallest other cell goes with it.

    Args:
        aantallen: the number of cases behind each cell, one row per team.

    Returns:
        Booleans of the same shape; a cell without cases has nothing to hide.
    """
    hidden = (aantallen > 0) & (aantallen < KLEINE_CEL)
    for column in aantallen.columns[hidden.sum() == 1]:
        others = aantallen.loc[(aantallen[column] > 0) & ~hidden[column], column]
        if len(others):
            hidden.loc[others.sort_values(kind="stable").index[0], column] = True
    return hidden

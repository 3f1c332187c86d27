"""The figures of the checks as facts: the whole, per check, per team and per earlier week.

Methods: "Feiten" in docs/methods.md.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from weekrapport.domain.dossiertoets import Toetsing
from weekrapport.domain.feiten import Feit
from weekrapport.domain.teamgroepen import KLEINE_CEL
from weekrapport.domain.toets import TOETSEN
from weekrapport.domain.toetstellingen import documenttelling, telling
from weekrapport.week import Week

_MATEN = {"goed": "goed", "fout": "fout", "nvt": "nvt", "niet_te_beoordelen": "niet te beoordelen"}


def kwaliteit_feiten(
    toetsing: Toetsing, week: Week, aantal: int, uitgesloten: int, per_team: pd.DataFrame, team: str = ""
) -> list[Feit]:
    """Return every figure of the week and of the earlier weeks in `toetsing`.

    Args:
        toetsing: the verdicts of the report week and of the weeks before it.
        week: the report week.
        aantal: its cases that were checked.
        uitgesloten: its cases that are too confidential to be checked.
        per_team: `toetstellingen.teamtelling`; hidden cells give no fact.
        team: name of the team when only its cases were checked; then every scope names it, and a check on one or two
            cases gives no fact.
    """
    whole = {"team": team} if team else {}
    feiten = [Feit("Q00", aantal, whole), Feit("Q00", uitgesloten, whole, measure="uitgesloten")]
    counts = telling(toetsing.oordelen, "week")
    for row in counts.to_dict("records"):
        if team and 0 < int(row["getoetst"]) < KLEINE_CEL:
            continue
        is_now = row["week"] == str(week)
        if is_now:
            scope = {**whole, "check": str(row["toets"])}
            feiten += [Feit("Q00", int(row[name]), scope, measure=measure) for name, measure in _MATEN.items()]
        period = None if is_now else str(row["week"])
        feiten += _aandeel_feiten(str(row["toets"]), int(row["goed"]), int(row["getoetst"]), whole, period)
    documents = documenttelling(toetsing, week)
    if len(documents) and not (team and int(documents["zaken"].max()) < KLEINE_CEL):
        present, required = int(documents["aanwezig"].sum()), int(documents["vereist"].sum())
        feiten.append(Feit("K30", present / required, whole, present, required, measure="documenten"))
    if not team:
        for row in per_team[~per_team["verborgen"]].to_dict("records"):
            scope = {"team": str(row["team"])}
            feiten += _aandeel_feiten(str(row["toets"]), int(row["goed"]), int(row["getoetst"]), scope)
    return feiten


def periode_feiten(tellingen: Mapping[str, tuple[int, int]], period: str, team: str = "") -> list[Feit]:
    """Return the shares of several weeks together.

    Args:
        tellingen: check → how many cases were goed, and how many were tested.
        period: those weeks, "2026-W35/2026-W46".
        team: name of the team when only its cases were checked.
    """
    whole = {"team": team} if team else {}
    return [
        feit
        for toets, (goed, getoetst) in tellingen.items()
        for feit in _aandeel_feiten(toets, goed, getoetst, whole, period)
    ]


def _aandeel_feiten(
    toets: str, goed: int, getoetst: int, whole: Mapping[str, str], period: str | None = None
) -> list[Feit]:
    share = goed / getoetst if getoetst else None
    feiten = [Feit(toets, share, {**whole, "check": toets}, goed, getoetst, period=period)]
    kerncijfer = TOETSEN[toets].kerncijfer
    if kerncijfer:
        feiten.append(Feit(kerncijfer, share, whole, goed, getoetst, period=period))
    return feiten

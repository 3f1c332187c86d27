"""The workload of the teams of one report, with teams so small that it would be that of a person taken together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from weekrapport.domain.teamgroepen import KLEIN_TEAM, KLEINE_TEAMS, teamgroepen, teamgrootte
from weekrapport.domain.vaardigheden import team_per_medewerker, vaardigheden_per_team
from weekrapport.domain.werklast import werklast
from weekrapport.domain.zaakbeeld import ONBEKEND
from weekrapport.reporting.report import Report

TE_WEINIG = "te weinig medewerkers om te tonen"


@dataclass(frozen=True)
class Werkuren:
    """The workload per team, or per group of small teams."""

    regels: pd.DataFrame
    """`werklast.werklast`; empty when no source delivers hours per employee, or when they may not be shown."""
    vaardigheden: Mapping[str, frozenset[str]]
    """The skills of each of these."""
    kleine_teams: frozenset[str]
    """The teams that stand together."""
    is_te_klein: bool
    """Whether there are hours, but of so few people that they are not shown."""


def werkuren(report: Report, peil: date, opschorting: pd.DataFrame | None) -> Werkuren:
    """Return the workload of the teams of the report.

    Args:
        report: the report; of one team only that team is shown, unless it is too small.
        peil: the as-of day.
        opschorting: as for `leveringen.leverbeeld`.
    """
    tables = report.tables
    skills = vaardigheden_per_team(tables["medewerker"], tables["team"])
    grootte = teamgrootte(tables["medewerker"], tables["team"], peil)
    labels = teamgroepen({*report.zaken["team"], *skills}, grootte)
    found = werklast(report.zaken, tables, peil, report.kalender, opschorting, labels)
    if not report.is_delivered("capaciteit"):
        return Werkuren(found.iloc[:0], {}, frozenset(), is_te_klein=False)
    found = _zonder_team_verborgen(found, tables)
    people = sum(grootte.get(name, 0) for name, label in labels.items() if label == KLEINE_TEAMS)
    shown = found[(found["team"] != KLEINE_TEAMS) | (people >= KLEIN_TEAM)]
    if report.team:
        shown = shown[(shown["team"] == report.team) & (labels.get(report.team) != KLEINE_TEAMS)]
    is_te_klein = shown.empty and len(found) > 0 and KLEINE_TEAMS in {labels.get(report.team), *found["team"]}
    small = frozenset(name for name, label in labels.items() if label == KLEINE_TEAMS) if len(shown) else frozenset()
    return Werkuren(shown.reset_index(drop=True), _samen(skills, labels), small, is_te_klein=is_te_klein)


def _zonder_team_verborgen(regels: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Hide the hours of employees without a team when they are as few as a small team."""
    team_of = team_per_medewerker(tables["medewerker"], tables["team"])
    staff = tables["capaciteit"]["medewerker_id"].dropna().unique()
    if sum(key not in team_of for key in staff) >= KLEIN_TEAM:
        return regels
    hidden = (regels["team"] == ONBEKEND) & regels["aanbod_uren"].notna()
    return regels.assign(
        aanbod_uren=regels["aanbod_uren"].mask(hidden),
        werklast=regels["werklast"].mask(hidden),
        toelichting=regels["toelichting"].mask(hidden, TE_WEINIG),
    )


def _samen(skills: Mapping[str, Iterable[str]], labels: Mapping[str, str]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for name, each in skills.items():
        label = labels.get(name, name)
        found[label] = found.get(label, frozenset()) | frozenset(each)
    return found

"""Facts: every figure of a report as a record, so that another system can read what the PDF says.

Percentages are fractions 0–1 and money is integer cents. Methods: "Feiten" in docs/methods.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from weekrapport.domain import kpis
from weekrapport.domain.definities import KERNCIJFERS
from weekrapport.week import Week

_DAGEN = ("telt_mee", "startdatum", "registratiedatum", "einddatum")
"""What inflow and stock are counted from."""


@dataclass(frozen=True)
class Feit:
    """One figure; `scope` is empty for the whole organisation."""

    id: str
    value: float | int | None
    scope: Mapping[str, str] = field(default_factory=dict)
    numerator: int | None = None
    denominator: int | None = None
    measure: str | None = None
    period: str | None = None
    unit: str | None = None
    """Unit of a measure that has another one than its figure; without it that of the definition."""

    def as_record(self) -> dict[str, Any]:
        """Return the fact as it stands in facts.json; keys without a meaning for it are left out."""
        definitie = KERNCIJFERS[self.id]
        record: dict[str, Any] = {
            "id": self.id,
            "name": definitie.naam,
            "value": self.value,
            "unit": self.unit or definitie.eenheid,
            "scope": dict(self.scope),
        }
        optional = {
            "numerator": self.numerator,
            "denominator": self.denominator,
            "measure": self.measure,
            "period": self.period,
        }
        return record | {key: value for key, value in optional.items() if value is not None}


def zaakoverzicht_feiten(beeld: pd.DataFrame, week: Week, reeks: pd.DataFrame, team: str = "") -> list[Feit]:
    """Return every figure of the case overview: the whole, per team, per kind, per team and kind, and per week.

    Args:
        beeld: the zaakbeeld of the as-of moment.
        week: the report week.
        reeks: `kpis.weekreeks` of the weeks that the charts show.
        team: name of the team when `beeld` holds only its cases; then every scope names it.
    """
    rows = kpis.afgerond(beeld, week)
    whole = _scope(team)
    feiten = [
        *_afgerond_feiten(rows, whole),
        Feit("K01", kpis.afgeronde_deelzaken(beeld, week), whole, measure="deelzaken"),
        Feit("K02", kpis.instroom(beeld, week), whole),
        Feit("K03", kpis.werkvoorraad(beeld, week), whole),
    ]
    for dimension in _dimensions(team):
        for name, group in rows.groupby(dimension, sort=True):
            feiten += _afgerond_feiten(group, {**whole, dimension: str(name)})
        members = beeld.loc[beeld["telt_mee"], [dimension, *_DAGEN]].groupby(dimension, sort=True)
        for name, group in members:
            scope = {**whole, dimension: str(name)}
            feiten.append(Feit("K02", kpis.instroom(group, week), scope))
            feiten.append(Feit("K03", kpis.werkvoorraad(group, week), scope))
    if not team:
        for (name, soort), group in rows.groupby(["team", "soort"], sort=True):
            feiten.append(Feit("K01", len(group), {"team": str(name), "soort": str(soort)}))
    for row in reeks.itertuples(index=False):
        if row.week != str(week):
            feiten += _week_feiten(row, whole)
    return feiten


def vergelijking_feiten(eerder: pd.DataFrame, period: str, weken: int, team: str = "") -> list[Feit]:
    """Return what the report week is compared with: mean finished per week, share on time and median duration before.

    Args:
        eerder: zaakbeeld rows finished in the earlier weeks.
        period: those weeks, "2026-W35/2026-W46".
        weken: their number.
        team: name of the team when `eerder` holds only its cases.
    """
    feiten = []
    whole = _scope(team)
    groups = [(whole, eerder)]
    for dimension in _dimensions(team):
        groups += [({**whole, dimension: str(name)}, group) for name, group in eerder.groupby(dimension, sort=True)]
    for scope, rows in groups:
        tijdig, noemer = kpis.tijdigheid(rows)
        feiten.append(Feit("K01", len(rows) / weken, scope, measure="gemiddelde per week", period=period))
        feiten.append(Feit("K04", _aandeel(tijdig, noemer), scope, tijdig, noemer, period=period))
        feiten.append(Feit("K06", kpis.doorlooptijd_kwantiel(rows, 0.5), scope, measure="p50", period=period))
    return feiten


def _scope(team: str) -> dict[str, str]:
    return {"team": team} if team else {}


def _dimensions(team: str) -> tuple[str, ...]:
    return ("soort",) if team else ("team", "soort")


def _afgerond_feiten(rows: pd.DataFrame, scope: Mapping[str, str]) -> list[Feit]:
    tijdig, noemer = kpis.tijdigheid(rows)
    gehaald, wettelijk = kpis.wettelijke_tijdigheid(rows)
    return [
        Feit("K01", len(rows), scope),
        Feit("K04", _aandeel(tijdig, noemer), scope, tijdig, noemer),
        Feit("K05", _aandeel(gehaald, wettelijk), scope, gehaald, wettelijk),
        Feit("K06", kpis.doorlooptijd_kwantiel(rows, 0.5), scope, measure="p50"),
        Feit("K06", kpis.doorlooptijd_kwantiel(rows, 0.9), scope, measure="p90"),
    ]


def _week_feiten(row: Any, scope: Mapping[str, str]) -> list[Feit]:
    tijdig, noemer = int(row.tijdig), int(row.tijdig_noemer)
    return [
        Feit("K01", int(row.afgerond), scope, period=row.week),
        Feit("K02", int(row.instroom), scope, period=row.week),
        Feit("K03", int(row.werkvoorraad), scope, period=row.week),
        Feit("K04", _aandeel(tijdig, noemer), scope, tijdig, noemer, period=row.week),
    ]


def _aandeel(teller: int, noemer: int) -> float | None:
    return teller / noemer if noemer else None

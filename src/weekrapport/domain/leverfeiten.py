"""The figures of the deliveries as facts: whole, per team, per day, per later week ("Feiten" in docs/methods.md)."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from weekrapport.domain.feiten import Feit
from weekrapport.domain.leveringen import (
    ACHTERSTALLIG,
    LOPENDE_WEEK,
    OPGESCHORT,
    TE_LEVEREN,
    ZONDER_TERMIJN,
    lijst_van,
    te_leveren_deelzaken,
    wettelijk,
    zonder_behandelaar,
)
from weekrapport.domain.levertellingen import Terugblik, achterstand

_COLUMNS = (
    "zaak_id", "team", "telt_mee", "lijst", "is_deelzaak", "resultaat_categorie", "praktische_datum", "behandelaar_id",
    "achterstand_dagen", "is_wettelijk", "is_wettelijk_verlopen", "wettelijke_datum", "opgeschort_sinds",
)  # fmt: skip


def leveringen_feiten(
    leveringen: pd.DataFrame,
    per_dag: pd.DataFrame,
    later: pd.DataFrame,
    team: str = "",
    *,
    niet_bekend: Collection[str] = (),
) -> list[Feit]:
    """Return every figure of the lists.

    Args:
        leveringen: the leverbeeld.
        per_dag: `levertellingen.leveringen_per_dag`.
        later: `levertellingen.latere_leveringen`.
        team: name of the team when `leveringen` holds only its cases; then every scope names it.
        niet_bekend: ids of figures for which no source delivers the column; they are left out.
    """
    whole = {"team": team} if team else {}
    leveringen = leveringen[[*_COLUMNS]]  # every list takes its rows: a wide frame makes that slow
    age = achterstand(leveringen)
    feiten = [
        *_lijst_feiten(leveringen, whole),
        Feit("K20", te_leveren_deelzaken(leveringen), whole, measure="deelzaken"),
        Feit("K21", age[0] if age else None, whole, measure="mediaan_dagen", unit="dagen"),
        Feit("K21", age[1] if age else None, whole, measure="max_dagen", unit="dagen"),
        Feit("K27", len(lijst_van(leveringen, ZONDER_TERMIJN)), whole),
    ]
    early = lijst_van(leveringen, LOPENDE_WEEK)
    if len(early):
        feiten.append(Feit("K20", len(early), whole, measure="lopende_week"))
    if not team:
        for name, rows in leveringen.groupby("team", sort=True):
            feiten += _lijst_feiten(rows, {"team": str(name)})
    periods = [*per_dag["datum"].dt.strftime("%Y-%m-%d"), *later["week"]]
    for period, number in zip(periods, [*per_dag["aantal"], *later["aantal"]], strict=True):
        feiten.append(Feit("K20", int(number), whole, period=period))
    return [feit for feit in feiten if feit.id not in niet_bekend]


def terugblik_feiten(terug: Terugblik, team: str = "") -> list[Feit]:
    """Return what became of last week's deliveries and of the overdue cases, and what last week added."""
    whole = {"team": team} if team else {}

    def share(number: int, measure: str | None = None) -> Feit:
        value = number / terug.noemer if terug.noemer else None
        return Feit("K25", value, whole, number, terug.noemer, measure)

    return [
        share(terug.op_tijd),
        share(terug.te_laat, "te_laat"),
        share(terug.open, "open"),
        Feit("K21", terug.ingelopen, whole, measure="ingelopen"),
        Feit("K21", terug.gebleven, whole, measure="ouder"),
        Feit("K20", terug.nieuw, whole, measure="nieuw"),
    ]


def leverreeks_feiten(reeks: pd.DataFrame, team: str = "") -> list[Feit]:
    """Return K25 of each of the weeks before, and of all of them together (measure `eerder`).

    Args:
        reeks: `levertellingen.leverreeks`.
        team: as for `terugblik_feiten`.
    """
    whole = {"team": team} if team else {}

    def share(on_time: int, due: int, period: str, measure: str | None = None) -> Feit:
        return Feit("K25", on_time / due if due else None, whole, on_time, due, measure, period)

    rows = zip(reeks["week"], reeks["op_tijd"], reeks["noemer"], strict=True)
    span = f"{reeks['week'].iloc[0]}/{reeks['week'].iloc[-1]}"
    return [
        share(int(reeks["op_tijd"].sum()), int(reeks["noemer"].sum()), span, "eerder"),
        *(share(int(on_time), int(due), week) for week, on_time, due in rows),
    ]


def _lijst_feiten(rows: pd.DataFrame, scope: Mapping[str, str]) -> list[Feit]:
    terms = wettelijk(rows)
    return [
        Feit("K20", len(lijst_van(rows, TE_LEVEREN)), scope),
        Feit("K21", len(lijst_van(rows, ACHTERSTALLIG)), scope),
        Feit("K26", len(lijst_van(rows, OPGESCHORT)), scope),
        Feit("K28", int(terms["is_wettelijk"].sum()), scope),
        Feit("K28", int(terms["is_wettelijk_verlopen"].sum()), scope, measure="verlopen"),
        Feit("K29", len(zonder_behandelaar(rows)), scope),
    ]

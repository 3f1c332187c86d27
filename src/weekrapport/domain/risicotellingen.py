"""Counts of the classes of risk, per team and per day, and the number of cases that is expected to be late (K22).

Methods: "K22 Verwacht te laat" in docs/methods.md.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from weekrapport.domain.feiten import Feit
from weekrapport.domain.leveringen import TE_LEVEREN, lijst_van
from weekrapport.domain.risico_ijking import brier, brier_zonder_model
from weekrapport.domain.risicoklasse import KLASSEN


def risico_per_team(leveringen: pd.DataFrame) -> pd.DataFrame:
    """Return per team how many of the cases to deliver are groen, oranje and rood.

    Returns:
        groen, oranje, rood (int64), indexed by team.
    """
    rows = lijst_van(leveringen, TE_LEVEREN)
    return _tel(rows, rows["team"])


def risico_per_dag(leveringen: pd.DataFrame) -> pd.DataFrame:
    """Return per praktische datum how many of the cases to deliver are groen, oranje and rood.

    Returns:
        groen, oranje, rood (int64), indexed by day.
    """
    rows = lijst_van(leveringen, TE_LEVEREN)
    return _tel(rows, rows["praktische_datum"])


def verwacht_te_laat(rows: pd.DataFrame) -> tuple[float, int] | None:
    """Return how many of these cases are expected to be late, and of how many that can be said; None without a chance.

    Args:
        rows: kans (Float64).
    """
    known = rows["kans"].dropna()
    return (float(known.sum()), len(known)) if len(known) else None


def risico_feiten(leveringen: pd.DataFrame, team: str = "") -> list[Feit]:
    """Return K22 and the number of every class, of the whole and per team.

    Args:
        leveringen: the leverbeeld with kans and klasse.
        team: name of the team when `leveringen` holds only its cases; then every scope names it.
    """
    rows = lijst_van(leveringen, TE_LEVEREN)[["team", "kans", "klasse"]]
    feiten = _feiten(rows, {"team": team} if team else {})
    if not team:
        for name, cases in rows.groupby("team", sort=True):
            feiten += _feiten(cases, {"team": str(name)})
    return feiten


def ijking_feiten(voorspeld: pd.DataFrame, period: str, team: str = "") -> list[Feit]:
    """Return what became of earlier chances: expected and really missed, and the two Brier scores.

    Args:
        voorspeld: `risico_ijking.ijking`, with at least one case.
        period: the week of which the deliveries were predicted.
        team: as for `risico_feiten`.
    """
    whole = {"team": team} if team else {}
    gemist, kans = voorspeld["is_gemist"], voorspeld["kans"]
    missed, number = int(gemist.sum()), len(voorspeld)
    expected = float(kans.sum())
    return [
        Feit("K22", expected, whole, measure="voorspeld", period=period),
        Feit("K22", missed, whole, missed, number, "gemist", period),
        Feit("K22", brier(kans, gemist), whole, measure="brier", period=period, unit="punten"),
        Feit("K22", brier_zonder_model(gemist), whole, measure="brier_zonder_model", period=period, unit="punten"),
    ]


def _feiten(rows: pd.DataFrame, scope: Mapping[str, str]) -> list[Feit]:
    expected = verwacht_te_laat(rows)
    if expected is None:
        return []
    counts = rows["klasse"].value_counts()
    return [
        Feit("K22", round(expected[0], 6), scope),
        Feit("K22", expected[1], scope, measure="mogelijk"),
        *(Feit("K22", int(counts.get(name, 0)), scope, measure=name) for name in KLASSEN),
    ]


def _tel(rows: pd.DataFrame, by: pd.Series) -> pd.DataFrame:
    counts = {name: (rows["klasse"] == name).groupby(by).sum() for name in KLASSEN}
    return pd.DataFrame(counts).fillna(0).astype("int64")

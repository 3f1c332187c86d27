"""Which open cases ask for something now, why, and in which order ("Overdracht" in docs/methods.md).

The list is about cases, teams and days; it never says what one person did or did not do.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd

from weekrapport.domain.leveringen import laatste_werkdag, restwerkdagen
from weekrapport.domain.risicoklasse import ROOD

WETTELIJK_VOORBIJ = "wettelijk te laat"
STORING = "P1"
ESCALATIE = "escalatie"
NORM_BIJNA = "norm bijna voorbij"
WETTELIJK_BIJNA = "wettelijk bijna te laat"
ZONDER_BEHANDELAAR = "zonder behandelaar"
RISICO = "dreigt te laat"
TE_LAAT = "te laat"
REDENEN = (
    WETTELIJK_VOORBIJ,
    STORING,
    ESCALATIE,
    NORM_BIJNA,
    WETTELIJK_BIJNA,
    ZONDER_BEHANDELAAR,
    RISICO,
    TE_LAAT,
)
"""Why a case is on the list; the first that holds decides its place and what must be done."""
DRINGEND = (WETTELIJK_VOORBIJ, STORING, ESCALATIE, NORM_BIJNA)
"""Reasons that cannot wait until tomorrow."""

ESCALATIE_VANAF = 2
"""Level from which an escalation is with the manager."""
WETTELIJK_WERKDAGEN, HORIZON_WERKDAGEN = 2, 5
"""Working days left of a statutory term, and of a case without handler or at risk, from which it is on the list."""
NORM_MINUTEN = 120
"""Minutes left of a norm in hours below which a case is on the list."""
DAG_MINUTEN = 570
"""Minutes of an office day, 08:00 to 17:30: a norm that passed longer ago is no matter of today."""
PER_TEAM = 10
"""Lines of one team at most."""


def overdrachtsregels(
    leveringen: pd.DataFrame,
    peil: date,
    kalender: np.busdaycalendar,
    klasse: pd.Series | None = None,
    norm_minuten: pd.Series | None = None,
    *,
    heeft_behandelaar: bool = True,
) -> pd.DataFrame:
    """Return the open cases that ask for something, the most urgent first.

    Args:
        leveringen: the leverbeeld of the as-of moment.
        peil: the as-of day.
        kalender: the werkkalender.
        klasse: class of risk per case, indexed as `leveringen`; None when it is not known.
        norm_minuten: office minutes left of a norm in hours, negative when it has passed, indexed as `leveringen`;
            None when there are no such norms.
        heeft_behandelaar: whether a source tells who handles a case; without it no case is said to have nobody.

    Returns:
        The columns of the leverbeeld, one boolean column per reason of `REDENEN`, and: reden (str, the first that
        holds), rang (int64, its place in `REDENEN`), dagen_te_laat (Int64), norm_minuten (Float64).
    """
    rows = leveringen[leveringen["telt_mee"].astype(bool)].reset_index(drop=True)
    place = leveringen.index[leveringen["telt_mee"].astype(bool)]
    minutes = _of(norm_minuten, place)
    found = _redenen(rows, peil, kalender, _of(klasse, place), minutes)
    if not heeft_behandelaar:
        found = {**found, ZONDER_BEHANDELAAR: pd.Series(False, index=rows.index)}
    rows = rows.assign(**{name: found[name] for name in REDENEN})
    rows["rang"] = rows[[*REDENEN]].assign(geen=True).to_numpy(dtype=bool).argmax(axis=1)
    rows["reden"] = pd.Series([*REDENEN, None], dtype="str").reindex(rows["rang"]).set_axis(rows.index)
    rows["dagen_te_laat"] = (pd.Timestamp(peil) - rows["leidende_datum"]).dt.days.astype("Int64").where(rows[TE_LAAT])
    rows["norm_minuten"] = pd.Series(pd.NA, rows.index, dtype="Float64") if minutes is None else minutes
    rows = rows[rows["reden"].notna()]
    order = ["rang", "belang", "leidende_datum", "zaak_id"]
    rising = [True, False, True, True]
    return rows.sort_values(order, ascending=rising, kind="stable").reset_index(drop=True)


def getoonde_regels(regels: pd.DataFrame, totaal: int, per_team: int = PER_TEAM) -> pd.DataFrame:
    """Return the lines that fit: at most `per_team` of a team and `totaal` together, and of every team its first.

    Args:
        regels: `overdrachtsregels`, in their order.
        totaal: lines on the page.
        per_team: lines of one team.
    """
    number = regels.groupby("team", sort=False).cumcount()
    within = regels[number < per_team]
    first = number[within.index] > 0
    chosen = first.sort_values(kind="stable").index[:totaal]
    return within.loc[within.index.isin(chosen)]


def aantallen(regels: pd.DataFrame) -> dict[str, int]:
    """Return how many cases have each reason; a case with two reasons counts in both."""
    return {name: int(regels[name].sum()) for name in REDENEN}


def _of(values: pd.Series | None, place: pd.Index) -> pd.Series | None:
    return None if values is None else values.reindex(place).reset_index(drop=True)


def _redenen(
    rows: pd.DataFrame,
    peil: date,
    kalender: np.busdaycalendar,
    klasse: pd.Series | None,
    norm_minuten: pd.Series | None,
) -> Mapping[str, pd.Series]:
    """Return per reason whether it holds for each case (bool); only an escalation holds for a case that waits."""
    day = pd.Timestamp(peil)
    moves = ~rows["is_opgeschort"].astype(bool)
    late = moves & (rows["leidende_datum"] < day)
    near = moves & (late | (rows["restwerkdagen"] <= HORIZON_WERKDAGEN).fillna(False).astype(bool))
    statutory_left = restwerkdagen(laatste_werkdag(rows["wettelijke_datum"], kalender), peil, kalender)
    ends = moves & (rows["wettelijke_datum"] >= day)
    none = pd.Series(False, index=rows.index)
    found = {
        WETTELIJK_VOORBIJ: moves & (rows["wettelijke_datum"] < day),
        STORING: moves & (rows["prioriteit"] == STORING),
        ESCALATIE: rows["escalatieniveau"] >= ESCALATIE_VANAF,
        NORM_BIJNA: none
        if norm_minuten is None
        else moves & ~late & norm_minuten.between(-DAG_MINUTEN, NORM_MINUTEN, inclusive="neither"),
        WETTELIJK_BIJNA: ends & (statutory_left <= WETTELIJK_WERKDAGEN),
        ZONDER_BEHANDELAAR: near & rows["behandelaar_id"].isna(),
        RISICO: none if klasse is None else near & ~late & (klasse == ROOD),
        TE_LAAT: late,
    }
    return {name: holds.fillna(False).astype(bool) for name, holds in found.items()}


def _is_bijna_voorbij(minuten: pd.Series) -> pd.Series:
    return minuten.between(-DAG_MINUTEN, NORM_MINUTEN, inclusive="neither")

"""When the work is too much for a team, or badly spread over teams (R2-S05, R2-S06; "Werklast" in docs/methods.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from weekrapport.domain.feiten import Feit

ONBALANS_HOOG = 1.10
ONBALANS_LAAG = 0.80
OVERBELAST = 1.20


def overbelaste_teams(werklast: pd.DataFrame, vanaf: float = OVERBELAST) -> pd.DataFrame:
    """Return the teams with at least `vanaf` times the hours that they have, or with work and no hours (R2-S06).

    A team whose werklast is unknown for a reason is not judged.

    Args:
        werklast: `werklast.werklast`.
        vanaf: the bound of the werklast.
    """
    no_hours = (werklast["aanbod_uren"] == 0) & (werklast["vraag_uren"] > 0) & werklast["toelichting"].isna()
    return werklast[((werklast["werklast"] >= vanaf) | no_hours).fillna(False).astype(bool)]


def onbalans(
    werklast: pd.DataFrame,
    vaardigheden: Mapping[str, Iterable[str]],
    hoog: float = ONBALANS_HOOG,
    laag: float = ONBALANS_LAAG,
) -> tuple[str, str] | None:
    """Return the fullest and the emptiest team that could help each other; None without imbalance (R2-S05).

    Args:
        werklast: `werklast.werklast`.
        vaardigheden: skills per team; when it is not empty, only teams that share one can help each other.
        hoog: werklast from which a team is full.
        laag: werklast up to which a team has room.
    """
    known = werklast.dropna(subset=["werklast"]).sort_values(["werklast", "team"], kind="stable")
    room = known.loc[known["werklast"] <= laag, "team"].tolist()
    full = known.loc[known["werklast"] >= hoog, "team"].tolist()[::-1]
    skills = {name: frozenset(found) for name, found in vaardigheden.items()}
    pairs = (
        (busy, free)
        for busy in full
        for free in room
        if not skills or skills.get(busy, frozenset()) & skills.get(free, frozenset())
    )
    return next(pairs, None)


def werklast_signalen(werklast: pd.DataFrame, vaardigheden: Mapping[str, Iterable[str]]) -> list[dict[str, Any]]:
    """Return R2-S05 and R2-S06 as they stand in facts.json: id, severity, where, values."""
    numbers: dict[str, Any] = werklast.set_index("team")["werklast"].to_dict()
    signals: list[dict[str, Any]] = []
    pair = onbalans(werklast, vaardigheden)
    if pair:
        values = {"hoog": numbers[pair[0]], "laag": numbers[pair[1]], "team_hoog": pair[0], "team_laag": pair[1]}
        signals.append({"id": "R2-S05", "severity": "oranje", "where": " / ".join(pair), "values": values})
    for row in overbelaste_teams(werklast).to_dict("records"):
        values = {name: _value(row[name]) for name in ("werklast", "vraag_uren", "aanbod_uren")}
        signals.append({"id": "R2-S06", "severity": "rood", "where": row["team"], "values": values})
    return signals


def werklast_feiten(werklast: pd.DataFrame) -> list[Feit]:
    """Return K23 of every team with the hours behind it; of one without capacity only the hours of its work."""
    feiten = []
    for row in werklast.to_dict("records"):
        scope = {"team": row["team"]}
        feiten.append(Feit("K23", _value(row["werklast"]), scope))
        for measure in ("vraag_uren", "aanbod_uren"):
            feiten.append(Feit("K23", _value(row[measure]), scope, measure=measure, unit="uren"))
        feiten.append(Feit("K23", row["zonder_uren"], scope, measure="zonder_uren", unit="zaken"))
    return feiten


def _value(value: Any) -> float | None:
    """Return a number as a plain one; None when it is unknown."""
    return None if pd.isna(value) else float(value)

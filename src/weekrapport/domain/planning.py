"""Planned end dates that were moved, and promises that were kept: both need what earlier weeks delivered.

Methods: "K13 Planning verschoven" and "K15 Belofte gehaald" in docs/methods.md.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from weekrapport.domain.kpis import afgerond
from weekrapport.week import Week

BELOFTE_WEKEN = 4
"""Fewer weeks with an earlier delivery than this say too little about what was first promised."""


def planning_verschoven(beeld: pd.DataFrame, vorige: pd.DataFrame, week: Week) -> pd.DataFrame:
    """Return the cases of the stock (K03) that are open and planned later than in the last earlier delivery (K13).

    A case that had no planned date then, or has none now, was not moved.

    Args:
        beeld: the zaakbeeld of the as-of moment.
        vorige: the table zaak of that delivery: zaak_id, einddatum_gepland.
        week: the report week.

    Returns:
        The columns of the zaakbeeld, and vorige_einddatum_gepland (datetime64[s]).
    """
    then = vorige.drop_duplicates("zaak_id").set_index("zaak_id")["einddatum_gepland"]
    open_then = beeld["einddatum"].isna() & (beeld["startdatum"] <= pd.Timestamp(week.sunday))
    rows = beeld[beeld["telt_mee"].astype(bool) & open_then]
    before = then.reindex(rows["zaak_id"]).set_axis(rows.index)
    rows = rows.assign(vorige_einddatum_gepland=before)
    return rows[rows["einddatum_gepland"] > before]


def eerste_belofte(beeld: pd.DataFrame, eerdere: Mapping[Week, pd.DataFrame]) -> pd.Series:
    """Return the first planned end date of every case that any delivery held (datetime64[s]), indexed as `beeld`.

    Args:
        beeld: the zaakbeeld of the as-of moment; its own planned date counts for a case that no earlier delivery knew.
        eerdere: per earlier week the table zaak of its delivery: zaak_id, einddatum_gepland.
    """
    found = [eerdere[week][["zaak_id", "einddatum_gepland"]] for week in sorted(eerdere)]
    rows = pd.concat([*found, beeld[["zaak_id", "einddatum_gepland"]]], ignore_index=True)
    first = rows.dropna().drop_duplicates("zaak_id", keep="first").set_index("zaak_id")["einddatum_gepland"]
    return first.reindex(beeld["zaak_id"]).set_axis(beeld.index).astype("datetime64[s]")


def belofte_gehaald(beeld: pd.DataFrame, eerdere: Mapping[Week, pd.DataFrame], week: Week) -> tuple[int, int] | None:
    """Return how many finished cases met the first date ever promised, and of how many that can be said (K15).

    Args:
        beeld: as for `eerste_belofte`.
        eerdere: as for `eerste_belofte`.
        week: the report week.

    Returns:
        None ("n.v.t.") with fewer than `BELOFTE_WEKEN` earlier weeks.
    """
    if len(eerdere) < BELOFTE_WEKEN:
        return None
    rows = afgerond(beeld, week)
    promised = eerste_belofte(rows, eerdere)
    return int((rows["einddatum"] <= promised).sum()), int(promised.notna().sum())

"""How much work each team must do in the next ten working days, and how many hours it has for that (K23).

Only hours per team: nothing here says how busy a person is. Methods: "Werklast" in docs/methods.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd

from weekrapport.domain.schema import TABLES
from weekrapport.domain.werkaanbod import aanbod_per_team
from weekrapport.domain.werkvraag import aanvraaguren, zaakuren

GEEN_CAPACITEIT = "geen capaciteitsgegevens"
GEEN_UREN = "geen uren per zaak"
_TABLES = ("zaaktype", "team", "medewerker", "capaciteit", "capaciteitsaanvraag")


def werklast(
    beeld: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    peil: date,
    kalender: np.busdaycalendar,
    opschorting: pd.DataFrame | None,
) -> pd.DataFrame:
    """Return one row per team that has hours to make or hours to spend, by name.

    Args:
        beeld: the zaakbeeld of the as-of moment.
        tables: zaaktype, team, medewerker, capaciteit and capaciteitsaanvraag in the as-of view; one that is not
            there counts as empty.
        peil: the as-of day.
        kalender: the werkkalender.
        opschorting: as for `leveringen.leverbeeld`.

    Returns:
        team (str), vraag_uren (Float64; unknown when the hours of none of its cases are known), zonder_uren (int64,
        the cases that are due without known hours), aanbod_uren (Float64; unknown without capacity), werklast (Float64,
        vraag / aanbod; unknown where one of the two is, or when there is no aanbod), toelichting (str, why the
        werklast is unknown; a team with work and no hours at all has none).
    """
    known = {name: tables.get(name, TABLES[name].empty()) for name in _TABLES}
    zaken = zaakuren(beeld, known["zaaktype"], peil, kalender, opschorting)
    asked = aanvraaguren(beeld, zaken, known, peil, kalender)
    hours = pd.concat([zaken[["team", "uren"]], asked[["team", "uren"]]], ignore_index=True)
    aanbod = aanbod_per_team(known, peil, kalender).set_index("team")
    teams = pd.Series(sorted({*hours["team"], *aanbod.index}), dtype="str")
    frame = pd.DataFrame({"team": teams})
    sums = hours.groupby("team")["uren"].sum(min_count=1)
    frame["vraag_uren"] = teams.map(sums).astype("Float64").where(teams.isin(hours["team"]), 0.0)
    missing = zaken.loc[zaken["uren"].isna(), "team"].value_counts()
    frame["zonder_uren"] = teams.map(missing).fillna(0).astype("int64")
    frame["aanbod_uren"] = teams.map(aanbod["aanbod_uren"]).astype("Float64")
    has_hours = (frame["aanbod_uren"] > 0).fillna(False)
    frame["werklast"] = (frame["vraag_uren"] / frame["aanbod_uren"].where(has_hours)).round(9)
    why = teams.map(aanbod["toelichting"]).astype("str").where(teams.isin(aanbod.index), GEEN_CAPACITEIT)
    frame["toelichting"] = why.where(why.notna() | frame["vraag_uren"].notna(), GEEN_UREN)
    return frame

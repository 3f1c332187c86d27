"""How much work each team must do in the next ten working days, and how many hours it has for that (K23).

Only hours per team: nothing here says how busy a person is. Methods: "Werklast" in docs/methods.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd

from weekrapport.domain.schema import TABLES
from weekrapport.domain.werkaanbod import GEEN_CAPACITEIT, aanbod_per_team
from weekrapport.domain.werkvraag import aanvraaguren, zaakuren

GEEN_UREN = "geen uren per zaak"
ONBEKEND_AANDEEL = 0.10
"""With a larger share of its cases without known hours the work of a team is not known, unless what is known of it
already takes all hours: more work cannot make it less full."""
_TABLES = ("zaaktype", "team", "medewerker", "capaciteit", "capaciteitsaanvraag")


def werklast(
    beeld: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    peil: date,
    kalender: np.busdaycalendar,
    opschorting: pd.DataFrame | None,
    groepen: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Return one row per team that has hours to make or hours to spend, by name.

    Args:
        beeld: the zaakbeeld of the as-of moment.
        tables: zaaktype, team, medewerker, capaciteit and capaciteitsaanvraag in the as-of view; one that is not
            there counts as empty.
        peil: the as-of day.
        kalender: the werkkalender.
        opschorting: as for `leveringen.leverbeeld`.
        groepen: `teamgroepen.teamgroepen`, the label under which a team counts; one that is not in it has its own name.

    Returns:
        team (str), vraag_uren (Float64, of the cases whose hours are known; unknown when that is none), zonder_uren
        (int64, the cases that are due without known hours), aanbod_uren (Float64; unknown without capacity), werklast
        (Float64, vraag / aanbod; unknown where one of the two is, when more than `ONBEKEND_AANDEEL` of the cases have
        no known hours and those of the others leave room, or when there is no aanbod), toelichting (str, why the
        werklast is unknown; a team with work and no hours at all has none).
    """
    known = {name: tables.get(name, TABLES[name].empty()) for name in _TABLES}
    zaken = zaakuren(beeld, known["zaaktype"], peil, kalender, opschorting)
    asked = aanvraaguren(beeld, zaken, known, peil, kalender)
    labels = dict(groepen or {})
    zaken, asked = (each.assign(team=each["team"].replace(labels)) for each in (zaken, asked))
    hours = pd.concat([zaken[["team", "uren"]], asked[["team", "uren"]]], ignore_index=True)
    aanbod = _aanbod(aanbod_per_team(known, peil, kalender), labels)
    teams = pd.Series(sorted({*hours["team"], *aanbod.index}), dtype="str")
    frame = pd.DataFrame({"team": teams})
    sums = hours.groupby("team")["uren"].sum(min_count=1)
    frame["vraag_uren"] = teams.map(sums).astype("Float64").where(teams.isin(hours["team"]), 0.0)
    missing = zaken.loc[zaken["uren"].isna(), "team"].value_counts()
    frame["zonder_uren"] = teams.map(missing).fillna(0).astype("int64")
    number = teams.map(zaken["team"].value_counts()).fillna(0).astype("int64")
    too_few = frame["zonder_uren"] > ONBEKEND_AANDEEL * number
    frame["aanbod_uren"] = teams.map(aanbod["aanbod_uren"]).astype("Float64")
    is_full = ((frame["vraag_uren"] >= frame["aanbod_uren"]) & (frame["vraag_uren"] > 0)).fillna(False)
    too_few &= ~is_full.astype(bool)
    has_hours = (frame["aanbod_uren"] > 0).fillna(False) & ~too_few
    frame["werklast"] = (frame["vraag_uren"] / frame["aanbod_uren"].where(has_hours)).round(9)
    why = teams.map(aanbod["toelichting"]).astype("str").where(teams.isin(aanbod.index), GEEN_CAPACITEIT)
    why = why.where(why.notna() | frame["vraag_uren"].notna(), GEEN_UREN)
    untold = frame["zonder_uren"].map(uren_onbekend).astype("str")
    frame["toelichting"] = why.where(why.notna() | ~too_few, untold)
    return frame


def uren_onbekend(aantal: int) -> str:
    """Return why the werklast of a team is unknown: "uren van 3 zaken onbekend"."""
    return f"uren van {aantal} {'zaak' if aantal == 1 else 'zaken'} onbekend"


def _aanbod(aanbod: pd.DataFrame, labels: Mapping[str, str]) -> pd.DataFrame:
    """Return aanbod_uren and toelichting by label; the hours of a label are known when those of all its teams are."""
    grouped = aanbod.groupby(aanbod["team"].replace(dict(labels)))
    hours = grouped["aanbod_uren"].sum().where(grouped["aanbod_uren"].count() == grouped.size())
    return pd.DataFrame({"aanbod_uren": hours, "toelichting": grouped["toelichting"].first()})

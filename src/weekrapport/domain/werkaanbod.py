"""How many hours each team has for cases, and how many it is absent ("Werklast" in docs/methods.md)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd

from weekrapport.domain.vaardigheden import team_per_medewerker
from weekrapport.domain.werkdagen import dagen
from weekrapport.domain.zaakbeeld import ONBEKEND

WERKDAGEN = 10
"""The as-of day, when it is a working day, and those after it, ten together."""
VOLLEDIG = 0.95
"""Share of the days of the employees of a team that must be delivered before its hours are believed."""
NIET_VOLLEDIG = "capaciteitsgegevens niet volledig"
GEEN_CAPACITEIT = "geen capaciteitsgegevens"
_AFWEZIG = ("verlofuren", "overig_afwezig_uren")


def venster(peil: date, kalender: np.busdaycalendar, werkdagen: int = WERKDAGEN) -> tuple[date, date]:
    """Return the first and the last of the working days from the as-of day on."""
    first = np.busday_offset(peil, 0, roll="forward", busdaycal=kalender)
    return first.astype(object), np.busday_offset(first, werkdagen - 1, busdaycal=kalender).astype(object)


def aanbod_per_team(
    tables: Mapping[str, pd.DataFrame], peil: date, kalender: np.busdaycalendar, werkdagen: int = WERKDAGEN
) -> pd.DataFrame:
    """Return the hours that each team has for cases in the window, and those that it is absent.

    Of every day of an employee: contracturen − verlofuren − overig_afwezig_uren − vaste_uren − reeds_ingepland_uren,
    at least 0; a part that is not filled in counts as none.

    Returns:
        team (str), aanbod_uren, afwezig_uren (Float64; unknown where the delivery is not complete), toelichting (str).
        One row for every team with employees in the window, also when nothing was delivered of it; no rows at all when
        nothing was delivered of any team.
    """
    first, last = venster(peil, kalender, werkdagen)
    hours = tables["capaciteit"]
    hours = hours[(hours["datum"] >= pd.Timestamp(first)) & (hours["datum"] <= pd.Timestamp(last))]
    hours = hours[hours["contracturen"].notna()]
    parts = hours[[*_AFWEZIG, "vaste_uren", "reeds_ingepland_uren"]].fillna(0.0)
    team_of = team_per_medewerker(tables["medewerker"], tables["team"])
    days = np.is_busday(dagen(hours["datum"]), busdaycal=kalender)
    rows = pd.DataFrame(
        {
            "team": hours["medewerker_id"].map(team_of).astype("str").fillna(ONBEKEND),
            "aanbod_uren": (hours["contracturen"] - parts.sum(axis=1)).clip(lower=0),
            "afwezig_uren": parts[[*_AFWEZIG]].sum(axis=1),
            "dagen": days.astype("int64"),
        }
    )
    sums = rows.groupby("team").sum()
    expected = _verwachte_dagen(tables["medewerker"], team_of, first, last, kalender)
    staffed = expected.index[(expected > 0) & (expected.index != ONBEKEND)] if len(sums) else []
    found = sums.reindex(pd.Index(sorted({*sums.index, *staffed}), dtype="str", name="team")).reset_index()
    days_expected = found["team"].map(expected).astype("Float64").fillna(0)
    short = (found["dagen"].fillna(0) < VOLLEDIG * days_expected).astype(bool)
    for name in ("aanbod_uren", "afwezig_uren"):
        found[name] = found[name].astype("Float64").mask(short)
    why = pd.Series(NIET_VOLLEDIG, index=found.index, dtype="str").where(
        found["team"].isin(sums.index), GEEN_CAPACITEIT
    )
    found["toelichting"] = why.where(short)
    return found.drop(columns="dagen")


def _verwachte_dagen(
    medewerker: pd.DataFrame, team_of: Mapping[str, str], first: date, last: date, kalender: np.busdaycalendar
) -> pd.Series:
    """Return per team how many working days its employees have in the window."""
    staff = medewerker.drop_duplicates("medewerker_id")
    begin = np.maximum(dagen(staff["in_dienst"].fillna(pd.Timestamp(first))), np.datetime64(first, "D"))
    end = np.minimum(dagen(staff["uit_dienst"].fillna(pd.Timestamp(last))), np.datetime64(last, "D"))
    days = np.busday_count(begin, np.maximum(end + np.timedelta64(1, "D"), begin), busdaycal=kalender)
    teams = staff["medewerker_id"].map(team_of).astype("str").fillna(ONBEKEND)
    return pd.DataFrame({"dagen": days}, index=staff.index)["dagen"].groupby(teams).sum()

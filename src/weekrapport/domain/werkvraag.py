"""How many hours the cases and the planned requests ask of each team ("Werklast" in docs/methods.md)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd

from weekrapport.domain.leveringen import laatste_werkdag, opgeschort
from weekrapport.domain.vaardigheden import vaardigheden_per_team
from weekrapport.domain.werkaanbod import venster
from weekrapport.domain.werkdagen import dagen
from weekrapport.domain.zaakbeeld import ONBEKEND, zaaktype_per_zaak


def zaakuren(
    beeld: pd.DataFrame,
    zaaktype: pd.DataFrame,
    peil: date,
    kalender: np.busdaycalendar,
    opschorting: pd.DataFrame | None,
) -> pd.DataFrame:
    """Return the open cases that do not wait and must be done by the end of the window, with their hours left.

    The hours are the resturen; where these are unknown the verwachte_uren of the case type times the share of the term
    that is left. Of an overdue case without resturen they are unknown, because nothing of its term is left.

    Returns:
        zaak_id, team (str), uren (Float64).
    """
    _, last = venster(peil, kalender)
    rows = beeld[beeld["einddatum"].isna() & beeld["telt_mee"].astype(bool)]
    rows = rows[(laatste_werkdag(rows["leidende_datum"], kalender) <= pd.Timestamp(last)).to_numpy()]
    rows = rows[~opgeschort(rows, opschorting, peil)["is_opgeschort"].to_numpy(dtype=bool)].reset_index(drop=True)
    left = (rows["leidende_datum"] - pd.Timestamp(peil)).dt.days.astype("Float64")
    term = (rows["leidende_datum"] - rows["startdatum"]).dt.days - rows["opgeschort_dagen"]
    share = (left / term.astype("Float64").clip(lower=1)).clip(upper=1).mask(left == 0, 0.0)
    expected = zaaktype_per_zaak(rows, zaaktype)["verwachte_uren"].astype("Float64") * share
    hours = rows["resturen"].fillna(expected.where(left > 0))
    return pd.DataFrame({"zaak_id": rows["zaak_id"], "team": rows["team"], "uren": hours.astype("Float64")})


def aanvraaguren(
    beeld: pd.DataFrame,
    zaken: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    peil: date,
    kalender: np.busdaycalendar,
) -> pd.DataFrame:
    """Return the planned requests of which a part falls in the window, with the hours of that part.

    The hours are spread evenly over the working days of the request. Those for a case that `zaakuren` counts are in its
    resturen already. A request belongs to the team of its case, else to the only team with the skill.

    Returns:
        aanvraag_id, team (str), uren (Float64).
    """
    asked = tables["capaciteitsaanvraag"]
    asked = asked[(asked["status"] == "gepland").fillna(False) & ~asked["zaak_id"].isin(zaken["zaak_id"])]
    asked = asked.reset_index(drop=True)
    days = venster(peil, kalender)
    first, last = (np.datetime64(day, "D") for day in days)
    begin = dagen(asked["gewenst_van"].fillna(asked["gewenst_tot"]).fillna(pd.Timestamp(days[0])))
    end = np.maximum(dagen(asked["gewenst_tot"].fillna(asked["gewenst_van"]).fillna(pd.Timestamp(days[0]))), begin)
    step = np.timedelta64(1, "D")
    inside = np.busday_count(
        np.maximum(begin, first), np.maximum(np.minimum(end, last) + step, first), busdaycal=kalender
    )
    whole = np.busday_count(begin, end + step, busdaycal=kalender)
    share = np.clip(inside, 0, None) / np.maximum(whole, 1)
    of_case = asked["zaak_id"].map(beeld.drop_duplicates("zaak_id").set_index("zaak_id")["team"]).astype("str")
    skills = vaardigheden_per_team(tables["medewerker"], tables["team"])
    owners: dict[str, list[str]] = {}
    for team, found in skills.items():
        for skill in found:
            owners.setdefault(skill, []).append(team)
    only = {skill: teams[0] for skill, teams in owners.items() if len(teams) == 1}
    of_skill = asked["vaardigheid"].str.strip().str.casefold().map(only).astype("str")
    frame = pd.DataFrame(
        {
            "aanvraag_id": asked["aanvraag_id"],
            "team": of_case.fillna(of_skill).fillna(ONBEKEND),
            "uren": asked["uren"].to_numpy(dtype=float, na_value=np.nan) * share,
        }
    )
    frame["uren"] = frame["uren"].astype("Float64")
    return frame[share > 0].reset_index(drop=True)

"""How much work each team must do in the next ten working days, and how many hours it has for that (K23).

Only hours per team: nothing here says how busy a person is. Methods: "Werklast" in docs/methods.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd

from weekrapport.domain.leveringen import laatste_werkdag, opgeschort
from weekrapport.domain.schema import TABLES
from weekrapport.domain.vaardigheden import team_per_medewerker, vaardigheden_per_team
from weekrapport.domain.werkdagen import dagen
from weekrapport.domain.zaakbeeld import ONBEKEND, zaaktype_per_zaak

WERKDAGEN = 10
"""The as-of day, when it is a working day, and those after it, ten together."""
VOLLEDIG = 0.95
"""Share of the days of the employees of a team that must be delivered before its hours are believed."""
GEEN_CAPACITEIT = "geen capaciteitsgegevens"
NIET_VOLLEDIG = "capaciteitsgegevens niet volledig"
GEEN_UREN = "geen uren per zaak"


def venster(peil: date, kalender: np.busdaycalendar, werkdagen: int = WERKDAGEN) -> tuple[date, date]:
    """Return the first and the last of the working days from the as-of day on."""
    first = np.busday_offset(peil, 0, roll="forward", busdaycal=kalender)
    return first.astype(object), np.busday_offset(first, werkdagen - 1, busdaycal=kalender).astype(object)


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

    The hours are spread evenly over the working days of the request. Those for a case that `zakuren` counts are in its
    resturen already. A request belongs to the team of its case, else to the only team with the skill.

    Returns:
        aanvraag_id, team (str), uren (Float64).
    """
    asked = tables["capaciteitsaanvraag"]
    asked = asked[(asked["status"] == "gepland").fillna(False) & ~asked["zaak_id"].isin(zaken["zaak_id"])]
    asked = asked.reset_index(drop=True)
    first, last = (np.datetime64(day, "D") for day in venster(peil, kalender))
    begin = dagen(asked["gewenst_van"].fillna(asked["gewenst_tot"]).fillna(pd.Timestamp(first)))
    end = np.maximum(dagen(asked["gewenst_tot"].fillna(asked["gewenst_van"]).fillna(pd.Timestamp(first))), begin)
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
            "uren": asked["uren"] * share,
        }
    )
    return frame[share > 0].reset_index(drop=True)


def aanbod_per_team(
    tables: Mapping[str, pd.DataFrame], peil: date, kalender: np.busdaycalendar, werkdagen: int = WERKDAGEN
) -> pd.DataFrame:
    """Return the hours that each team has for cases in the window, and those that it is absent.

    Of every day of an employee: contracturen − verlofuren − overig_afwezig_uren − vaste_uren − reeds_ingepland_uren,
    at least 0; a part that is not filled in counts as none.

    Returns:
        team (str), aanbod_uren, afwezig_uren (Float64; unknown where the delivery is not complete), toelichting (str).
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
    found = rows.groupby("team", sort=True).sum().reset_index()
    found["team"] = found["team"].astype("str")
    expected = found["team"].map(_verwachte_dagen(tables["medewerker"], team_of, first, last, kalender)).fillna(0)
    short = found["dagen"] < VOLLEDIG * expected
    for name in ("aanbod_uren", "afwezig_uren"):
        found[name] = found[name].astype("Float64").mask(short)
    found["toelichting"] = pd.Series(np.where(short, NIET_VOLLEDIG, None), index=found.index).astype("str")
    return found.drop(columns="dagen")


_TABLES = ("zaaktype", "team", "medewerker", "capaciteit", "capaciteitsaanvraag")
_AFWEZIG = ("verlofuren", "overig_afwezig_uren")


def _verwachte_dagen(
    medewerker: pd.DataFrame, team_of: Mapping[str, str], first: date, last: date, kalender: np.busdaycalendar
) -> pd.Series:
    """Return per team how many working days its employees have in the window."""
    staff = medewerker.drop_duplicates("medewerker_id")
    begin = np.maximum(dagen(staff["in_dienst"].fillna(pd.Timestamp(first))), np.datetime64(first, "D"))
    end = np.minimum(dagen(staff["uit_dienst"].fillna(pd.Timestamp(last))), np.datetime64(last, "D"))
    days = np.busday_count(begin, np.maximum(end + np.timedelta64(1, "D"), begin), busdaycal=kalender)
    teams = staff["medewerker_id"].map(team_of).astype("str").fillna(ONBEKEND)
    return pd.Series(days, index=staff.index).groupby(teams).sum()

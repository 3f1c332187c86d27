"""Q06: was the customer kept informed while the case ran, and told in time of what moved the date?

Methods: "Dossiertoets" in docs/methods.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd

from weekrapport.domain.onderbrekingen import without_overlap
from weekrapport.domain.toets import (
    FOUT,
    GOED,
    NIET_TE_BEOORDELEN,
    NVT,
    Toetsafspraken,
    lokale_dagen,
    toetsuitkomst,
)
from weekrapport.domain.uitsteltoets import opschorting_niet_meegedeeld, verlenging_te_laat
from weekrapport.domain.werkdagen import aantal_werkdagen_na, dagen, werkdagen_later


def tussentijds_toets(
    zaken: pd.DataFrame,
    berichten: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    afspraken: Toetsafspraken,
    kalender: np.busdaycalendar,
    peil: date,
) -> pd.DataFrame:
    """Return the outcome of Q06 in the order of `zaken`, as `toets.toetsuitkomst`.

    Only cases that were open for more than `stilte_werkdagen`; the others are nvt. Fout: a silence of more than that
    many working days (those in a suspension that is itself longer do not count); a status of which the customer must be
    told without a message; an extension or a suspension that was not told before the date that it moved.

    Args:
        zaken: zaak_id, zaaktype_id and the days and deadlines of the zaakbeeld.
        berichten: the result of `berichten.uitgaande_berichten`.
        tables: zaak_opschorting, zaak_verlenging, zaak_status, zaaktype_status and zaaktype in the as-of view.
        afspraken: how many working days there are.
        kalender: the werkkalender.
        peil: the as-of day; that day itself is not over.
    """
    start, end = dagen(zaken["startdatum"]), dagen(zaken["einddatum"])
    open_for = aantal_werkdagen_na(start, end, kalender)
    long_open = open_for > afspraken.stilte_werkdagen
    lang = zaken[long_open]
    berichten = berichten[berichten["zaak_id"].isin(lang["zaak_id"])]
    opschorting = _van(tables["zaak_opschorting"], lang)
    stilte = _langste_stilte(lang, berichten, opschorting, afspraken, kalender)
    status = _status_zonder_bericht(lang, berichten, tables, afspraken, kalender, peil)
    told = lang["zaak_id"].isin(opschorting_niet_meegedeeld(lang, berichten, opschorting, tables, kalender, peil))
    extended = lang["zaak_id"].isin(verlenging_te_laat(lang, opschorting, tables, kalender, peil))
    too_long = stilte > afspraken.stilte_werkdagen
    bevinding = pd.Series("", index=lang.index, dtype="str")
    for applies, text in (
        (too_long, stilte.astype("Int64").astype("str") + " werkdagen geen bericht"),
        (extended, "verlenging niet op tijd meegedeeld"),
        (told, "opschorting niet meegedeeld"),
        (status == "fout", "geen bericht na een nieuwe status"),
    ):
        before = bevinding.where(bevinding == "", bevinding + "; ")
        bevinding = bevinding.mask(applies, before + text)
    wrong = (bevinding != "").reindex(zaken.index, fill_value=False).to_numpy(bool)
    waiting = (status == "wacht").reindex(zaken.index, fill_value=False).to_numpy(bool)
    oordeel = np.select(
        [np.isnan(open_for), ~long_open, wrong, waiting], [NIET_TE_BEOORDELEN, NVT, FOUT, NIET_TE_BEOORDELEN], GOED
    )
    return toetsuitkomst(zaken, oordeel, bevinding.reindex(zaken.index))


def _van(table: pd.DataFrame, zaken: pd.DataFrame) -> pd.DataFrame:
    return table[table["zaak_id"].isin(zaken["zaak_id"])]


def _langste_stilte(
    zaken: pd.DataFrame,
    berichten: pd.DataFrame,
    opschorting: pd.DataFrame,
    afspraken: Toetsafspraken,
    kalender: np.busdaycalendar,
) -> pd.Series:
    """Return the longest silence of every case in working days (float64), without those of a long suspension."""
    bounds = zaken[["zaak_id", "startdatum", "einddatum"]]
    inside = berichten[["zaak_id", "dag"]].merge(bounds, on="zaak_id")
    inside = inside[(inside["dag"] > inside["startdatum"]) & (inside["dag"] < inside["einddatum"])]
    points = pd.concat(
        [
            inside[["zaak_id", "dag"]],
            *(bounds[["zaak_id", name]].rename(columns={name: "dag"}) for name in ("startdatum", "einddatum")),
        ]
    ).sort_values(["zaak_id", "dag"])
    gaps = points.assign(eerder=points.groupby("zaak_id")["dag"].shift()).dropna(subset="eerder").reset_index(drop=True)
    van, tot = dagen(gaps["eerder"]), dagen(gaps["dag"])
    gaps["werkdagen"] = aantal_werkdagen_na(van, tot, kalender)
    paused = _lange_opschorting(zaken, opschorting, afspraken, kalender)
    both = gaps[gaps["werkdagen"] > afspraken.stilte_werkdagen].reset_index().merge(paused, on="zaak_id")
    day = np.timedelta64(1, "D")
    # A suspension [begin, eind) holds the days (begin − 1, eind − 1].
    first = np.maximum(dagen(both["eerder"]), dagen(both["begin"]) - day)
    last = np.minimum(dagen(both["dag"]), dagen(both["eind"]) - day)
    overlap = np.clip(aantal_werkdagen_na(first, last, kalender), 0, None)
    away = pd.Series(overlap, index=both["index"], dtype="float64").groupby(level=0).sum()
    gaps["werkdagen"] = gaps["werkdagen"].sub(away.reindex(gaps.index, fill_value=0.0))
    longest = gaps.groupby("zaak_id")["werkdagen"].max()
    return pd.Series(longest.reindex(zaken["zaak_id"]).to_numpy("float64"), index=zaken.index)


def _lange_opschorting(
    zaken: pd.DataFrame, opschorting: pd.DataFrame, afspraken: Toetsafspraken, kalender: np.busdaycalendar
) -> pd.DataFrame:
    """Return the suspensions, within their case, that last more than `stilte_werkdagen`: zaak_id, begin, eind."""
    rows = without_overlap(opschorting)[["zaak_id", "begin", "eind"]]
    rows = rows.merge(zaken[["zaak_id", "einddatum"]], on="zaak_id")
    rows["eind"] = rows["eind"].fillna(rows["einddatum"]).where(lambda end: end < rows["einddatum"], rows["einddatum"])
    length = aantal_werkdagen_na(
        dagen(rows["begin"]) - np.timedelta64(1, "D"), dagen(rows["eind"]) - np.timedelta64(1, "D"), kalender
    )
    return rows.loc[length > afspraken.stilte_werkdagen, ["zaak_id", "begin", "eind"]]


def _status_zonder_bericht(
    zaken: pd.DataFrame,
    berichten: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    afspraken: Toetsafspraken,
    kalender: np.busdaycalendar,
    peil: date,
) -> pd.Series:
    """Return per case "fout" when a message lacks after a status that asks for one, "wacht" when it may still come.

    The first status of a case type and the final one are left out: Q05 and Q07 look at those.
    """
    typen = tables["zaaktype_status"]
    lowest = typen.groupby("zaaktype_id")["volgnummer"].transform("min")
    between = (typen["volgnummer"] > lowest) & ~typen["is_eindstatus"].fillna(False).astype(bool)
    asked = typen.loc[typen["informeren"].fillna(False).astype(bool) & between, "statustype_id"]
    rows = _van(tables["zaak_status"], zaken)
    rows = rows[rows["statustype_id"].isin(asked)]
    rows = pd.DataFrame({"zaak_id": rows["zaak_id"], "van": lokale_dagen(rows["gezet_op"])}).reset_index(drop=True)
    rows["tot"] = werkdagen_later(dagen(rows["van"]), afspraken.informeren_werkdagen, kalender)
    sent = rows.reset_index().merge(berichten[["zaak_id", "dag"]], on="zaak_id")
    told = sent.loc[(sent["dag"] >= sent["van"]) & (sent["dag"] <= sent["tot"]), "index"]
    rows = rows[~rows.index.isin(told)]
    over = rows["tot"] < pd.Timestamp(peil)
    result = pd.Series("", index=zaken.index, dtype="str")
    result = result.mask(zaken["zaak_id"].isin(rows.loc[~over, "zaak_id"]), "wacht")
    return result.mask(zaken["zaak_id"].isin(rows.loc[over, "zaak_id"]), "fout")

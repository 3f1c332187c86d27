"""Counts over the verdicts of the checks: per check, week and team, and per required document.

Methods: "Dossiertoets" in docs/methods.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pandas as pd

from weekrapport.domain.dossiertoets import Toetsing
from weekrapport.domain.teamgroepen import verborgen_cellen
from weekrapport.domain.toets import FOUT, GOED
from weekrapport.week import Week


def telling(oordelen: pd.DataFrame, *dimensions: str) -> pd.DataFrame:
    """Return how often each verdict occurs, per check and the columns in `dimensions`.

    Returns:
        The dimensions and toets as columns, goed, fout, nvt, niet_te_beoordelen (int64), and getoetst = goed + fout.
    """
    keys = [*dimensions, "toets"]
    counts = oordelen.groupby([*keys, "oordeel"]).size().unstack("oordeel", fill_value=0)
    counts = counts.rename(columns={"niet te beoordelen": "niet_te_beoordelen"})
    names = ["goed", "fout", "nvt", "niet_te_beoordelen"]
    counts = counts.reindex(columns=names, fill_value=0).astype("int64")
    counts.columns.name = None
    return counts.assign(getoetst=counts["goed"] + counts["fout"]).reset_index()


def nagekomen_bevindingen(oordelen: pd.DataFrame, week: Week, peil: date) -> pd.DataFrame:
    """Return the findings of the week before that its own report could not know: it could still come then.

    That report told what was true seven days before this as-of day.
    """
    before = oordelen[(oordelen["week"] == str(week.plus(-1))) & (oordelen["oordeel"] == FOUT)]
    return before[before["venster"] >= pd.Timestamp(peil - timedelta(days=7))]


def teamtelling(toetsing: Toetsing, week: Week, groepen: Mapping[str, str]) -> pd.DataFrame:
    """Return the counts of the week per group of teams and check, with the cells that must stay hidden.

    Args:
        toetsing: the verdicts.
        week: the report week.
        groepen: the result of `teamgroepen.teamgroepen`.

    Returns:
        team (the label of the group), toets, goed, getoetst (int64; unknown where verborgen), verborgen (bool).
    """
    rows = toetsing.oordelen[toetsing.oordelen["week"] == str(week)]
    counts = telling(rows.assign(team=rows["team"].map(groepen)), "team")
    tested = counts.pivot(index="team", columns="toets", values="getoetst").fillna(0)
    hidden = verborgen_cellen(tested).reset_index().melt("team", var_name="toets", value_name="verborgen")
    found = counts[["team", "toets", "goed", "getoetst"]].merge(hidden, on=["team", "toets"])
    shown = ~found["verborgen"]
    return found.assign(**{name: found[name].astype("Int64").where(shown) for name in ("goed", "getoetst")})


def documenttelling(toetsing: Toetsing, week: Week) -> pd.DataFrame:
    """Return per required document in how many cases of the week it was required, and in how many it was all there.

    Only cases with a verdict goed or fout count, and requirements that apply.

    Returns:
        informatieobjecttype (str), zaken, compleet, ontbreekt (int64, cases), vereist, aanwezig (int64, documents); by
        ontbreekt, the most first.
    """
    oordelen = toetsing.oordelen
    judged = oordelen[
        (oordelen["week"] == str(week)) & (oordelen["toets"] == "Q03") & oordelen["oordeel"].isin([GOED, FOUT])
    ]
    eisen = toetsing.eisen
    rows = eisen[eisen["zaak_id"].isin(judged["zaak_id"]) & eisen["geldt"].fillna(False).astype(bool)]
    rows = rows.assign(mist=rows["aanwezig"] < rows["vereist"])
    per_case = rows.groupby(["informatieobjecttype", "zaak_id"])[["vereist", "aanwezig", "mist"]]
    per_case = per_case.agg({"vereist": "sum", "aanwezig": "sum", "mist": "any"}).reset_index()
    grouped = per_case.groupby("informatieobjecttype")
    counts = grouped.agg(
        zaken=("zaak_id", "size"), ontbreekt=("mist", "sum"), vereist=("vereist", "sum"), aanwezig=("aanwezig", "sum")
    ).astype("int64")
    counts.insert(1, "compleet", counts["zaken"] - counts["ontbreekt"])
    return counts.reset_index().sort_values(
        ["ontbreekt", "informatieobjecttype"], ascending=[False, True], ignore_index=True
    )

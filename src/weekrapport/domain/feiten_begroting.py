"""Facts about budget and invoices: K40–K47 as records ("Feiten" in docs/methods.md).

Costs are the whole (scope {}); revenue stands apart under {"soort": "opbrengsten"}; a line under {"regel": its id}.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from weekrapport.domain.begrotingsbeeld import NIET_BEGROTE_REGELS
from weekrapport.domain.factuurdekking import Dekking, dekking_totaal
from weekrapport.domain.feiten import Feit
from weekrapport.domain.realisatie import LopendeMaand

OPBRENGSTEN = {"soort": "opbrengsten"}


def begroting_feiten(beeld: pd.DataFrame, kosten: pd.DataFrame, opbrengsten: pd.DataFrame) -> list[Feit]:
    """Return every figure of the budget: costs, revenue, and per line.

    Args:
        beeld: the begrotingsbeeld.
        kosten: the row that adds up the costs (`begrotingstotaal.opgeteld`).
        opbrengsten: the same of revenue; without rows when there is none.
    """
    feiten = _regel_feiten(kosten.iloc[0], {})
    for _, row in opbrengsten.iterrows():
        feiten += _regel_feiten(row, OPBRENGSTEN)
    for _, row in beeld.iterrows():
        feiten += _regel_feiten(row, {"regel": str(row["regel_id"])})
    return feiten


def realisatie_feiten(rekeningen: pd.DataFrame) -> list[Feit]:
    """Return what was booked when there is no budget: costs, revenue, and per account.

    Args:
        rekeningen: `realisatie.per_rekening`.
    """
    sums = rekeningen.groupby("soort")["realisatie_cent"].sum()
    feiten = [Feit("K41", int(sums.get("kosten", 0)))]
    if "opbrengsten" in sums:
        feiten.append(Feit("K41", int(sums["opbrengsten"]), OPBRENGSTEN))
    for regel, cents in rekeningen.groupby("regel", sort=True)["realisatie_cent"].sum().items():
        feiten.append(Feit("K41", int(cents), {"regel": str(regel)}))
    return feiten


def maand_feiten(maand: LopendeMaand) -> list[Feit]:
    """Return what is booked so far in the month that is not closed yet."""
    period = f"{maand.jaar}-{maand.maand:02d}"
    return [
        Feit("K41", maand.kosten_cent, measure="lopende maand", period=period),
        Feit("K41", maand.opbrengsten_cent, OPBRENGSTEN, measure="lopende maand", period=period),
    ]


def dekking_feiten(dekking: pd.DataFrame, *, heeft_begroting: bool) -> list[Feit]:
    """Return the invoice backing of the whole and per line, in euros and in numbers.

    Args:
        dekking: `factuurdekking.factuurdekking`.
        heeft_begroting: lines are named by their id; else by the account in words.
    """
    feiten = _dekking_feiten(dekking_totaal(dekking), {})
    key = dekking["regel_id"].fillna(NIET_BEGROTE_REGELS["kosten"]) if heeft_begroting else dekking["regel"]
    for regel, rows in dekking.groupby(key, sort=True):
        feiten += _dekking_feiten(dekking_totaal(rows), {"regel": str(regel)})
    return feiten


def _regel_feiten(row: pd.Series, scope: Mapping[str, str]) -> list[Feit]:
    feiten = [
        Feit("K40", _cent(row["begroot_jaar_cent"]), scope, measure="jaar"),
        Feit("K40", _cent(row["begroot_cent"]), scope, measure="periode"),
    ]
    if pd.isna(row["realisatie_cent"]):
        return feiten
    begroot, jaar = _cent(row["begroot_cent"]), _cent(row["begroot_jaar_cent"])
    afwijking = _cent(row["afwijking_cent"])
    return [
        *feiten,
        Feit("K41", _cent(row["realisatie_cent"]), scope),
        Feit("K42", afwijking, scope),
        Feit("K43", _aandeel(row["afwijking_aandeel"]), scope, afwijking, _abs(begroot)),
        Feit("K44", _cent(row["prognose_cent"]), scope),
        Feit("K44", _cent(row["prognose_laag_cent"]), scope, measure="laag"),
        Feit("K44", _cent(row["prognose_hoog_cent"]), scope, measure="hoog"),
        Feit("K44", _cent(row["prognose_afwijking_cent"]), scope, measure="afwijking"),
        Feit("K45", _cent(row["ruimte_cent"]), scope),
        Feit(
            "K46",
            _aandeel(row["bezetting_aandeel"]),
            scope,
            _cent(row["realisatie_cent"] + row["verplicht_cent"]),
            _abs(jaar),
        ),
    ]


def _dekking_feiten(found: Dekking, scope: Mapping[str, str]) -> list[Feit]:
    """Return both measures: in euros without what may still wait for its invoice, in numbers of all that was tested."""
    is_getoetst = found.aandeel is not None
    bedrag = found.geboekt_cent - found.in_afwachting_cent if is_getoetst else 0
    aantal = found.aantal
    share = found.aantal_gedekt / aantal if aantal else None
    return [
        Feit("K47", found.aandeel, scope, found.gedekt_cent, bedrag, measure="bedrag"),
        Feit("K47", share, scope, found.aantal_gedekt, aantal, measure="aantal"),
    ]


def _cent(value: Any) -> int | None:
    return None if pd.isna(value) else int(value)


def _abs(value: int | None) -> int | None:
    return None if value is None else abs(value)


def _aandeel(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)

"""Costs and revenue beside the budget, per kostensoort (IBCS: BU, AC, Δ, FC)."""

from __future__ import annotations

import pandas as pd

from weekrapport.reporting.blocks import Block, ColumnFormat, sentence, table
from weekrapport.reporting.budget_variance.amounts import Schaal, in_euro, schaal, tegenover
from weekrapport.reporting.budget_variance.bare import begroting_tabel, gevuld, rekeningen_tabel
from weekrapport.reporting.budget_variance.groups import groepen, kop
from weekrapport.reporting.budget_variance.view import Begrotingsrapport
from weekrapport.reporting.numbers import procent


def kosten_tabel(view: Begrotingsrapport) -> Block:
    """Return the costs against the budget per kostensoort (table 1); without a budget per account."""
    if view.regels is None:
        return rekeningen_tabel(view, "kosten")
    if view.kosten.empty:
        return sentence("De begroting heeft geen regels met kosten.")
    if view.boekbeeld is None:
        return begroting_tabel(view, "kosten")
    frame = groepen(view, "kosten")
    view.report.attach("kosten_per_kostensoort", in_euro(gevuld(frame)))
    unit = schaal(frame["prognose_hoog_cent"])
    columns = _columns(view, unit, kop(view.kosten))
    if view.heeft_verplichtingen:
        columns["verplicht_cent"] = ColumnFormat("Verplicht", format=unit.bedrag)
    columns |= _prognose(view, unit)
    if view.dekking is not None:
        columns["facturen"] = ColumnFormat("Factuur", align="rechts")
    return table(frame, _titel(frame, view), columns, total_row=len(frame) > 1, note=_noot(view, unit, is_kosten=True))


def opbrengsten_tabel(view: Begrotingsrapport) -> Block:
    """Return the revenue against the budget; it stands apart from the costs."""
    if view.regels is None:
        return rekeningen_tabel(view, "opbrengsten")
    if view.opbrengsten.empty:
        return sentence(
            "De begroting heeft geen opbrengsten."
            if view.boekbeeld is None
            else "De begroting heeft geen opbrengsten, en er zijn er ook geen geboekt."
        )
    if view.boekbeeld is None:
        return begroting_tabel(view, "opbrengsten")
    frame = groepen(view, "opbrengsten")
    view.report.attach("opbrengsten_per_soort", in_euro(gevuld(frame)))
    unit = schaal(frame["prognose_hoog_cent"])
    columns = _columns(view, unit, kop(view.opbrengsten)) | _prognose(view, unit)
    row = frame.iloc[-1]
    title = f"De opbrengsten {view.tot_en_met}: {tegenover(row['afwijking_cent'], row['afwijking_aandeel'])}"
    if not view.afspraken.periode:
        title = f"De opbrengsten van {view.afspraken.boekjaar}; er is nog geen maand afgesloten"
    return table(frame, title, columns, total_row=len(frame) > 1, note=_noot(view, unit, is_kosten=False))


def _columns(view: Begrotingsrapport, unit: Schaal, head: str) -> dict[str, ColumnFormat]:
    return {
        "naam": ColumnFormat(head),
        "begroot_jaar_cent": ColumnFormat("BU jaar", format=unit.bedrag),
        "begroot_cent": ColumnFormat(f"BU {view.tm_kort}", format=unit.bedrag),
        "realisatie_cent": ColumnFormat(f"AC {view.tm_kort}", format=unit.bedrag),
        "afwijking_cent": ColumnFormat("Δ", format=unit.verschil),
        "afwijking_aandeel": ColumnFormat("Δ %", format=lambda share: procent(share, teken=True), align="rechts"),
    }


def _prognose(view: Begrotingsrapport, unit: Schaal) -> dict[str, ColumnFormat]:
    """Return the columns of the forecast; a year that is closed has none."""
    if view.is_jaar_dicht:
        return {}
    return {
        "prognose_cent": ColumnFormat("FC jaar", format=unit.bedrag),
        "prognose_afwijking_cent": ColumnFormat("FC−BU", format=unit.verschil),
    }


def _titel(frame: pd.DataFrame, view: Begrotingsrapport) -> str:
    if not view.afspraken.periode:
        return f"De begroting van {view.afspraken.boekjaar}; er is nog geen maand afgesloten"
    parts = frame.iloc[:-1] if len(frame) > 1 else frame
    known = parts[parts["afwijking_cent"].notna()]
    if known.empty:
        return f"De kosten {view.tot_en_met} zijn niet te vergelijken met de begroting"
    largest = known.loc[known["afwijking_cent"].abs().astype("int64").idxmax()]
    if not largest["afwijking_cent"]:
        return f"De kosten {view.tot_en_met} zijn gelijk aan de begroting"
    return f"{largest['naam']} wijkt het meest af: {tegenover(largest['afwijking_cent'], largest['afwijking_aandeel'])}"


def _noot(view: Begrotingsrapport, unit: Schaal, *, is_kosten: bool) -> str:
    text = f"Bedragen in {unit.woorden}. BU: begroting, AC: realisatie, Δ: AC − BU {view.tm_kort}"
    text += "." if view.is_jaar_dicht else ", FC: verwachting."
    if is_kosten and view.heeft_verplichtingen:
        text += " Verplicht: open toezeggingen aan leveranciers voor dit jaar."
    if is_kosten and view.dekking is not None:
        text += " Factuur: deel van het bedrag waarachter een factuur staat, tot het peilmoment; van minder dan tien "
        text += "boekingen staat het aantal er."
    return text

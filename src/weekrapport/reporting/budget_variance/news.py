"""What changed in the books in the report week, as far as that is certain."""

from __future__ import annotations

import pandas as pd

from weekrapport.domain.realisatie import bedrag_met_teken, geboekt_in_week
from weekrapport.reporting.blocks import Block, prose, sentence
from weekrapport.reporting.budget_variance.amounts import boekingen, in_euro, opsomming
from weekrapport.reporting.budget_variance.view import Begrotingsrapport
from weekrapport.reporting.numbers import euro, getal
from weekrapport.week import MONTHS

HALVE_EURO = 50
"""Cents: an amount below this would be printed as € 0."""


def nieuw_sinds_vorige_week(view: Begrotingsrapport) -> Block:
    """Return what was booked in the week, which of it still lacks an invoice, and where the running month stands."""
    if view.boekbeeld is None:
        return sentence("Zonder boekingen is niet te zeggen wat er in de week is veranderd.")
    rows = _regels(view)
    view.report.attach(
        "nieuw_sinds_vorige_week", in_euro(pd.DataFrame(rows).astype({"aantal": "Int64", "bedrag_cent": "Int64"}))
    )
    lines = [_geboekt(view), *_facturen_van_de_week(view), *_ontvangen(view), _lopende_maand(view)]
    return prose("\n".join(f"- {line}" for line in lines if line))


def _regels(view: Begrotingsrapport) -> list[dict[str, str | int | None]]:
    """Return the counts and amounts behind the lines, for the attachment."""
    assert view.boekbeeld is not None  # noqa: S101 - the caller looked
    week = geboekt_in_week(view.boekbeeld, view.week)
    amounts = bedrag_met_teken(week).groupby(week["soort"]).agg(["size", "sum"])
    found: list[dict[str, str | int | None]] = [
        {"wat": f"geboekt in de week: {soort}", "aantal": int(row["size"]), "bedrag_cent": int(row["sum"])}
        for soort, row in amounts.iterrows()
    ]
    for name, part in _dekking_van_de_week(view).items():
        found.append({"wat": name, "aantal": len(part), "bedrag_cent": int(part["bedrag_cent"].abs().sum())})
    received = _ontvangen_facturen(view)
    if received is not None:
        gross = int(received["bruto_cent"].sum())
        found.append({"wat": "facturen ontvangen in de week", "aantal": len(received), "bedrag_cent": gross})
    month = view.lopend
    if month is not None:
        name = f"lopende maand {MONTHS[month.maand - 1]} {month.jaar}"
        found.append({"wat": f"{name}: boekingen", "aantal": month.aantal, "bedrag_cent": None})
        found.append({"wat": f"{name}: kosten", "aantal": None, "bedrag_cent": month.kosten_cent})
        found.append({"wat": f"{name}: opbrengsten", "aantal": None, "bedrag_cent": month.opbrengsten_cent})
    return found


def _geboekt(view: Begrotingsrapport) -> str:
    assert view.boekbeeld is not None  # noqa: S101 - the caller looked
    week = geboekt_in_week(view.boekbeeld, view.week)
    if week.empty:
        return f"Met een datum in week {view.week.number} is nog niets geboekt."
    amount = bedrag_met_teken(week)
    parts = []
    for soort in ("kosten", "opbrengsten"):
        part = amount[week["soort"] == soort]
        if len(part):
            parts.append(f"{boekingen(len(part))} van {soort} ({euro(int(part.sum()))})")
    return f"Geboekt in week {view.week.number}: {opsomming(parts)}."


def _dekking_van_de_week(view: Begrotingsrapport) -> dict[str, pd.DataFrame]:
    """Return the invoice-bearing bookings of the week by what stands behind them; nothing when that is not tested."""
    if view.dekking is None:
        return {}
    days = view.dekking["boekdatum"]
    in_week = (days >= pd.Timestamp(view.week.monday)) & (days <= pd.Timestamp(view.week.sunday))
    rows = view.dekking[in_week]
    backed = rows["is_gedekt"].fillna(False).astype(bool)
    waits = rows["is_in_afwachting"].astype(bool)
    return {
        "geboekt in de week, factuur gevonden": rows[backed],
        "geboekt in de week, wacht op factuur": rows[waits],
        "geboekt in de week, zonder factuur": rows[~backed & ~waits],
    }


def _facturen_van_de_week(view: Begrotingsrapport) -> list[str]:
    parts = list(_dekking_van_de_week(view).values())
    total = sum(len(part) for part in parts)
    if not total:
        return []
    found, waits, missing = (len(part) for part in parts)
    if found == total:
        which = "de enige boeking" if total == 1 else f"alle {boekingen(total)}"
        return [f"Bij {which} van de week met factuurplicht is de factuur gevonden."]
    text = f"Van de {boekingen(total)} van de week met factuurplicht is bij {getal(found)} de factuur gevonden"
    if waits:
        text += f"; {getal(waits)} {'wacht' if waits == 1 else 'wachten'} nog op de factuur"
    if missing:
        text += f"; {getal(missing)} {'heeft' if missing == 1 else 'hebben'} geen goede factuur"
    return [f"{text}."]


def _ontvangen_facturen(view: Begrotingsrapport) -> pd.DataFrame | None:
    if not view.report.is_delivered("factuur", "ontvangen_op"):
        return None
    rows = view.tables["factuur"]
    days = rows["ontvangen_op"]
    return rows[(days >= pd.Timestamp(view.week.monday)) & (days <= pd.Timestamp(view.week.sunday))]


def _ontvangen(view: Begrotingsrapport) -> list[str]:
    rows = _ontvangen_facturen(view)
    if rows is None:
        return []
    if rows.empty:
        return [f"In week {view.week.number} zijn geen facturen ontvangen."]
    verb, what = ("is", "1 factuur") if len(rows) == 1 else ("zijn", f"{getal(len(rows))} facturen")
    amount = euro(int(rows["bruto_cent"].sum()))
    return [f"In week {view.week.number} {verb} {what} ontvangen, samen {amount} inclusief btw."]


def _lopende_maand(view: Begrotingsrapport) -> str:
    month = view.lopend
    if month is None:
        return ""
    name = f"{MONTHS[month.maand - 1].capitalize()} {month.jaar}"
    if not month.aantal:
        return f"{name} is nog niet afgesloten en er is nog niets op geboekt."
    revenue = f" en {euro(month.opbrengsten_cent)} aan opbrengsten" if abs(month.opbrengsten_cent) >= HALVE_EURO else ""
    return (
        f"{name} is nog niet afgesloten. Tot het peilmoment is {euro(month.kosten_cent)} aan kosten{revenue} geboekt; "
        "vergelijken met de begroting kan pas na afsluiting."
    )

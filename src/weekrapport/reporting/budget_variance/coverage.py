"""Does an invoice really stand behind the costs: three rungs, what is missing, what waits, what nobody booked."""

from __future__ import annotations

import pandas as pd

from weekrapport.domain.factuurdekking import dekking_per_trede, dekking_totaal, ongedekt
from weekrapport.domain.journaalposten import niet_sluitende_journaalposten
from weekrapport.reporting.blocks import Block, ColumnFormat, escape_markdown, prose, sentence, table
from weekrapport.reporting.budget_variance.amounts import boekingen, in_euro
from weekrapport.reporting.budget_variance.page_one import waarom_niet_getoetst
from weekrapport.reporting.budget_variance.view import Begrotingsrapport
from weekrapport.reporting.numbers import MIN_NOEMER, datum_kort, euro, getal, procent
from weekrapport.sources.snapshot import load_table

STATUSWOORDEN = {
    "factuur_onbekend": "factuur nog niet gevonden",
    "leverancier_verschilt": "factuur van een andere leverancier",
    "bedrag_verschilt": "bedrag wijkt af van de factuur",
    "datum_verschilt": "factuur is van na de boeking",
    "document_ontbreekt": "document ontbreekt of is onleesbaar",
}
MAX_ONGEDEKT = 12
MAX_NIET_GEBOEKT = 6
_TREDEN = {
    "record": ("In het register", "staat de factuur in het register"),
    "bedrag": ("Bedrag", "klopt het bedrag met de factuur"),
    "document": ("Document", "is het document van de factuur aanwezig en leesbaar"),
}
_NIET_GETOETST = {
    "bedrag": "niet getoetst: zonder btw of toerekening is een verschil niet te beoordelen",
    "document": "niet getoetst: er zijn geen documenten van facturen aangeleverd",
}


def dekking_zinnen(view: Begrotingsrapport) -> Block:
    """Return one sentence per rung: how many bookings were tested and how many reached it."""
    if view.boekbeeld is None:
        return sentence("Zonder boekingen is er niets te toetsen aan facturen.")
    if view.dekking is None:
        return sentence(f"Niet getoetst: {waarom_niet_getoetst(view)}.")
    if view.dekking.empty:
        return sentence("Er zijn geen boekingen die een factuur nodig hebben.")
    rungs = dekking_per_trede(view.dekking)
    view.report.attach("factuurdekking_per_trede", in_euro(rungs))
    lines = [_trede(row) for _, row in rungs.iterrows()]
    whole = dekking_totaal(view.dekking)
    intro = (
        f"In {view.afspraken.boekjaar} hebben tot het peilmoment {boekingen(whole.aantal)} een factuur nodig, samen "
        f"{euro(whole.geboekt_cent)}."
    )
    return prose(f"{intro}\n\n" + "\n".join(f"- {line}" for line in lines))


def ongedekt_tabel(view: Begrotingsrapport) -> Block | None:
    """Return the bookings that should have an invoice and have none that is in order (table 2)."""
    if view.dekking is None or view.dekking.empty:
        return None
    rows = _sorted(ongedekt(view.dekking))
    attachment = _attach(view, view.dekking)
    if rows.empty:
        return sentence("Geen enkele boeking mist een factuur die er al had moeten zijn.")
    amount = int(rows["bedrag_cent"].abs().sum())
    columns = _columns(view)
    frame = rows.assign(reden=rows["status"].map(STATUSWOORDEN).fillna(rows["status"]))
    return table(
        frame,
        f"{boekingen(len(rows))} {'heeft' if len(rows) == 1 else 'hebben'} geen factuur die in orde is, "
        f"samen {euro(amount)}",
        columns | {"reden": ColumnFormat("Wat ontbreekt", width="42mm" if "leverancier" in columns else "1fr")},
        max_rows=MAX_ONGEDEKT,
        attachment=attachment,
        note="Grootste bedragen eerst. Dagen: sinds de boekdatum.",
    )


def afwachting(view: Begrotingsrapport) -> Block | None:
    """Return the young bookings that may still wait for their invoice, apart from what is missing."""
    if view.dekking is None:
        return None
    _attach(view, view.dekking)
    rows = _sorted(view.dekking[view.dekking["is_in_afwachting"].astype(bool)])
    days = view.afspraken.in_afwachting_dagen
    if rows.empty:
        return sentence(f"Geen enkele boeking van de laatste {getal(days)} dagen wacht nog op een factuur.")
    amount, one = euro(int(rows["bedrag_cent"].abs().sum())), len(rows) == 1
    largest = {name: escape_markdown(str(value)) for name, value in rows.iloc[0][["boeking_id", "regel"]].items()}
    more = ""
    if not one:
        of_all = euro(rows["bedrag_cent"].iloc[0])
        more = f" De grootste is {largest['boeking_id']}: {of_all} op {largest['regel']}."
    return prose(
        f"**Wacht op een factuur.** {boekingen(len(rows))} van minder dan {getal(days)} dagen oud "
        f"{'wacht' if one else 'wachten'} nog op een factuur, samen {amount}. "
        f"{'Die telt' if one else 'Die tellen'} niet als ontbrekend en {'staat' if one else 'staan'} in de bijgevoegde "
        f"lijst.{more}"
    )


def niet_geboekt_tabel(view: Begrotingsrapport) -> Block:
    """Return the invoices of the year that no booking names."""
    if view.boekbeeld is None:
        return sentence("Zonder boekingen is dat niet te zeggen.")
    if view.niet_geboekt is None:
        return sentence(f"Of elke factuur is geboekt, is niet te zeggen: {waarom_niet_getoetst(view)}.")
    rows = view.niet_geboekt
    old = rows[~rows["is_in_afwachting"].astype(bool)]
    young = len(rows) - len(old)
    recent = ""
    if young:
        what = "1 factuur is" if young == 1 else f"{getal(young)} facturen zijn"
        recent = f" {what} minder dan {getal(view.afspraken.in_afwachting_dagen)} dagen binnen en nog te boeken."
    if len(rows):
        view.report.attach("facturen_niet_geboekt", in_euro(_invoices(rows)))
    if old.empty:
        return sentence(f"Elke factuur van {view.afspraken.boekjaar} die er al even is, is geboekt.{recent}")
    frame = old.sort_values("bruto_cent", ascending=False, kind="stable").reset_index(drop=True)
    total = euro(int(frame["bruto_cent"].abs().sum()))
    what = "1 factuur is" if len(frame) == 1 else f"{getal(len(frame))} facturen zijn"
    return table(
        frame,
        f"{what} niet geboekt, samen {total} inclusief btw",
        {
            "factuurnummer": ColumnFormat("Factuur"),
            "leverancier": ColumnFormat("Leverancier"),
            "factuurdatum": ColumnFormat("Datum", format=datum_kort),
            "dagen_oud": ColumnFormat("Dagen", format=getal),
            "bruto_cent": ColumnFormat("Bedrag", format=euro),
        },
        max_rows=MAX_NIET_GEBOEKT,
        attachment="facturen_niet_geboekt.csv",
        note=f"Dagen: sinds de ontvangst.{recent}",
    )


def journaalposten(view: Begrotingsrapport) -> Block | None:
    """Return the ledger entries that do not balance."""
    if view.boekbeeld is None:
        return None
    if not view.report.is_delivered("boeking", "journaalpost_id"):
        return sentence(
            "Of elke journaalpost sluit, is niet te zeggen: er is niet aangeleverd welke boekingen bij elkaar horen."
        )
    if not (view.boekbeeld["soort"] == "balans").any():
        return sentence("Of elke journaalpost sluit, is niet te zeggen: de levering bevat geen balansrekeningen.")
    rows = niet_sluitende_journaalposten(load_table(view.report.snapshot, "boeking"), pd.Timestamp(view.peil))
    if rows.empty:
        return sentence("In elke journaalpost is debet gelijk aan credit.")
    attachment = view.report.attach("journaalposten_die_niet_sluiten", in_euro(rows))
    what = "1 journaalpost sluit" if len(rows) == 1 else f"{getal(len(rows))} journaalposten sluiten"
    return table(
        rows,
        f"{what} niet: debet en credit verschillen",
        {
            "journaalpost_id": ColumnFormat("Journaalpost"),
            "boekdatum": ColumnFormat("Eerste boeking", format=datum_kort),
            "aantal": ColumnFormat("Regels", format=getal),
            "saldo_cent": ColumnFormat("Debet − credit", format=lambda cents: euro(cents, 2, teken=True)),
        },
        max_rows=MAX_NIET_GEBOEKT,
        attachment=attachment,
    )


def _trede(row: pd.Series) -> str:
    name, text = _TREDEN[row["trede"]]
    if not row["aantal"]:
        return f"**{name}** is {_NIET_GETOETST.get(row['trede'], 'niet getoetst')}."
    tested, reached = int(row["aantal"]), int(row["aantal_gehaald"])
    share = f", {procent(row['aandeel'])} van het bedrag" if tested >= MIN_NOEMER else ""
    return f"**{name}:** bij {getal(reached)} van de {boekingen(tested)} {text}{share}."


def _sorted(rows: pd.DataFrame) -> pd.DataFrame:
    order = pd.DataFrame({"size": -rows["bedrag_cent"].abs(), "id": rows["boeking_id"]})
    return rows.loc[order.sort_values(["size", "id"], kind="stable").index].reset_index(drop=True)


def _columns(view: Begrotingsrapport) -> dict[str, ColumnFormat]:
    columns = {
        "boeking_id": ColumnFormat("Boeking"),
        "boekdatum": ColumnFormat("Geboekt op", format=datum_kort),
        "regel": ColumnFormat("Regel"),
        "leverancier": ColumnFormat("Leverancier"),
        "bedrag_cent": ColumnFormat("Bedrag", format=euro),
        "dagen_oud": ColumnFormat("Dagen", format=getal),
    }
    if not view.report.is_delivered("boeking", "leverancier_id"):
        columns.pop("leverancier")
    return columns


def _attach(view: Begrotingsrapport, dekking: pd.DataFrame) -> str:
    """Attach every booking without an invoice in order: first those that miss it, then those that wait for it."""
    waits = dekking[dekking["is_in_afwachting"].astype(bool)]
    rows = pd.concat([_sorted(ongedekt(dekking)), _sorted(waits)], ignore_index=True)
    names = ["boeking_id", "boekdatum", "regel_id", "regel", "leverancier", "bedrag_cent", "dagen_oud", "status"]
    names += ["factuur_ref", "factuur_ids", "trede_record", "trede_bedrag", "trede_document"]
    return view.report.attach("boekingen_zonder_factuur", in_euro(rows[names]))


def _invoices(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[["factuur_id", "factuurnummer", "leverancier", "factuurdatum", "bruto_cent", "dagen_oud"]]

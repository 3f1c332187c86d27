"""Every table of the books, consistent with each other and with the organisation of the cases."""

from __future__ import annotations

import numpy as np

from weekrapport.demo.books.accounts import grootboek
from weekrapport.demo.books.budget import LINES, begroting_fasering, begrotingsregels, begrotingswijzigingen
from weekrapport.demo.books.commitments import draw_commitments
from weekrapport.demo.books.documents import Documents, Parts
from weekrapport.demo.books.entries import other_lines
from weekrapport.demo.books.gaps import Gaps, draw_gaps
from weekrapport.demo.books.invoices import Invoices, draw_invoices
from weekrapport.demo.books.ledger import purchase_lines
from weekrapport.demo.books.purchases import Purchases, draw_purchases
from weekrapport.demo.books.suppliers import leverancier_ibans, leveranciers
from weekrapport.demo.organisation import Rows, texts

SHARE_UBL = 0.7


def build_books(streams: dict[str, np.random.Generator], factor: float) -> tuple[dict[str, Rows], Documents]:
    """Return the tables of budget, ledger and invoices by name, and the documents of the invoices.

    Args:
        streams: a generator of chance per table.
        factor: scales the number of invoices, bookings and commitments, and with it every amount of the budget.
    """
    bought = draw_purchases(streams["inkoop"], factor)
    invoices = draw_invoices(streams["factuur"], bought)
    verplichting = draw_commitments(streams["verplichting"], bought, invoices, factor)
    gaps = draw_gaps(streams["factuur_ontbreekt"], bought, invoices)
    inkoop, place = purchase_lines(streams["boeking"], bought, invoices, gaps.not_booked, gaps.coming)
    _name_documents(streams["factuur_document"], invoices.factuur, gaps)
    journals = [inkoop, *other_lines(streams["omzet"], factor)]
    boeking = {name: np.concatenate([rows[name] for rows in journals]) for name in inkoop}
    missing = np.concatenate([gaps.coming, gaps.unknown])
    factuur = _without(invoices.factuur, missing)
    tables = {
        "begrotingsregel": begrotingsregels(factor),
        "begroting_fasering": begroting_fasering(),
        "begrotingswijziging": begrotingswijzigingen(factor),
        "grootboek": grootboek(),
        "boeking": boeking,
        "verplichting": verplichting,
        "leverancier": leveranciers(),
        "leverancier_iban": leverancier_ibans(),
        "factuur": factuur,
        "boeking_factuur": _allocations(bought, invoices, boeking, place, missing),
    }
    absent = {str(path) for path in invoices.factuur["bestand_pad"][gaps.no_file]}
    return tables, Documents(factuur, _parts(bought, invoices), absent)


def _parts(bought: Purchases, invoices: Invoices) -> Parts:
    parts: Parts = {key: [] for key in invoices.factuur["factuur_id"].tolist()}
    keys = invoices.factuur["factuur_id"][invoices.of_part].tolist()
    for key, number, cents in zip(keys, bought.line.tolist(), bought.netto_cent.tolist(), strict=True):
        parts[key].append((LINES[number].kostenplaats, LINES[number].omschrijving, cents))
    return parts


def _name_documents(rng: np.random.Generator, factuur: Rows, gaps: Gaps) -> None:
    """Add the path and the kind of every document; the path of a lost one stands in the register all the same."""
    kind = np.where(rng.random(len(factuur["factuur_id"])) < SHARE_UBL, "ubl", "pdf").astype(object)
    kind[gaps.paper] = "geen"
    suffix = {"ubl": "xml", "pdf": "pdf"}
    years = factuur["factuur_id"]
    factuur["bestand_pad"] = texts(
        None if each == "geen" else f"{key[1:5]}/{supplier}_{number}.{suffix[each]}"
        for each, key, supplier, number in zip(
            kind, years, factuur["leverancier_id"], factuur["factuurnummer"], strict=True
        )
    )
    factuur["bestand_soort"] = kind


def _allocations(bought: Purchases, invoices: Invoices, boeking: Rows, place: np.ndarray, missing: np.ndarray) -> Rows:
    known = (place >= 0) & ~np.isin(invoices.of_part, missing)
    order = np.argsort(place[known], kind="stable")
    rows = np.flatnonzero(known)[order]
    return {
        "boeking_id": boeking["boeking_id"][place[rows]],
        "factuur_id": invoices.factuur["factuur_id"][invoices.of_part[rows]],
        "toegerekend_cent": bought.netto_cent[rows],
    }


def _without(rows: Rows, missing: np.ndarray) -> Rows:
    kept = np.ones(len(next(iter(rows.values()))), dtype=bool)
    kept[missing] = False
    return {name: values[kept] for name, values in rows.items()}

"""The row of figures on page 1 of the budget report."""

from __future__ import annotations

import pandas as pd

from weekrapport.domain.factuurdekking import dekking_totaal, ongedekt
from weekrapport.reporting.blocks import Block, Tile
from weekrapport.reporting.blocks import tiles as tile_row
from weekrapport.reporting.budget_variance.amounts import kort
from weekrapport.reporting.budget_variance.page_one import oordeel
from weekrapport.reporting.budget_variance.view import Begrotingsrapport
from weekrapport.reporting.numbers import MIN_NOEMER, euro, getal, procent


def tegels(view: Begrotingsrapport) -> Block:
    """Return three to five figures, from what is delivered."""
    if view.regels is None:
        return tile_row([*_zonder_begroting(view), _factuurdekking(view)])
    if view.boekbeeld is None:
        return tile_row(_zonder_boekingen(view))
    row = view.totaal
    done = view.afspraken.periode > 0
    found = [
        Tile(
            f"Kosten {view.tm_kort}" if done else "Kosten",
            kort(row["realisatie_cent"]) if done else "–",
            delta=f"begroot {kort(row['begroot_cent'])}",
        ),
        Tile(
            "Afwijking",
            _bedrag_met_teken(row["afwijking_cent"]) if done else "–",
            delta=procent(row["afwijking_aandeel"], teken=True) if pd.notna(row["afwijking_aandeel"]) else None,
            verdict=oordeel(view, row) if done else "neutraal",
        ),
    ]
    if view.is_jaar_dicht:
        found.append(Tile("Begroting heel jaar", kort(row["begroot_jaar_cent"]), norm="alle maanden zijn voorbij"))
    else:
        found.append(
            Tile(
                f"Verwacht {view.afspraken.boekjaar}",
                kort(row["prognose_cent"]),
                delta=f"begroot {kort(row['begroot_jaar_cent'])}",
            )
        )
    if pd.notna(row["ruimte_cent"]):
        found.append(
            Tile(
                "Vrije ruimte",
                kort(row["ruimte_cent"]),
                delta=f"{procent(row['bezetting_aandeel'])} bezet" if pd.notna(row["bezetting_aandeel"]) else None,
                verdict="oranje" if row["ruimte_cent"] < 0 else "neutraal",
            )
        )
    return tile_row([*found, _factuurdekking(view)])


def _bedrag_met_teken(cents: int) -> str:
    return euro(cents, teken=True) if abs(int(cents)) < 100_000_000 else f"{'+' if cents > 0 else ''}{kort(cents)}"


def _zonder_begroting(view: Begrotingsrapport) -> list[Tile]:
    rows = view.rekeningen
    if rows is None:
        return [Tile("Kosten", "–", delta="niet aangeleverd"), Tile("Begroting", "–", delta="niet van dit jaar")]
    sums, counts = rows.groupby("soort")["realisatie_cent"].sum(), rows.groupby("soort")["aantal"].sum()
    found = [Tile(f"Kosten {view.tm_kort}", kort(int(sums.get("kosten", 0))), delta="geen begroting")]
    if "opbrengsten" in sums:
        found.append(Tile(f"Opbrengsten {view.tm_kort}", kort(int(sums["opbrengsten"])), delta="geen begroting"))
    found.append(Tile("Boekingen van kosten", getal(int(counts.get("kosten", 0))), delta=view.tot_en_met))
    return found


def _zonder_boekingen(view: Begrotingsrapport) -> list[Tile]:
    row, revenue = view.totaal, view.totaal_opbrengsten
    changed = row["wijziging_cent"]
    found = [
        Tile(
            f"Begroting {view.afspraken.boekjaar}",
            kort(row["begroot_jaar_cent"]),
            delta="kosten",
            norm=f"{_bedrag_met_teken(changed)} gewijzigd" if pd.notna(changed) and changed else None,
        )
    ]
    if revenue is not None:
        found.append(Tile("Begrote opbrengsten", kort(revenue["begroot_jaar_cent"])))
    found.append(Tile("Begrotingsregels", getal(len(view.regels if view.regels is not None else []))))
    found.append(Tile("Uitgegeven", "–", delta="niet aangeleverd"))
    return found


def _factuurdekking(view: Begrotingsrapport) -> Tile:
    if view.dekking is None:
        return Tile("Factuurdekking", "–", delta="niet getoetst")
    found, missing = dekking_totaal(view.dekking), len(ongedekt(view.dekking))
    tested = found.aantal - found.aantal_in_afwachting
    norm = view.report.settings.gate.dekking_totaal
    if found.aandeel is None:
        return Tile("Factuurdekking", "–", delta="nog niets te toetsen")
    return Tile(
        "Factuurdekking",
        procent(found.aandeel) if tested >= MIN_NOEMER else f"{getal(found.aantal_gedekt)} van {getal(tested)}",
        delta=f"{getal(missing)} {'ontbreekt' if missing == 1 else 'ontbreken'}" if missing else "alle boekingen",
        verdict="groen" if found.aandeel >= norm else "rood",
        norm=f"norm {procent(norm, 0)}",
    )

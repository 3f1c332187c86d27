"""The variant "gebreken" of the books: what is planted in ledger, register, documents and budget.

Every invoice gets at most one defect. The few gaps that the standard books have too stand in the manifest beside what
is planted, because a check reports both.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from weekrapport.demo import manifest
from weekrapport.demo.books import accounts
from weekrapport.demo.books.budget import LINES, YEARS
from weekrapport.demo.books.documents import Documents
from weekrapport.demo.organisation import TEAM_IDS, Rows
from weekrapport.demo.timeline import PEIL

MISSING, EMPTY, WEB_PAGE, DIFFERENT, UNKNOWN, UNBUDGETED, YOUNG = 5, 2, 1, 3, 2, 2, 3
_HTML = b"<!DOCTYPE html>\n<html><head><title>Inloggen</title></head><body>Uw sessie is verlopen.</body></html>\n"
_COST_TYPO, _TAX_TYPO = "4999", "1502"
_entry = partial(manifest.entry, rapport="R4", periode="2026-10")


def plant_in_books(tables: dict[str, Rows], documents: Documents, rng: np.random.Generator) -> list[dict[str, Any]]:
    """Change the tables and documents in place and return the lines of the manifest."""
    bookings = _bookings(tables)
    entries = _known_gaps(tables, documents, bookings)
    picker = _Picker(bookings, documents.absent, rng)
    _plant_documents(picker, documents, entries)
    _plant_amounts(picker, tables, entries)
    _plant_unknown(picker, tables, documents, entries)
    _plant_entries(picker, tables, entries)
    _plant_unbudgeted(picker, tables, entries)
    entries.append(_entry("fasering_99_procent", "GX-BEG-03", [_shorten_phasing(tables["begroting_fasering"])], "rood"))
    return entries


def _bookings(tables: dict[str, Rows]) -> pd.DataFrame:
    """Return the cost bookings of purchases in the last year: one row each, with its invoice where it has one."""
    rows = pd.DataFrame(tables["boeking"])
    rows["row"] = np.arange(len(rows))
    costs = rows[
        (rows["dagboek"] == "INK") & rows["kostenplaats"].notna() & (rows["boekjaar"] == PEIL.astype(object).year)
    ]
    links = pd.DataFrame(tables["boeking_factuur"]).drop(columns="toegerekend_cent")
    register = pd.DataFrame(tables["factuur"])[["factuur_id", "soort", "bestand_pad", "bestand_soort"]]
    parts = links["factuur_id"].value_counts()
    costs = costs.merge(links, on="boeking_id", how="left").merge(register, on="factuur_id", how="left")
    credited = set(pd.DataFrame(tables["factuur"])["referentie_creditfactuur"].dropna())
    alone = costs["factuur_id"].map(parts).eq(1) & (costs["bedrag_cent"] > 0) & ~costs["factuur_ref"].isin(credited)
    return costs.assign(alone=alone)


def _known_gaps(tables: dict[str, Rows], documents: Documents, bookings: pd.DataFrame) -> list[dict[str, Any]]:
    """Return what the standard books lack already."""
    young = bookings["boekdatum"] > pd.Timestamp(PEIL - 14)
    none = bookings["factuur_id"].isna()
    lost = bookings["bestand_pad"].isin(documents.absent) | bookings["bestand_soort"].eq("geen")
    return [
        _entry(
            "nog_geen_factuur", "GX-BOEK-08", bookings.loc[none & young, "boeking_id"], "oranje", manifest.NIET_MELDEN
        ),
        _entry("factuur_niet_in_register", "GX-BOEK-08", bookings.loc[none & ~young, "boeking_id"], "oranje"),
        _entry("document_zoek", "GX-BOEK-08", bookings.loc[lost & ~none, "boeking_id"], "oranje"),
    ]


class _Picker:
    """Draws bookings with an invoice of their own for a defect, each at most once."""

    def __init__(self, bookings: pd.DataFrame, lost: set[str], rng: np.random.Generator) -> None:
        self._rng = rng
        usable = bookings["alone"] & bookings["bestand_pad"].notna() & ~bookings["bestand_pad"].isin(lost)
        is_old = bookings["boekdatum"] < pd.Timestamp(PEIL - 28)
        self._free = bookings.assign(is_old=is_old)[usable]
        self._limit = self._free["bedrag_cent"].quantile(0.8)

    def old(self, count: int, kind: str | None = None, *, taxed: bool = False) -> pd.DataFrame:
        """Return bookings that can no longer wait for their invoice, of a modest amount."""
        free = self._free
        among = free["is_old"] & (free["bedrag_cent"] <= self._limit)
        if kind is not None:
            among &= free["bestand_soort"] == kind
        return self._take(count, among & (free["btw_cent"] > 0) if taxed else among)

    def young(self, count: int) -> pd.DataFrame:
        """Return bookings of the last two weeks."""
        return self._take(count, self._free["boekdatum"] > pd.Timestamp(PEIL - 14))

    def largest(self, count: int) -> pd.DataFrame:
        """Return the largest bookings."""
        return self._remove(self._free[self._free["is_old"]].nlargest(count, "bedrag_cent"))

    def _take(self, count: int, among: pd.Series) -> pd.DataFrame:
        rows = self._free[among]
        return self._remove(rows.iloc[np.sort(self._rng.permutation(len(rows))[:count])])

    def _remove(self, rows: pd.DataFrame) -> pd.DataFrame:
        self._free = self._free.drop(index=rows.index)
        return rows


def _plant_documents(picker: _Picker, documents: Documents, entries: list[dict[str, Any]]) -> None:
    missing = picker.old(MISSING)
    documents.absent.update(missing["bestand_pad"])
    entries.append(_entry("document_ontbreekt", "GX-BOEK-08", missing["boeking_id"], "oranje"))
    empty = picker.old(EMPTY)
    documents.instead.update(dict.fromkeys(empty["bestand_pad"], b""))
    entries.append(_entry("document_leeg", "GX-BOEK-08", empty["boeking_id"], "oranje"))
    page = picker.old(WEB_PAGE, "pdf")
    documents.instead.update(dict.fromkeys(page["bestand_pad"], _HTML))
    entries.append(_entry("webpagina_als_pdf", "GX-BOEK-08", page["boeking_id"], "oranje"))
    young = picker.young(YOUNG)
    documents.absent.update(young["bestand_pad"])
    entries.append(_entry("document_ontbreekt_jong", "GX-BOEK-08", young["boeking_id"], "oranje", manifest.NIET_MELDEN))


def _plant_amounts(picker: _Picker, tables: dict[str, Rows], entries: list[dict[str, Any]]) -> None:
    """Book another amount than the invoice has; the entry still balances."""
    boeking, chosen = tables["boeking"], picker.old(DIFFERENT)
    for row, post, cents in zip(chosen["row"], chosen["journaalpost_id"], chosen["bedrag_cent"], strict=True):
        more = max(1_000, cents // 10)
        boeking["bedrag_cent"][row] += more
        boeking["bedrag_cent"][_line(boeking, post, accounts.CREDITEUREN)] -= more
    entries.append(_entry("bedrag_verschilt", "GX-BOEK-08", chosen["boeking_id"], "oranje"))


def _plant_unknown(
    picker: _Picker, tables: dict[str, Rows], documents: Documents, entries: list[dict[str, Any]]
) -> None:
    """Take invoices out of the register, with their documents and allocations."""
    chosen = picker.old(UNKNOWN)
    for name in ("factuur", "boeking_factuur"):
        kept = ~np.isin(tables[name]["factuur_id"].astype(str), chosen["factuur_id"].to_numpy(dtype=str))
        tables[name] = {column: values[kept] for column, values in tables[name].items()}
    documents.factuur = tables["factuur"]
    entries.append(_entry("factuur_onbekend", "GX-BOEK-08", chosen["boeking_id"], "oranje"))


def _plant_entries(picker: _Picker, tables: dict[str, Rows], entries: list[dict[str, Any]]) -> None:
    """Plant an entry that does not balance, and two bookings on accounts that do not exist."""
    boeking = tables["boeking"]
    posts = picker.old(1)["journaalpost_id"]
    for post in posts:
        boeking["bedrag_cent"][_line(boeking, post, accounts.CREDITEUREN)] += 900
    entries.append(_entry("journaalpost_sluit_niet", "GX-BOEK-02", posts, "rood"))
    cost = picker.old(1)
    boeking["grootboekrekening"][cost["row"].to_numpy()] = _COST_TYPO
    taxed = picker.old(1, taxed=True)["journaalpost_id"]
    lines = [_line(boeking, post, accounts.VOORBELASTING) for post in taxed]
    boeking["grootboekrekening"][lines] = _TAX_TYPO
    keys = [*cost["boeking_id"], *boeking["boeking_id"][lines]]
    entries.append(_entry("rekening_onbekend", "GX-BOEK-03", keys, "rood"))
    entries.append(_entry("rekening_onbekend_niet_begroot", "GX-BOEK-04", cost["boeking_id"], "rood"))


def _plant_unbudgeted(picker: _Picker, tables: dict[str, Rows], entries: list[dict[str, Any]]) -> None:
    """Book the two largest invoices on a cost centre without a budget for that account."""
    chosen = picker.largest(UNBUDGETED)
    for row, account in zip(chosen["row"], chosen["grootboekrekening"], strict=True):
        budgeted = {line.kostenplaats for line in LINES if line.rekening == account}
        tables["boeking"]["kostenplaats"][row] = next(each for each in TEAM_IDS if each not in budgeted)
    entries.append(_entry("niet_begroot", "GX-BOEK-04", chosen["boeking_id"], "rood"))


def _shorten_phasing(fasering: Rows) -> str:
    """Take a hundredth from December of the first line of the last year that has a phasing, and return its id."""
    lines = fasering["regel_id"]
    row = np.flatnonzero((lines >= f"BR-{YEARS[-1]}") & (fasering["maand"] == 12))[0]
    fasering["aandeel"][row] = round(fasering["aandeel"][row] - 0.01, 6)
    return str(lines[row])


def _line(boeking: Rows, post: str, account: str) -> int:
    """Return the row of the one line of an entry on an account."""
    (row,) = np.flatnonzero((boeking["journaalpost_id"] == post) & (boeking["grootboekrekening"] == account))
    return int(row)

"""The register of invoices: one row an invoice or credit note, for the parts of `purchases`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from weekrapport.demo.books.budget import LINES
from weekrapport.demo.books.purchases import Purchases
from weekrapport.demo.books.suppliers import IBAN_WISSEL, Supplier, suppliers
from weekrapport.demo.organisation import Rows, texts
from weekrapport.demo.timeline import PEIL
from weekrapport.domain.calendars import werkkalender

_FIRST_DAY = np.datetime64("2025-01-01")
_NEVER = np.datetime64("NaT", "D")
APPROVERS = {
    "T01": "MDV", "T02": "MDV", "T05": "MDV", "T03": "MPR", "T04": "MPR", "T07": "MPR", "T06": "CISO", "ALG": "DBV",
}  # fmt: skip
"""Who approves what a cost centre spends, as the user code of the budget holder."""


@dataclass(frozen=True)
class Invoices:
    """The register, and which part of a purchase stands on which invoice."""

    factuur: Rows
    of_part: np.ndarray
    """Row of the invoice, per part."""
    first_part: np.ndarray
    """First part, per invoice."""


def draw_invoices(rng: np.random.Generator, bought: Purchases) -> Invoices:
    """Return the register in order of booking."""
    first_part = np.flatnonzero(bought.joined_to < 0)
    place = np.full(len(bought), -1)
    place[first_part] = np.arange(len(first_part))
    of_part = np.where(bought.joined_to < 0, place, place[bought.joined_to])
    netto = np.bincount(of_part, weights=bought.netto_cent).astype("int64")
    every = suppliers()
    supplier = bought.supplier[first_part]
    booked = bought.boekdatum[first_part]
    received, dated = _days(rng, booked, bought.series[first_part] >= 0)
    rates = np.array([each.btw_perc for each in every])[supplier]
    btw = vat(netto, rates)
    due = dated + np.array([each.betaaltermijn for each in every])[supplier]
    paid = np.busday_offset(due - rng.integers(0, 6, len(due)), 0, roll="backward", busdaycal=werkkalender())
    approved = np.minimum(np.busday_offset(received, 1, roll="forward", busdaycal=werkkalender()), booked)
    paid = np.maximum(paid, approved)
    credit = bought.credit_of[first_part] >= 0
    numbers = _numbers(rng, supplier, dated)
    original = np.where(credit, of_part[bought.credit_of[first_part]], -1)
    places = np.array([line.kostenplaats for line in LINES])[bought.line[first_part]]
    factuur = {
        "factuur_id": yearly_ids("F", booked),
        "journaalpost_id": texts(None for _ in numbers),
        "leverancier_id": texts(every[each].leverancier_id for each in supplier),
        "factuurnummer": numbers,
        "soort": np.where(credit, "381", "380").astype(object),
        "factuurdatum": dated,
        "ontvangen_op": received,
        "vervaldatum": due,
        "leverperiode_van": _period(dated, 0),
        "leverperiode_tot": _period(dated, 1) - 1,
        "valuta": texts("EUR" for _ in numbers),
        "netto_cent": netto,
        "btw_cent": btw,
        "bruto_cent": netto + btw,
        "te_betalen_cent": netto + btw,
        "vooruitbetaald_cent": np.zeros(len(netto), dtype="int64"),
        "afronding_cent": np.zeros(len(netto), dtype="int64"),
        "iban": texts(_iban(every[each], day) for each, day in zip(supplier, dated, strict=True)),
        "btw_nummer_leverancier": texts(every[each].btw_nummer for each in supplier),
        "kvk_leverancier": texts(every[each].kvk for each in supplier),
        "oin": texts(None for _ in numbers),
        "inkoopordernr": texts(None for _ in numbers),
        "referentie_creditfactuur": texts(numbers[each] if each >= 0 else None for each in original),
        "betaald_op": np.where((paid < PEIL) & ~credit, paid, _NEVER),
        "geaccordeerd_door": texts(APPROVERS[each] for each in places),
        "geaccordeerd_op": approved,
    }
    return Invoices(factuur, of_part, first_part)


def vat(netto: np.ndarray, rate: np.ndarray) -> np.ndarray:
    """Return the VAT of each amount at its rate in whole per cents, half a cent away from zero."""
    cents = np.abs(netto) * rate
    return np.where(netto < 0, -1, 1) * ((cents + 50) // 100)


def _days(rng: np.random.Generator, booked: np.ndarray, is_contract: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return when an invoice came in and what date it carries: a few working days before it was booked."""
    count = len(booked)
    wait = np.where(is_contract, 1, rng.integers(1, 7, count))
    received = np.busday_offset(booked, -wait, roll="backward", busdaycal=werkkalender())
    dated = received - rng.integers(0, 4, count)
    return np.maximum(received, _FIRST_DAY), np.maximum(dated, _FIRST_DAY)


def yearly_ids(prefix: str, booked: np.ndarray) -> np.ndarray:
    """Return numbers counted from 1 in each year; `booked` is in rising order."""
    years = booked.astype("datetime64[Y]").astype("int64") + 1970
    numbers = np.arange(len(years)) - np.searchsorted(years, years) + 1
    return texts(f"{prefix}{year}-{number:05d}" for year, number in zip(years, numbers, strict=True))


def _numbers(rng: np.random.Generator, supplier: np.ndarray, dated: np.ndarray) -> np.ndarray:
    """Return the numbers that suppliers gave: rising with the date, with gaps for their other customers."""
    steps = rng.integers(1, 9, len(supplier))
    order = np.lexsort((np.arange(len(supplier)), dated, supplier))
    within = np.cumsum(steps[order])
    owner = supplier[order]
    within -= np.concatenate([[0], within])[np.searchsorted(owner, owner)]
    counter = np.empty(len(supplier), dtype="int64")
    counter[order] = within + 117 + owner * 31
    ways = [each.nummering for each in suppliers()]
    years = dated.astype("datetime64[Y]").astype("int64") + 1970
    return texts(_number(ways[s], int(y), int(c)) for s, y, c in zip(supplier, years, counter, strict=True))


def _number(way: int, year: int, counter: int) -> str:
    if way == 0:
        return f"{year}-{counter:04d}"
    if way == 1:
        return f"F{year}{counter:05d}"
    if way == 2:
        return f"INV-{counter:07d}"
    return f"{year % 100}.{counter:05d}" if way == 3 else f"VF{counter:06d}"


def _period(dated: np.ndarray, months: int) -> np.ndarray:
    return (dated.astype("datetime64[M]") + months).astype("datetime64[D]")


def _iban(each: Supplier, day: np.datetime64) -> str:
    return each.oude_iban if each.oude_iban is not None and day < IBAN_WISSEL else each.iban

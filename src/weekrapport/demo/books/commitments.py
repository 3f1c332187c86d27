"""Commitments: orders placed with suppliers, and how much of each was invoiced."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from weekrapport.demo.books.budget import LINES, YEARS, budget_cents, regel_id
from weekrapport.demo.books.invoices import Invoices
from weekrapport.demo.books.purchases import Purchases
from weekrapport.demo.books.suppliers import suppliers
from weekrapport.demo.chance import draw_rows
from weekrapport.demo.organisation import Rows, texts
from weekrapport.demo.timeline import PEIL
from weekrapport.domain.calendars import werkkalender

COUNT = 160
_SHARE_RUNNING = 0.62
"""Of the orders of the last year that are no contract, how many still wait for an invoice."""
_LARGEST_REST = 0.03
"""What may still come on one running order, as a share of the budget of its line."""
_RUNNING_DAYS = 240
"""How long ago the first invoice of a running order came at most."""
_WINDOW = 90
"""Days within which the invoices of one order come."""


@dataclass
class _Order:
    line: int
    year: int
    supplier: int
    text: str
    placed: np.datetime64
    cents: int
    invoiced: int
    until: np.datetime64
    is_open: bool
    invoices: np.ndarray


def draw_commitments(rng: np.random.Generator, bought: Purchases, invoices: Invoices, factor: float) -> Rows:
    """Return the orders in order of placing; the invoices of an order get its number."""
    orders = _contract_orders(bought, invoices)
    wanted = max(4, round(COUNT * factor) - len(orders))
    orders += _single_orders(rng, bought, invoices, wanted, budget_cents(factor))
    orders.sort(key=lambda order: (order.placed, order.line, order.supplier))
    every = suppliers()
    numbers = [f"IO-{str(order.placed)[:4]}-{place:04d}" for place, order in enumerate(orders, start=1)]
    for number, order in zip(numbers, orders, strict=True):
        invoices.factuur["inkoopordernr"][order.invoices] = number
    return {
        "verplichting_id": texts(f"VP-{place:04d}" for place in range(1, len(orders) + 1)),
        "regel_id": texts(regel_id(order.year, order.line) for order in orders),
        "leverancier_id": texts(every[order.supplier].leverancier_id for order in orders),
        "omschrijving": texts(order.text for order in orders),
        "inkoopordernr": texts(numbers),
        "aangegaan_op": np.array([order.placed for order in orders], dtype="datetime64[D]"),
        "bedrag_cent": np.array([order.cents for order in orders], dtype="int64"),
        "afgeboekt_cent": np.array([order.invoiced for order in orders], dtype="int64"),
        "verwacht_tot": np.array([order.until for order in orders], dtype="datetime64[D]"),
        "status": texts("open" if order.is_open else "gesloten" for order in orders),
    }


def _contract_orders(bought: Purchases, invoices: Invoices) -> list[_Order]:
    """Return an order a year for every contract: twelve months, of which those that were booked are written off."""
    orders = []
    years = bought.boekdatum.astype("datetime64[Y]").astype("int64") + 1970
    for year in YEARS:
        for series in np.unique(bought.series[(bought.series >= 0) & (years == year)]):
            rows = np.flatnonzero((bought.series == series) & (years == year))
            monthly, number = int(bought.netto_cent[rows[0]]), int(bought.line[rows[0]])
            orders.append(
                _Order(
                    line=number,
                    year=year,
                    supplier=int(bought.supplier[rows[0]]),
                    text=f"Contract {LINES[number].omschrijving.lower()} {year}",
                    placed=np.datetime64(f"{year - 1}-12-{10 + int(series) % 7}"),
                    cents=12 * monthly,
                    invoiced=len(rows) * monthly,
                    until=np.datetime64(f"{year}-12-31"),
                    is_open=len(rows) < 12,
                    invoices=invoices.of_part[rows],
                )
            )
    return orders


def _single_orders(
    rng: np.random.Generator, bought: Purchases, invoices: Invoices, wanted: int, budget: np.ndarray
) -> list[_Order]:
    """Return orders for invoices that stand alone: an invoice and those of the same supplier in the weeks after it."""
    first = invoices.first_part
    alone = np.bincount(invoices.of_part, minlength=len(first)) == 1
    credited = np.zeros(len(first), dtype=bool)
    credited[invoices.of_part[bought.credit_of[bought.credit_of >= 0]]] = True
    line, supplier, netto = bought.line[first], bought.supplier[first], bought.netto_cent[first]
    free = alone & ~credited & (bought.series[first] < 0) & (netto > 0)
    free &= netto >= (np.median(netto[free]) if free.any() else 0)
    dated, booked = invoices.factuur["factuurdatum"], bought.boekdatum[first]
    years = booked.astype("datetime64[Y]").astype("int64") + 1970
    weight = free * np.sqrt(np.maximum(netto, 0)) * np.where(booked >= PEIL - _RUNNING_DAYS, 1.6, 1.0)
    orders: list[_Order] = []
    for row in rng.permutation(draw_rows(rng, weight, 2 * wanted)).tolist():
        if len(orders) == wanted or not free[row]:
            continue
        same = free & (line == line[row]) & (supplier == supplier[row]) & (years == years[row])
        rows = np.flatnonzero(same & (dated >= dated[row]) & (dated <= dated[row] + _WINDOW))[:4]
        free[rows] = False
        year, invoiced = int(years[row]), int(netto[rows].sum())
        running = year == YEARS[-1] and booked[row] >= PEIL - _RUNNING_DAYS and rng.random() < _SHARE_RUNNING
        most = int(_LARGEST_REST * budget[-1, line[row]])
        rest = min(int(invoiced * rng.uniform(0.2, 1.8)), most) if running else 0
        end = PEIL + int(rng.integers(8, 39)) if rng.random() < 0.85 else PEIL + int(rng.integers(45, 160))
        placed = np.busday_offset(dated[row] - int(rng.integers(8, 45)), 0, roll="backward", busdaycal=werkkalender())
        orders.append(
            _Order(
                line=int(line[row]),
                year=year,
                supplier=int(supplier[row]),
                text=f"Opdracht {LINES[line[row]].omschrijving.lower()}",
                placed=placed,
                cents=invoiced + rest,
                invoiced=invoiced,
                until=end if running else dated[rows].max() + 30,
                is_open=running,
                invoices=rows,
            )
        )
    return orders

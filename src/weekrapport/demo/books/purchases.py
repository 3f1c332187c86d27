"""What is bought: one row for every part of an invoice, on the line and in the month where it is booked.

Of every line the invoices that stand alone are drawn, and then scaled so that the line costs what its ratio says: of
2025 as a whole, of January to October 2026, and of the days of November before the export.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache

import numpy as np

from weekrapport.demo.books.budget import LINES, YEARS, budget_cents, shares
from weekrapport.demo.books.suppliers import pool
from weekrapport.demo.timeline import PEIL
from weekrapport.domain.calendars import werkkalender

CLOSED = 10
"""The last closed month of 2026."""
_SIGMA, _LARGEST = 1.38, 2.5
"""Spread of the logarithm of amounts on one line, and the largest deviation in those units."""
_NOISE = 0.004
"""How far a line ends from its ratio, so that no actual is a round share of its budget."""
_CREDITED = 0.02
_JOINED = 0.09
"""Shares of the invoices that are credited later, and that are put together with another one on one invoice."""
_FEWEST_CREDITED = 12
"""With fewer invoices than this on a line, a credit note could take away all of it."""
_CREDIT_PARTS = np.array([1.0, 1.0, 0.5, 0.25, 0.1])


@dataclass
class Purchases:
    """Parts of invoices in order of booking; arrays of one value a part."""

    line: np.ndarray
    """Place in `LINES`."""
    boekdatum: np.ndarray
    netto_cent: np.ndarray
    """Negative for a credit note."""
    supplier: np.ndarray
    """Place in `suppliers()`."""
    series: np.ndarray
    """Number of the contract, -1 for an invoice that stands alone."""
    credit_of: np.ndarray
    """Row that is credited, -1 for none."""
    joined_to: np.ndarray
    """Row with which it stands on one invoice, -1 for an invoice of its own."""

    def __len__(self) -> int:
        """Return the number of parts."""
        return len(self.line)

    def take(self, rows: np.ndarray) -> Purchases:
        """Return `rows` in that order, with the references to other rows renumbered."""
        place = np.full(len(self) + 1, -1)
        place[rows] = np.arange(len(rows))
        return Purchases(
            line=self.line[rows],
            boekdatum=self.boekdatum[rows],
            netto_cent=self.netto_cent[rows],
            supplier=self.supplier[rows],
            series=self.series[rows],
            credit_of=place[self.credit_of[rows]],
            joined_to=place[self.joined_to[rows]],
        )


def draw_purchases(rng: np.random.Generator, factor: float) -> Purchases:
    """Return everything that was booked before the export on lines that need an invoice."""
    budget = budget_cents(factor)
    pieces: list[Purchases] = []
    count = 0
    for number, line in enumerate(LINES):
        if not line.factuurplichtig:
            continue
        for k, year in enumerate(YEARS):
            noise = 1 + _NOISE * rng.standard_normal() if line.singles else 1.0
            for piece in _line_year(rng, number, year, float(budget[k, number]) * line.ratio[k] * noise, factor):
                piece.credit_of = np.where(piece.credit_of < 0, -1, piece.credit_of + count)
                pieces.append(piece)
                count += len(piece)
    bought = _together(pieces)
    _join(rng, bought)
    return bought.take(np.lexsort((np.arange(count), bought.line, bought.boekdatum)))


def _together(pieces: list[Purchases]) -> Purchases:
    names = [field.name for field in fields(Purchases)]
    return Purchases(**{name: np.concatenate([getattr(piece, name) for piece in pieces]) for name in names})


def _line_year(rng: np.random.Generator, number: int, year: int, actual: float, factor: float) -> list[Purchases]:
    """Return the contracts and the other invoices of one line in one year; `actual` is what the year costs in cents."""
    line = LINES[number]
    month_shares = shares(line.phasing)
    contracts = _contracts(number, year, actual, factor)
    last = 12 if year < YEARS[-1] else CLOSED
    closed = _month(contracts.boekdatum) <= last
    target = actual * month_shares[:last].sum() - contracts.netto_cent[closed].sum()
    singles = [_singles(rng, number, year, np.arange(1, last + 1), target, factor)] if line.singles else []
    if line.singles and last < 12:
        part = (actual * month_shares[last] - contracts.netto_cent[~closed].sum()) * _part(year, last + 1)
        singles.append(_singles(rng, number, year, np.array([last + 1]), part, factor))
    return [contracts, *singles]


def _contracts(number: int, year: int, actual: float, factor: float) -> Purchases:
    """Return the monthly invoices; a small organisation has contracts only on lines that hold nothing else."""
    line = LINES[number]
    count = round(line.series * factor) if line.singles else max(1, round(line.series * factor))
    weights = np.arange(count, 0, -1, dtype=float)
    suppliers = pool(number)
    amounts = np.round(actual * line.series_share / 12 * weights / weights.sum()) if count else weights
    month = np.tile(np.arange(1, 13), count)
    series = np.repeat(np.arange(count), 12)
    booked = np.array([_workdays(year, each)[2 + number % 4] for each in range(1, 13)])[month - 1]
    known = booked < PEIL
    rows = int(known.sum())
    return Purchases(
        line=np.full(rows, number),
        boekdatum=booked[known],
        netto_cent=np.maximum(amounts[series][known], 1).astype("int64"),
        supplier=suppliers[series[known] % len(suppliers)],
        series=number * 1000 + series[known],
        credit_of=np.full(rows, -1),
        joined_to=np.full(rows, -1),
    )


def _singles(
    rng: np.random.Generator, number: int, year: int, months: np.ndarray, target: float, factor: float
) -> Purchases:
    """Return invoices that stand alone, and credit notes, that cost `target` cents together."""
    line = LINES[number]
    weights = shares(line.phasing)[months - 1] * [_part(year, month) for month in months]
    count = round(line.singles * factor * weights.sum())
    if len(months) > 1:
        count = max(count, 1)
    if target <= 0:
        count = 0
    month = rng.choice(months, size=count, p=weights / weights.sum())
    chance = rng.random(count)
    days = {each: _known_workdays(year, each) for each in months.tolist()}
    booked = np.array(
        [days[each][int(part * len(days[each]))] for each, part in zip(month.tolist(), chance, strict=True)]
    )
    booked = booked.astype("datetime64[D]")
    amounts = np.exp(_SIGMA * np.clip(rng.standard_normal(count), -2.6, _LARGEST))
    suppliers = pool(number)
    popular = 1 / (np.arange(len(suppliers)) + 1.5)
    supplier = suppliers[rng.choice(len(suppliers), size=count, p=popular / popular.sum())]
    credited, credit_day, credit = _credits(rng, booked, amounts, days)
    every = np.concatenate([amounts, -credit])
    cents = np.round(every * (target / every.sum())).astype("int64") if count else every.astype("int64")
    cents = np.where(cents == 0, np.where(every < 0, -1, 1), cents)
    return Purchases(
        line=np.full(len(every), number),
        boekdatum=np.concatenate([booked, credit_day]),
        netto_cent=cents,
        supplier=np.concatenate([supplier, supplier[credited]]),
        series=np.full(len(every), -1),
        credit_of=np.concatenate([np.full(count, -1), credited]),
        joined_to=np.full(len(every), -1),
    )


def _credits(
    rng: np.random.Generator, booked: np.ndarray, amounts: np.ndarray, days: dict[int, np.ndarray]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return which invoices are credited within the same months, when, and how much of them."""
    chosen = np.flatnonzero((rng.random(len(booked)) < _CREDITED) & (len(booked) >= _FEWEST_CREDITED))
    later = np.busday_offset(booked[chosen], rng.integers(6, 25, len(chosen)), busdaycal=werkkalender())
    fits = later <= np.max(np.concatenate(list(days.values())))
    part = rng.choice(_CREDIT_PARTS, size=len(chosen))
    return chosen[fits], later[fits], (amounts[chosen] * part)[fits]


def _join(rng: np.random.Generator, bought: Purchases) -> None:
    """Put some invoices together with another one of the same account and month, as one invoice over two lines."""
    credited = np.zeros(len(bought), dtype=bool)
    credited[bought.credit_of[bought.credit_of >= 0]] = True
    free = (bought.series < 0) & (bought.credit_of < 0) & ~credited
    accounts = np.array([line.rekening for line in LINES])[bought.line]
    month = bought.boekdatum.astype("datetime64[M]").astype("int64")
    order = np.lexsort((rng.random(len(bought)), month, accounts))
    order = order[free[order]]
    same = (accounts[order][1:] == accounts[order][:-1]) & (month[order][1:] == month[order][:-1])
    chosen = same & (rng.random(len(same)) < 1.3 * _JOINED)
    chosen[1:] &= ~chosen[:-1]  # never three on one invoice
    first, second = order[:-1][chosen], order[1:][chosen]
    bought.joined_to[second] = first
    bought.supplier[second] = bought.supplier[first]
    bought.boekdatum[second] = bought.boekdatum[first]


def _month(days: np.ndarray) -> np.ndarray:
    return days.astype("datetime64[M]").astype("int64") % 12 + 1


def _part(year: int, month: int) -> float:
    """Return the share of the working days of a month that lie before the export."""
    return float((_workdays(year, month) < PEIL).mean())


@cache
def _known_workdays(year: int, month: int) -> np.ndarray:
    days = _workdays(year, month)
    return days[days < PEIL]


@cache
def _workdays(year: int, month: int) -> np.ndarray:
    first = np.datetime64(f"{year}-{month:02d}")
    days = np.arange(first.astype("datetime64[D]"), (first + 1).astype("datetime64[D]"))
    return days[np.is_busday(days, busdaycal=werkkalender())]

"""The entries of the ledger that no purchase makes: opening balance, pay, depreciation, bank costs and revenue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from weekrapport.demo.books import accounts
from weekrapport.demo.books.budget import LINES, YEARS, budget_cents, shares
from weekrapport.demo.books.ledger import journal
from weekrapport.demo.organisation import Rows, klanten, medewerkers, texts
from weekrapport.demo.timeline import PEIL
from weekrapport.domain.calendars import werkkalender

_SALARY = {2025: 482_000, 2026: 490_000}
"""Cents a month for a whole position."""
_RISE_FROM, _RISE = np.datetime64("2026-07-01"), 1.04
"""The collective agreement of the summer, which came too late for the budget."""
_SOCIAL, _PENSION = 0.19, 0.1188
_HOLIDAY_MONTH, _HOLIDAY = 5, 0.96
"""The holiday pay of a year, in months of pay."""
_OPENING = {"0100": 812_000, accounts.AFSCHRIJVING_CUMULATIEF: -391_000, accounts.BANK: 846_000,
            accounts.DEBITEUREN: 517_000, accounts.CREDITEUREN: -334_000, accounts.LOONHEFFING: -118_000}  # fmt: skip
_SALES_SIGMA, _NOISE = 0.9, 0.003
_Amounts = dict[str, list[int]]
"""Account to the amount of each year."""


@dataclass
class _Book:
    """Lines of one journal, laid down entry by entry."""

    prefix: str
    clerk: str
    rows: list[tuple[str, np.datetime64, str, str | None, str, int, str]] = field(default_factory=list)
    count: int = 0

    def add(self, day: np.datetime64, document: str, text: str, lines: Iterator[tuple[str, str | None, int]]) -> None:
        """Add an entry; the last line takes what makes it balance when its amount is None."""
        self.count += 1
        post = f"{self.prefix}-{str(day)[:4]}-{self.count:05d}"
        self.rows += [(post, day, account, place, text, cents, document) for account, place, cents in lines if cents]

    def lines(self, kind: str) -> Rows:
        post, day, account, place, text, cents, document = zip(*self.rows, strict=True)
        return journal(
            self.prefix,
            kind,
            {
                "journaalpost_id": texts(post),
                "boekdatum": np.array(day, dtype="datetime64[D]"),
                "grootboekrekening": texts(account),
                "kostenplaats": texts(place),
                "omschrijving": texts(text),
                "bedrag_cent": np.array(cents, dtype="int64"),
                "brondocument_id": texts(document),
                "invoerder": texts(self.clerk for _ in post),
            },
        )


def other_lines(rng: np.random.Generator, factor: float) -> list[Rows]:
    """Return the lines of the journals for pay, memorials and sales."""
    amounts = _yearly(rng, factor)
    return [_pay(factor), _memorials(amounts, factor), _sales(rng, amounts, factor)]


def _pay(factor: float) -> Rows:
    book = _Book("LON", "SAL1")
    people = medewerkers()
    for year in YEARS:
        for month in range(1, 13):
            day = _workday(f"{year}-{month:02d}-24", "backward")
            employed = people["in_dienst"] <= np.datetime64(f"{year}-{month:02d}-01")
            gross = float(people["fte"][employed].sum()) * _SALARY[year] * factor * (_RISE if day >= _RISE_FROM else 1)
            if day < PEIL:
                book.add(day, f"LJ-{year}-{month:02d}", f"Salarissen {month:02d}-{year}", _pay_lines(gross, _PENSION))
            if day < PEIL and month == _HOLIDAY_MONTH:
                book.add(day, f"LJ-{year}-VG", f"Vakantiegeld {year}", _pay_lines(gross * _HOLIDAY, 0.0))
    return book.lines("loon")


def _pay_lines(gross: float, pension_share: float) -> Iterator[tuple[str, str | None, int]]:
    total, social, pension = round(gross), round(gross * _SOCIAL), round(gross * pension_share)
    net = round(gross * 0.62)
    yield "4000", "ALG", total
    yield "4010", "ALG", social
    yield "4020", "ALG", pension
    yield accounts.LOON_TE_BETALEN, None, -net
    yield accounts.LOONHEFFING, None, net - total - social
    yield accounts.PENSIOEN, None, -pension


def _memorials(amounts: _Amounts, factor: float) -> Rows:
    book = _Book("MEM", "ADM1")
    for k, year in enumerate(YEARS):
        opening = {account: round(euros * 100 * factor) for account, euros in _OPENING.items()}
        opening[accounts.EIGEN_VERMOGEN] = -sum(opening.values())
        book.add(
            np.datetime64(f"{year}-01-01"), f"BB-{year}", f"Beginbalans {year}",
            iter([(account, None, cents) for account, cents in opening.items()]),
        )  # fmt: skip
        for month in range(1, 13):
            day = _last_workday(f"{year}-{month:02d}")
            if day >= PEIL:
                continue
            stamp = f"{year}-{month:02d}"
            wear, bank = amounts["4800"][k] // 12, amounts["4900"][k] // 12
            licences, hosting = amounts["8000"][k] // 12, amounts["8010"][k] // 12
            book.add(day, f"AS-{stamp}", f"Afschrijving {stamp}",
                     iter([("4800", "T05", wear), (accounts.AFSCHRIJVING_CUMULATIEF, None, -wear)]))  # fmt: skip
            book.add(day, f"BA-{stamp}", f"Bankkosten {stamp}",
                     iter([("4900", "ALG", bank), (accounts.BANK, None, -bank)]))  # fmt: skip
            book.add(day, f"AB-{stamp}", f"Vrijval abonnementen {stamp}",
                     iter([(accounts.VOORUITONTVANGEN, None, licences + hosting), ("8000", "T02", -licences),
                           ("8010", "T05", -hosting)]))  # fmt: skip
    rows = book.lines("memoriaal")
    opening = np.array([each.startswith("BB-") for each in rows["brondocument_id"]])
    rows["periode"] = np.where(opening, 0, rows["periode"])
    return rows


def _sales(rng: np.random.Generator, amounts: _Amounts, factor: float) -> Rows:
    """Return the invoices to customers: subscriptions every quarter, and work that was delivered."""
    customers = klanten()["naam"]
    weights = 1 / (np.arange(len(customers)) + 8.0)
    weights /= weights.sum()
    entries: list[tuple[np.datetime64, int, str, str | None, int]] = []
    for k, year in enumerate(YEARS):
        quarter = (amounts["8000"][k] + amounts["8010"][k]) / 4
        for month in (1, 4, 7, 10):
            day = _workday(f"{year}-{month:02d}-03", "forward")
            entries += [
                (day, place, accounts.VOORUITONTVANGEN, None, round(quarter * weight))
                for place, weight in enumerate(weights)
            ]
        for number, line in enumerate(LINES):
            if line.soort == "opbrengsten" and line.singles:
                entries += _work(rng, number, year, amounts[line.rekening][k], factor, weights)
    book = _Book("VRK", "ADM2")
    for day, place, account, team, cents in sorted(entries, key=lambda entry: entry[0]):
        tax = round(cents * 0.21)
        text = f"{'Abonnementen' if team is None else 'Werkzaamheden'} – {customers[place]}"
        book.add(day, f"VF-{str(day)[:4]}-{book.count + 1:05d}", text,
                 iter([(accounts.DEBITEUREN, None, cents + tax), (account, team, -cents),
                       (accounts.AF_TE_DRAGEN_BTW, None, -tax)]))  # fmt: skip
    return book.lines("verkoop")


def _work(
    rng: np.random.Generator, number: int, year: int, actual: int, factor: float, weights: np.ndarray
) -> list[tuple[np.datetime64, int, str, str | None, int]]:
    """Return invoices for delivered work: every month its share of what the year brings."""
    line = LINES[number]
    entries = []
    for month, share in enumerate(shares(line.phasing), start=1):
        first = np.datetime64(f"{year}-{month:02d}")
        days = np.arange(first.astype("datetime64[D]"), (first + 1).astype("datetime64[D]"))
        days = days[np.is_busday(days, busdaycal=werkkalender())]
        count = max(1, round(line.singles * factor * share))
        part = np.exp(_SALES_SIGMA * rng.standard_normal(count))
        cents = np.round(part / part.sum() * actual * share).astype("int64")
        chosen = days[rng.integers(0, len(days), count)]
        places = rng.choice(len(weights), size=count, p=weights)
        entries += [
            (day, int(place), line.rekening, line.kostenplaats, int(amount))
            for day, place, amount in zip(chosen, places, cents, strict=True)
            if day < PEIL and amount
        ]
    return entries


def _yearly(rng: np.random.Generator, factor: float) -> _Amounts:
    """Return what each account without purchase invoices holds at the end of each year, in cents."""
    budget = budget_cents(factor)
    return {
        line.rekening: [
            round(budget[k, number] * line.ratio[k] * (1 + _NOISE * rng.standard_normal())) for k in range(len(YEARS))
        ]
        for number, line in enumerate(LINES)
        if not line.factuurplichtig
    }


def _workday(day: str, roll: Literal["forward", "backward"]) -> np.datetime64:
    """Return the working day on or after a day, or on or before it."""
    return np.busday_offset(np.datetime64(day), 0, roll=roll, busdaycal=werkkalender())


def _last_workday(month: str) -> np.datetime64:
    return _workday(str((np.datetime64(month, "M") + 1).astype("datetime64[D]") - 1), "backward")

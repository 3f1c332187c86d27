"""What is honestly not there on the Monday of the export: invoices that are still to come, and a few that are lost.

The gaps stay small, so that the standard demonstration can be released: every line keeps more than 95 % of its amount
backed by an invoice, all lines together more than 98 %.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from weekrapport.demo.books.invoices import Invoices
from weekrapport.demo.books.purchases import Purchases
from weekrapport.demo.chance import draw_rows
from weekrapport.demo.timeline import PEIL

COMING, UNKNOWN, NO_DOCUMENT, NOT_BOOKED = 6, 2, 2, 5
_YEAR = np.datetime64("2026-01-01")
_LINE_SHARE, _TOTAL_SHARE = 0.04, 0.0035
"""An invoice that is missed is at most this much of its line and of the year."""


@dataclass(frozen=True)
class Gaps:
    """Rows of invoices."""

    coming: np.ndarray
    """Booked less than two weeks ago on a delivery note; the invoice is not there yet."""
    unknown: np.ndarray
    """Booked long ago; the register does not know the invoice."""
    no_file: np.ndarray
    """In the register with the name of a document that is not there."""
    paper: np.ndarray
    """In the register as a paper invoice that nobody scanned."""
    not_booked: np.ndarray
    """Received in the last week and not booked yet."""


def draw_gaps(rng: np.random.Generator, bought: Purchases, invoices: Invoices) -> Gaps:
    """Choose the gaps; a small organisation has fewer."""
    booked = bought.boekdatum[invoices.first_part]
    netto = invoices.factuur["netto_cent"]
    alone = np.bincount(invoices.of_part, minlength=len(netto)) == 1
    plain = alone & (netto > 0) & (bought.series[invoices.first_part] < 0)
    credited = bought.credit_of[bought.credit_of >= 0]
    plain[invoices.of_part[credited]] = False
    this_year = bought.boekdatum >= _YEAR
    per_line = np.bincount(bought.line[this_year], weights=np.abs(bought.netto_cent[this_year]))
    room = _LINE_SHARE * per_line[bought.line[invoices.first_part]]
    modest = plain & (netto <= np.minimum(room, _TOTAL_SHARE * per_line.sum()))
    large = netto >= 0.0012 * per_line.sum()
    recent = plain & (booked > PEIL - 14)
    not_booked = draw_rows(rng, (plain & (booked >= PEIL - 4)).astype(float), NOT_BOOKED)
    recent[not_booked] = False
    coming = draw_rows(rng, recent.astype(float), min(COMING, int(recent.sum()) // 2))
    old = modest & large & (booked >= _YEAR) & (booked < PEIL - 28)
    lost = rng.permutation(_one_per_line(rng, old, bought.line[invoices.first_part], UNKNOWN + NO_DOCUMENT))
    unknown, no_document = lost[:UNKNOWN], lost[UNKNOWN:]
    return Gaps(coming, np.sort(unknown), no_document[:1], no_document[1:], not_booked)


def _one_per_line(rng: np.random.Generator, among: np.ndarray, line: np.ndarray, count: int) -> np.ndarray:
    """Return at most `count` rows of `among`, each of another line."""
    rows = rng.permutation(np.flatnonzero(among))
    _, first = np.unique(line[rows], return_index=True)
    return rows[np.sort(first)][:count]

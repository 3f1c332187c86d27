"""The ledger: every entry with its lines, which make nothing together."""

from __future__ import annotations

import numpy as np

from weekrapport.demo.books import accounts
from weekrapport.demo.books.budget import LINES
from weekrapport.demo.books.invoices import Invoices, vat, yearly_ids
from weekrapport.demo.books.purchases import Purchases
from weekrapport.demo.books.suppliers import suppliers
from weekrapport.demo.organisation import Rows, texts

_CLERKS = texts(("ADM1", "ADM2", "ADM3"))
_NEVER = np.datetime64("NaT", "D")
_DEFAULTS: dict[str, object] = {
    "kostenplaats": None, "project_id": None, "btw_code": None, "btw_perc": np.nan, "btw_cent": np.nan,
    "leverancier_id": None, "factuur_ref": None, "brondocument_id": None,
}  # fmt: skip
_ORDER = (
    "boeking_id", "journaalpost_id", "dagboek", "dagboek_soort", "boekjaar", "periode", "boekdatum",
    "effectieve_datum", "grootboekrekening", "kostenplaats", "project_id", "omschrijving", "bedrag_cent", "btw_code",
    "btw_perc", "btw_cent", "leverancier_id", "factuur_ref", "brondocument_id", "invoerder",
)  # fmt: skip
_BTW_CODES = {21: "VH", 9: "VL", 0: "VV"}


def purchase_lines(
    rng: np.random.Generator, bought: Purchases, invoices: Invoices, not_booked: np.ndarray, silent: np.ndarray
) -> tuple[Rows, np.ndarray]:
    """Book the invoices: a cost line per part, VAT, creditor.

    Args:
        rng: who books.
        bought: the parts.
        invoices: the register, in order of booking; gets the number of each entry.
        not_booked: rows of invoices without an entry.
        silent: rows of invoices that are booked without naming their number.

    Returns:
        The lines, and the row of the first cost line of every part (-1 when it is not booked).
    """
    factuur, count = invoices.factuur, len(invoices.first_part)
    is_booked = np.ones(count, dtype=bool)
    is_booked[not_booked] = False
    booked = bought.boekdatum[invoices.first_part]
    factuur["journaalpost_id"][is_booked] = yearly_ids("INK-", booked[is_booked])
    every = suppliers()
    supplier = bought.supplier[invoices.first_part]
    rate = np.array([each.btw_perc for each in every])[supplier]
    names = texts(each.naam for each in every)[supplier]
    reference = factuur["factuurnummer"].copy()
    reference[silent] = None

    rows = np.flatnonzero(is_booked[invoices.of_part])
    of = invoices.of_part[rows]
    part_btw = vat(bought.netto_cent, rate[invoices.of_part])
    total = np.bincount(invoices.of_part, weights=part_btw).astype("int64")
    part_btw[invoices.first_part] += factuur["btw_cent"] - total
    lines = [LINES[number] for number in bought.line[rows]]
    costs = {
        "invoice": of,
        "grootboekrekening": texts(line.rekening for line in lines),
        "kostenplaats": texts(line.kostenplaats for line in lines),
        "project_id": texts(
            f"PRJ-{1 + each % 24:03d}" if line.kostenplaats == "T03" else None
            for each, line in zip(of, lines, strict=True)
        ),
        "omschrijving": texts(f"{line.omschrijving} – {names[each]}" for line, each in zip(lines, of, strict=True)),
        "bedrag_cent": bought.netto_cent[rows],
        "btw_code": texts(_BTW_CODES[each] for each in rate[of].tolist()),
        "btw_perc": rate[of].astype(float),
        "btw_cent": part_btw[rows].astype(float),
        "factuur_ref": reference[of],
    }
    taxed = np.flatnonzero(is_booked & (factuur["btw_cent"] != 0))
    tax = {
        "invoice": taxed,
        "grootboekrekening": texts(accounts.VOORBELASTING for _ in taxed),
        "omschrijving": texts(f"Btw – {name}" for name in names[taxed]),
        "bedrag_cent": factuur["btw_cent"][taxed],
        "factuur_ref": reference[taxed],
    }
    owed = np.flatnonzero(is_booked)
    creditor = {
        "invoice": owed,
        "grootboekrekening": texts(accounts.CREDITEUREN for _ in owed),
        "omschrijving": names[owed],
        "bedrag_cent": -factuur["bruto_cent"][owed],
        "factuur_ref": reference[owed],
    }
    blocks = stacked([costs, tax, creditor])
    order = np.argsort(blocks["invoice"], kind="stable")
    blocks = {name: values[order] for name, values in blocks.items()}
    invoice = blocks.pop("invoice")
    blocks |= {
        "journaalpost_id": factuur["journaalpost_id"][invoice],
        "boekdatum": booked[invoice],
        "effectieve_datum": factuur["factuurdatum"][invoice],
        "leverancier_id": factuur["leverancier_id"][invoice],
        "invoerder": _CLERKS[rng.integers(0, 3, count)][invoice],
    }
    place = np.full(len(bought), -1)
    place[rows] = np.argsort(order)[: len(rows)]
    return journal("INK", "inkoop", blocks), place


def journal(dagboek: str, kind: str, lines: Rows) -> Rows:
    """Return lines with every column of the ledger; those of one entry stand together, and year and month follow."""
    count = len(lines["bedrag_cent"])
    posts = lines["journaalpost_id"]
    first = np.concatenate([[True], posts[1:] != posts[:-1]])
    start = np.maximum.accumulate(np.where(first, np.arange(count), 0))
    number = np.arange(count) - start + 1
    months = lines["boekdatum"].astype("datetime64[M]").astype("int64")
    filled = {
        name: np.full(count, value, dtype=type(value) if value is not None else object)
        for name, value in _DEFAULTS.items()
    }
    filled |= {
        "boeking_id": texts(f"{post}/{each}" for post, each in zip(posts, number, strict=True)),
        "dagboek": texts(dagboek for _ in range(count)),
        "dagboek_soort": texts(kind for _ in range(count)),
        "boekjaar": months // 12 + 1970,
        "periode": months % 12 + 1,
        "effectieve_datum": lines["boekdatum"],
    }
    return {name: (filled | lines)[name] for name in _ORDER}


def stacked(blocks: list[Rows]) -> Rows:
    """Return blocks below each other; a column that a block lacks is empty there."""
    names = dict.fromkeys(name for block in blocks for name in block)
    return {name: np.concatenate([_column(block, name) for block in blocks]) for name in names}


def _column(block: Rows, name: str) -> np.ndarray:
    if name in block:
        return block[name]
    count = len(block["bedrag_cent"])
    default = _DEFAULTS[name]
    return np.full(count, default, dtype=float if isinstance(default, float) else object)

"""What stands on an invoice, whatever the form of the document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from weekrapport.demo.books.suppliers import Supplier, suppliers
from weekrapport.demo.organisation import Rows

OWN_STREET, OWN_ZIP, OWN_PLACE = "Stationsplein 12", "3811 ZK", "Brinkhaven"
OWN_KVK, OWN_RSIN = "98000016", "999990007"
SETTLED = "Dit bedrag verrekenen wij met u."


@dataclass(frozen=True)
class Invoice:
    """One invoice or credit note; amounts are positive, dates are written year first."""

    supplier: Supplier
    number: str
    soort: str
    dated: str
    due: str
    period: tuple[str, str]
    order: str | None
    credits: str | None
    """Number of the invoice that this note credits."""
    iban: str
    department: str
    """What the supplier was asked to mention: the ledger entry is booked on that cost centre."""
    netto: int
    btw: int
    lines: Sequence[tuple[str, int]]
    """Text and cents."""

    @property
    def is_credit(self) -> bool:
        """Whether it is a credit note."""
        return self.soort == "381"


def invoice_texts(factuur: Rows, lines: Mapping[str, Sequence[tuple[str, str, int]]]) -> Iterator[tuple[str, Invoice]]:
    """Yield the path of the document that the register names, and what stands on it.

    Args:
        factuur: the register.
        lines: id of the invoice to cost centre, text and cents of each of its parts.
    """
    by_id = {each.leverancier_id: each for each in suppliers()}
    dates = ("factuurdatum", "vervaldatum", "leverperiode_van", "leverperiode_tot")
    names = ("factuur_id", "leverancier_id", "factuurnummer", "soort", "inkoopordernr", "referentie_creditfactuur")
    columns = [factuur[name].tolist() for name in (*names, "iban", "netto_cent", "btw_cent", "bestand_pad")]
    days = [factuur[name].astype("datetime64[D]").astype(str).tolist() for name in dates]
    for row in zip(*columns, *days, strict=True):
        key, supplier, number, soort, order, credited, iban, netto, btw, path, dated, due, first, last = row
        if path is not None:
            parts = lines[key]
            yield path, Invoice(
                by_id[supplier], number, soort, dated, due, (first, last), order, credited, iban, parts[0][0],
                abs(netto), abs(btw), [piece for _, text, cents in parts for piece in _pieces(text, abs(cents))],
            )  # fmt: skip


def _pieces(text: str, cents: int) -> list[tuple[str, int]]:
    """Return one line, or two for one part in five of the amounts."""
    if cents % 5 or cents < 100:
        return [(text, cents)]
    basis = cents * 3 // 5
    return [(f"{text}, vast deel", basis), (f"{text}, naar gebruik", cents - basis)]

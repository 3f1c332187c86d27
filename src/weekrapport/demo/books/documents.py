"""The documents of the invoices: electronic invoices and PDFs, as they lie in the inbox."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from weekrapport.demo.books.invoice_text import invoice_texts
from weekrapport.demo.books.pdf import pdf_bytes
from weekrapport.demo.books.ubl import ubl_bytes
from weekrapport.demo.organisation import Rows

Parts = dict[str, list[tuple[str, str, int]]]
"""Id of an invoice to cost centre, text and cents of each of its parts."""


@dataclass
class Documents:
    """What the documents of the register say, and which of them are not there or hold something else."""

    factuur: Rows
    parts: Parts
    absent: set[str] = field(default_factory=set)
    """Paths that the register names and nobody has."""
    instead: dict[str, bytes] = field(default_factory=dict)
    """Path to what lies there in the place of an invoice."""

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield path and content of every document that is there."""
        for path, invoice in invoice_texts(self.factuur, self.parts):
            if path in self.absent:
                continue
            if path in self.instead:
                yield path, self.instead[path]
            else:
                yield path, pdf_bytes(invoice) if path.endswith(".pdf") else ubl_bytes(invoice)

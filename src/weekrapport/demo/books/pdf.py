"""Invoices as people send them: a PDF of one page in the standard font, written without a library.

The same invoice gives the same bytes: nothing in it depends on the moment of writing.
"""

from __future__ import annotations

from collections.abc import Iterator

from weekrapport.demo.books.invoice_text import OWN_PLACE, OWN_STREET, OWN_ZIP, SETTLED, Invoice
from weekrapport.demo.organisation import NAME

_LEFT, _RIGHT, _LEADING = 56, 480, 16
_OBJECTS = (
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 6 0 R "
    b"/Resources << /Font << /F1 4 0 R /F2 5 0 R >> >> >>",
    b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
)


def pdf_bytes(invoice: Invoice) -> bytes:
    """Return the document."""
    stream = "".join(_page(invoice)).encode("cp1252")
    last = b"6 0 obj\n<< /Length %d >>\nstream\n%b\nendstream\nendobj\n" % (len(stream), stream)
    start = len(_BEFORE) + len(last)
    return _BEFORE + last + _CROSS_REFERENCE + b"startxref\n%d\n%%%%EOF\n" % start


def _fixed() -> tuple[bytes, bytes]:
    """Return everything before the text of the page, and the table of where each object begins."""
    data, places = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", []
    for number, content in enumerate(_OBJECTS, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    places.append(len(data))  # the page itself comes last, so that no other place depends on its length
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(places) + 1
    cross = b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<< /Size %d /Root 1 0 R >>\n" % (count, table, count)
    return data, cross


_BEFORE, _CROSS_REFERENCE = _fixed()


def _page(invoice: Invoice) -> Iterator[str]:
    supplier = invoice.supplier
    yield _text("F2", 16, _LEFT, 770, supplier.naam)
    yield _block(_LEFT, 750, (supplier.straat, f"{supplier.postcode}  {supplier.plaats}",
                              f"KvK {supplier.kvk}   Btw {supplier.btw_nummer}"))  # fmt: skip
    yield _block(_LEFT, 680, (NAME, OWN_STREET, f"{OWN_ZIP}  {OWN_PLACE}"))
    yield _text("F2", 14, _LEFT, 610, "Creditnota" if invoice.is_credit else "Factuur")
    facts = [
        ("Factuurnummer", invoice.number), ("Factuurdatum", _day(invoice.dated)),
        ("Uw kenmerk", invoice.order or invoice.department),
        ("Periode", f"{_day(invoice.period[0])} t/m {_day(invoice.period[1])}"),
    ]  # fmt: skip
    if invoice.credits:
        facts.append(("Bij factuur", invoice.credits))
    yield _block(_LEFT, 590, [name for name, _ in facts])
    yield _block(_LEFT + 110, 590, [value for _, value in facts])
    y = 590 - (len(facts) + 1) * _LEADING
    yield _text("F2", 10, _LEFT, y, "Omschrijving") + _text("F2", 10, _RIGHT, y, "Bedrag in €")
    sign = "-" if invoice.is_credit else ""
    totals = (
        ("Totaal exclusief btw", invoice.netto), (f"Btw {supplier.btw_perc} %", invoice.btw),
        ("Totaal inclusief btw", invoice.netto + invoice.btw),
    )  # fmt: skip
    rows = [*invoice.lines, *totals]
    yield _block(_LEFT, y - _LEADING, [text for text, _ in rows])
    yield _block(_RIGHT, y - _LEADING, [f"{sign}{_euros(cents)}" for _, cents in rows])
    y -= (len(rows) + 2) * _LEADING
    if not supplier.btw_perc:
        yield _text("F1", 10, _LEFT, y, "Onderwijs, vrijgesteld van btw.")
    ending = SETTLED if invoice.is_credit else f"Graag betalen uiterlijk {_day(invoice.due)} op {invoice.iban}."
    yield _text("F1", 10, _LEFT, y - _LEADING, ending)


def _text(font: str, size: int, x: int, y: int, text: str) -> str:
    return f"BT /{font} {size} Tf {x} {y} Td ({_escaped(text)}) Tj ET\n"


def _block(x: int, y: int, lines: list[str] | tuple[str, ...]) -> str:
    """Return lines below each other."""
    return f"BT /F1 10 Tf {_LEADING} TL {x} {y} Td " + " ".join(f"({_escaped(line)}) Tj T*" for line in lines) + " ET\n"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _day(text: str) -> str:
    return f"{text[8:]}-{text[5:7]}-{text[:4]}"


def _euros(cents: int) -> str:
    return f"{cents // 100:,}".replace(",", ".") + f",{cents % 100:02d}"

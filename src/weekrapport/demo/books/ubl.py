"""Electronic invoices and credit notes: UBL 2.1 by the Dutch rules for e-invoices (NLCIUS)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from xml.sax.saxutils import escape

from weekrapport.demo.books.identifiers import btw_nummer
from weekrapport.demo.books.invoice_text import OWN_KVK, OWN_PLACE, OWN_RSIN, OWN_STREET, OWN_ZIP, SETTLED, Invoice
from weekrapport.demo.books.suppliers import Supplier
from weekrapport.demo.organisation import NAME

_SCHEMA = "urn:oasis:names:specification:ubl:schema:xsd"
_SETTLED = f"<cac:PaymentTerms><cbc:Note>{SETTLED}</cbc:Note></cac:PaymentTerms>\n"
_EXEMPT = "<cbc:TaxExemptionReason>Onderwijs, vrijgesteld van btw</cbc:TaxExemptionReason>"


def ubl_bytes(invoice: Invoice) -> bytes:
    """Return the document; the amounts of a credit note are positive in it."""
    kind = "CreditNote" if invoice.is_credit else "Invoice"
    parts = (
        _root(kind), *_opening(invoice, kind), _supplier(invoice.supplier), _customer(), _payment(invoice),
        *_totals(invoice), *_lines(invoice, kind), f"</{kind}>\n",
    )  # fmt: skip
    return "".join(parts).encode()


@cache
def _root(kind: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<{kind} xmlns="{_SCHEMA}:{kind}-2" xmlns:cac="{_SCHEMA}:CommonAggregateComponents-2" '
        f'xmlns:cbc="{_SCHEMA}:CommonBasicComponents-2">\n'
        "<cbc:CustomizationID>urn:cen.eu:en16931:2017#compliant#urn:fdc:nen.nl:nlcius:v1.0</cbc:CustomizationID>\n"
        "<cbc:ProfileID>urn:fdc:peppol.eu:2017:poacc:billing:01:1.0</cbc:ProfileID>\n"
    )


def _opening(invoice: Invoice, kind: str) -> Iterator[str]:
    due = "" if invoice.is_credit else f"<cbc:DueDate>{invoice.due}</cbc:DueDate>"
    yield f"<cbc:ID>{invoice.number}</cbc:ID>\n<cbc:IssueDate>{invoice.dated}</cbc:IssueDate>{due}\n"
    yield f"<cbc:{kind}TypeCode>{invoice.soort}</cbc:{kind}TypeCode>\n"
    yield "<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>\n"
    yield f"<cbc:BuyerReference>{invoice.department}</cbc:BuyerReference>\n"
    first, last = invoice.period
    yield f"<cac:InvoicePeriod><cbc:StartDate>{first}</cbc:StartDate><cbc:EndDate>{last}</cbc:EndDate>"
    yield "</cac:InvoicePeriod>\n"
    if invoice.order:
        yield f"<cac:OrderReference><cbc:ID>{invoice.order}</cbc:ID></cac:OrderReference>\n"
    if invoice.credits:
        yield f"<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>{invoice.credits}</cbc:ID>"
        yield "</cac:InvoiceDocumentReference></cac:BillingReference>\n"


@cache
def _supplier(supplier: Supplier) -> str:
    tax = f"<cac:PartyTaxScheme><cbc:CompanyID>{supplier.btw_nummer}</cbc:CompanyID>{_SCHEME}</cac:PartyTaxScheme>\n"
    address = _address(supplier.straat, supplier.postcode, supplier.plaats)
    legal = _legal(supplier.naam, supplier.kvk)
    return (
        f"<cac:AccountingSupplierParty><cac:Party>\n{address}{tax}{legal}</cac:Party></cac:AccountingSupplierParty>\n"
    )


@cache
def _customer() -> str:
    number = btw_nummer(OWN_RSIN)
    tax = f"<cac:PartyTaxScheme><cbc:CompanyID>{number}</cbc:CompanyID>{_SCHEME}</cac:PartyTaxScheme>\n"
    address = _address(OWN_STREET, OWN_ZIP, OWN_PLACE)
    legal = _legal(NAME, OWN_KVK)
    return (
        f"<cac:AccountingCustomerParty><cac:Party>\n{address}{tax}{legal}</cac:Party></cac:AccountingCustomerParty>\n"
    )


_SCHEME = "<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>"


def _address(street: str, postcode: str, place: str) -> str:
    return (
        f"<cac:PostalAddress><cbc:StreetName>{escape(street)}</cbc:StreetName><cbc:CityName>{escape(place)}"
        f"</cbc:CityName><cbc:PostalZone>{postcode}</cbc:PostalZone><cac:Country><cbc:IdentificationCode>NL"
        "</cbc:IdentificationCode></cac:Country></cac:PostalAddress>\n"
    )


def _legal(name: str, kvk: str) -> str:
    return (
        f"<cac:PartyLegalEntity><cbc:RegistrationName>{escape(name)}</cbc:RegistrationName>"
        f'<cbc:CompanyID schemeID="0106">{kvk}</cbc:CompanyID></cac:PartyLegalEntity>\n'
    )


def _payment(invoice: Invoice) -> str:
    return (
        "<cac:PaymentMeans><cbc:PaymentMeansCode>30</cbc:PaymentMeansCode>"
        f"<cbc:PaymentID>{invoice.number}</cbc:PaymentID><cac:PayeeFinancialAccount><cbc:ID>{invoice.iban}</cbc:ID>"
        f"</cac:PayeeFinancialAccount></cac:PaymentMeans>\n{_SETTLED if invoice.is_credit else ''}"
    )


def _totals(invoice: Invoice) -> Iterator[str]:
    btw, netto = _euros(invoice.btw), _euros(invoice.netto)
    reason = "" if invoice.supplier.btw_perc else _EXEMPT
    category = f"{_category(invoice)}{reason}{_SCHEME}"
    yield f'<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">{btw}</cbc:TaxAmount><cac:TaxSubtotal>'
    yield f'<cbc:TaxableAmount currencyID="EUR">{netto}</cbc:TaxableAmount>'
    yield f'<cbc:TaxAmount currencyID="EUR">{btw}</cbc:TaxAmount><cac:TaxCategory>{category}</cac:TaxCategory>'
    yield "</cac:TaxSubtotal></cac:TaxTotal>\n<cac:LegalMonetaryTotal>"
    bruto = _euros(invoice.netto + invoice.btw)
    for name, amount in (
        ("LineExtension", netto), ("TaxExclusive", netto), ("TaxInclusive", bruto), ("Payable", bruto),
    ):  # fmt: skip
        yield f'<cbc:{name}Amount currencyID="EUR">{amount}</cbc:{name}Amount>'
    yield "</cac:LegalMonetaryTotal>\n"


def _lines(invoice: Invoice, kind: str) -> Iterator[str]:
    counted = "CreditedQuantity" if invoice.is_credit else "InvoicedQuantity"
    category = f"<cac:ClassifiedTaxCategory>{_category(invoice)}{_SCHEME}</cac:ClassifiedTaxCategory>"
    for number, (text, cents) in enumerate(invoice.lines, start=1):
        amount = _euros(cents)
        yield f'<cac:{kind}Line><cbc:ID>{number}</cbc:ID><cbc:{counted} unitCode="C62">1</cbc:{counted}>'
        yield f'<cbc:LineExtensionAmount currencyID="EUR">{amount}</cbc:LineExtensionAmount><cac:Item>'
        yield f"<cbc:Name>{escape(text)}</cbc:Name>{category}</cac:Item><cac:Price>"
        yield f'<cbc:PriceAmount currencyID="EUR">{amount}</cbc:PriceAmount></cac:Price></cac:{kind}Line>\n'


def _category(invoice: Invoice) -> str:
    rate = invoice.supplier.btw_perc
    return f"<cbc:ID>{'S' if rate else 'E'}</cbc:ID><cbc:Percent>{rate}</cbc:Percent>"


def _euros(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"

"""The documents of the demonstration's invoices, read as a bookkeeping package would read them."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from decimal import Decimal

import pandas as pd
import pypdfium2 as pdfium
import pytest

from weekrapport.demo.books.build import build_books
from weekrapport.demo.chance import generators

CAC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}"
CBC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"
INVOICE_ORDER = [
    "CustomizationID", "ProfileID", "ID", "IssueDate", "DueDate", "InvoiceTypeCode", "CreditNoteTypeCode",
    "DocumentCurrencyCode", "BuyerReference", "InvoicePeriod", "OrderReference", "BillingReference",
    "AccountingSupplierParty", "AccountingCustomerParty", "PaymentMeans", "PaymentTerms", "TaxTotal",
    "LegalMonetaryTotal", "InvoiceLine", "CreditNoteLine",
]  # fmt: skip
"""The order in which UBL 2.1 wants them, as far as we use them."""

Files = dict[str, bytes]


@pytest.fixture(scope="module")
def made() -> tuple[pd.DataFrame, Files, set[str]]:
    """Register, documents, and the paths that nobody has."""
    tables, documents = build_books(generators(20261122), 0.3)
    return pd.DataFrame(tables["factuur"]).set_index("bestand_pad"), dict(documents.files()), documents.absent


@pytest.fixture(scope="module")
def register(made: tuple[pd.DataFrame, Files, set[str]]) -> pd.DataFrame:
    return made[0]


@pytest.fixture(scope="module")
def files(made: tuple[pd.DataFrame, Files, set[str]]) -> Files:
    return made[1]


def text(root: ET.Element, path: str) -> str:
    found = root.find(path)
    assert found is not None, path
    return str(found.text)


def cents(amount: str) -> int:
    return int(Decimal(amount) * 100)


def test_every_invoice_has_its_document_but_the_one_that_was_lost_and_the_one_on_paper(
    register: pd.DataFrame, files: Files, made: tuple[pd.DataFrame, Files, set[str]]
) -> None:
    named = set(register.index.dropna())
    assert set(files) == named - made[2]
    assert len(made[2]) == 1
    assert register.index.isna().sum() == 1
    kinds = Counter(path.rsplit(".", 1)[1] for path in files)
    assert kinds["xml"] / len(files) == pytest.approx(0.7, abs=0.04)
    assert set(kinds) == {"xml", "pdf"}
    assert all(path.split("/")[0] in ("2025", "2026") for path in files)


def test_an_electronic_invoice_has_the_amounts_of_the_register_to_the_cent(
    register: pd.DataFrame, files: Files
) -> None:
    checked = 0
    for path, data in files.items():
        if not path.endswith(".xml"):
            continue
        root, row = ET.fromstring(data), register.loc[path]  # noqa: S314 - written by ourselves
        sign = -1 if root.tag.endswith("}CreditNote") else 1
        assert (sign < 0) == (row["soort"] == "381")
        assert text(root, f"{CBC}ID") == row["factuurnummer"]
        assert text(root, f"{CBC}IssueDate") == f"{row['factuurdatum']:%Y-%m-%d}"
        total = f"{CAC}LegalMonetaryTotal/{CBC}"
        assert sign * cents(text(root, f"{total}TaxExclusiveAmount")) == row["netto_cent"]
        assert sign * cents(text(root, f"{total}TaxInclusiveAmount")) == row["bruto_cent"]
        assert sign * cents(text(root, f"{total}PayableAmount")) == row["te_betalen_cent"]
        assert sign * cents(text(root, f"{CAC}TaxTotal/{CBC}TaxAmount")) == row["btw_cent"]
        lines = [each for each in root if each.tag.endswith("Line")]
        assert sign * sum(cents(text(line, f"{CBC}LineExtensionAmount")) for line in lines) == row["netto_cent"]
        supplier = f"{CAC}AccountingSupplierParty/{CAC}Party/{CAC}"
        assert text(root, f"{supplier}PartyLegalEntity/{CBC}CompanyID") == row["kvk_leverancier"]
        assert text(root, f"{supplier}PartyTaxScheme/{CBC}CompanyID") == row["btw_nummer_leverancier"]
        assert text(root, f"{CAC}PaymentMeans/{CAC}PayeeFinancialAccount/{CBC}ID") == row["iban"]
        checked += 1
    assert checked > 500


def test_an_electronic_invoice_is_in_the_order_of_ubl_and_names_its_profile(files: Files) -> None:
    for path, data in files.items():
        if not path.endswith(".xml"):
            continue
        root = ET.fromstring(data)  # noqa: S314 - written by ourselves
        places = [INVOICE_ORDER.index(each.tag.split("}")[1]) for each in root]
        assert places == sorted(places), path
        assert "nlcius" in text(root, f"{CBC}CustomizationID")
        due, terms = root.find(f"{CBC}DueDate"), root.find(f"{CAC}PaymentTerms/{CBC}Note")
        assert (due is None) != (terms is None)
        for category in root.iter(f"{CAC}TaxCategory"):
            rate = text(category, f"{CBC}Percent")
            assert text(category, f"{CBC}ID") == ("E" if rate == "0" else "S")
            assert (category.find(f"{CBC}TaxExemptionReason") is not None) == (rate == "0")


def test_orders_and_credited_invoices_stand_in_the_document(register: pd.DataFrame, files: Files) -> None:
    orders = credited = 0
    for path, data in files.items():
        if not path.endswith(".xml"):
            continue
        root, row = ET.fromstring(data), register.loc[path]  # noqa: S314 - written by ourselves
        order = root.find(f"{CAC}OrderReference/{CBC}ID")
        assert (None if order is None else order.text) == (
            row["inkoopordernr"] if pd.notna(row["inkoopordernr"]) else None
        )
        orders += order is not None
        before = root.find(f"{CAC}BillingReference/{CAC}InvoiceDocumentReference/{CBC}ID")
        assert (before is not None) == (row["soort"] == "381")
        credited += before is not None
    assert orders > 20
    assert credited > 0


def test_a_pdf_opens_and_says_who_what_when_and_how_much(register: pd.DataFrame, files: Files) -> None:
    paths = [path for path in files if path.endswith(".pdf")]
    credits = [path for path in paths if register.loc[path, "soort"] == "381"]
    for path in [*paths[::10], *credits]:
        row = register.loc[path]
        document = pdfium.PdfDocument(files[path])
        assert len(document) == 1
        found = document[0].get_textpage().get_text_bounded()
        gross = abs(int(row["bruto_cent"]))
        amount = f"{gross // 100:,}".replace(",", ".") + f",{gross % 100:02d}"
        assert row["factuurnummer"] in found
        assert f"{row['factuurdatum']:%d-%m-%Y}" in found
        assert f"{'-' if row['soort'] == '381' else ''}{amount}" in found
        assert row["kvk_leverancier"] in found
        assert "€" in found
        assert ("Creditnota" in found) == (row["soort"] == "381")


def test_names_with_signs_and_accents_survive(files: Files) -> None:
    texts = [data.decode() for path, data in files.items() if path.endswith(".xml")]
    assert any("Oudewater &amp; Zn." in each for each in texts)
    pdfs = [data for path, data in files.items() if path.endswith(".pdf")]
    pages = (pdfium.PdfDocument(data)[0].get_textpage().get_text_bounded() for data in pdfs)
    assert any("Coöperatie" in each for each in pages)

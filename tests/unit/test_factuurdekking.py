"""Which booking has its invoice: every way to link, every rung, every bound, and both directions."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from tests.books import AFSPRAKEN, PEIL, boekingen, dekking_of, facturen, heeft_of, tables_of
from tests.builders import typed
from weekrapport.domain.boekafspraken import Boekafspraken
from weekrapport.domain.boekbeeld import boekbeeld
from weekrapport.domain.factuurdekking import (
    dekking_per_regel,
    dekking_per_trede,
    dekking_totaal,
    niet_geboekte_facturen,
    ongedekt,
)
from weekrapport.domain.factuurkoppeling import geleverd

REF = {"factuur_ref": "F1"}
TREDEN = ["trede_record", "trede_bedrag", "trede_document"]


def status_of(booking, invoice=None, **tables):
    """Return the status of one booking that names invoice F1."""
    return dekking_of(boekingen({**REF, **booking}), factuur=facturen(invoice or {}), **tables)["status"].item()


def allocated(*rows: tuple[str, str, int]) -> pd.DataFrame:
    names = ("boeking_id", "factuur_id", "toegerekend_cent")
    return typed("boeking_factuur", *(dict(zip(names, row, strict=True)) for row in rows))


class TestWhichBookings:
    def test_costs_that_need_an_invoice_in_the_months_of_the_year_up_to_the_day(self):
        rows = [
            REF,
            {"grootboekrekening": "8100"},
            {"grootboekrekening": "1600"},
            {"boekdatum": "2025-06-15"},
            {"periode": 0},
            {"periode": 13},
            {"boekdatum": "2026-11-23"},
            {"boekdatum": "2026-11-24"},
            {"bedrag_cent": 0},
            {"bedrag_cent": -500},
            {"bedrag_cent": None},
        ]
        found = dekking_of(boekingen(*rows), factuur=facturen({}))
        assert found["boeking_id"].tolist() == ["B1", "B7", "B10"]

    def test_a_line_that_needs_no_invoice_is_left_out(self):
        regel = typed(
            "begrotingsregel",
            {"regel_id": "R1", "jaar": 2026, "grootboekrekening": "4100", "bedrag_cent": 1, "factuurplichtig": False},
        )
        assert dekking_of(boekingen({}), factuur=facturen({}), begrotingsregel=regel).empty

    def test_no_bookings_give_every_column(self):
        found = dekking_of(boekingen(), factuur=facturen({}))
        assert found.empty
        columns = ["boeking_id", "regel_id", "regel", "bedrag_cent", "boekdatum", "periode", "leverancier_id"]
        columns += ["leverancier", "factuur_ref", "factuur_ids", *TREDEN, "status", "is_gedekt", "is_in_afwachting"]
        assert {*columns, "dagen_oud"} == set(found.columns)
        assert dekking_totaal(found).aandeel is None
        assert dekking_per_regel(found).empty


class TestLinks:
    def test_by_the_id_of_the_invoice(self):
        assert status_of({}) == "gedekt"

    def test_by_the_number_that_the_supplier_gave_it(self):
        rows = [{"factuur_ref": "N1"}, {"factuur_ref": "N1", "leverancier_id": "L2"}]
        found = dekking_of(boekingen(*rows), factuur=facturen({}, {"factuurnummer": "N1", "leverancier_id": "L2"}))
        assert found["factuur_ids"].tolist() == ["F1", "F2"]
        assert found["status"].tolist() == ["gedekt", "gedekt"]

    def test_a_number_of_another_supplier_is_not_the_invoice(self):
        assert status_of({"factuur_ref": "N1", "leverancier_id": "L2"}) == "factuur_onbekend"

    def test_a_number_that_occurs_once_will_do_when_the_supplier_is_unknown(self):
        row = {"factuur_ref": "N1", "leverancier_id": None}
        assert status_of(row) == "gedekt"
        twice = facturen({}, {"factuurnummer": "N1", "leverancier_id": "L2"})
        assert dekking_of(boekingen(row), factuur=twice)["status"].item() == "factuur_onbekend"

    def test_revenue_without_a_customer_does_not_name_the_invoice_of_a_supplier(self):
        sale = {"factuur_ref": "N1", "leverancier_id": None, "grootboekrekening": "8100", "bedrag_cent": -50_000}
        assert dekking_of(boekingen({"factuur_ref": "N1"}, sale), factuur=facturen({}))["status"].tolist() == ["gedekt"]

    def test_by_the_ledger_entry(self):
        booking = boekingen({"journaalpost_id": "J1"}, {"journaalpost_id": "J2"}, {"journaalpost_id": None})
        found = dekking_of(booking, factuur=facturen({"journaalpost_id": "J1"}, {"journaalpost_id": None}))
        assert found["status"].tolist() == ["gedekt", "factuur_onbekend", "factuur_onbekend"]

    def test_an_empty_entry_is_not_the_same_as_an_empty_entry(self):
        found = dekking_of(
            boekingen({"journaalpost_id": None}, {"journaalpost_id": "J1"}),
            factuur=facturen({"journaalpost_id": None}, {"journaalpost_id": "J1"}),
        )
        assert found["factuur_ids"].fillna("-").tolist() == ["-", "F2"]

    def test_by_the_other_lines_of_the_entry_that_name_one_invoice(self):
        rows = [{**REF, "journaalpost_id": "J1", "bedrag_cent": 6_000}, {"journaalpost_id": "J1", "bedrag_cent": 4_000}]
        found = dekking_of(boekingen(*rows), factuur=facturen({}))
        assert found["status"].tolist() == ["gedekt", "gedekt"]

    def test_not_when_the_other_lines_name_several(self):
        rows = [{"factuur_ref": ref, "journaalpost_id": "J1"} for ref in ("F1", "F2", None)]
        found = dekking_of(boekingen(*rows), factuur=facturen({}, {}))
        assert found["status"].tolist() == ["gedekt", "gedekt", "factuur_onbekend"]

    def test_an_allocation_goes_before_a_number(self):
        found = dekking_of(boekingen(REF), factuur=facturen({}, {}), boeking_factuur=allocated(("B1", "F2", 10_000)))
        assert found["factuur_ids"].item() == "F2"

    def test_an_allocation_to_an_invoice_that_is_not_in_the_register(self):
        found = dekking_of(
            boekingen({}),
            factuur=facturen({}),
            boeking_factuur=allocated(("B1", "F1", 5_000), ("B1", "F9", 5_000)),
        )
        assert found[[*TREDEN, "status"]].iloc[0].tolist() == ["niet_gehaald"] * 3 + ["factuur_onbekend"]

    def test_a_booking_without_an_allocation_may_name_its_invoice(self):
        found = dekking_of(
            boekingen({}, {"factuur_ref": "F2"}),
            factuur=facturen({}, {}),
            boeking_factuur=allocated(("B1", "F1", 10_000)),
        )
        assert found["status"].tolist() == ["gedekt", "gedekt"]


class TestAmountWithAllocation:
    @pytest.mark.parametrize(
        ("difference", "expected"), [(0, "gedekt"), (5, "gedekt"), (-5, "gedekt"), (6, "verschilt")]
    )
    def test_five_cents_per_link(self, difference, expected):
        links = allocated(("B1", "F1", 10_000 + difference))
        assert status_of({}, {"bruto_cent": 50_000}, boeking_factuur=links).endswith(expected)

    @pytest.mark.parametrize(("difference", "expected"), [(10, "gedekt"), (11, "bedrag_verschilt")])
    def test_two_links_have_ten(self, difference, expected):
        links = allocated(("B1", "F1", 4_000), ("B1", "F2", 6_000 + difference))
        found = dekking_of(boekingen({}), factuur=facturen({}, {}), boeking_factuur=links)
        assert found["status"].item() == expected
        assert found["factuur_ids"].item() == "F1 / F2"

    def test_one_invoice_over_several_bookings(self):
        rows = boekingen({"bedrag_cent": 7_000}, {"bedrag_cent": 3_000})
        links = allocated(("B1", "F1", 7_000), ("B2", "F1", 3_000))
        assert dekking_of(rows, factuur=facturen({}), boeking_factuur=links)["is_gedekt"].all()

    @pytest.mark.parametrize(("bruto", "expected"), [(19_990, True), (19_989, False)])
    def test_an_invoice_carries_no_more_than_its_amount(self, bruto, expected):
        links = allocated(("B1", "F1", 10_000), ("B2", "F1", 10_000))
        found = dekking_of(boekingen({}, {}), factuur=facturen({"bruto_cent": bruto}), boeking_factuur=links)
        assert found["is_gedekt"].tolist() == [expected, expected]

    def test_a_credit_note_carries_a_negative_booking_and_no_positive_one(self):
        note = facturen({"bruto_cent": -12_100, "netto_cent": -10_000, "btw_cent": -2_100})
        for amount, expected in ((-10_000, "gedekt"), (10_000, "bedrag_verschilt")):
            links = allocated(("B1", "F1", amount))
            found = dekking_of(boekingen({"bedrag_cent": amount}), factuur=note, boeking_factuur=links)
            assert found["status"].item() == expected

    def test_an_allocation_without_an_amount_proves_nothing(self):
        links = allocated(("B1", "F1", 10_000)).assign(toegerekend_cent=pd.array([pd.NA], dtype="Int64"))
        assert status_of({}, boeking_factuur=links) == "bedrag_verschilt"


class TestAmountWithoutAllocation:
    @pytest.mark.parametrize(
        ("booked", "expected"), [(10_005, "gedekt"), (9_995, "gedekt"), (10_006, "bedrag_verschilt")]
    )
    def test_the_costs_are_the_invoice_without_vat(self, booked, expected):
        assert status_of({"bedrag_cent": booked}) == expected

    def test_vat_that_cannot_be_reclaimed_is_part_of_the_costs(self):
        assert status_of({"bedrag_cent": 12_100}) == "gedekt"

    def test_without_a_net_amount_it_follows_from_the_vat_of_the_invoice(self):
        assert status_of({}, {"netto_cent": None}) == "gedekt"
        assert status_of({"bedrag_cent": 9_000}, {"netto_cent": None}) == "bedrag_verschilt"

    @pytest.mark.parametrize(("vat", "expected"), [(2_100, "gedekt"), (2_105, "gedekt"), (2_106, "bedrag_verschilt")])
    def test_the_costs_and_the_vat_of_the_line_are_the_invoice(self, vat, expected):
        assert status_of({"btw_cent": vat}, {"netto_cent": None, "btw_cent": None}) == expected

    def test_when_nobody_says_what_the_vat_is_a_difference_proves_nothing(self):
        row = dekking_of(boekingen(REF), factuur=facturen({"netto_cent": None, "btw_cent": None})).iloc[0]
        assert row[TREDEN].tolist() == ["gehaald", "niet_getoetst", "gehaald"]
        assert row["status"] == "gedekt"

    @pytest.mark.parametrize(("vat", "expected"), [(2_100, "gedekt"), (900, "bedrag_verschilt")])
    def test_the_vat_is_the_balance_line_on_the_side_of_the_invoice(self, vat, expected):
        rows = [
            {"journaalpost_id": "J1"},
            {"journaalpost_id": "J1", "grootboekrekening": "2200", "bedrag_cent": vat},
            {"journaalpost_id": "J1", "grootboekrekening": "1600", "bedrag_cent": -10_000 - vat},
        ]
        invoice = facturen({"journaalpost_id": "J1", "netto_cent": None, "btw_cent": None})
        assert dekking_of(boekingen(*rows), factuur=invoice)["status"].item() == expected

    def test_of_a_credit_note_the_sides_are_turned(self):
        rows = [
            {"journaalpost_id": "J1", "bedrag_cent": -10_000},
            {"journaalpost_id": "J1", "grootboekrekening": "2200", "bedrag_cent": -2_100},
            {"journaalpost_id": "J1", "grootboekrekening": "1600", "bedrag_cent": 12_100},
        ]
        amounts = {"netto_cent": None, "btw_cent": None, "bruto_cent": -12_100}
        found = dekking_of(boekingen(*rows), factuur=facturen({"journaalpost_id": "J1", **amounts}))
        assert found["status"].item() == "gedekt"

    def test_the_entry_that_pays_the_invoice_is_not_its_vat(self):
        rows = [
            {**REF, "journaalpost_id": "J1"},
            {**REF, "journaalpost_id": "J1", "grootboekrekening": "2200", "bedrag_cent": 2_100},
            {**REF, "journaalpost_id": "J1", "grootboekrekening": "1600", "bedrag_cent": -12_100},
            {**REF, "journaalpost_id": "J2", "grootboekrekening": "1600", "bedrag_cent": 12_100},
            {"journaalpost_id": "J2", "grootboekrekening": "1050", "bedrag_cent": -12_100},
        ]
        found = dekking_of(boekingen(*rows), factuur=facturen({"netto_cent": None, "btw_cent": None}))
        assert found["status"].tolist() == ["gedekt"]

    def test_vat_of_several_invoices_in_one_line_cannot_be_told_apart(self):
        rows = [
            {**REF, "journaalpost_id": "J1"},
            {"factuur_ref": "F2", "journaalpost_id": "J1"},
            {"journaalpost_id": "J1", "grootboekrekening": "2200", "bedrag_cent": 4_200},
        ]
        unknown = {"netto_cent": None, "btw_cent": None}
        found = dekking_of(boekingen(*rows), factuur=facturen(unknown, unknown))
        assert found["trede_bedrag"].tolist() == ["niet_getoetst", "niet_getoetst"]

    def test_lines_of_one_invoice_are_added_up(self):
        rows = [{**REF, "bedrag_cent": amount} for amount in (8_000, 3_000, -1_000)]
        assert dekking_of(boekingen(*rows), factuur=facturen({}))["is_gedekt"].all()

    def test_an_entry_with_two_invoices_is_compared_as_a_whole(self):
        rows = [{"journaalpost_id": "J1", "bedrag_cent": amount} for amount in (15_000, 5_000)]
        invoices = facturen({"journaalpost_id": "J1"}, {"journaalpost_id": "J1"})
        assert dekking_of(boekingen(*rows), factuur=invoices)["is_gedekt"].all()

    def test_an_investment_in_the_same_entry_counts_with_the_vat(self):
        rows = [
            {"journaalpost_id": "J1", "bedrag_cent": 4_000},
            {"journaalpost_id": "J1", "grootboekrekening": "0200", "bedrag_cent": 6_000},
            {"journaalpost_id": "J1", "grootboekrekening": "2200", "bedrag_cent": 2_100},
            {"journaalpost_id": "J1", "grootboekrekening": "1600", "bedrag_cent": -12_100},
        ]
        found = dekking_of(boekingen(*rows), factuur=facturen({"journaalpost_id": "J1"}))
        assert found["status"].item() == "gedekt"

    def test_booked_twice_is_not_the_amount(self):
        assert dekking_of(boekingen(REF, REF), factuur=facturen({}))["status"].tolist() == ["bedrag_verschilt"] * 2


class TestSupplierDateAndDocument:
    def test_another_supplier(self):
        assert status_of({"leverancier_id": "L2"}) == "leverancier_verschilt"

    @pytest.mark.parametrize("missing", [{"leverancier_id": None}, {}])
    def test_an_unknown_supplier_is_not_another_one(self, missing):
        assert status_of(missing, {"leverancier_id": "L1" if missing else None}) == "gedekt"

    @pytest.mark.parametrize(("dated", "expected"), [("2026-06-20", "gedekt"), ("2026-06-21", "datum_verschilt")])
    def test_an_invoice_may_be_dated_five_days_after_its_booking(self, dated, expected):
        assert status_of({}, {"factuurdatum": dated}) == expected

    def test_an_invoice_may_be_much_older_and_its_date_unknown(self):
        assert status_of({}, {"factuurdatum": "2024-01-01"}) == "gedekt"
        assert status_of({}, {"factuurdatum": None}) == "gedekt"

    @pytest.mark.parametrize("found", ["ontbreekt", "leeg", "onleesbaar", "niet_genoemd"])
    def test_a_document_that_is_not_there(self, found):
        row = dekking_of(boekingen(REF), factuur=facturen({"bestand_status": found})).iloc[0]
        assert row[TREDEN].tolist() == ["gehaald", "gehaald", "niet_gehaald"]
        assert row["status"] == "document_ontbreekt"

    def test_every_invoice_of_a_booking_must_have_its_document(self):
        links = allocated(("B1", "F1", 5_000), ("B1", "F2", 5_000))
        invoices = facturen({}, {"bestand_status": "leeg"})
        found = dekking_of(boekingen({}), factuur=invoices, boeking_factuur=links)
        assert found["status"].item() == "document_ontbreekt"

    def test_a_document_that_nobody_looked_for_is_not_tested(self):
        invoices = facturen({"bestand_status": None}, {})
        found = dekking_of(boekingen(REF, {"factuur_ref": "F2"}), factuur=invoices)
        assert found["trede_document"].tolist() == ["niet_getoetst", "gehaald"]
        assert found["is_gedekt"].all()

    def test_the_most_fundamental_fault_is_named(self):
        wrong = {"bestand_status": "leeg", "factuurdatum": "2026-07-01", "netto_cent": 1, "bruto_cent": 1}
        assert status_of({}, wrong) == "bedrag_verschilt"
        assert status_of({"leverancier_id": "L2"}, wrong) == "leverancier_verschilt"
        assert status_of({"factuur_ref": "F9"}, wrong) == "factuur_onbekend"
        assert status_of({}, {**wrong, "netto_cent": 10_000, "bruto_cent": 12_100}) == "datum_verschilt"


class TestNotDelivered:
    def test_without_invoices_nothing_is_missing(self):
        found = dekking_of(boekingen({}), heeft={"boeking"})
        assert found[TREDEN].iloc[0].tolist() == ["niet_getoetst"] * 3
        assert found["status"].item() == "niet_getoetst"
        assert found["is_gedekt"].isna().all()
        assert ongedekt(found).empty
        assert dekking_totaal(found).aandeel is None

    def test_invoices_that_nothing_ties_to_bookings_prove_nothing(self):
        found = dekking_of(boekingen({}), factuur=facturen({}))
        assert found["status"].item() == "niet_getoetst"

    def test_without_documents_the_other_rungs_count(self):
        invoices = facturen({}).assign(bestand_status=pd.Series([pd.NA], dtype="str"))
        found = dekking_of(boekingen(REF, {"factuur_ref": "F9"}), factuur=invoices)
        assert found["trede_document"].tolist() == ["niet_getoetst", "niet_getoetst"]
        assert found["is_gedekt"].tolist() == [True, False]

    def test_what_is_delivered_is_named_by_table_and_column(self):
        assert geleverd({"factuur": ["bestand_status"]}) == {"factuur", "factuur.bestand_status"}


class TestWaiting:
    @pytest.mark.parametrize(("days", "expected"), [(0, True), (13, True), (14, False)])
    def test_a_booking_of_the_last_days_may_wait(self, days, expected):
        row = {"factuur_ref": "F9", "boekdatum": str(PEIL - timedelta(days=days))}
        found = dekking_of(boekingen(row), factuur=facturen({})).iloc[0]
        assert found["dagen_oud"] == days
        assert found["is_in_afwachting"] == expected
        assert found["status"] == ("in_afwachting" if expected else "factuur_onbekend")
        assert not found["is_gedekt"]

    def test_a_young_booking_that_is_backed_waits_for_nothing(self):
        row = {**REF, "boekdatum": str(PEIL)}
        found = dekking_of(boekingen(row), factuur=facturen({}))
        assert found[["status", "is_in_afwachting"]].iloc[0].tolist() == ["gedekt", False]

    def test_its_rungs_tell_what_it_waits_for(self):
        row = {**REF, "boekdatum": str(PEIL)}
        found = dekking_of(boekingen(row), factuur=facturen({"bestand_status": "ontbreekt"})).iloc[0]
        assert found[TREDEN].tolist() == ["gehaald", "gehaald", "niet_gehaald"]

    def test_it_counts_neither_as_backed_nor_as_missing(self):
        rows = [REF, {"factuur_ref": "F9", "bedrag_cent": 30_000, "boekdatum": str(PEIL)}]
        found = dekking_of(boekingen(*rows), factuur=facturen({}))
        assert ongedekt(found).empty
        total = dekking_totaal(found)
        assert (total.geboekt_cent, total.gedekt_cent, total.in_afwachting_cent) == (40_000, 10_000, 30_000)
        assert (total.aantal, total.aantal_gedekt, total.aantal_in_afwachting) == (2, 1, 1)
        assert total.aandeel == 1.0

    def test_a_line_of_which_everything_waits_has_no_share(self):
        found = dekking_of(boekingen({"factuur_ref": "F9", "boekdatum": str(PEIL)}), factuur=facturen({}))
        assert dekking_totaal(found).aandeel is None
        assert dekking_per_regel(found)["aandeel"].isna().all()


class TestShares:
    ROWS = (REF, {"factuur_ref": "F9", "bedrag_cent": -2_500}, {"factuur_ref": "F2", "grootboekrekening": "4200"})

    def found(self):
        return dekking_of(boekingen(*self.ROWS), factuur=facturen({}, {}))

    def test_per_line_in_absolute_amounts(self):
        table = dekking_per_regel(self.found())
        assert table["regel"].tolist() == ["4100", "4200"]
        assert table["geboekt_cent"].tolist() == [12_500, 10_000]
        assert table["gedekt_cent"].tolist() == [10_000, 10_000]
        assert table["aandeel"].tolist() == [0.8, 1.0]
        assert table[["aantal", "aantal_gedekt"]].to_numpy().tolist() == [[2, 1], [1, 1]]
        assert table["regel_id"].isna().all()

    def test_per_rung(self):
        table = dekking_per_trede(self.found()).set_index("trede")
        assert table["aantal"].tolist() == [3, 3, 3]
        assert table["aantal_gehaald"].tolist() == [2, 2, 2]
        assert table.loc["record", "aandeel"] == pytest.approx(20_000 / 22_500)

    def test_a_rung_that_was_not_tested_has_no_share(self):
        table = dekking_per_trede(dekking_of(boekingen({}), heeft={"boeking"}))
        assert table["aantal"].tolist() == [0, 0, 0]
        assert table["aandeel"].isna().all()


class TestInvoicesThatNobodyBooked:
    def others(self, boeking, factuur, peil=PEIL, afspraken=AFSPRAKEN, **tables):
        every = tables_of(boeking=boeking, factuur=factuur, **tables)
        heeft = heeft_of(boeking=boeking, factuur=factuur, **tables)
        return niet_geboekte_facturen(boekbeeld(every, afspraken), every, afspraken, peil, heeft=heeft)

    def test_those_of_the_year_that_no_booking_names(self):
        invoices = facturen({}, {}, {"factuurdatum": "2025-12-31"}, {"factuurdatum": "2026-11-24"})
        found = self.others(boekingen(REF), invoices)
        assert found["factuur_id"].tolist() == ["F2"]

    def test_a_booking_on_a_balance_account_names_it_too(self):
        rows = boekingen({**REF, "grootboekrekening": "0200"})
        assert self.others(rows, facturen({})).empty

    def test_a_booking_of_another_year_names_it_too(self):
        assert self.others(boekingen({**REF, "boekdatum": "2025-12-31"}), facturen({})).empty

    def test_the_age_counts_from_the_day_it_was_received(self):
        invoices = facturen(
            {"factuurdatum": "2026-10-01", "ontvangen_op": "2026-11-10"},
            {"factuurdatum": "2026-10-01", "ontvangen_op": "2026-11-09"},
            {"factuurdatum": "2026-11-10"},
        )
        leverancier = typed("leverancier", {"leverancier_id": "L1", "naam": "Drukkerij De Plank"})
        found = self.others(boekingen({"factuur_ref": "F9"}), invoices, leverancier=leverancier)
        assert found["dagen_oud"].tolist() == [13, 14, 13]
        assert found["is_in_afwachting"].tolist() == [True, False, True]
        assert set(found["leverancier"]) == {"Drukkerij De Plank"}

    def test_nothing_is_said_when_nothing_ties_invoices_to_bookings(self):
        assert self.others(boekingen({}), facturen({})).empty


def test_what_came_in_is_left_as_it_was():
    boeking, invoices = boekingen(REF), facturen({})
    before = boeking.copy(deep=True), invoices.copy(deep=True)
    dekking_of(boeking, factuur=invoices)
    pd.testing.assert_frame_equal(boeking, before[0])
    pd.testing.assert_frame_equal(invoices, before[1])


def test_the_tolerances_are_those_of_the_organisation():
    strict = Boekafspraken(2026, 10, bedrag_tolerantie_cent=0, datum_tolerantie_dagen=0, in_afwachting_dagen=0)
    row = {**REF, "bedrag_cent": 10_001, "boekdatum": "2026-11-23"}
    found = dekking_of(boekingen(row), factuur=facturen({}), afspraken=strict, peil=date(2026, 11, 23))
    assert found[["status", "is_in_afwachting"]].iloc[0].tolist() == ["bedrag_verschilt", False]

"""Keys that refer to nothing, signs that are turned, and months without a booking, with the real Great Expectations."""

from __future__ import annotations

import pytest

from expectations import factuur, levering, teken, verwijzing
from tests.books import boekingen, facturen
from tests.builders import typed
from tests.integration.test_gate_finance import BOUNDS, delivered, delivery_of, failed, found, lines, months, the
from weekrapport.domain.outcome import verdict
from weekrapport.quality.gate import NOTHING_TO_TEST
from weekrapport.settings import Finance

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

WIJZIGING = {"wijziging_id": "W1", "regel_id": "R1", "bedrag_cent": 100}
VERPLICHTING = {"verplichting_id": "V1", "regel_id": "R1", "bedrag_cent": 100}
ROWS = {
    "begroting_fasering": ("regel_id", lambda regel: months(*[1 / 12] * 12, regel=regel)),
    "begrotingswijziging": ("W1", lambda regel: typed("begrotingswijziging", {**WIJZIGING, "regel_id": regel})),
    "verplichting": ("V1", lambda regel: typed("verplichting", {**VERPLICHTING, "regel_id": regel})),
}


@pytest.mark.parametrize("table", verwijzing.BEGROTINGSTABELLEN)
class TestBudgetLineOf:
    def check(self, table, frame, **frames):
        return found(lambda subject: verwijzing.check_regel(table, subject), **{table: frame}, **frames)

    def test_a_known_line_holds_in_whatever_year(self, table):
        frame = ROWS[table][1]("R2")
        (outcome,) = self.check(table, frame, begrotingsregel=lines({}, {"jaar": 2025}))
        assert (outcome.id, outcome.state, outcome.rows_tested) == ("GX-BEG-05", "voldaan", len(frame))

    @pytest.mark.parametrize("regel", ["R9", "r1", None])
    def test_an_unknown_line_is_named(self, table, regel):
        key, make = ROWS[table]
        outcomes = self.check(table, make(regel), begrotingsregel=lines({}))
        assert verdict(outcomes) == "niet vrijgegeven"
        assert outcomes[0].rows_failed == outcomes[0].rows_tested
        assert all((str(regel) if key == "regel_id" else key) in each or "(leeg)" in each for each in outcomes[0].keys)

    def test_without_a_budget_nothing_can_be_said(self, table):
        (outcome,) = self.check(table, ROWS[table][1]("R1"))
        assert (outcome.state, outcome.toelichting) == ("niet uitgevoerd", "niet aangeleverd: tabel begrotingsregel")

    def test_no_rows_prove_nothing(self, table):
        (outcome,) = self.check(table, ROWS[table][1]("R1").iloc[:0], begrotingsregel=lines({}))
        assert (outcome.state, outcome.toelichting) == ("niet uitgevoerd", NOTHING_TO_TEST)


class TestAllocations:
    def links(self, *pairs):
        rows = ({"boeking_id": b, "factuur_id": f, "toegerekend_cent": 100} for b, f in pairs)
        return typed("boeking_factuur", *rows)

    def test_both_sides_are_looked_up(self):
        frame = self.links(("B1", "F1"), ("B9", "F1"), ("B1", "F9"))
        outcomes = found(
            verwijzing.check_toerekening,
            boeking_factuur=frame,
            boeking=boekingen({"boeking_id": "B1"}),
            factuur=facturen({"factuur_id": "F1"}),
        )
        assert [(each.id, each.keys) for each in outcomes] == [
            ("GX-FAC-06", ("B9 / F1",)),
            ("GX-FAC-06", ("B1 / F9",)),
        ]

    def test_a_side_that_is_not_delivered_is_not_run(self):
        outcomes = found(verwijzing.check_toerekening, boeking_factuur=self.links(("B1", "F1")))
        assert [each.toelichting for each in outcomes] == [
            "niet aangeleverd: tabel boeking",
            "niet aangeleverd: tabel factuur",
        ]


class TestSigns:
    @pytest.mark.parametrize(
        ("cents", "broken"),
        [((100, 200), False), ((100, -100), False), ((100, -101), True), ((-5, -5), True)],
    )
    def test_costs_are_debit_together(self, cents, broken):
        rows = [{"boeking_id": f"B{n}", "grootboekrekening": "4100", "bedrag_cent": c} for n, c in enumerate(cents)]
        outcomes = found(teken.check_boeking, boeking=boekingen(*rows))
        assert failed(outcomes) == ({"GX-BOEK-12": {"kosten"}} if broken else {})

    def test_revenue_is_credit(self):
        rows = [
            {"boeking_id": "B1", "grootboekrekening": "4100", "bedrag_cent": 100},
            {"boeking_id": "B2", "grootboekrekening": "8100", "bedrag_cent": 50},
        ]
        assert failed(found(teken.check_boeking, boeking=boekingen(*rows))) == {"GX-BOEK-12": {"opbrengsten"}}

    def test_without_costs_or_revenue_it_is_not_run(self):
        frame = boekingen({"boeking_id": "B1", "grootboekrekening": "1600", "bedrag_cent": -100})
        (outcome,) = found(teken.check_boeking, boeking=frame)
        assert outcome.state == "niet uitgevoerd"

    @pytest.mark.parametrize(("cents", "broken"), [(1, False), (0, False), (-1, True)])
    def test_a_budget_is_positive(self, cents, broken):
        outcomes = found(teken.check_begroting, begrotingsregel=lines({"bedrag_cent": cents, "soort": "opbrengsten"}))
        assert failed(outcomes) == ({"GX-BEG-06": {"opbrengsten"}} if broken else {})


class TestMonthsWithBookings:
    def outcome(self, periods, closed=3):
        rows = [{"boeking_id": f"B{n}", "periode": p, "boekdatum": "2026-01-15"} for n, p in enumerate(periods)]
        finance = Finance(boekjaar=2026, laatste_afgesloten_periode=closed)
        table = delivered("boeking", boekingen(*rows))
        return the(levering.check(delivery_of({"boeking": table}, finance=finance), BOUNDS), "GX-ALG-11")

    def test_every_closed_month_has_one(self):
        assert self.outcome([1, 2, 3]).state == "voldaan"
        assert self.outcome([1, 2, 3, 5]).state == "voldaan"

    def test_a_month_without_is_named(self):
        outcome = self.outcome([0, 1, 3, 13])
        assert (outcome.state, outcome.severity) == ("niet voldaan", "warning")
        assert outcome.toelichting == "zonder boeking: februari"

    def test_the_month_of_the_date_counts_where_no_period_is_given(self):
        assert self.outcome([None], closed=1).state == "voldaan"

    def test_before_the_first_month_is_closed_nothing_is_asked(self):
        assert self.outcome([1], closed=0).state == "voldaan"


def test_an_invoice_without_an_amount_is_named():
    frame = facturen({"factuur_id": "F1"}, {"factuur_id": "F2", "bruto_cent": None})
    assert "F2" in the(found(factuur.check, factuur=frame), "GX-FAC-01", "heeft een bedrag").keys
    assert not the(found(factuur.check, factuur=frame.iloc[:1]), "GX-FAC-01", "heeft een bedrag").failed


def test_no_row_to_test_is_told_and_does_not_pass():
    outcomes = found(factuur.check, factuur=facturen({}).iloc[:0])
    assert {each.state for each in outcomes} == {"niet uitgevoerd"}


def test_a_row_without_a_key_is_named_by_where_it_stands():
    frame = facturen({"factuur_id": None}).assign(bron="facturen.csv", bron_rij=17)
    assert the(found(factuur.check, factuur=frame), "GX-FAC-01", "eigen kenmerk").keys == (
        "(leeg) (facturen.csv, rij 17)",
    )

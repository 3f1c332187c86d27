from __future__ import annotations

import json
from collections import Counter

import pytest

from tests.books import AFSPRAKEN, boekingen, dekking_of, facturen, tables_of
from tests.builders import typed
from weekrapport.domain.begrotingsbeeld import begrotingsbeeld, regels_van_jaar
from weekrapport.domain.begrotingstotaal import opgeteld
from weekrapport.domain.boekbeeld import boekbeeld
from weekrapport.domain.feiten import Feit
from weekrapport.domain.feiten_begroting import begroting_feiten, dekking_feiten, maand_feiten, realisatie_feiten
from weekrapport.domain.realisatie import LopendeMaand, per_rekening

REGELS = typed(
    "begrotingsregel",
    {"regel_id": "R1", "jaar": 2026, "grootboekrekening": "4100", "bedrag_cent": 1200, "soort": "kosten"},
    {"regel_id": "R2", "jaar": 2026, "grootboekrekening": "4200", "bedrag_cent": 0, "soort": "kosten"},
    {"regel_id": "O1", "jaar": 2026, "grootboekrekening": "8000", "bedrag_cent": 600, "soort": "opbrengsten"},
)
BOEKINGEN = boekingen(
    {"bedrag_cent": 1100},
    {"bedrag_cent": 50, "grootboekrekening": "4900"},
    {"bedrag_cent": -400, "grootboekrekening": "8000"},
)
VERPLICHTING = typed("verplichting", {"verplichting_id": "V1", "regel_id": "R1", "bedrag_cent": 200, "status": "open"})


def feiten_of(*, boeking: bool = True, verplichting: bool = True) -> list[Feit]:
    beeld = boekbeeld(tables_of(boeking=BOEKINGEN, begrotingsregel=REGELS), AFSPRAKEN) if boeking else None
    regels = begrotingsbeeld(
        regels_van_jaar(REGELS, AFSPRAKEN), beeld, AFSPRAKEN, verplichting=VERPLICHTING if verplichting else None
    )
    kinds = {soort: regels[regels["soort"] == soort] for soort in ("kosten", "opbrengsten")}
    return begroting_feiten(regels, opgeteld(kinds["kosten"], {}), opgeteld(kinds["opbrengsten"], {}))


def fact(feiten: list[Feit], id: str, scope: dict[str, str] | None = None, measure: str | None = None) -> Feit:
    found = [each for each in feiten if (each.id, dict(each.scope), each.measure) == (id, scope or {}, measure)]
    assert len(found) == 1, found
    return found[0]


def test_the_costs_are_the_whole():
    feiten = feiten_of()
    assert fact(feiten, "K40", measure="jaar").value == 1200
    assert fact(feiten, "K40", measure="periode").value == 1000
    assert fact(feiten, "K41").value == 1150
    assert fact(feiten, "K42").value == 150
    assert fact(feiten, "K43").value == pytest.approx(0.15)
    assert (fact(feiten, "K43").numerator, fact(feiten, "K43").denominator) == (150, 1000)
    assert fact(feiten, "K44").value == 1350  # 1100 + 200 as planned, and 50 that nobody budgeted
    assert fact(feiten, "K44", measure="afwijking").value == 150
    assert fact(feiten, "K45").value == -150
    assert (fact(feiten, "K46").numerator, fact(feiten, "K46").denominator) == (1350, 1200)


def test_revenue_stands_apart_and_has_no_room():
    feiten = feiten_of()
    scope = {"soort": "opbrengsten"}
    assert fact(feiten, "K41", scope).value == 400
    assert fact(feiten, "K42", scope).value == -100
    assert fact(feiten, "K45", scope).value is None


@pytest.mark.parametrize("id", ["K41", "K42", "K44", "K45"])
def test_the_lines_add_up_to_the_costs(id):
    feiten = feiten_of()
    parts = [
        each.value
        for each in feiten
        if each.id == id and each.measure is None and each.scope.get("regel") in ("R1", "R2", "niet_begroot")
    ]
    assert sum(parts) == fact(feiten, id).value


def test_a_line_without_a_budget_has_no_share():
    feiten = feiten_of()
    assert fact(feiten, "K43", {"regel": "R2"}).value is None
    assert fact(feiten, "K46", {"regel": "niet_begroot"}).value is None


def test_without_bookings_only_the_budget_is_a_fact():
    assert {each.id for each in feiten_of(boeking=False)} == {"K40"}


def test_without_commitments_room_is_unknown():
    feiten = feiten_of(verplichting=False)
    assert fact(feiten, "K45").value is None
    assert fact(feiten, "K46").value is None


def test_no_fact_is_recorded_twice_and_all_are_json():
    for feiten in (feiten_of(), feiten_of(boeking=False), feiten_of(verplichting=False)):
        keys = Counter((each.id, tuple(sorted(each.scope.items())), each.measure) for each in feiten)
        assert [key for key, count in keys.items() if count > 1] == []
        for each in feiten:
            assert json.loads(json.dumps(each.as_record())) == each.as_record()


def test_without_a_budget_the_accounts_are_facts():
    beeld = boekbeeld(tables_of(boeking=BOEKINGEN), AFSPRAKEN)
    feiten = realisatie_feiten(per_rekening(beeld, AFSPRAKEN))
    assert fact(feiten, "K41").value == 1150
    assert fact(feiten, "K41", {"soort": "opbrengsten"}).value == 400
    assert fact(feiten, "K41", {"regel": "4900"}).value == 50


def test_the_running_month_names_its_month():
    costs, revenue = maand_feiten(LopendeMaand(2026, 11, 3, 500, 0))
    assert (costs.value, costs.period, costs.measure) == (500, "2026-11", "lopende maand")
    assert (revenue.value, dict(revenue.scope)) == (0, {"soort": "opbrengsten"})


class TestInvoices:
    DEKKING = dekking_of(
        boekingen(
            {"factuur_ref": "N1"},
            {"bedrag_cent": 30_000, "grootboekrekening": "4200"},
            {"bedrag_cent": 5_000, "boekdatum": "2026-11-20", "grootboekrekening": "4900"},
        ),
        factuur=facturen({}),
        begrotingsregel=REGELS,
    )

    def test_in_euros_without_what_waits_in_numbers_of_all_that_was_tested(self):
        feiten = dekking_feiten(self.DEKKING, heeft_begroting=True)
        amount, number = fact(feiten, "K47", measure="bedrag"), fact(feiten, "K47", measure="aantal")
        assert (amount.numerator, amount.denominator, amount.value) == (10_000, 40_000, 0.25)
        assert (number.numerator, number.denominator) == (1, 3)
        assert number.value == pytest.approx(1 / 3)

    def test_per_line_and_what_was_not_budgeted(self):
        feiten = dekking_feiten(self.DEKKING, heeft_begroting=True)
        assert fact(feiten, "K47", {"regel": "R1"}, "bedrag").value == 1
        assert fact(feiten, "K47", {"regel": "R2"}, "bedrag").value == 0
        waits = fact(feiten, "K47", {"regel": "niet_begroot"}, "bedrag")
        assert (waits.value, waits.denominator) == (None, 0)

    def test_without_a_budget_lines_are_accounts_in_words(self):
        feiten = dekking_feiten(self.DEKKING, heeft_begroting=False)
        assert {each.scope.get("regel") for each in feiten} == {None, "4100", "4200", "4900"}

    def test_no_bookings_that_need_an_invoice(self):
        feiten = dekking_feiten(self.DEKKING.iloc[:0], heeft_begroting=True)
        assert [(each.value, each.numerator, each.denominator) for each in feiten] == [(None, 0, 0), (None, 0, 0)]

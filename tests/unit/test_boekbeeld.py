"""The boekbeeld: year and month, kind, budget line and supplier of every booking."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from tests.books import AFSPRAKEN, boekingen, tables_of
from tests.builders import typed
from weekrapport.domain.boekafspraken import Boekafspraken
from weekrapport.domain.boekbeeld import boekbeeld, in_boekjaar, in_periode, is_plichtige_regel
from weekrapport.settings import Finance

LINE = {"jaar": 2026, "grootboekrekening": "4100", "bedrag_cent": 100_000, "soort": "kosten"}


def beeld(*rows, **tables):
    return boekbeeld(tables_of(boeking=boekingen(*rows), **tables), AFSPRAKEN)


def lines(*rows):
    return typed("begrotingsregel", *({**LINE, "regel_id": f"R{number}", **row} for number, row in enumerate(rows, 1)))


def accounts(**kinds):
    return typed("grootboek", *({"grootboekrekening": key[1:], "soort": kind} for key, kind in kinds.items()))


class TestYearAndMonth:
    def test_they_come_from_the_date_where_they_are_not_delivered(self):
        found = beeld({"boekdatum": "2026-03-31"}, {"boekdatum": "2026-01-04", "boekjaar": 2025, "periode": 13})
        assert found[["boekjaar", "periode"]].to_numpy().tolist() == [[2026, 3], [2025, 13]]

    def test_a_booking_without_a_date_has_no_year(self):
        found = beeld({"boekdatum": None})
        assert found[["boekjaar", "periode"]].isna().all(axis=None)
        assert in_boekjaar(found, AFSPRAKEN).empty

    def test_months_count_and_opening_and_closing_entries_do_not(self):
        found = beeld(*({"boekdatum": "2026-01-01", "periode": number} for number in (0, 1, 10, 11, 12, 13)))
        assert in_periode(found, AFSPRAKEN)["periode"].tolist() == [1, 10]
        assert in_boekjaar(found, AFSPRAKEN)["periode"].tolist() == [1, 10, 11, 12]

    def test_another_year_does_not_count(self):
        found = beeld({"boekdatum": "2025-06-01"}, {"boekdatum": "2027-06-01"})
        assert in_boekjaar(found, AFSPRAKEN).empty


class TestBudgetLine:
    def test_it_is_that_of_year_cost_centre_and_account(self):
        regels = lines({"kostenplaats": "100"}, {"kostenplaats": "200"}, {"kostenplaats": "100", "jaar": 2025})
        rows = [{"kostenplaats": "100"}, {"kostenplaats": "200"}, {"kostenplaats": "300"}, {"kostenplaats": None}]
        found = beeld(*rows, {"kostenplaats": "100", "boekdatum": "2025-02-01"}, begrotingsregel=regels)
        assert found["regel_id"].fillna("-").tolist() == ["R1", "R2", "-", "-", "R3"]

    def test_without_one_it_is_the_line_without_cost_centre(self):
        regels = lines({"kostenplaats": "100"}, {"kostenplaats": None})
        found = beeld({"kostenplaats": "100"}, {"kostenplaats": "300"}, {"kostenplaats": None}, begrotingsregel=regels)
        assert found["regel_id"].tolist() == ["R1", "R2", "R2"]

    def test_a_double_line_does_not_double_a_booking(self):
        assert len(beeld({}, {}, begrotingsregel=lines({}, {}))) == 2

    def test_its_words_are_those_of_the_line_then_of_the_account_then_the_account(self):
        grootboek = typed(
            "grootboek",
            {"grootboekrekening": "4100", "omschrijving": "Huisvesting"},
            {"grootboekrekening": "4200", "omschrijving": "Kantoor"},
        )
        found = beeld(
            {},
            {"grootboekrekening": "4200"},
            {"grootboekrekening": "4300"},
            begrotingsregel=lines({"omschrijving": "Huur", "kostensoort": "Vaste lasten"}),
            grootboek=grootboek,
        )
        assert found["regel"].tolist() == ["Huur", "Kantoor", "4300"]
        assert found["kostensoort"].fillna("-").tolist() == ["Vaste lasten", "-", "-"]


class TestKind:
    @pytest.mark.parametrize(
        ("account", "kind", "expected"),
        [
            ("4100", None, "kosten"),
            ("8100", None, "opbrengsten"),
            ("1600", None, "balans"),
            ("4100", "B", "balans"),
            ("4100", "P", "kosten"),
            ("8100", "M", "opbrengsten"),
            ("9100", "P", "kosten"),  # nobody thought of it: seen, not left out
            ("9100", None, "balans"),
        ],
    )
    def test_the_list_of_accounts_decides_and_without_it_the_patterns(self, account, kind, expected):
        grootboek = accounts(**{f"x{account}": kind})
        assert beeld({"grootboekrekening": account}, grootboek=grootboek)["soort"].tolist() == [expected]

    def test_the_budget_line_decides_before_the_account(self):
        found = beeld({}, begrotingsregel=lines({"soort": "opbrengsten"}), grootboek=accounts(x4100="B"))
        assert found["soort"].tolist() == ["opbrengsten"]

    def test_the_patterns_are_those_of_the_organisation(self):
        own = Boekafspraken(2026, 10, kostenrekeningen=("W?Bed*",), opbrengstrekeningen=("WOmz*",))
        rows = [{"grootboekrekening": name} for name in ("WKBedHuis", "WOmzNoh", "4100")]
        found = boekbeeld(tables_of(boeking=boekingen(*rows)), own)
        assert found["soort"].tolist() == ["kosten", "opbrengsten", "balans"]


class TestInvoiceBearing:
    @pytest.mark.parametrize(
        ("line", "expected"),
        [({"factuurplichtig": True}, True), ({"factuurplichtig": False}, False), ({"factuurplichtig": None}, True)],
    )
    def test_the_line_says_so_and_where_it_does_not_the_account(self, line, expected):
        assert beeld({}, begrotingsregel=lines(line))["is_factuurplichtig"].tolist() == [expected]

    def test_only_costs_are(self):
        found = beeld(
            {},
            {"grootboekrekening": "8100"},
            {"grootboekrekening": "1600"},
            begrotingsregel=lines({"soort": "opbrengsten", "factuurplichtig": True}),
        )
        assert found["is_factuurplichtig"].tolist() == [False, False, False]

    def test_of_budget_lines_revenue_never_is(self):
        regels = lines({"factuurplichtig": True}, {"soort": "opbrengsten", "factuurplichtig": True}, {"soort": None})
        assert is_plichtige_regel(regels, AFSPRAKEN).tolist() == [True, False, True]


def test_the_supplier_has_a_name_or_is_called_by_its_number():
    leverancier = typed("leverancier", {"leverancier_id": "L1", "naam": "Drukkerij De Plank"})
    found = beeld({}, {"leverancier_id": "L2"}, {"leverancier_id": None}, leverancier=leverancier)
    assert found["leverancier"].fillna("-").tolist() == ["Drukkerij De Plank", "L2", "-"]


def test_no_bookings_give_no_rows_and_every_column():
    found = boekbeeld(tables_of(), AFSPRAKEN)
    assert found.empty
    assert {"soort", "regel_id", "regel", "kostensoort", "is_factuurplichtig", "leverancier"} <= set(found.columns)
    assert found["is_factuurplichtig"].dtype == "boolean"


def test_what_came_in_is_left_as_it_was():
    boeking = boekingen({})
    before = boeking.copy(deep=True)
    boekbeeld(tables_of(boeking=boeking), AFSPRAKEN)
    pd.testing.assert_frame_equal(boeking, before)


@pytest.mark.parametrize(
    ("given", "peil", "expected"),
    [
        ({}, date(2026, 11, 23), (2026, 10)),
        ({}, date(2026, 2, 1), (2026, 1)),
        ({}, date(2027, 1, 4), (2026, 12)),  # in January the year before is the year of the report
        ({"boekjaar": 2025}, date(2026, 11, 23), (2025, 12)),  # a year that has ended is closed as a whole
        ({"boekjaar": 2026}, date(2026, 1, 5), (2026, 0)),
        ({"boekjaar": 2027}, date(2026, 11, 23), (2027, 0)),
        ({"laatste_afgesloten_periode": 9}, date(2026, 11, 23), (2026, 9)),
        ({"laatste_afgesloten_periode": 12}, date(2027, 2, 8), (2026, 12)),
        ({"laatste_afgesloten_periode": 0}, date(2026, 1, 5), (2026, 0)),
        ({"boekjaar": 2025, "laatste_afgesloten_periode": 11}, date(2026, 1, 5), (2025, 11)),
    ],
)
def test_the_last_closed_month(given, peil, expected):
    found = Finance(**given).afspraken(peil)
    assert (found.boekjaar, found.periode) == expected


def test_the_agreements_are_those_of_the_settings():
    finance = Finance(kostenrekeningen=("6*",), bedrag_tolerantie_cent=1, in_afwachting_dagen=30)
    found = finance.afspraken(date(2026, 11, 23))
    assert (found.kostenrekeningen, found.bedrag_tolerantie_cent, found.in_afwachting_dagen) == (("6*",), 1, 30)
    defaults = Boekafspraken(boekjaar=2026, periode=10)
    assert Finance().afspraken(date(2026, 11, 23)) == defaults

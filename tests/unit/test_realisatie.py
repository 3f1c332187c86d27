from __future__ import annotations

import pandas as pd
import pytest

from tests.books import AFSPRAKEN, boekingen, tables_of
from tests.builders import typed
from weekrapport.domain.begrotingsbeeld import begrotingsbeeld, regels_van_jaar
from weekrapport.domain.boekafspraken import Boekafspraken
from weekrapport.domain.boekbeeld import boekbeeld
from weekrapport.domain.journaalposten import niet_sluitende_journaalposten
from weekrapport.domain.realisatie import (
    bedrag_met_teken,
    geboekt_in_week,
    lopende_maand,
    per_leverancier,
    per_maand,
    per_rekening,
)
from weekrapport.week import Week

REGELS = typed(
    "begrotingsregel",
    {"regel_id": "R1", "jaar": 2026, "grootboekrekening": "4100", "bedrag_cent": 120_000, "soort": "kosten"},
    {"regel_id": "O1", "jaar": 2026, "grootboekrekening": "8000", "bedrag_cent": 60_000, "soort": "opbrengsten"},
)


def beeld_of(*rows, **tables) -> pd.DataFrame:
    return boekbeeld(tables_of(boeking=boekingen(*rows), **tables), AFSPRAKEN)


def test_revenue_is_turned_round():
    beeld = beeld_of({}, {"grootboekrekening": "8000", "bedrag_cent": -500})
    assert bedrag_met_teken(beeld).tolist() == [10_000, 500]


class TestRunningMonth:
    def test_what_is_booked_in_the_month_after_the_last_closed_one(self):
        beeld = beeld_of(
            {"periode": 10, "boekjaar": 2026},
            {"periode": 11, "boekjaar": 2026, "bedrag_cent": 300},
            {"periode": 11, "boekjaar": 2026, "bedrag_cent": -70, "grootboekrekening": "8000"},
            {"periode": 11, "boekjaar": 2025},
            {"periode": 11, "boekjaar": 2026, "grootboekrekening": "1600"},
            {"periode": 12, "boekjaar": 2026},
        )
        found = lopende_maand(beeld, AFSPRAKEN)
        assert (found.jaar, found.maand, found.aantal) == (2026, 11, 2)
        assert (found.kosten_cent, found.opbrengsten_cent) == (300, 70)

    def test_after_december_comes_january(self):
        beeld = beeld_of({"periode": 1, "boekjaar": 2027, "bedrag_cent": 5}, {"periode": 1, "boekjaar": 2026})
        found = lopende_maand(beeld, Boekafspraken(boekjaar=2026, periode=12))
        assert (found.jaar, found.maand, found.kosten_cent) == (2027, 1, 5)

    def test_before_january_is_closed_it_is_january(self):
        found = lopende_maand(beeld_of(), Boekafspraken(boekjaar=2026, periode=0))
        assert (found.jaar, found.maand, found.aantal, found.kosten_cent) == (2026, 1, 0, 0)


@pytest.mark.parametrize(
    ("day", "counts"), [("2026-11-15", 0), ("2026-11-16", 1), ("2026-11-22", 1), ("2026-11-23", 0)]
)
def test_a_booking_of_the_week_is_dated_in_it(day, counts):
    assert len(geboekt_in_week(beeld_of({"boekdatum": day}), Week(2026, 47))) == counts


def test_a_balance_account_is_no_booking_of_the_week():
    assert geboekt_in_week(beeld_of({"boekdatum": "2026-11-16", "grootboekrekening": "1600"}), Week(2026, 47)).empty


class TestPerAccount:
    def test_costs_first_and_the_largest_first(self):
        beeld = beeld_of(
            {"bedrag_cent": 10},
            {"bedrag_cent": 30, "grootboekrekening": "4200"},
            {"bedrag_cent": 5},
            {"bedrag_cent": 77, "boekdatum": "2026-11-02"},
            grootboek=typed("grootboek", {"grootboekrekening": "4100", "omschrijving": "Huur", "soort": "P"}),
        )
        found = per_rekening(beeld, AFSPRAKEN)
        assert found["grootboekrekening"].tolist() == ["4200", "4100"]
        assert found["regel"].tolist() == ["4200", "Huur"]
        assert found["realisatie_cent"].tolist() == [30, 15]
        assert found["aantal"].tolist() == [1, 2]

    def test_revenue_stands_behind_the_costs(self):
        found = per_rekening(beeld_of({"bedrag_cent": -900, "grootboekrekening": "8000"}, {}), AFSPRAKEN)
        assert found["soort"].tolist() == ["kosten", "opbrengsten"]
        assert found["realisatie_cent"].tolist() == [10_000, 900]

    def test_nothing_booked(self):
        assert per_rekening(beeld_of(), AFSPRAKEN).empty


class TestPerMonth:
    def test_budget_and_actuals_run_up_and_stop_at_the_last_closed_month(self):
        beeld = boekbeeld(
            tables_of(
                boeking=boekingen(
                    {"periode": 2, "boekjaar": 2026, "bedrag_cent": 500},
                    {"periode": 10, "boekjaar": 2026, "bedrag_cent": -100},
                    {"periode": 11, "boekjaar": 2026, "bedrag_cent": 900},
                    {"periode": 2, "boekjaar": 2026, "bedrag_cent": -800, "grootboekrekening": "8000"},
                ),
                begrotingsregel=REGELS,
            ),
            AFSPRAKEN,
        )
        regels = begrotingsbeeld(regels_van_jaar(REGELS, AFSPRAKEN), beeld, AFSPRAKEN)
        found = per_maand(regels[regels["soort"] == "kosten"], beeld, AFSPRAKEN)
        assert found["begroot_cent"].tolist() == [10_000 * maand for maand in range(1, 13)]
        assert found["realisatie_cent"].dropna().tolist() == [0, 500, 500, 500, 500, 500, 500, 500, 500, 400]
        revenue = per_maand(regels[regels["soort"] == "opbrengsten"], beeld, AFSPRAKEN)
        assert revenue["realisatie_cent"].dropna().iloc[-1] == 800


class TestPerSupplier:
    def test_the_largest_first_and_only_of_the_line(self):
        beeld = boekbeeld(
            tables_of(
                boeking=boekingen(
                    {"bedrag_cent": 100},
                    {"bedrag_cent": 300, "leverancier_id": "L2"},
                    {"bedrag_cent": 150},
                    {"bedrag_cent": 999, "leverancier_id": None},
                    {"bedrag_cent": 4000, "grootboekrekening": "4200"},
                ),
                begrotingsregel=REGELS,
                leverancier=typed("leverancier", {"leverancier_id": "L1", "naam": "Anker B.V."}),
            ),
            AFSPRAKEN,
        )
        found = per_leverancier(beeld, "R1", AFSPRAKEN)
        assert found["leverancier"].fillna("?").tolist() == ["?", "L2", "Anker B.V."]
        assert found["bedrag_cent"].tolist() == [999, 300, 250]
        assert found["aantal"].tolist() == [1, 1, 2]
        assert per_leverancier(beeld, "niet_begroot", AFSPRAKEN)["bedrag_cent"].tolist() == [4000]

    def test_a_line_without_bookings(self):
        assert per_leverancier(beeld_of(), "R9", AFSPRAKEN).empty


class TestLedgerEntries:
    PEIL = pd.Timestamp("2026-11-23")

    def test_an_entry_that_does_not_balance_is_listed_the_largest_first(self):
        rows = boekingen(
            {"journaalpost_id": "A", "bedrag_cent": 100},
            {"journaalpost_id": "A", "bedrag_cent": -100},
            {"journaalpost_id": "B", "bedrag_cent": 7},
            {"journaalpost_id": "C", "bedrag_cent": -900},
            {"journaalpost_id": "C", "bedrag_cent": 1},
            {"journaalpost_id": None, "bedrag_cent": 5},
        )
        found = niet_sluitende_journaalposten(rows, self.PEIL)
        assert found["journaalpost_id"].tolist() == ["C", "B"]
        assert found["saldo_cent"].tolist() == [-899, 7]
        assert found["aantal"].tolist() == [2, 1]

    def test_an_entry_that_had_yet_to_come_is_not(self):
        rows = boekingen({"journaalpost_id": "A", "bedrag_cent": 7, "boekdatum": "2026-11-24"})
        assert niet_sluitende_journaalposten(rows, self.PEIL).empty

    def test_no_bookings(self):
        assert niet_sluitende_journaalposten(boekingen(), self.PEIL).empty

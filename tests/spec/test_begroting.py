"""Budget, actuals, variance and forecast: the worked example, the sign rules, and sums that must hold."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import typed
from weekrapport.domain.begrotingsbeeld import begrotingsbeeld, regels_van_jaar
from weekrapport.domain.begrotingstotaal import SOMMEN, opgeteld, per_kostensoort
from weekrapport.domain.boekafspraken import Boekafspraken
from weekrapport.domain.boekbeeld import boekbeeld
from weekrapport.domain.drempels import Drempels, is_totaal_afwijkend
from weekrapport.domain.fasering import begroot_per_maand
from weekrapport.domain.schema import TABLES

OKTOBER = Boekafspraken(boekjaar=2026, periode=10)
FASERING = (0.05, 0.05, 0.10, 0.05, 0.05, 0.15, 0.05, 0.05, 0.10, 0.05, 0.15, 0.15)


def regel(**row: Any) -> dict[str, Any]:
    start = {"regel_id": "R1", "jaar": 2026, "grootboekrekening": "4300", "bedrag_cent": 12_000_000, "soort": "kosten"}
    return {**start, **row}


def boeking(bedrag: int, periode: int | None = 3, rekening: str = "4300", **row: Any) -> dict[str, Any]:
    start = {"boekjaar": 2026, "periode": periode, "boekdatum": "2026-03-10", "grootboekrekening": rekening}
    return {**start, "bedrag_cent": bedrag, **row}


def fasering(*aandelen: float, regel_id: str = "R1") -> pd.DataFrame:
    rows = [{"regel_id": regel_id, "maand": maand, "aandeel": each} for maand, each in enumerate(aandelen, start=1)]
    return typed("begroting_fasering", *rows)


def beeld_of(
    regels: list[dict[str, Any]],
    boekingen: list[dict[str, Any]] | None,
    afspraken: Boekafspraken = OKTOBER,
    wijzigingen: list[dict[str, Any]] | None = None,
    verplichtingen: list[dict[str, Any]] | None = None,
    **more: Any,
) -> pd.DataFrame:
    begroting = typed("begrotingsregel", *regels)
    changes = None if wijzigingen is None else typed("begrotingswijziging", *wijzigingen)
    rows = [{"boeking_id": f"B{number}", **row} for number, row in enumerate(boekingen or [])]
    tables = {name: table.empty() for name, table in TABLES.items()}
    tables |= {"begrotingsregel": begroting, "boeking": typed("boeking", *rows)}
    return begrotingsbeeld(
        regels_van_jaar(begroting, afspraken, changes),
        None if boekingen is None else boekbeeld(tables, afspraken),
        afspraken,
        verplichting=None if verplichtingen is None else typed("verplichting", *verplichtingen),
        **more,
    )


def verplichting(bedrag: int, **row: Any) -> dict[str, Any]:
    start = {"verplichting_id": "V1", "regel_id": "R1", "bedrag_cent": bedrag, "verwacht_tot": "2026-12-01"}
    return {**start, "status": "open", **row}


@pytest.fixture(scope="module")
def row() -> pd.Series:
    found = beeld_of(
        [regel()], [boeking(9_145_000)], verplichtingen=[verplichting(2_200_000)], fasering=fasering(*FASERING)
    )
    return found.iloc[0]


class TestTheWorkedExample:
    """BU € 120.000, AC € 91.450 up to October, € 22.000 promised."""

    @pytest.mark.parametrize(
        ("column", "cents"),
        [
            ("begroot_jaar_cent", 12_000_000),
            ("begroot_cent", 8_400_000),
            ("realisatie_cent", 9_145_000),
            ("afwijking_cent", 745_000),
            ("verplicht_cent", 2_200_000),
            ("prognose_plan_cent", 12_745_000),
            ("prognose_tempo_cent", 13_064_286),
            ("prognose_vast_cent", 11_345_000),
            ("prognose_cent", 12_745_000),
            ("prognose_laag_cent", 11_345_000),
            ("prognose_hoog_cent", 13_064_286),
            ("prognose_afwijking_cent", 745_000),
            ("ruimte_cent", 655_000),
        ],
    )
    def test_the_amounts(self, row, column, cents):
        assert row[column] == cents

    def test_the_shares(self, row):
        assert row["afwijking_aandeel"] == pytest.approx(0.08869, abs=5e-6)
        assert row["uitputting_aandeel"] == pytest.approx(0.762083, abs=5e-7)
        assert row["bezetting_aandeel"] == pytest.approx(0.945417, abs=5e-7)

    def test_it_is_unfavourable_and_over_the_limit(self, row):
        assert not row["is_gunstig"]
        assert row["heeft_afwijking"]  # 745.000 is at least 500.000 and at least 5 % of 8.400.000
        assert row["heeft_prognose_afwijking"]  # and at least 5 % of 12.000.000


class TestPhasing:
    def test_without_shares_every_month_has_a_twelfth(self):
        assert beeld_of([regel(bedrag_cent=1000)], [])["begroot_cent"].tolist() == [833]  # 833,33

    @pytest.mark.parametrize(("bedrag", "half"), [(1, 1), (3, 2), (-1, -1), (0, 0)])
    def test_half_a_cent_goes_away_from_zero(self, bedrag, half):
        regels = pd.DataFrame({"regel_id": ["R1"], "begroot_jaar_cent": pd.array([bedrag], dtype="Int64")})
        assert begroot_per_maand(regels)[6].tolist() == [half]

    def test_a_share_is_what_was_written_not_its_binary_neighbour(self):
        regels = pd.DataFrame({"regel_id": ["R1"], "begroot_jaar_cent": pd.array([50], dtype="Int64")})
        shares = fasering(0.07, 0.07, 0.07, 0.79)
        assert begroot_per_maand(regels, shares)[3].tolist() == [11]  # 10,5; 0.07 thrice is 0.21000000000000002

    def test_shares_that_the_source_rounded_still_make_the_whole_year(self):
        regels = pd.DataFrame({"regel_id": ["R1"], "begroot_jaar_cent": pd.array([900_000_000], dtype="Int64")})
        thirds = fasering(0.3333333, 0.3333333, 0.3333333)
        found = begroot_per_maand(regels, thirds)
        assert (found[1].item(), found[3].item(), found[12].item()) == (300_000_000, 900_000_000, 900_000_000)

    def test_shares_that_do_not_make_one_are_taken_as_they_are(self):
        regels = pd.DataFrame({"regel_id": ["R1"], "begroot_jaar_cent": pd.array([1000], dtype="Int64")})
        assert begroot_per_maand(regels, fasering(0.5, 0.4))[12].tolist() == [900]

    def test_only_the_line_that_has_shares_follows_them(self):
        found = beeld_of([regel(), regel(regel_id="R2", grootboekrekening="4400")], [], fasering=fasering(*FASERING))
        assert found["begroot_cent"].tolist() == [8_400_000, 10_000_000]

    def test_an_unknown_amount_stays_unknown(self):
        assert beeld_of([regel(bedrag_cent=None)], [])["begroot_cent"].isna().all()


class TestYearlyAmount:
    def test_the_original_and_the_amendments_so_far(self):
        wijzigingen = [
            {"wijziging_id": "W1", "regel_id": "R1", "bedrag_cent": 300_000},
            {"wijziging_id": "W2", "regel_id": "R1", "bedrag_cent": -100_000},
        ]
        row = beeld_of([regel(primair_cent=11_000_000)], [], wijzigingen=wijzigingen).iloc[0]
        assert (row["begroot_jaar_cent"], row["wijziging_cent"]) == (11_200_000, 200_000)

    def test_no_amendment_yet_is_the_original(self):
        row = beeld_of([regel(primair_cent=11_000_000)], [], wijzigingen=[]).iloc[0]
        assert (row["begroot_jaar_cent"], row["wijziging_cent"]) == (11_000_000, 0)

    @pytest.mark.parametrize("primair", [None, 11_000_000])
    def test_without_amendments_the_current_amount(self, primair):
        row = beeld_of([regel(primair_cent=primair)], []).iloc[0]
        assert row["begroot_jaar_cent"] == 12_000_000
        assert pd.isna(row["wijziging_cent"]) if primair is None else row["wijziging_cent"] == 1_000_000

    def test_an_amendment_of_a_line_without_an_original_is_in_its_current_amount(self):
        wijzigingen = [{"wijziging_id": "W1", "regel_id": "R1", "bedrag_cent": 300_000}]
        assert beeld_of([regel()], [], wijzigingen=wijzigingen)["begroot_jaar_cent"].tolist() == [12_000_000]

    def test_another_year_is_not_in_it(self):
        assert beeld_of([regel(), regel(regel_id="R0", jaar=2025)], [])["regel_id"].tolist() == ["R1"]


class TestActuals:
    @pytest.mark.parametrize(
        ("periode", "counts"), [(0, False), (1, True), (10, True), (11, False), (12, False), (13, False)]
    )
    def test_the_closed_months_count(self, periode, counts):
        assert beeld_of([regel()], [boeking(700, periode)])["realisatie_cent"].tolist() == [700 if counts else 0]

    def test_another_year_does_not(self):
        assert beeld_of([regel()], [boeking(700, boekjaar=2025)])["realisatie_cent"].tolist() == [0]

    def test_a_credit_note_lowers_the_costs(self):
        assert beeld_of([regel()], [boeking(700), boeking(-900)])["realisatie_cent"].tolist() == [-200]

    def test_revenue_is_turned_round_and_more_is_better(self):
        omzet = regel(regel_id="O1", grootboekrekening="8000", soort="opbrengsten", bedrag_cent=1_200_000)
        row = beeld_of([omzet], [boeking(-1_100_000, rekening="8000")]).iloc[0]
        assert (row["begroot_cent"], row["realisatie_cent"], row["afwijking_cent"]) == (1_000_000, 1_100_000, 100_000)
        assert row["is_gunstig"]

    @pytest.mark.parametrize(("bedrag", "gunstig"), [(999_999, True), (1_000_001, False)])
    def test_less_costs_are_better(self, bedrag, gunstig):
        assert beeld_of([regel(bedrag_cent=1_200_000)], [boeking(bedrag)])["is_gunstig"].tolist() == [gunstig]

    def test_no_difference_is_neither(self):
        assert beeld_of([regel(bedrag_cent=1_200_000)], [boeking(1_000_000)])["is_gunstig"].isna().all()

    def test_what_is_not_budgeted_has_a_row_of_its_own(self):
        found = beeld_of([regel()], [boeking(500), boeking(70, rekening="4999"), boeking(-30, rekening="8999")])
        assert found["regel_id"].tolist() == ["R1", "niet_begroot", "niet_begroot_opbrengsten"]
        assert found["realisatie_cent"].tolist() == [500, 70, 30]
        assert found["begroot_jaar_cent"].tolist() == [12_000_000, 0, 0]
        assert found["afwijking_aandeel"].isna().tolist() == [False, True, True]

    def test_a_balance_account_is_no_cost(self):
        assert beeld_of([regel()], [boeking(500, rekening="1600")])["regel_id"].tolist() == ["R1"]

    def test_without_bookings_nothing_looks_like_zero_spent(self):
        row = beeld_of([regel()], None, verplichtingen=[verplichting(100)]).iloc[0]
        assert (row["begroot_jaar_cent"], row["begroot_cent"], row["verplicht_cent"]) == (12_000_000, 10_000_000, 100)
        unknown = "realisatie_cent afwijking_cent prognose_cent prognose_laag_cent ruimte_cent afwijking_aandeel"
        unknown += " uitputting_aandeel bezetting_aandeel is_gunstig heeft_afwijking"
        assert row[unknown.split()].isna().all()

    def test_no_closed_month_yet(self):
        row = beeld_of([regel()], [boeking(500, 1)], Boekafspraken(boekjaar=2026, periode=0)).iloc[0]
        assert (row["begroot_cent"], row["realisatie_cent"], row["prognose_cent"]) == (0, 0, 12_000_000)
        assert pd.isna(row["afwijking_aandeel"])


class TestForecast:
    @pytest.mark.parametrize(("periode", "known"), [(2, False), (3, True)])
    def test_the_pace_counts_from_the_third_month_on(self, periode, known):
        row = beeld_of([regel()], [boeking(100, 1)], Boekafspraken(boekjaar=2026, periode=periode)).iloc[0]
        assert pd.notna(row["prognose_tempo_cent"]) == known

    @pytest.mark.parametrize("bedrag", [0, -1_200_000])
    def test_and_only_with_a_budget_above_zero(self, bedrag):
        assert beeld_of([regel(bedrag_cent=bedrag)], [boeking(100)])["prognose_tempo_cent"].isna().all()

    def test_what_is_promised_is_the_floor(self):
        row = beeld_of([regel(bedrag_cent=1_200_000)], [boeking(900_000)], verplichtingen=[verplichting(500_000)])
        assert row["prognose_cent"].tolist() == [1_400_000]  # as planned it would be 1.100.000
        assert row["ruimte_cent"].tolist() == [-200_000]

    def test_without_commitments_free_room_is_not_known_and_the_plan_is_the_forecast(self):
        row = beeld_of([regel(bedrag_cent=1_200_000)], [boeking(900_000)]).iloc[0]
        assert row["prognose_cent"] == 1_100_000
        assert row[["verplicht_cent", "prognose_vast_cent", "ruimte_cent", "bezetting_aandeel"]].isna().all()
        assert row["uitputting_aandeel"] == 0.75

    @pytest.mark.parametrize(
        ("row", "open_cent"),
        [
            ({}, 1000),
            ({"afgeboekt_cent": 400}, 600),
            ({"afgeboekt_cent": 1400}, 0),
            ({"status": "gesloten"}, 0),
            ({"status": None}, 1000),
            ({"verwacht_tot": "2027-01-01"}, 0),
            ({"verwacht_tot": "2025-12-31"}, 0),
            ({"verwacht_tot": "2026-01-31"}, 1000),
            ({"verwacht_tot": None}, 1000),
            ({"regel_id": "R9"}, 0),
        ],
    )
    def test_an_open_commitment_of_the_year(self, row, open_cent):
        found = beeld_of([regel()], [], verplichtingen=[verplichting(1000, **row)])
        assert found["verplicht_cent"].tolist() == [open_cent]


class TestLimits:
    @pytest.mark.parametrize(
        ("verschil", "begroot", "expected"),
        [
            (499_999, 0, False),
            (500_000, 0, True),
            (500_000, 10_000_000, True),  # exactly 5 %
            (500_000, 10_000_020, False),
            (-500_000, -10_000_000, True),
            (4_999_999, 1_000_000_000, False),
            (5_000_000, 1_000_000_000, True),
            (-5_000_000, 1_000_000_000, True),
        ],
    )
    def test_both_the_first_two_or_the_third(self, verschil, begroot, expected):
        assert Drempels().is_overschreden(verschil, begroot) is expected

    @pytest.mark.parametrize(("verschil", "expected"), [(19_999, False), (20_000, True), (-20_000, True)])
    def test_the_whole_from_two_per_cent_on(self, verschil, expected):
        assert is_totaal_afwijkend(verschil, 1_000_000) is expected

    def test_the_whole_without_a_budget(self):
        assert not is_totaal_afwijkend(5, 0)


class TestSums:
    def test_groups_by_size_of_their_budget_and_what_was_not_budgeted_last(self):
        found = beeld_of(
            [
                regel(kostensoort="Huur", bedrag_cent=100),
                regel(regel_id="R2", grootboekrekening="4400", kostensoort="ICT", bedrag_cent=900),
                regel(regel_id="R3", grootboekrekening="4500", kostensoort="ICT", bedrag_cent=-200),
                regel(regel_id="R4", grootboekrekening="4600"),
            ],
            [boeking(10), boeking(90, rekening="4999")],
        )
        groups = per_kostensoort(found)
        assert groups["kostensoort"].tolist() == ["Niet ingedeeld", "ICT", "Huur", "Niet begroot"]
        assert groups["begroot_jaar_cent"].tolist() == [12_000_000, 700, 100, 0]
        assert opgeteld(found, {"kostensoort": "Totaal"})["realisatie_cent"].tolist() == [100]

    def test_shares_of_a_total_come_from_its_amounts(self):
        rows = [regel(bedrag_cent=1200), regel(regel_id="R2", grootboekrekening="4400", bedrag_cent=12_000)]
        total = opgeteld(beeld_of(rows, [boeking(2000)]), {"regel": "Totaal"})
        assert total["afwijking_aandeel"].item() == pytest.approx((2000 - 11_000) / 11_000)

    def test_an_unknown_amount_makes_its_total_unknown(self):
        rows = [regel(), regel(regel_id="R2", grootboekrekening="4400", bedrag_cent=None)]
        assert opgeteld(beeld_of(rows, []), {})["begroot_jaar_cent"].isna().all()

    def test_nothing_at_all(self):
        empty = beeld_of([], [])
        assert empty.empty
        assert per_kostensoort(empty).empty
        assert opgeteld(empty, {"regel": "Totaal"})["realisatie_cent"].tolist() == [0]


AMOUNT = st.integers(-(10**11), 10**11)
LINES = st.lists(st.tuples(AMOUNT, st.sampled_from(["A", "B", "C"])), max_size=5)
BOOKED = st.lists(st.tuples(AMOUNT, st.integers(0, 6), st.integers(0, 14)), max_size=12)


@given(LINES, BOOKED, st.integers(0, 12), st.integers(0, 10**9))
def test_lines_add_up_to_the_ledger_and_groups_to_lines(lines, booked, periode, promised):
    regels = [
        regel(regel_id=f"R{i}", grootboekrekening=f"4{i}", bedrag_cent=amount, kostensoort=group)
        for i, (amount, group) in enumerate(lines)
    ]
    boekingen = [boeking(amount, month, f"4{account}") for amount, account, month in booked]
    afspraken = Boekafspraken(boekjaar=2026, periode=periode)
    found = beeld_of(regels, boekingen, afspraken, verplichtingen=[verplichting(promised, regel_id="R0")])
    total = opgeteld(found, {"regel": "Totaal"}).iloc[0]
    assert total["realisatie_cent"] == sum(amount for amount, _, month in booked if 1 <= month <= periode)
    assert total["begroot_jaar_cent"] == sum(amount for amount, _ in lines)
    assert total["begroot_cent"] == found["begroot_cent"].sum()
    assert total["afwijking_cent"] == total["realisatie_cent"] - total["begroot_cent"]
    assert total["ruimte_cent"] == total["begroot_jaar_cent"] - total["realisatie_cent"] - total["verplicht_cent"]
    if len(found):
        groups = opgeteld(per_kostensoort(found), {})
        for name in SOMMEN:
            if name != "prognose_tempo_cent" and found[name].notna().all():
                assert groups[name].item() == total[name]
    if periode == 12:
        assert total["begroot_cent"] == total["begroot_jaar_cent"]


@given(LINES, BOOKED, st.integers(1, 12))
def test_the_forecast_lies_within_its_range_and_never_below_what_is_booked_and_promised(lines, booked, periode):
    regels = [regel(regel_id=f"R{i}", grootboekrekening=f"4{i}", bedrag_cent=amt) for i, (amt, _) in enumerate(lines)]
    boekingen = [boeking(amount, month, f"4{account}") for amount, account, month in booked]
    found = beeld_of(regels, boekingen, Boekafspraken(boekjaar=2026, periode=periode), verplichtingen=[])
    assert (found["prognose_laag_cent"] <= found["prognose_cent"]).all()
    assert (found["prognose_cent"] <= found["prognose_hoog_cent"]).all()
    assert (found["prognose_cent"] >= found["prognose_vast_cent"]).all()
    assert (found["is_gunstig"].dropna() == (found["afwijking_cent"] < 0)[found["is_gunstig"].notna()]).all()

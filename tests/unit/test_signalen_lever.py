"""R2-S01 to S04 and S07 to S09: what fires, what just does not, and what is not there."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from weekrapport.domain.leveringen import ACHTERSTALLIG, LATER, LOPENDE_WEEK, OPGESCHORT, TE_LEVEREN
from weekrapport.domain.signalen_lever import (
    drukke_dag,
    groen_viel_tegen,
    klant_in_gevaar,
    rood_en_belangrijk,
    te_leveren_zonder_behandelaar,
    veel_achterstallig,
    wettelijk_in_gevaar,
)

USUAL: dict[str, Any] = {
    "lijst": TE_LEVEREN, "klasse": "groen", "kans_wettelijk": None, "belang": None, "is_wettelijk": False,
    "is_vertrouwelijk": False, "klant": None, "team": "Beheer", "behandelaar_id": "M1", "telt_mee": True,
}  # fmt: skip
NOTHING: tuple[dict[str, Any], ...] = ()


def leveringen(*rows: dict[str, Any]) -> pd.DataFrame:
    frame = pd.DataFrame([{**USUAL, "zaak_id": f"Z{number}", **row} for number, row in enumerate(rows, start=1)])
    if frame.empty:
        frame = pd.DataFrame(columns=["zaak_id", *USUAL])
    kinds = {"belang": "Int64", "kans_wettelijk": "Float64", "is_wettelijk": "boolean", "is_vertrouwelijk": "boolean",
             "telt_mee": "boolean", "klasse": "str", "klant": "str", "team": "str"}  # fmt: skip
    return frame.astype(kinds)


class TestS01RoodEnBelangrijk:
    @pytest.mark.parametrize(
        ("row", "fires"),
        [
            ({"klasse": "rood", "belang": 4}, True),
            ({"klasse": "rood", "belang": 5, "lijst": LOPENDE_WEEK}, True),
            ({"klasse": "rood", "belang": 3}, False),
            ({"klasse": "oranje", "belang": 5}, False),
            ({"klasse": "rood", "belang": None}, False),
            ({"klasse": None, "belang": 5}, False),
            ({"klasse": "rood", "belang": 5, "lijst": LATER}, False),
            ({"klasse": "rood", "belang": 5, "telt_mee": False}, False),
        ],
    )
    def test_what_fires(self, row, fires):
        assert bool(rood_en_belangrijk(leveringen(row))) is fires

    def test_one_signal_names_all_cases_and_teams(self):
        red = {"klasse": "rood", "belang": 4}
        (signal,) = rood_en_belangrijk(leveringen(red, {**red, "team": "Advies"}))
        assert signal.as_record() == {
            "id": "R2-S01", "severity": "rood", "where": "Advies, Beheer",
            "values": {"aantal": 2, "zaken": ["Z1", "Z2"]},
        }  # fmt: skip

    def test_nothing(self):
        assert rood_en_belangrijk(leveringen(*NOTHING)) == []


class TestS02WettelijkInGevaar:
    @pytest.mark.parametrize(
        ("row", "fires"),
        [
            ({"is_wettelijk": True, "kans_wettelijk": 0.30}, True),
            ({"is_wettelijk": True, "kans_wettelijk": 0.2999}, False),
            ({"is_wettelijk": True, "kans_wettelijk": None}, False),
            ({"is_wettelijk": False, "kans_wettelijk": 0.9}, False),
            ({"is_wettelijk": True, "kans_wettelijk": 0.9, "lijst": ACHTERSTALLIG}, True),  # its promise has passed
            ({"is_wettelijk": True, "kans_wettelijk": 0.9, "lijst": OPGESCHORT}, False),
        ],
    )
    def test_what_fires(self, row, fires):
        assert bool(wettelijk_in_gevaar(leveringen(row))) is fires

    def test_nothing(self):
        assert wettelijk_in_gevaar(leveringen(*NOTHING)) == []


class TestS03VeelAchterstallig:
    @pytest.mark.parametrize(
        ("late", "stock", "before", "fires"),
        [
            (11, 100, None, True),
            (10, 100, None, False),  # just ten per cent
            (5, 9, None, False),  # too small a stock for a share
            (2, 10, None, True),
            (10, 1000, 8, True),  # just a quarter more
            (10, 1000, 9, False),
            (9, 1000, 1, False),  # too few to speak of growth
            (10, 1000, None, False),
            (0, 0, 0, False),
        ],
    )
    def test_what_fires(self, late, stock, before, fires):
        rows = leveringen(*[{"lijst": ACHTERSTALLIG}] * late)
        assert bool(veel_achterstallig(rows, stock, before)) is fires

    def test_the_values(self):
        rows = leveringen(*[{"lijst": ACHTERSTALLIG}] * 12)
        (signal,) = veel_achterstallig(rows, 100, 4)
        assert signal.waarden == {"achterstallig": 12, "werkvoorraad": 100, "vier_weken_eerder": 4}


class TestS04ZonderBehandelaar:
    def test_one_is_enough(self):
        (signal,) = te_leveren_zonder_behandelaar(leveringen({"behandelaar_id": None}, {}))
        assert (signal.ernst, signal.waarden) == ("oranje", {"zonder_behandelaar": 1, "zaken": ["Z1"]})

    def test_not_for_what_is_late_or_comes_later(self):
        rows = leveringen({"behandelaar_id": None, "lijst": ACHTERSTALLIG}, {"behandelaar_id": None, "lijst": LATER})
        assert te_leveren_zonder_behandelaar(rows) == []
        assert te_leveren_zonder_behandelaar(leveringen(*NOTHING)) == []


class TestS07DrukkeDag:
    @pytest.mark.parametrize(
        ("counts", "fires"),
        [([10, 4, 4, 4, 4], True), ([9, 1, 1, 1, 1], False), ([10, 5, 5, 5, 5], False), ([0, 0, 0, 0, 0], False)],
    )
    def test_what_fires(self, counts, fires):
        days = pd.date_range("2026-11-23", periods=5).astype("datetime64[s]")
        per_dag = pd.DataFrame({"datum": days, "aantal": counts, "is_werkdag": True})
        assert bool(drukke_dag(per_dag)) is fires

    def test_a_week_without_working_days(self):
        days = pd.date_range("2026-11-23", periods=5).astype("datetime64[s]")
        assert drukke_dag(pd.DataFrame({"datum": days, "aantal": 20, "is_werkdag": False})) == []


class TestS08GroenVielTegen:
    @pytest.mark.parametrize(
        ("green", "missed", "fires"),
        [(10, 3, True), (10, 2, False), (9, 9, False), (20, 5, True), (20, 4, False), (0, 0, False)],
    )
    def test_what_fires(self, green, missed, fires):
        rows = pd.DataFrame({"kans": [0.2999] * green, "is_gemist": [True] * missed + [False] * (green - missed)})
        assert bool(groen_viel_tegen(rows)) is fires

    def test_amber_and_red_do_not_count(self):
        rows = pd.DataFrame({"kans": [0.30] * 20, "is_gemist": [True] * 20})
        assert groen_viel_tegen(rows) == []


class TestS09KlantInGevaar:
    RED = {"klasse": "rood", "klant": "Gemeente A"}  # noqa: RUF012  never written

    def test_three_red_cases_of_one_customer(self):
        (signal,) = klant_in_gevaar(leveringen(*[self.RED] * 3))
        assert (signal.waar, signal.waarden["rood"]) == ("Gemeente A", 3)

    @pytest.mark.parametrize(
        "rows",
        [
            [RED, RED],
            [RED, RED, {**RED, "klant": "Gemeente B"}],
            [RED, RED, {**RED, "klasse": "oranje"}],
            [RED, RED, {**RED, "is_vertrouwelijk": True}],
            [RED, RED, {**RED, "lijst": ACHTERSTALLIG}],
            [{**RED, "klant": None}] * 3,
            [],
        ],
    )
    def test_what_does_not_fire(self, rows):
        assert klant_in_gevaar(leveringen(*rows)) == []

    def test_the_customer_with_most_comes_first(self):
        rows = [self.RED] * 3 + [{**self.RED, "klant": "Gemeente B"}] * 4
        assert [signal.waar for signal in klant_in_gevaar(leveringen(*rows))] == ["Gemeente B", "Gemeente A"]

"""R1-S05 to R1-S07: what fires, what just does not, and what cannot be tested."""

from __future__ import annotations

import pandas as pd
import pytest

from weekrapport.domain.signalen_zaak import Uitkomst
from weekrapport.domain.signalen_zaak_voorraad import vaak_heropend, verouderd, voorraad_gegroeid

CALM = [100, 104, 98, 102, 99, 103, 97, 101, 100, 104, 98, 102]  # mean 100.7, upper limit about 112


def reeks(stock: list[int], instroom: list[int] | None = None, afgerond: list[int] | None = None) -> pd.DataFrame:
    """Return a series of weeks in which as much came in as was finished, unless told."""
    return pd.DataFrame({
        "werkvoorraad": stock,
        "instroom": [10] * (len(stock) - len(instroom or [])) + (instroom or []),
        "afgerond": [10] * (len(stock) - len(afgerond or [])) + (afgerond or []),
    })  # fmt: skip


class TestS05:
    def test_two_weeks_above_the_limit(self):
        found = voorraad_gegroeid(reeks([*CALM, 118, 140]), 14)
        (signal,) = found.signalen
        assert (signal.id, signal.ernst, signal.waarden["regel"]) == ("R1-S05", "oranje", "boven de grens")
        assert signal.waarden["werkvoorraad"] == 140
        assert signal.waarden["bovengrens"] < 140

    @pytest.mark.parametrize("last_two", [(101, 140), (140, 101), (104, 104)])
    def test_one_week_above_the_limit_is_common_for_a_stock(self, last_two):
        assert voorraad_gegroeid(reeks([*CALM, *last_two]), 14) == Uitkomst("R1-S05")

    def test_four_weeks_of_growth_to_a_tenth_more_and_higher_than_before(self):
        wild = [100, 60, 108, 62, 109, 61, 108, 60, 105, 100, 100]
        more = ([11, 12, 11, 12], [10, 10, 10, 10])
        found = voorraad_gegroeid(reeks([*wild, 100, 103, 106, 108, 110], *more), 16)
        (signal,) = found.signalen
        assert signal.waarden["regel"] == "vier weken groei"
        assert signal.waarden["vier_weken_eerder"] == 100
        assert not voorraad_gegroeid(reeks([*wild, 100, 103, 106, 108, 109], *more), 16).signalen  # nine per cent
        even = ([11, 12, 11, 10], [10, 10, 10, 10])
        assert not voorraad_gegroeid(reeks([*wild, 100, 103, 106, 108, 110], *even), 16).signalen
        higher = [100, 60, 108, 62, 111, 61, 108, 60, 105, 100, 100]
        assert not voorraad_gegroeid(reeks([*higher, 100, 103, 106, 108, 110], *more), 16).signalen

    @pytest.mark.parametrize(("known", "is_tested"), [(10, True), (9, False), (0, False)])
    def test_weeks_before_the_export_are_not_used(self, known, is_tested):
        found = voorraad_gegroeid(reeks([*CALM, 118, 140]), known)
        assert (found.reden is None) is is_tested


def klassen(late: int, early: int, without: int = 0) -> pd.DataFrame:
    return pd.DataFrame({"klasse": ["verstreken"] * late + ["eerste helft"] * early + ["geen termijn"] * without})


class TestS06:
    @pytest.mark.parametrize(("late", "early", "fires"), [(15, 85, True), (14, 86, False), (3, 7, True), (3, 6, False)])
    def test_share_past_its_term(self, late, early, fires):
        """Three of nine are too few for a share; cases without a term are no part of it."""
        found = verouderd(klassen(late, early, 40), None)
        assert bool(found.signalen) is fires
        assert found.reden is None

    @pytest.mark.parametrize(
        ("late", "before", "fires"),
        [
            (14, 2, True),  # twelve points, p = 0.002
            (7, 2, False),  # five points, and chance explains it
            (14, 14, False),
        ],
    )
    def test_a_rise_in_four_weeks_that_chance_does_not_explain(self, late, before, fires):
        found = verouderd(klassen(late, 100 - late), klassen(before, 100 - before))
        assert bool(found.signalen) is fires
        if fires:
            assert found.signalen[0].waarden == {"verstreken": 14, "noemer": 100, "eerder_verstreken": 2,
                                                 "eerder_noemer": 100, "is_gestegen": True}  # fmt: skip

    def test_a_rise_of_less_than_five_points_is_none_however_many_cases(self):
        assert not verouderd(klassen(700, 9300), klassen(300, 9700)).signalen

    def test_too_few_four_weeks_ago_say_nothing(self):
        assert not verouderd(klassen(14, 86), klassen(0, 9)).signalen

    def test_without_terms_or_cases_it_is_not_tested(self):
        assert verouderd(klassen(0, 0, 30), None).reden == "termijn"
        assert verouderd(klassen(0, 0), None).reden == "termijn"


class TestS07:
    @pytest.mark.parametrize(("again", "done", "fires"), [(3, 59, True), (3, 60, False), (2, 10, False), (0, 0, False)])
    def test_more_than_one_in_twenty_and_three_or_more(self, again, done, fires):
        found = vaak_heropend(again, done)
        assert bool(found.signalen) is fires
        assert found.reden is None

    def test_nothing_finished_but_three_opened_again(self):
        assert vaak_heropend(3, 0).signalen[0].waarden == {"heropend": 3, "afgerond": 0}

    def test_without_statuses_it_is_not_tested(self):
        assert vaak_heropend(None, 90).reden == "statussen"

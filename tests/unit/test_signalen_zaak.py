"""R1-S01 to R1-S04: what fires, what just does not, and what cannot be tested."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

import pandas as pd
import pytest

from tests.builders import beeld_of, typed, zaken
from weekrapport.domain.calendars import werkkalender
from weekrapport.domain.doorzet import afgerond_per_week, bekende_weken, doorzet_reeks
from weekrapport.domain.signalen_zaak import Signaal, Uitkomst, tijdigheid_gedaald, wettelijk_gemist
from weekrapport.domain.signalen_zaak_doorzet import doorzet_laag, doorzet_team
from weekrapport.week import Week

WEEK = Week(2026, 47)
KALENDER = werkkalender()
TYPES = typed(
    "zaaktype",
    {"zaaktype_id": "S", "omschrijving": "Storing", "soort_werkzaamheid": "storing", "servicenorm_waarde": 5,
     "servicenorm_eenheid": "werkdag"},
    {"zaaktype_id": "V", "omschrijving": "Vraag", "soort_werkzaamheid": "vraag", "servicenorm_waarde": 5,
     "servicenorm_eenheid": "werkdag"},
    {"zaaktype_id": "WOO", "omschrijving": "Woo-verzoek", "soort_werkzaamheid": "privacy", "wettelijk_waarde": 4,
     "wettelijk_eenheid": "week", "wettelijk_grondslag": "Woo 4.4"},
)  # fmt: skip
TWELVE = [42, 38, 45, 40, 44, 39, 41, 47, 43, 36, 40, 45]


def closed(counts: Iterable[int], team: str | None = "T", last: Week = WEEK) -> list[Mapping[str, Any]]:
    """Return so many cases a week, finished on the Tuesday; the last number is that of `last`."""
    numbers = list(counts)
    days = [last.monday + timedelta(days=1, weeks=place - len(numbers) + 1) for place in range(len(numbers))]
    return [
        {"startdatum": day - timedelta(days=2), "einddatum": day, "team_id": team}
        for day, count in zip(days, numbers, strict=True)
        for _ in range(count)
    ]


def beeld(*groups: list[Mapping[str, Any]]) -> pd.DataFrame:
    return beeld_of(zaken(*(row for group in groups for row in group)), zaaktype=TYPES)


def only(found: Uitkomst) -> Signaal:
    (signal,) = found.signalen
    return signal


class TestSeries:
    def test_counts_per_team_and_week(self):
        found = afgerond_per_week(
            beeld(closed([1, 0, 3], "A"), closed([2], "B"), closed([9], last=WEEK.plus(1))), WEEK, 3
        )
        assert found.to_dict("index") == {"A": {0: 1, 1: 0, 2: 3}, "B": {0: 0, 1: 0, 2: 2}, "T": {0: 0, 1: 0, 2: 0}}

    def test_sub_cases_and_open_cases_do_not_count(self):
        rows = [{"einddatum": "2026-11-18", "hoofdzaak_id": "Z9"}, {}, {"einddatum": "2026-11-18"}]
        assert afgerond_per_week(beeld_of(zaken(*rows)), WEEK, 2).to_numpy().tolist() == [[0, 1]]

    def test_no_cases(self):
        assert afgerond_per_week(beeld_of(zaken()), WEEK, 3).shape == (0, 3)
        assert bekende_weken(beeld_of(zaken()), WEEK, 3) == 0

    @pytest.mark.parametrize(
        ("end", "weeks"), [("2026-11-16", 1), ("2026-11-15", 2), ("2026-01-01", 12), ("2026-11-24", 0)]
    )
    def test_the_export_begins_with_its_first_finished_case(self, end, weeks):
        assert bekende_weken(beeld_of(zaken({"startdatum": "2025-12-01", "einddatum": end}, {})), WEEK, 12) == weeks

    def test_short_weeks_and_weeks_before_the_export_are_unknown(self):
        assert doorzet_reeks(pd.Series([5, 5, 8, 5]), [5, 2, 4, 5], 3) == [None, None, 10, 5]


class TestS01:
    def test_a_week_below_the_limit(self):
        signal = only(doorzet_laag(beeld(closed([*TWELVE, 27])), WEEK, KALENDER))
        assert (signal.id, signal.ernst, signal.waar) == ("R1-S01", "rood", "hele organisatie")
        assert signal.waarden["regel"] == "a"
        assert signal.waarden["doorzet"] == 27
        assert signal.waarden["ondergrens"] == pytest.approx(28.850, abs=5e-4)

    @pytest.mark.parametrize("count", [29, 42, 60])
    def test_a_week_within_the_limits_or_above_them_is_no_signal(self, count):
        found = doorzet_laag(beeld(closed([*TWELVE, count])), WEEK, KALENDER)
        assert (found.signalen, found.reden) == ((), None)

    def test_eight_weeks_below_the_mean_of_the_twelve_before(self):
        signal = only(doorzet_laag(beeld(closed([*TWELVE, *[38, 40, 37, 41, 39, 38, 40, 39]])), WEEK, KALENDER))
        assert signal.waarden["regel"] == "b"
        assert not doorzet_laag(beeld(closed([*TWELVE, *[38, 40, 37, 42, 39, 38, 40, 39]])), WEEK, KALENDER).signalen

    def test_a_week_with_a_holiday_is_brought_to_five_days(self):
        """2026-W18 has four working days (King's Day): 34 are 42.5."""
        week = Week(2026, 18)
        assert not doorzet_laag(beeld(closed([*TWELVE, 34], last=week)), week, KALENDER).signalen

    def test_without_eight_weeks_of_history_nothing_can_be_said(self):
        assert doorzet_laag(beeld(closed([*TWELVE[:7], 5])), WEEK, KALENDER).reden == "geschiedenis"
        assert doorzet_laag(beeld(closed([*TWELVE[:8], 5])), WEEK, KALENDER).signalen
        assert doorzet_laag(beeld(), WEEK, KALENDER).reden == "geschiedenis"

    def test_a_week_of_two_working_days_is_not_judged(self):
        closing = werkkalender(sluitingsdagen=tuple(WEEK.monday + timedelta(days=day) for day in range(3)))
        assert doorzet_laag(beeld(closed([*TWELVE, 3])), WEEK, closing).reden == "korte week"


class TestS02:
    def test_a_small_team_by_the_exact_test(self):
        """62 in twelve weeks, then 9 in four: a fifth of what it did."""
        fallen = closed([5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 6, 6, 3, 2, 2, 2], "Techniek")
        signal = only(doorzet_team(beeld(fallen, closed([5] * 16, "Beheer")), WEEK, KALENDER))
        assert (signal.ernst, signal.waar, signal.waarden["regel"]) == ("oranje", "Techniek", "d")
        assert (signal.waarden["afgerond"], signal.waarden["eerder"]) == (9, 62)
        assert (signal.waarden["werkdagen"], signal.waarden["eerder_werkdagen"]) == (20, 60)
        assert signal.waarden["p"] < 0.01

    def test_a_dip_that_chance_explains(self):
        assert doorzet_team(beeld(closed([*[5] * 12, 4, 4, 3, 3])), WEEK, KALENDER) == Uitkomst("R1-S02")

    def test_one_low_week_of_a_large_team_by_its_chart(self):
        signal = only(doorzet_team(beeld(closed([*[41, 40, 42], *TWELVE, 27])), WEEK, KALENDER))
        assert signal.waarden["regel"] == "a"

    def test_one_low_week_of_a_small_team_is_no_signal(self):
        assert not doorzet_team(beeld(closed([*[15, 16, 15, 16, 15] * 3, 9])), WEEK, KALENDER).signalen

    def test_cases_without_a_team_are_no_team(self):
        nobody = closed([*[9] * 12, 0, 0, 0, 0], None)
        assert doorzet_team(beeld(nobody), WEEK, KALENDER).reden == "team"
        assert not doorzet_team(beeld(nobody, closed([5] * 16)), WEEK, KALENDER).signalen

    def test_it_needs_sixteen_weeks(self):
        assert doorzet_team(beeld(closed([*[9] * 11, 0, 0, 0, 0])), WEEK, KALENDER).reden == "geschiedenis"
        assert doorzet_team(beeld(), WEEK, KALENDER).reden == "geschiedenis"


def judged(on_time: int, late: int, day: str, zaaktype: str = "S") -> list[Mapping[str, Any]]:
    end = pd.Timestamp(day)
    starts = [end - timedelta(days=1)] * on_time + [end - timedelta(days=30)] * late
    return [{"startdatum": start, "einddatum": end, "zaaktype_id": zaaktype} for start in starts]


def since_august(*groups: list[Mapping[str, Any]]) -> pd.DataFrame:
    """Return the cases and a few without a norm, so that finished cases go on without a hole."""
    days = ("2026-08-26", "2026-09-16", "2026-10-07", "2026-10-28")
    return beeld(*groups, [{"startdatum": "2026-08-01", "einddatum": day} for day in days])


class TestS03:
    def test_the_whole(self):
        rows = since_august(judged(986, 134, "2026-08-26"), judged(68, 20, "2026-11-18", "S"))
        found = tijdigheid_gedaald(rows, WEEK)
        assert [signal.waar for signal in found.signalen] == ["hele organisatie", "storing"]
        assert found.signalen[0].ernst == "rood"
        assert found.signalen[0].waarden["p"] == pytest.approx(0.004985795328021695)

    def test_a_dip_that_chance_explains(self):
        found = tijdigheid_gedaald(since_august(judged(986, 134, "2026-08-26"), judged(74, 14, "2026-11-18")), WEEK)
        assert found == Uitkomst("R1-S03")

    def test_one_kind_falls_while_the_whole_does_not(self):
        before = [judged(190, 10, "2026-08-26", "S"), judged(950, 50, "2026-09-16", "V")]
        kinds = [judged(12, 8, "2026-11-18", "S"), judged(180, 3, "2026-11-18", "V")]
        assert [each.waar for each in tijdigheid_gedaald(since_august(*before, *kinds), WEEK).signalen] == ["storing"]

    def test_a_kind_of_fewer_than_twenty_is_not_tested_by_itself(self):
        before = [judged(190, 10, "2026-08-26", "S"), judged(950, 50, "2026-09-16", "V")]
        kinds = [judged(11, 8, "2026-11-18", "S"), judged(180, 3, "2026-11-18", "V")]
        assert not tijdigheid_gedaald(since_august(*before, *kinds), WEEK).signalen

    def test_without_history_or_norm_nothing_can_be_said(self):
        assert tijdigheid_gedaald(beeld(judged(5, 9, "2026-11-18")), WEEK).reden == "geschiedenis"
        without = [{"startdatum": "2026-08-01", "einddatum": day} for day in ("2026-08-26", "2026-11-18")]
        assert tijdigheid_gedaald(since_august(without), WEEK).reden == "norm"
        assert tijdigheid_gedaald(beeld(), WEEK).reden == "geschiedenis"


class TestS04:
    def test_every_miss(self):
        woo = {"zaaktype_id": "WOO", "team_id": "Juridisch", "einddatum": "2026-11-18"}
        rows = beeld([{**woo, "startdatum": "2026-10-20"}, {**woo, "startdatum": "2026-10-21"}])
        signal = only(wettelijk_gemist(rows, WEEK))
        assert (signal.ernst, signal.waar) == ("rood", "Juridisch")
        assert signal.waarden == {"te_laat": 1, "zaken": ["Z1"]}
        assert signal.as_record() == {
            "id": "R1-S04", "severity": "rood", "where": "Juridisch", "values": {"te_laat": 1, "zaken": ["Z1"]}
        }  # fmt: skip

    def test_all_terms_met_and_no_case_with_a_term_this_week(self):
        met = {"zaaktype_id": "WOO", "startdatum": "2026-10-21", "einddatum": "2026-11-18"}
        assert wettelijk_gemist(beeld([met]), WEEK) == Uitkomst("R1-S04")
        assert wettelijk_gemist(beeld([{**met, "einddatum": None}]), WEEK) == Uitkomst("R1-S04")

    def test_without_any_statutory_term_it_is_not_tested(self):
        assert wettelijk_gemist(beeld(closed([3])), WEEK).reden == "wettelijk"
        assert wettelijk_gemist(beeld(), WEEK).reden == "wettelijk"

"""R1-S08 to R1-S12: what fires, what just does not, and what cannot be tested."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from tests.builders import beeld_of, typed, zaken
from weekrapport.domain.calendars import werkkalender
from weekrapport.domain.datagaten import datagaten
from weekrapport.domain.signalen_zaak import Uitkomst
from weekrapport.domain.signalen_zaak_registratie import (
    bulksluiting,
    datagat,
    nagekomen,
    termijn_wijkt_af,
    terugdatering,
    teruggedateerd,
)
from weekrapport.week import Week

WEEK = Week(2026, 47)
KALENDER = werkkalender()
VORIGE_DAG = date(2026, 11, 16)  # a Monday


def beeld(*rows: dict[str, Any]) -> pd.DataFrame:
    return beeld_of(zaken(*rows))


class TestS08:
    @pytest.mark.parametrize(
        ("end", "is_dated_back"),
        [
            ("2026-11-12", True),  # Thursday: the whole Friday lies between
            ("2026-11-13", False),  # Friday, delivered on Monday: registered late
            ("2026-11-15", False),
            ("2026-11-16", False),
            ("2026-11-18", False),
            (None, False),
        ],
    )
    def test_a_whole_working_day_between_the_end_day_and_the_delivery(self, end, is_dated_back):
        found = teruggedateerd(beeld({"einddatum": end}), zaken({}), VORIGE_DAG, KALENDER)
        assert (len(found) == 1) is is_dated_back

    def test_a_case_that_was_closed_then_or_is_new_or_no_case_is_none(self):
        rows = [{"einddatum": "2026-11-10"}, {"einddatum": "2026-11-10"},
                {"einddatum": "2026-11-10", "hoofdzaak_id": "Z1"}]  # fmt: skip
        then = zaken({"einddatum": "2026-11-10"}, {"zaak_id": "ANDERS"}, {"zaak_id": "Z3"})
        assert teruggedateerd(beeld(*rows), then, VORIGE_DAG, KALENDER).empty

    @pytest.mark.parametrize(
        ("back", "plain", "fires"),
        [(3, 97, True), (2, 39, False), (2, 38, True), (1, 8, False), (1, 9, True), (0, 20, False)],
    )
    def test_three_or_one_in_twenty_of_ten_or_more(self, back, plain, fires):
        rows = [{"einddatum": "2026-11-10", "team_id": "T"}] * back + [{"einddatum": "2026-11-18"}] * plain
        found = terugdatering(beeld(*rows), zaken(*[{}] * len(rows)), VORIGE_DAG, KALENDER)
        assert bool(found.signalen) is fires
        if fires:
            assert found.signalen[0].waar == "T"
            assert found.signalen[0].waarden["noemer"] == back + plain

    def test_without_earlier_delivery_it_is_not_tested(self):
        assert terugdatering(beeld({}), None, None, KALENDER).reden == "eerdere levering"

    def test_no_cases(self):
        assert terugdatering(beeld(), zaken(), VORIGE_DAG, KALENDER) == Uitkomst("R1-S08")


def momenten(*minutes: float, start: str = "2026-11-18T10:00Z") -> pd.DataFrame:
    """Return final statuses of Z1, Z2 … so many minutes after the start."""
    moments = [pd.Timestamp(start) + pd.Timedelta(minutes=each) for each in minutes]
    return typed("zaak_status", *({"zaak_id": f"Z{i}", "statustype_id": "E", "gezet_op": moment.isoformat()}
                                  for i, moment in enumerate(moments, start=1)))  # fmt: skip


class TestS09:
    ROWS = beeld(*[{"team_id": "T"}] * 20)

    def test_ten_in_half_an_hour(self):
        (signal,) = bulksluiting(self.ROWS, momenten(*range(0, 28, 3), 30, 300), WEEK).signalen
        assert (signal.ernst, signal.waar) == ("blauw", "T")
        assert signal.waarden == {"gesloten": 11, "vanaf": "2026-11-18T11:00", "minuten": 30}

    def test_nine_or_ten_in_longer_are_none(self):
        assert not bulksluiting(self.ROWS, momenten(*range(9)), WEEK).signalen
        assert not bulksluiting(self.ROWS, momenten(*range(9), 30.1), WEEK).signalen

    def test_per_team_and_per_week(self):
        two = beeld(*[{"team_id": "A"}] * 5, *[{"team_id": "B"}] * 5)
        assert not bulksluiting(two, momenten(*range(10)), WEEK).signalen
        assert not bulksluiting(self.ROWS, momenten(*range(10), start="2026-11-11T10:00Z"), WEEK).signalen

    def test_a_case_counts_once(self):
        rows = momenten(*range(10)).assign(zaak_id="Z1")
        assert not bulksluiting(self.ROWS, rows, WEEK).signalen

    def test_dates_without_a_clock_time_say_nothing(self):
        assert bulksluiting(self.ROWS, momenten(*[0] * 12, start="2026-11-17T23:00Z"), WEEK).reden == "tijdstip"
        assert bulksluiting(self.ROWS, None, WEEK).reden == "tijdstip"

    def test_no_statuses(self):
        assert bulksluiting(self.ROWS, momenten(), WEEK) == Uitkomst("R1-S09")


class TestS10:
    @pytest.mark.parametrize(("count", "fires"), [(2, False), (3, True)])
    def test_more_than_two_per_cent_of_the_last_days_differ(self, count, fires):
        found = termijn_wijkt_af((count, 100), None)
        assert [signal.waar for signal in found.signalen] == (["uiterste datum"] if fires else [])

    @pytest.mark.parametrize(("count", "fires"), [(10, False), (11, True)])
    def test_more_than_a_tenth_of_the_plans_moved(self, count, fires):
        found = termijn_wijkt_af((0, 100), (count, 100))
        assert [signal.waar for signal in found.signalen] == (["geplande einddatum"] if fires else [])

    def test_of_fewer_than_ten_no_share_is_made(self):
        assert termijn_wijkt_af((9, 9), (9, 9)) == Uitkomst("R1-S10")

    def test_with_neither_it_is_not_tested(self):
        assert termijn_wijkt_af(None, None).reden == "eerdere levering"


class TestS11:
    def test_missing_handlers_above_two_per_cent(self):
        rows = [{"behandelaar_id": "M1"}] * 97 + [{}] * 3
        gaten = datagaten(beeld(*rows), WEEK, {"zaak": ["behandelaar_id"]})
        (signal,) = datagat(gaten, None).signalen
        assert (signal.ernst, signal.waar, signal.waarden) == (
            "blauw",
            "zonder behandelaar",
            {"aantal": 3, "noemer": 100},
        )
        two = datagaten(beeld(*rows[:-1], {"behandelaar_id": "M1"}), WEEK, {"zaak": ["behandelaar_id"]})
        assert datagat(two, 0) == Uitkomst("R1-S11")

    def test_one_finished_case_without_result_is_enough(self):
        rows = [{"einddatum": "2026-11-18", "resultaat": "gereed"}] * 200 + [{"einddatum": "2026-11-18"}, {}]
        gaten = datagaten(beeld(*rows), WEEK, {"zaak": ["resultaat"]})
        (signal,) = datagat(gaten, None).signalen
        assert (signal.ernst, signal.waarden) == ("oranje", {"aantal": 1})

    def test_an_end_day_in_the_future(self):
        (signal,) = datagat(datagaten(beeld(), WEEK, {}), 3).signalen
        assert (signal.ernst, signal.waar) == ("oranje", "einddatum in de toekomst")

    def test_without_columns_it_is_not_tested(self):
        assert datagat(datagaten(beeld({}), WEEK, {"zaak": ["zaak_id"]}), None).reden == "kolommen"


class TestS12:
    @pytest.mark.parametrize(("late", "plain", "fires"), [(1, 18, True), (1, 19, False), (2, 7, False), (2, 8, True)])
    def test_more_than_one_in_twenty_of_ten_or_more(self, late, plain, fires):
        rows = [{"startdatum": "2026-11-17", "registratiedatum": "2026-11-20"}] * late
        rows += [{"startdatum": "2026-11-17", "registratiedatum": "2026-11-19"}] * plain
        found = nagekomen(beeld(*rows), WEEK)
        assert bool(found.signalen) is fires
        if fires:
            assert found.signalen[0].waarden == {"nagekomen": late, "noemer": late + plain}

    def test_without_registration_days_it_is_not_tested(self):
        assert nagekomen(beeld({"startdatum": "2026-11-17"}), WEEK).reden == "registratiedatum"
        assert nagekomen(beeld(), WEEK).reden == "registratiedatum"

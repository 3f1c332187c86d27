"""K01 to K06 on small sets of cases of which the answer can be counted by hand, and the identities between them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import beeld_of, typed, zaken
from weekrapport.domain import kpis
from weekrapport.domain.as_of import as_of_view
from weekrapport.week import Week, parse_moment

WEEK = Week(2026, 47)  # 16 to 22 November
TYPES = typed(
    "zaaktype",
    {"zaaktype_id": "STORING", "omschrijving": "Storing", "soort_werkzaamheid": "storing", "servicenorm_waarde": 5,
     "servicenorm_eenheid": "werkdag"},
    {"zaaktype_id": "WOO", "omschrijving": "Woo-verzoek", "soort_werkzaamheid": "privacy", "wettelijk_waarde": 4,
     "wettelijk_eenheid": "week", "wettelijk_grondslag": "Woo 4.4"},
    {"zaaktype_id": "CONTRACT", "omschrijving": "Offerte", "soort_werkzaamheid": "commercieel", "wettelijk_waarde": 1,
     "wettelijk_eenheid": "week"},
    {"zaaktype_id": "VRIJ", "omschrijving": "Advies", "soort_werkzaamheid": "advies_opleiding"},
)  # fmt: skip


def beeld(*rows: dict[str, Any], **tables: pd.DataFrame) -> pd.DataFrame:
    return beeld_of(zaken(*rows), zaaktype=TYPES, **tables)


def done(**row: Any) -> dict[str, Any]:
    return {"einddatum": "2026-11-18", **row}


class TestK01Afgerond:
    @pytest.mark.parametrize(
        ("end", "counts"),
        [("2026-11-15", 0), ("2026-11-16", 1), ("2026-11-22", 1), ("2026-11-23", 0), (None, 0)],
    )
    def test_the_week_runs_from_monday_to_sunday(self, end, counts):
        assert len(kpis.afgerond(beeld({"einddatum": end}), WEEK)) == counts

    def test_a_case_closed_at_two_to_midnight_on_sunday_is_in_the_week(self):
        rows = [
            {"einddatum": "2026-11-22", "gesloten_op": "2026-11-22T22:58Z"},  # 23:58 local
            {"einddatum": "2026-11-23", "gesloten_op": "2026-11-22T23:02Z"},  # 00:02 local, Monday
        ]
        assert kpis.afgerond(beeld(*rows), WEEK)["zaak_id"].tolist() == ["Z1"]
        assert kpis.afgerond(beeld(*rows), WEEK.plus(1))["zaak_id"].tolist() == ["Z2"]

    def test_a_sub_case_stands_beside_the_figure(self):
        found = beeld(
            done(), done(hoofdzaak_id="Z1"), done(hoofdzaak_id="Z1", resultaat_categorie="foutief_aangemaakt")
        )
        assert len(kpis.afgerond(found, WEEK)) == 1
        assert kpis.afgeronde_deelzaken(found, WEEK) == 1

    def test_a_case_made_by_mistake_does_not_exist(self):
        found = beeld(done(resultaat_categorie="foutief_aangemaakt"), done(resultaat_categorie="ingetrokken"), done())
        assert kpis.afgerond(found, WEEK)["zaak_id"].tolist() == ["Z2", "Z3"]
        assert kpis.instroom(found, Week(2026, 45)) == 2
        assert kpis.werkvoorraad(found, Week(2026, 46)) == 2

    def test_no_cases(self):
        empty = beeld()
        assert len(kpis.afgerond(empty, WEEK)) == 0
        assert kpis.afgeronde_deelzaken(empty, WEEK) == 0


class TestK02Instroom:
    @pytest.mark.parametrize(
        ("start", "counts"), [("2026-11-15", 0), ("2026-11-16", 1), ("2026-11-22", 1), ("2026-11-23", 0)]
    )
    def test_by_start_day(self, start, counts):
        assert kpis.instroom(beeld({"startdatum": start}), WEEK) == counts

    @pytest.mark.parametrize(
        ("registered", "week"),
        [
            ("2026-11-17", "2026-W42"),  # start 18 October, thirty days earlier: its own week
            ("2026-11-18", "2026-W47"),  # thirty-one days: the week in which it came to light
            (None, "2026-W42"),
        ],
    )
    def test_a_case_registered_more_than_thirty_days_late_counts_then(self, registered, week):
        found = beeld({"startdatum": "2026-10-18", "registratiedatum": registered})
        assert kpis.instroom(found, Week.parse(week)) == 1
        assert sum(kpis.instroom(found, each) for each in (Week(2026, 42), WEEK)) == 1

    def test_sub_cases_and_mistakes_do_not_come_in(self):
        rows = [{"hoofdzaak_id": "Z9"}, {"resultaat_categorie": "foutief_aangemaakt"}, {}]
        assert kpis.instroom(beeld(*rows), Week(2026, 45)) == 1

    def test_no_cases(self):
        assert kpis.instroom(beeld(), WEEK) == 0


class TestK03Werkvoorraad:
    @pytest.mark.parametrize(
        ("start", "end", "open_on_sunday"),
        [
            ("2026-11-22", None, 1),
            ("2026-11-23", None, 0),
            ("2026-11-02", "2026-11-22", 0),  # finished on the Sunday itself
            ("2026-11-02", "2026-11-23", 1),
        ],
    )
    def test_open_at_the_end_of_sunday(self, start, end, open_on_sunday):
        assert kpis.werkvoorraad(beeld({"startdatum": start, "einddatum": end}), WEEK) == open_on_sunday

    def test_sub_cases_and_mistakes_are_no_stock(self):
        rows = [{"hoofdzaak_id": "Z9"}, {"resultaat_categorie": "foutief_aangemaakt"}, {}]
        assert kpis.werkvoorraad(beeld(*rows), WEEK) == 1

    def test_no_cases(self):
        assert kpis.werkvoorraad(beeld(), WEEK) == 0


class TestK04Tijdig:
    @pytest.mark.parametrize(
        ("end", "on_time"),
        [("2026-11-20", 1), ("2026-11-23", 1), ("2026-11-24", 0)],
    )
    def test_on_the_norm_day_is_on_time(self, end, on_time):
        """Five working days from Monday the 16th end on Monday the 23rd."""
        found = beeld(
            {"startdatum": "2026-11-16", "zaaktype_id": "STORING", "einddatum": end, "gesloten_op": f"{end}T22:30Z"}
        )
        assert kpis.tijdigheid(kpis.afgerond(found, Week.of(date.fromisoformat(end)))) == (on_time, 1)

    def test_without_norm_the_last_day_of_the_case_counts_and_without_that_nothing(self):
        rows = [
            done(uiterlijke_einddatum="2026-11-18"),
            done(uiterlijke_einddatum="2026-11-17"),
            done(zaaktype_id="CONTRACT"),  # agreed term of a week from 2 November
            done(zaaktype_id="VRIJ"),
            done(zaaktype_id="VRIJ", einddatum_gepland="2026-11-10"),  # a promise is no norm
            done(),
        ]
        assert kpis.tijdigheid(kpis.afgerond(beeld(*rows), WEEK)) == (1, 3)

    def test_the_service_norm_goes_before_the_last_day(self):
        late_by_norm = done(zaaktype_id="STORING", uiterlijke_einddatum="2026-12-31")
        assert kpis.tijdigheid(kpis.afgerond(beeld(late_by_norm), WEEK)) == (0, 1)

    @pytest.mark.parametrize(
        ("result", "counts"),
        [("ingetrokken", 0), ("buiten_behandeling", 0), ("afgewezen", 1), ("overig", 1), (None, 1)],
    )
    def test_a_withdrawn_case_says_nothing(self, result, counts):
        found = beeld(done(zaaktype_id="STORING", resultaat_categorie=result))
        assert kpis.tijdigheid(kpis.afgerond(found, WEEK)) == (0, counts)
        assert len(kpis.afgerond(found, WEEK)) == 1

    def test_an_open_case_is_not_on_time_nor_late(self):
        assert beeld({"zaaktype_id": "STORING"})["is_tijdig"].isna().all()

    def test_a_suspension_makes_time(self):
        held = typed("zaak_opschorting", {"zaak_id": "Z1", "begin": "2026-11-05", "eind": "2026-11-16"})
        plain = done(zaaktype_id="STORING", einddatum="2026-11-18")
        assert kpis.tijdigheid(kpis.afgerond(beeld(plain), WEEK)) == (0, 1)
        assert kpis.tijdigheid(kpis.afgerond(beeld(plain, zaak_opschorting=held), WEEK)) == (1, 1)

    def test_no_cases(self):
        assert kpis.tijdigheid(kpis.afgerond(beeld(), WEEK)) == (0, 0)


class TestK05Wettelijk:
    def test_only_statutory_terms_count(self):
        rows = [
            done(startdatum="2026-10-21", zaaktype_id="WOO"),  # ends on 18 November: met
            done(startdatum="2026-10-20", zaaktype_id="WOO"),  # ended the day before: missed
            done(startdatum="2026-10-01", zaaktype_id="WOO", resultaat_categorie="ingetrokken"),
            done(zaaktype_id="CONTRACT"),  # an agreed term is no law
            done(zaaktype_id="STORING"),
            {"startdatum": "2026-10-01", "zaaktype_id": "WOO"},  # late and open: not in the finished cases
        ]
        found = kpis.afgerond(beeld(*rows), WEEK)
        assert kpis.wettelijke_tijdigheid(found) == (1, 2)
        assert kpis.wettelijk_te_laat(found)["zaak_id"].tolist() == ["Z2"]

    def test_on_time_by_norm_can_be_late_by_law(self):
        both = typed(
            "zaaktype",
            {"zaaktype_id": "X", "soort_werkzaamheid": "klacht", "servicenorm_waarde": 30,
             "servicenorm_eenheid": "werkdag",
             "wettelijk_waarde": 1, "wettelijk_eenheid": "week", "wettelijk_grondslag": "Awb"},
        )  # fmt: skip
        found = kpis.afgerond(beeld_of(zaken(done(zaaktype_id="X")), zaaktype=both), WEEK)
        assert kpis.tijdigheid(found) == (1, 1)
        assert kpis.wettelijke_tijdigheid(found) == (0, 1)

    def test_no_cases(self):
        found = kpis.afgerond(beeld(), WEEK)
        assert kpis.wettelijke_tijdigheid(found) == (0, 0)
        assert kpis.wettelijk_te_laat(found).empty


class TestK06Doorlooptijd:
    def test_median_and_p90_are_linear(self):
        """Durations 1, 2, 3, 4 and 10 days: median 3, P90 = 4 + 0.6 × 6."""
        rows = [done(startdatum=f"2026-11-{18 - days:02d}") for days in (1, 2, 3, 4, 10)]
        found = kpis.afgerond(beeld(*rows), WEEK)
        assert kpis.doorlooptijd_kwantiel(found, 0.5) == 3
        assert kpis.doorlooptijd_kwantiel(found, 0.9) == pytest.approx(7.6)

    def test_fewer_than_five_give_nothing(self):
        four = kpis.afgerond(beeld(*[done()] * 4), WEEK)
        assert kpis.doorlooptijd_kwantiel(four, 0.5) is None
        five = kpis.afgerond(beeld(*[done()] * 5), WEEK)
        assert kpis.doorlooptijd_kwantiel(five, 0.5) == 16

    def test_suspended_days_are_not_counted(self):
        held = typed(
            "zaak_opschorting",
            {"zaak_id": "Z1", "begin": "2026-11-04", "eind": "2026-11-09"},
            {"zaak_id": "Z1", "begin": "2026-11-16", "eind": None},  # ran until the end of the case
        )
        assert beeld(done(), zaak_opschorting=held)["doorlooptijd_dagen"].tolist() == [16 - 5 - 2]

    def test_a_case_of_one_day_took_no_days_and_an_open_case_has_no_duration(self):
        found = beeld(done(startdatum="2026-11-18"), {})
        assert found["doorlooptijd_dagen"].tolist() == [0, pd.NA]

    def test_no_cases(self):
        assert kpis.doorlooptijd_kwantiel(kpis.afgerond(beeld(), WEEK), 0.5) is None


def test_the_series_of_weeks_is_the_figure_of_each_week():
    found = beeld(done(), done(einddatum="2026-11-10", zaaktype_id="STORING"), {"startdatum": "2026-11-19"})
    reeks = kpis.weekreeks(found, WEEK, 3)
    assert reeks.to_dict("list") == {
        "week": ["2026-W45", "2026-W46", "2026-W47"],
        "afgerond": [0, 1, 1],
        "instroom": [2, 0, 1],
        "werkvoorraad": [2, 1, 1],
        "tijdig": [0, 0, 0],
        "tijdig_noemer": [0, 1, 0],
    }


def test_the_twelve_weeks_before_end_on_the_sunday_before():
    ends = ["2026-08-23", "2026-08-24", "2026-11-15", "2026-11-16"]
    found = beeld(*({"startdatum": "2026-08-01", "einddatum": end} for end in ends))
    assert kpis.vorige_weken(found, WEEK)["zaak_id"].tolist() == ["Z2", "Z3"]


@pytest.mark.parametrize(
    ("row", "reaches"),
    [
        ({"einddatum": "2026-08-30"}, True),  # the Sunday of the first of the twelve weeks
        ({"einddatum": "2026-08-31"}, False),
        ({"einddatum": None}, False),  # an old case that is still open says nothing of what was finished then
        ({"einddatum": "2026-08-30", "hoofdzaak_id": "Z9"}, False),
        ({"einddatum": "2026-08-30", "resultaat_categorie": "foutief_aangemaakt"}, False),
    ],
)
def test_history_must_reach_back_twelve_weeks(row, reaches):
    since = [done(einddatum=day) for day in ("2026-09-16", "2026-10-07", "2026-10-28")]  # never three weeks empty
    found = beeld({"startdatum": "2026-08-01", **row}, *since, done())
    assert kpis.heeft_geschiedenis(found, WEEK) is reaches


def test_no_cases_have_no_history():
    assert kpis.heeft_geschiedenis(beeld(), WEEK) is False


DAY = st.integers(0, 90).map(lambda offset: pd.Timestamp("2026-09-01") + pd.Timedelta(days=offset))


@st.composite
def histories(draw: st.DrawFn) -> list[dict[str, Any]]:
    rows = []
    for _ in range(draw(st.integers(0, 12))):
        start = draw(DAY)
        end = draw(st.one_of(st.none(), st.integers(0, 60)))
        registered = draw(st.one_of(st.none(), st.integers(0, 45)))
        rows.append(
            {
                "startdatum": start,
                "einddatum": None if end is None else start + pd.Timedelta(days=end),
                "registratiedatum": None if registered is None else start + pd.Timedelta(days=registered),
                "team_id": draw(st.sampled_from(["T1", "T2", None])),
                "zaaktype_id": draw(st.sampled_from(["STORING", "WOO", "VRIJ", "ONBEKEND", None])),
                "hoofdzaak_id": draw(st.sampled_from([None, None, None, "Z1"])),
                "resultaat_categorie": draw(st.sampled_from([None, "overig", "ingetrokken", "foutief_aangemaakt"])),
            }
        )
    return rows


@given(histories())
def test_teams_and_kinds_add_up_to_the_whole(rows):
    found = beeld(*rows)
    for figure in (lambda part: len(kpis.afgerond(part, WEEK)), lambda part: kpis.instroom(part, WEEK),
                   lambda part: kpis.werkvoorraad(part, WEEK)):  # fmt: skip
        for dimension in ("team", "soort"):
            assert sum(figure(group) for _, group in found.groupby(dimension)) == figure(found)


@given(histories())
def test_stock_at_the_end_follows_from_the_stock_at_the_start(rows):
    """Without late registrations there is nothing to correct; with them exactly the cases that came to light late."""
    found = beeld(*rows)
    counted = found[found["telt_mee"]]
    correction = (
        kpis.werkvoorraad(found, WEEK)
        - kpis.werkvoorraad(found, WEEK.plus(-1))
        - kpis.instroom(found, WEEK)
        + len(kpis.afgerond(found, WEEK))
    )
    monday, sunday = pd.Timestamp(WEEK.monday), pd.Timestamp(WEEK.sunday)
    inflow = kpis.instroomdatum(counted)
    started = counted["startdatum"].between(monday, sunday)
    assert correction == int(started.sum()) - int(inflow.between(monday, sunday).sum())


@given(histories())
def test_every_finished_case_is_in_exactly_one_week(rows):
    found = beeld(*rows)
    weeks = [Week(2026, 35).plus(count) for count in range(30)]
    numbers = [number for week in weeks for number in kpis.afgerond(found, week)["zaak_id"]]
    expected = found[found["telt_mee"] & found["einddatum"].notna()]["zaak_id"]
    assert sorted(numbers) == sorted(expected)


@given(histories())
def test_a_past_week_does_not_change_when_more_becomes_known(rows):
    """K01 of a week, seen on its Monday after, is what the whole log says of the cases then registered."""
    zaak = zaken(*rows)
    then = as_of_view("zaak", zaak, parse_moment("2026-11-23T07:00"))
    late = zaak["registratiedatum"] > pd.Timestamp("2026-11-23")
    assert len(kpis.afgerond(beeld_of(then, zaaktype=TYPES), WEEK)) == len(
        kpis.afgerond(beeld_of(zaak[~late].reset_index(drop=True), zaaktype=TYPES), WEEK)
    )

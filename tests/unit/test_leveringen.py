"""On which list an open case stands: every border of every list. Week 47 of 2026 ends on Sunday 22 November."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from tests.builders import beeld_of, typed, zaken
from weekrapport.domain.calendars import werkkalender
from weekrapport.domain.leveringen import (
    ACHTERSTALLIG,
    LATER,
    LIJSTEN,
    LOPENDE_WEEK,
    OPGESCHORT,
    TE_LEVEREN,
    ZONDER_TERMIJN,
    laatste_werkdag,
    leverbeeld,
    lijst_van,
    restwerkdagen,
    te_leveren_deelzaken,
    vorige_leveringen,
    wettelijk,
    zonder_behandelaar,
)
from weekrapport.week import Week

WEEK, MONDAY = Week(2026, 47), date(2026, 11, 23)
EASTER = Week(2026, 14)
"""Ends on Easter Sunday 5 April; the Monday after it is a day off, so its as-of day is Tuesday the 7th."""
NOBODY_WAITS = typed("zaak_opschorting")


def leveringen(*rows, week=WEEK, peil=MONDAY, opschorting=NOBODY_WAITS, kalender=None, **tables):
    kalender = kalender or werkkalender()
    if opschorting is not None:
        tables["zaak_opschorting"] = opschorting
    return leverbeeld(beeld_of(zaken(*rows), peil, kalender, **tables), week, peil, kalender, opschorting)


def lijst(day: str | None, **more) -> str:
    case = {key: more.pop(key) for key in list(more) if key in ("opgeschort_nu", "zaaktype_id", "startdatum")}
    return leveringen({"einddatum_gepland": day, **case}, **more)["lijst"].item()


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-11-20", ACHTERSTALLIG),
        ("2026-11-22", ACHTERSTALLIG),  # Sunday: over when the Monday begins
        ("2026-11-23", TE_LEVEREN),  # Monday, at seven in the morning
        ("2026-11-27", TE_LEVEREN),
        ("2026-11-28", TE_LEVEREN),  # Saturday: to be done on Friday
        ("2026-11-29", TE_LEVEREN),
        ("2026-11-30", LATER),
        ("2030-01-01", LATER),
        (None, ZONDER_TERMIJN),
    ],
)
def test_the_day_decides_the_list(day, expected):
    assert lijst(day) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-04-03", ACHTERSTALLIG),  # Good Friday, a working day here
        ("2026-04-05", ACHTERSTALLIG),
        ("2026-04-06", TE_LEVEREN),  # Easter Monday: that week's date, whose working day lay in the week before
        ("2026-04-07", TE_LEVEREN),
        ("2026-04-12", TE_LEVEREN),
        ("2026-04-13", LATER),
    ],
)
def test_a_holiday_on_the_monday(day, expected):
    assert lijst(day, week=EASTER, peil=date(2026, 4, 7), startdatum="2026-03-02") == expected


def test_a_date_on_a_holiday_monday_is_due_in_the_week_before_it():
    """Due on Easter Monday, so on Thursday or Friday of week 14: the report on week 13 shows it."""
    rows = leveringen(
        {"einddatum_gepland": "2026-04-06", "startdatum": "2026-03-02"}, week=Week(2026, 13), peil=date(2026, 3, 30)
    )
    assert rows["lijst"].item() == TE_LEVEREN
    assert rows["praktische_datum"].item() == pd.Timestamp("2026-04-03")
    assert rows["restwerkdagen"].item() == 4


def test_a_week_in_which_nobody_works_counts_what_is_due_right_after_it():
    closed = werkkalender(sluitingsdagen=tuple(date(2026, 11, day) for day in (23, 24, 25, 26, 27, 30)))
    assert lijst("2026-11-30", kalender=closed) == TE_LEVEREN
    assert lijst("2026-12-01", kalender=closed) == LATER


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-11-19", ACHTERSTALLIG),
        ("2026-11-20", LOPENDE_WEEK),  # today is not over
        ("2026-11-22", LOPENDE_WEEK),
        ("2026-11-23", TE_LEVEREN),
        ("2026-11-30", LATER),
    ],
)
def test_before_the_week_has_ended_nothing_is_late_that_is_not(day, expected):
    assert lijst(day, peil=date(2026, 11, 20)) == expected


def test_a_day_of_the_week_that_has_passed_stays_to_be_delivered():
    """A late run, on Thursday: the case is not moved to the overdue ones of before the week."""
    rows = leveringen({"einddatum_gepland": "2026-11-24"}, peil=date(2026, 11, 26))
    assert rows["lijst"].item() == TE_LEVEREN
    assert rows["restwerkdagen"].item() == -2
    assert pd.isna(rows["achterstand_dagen"].item())


def suspended(begin: str, eind: str | None = None) -> pd.DataFrame:
    return typed("zaak_opschorting", {"zaak_id": "Z1", "begin": begin, "eind": eind, "grondslag": "wacht_op_klant"})


@pytest.mark.parametrize(
    ("interval", "expected"),
    [
        (suspended("2026-11-10"), OPGESCHORT),
        (suspended("2026-11-23"), OPGESCHORT),  # since today
        (suspended("2026-11-10", "2026-11-24"), OPGESCHORT),  # known to end tomorrow
        (suspended("2026-11-10", "2026-11-23"), TE_LEVEREN),  # [begin, eind): goes on today
        (suspended("2026-11-10", "2026-11-12"), TE_LEVEREN),
        (suspended("2026-11-24"), TE_LEVEREN),  # begins tomorrow
    ],
)
def test_a_running_suspension_makes_a_due_case_wait(interval, expected):
    assert lijst("2026-11-25", opschorting=interval) == expected


@pytest.mark.parametrize(
    ("day", "expected"), [("2026-11-20", OPGESCHORT), ("2026-11-30", LATER), (None, ZONDER_TERMIJN)]
)
def test_of_the_cases_that_wait_only_those_due_by_the_end_of_the_week_are_on_that_list(day, expected):
    assert lijst(day, opschorting=suspended("2026-11-10")) == expected


def test_since_when_and_on_what_ground_a_case_waits():
    rows = leveringen({"einddatum_gepland": "2026-11-25"}, opschorting=suspended("2026-11-10"))
    assert rows["opgeschort_sinds"].item() == pd.Timestamp("2026-11-10")
    assert rows["opgeschort_grondslag"].item() == "wacht_op_klant"


def test_the_intervals_win_from_the_flag_and_the_flag_counts_only_without_them():
    assert lijst("2026-11-25", opgeschort_nu=True) == TE_LEVEREN
    assert lijst("2026-11-25", opgeschort_nu=True, opschorting=None) == OPGESCHORT
    assert lijst("2026-11-25", opgeschort_nu=None, opschorting=None) == TE_LEVEREN


def test_a_running_suspension_moves_a_computed_date_so_the_case_is_not_late():
    types = typed("zaaktype", {"zaaktype_id": "A", "servicenorm_waarde": 5, "servicenorm_eenheid": "werkdag"})
    case = {"zaaktype_id": "A", "startdatum": "2026-11-09"}
    late = leveringen(case, zaaktype=types)
    assert (late["lijst"].item(), late["achterstand_dagen"].item()) == (ACHTERSTALLIG, 7)
    waiting = leveringen(case, zaaktype=types, opschorting=suspended("2026-11-11"))
    assert waiting["lijst"].item() == OPGESCHORT
    assert waiting["leidende_datum"].item() == pd.Timestamp("2026-11-26")


def test_only_open_cases_are_in_it():
    rows = leveringen(
        {"einddatum_gepland": "2026-11-24", "einddatum": "2026-11-23"}, {"einddatum_gepland": "2026-11-24"}
    )
    assert rows["zaak_id"].tolist() == ["Z2"]


def test_sub_cases_are_shown_beside_the_list_and_mistakes_nowhere():
    rows = leveringen(
        {"einddatum_gepland": "2026-11-24"},
        {"einddatum_gepland": "2026-11-24", "hoofdzaak_id": "Z1"},
        {"einddatum_gepland": "2026-11-30", "hoofdzaak_id": "Z1"},
        {"einddatum_gepland": "2026-11-24", "resultaat_categorie": "foutief_aangemaakt"},
        {"einddatum_gepland": "2026-11-24", "hoofdzaak_id": "Z1", "resultaat_categorie": "foutief_aangemaakt"},
    )
    assert lijst_van(rows, *LIJSTEN)["zaak_id"].tolist() == ["Z1"]
    assert te_leveren_deelzaken(rows) == 1


def test_age_in_calendar_days_of_the_overdue_only():
    rows = leveringen({"einddatum_gepland": "2026-11-22"}, {"einddatum_gepland": "2026-11-24"})
    assert rows["achterstand_dagen"].tolist() == [1, pd.NA]


def test_no_open_cases():
    rows = leveringen({"einddatum": "2026-11-18"})
    assert rows.empty
    assert {"lijst", "praktische_datum", "restwerkdagen", "is_opgeschort", "is_wettelijk"} <= set(rows)
    assert te_leveren_deelzaken(rows) == 0
    assert zonder_behandelaar(rows).empty
    assert wettelijk(rows).empty


def test_without_a_handler_are_the_due_and_the_overdue_but_not_who_waits():
    rows = leveringen(
        {"einddatum_gepland": "2026-11-24"},
        {"einddatum_gepland": "2026-11-24", "behandelaar_id": "M1"},
        {"einddatum_gepland": "2026-11-10"},
        {"einddatum_gepland": "2026-12-10"},
        {},
        {"einddatum_gepland": "2026-11-25"},
        opschorting=typed("zaak_opschorting", {"zaak_id": "Z6", "begin": "2026-11-10"}),
    )
    assert zonder_behandelaar(rows)["zaak_id"].tolist() == ["Z1", "Z3"]


WOO = typed(
    "zaaktype",
    {"zaaktype_id": "WOO", "wettelijk_waarde": 4, "wettelijk_eenheid": "week", "wettelijk_grondslag": "Woo 4.4"},
    {"zaaktype_id": "AFSPRAAK", "wettelijk_waarde": 4, "wettelijk_eenheid": "week"},
)


def test_a_statutory_term_counts_by_its_own_day_not_by_the_promise():
    rows = leveringen(
        {"zaaktype_id": "WOO", "startdatum": "2026-10-28"},  # ends on 25 November
        {"zaaktype_id": "WOO", "startdatum": "2026-10-28", "einddatum_gepland": "2026-11-13"},  # promise missed
        {"zaaktype_id": "WOO", "startdatum": "2026-11-16", "einddatum_gepland": "2026-11-25"},  # only the promise
        {"zaaktype_id": "WOO", "startdatum": "2026-10-20"},  # ended on the 17th
        {"zaaktype_id": "AFSPRAAK", "startdatum": "2026-10-28"},
        {"zaaktype_id": "WOO", "startdatum": "2026-10-28", "einddatum_gepland": "2026-12-28"},
        zaaktype=WOO,
    )
    found = wettelijk(rows).set_index("zaak_id")
    assert found["is_wettelijk"].to_dict() == {"Z1": True, "Z2": True, "Z4": False, "Z6": True}
    assert found["is_wettelijk_verlopen"].to_dict() == {"Z1": False, "Z2": False, "Z4": True, "Z6": False}
    assert rows.set_index("zaak_id").loc["Z2", "lijst"] == ACHTERSTALLIG


def test_a_statutory_case_that_waits_does_not_ask_for_action():
    rows = leveringen(
        {"zaaktype_id": "WOO", "startdatum": "2026-10-28", "uiterlijke_einddatum": "2026-11-25"},
        zaaktype=WOO,
        opschorting=suspended("2026-11-20"),
    )
    assert rows["lijst"].item() == OPGESCHORT
    assert wettelijk(rows).empty


def vorige(*rows, peil=MONDAY, opschorting=NOBODY_WAITS):
    found = vorige_leveringen(beeld_of(zaken(*rows), peil), WEEK, peil, opschorting)
    return dict(zip(found["zaak_id"], found["is_op_leverdatum"], strict=True))


def test_last_weeks_deliveries_by_their_own_date():
    assert vorige(
        {"einddatum_gepland": "2026-11-16", "einddatum": "2026-11-16"},
        {"einddatum_gepland": "2026-11-22", "einddatum": "2026-11-23"},
        {"einddatum_gepland": "2026-11-18"},
        {"einddatum_gepland": "2026-11-15", "einddatum": "2026-11-15"},
        {"einddatum_gepland": "2026-11-23", "einddatum": "2026-11-20"},
        {"einddatum_gepland": "2026-11-18", "einddatum": "2026-11-17", "resultaat_categorie": "ingetrokken"},
        {"einddatum_gepland": "2026-11-18", "einddatum": "2026-11-17", "hoofdzaak_id": "Z1"},
        {"einddatum_gepland": "2026-11-20", "einddatum": "2026-11-02"},
    ) == {"Z1": True, "Z2": False, "Z3": False, "Z8": True}


def test_of_last_weeks_deliveries_those_that_wait_do_not_count():
    case = {"einddatum_gepland": "2026-11-18"}
    assert vorige(case, opschorting=suspended("2026-11-17")) == {}
    assert vorige({**case, "einddatum": "2026-11-20"}, opschorting=suspended("2026-11-17")) == {"Z1": False}


def test_of_last_weeks_deliveries_only_days_that_are_over_count():
    friday = date(2026, 11, 20)
    assert vorige({"einddatum_gepland": "2026-11-20"}, {"einddatum_gepland": "2026-11-19"}, peil=friday) == {
        "Z2": False
    }


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-11-27", "2026-11-27"),
        ("2026-11-29", "2026-11-27"),
        ("2026-12-26", "2026-12-24"),  # Saturday after two days of Christmas
        ("2027-01-01", "2026-12-31"),
    ],
)
def test_the_last_working_day(day, expected):
    found = laatste_werkdag(pd.Series(pd.to_datetime([day, None])), werkkalender())
    assert found.tolist() == [pd.Timestamp(expected), pd.NaT]


@pytest.mark.parametrize(
    ("day", "peil", "expected"),
    [
        ("2026-11-23", "2026-11-23", 0),
        ("2026-11-27", "2026-11-23", 4),
        ("2026-11-20", "2026-11-23", -1),
        ("2026-12-31", "2026-12-24", 4),  # the 28th to the 31st
    ],
)
def test_working_days_that_are_left(day, peil, expected):
    days = pd.Series(pd.to_datetime([day, None]))
    found = restwerkdagen(days, date.fromisoformat(peil), werkkalender())
    assert found.tolist() == [expected, pd.NA]
    assert str(found.dtype) == "Int64"

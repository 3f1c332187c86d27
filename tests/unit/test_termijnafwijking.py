"""The last day of the source beside the one that its rules give."""

from __future__ import annotations

import pytest

from tests.builders import beeld_of, typed, zaken
from weekrapport.domain.termijnafwijking import aantal_afwijkend, afwijkende_termijnen
from weekrapport.week import Week

WEEK = Week(2026, 47)
TYPES = typed(
    "zaaktype",
    {"zaaktype_id": "WOO", "wettelijk_waarde": 4, "wettelijk_eenheid": "week", "wettelijk_grondslag": "Woo 4.4"},
    {"zaaktype_id": "VRIJ"},
)


def beeld(*rows, **tables):
    return beeld_of(zaken(*({"zaaktype_id": "WOO", **row} for row in rows)), zaaktype=TYPES, **tables)


@pytest.mark.parametrize(("day", "difference"), [("2026-11-30", None), ("2026-12-01", 1), ("2026-11-27", -3)])
def test_four_weeks_from_2_november_is_30_november(day, difference):
    found = beeld({"uiterlijke_einddatum": day})
    assert afwijkende_termijnen(found, WEEK)["verschil_dagen"].tolist() == ([] if difference is None else [difference])
    assert aantal_afwijkend(found, WEEK) == (int(difference is not None), 1)
    assert str(found["fatale_datum"].iloc[0].date()) == day  # the source leads


def test_the_largest_difference_comes_first_and_only_cases_of_this_report_count():
    found = beeld(
        {"uiterlijke_einddatum": "2026-12-01"},
        {"uiterlijke_einddatum": "2026-11-20", "einddatum": "2026-11-18"},
        {"uiterlijke_einddatum": "2026-11-20", "einddatum": "2026-11-10"},  # another week
        {"uiterlijke_einddatum": "2026-11-20", "hoofdzaak_id": "Z1"},
        {"zaaktype_id": "VRIJ", "uiterlijke_einddatum": "2026-11-20"},  # no term of its own
        {},
        {"uiterlijke_einddatum": "2026-11-30"},
    )
    assert afwijkende_termijnen(found, WEEK)["zaak_id"].tolist() == ["Z2", "Z1"]
    assert aantal_afwijkend(found, WEEK) == (2, 3)


def test_a_suspension_that_the_source_forgot_shows():
    held = typed("zaak_opschorting", {"zaak_id": "Z1", "begin": "2026-11-09", "eind": "2026-11-16"})
    found = beeld({"uiterlijke_einddatum": "2026-11-30"}, zaak_opschorting=held)
    assert afwijkende_termijnen(found, WEEK)["verschil_dagen"].tolist() == [-7]


def test_without_days_to_compare_nothing_can_be_said():
    assert aantal_afwijkend(beeld({}), WEEK) is None
    assert aantal_afwijkend(beeld_of(zaken()), WEEK) is None
    assert afwijkende_termijnen(beeld_of(zaken()), WEEK).empty

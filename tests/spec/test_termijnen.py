"""Numeric vectors of the term engine, and what must hold for any case."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import typed
from weekrapport.domain.calendars import atw_kalender, werkkalender
from weekrapport.domain.termijnduur import add_months
from weekrapport.domain.termijnen import termijnen

PEIL = date(2026, 12, 31)
DATES = ("streefdatum", "fatale_datum", "norm_datum", "leidende_datum")


def terms_of(
    start: str,
    *,
    norm: tuple[int, str] | None = None,
    wettelijk: tuple[int, str] | None = None,
    grondslag: bool = True,
    opschorting: list[tuple[str, str | None]] = (),  # type: ignore[assignment]
    verlenging: list[tuple[int, str, str | None]] = (),  # type: ignore[assignment]
    peil: date = PEIL,
    **zaak: Any,
) -> dict[str, Any]:
    """Return the columns of `termijnen` of one case, with dates as text."""
    row = {
        "servicenorm_waarde": norm and norm[0],
        "servicenorm_eenheid": norm and norm[1],
        "wettelijk_waarde": wettelijk and wettelijk[0],
        "wettelijk_eenheid": wettelijk and wettelijk[1],
        "wettelijk_grondslag": "Awb" if wettelijk and grondslag else None,
    }
    found = termijnen(
        typed("zaak", {"zaak_id": "Z1", "startdatum": start, **zaak}),
        typed("zaaktype", row),
        typed("zaak_opschorting", *({"zaak_id": "Z1", "begin": begin, "eind": end} for begin, end in opschorting)),
        typed(
            "zaak_verlenging",
            *(
                {"zaak_id": "Z1", "volgnr": number, "duur_waarde": value, "duur_eenheid": unit, "meegedeeld_op": told}
                for number, (value, unit, told) in enumerate(verlenging, start=1)
            ),
        ),
        peil,
        werkkalender(),
    ).iloc[0]
    values = {name: None if pd.isna(found[name]) else str(found[name].date()) for name in DATES}
    return values | {name: found[name] for name in ("opgeschort_dagen", "heeft_grondslag")}


@pytest.mark.parametrize(
    ("start", "options", "fatal"),
    [
        ("2026-03-02", {"wettelijk": (8, "week")}, "2026-04-28"),
        ("2026-03-02", {"wettelijk": (8, "week"), "opschorting": [("2026-03-11", "2026-03-24")]}, "2026-05-11"),
        ("2026-03-02", {"wettelijk": (8, "week"), "verlenging": [(42, "kalenderdag", "2026-04-01")]}, "2026-06-08"),
        ("2026-01-03", {"wettelijk": (26, "week")}, "2026-07-04"),
        ("2026-02-06", {"wettelijk": (8, "week")}, "2026-04-07"),
        ("2026-02-06", {"wettelijk": (8, "week"), "grondslag": False}, "2026-04-03"),
        ("2025-11-07", {"wettelijk": (8, "week")}, "2026-01-05"),
        ("2026-03-10", {"wettelijk": (8, "week")}, "2026-05-06"),
        ("2025-12-31", {"wettelijk": (2, "maand"), "grondslag": False}, "2026-02-28"),
        ("2025-12-31", {"wettelijk": (2, "maand")}, "2026-03-02"),
        ("2026-12-24", {"wettelijk": (3, "kalenderdag")}, "2026-12-29"),
        ("2026-12-24", {"wettelijk": (3, "kalenderdag"), "grondslag": False}, "2026-12-27"),
        ("2026-12-24", {"wettelijk": (2, "kalenderdag")}, "2026-12-28"),  # art. 2 begins at three days; art. 1 moves it
    ],
)
def test_fatal_date(start, options, fatal):
    assert terms_of(start, **options)["fatale_datum"] == fatal


@pytest.mark.parametrize(
    ("value", "unit", "moves"),
    [
        (12, "week", True), (13, "week", False), (90, "kalenderdag", True), (91, "kalenderdag", False),
        (3, "maand", True), (4, "maand", False),
    ],
)  # fmt: skip
def test_the_termijnenwet_moves_terms_up_to_twelve_weeks_ninety_days_three_months(value, unit, moves):
    """Art. 4: a start is sought whose raw end is a Saturday, so that a moved date shows."""
    for day in pd.date_range("2026-01-01", "2026-01-31"):
        raw = terms_of(str(day.date()), wettelijk=(value, unit), grondslag=False)["fatale_datum"]
        if pd.Timestamp(raw).isoweekday() == 6:
            found = terms_of(str(day.date()), wettelijk=(value, unit))["fatale_datum"]
            assert (found > raw) is moves
            return
    pytest.fail("no start of which the term ends on a Saturday")


@pytest.mark.parametrize(
    ("start", "norm", "options", "result"),
    [
        ("2026-04-24", (2, "werkdag"), {}, "2026-04-29"),
        ("2026-04-02", (3, "werkdag"), {}, "2026-04-08"),
        ("2026-03-02", (5, "werkdag"), {"opschorting": [("2026-03-04", "2026-03-10")]}, "2026-03-13"),
        ("2025-12-31", (2, "maand"), {}, "2026-03-02"),
        ("2026-11-21", (1, "werkdag"), {}, "2026-11-23"),  # begun on a Saturday
        ("2026-11-02", (5, "kalenderdag"), {}, "2026-11-09"),  # a Saturday: the next working day
        ("2026-11-02", (1, "week"), {}, "2026-11-09"),
        ("2026-11-02", (8, "uur"), {}, None),
    ],
)
def test_service_norm(start, norm, options, result):
    assert terms_of(start, norm=norm, **options)["streefdatum"] == result


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2025-12-31", 2, "2026-02-28"), ("2026-01-15", 1, "2026-02-15"), ("2027-12-29", 2, "2028-02-29"),
        ("2026-01-31", 1, "2026-02-28"), ("2028-01-31", 1, "2028-02-29"), ("2026-10-31", 4, "2027-02-28"),
    ],
)  # fmt: skip
def test_months_keep_their_day_and_are_clipped(start, months, end):
    assert str(add_months(np.array([start], "datetime64[D]"), np.array([months]))[0]) == end


def test_a_suspension_counts_half_open():
    """Asked on 10 March, complete on 24 March: [11 March, 24 March) is thirteen days."""
    found = terms_of("2026-03-02", wettelijk=(8, "week"), opschorting=[("2026-03-11", "2026-03-24")])
    assert found["opgeschort_dagen"] == 13


def test_a_suspension_of_no_days_changes_nothing():
    plain = terms_of("2026-03-02", norm=(5, "werkdag"), wettelijk=(8, "week"))
    assert (
        terms_of("2026-03-02", norm=(5, "werkdag"), wettelijk=(8, "week"), opschorting=[("2026-03-04", "2026-03-04")])
        == plain
    )


def test_a_running_suspension_lasts_until_the_as_of_day():
    running = terms_of("2026-03-02", wettelijk=(8, "week"), opschorting=[("2026-03-11", None)], peil=date(2026, 3, 24))
    assert running["fatale_datum"] == "2026-05-11"
    assert running["opgeschort_dagen"] == 13
    later = terms_of("2026-03-02", wettelijk=(8, "week"), opschorting=[("2026-03-11", None)], peil=date(2026, 3, 31))
    assert later["opgeschort_dagen"] == 20
    assert later["fatale_datum"] > running["fatale_datum"]


def test_a_suspension_stops_with_the_case():
    found = terms_of(
        "2026-03-02", wettelijk=(8, "week"), opschorting=[("2026-03-11", "2026-06-01")], einddatum="2026-03-24"
    )
    assert found["opgeschort_dagen"] == 13
    assert found["fatale_datum"] == "2026-05-11"


def test_a_suspension_after_the_deadline_does_not_save_a_late_case():
    plain = terms_of("2026-03-02", norm=(5, "werkdag"))
    assert plain["streefdatum"] == "2026-03-09"
    late = terms_of("2026-03-02", norm=(5, "werkdag"), opschorting=[("2026-03-10", "2026-03-17")])
    assert late["streefdatum"] == "2026-03-09"
    in_time = terms_of("2026-03-02", norm=(5, "werkdag"), opschorting=[("2026-03-09", "2026-03-17")])
    assert in_time["streefdatum"] == "2026-03-17"


def test_a_suspension_that_begins_on_the_moved_deadline_counts():
    """Five calendar days from Monday 2 November end on Saturday the 7th, so the deadline is Monday the 9th."""
    found = terms_of("2026-11-02", norm=(5, "kalenderdag"), opschorting=[("2026-11-09", "2026-11-13")])
    assert found["streefdatum"] == "2026-11-11"
    after = terms_of("2026-11-02", norm=(5, "kalenderdag"), opschorting=[("2026-11-10", "2026-11-13")])
    assert after["streefdatum"] == "2026-11-09"


def test_the_second_suspension_counts_when_the_first_made_room_for_it():
    found = terms_of(
        "2026-03-02",
        norm=(5, "werkdag"),
        opschorting=[("2026-03-12", "2026-03-13"), ("2026-03-04", "2026-03-10")],  # rows in the wrong order
    )
    assert found["streefdatum"] == "2026-03-16"
    alone = terms_of("2026-03-02", norm=(5, "werkdag"), opschorting=[("2026-03-12", "2026-03-13")])
    assert alone["streefdatum"] == "2026-03-09"


@pytest.mark.parametrize(
    ("told", "fatal"),
    [("2026-04-27", "2026-06-08"), ("2026-04-28", "2026-06-08"), ("2026-04-29", "2026-04-28"), (None, "2026-04-28")],
)
def test_an_extension_counts_when_it_was_told_on_or_before_the_fatal_date(told, fatal):
    """The fatal date is 28 April, because the 27th is King's Day: telling it on the 28th is in time."""
    found = terms_of("2026-03-02", wettelijk=(8, "week"), verlenging=[(42, "kalenderdag", told)])
    assert found["fatale_datum"] == fatal


def test_an_extension_in_werkdagen_uses_the_werkkalender():
    found = terms_of("2026-03-02", wettelijk=(8, "week"), verlenging=[(1, "werkdag", "2026-04-01")])
    assert found["fatale_datum"] == "2026-04-28"  # from Monday 27 April (off) the next working day


def test_an_extension_moves_the_service_norm_only_when_it_was_told_before_it():
    told = terms_of("2026-03-02", norm=(5, "werkdag"), verlenging=[(2, "werkdag", "2026-03-09")])
    assert told["streefdatum"] == "2026-03-11"
    late = terms_of("2026-03-02", norm=(5, "werkdag"), verlenging=[(2, "werkdag", "2026-03-10")])
    assert late["streefdatum"] == "2026-03-09"


def test_the_fatal_date_of_the_source_leads():
    found = terms_of("2026-03-02", wettelijk=(8, "week"), uiterlijke_einddatum="2026-04-01")
    assert found["fatale_datum"] == "2026-04-01"


def test_leading_and_norm_date():
    both = terms_of("2026-03-02", norm=(5, "werkdag"), wettelijk=(8, "week"))
    assert (both["norm_datum"], both["leidende_datum"]) == ("2026-03-09", "2026-03-09")
    only_law = terms_of("2026-03-02", wettelijk=(8, "week"))
    assert (only_law["norm_datum"], only_law["leidende_datum"]) == ("2026-04-28", "2026-04-28")
    promised = terms_of("2026-03-02", norm=(5, "werkdag"), wettelijk=(8, "week"), einddatum_gepland="2026-05-04")
    assert (promised["norm_datum"], promised["leidende_datum"]) == ("2026-03-09", "2026-04-28")
    promise_only = terms_of("2026-03-02", einddatum_gepland="2026-05-04")
    assert (promise_only["norm_datum"], promise_only["leidende_datum"]) == (None, "2026-05-04")


def test_no_norm_no_law_and_no_promise_give_no_date():
    found = terms_of("2026-03-02", opschorting=[("2026-03-04", "2026-03-10")], verlenging=[(2, "week", "2026-03-03")])
    assert [found[name] for name in DATES] == [None] * 4
    assert found["opgeschort_dagen"] == 6
    assert not found["heeft_grondslag"]


def test_no_cases_give_no_rows_with_all_columns():
    empty = termijnen(
        typed("zaak"), typed("zaaktype"), typed("zaak_opschorting"), typed("zaak_verlenging"), PEIL, werkkalender()
    )
    assert len(empty) == 0
    assert set(empty) == {*DATES, "herrekende_datum", "opgeschort_dagen", "heeft_grondslag"}


STARTS = st.dates(date(2024, 1, 1), date(2026, 9, 1))
NORMS = st.tuples(st.integers(1, 40), st.sampled_from(["werkdag", "kalenderdag", "week", "maand"]))
LAWS = st.tuples(st.integers(1, 14), st.sampled_from(["kalenderdag", "week", "maand"]))
SPANS = st.lists(st.tuples(st.integers(0, 80), st.integers(0, 30)), min_size=1, max_size=3)


def disjoint(start: date, spans: list[tuple[int, int]]) -> list[tuple[str, str]]:
    """Return intervals that follow one another; those of one case may not overlap."""
    found, cursor = [], pd.Timestamp(start)
    for gap, length in spans:
        begin = cursor + pd.Timedelta(days=gap)
        cursor = begin + pd.Timedelta(days=length)
        found.append((str(begin.date()), str(cursor.date())))
    return found


@given(STARTS, NORMS, LAWS, SPANS)
def test_a_suspension_more_never_makes_a_date_earlier(start, norm, wettelijk, spans):
    intervals = disjoint(start, spans)
    with_fewer = terms_of(str(start), norm=norm, wettelijk=wettelijk, opschorting=intervals[:-1])
    with_all = terms_of(str(start), norm=norm, wettelijk=wettelijk, opschorting=intervals)
    for name in ("streefdatum", "fatale_datum", "leidende_datum"):
        assert with_all[name] >= with_fewer[name]
    assert with_all["opgeschort_dagen"] >= with_fewer["opgeschort_dagen"]


@given(STARTS, NORMS, SPANS)
def test_a_service_norm_ends_on_a_working_day_after_the_start(start, norm, spans):
    found = np.datetime64(terms_of(str(start), norm=norm, opschorting=disjoint(start, spans))["streefdatum"])
    assert np.is_busday(found, busdaycal=werkkalender())
    assert found > np.datetime64(start)


@given(STARTS, st.integers(1, 12))
def test_a_short_statutory_term_ends_on_a_day_that_counts_for_the_law(start, weeks):
    found = np.datetime64(terms_of(str(start), wettelijk=(weeks, "week"))["fatale_datum"])
    assert np.is_busday(found, busdaycal=atw_kalender())
    assert found >= np.datetime64(start) + 7 * weeks


@given(st.randoms(use_true_random=False), STARTS, NORMS, SPANS)
def test_row_order_does_not_matter(random, start, norm, spans):
    starts = [start, date(2026, 3, 2), date(2025, 11, 7)]
    zaak = typed("zaak", *({"zaak_id": f"Z{n}", "startdatum": str(day)} for n, day in enumerate(starts)))
    row = {"servicenorm_waarde": norm[0], "servicenorm_eenheid": norm[1]}
    row |= {"wettelijk_waarde": 8, "wettelijk_eenheid": "week", "wettelijk_grondslag": "Awb"}
    types = typed("zaaktype", *[row] * 3)
    held = typed(
        "zaak_opschorting",
        *({"zaak_id": f"Z{n}", "begin": b, "eind": e} for n in range(3) for b, e in disjoint(starts[n], spans)),
    )
    extended = typed(
        "zaak_verlenging",
        *(
            {"zaak_id": "Z1", "volgnr": n, "duur_waarde": n, "duur_eenheid": "week", "meegedeeld_op": "2026-03-05"}
            for n in (1, 2)
        ),
    )
    expected = termijnen(zaak, types, held, extended, PEIL, werkkalender())
    order = random.sample(range(3), 3)
    shuffled = termijnen(
        zaak.iloc[order].reset_index(drop=True),
        types.iloc[order].reset_index(drop=True),
        held.iloc[random.sample(range(len(held)), len(held))].reset_index(drop=True),
        extended.iloc[::-1].reset_index(drop=True),
        PEIL,
        werkkalender(),
    )
    pd.testing.assert_frame_equal(shuffled, expected.iloc[order].reset_index(drop=True))


def test_a_day_that_two_suspensions_hold_counts_once():
    found = terms_of(
        "2026-11-02",
        wettelijk=(4, "week"),
        grondslag=False,
        opschorting=[("2026-11-04", "2026-11-10"), ("2026-11-05", "2026-11-09"), ("2026-11-08", "2026-11-12")],
    )
    assert found["opgeschort_dagen"] == 8
    assert found["fatale_datum"] == "2026-12-08"  # 30 November and eight days


@pytest.mark.parametrize(
    ("spans", "fatal"),
    [
        ([], "2026-06-08"),
        ([("2026-05-11", "2026-05-21")], "2026-06-18"),  # in the time that the extension gave
        ([("2026-06-08", "2026-06-18")], "2026-06-18"),  # on its last day
        ([("2026-06-09", "2026-06-19")], "2026-06-08"),  # after it
        ([("2026-05-11", "2026-05-21"), ("2026-06-18", "2026-06-19")], "2026-06-19"),  # in what that suspension gave
        ([("2026-04-10", "2026-04-20"), ("2026-05-11", "2026-05-21")], "2026-06-29"),  # before and in it: a Sunday
    ],
)
def test_a_suspension_in_the_time_that_an_extension_gave_counts(spans, fatal):
    """Eight weeks end on 28 April; six weeks more, told in time, end on 8 June."""
    found = terms_of(
        "2026-03-02", wettelijk=(8, "week"), verlenging=[(42, "kalenderdag", "2026-04-20")], opschorting=spans
    )
    assert found["fatale_datum"] == fatal


def test_an_extension_in_the_time_that_a_suspension_in_another_extension_gave_counts():
    """The second extension is told on 15 June: in time only because of the suspension after the first."""
    twice = [(42, "kalenderdag", "2026-04-20"), (1, "week", "2026-06-15")]
    span = [("2026-05-11", "2026-05-21")]
    assert terms_of("2026-03-02", wettelijk=(8, "week"), verlenging=twice)["fatale_datum"] == "2026-06-08"
    found = terms_of("2026-03-02", wettelijk=(8, "week"), verlenging=twice, opschorting=span)
    assert found["fatale_datum"] == "2026-06-25"


EXTENSIONS = st.lists(
    st.tuples(st.integers(1, 8), st.sampled_from(["werkdag", "kalenderdag", "week", "maand"]), st.integers(0, 200)),
    max_size=3,
)


def one_by_one(start: date, weeks: int, spans: list[tuple[str, str]], extended: list[tuple[int, str, str]]) -> str:
    """Return the fatal date of an agreed term, with what happened taken in order of time."""
    events = sorted([(begin, 0, number) for number, (begin, _) in enumerate(spans)]
                    + [(told, 1, number) for number, (_, _, told) in enumerate(extended)])  # fmt: skip
    waits, longer = set(), set()

    def deadline() -> pd.Timestamp:
        day = pd.Timestamp(start) + pd.Timedelta(weeks=weeks)
        for number in sorted(waits):
            day += pd.Timestamp(spans[number][1]) - pd.Timestamp(spans[number][0])
        for number in sorted(longer):
            value, unit, _ = extended[number]
            if unit == "werkdag":
                day = pd.Timestamp(np.busday_offset(day.date(), value, roll="backward", busdaycal=werkkalender()))
            else:
                names = {"kalenderdag": "days", "week": "weeks", "maand": "months"}
                day += pd.DateOffset(**{names[unit]: value})
        return day

    for when, kind, number in events:
        if pd.Timestamp(when) <= deadline():
            (longer if kind else waits).add(number)
    return str(deadline().date())


@given(STARTS, st.integers(1, 14), SPANS, EXTENSIONS)
def test_what_interrupts_a_case_counts_as_if_it_were_taken_in_order_of_time(start, weeks, spans, extensions):
    """Told in the order of their numbers, as extensions are; suspensions follow one another."""
    intervals = [(begin, end) for begin, end in disjoint(start, spans) if begin < end]
    days = sorted(day for _, _, day in extensions)
    told = [
        (value, unit, str((pd.Timestamp(start) + pd.Timedelta(days=day)).date()))
        for (value, unit, _), day in zip(extensions, days, strict=True)
    ]
    found = terms_of(
        str(start), wettelijk=(weeks, "week"), grondslag=False, opschorting=intervals, verlenging=told,
        peil=date(2030, 12, 31),
    )  # fmt: skip
    assert found["fatale_datum"] == one_by_one(start, weeks, intervals, told)

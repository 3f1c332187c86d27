"""The chance that a case misses its date: what it is compared with, in which days, and when there is none."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from tests.builders import beeld_of, typed, zaken
from weekrapport.domain.calendars import werkkalender
from weekrapport.domain.leveringen import leverbeeld
from weekrapport.domain.risico import ORGANISATIE, SOORT, TERMIJN, ZAAKTYPE, basis_label, overschrijdingskans
from weekrapport.week import Week

WEEK, MONDAY = Week(2026, 47), date(2026, 11, 23)
TYPES = typed(
    "zaaktype",
    {"zaaktype_id": "STORING", "omschrijving": "Storing", "soort_werkzaamheid": "storing", "servicenorm_waarde": 10,
     "servicenorm_eenheid": "werkdag"},
    {"zaaktype_id": "UITVAL", "omschrijving": "Uitval", "soort_werkzaamheid": "storing", "servicenorm_waarde": 10,
     "servicenorm_eenheid": "werkdag"},
    {"zaaktype_id": "VRAAG", "omschrijving": "Vraag", "soort_werkzaamheid": "vraag", "servicenorm_waarde": 9,
     "servicenorm_eenheid": "werkdag"},
    {"zaaktype_id": "PROJECT", "omschrijving": "Project", "soort_werkzaamheid": "project", "servicenorm_waarde": 100,
     "servicenorm_eenheid": "werkdag"},
)  # fmt: skip
START = "2026-11-10"  # ten working days before Tuesday 24 November, of which nine have passed on Monday morning


def finished(kind: str, late: int, on_time: int) -> list[dict]:
    """Cases of a ten-day norm that finished on its ninth day or on the day after it; all began on 1 September."""
    rows = [{"einddatum": "2026-09-16"}] * late + [{"einddatum": "2026-09-14"}] * on_time
    return [{"zaaktype_id": kind, "startdatum": "2026-09-01", **row} for row in rows]


def asked(*rows: dict, peil: date = MONDAY, opschorting: pd.DataFrame | None = None) -> pd.DataFrame:
    waits = typed("zaak_opschorting") if opschorting is None else opschorting
    beeld = beeld_of(zaken(*rows), peil, zaaktype=TYPES, zaak_opschorting=waits)
    open_cases = leverbeeld(beeld, WEEK, peil, werkkalender(), waits)
    return overschrijdingskans(beeld, open_cases, peil, werkkalender()).assign(zaak_id=open_cases["zaak_id"])


def test_the_share_of_comparable_cases_that_was_late():
    found = asked({"zaaktype_id": "STORING", "startdatum": START}, *finished("STORING", 12, 28))
    assert found["kans"].item() == pytest.approx(12 / 40)
    assert (found["basis"].item(), found["basis_aantal"].item()) == (ZAAKTYPE, 40)
    assert basis_label(found["basis"].item(), found["basis_aantal"].item()) == "zaaktype (n=40)"


@pytest.mark.parametrize(
    ("rows", "basis", "number"),
    [
        (finished("STORING", 10, 20), ZAAKTYPE, 30),
        ([*finished("STORING", 9, 20), *finished("UITVAL", 1, 0)], SOORT, 30),
        ([*finished("STORING", 9, 20), *finished("VRAAG", 1, 0)], TERMIJN, 30),
        ([*finished("STORING", 9, 20), *finished("PROJECT", 1, 0)], ORGANISATIE, 30),
    ],
)
def test_the_narrowest_group_with_thirty_finished_cases(rows, basis, number):
    found = asked({"zaaktype_id": "STORING", "startdatum": START}, *rows).iloc[0]
    assert (found["basis"], found["basis_aantal"]) == (basis, number)


def test_without_thirty_finished_cases_there_is_no_chance():
    found = asked({"zaaktype_id": "STORING", "startdatum": START}, *finished("STORING", 9, 20)).iloc[0]
    assert found[["kans", "basis", "basis_aantal"]].isna().all()


def early(kind: str, number: int) -> list[dict]:
    """Cases of a ten-day norm that finished on its fifth day."""
    return [{"zaaktype_id": kind, "startdatum": "2026-09-01", "einddatum": "2026-09-08"}] * number


def test_a_wider_group_of_which_nobody_was_seen_at_this_age_gives_no_chance():
    """All 229 were done after five days: that none was late does not say that a case of nine days will be."""
    others, case = early("UITVAL", 229), {"zaaktype_id": "STORING", "startdatum": START}
    found = asked(case, *others).iloc[0]
    assert found[["kans", "kans_wettelijk", "basis", "basis_aantal"]].isna().all()
    another = {"zaaktype_id": "UITVAL", "startdatum": "2026-11-09"}  # one day older, and no day of it was seen since
    assert pd.isna(asked(case, *others, another)["kans"].tolist()[0])
    late = {"zaaktype_id": "UITVAL", "startdatum": "2026-09-01", "einddatum": "2026-09-16"}
    assert asked(case, *others, late)["kans"].item() == pytest.approx(1.0)  # the only one of this age was late


def test_the_own_case_type_tells_of_an_age_at_which_one_was_finished():
    case = {"zaaktype_id": "STORING", "startdatum": START}
    assert pd.isna(asked(case, *early("STORING", 229))["kans"].item())
    eighth = {"zaaktype_id": "STORING", "startdatum": "2026-09-01", "einddatum": "2026-09-11"}
    found = asked(case, *early("STORING", 229), eighth).iloc[0]
    assert (found["kans"], found["basis"]) == (1.0, ZAAKTYPE)


def test_what_is_late_is_late_whatever_was_seen():
    found = asked({"zaaktype_id": "STORING", "startdatum": "2026-11-02"}, *early("UITVAL", 229)).iloc[0]
    assert (found["kans"], found["basis"]) == (1.0, SOORT)


def test_without_any_case_nothing_breaks():
    assert asked().empty


def test_cases_that_began_more_than_a_year_ago_are_not_compared_with():
    day = MONDAY - timedelta(days=365)
    rows = [{"zaaktype_id": "STORING", "einddatum": str(day + timedelta(days=14)), "startdatum": str(day)}] * 30
    assert asked({"zaaktype_id": "STORING", "startdatum": START}, *rows)["basis"].item() == ZAAKTYPE
    before = [{**row, "startdatum": str(day - timedelta(days=1))} for row in rows]
    assert asked({"zaaktype_id": "STORING", "startdatum": START}, *before)["kans"].isna().all()


def test_an_open_case_counts_as_one_that_took_at_least_so_long():
    """Thirty others finished on the ninth day; one more that is as old as the case itself makes it 1 of 31."""
    others = finished("STORING", 0, 30)
    twins = [{"zaaktype_id": "STORING", "startdatum": START}] * 2
    found = asked(*twins, *others)
    assert found["kans"].tolist() == pytest.approx([0.0, 0.0])
    late = [{"zaaktype_id": "STORING", "startdatum": "2026-09-01"}]
    found = asked(*twins, *others, *late)
    assert found["kans"].tolist()[:2] == pytest.approx([1 / 31, 1 / 31])


def test_a_date_that_has_passed_is_missed_and_one_that_waits_has_no_chance():
    waits = typed("zaak_opschorting", {"zaak_id": "Z2", "begin": "2026-11-12"})
    rows = [{"zaaktype_id": "STORING", "startdatum": "2026-11-02"}, {"zaaktype_id": "STORING", "startdatum": START}]
    found = asked(*rows, *finished("STORING", 12, 28), opschorting=waits)
    assert found["kans"].tolist()[0] == 1.0
    assert pd.isna(found["kans"].tolist()[1])


def test_a_suspension_leaves_the_net_term_and_its_age():
    """Begun a week earlier, and stood still for a week: as old as the others."""
    waits = typed("zaak_opschorting", {"zaak_id": "Z1", "begin": "2026-11-05", "eind": "2026-11-12"})
    found = asked(
        {"zaaktype_id": "STORING", "startdatum": "2026-11-03"}, *finished("STORING", 12, 28), opschorting=waits
    )
    assert found["kans"].item() == pytest.approx(12 / 40)


def test_the_statutory_day_has_its_own_chance():
    types = TYPES.assign(wettelijk_waarde=3, wettelijk_eenheid="week", wettelijk_grondslag="Awb")
    types["wettelijk_waarde"] = types["wettelijk_waarde"].astype("Int64")
    types["wettelijk_eenheid"] = types["wettelijk_eenheid"].astype("str")
    types["wettelijk_grondslag"] = types["wettelijk_grondslag"].astype("str")
    rows = zaken({"zaaktype_id": "STORING", "startdatum": START}, *finished("STORING", 12, 28))
    beeld = beeld_of(rows, MONDAY, zaaktype=types)
    open_cases = leverbeeld(beeld, WEEK, MONDAY, werkkalender(), typed("zaak_opschorting"))
    found = overschrijdingskans(beeld, open_cases, MONDAY, werkkalender())
    assert found["kans"].item() == pytest.approx(12 / 40)
    assert found["kans_wettelijk"].item() == pytest.approx(0.0, abs=1e-12)  # all late ones were done a day later


def test_an_export_without_what_was_finished_long_ago_does_not_make_cases_look_slow():
    """Half of each batch finished on the ninth day; of the older batch the export holds only what took longer."""
    recent = [row | {"startdatum": "2026-09-22", "einddatum": "2026-10-05"} for row in finished("STORING", 0, 40)]
    recent += [row | {"startdatum": "2026-09-22", "einddatum": "2026-10-07"} for row in finished("STORING", 40, 0)]
    older = [row | {"startdatum": "2026-09-01", "einddatum": "2026-10-06"} for row in finished("STORING", 40, 0)]
    found = asked({"zaaktype_id": "STORING", "startdatum": START}, *recent, *older)
    assert found["kans"].item() == pytest.approx(0.5)

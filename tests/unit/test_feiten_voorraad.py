"""Facts on the stock and the open cases: values, parts that add up, and what has no value."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date

import pandas as pd
import pytest

from tests.builders import beeld_of, typed, zaken
from weekrapport.domain import feiten_voorraad as fv
from weekrapport.domain import kpis
from weekrapport.domain.calendars import werkkalender
from weekrapport.domain.datagaten import datagaten
from weekrapport.domain.feiten import Feit, zaakoverzicht_feiten
from weekrapport.domain.heropend import heropend
from weekrapport.domain.ouderdom import KLASSEN
from weekrapport.domain.voorraad import voorraadrekening
from weekrapport.domain.voorraadduur import genormaliseerde_doorzet, werkvoorraad_weken
from weekrapport.week import Week

WEEK, PEIL = Week(2026, 47), date(2026, 11, 23)
HELD = typed("zaak_opschorting", {"zaak_id": "Z5", "begin": "2026-11-20"})
ROWS = (
    {"team_id": "A", "zaaktype_id": "S", "einddatum": "2026-11-18", "behandelaar_id": "m1"},
    {"team_id": "A", "zaaktype_id": "S", "einddatum_gepland": "2026-11-10", "escalatieniveau": 2},
    {"team_id": "A", "zaaktype_id": "V", "einddatum_gepland": "2026-12-31", "escalatieniveau": 1},
    {"team_id": "B", "zaaktype_id": "V", "startdatum": "2026-10-05", "escalatieniveau": 3, "behandelaar_id": "m2"},
    {"team_id": "B", "zaaktype_id": "V", "einddatum_gepland": "2026-11-10"},
    {"team_id": "B", "hoofdzaak_id": "Z1", "einddatum_gepland": "2026-11-10", "escalatieniveau": 3},
)
TYPES = typed(
    "zaaktype",
    {"zaaktype_id": "S", "soort_werkzaamheid": "storing"},
    {"zaaktype_id": "V", "soort_werkzaamheid": "vraag"},
)
BEELD = beeld_of(zaken(*ROWS), zaaktype=TYPES, zaak_opschorting=HELD)
STATUSSEN = typed(
    "zaak_status",
    {"zaak_id": "Z4", "statustype_id": "klaar", "gezet_op": "2026-11-11T09:00Z"},
    {"zaak_id": "Z4", "statustype_id": "bezig", "gezet_op": "2026-11-17T09:00Z"},
    {"zaak_id": "Z6", "statustype_id": "klaar", "gezet_op": "2026-11-11T09:00Z"},
    {"zaak_id": "Z6", "statustype_id": "bezig", "gezet_op": "2026-11-17T09:00Z"},
)
TYPEN = typed(
    "zaaktype_status",
    {"zaaktype_id": "V", "statustype_id": "bezig", "volgnummer": 1, "is_eindstatus": False},
    {"zaaktype_id": "V", "statustype_id": "klaar", "volgnummer": 2, "is_eindstatus": True},
)
AGAIN = heropend(STATUSSEN, TYPEN, WEEK)
GELEVERD = {"zaak": ("behandelaar_id", "team_id", "zaaktype_id", "einddatum_gepland", "resultaat")}
FEITEN = [
    *fv.rekening_feiten(voorraadrekening(BEELD, WEEK, AGAIN)),
    *fv.open_feiten(BEELD, WEEK, PEIL, HELD),
    *fv.doorzet_feiten(BEELD, WEEK, werkkalender(), 3),
    *fv.heropend_feiten(BEELD, WEEK, AGAIN),
    *fv.escalatie_feiten(BEELD, PEIL),
    *fv.planning_feiten(BEELD, WEEK, None, {}),
    *fv.datagat_feiten(BEELD, WEEK, GELEVERD),
]


def one(key: str, measure: str | None = None, period: str | None = None, feiten: list[Feit] = FEITEN, **scope: str):
    found = [f for f in feiten if (f.id, dict(f.scope), f.measure, f.period) == (key, scope, measure, period)]
    assert len(found) == 1, found
    return found[0]


def counts(key: str, measure: str | None = None, **scope: str) -> tuple[int | None, int | None]:
    found = one(key, measure, **scope)
    assert found.value == (found.numerator / found.denominator if found.denominator else None)
    return found.numerator, found.denominator


def test_the_account():
    """Of five cases that count one was closed on Sunday and is opened again, one is finished in the week."""
    assert [one("K03", name).value for name in ("begin", "heropend", "correcties")] == [4, 1, 0]
    assert one("K03", "begin", team="B").value == 1
    assert (one("K03", team="B", soort="vraag").value, one("K02", team="B", soort="vraag").value) == (2, 0)


def test_late_open_and_age():
    assert counts("K07") == (1, 4)  # Z5 waits
    assert counts("K07", team="B") == (0, 2)
    assert [counts("K08", klasse=klasse) for klasse in KLASSEN] == [(1, 3), (0, 3), (1, 3), (1, 3)]
    assert counts("K08", soort="vraag", klasse="geen termijn") == (1, 2)


def test_without_any_date_late_is_not_known_and_without_open_cases_there_are_no_classes():
    plain = fv.open_feiten(beeld_of(zaken({})), WEEK, PEIL, None)
    assert one("K07", feiten=plain).value is None
    assert one("K08", klasse="geen termijn", feiten=plain).value == 1
    assert [f.id for f in fv.open_feiten(beeld_of(zaken()), WEEK, PEIL, None)] == []


def test_reopened_is_a_share_of_four_weeks():
    assert counts("K10") == (1, 1)  # the sub-case does not count
    assert counts("K10", team="A") == (0, 1)
    assert one("K10", team="B").value is None


def test_escalations():
    assert one("K11").value == 2
    assert one("K11", "oudste_dagen").value == 49  # from 5 October
    assert one("K11", "oudste_dagen").as_record()["unit"] == "dagen"
    assert one("K11", soort="storing").value == 1
    assert kpis.escalaties(BEELD, PEIL)["zaak_id"].tolist() == ["Z4", "Z2"]


def test_plans_and_promises():
    assert (one("K13").value, one("K15").value) == (None, None)
    then = zaken(*({**row, "einddatum_gepland": "2026-11-09"} for row in ROWS))
    moved = fv.planning_feiten(BEELD, WEEK, then, {WEEK.plus(-back): then for back in range(1, 5)})
    assert (one("K13", feiten=moved).numerator, one("K13", feiten=moved).denominator) == (3, 4)
    assert (one("K15", feiten=moved).numerator, one("K15", feiten=moved).denominator) == (0, 1)


def test_data_gaps():
    """Handler lacks in Z2, Z3 and Z5, the date of Z1 and Z4, the result of Z1."""
    assert counts("K14") == (5, 5)
    assert counts("K14", "zonder behandelaar") == (3, 5)
    assert counts("K14", "zonder termijn") == (2, 5)
    assert counts("K14", "afgerond zonder resultaat", team="A") == (1, 3)
    assert counts("K14", "zonder team") == (0, 5)


def test_what_is_not_delivered_is_no_gap():
    assert fv.datagat_feiten(BEELD, WEEK, {"zaak": ("zaak_id", "startdatum")}) == []
    assert list(datagaten(BEELD, WEEK, {})) == ["zaak_id", "team", "soort"]


def test_no_fact_stands_twice_also_not_beside_those_of_the_case_overview():
    beside = zaakoverzicht_feiten(BEELD, WEEK, kpis.weekreeks(BEELD, WEEK, 3))
    keys = Counter((f.id, tuple(sorted(f.scope.items())), f.measure, f.period) for f in [*FEITEN, *beside])
    assert [key for key, count in keys.items() if count > 1] == []
    assert all(json.loads(json.dumps(f.as_record())) == f.as_record() for f in FEITEN)


def test_facts_of_one_team_all_name_it():
    mine = BEELD[BEELD["team"] == "A"]
    again = [
        *fv.rekening_feiten(voorraadrekening(mine, WEEK, AGAIN), "A"),
        *fv.open_feiten(mine, WEEK, PEIL, HELD, "A"),
        *fv.doorzet_feiten(mine, WEEK, werkkalender(), 3, "A"),
        *fv.heropend_feiten(mine, WEEK, AGAIN, "A"),
        *fv.escalatie_feiten(mine, PEIL, "A"),
        *fv.planning_feiten(mine, WEEK, None, {}, "A"),
        *fv.datagat_feiten(mine, WEEK, GELEVERD, "A"),
    ]
    assert {f.scope["team"] for f in again} == {"A"}
    for key in ("K07", "K10", "K11", "K13", "K14", "K15"):
        assert one(key, feiten=again, team="A").as_record() == one(key, team="A").as_record()


def history(*counts: int) -> pd.DataFrame:
    """Return a zaakbeeld with so many finished cases in the weeks before 2026-W47, and 187 open ones."""
    first = pd.Timestamp(WEEK.monday) - pd.Timedelta(weeks=len(counts))
    ends = [first + pd.Timedelta(weeks=week) for week, count in enumerate(counts) for _ in range(count)]
    start = "2026-01-05"
    return beeld_of(zaken(*({"startdatum": start, "einddatum": end} for end in [*ends, *[None] * 187])))


NO_HOLIDAYS = (42, 38, 45, 40, 44, 39, 41, 47, 43, 36, 40, 45)


def test_the_stock_in_weeks():
    assert werkvoorraad_weken(history(*NO_HOLIDAYS), WEEK, werkkalender()) == pytest.approx(187 / 41.6667, abs=1e-4)
    assert round(187 / 41.67, 1) == 4.5
    assert werkvoorraad_weken(history(*NO_HOLIDAYS[:8]), WEEK, werkkalender()) is not None
    assert werkvoorraad_weken(history(*NO_HOLIDAYS[:7]), WEEK, werkkalender()) is None
    assert werkvoorraad_weken(beeld_of(zaken()), WEEK, werkkalender()) is None


def test_throughput_of_a_short_week():
    ends = ["2026-04-28"] * 34  # week 18 has four working days: King's Day is a Monday
    beeld = beeld_of(zaken(*({"startdatum": "2026-01-05", "einddatum": end} for end in ends)))
    assert genormaliseerde_doorzet(beeld, Week(2026, 18), 2, werkkalender()) == [None, 42.5]
    closed = werkkalender(sluitingsdagen=(date(2026, 4, 28), date(2026, 4, 29)))
    assert genormaliseerde_doorzet(beeld, Week(2026, 18), 1, closed) == [None]


def test_the_facts_of_the_throughput():
    assert one("K12").value == 1
    assert one("K09").value is None
    assert [f.period for f in FEITEN if f.id == "K12"] == [None]  # the export begins in this week

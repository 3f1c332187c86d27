"""The gate with the real Great Expectations: every rule on data that holds, fails, is on the border or absent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.builders import typed, zaken
from weekrapport.domain.as_of import as_of_view
from weekrapport.domain.outcome import Outcome, for_report, verdict
from weekrapport.domain.schema import TABLES
from weekrapport.quality.delivery import Delivery, TableDelivery
from weekrapport.quality.evidence import write_evidence
from weekrapport.settings import Gate
from weekrapport.week import Week, parse_moment

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

WEEK, AS_OF = Week(2026, 47), parse_moment("2026-11-23T07:00")
EXPORTED = parse_moment("2026-11-23T05:30")
SLUG = "case_overview"
GOOD = {"zaaktype_id": "STORING", "startdatum": "2026-11-16", "einddatum": "2026-11-18", "vertrouwelijkheid": "intern"}
TYPES = typed("zaaktype", {"zaaktype_id": "STORING", "geldig_van": "2020-01-01"})


def delivered(table: str, frame: pd.DataFrame, **changes: Any) -> TableDelivery:
    """Return a delivery of the frame with the columns that have a value in it, or all when it is empty."""
    kinds = TABLES[table].kinds()
    columns = [name for name in kinds if name in frame and (frame.empty or frame[name].notna().any())]
    given = TableDelivery(
        raw=frame,
        in_view=as_of_view(table, frame, AS_OF),
        delivered=frozenset({*columns, *(name for name in TABLES[table].required if name in frame)}),
        exported_at=EXPORTED,
    )
    return replace(given, **changes)


def check(tables: Mapping[str, TableDelivery], bounds: Gate = Gate(), *, as_of: datetime = AS_OF) -> list[Outcome]:  # noqa: B008
    from expectations.registry import gate

    uses = {name: (SLUG,) for name in tables}
    return gate(Delivery(week=WEEK, as_of=as_of, tables=tables, uses=uses), bounds)


def cases(*rows: dict[str, Any], **changes: Any) -> dict[str, TableDelivery]:
    return {"zaak": delivered("zaak", zaken(*rows), **changes), "zaaktype": delivered("zaaktype", TYPES)}


def failed(outcomes: list[Outcome]) -> set[tuple[str, str]]:
    return {(each.id, each.effective_severity) for each in outcomes if each.failed}


def alone(*rows: dict[str, Any], **changes: Any) -> dict[str, TableDelivery]:
    return {"zaak": delivered("zaak", zaken(*rows), **changes)}


def the(outcomes: list[Outcome], id: str, part: str = "") -> Outcome:
    found = [each for each in outcomes if (each.id, each.dataset) == (id, "zaak") and part in each.tekst]
    assert len(found) == 1, [(each.id, each.tekst) for each in outcomes]
    return found[0]


@pytest.fixture(scope="module")
def sound() -> list[Outcome]:
    return check(cases(*[GOOD] * 3, previous=zaken({"zaak_id": "Z1"})))


def test_sound_data_pass_every_rule(sound):
    assert failed(sound) == set()
    assert verdict(sound) == "in orde"
    assert {each.state for each in sound} == {"voldaan"}


def test_every_outcome_can_be_printed(sound):
    for each in sound:
        assert each.tekst.endswith(".")
        assert each.reden.endswith(".")
        assert each.id.startswith("GX-")
        assert SLUG in each.rapporten
        assert each.rows_tested > 0
        assert (each.rows_failed, each.keys) == (0, ())


CASES = [
    # id and severity that must fail, rows, keys that must be named
    ("GX-ZAAK-01", "hard", [GOOD, {**GOOD, "zaak_id": "Z1"}], {"Z1"}),
    ("GX-ZAAK-02", "hard", [GOOD, {**GOOD, "startdatum": None}], {"Z2"}),
    ("GX-ZAAK-02", "hard", [GOOD, {**GOOD, "startdatum": "1999-12-31"}], {"Z2"}),
    ("GX-ZAAK-02", "hard", [GOOD, {**GOOD, "startdatum": "2026-11-24", "einddatum": None}], {"Z2"}),
    ("GX-ZAAK-03", "critical", [GOOD, {**GOOD, "einddatum": "2026-11-15"}], {"Z2"}),
    ("GX-ZAAK-04", "critical", [GOOD, {**GOOD, "einddatum": "2026-11-24"}], {"Z2"}),
    ("GX-ZAAK-05", "critical", [GOOD, {**GOOD, "zaaktype_id": None}], {"Z2"}),
    ("GX-ZAAK-05", "critical", [GOOD, {**GOOD, "zaaktype_id": "ONBEKEND"}], {"Z2"}),
    ("GX-ZAAK-16", "critical", [GOOD, {**GOOD, "vertrouwelijkheid": "streng geheim"}], {"Z2"}),
]


@pytest.mark.parametrize(("id", "severity", "rows", "keys"), CASES)
def test_a_fault_is_found_alone_and_named(id, severity, rows, keys):
    outcomes = check(cases(*rows))
    assert failed(outcomes) == {(id, severity)}
    found = next(each for each in outcomes if each.failed)
    assert set(found.keys) == keys
    assert found.rows_tested == len(rows)
    assert found.rows_failed == (2 if id == "GX-ZAAK-01" else 1)
    assert verdict(outcomes) == ("gestopt" if severity == "hard" else "niet vrijgegeven")


def test_on_the_border_there_is_no_fault():
    rows = [
        {**GOOD, "startdatum": "2000-01-01"},
        {**GOOD, "startdatum": "2026-11-23", "einddatum": None},  # started on the day of the export
        {**GOOD, "einddatum": "2026-11-16"},  # finished on the day it began
        {**GOOD, "einddatum": "2026-11-23"},  # finished on the day of the export
        {**GOOD, "einddatum": None},
        {**GOOD, "vertrouwelijkheid": None},
        {**GOOD, "vertrouwelijkheid": "zeer_geheim"},
    ]
    assert failed(check(cases(*rows))) == set()


def test_only_open_cases_without_anything_optional():
    rows = [{"startdatum": "2026-11-16", "zaaktype_id": "STORING"}] * 3
    assert failed(check(cases(*rows))) == set()


def test_a_case_without_number_is_found():
    frame = zaken(GOOD, GOOD)
    frame["zaak_id"] = frame["zaak_id"].where([True, False])
    outcomes = check({"zaak": delivered("zaak", frame), "zaaktype": delivered("zaaktype", TYPES)})
    assert failed(outcomes) == {("GX-ZAAK-01", "hard")}


@pytest.mark.parametrize(
    ("rows", "ok"),
    [
        ([{"zaaktype_id": "A", "geldig_van": "2020-01-01"}, {"zaaktype_id": "A", "geldig_van": "2021-01-01"}], True),
        ([{"zaaktype_id": "A", "geldig_van": "2020-01-01"}] * 2, False),
        ([{"zaaktype_id": "A"}, {"zaaktype_id": "A"}], False),
        ([{"zaaktype_id": None, "geldig_van": "2020-01-01"}, {"zaaktype_id": "A"}], False),
    ],
)
def test_case_types_are_unique_and_numbered(rows, ok):
    tables = {"zaaktype": delivered("zaaktype", typed("zaaktype", *rows))}
    assert failed(check(tables)) == (set() if ok else {("GX-TYPE-01", "hard")})


class TestDelivery:
    def test_an_empty_table_stops_and_none_of_its_rules_pretends_to_hold(self):
        outcomes = check({"zaak": delivered("zaak", zaken()), "zaaktype": delivered("zaaktype", TYPES)})
        assert ("GX-ALG-01", "hard") in failed(outcomes)
        rules = [each for each in outcomes if each.id.startswith("GX-ZAAK")]
        assert rules
        assert {each.state for each in rules} == {"niet uitgevoerd"}

    def test_an_empty_table_of_case_types_stops(self):
        outcomes = check({**cases(GOOD), "zaaktype": delivered("zaaktype", TABLES["zaaktype"].empty())})
        assert failed(outcomes) == {("GX-ALG-01", "hard")}
        assert the(outcomes, "GX-ZAAK-05", "staat in de tabel").state == "niet uitgevoerd"

    @pytest.mark.parametrize("column", ["zaak_id", "startdatum", "einddatum", "team_id"])
    def test_a_column_that_is_missing_stops_and_is_named(self, column):
        frame = zaken(GOOD).drop(columns=column)
        outcomes = check({"zaak": delivered("zaak", frame, missing=(column,))})
        assert ("GX-ALG-02", "hard") in failed(outcomes)
        assert column in the(outcomes, "GX-ALG-02").toelichting
        assert verdict(outcomes) == "gestopt"

    @pytest.mark.parametrize(
        ("quarantined", "rows", "expected"),
        [
            (0, 199, set()),
            (1, 199, {("GX-ALG-04", "warning")}),  # exactly 0,5 %
            (2, 199, {("GX-ALG-04", "warning"), ("GX-ALG-04", "critical")}),
        ],
    )
    def test_rows_in_quarantine(self, quarantined, rows, expected):
        outcomes = check(alone(*[GOOD] * rows, quarantined=quarantined))
        assert failed(outcomes) == expected
        if quarantined:
            found = the(outcomes, "GX-ALG-04", "Geen enkele rij")
            assert (found.rows_failed, found.rows_tested) == (quarantined, rows + quarantined)

    def test_all_rows_in_quarantine_stop(self):
        outcomes = check({"zaak": delivered("zaak", zaken(), quarantined=3)})
        assert {("GX-ALG-01", "hard"), ("GX-ALG-04", "critical")} <= failed(outcomes)

    @pytest.mark.parametrize(("previous", "ok"), [(4, True), (5, False), (0, True)])
    def test_half_of_the_previous_cases_is_the_least(self, previous, ok):
        outcomes = check(alone(*[GOOD] * 2, previous_rows=previous))
        assert failed(outcomes) == (set() if ok else {("GX-ALG-01", "hard")})

    def test_the_organisation_may_move_a_bound(self):
        strict = Gate(quarantaine_max_aandeel=0, zaak_min_aandeel_vorige=1)
        outcomes = check(alone(*[GOOD] * 3, quarantined=1, previous_rows=4), strict)
        assert failed(outcomes) == {("GX-ALG-04", "warning"), ("GX-ALG-04", "critical"), ("GX-ALG-01", "hard")}

    @pytest.mark.parametrize(
        ("age", "ok"), [(timedelta(hours=1), True), (timedelta(days=3), True), (timedelta(days=3, seconds=1), False)]
    )
    def test_an_old_export_is_not_released(self, age, ok):
        outcomes = check(alone(GOOD, exported_at=AS_OF - age))
        assert failed(outcomes) == (set() if ok else {("GX-ALG-03", "critical")})

    def test_an_export_made_after_the_as_of_moment_is_fresh(self):
        """A past week made from today's export."""
        assert failed(check(alone(GOOD, exported_at=AS_OF + timedelta(days=400)))) == set()

    def test_an_unknown_export_moment_tests_no_age_and_no_future(self):
        outcomes = check(alone(GOOD, {**GOOD, "einddatum": "2031-01-01"}, exported_at=None))
        assert failed(outcomes) == set()
        assert not any(each.id in ("GX-ALG-03", "GX-ZAAK-04") for each in outcomes)

    def test_an_export_that_ends_before_the_week_stops(self):
        old = {**GOOD, "startdatum": "2026-10-01", "einddatum": "2026-11-15"}
        assert failed(check(alone(old, exported_at=None))) == {("GX-ALG-07", "hard")}
        assert failed(check(alone(old, {**old, "einddatum": "2026-11-16"}, exported_at=None))) == set()

    def test_an_export_made_before_the_week_stops_whatever_dates_stand_in_it(self):
        planned = {**GOOD, "startdatum": "2026-11-01", "einddatum": "2026-11-18"}
        outcomes = check(alone(planned, exported_at=WEEK.start - timedelta(seconds=1)))
        assert ("GX-ALG-07", "hard") in failed(outcomes)

    @pytest.mark.parametrize(
        ("as_of", "last", "holds"),
        [
            ("2026-11-16T07:00", "2026-11-13", True),
            ("2026-11-16T07:00", "2026-11-12", False),
            ("2026-11-17T07:00", "2026-11-16", True),
            ("2026-11-17T07:00", "2026-11-13", False),
        ],
    )
    def test_on_the_first_day_of_the_week_the_working_day_before_will_do(self, as_of, last, holds):
        """A daily report on Monday morning: nothing need have happened in the week yet."""
        case = {**GOOD, "startdatum": "2026-10-01", "einddatum": last}
        found = failed(check(alone(case, exported_at=None), as_of=parse_moment(as_of)))
        assert (("GX-ALG-07", "hard") not in found) is holds

    @pytest.mark.parametrize(
        ("exported", "last", "holds"),
        [
            ("2026-11-18T16:00", "2026-11-11", True),
            ("2026-11-18T16:00", "2026-11-10", False),
            ("2026-11-13T16:00", "2026-11-13", False),
        ],
    )
    def test_within_the_week_quiet_days_are_no_stale_export(self, exported, last, holds):
        """A daily report on Wednesday afternoon."""
        case = {**GOOD, "startdatum": "2026-10-01", "einddatum": last}
        table = alone(case, exported_at=parse_moment(exported))
        found = failed(check(table, as_of=parse_moment("2026-11-18T16:30")))
        assert (("GX-ALG-07", "hard") not in found) is holds

    def test_an_as_of_moment_before_the_first_case_stops(self):
        table = delivered("zaak", zaken(GOOD), in_view=TABLES["zaak"].empty())
        assert ("GX-ALG-01", "hard") in failed(check({"zaak": table}))


def test_a_table_that_nobody_declares_is_not_tested(sound):
    without = check(alone(GOOD))
    assert {each.dataset for each in without} == {"zaak"}
    assert failed(without) == set()
    assert the(without, "GX-ZAAK-05", "staat in de tabel").state == "niet uitgevoerd"
    assert {each.dataset for each in sound} == {"zaak", "zaaktype"}


def test_a_column_that_nobody_maps_is_not_tested_and_says_so():
    outcomes = check({"zaak": delivered("zaak", zaken({"startdatum": "2026-11-16", "einddatum": "2026-11-18"}))})
    for id in ("GX-ZAAK-16", "GX-ZAAK-05"):
        for each in (each for each in outcomes if each.id == id):
            assert each.state == "niet uitgevoerd"
            assert "niet aangeleverd" in each.toelichting
            assert not each.failed
    assert verdict(outcomes) == "in orde"


def test_nothing_delivered_gives_nothing():
    assert check({}) == []


def test_a_report_is_touched_only_by_what_lists_it():
    from expectations.registry import gate

    tables = {**cases(GOOD, {**GOOD, "einddatum": "2026-11-24"}), "team": delivered("team", TABLES["team"].empty())}
    uses = {"zaak": ("case_overview",), "zaaktype": ("case_overview",), "team": ("handover",)}
    outcomes = gate(Delivery(week=WEEK, as_of=AS_OF, tables=tables, uses=uses), Gate())
    assert verdict(for_report(outcomes, "case_overview")) == "niet vrijgegeven"
    assert verdict(for_report(outcomes, "handover")) == "gestopt"
    assert verdict(for_report(outcomes, "budget_variance")) == "in orde"


def test_a_check_that_breaks_stops_whatever_its_severity():
    import great_expectations.expectations as gxe

    from expectations.rule import rule
    from weekrapport.quality.gate import run_suite

    frame = typed("team", {"team_id": "T1", "naam": "A"})
    broken = [
        gxe.ExpectColumnValuesToNotBeNull(column="nergens", **rule("GX-X-01", "info", "Regel.", reden="R.")),
        gxe.ExpectColumnValuesToBeBetween(
            column="naam", max_value=3, **rule("GX-X-02", "warning", "Regel.", reden="R.")
        ),
        gxe.ExpectColumnValuesToNotBeNull(column="naam", **rule("GX-X-03", "warning", "Regel.", reden="R.")),
    ]
    outcomes = run_suite("team", frame, broken, keys=("team_id",))
    assert [(each.id, each.state, each.effective_severity) for each in outcomes] == [
        ("GX-X-01", "fout in de controle", "hard"),
        ("GX-X-02", "fout in de controle", "hard"),
        ("GX-X-03", "voldaan", "warning"),
    ]
    assert all(each.toelichting for each in outcomes[:2])
    assert verdict(outcomes) == "gestopt"


def test_an_expectation_without_its_story_is_a_mistake_of_the_suite():
    import great_expectations.expectations as gxe

    from weekrapport.quality.gate import not_run, run_suite

    bare = gxe.ExpectColumnValuesToNotBeNull(column="naam", meta={"id": "X"})
    for attempt in (
        lambda: run_suite("team", TABLES["team"].empty(), [bare], keys=()),
        lambda: not_run("team", bare, "x"),
    ):
        with pytest.raises(ValueError, match="lacks meta"):
            attempt()


def test_no_expectations_give_no_outcomes():
    from weekrapport.quality.gate import run_suite

    assert run_suite("team", TABLES["team"].empty(), [], keys=()) == []


def test_outcomes_come_in_the_order_of_the_suite_and_keys_are_capped():
    rows = [{**GOOD, "einddatum": "2026-11-15"}] * 30
    outcomes = check(cases(*rows))
    found = next(each for each in outcomes if each.failed)
    assert found.rows_failed == 30
    assert found.keys == tuple(f"Z{number}" for number in range(1, 21))
    again = check(cases(*rows))
    assert again == outcomes


def test_the_evidence_holds_no_value_of_a_row_but_its_key():
    secret = {**GOOD, "omschrijving": "Jan Jansen 123456782", "vertrouwelijkheid": "Jan Jansen 123456782"}
    text = json.dumps([each.as_record() for each in check(cases(GOOD, secret))], ensure_ascii=False)
    assert "Jansen" not in text
    assert "Z2" in text


def test_evidence_is_written_per_dataset_and_comes_back(tmp_path: Path, sound):
    (tmp_path / "klant.json").write_text("{}", "utf-8")  # of an earlier run
    paths = write_evidence(tmp_path, sound)
    assert [path.name for path in paths] == ["zaak.json", "zaaktype.json"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["zaak.json", "zaaktype.json"]
    back = [
        Outcome.from_record(record)
        for path in paths
        for record in json.loads(path.read_text("utf-8"))["checks"]
    ]  # fmt: skip
    assert sorted(map(repr, back)) == sorted(map(repr, sound))


def test_two_threads_do_not_disturb_each_other():
    """A context of Great Expectations that threads share loses validations without an error."""
    good, bad = cases(*[GOOD] * 5), cases(*[{**GOOD, "einddatum": "2026-11-15"}] * 7)
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(check, [good, bad] * 3))
    for outcomes in results[::2]:
        assert failed(outcomes) == set()
    for outcomes in results[1::2]:
        assert failed(outcomes) == {("GX-ZAAK-03", "critical")}
        assert next(each for each in outcomes if each.failed).rows_failed == 7
    assert len({len(outcomes) for outcomes in results}) == 1


def test_the_gate_in_its_own_process_says_the_same(sound):
    from expectations.process import GateProcess

    process = GateProcess()
    try:
        tables = cases(*[GOOD] * 3, previous=zaken({"zaak_id": "Z1"}))
        uses = {name: (SLUG,) for name in tables}
        assert process(Delivery(week=WEEK, as_of=AS_OF, tables=tables, uses=uses), Gate()) == sound
    finally:
        process.close()

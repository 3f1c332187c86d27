"""The rules on budget, bookings and invoices with the real Great Expectations: held, broken, on the border, absent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pandas as pd
import pytest

from expectations import begroting, boeking, factuur, factuurdekking, termijn
from expectations.registry import gate
from expectations.rule import bound_pct, found_pct
from expectations.subject import Subject
from tests.books import boekingen, facturen
from tests.builders import typed, zaken
from weekrapport.domain.as_of import as_of_view
from weekrapport.domain.outcome import Outcome, verdict
from weekrapport.domain.schema import TABLES
from weekrapport.quality.delivery import Delivery, TableDelivery
from weekrapport.settings import Finance, Gate
from weekrapport.week import Week, parse_moment

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

WEEK, AS_OF = Week(2026, 47), parse_moment("2026-11-23T07:00")
SLUG = "budget_variance"
BOUNDS = Gate()
BEFORE_THE_FIRST_MONTH = Finance(boekjaar=2026, laatste_afgesloten_periode=0)
"""No month is closed yet, so that a single booking will do."""
REF = {"factuur_ref": "F1"}
LINE = {"regel_id": "R1", "jaar": 2026, "grootboekrekening": "4100", "bedrag_cent": 10_000_000, "soort": "kosten"}


def delivered(table: str, frame: pd.DataFrame, **changes: Any) -> TableDelivery:
    columns = {name for name in TABLES[table].kinds() if frame[name].notna().any()}
    given = TableDelivery(frame, as_of_view(table, frame, AS_OF), frozenset(columns | {*TABLES[table].required}))
    return replace(given, **changes)


def delivery_of(tables: dict[str, TableDelivery], slug: str = SLUG, finance: Finance | None = None) -> Delivery:
    return Delivery(WEEK, AS_OF, tables, {name: (slug,) for name in tables}, finance or Finance())


def found(check: Callable[[Subject], list[Outcome]], bounds: Gate = BOUNDS, **frames: pd.DataFrame) -> list[Outcome]:
    """Return what one check finds on sound tables."""
    tables = {name: delivered(name, frame) for name, frame in frames.items()}
    return check(Subject(delivery_of(tables), bounds, frozenset(tables)))


def the(outcomes: list[Outcome], id: str, part: str = "") -> Outcome:
    matching = [each for each in outcomes if each.id == id and part in each.tekst]
    assert len(matching) == 1, [(each.id, each.tekst) for each in outcomes]
    return matching[0]


def failed(outcomes: list[Outcome]) -> dict[str, set[str]]:
    """Return id to the keys that are named."""
    names: dict[str, set[str]] = {}
    for each in outcomes:
        if each.failed:
            names.setdefault(each.id, set()).update(each.keys)
    return names


def lines(*rows: dict[str, Any]) -> pd.DataFrame:
    return typed("begrotingsregel", *({**LINE, "regel_id": f"R{n}", **row} for n, row in enumerate(rows, 1)))


def months(*shares: float | None, regel: str = "R1") -> pd.DataFrame:
    rows = ({"regel_id": regel, "maand": n, "aandeel": share} for n, share in enumerate(shares, 1))
    return typed("begroting_fasering", *rows)


class TestBudget:
    def test_a_sound_budget(self):
        rows = [{}, {"kostenplaats": "100"}, {"jaar": 2025}, {"grootboekrekening": "4200", "factuurplichtig": True}]
        outcomes = found(begroting.check, begrotingsregel=lines(*rows, {"grootboekrekening": "4300"}))
        assert failed(outcomes) == {"GX-BEG-04": {"R1", "R2", "R3", "R5"}}  # one line says it, the others must too
        assert failed(found(begroting.check, begrotingsregel=lines(*rows[:3]))) == {}

    @pytest.mark.parametrize(
        ("rows", "id", "keys"),
        [
            ([{}, {}], "GX-BEG-01", {"R1", "R2"}),
            ([{"kostenplaats": "1"}, {"kostenplaats": "1"}, {"kostenplaats": "2"}], "GX-BEG-01", {"R1", "R2"}),
            ([{}, {"regel_id": "R1", "kostenplaats": "1"}], "GX-BEG-01", {"R1"}),
            ([{}, {"bedrag_cent": None, "kostenplaats": "1"}], "GX-BEG-01", {"R2"}),
            (
                [{"brondocument_soort": "factuur"}, {"brondocument_soort": "bon", "kostenplaats": "1"}],
                "GX-BEG-04",
                {"R2"},
            ),
        ],
    )
    def test_a_fault_is_named(self, rows, id, keys):
        outcomes = found(begroting.check, begrotingsregel=lines(*rows))
        assert failed(outcomes) == {id: keys}
        assert verdict(outcomes) == ("gestopt" if id == "GX-BEG-01" else "niet vrijgegeven")

    def test_revenue_needs_no_word_about_invoices(self):
        rows = [{"factuurplichtig": True}, {"soort": "opbrengsten", "grootboekrekening": "8100"}]
        assert failed(found(begroting.check, begrotingsregel=lines(*rows))) == {}

    def test_what_nobody_delivers_is_not_run(self):
        outcomes = found(begroting.check, begrotingsregel=lines({}))
        assert [(each.state, each.toelichting) for each in outcomes if each.id == "GX-BEG-04"] == [
            ("niet uitgevoerd", "niet aangeleverd: factuurplichtig"),
            ("niet uitgevoerd", "niet aangeleverd: brondocument_soort"),
        ]


class TestMonths:
    TWELVE = (0.05, 0.05, 0.10, 0.05, 0.05, 0.15, 0.05, 0.05, 0.10, 0.05, 0.15, 0.15)

    @pytest.mark.parametrize(
        ("shares", "broken"),
        [
            (TWELVE, set()),
            ((*TWELVE[:11], 0.150001), set()),
            ((*TWELVE[:11], 0.1500011), {"samen 1"}),
            ((*TWELVE[:11], 0.148), {"samen 1"}),
            (TWELVE[:11], {"samen 1", "elke maand"}),
            ((*TWELVE[:11], None), {"samen 1"}),
            ((*TWELVE[:10], -0.1, 0.4), {"tussen 0 en 1"}),
            ((1.0, *[0.0] * 11), set()),
            (tuple(share * 100 for share in TWELVE), {"samen 1", "tussen 0 en 1"}),
        ],
    )
    def test_the_months_make_a_year(self, shares, broken):
        outcomes = found(begroting.check_fasering, begroting_fasering=months(*shares))
        parts = ("tussen 0 en 1", "samen 1", "elke maand")
        assert {part for part in parts if the(outcomes, "GX-BEG-03", part).failed} == broken

    @pytest.mark.parametrize("month", [12, 13, 0])
    def test_a_month_that_is_double_or_no_month(self, month):
        frame = months(*self.TWELVE)
        frame.loc[0, "maand"] = month
        outcomes = found(begroting.check_fasering, begroting_fasering=frame)
        assert failed(outcomes) == {"GX-BEG-03": {"R1"}}

    def test_each_line_is_judged_by_itself(self):
        frame = pd.concat([months(*self.TWELVE), months(1.0, regel="R2")], ignore_index=True)
        outcomes = found(begroting.check_fasering, begroting_fasering=frame)
        assert failed(outcomes) == {"GX-BEG-03": {"R2"}}


class TestBookings:
    def test_sound_bookings(self):
        outcomes = found(boeking.check, boeking=boekingen({}, {"boekdatum": "2026-12-31"}))
        assert failed(outcomes) == {}

    @pytest.mark.parametrize(
        ("rows", "keys", "expected"),
        [
            ([{}, {"boeking_id": "B1"}], {"B1"}, "gestopt"),
            ([{}, {"boeking_id": None}], set(), "gestopt"),
            ([{}, {"boekdatum": None}], {"B2"}, "niet vrijgegeven"),
            ([{}, {"grootboekrekening": None}], {"B2"}, "niet vrijgegeven"),
            ([{}, {"bedrag_cent": None}], {"B2"}, "niet vrijgegeven"),
        ],
    )
    def test_a_fault_is_named(self, rows, keys, expected):
        outcomes = found(boeking.check, boeking=boekingen(*rows))
        assert set(failed(outcomes)) == {"GX-BOEK-01"}
        assert keys <= failed(outcomes)["GX-BOEK-01"]
        assert verdict(outcomes) == expected


class TestLedgerEntries:
    def entry(self, *amounts: int, **more: Any) -> list[dict[str, Any]]:
        accounts = ("4100", "2200", "1600")
        return [
            {"journaalpost_id": "J1", "grootboekrekening": account, "bedrag_cent": amount, **more}
            for account, amount in zip(accounts, amounts, strict=False)
        ]

    @pytest.mark.parametrize(("amounts", "keys"), [((100, 21, -121), {}), ((100, 21, -120), {"GX-BOEK-02": {"J1"}})])
    def test_debit_is_credit(self, amounts, keys):
        other = {"journaalpost_id": "J2", "grootboekrekening": "1600", "bedrag_cent": 0}
        outcomes = found(boeking.check, boeking=boekingen(*self.entry(*amounts), other))
        assert failed(outcomes) == keys
        assert the(outcomes, "GX-BOEK-02").rows_tested == 2

    def test_an_entry_that_the_as_of_moment_cuts_is_whole(self):
        rows = self.entry(100, 21, -121)
        rows[2]["boekdatum"] = "2026-11-30"
        assert failed(found(boeking.check, boeking=boekingen(*rows))) == {}

    def test_an_entry_of_later_is_not_judged(self):
        rows = [*self.entry(100, 21, -121), {"journaalpost_id": "J9", "boekdatum": "2026-11-24"}]
        outcomes = found(boeking.check, boeking=boekingen(*rows))
        assert failed(outcomes) == {}

    def test_an_export_of_costs_only_is_not_judged(self):
        outcome = the(found(boeking.check, boeking=boekingen({"journaalpost_id": "J1"})), "GX-BOEK-02")
        assert (outcome.state, outcome.toelichting) == ("niet uitgevoerd", "de levering bevat geen balansrekeningen")

    def test_bookings_without_an_entry_are_not_judged(self):
        outcome = the(found(boeking.check, boeking=boekingen({})), "GX-BOEK-02")
        assert (outcome.state, outcome.toelichting) == ("niet uitgevoerd", "niet aangeleverd: journaalpost_id")

    def test_every_entry_that_does_not_balance_is_counted_and_twenty_named(self):
        rows = [{"journaalpost_id": f"J{n}", "grootboekrekening": "1600"} for n in range(25)]
        outcome = the(found(boeking.check, boeking=boekingen(*rows)), "GX-BOEK-02")
        assert (outcome.rows_failed, len(outcome.keys)) == (25, 20)


class TestAccounts:
    def accounts(self, **kinds: str | None) -> pd.DataFrame:
        return typed("grootboek", *({"grootboekrekening": name[1:], "soort": kind} for name, kind in kinds.items()))

    @pytest.mark.parametrize(
        ("kinds", "keys"),
        [
            ({"x4100": "P"}, {}),
            ({"x4100": None}, {}),
            ({"x4200": "P"}, {"GX-BOEK-03": {"B1"}}),
            ({"x4100": "P", "x1600": "A"}, {"GX-BOEK-03": {"1600"}}),
        ],
    )
    def test_every_account_is_known_and_has_a_kind(self, kinds, keys):
        assert failed(found(boeking.check, boeking=boekingen({}), grootboek=self.accounts(**kinds))) == keys

    def test_without_a_list_or_without_kinds_it_is_not_run(self):
        rules = [each for each in found(boeking.check, boeking=boekingen({})) if each.id == "GX-BOEK-03"]
        assert {each.state for each in rules} == {"niet uitgevoerd"}
        outcomes = found(boeking.check, boeking=boekingen({}), grootboek=self.accounts(x4100=None))
        assert the(outcomes, "GX-BOEK-03", "soort").state == "niet uitgevoerd"


class TestOnABudgetLine:
    @pytest.mark.parametrize(("outside", "fails"), [(50, False), (51, True)])
    def test_the_share_of_the_amount_counts(self, outside, fails):
        rows = [{"bedrag_cent": 10_000 - outside}, {"grootboekrekening": "4900", "bedrag_cent": -outside}]
        outcome = the(found(boeking.check, boeking=boekingen(*rows), begrotingsregel=lines({})), "GX-BOEK-04")
        assert outcome.failed == fails
        assert outcome.keys == (("B2",) if fails else ())
        assert outcome.toelichting == ("het is 99,4 %" if fails else "")

    def test_revenue_balance_and_other_years_do_not_count(self):
        rows = [{}, {"grootboekrekening": "8100"}, {"grootboekrekening": "1600"}, {"boekdatum": "2025-05-01"}]
        outcome = the(found(boeking.check, boeking=boekingen(*rows), begrotingsregel=lines({})), "GX-BOEK-04")
        assert (outcome.state, outcome.rows_tested) == ("voldaan", 1)

    def test_without_a_budget_it_is_not_run(self):
        outcome = the(found(boeking.check, boeking=boekingen({})), "GX-BOEK-04")
        assert (outcome.state, outcome.toelichting) == ("niet uitgevoerd", "niet aangeleverd: tabel begrotingsregel")

    def test_the_bound_is_the_organisations(self):
        rows = [{}, {"grootboekrekening": "4900"}]
        half = Gate(begroot_min_aandeel=0.5)
        outcome = the(found(boeking.check, half, boeking=boekingen(*rows), begrotingsregel=lines({})), "GX-BOEK-04")
        assert not outcome.failed
        assert "ten minste 50 %" in outcome.tekst


class TestInvoices:
    @pytest.mark.parametrize(
        ("rows", "keys"),
        [
            ([{}, {}], {}),
            ([{}, {"factuur_id": "F1"}], {"GX-FAC-01": {"F1"}}),
            ([{}, {"factuurnummer": None}], {"GX-FAC-01": {"F2"}}),
            ([{}, {"factuurdatum": None}], {"GX-FAC-01": {"F2"}}),
            ([{}, {"leverancier_id": None}], {"GX-FAC-01": {"F2"}}),
            ([{}, {"leverancier_id": "L9"}], {"GX-FAC-01": {"F2"}}),
        ],
    )
    def test_the_register(self, rows, keys):
        leverancier = typed("leverancier", {"leverancier_id": "L1", "naam": "De Plank"})
        assert failed(found(factuur.check, factuur=facturen(*rows), leverancier=leverancier)) == keys

    def test_what_nobody_delivers_is_not_run(self):
        outcomes = found(factuur.check, factuur=facturen({"leverancier_id": None}))
        assert [each.state for each in outcomes] == ["voldaan"] * 5 + ["niet uitgevoerd"] * 2
        assert the(outcomes, "GX-FAC-01", "lijst").toelichting == "niet aangeleverd: tabel leverancier"


class TestBacking:
    def check(self, *rows: dict[str, Any], bounds: Gate = BOUNDS, **frames: pd.DataFrame) -> list[Outcome]:
        given = {"factuur": facturen({}, *[{}] * 20)} | frames
        return found(factuurdekking.check, bounds, boeking=boekingen(*rows), **given)

    def test_every_booking_has_its_invoice(self):
        outcomes = self.check(*({"factuur_ref": f"F{number}"} for number in range(1, 6)))
        assert failed(outcomes) == {}
        assert {each.id for each in outcomes} == {"GX-BOEK-08", "GX-BOEK-09"}

    def test_one_that_misses_it_is_named(self):
        outcomes = self.check(REF, {"factuur_ref": "F99", "bedrag_cent": 10})
        assert failed(outcomes) == {"GX-BOEK-08": {"B2"}}
        assert verdict(outcomes) == "met opmerkingen"

    def test_a_booking_that_may_still_wait_is_no_failure(self):
        young = {"factuur_ref": "F99", "boekdatum": "2026-11-20"}
        outcomes = self.check(REF, young)
        assert failed(outcomes) == {}
        assert the(outcomes, "GX-BOEK-08").rows_tested == 2

    @pytest.mark.parametrize(
        ("missing", "parts"), [(204, set()), (205, {"samen"}), (526, {"samen"}), (527, {"regel", "samen"})]
    )
    def test_the_bounds_of_a_line_and_of_all_lines(self, missing, parts):
        budget = lines({"factuurplichtig": True})
        outcomes = self.check(REF, {"factuur_ref": "F99", "bedrag_cent": missing}, begrotingsregel=budget)
        broken = {part for part in ("regel is", "samen is") if the(outcomes, "GX-BOEK-09", part).failed}
        assert {part.split()[0] for part in broken} == parts
        assert verdict(outcomes) == ("niet vrijgegeven" if parts else "met opmerkingen")

    def test_a_line_below_its_bound_is_named_by_its_words(self):
        grootboek = typed("grootboek", {"grootboekrekening": "4200", "omschrijving": "Kantoorkosten"})
        rows = [{"factuur_ref": f"F{n}"} for n in range(1, 21)]
        outcomes = self.check(*rows, {"grootboekrekening": "4200", "bedrag_cent": 100}, grootboek=grootboek)
        assert failed(outcomes) == {"GX-BOEK-08": {"B21"}, "GX-BOEK-09": {"Kantoorkosten"}}

    def test_the_share_of_all_lines_is_told_rounded_down(self):
        outcome = the(self.check(REF, {"factuur_ref": "F99", "bedrag_cent": 205}), "GX-BOEK-09", "samen")
        assert outcome.toelichting == "het is 97,9 %"

    @pytest.mark.parametrize(("amount", "fails"), [(81_299, False), (81_300, True), (-81_300, True)])
    def test_no_booking_without_invoice_is_as_large_as_the_interval(self, amount, fails):
        budget = lines({"bedrag_cent": 10_000_000, "factuurplichtig": True})  # J = 10 000 000 // 123 = 81 300 cents
        outcomes = self.check({"factuur_ref": "F99", "bedrag_cent": amount}, begrotingsregel=budget)
        outcome = the(outcomes, "GX-BOEK-09", "euro of meer")
        assert outcome.failed == fails
        assert "813 euro" in outcome.tekst

    def test_a_line_of_which_everything_waits_is_not_judged(self):
        outcomes = self.check({"factuur_ref": "F99", "boekdatum": "2026-11-20"})
        assert failed(outcomes) == {}

    def test_one_document_less_flips_exactly_that_booking(self):
        rows = [{"factuur_ref": f"F{number}"} for number in range(1, 6)]
        whole = self.check(*rows, factuur=facturen(*[{}] * 5))
        less = self.check(*rows, factuur=facturen(*[{}] * 2, {"bestand_status": "ontbreekt"}, *[{}] * 2))
        assert failed(whole) == {}
        assert failed(less)["GX-BOEK-08"] == {"B3"}

    def test_without_invoices_or_links_it_is_not_run(self):
        for frames, why in (({}, "tabel factuur"), ({"factuur": facturen({})}, "verbindt")):
            outcomes = found(factuurdekking.check, boeking=boekingen({}), **frames)
            assert {each.state for each in outcomes} == {"niet uitgevoerd"}
            assert why in outcomes[0].toelichting

    def test_a_year_without_costs_fails_nothing(self):
        outcomes = self.check({"grootboekrekening": "1600"})
        assert failed(outcomes) == {}


class TestDelivery:
    def outcomes(self, **changes: dict[str, Any]) -> list[Outcome]:
        grootboek = typed("grootboek", {"grootboekrekening": "4100"})
        books = {"boeking": boekingen(REF), "factuur": facturen({}), "grootboek": grootboek}
        tables = {name: delivered(name, frame, **changes.get(name, {})) for name, frame in books.items()}
        return gate(delivery_of(tables, finance=BEFORE_THE_FIRST_MONTH), BOUNDS)

    def test_sound_books(self):
        outcomes = self.outcomes()
        assert failed(outcomes) == {}
        assert {each.rapporten for each in outcomes} == {(SLUG,)}
        for each in outcomes:
            assert each.tekst.endswith(".")
            assert each.reden.endswith(".")

    @pytest.mark.parametrize(("hours", "fails"), [(168, False), (169, True)])
    def test_the_books_may_be_a_week_old_and_a_list_of_accounts_older(self, hours, fails):
        old = {"exported_at": AS_OF - timedelta(hours=hours)}
        outcomes = self.outcomes(boeking=old, grootboek=old)
        assert failed(outcomes) == ({"GX-ALG-03": {"boeking"}} if fails else {})
        assert len([each for each in outcomes if each.id == "GX-ALG-03"]) == 1

    def test_a_table_that_lacks_a_column_stops_and_its_rules_are_not_run(self):
        lacking = {"missing": ("factuurnummer",), "raw": facturen({}).drop(columns="factuurnummer")}
        outcomes = self.outcomes(factuur=lacking)
        assert verdict(outcomes) == "gestopt"
        rules = [each for each in outcomes if each.id in ("GX-FAC-01", "GX-BOEK-08", "GX-BOEK-09")]
        assert {each.state for each in rules} == {"niet uitgevoerd"}

    @pytest.mark.parametrize("table", ["boeking", "begrotingsregel", "begroting_fasering", "factuur"])
    def test_an_empty_table_stops_and_its_rules_are_not_run(self, table):
        outcomes = gate(delivery_of({table: delivered(table, TABLES[table].empty())}), BOUNDS)
        assert verdict(outcomes) == "gestopt"
        rules = [each for each in outcomes if not each.id.startswith("GX-ALG")]
        assert {each.state for each in rules} == {"niet uitgevoerd"}
        assert rules

    @pytest.mark.parametrize(
        ("row", "fails"), [({}, False), ({"boekdatum": "2025-12-31"}, True), ({"boekjaar": 2025}, True)]
    )
    def test_there_must_be_bookings_of_the_year(self, row, fails):
        books = {"boeking": delivered("boeking", boekingen(row))}
        outcomes = gate(delivery_of(books, finance=BEFORE_THE_FIRST_MONTH), BOUNDS)
        assert (verdict(outcomes) == "gestopt") == fails
        assert the(outcomes, "GX-ALG-01", "boekjaar").failed == fails

    def test_no_tables_give_no_outcomes(self):
        assert gate(delivery_of({}), BOUNDS) == []

    def test_a_table_is_judged_by_its_own_delivery_only(self):
        outcomes = self.outcomes(factuur={"quarantined": 1})
        assert failed(outcomes) == {"GX-ALG-04": {"factuur"}}
        quarantine = [each for each in outcomes if each.id == "GX-ALG-04"]
        assert len(quarantine) == 6
        assert {each.dataset for each in quarantine if each.failed} == {"factuur"}
        assert {(each.rows_failed, each.rows_tested) for each in quarantine if each.failed} == {(1, 2)}

    def test_the_year_is_the_organisations(self):
        books = {"boeking": delivered("boeking", boekingen({"boekdatum": "2025-12-31"}))}
        assert (
            verdict(gate(delivery_of(books, finance=Finance(boekjaar=2025, laatste_afgesloten_periode=0)), BOUNDS))
            == "in orde"
        )


class TestDueDays:
    SLUG = "upcoming_deliveries"

    def outcomes(self, *rows: dict[str, Any], types: dict[str, Any] | None = None, slug: str = SLUG) -> list[Outcome]:
        tables = {"zaak": delivered("zaak", zaken(*rows))}
        if types:
            tables["zaaktype"] = delivered("zaaktype", typed("zaaktype", {"zaaktype_id": "T", **types}))
        subject = Subject(delivery_of(tables, slug), BOUNDS, frozenset(tables))
        return termijn.check(subject)

    @pytest.mark.parametrize(
        ("row", "types"),
        [
            ({"einddatum_gepland": "2026-12-01"}, None),
            ({"uiterlijke_einddatum": "2026-12-01"}, None),
            ({}, {"servicenorm_waarde": 5, "servicenorm_eenheid": "werkdag"}),
            ({}, {"wettelijk_waarde": 8, "wettelijk_eenheid": "week"}),
        ],
    )
    def test_one_way_to_know_is_enough(self, row, types):
        (outcome,) = self.outcomes({}, row, types=types)
        assert outcome.state == "voldaan"

    @pytest.mark.parametrize("types", [None, {"omschrijving": "Vraag"}])
    def test_without_any_the_report_stops_and_only_that_one(self, types):
        (outcome,) = self.outcomes({}, types=types)
        assert (outcome.id, outcome.severity, outcome.failed) == ("GX-ALG-10", "hard", True)
        assert outcome.rapporten == (self.SLUG,)
        assert outcome.tekst == "De levering zegt wanneer een zaak klaar moet zijn."

    def test_nobody_asks(self):
        assert self.outcomes({}, slug="case_overview") == []


@pytest.mark.parametrize(
    ("share", "text"), [(0.98, "98"), (0.995, "99,5"), (1.0, "100"), (0.0, "0"), (0.12345, "12,345")]
)
def test_a_bound_is_printed_without_needless_zeros(share, text):
    assert bound_pct(share) == text


@pytest.mark.parametrize(("share", "text"), [(0.9796, "97,9"), (0.98, "98,0"), (0.0, "0,0"), (1.0, "100,0")])
def test_a_share_is_rounded_down(share, text):
    assert found_pct(share) == text


@pytest.mark.parametrize(
    ("periods", "wrong"),
    [((1, 12), set()), ((0, 99), set()), ((None, None), set()), ((5, 100), {"B2"}), ((202605, -1), {"B1", "B2"})],
)
def test_a_period_that_is_no_number_of_a_month_stops_the_report(periods, wrong):
    rows = [
        {
            "boeking_id": f"B{n}",
            "boekdatum": "2026-05-04",
            "grootboekrekening": "4100",
            "bedrag_cent": 100,
            "periode": p,
        }
        for n, p in enumerate(periods, 1)
    ]
    outcome = the(found(boeking.check, boeking=typed("boeking", *rows)), "GX-BOEK-05")
    assert outcome.severity == "hard"
    assert set(outcome.keys) == wrong

"""Invoice backing of the real books of a small firm: the numbers that were counted from the files beforehand."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from weekrapport.domain.as_of import as_of_view
from weekrapport.domain.boekbeeld import boekbeeld
from weekrapport.domain.factuurdekking import (
    dekking_per_regel,
    dekking_per_trede,
    dekking_totaal,
    factuurdekking,
    niet_geboekte_facturen,
    ongedekt,
)
from weekrapport.domain.factuurkoppeling import geleverd
from weekrapport.domain.outcome import Outcome, verdict
from weekrapport.domain.schema import TABLES
from weekrapport.quality.delivery import Delivery, TableDelivery
from weekrapport.settings import Gate, Workspace, load_workspace
from weekrapport.sources.inbox import InboxRead, read_inbox
from weekrapport.week import Week, local_date, parse_moment

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

LEDGER = Path(__file__).resolve().parents[3] / "shared" / "real" / "nl-smb-ledger"
MAPPING = Path(__file__).parent / "nl_smb" / "weekrapport.toml"
AS_OF = {2008: parse_moment("2009-01-19T07:00"), 2009: parse_moment("2010-01-18T07:00")}
"""Two weeks after the end of the year: nothing waits any more."""


@pytest.fixture(scope="module")
def expected() -> dict[str, float]:
    if not LEDGER.is_dir():
        pytest.skip(f"the public ledger is not at {LEDGER}")
    return json.loads((LEDGER / "EXPECTED_checks.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def workspace(expected: dict[str, float], tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root = tmp_path_factory.mktemp("nl_smb")
    inbox = root / "data" / "inbox"
    inbox.mkdir(parents=True)
    shutil.copy(MAPPING, root)
    for name in ("boekregels.csv", "grootboekstam.csv", "inkoopfacturen.csv"):
        shutil.copy(LEDGER / name, inbox)
    return load_workspace(root)


@pytest.fixture(scope="module")
def read(workspace: Workspace) -> InboxRead:
    return read_inbox(workspace)


def views(read: InboxRead, year: int) -> dict[str, pd.DataFrame]:
    empty = {name: table.empty() for name, table in TABLES.items()}
    return empty | {name: as_of_view(name, frame, AS_OF[year]) for name, frame in read.tables.items()}


@pytest.fixture(scope="module")
def backing(workspace: Workspace, read: InboxRead) -> dict[int, pd.DataFrame]:
    found = {}
    for year, as_of in AS_OF.items():
        afspraken = workspace.settings.finance.afspraken(local_date(as_of))
        assert (afspraken.boekjaar, afspraken.periode) == (year, 12)
        tables = views(read, year)
        beeld = boekbeeld(tables, afspraken)
        heeft = geleverd(read.delivered)
        found[year] = factuurdekking(beeld, tables, afspraken, local_date(as_of), heeft=heeft)
        assert niet_geboekte_facturen(beeld, tables, afspraken, local_date(as_of), heeft=heeft).empty
    return found


def test_everything_is_read(read):
    assert {name: len(frame) for name, frame in read.tables.items()} == {"boeking": 702, "grootboek": 62, "factuur": 85}
    assert read.quarantine.empty
    assert read.tables["factuur"]["betaald_op"].isna().sum() > 0  # 0000-00-00 is no date


@pytest.mark.parametrize(("year", "lines", "without"), [(2008, 121, 80), (2009, 88, 46)])
def test_the_lines_without_a_purchase_invoice_per_year(backing, year, lines, without):
    assert len(backing[year]) == lines
    assert len(ongedekt(backing[year])) == without


def test_on_the_first_monday_three_lines_of_new_years_eve_still_wait(workspace, read):
    day = parse_moment("2009-01-05T07:00")
    tables = {name: TABLES[name].empty() for name in TABLES}
    tables |= {name: as_of_view(name, frame, day) for name, frame in read.tables.items()}
    afspraken = workspace.settings.finance.afspraken(local_date(day))
    beeld = boekbeeld(tables, afspraken)
    dekking = factuurdekking(beeld, tables, afspraken, local_date(day), heeft=geleverd(read.delivered))
    assert (len(dekking), len(ongedekt(dekking)), int(dekking["is_in_afwachting"].sum())) == (121, 77, 3)


def test_both_years_together(backing, expected):
    both = pd.concat(backing.values(), ignore_index=True)
    missing = ongedekt(both)
    assert (len(missing), len(both)) == (126, 209)
    assert (len(missing), len(both)) == (expected["cost_lines_without_purchase_invoice"], expected["cost_lines"])
    assert missing["bedrag_cent"].sum() == round(expected["cost_amount_without_purchase_invoice"] * 100) == 868_758
    assert both["bedrag_cent"].sum() == round(expected["cost_amount_total"] * 100) == 1_241_081


def test_the_amounts_tie_out_where_there_is_an_invoice(backing, expected):
    assert expected["amount_mismatch"] == []
    for dekking in backing.values():
        assert set(dekking["status"]) == {"gedekt", "factuur_onbekend"}
        rungs = dekking_per_trede(dekking).set_index("trede")
        assert rungs.loc["bedrag", "aantal_gehaald"] == rungs.loc["record", "aantal_gehaald"]
        assert rungs.loc["document", "aantal"] == 0  # no documents delivered: not tested, not missing


def test_lines_add_up_to_the_total(backing):
    for dekking in backing.values():
        lines, total = dekking_per_regel(dekking), dekking_totaal(dekking)
        assert (lines["geboekt_cent"].sum(), lines["gedekt_cent"].sum()) == (total.geboekt_cent, total.gedekt_cent)
        assert lines["regel"].is_unique


def test_one_invoice_less_takes_away_the_lines_of_its_entry_only(workspace, read, backing):
    tables = views(read, 2008)
    afspraken = workspace.settings.finance.afspraken(date(2009, 1, 19))
    beeld = boekbeeld(tables, afspraken)
    backed = backing[2008][backing[2008]["is_gedekt"]]
    target = backed["factuur_ids"].iloc[0]
    tables["factuur"] = tables["factuur"][tables["factuur"]["factuur_id"] != target]
    found = factuurdekking(beeld, tables, afspraken, date(2009, 1, 19), heeft=geleverd(read.delivered))
    changed = found["status"] != backing[2008]["status"]
    assert set(backing[2008].loc[changed, "factuur_ids"]) == {target}
    assert set(found.loc[changed, "status"]) == {"factuur_onbekend"}


def gate_of(workspace: Workspace, read: InboxRead, year: int) -> list[Outcome]:
    from expectations.registry import gate

    tables = {
        name: TableDelivery(frame, as_of_view(name, frame, AS_OF[year]), frozenset(read.delivered[name]))
        for name, frame in read.tables.items()
    }
    uses = {name: ("budget_variance",) for name in tables}
    delivery = Delivery(Week(2009, 53), AS_OF[year], tables, uses, workspace.settings.finance)
    return gate(delivery, Gate())


def test_the_gate_lists_the_entries_that_do_not_balance_and_holds_the_release(workspace, read, expected):
    outcomes = {(each.id, each.tekst): each for each in gate_of(workspace, read, 2009)}
    states = {key: each.state for key, each in outcomes.items()}
    balance = outcomes["GX-BOEK-02", "In elke journaalpost is debet gelijk aan credit."]
    assert set(balance.keys) == {f"{year}/{number}" for number, year, _ in expected["unbalanced_journals"]}
    missing = next(each for each in outcomes.values() if each.id == "GX-BOEK-08")
    assert (missing.severity, missing.rows_failed, missing.rows_tested) == ("warning", 46, 88)
    budget = next(each for each in outcomes.values() if each.id == "GX-BOEK-04")
    assert (budget.state, budget.toelichting) == ("niet uitgevoerd", "niet aangeleverd: tabel begrotingsregel")
    failed = {id for (id, _), state in states.items() if state == "niet voldaan"}
    assert failed == {"GX-ALG-11", "GX-BOEK-02", "GX-BOEK-08", "GX-BOEK-09"}
    empty = next(each for each in outcomes.values() if each.id == "GX-ALG-11")
    assert empty.toelichting == "zonder boeking: november, december"  # the ledger of 2009 ends in October
    assert verdict(outcomes.values()) == "niet vrijgegeven"

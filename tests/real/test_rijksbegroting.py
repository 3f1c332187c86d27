"""The budget of the Dutch state (Ministry of Finance) without a ledger: what may be spent, nothing about spending."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.builders import run_record, weekrapport
from tests.case_logs import REAL, fact, facts_of, workspace_of
from tests.pdf_pages import assert_valid, page_texts
from weekrapport.settings import load_workspace
from weekrapport.sources.inbox import InboxRead, read_inbox

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

BUDGET = "rijksbegroting-minfin/begrotingsstaten.csv"
KIND = "Uitgaven (U) Verplichtingen (V) Ontvangsten (O)"
VERSIONS = ["ontwerpbegroting", "vastgestelde begroting", "1ste suppletoire begroting", "2de suppletoire begroting"]
YEARS = (2013, 2014, 2015, 2016, 2017)
WEEK = "2014-W01"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return workspace_of(tmp_path_factory.mktemp("rijksbegroting"), "rijksbegroting", BUDGET)


@pytest.fixture(scope="module")
def read(workspace: Path) -> InboxRead:
    return read_inbox(load_workspace(workspace))


@pytest.fixture(scope="module")
def raw(workspace: Path) -> pd.DataFrame:
    """Return the lines of U and O with the last filled version in whole cents; nothing of the system."""
    rows = pd.read_csv(REAL / BUDGET, dtype="str")
    rows = rows[rows[KIND] != "V"]
    sums = rows[VERSIONS].apply(pd.to_numeric)
    return rows.assign(
        jaar=rows["Begrotingsjaar"].astype(int),
        cent=sums.ffill(axis="columns")[VERSIONS[-1]].astype("int64") * 100_000,
        eerst=sums["vastgestelde begroting"] * 100_000,
    )


@pytest.fixture(scope="module")
def made(workspace: Path) -> Path:
    ran = weekrapport("run", "--direct", "--workspace", workspace)
    assert ran.code == 0, ran
    return workspace / "output" / WEEK / "budget_variance"


def test_expenditure_and_receipts_are_read_and_commitments_passed_over(read: InboxRead, raw: pd.DataFrame) -> None:
    lines = read.tables["begrotingsregel"]
    assert (
        lines["soort"].value_counts().to_dict()
        == {"opbrengsten": 884, "kosten": 864}
        == {
            "opbrengsten": int((raw[KIND] == "O").sum()),
            "kosten": int((raw[KIND] == "U").sum()),
        }
    )
    assert (read.rows_read, read.rows_quarantined) == ({"begrotingsstaten": 2629}, {"begrotingsstaten": 0})
    texts = [notice.text for notice in read.notices]
    assert f"881 rij(en) niet gelezen: {KIND} is niet 'U' of 'O'" in texts
    assert "640 × niets onder '2de suppletoire begroting', dus gelezen onder 'ontwerpbegroting'" in texts


def test_a_line_is_known_by_year_chapter_kind_and_article(read: InboxRead) -> None:
    """By the article alone it is not: expenditure and receipts of one article would be the same line."""
    lines = read.tables["begrotingsregel"]
    assert lines["regel_id"].is_unique
    assert not lines.duplicated(["jaar", "kostenplaats", "grootboekrekening"]).any()
    article = lines["grootboekrekening"].str.split("/").str[1]
    assert (
        lines.assign(grootboekrekening=article).duplicated(["jaar", "kostenplaats", "grootboekrekening"]).sum() == 864
    )


def test_the_sums_of_every_year_are_those_of_the_file(read: InboxRead, raw: pd.DataFrame) -> None:
    lines = read.tables["begrotingsregel"]
    soort = raw[KIND].map({"U": "kosten", "O": "opbrengsten"})
    expected = raw.groupby(["jaar", soort.rename("soort")])["cent"].sum()
    found = lines.groupby([lines["jaar"].astype(int), "soort"])["bedrag_cent"].sum()
    pd.testing.assert_series_equal(found.astype("int64"), expected, check_names=False)
    assert expected[(2013, "kosten")] == 220_215_173_000 * 100
    assert sorted(set(lines["jaar"])) == list(YEARS)


def test_what_was_adopted_is_unknown_where_there_is_only_a_draft(read: InboxRead, raw: pd.DataFrame) -> None:
    lines = read.tables["begrotingsregel"]
    known = lines["primair_cent"].notna().groupby(lines["jaar"]).all()
    assert known.to_dict() == {2013: True, 2014: True, 2015: True, 2016: False, 2017: False}
    assert lines.loc[lines["jaar"] >= 2016, "primair_cent"].isna().all()
    assert lines["primair_cent"].sum() == raw["eerst"].sum()


def test_the_report_holds_the_budget_of_its_year(made: Path, raw: pd.DataFrame) -> None:
    facts, year = facts_of(made), raw[raw["jaar"] == 2013]
    costs, receipts = year[year[KIND] == "U"], year[year[KIND] == "O"]
    assert fact(facts, "K40", measure="jaar")["value"] == costs["cent"].sum()
    assert fact(facts, "K40", {"soort": "opbrengsten"}, measure="jaar")["value"] == receipts["cent"].sum()
    lines = {each["scope"]["regel"]: each["value"] for each in facts if "regel" in each["scope"]}
    names = ["Begrotingsjaar", "Begrotingsstaat", KIND, "Onderdeel"]
    assert lines == dict(zip(year[names].agg("/".join, axis="columns"), year["cent"], strict=True))
    assert len(lines) == 420


def test_nothing_looks_as_if_nothing_was_spent(workspace: Path, made: Path) -> None:
    assert {each["id"] for each in facts_of(made)} == {"K40"}
    (pdf,) = made.glob("*-concept.pdf")
    assert_valid(pdf.read_bytes())
    pages = page_texts(pdf)
    assert "Boekingen zijn niet aangeleverd: wat is uitgegeven, staat daarom niet in dit rapport." in pages[0]
    assert "€ 0" not in pages[0]
    text = " ".join(pages)
    assert "Zonder boekingen is er niets te toetsen aan facturen." in text
    assert not any(word in text for word in ("uitputting", "Vrije ruimte", "Afwijking"))
    report = run_record(workspace, WEEK)["reports"]["budget_variance"]
    assert (report["status"], report["verdict"]) == ("concept", "in orde")


def test_lines_that_are_not_unique_stop_the_report(workspace: Path, tmp_path: Path) -> None:
    toml = (workspace / "weekrapport.toml").read_text("utf-8")
    mapped = f'grootboekrekening = ["{KIND}", "Onderdeel"]'
    assert mapped in toml
    inbox = f'[paths]\ninbox = "{workspace / "data" / "inbox"}"\n\n[organisation]'
    toml = toml.replace(mapped, 'grootboekrekening = "Onderdeel"').replace("[organisation]", inbox)
    (tmp_path / "weekrapport.toml").write_text(toml, "utf-8")
    ran = weekrapport("check", "--workspace", tmp_path)
    assert ran.code == 4, ran
    assert "Elke combinatie van jaar, kostenplaats en grootboekrekening komt in de begroting één keer voor." in ran.out

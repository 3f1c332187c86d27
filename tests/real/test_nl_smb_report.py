"""The budget report on the real books of a small firm: no budget, no documents, two entries that do not balance."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.builders import run_record, weekrapport
from tests.pdf_pages import assert_valid, page_texts

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

LEDGER = Path(__file__).resolve().parents[3] / "shared" / "real" / "nl-smb-ledger"
MAPPING = Path(__file__).parent / "nl_smb" / "weekrapport.toml"
FILES = ("boekregels.csv", "grootboekstam.csv", "inkoopfacturen.csv")
WEEKS = {2008: "2009-W01", 2009: "2010-W01"}
BACKED = {2008: (41, 121), 2009: (42, 88)}
"""Cost bookings with their invoice, of all; counted from the files beforehand."""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not LEDGER.is_dir():
        pytest.skip(f"the public ledger is not at {LEDGER}")
    root = tmp_path_factory.mktemp("nl_smb_report")
    (root / "data" / "inbox").mkdir(parents=True)
    shutil.copy(MAPPING, root)
    for name in FILES:
        shutil.copy(LEDGER / name, root / "data" / "inbox")
    for week in WEEKS.values():
        ran = weekrapport("run", "--workspace", root, "--direct", "--week", week)
        assert ran.code == 0, ran
    return root


def facts_of(workspace: Path, year: int) -> list[dict[str, Any]]:
    path = workspace / "output" / WEEKS[year] / "budget_variance" / "facts.json"
    return json.loads(path.read_text("utf-8"))["facts"]


def text_of(workspace: Path, year: int) -> str:
    folder = workspace / "output" / WEEKS[year] / "budget_variance"
    return " ".join(page_texts(folder / f"{WEEKS[year]}-begroting-concept.pdf")).replace("\x02", "")


@pytest.mark.parametrize("year", WEEKS)
def test_the_bookings_with_an_invoice(workspace, year):
    (fact,) = [
        each for each in facts_of(workspace, year)
        if each["id"] == "K47" and not each["scope"] and each["measure"] == "aantal"
    ]  # fmt: skip
    assert (fact["numerator"], fact["denominator"]) == BACKED[year]


@pytest.mark.parametrize("year", WEEKS)
def test_the_costs_are_those_of_the_ledger(workspace, year):
    """Counted from the file, with nothing of the system: every account that begins with a 4."""
    raw = pd.read_csv(LEDGER / "boekregels.csv", sep=";", dtype="str")
    costs = raw[raw["grootboekrekening"].str.startswith("4") & (raw["datum"].str[:4] == str(year))]
    cents = costs["bedrag"].str.replace(".", "").str.replace(",", "").astype("int64")
    (fact,) = [
        each
        for each in facts_of(workspace, year)
        if each["id"] == "K41" and not each["scope"] and "measure" not in each
    ]
    assert fact["value"] == int(cents.sum())


@pytest.mark.parametrize("year", WEEKS)
def test_what_is_not_there_is_told_and_not_made_up(workspace, year):
    text = text_of(workspace, year)
    assert f"Met voorbehoud: de kosten t/m december {year} zijn" in text
    assert "Er is geen begroting aangeleverd om ze mee te vergelijken." in text
    assert "Document is niet getoetst: er zijn geen documenten van facturen aangeleverd." in text
    assert {each["id"] for each in facts_of(workspace, year)} == {"K41", "K47"}


def test_the_entries_that_do_not_balance_are_listed_when_they_are_there(workspace):
    assert "2 journaalposten sluiten niet: debet en credit verschillen" in text_of(workspace, 2009)
    assert "€ +91,33" in text_of(workspace, 2009)
    assert "In elke journaalpost is debet gelijk aan credit." in text_of(workspace, 2008)


@pytest.mark.parametrize("year", WEEKS)
def test_the_pdf_is_valid_and_not_released(workspace, year):
    folder = workspace / "output" / WEEKS[year] / "budget_variance"
    assert_valid((folder / f"{WEEKS[year]}-begroting-concept.pdf").read_bytes())
    assert run_record(workspace, WEEKS[year])["reports"]["budget_variance"]["verdict"] == "niet vrijgegeven"

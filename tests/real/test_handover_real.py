"""The handover list on real logs: one page, with what a log does not give left out and said."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.builders import weekrapport
from tests.case_logs import REAL, fact, facts_of, workspace_of
from tests.pdf_pages import assert_valid, page_texts

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

RECEIPT = "wabo-receipt/receipt.csv"
INCIDENTS = ("bpic14-rabobank-itil/incidents.csv.gz", "bpic14-rabobank-itil/incident_activities.csv.gz")


def made(root: Path, mapping: str, week: str, *exports: str) -> Path:
    workspace = workspace_of(root, mapping, *exports)
    ran = weekrapport("run", "--direct", "--report", "handover", "--workspace", workspace, "--week", week)
    assert ran.code == 0, ran
    return workspace / "output" / week / "handover"


def one_page(folder: Path) -> str:
    (path,) = folder.glob("*-concept.pdf")
    assert_valid(path.read_bytes())
    (text,) = page_texts(path)
    return text


def test_permits_of_may_2011(tmp_path):
    folder = made(tmp_path, "wabo", "2011-W20", RECEIPT)
    text = one_page(folder)
    assert "Niet aangeleverd: de prioriteit en es" in text
    assert "Afwezigheid is niet aangeleverd." in text
    facts = facts_of(folder)
    cases = pd.read_csv(REAL / RECEIPT, dtype="str").drop_duplicates("case:concept:name")
    columns = {
        "start": "case:startdate",
        "end": "case:enddate",
        "last": "case:deadline",
        "plan": "case:enddate_planned",
    }
    moments = {
        name: pd.to_datetime(cases[header], format="ISO8601", utc=True).dt.tz_convert("Europe/Amsterdam")
        for name, header in columns.items()
    }
    peil = pd.Timestamp("2011-05-23 07:00", tz="Europe/Amsterdam")
    is_open = (moments["start"] <= peil) & ~(moments["end"] <= peil)
    leading = pd.concat([moments["last"], moments["plan"]], axis=1).min(axis=1).dt.normalize()
    late = is_open & (leading < peil.normalize())
    assert fact(facts, "K51", measure="te_laat")["value"] == late.sum() == 43
    assert not [each for each in facts if each["id"] in ("K50", "K52") or each.get("measure") == "escalatie"]
    assert len((folder / "overdracht.txt").read_text("utf-8").splitlines()) == 15


def test_incidents_without_any_date(tmp_path):
    folder = made(tmp_path, "bpic14", "2013-W45", *INCIDENTS)
    text = one_page(folder)
    assert "open zaken is een leverdatum bekend: wat te laat is, is niet te zeggen." in text
    assert "Goed gegaan" not in text
    facts = facts_of(folder)
    assert fact(facts, "K50")["value"] == 0
    assert not [each for each in facts if each.get("measure") in ("te_laat", "klaar", "zonder_behandelaar")]

"""Every defect planted for the weekly signals is reported and every decoy left alone: recall and precision a check."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.builders import weekrapport
from weekrapport.demo import write_demo
from weekrapport.domain.signalen_zaak_doorzet import doorzet_laag
from weekrapport.reporting.report import open_report
from weekrapport.week import Week

WEEK = "2026-W47"
SLUGS = ("case_overview", "upcoming_deliveries")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The two deliveries, run one after the other."""
    folder = tmp_path_factory.mktemp("gebreken")
    write_demo(folder, variant="gebreken")
    asked = [part for slug in SLUGS for part in ("--report", slug)]
    for workspace in (folder / "vorige-levering", folder):
        done = weekrapport("run", "--direct", "--workspace", workspace, *asked)
        assert done.code == 0, done.err
    return folder


@pytest.fixture(scope="module")
def planted(folder: Path) -> dict[str, set[str]]:
    """Type of defect to its keys."""
    return {line["type"]: set(line["sleutels"]) for line in json.loads((folder / "manifest.json").read_text())}


@pytest.fixture(scope="module")
def signals(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Signals of both reports, by id."""
    found: dict[str, list[dict[str, Any]]] = {}
    for slug in SLUGS:
        for signal in json.loads((folder / "output" / WEEK / slug / "facts.json").read_text())["signals"]:
            found.setdefault(signal["id"], []).append(signal)
    return found


def where(signals: dict[str, list[dict[str, Any]]], id: str) -> set[str]:
    """Return the places that signals with this id name."""
    return {place for signal in signals.get(id, []) for place in signal["where"].split(", ")}


def test_throughput_of_the_whole(signals: dict[str, list[dict[str, Any]]]) -> None:
    (signal,) = signals["R1-S01"]
    assert signal["severity"] == "rood"
    assert signal["values"]["doorzet"] < signal["values"]["ondergrens"]


@pytest.mark.parametrize("week", [Week(2025, 52), Week(2026, 18), Week(2026, 20), Week(2026, 22)])
def test_weeks_with_holidays_are_no_drop(folder: Path, week: Week) -> None:
    report = open_report("case_overview", week=WEEK, workspace=str(folder))
    assert doorzet_laag(report.zaken, week, report.kalender).signalen == ()


def test_throughput_of_a_team(signals: dict[str, list[dict[str, Any]]], planted: dict[str, set[str]]) -> None:
    assert where(signals, "R1-S02") == planted["doorzet_team_daling"]


def test_timeliness_of_a_kind(signals: dict[str, list[dict[str, Any]]], planted: dict[str, set[str]]) -> None:
    kinds = where(signals, "R1-S03") - {"hele organisatie"}
    assert kinds == planted["tijdigheid_daling"]
    assert not kinds & planted["tijdigheid_gewoon"]


def test_closings_dated_back(signals: dict[str, list[dict[str, Any]]], planted: dict[str, set[str]]) -> None:
    (signal,) = signals["R1-S08"]
    found = set(signal["values"]["zaken"])
    assert found >= planted["teruggedateerd"]  # recall 1
    assert len(found & planted["teruggedateerd"]) / len(found) >= 0.8
    assert not found & planted["laat_verwerkt"]


def test_bulk_closing(signals: dict[str, list[dict[str, Any]]], planted: dict[str, set[str]]) -> None:
    assert where(signals, "R1-S09") == planted["bulksluiting"]
    assert not where(signals, "R1-S09") & planted["zes_in_een_uur"]


def test_vanished_cases(folder: Path, planted: dict[str, set[str]]) -> None:
    checks = json.loads((folder / "output" / WEEK / "gate" / "zaak.json").read_text())["checks"]
    (rule,) = [check for check in checks if check["id"] == "GX-ZAAK-18"]
    assert set(rule["keys"]) == planted["verdwenen_zaak"]
    assert rule["rows_failed"] == 3


def test_promises_that_cannot_be_kept(folder: Path, planted: dict[str, set[str]]) -> None:
    path = folder / "output" / WEEK / "upcoming_deliveries" / "tables" / "te_leveren.csv"
    rows = pd.read_csv(path, sep=";", encoding="utf-8-sig", dtype=str)
    at_risk = set(rows.loc[rows["klasse"].isin(["oranje", "rood"]), "zaak"])
    built = planted["niet_haalbaar"]
    assert len(at_risk & built) / len(built) >= 0.9
    assert not at_risk & planted["oud_maar_opgeschort"]


def test_uneven_work(signals: dict[str, list[dict[str, Any]]], planted: dict[str, set[str]]) -> None:
    (signal,) = signals["R2-S05"]
    assert set(signal["where"].split(" / ")) == planted["onbalans"]

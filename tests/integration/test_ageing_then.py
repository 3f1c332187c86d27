"""R1-S06 compares with the delivery of four weeks ago, not with today's promises put back to that day."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.builders import csv_bytes, write_workspace
from weekrapport.reporting.case_overview.signal_tests import _vier_weken_eerder
from weekrapport.reporting.report import open_report
from weekrapport.week import Week
from weekrapport.weekly.plan import make_plan
from weekrapport.weekly.steps import check, prepare

WEEK = Week(2026, 47)
HEADER = "zaaknummer;startdatum;einddatum;{column}"
TOML = """
[[source]]
name = "zaken"
table = "zaak"
files = "zaken*.csv"
[source.columns]
zaak_id = "zaaknummer"
startdatum = "startdatum"
einddatum = "einddatum"
{column} = "{column}"
"""
CLOSED = tuple(f"K-{n};01-09-2026;{day}-2026;" for n, day in enumerate(("06-10", "20-10", "03-11", "17-11")))
NOW = (*CLOSED, "Z-1;01-10-2026;;31-12-2026")
THEN = (*(f"K-{n};01-09-2026;;" for n in range(4)), "Z-1;01-10-2026;;20-10-2026")  # promised for October then


def deliver(root: Path, week: Week, column: str, *lines: str, exported: str) -> None:
    for old in (root / "data" / "inbox").glob("zaken*.csv"):
        old.unlink()
    content = csv_bytes(*lines, header=HEADER.format(column=column))
    write_workspace(root, content, TOML.format(column=column), f"zaken_{exported}.csv")
    plan = make_plan(root, now=datetime.now(UTC), week=str(week), reports=["case_overview"])
    check(plan, prepare(plan), lambda _delivery, _bounds: [])


def klassen(root: Path) -> dict[str, str] | None:
    found = _vier_weken_eerder(open_report("case_overview", week=str(WEEK), workspace=str(root)))
    return None if found is None else found.set_index("zaak_id")["klasse"].to_dict()


def test_the_delivery_of_then_tells_what_was_promised_then(tmp_path: Path) -> None:
    deliver(tmp_path, WEEK.plus(-4), "einddatum_gepland", *THEN, exported="20261026-0530")
    deliver(tmp_path, WEEK, "einddatum_gepland", *NOW, exported="20261123-0530")
    found = klassen(tmp_path)
    assert found is not None
    assert found["Z-1"] == "verstreken"


@pytest.mark.parametrize("weeks", [None, 2])
def test_without_it_planned_days_are_not_put_back(tmp_path: Path, weeks: int | None) -> None:
    if weeks:
        deliver(tmp_path, WEEK.plus(-weeks), "einddatum_gepland", *THEN, exported="20261109-0530")
    deliver(tmp_path, WEEK, "einddatum_gepland", *NOW, exported="20261123-0530")
    assert klassen(tmp_path) is None


def test_latest_days_without_planned_ones_are_put_back(tmp_path: Path) -> None:
    deliver(tmp_path, WEEK, "uiterlijke_einddatum", *NOW, exported="20261123-0530")
    found = klassen(tmp_path)
    assert found is not None
    assert found["Z-1"] == "eerste helft"

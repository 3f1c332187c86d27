"""What a report may compare with: earlier deliveries, each as it was then, and never the same files twice."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.builders import csv_bytes, write_workspace
from weekrapport.reporting.report import Report, open_report
from weekrapport.settings import load_workspace
from weekrapport.sources.earlier import EARLIER_WEEKS, earlier_snapshots
from weekrapport.sources.snapshot import whole_snapshot
from weekrapport.week import Week
from weekrapport.weekly.plan import make_plan
from weekrapport.weekly.steps import check, prepare

WEEK = Week(2026, 47)
LINES = ("Z-1;01-11-2026;20-11-2026", "Z-2;02-11-2026;")
HEADER = "zaaknummer;startdatum;einddatum"
TOML = """
[[source]]
name = "zaken"
table = "zaak"
files = "zaken*.csv"
[source.columns]
zaak_id = "zaaknummer"
startdatum = "startdatum"
einddatum = "einddatum"
"""


def deliver(root: Path, week: Week, *lines: str, exported: str) -> None:
    """Run the week on an inbox that holds these cases."""
    for old in (root / "data" / "inbox").glob("zaken*.csv") if (root / "data").is_dir() else ():
        old.unlink()
    write_workspace(root, csv_bytes(*lines, header=HEADER), TOML, f"zaken_{exported}.csv")
    plan = make_plan(root, now=datetime.now(UTC), week=str(week), reports=["case_overview"])
    prepared = prepare(plan)
    check(plan, prepared, lambda _delivery, _bounds: [])


def report(root: Path, week: Week) -> Report:
    return open_report("case_overview", week=str(week), workspace=str(root))


def test_the_last_delivery_is_seen_as_it_was(tmp_path: Path) -> None:
    deliver(tmp_path, WEEK.plus(-1), "Z-1;01-11-2026;", exported="20261116-0530")
    deliver(tmp_path, WEEK, *LINES, exported="20261123-0530")
    this = report(tmp_path, WEEK)

    before = this.vorige("zaak")
    assert before is not None
    assert before["zaak_id"].tolist() == ["Z-1"]
    assert before["einddatum"].isna().all()
    moment = this.vorig_moment("zaak")
    assert moment is not None
    assert moment.isoformat() == "2026-11-16T04:30:00+00:00"
    assert report(tmp_path, WEEK.plus(-1)).vorige("zaak") is None
    assert this.vorige("team") is None


def test_what_lay_after_the_export_is_not_known_then(tmp_path: Path) -> None:
    deliver(tmp_path, WEEK.plus(-1), "Z-1;01-11-2026;20-11-2026", exported="20261116-0530")
    deliver(tmp_path, WEEK, *LINES, exported="20261123-0530")
    before = report(tmp_path, WEEK).vorige("zaak")
    assert before is not None
    assert before["einddatum"].isna().all()


def test_the_same_files_are_one_delivery(tmp_path: Path) -> None:
    for week in (WEEK.plus(-1), WEEK):
        deliver(tmp_path, week, *LINES, exported="20261123-0530")
    this = report(tmp_path, WEEK)
    assert this.vorige("zaak") is None
    assert this.vorig_moment("zaak") is None


def test_newest_first_and_no_more_than_asked(tmp_path: Path) -> None:
    for back in (3, 2, 1, 0):
        deliver(tmp_path, WEEK.plus(-back), f"Z-{back};01-10-2026;", exported=f"202611{23 - 7 * back:02}-0530")
    this = report(tmp_path, WEEK)
    assert list(this.eerdere("zaak", weken=2)) == [WEEK.plus(-1), WEEK.plus(-2)]
    assert list(this.eerdere("zaak", weken=99)) == [WEEK.plus(-1), WEEK.plus(-2), WEEK.plus(-3)]


def test_a_damaged_earlier_week_is_told_and_stops_nothing(tmp_path: Path) -> None:
    deliver(tmp_path, WEEK.plus(-2), "Z-1;01-11-2026;", exported="20261109-0530")
    deliver(tmp_path, WEEK.plus(-1), "Z-1;01-11-2026;", "Z-3;01-11-2026;", exported="20261116-0530")
    description = tmp_path / "data" / "snapshots" / str(WEEK.plus(-1)) / "snapshot.json"
    parquet = tmp_path / "data" / "snapshots" / str(WEEK.plus(-2)) / "zaak.parquet"
    for path in (description, parquet):
        path.chmod(0o644)
        path.write_bytes(b"broken")
    deliver(tmp_path, WEEK, *LINES, exported="20261123-0530")

    this = report(tmp_path, WEEK)
    assert this.run.earlier_notices == [
        f"momentopname {WEEK.plus(-1)} is beschadigd en telt niet mee in de vergelijking met eerder"
    ]
    assert this.vorige("zaak") is None
    assert this.damaged_weeks == {WEEK.plus(-2)}


def test_an_earlier_week_that_was_read_again_later_counts_as_it_was_first(tmp_path: Path) -> None:
    deliver(tmp_path, WEEK.plus(-1), "Z-1;01-11-2026;", exported="20261116-0530")
    deliver(tmp_path, WEEK.plus(-1), "Z-1;01-11-2026;", "Z-5;01-11-2026;", exported="20261126-0530")
    deliver(tmp_path, WEEK, *LINES, exported="20261123-0530")
    before = report(tmp_path, WEEK).vorige("zaak")
    assert before is not None
    assert before["zaak_id"].tolist() == ["Z-1"]


def test_a_snapshot_of_a_day_in_the_week_is_not_that_of_the_week(tmp_path: Path) -> None:
    deliver(tmp_path, WEEK, "Z-1;01-11-2026;", exported="20261118-0530")
    space = load_workspace(tmp_path)
    assert whole_snapshot(space, WEEK) is None
    deliver(tmp_path, WEEK, *LINES, exported="20261123-0530")
    found = whole_snapshot(space, WEEK)
    assert found is not None
    assert found.version == "r2"


def test_the_run_id_rests_on_what_is_compared_with(tmp_path: Path) -> None:
    deliver(tmp_path, WEEK, *LINES, exported="20261123-0530")
    alone = report(tmp_path, WEEK).run.run_id
    deliver(tmp_path, WEEK.plus(-1), "Z-1;01-11-2026;", exported="20261116-0530")
    deliver(tmp_path, WEEK, *LINES, exported="20261123-0530")
    assert report(tmp_path, WEEK).run.run_id != alone


@pytest.mark.parametrize("count", [0, 3])
def test_every_week_with_a_snapshot_counts_up_to_half_a_year(tmp_path: Path, count: int) -> None:
    for back in range(count, 0, -1):
        deliver(tmp_path, WEEK.plus(-back), f"Z-{back};01-10-2026;", exported=f"202611{23 - 7 * back:02}-0530")
    write_workspace(tmp_path, csv_bytes(*LINES, header=HEADER), TOML, "zaken_20261123-0530.csv")
    found, notices = earlier_snapshots(load_workspace(tmp_path), WEEK)
    assert [each.week for each in found] == [WEEK.plus(-back) for back in range(1, count + 1)]
    assert notices == []
    assert count <= EARLIER_WEEKS

"""How many rows a delivery is measured by: the largest of the latest weeks, and no damaged snapshot stops anything."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from weekrapport.settings import Workspace, load_workspace
from weekrapport.sources.inbox import read_inbox
from weekrapport.sources.snapshot_store import store_snapshot
from weekrapport.sources.yardstick import yardstick_rows
from weekrapport.week import Week

WEEK = Week(2026, 2)
TOML = """
[[source]]
name = "teams"
table = "team"
files = "teams.csv"
[source.columns]
team_id = "id"
naam = "naam"
"""


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    (tmp_path / "data/inbox").mkdir(parents=True)
    (tmp_path / "weekrapport.toml").write_text(TOML)
    return load_workspace(tmp_path)


def run(space: Workspace, week: Week, rows: int) -> Path:
    content = "id;naam\n" + "".join(f"{number};Team {number}\n" for number in range(rows))
    (space.inbox / "teams.csv").write_text(content)
    return store_snapshot(space, week, read_inbox(space)).path


def damage(folder: Path, content: str) -> None:
    path = folder / "snapshot.json"
    path.chmod(0o644)
    path.write_text(content)


def test_without_snapshots_there_is_no_measure(space: Workspace) -> None:
    assert yardstick_rows(space, WEEK, "team") == (None, [])
    run(space, WEEK, 5)
    run(space, WEEK.plus(1), 9)
    assert yardstick_rows(space, WEEK, "team") == (None, [])  # only earlier weeks count
    assert yardstick_rows(space, WEEK.plus(1), "zaak") == (None, [])


def test_a_truncated_export_that_was_stopped_is_not_the_measure_of_the_next_week(space: Workspace) -> None:
    run(space, WEEK.plus(-2), 100)
    run(space, WEEK.plus(-1), 10)  # stopped by the gate, but kept
    assert yardstick_rows(space, WEEK.plus(-1), "team") == (100, [])
    assert yardstick_rows(space, WEEK, "team") == (100, [])


def test_every_version_of_a_week_counts(space: Workspace) -> None:
    run(space, WEEK.plus(-1), 10)
    assert run(space, WEEK.plus(-1), 100).name == "r2"
    assert run(space, WEEK.plus(-1), 20).name == "r3"
    assert yardstick_rows(space, WEEK, "team") == (100, [])


def test_only_the_latest_weeks_that_have_the_table_count(space: Workspace) -> None:
    for back, rows in ((1, 4), (2, 3), (9, 6), (30, 5), (60, 1000)):  # over the turn of two years, with gaps
        run(space, WEEK.plus(-back), rows)
    assert yardstick_rows(space, WEEK, "team") == (6, [])
    assert yardstick_rows(space, WEEK, "team", weeks=5) == (1000, [])
    assert yardstick_rows(space, WEEK, "team", weeks=1) == (4, [])


def test_a_week_without_the_table_does_not_use_up_a_place(space: Workspace) -> None:
    run(space, WEEK.plus(-3), 50)
    (space.inbox / "teams.csv").unlink()
    store_snapshot(space, WEEK.plus(-2), read_inbox(space))  # its source could not be read
    run(space, WEEK.plus(-1), 0)
    assert yardstick_rows(space, WEEK, "team", weeks=1) == (0, [])
    assert yardstick_rows(space, WEEK, "team", weeks=2) == (50, [])


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "null", "{}", '{"schema_version": 99}', "\udce9", "delivered", "rows", "week", "count", "truth"],
)
def test_a_damaged_snapshot_is_passed_over_and_told(space: Workspace, content: str) -> None:
    run(space, WEEK.plus(-2), 7)
    folder = run(space, WEEK.plus(-1), 100)
    given = json.loads((folder / "snapshot.json").read_text())
    wrong = {"delivered": [], "rows": [1], "week": "gisteren", "count": {"team": "100"}, "truth": {"team": True}}
    if content in wrong:
        content = json.dumps(given | {"rows" if content in ("count", "truth") else content: wrong[content]})
    if content.startswith("\udce9"):
        damage(folder, "")
        (folder / "snapshot.json").write_bytes(b"\xe9")
    else:
        damage(folder, content)
    rows, notices = yardstick_rows(space, WEEK, "team")
    assert rows == 7
    assert len(notices) == 1
    assert "2026-W01 r1" in notices[0]
    assert "beschadigd" in notices[0]


def test_one_damaged_version_leaves_the_others_of_its_week(space: Workspace) -> None:
    run(space, WEEK.plus(-1), 10)
    damage(run(space, WEEK.plus(-1), 100), "{")
    rows, notices = yardstick_rows(space, WEEK, "team")
    assert rows == 10
    assert [notice for notice in notices if "2026-W01 r2" in notice] == notices != []


def test_a_description_that_is_gone_is_told_and_an_empty_folder_is_nothing(space: Workspace) -> None:
    (run(space, WEEK.plus(-2), 10) / "snapshot.json").unlink()
    (space.snapshots / str(WEEK.plus(-1))).mkdir()
    (space.snapshots / "rommel").mkdir()
    rows, notices = yardstick_rows(space, WEEK, "team")
    assert rows is None
    assert len(notices) == 1
    assert str(WEEK.plus(-2)) in notices[0]

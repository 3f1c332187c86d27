"""Snapshots: stored once, the same bytes every time, checked before use."""

from __future__ import annotations

import json
import os
import stat
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pytest

from weekrapport.errors import ConfigurationError, SourceError
from weekrapport.settings import Workspace, load_workspace
from weekrapport.sources.fingerprint import fingerprint, hash_inputs
from weekrapport.sources.inbox import read_inbox
from weekrapport.sources.snapshot import (
    Snapshot,
    find_snapshot,
    latest_snapshot,
    list_snapshots,
    load_table,
    previous_snapshot,
)
from weekrapport.sources.snapshot_store import store_snapshot
from weekrapport.week import Week

WEEK = Week(2026, 47)
TOML = """
[[source]]
name = "zaken"
table = "zaak"
files = "zaken*.csv"
decimaal = ","
[source.columns]
zaak_id = "nr"
startdatum = "start"
einddatum = "eind"
gesloten_op = "dicht"
resturen = "uren"
opgeschort_nu = "pauze"
belang = "belang"
[[source]]
name = "teams"
table = "team"
files = "teams.csv"
[source.columns]
team_id = "id"
naam = "naam"
"""
CSV = "nr;start;eind;dicht;uren;pauze\nZ1;1-11-2026;;;1,5;Ja\nZ2;1-11-2026;3-11-2026;2026-11-03T10:00:00Z;;\nZ3;x;;;;\n"


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    (tmp_path / "data" / "inbox").mkdir(parents=True)
    (tmp_path / "weekrapport.toml").write_text(TOML)
    put(tmp_path, CSV)
    return load_workspace(tmp_path)


def put(root: Path, content: str) -> None:
    (root / "data" / "inbox" / "zaken-20261123-0530.csv").write_text(content)


def store(space: Workspace, week: Week = WEEK) -> Snapshot:
    return store_snapshot(space, week, read_inbox(space))


def current(space: Workspace) -> str:
    return fingerprint(space.settings, hash_inputs(space))


def files_of(snapshot: Snapshot) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in snapshot.path.iterdir() if path.is_file()}


def test_a_stored_table_comes_back_as_it_was(space: Workspace) -> None:
    read = read_inbox(space)
    snapshot = store_snapshot(space, WEEK, read)
    for _ in range(2):  # the second time without checking the hash again
        pd.testing.assert_frame_equal(load_table(snapshot, "zaak"), read.tables["zaak"])
        pd.testing.assert_frame_equal(load_table(snapshot, "quarantine"), read.quarantine)
    part = load_table(snapshot, "zaak", ["einddatum", "zaak_id"])
    pd.testing.assert_frame_equal(part, read.tables["zaak"][["einddatum", "zaak_id"]])


def test_everything_told_about_the_reading_comes_back(space: Workspace) -> None:
    read = read_inbox(space)
    snapshot = store_snapshot(space, WEEK, read)
    assert (snapshot.week, snapshot.version) == (WEEK, "r1")
    assert snapshot.path == space.snapshots / "2026-W47"
    assert (snapshot.inputs, snapshot.notices) == (read.inputs, read.notices)
    assert (snapshot.delivered, snapshot.missing) == (read.delivered, read.missing)
    assert (snapshot.rows_read, snapshot.rows_quarantined) == (read.rows_read, read.rows_quarantined)
    assert snapshot.exported_at == read.exported_at
    assert {name: str(error) for name, error in snapshot.errors.items()} == {"teams": str(read.errors["teams"])}
    assert set(snapshot.unreadable_tables()) == {"team"}
    assert snapshot.rows == {"zaak": 2, "quarantine": 1}
    assert snapshot.missing["zaak"] == {"belang": "header 'belang' in zaken-20261123-0530.csv"}


def test_the_same_inputs_reuse_the_snapshot_and_write_nothing(space: Workspace) -> None:
    first = store(space)
    before = files_of(first)
    assert find_snapshot(space, WEEK, current(space)) == first
    assert store(space) == first
    assert files_of(first) == before
    assert [path.name for path in space.snapshots.iterdir()] == ["2026-W47"]


def test_other_inputs_make_the_next_version_and_leave_the_first(space: Workspace) -> None:
    first = store(space)
    before = files_of(first)
    for number in (2, 3):
        put(space.root, CSV + f"Z{number}9;1-11-2026;;;;\n")
        assert find_snapshot(space, WEEK, current(space)) is None
        version = store(space)
        assert (version.version, version.path) == (f"r{number}", first.path / f"r{number}")
    assert files_of(first) == before
    assert [snapshot.version for snapshot in list_snapshots(space, WEEK)] == ["r1", "r2", "r3"]
    assert latest_snapshot(space, WEEK) == version
    put(space.root, CSV)
    assert find_snapshot(space, WEEK, current(space)) == first


def test_the_tenth_version_comes_after_the_ninth(space: Workspace) -> None:
    for number in range(1, 11):
        put(space.root, CSV + f"Y{number};1-11-2026;;;;\n")
        store(space)
    latest = latest_snapshot(space, WEEK)
    assert latest is not None
    assert latest.version == "r10"


def test_the_same_inputs_give_the_same_bytes_elsewhere(space: Workspace, tmp_path: Path) -> None:
    other = tmp_path / "elders"
    (other / "data" / "inbox").mkdir(parents=True)
    (other / "weekrapport.toml").write_text(TOML)
    put(other, CSV)
    first, second = files_of(store(space)), files_of(store(load_workspace(other)))
    description = json.loads(first.pop("snapshot.json")), json.loads(second.pop("snapshot.json"))
    assert first == second
    assert description[0]["tables"] == description[1]["tables"]
    assert description[0]["fingerprint"] == description[1]["fingerprint"]


def test_a_changed_mapping_changes_the_fingerprint_and_a_name_does_not(space: Workspace) -> None:
    before = current(space)
    toml = space.root / "weekrapport.toml"
    toml.write_text(TOML.replace('decimaal = ","', 'decimaal = "."'))
    assert current(load_workspace(space.root)) != before
    toml.write_text('[organisation]\nname = "Elders"\n' + TOML)
    assert current(load_workspace(space.root)) == before
    assert fingerprint(space.settings, reversed(hash_inputs(space))) == before


def test_files_are_read_only(space: Workspace) -> None:
    snapshot = store(space)
    for path in snapshot.path.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o444
    assert (snapshot.path / "weekrapport.toml").read_text() == TOML


def test_a_changed_file_is_refused_before_and_after_it_was_read(space: Workspace) -> None:
    snapshot = store(space)
    path = snapshot.path / "zaak.parquet"
    load_table(snapshot, "zaak")
    good = path.read_bytes()
    path.chmod(0o644)
    path.write_bytes(good[:-9] + b"x" + good[-8:])
    os.utime(path, ns=(1, 1))
    with pytest.raises(SourceError, match=r"zaak\.parquet.*was changed"):
        load_table(snapshot, "zaak")
    path.unlink()
    with pytest.raises(SourceError, match="misses this file"):
        load_table(snapshot, "zaak")


def test_a_table_that_is_not_there_says_why(space: Workspace) -> None:
    snapshot = store(space)
    with pytest.raises(SourceError, match=r"no file in .* matches 'teams\.csv'"):
        load_table(snapshot, "team")
    with pytest.raises(ConfigurationError, match="no table 'klant'"):
        load_table(snapshot, "klant")
    with pytest.raises(SourceError, match="no column 'belang': there is no header 'belang'"):
        load_table(snapshot, "zaak", ["zaak_id", "belang"])


def test_the_previous_snapshot_is_the_last_version_of_the_newest_earlier_week(space: Workspace) -> None:
    assert previous_snapshot(space, WEEK) is None
    store(space, Week(2025, 52))
    store(space, WEEK.plus(-2))
    put(space.root, CSV + "Z9;1-11-2026;;;;\n")
    newest = store(space, WEEK.plus(-2))
    store(space, WEEK)
    (space.snapshots / "rommel").mkdir()
    (space.snapshots / "2026-W46").mkdir()
    assert previous_snapshot(space, WEEK) == newest
    assert newest.version == "r2"
    assert previous_snapshot(space, Week(2025, 52)) is None
    assert latest_snapshot(space, WEEK.plus(-1)) is None


def test_an_empty_folder_is_taken_and_another_folder_is_left_alone(space: Workspace) -> None:
    folder = space.snapshots / str(WEEK)
    folder.mkdir(parents=True)
    (folder / "iets.txt").write_text("van iemand")
    with pytest.raises(SourceError, match="not a snapshot"):
        store(space)
    assert [path.name for path in space.snapshots.iterdir()] == ["2026-W47"]
    (folder / "iets.txt").unlink()
    assert store(space).path == folder


@pytest.mark.parametrize("content", ["{", "{}", '{"schema_version": 99}'])
def test_a_broken_description_is_an_error(space: Workspace, content: str) -> None:
    path = store(space).path / "snapshot.json"
    path.chmod(0o644)
    path.write_text(content)
    with pytest.raises(SourceError, match=r"snapshot\.json"):
        latest_snapshot(space, WEEK)


def test_a_source_that_cannot_be_read_is_part_of_the_fingerprint(space: Workspace) -> None:
    teams = space.inbox / "teams.csv"
    marks = [current(space)]
    for content in ("", "id;naam\n1;a;b", "id;naam\n1;a\n"):
        teams.write_text(content)
        snapshot = store(space)
        marks.append(snapshot.fingerprint)
        assert find_snapshot(space, WEEK, current(space)) == snapshot
    assert len(set(marks)) == 4
    assert load_table(snapshot, "team")["naam"].tolist() == ["a"]
    assert snapshot.errors == {}


def test_several_writers_at_once_make_one_snapshot(space: Workspace) -> None:
    read = read_inbox(space)
    with ThreadPoolExecutor(4) as pool:
        stored = list(pool.map(lambda _: store_snapshot(space, WEEK, read), range(8)))
    assert {snapshot.version for snapshot in stored} == {"r1"}
    assert [path.name for path in space.snapshots.iterdir()] == ["2026-W47"]


def test_a_partial_reading_is_not_stored(space: Workspace) -> None:
    with pytest.raises(ValueError, match="every table"):
        store_snapshot(space, WEEK, read_inbox(space, {"zaak"}))


def test_reuse_is_quick(space: Workspace) -> None:
    store(space)
    start = time.process_time()
    assert find_snapshot(space, WEEK, current(space)) is not None
    assert time.process_time() - start < 0.2

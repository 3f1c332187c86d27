"""The same input gives the same bytes, whoever runs it and wherever; other input gives another version."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import EXPORT, LINES, csv_bytes, run_record, weekrapport, write_workspace
from weekrapport.demo.workspace import write_demo

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

COMMAND = Path(sys.executable).with_name("weekrapport")


def made(workspace: Path) -> dict[str, str]:
    """Return the hash of every file that a rerun must reproduce: PDF, facts, tables and evidence."""
    output = workspace / "output" / "2026-W47"
    files = [path for path in output.rglob("*") if path.suffix in (".pdf", ".csv") or path.name == "facts.json"]
    files += (output / "gate").glob("*.json")
    return {
        path.relative_to(output).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if path.parent.name != "vervallen"
    }


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    workspace = tmp_path_factory.mktemp("een")
    write_demo(workspace, factor=0.1)
    ran = weekrapport("run", "--direct", "--workspace", workspace)
    assert ran.code == 0, ran
    return workspace


def test_a_second_run_in_another_process_time_zone_language_and_hash_seed(first):
    before, run_id = made(first), run_record(first)["run_id"]
    assert sum(name.endswith(".pdf") for name in before) == 4
    assert sum(name.endswith(".csv") for name in before) >= 4
    environment = {**os.environ, "TZ": "Pacific/Auckland", "PYTHONHASHSEED": "4711", "LC_ALL": "C", "COLUMNS": "40"}
    done = subprocess.run(
        [COMMAND, "run", "--direct", "--workspace", "."],
        cwd=first,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    record = run_record(first)
    assert (record["run_id"], record["snapshot"]) == (run_id, "r1")
    assert made(first) == before


def test_the_same_workspace_in_another_folder(first, tmp_path):
    """Nothing of the path of the machine may be in what the MT gets."""
    elsewhere = tmp_path / "ergens anders"
    shutil.copytree(first, elsewhere, ignore=shutil.ignore_patterns("output", "snapshots"))
    ran = weekrapport("run", "--direct", "--workspace", elsewhere)
    assert ran.code == 0, ran
    assert run_record(elsewhere)["run_id"] == run_record(first)["run_id"]
    assert made(elsewhere) == made(first)


def test_versions_follow_the_input(tmp_path):
    workspace = write_workspace(tmp_path)
    export = workspace / "data" / "inbox" / EXPORT

    def version() -> tuple[str, str]:
        assert weekrapport("run", "--direct", "--workspace", workspace).code == 0
        record = run_record(workspace)
        return record["snapshot"], record["run_id"]

    one = version()
    assert one[0] == "r1"
    export.write_bytes(csv_bytes(*LINES, "Z-004;17-11-2026;;Beheer"))
    two = version()
    assert two[0] == "r2"
    assert two[1] != one[1]
    export.write_bytes(csv_bytes(*LINES))
    assert version() == one  # the same input as the first time
    snapshots = workspace / "data" / "snapshots" / "2026-W47"
    assert sorted(path.name for path in snapshots.iterdir() if path.is_dir()) == ["r2"]


def test_the_moment_of_running_and_of_the_file_do_not_matter(tmp_path):
    workspace = write_workspace(tmp_path)
    assert weekrapport("check", "--workspace", workspace).code == 0
    os.utime(workspace / "data" / "inbox" / EXPORT, (0, 0))
    assert weekrapport("check", "--workspace", workspace).code == 0
    assert not (workspace / "data" / "snapshots" / "2026-W47" / "r2").exists()


def test_a_commentary_changes_the_run_id_and_not_the_figures(tmp_path):
    workspace = write_workspace(tmp_path)
    assert weekrapport("run", "--direct", "--workspace", workspace).code == 0
    before, run_id = made(workspace), run_record(workspace)["run_id"]
    folder = workspace / "data" / "commentaar" / "2026-W47"
    folder.mkdir(parents=True)
    (folder / "case_overview.md").write_text("# Zorgen\n\nGeen; {{K01}} zaken af.\n", "utf-8")
    assert weekrapport("run", "--direct", "--workspace", workspace).code == 0
    after = made(workspace)
    assert run_record(workspace)["run_id"] != run_id
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"case_overview/2026-W47-zaakoverzicht-concept.pdf"}

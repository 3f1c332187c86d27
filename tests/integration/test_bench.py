"""`make bench` on a tiny demonstration: every run and part is there, with a ratio to the floor where there is one."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from benchmarks.part import PARTS
from weekrapport.reporting.manifest import project_root


@pytest.mark.slow
def test_every_part_is_measured_and_kept(tmp_path):
    kept = tmp_path / "bench.json"
    arguments = ["--factors", "0.05", "--reports", "case_overview", "--only-direct", "--repeat", "1", "--result", kept]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", *arguments],
        cwd=project_root(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    content = json.loads(kept.read_text("utf-8"))
    assert {"measured_at", "commit", "machine", "versions"} < set(content)
    (measured,) = content["runs"]
    assert measured["factor"] == 0.05
    assert measured["cases"] > 100
    assert measured["rows_read"] > measured["cases"]
    rows = {row["name"]: row for row in measured["rows"]}
    assert {name.split()[0] for name, row in rows.items() if row["kind"] == "part"} == {*PARTS, "parts", "termijnen,"}
    has_ratio = {name for name, row in rows.items() if row["ratio_to_floor"]}
    assert has_ratio == {
        "floor: plain Python, one process",
        "run --direct",
        "case_overview again, direct",
        "reading",
        "notebook case_overview",
        "pdf case_overview",
    }
    assert rows["floor: plain Python, one process"]["ratio_to_floor"] == 1
    for name, row in rows.items():
        assert row["wall_seconds"] > 0, name
        assert 100 < row["peak_mb"] < 1024, name
        assert row["ratio_to_floor"] is None or row["ratio_to_floor"] > 0
        assert name in done.stdout
    assert str(kept) in done.stdout.replace("\n", "")

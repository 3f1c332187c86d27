"""A key that Excel made a number of: read, kept in the snapshot, found by the real gate, and never released."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest

from tests.builders import HEADER, LINES, TOML, csv_bytes, weekrapport, write_workspace
from weekrapport.settings import load_workspace
from weekrapport.sources.inbox import read_inbox
from weekrapport.sources.snapshot import latest_snapshot
from weekrapport.sources.snapshot_store import store_snapshot
from weekrapport.week import Week

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

WEEK = Week(2026, 47)
DAMAGED = "2,02611E+12;16-11-2026;;Servicedesk"


def workbook(*lines: str, number: int) -> bytes:
    """Return the lines as a workbook in which the first key is a real number."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADER.split(";"))
    for line in lines:
        sheet.append(line.split(";"))
    sheet["A2"] = number
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("ending", "content", "row"),
    [
        ("csv", csv_bytes(*LINES, DAMAGED), 5),
        ("xlsx", workbook(*LINES, DAMAGED, number=17), 5),
        ("xlsx", workbook(*LINES, number=1234567890123456789), 2),
    ],
)
def test_a_damaged_key_is_critical_and_named(tmp_path: Path, ending: str, content: bytes, row: int) -> None:
    name = f"zaken_20261123-0530.{ending}"
    write_workspace(tmp_path, content, TOML.replace("zaken*.csv", "zaken*"), name)
    ran = weekrapport("check", "--workspace", tmp_path)
    assert ran.code == 0
    assert "critical: GX-ALG-09 zaak: Geen enkele sleutel heeft in Excel cijfers verloren. 1 of " in ran.out
    assert f"rij {row} kolom Zaaknummer in " in ran.out
    snapshot = latest_snapshot(load_workspace(tmp_path), WEEK)
    assert snapshot is not None
    assert snapshot.damaged == {"zaak": (f"rij {row} kolom Zaaknummer in {name}",)}
    assert snapshot.rows["zaak"] == max(row - 1, 3)
    assert any("sleutel door Excel veranderd" in notice.text for notice in snapshot.notices)


def test_numbers_that_are_exact_break_no_rule(tmp_path: Path) -> None:
    content = workbook(*LINES, number=17)
    write_workspace(tmp_path, content, TOML.replace("zaken*.csv", "zaken*"), "zaken_20261123-0530.xlsx")
    ran = weekrapport("check", "--workspace", tmp_path)
    assert (ran.code, "GX-ALG-09" in ran.out) == (0, False)


def test_a_snapshot_from_before_damage_was_looked_for_is_still_read(tmp_path: Path) -> None:
    space = load_workspace(write_workspace(tmp_path))
    made = store_snapshot(space, WEEK, read_inbox(space))
    path = made.path / "snapshot.json"
    given = json.loads(path.read_text("utf-8"))
    assert given.pop("damaged") == {}
    path.chmod(0o644)
    path.write_text(json.dumps(given), "utf-8")
    again = latest_snapshot(space, WEEK)
    assert again == made

"""One real event log as CSV, XES and parquet gives the same tables; another as XES is read whole."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from tests.builders import weekrapport
from weekrapport.settings import load_workspace
from weekrapport.sources.inbox import InboxRead, read_inbox

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

REPOSITORY = Path(__file__).resolve().parents[2]
REAL = REPOSITORY.parent / "shared" / "real"
MAPPING = Path(__file__).parent / "wabo" / "weekrapport.toml"
SHAPES = ("receipt.csv", "receipt.xes.gz", "receipt.parquet")
PLACE = ["bron", "bron_rij"]
VINST = """
[[source]]
name = "problems"
table = "zaak"
files = "*.xes.gz"
shape = "event_log"
[source.columns]
zaak_id = "case:concept:name"
zaaktype_id = "product"
behandelaar_id = "org:resource"
[source.events]
activity = "concept:name"
timestamp = "time:timestamp"
resource = "org:resource"
case_columns = "last"
"""


def read(root: Path, export: Path, toml: str) -> InboxRead:
    if not export.is_file():
        pytest.skip(f"the public event log is not at {export}")
    (root / "data" / "inbox").mkdir(parents=True)
    (root / "weekrapport.toml").write_text(toml)
    shutil.copy(export, root / "data" / "inbox")
    return read_inbox(load_workspace(root))


@pytest.fixture(scope="module")
def reads(tmp_path_factory: pytest.TempPathFactory) -> dict[str, InboxRead]:
    return {
        name: read(
            tmp_path_factory.mktemp("wabo"),
            REAL / "wabo-receipt" / name,
            MAPPING.read_text("utf-8").replace("receipt.csv", name),
        )
        for name in SHAPES
    }


@pytest.mark.parametrize("name", SHAPES)
def test_every_shape_is_read_without_a_row_in_the_quarantine(reads: dict[str, InboxRead], name: str) -> None:
    done = reads[name]
    assert done.errors == {}
    assert (done.rows_read, done.rows_quarantined) == ({"wabo": 8577}, {"wabo": 0})
    assert (done.missing, done.damaged) == ({}, {})
    assert {table: len(frame) for table, frame in done.tables.items()} == {"zaak": 1434, "zaak_status": 8577}


@pytest.mark.parametrize("name", SHAPES[1:])
@pytest.mark.parametrize("table", ["zaak", "zaak_status"])
def test_the_tables_are_the_same_except_for_where_they_come_from(
    reads: dict[str, InboxRead], name: str, table: str
) -> None:
    expected, found = (reads[each].tables[table].drop(columns=PLACE) for each in (SHAPES[0], name))
    pd.testing.assert_frame_equal(found, expected)
    assert reads[name].delivered == reads[SHAPES[0]].delivered
    assert set(reads[name].tables[table]["bron"]) == {name}


def test_places_are_numbers_of_events_and_rows(reads: dict[str, InboxRead]) -> None:
    for name in SHAPES[1:]:
        assert reads[name].tables["zaak_status"]["bron_rij"].tolist() == list(range(1, 8578))


def test_a_log_of_it_problems_is_read(tmp_path: Path) -> None:
    done = read(tmp_path, REAL / "bpic13-volvo-vinst" / "bpic2013_closed_problems.xes.gz", VINST)
    assert done.errors == {}
    assert done.rows_quarantined == {"problems": 0}
    assert (len(done.tables["zaak"]), len(done.tables["zaak_status"])) == (1487, 6660)
    assert done.tables["zaak"]["zaaktype_id"].notna().all()


@pytest.mark.slow
def test_the_facts_of_a_week_are_the_same_in_every_shape(tmp_path: Path) -> None:
    found: dict[str, tuple[str, dict[str, bytes]]] = {}
    for name in SHAPES:
        root = tmp_path / name
        read(root, REAL / "wabo-receipt" / name, MAPPING.read_text("utf-8").replace("receipt.csv", name))
        ran = weekrapport("run", "--direct", "--workspace", root, "--report", "case_overview", "--week", "2011-W52")
        assert ran.code == 0, ran
        folder = root / "output" / "2011-W52" / "case_overview"
        paths = [path for path in (folder / "tables").glob("*.csv") if path.name != "bronnen.csv"]  # names the file
        tables = {path.name: path.read_bytes() for path in paths}
        found[name] = (folder / "facts.json").read_text("utf-8"), tables
    expected = found[SHAPES[0]]
    assert '"K01"' in expected[0]
    assert expected[1]
    assert {name: same == expected for name, same in found.items()} == dict.fromkeys(SHAPES, True)

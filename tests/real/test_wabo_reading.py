"""A real event log of a Dutch municipality (CoSeLoG receipt phase, 4TU), read with the mapping in `wabo/`."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from weekrapport.settings import Workspace, load_workspace
from weekrapport.sources.fingerprint import fingerprint, hash_inputs
from weekrapport.sources.inbox import InboxRead, read_inbox
from weekrapport.sources.snapshot import find_snapshot, load_table
from weekrapport.sources.snapshot_store import store_snapshot
from weekrapport.week import Week

REPOSITORY = Path(__file__).resolve().parents[2]
RECEIPT = REPOSITORY.parent / "shared" / "real" / "wabo-receipt" / "receipt.csv"
MAPPING = Path(__file__).parent / "wabo" / "weekrapport.toml"


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    if not RECEIPT.is_file():
        pytest.skip(f"the public event log is not at {RECEIPT}")
    root = tmp_path_factory.mktemp("wabo")
    (root / "data" / "inbox").mkdir(parents=True)
    shutil.copy(MAPPING, root)
    shutil.copy(RECEIPT, root / "data" / "inbox")
    return load_workspace(root)


@pytest.fixture(scope="module")
def read(space: Workspace) -> InboxRead:
    return read_inbox(space)


def test_every_event_and_every_case_is_read(read: InboxRead) -> None:
    zaak, status = read.tables["zaak"], read.tables["zaak_status"]
    assert (len(zaak), len(status)) == (1434, 8577)
    assert zaak["zaak_id"].is_unique
    assert set(status["zaak_id"]) == set(zaak["zaak_id"])
    assert (read.rows_read, read.rows_quarantined, len(read.quarantine)) == ({"wabo": 8577}, {"wabo": 0}, 0)
    assert read.errors == {}
    assert read.missing == {}


def test_closed_and_late_by_local_calendar_day(read: InboxRead) -> None:
    zaak = read.tables["zaak"]
    assert zaak["einddatum"].notna().sum() == 1329
    assert (zaak["einddatum"] > zaak["uiterlijke_einddatum"]).sum() == 309
    assert (zaak["einddatum"] > zaak["einddatum_gepland"]).sum() == 322
    local = zaak["gesloten_op"].dt.tz_convert("Europe/Amsterdam").dt.tz_localize(None).dt.normalize()
    assert (local.dropna() == zaak["einddatum"].dropna()).all()


def test_provenance_is_the_line_of_the_file(read: InboxRead) -> None:
    status = read.tables["zaak_status"]
    assert status["bron_rij"].tolist() == list(range(2, 8579))
    first = status.groupby("zaak_id")["bron_rij"].min()
    zaak = read.tables["zaak"].set_index("zaak_id")
    assert (zaak["bron_rij"] == first.reindex(zaak.index)).all()


def test_moments_agree_with_an_independent_reading(read: InboxRead) -> None:
    raw = pd.read_csv(RECEIPT, dtype="str")
    expected = pd.to_datetime(raw["time:timestamp"], format="ISO8601", utc=True).dt.as_unit("us")
    pd.testing.assert_series_equal(read.tables["zaak_status"]["gezet_op"], expected, check_names=False)


def test_nobody_has_no_case_type_or_customer(read: InboxRead) -> None:
    zaak = read.tables["zaak"]
    assert zaak["zaaktype_id"].isna().all()
    assert zaak["klant_id"].isna().all()
    assert {"zaaktype_id", "klant_id"}.isdisjoint(read.delivered["zaak"])
    assert any(notice.text.startswith("koppen niet gelezen: case:group") for notice in read.notices)


def test_the_literal_empty_is_missing_and_the_last_event_can_speak(space: Workspace, tmp_path: Path) -> None:
    (tmp_path / "weekrapport.toml").write_text(
        MAPPING.read_text()
        .replace('team_id = "case:department"', 'team_id = "org:group"')
        .replace('case_columns = "constant"', 'case_columns = "last"')
        .replace("[organisation]", f'[paths]\ninbox = "{space.inbox}"\n\n[organisation]')
    )
    zaak = read_inbox(load_workspace(tmp_path)).tables["zaak"]
    assert len(zaak) == 1434
    assert "EMPTY" not in set(zaak["team_id"].dropna())
    raw = pd.read_csv(RECEIPT, dtype="str")
    raw["moment"] = pd.to_datetime(raw["time:timestamp"], format="ISO8601", utc=True)
    last = raw.sort_values("moment", kind="stable").groupby("case:concept:name")["org:group"].last()
    assert zaak["team_id"].isna().sum() == (last == "EMPTY").sum() > 0


def test_a_log_whose_attributes_vary_within_a_case_is_caught(space: Workspace, tmp_path: Path) -> None:
    (tmp_path / "weekrapport.toml").write_text(
        MAPPING.read_text()
        .replace('team_id = "case:department"', 'team_id = "org:group"')
        .replace("[organisation]", f'[paths]\ninbox = "{space.inbox}"\n\n[organisation]')
    )
    read = read_inbox(load_workspace(tmp_path))
    assert len(read.tables["zaak"]) == 1434
    assert set(read.quarantine["kolom"]) == {"team_id"}
    assert read.rows_quarantined["wabo"] + len(read.tables["zaak_status"]) == 8577


def test_a_snapshot_of_the_log_is_reused(space: Workspace, read: InboxRead) -> None:
    week = Week(2012, 3)
    snapshot = store_snapshot(space, week, read)
    assert find_snapshot(space, week, fingerprint(space.settings, hash_inputs(space))) == snapshot
    for table in ("zaak", "zaak_status"):
        pd.testing.assert_frame_equal(load_table(snapshot, table), read.tables[table])

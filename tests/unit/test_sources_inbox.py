"""The inbox as a whole: which files, from when, and one bad source among good ones."""

from __future__ import annotations

import hashlib
import os
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from weekrapport.errors import ConfigurationError, SourceError
from weekrapport.settings import Workspace, load_workspace
from weekrapport.sources.fingerprint import hash_inputs
from weekrapport.sources.inbox import read_inbox
from weekrapport.sources.input_file import moment_in_name

ZAKEN = """
[[source]]
name = "zaken"
table = "zaak"
files = "zaken*.csv"
combine = "newest"
[source.columns]
zaak_id = "nr"
startdatum = "start"
einddatum = "eind"
"""
TEAMS = """
[[source]]
name = "teams"
table = "team"
files = "teams*.csv"
[source.columns]
team_id = "id"
naam = "naam"
"""
CSV = "nr;start;eind\nZ1;1-11-2026;\n"
TEAM_CSV = "id;naam\n1;Werkplek\n"


def workspace(folder: Path, toml: str, **files: str | bytes) -> Workspace:
    inbox = folder / "data" / "inbox"
    inbox.mkdir(parents=True)
    (folder / "weekrapport.toml").write_text(toml)
    for name, content in files.items():
        path = inbox / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return load_workspace(folder)


def texts(read: object) -> list[str]:
    return [notice.text for notice in read.notices]  # type: ignore[attr-defined]


def test_two_sources_give_two_tables_with_counts_and_hashes(tmp_path: Path) -> None:
    space = workspace(tmp_path, ZAKEN + TEAMS, **{"zaken-20261123-0530.csv": CSV + "Z2;x;\n", "teams.csv": TEAM_CSV})
    read = read_inbox(space)
    assert set(read.tables) == {"zaak", "team"}
    assert (read.rows_read, read.rows_quarantined) == ({"zaken": 2, "teams": 1}, {"zaken": 1, "teams": 0})
    assert read.quarantine[["bron", "bron_rij", "tabel", "kolom", "regel"]].values.tolist() == [
        ["zaken-20261123-0530.csv", 3, "zaak", "startdatum", "Z2;x;"]
    ]
    first = read.inputs[0]
    assert first.sha256 == hashlib.sha256((CSV + "Z2;x;\n").encode()).hexdigest()
    assert (first.source, first.table, first.bytes) == ("zaken", "zaak", len(CSV) + 6)
    assert (first.exported_at, first.how_known) == (datetime(2026, 11, 23, 4, 30, tzinfo=UTC), "bestandsnaam")
    assert read.inputs[1].how_known == "onbekend"
    assert read.exported_at == {"zaak": first.exported_at, "team": None}
    assert read.tables["zaak"]["ingelezen_op"].tolist() == [pd.Timestamp("2026-11-23T04:30Z")]
    assert "exportmoment onbekend" in texts(read)
    assert read.errors == {}
    assert read.complete


@pytest.mark.parametrize(
    ("name", "moment", "with_time"),
    [
        ("zaken-20261123-0530.csv", "2026-11-23T05:30", True),
        ("zaken_20261123_053015.csv", "2026-11-23T05:30:15", True),
        ("zaken 2026-11-23.csv", "2026-11-23T23:59:59", False),
        ("2026-11-23T0530 zaken.csv", "2026-11-23T05:30", True),
        ("zaken20261123.csv.gz", "2026-11-23T23:59:59", False),
        ("zaken-20261116-20261122.csv", "2026-11-22T23:59:59", False),
        ("20261123/zaken.csv", "2026-11-23T23:59:59", False),
        ("zaken.csv", None, False),
        ("zaken-20261399.csv", None, False),
        ("zaken-2026-02-30.csv", None, False),
        ("zaken-2026W47.csv", None, False),
        ("zaken-120261123.csv", None, False),
        ("zaken-2026-1123.csv", None, False),
    ],
)
def test_the_export_moment_in_a_name(name: str, moment: str | None, with_time: bool) -> None:
    expected = None if moment is None else (pd.Timestamp(moment, tz="Europe/Amsterdam").tz_convert("UTC"), with_time)
    assert moment_in_name(name) == expected


def test_newest_goes_by_the_moment_in_the_name_never_by_the_time_stamp(tmp_path: Path) -> None:
    files = {"zaken-20261123-0530.csv": CSV, "zaken-2026-11-22.csv": CSV, "zakenzz.csv": CSV}
    space = workspace(tmp_path, ZAKEN, **files)
    for name in files:
        os.utime(space.inbox / name, (0, 0) if "1123" in name else None)
    read = read_inbox(space)
    assert [item.name for item in read.inputs] == ["zaken-20261123-0530.csv"]
    assert "oudere bestanden niet gelezen: zaken-2026-11-22.csv, zakenzz.csv" in texts(read)
    assert [line[1] for line in hash_inputs(space)] == ["zaken-20261123-0530.csv"]


def test_newest_without_moments_is_the_last_by_name(tmp_path: Path) -> None:
    space = workspace(tmp_path, ZAKEN, **{"zaken-b.csv": CSV, "zaken-a.csv": CSV})
    assert [item.name for item in read_inbox(space).inputs] == ["zaken-b.csv"]


def test_all_files_come_one_after_the_other_in_order_of_name(tmp_path: Path) -> None:
    toml = TEAMS.replace("teams*.csv", "**/teams*.csv")
    space = workspace(
        tmp_path, toml, **{"teams2.csv": "id;naam\n2;b\n", "teams1.csv": TEAM_CSV, "oud/teams0.csv": "id;naam\n0;z\n"}
    )
    frame = read_inbox(space).tables["team"]
    assert frame[["team_id", "bron"]].values.tolist() == [
        ["0", "oud/teams0.csv"],
        ["1", "teams1.csv"],
        ["2", "teams2.csv"],
    ]
    assert frame.index.tolist() == [0, 1, 2]


def test_sources_of_one_table_are_put_together_and_the_oldest_export_counts(tmp_path: Path) -> None:
    other = TEAMS.replace('"teams"', '"meer"').replace("teams*", "meer*") + 'actief = "actief"\n'
    space = workspace(
        tmp_path, TEAMS + other, **{"teams-20261123.csv": TEAM_CSV, "meer-20261120.csv": "id;naam;actief\n2;b;Ja\n"}
    )
    read = read_inbox(space)
    assert read.tables["team"]["team_id"].tolist() == ["1", "2"]
    assert read.tables["team"]["actief"].tolist() == [pd.NA, True]
    assert read.delivered["team"] == ("team_id", "naam", "actief")
    assert read.exported_at["team"] == datetime(2026, 11, 20, 22, 59, 59, tzinfo=UTC)


def test_a_header_that_one_file_lacks_leaves_the_column_out_of_the_table(tmp_path: Path) -> None:
    space = workspace(tmp_path, TEAMS, **{"teams1.csv": TEAM_CSV, "teams2.csv": "id\n2\n"})
    read = read_inbox(space)
    assert "naam" not in read.tables["team"].columns
    assert read.missing == {"team": {"naam": "header 'naam' in teams2.csv"}}
    assert read.delivered["team"] == ("team_id",)
    assert any("ontbreekt" in text for text in texts(read))


@pytest.mark.parametrize("broken", [{}, {"zaken.csv": b""}, {"zaken.csv": CSV + "Z2;1-"}])
def test_a_bad_source_leaves_the_others_alone(tmp_path: Path, broken: dict[str, str | bytes]) -> None:
    space = workspace(tmp_path, ZAKEN + TEAMS, **{"teams.csv": TEAM_CSV}, **broken)
    read = read_inbox(space)
    assert set(read.tables) == {"team"}
    assert set(read.errors) == {"zaken"}
    assert read.unreadable_tables() == {"zaak": read.errors["zaken"]}
    assert isinstance(read.errors["zaken"], SourceError)
    assert hash_inputs(space) == sorted((item.source, item.name, item.sha256) for item in read.inputs)


def test_half_a_table_is_no_table(tmp_path: Path) -> None:
    other = TEAMS.replace('"teams"', '"meer"').replace("teams*", "meer*")
    read = read_inbox(workspace(tmp_path, TEAMS + other, **{"teams.csv": TEAM_CSV}))
    assert read.tables == {}
    assert set(read.unreadable_tables()) == {"team"}


def test_an_inbox_that_does_not_exist_is_told_per_source(tmp_path: Path) -> None:
    space = workspace(tmp_path, ZAKEN + TEAMS)
    space.inbox.rmdir()
    assert "does not exist" in str(read_inbox(space).errors["teams"])


def test_a_link_out_of_the_inbox_is_refused_and_one_inside_is_fine(tmp_path: Path) -> None:
    space = workspace(tmp_path / "w", ZAKEN + TEAMS, **{"elders.csv": TEAM_CSV})
    outside = tmp_path / "geheim.csv"
    outside.write_text(CSV)
    (space.inbox / "zaken.csv").symlink_to(outside)
    (space.inbox / "teams.csv").symlink_to(space.inbox / "elders.csv")
    read = read_inbox(space)
    assert "outside the inbox" in str(read.errors["zaken"])
    assert read.tables["team"]["team_id"].tolist() == ["1"]
    assert [line[0] for line in hash_inputs(space)] == ["teams"]


def test_files_of_no_source_unmapped_headers_and_a_bsn_are_told(tmp_path: Path) -> None:
    space = workspace(
        tmp_path, TEAMS, **{"teams.csv": "id;naam;BSN\n1;a;123456782\n", "zakn.csv": CSV, "~$teams.csv": "x"}
    )
    read = read_inbox(space)
    assert [notice.file for notice in read.notices if "geen enkele bron" in notice.text] == ["zakn.csv"]
    assert "koppen niet gelezen: BSN" in texts(read)
    assert any("kolom met BSN" in text for text in texts(read))
    assert "123456782" not in read.tables["team"].to_csv()


def test_a_mapped_bsn_stops_everything(tmp_path: Path) -> None:
    space = workspace(tmp_path, TEAMS + ZAKEN + 'klant_id = "BSN"\n', **{"teams.csv": TEAM_CSV})
    with pytest.raises(ConfigurationError, match="BSN"):
        read_inbox(space)


@pytest.mark.parametrize(
    ("extra", "name", "moment", "how"),
    [
        ("geexporteerd_op = 2026-11-16T07:00:00", "teams.csv", "2026-11-16T06:00Z", "instelling"),
        ("geexporteerd_op = 2026-11-16T07:00:00Z", "teams.csv", "2026-11-16T07:00Z", "instelling"),
        ("geexporteerd_op = 2026-11-16T07:00:00", "teams-20261123-0530.csv", "2026-11-23T04:30Z", "bestandsnaam"),
        ('geexporteerd_kolom = "Export"', "teams-20261123-0530.csv", "2026-11-23T06:00Z", "kolom"),
    ],
)
def test_where_the_export_moment_comes_from(tmp_path: Path, extra: str, name: str, moment: str, how: str) -> None:
    toml = TEAMS.replace("[source.columns]", extra + "\n[source.columns]")
    content = "id;naam;export\n1;a;23-11-2026 06:00\n2;b;23-11-2026 07:00\n"
    item = read_inbox(workspace(tmp_path, toml, **{name: content})).inputs[0]
    assert (item.exported_at, item.how_known) == (datetime.fromisoformat(moment), how)


@pytest.mark.parametrize(
    ("content", "message"), [("id;naam\n1;a\n", "no column"), ("id;naam;export\n1;a;x\n", "row 2")]
)
def test_an_export_column_must_be_there_and_readable(tmp_path: Path, content: str, message: str) -> None:
    toml = TEAMS.replace("[source.columns]", 'geexporteerd_kolom = "Export"\n[source.columns]')
    assert message in str(read_inbox(workspace(tmp_path, toml, **{"teams.csv": content})).errors["teams"])


def test_only_the_tables_asked_for(tmp_path: Path) -> None:
    space = workspace(tmp_path, ZAKEN + TEAMS, **{"teams.csv": TEAM_CSV})
    read = read_inbox(space, {"team"})
    assert set(read.tables) == {"team"}
    assert read.errors == {}
    assert not read.complete


def test_hashes_of_the_inputs_are_those_of_the_reading(tmp_path: Path) -> None:
    space = workspace(tmp_path, ZAKEN + TEAMS, **{"zaken.csv": CSV, "teams1.csv": TEAM_CSV, "teams2.csv": TEAM_CSV})
    assert hash_inputs(space) == sorted((item.source, item.name, item.sha256) for item in read_inbox(space).inputs)

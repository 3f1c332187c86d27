"""A source that adds columns to the rows of another: by key, never a row, and nothing lost without a word."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from weekrapport.errors import ConfigurationError
from weekrapport.settings import Workspace, load_workspace
from weekrapport.sources.fingerprint import fingerprint, hash_inputs
from weekrapport.sources.inbox import InboxRead, read_inbox

LIST = """
[[source]]
name = "lijst"
table = "zaak"
files = "lijst*.csv"
[source.columns]
zaak_id = "nr"
startdatum = "start"
einddatum = "eind"
"""
LOG = """
[[source]]
name = "log"
table = "zaak"
files = "log*.csv"
shape = "event_log"
completes = "lijst"
[source.columns]
zaak_id = "nr"
team_id = "groep"
[source.events]
activity = "wat"
timestamp = "toen"
case_columns = "last"
"""
TEAMS = """
[[source]]
name = "teams"
table = "zaak"
files = "teams*.csv"
completes = "lijst"
[source.columns]
zaak_id = "nr"
team_id = "groep"
"""
LIST_CSV = "nr;start;eind\nZ1;2-11-2026;5-11-2026\nZ2;3-11-2026;\n"
LOG_CSV = (
    "nr;groep;wat;toen\n"
    "Z1;Beheer;gesloten;5-11-2026 12:00\n"  # the latest event does not stand last
    "Z1;Servicedesk;geopend;2-11-2026 09:00\n"
    "Z2;Servicedesk;geopend;3-11-2026 09:00\n"
)


def workspace(folder: Path, toml: str, **files: str) -> Workspace:
    inbox = folder / "data" / "inbox"
    inbox.mkdir(parents=True)
    (folder / "weekrapport.toml").write_text(toml, "utf-8")
    for name, content in files.items():
        (inbox / name.replace("_", ".")).write_text(content, "utf-8")
    return load_workspace(folder)


def read(folder: Path, toml: str, **files: str) -> InboxRead:
    return read_inbox(workspace(folder, toml, **files))


def told(done: InboxRead) -> list[str]:
    return [notice.text for notice in done.notices if notice.source in ("log", "teams") and "aan" in notice.text]


def test_a_log_fills_the_team_of_listed_cases_and_keeps_its_events(tmp_path: Path) -> None:
    done = read(tmp_path, LIST + LOG, lijst_csv=LIST_CSV, log_csv=LOG_CSV)
    zaak, status = done.tables["zaak"], done.tables["zaak_status"]
    assert zaak[["zaak_id", "team_id", "bron", "bron_rij"]].values.tolist() == [
        ["Z1", "Beheer", "lijst.csv", 2],
        ["Z2", "Servicedesk", "lijst.csv", 3],
    ]
    assert status["statustype_id"].tolist() == ["gesloten", "geopend", "geopend"]
    assert set(status["bron"]) == {"log.csv"}
    assert done.delivered["zaak"] == ("zaak_id", "team_id", "startdatum", "einddatum")
    assert done.rows_read == {"lijst": 2, "log": 3}
    assert told(done) == []
    assert zaak["startdatum"].dtype == "datetime64[s]"
    assert zaak["team_id"].dtype == "str"


def test_the_order_of_the_sources_makes_no_difference(tmp_path: Path) -> None:
    files = {"lijst_csv": LIST_CSV, "log_csv": LOG_CSV}
    first = read(tmp_path / "a", LIST + LOG, **files)
    second = read(tmp_path / "b", LOG + LIST, **files)
    for table in ("zaak", "zaak_status"):
        pd.testing.assert_frame_equal(first.tables[table], second.tables[table])


def test_a_table_completes_with_every_kind_of_column(tmp_path: Path) -> None:
    toml = LIST + TEAMS + 'belang = "belang"\nuiterlijke_einddatum = "uiterlijk"\nopgeschort_nu = "stil"\n'
    done = read(tmp_path, toml, lijst_csv=LIST_CSV, teams_csv="nr;groep;belang;uiterlijk;stil\nZ2;;5;1-12-2026;ja\n")
    zaak = done.tables["zaak"]
    assert zaak["belang"].tolist() == [pd.NA, 5]
    assert zaak["uiterlijke_einddatum"].tolist() == [pd.NaT, pd.Timestamp("2026-12-01")]
    assert zaak["opgeschort_nu"].tolist() == [pd.NA, True]
    assert zaak["team_id"].isna().all()
    assert {str(zaak[column].dtype) for column in ("belang", "opgeschort_nu")} == {"Int64", "boolean"}


def test_keys_that_one_of_the_two_lacks_are_counted_and_told(tmp_path: Path) -> None:
    done = read(tmp_path, LIST + TEAMS, lijst_csv=LIST_CSV, teams_csv="nr;groep\nZ2;A\nZ8;B\nZ9;C\n;D\n")
    assert done.tables["zaak"]["team_id"].fillna("-").tolist() == ["-", "A"]
    assert told(done) == [
        "zonder zaak_id, dus zonder iets aan te vullen: 1 rij(en) (bijvoorbeeld rij 5 van teams.csv)",
        "niet in bron 'lijst': 2 van de 3 sleutels (zaak_id), die dus niets aanvullen "
        "(bijvoorbeeld rij 3 van teams.csv)",
        "niet aangevuld: 1 van de 2 rijen van bron 'lijst', want hun sleutel staat hier niet "
        "(bijvoorbeeld rij 2 van lijst.csv)",
    ]


def test_events_of_an_unknown_case_stay_events(tmp_path: Path) -> None:
    log = LOG_CSV + "Z9;Beheer;geopend;4-11-2026 09:00\n"
    done = read(tmp_path, LIST + LOG, lijst_csv=LIST_CSV, log_csv=log)
    assert done.tables["zaak"]["zaak_id"].tolist() == ["Z1", "Z2"]
    assert done.tables["zaak_status"]["zaak_id"].tolist() == ["Z1", "Z1", "Z2", "Z9"]
    assert len(told(done)) == 1


def test_a_key_that_says_the_same_twice_counts_once(tmp_path: Path) -> None:
    done = read(tmp_path, LIST + TEAMS, lijst_csv=LIST_CSV, teams_csv="nr;groep\nZ1;A\nZ2;B\nZ1;A\n")
    assert done.tables["zaak"]["team_id"].tolist() == ["A", "B"]


def test_a_key_that_says_two_things_is_an_error_of_the_completing_source(tmp_path: Path) -> None:
    done = read(tmp_path, LIST + TEAMS, lijst_csv=LIST_CSV, teams_csv="nr;groep\nZ1;A\nZ2;B\nZ1;C\n")
    assert str(done.errors["teams"]) == (
        "Source 'teams': row 2 of teams.csv and row 4 of teams.csv have the same zaak_id and differ in team_id. Export "
        "one row of each."
    )
    assert set(done.unreadable_tables()) == {"zaak"}
    assert "zaak" not in done.tables


def test_a_double_row_of_the_completed_source_stays_double_for_the_gate(tmp_path: Path) -> None:
    done = read(tmp_path, LIST + TEAMS, lijst_csv=LIST_CSV + "Z1;2-11-2026;\n", teams_csv="nr;groep\nZ1;A\nZ2;B\n")
    assert done.tables["zaak"][["zaak_id", "team_id"]].values.tolist() == [["Z1", "A"], ["Z2", "B"], ["Z1", "A"]]


def test_of_several_logs_the_latest_event_speaks(tmp_path: Path) -> None:
    later = "nr;groep;wat;toen\nZ2;Netwerk;overgedragen;6-11-2026 09:00\nZ1;Oud;geopend;1-11-2026 09:00\n"
    done = read(tmp_path, LIST + LOG, lijst_csv=LIST_CSV, log1_csv=LOG_CSV, log2_csv=later)
    assert done.tables["zaak"]["team_id"].tolist() == ["Beheer", "Netwerk"]
    assert len(done.tables["zaak_status"]) == 5


def test_two_sources_may_complete_one(tmp_path: Path) -> None:
    priorities = TEAMS.replace("teams", "prio").replace('team_id = "groep"', 'prioriteit = "prio"')
    files = {"lijst_csv": LIST_CSV, "log_csv": LOG_CSV, "prio_csv": "nr;prio\nZ1;P2\nZ2;P3\n"}
    done = read(tmp_path, LIST + LOG + priorities, **files)
    assert done.tables["zaak"][["team_id", "prioriteit"]].values.tolist() == [["Beheer", "P2"], ["Servicedesk", "P3"]]


def test_rows_of_a_third_source_stay_as_they_are(tmp_path: Path) -> None:
    third = LIST.replace("lijst", "meer")
    files = {"lijst_csv": LIST_CSV, "meer_csv": LIST_CSV.replace("Z", "Y"), "teams_csv": "nr;groep\nZ1;A\nZ2;B\nY1;C\n"}
    done = read(tmp_path, LIST + third + TEAMS, **files)
    zaak = done.tables["zaak"]
    assert zaak["zaak_id"].tolist() == ["Z1", "Z2", "Y1", "Y2"]
    assert zaak["team_id"].fillna("-").tolist() == ["A", "B", "-", "-"]


def test_the_oldest_export_of_the_two_counts(tmp_path: Path) -> None:
    files = {"lijst-20261123_csv": LIST_CSV, "log-20261120_csv": LOG_CSV}
    assert read(tmp_path, LIST + LOG, **files).exported_at["zaak"] == datetime(2026, 11, 20, 22, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize("lacking", ["lijst.csv", "log.csv"])
def test_without_one_of_the_two_there_is_no_table(tmp_path: Path, lacking: str) -> None:
    space = workspace(tmp_path, LIST + LOG, lijst_csv=LIST_CSV, log_csv=LOG_CSV)
    (space.inbox / lacking).unlink()
    done = read_inbox(space)
    assert "zaak" not in done.tables
    assert "zaak" in done.unreadable_tables()


def test_a_file_without_rows_completes_nothing_and_says_so(tmp_path: Path) -> None:
    done = read(tmp_path / "a", LIST + LOG, lijst_csv=LIST_CSV, log_csv="nr;groep;wat;toen\n")
    assert done.tables["zaak"]["team_id"].isna().tolist() == [True, True]
    assert told(done)[0].startswith("niet aangevuld: 2 van de 2 rijen")
    done = read(tmp_path / "b", LIST + LOG, lijst_csv="nr;start;eind\n", log_csv=LOG_CSV)
    assert len(done.tables["zaak"]) == 0
    assert told(done)[0].startswith("niet in bron 'lijst': 2 van de 2 sleutels")


def test_a_header_that_is_gone_leaves_the_column_out(tmp_path: Path) -> None:
    done = read(tmp_path / "a", LIST + TEAMS, lijst_csv=LIST_CSV, teams_csv="nr;team\nZ1;A\n")
    assert done.missing == {"zaak": {"team_id": "header 'groep' in teams.csv"}}
    assert "team_id" not in done.tables["zaak"]
    for name, files in {
        "b": {"lijst_csv": LIST_CSV.replace("nr", "nummer"), "teams_csv": "nr;groep\nZ1;A\n"},
        "c": {"lijst_csv": LIST_CSV, "teams_csv": "nummer;groep\nZ1;A\n"},
    }.items():
        done = read(tmp_path / name, LIST + TEAMS, **files)
        assert set(done.missing["zaak"]) == {"zaak_id"}
        assert done.tables["zaak"]["team_id"].isna().all()


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        (LIST + TEAMS.replace('"groep"', '"groep"\neinddatum = "klaar"'), "both 'lijst' and 'teams' deliver einddatum"),
        (LIST + TEAMS + 'gesloten_op = "klaar"\n', "both 'lijst' and 'teams' deliver einddatum"),
        (LIST + TEAMS + '[source.constants]\nstartdatum = "1-1-2026"\n', "both 'lijst' and 'teams' deliver startdatum"),
        (LIST + LOG + TEAMS, "both 'log' and 'teams' deliver team_id"),
        (LIST + TEAMS.replace('completes = "lijst"', 'completes = "lijsten"'), "Did you mean 'lijst'?"),
        (LIST + TEAMS.replace('completes = "lijst"', 'completes = "teams"'), "must be another source"),
        (LIST + LOG + TEAMS.replace('completes = "lijst"', 'completes = "log"'), "no rows of its own"),
        (LIST + TEAMS.replace('team_id = "groep"', ""), "nothing to add"),
        (LIST + TEAMS.replace('zaak_id = "nr"', 'zaaktype_id = "nr"'), "'teams' does not map zaak_id"),
        (
            LIST
            + '[[source]]\nname = "teams"\ntable = "team"\nfiles = "t.csv"\ncompletes = "lijst"\n'
            + '[source.columns]\nteam_id = "a"\nnaam = "b"\n',
            "their tables differ: 'team' and 'zaak'",
        ),
    ],
)
def test_a_mapping_that_contradicts_itself_is_refused(tmp_path: Path, toml: str, message: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        workspace(tmp_path, toml)
    assert message in str(caught.value)


def test_other_tables_are_read_without_it(tmp_path: Path) -> None:
    space = workspace(tmp_path, LIST + LOG, lijst_csv=LIST_CSV, log_csv=LOG_CSV)
    assert set(read_inbox(space, {"zaak_status"}).tables) == {"zaak_status"}
    assert read_inbox(space, {"zaak"}).tables["zaak"]["team_id"].tolist() == ["Beheer", "Servicedesk"]


def test_another_completion_is_another_snapshot(tmp_path: Path) -> None:
    space = workspace(tmp_path / "a", LIST + TEAMS, lijst_csv=LIST_CSV, teams_csv="nr;groep\n")
    other = workspace(tmp_path / "b", LIST + TEAMS.replace('completes = "lijst"', ""))
    inputs = hash_inputs(space)
    assert fingerprint(space.settings, inputs) != fingerprint(other.settings, inputs)

"""Event logs: one row per event becomes one row per case and one per status."""

from __future__ import annotations

import random

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weekrapport.errors import ConfigurationError, SourceError
from weekrapport.settings import Source
from weekrapport.sources.csv_file import read_csv
from weekrapport.sources.event_log import event_log_to_typed
from weekrapport.sources.headers import wanted_headers
from weekrapport.sources.typed import TypedRead

HEADER = "zaak;team;start;activiteit;tijd;wie\n"
EVENTS = {"activity": "activiteit", "timestamp": "tijd", "resource": "wie"}
COLUMNS = {"zaak_id": "zaak", "team_id": "team", "startdatum": "start"}


def log(rows: str, case_columns: str = "constant", *, header: str = HEADER, **settings: object) -> TypedRead:
    given_settings = {
        "name": "log", "table": "zaak", "files": "*.csv", "shape": "event_log", "columns": COLUMNS,
        "events": {**EVENTS, "case_columns": case_columns}, **settings,
    }  # fmt: skip
    source = Source.model_validate(given_settings)
    return event_log_to_typed(read_csv((header + rows).encode(), "log.csv", wanted_headers(source)), source, None)


def test_one_case_and_its_statuses() -> None:
    read = log("Z1;A;1-11-2026;Ontvangen;2026-11-02T08:00Z;Jan\nZ1;A;1-11-2026;Klaar;2026-11-03T08:00Z;\n")
    zaak, status = read.frames["zaak"], read.frames["zaak_status"]
    assert zaak[["zaak_id", "team_id", "bron_rij"]].values.tolist() == [["Z1", "A", 2]]
    assert status["statustype_id"].tolist() == ["Ontvangen", "Klaar"]
    assert status["gezet_op"].tolist() == [pd.Timestamp("2026-11-02T08:00Z"), pd.Timestamp("2026-11-03T08:00Z")]
    assert status["bron_rij"].tolist() == [2, 3]
    assert status["gezet_door"].tolist()[0] == "Jan"
    assert status["gezet_door"].isna().tolist() == [False, True]
    assert read.rejected == ()
    assert read.delivered["zaak_status"] == ("zaak_id", "gezet_op", "statustype_id", "gezet_door")


def test_a_log_without_rows_gives_two_empty_tables() -> None:
    for case_columns in ("constant", "last"):
        frames = log("", case_columns).frames
        assert (len(frames["zaak"]), len(frames["zaak_status"])) == (0, 0)


def test_events_without_a_case_or_a_readable_time_go_to_the_quarantine() -> None:
    rows = (
        ";A;1-11-2026;x;2026-11-02T08:00Z;\nZ1;A;1-11-2026;x;gisteren;\nZ1;A;1-11-2026;x;;\n"
        "Z1;A;32-1-2026;x;2026-11-02;\n"
    )
    for case_columns in ("constant", "last"):
        read = log(rows + "Z2;A;1-11-2026;x;2026-11-02;\n", case_columns)
        assert [(row.bron_rij, row.tabel, row.kolom) for row in read.rejected] == [
            (2, "zaak", "zaak_id"),
            (3, "zaak_status", "gezet_op"),
            (4, "zaak_status", "gezet_op"),
            (5, "zaak", "startdatum"),
        ]
        assert read.frames["zaak"]["zaak_id"].tolist() == ["Z2"]


def test_constant_a_row_that_contradicts_the_first_goes_to_the_quarantine() -> None:
    rows = (
        "Z1;A;1-11-2026;x;2026-11-02T08:00Z;\nZ2;B;1-11-2026;x;2026-11-02T08:00Z;\nZ1;B;1-11-2026;y;2026-11-03T08:00Z;\n"
        "Z1;;1-11-2026;y;2026-11-04T08:00Z;\nZ1;A;1-11-2026;y;2026-11-05T08:00Z;\n"
    )
    read = log(rows)
    assert [(row.bron_rij, row.kolom) for row in read.rejected] == [(4, "team_id"), (5, "team_id")]
    assert "wijkt af van de eerste regel van zaak Z1" in read.rejected[0].reden
    assert read.frames["zaak"]["team_id"].tolist() == ["A", "B"]
    assert read.frames["zaak_status"]["bron_rij"].tolist() == [2, 3, 6]


def test_last_takes_the_latest_event_and_of_equals_the_last_in_the_file() -> None:
    rows = (
        "Z1;laat;1-11-2026;x;2026-11-05T09:00+01:00;\nZ1;vroeg;1-11-2026;x;2026-11-02T08:00Z;\n"
        "Z1;gelijk;1-11-2026;x;2026-11-05T08:00Z;\nZ2;B;1-11-2026;x;2026-11-01T08:00Z;\n"
    )
    read = log(rows, "last")
    assert read.frames["zaak"][["zaak_id", "team_id", "bron_rij"]].values.tolist() == [
        ["Z1", "gelijk", 4],
        ["Z2", "B", 5],
    ]
    assert len(read.frames["zaak_status"]) == 4
    assert read.rejected == ()


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 4), st.integers(0, 10**6), st.sampled_from("ABC")), unique_by=lambda row: row[1]),
    st.randoms(use_true_random=False),
)
def test_last_does_not_depend_on_the_order_of_the_rows(
    events: list[tuple[int, int, str]], chance: random.Random
) -> None:
    def cases(rows: list[tuple[int, int, str]]) -> dict[str, str]:
        start = pd.Timestamp("2026-11-01", tz="UTC")
        lines = [f"Z{zaak};{team};;x;{(start + pd.Timedelta(seconds=t)).isoformat()};\n" for zaak, t, team in rows]
        frame = log("".join(lines), "last").frames["zaak"]
        return dict(zip(frame["zaak_id"], frame["team_id"], strict=True))

    shuffled = events.copy()
    chance.shuffle(shuffled)
    expected = {f"Z{zaak}": team for zaak, _, team in sorted(events, key=lambda row: row[1])}
    assert cases(shuffled) == cases(events) == expected


@pytest.mark.parametrize("header", ["zaak", "tijd"])
def test_without_a_case_or_a_time_column_the_log_cannot_be_read(header: str) -> None:
    with pytest.raises(SourceError, match=f"no column '{header}'"):
        log("", header=HEADER.replace(header, "anders"))


def test_other_absent_headers_are_left_to_the_gate() -> None:
    read = log("Z1;A;;x;2026-11-02T08:00Z;\n", header="zaak;anders;start;iets;tijd;nog\n")
    assert read.missing == {
        "zaak": {"team_id": "team"},
        "zaak_status": {"statustype_id": "activiteit", "gezet_door": "wie"},
    }
    assert "statustype_id" not in read.frames["zaak_status"].columns


def test_a_log_without_a_resource_has_nobody_who_set_a_status() -> None:
    read = log("Z1;A;;x;2026-11-02T08:00Z;Jan\n", events={"activity": "activiteit", "timestamp": "tijd"})
    assert read.frames["zaak_status"]["gezet_door"].isna().all()
    assert "gezet_door" not in read.delivered["zaak_status"]


def test_a_last_event_without_line_end_and_with_half_a_time_means_cut_off() -> None:
    with pytest.raises(SourceError, match="looks cut off"):
        log("Z1;A;;2026;x;2026-11-0", header="zaak;team;start;activiteit;wie;tijd\n")


@pytest.mark.parametrize(
    "change", [{"table": "zaak_document", "columns": {"zaak_id": "zaak"}}, {"columns": {"team_id": "team"}}]
)
def test_an_event_log_is_about_cases(change: dict[str, object]) -> None:
    with pytest.raises(ConfigurationError, match="event log"):
        log("", **change)

"""No BSN in what is kept or told of an export. The numbers are test numbers of nobody."""

from __future__ import annotations

import time
from pathlib import Path

import pandas as pd
import pytest

from weekrapport.domain.bsn import WITHOUT
from weekrapport.domain.schema import TABLES
from weekrapport.settings import Workspace, load_workspace
from weekrapport.sources.free_text import is_identifier, removal_remarks
from weekrapport.sources.inbox import read_inbox
from weekrapport.sources.snapshot import load_table
from weekrapport.sources.snapshot_store import store_snapshot
from weekrapport.sources.values import read_column
from weekrapport.week import Week

BSN = "123456782"
TOML = """
[[source]]
name = "zaken"
table = "zaak"
files = "zaken*.csv"
[source.columns]
zaak_id = "nr"
uuid = "uuid"
omschrijving = "oms"
behandelaar_id = "wie"
resultaat = "res"
resultaat_categorie = "cat"
startdatum = "start"
einddatum = "eind"
resturen = "uren"
[[source]]
name = "klanten"
table = "klant"
files = "klanten.csv"
[source.columns]
klant_id = "id"
naam = "naam"
"""
HEAD = "nr;uuid;oms;wie;res;cat;start;eind;uren\n"


def workspace(folder: Path, toml: str = TOML, **files: str) -> Workspace:
    (folder / "data/inbox").mkdir(parents=True)
    (folder / "weekrapport.toml").write_text(toml)
    for name, content in files.items():
        (folder / "data/inbox" / name).write_text(content)
    return load_workspace(folder)


def told(read: object) -> list[tuple[str, str, str]]:
    return [(n.source, n.file, n.text) for n in read.notices if "BSN" in n.text]  # type: ignore[attr-defined]


def test_it_is_taken_out_of_free_text_counted_and_told_per_source(tmp_path: Path) -> None:
    space = workspace(
        tmp_path,
        **{
            "zaken-1.csv": f"{HEAD}Z1;;Jan {BSN} belt;;{BSN};;1-11-2026;;\nZ2;;Jan {BSN} belt;;;;1-11-2026;;\n",
            "zaken-2.csv": f"{HEAD}Z3;;1234 56 782 en 111.222.333;;ok;{BSN};1-11-2026;;\n",
            "klanten.csv": f"id;naam\nK1;J. Jansen ({BSN})\nK2;Gemeente\n",
        },
    )
    read = read_inbox(space)
    zaak = read.tables["zaak"]
    assert zaak["omschrijving"].tolist() == [f"Jan {WITHOUT} belt"] * 2 + [f"{WITHOUT} en {WITHOUT}"]
    assert zaak["resultaat"].fillna("").tolist() == [WITHOUT, "", "ok"]
    assert zaak["resultaat_categorie"].iloc[2] == WITHOUT
    assert read.tables["klant"]["naam"].tolist() == [f"J. Jansen ({WITHOUT})", "Gemeente"]
    assert told(read) == [
        (
            "zaken",
            "zaken*.csv",
            "6 keer een BSN verwijderd uit de kolommen omschrijving, resultaat, resultaat_categorie",
        ),
        ("klanten", "klanten.csv", "1 keer een BSN verwijderd uit de kolom naam"),
    ]
    assert read.quarantine.empty


def test_keys_are_kept_as_they_are(tmp_path: Path) -> None:
    """One in eleven case numbers of nine digits passes the check: taken out, the case would be lost."""
    space = workspace(
        tmp_path, **{"zaken.csv": f"{HEAD}{BSN};{BSN};a;{BSN};;;1-11-2026;;\n", "klanten.csv": f"id;naam\n{BSN};G\n"}
    )
    read = read_inbox(space)
    assert read.tables["zaak"][["zaak_id", "uuid", "behandelaar_id"]].values.tolist() == [[BSN] * 3]
    assert read.tables["klant"]["klant_id"].tolist() == [BSN]
    assert told(read) == []


def test_what_counts_as_a_key() -> None:
    text = [(t.name, c.name) for t in TABLES.values() for c in t.columns if c.kind == "text"]
    keys = {name for _, name in text if is_identifier(name)}
    assert {"zaak_id", "uuid", "behandelaar_id", "zaaktype_id", "gezet_door"} <= keys
    free = {"omschrijving", "resultaat", "titel", "reden", "weergavenaam", "naam", "opschorting_reden", "initialen"}
    assert free <= {name for _, name in text} - keys


def test_nothing_of_it_reaches_the_snapshot_or_a_message(tmp_path: Path) -> None:
    lines = (
        f"Z1;;oms {BSN};;;;1-11-2026;;\n"
        f"Z2;;oms;;;;{BSN};;\n"  # in a date: a reason that shows the value
        f"Z3;;oms;;;;1-11-2026;;1.234.567,89 {BSN}\n"  # in a number
        f"Z4;;oms 123.456.782;;;;gisteren;;\n"  # unreadable for another reason
        f"Z5;te;veel;velden;{BSN};;;;;;;;\n"
        f'Z6;;"stuk" {BSN};;;;1-11-2026;;\n'
        "Z7;;oms;;;;1-11-2026;;1.234\n"  # a guess, with an example
    )
    space = workspace(
        tmp_path,
        **{
            "zaken.csv": HEAD + lines,
            "klanten.csv": f"id;naam;{BSN}\n1;G;x\n",  # among the headers
            f"los {BSN}.csv": "x",
        },
    )
    read = read_inbox(space)
    assert read.rows_quarantined["zaken"] == 5
    assert read.quarantine["regel"].str.count("BSN verwijderd").tolist() == [1] * 5
    texts = [text for _, _, text in told(read)]
    assert "2 keer een BSN verwijderd uit de kolom omschrijving" in texts
    assert "5 keer een BSN verwijderd uit regels in de quarantaine" in texts
    assert f"koppen niet gelezen: {WITHOUT}" in texts
    assert f"geen datum: '{WITHOUT}'" in read.quarantine["reden"].tolist()
    snapshot = store_snapshot(space, Week(2026, 47), read)
    kept = [load_table(snapshot, name).to_csv() for name in snapshot.tables]
    kept += [(snapshot.path / "snapshot.json").read_text("utf-8"), repr(read.notices), repr(read.errors)]
    assert [text for text in kept if BSN in text or "123.456.782" in text] == []


@pytest.mark.parametrize("last", [f"Z1;;oms;;;;{BSN};;", f"Z1;;oms;{BSN}"])
def test_an_error_of_the_source_does_not_show_it(tmp_path: Path, last: str) -> None:
    """A last line without a line end stops the source, with the value in the message."""
    error = read_inbox(workspace(tmp_path, **{"zaken.csv": HEAD + last})).errors["zaken"]
    assert "cut off" in str(error)
    assert BSN not in f"{error!r} {error.__cause__!r}"


def test_the_example_of_a_remark_does_not_show_it() -> None:
    """Read as an amount the nine digits are a number like another; the example of the remark is its text."""
    read = read_column(pd.Series(["123.456.782"], dtype="str"), "integer")
    assert read.values.tolist() == [123456782]
    assert len(read.remarks) == 1
    assert "123.456.782" not in read.remarks[0]


def test_an_event_log_is_searched_too(tmp_path: Path) -> None:
    toml = """
[[source]]
name = "log"
table = "zaak"
files = "log.csv"
shape = "event_log"
[source.columns]
zaak_id = "nr"
omschrijving = "oms"
[source.events]
activity = "stap"
timestamp = "tijd"
resource = "wie"
case_columns = "constant"
"""
    rows = f"nr;oms;stap;tijd;wie\nZ1;{BSN};A;2026-11-02T10:00Z;{BSN}\nZ1;111222333;B;2026-11-03T10:00Z;x\n"
    read = read_inbox(workspace(tmp_path, toml, **{"log.csv": rows}))
    assert not read.errors
    assert read.tables["zaak"]["omschrijving"].tolist() == [WITHOUT]
    assert read.tables["zaak_status"]["gezet_door"].tolist() == [BSN, "x"]  # the key of an employee
    assert told(read) == [("log", "log.csv", "2 keer een BSN verwijderd uit de kolom omschrijving")]


@pytest.mark.parametrize(
    ("columns", "lines", "expected"),
    [
        ({}, 0, []),
        ({"naam": 0}, 0, []),
        ({"naam": 1}, 0, ["1 keer een BSN verwijderd uit de kolom naam"]),
        ({"titel": 1, "naam": 2}, 1, ["3 keer een BSN verwijderd uit de kolommen naam, titel",
                                      "1 keer een BSN verwijderd uit regels in de quarantaine"]),
    ],
)  # fmt: skip
def test_the_sentences(columns: dict[str, int], lines: int, expected: list[str]) -> None:
    assert removal_remarks(columns, lines) == expected


def test_a_hundred_thousand_descriptions_cost_little() -> None:
    text = pd.Series([f"Melding {n} over zaak 2026-{n:07d}, bel 06 12345678" for n in range(100_000)], dtype="str")
    start = time.perf_counter()
    assert read_column(text, "text").bsn < 10_000
    assert time.perf_counter() - start < 5

"""`inspect`: what an unknown file holds, and the mapping that is proposed for it."""

from __future__ import annotations

import io
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.builders import weekrapport, write_workspace
from weekrapport.domain.schema import TABLES
from weekrapport.errors import SourceError
from weekrapport.settings import Source
from weekrapport.sources.column_look import masked
from weekrapport.sources.header_match import best_match
from weekrapport.sources.header_words import COLUMN_WORDS, TABLE_WORDS
from weekrapport.sources.inspection import Inspection, inspect_file
from weekrapport.sources.proposal import Proposal, propose

ZAKEN = (
    "Zaaknummer;Start datum;Einddatum;Afdeling;Prioriteit;Uren te gaan;Opmerking;BSN\n"
    "Z-001;02-11-2026;18-11-2026 13:05;Servicedesk;P1;1,5;NULL;111222333\n"
    "Z-002;09-11-2026;;Beheer;hoog;1.250,00;j.jansen@example.nl;111222333\n"
    "Z-003;16-11-2026;NULL;Beheer;P3;2;NL91ABNA0417164300 en 111222333;\n"
)


def inspect(text: str | bytes, name: str = "zaken.csv", **options: Any) -> Inspection:
    return inspect_file(text if isinstance(text, bytes) else text.encode(), name, **options)


def proposal(text: str | bytes, name: str = "zaken.csv", **options: Any) -> Proposal:
    found = propose(inspect(text, name, **options))
    assert found is not None
    again = tomllib.loads(found.toml)["source"]
    assert [Source(**each) for each in again] == [found.source]
    return found


def look(text: str, header: str) -> Any:
    return next(each for each in inspect(text).columns if each.header == header)


def test_the_form_the_columns_and_what_they_seem_to_hold() -> None:
    found = inspect(ZAKEN.encode("cp1252").replace(b"Opmerking", b"Opmerking\xe9"))
    assert (found.shape, dict(found.form), found.rows, found.rejected) == (
        "csv",
        {"encoding": "cp1252", "separator": ";", "header row": "1"},
        3,
        0,
    )
    kinds = {each.header: each.kind for each in found.columns}
    assert kinds == {
        "Zaaknummer": "text",
        "Start datum": "date",
        "Einddatum": "timestamp",
        "Afdeling": "text",
        "Prioriteit": "text",
        "Uren te gaan": "decimal",
        "Opmerkingé": "text",
    }
    assert found.bsn == ("BSN",)


def test_nothing_is_recognised_in_its_usual_words() -> None:
    assert look(ZAKEN, "Opmerking").filled == pytest.approx(2 / 3)
    assert look(ZAKEN, "Einddatum").filled == pytest.approx(1 / 3)
    assert look("a;b\n1;NULL\n2;\n", "b").kind == "nothing"


def test_examples_never_show_a_bsn_a_mail_address_or_a_bank_account() -> None:
    assert look(ZAKEN, "Opmerking").examples == ["•••", "••• en [BSN verwijderd]"]
    assert masked("NL91 ABNA 0417 1643 00") == "•••"
    assert masked("a" * 60) == "a" * 27 + "…"
    assert masked("Afdeling NL01") == "Afdeling NL01"


@pytest.mark.parametrize(
    ("cells", "kind", "sign"),
    [
        (["1", "2"], "integer", None),
        (["0", "1"], "integer", None),
        (["Ja", "Nee", ""], "boolean", None),
        (["1,5", "1.250,00"], "decimal", ","),
        (["1.5", "1,250.00"], "decimal", "."),
        (["1.234", "2.345"], "integer", None),
        (["02-11-2026", "3-11-2026"], "date", None),
        (["2026-11-02T05:00:00Z"], "timestamp", None),
        (["Z1", "Z2"], "text", None),
        (["2008", "abc"], "text", None),
    ],
)
def test_the_kind_of_a_column(cells: list[str], kind: str, sign: str | None) -> None:
    found = look("x|y\n" + "".join(f"{cell}|q\n" for cell in cells), "x")
    assert (found.kind, found.sign) == (kind, sign)


def test_damaged_keys_are_counted() -> None:
    assert look("nr;b\n2,02611E+12;1\n2,02611E+12;2\nZ1;3\n", "nr").damaged == 2


def test_a_header_that_stands_twice_is_told_and_not_mapped() -> None:
    found = inspect("Zaaknummer;Team;team\nZ1;a;b\n")
    assert found.twice == ("Team", "team")
    assert [each.header for each in found.columns] == ["Zaaknummer"]


def test_a_mapping_is_proposed_with_what_is_left_open_as_comments() -> None:
    found = proposal(ZAKEN, "zaken_20261123-0530.csv")
    source = found.source
    assert (source.name, source.table, source.files, source.combine) == ("zaken", "zaak", "zaken_*.csv", "newest")
    assert source.columns == {
        "zaak_id": "Zaaknummer",
        "team_id": "Afdeling",
        "startdatum": "Start datum",
        "einddatum": "Einddatum",
        "gesloten_op": "Einddatum",
        "prioriteit": "Prioriteit",
        "resturen": "Uren te gaan",
    }
    assert (source.decimaal, source.missing, source.encoding) == (",", ("NULL",), None)
    assert '# choose for each: P1, P2, P3, P4\n# "hoog" = ""' in found.toml
    assert '# not mapped: "Opmerking"' in found.toml
    assert "111222333" not in found.toml


def test_words_of_a_closed_list_are_filled_in_where_they_are_certain() -> None:
    text = "Regelnummer;Jaar;Grootboekrekening;Bedrag;Soort;Brondocument\nR1;2026;4100;1;Kosten;Interne verrekening\n"
    source = proposal(text, "begroting.csv").source
    assert source.values == {
        "soort": {"Kosten": "kosten"},
        "brondocument_soort": {"Interne verrekening": "interne_verrekening"},
    }


@pytest.mark.parametrize(
    ("header", "factor"),
    [
        ("Bedrag (x € 1.000)", 1000),
        ("Begroting (* Eu 1000)", 1000),
        ("Bedrag (× 1000)", 1000),
        ("Bedrag (in duizenden)", 1000),
        ("Bedrag (x 1.000.000)", 1_000_000),
        ("Bedrag (mln)", 1_000_000),
        ("Bedrag", None),
    ],
)
def test_a_header_that_says_thousands_gives_the_factor(header: str, factor: int | None) -> None:
    text = f"Regelnummer;Jaar;Grootboekrekening;{header}\nR1;2026;4100;12,5\nR2;2026;4200;1,5\n"
    source = proposal(text, "begroting.csv").source
    assert source.columns["bedrag_cent"] == header
    assert source.factor == ({} if factor is None else {"bedrag_cent": factor})


def test_a_key_of_parts_is_proposed_when_no_column_tells_rows_apart() -> None:
    text = "Jaar;Hoofdstuk;Rekening;Begroot\n2025;A;4100;1\n2025;B;4100;1\n2026;A;4100;2\n2026;B;4100;2\n"
    assert proposal(text, "begroting.csv").source.columns["regel_id"] == ("Jaar", "Hoofdstuk")


def test_what_is_uncertain_is_said() -> None:
    remarks = proposal("Zaaknummer;Startdatum;Resturen\nZ1;1-11-2026;1.234\nZ1;2-11-2026;2.345\n").remarks
    assert any(remark.startswith("einddatum is required and no header looks like it") for remark in remarks)
    assert "Zaaknummer should tell the rows apart, and 1 rows repeat an earlier one" in remarks
    assert "the decimal sign of Resturen is not certain: set decimaal" in remarks


def test_a_log_of_events_is_proposed_as_one() -> None:
    lines = [
        f"C{case};2026-11-0{day}T09:00:00;stap {day};R{day};Team {case};2026-11-01"
        for case in (1, 2)
        for day in (1, 2, 3)
    ]
    text = "case id;timestamp;activity;resource;department;startdate\n" + "\n".join(lines) + "\n"
    source = proposal(text, "log.csv").source
    assert (source.table, source.shape) == ("zaak", "event_log")
    assert source.events is not None
    assert (source.events.activity, source.events.timestamp, source.events.resource, source.events.case_columns) == (
        "activity",
        "timestamp",
        "resource",
        "constant",
    )
    changing = proposal(text.replace("Team 1", "Team 9", 1), "log.csv").source
    assert changing.events is not None
    assert changing.events.case_columns == "last"


def test_a_workbook_with_two_sheets_names_the_sheet() -> None:
    book = openpyxl.Workbook()
    first, second = book.active, book.create_sheet("Facturen")
    assert first is not None
    first.append(["Lees mij"])
    for row in (["Overzicht"], ["Factuurnummer", "Registratienummer", "Factuurdatum", "Bedrag incl. btw"]):
        second.append(row)
    second.append(["F1", "R1", date(2026, 11, 2), 12.5])
    stream = io.BytesIO()
    book.save(stream)
    source = proposal(stream.getvalue(), "boek.xlsx").source
    assert (source.table, source.sheet, source.decimaal) == ("factuur", "Facturen", None)
    assert inspect(stream.getvalue(), "boek.xlsx", sheet="Sheet").columns[0].header == "Lees mij"


@pytest.mark.parametrize("text", ["aap;noot\n1;2\n", "naam\nx\n", "datum;bedrag\n1-1-2026;3\n"])
def test_a_file_that_resembles_no_table_gets_no_proposal(text: str) -> None:
    assert propose(inspect(text, "iets.csv")) is None


def test_a_file_without_rows_is_mapped_by_its_headers() -> None:
    assert set(proposal("Teamcode;Naam;Actief\n", "teams.csv").source.columns) == {"team_id", "naam", "actief"}


def test_columns_that_do_not_hold_what_they_are_called_are_not_mapped() -> None:
    text = "Zaaknummer;Startdatum;Einddatum\nZ1;gisteren;1-11-2026\nZ2;vandaag;2-11-2026\n"
    assert set(proposal(text).source.columns) == {"zaak_id", "einddatum"}


def test_the_words_are_about_tables_and_columns_that_exist() -> None:
    columns = {column for table in TABLES.values() for column in table.kinds()}
    for name in COLUMN_WORDS:
        table, _, column = name.rpartition(".")
        assert column in (TABLES[table].kinds() if table else columns), name
    assert set(TABLE_WORDS) == set(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_every_table_is_found_by_the_names_of_its_own_columns(table: str) -> None:
    headers = [column.removesuffix("_cent").replace("_", " ") for column in TABLES[table].kinds()]
    found = best_match(inspect(";".join(headers) + "\n").columns, f"{table}.csv")
    assert found is not None
    assert found.table == table


def test_a_file_that_cannot_be_read_is_a_source_error() -> None:
    with pytest.raises(SourceError, match="looks cut off"):
        inspect(b"PK\x03\x04xxxx", "x.xlsx")


class TestCommand:
    def test_it_shows_the_columns_and_a_proposal_that_it_tried(self, tmp_path: Path) -> None:
        path = tmp_path / "zaken.csv"
        path.write_text(ZAKEN + "Z-004;31-11-2026;;;;;;\n", encoding="utf-8")
        ran = weekrapport("inspect", path)
        assert (ran.code, ran.err) == (0, "")
        lines = ran.out.splitlines()
        assert lines[:3] == ["zaken.csv", "  CSV, encoding utf-8, separator ;, header row 1", "  4 rows"]
        assert "  header 'BSN' means a BSN: it is never read and does not belong in an export" in lines
        assert any(
            line.split() == ["Afdeling", "75%", "text", "team_id", "Beheer", "|", "Servicedesk"] for line in lines
        )
        assert "[[source]]" in lines
        assert "111222333" not in ran.out

    def test_what_the_proposal_cannot_read_is_shown(self, tmp_path: Path) -> None:
        path = tmp_path / "zaken.csv"
        rows = "".join(f"Z{number};1-11-2026\n" for number in range(1, 28) for _ in range(1))
        dates = "".join(f"Y{number};{number % 28 + 1}-{number % 12 + 1}-2026\n" for number in range(336))
        path.write_text(f"Zaaknummer;Startdatum\n{rows}{dates}X;31-11-2026\n", encoding="utf-8")
        ran = weekrapport("inspect", path)
        assert "1 rows in quarantine" in ran.out
        assert "  row 365, startdatum: geen bestaande datum" in ran.out

    def test_with_a_workspace_it_says_which_source_reads_the_file(self, tmp_path: Path) -> None:
        root = write_workspace(tmp_path, b"Zaaknummer;Start;Team;Nieuw\nZ1;1-11-2026;A;x\n")
        ran = weekrapport("inspect", "zaken_20261123-0530.csv", "--workspace", root)
        assert ran.code == 0
        assert "Source 'zaken' of weekrapport.toml reads this file already." in ran.out
        assert "  headers it does not map: Nieuw" in ran.out
        assert "  headers it maps that are not here: Einde" in ran.out

    def test_a_file_that_cannot_be_read_has_exit_code_3(self, tmp_path: Path) -> None:
        (tmp_path / "x.xlsx").write_bytes(b"\xd0\xcf\x11\xe0" + b"\x00" * 600)
        for name, message in (("x.xlsx", "old Excel workbook"), ("er-niet.csv", "cannot be opened")):
            ran = weekrapport("inspect", tmp_path / name)
            assert ran.code == 3
            assert message in ran.err
            assert ran.err.count("\n") == 1

    def test_a_folder_that_is_no_workspace_has_exit_code_2(self, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_text("a;b\n1;2\n")
        assert weekrapport("inspect", tmp_path / "a.csv", "--workspace", tmp_path).code == 2
        ran = weekrapport("inspect", tmp_path / "a.csv")
        assert ran.code == 0
        assert "It resembles no table. Known: zaaktype, " in ran.out

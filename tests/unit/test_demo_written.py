"""Writing a demonstration over an earlier one: what is the same stays, what is stale goes, what people made stays."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from weekrapport.demo import write_demo
from weekrapport.demo.written import LIST_NAME, Writer
from weekrapport.errors import ConfigurationError

DOCUMENTS = "data/inbox/facturen"


def write(folder: Path, **files: str) -> None:
    writer = Writer(folder)
    writer.write_many((f"{name}.txt", text.encode()) for name, text in files.items())
    writer.finish()


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {LIST_NAME}


def test_what_an_earlier_writing_left_goes(tmp_path: Path) -> None:
    write(tmp_path, a="1", b="2")
    write(tmp_path, b="2", c="3")
    assert names(tmp_path) == {"b.txt", "c.txt"}


def test_a_stale_file_that_somebody_changed_stays(tmp_path: Path) -> None:
    write(tmp_path, a="1", b="2")
    (tmp_path / "a.txt").write_text("aangevuld")
    write(tmp_path, b="2")
    assert (tmp_path / "a.txt").read_text() == "aangevuld"


def test_what_the_list_does_not_name_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / "eigen.txt").write_text("van iemand")
    write(tmp_path, a="1")
    write(tmp_path, b="2")
    assert names(tmp_path) == {"eigen.txt", "b.txt"}


def test_a_file_with_the_same_content_is_not_written_again(tmp_path: Path) -> None:
    write(tmp_path, a="1", b="2")
    before = (tmp_path / "a.txt").stat().st_mtime_ns
    write(tmp_path, a="1", b="3")
    assert (tmp_path / "a.txt").stat().st_mtime_ns == before
    assert (tmp_path / "b.txt").read_text() == "3"


def test_an_empty_folder_goes_with_its_last_stale_file(tmp_path: Path) -> None:
    writer = Writer(tmp_path)
    writer.write("facturen/2025/x.xml", b"<a/>")
    writer.finish()
    write(tmp_path, a="1")
    assert names(tmp_path) == {"a.txt"}


def test_a_list_that_cannot_be_read_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / LIST_NAME).write_text("{")
    with pytest.raises(ConfigurationError, match=r"Remove it"):
        Writer(tmp_path)


def test_a_failed_stream_leaves_no_half_file(tmp_path: Path) -> None:
    def pieces():
        yield b"half"
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        Writer(tmp_path).stream("zaken.csv", pieces())
    assert not list(tmp_path.iterdir())


def test_a_smaller_demonstration_takes_the_documents_of_the_larger_one_away(tmp_path: Path) -> None:
    write_demo(tmp_path, factor=0.05)
    many = {path.name for path in (tmp_path / DOCUMENTS).rglob("*.*")}
    (tmp_path / DOCUMENTS / "2026" / "gescand.pdf").write_bytes(b"%PDF-1.4 eigen scan")
    write_demo(tmp_path, factor=0.01)
    few = {path.name for path in (tmp_path / DOCUMENTS).rglob("*.*")}
    assert "gescand.pdf" in few
    assert len(few) < len(many) / 2
    listed = json.loads((tmp_path / LIST_NAME).read_text("utf-8"))
    assert {name.split("/")[-1] for name in listed if name.startswith(f"{DOCUMENTS}/")} == few - {"gescand.pdf"}


def test_the_budget_is_a_workbook_with_titles_real_numbers_and_a_total(tmp_path: Path) -> None:
    write_demo(tmp_path, factor=0.01)
    book = openpyxl.load_workbook(tmp_path / "data/inbox/begroting_20261123-0530.xlsx")
    assert book.sheetnames == ["Begroting", "Fasering"]
    rows = list(book["Begroting"].iter_rows(values_only=True))
    assert str(rows[0][0]).startswith("Begroting Zaakkracht B.V.")
    assert [str(each) for each in book["Begroting"].merged_cells.ranges] == ["A1:N1"]
    headers, lines, total = rows[2], rows[3:-1], rows[-1]
    assert headers[0] == "Regelnummer"
    assert len(lines) == 76
    assert total[0] == "Totaal"
    place = headers.index("Begroting na wijziging")
    assert total[place] == pytest.approx(sum(line[place] for line in lines))
    assert all(isinstance(line[place], (int, float)) for line in lines)
    account = headers.index("Grootboekrekening")
    assert all(isinstance(line[account], str) and len(line[account]) == 4 for line in lines)
    assert {line[headers.index("Factuurplichtig")] for line in lines} == {"Ja", "Nee"}
    shares = list(book["Fasering"].iter_rows(values_only=True))
    assert shares[0] == ("Regelnummer", "Maand", "Aandeel")
    assert len(shares) == 1 + 2 * 12 * 10

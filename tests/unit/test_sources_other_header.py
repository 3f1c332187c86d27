"""A second header for cells that are empty under the first: read, told, and never instead of something wrong."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from weekrapport.errors import ConfigurationError
from weekrapport.settings import load_workspace
from weekrapport.sources.inbox import InboxRead, read_inbox

TOML = """
[[source]]
name = "zaken"
table = "zaak"
files = "zaken*"
missing = ["?"]
[source.columns]
zaak_id = "nr"
startdatum = "start"
einddatum = "opgelost"
[source.otherwise]
opgelost = "gesloten"
"""


def read(folder: Path, content: str | bytes, toml: str = TOML, name: str = "zaken.csv") -> InboxRead:
    (folder / "data" / "inbox").mkdir(parents=True)
    (folder / "weekrapport.toml").write_text(toml, "utf-8")
    (folder / "data" / "inbox" / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_inbox(load_workspace(folder))


def ends(done: InboxRead) -> list[str]:
    return done.tables["zaak"]["einddatum"].dt.strftime("%d-%m-%Y").fillna("-").tolist()


def test_only_what_is_empty_is_read_under_the_other_header(tmp_path: Path) -> None:
    rows = (
        "Z1;1-11-2026;3-11-2026;8-11-2026",
        "Z2;1-11-2026;?;9-11-2026",
        "Z3;1-11-2026; ;4-11-2026",
        "Z4;1-11-2026;;?",
    )
    done = read(tmp_path, "nr;start;opgelost;gesloten\n" + "\n".join(rows) + "\n")
    assert ends(done) == ["03-11-2026", "09-11-2026", "04-11-2026", "-"]
    texts = [notice.text for notice in done.notices]
    assert "2 × niets onder 'opgelost', dus gelezen onder 'gesloten'" in texts
    assert not any(text.startswith("koppen niet gelezen") for text in texts)


def test_nothing_to_fill_is_nothing_to_tell(tmp_path: Path) -> None:
    done = read(tmp_path, "nr;start;opgelost;gesloten\nZ1;1-11-2026;3-11-2026;8-11-2026\n")
    assert not any("dus gelezen" in notice.text for notice in done.notices)
    assert ends(read(tmp_path / "empty", "nr;start;opgelost;gesloten\n")) == []


def test_something_wrong_is_not_nothing(tmp_path: Path) -> None:
    done = read(tmp_path, "nr;start;opgelost;gesloten\nZ1;1-11-2026;morgen;8-11-2026\nZ2;1-11-2026;;morgen\n")
    assert len(done.tables["zaak"]) == 0
    assert done.quarantine["kolom"].tolist() == ["einddatum", "einddatum"]


def test_several_headers_are_tried_in_turn(tmp_path: Path) -> None:
    toml = TOML.replace('opgelost = "gesloten"', 'opgelost = ["gesloten", "vervallen"]')
    rows = "Z1;1-11-2026;;;5-11-2026\nZ2;1-11-2026;;4-11-2026;5-11-2026\n"
    assert ends(read(tmp_path, "nr;start;opgelost;gesloten;vervallen\n" + rows, toml)) == ["05-11-2026", "04-11-2026"]


def test_a_header_that_is_gone_is_not_replaced(tmp_path: Path) -> None:
    done = read(tmp_path, "nr;start;gesloten\nZ1;1-11-2026;3-11-2026\n")
    assert done.missing == {"zaak": {"einddatum": "header 'opgelost' in zaken.csv"}}


def test_without_the_other_header_the_source_is_an_error(tmp_path: Path) -> None:
    done = read(tmp_path, "nr;start;opgelost\nZ1;1-11-2026;\n")
    assert str(done.errors["zaken"]) == (
        "zaken.csv: there is no column 'gesloten', which `otherwise` in the [[source]] reads where 'opgelost' is "
        "empty. Export it, or correct `otherwise`."
    )


def test_it_names_a_mapped_header_and_never_a_bsn(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="names the header 'einddatum', which"):
        read(tmp_path / "a", "", TOML.replace("opgelost = ", "einddatum = "))
    with pytest.raises(ConfigurationError, match="BSN"):
        read(tmp_path / "b", "", TOML.replace('"gesloten"', '"bsn"'))


def workbook(path: Path, *rows: tuple[object, ...]) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path.read_bytes()


def test_cells_of_a_workbook_keep_what_is_known_of_them(tmp_path: Path) -> None:
    data = workbook(
        tmp_path / "made.xlsx",
        ("nr", "start", "opgelost", "gesloten", "oud nr"),
        ("Z1", "1-11-2026", None, "#N/A", None),
        ("Z2", "1-11-2026", "#N/A", "4-11-2026", None),
        (None, "1-11-2026", "3-11-2026", None, 123456789012345678),
        (None, "1-11-2026", "3-11-2026", None, 7),
    )
    toml = TOML + 'nr = "oud nr"\n'
    done = read(tmp_path / "x", data, toml, "zaken.xlsx")
    assert done.quarantine["kolom"].tolist() == ["einddatum", "einddatum"]
    assert done.tables["zaak"]["zaak_id"].tolist()[1] == "7"
    assert done.damaged == {"zaak": ("rij 4 kolom nr in zaken.xlsx",)}
    assert any("1 × sleutel die in Excel een getal is" in notice.text for notice in done.notices)


def test_an_amount_is_read_with_the_sign_of_its_own_cell(tmp_path: Path) -> None:
    data = workbook(tmp_path / "made.xlsx", ("id", "jaar", "rek", "nu", "eerst"), ("R1", 2026, "4", 1.5, "9"),
                    ("R2", 2026, "4", None, "1.234,50"))  # fmt: skip
    toml = """
[[source]]
name = "begroting"
table = "begrotingsregel"
files = "*.xlsx"
[source.columns]
regel_id = "id"
jaar = "jaar"
grootboekrekening = "rek"
bedrag_cent = "nu"
[source.otherwise]
nu = "eerst"
"""
    done = read(tmp_path / "x", data, toml, "begroting.xlsx")
    assert "one holds numbers and the other text" in str(done.errors["begroting"])
    done = read(tmp_path / "y", data, toml.replace("files", 'decimaal = ","\nfiles'), "begroting.xlsx")
    assert done.tables["begrotingsregel"]["bedrag_cent"].tolist() == [150, 123450]

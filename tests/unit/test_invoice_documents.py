"""Documents of invoices: what stands behind a row of the register, and what is never opened."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pandas as pd
import pytest

from weekrapport.errors import ConfigurationError, SourceError
from weekrapport.settings import Workspace, load_workspace
from weekrapport.sources.document_content import CHUNK, Content
from weekrapport.sources.document_folder import hash_documents, read_documents
from weekrapport.sources.fingerprint import fingerprint, hash_inputs
from weekrapport.sources.inbox import InboxRead, read_inbox
from weekrapport.sources.snapshot_store import store_snapshot
from weekrapport.week import Week

PDF = b"%PDF-1.7\n1 0 obj\n"
UBL = b'<?xml version="1.0"?><Invoice xmlns="urn:x"><ID>N1</ID></Invoice>'
TOML = """
[[source]]
name = "facturen"
table = "factuur"
files = "register*.csv"
documents = "facturen"
{more}
[source.columns]
factuur_id = "Kenmerk"
factuurnummer = "Nummer"
factuurdatum = "Datum"
bruto_cent = "Bedrag"
leverancier_id = "Crediteur"
{path}
"""


def write(
    root: Path, *rows: str, path: str = 'bestand_pad = "Bestand"', more: str = "", folder: bool = True, **files: bytes
) -> Workspace:
    """Write a register with one row per text "supplier;number;file" and the given documents."""
    inbox = root / "data" / "inbox"
    inbox.mkdir(parents=True, exist_ok=True)
    (root / "weekrapport.toml").write_text(TOML.format(more=more, path=path), "utf-8")
    lines = [f"F{number};{row};12-06-2026;121,00" for number, row in enumerate(rows, start=1)]
    header = "Kenmerk;Crediteur;Nummer;Bestand;Datum;Bedrag"
    (inbox / "register-20261123.csv").write_text("".join(f"{line}\n" for line in [header, *lines]), "utf-8")
    if folder:
        (inbox / "facturen").mkdir(exist_ok=True)
    for name, content in files.items():
        place(root, name, content)
    return load_workspace(root)


def place(root: Path, name: str, content: bytes) -> Path:
    path = root / "data" / "inbox" / "facturen" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def statuses(read: InboxRead) -> list[str]:
    return read.tables["factuur"]["bestand_status"].tolist()


def notices(read: InboxRead) -> list[str]:
    return [notice.text for notice in read.notices if notice.file == "facturen/"]


def judged(content: bytes, suffix: str = ".xml") -> tuple[str, str]:
    judge = Content(suffix)
    judge.feed(content)
    return judge.close()


class TestContent:
    @pytest.mark.parametrize(
        ("content", "suffix", "kind"),
        [
            (PDF, ".pdf", "pdf"),
            (PDF, ".PDF", "pdf"),
            (UBL, ".xml", "ubl"),
            (b"\xef\xbb\xbf" + UBL, ".XML", "ubl"),
            (UBL.decode().encode("utf-16"), ".xml", "ubl"),
            (b"<CreditNote/>", ".ubl", "ubl"),
            (b" \r\n<Invoice/>", ".txt", "ubl"),
            (PDF, "", "pdf"),
        ],
    )
    def test_what_can_be_read(self, content, suffix, kind):
        assert judged(content, suffix) == (kind, "")

    @pytest.mark.parametrize(
        ("content", "suffix", "why"),
        [
            (b"<html><body>Inloggen</body></html>", ".pdf", "geen pdf"),
            (b"PDF-1.7", ".pdf", "geen pdf"),
            (UBL, ".pdf", "geen pdf"),
            (PDF, ".xml", "geen goed gevormde xml"),
            (UBL[:-3], ".xml", "geen goed gevormde xml"),
            (UBL + b"<Invoice/>", ".xml", "geen goed gevormde xml"),
            (b'<?xml version="1.0" encoding="klingon"?><a/>', ".xml", "geen goed gevormde xml"),
            (b"   ", ".xml", "geen goed gevormde xml"),
            (b"<HTML><body/></HTML>", ".xml", "webpagina"),
            (b'<html xmlns="http://www.w3.org/1999/xhtml"/>', ".xml", "webpagina"),
            (b"<cbc:Invoice/>", ".xml", "geen goed gevormde xml"),  # a prefix that nothing declares
            (b"<!DOCTYPE html><html/>", ".xml", "DTD"),
            (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', ".xml", "DTD"),
            (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', ".xml", "DTD"),
            (b"Geachte heer,", ".txt", "geen pdf en geen xml"),
            (b"\x89PNG\r\n", ".png", "geen pdf en geen xml"),
        ],
    )
    def test_what_cannot_be_read_says_why(self, content, suffix, why):
        assert why in judged(content, suffix)[1]

    def test_entities_that_would_fill_the_memory_are_not_expanded(self):
        lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
        bomb = f'<!DOCTYPE a [<!ENTITY l0 "lol">{lines}]><a>&l11;</a>'.encode()
        assert "DTD" in judged(bomb)[1]

    def test_a_document_in_parts_is_judged_as_a_whole(self):
        judge = Content(".xml")
        for byte in UBL:
            judge.feed(bytes([byte]))
        assert judge.close() == ("ubl", "")

    def test_a_large_document_is_read_in_parts(self, tmp_path):
        large = b"<Invoice>" + b"<a>1</a>" * (CHUNK // 4) + b"</Invoice>"
        space = write(tmp_path, "L1;N1;groot.xml", **{"groot.xml": large, "groot.pdf": PDF + b"x" * 3 * CHUNK})
        found = read_documents(space, space.settings.source[0]).files
        assert {name: file.status for name, file in found.items()} == {"groot.xml": "aanwezig", "groot.pdf": "aanwezig"}
        assert found["groot.xml"].sha256 == hashlib.sha256(large).hexdigest()


class TestRegister:
    def test_every_state_of_a_document(self, tmp_path):
        space = write(
            tmp_path,
            "L1;N1;a.xml",
            "L1;N2;map/b.PDF",
            "L1;N3;weg.pdf",
            "L1;N4;leeg.pdf",
            "L1;N5;nep.pdf",
            "L1;N6;",
            **{"a.xml": UBL, "map/b.pdf": PDF, "leeg.pdf": b"", "nep.pdf": b"<html/>"},
        )
        read = read_inbox(space)
        table = read.tables["factuur"]
        expected = ["aanwezig", "aanwezig", "ontbreekt", "leeg", "onleesbaar", "niet_genoemd"]
        assert statuses(read) == expected
        assert table["bestand_soort"].tolist() == ["ubl", "pdf", "geen", "geen", "pdf", "geen"]
        assert table["bestand_bytes"].fillna(-1).tolist() == [len(UBL), len(PDF), -1, 0, 7, -1]
        assert table["bestand_sha256"].iloc[0] == hashlib.sha256(UBL).hexdigest()
        assert {"bestand_status", "bestand_soort", "bestand_bytes", "bestand_sha256"} <= set(read.delivered["factuur"])
        assert notices(read) == ["1 document onleesbaar (geen pdf, al heet het zo): nep.pdf"]

    def test_without_a_folder_nothing_is_said_of_documents(self, tmp_path):
        space = write(tmp_path, "L1;N1;a.xml")
        toml = (tmp_path / "weekrapport.toml").read_text("utf-8").replace('documents = "facturen"', "")
        (tmp_path / "weekrapport.toml").write_text(toml, "utf-8")
        read = read_inbox(load_workspace(tmp_path))
        assert "bestand_status" not in read.delivered["factuur"]
        assert read.tables["factuur"]["bestand_status"].isna().all()
        assert [item.name for item in read.inputs] == ["register-20261123.csv"]
        assert space.settings.source[0].documents == "facturen"

    def test_by_a_pattern(self, tmp_path):
        space = write(
            tmp_path,
            "L1;N1;",
            "L2;N1;",
            ";N3;",
            path="",
            more='document_name = "{leverancier_id}_{factuurnummer}.pdf"',
            **{"L1_N1.pdf": PDF},
        )
        assert statuses(read_inbox(space)) == ["aanwezig", "ontbreekt", "niet_genoemd"]

    def test_a_path_goes_before_the_pattern(self, tmp_path):
        space = write(
            tmp_path,
            "L1;N1;eigen.xml",
            "L1;N2;",
            more='document_name = "{factuurnummer}.pdf"',
            **{"eigen.xml": UBL, "N1.pdf": PDF, "N2.pdf": PDF},
        )
        assert read_inbox(space).tables["factuur"]["bestand_soort"].tolist() == ["ubl", "pdf"]

    def test_a_name_without_extension_takes_the_xml_before_the_pdf(self, tmp_path):
        files = {"2026.001.pdf": PDF, "2026.001.xml": UBL, "2026.002.pdf": PDF}
        space = write(tmp_path, "L1;N1;2026.001", "L1;N2;2026.002", "L1;N3;2026", **files)
        read = read_inbox(space)
        assert read.tables["factuur"]["bestand_soort"].tolist() == ["ubl", "pdf", "geen"]

    def test_a_path_as_windows_writes_it(self, tmp_path):
        space = write(tmp_path, "L1;N1;2026\\juni\\a.pdf", "L1;N2;.\\a.pdf", **{"2026/juni/a.pdf": PDF, "a.pdf": PDF})
        assert statuses(read_inbox(space)) == ["aanwezig", "aanwezig"]

    def test_one_document_behind_two_rows(self, tmp_path):
        space = write(tmp_path, "L1;N1;a.pdf", "L1;N2;a.pdf", **{"a.pdf": PDF})
        read = read_inbox(space)
        assert statuses(read) == ["aanwezig", "aanwezig"]
        assert read.tables["factuur"]["bestand_sha256"].nunique() == 1

    def test_a_header_that_the_register_lacks(self, tmp_path):
        space = write(tmp_path, "L1;N1;a.pdf", path='bestand_pad = "Pad"', **{"a.pdf": PDF})
        read = read_inbox(space)
        assert statuses(read) == ["niet_genoemd"]
        assert "bestand_pad" in read.missing["factuur"]

    def test_documents_that_no_row_names_are_counted_and_five_of_them_named(self, tmp_path):
        files = {f"over{number}.pdf": PDF for number in range(7)}
        read = read_inbox(write(tmp_path, "L1;N1;a.pdf", **{"a.pdf": PDF, **files}))
        names = ", ".join(f"over{number}.pdf" for number in range(5))
        assert notices(read) == [f"7 documenten staan bij geen enkele factuur in het register: {names} …"]
        assert not [notice for notice in read.notices if "geen enkele bron" in notice.text]

    def test_one_such_document(self, tmp_path):
        read = read_inbox(write(tmp_path, "L1;N1;a.pdf", **{"a.pdf": PDF, "b.pdf": PDF}))
        assert notices(read) == ["1 document staat bij geen enkele factuur in het register: b.pdf"]

    def test_two_registers_share_a_folder(self, tmp_path):
        space = write(tmp_path, "L1;N1;a.pdf", **{"a.pdf": PDF, "b.pdf": PDF, "c.pdf": PDF})
        toml = (tmp_path / "weekrapport.toml").read_text("utf-8")
        second = toml.replace('"facturen"\ntable', '"oud"\ntable').replace("register*", "oud*")
        (tmp_path / "weekrapport.toml").write_text(toml + second, "utf-8")
        inbox = space.inbox
        (inbox / "oud-20251231.csv").write_text(
            "Kenmerk;Crediteur;Nummer;Bestand;Datum;Bedrag\nG1;L1;N9;b.pdf;01-02-2025;10,00\n", "utf-8"
        )
        read = read_inbox(load_workspace(tmp_path))
        assert statuses(read) == ["aanwezig", "aanwezig"]
        assert notices(read) == ["1 document staat bij geen enkele factuur in het register: c.pdf"]
        assert [item.name for item in read.inputs].count("facturen/") == 2

    def test_hidden_files_and_the_register_itself_are_no_documents(self, tmp_path):
        files = {"a.pdf": PDF, ".DS_Store": b"x", "~$a.pdf": b"x", ".git/config": b"x"}
        space = write(tmp_path, "L1;N1;a.pdf", more="", **files)
        toml = (tmp_path / "weekrapport.toml").read_text("utf-8").replace('"register*.csv"', '"facturen/register*.csv"')
        (tmp_path / "weekrapport.toml").write_text(toml, "utf-8")
        (space.inbox / "register-20261123.csv").rename(space.inbox / "facturen" / "register-20261123.csv")
        read = read_inbox(load_workspace(tmp_path))
        assert notices(read) == []
        assert [item.rows_read for item in read.inputs] == [1, 1]

    def test_a_bsn_in_the_name_of_a_document_is_not_told(self, tmp_path):
        read = read_inbox(write(tmp_path, "L1;N1;", **{"111222333.pdf": PDF}))
        assert "111222333" not in notices(read)[0]


class TestNeverOpened:
    @pytest.mark.parametrize(
        "name",
        ["../geheim.pdf", "map/../../geheim.pdf", "/etc/passwd", "C:\\geheim.pdf", "\\\\server\\geheim.pdf", "..\\x"],
    )
    def test_a_path_that_leads_out(self, tmp_path, name):
        (tmp_path / "data" / "inbox").mkdir(parents=True)
        (tmp_path / "data" / "inbox" / "geheim.pdf").write_bytes(PDF)
        read = read_inbox(write(tmp_path, f"L1;N1;{name}"))
        assert statuses(read) == ["onleesbaar"]
        assert read.tables["factuur"]["bestand_sha256"].isna().all()
        assert notices(read) == [f"1 document onleesbaar (naam of link leidt buiten de map; niet geopend): {name}"]

    def test_a_pattern_filled_with_a_path_that_leads_out(self, tmp_path):
        (tmp_path / "data" / "inbox").mkdir(parents=True)
        (tmp_path / "data" / "inbox" / "x.pdf").write_bytes(PDF)
        space = write(tmp_path, "L1;../x;", path="", more='document_name = "{factuurnummer}.pdf"')
        assert statuses(read_inbox(space)) == ["onleesbaar"]

    def test_a_link_that_leads_out(self, tmp_path):
        outside = tmp_path / "buiten"
        outside.mkdir()
        (outside / "a.pdf").write_bytes(PDF)
        space = write(tmp_path, "L1;N1;link.pdf", "L1;N2;map/a.pdf", "L1;N3;binnen.pdf", **{"echt.pdf": PDF})
        folder = space.inbox / "facturen"
        (folder / "link.pdf").symlink_to(outside / "a.pdf")
        (folder / "map").symlink_to(outside)
        (folder / "binnen.pdf").symlink_to(folder / "echt.pdf")
        read = read_inbox(space)
        assert statuses(read) == ["onleesbaar", "onleesbaar", "aanwezig"]
        assert notices(read) == [
            "2 documenten onleesbaar (naam of link leidt buiten de map; niet geopend): link.pdf, map/a.pdf",
            "1 document staat bij geen enkele factuur in het register: echt.pdf",
        ]
        assert hash_inputs(space) == sorted((item.source, item.name, item.sha256) for item in read.inputs)

    def test_a_folder_that_is_a_link_out_of_the_inbox(self, tmp_path):
        (tmp_path / "buiten").mkdir()
        space = write(tmp_path, "L1;N1;a.pdf", folder=False)
        (space.inbox / "facturen").symlink_to(tmp_path / "buiten")
        read = read_inbox(space)
        assert "link out of the inbox" in str(read.errors["facturen"])


class TestInput:
    def test_the_folder_is_one_input(self, tmp_path):
        space = write(tmp_path, "L1;N1;a.pdf", **{"a.pdf": PDF, "b.xml": UBL})
        read = read_inbox(space)
        folder = read.inputs[-1]
        assert (folder.source, folder.table, folder.name) == ("facturen", "factuur", "facturen/")
        assert (folder.bytes, folder.rows_read, folder.exported_at) == (len(PDF) + len(UBL), 2, None)
        assert hash_inputs(space) == sorted((item.source, item.name, item.sha256) for item in read.inputs)
        assert read.rows_read == {"facturen": 1}
        assert read.exported_at["factuur"] is not None

    @pytest.mark.parametrize("change", ["content", "name", "gone", "more"])
    def test_a_document_that_changes_makes_a_new_snapshot(self, tmp_path, change):
        space = write(tmp_path, "L1;N1;a.pdf", **{"a.pdf": PDF, "b.pdf": PDF})
        before = fingerprint(space.settings, hash_inputs(space))
        first = store_snapshot(space, Week(2026, 47), read_inbox(space))
        path = space.inbox / "facturen" / "a.pdf"
        if change == "content":
            path.write_bytes(PDF + b"x")
        elif change == "name":
            path.rename(path.with_name("c.pdf"))
        elif change == "gone":
            path.unlink()
        else:
            place(tmp_path, "map/d.pdf", PDF)
        assert fingerprint(space.settings, hash_inputs(space)) != before
        second = store_snapshot(space, Week(2026, 47), read_inbox(space))
        assert (first.version, second.version) == ("r1", "r2")

    def test_the_same_documents_use_the_snapshot_again(self, tmp_path):
        space = write(tmp_path, "L1;N1;a.pdf", **{"a.pdf": PDF})
        first = store_snapshot(space, Week(2026, 47), read_inbox(space))
        os.utime(space.inbox / "facturen" / "a.pdf", (0, 0))
        assert store_snapshot(space, Week(2026, 47), read_inbox(space)) == first

    def test_a_register_that_cannot_be_read_leaves_the_folder_an_input(self, tmp_path):
        space = write(tmp_path, "L1;N1;a.pdf", **{"a.pdf": PDF})
        (space.inbox / "register-20261123.csv").write_bytes(b"\x00\x01")
        read = read_inbox(space)
        assert read.errors
        assert hash_inputs(space) == sorted((item.source, item.name, item.sha256) for item in read.inputs)

    def test_a_folder_that_is_not_there_is_an_error_of_the_source(self, tmp_path):
        space = write(tmp_path, "L1;N1;a.pdf", folder=False)
        read = read_inbox(space)
        assert "does not exist" in str(read.errors["facturen"])
        assert "factuur" not in read.tables
        with pytest.raises(SourceError, match="does not exist"):
            hash_documents(space, space.settings.source[0])

    def test_an_empty_folder_is_a_finding_and_no_error(self, tmp_path):
        read = read_inbox(write(tmp_path, "L1;N1;a.pdf"))
        assert statuses(read) == ["ontbreekt"]
        assert read.inputs[-1].rows_read == 0

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
    def test_a_document_that_may_not_be_read_is_an_error_of_the_source(self, tmp_path):
        space = write(tmp_path, "L1;N1;a.pdf", **{"a.pdf": PDF})
        (space.inbox / "facturen" / "a.pdf").chmod(0)
        assert "facturen/a.pdf cannot be opened" in str(read_inbox(space).errors["facturen"])


@pytest.mark.parametrize(
    ("more", "path", "found"),
    [
        ('document_name = "{factuurnr}.pdf"', "", "Did you mean 'factuurnummer'?"),
        ('document_name = "{oin}.pdf"', "", "does not map"),
        ('document_name = "{factuur_id.__class__}.pdf"', "", "does not have"),
        ('document_name = "{factuur_id.pdf"', "", "cannot be read"),
        ('document_name = "{factuur_id:{oin}}.pdf"', "", "cannot be read"),
        ('document_name = "vast.pdf"', "", "does not say how a document is called"),
        ("", "", "does not say how a document is called"),
        ("", 'bestand_status = "Status"', "maps bestand_status"),
        ("", 'bestand_pad = "Bestand"\nbestand_sha256 = "Hash"', "maps bestand_sha256"),
    ],
)
def test_a_mapping_that_contradicts_itself_is_refused(tmp_path, more, path, found):
    with pytest.raises(ConfigurationError, match=found.replace("?", r"\?")):
        read_inbox(write(tmp_path, "L1;N1;a.pdf", more=more, path=path))


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ('documents = "facturen"', 'documents = "../elders"', "inside the inbox"),
        ('documents = "facturen"', 'documents = "/facturen"', "inside the inbox"),
        ('documents = "facturen"', 'documents = "."', "inside the inbox"),
        ('documents = "facturen"', 'document_name = "{factuur_id}.pdf"', "no documents"),
        ('table = "factuur"', 'table = "klant"', "documents go with table 'factuur'"),
        ('documents = "facturen"\n', "", "maps bestand_status"),
    ],
)
def test_a_folder_that_cannot_be_is_refused(tmp_path, old, new, found):
    path = 'bestand_status = "Status"' if "bestand_status" in found else 'bestand_pad = "Bestand"'
    write(tmp_path, "L1;N1;a.pdf", path=path)
    toml = (tmp_path / "weekrapport.toml").read_text("utf-8").replace(old, new)
    if "klant" in new:
        toml = toml.split("[source.columns]")[0] + '[source.columns]\nklant_id = "Kenmerk"\n'
    (tmp_path / "weekrapport.toml").write_text(toml, "utf-8")
    with pytest.raises(ConfigurationError, match=found):
        read_inbox(load_workspace(tmp_path))


def test_the_table_keeps_its_dtypes(tmp_path):
    read = read_inbox(write(tmp_path, "L1;N1;", "L1;N2;a.pdf", **{"a.pdf": PDF}))
    kinds = read.tables["factuur"].dtypes
    assert kinds["bestand_bytes"] == "Int64"
    assert isinstance(kinds["bestand_status"], pd.StringDtype)

"""CSV files: separators, encodings, line numbers, bad rows, and files that stop half-way."""

from __future__ import annotations

import gzip
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weekrapport.errors import ConfigurationError, SourceError
from weekrapport.settings import Source
from weekrapport.sources.csv_file import WITHHELD, read_csv, sniff_separator
from weekrapport.sources.headers import header_key, means_bsn, wanted_headers
from weekrapport.sources.raw import RawTable

GOOD = "zaaknummer;team\nZ1;Werkplek\nZ2;Netwerk\n"
WANTED = ("zaaknummer", "team")


def read(text: str | bytes, wanted: tuple[str, ...] = WANTED, **options: str | None) -> RawTable:
    data = text if isinstance(text, bytes) else text.encode()
    return read_csv(data, "zaken.csv", wanted, **options)  # type: ignore[arg-type]


def column(raw: RawTable, header: str = "team") -> list[str]:
    return raw.frame[header].tolist()


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("pack", [lambda data: data, gzip.compress])
def test_separators_and_line_ends(separator: str, line_end: str, pack: type) -> None:
    raw = read(pack(GOOD.replace(";", separator).replace("\n", line_end).encode()))
    assert column(raw) == ["Werkplek", "Netwerk"]
    assert raw.rows.tolist() == [2, 3]
    assert (raw.rejected, raw.missing, raw.dropped, raw.remarks, raw.open_end) == ((), (), (), (), False)
    assert raw.rows_read == 2


@pytest.mark.parametrize(
    ("line", "separator"),
    [
        ("a;b,c;d", ";"), ('"x,y,z";b', ";"), ("a,b", ","), ("a|b", "|"), ("a\tb", "\t"), ("alleen", ";"),
        ("a;b,c", ";"),
    ],
)  # fmt: skip
def test_the_separator_comes_from_the_header_line_outside_quotes(line: str, separator: str) -> None:
    assert sniff_separator(line) == separator


def test_a_sep_line_is_honoured_and_counts_as_a_line() -> None:
    raw = read("sep=|\nzaaknummer|team;x\nZ1|a;b\n", ("team;x",))
    assert column(raw, "team;x") == ["a;b"]
    assert raw.rows.tolist() == [3]


@pytest.mark.parametrize(
    ("text", "options", "message"),
    [
        ("sep=;\n" + GOOD, {"separator": ","}, "sep=;"),
        ("sep=#\na#b\n", {}, "not one of"),
        ("sep=;\n", {}, "no header row"),
        (GOOD, {"separator": ","}, "has none"),
        ("\n \n", {}, "only empty lines"),
        ('zaak"nummer";"team"x\n', {}, "quotes in the header"),
    ],
)
def test_a_header_that_contradicts_itself_is_refused(text: str, options: dict[str, str], message: str) -> None:
    with pytest.raises(SourceError, match=message):
        read(text, **options)


def test_line_numbers_stay_right_after_quoted_line_ends_and_empty_lines() -> None:
    raw = read('\nzaaknummer;team\nZ1;"een\r\ntwee\ndrie"\n\n;\nZ2;b\n')
    assert raw.rows.tolist() == [3, 8]
    assert column(raw)[0] == "een\r\ntwee\ndrie"
    assert raw.remarks == ("2 lege regel(s) overgeslagen",)
    assert raw.rows_read == 2


def test_rows_with_another_number_of_fields_go_to_the_quarantine_with_their_line() -> None:
    raw = read("zaaknummer;team\nZ1;a;b\nZ2;b\nZ3\nZ4;\n")
    assert [(row.bron, row.bron_rij, row.reden, row.regel) for row in raw.rejected] == [
        ("zaken.csv", 2, "3 velden in plaats van 2", "Z1;a;b"),
        ("zaken.csv", 4, "1 velden in plaats van 2", "Z3"),
    ]
    assert column(raw, "zaaknummer") == ["Z2", "Z4"]
    assert raw.rows_read == 4


def test_broken_quotes_in_one_row_cost_only_that_row() -> None:
    raw = read('zaaknummer;team\nZ1;"a" b\nZ2;"een ""woord"""\nZ3;5" scherm\n')
    assert [(row.bron_rij, row.regel) for row in raw.rejected] == [(2, 'Z1;"a" b')]
    assert column(raw) == ['een "woord"', '5" scherm']


def test_the_original_line_of_a_good_row_is_kept() -> None:
    raw = read('zaaknummer;team\r\nZ1;"a\r\nb"\r\nZ2;c\r\n')
    assert raw.regel(0) == 'Z1;"a\r\nb"'
    assert raw.regel(1) == "Z2;c"


@pytest.mark.parametrize(
    "text", [GOOD + "Z3", GOOD + 'Z3;"Werkp', GOOD + 'Z3;"Werkp\nZ4;a\n', GOOD + 'Z3;"a"b', "a;b\nc"]
)
def test_a_file_that_stops_in_the_middle_is_refused(text: str) -> None:
    with pytest.raises(SourceError, match=r"zaken\.csv looks cut off.*line"):
        read(text)


def test_a_last_row_that_is_whole_may_lack_its_line_end() -> None:
    raw = read(GOOD.rstrip("\n"))
    assert column(raw) == ["Werkplek", "Netwerk"]
    assert raw.open_end
    assert "zonder regeleinde" in raw.remarks[0]


@pytest.mark.parametrize("cut", [1, 9, 30])
def test_a_gzip_that_stops_is_refused(cut: int) -> None:
    data = gzip.compress(GOOD.encode() * 50, mtime=0)
    with pytest.raises(SourceError, match="looks cut off"):
        read(data[:-cut])


def test_a_damaged_gzip_is_refused() -> None:
    data = bytearray(gzip.compress(GOOD.encode() * 50, mtime=0))
    data[-6] ^= 255
    with pytest.raises(SourceError, match="damaged"):
        read(bytes(data))


@pytest.mark.parametrize("data", [b"", gzip.compress(b""), b"\xef\xbb\xbf"])
def test_nothing_at_all_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match="empty"):
        read(data)


def test_a_header_without_rows_is_an_empty_table() -> None:
    raw = read("zaaknummer;team\n")
    assert len(raw.frame) == 0
    assert list(raw.frame.columns) == ["zaaknummer", "team"]


def test_a_field_that_never_ends_names_the_line() -> None:
    with pytest.raises(SourceError, match="line 3: a field goes on"):
        read(GOOD.replace("Z2;Netwerk", 'Z2;"' + "x\n" * 100_000 + '"'))


TEXT = "zaaknummer;team\nZ1;Café\nZ2;Coördinatie\n"


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", None),
        ("utf-8", "utf-8"),
        ("utf-8-sig", None),
        ("utf-8-sig", "utf-8"),
        ("cp1252", None),
        ("cp1252", "cp1252"),
    ],
)
def test_encodings(encoding: str, declared: str | None) -> None:
    raw = read(TEXT.encode(encoding), encoding=declared)
    assert column(raw) == ["Café", "Coördinatie"]
    assert raw.missing == ()
    assert raw.remarks == (("gelezen als Windows-1252",) if (encoding, declared) == ("cp1252", None) else ())


@pytest.mark.parametrize(
    ("data", "declared", "message"),
    [
        (TEXT.encode("cp1252"), "utf-8", "line 2: the source declares utf-8"),
        (TEXT.encode("utf-8"), "cp1252", "line 2: the source declares cp1252"),
        (b"\xef\xbb\xbf" + TEXT.encode("cp1252"), None, "line 2: the file starts with the UTF-8 mark"),
        ((TEXT + "Z3;").encode() + b"\xe9\n", None, "line 4: the rest of the file is UTF-8"),
        (b"a;b\n1;\x81\n", None, "line 2: this byte is neither"),
        (TEXT.encode("utf-16"), None, "UTF-16"),
        (TEXT.encode("utf-16-le"), None, "NUL bytes"),
        (b"a;b\n1;\x00\n", None, "line 2: this is not text"),
        ((TEXT + "Z3;é").encode()[:-1], None, "looks cut off"),
        (b"PK\x03\x04abc", None, "Excel workbook or zip"),
        (b"%PDF-1.7", None, "a PDF"),
        (b"\n<!DOCTYPE html><html>", None, "web page"),
        (b"<?xml version='1.0'?>", None, "XML"),
    ],
)
def test_bytes_that_contradict_are_refused(data: bytes, declared: str | None, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        read(data, encoding=declared)


def test_a_declared_encoding_fits_plain_ascii() -> None:
    assert read(GOOD, encoding="cp1252").rows_read == read(GOOD, encoding="utf-8").rows_read == 2


def test_headers_match_without_case_accents_and_spaces() -> None:
    raw = read(" ZAAK Nummer ;Téam\nZ1;a\n")
    assert raw.missing == ()
    assert column(raw) == ["a"]
    assert header_key("Coördinatie  Team") == "coordinatieteam"


def test_missing_and_unmapped_headers_are_named() -> None:
    raw = read("zaaknummer;Extra;\nZ1;geheim;\n")
    assert raw.missing == ("team",)
    assert raw.dropped == ("Extra",)
    assert list(raw.frame.columns) == ["zaaknummer"]


def test_a_double_header_is_refused_only_when_it_is_mapped() -> None:
    assert read("zaaknummer;team;x;x\nZ1;a;1;2\n").dropped == ("x", "x")
    with pytest.raises(SourceError, match=r"'team'.*columns 2, 3"):
        read("zaaknummer;team;TEAM\nZ1;a;b\n")


@pytest.mark.parametrize(
    "header",
    [
        "BSN",
        "inpBsn",
        "inp.bsn",
        "Burgerservicenummer",
        "burger-service nummer",
        "Sofinummer",
        "klant_bsn",
        "BSN klant",
    ],
)
def test_a_bsn_is_never_read(header: str) -> None:
    assert means_bsn(header)
    source = Source(name="zaken", table="zaak", files="*.csv", columns={"zaak_id": "nr", "klant_id": header})
    with pytest.raises(ConfigurationError, match="BSN"):
        wanted_headers(source)


@pytest.mark.parametrize("header", ["Absnummer", "Subsnip", "team", "Servicenummer", "zaak_id"])
def test_other_headers_are_no_bsn(header: str) -> None:
    assert not means_bsn(header)


def test_the_quarantine_never_holds_a_bsn() -> None:
    raw = read("zaaknummer;BSN;team\nZ1;111222333;a\nZ2;111222333\n")
    assert raw.regel(0) == "Z1;;a"
    assert [row.regel for row in raw.rejected] == [WITHHELD]


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\x00\ufeff"), max_size=8)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.just("Z"), CELL), min_size=1, max_size=6))
def test_what_is_quoted_comes_back(rows: list[tuple[str, str]]) -> None:
    lines = ['"zaaknummer";"team"'] + [f'"{a}";"{b.replace(chr(34), chr(34) * 2)}"' for a, b in rows]
    raw = read("\r\n".join(lines) + "\r\n")
    assert column(raw) == [b for _, b in rows]
    assert raw.rejected == ()


def test_a_hundred_thousand_rows_in_seconds() -> None:
    data = ("zaaknummer;team;a;b;c;d;e;f\n" + "".join(f"Z{i};T{i % 9};1;2;3;4;5;6\n" for i in range(100_000))).encode()
    start = time.process_time()
    raw = read(data)
    assert time.process_time() - start < 3  # measured: 0.3 s
    assert raw.rows[-1] == 100_001

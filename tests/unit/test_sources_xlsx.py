"""Excel workbooks: where the table stands, what its cells mean, and workbooks that are refused."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from datetime import time as clock
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.chart import BarChart
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from weekrapport.errors import SourceError
from weekrapport.settings import Source, load_workspace
from weekrapport.sources.cell_text import number_text
from weekrapport.sources.csv_file import WITHHELD
from weekrapport.sources.event_log import event_log_to_typed
from weekrapport.sources.file_shapes import read_raw
from weekrapport.sources.inbox import read_inbox
from weekrapport.sources.raw import RawTable
from weekrapport.sources.typed import TypedRead, to_typed
from weekrapport.sources.xlsx_file import read_xlsx

HEADER = ("Zaaknummer", "Start", "Uren")
ROWS = (("Z1", date(2026, 11, 2), 1.5), ("Z2", date(2026, 11, 9), 2))
WANTED = ("zaaknummer", "start", "uren")
Sheet = Sequence[Sequence[Any]]


def save(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def workbook(change: Callable[[openpyxl.Workbook], object] | None = None, /, **sheets: Sheet) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    if change:
        change(book)
    return save(book)


def read(rows: Sheet, change: Callable[[openpyxl.Workbook], object] | None = None, **options: Any) -> RawTable:
    return read_xlsx(workbook(change, Blad1=rows), "zaken.xlsx", WANTED, keys=("zaaknummer",), **options)


def source(**options: Any) -> Source:
    columns = {"zaak_id": "Zaaknummer", "startdatum": "Start", "einddatum": "Einde", "resturen": "Uren"}
    return Source(**{"name": "zaken", "table": "zaak", "files": "*.xlsx", "columns": columns, **options})


def typed(rows: Sheet, **options: Any) -> TypedRead:
    given = source(**options)
    return to_typed(read_raw(workbook(None, Blad1=rows), "zaken.xlsx", given), given, None)


def rezip(data: bytes, **changes: bytes | None) -> bytes:
    """Return the workbook with parts replaced or, with None, taken out; `__` stands for a slash, `_dot_` for a dot."""
    parts = {name.replace("__", "/").replace("_dot_", "."): content for name, content in changes.items()}
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for item in old.namelist():
            if item not in parts:
                new.writestr(item, old.read(item))
        for name, content in parts.items():
            if content is not None:
                new.writestr(name, content)
    return stream.getvalue()


# --- where the table stands -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("above", [0, 1, 5, 14])
def test_the_header_row_is_found_below_titles_and_empty_rows(above: int) -> None:
    titles = [["Overzicht zaken"], *([[]] * 12), ["Team", "Servicedesk"]][:above]
    raw = read([*titles, HEADER, *ROWS])
    assert raw.rows.tolist() == [above + 2, above + 3]
    assert raw.frame["zaaknummer"].tolist() == ["Z1", "Z2"]
    told = [remark for remark in raw.remarks if "erboven niet gelezen" in remark]
    assert len(told) == (above > 0)
    assert not above or f"kopregel op rij {above + 1}" in told[0]


def test_a_header_below_row_15_is_not_found_and_the_message_says_what_was() -> None:
    with pytest.raises(SourceError, match=r"none of the mapped headers stands in the first 15 rows of 'Blad1'"):
        read([*([["Titel", "van het rapport"]] * 15), HEADER, *ROWS])


def test_the_row_with_most_headers_wins_from_a_title_that_mentions_one() -> None:
    raw = read([["Start", date(2026, 11, 2)], [], HEADER, *ROWS])
    assert raw.rows.tolist() == [4, 5]


def test_merged_titles_are_titles_and_merged_cells_in_the_data_are_told() -> None:
    def merge(book: openpyxl.Workbook) -> None:
        book["Blad1"].merge_cells("A1:C1")
        book["Blad1"].merge_cells("B3:B4")

    raw = read([["Overzicht", None, None], HEADER, *ROWS], merge)
    assert any("samengevoegde cellen onder de kopregel (B3:B4)" in remark for remark in raw.remarks)
    assert raw.frame["start"].tolist() == ["2026-11-02", ""]


def test_header_texts_match_without_regard_to_case_accents_spaces_and_line_ends() -> None:
    raw = read([["ZAAK\nNUMMER ", "Stárt", " uren"], *ROWS])
    assert raw.missing == ()


def test_missing_and_unmapped_headers_are_told() -> None:
    raw = read([["Zaaknummer", "Naam", "Start"], ["Z1", "x", date(2026, 11, 2)]])
    assert (raw.missing, raw.dropped) == (("uren",), ("Naam",))


def test_a_mapped_header_that_stands_twice_is_refused() -> None:
    with pytest.raises(SourceError, match=r"'zaaknummer' stands in the header row more than once \(columns 1, 4\)"):
        read([[*HEADER, "Zaak nummer"], ["Z1", None, None, "Z9"]])


def test_only_a_header_is_a_table_without_rows() -> None:
    raw = read([HEADER])
    assert (len(raw.frame), raw.rows_read, raw.rejected) == (0, 0, ())


@pytest.mark.parametrize("rows", [[], [[]], [[None, ""]]])
def test_an_empty_workbook_is_refused(rows: Sheet) -> None:
    with pytest.raises(SourceError, match="'Blad1' is empty"):
        read(rows)


# --- what is no data --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("label", ["Totaal", "totaal uren", "Eindtotaal:", "TOTAL", "Grand total"])
@pytest.mark.parametrize("before", [[], [[]]])
def test_a_total_below_the_data_is_passed_over_and_told(label: str, before: Sheet) -> None:
    raw = read([HEADER, *ROWS, *before, [label, None, 3.5]])
    assert raw.frame["zaaknummer"].tolist() == ["Z1", "Z2"]
    assert f"rij {4 + len(before)} met het totaal niet gelezen: '{label}'" in raw.remarks
    assert raw.rows_read == 2


@pytest.mark.parametrize(
    "row",
    [["Z3", None, "Totaal"], ["Z9", "totaal", None], ["Totalisator", None, 1], ["Totaalrenovatie", None, 1]],
)
def test_a_last_row_with_a_key_is_data_whatever_it_says(row: Sequence[Any]) -> None:
    assert len(read([HEADER, *ROWS, row]).frame) == 3


def test_a_total_that_is_not_the_last_row_stays_and_is_quarantined_as_unreadable() -> None:
    done = typed([[*HEADER, "Einde"], ["Z1", date(2026, 11, 2), 1, None], ["Totaal", "1 zaak", 1, None], ["Z2"]])
    assert [row.bron_rij for row in done.rejected] == [3]


def test_notes_below_the_table_are_passed_over_and_told() -> None:
    raw = read([HEADER, *ROWS, [], ["Bron: zaaksysteem"], ["Afgedrukt op 23 november"]])
    assert len(raw.frame) == 2
    assert "2 rij(en) met tekst onder de tabel niet gelezen (rij 5: 'Bron: zaaksysteem')" in raw.remarks


def test_a_subtotal_above_the_total_and_a_note_right_under_it_are_passed_over() -> None:
    raw = read([HEADER, *ROWS, ["Subtotaal", None, 3.5], ["Totaal", None, 3.5], ["Peildatum 23 november"]])
    assert raw.frame["zaaknummer"].tolist() == ["Z1", "Z2"]
    assert [remark.split(" niet gelezen")[0] for remark in raw.remarks] == [
        "1 rij(en) met tekst onder de tabel",
        "rij 5 met het totaal",
        "rij 4 met het totaal",
    ]


def test_a_single_text_right_under_the_table_is_data() -> None:
    assert len(read([HEADER, *ROWS, ["Z 3"]]).frame) == 3


def test_empty_rows_in_between_keep_the_row_numbers() -> None:
    assert read([HEADER, ROWS[0], [], [], ROWS[1]]).rows.tolist() == [2, 5]


def test_a_repeated_header_goes_to_the_quarantine() -> None:
    raw = read([HEADER, ROWS[0], HEADER, ROWS[1]])
    assert [(row.bron_rij, row.reden) for row in raw.rejected] == [(3, "herhaling van de kopregel")]
    assert raw.frame["zaaknummer"].tolist() == ["Z1", "Z2"]
    assert raw.rows_read == 3


@pytest.mark.parametrize("second", [["Team", "Aantal", "Uren"], [None, "Zaaknummer", "Start"]])
def test_a_second_table_in_the_sheet_is_refused(second: Sequence[Any]) -> None:
    with pytest.raises(SourceError, match=r"row 5: here a second table seems to begin"):
        read([HEADER, *ROWS, [], second, ["Servicedesk", "Z1", 3]])


# --- sheets -----------------------------------------------------------------------------------------------------------


def test_hidden_and_other_sheets_are_left_out_and_told() -> None:
    def hide(book: openpyxl.Workbook) -> None:
        book["Oud"].sheet_state = "hidden"

    data = workbook(hide, Toelichting=[["Uitleg"]], Oud=[HEADER, ["Z9"]], Zaken=[HEADER, *ROWS])
    raw = read_xlsx(data, "zaken.xlsx", WANTED)
    assert raw.frame["zaaknummer"].tolist() == ["Z1", "Z2"]
    assert raw.remarks == ("werkbladen niet gelezen: Toelichting", "verborgen werkbladen niet gelezen: Oud")


def test_two_sheets_with_the_headers_are_refused_unless_the_source_says_which() -> None:
    data = workbook(None, Nu=[HEADER, ROWS[0]], Toen=[HEADER, ROWS[1]])
    with pytest.raises(
        SourceError, match=r"2 sheets have the mapped headers: 'Nu', 'Toen'. Say which one with `sheet`"
    ):
        read_xlsx(data, "zaken.xlsx", WANTED)
    assert read_xlsx(data, "zaken.xlsx", WANTED, sheet="toen").frame["zaaknummer"].tolist() == ["Z2"]


def test_a_sheet_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(SourceError, match=r"there is no sheet 'Data'; there is 'Blad1'"):
        read([HEADER], sheet="Data")


def test_a_sheet_of_a_chart_is_no_sheet_of_data() -> None:
    raw = read([HEADER, *ROWS], lambda book: book.create_chartsheet("Grafiek").add_chart(BarChart()))
    assert len(raw.frame) == 2


# --- cells ------------------------------------------------------------------------------------------------------------


def test_real_dates_and_texts_of_dates_mean_the_same() -> None:
    day = [
        date(2026, 11, 2),
        datetime(2026, 11, 2, 13, 5),  # noqa: DTZ001  a workbook has no zone
        "2-11-2026",
        "02 nov 2026",
        "2026-11-02",
        "31-11-2026",
        46328,
    ]
    done = typed([["Zaaknummer", "Start", "Einde", "Uren"], *([f"Z{i}", value] for i, value in enumerate(day))])
    assert [str(value)[:10] for value in done.frames["zaak"]["startdatum"]] == ["2026-11-02"] * 5
    assert [(row.bron_rij, row.reden) for row in done.rejected] == [
        (7, "geen bestaande datum of tijd (dag-maand-jaar): '31-11-2026'"),
        (8, "geen datum: '46328'"),
    ]


def test_dates_of_the_1904_calendar_are_the_same_dates() -> None:
    def mac(book: openpyxl.Workbook) -> None:
        book.epoch = CALENDAR_MAC_1904

    assert read([HEADER, ROWS[0]], mac).frame["start"].tolist() == ["2026-11-02"]


@pytest.mark.parametrize("decimaal", [None, ",", "."])
@pytest.mark.parametrize("among", [[], ["1.250,50"], ["1,250.50"]])
def test_real_numbers_are_exact_whatever_the_source_says_of_its_texts(decimaal: str | None, among: list[str]) -> None:
    values = [1.234, 1234.5, 0.125, -12, 1e6, 123456.789, 0.1 + 0.2]
    rows = [[f"Z{i}", date(2026, 11, 2), value] for i, value in enumerate([*values, *among])]
    done = typed([HEADER, *rows], columns={"zaak_id": "Zaaknummer", "resturen": "Uren"}, decimaal=decimaal)
    assert done.frames["zaak"]["resturen"].tolist()[: len(values)] == [1.234, 1234.5, 0.125, -12, 1e6, 123456.789, 0.3]
    if not among:
        assert done.remarks == ()


def test_amounts_are_whole_cents_as_excel_shows_them() -> None:
    columns = {"boeking_id": "Zaaknummer", "bedrag_cent": "Uren"}
    given = Source(name="b", table="boeking", files="*.xlsx", columns=columns, decimaal=",")
    rows = [[f"B{i}", None, value] for i, value in enumerate([1234.5600000000002, 1.005, -0.125, "1.234,56", 12])]
    done = to_typed(read_raw(workbook(None, b=[HEADER, *rows]), "b.xlsx", given), given, None)
    assert done.frames["boeking"]["bedrag_cent"].tolist() == [123456, 101, -13, 123456, 1200]


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12))
@settings(max_examples=200, deadline=None)
def test_a_number_is_written_with_at_most_fifteen_digits(value: float) -> None:
    text = number_text(value, ".")
    assert "e" not in text.lower()
    assert float(text) == pytest.approx(value, rel=1e-14)


def test_yes_no_times_and_escaped_characters() -> None:
    raw = read([HEADER, ["a_x000D_\nb", clock(13, 5), True], ["c", timedelta(hours=30), False]])
    assert raw.frame["zaaknummer"].tolist() == ["a\r\nb", "c"]
    assert raw.frame["start"].tolist() == ["13:05:00", "1 day, 6:00:00"]
    assert raw.frame["uren"].tolist() == ["true", "false"]


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!", "#VALUE!"])
def test_an_error_of_excel_puts_the_row_in_the_quarantine(error: str) -> None:
    done = typed([HEADER, *ROWS, ["Z3", error, 1]], columns={"zaak_id": "Zaaknummer", "omschrijving": "Start"})
    assert [(row.bron_rij, row.kolom, row.reden) for row in done.rejected] == [
        (4, "omschrijving", f"fout van Excel: '{error}'")
    ]
    done = typed(
        [HEADER, ["Z3", error, 1]], columns={"zaak_id": "Zaaknummer", "omschrijving": "Start"}, missing=[error]
    )
    assert done.rejected == ()
    assert done.frames["zaak"]["omschrijving"].isna().all()


def test_a_stored_result_of_a_formula_is_read_and_one_that_is_not_stored_is_unreadable() -> None:
    data = workbook(None, Blad1=[HEADER, ["Z1", None, "=1+1"], ["Z2", None, '=""'], ["Z3", None, "=2+2"]])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    sheet = sheet.replace('<c r="C2"><f>1+1</f><v></v>', '<c r="C2"><f>1+1</f><v>2</v>')
    sheet = sheet.replace('<c r="C3"><f>""</f><v></v>', '<c r="C3" t="str"><f>""</f><v></v>')
    given = source(columns={"zaak_id": "Zaaknummer", "resturen": "Uren"})
    raw = read_raw(rezip(data, xl__worksheets__sheet1_dot_xml=sheet.encode()), "zaken.xlsx", given)
    done = to_typed(raw, given, None)
    assert done.frames["zaak"]["resturen"].isna().tolist() == [False, True]
    assert done.frames["zaak"]["resturen"][0] == 2
    assert [(row.bron_rij, row.kolom, row.reden) for row in done.rejected] == [
        (4, "resturen", "formule zonder uitkomst: open het bestand in Excel en sla het op")
    ]


@pytest.mark.parametrize("value", ["#REF!", "=NOW()"])
def test_an_export_moment_that_excel_cannot_tell_stops_the_source(tmp_path: Path, value: str) -> None:
    (tmp_path / "data" / "inbox").mkdir(parents=True)
    (tmp_path / "data" / "inbox" / "zaken.xlsx").write_bytes(workbook(None, z=[HEADER, ["Z1", None], ["Z2", value]]))
    (tmp_path / "weekrapport.toml").write_text(
        '[[source]]\nname = "zaken"\ntable = "zaak"\nfiles = "*.xlsx"\ngeexporteerd_kolom = "Start"\n'
        '[source.columns]\nzaak_id = "Zaaknummer"\n'
    )
    error = read_inbox(load_workspace(tmp_path)).errors["zaken"]
    assert "zaken.xlsx, row 3, column 'Start': no export moment" in str(error)


def test_the_original_row_is_kept_without_a_column_of_bsn() -> None:
    raw = read([[*HEADER, "BSN"], ["Z1", date(2026, 11, 2), 1.5, 111222333]])
    assert raw.regel(0) == "Z1;2026-11-02;1,5;"
    assert WITHHELD not in raw.regel(0)


# --- keys that Excel damaged ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (1234567890123456, "getal van meer dan 15 cijfers"),
        (2.5, "getal met decimalen"),
        ("2,02611E+12", "wetenschappelijke notatie"),
        ("2.02611e+12", "wetenschappelijke notatie"),
        (date(2026, 11, 1), "datum in plaats van een sleutel"),
        (True, "waar of onwaar"),
    ],
)
def test_a_key_that_excel_changed_is_read_and_counted_as_damaged(value: Any, why: str) -> None:
    done = typed(
        [HEADER, *ROWS, [value, date(2026, 11, 2), 1]], columns={"zaak_id": "Zaaknummer", "startdatum": "Start"}
    )
    assert len(done.frames["zaak"]) == 3
    assert done.damaged == {"zaak": ("rij 4 kolom Zaaknummer in zaken.xlsx",)}
    assert any(
        remark.startswith("kolom zaak_id: 1 × sleutel door Excel veranderd") and why in remark
        for remark in done.remarks
    )


@pytest.mark.parametrize("value", [999999999999999, 20261234, 1.0, "12E5", "1E5", "E+1", "2026-000123", "1e+x"])
def test_a_key_of_at_most_fifteen_digits_is_exact(value: Any) -> None:
    done = typed([HEADER, [value, date(2026, 11, 2), 1]], columns={"zaak_id": "Zaaknummer", "startdatum": "Start"})
    assert done.damaged == {}
    assert done.frames["zaak"]["zaak_id"].tolist() == [str(value).removesuffix(".0")]
    told = [remark for remark in done.remarks if "nullen vooraan" in remark]
    assert len(told) == (not isinstance(value, str))


def test_a_format_of_zeros_gives_a_key_its_zeros_back() -> None:
    def zeros(book: openpyxl.Workbook) -> None:
        book["Blad1"]["A2"].number_format = "000000"

    raw = read([HEADER, [123, None, None]], zeros, identifiers=("zaaknummer",))
    assert raw.frame["zaaknummer"].tolist() == ["000123"]
    assert raw.numbers == {"zaaknummer": ()}


def test_a_number_in_a_column_that_holds_no_key_is_not_damaged() -> None:
    done = typed([HEADER, ["Z1", 12345678901234567, 1.5]], columns={"zaak_id": "Zaaknummer", "omschrijving": "Start"})
    assert done.damaged == {}


def test_a_damaged_part_of_a_joined_key_is_found() -> None:
    columns = {"boeking_id": ("Start", "Zaaknummer"), "bedrag_cent": "Uren"}
    given = Source(name="b", table="boeking", files="*.xlsx", columns=columns)
    rows = [HEADER, ["2,02611E+12", 2008, 1], [1234567890123456, 2008, 1], ["12", 2008, 1]]
    done = to_typed(read_raw(workbook(None, b=rows), "b.xlsx", given), given, None)
    assert done.damaged == {"boeking": ("rij 2 kolom Zaaknummer in b.xlsx", "rij 3 kolom Zaaknummer in b.xlsx")}


# --- workbooks that are refused ---------------------------------------------------------------------------------------

GOOD = workbook(None, Blad1=[HEADER, *ROWS])


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (GOOD[:-30], "looks cut off"),
        (GOOD[: len(GOOD) // 2], "looks cut off"),
        (b"PK\x03\x04" + b"x" * 100, "looks cut off"),
        (rezip(GOOD, xl__worksheets__sheet1_dot_xml=b"<worksheet><sheetData><row"), "cannot be read as a workbook"),
        (rezip(GOOD, xl__workbook_dot_xml=None), "cannot be read as a workbook"),
        (rezip(GOOD, xl__vbaProject_dot_bin=b"x"), r"holds macros \(\.xlsm\)"),
        (rezip(GOOD, xl__workbook_dot_bin=b"x"), r"binary workbook \(\.xlsb\)"),
        (rezip(GOOD, mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "OpenDocument"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, r"old Excel workbook \(\.xls\)"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "protected with a password"),
        (b"<!DOCTYPE html><html>", "a web page, perhaps a login page"),
        (b"Zaaknummer;Start\nZ1;2\n", "the name says an Excel workbook or zip file, but this is text"),
        (b"PAR1", "but this is a parquet file"),
        (b"", "the file is empty"),
    ],
)
def test_what_is_no_workbook_is_refused_with_what_to_do(data: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message) as caught:
        read_raw(data, "zaken.xlsx", source())
    assert str(caught.value).startswith("zaken.xlsx")


def test_a_zip_file_that_is_no_workbook_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("zaken.csv", "x")
    with pytest.raises(SourceError, match="is a zip file and no workbook"):
        read_raw(stream.getvalue(), "zaken.xlsx", source())


def test_a_workbook_with_a_csv_name_is_refused() -> None:
    with pytest.raises(SourceError, match=r"the name says text \(CSV\), but this is an Excel workbook"):
        read_raw(GOOD, "zaken.csv", source())


def test_a_part_that_is_damaged_is_told() -> None:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        start = archive.getinfo("xl/worksheets/sheet1.xml").header_offset + 60
    broken = bytearray(GOOD)
    broken[start : start + 40] = b"\x00" * 40
    with pytest.raises(SourceError, match="the workbook is damaged"):
        read_raw(bytes(broken), "zaken.xlsx", source())


def test_entities_in_a_workbook_are_refused() -> None:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    bad = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + sheet
    with pytest.raises(SourceError, match=r"cannot be read as a workbook \(EntitiesForbidden"):
        read_raw(rezip(GOOD, xl__worksheets__sheet1_dot_xml=bad), "zaken.xlsx", source())


def test_a_workbook_that_unpacks_to_more_than_is_read_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("weekrapport.sources.workbook.LARGEST", 1000)
    with pytest.raises(SourceError, match="unpacks to"):
        read_raw(GOOD, "zaken.xlsx", source())


def test_an_event_log_in_a_workbook_is_read_with_its_faults_and_damage() -> None:
    rows = [
        ["Zaak", "Stap", "Tijd", "Door"],
        ["Z1", "Ontvangen", datetime(2026, 11, 2, 9, 30), 1234567890123456],  # noqa: DTZ001
        ["Z1", "#REF!", datetime(2026, 11, 2, 9, 45), "R1"],  # noqa: DTZ001
        ["2,02611E+12", "Klaar", "3-11-2026 08:00", "R1"],
        ["2,02611E+12", "Klaar", "#VALUE!", "R1"],
    ]
    given = Source(
        name="log",
        table="zaak",
        files="*.xlsx",
        shape="event_log",
        columns={"zaak_id": "Zaak"},
        events={"activity": "Stap", "timestamp": "Tijd", "resource": "Door"},
    )
    done = event_log_to_typed(read_raw(workbook(None, log=rows), "log.xlsx", given), given, None)
    assert done.frames["zaak"]["zaak_id"].tolist() == ["Z1", "2,02611E+12"]
    assert [str(moment)[:16] for moment in done.frames["zaak_status"]["gezet_op"]] == [
        "2026-11-02 08:30",
        "2026-11-03 07:00",
    ]
    assert [(row.bron_rij, row.tabel, row.kolom) for row in done.rejected] == [
        (3, "zaak_status", "statustype_id"),
        (5, "zaak_status", "gezet_op"),
    ]
    assert done.damaged == {
        "zaak": ("rij 4 kolom Zaak in log.xlsx",),
        "zaak_status": ("rij 2 kolom Door in log.xlsx", "rij 4 kolom Zaak in log.xlsx"),
    }


def test_a_cell_far_below_does_not_cost_a_million_rows() -> None:
    raw = read([HEADER, *ROWS], lambda book: book["Blad1"].cell(row=1_048_576, column=3, value=1))
    assert raw.rows.tolist() == [2, 3, 1_048_576]


PREFIXED = """<?xml version="1.0" encoding="utf-8"?>
<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:dimension ref="A1"/><x:sheetData>
<x:row><x:c t="s"><x:v>0</x:v></x:c><x:c t="inlineStr"><x:is><x:t>Start</x:t></x:is></x:c>
<x:c t="str"><x:v>Uren</x:v></x:c></x:row>
<x:row r="4"><x:c r="A4" t="s"><x:v>1</x:v></x:c><x:c r="B4" t="d"><x:v>2026-11-02</x:v></x:c>
<x:c r="C4"><x:f>SUM(1,2)</x:f><x:v>3</x:v></x:c></x:row>
<x:row r="5"><x:c r="A5" t="s"><x:v>1</x:v></x:c><x:c r="C5"><x:f t="shared" si="0"/></x:c></x:row>
</x:sheetData></x:worksheet>"""
STRINGS = """<?xml version="1.0" encoding="utf-8"?>
<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="2" uniqueCount="2">
<si><r><rPr><b/></rPr><t>Zaak</t></r><r><t xml:space="preserve">nummer</t></r></si><si><t>Z1</t></si></sst>"""


def test_the_xml_of_other_writers_is_read() -> None:
    """A prefix for every element, rich text, ISO dates, a wrong size, cells and rows without an address."""
    types = zipfile.ZipFile(io.BytesIO(GOOD)).read("[Content_Types].xml").decode()
    if "sharedStrings" not in types:
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
        types = types.replace("</Types>", f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>')
    data = rezip(
        GOOD,
        xl__worksheets__sheet1_dot_xml=PREFIXED.encode(),
        xl__sharedStrings_dot_xml=STRINGS.encode(),
        **{"[Content_Types]_dot_xml": types.encode()},
    )
    raw = read_xlsx(data, "zaken.xlsx", WANTED)
    assert raw.frame.iloc[0].tolist() == ["Z1", "2026-11-02", "3"]
    assert raw.rows.tolist() == [4, 5]
    assert raw.faults == {"uren": {1: "formule zonder uitkomst: open het bestand in Excel en sla het op"}}


def test_a_sheet_of_forty_rows_is_quick() -> None:
    data = workbook(None, Blad1=[HEADER, *([f"Z{i}", date(2026, 11, 2), 1.5] for i in range(40))])
    read_raw(data, "zaken.xlsx", source())
    start = time.perf_counter()
    read_raw(data, "zaken.xlsx", source())
    assert time.perf_counter() - start < 0.1

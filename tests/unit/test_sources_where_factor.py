"""`where` chooses rows, `factor` says in what unit a number is written."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from weekrapport.errors import ConfigurationError, SourceError
from weekrapport.settings import Source, load_workspace
from weekrapport.sources.file_shapes import read_raw
from weekrapport.sources.headers import wanted_headers
from weekrapport.sources.inbox import read_inbox
from weekrapport.sources.numbers import read_cents, read_decimals, read_integers
from weekrapport.sources.raw import RawTable
from weekrapport.sources.typed import TypedRead, to_typed

CSV = "nr;soort;bedrag\n1;U;10,5\n2;O;7\n3;u ;3\n4;;1\n"


def source(**options: Any) -> Source:
    given = {"name": "s", "table": "begrotingsregel", "files": "*", "decimaal": ","}
    return Source(**{**given, "columns": {"regel_id": "nr", "bedrag_cent": "bedrag"}, **options})


def read(content: str | bytes, name: str = "s.csv", **options: Any) -> tuple[RawTable, TypedRead]:
    chosen = source(**options)
    raw = read_raw(content if isinstance(content, bytes) else content.encode(), name, chosen)
    return raw, to_typed(raw, chosen, None)


def test_only_rows_with_an_allowed_text_are_read_and_the_others_counted() -> None:
    raw, done = read(CSV, where={"Soort": ["U"]})
    assert done.frames["begrotingsregel"]["regel_id"].tolist() == ["1", "3"]
    assert done.frames["begrotingsregel"]["bron_rij"].tolist() == [2, 4]
    assert (raw.rows_read, raw.rejected, raw.dropped) == (4, (), ())
    assert raw.remarks == ("2 rij(en) niet gelezen: Soort is niet 'U'",)


def test_two_conditions_both_hold_and_an_empty_text_can_be_asked_for() -> None:
    raw, _ = read(CSV, where={"soort": ["U", "O", ""], "nr": ["1", "4"]})
    assert raw.frame["nr"].tolist() == ["1", "4"]
    assert raw.remarks == ("2 rij(en) niet gelezen: nr is niet '1' of '4'",)


def test_when_every_row_is_wanted_nothing_is_told() -> None:
    assert read("nr;soort;bedrag\n1;U;1\n", where={"soort": ["u"]})[0].remarks == ()


def test_rows_passed_over_are_not_quarantined_for_what_is_wrong_with_them() -> None:
    raw, done = read("nr;soort;bedrag\n1;U;x\n2;O;y\n3;U;1\n4;U\n", where={"soort": ["U"]})
    assert [(row.bron_rij, row.regel) for row in done.rejected] == [(2, "1;U;x"), (5, "4;U")]
    assert raw.rows_read == 4


def test_a_header_of_where_that_is_gone_stops_the_source() -> None:
    with pytest.raises(SourceError, match="there is no column 'type', of which `where`"):
        read(CSV, where={"type": ["U"]})


def test_a_last_row_that_may_be_cut_in_that_column_stops_the_source() -> None:
    with pytest.raises(SourceError, match="looks cut off"):
        read("nr;bedrag;soort\n1;1;Uitgaven\n2;1;Uitg", where={"soort": ["Uitgaven"]})
    assert len(read("nr;bedrag;soort\n1;1;Uitgaven\n2;x;Ontvangsten", where={"soort": ["Uitgaven"]})[0].frame) == 1
    with pytest.raises(SourceError, match="looks cut off"):
        read("nr;soort;bedrag\n1;U;1\n2;U;1,", where={"soort": ["U"]})


def test_where_works_on_a_workbook_and_keeps_its_remarks_with_the_right_rows() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["nr", "soort", "bedrag"], [1, "O", 1.5], ["2,1E+12", "U", 2.5], [3, "U", "#REF!"], [4, "#N/A", 1]):
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    raw, done = read(stream.getvalue(), "s.xlsx", where={"soort": ["U"]})
    assert done.damaged == {"begrotingsregel": ("rij 3 kolom nr in s.xlsx",)}
    assert [(row.bron_rij, row.reden) for row in done.rejected] == [
        (4, "fout van Excel: '#REF!'"),
        (5, "kolom soort: fout van Excel: '#N/A'"),
    ]
    assert raw.numbers == {"nr": (1,)}


def test_a_bsn_may_not_choose_rows() -> None:
    with pytest.raises(ConfigurationError, match="BSN"):
        wanted_headers(source(where={"BSN": ["1"]}))


@pytest.mark.parametrize(
    ("cell", "factor", "cents"),
    [
        ("178,00", 1000, 17_800_000),
        ("1.004,5", 1000, 100_450_000),
        ("0,00001", 1000, 1),
        ("0,000004", 1000, 0),
        ("0,000005", 1000, 1),
        ("-2,5", 10, -2500),
        ("7", 1_000_000, 700_000_000),
        ("0,125", 100, 1250),
    ],
)
def test_the_decimal_sign_moves_before_anything_is_rounded(cell: str, factor: int, cents: int) -> None:
    read_one = read_cents([cell], ",", factor)
    assert read_one.values[0] == cents
    assert bool(read_one.remarks) == (cents in (0, 1) and cell != "0,00001")


def test_integers_and_decimals_have_a_factor_too() -> None:
    assert read_integers(["1,5", "2"], ",", 10).values.tolist() == [15, 20]
    assert read_integers(["1,55"], ",", 10).reasons == {0: "geen geheel getal"}
    assert read_decimals(["1,5"], ",", 100).values.tolist() == [150.0]
    assert read_cents(["99999999999999999"], ",", 1000).reasons == {0: "getal is te groot"}


@given(st.integers(-(10**9), 10**9), st.sampled_from([10, 100, 1000, 1_000_000]))
def test_a_factor_is_exact(cents: int, factor: int) -> None:
    sign = "-" if cents < 0 else ""
    text = f"{sign}{abs(cents) // 100},{abs(cents) % 100:02d}"
    assert read_cents([text], ",", factor).values[0] == cents * factor


def test_the_factor_of_a_source_is_used(tmp_path: Path) -> None:
    (tmp_path / "data" / "inbox").mkdir(parents=True)
    (tmp_path / "data" / "inbox" / "s.csv").write_text(CSV)
    (tmp_path / "weekrapport.toml").write_text(
        '[[source]]\nname = "s"\ntable = "begrotingsregel"\nfiles = "s.csv"\ndecimaal = ","\n'
        'where = { soort = ["U"] }\nfactor = { bedrag_cent = 1000 }\n'
        '[source.columns]\nregel_id = "nr"\nbedrag_cent = "bedrag"\n'
    )
    done = read_inbox(load_workspace(tmp_path))
    assert done.tables["begrotingsregel"]["bedrag_cent"].tolist() == [1_050_000, 300_000]
    assert (done.rows_read, done.rows_quarantined) == ({"s": 4}, {"s": 0})
    assert "2 rij(en) niet gelezen: soort is niet 'U'" in [notice.text for notice in done.notices]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("factor = { regel_id = 1000 }", "factor is for numbers; regel_id of table 'begrotingsregel' is a text"),
        ("factor = { geldig_vanaf = 1000 }", "is a date"),
        ("factor = { primair_cent = 1000 }", "factor names primair_cent, which is not in"),
        ("factor = { bedrag_cent = 12 }", "12"),
        ("factor = { bedrag = 10 }", "has no column 'bedrag'"),
        ("where = { soort = [] }", "where.soort allows no text"),
    ],
)
def test_settings_that_cannot_be_meant_are_refused(tmp_path: Path, line: str, message: str) -> None:
    (tmp_path / "weekrapport.toml").write_text(
        f'[[source]]\nname = "s"\ntable = "begrotingsregel"\nfiles = "s.csv"\n{line}\n'
        '[source.columns]\nregel_id = "nr"\nbedrag_cent = "bedrag"\n'
    )
    with pytest.raises(ConfigurationError, match=message):
        load_workspace(tmp_path)

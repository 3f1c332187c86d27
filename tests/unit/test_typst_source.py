"""Typst source: literals, headings, widths, markdown, tables, images and metadata, without compiling."""

from __future__ import annotations

import json

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from weekrapport.reporting.sparkline import sparkline_alt, sparkline_svg
from weekrapport.reporting.typst.columns import INSET_POINTS, LINE_POINTS, SMALL_SIZES, ColumnText, table_layout
from weekrapport.reporting.typst.document import build_document
from weekrapport.reporting.typst.errors import RenderError
from weekrapport.reporting.typst.font_metrics import METRICS_FILE, read_fonts, text_em
from weekrapport.reporting.typst.headings import Headings
from weekrapport.reporting.typst.html_table import html_tables
from weekrapport.reporting.typst.images import Assets, store_image
from weekrapport.reporting.typst.literals import breakable, clean, count_unknown, string, value
from weekrapport.reporting.typst.markdown import MarkdownWriter, parse
from weekrapport.reporting.typst.meta import DocumentMeta, read_meta
from weekrapport.reporting.typst.wrapping import fitted


def _write(source: str, literal: bool = False) -> str:
    return MarkdownWriter(3, Headings([], "x"), Assets(), literal=literal).write(parse(source, math=not literal))


# ------------------------------------------------------------------------------------------------ literals
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('a"b\\c', '"a\\"b\\\\c"'),
        ("#read(1)\n*x*\t$", '"#read(1)\\n*x*\\t$"'),
        ("\x00a\x1b\u202eb\ufeff", '"ab"'),
        ("中 ไ \ue000", '"□ □ □"'),
        ("é\u202f– שלום", '"é\u202f– שלום"'),
        ("", '""'),
    ],
)
def test_a_string_literal_holds_text_only(text: str, code: str) -> None:
    assert string(text) == code


def test_values() -> None:
    assert value({"a": [1, True, None, 0.5, "x"], "b": {}}) == '("a": (1, true, none, 0.500000, "x", ), "b": (:))'
    with pytest.raises(TypeError, match="not JSON"):
        value({1, 2})


def test_long_tokens_can_break_and_words_do_not() -> None:
    assert breakable("arbeidsongeschiktheidsverzekering") == "arbeidsongeschiktheidsverzekering"
    assert max(map(len, breakable("x" * 10_000).split("\u200b"))) == 12
    assert breakable("https://example.org/aaaaaaaaaaaaa").count("\u200b") == 2
    assert clean("e\u0301") == "é"


def test_the_metrics_file_belongs_to_the_fonts() -> None:
    assert json.loads(METRICS_FILE.read_text("utf-8")) == read_fonts()
    assert len({text_em(digit) for digit in "0123456789"}) == 1


# ------------------------------------------------------------------------------------------------ headings
def _levels(written: list[tuple[int, str]], title: str = "T") -> list[int | None]:
    headings = Headings(written, title)
    return [h.level if h else None for h in (headings.next(level) for level, _ in written)]


def test_the_title_of_the_band_is_not_repeated_and_the_rest_moves_up() -> None:
    assert _levels([(1, "T"), (2, "a"), (3, "b"), (2, "c")]) == [None, 1, 2, 1]


def test_another_first_heading_is_kept() -> None:
    assert _levels([(1, "U"), (2, "a")]) == [1, 2]


def test_no_level_is_skipped() -> None:
    assert _levels([(1, "T"), (1, "a"), (4, "b"), (6, "c"), (2, "d")]) == [None, 1, 2, 3, 2]
    assert _levels([(3, "a"), (5, "b")]) == [1, 2]


# ------------------------------------------------------------------------------------------------ widths
def _points(*columns: ColumnText) -> list[float]:
    return table_layout(columns, 1).points


def test_columns_that_fit_share_the_width() -> None:
    layout = table_layout([ColumnText("Team", ["Netwerk"]), ColumnText("Aantal", ["12"])], 1)
    assert all(width.endswith("fr") for width in layout.widths)
    assert sum(layout.points) == pytest.approx(LINE_POINTS)
    assert layout.size == 9.0


def test_a_number_keeps_its_line_and_words_get_the_rest() -> None:
    number, words = _points(ColumnText("Nr", ["Z-2026-10000"]), ColumnText("Wat", ["woord " * 60]))
    assert number >= text_em("Z-2026-10000") * 9
    assert number + words == pytest.approx(LINE_POINTS, abs=0.2)


def test_words_give_way_to_figures_in_a_full_table() -> None:
    columns = [ColumnText(f"Kolom {i}", ["12.345,6"]) for i in range(7)] + [ColumnText("Wat", ["een lange zin " * 9])]
    *figures, words = _points(*columns)
    assert min(figures) >= text_em("12.345,6") * 9
    assert sum(figures) + words == pytest.approx(LINE_POINTS, abs=0.5)


def test_tokens_break_before_the_text_becomes_smaller() -> None:
    columns = [ColumnText(f"K{i}", ["GEMEENTE_ZUID-HOLLAND-NOORD"]) for i in range(5)]
    layout = table_layout(columns, 1)
    assert layout.size == 9.0
    assert sum(layout.points) == pytest.approx(LINE_POINTS, abs=0.5)
    assert "\u200b" in layout.fit("GEMEENTE_ZUID-HOLLAND-NOORD", 0)


def test_dates_stay_whole_in_a_smaller_text() -> None:
    columns = [ColumnText(f"K{i}", ["29\u00a0dec\u00a02025", "1\u00a0jan"]) for i in range(8)]
    layout = table_layout(columns, 1, SMALL_SIZES)
    assert layout.size < 8.0
    assert layout.fit("29\u00a0dec\u00a02025", 3) == "29\u00a0dec\u00a02025"


@pytest.mark.parametrize("text", ["12.345.678,9", "W" * 50, "a-b_c/d" * 9, "", "中" * 40, "\u00ad\u200b\u200d" * 9])
def test_no_text_is_too_long_for_a_table_of_fifteen_columns(text: str) -> None:
    layout = table_layout([ColumnText(f"K{i}", [text]) for i in range(15)], 4)
    assert sum(layout.points) <= LINE_POINTS + 0.1
    assert layout.fit(text, 0).replace("\u200b", "").replace("\u00ad", "") == text.replace("\u200b", "").replace(
        "\u00ad", ""
    )


def test_more_columns_than_four_characters_each_are_refused() -> None:
    with pytest.raises(
        RenderError, match=r"Cell 4: this table has 16 columns\. The page has room for 15 columns of four"
    ):
        table_layout([ColumnText(f"K{i}", ["1"]) for i in range(16)], 4)
    assert len(_points(*[ColumnText(f"K{i}", ["1"]) for i in range(15)])) == 15


def test_given_widths_are_kept_as_far_as_the_texts_can_be_printed() -> None:
    kept, rest = _points(ColumnText("a", ["b"], "20mm"), ColumnText("c", ["d"], "1fr"))
    assert kept == pytest.approx(20 / 25.4 * 72)
    assert kept + rest == pytest.approx(LINE_POINTS)
    share, double = _points(ColumnText("a", ["b"], "1fr"), ColumnText("c", ["d"], "2fr"))
    assert double == pytest.approx(2 * share)
    assert _points(ColumnText("a", ["b"], "10%"), ColumnText("c", ["d"]))[0] == pytest.approx(LINE_POINTS / 10)
    assert _points(ColumnText("a", ["b"], "1mm"), ColumnText("c", ["d"]))[0] > INSET_POINTS + 16
    assert sum(_points(*[ColumnText("a", ["b"], "100mm")] * 3)) == pytest.approx(LINE_POINTS)
    assert _points(ColumnText("a", ["b"], "auto"), ColumnText("c", ["d"])) == _points(
        ColumnText("a", ["b"]), ColumnText("c", ["d"])
    )


def test_a_bar_keeps_its_room_beside_a_long_word() -> None:
    bar, _ = _points(ColumnText("n", ["1"], minimum=90.0), ColumnText("c", ["W" * 300]))
    assert bar >= 90.0


# ------------------------------------------------------------------------------------------------ breaks in a cell
@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("WIJZIGING-STANDAARD", "WIJZIGING-|STANDAARD"),
        ("WMO-AANVRAAG-2024", "WMO-|AANVRAAG-|2024"),
        ("naam_met_streep", "naam_|met_|streep"),
        ("Omgevingsvergunning", "Omgevingsvergunning"),  # hyphenation of Typst
        ("kort", "kort"),
        ("31\u00a0december\u00a02025", "31\u00a0|december\u00a0|2025"),
        ("1234567890123456", "12345678|90123456"),
    ],
)
def test_a_token_wider_than_its_column_breaks_at_its_separators_first(text: str, broken: str) -> None:
    assert fitted(text, 7.5).replace("\u200b", "|") == broken


def test_an_unpronounceable_word_gets_hyphens_and_no_letter_loses_its_accent() -> None:
    assert set(fitted("x" * 30, 5).split("\u00ad")) == {"x" * 8, "x" * 6}
    assert all(not piece.startswith("\u0308") for piece in fitted("b\u0308" * 20, 3).split("\u200b"))


def test_characters_without_a_glyph_are_counted_and_own_squares_are_not() -> None:
    assert count_unknown(string("□ é 中ไ")) == 2
    assert string("□") == '"\\u{25a1}"'


# ------------------------------------------------------------------------------------------------ markdown
def test_unsafe_links_lose_their_target_and_keep_their_text() -> None:
    code = _write("[a](file:///etc/passwd) [b](javascript:alert(1)) [c](https://x.nl) [d](mailto:a@b.nl)")
    assert "passwd" not in code
    assert "javascript" not in code
    assert code.count("link(") == 2
    assert '"a"' in code


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("![x](http://127.0.0.1/a.png)", "not embedded"),
        ("![x](file:///etc/passwd)", "not embedded"),
        ("![x](attachment:missing.png)", "not embedded"),
        ("![x](data:image/png;base64,AAAA)", "not image/png"),
        ("tekst <img src=x> tekst", "HTML tag"),
        ("<div>blok</div>", "raw HTML"),
        ("$\\onbekend{x}$", "formula"),
    ],
)
def test_what_cannot_be_shown_names_the_cell(source: str, words: str) -> None:
    with pytest.raises(RenderError, match=words) as caught:
        _write(source)
    assert caught.value.cell == 3
    assert str(caught.value).startswith("Cell 3: ")


def test_text_of_blocks_prints_html_images_and_dollars_as_they_stand() -> None:
    code = _write("<b>x</b> ![p](http://h/) $ 5 en $ 6\n\n<div>y</div>", literal=True)
    for text in ('"<b>"', '"![p](http://h/)"', "$ 5 en $ 6", "<div>y</div>"):
        assert text in code


def test_markdown_of_every_kind_is_set() -> None:
    code = _write(
        "**v** *c* ~~d~~ `k`  \nnieuw<br>regel<!-- stil -->\n\n> citaat\n\n1. een\n   - twee\n\n- [x] af\n\n---\n\n"
        "|a|b|\n|-|-:|\n|1|2|\n\n```py\nx = 1\n```\n\nnoot[^1] &amp;\n\n[^1]: voet"
    )
    for part in ('strong({"v"})', "emph(", "strike(", 'raw("k")', "linebreak()", "quote(", "enum(", "list(", '"✓ "',
                 "line(", "markdown-table(", "raw(block: true", 'footnote({{"voet"}})', '" &"'):  # fmt: skip
        assert part in code, part
    assert "stil" not in code


# ------------------------------------------------------------------------------------------------ html tables
def test_an_html_table_keeps_spans_and_colours() -> None:
    code = html_tables(
        "<style>#a td.x {background-color: #ff0000; color: rgb(255 255 255)}</style><table id=a><caption>T</caption>"
        "<thead><tr><th colspan=2>K</th></tr></thead><tbody><tr><td class=x>1</td><td>2,5 %</td></tr></tbody></table>",
        1,
    )
    assert code is not None
    for part in ('"cs": 2', '"bg": "#ff0000"', '"fg": "#ffffff"', '"align": "rechts"', 'html-table("T"'):
        assert part in code


def test_missing_cells_are_filled_so_that_rows_stay_rows() -> None:
    code = html_tables("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", 1)
    assert code is not None
    assert code.count('"t": ') == 4


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<p>los</p><table><tr><td>1</td></tr></table>", "more than a table"),
        ("<img src=x><table><tr><td>1</td></tr></table>", "more than a table"),
        ("<table><tr><td><table><tr><td>1</td></tr></table></td></tr></table>", "table within a table"),
        ("<table></table>", "no cells"),
    ],
)
def test_html_that_would_lose_something_is_refused(source: str, words: str) -> None:
    with pytest.raises(RenderError, match=words):
        html_tables(source, 1)


def test_an_image_in_a_cell_leaves_a_mark_and_a_script_nothing() -> None:
    code = html_tables("<table><tr><td>a<img src=x><script>kwaad()</script></td></tr></table>", 1)
    assert code is not None
    assert "a [afbeelding niet getoond]" in code
    assert "kwaad" not in code


# ------------------------------------------------------------------------------------------------ images
def _svg(body: str, attributes: str = 'width="10" height="10"') -> bytes:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {attributes}>{body}</svg>'
    ).encode()


def test_scripts_and_handlers_leave_an_svg() -> None:
    assets = Assets()
    store_image(_svg('<script>a()</script><rect onclick="b()" width="1"/><style>@import url(http://x);</style>'),
                "image/svg+xml", assets, 1)  # fmt: skip
    data = assets.files["image-1.svg"]
    assert all(word not in data for word in (b"script", b"onclick", b"http://x"))


@pytest.mark.parametrize(
    "data",
    [
        _svg('<image href="file:///etc/passwd"/>'),
        _svg('<image xlink:href="http://127.0.0.1/x.png"/>'),
        _svg('<image href="data:image/svg+xml;base64,AAAA"/>'),
        _svg("<foreignObject/>"),
        b"<svg",
        b"<html/>",
        b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
    ],
)
def test_an_svg_that_would_lose_or_load_something_is_refused(data: bytes) -> None:
    with pytest.raises(RenderError):
        store_image(data, "image/svg+xml", Assets(), 1)


def test_natural_width() -> None:
    assert store_image(_svg("", 'width="72pt"'), "image/svg+xml", Assets(), 1).width == 72
    assert store_image(_svg("", 'width="100"'), "image/svg+xml", Assets(), 1).width == 75
    assert store_image(_svg("", ""), "image/svg+xml", Assets(), 1).width is None


def test_a_sparkline_has_gaps_and_words() -> None:
    assert sparkline_svg([1, None, 2, 3]).count("<polyline") == 2
    assert sparkline_alt([1, None, 2.5]) == "Verloop van de laatste 3 waarden: 1; –; 2,50"
    assert "nan" not in sparkline_svg([5, 5])


# ------------------------------------------------------------------------------------------------ metadata, cells
def test_meta_refuses_unknown_keys_and_states() -> None:
    with pytest.raises(RenderError, match="titel"):
        read_meta({"weekrapport": {"title": "x", "titel": "y"}}, "d")
    with pytest.raises(RenderError, match="status"):
        read_meta({"weekrapport": {"title": "x", "status": "KLAAR"}}, "d")
    assert read_meta({}, "Standaard").title == "Standaard"


def test_the_ruler_of_weeks_follows_the_year() -> None:
    assert (
        DocumentMeta(title="x", week_label="Week 53", period="28 december 2026 t/m 3 januari 2027").weeks_in_year == 53
    )
    assert DocumentMeta(title="x", week_label="Week 7", period="10 t/m 16 februari 2025").weeks_in_year == 52
    assert DocumentMeta(title="x").week_number is None


def _notebook(*outputs: object) -> object:
    return new_notebook(cells=[new_markdown_cell("# T"), new_code_cell("x", outputs=list(outputs))])


@pytest.mark.parametrize(
    ("output", "words"),
    [
        (new_output("stream", name="stdout", text="tussenstand 1\n"), "prints .'tussenstand 1'.*remove the print"),
        (new_output("stream", name="stderr", text="FutureWarning: x"), "writes a warning"),
        (new_output("error", ename="KeyError", evalue="'a'", traceback=[]), "ended with KeyError"),
        (new_output("display_data", data={"text/html": "<b>x</b>", "text/plain": "<HTML>"}), "HTML without a table"),
        (new_output("display_data", data={"application/vnd.jupyter.widget-view+json": {}}), "cannot be shown"),
        (
            new_output("execute_result", data={"text/plain": "<Axes at 0x7f>"}, execution_count=1),
            "end the line with ';'",
        ),
        (new_output("display_data", data={"application/vnd.weekrapport+json": {"kind": "taart"}}), "not known"),
        (new_output("display_data", data={"application/vnd.weekrapport+json": {"kind": "tiles"}}), "not complete"),
    ],
)
def test_a_cell_that_cannot_be_shown_is_named(output: object, words: str) -> None:
    with pytest.raises(RenderError, match=words) as caught:
        build_document(_notebook(output))
    assert caught.value.cell == 2


def test_hidden_cells_records_and_empty_streams_show_nothing() -> None:
    nb = _notebook(
        new_output(
            "display_data", data={"application/vnd.weekrapport.record+json": {"geheim": 1}, "text/plain": "geheim"}
        ),
        new_output("stream", name="stdout", text=" \n"),
    )
    nb.cells.append(new_markdown_cell("geheim", metadata={"tags": ["verberg"]}))  # type: ignore[attr-defined]
    assert "geheim" not in build_document(nb).source


def test_code_is_never_shown_and_lines_lead_to_cells() -> None:
    nb = new_notebook(cells=[new_markdown_cell("# T\n\na\n\nb"), new_code_cell("geheim = 1"), new_markdown_cell("c")])
    document = build_document(nb)
    assert "geheim" not in document.source
    lines = document.source.split("\n")
    assert document.cell_of_line[lines.index('par({"b"})') + 1] == 1
    assert document.cell_of_line[lines.index('par({"c"})') + 1] == 3

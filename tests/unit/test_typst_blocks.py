"""What a notebook cell returns: contents, checks, and an HTML view that shows the same."""

from __future__ import annotations

import json
from datetime import date

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from weekrapport.reporting.blocks import (
    BLOCK_MIME,
    Block,
    ColumnFormat,
    Message,
    Tile,
    callout,
    escape_markdown,
    figure,
    key_messages,
    prose,
    reliability,
    sentence,
    table,
    tiles,
)
from weekrapport.reporting.numbers import procent


def _bundle(block: Block) -> dict[str, object]:
    bundle = block._repr_mimebundle_()
    assert json.loads(json.dumps(bundle)) == bundle
    assert set(bundle) == {BLOCK_MIME, "text/html", "text/plain"}
    return bundle


def _tiles(count: int) -> list[Tile]:
    return [Tile(f"Tegel {i}", str(i), "+1", "groen", "norm 3", [1, None, 2]) for i in range(count)]


@pytest.mark.parametrize("count", [3, 4, 5, 6])
def test_a_row_has_three_to_six_tiles(count: int) -> None:
    html = str(_bundle(tiles(_tiles(count)))["text/html"])
    assert html.count("norm 3") == count
    assert html.count("op koers") == count


@pytest.mark.parametrize("count", [0, 2, 7])
def test_fewer_or_more_tiles_are_refused(count: int) -> None:
    with pytest.raises(ValueError, match="a row has 3 to 6"):
        tiles(_tiles(count))


def test_an_empty_tile_or_unknown_verdict_is_refused() -> None:
    with pytest.raises(ValueError, match="value of tile"):
        tiles([*_tiles(2), Tile("x", " ")])
    with pytest.raises(ValueError, match="not one of"):
        tiles([*_tiles(2), Tile("x", "1", verdict="geel")])  # type: ignore[arg-type]


def test_five_messages_pass_and_six_do_not() -> None:
    assert len(key_messages([Message("Zin.")] * 5).content["messages"]) == 5
    with pytest.raises(ValueError, match="at most 5"):
        key_messages([Message("Zin.")] * 6)


def test_a_red_message_says_what_is_needed() -> None:
    with pytest.raises(ValueError, match="needed="):
        key_messages([Message("Het gaat mis.", "rood")])
    html = str(_bundle(key_messages([Message("Het **gaat** mis.", "rood", "Besluit.")]))["text/html"])
    assert "<strong>gaat</strong>" in html
    assert "Nodig:" in html


def test_no_messages_is_a_sentence() -> None:
    assert key_messages([]).content["kind"] == "sentence"


@pytest.mark.parametrize(
    "make", [lambda: callout(" "), lambda: prose(""), lambda: sentence(""), lambda: reliability("", "rood")]
)
def test_empty_text_is_refused(make: object) -> None:
    with pytest.raises(ValueError, match="empty"):
        make()  # type: ignore[operator]


def test_html_never_holds_markup_from_data() -> None:
    bad = "<script>alert(1)</script>"
    frame = pd.DataFrame({"a": [bad]})
    blocks = [callout(bad, bad), prose(bad), sentence(bad), table(frame, bad), reliability(bad, "groen")]
    blocks += [tiles([Tile(bad, bad, bad, norm=bad)] * 3), key_messages([Message(bad, "rood", bad)])]
    for block in blocks:
        html = str(_bundle(block)["text/html"])
        assert "<script" not in html
        assert "alert(1)" in html


def test_a_figure_needs_alt_and_is_closed() -> None:
    fig, _ = plt.subplots()
    with pytest.raises(ValueError, match="alt"):
        figure(fig, "Titel.", " ")
    block = figure(fig, "Titel.", "Waarden: 1, 2.")
    assert not plt.fignum_exists(fig.number)
    assert 'alt="Waarden: 1, 2."' in str(_bundle(block)["text/html"])


def test_the_same_figure_gives_the_same_svg_with_real_text_and_no_date() -> None:
    def draw() -> str:
        fig, ax = plt.subplots()
        ax.plot([1, 2], [3, 4])
        ax.set_title("Instroom")
        return figure(fig, "Titel.", "Alt.").content["svg"]

    svg = draw()
    assert svg == draw()
    assert ">Instroom</text>" in svg
    assert "dc:date" not in svg


@pytest.mark.parametrize(("points", "pixels"), [(5_000, False), (5_001, True)])
def test_many_points_become_pixels(points: int, pixels: bool) -> None:
    fig, ax = plt.subplots()
    ax.scatter(np.arange(points), np.arange(points))
    assert ("<image" in figure(fig, "Titel.", "Alt.").content["svg"]) is pixels


def test_table_formats_by_type() -> None:
    frame = pd.DataFrame(
        {
            "tekst": ["a", None],
            "aantal": pd.array([1234, None], dtype="Int64"),
            "deel": [1.25, float("nan")],
            "dag": [date(2026, 11, 16), None],
            "moment": pd.to_datetime(["2026-11-23T06:00Z", None]),
            "ja": [True, False],
        }
    )
    content = table(frame, "Alles per type.").content
    assert content["rows"] == [
        ["a", "1.234", "1,3", "16-11-2026", "ma 23 nov 2026 07:00", "ja"],
        ["–", "–", "–", "–", "–", "nee"],
    ]
    assert [c["align"] for c in content["columns"]] == ["links", "rechts", "rechts", "rechts", "rechts", "links"]


@pytest.mark.parametrize(
    ("rows", "more"),
    [(3, None), (4, "… en nog 1 rij, zie bijlage alles.csv"), (1203, "… en nog 1.200 rijen, zie bijlage alles.csv")],
)
def test_a_long_table_stops_and_names_the_attachment(rows: int, more: str | None) -> None:
    content = table(pd.DataFrame({"n": range(rows)}), "Rijen.", max_rows=3, attachment="alles.csv").content
    assert len(content["rows"]) == 3
    assert content["more"] == more


def test_the_total_is_always_printed_and_never_counted_as_a_row() -> None:
    frame = pd.DataFrame({"team": ["a", "b", "c", "Totaal"], "n": [1, 2, 3, 6], "v": ["groen", "rood", "groen", None]})
    columns = {
        "team": ColumnFormat("Team"),
        "n": ColumnFormat("Aantal", bar=True),
        "v": ColumnFormat("Oordeel", verdict=True),
    }
    content = table(frame, "Totalen.", columns, total_row=True, max_rows=2).content
    assert content["total"] == ["Totaal", "6", ""]
    assert content["rows"] == [["a", ["1", 0.3333], "groen"], ["b", ["2", 0.6667], "rood"]]
    assert content["hidden_rows"] == 1


def test_a_format_is_used_and_only_chosen_columns_are_printed() -> None:
    frame = pd.DataFrame({"a": [0.5], "b": [1]})
    content = table(frame, "Deel.", {"a": ColumnFormat("Aandeel", procent)}).content
    assert content["rows"] == [["50,0\u202f%"]]


def test_wrong_columns_are_refused() -> None:
    frame = pd.DataFrame({"a": [-1]})
    with pytest.raises(ValueError, match="no column 'b'"):
        table(frame, "T.", {"b": ColumnFormat("B")})
    with pytest.raises(ValueError, match="negative"):
        table(frame, "T.", {"a": ColumnFormat("A", bar=True)})
    with pytest.raises(ValueError, match="not one of"):
        table(frame, "T.", {"a": ColumnFormat("A", verdict=True)})
    with pytest.raises(ValueError, match="width"):
        table(frame, "T.", {"a": ColumnFormat("A", width="2fr, sys.exit()")})


def test_an_empty_table_has_no_rows() -> None:
    assert table(pd.DataFrame({"a": []}), "Leeg.").content["rows"] == []


def test_escaped_markdown_is_printed_as_it_stands() -> None:
    text = "*a* _b_ [c](d) `e` # <f> 1. ![x](y)"
    html = str(prose(escape_markdown(text))._repr_mimebundle_()["text/html"])
    assert "*a* _b_ [c](d) `e` # &lt;f&gt; 1. ![x](y)" in html


def test_a_grouped_table_starts_each_run_of_equal_values_with_a_line() -> None:
    df = pd.DataFrame({"team": ["A", "A", "B"], "zaak": ["1", "2", "3"]})
    block = table(df, "Zaken per team", {"zaak": ColumnFormat("Zaak")}, group="team")
    assert block.content["groups"] == [[0, "A (2)"], [2, "B (1)"]]
    assert len(block.content["columns"]) == 1
    assert "A (2)" in str(_bundle(block)["text/html"])


def test_a_group_that_is_cut_off_still_tells_its_whole_size() -> None:
    df = pd.DataFrame({"team": ["A"] * 3 + ["B"], "zaak": list("1234")})
    block = table(df, "Zaken per team", {"zaak": ColumnFormat("Zaak")}, group="team", max_rows=2)
    assert block.content["groups"] == [[0, "A (3)"]]


def test_a_table_without_rows_has_no_groups() -> None:
    df = pd.DataFrame({"team": pd.Series(dtype="str"), "zaak": pd.Series(dtype="str")})
    assert table(df, "Leeg", group="team").content["groups"] == []

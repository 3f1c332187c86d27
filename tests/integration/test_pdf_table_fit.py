"""Tables with any text in any number of columns: always a PDF, nothing lost, nothing cut, nothing over each other."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pandas as pd
import pypdfium2 as pdfium
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_markdown_cell, new_notebook

from tests.integration.test_pdf_report import META, render, shown
from tests.pdf_pages import assert_valid, page_image, page_texts
from weekrapport.reporting.blocks import ColumnFormat, callout, sentence, table
from weekrapport.reporting.numbers import datum_kort
from weekrapport.reporting.typst.errors import RenderError
from weekrapport.reporting.typst.exporter import TypstPDFExporter

NAMES = [
    '#read("/etc/passwd")',
    "GEMEENTE ZUID-HOLLAND-NOORD",
    "WIJZIGING-STANDAARD",
    "WMO-AANVRAAG-2024",
    "OMGEVINGSVERGUNNING/BOUW",
    "naam_met_onderstreping_en_meer",
    "voornaam.achternaam@voorbeeldgemeente-zuid.nl",
    "Arbeidsongeschiktheidsverzekering",
    "W" * 60,
    "x" * 90,
    "1234567890" * 5,
]


def _plain(text: str) -> str:
    """Return text without white space and without hyphens, which PDFium leaves out at the end of a line."""
    return re.sub(r"[\s\-\u00ad\u200b\u202f\ufffe\x02]", "", text)


def _notebook(*blocks: Any) -> Any:
    cells = [new_markdown_cell("# Weekoverzicht zaken\n\n## Bijlage"), *map(shown, blocks)]
    return new_notebook(metadata={"weekrapport": {**META, "status": "DEFINITIEF"}}, cells=cells)


def _zaken(klant: str, zaaktype: str, last: date = date(2026, 1, 4)) -> pd.DataFrame:
    days = [last - timedelta(days=3 * i) for i in range(6)]
    return pd.DataFrame(
        {
            "Zaak": [f"ZAAK-2025-{4400 + i:07}" for i in range(6)],
            "Klant": klant,
            "Zaaktype": zaaktype,
            "Door": "M.K.",
            "Start": [day - timedelta(days=40) for day in days],
            "Einde": days,
            "Norm": [day + timedelta(days=8) for day in days],
            "Dagen": range(6),
            "Op tijd": True,
        }
    )


def _assert_within_margins(pdf: bytes) -> None:
    for number in range(len(page_texts(pdf))):
        image = page_image(pdf, number, scale=1.0)
        width, height = image.size
        top = int(height * 0.2) if number == 0 else 0
        for box in ((0, top, int(width * 0.09), height), (int(width * 0.91), top, width, height)):
            assert sum(image.crop(box).histogram()[:140]) == 0, f"page {number + 1} has ink in its margin"


def _assert_no_overlap(pdf: bytes) -> None:
    """Check that no two characters of a page stand in the same place."""
    document = pdfium.PdfDocument(pdf)
    for page in document:
        text = page.get_textpage()
        rows: dict[int, list[tuple[float, float]]] = {}
        for i in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(i, loose=False)
            if right - left > 0.5 and top - bottom > 3.5 and text.get_text_range(i, 1) not in "\u200b\u00ad\ufffe":
                rows.setdefault(round(text.get_charbox(i, loose=True)[1]), []).append((left, right))
        for boxes in rows.values():
            for (_, right), (left, _) in pairwise(sorted(boxes)):
                assert left > right - 1.5, "two texts overlap"
    document.close()


def _assert_shown(pdf: bytes, *frames: pd.DataFrame) -> None:
    """Check that every text of the frames is on one page, all of it."""
    pages = [_plain(text) for text in page_texts(pdf)]
    for text in {value for frame in frames for row in frame.itertuples() for value in row if isinstance(value, str)}:
        assert any(_plain(text) in page for page in pages), text


@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_any_column_is_printed_whole(name: str) -> None:
    frames = [_zaken(name, "Storing"), _zaken("Gemeente Veldersloot", name), _zaken(name, name)]
    formats = {c: ColumnFormat(c, datum_kort if c in ("Start", "Einde", "Norm") else None) for c in map(str, frames[0])}
    blocks = [table(frame, f"Lijst {i}.", formats, small=i != 1) for i, frame in enumerate(frames)]
    pdf = render(_notebook(*blocks, frames[2]))
    _assert_within_margins(pdf)
    _assert_no_overlap(pdf)
    _assert_shown(pdf, *frames)


@pytest.mark.parametrize("last", [date(2026, 1, 4), date(2025, 12, 28)])
def test_full_dates_stay_on_one_line(last: date) -> None:
    frame = _zaken("Belastingsamenwerking Oostermaas", "Wijzigingsverzoek", last)
    frame = frame.assign(**{c: [f"{d.day}\u00a0dec\u00a02025" for d in frame[c]] for c in ("Start", "Einde", "Norm")})
    pdf = render(_notebook(table(frame, "Alle zaken.", small=True)))
    text = " ".join(page_texts(pdf)).replace("\u00a0", " ")
    for column in ("Start", "Einde", "Norm", "Zaak"):
        for value in frame[column]:
            assert value.replace("\u00a0", " ") in text
    _assert_within_margins(pdf)
    _assert_no_overlap(pdf)


@pytest.mark.parametrize("width", ["2mm", "12mm", "9%", "1fr", "90mm"])
def test_a_given_width_never_lets_texts_overlap(width: str) -> None:
    frame = pd.DataFrame({f"Kolomnaam{i}": [name[:30] for name in NAMES[i : i + 4]] for i in range(7)})
    formats = {c: ColumnFormat(c, width=width if i % 2 == 0 else None) for i, c in enumerate(map(str, frame))}
    pdf = render(_notebook(table(frame, "Breedtes.", formats, total_row=True)))
    _assert_within_margins(pdf)
    _assert_no_overlap(pdf)
    _assert_shown(pdf, frame)


def test_bars_and_verdicts_keep_their_room_in_a_narrow_given_width() -> None:
    frame = pd.DataFrame({"n": [1, 123_456_789], "oordeel": ["rood", "groen"], "tekst": ["x" * 60] * 2})
    formats = {
        "n": ColumnFormat("Aantal", bar=True, width="2mm"),
        "oordeel": ColumnFormat("Oordeel", verdict=True, width="2mm"),
        "tekst": ColumnFormat("Tekst", width="165mm"),
    }
    pdf = render(_notebook(table(frame, "Balken.", formats)))
    _assert_within_margins(pdf)
    _assert_no_overlap(pdf)
    text = " ".join(page_texts(pdf))
    assert "actie nodig" in text
    assert "123.456.789" in text


def test_fifteen_columns_are_printed_and_sixteen_named_as_too_many() -> None:
    values = ["12.345.678,9", "W" * 20]
    pdf = render(_notebook(table(pd.DataFrame({f"K{i}": values for i in range(15)}), "Vijftien.")))
    _assert_within_margins(pdf)
    _assert_no_overlap(pdf)
    with pytest.raises(RenderError, match="16 columns"):
        render(_notebook(table(pd.DataFrame({f"K{i}": values for i in range(16)}), "Zestien.")))


def test_a_markdown_table_breaks_its_words_and_code_too() -> None:
    row = "|".join(["`lange_code_zonder_spatie_erin`", "**OMGEVINGSVERGUNNING/BOUW**", *["x" * 30] * 6])
    nb = _notebook()
    nb.cells.append(new_markdown_cell(f"|{'a|' * 8}\n|{'-|' * 8}\n|{row}|"))
    pdf = render(nb)
    _assert_within_margins(pdf)
    _assert_no_overlap(pdf)
    assert_valid(pdf)


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(TEXTS, min_size=2, max_size=2), min_size=1, max_size=12), st.booleans())
def test_no_text_decides_whether_there_is_a_report(columns: list[list[str]], small: bool) -> None:
    frame = pd.DataFrame({f"Kolom {i}": texts for i, texts in enumerate(columns)})
    pdf = render(_notebook(table(frame, "Van alles.", small=small)))
    assert_valid(pdf)
    _assert_within_margins(pdf)


def test_the_same_table_gives_the_same_pdf() -> None:
    blocks = [table(_zaken(name, name), "Lijst.") for name in NAMES[:4]]
    assert render(_notebook(*blocks)) == render(_notebook(*blocks))


# ------------------------------------------------------------------------------------------------ unknown characters
def _text(nb: Any, **attachments: tuple[bytes, str, str]) -> str:
    pdf, _ = TypstPDFExporter().from_notebook_node(nb, {"attachments": attachments} if attachments else {})
    assert_valid(pdf)
    return " ".join(page_texts(pdf))


def test_characters_that_no_font_has_are_counted_below_their_table() -> None:
    frame = pd.DataFrame({"Klant": ["中文 bv", "Gewoon □"]})
    csv = (b"Klant\n", "text/csv", "Alle klanten")
    text = _text(_notebook(table(frame, "Klanten."), sentence("Slot.")), **{"klanten.csv": csv})
    note = "2 tekens die het lettertype niet kent, staan er als □; de bijlagen hebben de oorspronkelijke tekst."
    assert text.index("Gewoon") < text.index(note) < text.index("Slot.")
    assert text.count("lettertype") == 1


def test_one_unknown_character_is_singular_and_none_is_silence() -> None:
    assert "1 teken dat het lettertype niet kent, staat er als □." in _text(_notebook(callout("Van 中 uit.")))
    assert "lettertype" not in _text(_notebook(callout("Café □ – שלום")))

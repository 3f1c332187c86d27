"""Notebook to PDF with the real Typst: what is shown, accessibility, archiving, repeatability and limits."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pandas as pd
import pikepdf
import pytest
from great_tables import GT
from IPython.core.formatters import DisplayFormatter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tests.pdf_pages import assert_valid, page_image, page_texts
from weekrapport.reporting.blocks import (
    ColumnFormat,
    Message,
    Tile,
    callout,
    figure,
    key_messages,
    reliability,
    sentence,
    table,
    tiles,
)
from weekrapport.reporting.chart_style import apply_chart_style
from weekrapport.reporting.typst.compiler import compile_pdf
from weekrapport.reporting.typst.errors import RenderError
from weekrapport.reporting.typst.exporter import TypstPDFExporter
from weekrapport.reporting.typst.meta import UNDATED

META = {
    "title": "Weekoverzicht zaken",
    "subtitle": "Instroom en voorraad",
    "organisation": "Gemeente Voorbeeldstad",
    "author": "Team Analyse",
    "week_label": "Week 47",
    "period": "16 t/m 22 november 2026",
    "as_of_label": "Peilmoment ma 23 nov 2026 07:00",
    "classification": "Intern – MT",
    "status": "CONCEPT",
    "run_id": "2026-W47-a1b2c3",
    "document_date": "2026-11-23T07:00:00+01:00",
    "keywords": ["weekrapport", "zaken"],
}


def shown(obj: object) -> Any:
    """Return a code cell that shows an object the way a kernel does."""
    data, metadata = DisplayFormatter().format(obj)
    output = new_output("execute_result", data=json.loads(json.dumps(data)), metadata=metadata, execution_count=1)
    return new_code_cell("geheime_broncode()", outputs=[output])


def render(nb: Any, attachments: dict[str, tuple[bytes, str, str]] | None = None, **traits: Any) -> bytes:
    """Return the PDF of a notebook."""
    resources = {} if attachments is None else {"attachments": attachments}
    pdf, _ = TypstPDFExporter(**traits).from_notebook_node(nb, resources)
    return pdf


def text_of(pdf: bytes) -> str:
    """Return the text of a PDF as a reader copies it, on one line."""
    return " ".join(page_texts(pdf)).replace("\u202f", " ")


def tags(pdf: bytes) -> list[tuple[str, Any]]:
    """Return every structure element as (type, element), in reading order."""
    found: list[tuple[str, Any]] = []

    def walk(node: Any) -> None:
        if isinstance(node, pikepdf.Array):
            for item in node:
                walk(item)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                found.append((str(node.S), node))
            if "/K" in node:
                walk(node.K)

    with pikepdf.open(BytesIO(pdf)) as document:
        walk(document.Root.StructTreeRoot.K)
        return [(name, {str(k): str(v) for k, v in node.items() if k in ("/Alt", "/A")}) for name, node in found]


def full_notebook() -> Any:
    """Return a notebook with everything that a cell may show."""
    apply_chart_style()
    frame = pd.DataFrame({"team": ["Netwerk", "Servicedesk"], "aantal": [12, 34], "oordeel": ["rood", "groen"]})
    fig, ax = plt.subplots()
    ax.plot([1, 2, 3], [10, 12, 11])
    ax.set_title("Grafiektekst")
    columns = {
        "team": ColumnFormat("Team"),
        "aantal": ColumnFormat("Aantal", bar=True),
        "oordeel": ColumnFormat("Oordeel", verdict=True),
    }
    styler = frame[["aantal"]].style.background_gradient(cmap="Blues").set_caption("Stylertitel")
    markdown = (
        "## Markdownkop\n\nTekst met **vet**, `codewoord` en een noot.[^1]\n\n> Citaattekst\n\n1. een\n2. twee\n\n"
        "| Kolom | Getal |\n|---|--:|\n| celtekst | 1 |\n\n```sql\nselect 1\n```\n\nFormule $x_1 + y$.\n\n"
        "[^1]: Voetnoottekst."
    )
    nb = new_notebook(metadata={"weekrapport": META})
    nb.cells = [
        new_markdown_cell("# Weekoverzicht zaken\n\n## Kernboodschap"),
        shown(key_messages([Message("De **voorraad** stijgt.", "rood", "extra mensen."), Message("Rustig.")])),
        shown(
            tiles(
                [
                    Tile("Instroom", "129", "+8", "groen", "norm 115", [1, 2, 3]),
                    Tile("Voorraad", "1.400"),
                    Tile("Klaar", "121"),
                ]
            )
        ),
        shown(callout("Besluittekst.", "Besluit gevraagd", "actie")),
        shown(reliability("Alles gecontroleerd.", "groen")),
        new_markdown_cell(markdown),
        shown(figure(fig, "De instroom daalt.", "Waarden 10, 12 en 11.", "Bron: zaaksysteem.")),
        shown(table(frame, "Teams naast elkaar.", columns, note="Tabelnoot.")),
        shown(frame),
        shown(styler),
        shown(GT(frame).tab_header("Great-tabletitel").tab_source_note("Bronnoot")),
        shown(sentence("Er is niets heropend.")),
    ]
    return nb


ATTACHMENTS = {"zaken.csv": (b"zaak;aantal\n1;2\n", "text/csv", "Alle zaken van week 47")}


@pytest.fixture(scope="module")
def full_pdf() -> bytes:
    return render(full_notebook(), ATTACHMENTS)


def test_everything_a_cell_shows_is_in_the_text(full_pdf: bytes) -> None:
    text = text_of(full_pdf)
    for words in (
        "Weekoverzicht zaken", "Gemeente Voorbeeldstad", "Week 47", "16 t/m 22 november 2026", "CONCEPT", "Intern – MT",
        "Peilmoment ma 23 nov 2026 07:00", "Pagina 1 van", "2026-W47-a1b2c3",
        "actie nodig", "De voorraad stijgt.", "Nodig: extra mensen.", "Instroom", "129", "norm 115", "op koers",
        "Besluit gevraagd", "Besluittekst.", "Alles gecontroleerd.", "Markdownkop", "codewoord", "Voetnoottekst.",
        "Citaattekst", "celtekst", "select 1", "Grafiektekst", "De instroom daalt.", "Bron: zaaksysteem.",
        "Teams naast elkaar.", "Tabelnoot.", "Servicedesk", "Stylertitel", "Great-tabletitel", "Bronnoot",
        "Er is niets heropend.",
    ):  # fmt: skip
        assert words in text, words
    assert "geheime_broncode" not in text


def test_it_is_accessible_and_archivable(full_pdf: bytes) -> None:
    assert_valid(full_pdf)


def test_its_structure_says_what_things_are(full_pdf: bytes) -> None:
    found = tags(full_pdf)
    names = [name for name, _ in found]
    assert names.count("/Title") == 1
    assert names.count("/H1") == 2  # Kernboodschap, Markdownkop; the title is not repeated
    assert names.count("/Table") == 5
    assert names.count("/TH") >= 11
    alts = [node["/Alt"] for name, node in found if name in ("/Figure", "/Formula") and "/Alt" in node]
    assert "Waarden 10, 12 en 11." in alts
    assert any(alt.startswith("Verloop van de laatste 3 waarden") for alt in alts)
    assert "Formule: x_1 + y" in alts


def test_its_metadata(full_pdf: bytes) -> None:
    with pikepdf.open(BytesIO(full_pdf)) as pdf:
        assert str(pdf.Root.Lang).lower() == "nl-nl"
        assert str(pdf.docinfo["/Title"]) == "Weekoverzicht zaken – Week 47"
        assert str(pdf.docinfo["/Author"]) == "Team Analyse"
        assert "20261123" in str(pdf.docinfo["/CreationDate"])
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


def test_attachments_are_inside_with_their_kind(full_pdf: bytes) -> None:
    with pikepdf.open(BytesIO(full_pdf)) as pdf:
        spec = pdf.attachments["zaken.csv"]
        assert spec.get_file().read_bytes() == b"zaak;aantal\n1;2\n"
        assert spec.get_file().mime_type == "text/csv"
        assert spec.description == "Alle zaken van week 47"
        assert str(spec.obj.AFRelationship) == "/Data"


def test_only_our_fonts_are_embedded(full_pdf: bytes) -> None:
    with pikepdf.open(BytesIO(full_pdf)) as pdf:
        fonts = {
            str(o.BaseFont).split("+")[-1]
            for o in pdf.objects
            if isinstance(o, pikepdf.Dictionary) and "/BaseFont" in o
        }
    assert fonts
    assert all(name.startswith(("Inter", "DejaVuSansMono")) for name in fonts), fonts


def test_the_band_takes_at_most_18_percent_of_page_one(full_pdf: bytes) -> None:
    image = page_image(full_pdf, 0, scale=0.5)
    dark = [row for row in range(image.height) if image.getpixel((3, row)) < 128]
    assert 0 < len(dark) <= 0.18 * image.height
    assert dark == list(range(len(dark)))


def test_the_same_notebook_gives_the_same_bytes_in_another_process(full_pdf: bytes, tmp_path: Path) -> None:
    nbformat.write(full_notebook(), tmp_path / "x.ipynb")
    script = (
        "import nbformat, sys\n"
        "from weekrapport.reporting.typst.exporter import TypstPDFExporter\n"
        "pdf, _ = TypstPDFExporter().from_notebook_node(nbformat.read(sys.argv[1], 4),"
        " {'attachments': {'zaken.csv': (b'zaak;aantal\\n1;2\\n', 'text/csv', 'Alle zaken van week 47')}})\n"
        "sys.stdout.buffer.write(pdf)\n"
    )
    environment = os.environ | {"PYTHONHASHSEED": "99", "TZ": "Pacific/Auckland", "LC_ALL": "C"}
    command = [sys.executable, "-c", script, str(tmp_path / "x.ipynb")]
    other = subprocess.run(command, env=environment, capture_output=True, check=True).stdout
    assert other == full_pdf


def test_documents_can_be_set_side_by_side(full_pdf: bytes) -> None:
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda nb: render(nb, ATTACHMENTS), [full_notebook(), full_notebook()]))
    assert results == [full_pdf, full_pdf]


# ------------------------------------------------------------------------------------------------ sizes
def test_a_tiny_notebook_without_metadata_is_a_document() -> None:
    pdf = render(new_notebook(cells=[new_markdown_cell("# Rapport niet uitgebracht\n\nDe export ontbreekt.")]))
    assert_valid(pdf)
    assert "Rapport niet uitgebracht" in text_of(pdf)


def test_a_notebook_without_anything_to_show_is_a_document() -> None:
    assert_valid(render(new_notebook()))


def test_a_table_of_a_thousand_rows_repeats_its_head() -> None:
    frame = pd.DataFrame({"Zaaknummer": [f"Z-{i:05d}" for i in range(1000)], "Aantal": range(1000)})
    pdf = render(new_notebook(cells=[new_markdown_cell("# Lijst"), shown(table(frame, "Alle zaken.", max_rows=2000))]))
    assert_valid(pdf)
    text = text_of(pdf)
    assert "Z-00000" in text
    assert "Z-00999" in text
    with pikepdf.open(BytesIO(pdf)) as document:
        assert text.count("Zaaknummer") == len(document.pages) > 10


@pytest.mark.parametrize(
    ("wanted", "pages", "expected"), [(None, 2, False), (None, 8, True), (True, 2, True), (False, 8, False)]
)
def test_contents_come_from_seven_pages_on(wanted: bool | None, pages: int, expected: bool) -> None:
    cells = [new_markdown_cell(f"# Deel {i}\n\nTekst.", metadata={"tags": ["nieuwe-pagina"]}) for i in range(pages)]
    pdf = render(new_notebook(metadata={"weekrapport": {"title": "Delen", "toc": wanted}}, cells=cells))
    assert ("Inhoud" in text_of(pdf)) is expected
    assert_valid(pdf)


@pytest.mark.parametrize("status", ["CONCEPT", "NIET VRIJGEGEVEN", "DEFINITIEF", "MET VOORBEHOUD", "NIET UITGEBRACHT"])
def test_every_status_stands_in_the_foot_of_every_page(status: str) -> None:
    cells = [new_markdown_cell(f"# Deel {i}", metadata={"tags": ["nieuwe-pagina"]}) for i in range(2)]
    pdf = render(new_notebook(metadata={"weekrapport": META | {"status": status, "title": "x" * 110}}, cells=cells))
    assert_valid(pdf)
    assert text_of(pdf).count(f"Intern – MT · {status}") == 2


@pytest.mark.parametrize("count", [3, 4, 5, 6])
def test_rows_of_tiles(count: int) -> None:
    pdf = render(
        new_notebook(cells=[shown(tiles([Tile(f"Label {i}", "9" * 40, trend=[1, None, 2, 3]) for i in range(count)]))])
    )
    assert_valid(pdf)


# ------------------------------------------------------------------------------------------------ refusals
def test_an_attachment_that_is_not_there_is_named() -> None:
    cell = shown(table(pd.DataFrame({"a": range(9)}), "T.", max_rows=3, attachment="weg.csv"))
    with pytest.raises(RenderError, match=r"Cell 1: .*'weg\.csv'"):
        render(new_notebook(cells=[cell]), {})


def test_a_time_limit_gives_a_clear_error() -> None:
    with pytest.raises(RenderError, match=r"longer than 0\.01 seconds"):
        render(new_notebook(), time_limit=0.01)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the address space of a process")
def test_a_memory_limit_gives_a_clear_error() -> None:
    with pytest.raises(RenderError, match="more than 250 MB of memory"):
        frame = pd.DataFrame(np.arange(60_000).reshape(6000, 10), columns=list("abcdefghij"))
        render(new_notebook(cells=[shown(table(frame, "Groot.", max_rows=6000))]), memory_mb=250)


def test_a_typst_error_and_a_typst_warning_name_the_cell() -> None:
    for code in ('panic("stuk")', 'text(font: "Bestaat Niet", "x")'):
        with pytest.raises(RenderError, match="Typst cannot set this") as caught:
            compile_pdf(f'#import "theme.typ": *\n#{{\n{code}\n}}', {}, UNDATED, cell_of_line={3: 7})
        assert caught.value.cell == 7


def test_a_stream_that_ends_in_a_carriage_return_is_counted_alike() -> None:
    data = next(d for d in (b"bijlage " + b"x" * i for i in range(9999)) if zlib.adler32(d) & 0xFF == 0x0D)
    pdf = render(new_notebook(cells=[new_markdown_cell("# T")]), {"a.txt": (data, "text/plain", "Tekst")})
    assert b"\r\r\nendstream" in pdf
    assert_valid(pdf)
    with pikepdf.open(BytesIO(pdf)) as document:
        assert not document.check_pdf_syntax() if hasattr(document, "check_pdf_syntax") else not document.check()
        assert document.attachments["a.txt"].get_file().read_bytes() == data


def test_jupyter_nbconvert_knows_the_exporter(tmp_path: Path) -> None:
    nbformat.write(new_notebook(cells=[new_markdown_cell("# Los notebook\n\nTekst.")]), tmp_path / "los.ipynb")
    command = [sys.executable, "-m", "nbconvert", "--to", "weekrapport-pdf", str(tmp_path / "los.ipynb")]
    subprocess.run(command, capture_output=True, check=True, cwd=tmp_path)
    assert "Los notebook" in text_of((tmp_path / "los.pdf").read_bytes())

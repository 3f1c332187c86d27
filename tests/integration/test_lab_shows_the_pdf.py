"""What a cell shows in JupyterLab is what the PDF shows: the same words and numbers in the same order, and figures.

Every notebook of the manifest is executed as an analyst does: in its folder, with the values that stand in its
parameters cell. The PDF is set once more with every block on a page of its own, so that a block can be read back whole.
"""

from __future__ import annotations

import copy
import re
import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tests.builders import weekrapport
from tests.html_view import figures, squeezed, table_heads, visible_text
from tests.pdf_pages import page_texts
from weekrapport.reporting import block_html, blocks
from weekrapport.reporting.blocks import BLOCK_MIME, RECORD_MIME, ColumnFormat, Message, Tile
from weekrapport.reporting.issue import to_pdf
from weekrapport.reporting.kernels import KERNEL, QUIET
from weekrapport.reporting.manifest import load_manifest, project_root
from weekrapport.reporting.typst.document import build_document
from weekrapport.reporting.typst.images import Assets, store_image

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
MARK = re.compile(r"Rapport §(\d+)§ ?(?:§\d+§ ?)?")


def outputs(notebook: Any) -> list[Any]:
    """Return everything the cells show, but not the record that the last one hands over."""
    found = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert [output for output in found if output.output_type not in ("display_data", "execute_result")] == []
    return [output for output in found if RECORD_MIME not in output.data]


def on_pages_of_their_own(shown: list[Any]) -> Any:
    cells = []
    for number, output in enumerate(shown, start=1):
        cells.append(new_markdown_cell(f"# §{number}§", metadata={"tags": ["nieuwe-pagina"]}))
        cells.append(new_code_cell("", outputs=[copy.deepcopy(output)]))
    return new_notebook(cells=cells, metadata={"weekrapport": {"title": "Rapport", "toc": False}})


def printed(shown: list[Any], attachments: list[str]) -> list[list[str]]:
    """Return per output the text of its pages in the PDF, squeezed, without head and foot."""
    notebook = on_pages_of_their_own(shown)
    pdf = to_pdf(notebook, notebook.metadata["weekrapport"], {name: (b"-", "text/csv", name) for name in attachments})
    pages: list[list[str]] = [[] for _ in shown]
    for page in page_texts(pdf):
        start = MARK.match(page)
        assert start, page
        pages[int(start[1]) - 1].append(squeezed(re.sub(r" Pagina \d+ van \d+$", "", page[start.end() :])))
    return pages


def differences(shown: list[Any], attachments: list[str] | None = None) -> list[str]:
    """Return every output of which the HTML says something else than the PDF, and how they differ."""
    found, numbers = [], {"Tabel": 0, "Figuur": 0}
    for output, (first, *rest) in zip(shown, printed(shown, attachments or []), strict=True):
        html = "".join(output.data["text/html"])
        text = squeezed(visible_text(html))
        heads = squeezed("".join(table_heads(html)))
        paper = first + "".join(page.removeprefix(heads) for page in rest)
        for name in numbers:  # the PDF numbers tables and figures through; a cell cannot know its place
            if f"{name}{numbers[name] + 1}" in paper:
                numbers[name] += 1
                paper = paper.replace(f"{name}{numbers[name]}", "", 1)
        if text != paper:
            at = next((i for i, (a, b) in enumerate(zip(text, paper, strict=False)) if a != b), 0)
            found.append(f"HTML: …{text[max(0, at - 30) : at + 60]}…\nPDF:  …{paper[max(0, at - 30) : at + 60]}…")
    return found


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with `notebooks/` and, in `data/demo/`, a small demonstration of which the week has been run."""
    root = tmp_path_factory.mktemp("lab")
    shutil.copytree(project_root() / "notebooks", root / "notebooks")
    assert weekrapport("demo", root / "data" / "demo", "--factor", "0.1").code == 0
    asked = [part for slug in load_manifest() for part in ("--report", slug)]
    ran = weekrapport("run", "--direct", "--workspace", root / "data" / "demo", *asked)
    assert ran.code == 0, ran.err
    return root


@pytest.mark.parametrize("slug", load_manifest())
def test_a_notebook_shows_what_its_pdf_shows(checkout, slug):
    entry = load_manifest()[slug]
    notebook = nbformat.read(checkout / "notebooks" / entry.notebook, as_version=4)
    place = {"metadata": {"path": str(checkout / "notebooks")}}
    NotebookClient(notebook, timeout=120, kernel_name=KERNEL, resources=place, extra_arguments=[QUIET]).execute()
    folder = checkout / "data" / "demo" / "output" / "2026-W47" / slug
    in_lab, in_pdf = outputs(notebook), outputs(nbformat.read(folder / f"{slug}.ipynb", as_version=4))
    assert [output.data["text/html"] for output in in_lab] == [output.data["text/html"] for output in in_pdf]
    assert differences(in_lab, [path.name for path in (folder / "tables").iterdir()]) == []

    (pdf,) = folder.glob("*-concept.pdf")
    paper, at = squeezed(" ".join(page_texts(pdf))), 0
    for output in in_lab:
        begin = squeezed(visible_text(output.data["text/html"]))[:25]
        assert begin in paper[at:], f"{begin!r} is not in the PDF, or not in this place"
        at = paper.index(begin, at)


@pytest.mark.parametrize("slug", load_manifest())
def test_the_figures_of_a_notebook_are_those_of_its_pdf(checkout, slug):
    folder = checkout / "data" / "demo" / "output" / "2026-W47" / slug
    notebook = nbformat.read(folder / f"{slug}.ipynb", as_version=4)
    in_html = [figures(o.data["text/html"])[0] for o in outputs(notebook) if kind(o) == "figure"]
    in_html = [svg.replace(block_html._SCREEN_FONTS, block_html._CHART_FONTS) for svg in in_html]  # else the same
    assets = Assets()
    for svg in in_html:
        store_image(svg.encode(), "image/svg+xml", assets, 1)
    assert build_document(notebook).assets.files == assets.files


def kind(output: Any) -> str:
    return output.data.get(BLOCK_MIME, {}).get("kind", "")


def shown(*items: Any) -> list[Any]:
    from IPython.core.formatters import DisplayFormatter

    made = []
    for item in items:
        data, metadata = DisplayFormatter().format(item)
        made.append(new_output("execute_result", data=data, metadata=metadata, execution_count=1))
    return made


def chart() -> Any:
    import matplotlib.pyplot as plt

    from weekrapport.reporting.chart_style import apply_chart_style

    apply_chart_style()
    fig, ax = plt.subplots()
    ax.bar(["wk 45", "wk 46", "wk 47"], [3, 1, 2])
    return fig


PROSE = """## Risico's & zorgen <b>

Eén alinea met **vet**, *schuin*, ~~door~~, `code` en een [link](https://example.test/) of een [val](javascript:x).<br>
Nieuwe regel; <script>alert(1)</script> en ![spoor](https://example.test/pixel.png) blijven tekst.[^a]

- een streep
- nog een

3. drie
4. vier

- [x] gedaan
- [ ] te doen

> Geciteerd.

| Team | Zaken |
|---|--:|
| Beheer & zo | 12 |

[^a]: De noot zelf.
"""


def every_kind() -> list[Any]:
    import pandas as pd

    frame = pd.DataFrame(
        {
            "team": ["Beheer"] * 3 + ["Servicedesk"] * 60,
            "zaak": [f"ZAAK-{i} <b>&amp;" for i in range(63)],
            "dagen": range(63),
            "oordeel": ["groen", "oranje", "rood"] * 21,
        }
    )
    total = pd.DataFrame({"team": ["A", "B", "Totaal"], "zaken": [1234.5, None, -3]})
    return shown(
        blocks.tiles([Tile("Op tijd", "87,6 %", "+1 % t.o.v. week 46", "rood", "norm 90 %", [1, None, 3])] * 3),
        blocks.tiles([Tile("Zonder norm", "3 van 7"), *[Tile("Goed", "1", verdict="groen", trend=[1, 2])] * 5]),
        blocks.key_messages(
            [
                Message("Er zijn **107 zaken** afgerond."),
                Message("Goed gegaan: *alles*.", "groen"),
                Message("Let op de voorraad.", "oranje"),
                Message("- geen lijst", "neutraal"),
                Message("Te laat <i>1 zaak</i>.", "rood", "besluit over **bezetting**."),
            ]
        ),
        blocks.key_messages([]),
        *(blocks.callout("- Een\n- Twee\n\nDrie.", f"Kop & {name}", name) for name in ("info", "actie", "succes")),
        blocks.callout("Zonder kop.", kind="waarschuwing"),
        *(blocks.reliability("Alle **51** controles.", verdict) for verdict in ("groen", "oranje", "rood", "neutraal")),
        blocks.prose(PROSE),
        blocks.sentence("Er zijn geen <zaken> & *dus* niets."),
        blocks.figure(chart(), "Zaken & weken", "Staven: 3, 1, 2.", "Bron: <eigen> telling."),
        blocks.figure(chart(), "Zonder bijschrift", "Staven: 3, 1, 2."),
        blocks.table(
            frame,
            "Lange lijst, per team <b>",
            {
                "zaak": ColumnFormat("Zaak"),
                "dagen": ColumnFormat("Dagen", bar=True),
                "oordeel": ColumnFormat("Oordeel", verdict=True),
            },
            group="team",
            max_rows=60,
            attachment="lijst.csv",
            note="Bron: <de lijst> & meer.",
        ),
        blocks.table(total, "Met totaal", total_row=True, small=True),
        frame.head(3),
        frame.head(4).style.format({"dagen": "{:.1f}"}).set_caption("Een Styler"),
    )


def test_every_kind_of_block_says_the_same_in_both():
    assert differences(every_kind(), ["lijst.csv"]) == []


@pytest.mark.parametrize(("right", "wrong"), [("107", "108"), ("Nodig:", ""), ("Let op", "Op let")])
def test_a_difference_is_found(right, wrong):
    (_tiles, _six, messages, *_) = every_kind()
    assert differences([messages]) == []
    assert right in messages.data["text/html"]
    messages.data["text/html"] = messages.data["text/html"].replace(right, wrong, 1)
    assert len(differences([messages])) == 1


def test_nothing_is_loaded_from_outside():
    for output in every_kind():
        sources = re.findall(r"""src=["']([^"']*)""", output.data["text/html"])
        assert [source for source in sources if not source.startswith("data:image/svg+xml;base64,")] == []
        assert "<script" not in output.data["text/html"]

"""What the MT reads: the text of the case overview of the demonstration, and how its pages are filled.

`make accept` writes the golden text anew; the difference of its numbers and sentences belongs in the review of the
change.
"""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from expectations.registry import gate
from tests.pdf_pages import assert_valid, page_image, page_texts
from weekrapport.demo.workspace import write_demo
from weekrapport.weekly.direct import RunResult, run_direct
from weekrapport.weekly.plan import make_plan

GOLDEN = Path(__file__).parent / "case_overview.txt"
MAX_PAGES_BEFORE_ANNEX = 4
ENGLISH = re.compile(
    r"\b(the|and|week of|total|average|table|figure|page|none|nan|true|false|null|warning|error)\b", re.I
)


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> RunResult:
    """Return the run of the whole demonstration."""
    folder = tmp_path_factory.mktemp("demo")
    write_demo(folder)
    return run_direct(make_plan(folder, now=datetime.now(UTC)), gate, lambda _text: None)


@pytest.fixture(scope="module")
def pages(result: RunResult) -> list[str]:
    """Return the text of every page, without what differs per commit."""
    assert result.exit_code == 0
    run = result.record
    texts = page_texts(result.pdfs[0])
    return [text.replace(run.run_id, "RUN").replace(run.git_commit[:10], "COMMIT") for text in texts]


def test_the_text_is_the_accepted_one(pages: list[str]) -> None:
    text = "\n\n".join(f"--- {number} ---\n{page}" for number, page in enumerate(pages, start=1)) + "\n"
    if os.environ.get("ACCEPT_GOLDEN"):
        GOLDEN.write_text(text, "utf-8")
    assert text == GOLDEN.read_text("utf-8"), "look at the PDF; when it is right, run `make accept`"


def test_the_report_keeps_its_page_budget(pages: list[str]) -> None:
    first_annex = next(number for number, page in enumerate(pages) if "Bijlage: opgeleverde zaken Tabel" in page)
    assert first_annex <= MAX_PAGES_BEFORE_ANNEX


def test_page_one_holds_what_the_mt_needs(pages: list[str]) -> None:
    parts = ("Zaakoverzicht", "Week 47", "Peilmoment ma 23 nov 2026 07:00", "Kernboodschap", "Besluit gevraagd")
    places = [pages[0].find(part) for part in (*parts, "Betrouwbaarheid cijfers")]
    assert -1 not in places
    assert places == sorted(places)


def test_every_page_has_classification_status_run_and_number(pages: list[str]) -> None:
    for number, page in enumerate(pages, start=1):
        assert f"Intern – MT · CONCEPT RUN Pagina {number} van {len(pages)}" in page


def test_the_mt_reads_dutch(pages: list[str]) -> None:
    found = {match[0] for page in pages for match in ENGLISH.finditer(page)}
    assert not found


@pytest.mark.parametrize(
    "pattern", [r"\b\d{9}\b", r"[\w.]+@[\w.]+", r"/(home|tmp|root|work)/", r"\bNone\b|\bnan\b|NaT"]
)
def test_nothing_that_may_never_be_printed_is_there(pages: list[str], pattern: str) -> None:
    assert not [page for page in pages if re.search(pattern, page)]


def test_the_pdf_is_accessible_and_archivable(result: RunResult, pages: list[str]) -> None:
    assert pages
    assert_valid(result.pdfs[0].read_bytes())


def test_no_page_is_empty_or_runs_off_the_paper(result: RunResult, pages: list[str]) -> None:
    for number in range(len(pages)):
        image = page_image(result.pdfs[0], number, scale=0.5)
        width, height = image.size
        body = image.crop((0, int(height * 0.07), width, int(height * 0.94)))
        dark = sum(body.histogram()[:140])
        assert dark > 0.002 * width * height, f"page {number + 1} is nearly empty"
        if number:  # page 1 has a band over its full width
            for box in ((0, 0, int(width * 0.085), height), (int(width * 0.915), 0, width, height)):
                assert sum(image.crop(box).histogram()[:140]) == 0, f"page {number + 1} has ink in its margin"

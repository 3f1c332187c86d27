"""What the MT reads: the text of every report of the demonstration, and how its pages are filled.

`make accept` writes the golden texts anew; the difference of their numbers and sentences belongs in the review of the
change.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from expectations.registry import gate
from tests.pdf_pages import assert_valid, page_image, page_texts
from weekrapport.demo.workspace import write_demo
from weekrapport.reporting.manifest import load_manifest
from weekrapport.weekly.direct import RunResult, run_direct
from weekrapport.weekly.plan import make_plan

FOLDER = Path(__file__).parent
MAX_PAGES_BEFORE_ANNEX = {"case_overview": 4, "upcoming_deliveries": 3, "quality_sample": 4, "budget_variance": 5}
ONE_PAGE = ("handover",)
"""Daily lists: one page, without a decision or commentary."""
CLASSIFICATIONS = {
    "case_overview": "Intern – MT",
    "upcoming_deliveries": "Intern – MT",
    "quality_sample": "Vertrouwelijk – MT en betrokken manager",
    "budget_variance": "Vertrouwelijk – MT",
    "handover": "Intern – MT",
}
ENGLISH = re.compile(
    r"\b(the|and|week of|total|average|table|figure|page|none|nan|true|false|null|warning|error)\b", re.I
)


@dataclass(frozen=True)
class Printed:
    """One report of the demonstration as a reader gets it."""

    slug: str
    path: Path
    pages: list[str]
    """The text of every page, without what differs per commit."""


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> RunResult:
    """Return the run of the whole demonstration, with the daily list."""
    folder = tmp_path_factory.mktemp("demo")
    write_demo(folder)
    plan = make_plan(folder, now=datetime.now(UTC), reports=list(load_manifest()))
    return run_direct(plan, gate, lambda _text: None)


@pytest.fixture(params=list(load_manifest()))
def report(request: pytest.FixtureRequest, result: RunResult) -> Printed:
    """Return each report of the manifest."""
    assert result.exit_code == 0, result.record.reports
    run = result.record
    (path,) = (pdf for pdf in result.pdfs if pdf.parent.name == request.param)
    texts = page_texts(path)
    pages = [text.replace(run.run_id, "RUN").replace(run.git_commit[:10], "COMMIT") for text in texts]
    return Printed(request.param, path, pages)


def test_every_report_of_the_demonstration_is_made_and_may_go_out(result: RunResult) -> None:
    assert list(result.record.reports) == [*MAX_PAGES_BEFORE_ANNEX, *ONE_PAGE]
    assert {report.status for report in result.record.reports.values()} == {"concept"}
    assert {report.verdict for report in result.record.reports.values()} <= {"in orde", "met opmerkingen"}


def test_the_text_is_the_accepted_one(report: Printed) -> None:
    golden = FOLDER / f"{report.slug}.txt"
    text = "\n\n".join(f"--- {number} ---\n{page}" for number, page in enumerate(report.pages, start=1)) + "\n"
    if os.environ.get("ACCEPT_GOLDEN"):
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8"), "look at the PDF; when it is right, run `make accept`"


def test_the_report_keeps_its_page_budget(report: Printed) -> None:
    if report.slug in ONE_PAGE:
        assert len(report.pages) == 1
        return
    annex = re.compile(
        r"Bijlage: [^.…]+? (Tabel|Lijst|Hier|In deze|Alle|Er )"
    )  # a heading with its content, no line of contents
    first_annex = next(number for number, page in enumerate(report.pages) if number and annex.search(page))
    assert first_annex <= MAX_PAGES_BEFORE_ANNEX[report.slug]


def test_page_one_holds_what_the_mt_needs(report: Printed) -> None:
    title = load_manifest()[report.slug].title
    parts = [title, "Week 47", "Peilmoment ma 23 nov 2026 07:00"]
    if report.slug in ONE_PAGE:
        parts += ["Actie nodig.", "P1 open", "Afwezig vandaag", "Wat te doen"]
    else:
        parts += ["Kernboodschap", "Besluit gevraagd", "Betrouwbaarheid cijfers"]
    places = [report.pages[0].find(part) for part in parts]
    assert -1 not in places, list(zip(parts, places, strict=False))
    assert places == sorted(places)


def test_every_page_has_classification_status_run_and_number(report: Printed) -> None:
    for number, page in enumerate(report.pages, start=1):
        assert f"{CLASSIFICATIONS[report.slug]} · CONCEPT RUN Pagina {number} van {len(report.pages)}" in page


def test_the_mt_reads_dutch(report: Printed) -> None:
    found = {match[0] for page in report.pages for match in ENGLISH.finditer(page)}
    assert not found


@pytest.mark.parametrize(
    "pattern",
    [
        r"\b\d{9}\b",
        r"[\w.]+@[\w.]+",
        r"/(home|tmp|root|work)/",
        r"\bNone\b|\bnan\b|NaT",
        r"\bNL\d{2} ?[A-Z]{4}",
        r"\{\{|\}\}",
    ],
)
def test_nothing_that_may_never_be_printed_is_there(report: Printed, pattern: str) -> None:
    assert not [page for page in report.pages if re.search(pattern, page)]


def test_the_pdf_is_accessible_and_archivable(report: Printed) -> None:
    assert_valid(report.path.read_bytes())


def test_no_page_is_empty_or_runs_off_the_paper(report: Printed) -> None:
    for number in range(len(report.pages)):
        image = page_image(report.path, number, scale=0.5)
        width, height = image.size
        body = image.crop((0, int(height * 0.07), width, int(height * 0.94)))
        dark = sum(body.histogram()[:140])
        assert dark > 0.002 * width * height, f"page {number + 1} is nearly empty"
        if number:  # page 1 has a band over its full width
            for box in ((0, 0, int(width * 0.085), height), (int(width * 0.915), 0, width, height)):
                assert sum(image.crop(box).histogram()[:140]) == 0, f"page {number + 1} has ink in its margin"

"""A source that is absent, empty or unreadable stops the reports that need it and no other; the exit code tells."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.builders import Ran, run_record, weekrapport
from tests.pdf_pages import page_texts
from weekrapport.demo.workspace import write_demo

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

CASES = {"case_overview", "upcoming_deliveries", "quality_sample"}
EVERY = {*CASES, "budget_variance"}
WEEK = "2026-W47"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    write_demo(folder, factor=0.05)
    return folder


@pytest.fixture
def workspace(demo: Path, tmp_path: Path) -> Path:
    """Return a copy of the demonstration in which every export is a file of its own and nothing was run."""
    target = tmp_path / "workspace"
    shutil.copytree(demo, target, ignore=shutil.ignore_patterns("output", "snapshots"))
    return target


def export(workspace: Path, name: str) -> Path:
    (path,) = (workspace / "data" / "inbox").glob(f"{name}_*")
    return path


def header_only(path: Path) -> None:
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])


def without_source(workspace: Path, *names: str) -> None:
    """Take the [[source]] of these names out of weekrapport.toml."""
    path = workspace / "weekrapport.toml"
    head, *stanzas = re.split(r"^(?=\[\[source\]\])", path.read_text("utf-8"), flags=re.MULTILINE)
    kept = [stanza for stanza in stanzas if not any(f'name = "{name}"' in stanza for name in names)]
    assert len(kept) == len(stanzas) - len(names)
    path.write_text(head + "".join(kept), "utf-8")


def tables_of(workspace: Path) -> dict[str, str]:
    """Return table to the name of its source."""
    text = (workspace / "weekrapport.toml").read_text("utf-8")
    return {table: name for name, table in re.findall(r'^name = "(.+)"\ntable = "(.+)"$', text, flags=re.MULTILINE)}


def run(workspace: Path, code: int, stopped: set[str]) -> Ran:
    """Run every report and check which were stopped, and that each of those left a page that says why."""
    ran = weekrapport("run", "--direct", "--workspace", workspace)
    assert ran.code == code, ran
    assert "Traceback" not in ran.err
    states = {slug: report["status"] for slug, report in run_record(workspace)["reports"].items()}
    assert states == {slug: "stopped" if slug in stopped else "concept" for slug in EVERY}
    for slug in EVERY:
        folder = workspace / "output" / WEEK / slug
        assert bool(list(folder.glob("*-concept.pdf"))) is (slug not in stopped)
        pages = list(folder.glob("*-niet-uitgebracht.pdf"))
        assert bool(pages) is (slug in stopped)
        assert all("niet uitgebracht" in page_texts(page)[0] for page in pages)
        assert (folder / "facts.json").is_file() is (slug not in stopped)
    return ran


def test_everything_is_there(workspace: Path) -> None:
    ran = run(workspace, 0, set())
    paths = [Path(line) for line in ran.out.splitlines()[-4:]]
    assert [path.parent.name for path in paths] == list(
        ("case_overview", "upcoming_deliveries", "quality_sample", "budget_variance")
    )
    assert all(path.is_file() for path in paths)


def test_a_ledger_that_is_not_there_stops_the_budget_only(workspace: Path) -> None:
    path = export(workspace, tables_of(workspace)["boeking"])
    path.unlink()
    ran = run(workspace, 3, {"budget_variance"})
    assert any("no file in data/inbox matches" in message for message in ran.messages)


def test_a_ledger_of_only_a_header_stops_the_budget_only(workspace: Path) -> None:
    header_only(export(workspace, tables_of(workspace)["boeking"]))
    ran = run(workspace, 4, {"budget_variance"})
    assert any("GX-ALG-01" in message for message in ran.messages)


def test_books_that_nobody_declares_stop_the_budget_only(workspace: Path) -> None:
    names = tables_of(workspace)
    without_source(workspace, names["boeking"], names["begrotingsregel"])
    ran = run(workspace, 3, {"budget_variance"})
    assert any("No source delivers table 'boeking' or 'begrotingsregel'" in message for message in ran.messages)


def test_a_register_that_cannot_be_read_stops_the_budget_only(workspace: Path) -> None:
    export(workspace, tables_of(workspace)["factuur"]).write_bytes(b"%PDF-1.7\n")
    ran = run(workspace, 3, {"budget_variance"})
    assert any("is a PDF" in message for message in ran.messages)


def test_documents_that_cannot_be_read_stop_the_quality_sample_only(workspace: Path) -> None:
    path = export(workspace, tables_of(workspace)["zaak_document"])
    path.write_bytes(path.read_bytes()[:-40])
    run(workspace, 3, {"quality_sample"})


def test_cases_of_only_a_header_stop_every_report_on_cases(workspace: Path) -> None:
    header_only(export(workspace, tables_of(workspace)["zaak"]))
    run(workspace, 4, CASES)


def test_a_source_that_cannot_be_read_wins_from_the_gate(workspace: Path) -> None:
    header_only(export(workspace, tables_of(workspace)["zaak"]))
    export(workspace, tables_of(workspace)["boeking"]).unlink()
    run(workspace, 3, EVERY)


def test_only_the_reports_of_the_workspace_are_made(workspace: Path) -> None:
    names = tables_of(workspace)
    without_source(workspace, names["boeking"], names["begrotingsregel"])
    path = workspace / "weekrapport.toml"
    path.write_text(path.read_text("utf-8").replace("week =", 'reports = ["case_overview"]\nweek ='), "utf-8")
    ran = weekrapport("run", "--direct", "--workspace", workspace)
    assert ran.code == 0, ran
    assert list(run_record(workspace)["reports"]) == ["case_overview"]

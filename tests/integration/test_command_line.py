"""What can be wrong before, in and around the data: one message, the right exit code, and no PDF that looks normal."""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from tests.builders import EXPORT, LINES, TOML, Ran, csv_bytes, run_record, weekrapport, write_workspace
from tests.pdf_pages import page_texts
from weekrapport.reporting.manifest import project_root

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

CONCEPT = "2026-W47-zaakoverzicht-concept.pdf"
STOP_PAGE = "2026-W47-zaakoverzicht-niet-uitgebracht.pdf"


def pdfs(workspace: Path) -> list[str]:
    return sorted(path.name for path in (workspace / "output").rglob("*.pdf") if path.parent.name != "vervallen")


def refused(ran: Ran, code: int, *parts: str) -> str:
    """Check that a command ended with one message and without a traceback, and return the message."""
    assert ran.code == code, ran
    assert "Traceback" not in ran.err + ran.out
    message = "\n".join(ran.messages)
    for part in parts:
        assert part in message, message
    return message


class TestUsage:
    """Exit code 2; nothing is read and nothing is made."""

    @pytest.mark.parametrize(
        ("arguments", "parts"),
        [
            (["--week", "2026-W60"], ["2026-W60 is not an ISO week: 2026 has weeks 01 to 53"]),
            (["--week", "47"], ["'47' is not a week"]),
            (["--as-of", "gisteren"], ["'gisteren' is not a timestamp"]),
            (["--as-of", "2026-11-15T23:59"], ["lies before week 2026-W47 begins"]),
            (["--report", "case_overveiw"], ["There is no report 'case_overveiw'. Did you mean 'case_overview'?"]),
            (["--team", "Servicedsk"], ["There is no team 'Servicedsk'. Did you mean 'Servicedesk'?"]),
        ],
    )
    def test_a_wrong_argument(self, tmp_path, arguments, parts):
        workspace = write_workspace(tmp_path)
        ran = weekrapport("run", "--direct", "--workspace", workspace, *arguments)
        assert len(ran.messages) == 1
        refused(ran, 2, *parts)
        assert not (workspace / "output").exists()

    def test_an_output_folder_that_is_a_file(self, tmp_path):
        workspace = write_workspace(tmp_path / "w")
        (tmp_path / "uit").write_text("een bestand", "utf-8")
        ran = weekrapport("run", "--direct", "--workspace", workspace, "--output", tmp_path / "uit")
        refused(ran, 2, str(tmp_path / "uit"), "--output")

    def test_no_workspace(self, tmp_path):
        refused(weekrapport("run", "--direct", "--workspace", tmp_path), 2, "is not a workspace", "weekrapport demo")

    def test_an_unknown_key(self, tmp_path):
        workspace = write_workspace(tmp_path, toml=TOML.replace("week =", "wek ="))
        refused(weekrapport("run", "--direct", "--workspace", workspace), 2, "wek: unknown key. Did you mean 'week'?")

    def test_a_broken_toml(self, tmp_path):
        workspace = write_workspace(tmp_path, toml=TOML + "[[source")
        refused(weekrapport("run", "--direct", "--workspace", workspace), 2, "weekrapport.toml is not valid TOML")

    def test_a_backfill_backwards(self, tmp_path):
        workspace = write_workspace(tmp_path)
        ran = weekrapport("backfill", "--workspace", workspace, "--from", "2026-W47", "--to", "2026-W46")
        refused(ran, 2, "The last week, 2026-W46, lies before the first, 2026-W47.")

    def test_an_unknown_option_is_explained_by_a_real_process(self, tmp_path):
        command = [Path(sys.executable).with_name("weekrapport"), "run", "--wek", "2026-W47"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 2
        assert "No such option" in done.stderr
        assert "Traceback" not in done.stderr


EARLIER = csv_bytes(*LINES)


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace of which the week was made well."""
    workspace = write_workspace(tmp_path_factory.mktemp("goed"))
    ran = weekrapport("run", "--direct", "--workspace", workspace)
    assert ran.code == 0, ran
    return workspace


@pytest.fixture
def after(done: Path, tmp_path: Path) -> Callable[..., Path]:
    """Return a copy of the well-made workspace with another export or other settings."""

    def copy(content: bytes | None, toml: str = TOML, name: str = EXPORT) -> Path:
        workspace = tmp_path / "w"
        shutil.copytree(done, workspace)
        (workspace / "data" / "inbox" / EXPORT).unlink()
        (workspace / "weekrapport.toml").write_text(toml, "utf-8")
        if content is not None:
            (workspace / "data" / "inbox" / name).write_bytes(content)
        return workspace

    return copy


def check_stopped(workspace: Path, ran: Ran, code: int, *parts: str, status: str = "stopped") -> None:
    """Check that nothing in the output looks like a report: a stop page, the concept out of sight, no figures."""
    refused(ran, code, *parts)
    assert pdfs(workspace) == [STOP_PAGE]
    folder = workspace / "output" / "2026-W47" / "case_overview"
    assert (folder / "vervallen" / CONCEPT).is_file()
    assert not (folder / "facts.json").exists()
    assert not list(folder.glob("tables/*.csv"))
    made = run_record(workspace)["reports"]["case_overview"]
    assert made["status"] == status
    assert made["reasons"]
    text = " ".join(page_texts(folder / STOP_PAGE))
    assert "niet uitgebracht" in text.lower()
    assert "Kernboodschap" not in text


TRUNCATED = EARLIER[: EARLIER.rindex(b"Servicedesk") - 4]


class TestUnreadable:
    """Exit code 3: the export itself cannot be read."""

    @pytest.mark.parametrize(
        ("content", "toml", "name"),
        [
            pytest.param(b"", TOML, EXPORT, id="no bytes"),
            pytest.param(csv_bytes(*LINES, encoding="utf-16"), TOML, EXPORT, id="UTF-16"),
            pytest.param(
                csv_bytes(*LINES, "Z-004;16-11-2026;;Financiën").replace("ë".encode(), "ë".encode("cp1252")),
                TOML.replace('combine = "newest"', 'encoding = "utf-8"'),
                EXPORT,
                id="declared UTF-8 and it is cp1252",
            ),
            pytest.param(
                csv_bytes(*LINES, "Z-004;16-11-2026;;Financiën"),
                TOML.replace('combine = "newest"', 'encoding = "cp1252"'),
                EXPORT,
                id="declared cp1252 and it is UTF-8",
            ),
            pytest.param(TRUNCATED, TOML, EXPORT, id="cut in a row"),
            pytest.param(gzip.compress(EARLIER, mtime=0)[:-9], TOML, EXPORT, id="gzip cut off"),
            pytest.param(None, TOML, EXPORT, id="not there"),
        ],
    )
    def test_the_report_is_stopped(self, after, content, toml, name):
        workspace = after(content, toml, name)
        ran = weekrapport("run", "--direct", "--workspace", workspace)
        check_stopped(workspace, ran, 3, "zaken")
        assert len(ran.messages) == 1, ran.err
        assert "exit code" not in ran.err

    def test_a_cut_gzip_that_says_so_by_its_name(self, after):
        toml = TOML.replace("zaken*.csv", "zaken*.csv.gz")
        workspace = after(gzip.compress(EARLIER, mtime=0)[:-9], toml, f"{EXPORT}.gz")
        check_stopped(
            workspace, weekrapport("run", "--direct", "--workspace", workspace), 3, "zaken_20261123-0530.csv.gz"
        )


class TestHard:
    """Exit code 4: the export can be read and proves nothing about the week."""

    @pytest.mark.parametrize(
        ("content", "part"),
        [
            pytest.param(csv_bytes(), "GX-ALG-01", id="only a head"),
            pytest.param(csv_bytes(*LINES, header="Zaaknummer;Start;Afgerond;Team"), "einddatum", id="a head renamed"),
            pytest.param(csv_bytes(LINES[0], LINES[0]), "GX-ZAAK-01", id="a case twice"),
        ],
    )
    def test_the_report_is_stopped(self, after, content, part):
        workspace = after(content)
        check_stopped(workspace, weekrapport("run", "--direct", "--workspace", workspace), 4, part)

    @pytest.mark.parametrize(
        ("week", "part"),
        [("2026-W52", "GX-ALG-07"), ("2026-W40", "Op het peilmoment bestaat ten minste één zaak")],
    )
    def test_a_week_outside_the_export(self, tmp_path, week, part):
        workspace = write_workspace(tmp_path)
        refused(weekrapport("run", "--direct", "--workspace", workspace, "--week", week), 4, part)
        assert pdfs(workspace) == [f"{week}-zaakoverzicht-niet-uitgebracht.pdf"]

    def test_when_the_export_is_mended_the_concept_is_back_and_the_stop_page_out_of_sight(self, after):
        workspace = after(csv_bytes())
        assert weekrapport("run", "--direct", "--workspace", workspace).code == 4
        (workspace / "data" / "inbox" / EXPORT).write_bytes(EARLIER)
        ran = weekrapport("run", "--direct", "--workspace", workspace)
        assert ran.code == 0
        assert pdfs(workspace) == [CONCEPT]
        record = run_record(workspace)
        assert record["snapshot"] == "r1"  # the same input again
        assert record["reports"]["case_overview"]["status"] == "concept"


class TestCheck:
    def test_it_leaves_the_record_of_the_run_alone(self, after):
        workspace = after(csv_bytes())
        before = {path: path.read_bytes() for path in (workspace / "output").rglob("*") if path.is_file()}
        ran = weekrapport("check", "--workspace", workspace)
        assert ran.code == 4
        assert "case_overview: gestopt" in ran.out
        assert "GX-ALG-01" in ran.out
        assert {path: path.read_bytes() for path in (workspace / "output").rglob("*") if path.is_file()} == before

    def test_a_week_in_order(self, done):
        ran = weekrapport("check", "--workspace", done)
        assert (ran.code, ran.out) == (0, "case_overview: in orde\n")


def test_a_damaged_record_of_an_earlier_run_is_said(after):
    workspace = after(EARLIER)
    (workspace / "output" / "2026-W47" / "run.json").write_text('{"schema_version": 1, ', "utf-8")
    refused(weekrapport("run", "--direct", "--workspace", workspace), 2, "run.json is damaged")


NOTEBOOK = [
    ("parameters", 'week = "2026-W47"\nas_of = ""\nworkspace = "."\nstatus = "concept"\nteam = ""'),
    (
        "",
        "from weekrapport.reporting.report import open_report\n"
        'report = open_report("case_overview", week=week, as_of=as_of, workspace=workspace, status=status, team=team)',
    ),
    ("", "report.close()"),
]


@pytest.fixture
def with_notebook(after) -> Callable[..., Path]:
    """Return a workspace with a notebook of its own."""

    def write(cells: list[tuple[str, str]]) -> Path:
        workspace = after(EARLIER)
        folder = workspace / "notebooks"
        folder.mkdir()
        stanza = (project_root() / "notebooks" / "reports.toml").read_text("utf-8")
        (folder / "reports.toml").write_text(stanza, "utf-8")
        notebook: Any = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(text, metadata={"tags": [tag] if tag else []}) for tag, text in cells]
        )
        nbformat.write(notebook, folder / "case_overview.ipynb")
        return workspace

    return write


def changed(cell: int, text: str) -> list[tuple[str, str]]:
    return [(tag, text if number == cell else source) for number, (tag, source) in enumerate(NOTEBOOK)]


class TestNotebook:
    """Exit code 5: the report failed; the page says so and the earlier concept does not look current."""

    @pytest.mark.parametrize(
        ("cells", "part"),
        [
            pytest.param(changed(0, NOTEBOOK[0][1].replace("week", "weke")), "does not set week", id="mistyped"),
            pytest.param([("", text) for _, text in NOTEBOOK], "has 0 cells tagged `parameters`", id="no tag"),
            pytest.param(
                [NOTEBOOK[0], ("", 'week = "2026-W46"'), *NOTEBOOK[1:]],
                "2026-W46",
                id="a later cell sets the week",
            ),
            pytest.param(changed(2, "1 / 0"), "ZeroDivisionError", id="a cell that raises"),
            pytest.param(
                changed(2, r"raise ValueError('漢字 \x00 \x1b[31m rood #let x = [} $ \\ ' + 'lang ' * 800)"),
                "ValueError",
                id="a message that no page can show as it is",
            ),
        ],
    )  # fmt: skip
    def test_the_report_is_failed(self, with_notebook, cells, part):
        workspace = with_notebook(cells)
        ran = weekrapport("run", "--direct", "--workspace", workspace)
        check_stopped(workspace, ran, 5, part, status="failed")
        assert "\x1b" not in ran.err

    def test_commentary_with_a_hole_fails_the_report(self, after):
        workspace = after(EARLIER)
        folder = workspace / "data" / "commentaar" / "2026-W47"
        folder.mkdir(parents=True)
        (folder / "case_overview.md").write_text("# Zorgen\n\nEr waren {{K99}} zaken.\n", "utf-8")
        ran = weekrapport("run", "--direct", "--workspace", workspace)
        check_stopped(workspace, ran, 5, "case_overview.md, line 3: {{K99}}", status="failed")


def test_every_message_names_what_to_do_and_none_is_printed_twice(after):
    ran = weekrapport("run", "--direct", "--workspace", after(None))
    (message,) = ran.messages
    assert re.search(r"no file in data/inbox matches 'zaken\*\.csv'", message)
    assert "Put the export there" in message

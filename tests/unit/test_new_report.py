"""`new-report`: what it writes is good at once, what it must not touch stays, and what cannot be is refused."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contracts.test_notebook_rules import RULES
from weekrapport.errors import ConfigurationError
from weekrapport.reporting.manifest import load_manifest, project_root
from weekrapport.reporting.new_report import MAX_SLUG, MAX_TITLE, new_report
from weekrapport.reporting.run_notebook import check_parameters
from weekrapport.reporting.typst.markdown import parse, plain_text

MANIFEST = """# Onze rapporten.
[bestaand]  # van vorig jaar
notebook = "bestaand.ipynb"
title = "Bestaand"
subtitle = "Van ons"
file_title = "bestaand"
classification = "Intern – MT"
needs = ["zaak"]
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "notebooks"
    folder.mkdir()
    (folder / "bestaand.ipynb").write_text("{}", "utf-8")
    (folder / "reports.toml").write_text(MANIFEST, "utf-8")
    return tmp_path


def contents(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / "notebooks").iterdir()}


def heading(notebook: Path) -> str:
    (first,) = parse(nbformat.read(notebook, as_version=4).cells[0].source, math=True)
    assert first["attrs"]["level"] == 1
    return plain_text(first["children"])


def test_the_report_is_known_and_its_notebook_keeps_every_rule(root):
    made = new_report("open_zaken", "Open zaken", root=root, week="2026-W46")
    entry = load_manifest(root)["open_zaken"]
    assert (entry.path, entry.title, entry.file_title) == (made.notebook, "Open zaken", "open-zaken")
    assert entry.needs == ("zaak",)
    assert "zaak_opschorting" in entry.uses, "without suspensions the report would call other cases late"
    notebook = nbformat.read(made.notebook, as_version=4)
    assert [found for rule in RULES for found in rule(notebook)] == []
    check_parameters(entry, dict.fromkeys(("week", "as_of", "workspace", "status", "team"), ""))
    assert heading(made.notebook) == "Open zaken"
    sources = [cell.source for cell in notebook.cells]
    assert sum('open_report("open_zaken", week=week' in source for source in sources) == 1
    assert not any("case_overview" in source for source in sources)


def test_a_notebook_of_a_workspace_opens_on_that_workspace(root):
    made = new_report("open_zaken", root=root, week="2026-W46")
    (cell,) = (
        c for c in nbformat.read(made.notebook, as_version=4).cells if "parameters" in c.metadata.get("tags", [])
    )
    assert cell.source == 'week = "2026-W46"\nas_of = ""\nworkspace = ".."\nstatus = "concept"\nteam = ""'


def test_without_a_title_the_slug_is_the_title(root):
    made = new_report("open-zaken_per_klant", root=root)
    assert heading(made.notebook) == "Open zaken per klant"
    assert load_manifest(root)["open-zaken_per_klant"].file_title == "open-zaken-per-klant"


@pytest.mark.parametrize("slug", ["a", "open_zaken", "z" * MAX_SLUG])
def test_the_notebook_is_in_the_house_format_however_long_the_slug(root, slug):
    made = new_report(slug, root=root)
    for arguments in (["check", "--quiet"], ["format", "--check", "--quiet"]):
        command = [sys.executable, "-m", "ruff", *arguments, "--config", project_root() / "pyproject.toml"]
        done = subprocess.run([*command, made.notebook], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    written = made.notebook.read_bytes()
    command = ["nbstripout", "--extra-keys", "metadata.language_info", made.notebook]
    subprocess.run([Path(sys.executable).with_name(command[0]), *command[1:]], check=True)
    assert made.notebook.read_bytes() == written, "`make strip` would change it"


@pytest.mark.parametrize(
    "before",
    [
        MANIFEST.encode(),
        MANIFEST.rstrip().encode(),
        MANIFEST.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + MANIFEST.encode(),
        MANIFEST.encode() + b"\n\n# slot\n",
    ],
    ids=["plain", "no last newline", "windows", "byte order mark", "comment at the end"],
)
def test_what_stood_in_the_manifest_is_kept_byte_for_byte(root, before):
    path = root / "notebooks" / "reports.toml"
    path.write_bytes(before)
    new_report("open_zaken", root=root)
    after = path.read_bytes()
    assert after.startswith(before)
    assert list(load_manifest(root)) == ["bestaand", "open_zaken"]
    assert (b"\r\n" in after) == (b"\r\n" in before)
    assert after.count(b"\n") == after.count(b"\r\n") or b"\r\n" not in before


def test_two_reports_after_one_another(root):
    new_report("een", root=root)
    new_report("twee", root=root)
    assert list(load_manifest(root)) == ["bestaand", "een", "twee"]


def test_a_workspace_with_notebooks_only_keeps_the_reports_of_the_project(tmp_path):
    (tmp_path / "notebooks").mkdir()
    before = list(load_manifest(tmp_path))
    new_report("open_zaken", root=tmp_path)
    assert list(load_manifest(tmp_path)) == [*before, "open_zaken"]
    text = (tmp_path / "notebooks" / "reports.toml").read_text("utf-8")
    assert text.startswith((project_root() / "notebooks" / "reports.toml").read_text("utf-8"))


@pytest.mark.parametrize(
    "slug",
    [
        "", " ", "Open", "open zaken", "open/zaken", "../open", "_open", "open_", "-open", "open__zaken", "open.zaken",
        "zaken\n", "zaken€", "z" * (MAX_SLUG + 1), "_template",
    ],
)  # fmt: skip
def test_a_slug_that_is_no_file_name_is_refused(root, slug):
    before = contents(root)
    with pytest.raises(ConfigurationError, match=r"cannot be the slug of a report.*open_zaken"):
        new_report(slug, root=root)
    assert contents(root) == before


def test_a_report_that_exists_is_refused(root):
    before = contents(root)
    with pytest.raises(ConfigurationError, match=r"'bestaand' exists already: .*bestaand\.ipynb"):
        new_report("bestaand", root=root)
    assert contents(root) == before


def test_a_notebook_that_exists_is_left_as_it_is(root):
    (root / "notebooks" / "open_zaken.ipynb").write_text("mijn werk", "utf-8")
    before = contents(root)
    with pytest.raises(ConfigurationError, match=r"open_zaken\.ipynb exists already; it is left as it is"):
        new_report("open_zaken", root=root)
    assert contents(root) == before


@pytest.mark.parametrize("title", ["Een\x00nul", "T" * (MAX_TITLE + 1), "onzichtbaar\u202e"])
def test_a_title_that_cannot_be_printed_is_refused(root, title):
    before = contents(root)
    with pytest.raises(ConfigurationError, match="must be one line of at most"):
        new_report("open_zaken", title, root=root)
    assert contents(root) == before


def test_a_manifest_that_is_damaged_is_refused_and_kept(root):
    (root / "notebooks" / "reports.toml").write_text("[[bestaand\n", "utf-8")
    before = contents(root)
    with pytest.raises(ConfigurationError, match="is not valid TOML"):
        new_report("open_zaken", root=root)
    assert contents(root) == before


@given(st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=MAX_TITLE))
def test_every_title_arrives_in_the_manifest_and_in_the_heading_as_it_was_given(tmp_path_factory, title):
    words = " ".join(title.split())
    if not words or not words.isprintable():
        return
    root = tmp_path_factory.mktemp("titel")
    (root / "notebooks").mkdir()
    made = new_report("open_zaken", title, root=root)
    stanza = tomllib.loads(made.manifest.read_text("utf-8"))["open_zaken"]
    assert stanza["title"] == words
    assert heading(made.notebook) == words

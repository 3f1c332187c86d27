"""Recipe 1 of CONTRIBUTING.md, followed to the letter in a copy of the checkout: text and program stay together."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import textwrap
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from tests.pdf_pages import assert_valid, page_texts
from weekrapport.errors import ConfigurationError
from weekrapport.reporting.manifest import project_root
from weekrapport.reporting.new_report import new_report
from weekrapport.reporting.report import open_report

SLUG = "per_zaaktype"
LEFT_OUT = {".git", ".venv", ".tools", "__pycache__", "dist"}
RECIPE = re.search(r"^## Recipe 1.*?(?=^## )", (project_root() / "CONTRIBUTING.md").read_text("utf-8"), re.M | re.S)


def steps() -> Iterator[tuple[str, str]]:
    """Yield the language and the text of every fenced block of the recipe, in order."""
    assert RECIPE
    for language, block in re.findall(r"^ *```(\w+)\n(.*?)^ *```", RECIPE[0], re.M | re.S):
        yield language, textwrap.dedent(block)


def copy_checkout(target: Path) -> Path:
    """Copy the project without data and results, with the environment that is there already."""

    def left_out(folder: str, names: list[str]) -> set[str]:
        if Path(folder).name in ("data", "output") and Path(folder).parent == project_root():
            return set(names) - {"README.md", "reference"}
        return {name for name in names if name in LEFT_OUT or name.endswith("_cache")}

    shutil.copytree(project_root(), target, ignore=left_out)
    environment = target / ".venv"
    environment.mkdir()
    for part in (project_root() / ".venv").iterdir():
        if part.name != ".synced":
            (environment / part.name).symlink_to(part)
    (environment / ".synced").write_text(str(target), "utf-8")
    return target


def fingerprints(checkout: Path) -> dict[str, str]:
    """Return the hash of every file outside `data/`, `output/` and caches."""
    paths = [path.relative_to(checkout) for path in checkout.rglob("*") if path.is_file()]
    kept = [path for path in paths if path.parts[0] not in ("data", "output", ".venv")]
    return {
        path.as_posix(): hashlib.sha256((checkout / path).read_bytes()).hexdigest()
        for path in kept
        if not any(part == "__pycache__" or part.endswith("_cache") or part == ".hypothesis" for part in path.parts)
    }


def edit(notebook: Path, cell: str) -> None:
    """Change the heading that the recipe names, and put the cell of the recipe below it."""
    assert RECIPE
    words = re.search(r"Change the heading \*(.+?)\* into \*(.+?)\*", RECIPE[0].replace("\n", " "))
    assert words
    content = nbformat.read(notebook, as_version=4)
    (place,) = (i for i, each in enumerate(content.cells) if each.source == f"# {words[1]}")
    content.cells[place].source = f"# {words[2]}"
    content.cells[place + 1].source = cell.rstrip("\n")
    nbformat.write(content, notebook)


def week_is_made_first(checkout: Path) -> bool:
    """Return whether `make lab` would make the week of the demonstration before it opens JupyterLab."""
    said = subprocess.run(["make", "-n", "lab"], cwd=checkout, capture_output=True, text=True, check=True).stdout
    made = ["weekrapport demo data/demo" in said, "weekrapport run --workspace data/demo --direct" in said]
    assert made[0] == made[1]
    return made[0]


@pytest.mark.slow
def test_the_recipe_makes_a_report_and_touches_only_the_notebooks(tmp_path):
    checkout = copy_checkout(tmp_path / "checkout")
    before = fingerprints(checkout)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(checkout / "src"), str(checkout)])}
    printed, done = "", []
    assert week_is_made_first(checkout), "without data JupyterLab would open on nothing"
    for language, block in steps():
        if language == "python":
            edit(checkout / "notebooks" / f"{SLUG}.ipynb", block)
            continue
        if language == "toml":
            manifest = checkout / "notebooks" / "reports.toml"
            before_it, found, _section = manifest.read_text("utf-8").partition(f"[{SLUG}]")
            assert found
            manifest.write_text(before_it + block, "utf-8")
            continue
        for command in filter(None, block.splitlines()):
            if command == "make lab":  # test_jupyterlab.py opens it
                continue
            ran = subprocess.run(command, shell=True, cwd=checkout, env=environment, capture_output=True, text=True)  # noqa: S602
            assert ran.returncode == 0, f"{command}\n{ran.stdout}\n{ran.stderr}"
            printed, done = printed + ran.stdout, [*done, command.split()[0] + " " + command.split()[1]]
    assert done == [
        "make demo", ".venv/bin/weekrapport new-report", ".venv/bin/weekrapport run",
        ".venv/bin/weekrapport run", "make format", "make strip", "make check",
    ]  # fmt: skip
    assert not week_is_made_first(checkout), "the week is there: JupyterLab opens at once"
    after = fingerprints(checkout)
    changed = {name for name in {*before, *after} if before.get(name) != after.get(name)}
    assert changed == {f"notebooks/{SLUG}.ipynb", "notebooks/reports.toml"}

    (path,) = {line for line in printed.splitlines() if line.endswith(".pdf")}
    pdf = (checkout / path).read_bytes()
    assert_valid(pdf)
    text = " ".join(page_texts(pdf))
    assert "Afgerond per zaaktype Wat er is afgerond, per zaaktype en team" in text
    assert "Welke zaaktypen zijn afgerond" in text
    assert re.search(r"\d+ zaken afgerond, per zaaktype en team", text)
    assert (Path(path).parent / "tables" / "afgerond_per_zaaktype.csv").is_file()
    assert re.search(r"Alle \d\d+ controles", text), "the gate did not look for the new report"


def test_a_notebook_that_was_not_run_yet_says_so_instead_of_calling_its_data_good(tmp_path):
    from tests.builders import weekrapport, write_workspace

    root = write_workspace(tmp_path)
    (root / "notebooks").mkdir()
    assert weekrapport("run", "--direct", "--workspace", root).code == 0
    new_report(SLUG, root=root)
    with pytest.raises(ConfigurationError, match=f"did not check the data of '{SLUG}'.*--report {SLUG}"):
        open_report(SLUG, week="2026-W47", workspace=str(root))
    assert weekrapport("run", "--direct", "--workspace", root, "--report", SLUG).code == 0
    assert open_report(SLUG, week="2026-W47", workspace=str(root)).outcomes

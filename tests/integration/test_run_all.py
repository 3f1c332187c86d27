"""*Run all* in JupyterLab: every notebook runs as it lies there, from its own folder, on the demonstration."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from expectations.registry import gate
from weekrapport.demo.workspace import write_demo
from weekrapport.reporting.blocks import RECORD_MIME
from weekrapport.reporting.manifest import project_root
from weekrapport.weekly.direct import RunResult, run_direct
from weekrapport.weekly.plan import make_plan

NOTEBOOKS = sorted(path.name for path in (project_root() / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, RunResult]:
    """Return a folder laid out as the project after `make report`, and the run that was made there."""
    root = tmp_path_factory.mktemp("project")
    shutil.copytree(project_root() / "notebooks", root / "notebooks")
    workspace = root / "data" / "demo"
    write_demo(workspace, factor=0.1)
    return root, run_direct(make_plan(workspace, now=datetime.now(UTC)), gate, lambda _text: None)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_runs_as_it_lies_there(project: tuple[Path, RunResult], name: str) -> None:
    root, result = project
    notebook = nbformat.read(root / "notebooks" / name, as_version=4)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(root / "notebooks")}}).execute()

    record = notebook.cells[-1].outputs[0]["data"][RECORD_MIME]
    assert record["week"] == result.record.week
    assert "text/html" in notebook.cells[4].outputs[0]["data"]


def test_what_the_notebook_shows_is_what_the_run_kept(project: tuple[Path, RunResult]) -> None:
    root, result = project
    notebook = nbformat.read(root / "notebooks" / "case_overview.ipynb", as_version=4)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(root / "notebooks")}}).execute()

    record = notebook.cells[-1].outputs[0]["data"][RECORD_MIME]
    kept = json.loads((result.folder / "case_overview" / "facts.json").read_text("utf-8"))
    assert record["facts"] == kept["facts"]
    assert record["facts"]

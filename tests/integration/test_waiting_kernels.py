"""Kernels that wait: used once, ended always, and the notebook cannot tell the difference."""

from __future__ import annotations

import os
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from weekrapport.errors import ReportFailed
from weekrapport.reporting.blocks import RECORD_MIME
from weekrapport.reporting.kernels import WaitingKernels
from weekrapport.reporting.manifest import ReportEntry
from weekrapport.reporting.run_notebook import run_notebook

PARAMETERS = {"week": "2026-W47", "as_of": "", "workspace": ".", "status": "concept", "team": ""}
RECORD = f"""from IPython.display import display
import os
names = sorted(name for name in ("weekrapport", "plt", "io") if name in globals())
facts = [os.getpid(), os.getcwd(), names]
record = dict(report="proef", week=week, as_of=as_of, team=team, workspace=workspace, status=status, facts=facts)
display({{"{RECORD_MIME}": record, "text/plain": ""}}, raw=True)"""


def report(folder: Path, *cells: str) -> ReportEntry:
    """Return a report whose notebook has a parameters cell and these cells."""
    parameters = new_code_cell("\n".join(f"{name} = ''" for name in PARAMETERS))
    parameters.metadata["tags"] = ["parameters"]
    notebook = new_notebook(cells=[parameters, *map(new_code_cell, cells)])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, folder / "proef.ipynb")
    given = {
        "title": "Proef",
        "subtitle": "Proef",
        "file_title": "proef",
        "classification": "Intern",
        "needs": ("zaak",),
    }
    return ReportEntry(slug="proef", notebook="proef.ipynb", folder=folder, **given)


def has_ended(pid: int) -> bool:
    """Return whether no process has this number any more."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_a_waiting_kernel_runs_the_notebook_in_its_folder_once_and_ends(tmp_path: Path) -> None:
    entry = report(tmp_path, RECORD)
    with WaitingKernels([tmp_path]) as kernels:
        kernel = kernels.take(tmp_path)
        assert kernel is not None
        assert kernels.take(tmp_path) is None
        warm = run_notebook(entry, PARAMETERS, tmp_path / "warm.ipynb", kernel).record["facts"]
    own = run_notebook(entry, PARAMETERS, tmp_path / "own.ipynb").record["facts"]

    assert warm[1:] == own[1:] == [str(tmp_path), []]  # the same folder, and no name left behind
    assert warm[0] != own[0]
    assert not kernel.is_alive()
    assert has_ended(warm[0])


def test_a_kernel_ends_when_a_cell_fails(tmp_path: Path) -> None:
    entry = report(tmp_path, "1 / 0", RECORD)
    with WaitingKernels([tmp_path]) as kernels:
        kernel = kernels.take(tmp_path)
        assert kernel is not None
        with pytest.raises(ReportFailed, match="ZeroDivisionError"):
            run_notebook(entry, PARAMETERS, tmp_path / "out.ipynb", kernel)
    assert not kernel.is_alive()


def test_a_kernel_that_nobody_took_ends_and_one_of_another_folder_is_not_given(tmp_path: Path) -> None:
    with WaitingKernels([tmp_path]) as kernels:
        assert kernels.take(tmp_path / "other") is None
        waiting = kernels._kernels[0][1]
        assert waiting.is_alive()
    assert not waiting.is_alive()


def test_a_dead_kernel_is_not_given(tmp_path: Path) -> None:
    with WaitingKernels([tmp_path]) as kernels:
        assert kernels.take(tmp_path / "other") is None  # by now the kernel has started
        kernels._kernels[0][1].shutdown_kernel(now=True)
        assert kernels.take(tmp_path) is None


def test_five_kernels_one_after_the_other_leave_nothing_behind(tmp_path: Path) -> None:
    entry = report(tmp_path, RECORD)
    seen = set()
    with WaitingKernels([tmp_path] * 5, at_once=1) as kernels:
        for turn in range(5):
            done = run_notebook(entry, PARAMETERS, tmp_path / f"{turn}.ipynb", kernels.take(tmp_path))
            seen.add(done.record["facts"][0])
    assert len(seen) == 5
    assert all(has_ended(pid) for pid in seen)


def test_a_kernel_ends_when_the_notebook_is_refused_before_it_runs(tmp_path: Path) -> None:
    entry = report(tmp_path, RECORD)
    with WaitingKernels([tmp_path]) as kernels:
        kernel = kernels.take(tmp_path)
        assert kernel is not None
        with pytest.raises(ReportFailed, match="does not set weke"):
            run_notebook(entry, {**PARAMETERS, "weke": "2026-W47"}, tmp_path / "out.ipynb", kernel)
    assert not kernel.is_alive()


def test_the_next_kernel_starts_when_one_is_taken(tmp_path: Path) -> None:
    first, second, third = (tmp_path / name for name in ("a", "b", "c"))
    for folder in (first, second, third):
        folder.mkdir()
    with WaitingKernels([first, second, third], at_once=2) as kernels:
        assert kernels.take(third) is None
        taken = kernels.take(first)
        assert taken is not None
        later = kernels.take(third)
        assert later is not None
        assert later is not taken
        taken.end()
        later.end()

"""Runs one notebook with papermill, and proves that it reported on the week that was asked.

papermill only warns about a parameter that a notebook does not know and then runs on the default, which would print
last year's week as this week's. Here an unknown parameter is an error before the run, and after it what the notebook
really used (week, moment, workspace, status, team) is compared with what was asked.
"""

from __future__ import annotations

import ast
import logging
import re
from collections.abc import Mapping
from contextvars import Context
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from weekrapport.errors import ReportFailed
from weekrapport.reporting.blocks import RECORD_MIME
from weekrapport.reporting.kernels import KERNEL, QUIET, WaitingKernel
from weekrapport.reporting.manifest import PARAMETERS, ReportEntry

TIMEOUT_SECONDS = 600
_TERMINAL = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


@dataclass(frozen=True)
class NotebookRun:
    """An executed notebook and what it recorded."""

    notebook: NotebookNode
    record: Mapping[str, Any]


def run_notebook(
    entry: ReportEntry, parameters: Mapping[str, str], executed: Path, kernel: WaitingKernel | None = None
) -> NotebookRun:
    """Run the notebook of a report and return it with its record.

    Args:
        entry: the report.
        parameters: exactly those of `manifest.PARAMETERS`.
        executed: where the executed notebook is kept, also when a cell fails.
        kernel: one that waits in the notebook's folder; it is ended afterwards. Without it papermill starts its own.

    Raises:
        ReportFailed: the notebook has no parameters cell, does not know a parameter, a cell fails, or it reported on
            something else than was asked.
    """
    # In a context of its own: jupyter keeps its event loop there, and two notebooks at once must not share one.
    Context().run(_run_and_end, entry, parameters, executed, kernel)
    notebook = nbformat.read(executed, as_version=4)
    record = find_record(entry, notebook)
    check_record(entry, parameters, record)
    return NotebookRun(notebook, record)


def _run_and_end(
    entry: ReportEntry, parameters: Mapping[str, str], executed: Path, kernel: WaitingKernel | None
) -> None:
    try:
        check_parameters(entry, parameters)
        _execute(entry, parameters, executed, kernel)
    finally:
        if kernel is not None:
            kernel.end()


def _execute(entry: ReportEntry, parameters: Mapping[str, str], executed: Path, kernel: WaitingKernel | None) -> None:
    # Imported here: papermill costs half a second that a command without a notebook need not pay.
    import papermill
    from papermill.exceptions import PapermillException, PapermillExecutionError

    logging.getLogger("papermill").setLevel(logging.ERROR)
    executed.parent.mkdir(parents=True, exist_ok=True)
    executed.unlink(missing_ok=True)  # whatever happens, the notebook of an earlier run must not look like this one's
    try:
        papermill.execute_notebook(
            str(entry.path),
            str(executed),
            parameters=dict(parameters),
            kernel_name=KERNEL,
            language="python",  # a notebook of which the metadata were stripped does not say it
            cwd=str(entry.folder),
            progress_bar=False,
            log_output=False,
            # Written once, at the end or at the cell that fails: after every cell it costs more than most cells do.
            request_save_on_cell_execute=False,
            execution_timeout=TIMEOUT_SECONDS,
            start_timeout=120,
            extra_arguments=[QUIET],
            km=kernel,
            shutdown_kernel="immediate",  # the kernel holds nothing that needs a farewell
        )
    except PapermillExecutionError as error:
        raise ReportFailed(
            f"{entry.notebook}, cell {error.cell_index}: {error.ename}: {_printable(error.evalue)}\n"
            f"The notebook as far as it came: {executed}"
        ) from error
    except (PapermillException, TimeoutError, RuntimeError) as error:
        raise ReportFailed(f"{entry.notebook}: the notebook could not be run: {error}") from error


def load_engine() -> None:
    """Import papermill and the exporter now, so that the first report does not wait for them."""
    import papermill  # noqa: F401

    import weekrapport.reporting.typst.exporter  # noqa: F401


def check_parameters(entry: ReportEntry, parameters: Mapping[str, str]) -> None:
    """Check that the notebook has one parameters cell, first of its code cells, with exactly the given names.

    Raises:
        ReportFailed: it has not.
    """
    code = _code_cells(entry)
    tagged = [cell for cell in code if "parameters" in cell.metadata.get("tags", [])]
    if len(tagged) != 1:
        raise ReportFailed(
            f"{entry.path} has {len(tagged)} cells tagged `parameters`; it needs exactly one, with "
            f"{', '.join(PARAMETERS)}. Without it the notebook would report on its defaults."
        )
    if tagged[0] is not code[0]:
        raise ReportFailed(
            f"{entry.path}: the cell tagged `parameters` must be the first code cell; what runs before it cannot know "
            "the week that is asked for."
        )
    known = _assigned_names(entry, tagged[0].source)
    unknown, missing = sorted(set(parameters) - set(known)), sorted(set(known) - set(parameters))
    if unknown:
        raise ReportFailed(
            f"{entry.path}: its parameters cell does not set {', '.join(unknown)}; it sets {', '.join(known)}."
        )
    if missing:
        raise ReportFailed(
            f"{entry.path}: its parameters cell sets {', '.join(missing)}, which no run gives. "
            f"The parameters are {', '.join(PARAMETERS)}."
        )


def find_record(entry: ReportEntry, notebook: NotebookNode) -> Mapping[str, Any]:
    """Return what the last cell of the notebook recorded.

    Raises:
        ReportFailed: no cell shows a record, or more than one does.
    """
    records = [
        output["data"][RECORD_MIME]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if RECORD_MIME in output.get("data", {})
    ]
    if len(records) != 1:
        raise ReportFailed(
            f"{entry.path} shows {len(records)} records; its last cell must be `rapport.close()`, once. "
            "Without it nobody can check which week it reported on."
        )
    return records[0]


def check_record(entry: ReportEntry, parameters: Mapping[str, str], record: Mapping[str, Any]) -> None:
    """Check that the notebook reported on the report that was asked, with every parameter that it was given.

    Raises:
        ReportFailed: it did not.
    """
    asked = {"report": entry.slug, **parameters}
    for name, value in asked.items():
        if record.get(name) != value:
            raise ReportFailed(
                f"{entry.path} was asked for {name} {value!r} and reported on {record.get(name)!r}. A cell after the "
                "parameters cell sets it again, or `open_report` gets a fixed value."
            )


def _printable(text: object) -> str:
    """Return the text without what would colour or move a terminal."""
    plain = _TERMINAL.sub("", str(text))
    return "".join(sign if sign.isprintable() or sign == "\n" else "\N{REPLACEMENT CHARACTER}" for sign in plain)


def _code_cells(entry: ReportEntry) -> list[NotebookNode]:
    try:
        notebook = nbformat.read(entry.path, as_version=4)
        return [cell for cell in notebook.cells if cell.cell_type == "code"]
    except Exception as error:  # nbformat raises whatever it stumbles over in a file that is something else
        raise ReportFailed(f"{entry.path} is not a valid notebook: {type(error).__name__}: {error}") from error


def _assigned_names(entry: ReportEntry, source: str) -> list[str]:
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        raise ReportFailed(f"{entry.path}: the parameters cell is not valid Python (line {error.lineno}).") from error
    names = []
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        names += [target.id for target in targets if isinstance(target, ast.Name)]
    return names

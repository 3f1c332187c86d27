"""The floor: the same computation, figures and pages in one process; no notebook, gate, snapshot or orchestrator.

Run as `python -m benchmarks.floor WORKSPACE OUT [SLUG …]`. Of every report of the manifest it executes the code cells
in order, as the notebook does, and typesets what they show. Prints the seconds of its parts as JSON.
"""

from __future__ import annotations

import ast
import json
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pandas as pd

from weekrapport.sources import snapshot as snapshots


def from_memory(snapshot: Any, name: str, columns: list[str] | None = None) -> pd.DataFrame:
    """Return a table of the reading itself, where a run reads it back from its snapshot."""
    frame = snapshot.tables[name]
    return frame[columns] if columns else frame


snapshots.load_table = from_memory  # before anything takes it from there

from weekrapport.reporting import report as reports  # noqa: E402
from weekrapport.reporting.issue import document_meta, to_pdf  # noqa: E402
from weekrapport.reporting.manifest import ReportEntry, choose, load_manifest  # noqa: E402
from weekrapport.reporting.report import Record, Report  # noqa: E402
from weekrapport.reporting.run_record import RunRecord  # noqa: E402
from weekrapport.reporting.typst import exporter  # noqa: E402, F401
from weekrapport.sources.inbox import read_inbox  # noqa: E402
from weekrapport.weekly.plan import Plan, make_plan  # noqa: E402
from weekrapport.weekly.steps import input_record, source_records  # noqa: E402


def main(workspace: Path, target: Path, slugs: list[str]) -> None:
    """Write the PDF of every report straight from the exports, and print what each part took."""
    plan = make_plan(workspace, now=datetime.now(UTC), reports=slugs or None)
    target.mkdir(exist_ok=True)
    seconds: dict[str, float] = {}
    started = time.perf_counter()
    snapshot = _reading(plan)
    seconds["reading"] = time.perf_counter() - started
    for entry in choose(load_manifest(plan.workspace.root), list(plan.slugs)):
        started = time.perf_counter()
        report = _report(plan, entry, snapshot)
        notebook = _executed(plan, entry, report)
        computed = time.perf_counter()
        meta = document_meta(entry, report.run, plan.workspace.settings, "CONCEPT")
        attachments = {name: (text.encode(), "text/csv", name) for name, text in report.attachments.items()}
        (target / f"{entry.slug}.pdf").write_bytes(to_pdf(notebook, meta, attachments))
        seconds[f"notebook {entry.slug}"] = computed - started
        seconds[f"pdf {entry.slug}"] = time.perf_counter() - computed
    print(json.dumps(seconds))


def _reading(plan: Plan) -> Any:
    read = read_inbox(plan.workspace)
    own = {"path": plan.workspace.snapshots, "week": plan.week, "version": "r1"}
    return SimpleNamespace(**vars(read), **own, rows={name: len(frame) for name, frame in read.tables.items()})


def _report(plan: Plan, entry: ReportEntry, snapshot: Any) -> Report:
    run = RunRecord(
        run_id="0" * 12,
        week=str(plan.week),
        as_of=plan.as_of,
        git_commit="floor",
        lock_sha256="",
        snapshot="r1",
        inputs=[input_record(item) for item in snapshot.inputs],
        sources=source_records(plan, snapshot),
    )
    return Report(entry, plan.week, plan.as_of, plan.workspace, run, snapshot, "concept", "", [])


def _executed(plan: Plan, entry: ReportEntry, report: Report) -> Any:
    """Return the notebook with what its cells show, executed here."""
    reports.open_report = lambda *_slug, **_parameters: report
    notebook = nbformat.read(entry.path, as_version=4)
    names: dict[str, Any] = dict(plan.parameters)
    for cell in notebook.cells:
        if cell.cell_type == "code" and "parameters" not in cell.metadata.get("tags", []):
            shown = _result(cell.source, names)
            cell.outputs = [] if shown is None or isinstance(shown, Record) else [_output(shown)]
    return notebook


def _result(source: str, names: dict[str, Any]) -> Any:
    """Return the value of the last line of a cell; None when it is no expression, or ends with `;`."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)  # noqa: S102  (our own notebook)
    if not isinstance(last, ast.Expr):
        return None
    value = eval(compile(ast.Expression(last.value), "cell", "eval"), names)  # noqa: S307
    return None if source.rstrip().endswith(";") else value


def _output(shown: Any) -> Any:
    if hasattr(shown, "_repr_mimebundle_"):
        return nbformat.v4.new_output("execute_result", shown._repr_mimebundle_(), execution_count=1)
    from IPython.core.formatters import DisplayFormatter

    data, metadata = DisplayFormatter().format(shown)
    return nbformat.v4.new_output("execute_result", data, metadata=metadata, execution_count=1)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])

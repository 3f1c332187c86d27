"""The floor: the same tables, figures and page in one process, without notebook, gate, orchestrator or snapshot.

Run as `python -m benchmarks.floor WORKSPACE OUT.pdf`. It executes the code cells of the case overview in order, as the
notebook does, and typesets what they show.
"""

from __future__ import annotations

import ast
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import nbformat

from weekrapport.domain.as_of import as_of_view
from weekrapport.reporting.issue import document_meta, to_pdf
from weekrapport.reporting.manifest import load_manifest
from weekrapport.reporting.report import Report
from weekrapport.reporting.run_record import RunRecord
from weekrapport.sources.inbox import read_inbox
from weekrapport.sources.snapshot import Snapshot
from weekrapport.weekly.plan import make_plan
from weekrapport.weekly.steps import input_record, source_records


def main(workspace: Path, target: Path) -> None:
    """Write the PDF of the case overview straight from the exports."""
    plan = make_plan(workspace, now=datetime.now(UTC), reports=["case_overview"])
    entry = load_manifest()["case_overview"]
    report = _report(plan, entry)
    notebook = nbformat.read(entry.path, as_version=4)
    names: dict[str, Any] = {"rapport": report}
    for cell in notebook.cells:
        if cell.cell_type == "code" and "parameters" not in cell.metadata.get("tags", []):
            cell.outputs = _outputs(cell.source, names)
    meta = document_meta(entry, report.run, plan.workspace.settings, "CONCEPT")
    attachments = {name: (text.encode(), "text/csv", name) for name, text in report.attachments.items()}
    target.write_bytes(to_pdf(notebook, meta, attachments))


def _report(plan: Any, entry: Any) -> Report:
    read = read_inbox(plan.workspace)
    snapshot = Snapshot(
        path=plan.workspace.snapshots,
        week=plan.week,
        version="r1",
        fingerprint="",
        inputs=read.inputs,
        tables={},
        delivered=read.delivered,
        missing=read.missing,
        rows={},
        rows_read=read.rows_read,
        rows_quarantined=read.rows_quarantined,
        notices=(),
        errors={},
        error_tables={},
        exported_at=read.exported_at,
    )
    run = RunRecord(
        run_id="0" * 12,
        week=str(plan.week),
        as_of=plan.as_of,
        git_commit="floor",
        lock_sha256="",
        snapshot="r1",
        inputs=[input_record(item) for item in read.inputs],
        sources=source_records(plan, snapshot),
    )
    report = Report(entry, plan.week, plan.as_of, plan.workspace, run, snapshot, "concept", "", [])
    # The tables come from memory instead of from a snapshot on disk.
    report.__dict__["tables"] = {
        name: as_of_view(name, frame, plan.as_of) for name, frame in read.tables.items() if name in entry.tables
    }
    return report


def _outputs(source: str, names: dict[str, Any]) -> list[Any]:
    lines = [line for line in source.splitlines() if not line.startswith("rapport = open_report(")]
    tree = ast.parse("\n".join(lines))
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)  # noqa: S102  (our own notebook)
    if last is None or not isinstance(last, ast.Expr):
        return []
    shown = eval(compile(ast.Expression(last.value), "cell", "eval"), names)  # noqa: S307
    return [nbformat.v4.new_output("execute_result", shown._repr_mimebundle_(), execution_count=1)]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

"""One part of a weekly run in a process of its own, so that its memory is nobody else's.

Run as `python -m benchmarks.part PART WORKSPACE [SLUG]`, in the order of a run: reading, snapshot, gate, and per report
notebook and pdf. The parts are the functions of the run itself. Prints the seconds of the part alone as JSON; what the
process needed before it (starting Python, importing, what earlier parts left on disk) is `before`.
"""

from __future__ import annotations

import json
import resource
import shutil
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import nbformat
import psutil

from weekrapport.reporting.issue import document_meta, to_pdf
from weekrapport.reporting.run_notebook import find_record, load_engine, run_notebook
from weekrapport.reporting.run_record import read_run_record
from weekrapport.sources.inbox import read_inbox
from weekrapport.sources.snapshot_store import store_snapshot
from weekrapport.weekly.plan import Plan, make_plan
from weekrapport.weekly.steps import check, prepare


def reading(plan: Plan, _slug: str) -> Callable[[], Any]:
    """Return the reading of every export, to typed tables."""
    return lambda: read_inbox(plan.workspace)


def snapshot(plan: Plan, _slug: str) -> Callable[[], Any]:
    """Return the writing of the tables as an immutable snapshot."""
    shutil.rmtree(plan.workspace.snapshots / str(plan.week), ignore_errors=True)
    read = read_inbox(plan.workspace)
    return lambda: store_snapshot(plan.workspace, plan.week, read)


def gate(plan: Plan, _slug: str) -> Callable[[], Any]:
    """Return the checks of the data, with their evidence."""
    from expectations.registry import gate

    shutil.rmtree(plan.folder, ignore_errors=True)  # evidence of an earlier run would be used again
    prepared = prepare(plan, reuse=True)

    def work() -> None:
        check(plan, prepared, gate)
        prepared.record.write(plan.folder)

    return work


def kernel(plan: Plan, slug: str) -> Callable[[], Any]:
    """Return the start of a kernel, up to the moment that it can begin its notebook."""
    return lambda: _ready(plan, slug).end()


def notebook(plan: Plan, slug: str) -> Callable[[], Any]:
    """Return the run of a notebook in a kernel that waits for it."""
    (entry,) = (entry for entry in plan.reports if entry.slug == slug)
    load_engine()
    waiting = _ready(plan, slug)
    return lambda: run_notebook(entry, plan.parameters, plan.folder / slug / f"{slug}.ipynb", waiting)


def pdf(plan: Plan, slug: str) -> Callable[[], Any]:
    """Return the typesetting of an executed notebook."""
    (entry,) = (entry for entry in plan.reports if entry.slug == slug)
    load_engine()
    executed = nbformat.read(plan.folder / slug / f"{slug}.ipynb", as_version=4)
    tables = find_record(entry, executed)["tables"]
    attachments = {name: (text.encode(), "text/csv", name) for name, text in tables.items()}
    meta = document_meta(entry, read_run_record(plan.folder), plan.workspace.settings, "CONCEPT")
    return lambda: to_pdf(executed, meta, attachments)


PARTS = {part.__name__: part for part in (reading, snapshot, gate, kernel, notebook, pdf)}


def _ready(plan: Plan, slug: str) -> Any:
    """Return a kernel in the folder of the notebook that has done its waiting work."""
    from jupyter_client.blocking.client import BlockingKernelClient

    from weekrapport.reporting.kernels import WaitingKernels

    (folder,) = (entry.folder for entry in plan.reports if entry.slug == slug)
    waiting = WaitingKernels([folder]).take(folder)
    assert waiting is not None  # noqa: S101
    client = BlockingKernelClient()
    client.load_connection_file(waiting.connection_file)
    client.start_channels()
    client.wait_for_ready(timeout=120)
    client.stop_channels()
    return waiting


def main(name: str, workspace: Path, slug: str = "") -> None:
    """Do one part and print what it took."""
    work = PARTS[name](make_plan(workspace, now=datetime.now(UTC)), slug)
    cpu, started = _cpu(), time.perf_counter()
    work()
    wall = time.perf_counter() - started
    print(json.dumps({"wall_seconds": wall, "cpu_seconds": _cpu() - cpu}))


def _cpu() -> float:
    """Return the processor time so far of this process, of those that ended and of those that live below it."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    below = [process.cpu_times() for process in psutil.Process().children(recursive=True)]
    ended = sum(times.children_user + times.children_system for times in below)  # kernels are children of a child
    living = sum(times.user + times.system for times in below)
    return sum(usage.ru_utime + usage.ru_stime for usage in usages) + living + ended


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])

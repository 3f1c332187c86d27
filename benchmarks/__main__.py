"""`make bench`: what a weekly run and its parts cost, beside the plain-Python floor; see README.md beside this file.

python -m benchmarks [--factors 1 10 100] [--repeat N] [--reports SLUG …] [--only-direct] [--result FILE]
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rich.console import Console

from benchmarks.machine import description
from benchmarks.measure import Cost, run
from benchmarks.table import Row, show
from weekrapport.reporting.manifest import load_manifest, project_root

WEEKRAPPORT = str(Path(sys.executable).with_name("weekrapport"))
RESULT = project_root() / "output" / "bench.json"
WEEK = "2026-W47"
FLOOR = "floor: plain Python, one process"
TERMS = "termijnen, 1 miljoen zaken"
REPEATS = {1.0: 3}
"""How often at each factor; once where it is not named."""


@dataclass(frozen=True)
class Bench:
    """One workspace of one size, and how often each thing is measured there."""

    workspace: Path
    slugs: tuple[str, ...]
    repeat: int
    warm_up: bool

    def command(self, *more: str) -> list[str]:
        """Return the command of a weekly run."""
        asked = [] if "--report" in more else [word for slug in self.slugs for word in ("--report", slug)]
        return [WEEKRAPPORT, "run", "--workspace", str(self.workspace), *asked, *more]

    def forget(self) -> None:
        """Remove what an earlier run left: on Monday morning there is no snapshot and no evidence of the week."""
        for path in (self.workspace / "output", self.workspace / "data" / "snapshots"):
            subprocess.run(["chmod", "-R", "u+w", path], check=False, stderr=subprocess.DEVNULL)  # noqa: S607
            subprocess.run(["rm", "-rf", path], check=True)  # noqa: S607

    def times(self, command: list[str], environment: Mapping[str, str], before: Callable[[], None]) -> list[Cost]:
        """Return what a command cost each time, after a turn that warms the disk and does not count."""
        costs = []
        for turn in range(self.repeat + self.warm_up):
            before()
            cost = run(command, environment)
            if turn or not self.warm_up:
                costs.append(cost)
        return costs


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--factors", type=float, nargs="+", default=[1.0], help="times the cases of the demonstration")
    parser.add_argument("--repeat", type=int, help="how often; default 3 at factor 1, else 1")
    parser.add_argument("--reports", nargs="+", help="slugs; default every weekly report")
    parser.add_argument("--only-direct", action="store_true", help="no Prefect, and no turn to warm up")
    parser.add_argument("--result", type=Path, default=RESULT)
    asked = parser.parse_args()
    console = Console(width=None if sys.stdout.isatty() else 110)
    content: dict[str, Any] = {**description(), "runs": []}
    for factor in asked.factors:
        with tempfile.TemporaryDirectory(prefix="weekrapport-bench-") as folder:
            repeat = asked.repeat or REPEATS.get(factor, 1)
            weekly = [slug for slug, entry in load_manifest().items() if entry.schedule == "wekelijks"]
            measured = _measure(Path(folder), factor, repeat, tuple(asked.reports or weekly), asked.only_direct)
        content["runs"].append(measured)
        asked.result.parent.mkdir(exist_ok=True)
        asked.result.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", "utf-8")
        show(console, measured)
    console.print(f"Kept in {asked.result}")


def _measure(folder: Path, factor: float, repeat: int, slugs: tuple[str, ...], only_direct: bool) -> dict[str, Any]:
    """Return every row of one size."""
    written = run([WEEKRAPPORT, "demo", str(folder / "demo"), "--factor", str(factor)])
    bench = Bench(folder / "demo", slugs, repeat, warm_up=factor == 1 and not only_direct)
    floor, floor_parts = _floor(bench, folder)
    whole = [floor, *_runs(bench, folder, only_direct)]
    record = json.loads((bench.workspace / "output" / WEEK / "run.json").read_text("utf-8"))
    again = _again(bench, floor, floor_parts)
    parts = _parts(bench)
    rows = [replace(row, ratio=_ratio(row.wall_seconds, floor.wall_seconds)) for row in whole]
    rows += [again, *(replace(row, ratio=_ratio(row.wall_seconds, floor_parts.get(row.name))) for row in parts)]
    rows.append(_terms())
    return {
        "factor": factor,
        "repeat": repeat,
        "reports": list(slugs),
        "cases": sum(item["rows_read"] for item in record["inputs"] if item["table"] == "zaak"),
        "rows_read": sum(item["rows_read"] for item in record["inputs"]),
        "bytes_read": sum(item["bytes"] for item in record["inputs"]),
        "seconds_to_write_the_demonstration": round(written.wall_seconds, 2),
        "rows": [row.as_record() for row in rows],
    }


def _floor(bench: Bench, folder: Path) -> tuple[Row, dict[str, float]]:
    command = [sys.executable, "-m", "benchmarks.floor", str(bench.workspace), str(folder / "floor"), *bench.slugs]
    costs = bench.times(command, os.environ, _nothing)
    printed = [json.loads(cost.output) for cost in costs]
    return _row(FLOOR, costs), {name: statistics.median(each[name] for each in printed) for name in printed[0]}


def _runs(bench: Bench, folder: Path, only_direct: bool) -> list[Row]:
    """Return the first run of a week: without Prefect, with a server of its own, and against one that is there."""
    direct = _row("run --direct", bench.times(bench.command("--direct"), os.environ, bench.forget))
    if only_direct:
        return [direct]
    from flows.temporary_server import TemporaryServer

    os.environ["PREFECT_HOME"] = str(folder / "prefect")
    os.environ.pop("PREFECT_API_URL", None)
    alone = _row("run, starting a server", bench.times(bench.command(), os.environ, bench.forget))
    server = TemporaryServer()
    server.start()
    try:
        server.wait()
        environment = {**os.environ, "PREFECT_API_URL": server.api_url}
        against = _row("run, against a server", bench.times(bench.command(), environment, bench.forget))
    finally:
        server.stop()
    return [direct, alone, against]


def _again(bench: Bench, floor: Row, floor_parts: Mapping[str, float]) -> Row:
    """Return the first report made again, with everything else as it was; the floor of it leaves the others out."""
    slug, *others = bench.slugs
    row = _row(f"{slug} again, direct", bench.times(bench.command("--direct", "--report", slug), os.environ, _nothing))
    left_out = sum(seconds for name, seconds in floor_parts.items() if name.partition(" ")[2] in others)
    return replace(row, ratio=_ratio(row.wall_seconds, floor.wall_seconds - left_out))


def _parts(bench: Bench) -> list[Row]:
    """Return the parts of a run, one after the other, each in a process of its own."""
    bench = replace(bench, warm_up=False)
    bench.forget()
    names = ["reading", "snapshot", "gate", f"kernel {bench.slugs[0]}"]
    names += [f"{part} {slug}" for slug in bench.slugs for part in ("notebook", "pdf")]
    rows = []
    for name in names:
        part, *slug = name.split()
        command = [sys.executable, "-m", "benchmarks.part", part, str(bench.workspace), *slug]
        costs = bench.times(command, os.environ, _nothing)
        inside = [replace(cost, **json.loads(cost.output.splitlines()[-1])) for cost in costs]
        rows.append(replace(_row(part if part == "kernel" else name, inside), kind="part"))
    total = Row(
        "parts together",
        "part",
        sum(row.wall_seconds for row in rows),
        sum(row.cpu_seconds for row in rows),
        max(row.peak_mb for row in rows),
    )
    return [*rows, total]


def _terms() -> Row:
    """Return the term engine on a million cases; it does not depend on the demonstration."""
    cost = run([sys.executable, "-m", "benchmarks.terms"])
    return replace(_row(TERMS, [replace(cost, **json.loads(cost.output))]), kind="part")


def _row(name: str, costs: list[Cost]) -> Row:
    """Return the medians, and the largest peak."""
    return Row(
        name,
        "whole",
        statistics.median(cost.wall_seconds for cost in costs),
        statistics.median(cost.cpu_seconds for cost in costs),
        max(cost.peak_mb for cost in costs),
    )


def _ratio(seconds: float, floor: float | None) -> float | None:
    return seconds / floor if floor else None


def _nothing() -> None:
    return None


if __name__ == "__main__":
    main()

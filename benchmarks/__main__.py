"""`make bench`: wall, CPU and memory of a whole run and its parts, beside the floor, as a table and as JSON.

python -m benchmarks [--repeat N] [--factor F]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from flows.temporary_server import TemporaryServer
from weekrapport.demo.workspace import write_demo
from weekrapport.reporting.manifest import project_root

RESULT = project_root() / "output" / "bench.json"


@dataclass(frozen=True)
class Measurement:
    """Medians over the repeats of one command."""

    name: str
    wall_seconds: float
    cpu_seconds: float
    peak_mb: float
    ratio_to_floor: float | None = None


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--factor", type=float, default=1.0, help="times the cases of the demonstration")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "demo"
        write_demo(workspace, factor=arguments.factor)
        measured = _measure_all(workspace, Path(folder), arguments.repeat)
    floor = measured[0].wall_seconds
    measured = [
        Measurement(m.name, m.wall_seconds, m.cpu_seconds, m.peak_mb, round(m.wall_seconds / floor, 2))
        for m in measured
    ]
    _print(measured, arguments.factor)
    RESULT.parent.mkdir(exist_ok=True)
    content = {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "factor": arguments.factor,
        "repeat": arguments.repeat,
        "measurements": [asdict(m) for m in measured],
    }
    RESULT.write_text(json.dumps(content, indent=1) + "\n", "utf-8")
    Console().print(f"Kept in {RESULT}")


def _measure_all(workspace: Path, folder: Path, repeat: int) -> list[Measurement]:
    command = [str(Path(sys.executable).with_name("weekrapport")), "run", "--workspace", str(workspace)]
    without_server = {**os.environ, "PREFECT_HOME": str(folder / "prefect")}
    without_server.pop("PREFECT_API_URL", None)
    floor = [sys.executable, "-m", "benchmarks.floor", str(workspace), str(folder / "floor.pdf")]
    measured = [
        _measure("floor: plain Python, one process", floor, os.environ, repeat),
        _measure("run --direct", [*command, "--direct"], os.environ, repeat),
        _measure("run, no server", command, without_server, repeat),
    ]
    server = TemporaryServer()
    server.start()
    server.wait()
    with_server = {**os.environ, "PREFECT_API_URL": server.api_url}
    measured.append(_measure("run, against a server", command, with_server, repeat))
    server.stop()
    return measured


def _measure(name: str, command: list[str], environment: object, repeat: int) -> Measurement:
    """Run once to warm the disk, then `repeat` times."""
    walls, cpus, peaks = [], [], []
    for turn in range(repeat + 1):
        started, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # type: ignore[arg-type]
        if done.returncode != 0:
            raise SystemExit(f"{name}: exit code {done.returncode}\n{done.stderr}")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if turn:
            walls.append(time.perf_counter() - started)
            cpus.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
            peaks.append(after.ru_maxrss / 1024)
    return Measurement(
        name, round(statistics.median(walls), 2), round(statistics.median(cpus), 2), round(max(peaks), 0)
    )


def _print(measured: list[Measurement], factor: float) -> None:
    table = Table(title=f"Weekly run, demonstration × {factor:g} (medians)")
    for heading in ("", "wall s", "CPU s", "peak MB", "× floor"):
        table.add_column(heading, justify="right" if heading else "left")
    for m in measured:
        table.add_row(
            m.name, f"{m.wall_seconds:.2f}", f"{m.cpu_seconds:.2f}", f"{m.peak_mb:.0f}", f"{m.ratio_to_floor:.2f}"
        )
    Console().print(table)


if __name__ == "__main__":
    main()

"""What a command costs: wall time, processor time of its whole tree, and its largest process.

`resource.getrusage(RUSAGE_CHILDREN)` is no good for memory: it is a high-water mark over every child that ever ended,
so the second command measured would inherit the peak of the first. Here each command is waited for with `wait4`, by a
small process of its own (`launcher`). The operating system then gives the processor time of that process with
everything it waited for (kernels, the gate, Typst), and the peak of the largest single one among them.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_LAUNCHER = Path(__file__).with_name("launcher.py")
_TO_MB = 1024 * 1024 if sys.platform == "darwin" else 1024


@dataclass(frozen=True)
class Cost:
    """What one command took, and what it printed."""

    wall_seconds: float
    cpu_seconds: float
    peak_mb: float
    """Resident memory of the largest single process of the tree."""
    output: str


def run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Cost:
    """Run a command to its end and return what it cost.

    Raises:
        SystemExit: it failed; with what it said.
    """
    with (
        tempfile.TemporaryDirectory() as folder,
        tempfile.TemporaryFile("w+") as out,
        tempfile.TemporaryFile("w+") as err,
    ):
        result = Path(folder) / "cost.json"
        launch = [sys.executable, "-I", "-S", str(_LAUNCHER), str(result), *command]
        subprocess.run(launch, stdout=out, stderr=err, stdin=subprocess.DEVNULL, env=environment, check=True)
        cost = json.loads(result.read_text("utf-8"))
        out.seek(0)
        err.seek(0)
        if cost["exit_code"]:
            raise SystemExit(f"{' '.join(command)}: exit code {cost['exit_code']}\n{out.read()}{err.read()}")
        return Cost(cost["wall_seconds"], cost["cpu_seconds"], cost["max_rss"] / _TO_MB, out.read())

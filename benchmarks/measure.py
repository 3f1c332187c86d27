"""What a command costs: wall time, processor time of its whole tree, and its largest process.

`resource.getrusage(RUSAGE_CHILDREN)` is no good for memory: it is a high-water mark over every child that ever ended,
so the second command measured would inherit the peak of the first. Here each command is waited for with `wait4`. The
kernel then gives the processor time of that process with everything it waited for (kernels, the gate, Typst), and the
peak of the largest single one among them.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=err, stdin=subprocess.DEVNULL, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if process.returncode:
            raise SystemExit(f"{' '.join(command)}: exit code {process.returncode}\n{out.read()}{err.read()}")
        return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / _TO_MB, out.read())

"""Runs one command and writes down what it cost: `launcher.py RESULT COMMAND…`, started as a script.

A new process begins with the peak memory of the one that started it, and a benchmark or a test run may have grown to a
gigabyte. This small process in between keeps that out of the measurement.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path


def main() -> None:
    """Run the command to its end."""
    started = time.perf_counter()
    process = subprocess.Popen(sys.argv[2:])
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    cost = {
        "exit_code": process.returncode,
        "wall_seconds": time.perf_counter() - started,
        "cpu_seconds": usage.ru_utime + usage.ru_stime,
        "max_rss": usage.ru_maxrss,
    }
    Path(sys.argv[1]).write_text(json.dumps(cost), "utf-8")


if __name__ == "__main__":
    main()

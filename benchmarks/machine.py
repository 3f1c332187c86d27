"""On what, with what and when a benchmark was measured."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from weekrapport.weekly.identity import git_commit

LIBRARIES = ("great-expectations", "matplotlib", "nbclient", "pandas", "papermill", "prefect", "pyarrow", "typst")


def description() -> dict[str, Any]:
    """Return the machine, the commit and the versions."""
    return {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": git_commit(),
        "machine": {
            "system": f"{platform.system()} {platform.machine()}",
            "processor": _first("/proc/cpuinfo", "model name") or platform.processor(),
            "cores": os.cpu_count(),
            "memory": _first("/proc/meminfo", "MemTotal"),
        },
        "versions": {"python": platform.python_version(), **{name: version(name) for name in LIBRARIES}},
    }


def _first(path: str, key: str) -> str:
    """Return the value of the first line that starts with the key; empty when there is none."""
    if not Path(path).is_file():
        return ""
    lines = Path(path).read_text("utf-8", errors="replace").splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(key)), "")

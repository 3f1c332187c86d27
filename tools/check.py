"""Run the quick checks of `make check`, as many at once as there are cores; print what failed in full."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / ("Scripts" if os.name == "nt" else "bin")

CHECKS = (  # the slowest first, so that the quick ones fill the other core
    ("contracts", ("pytest", "-q", "tests/contracts")),
    ("layers", ("lint-imports", "--no-logo")),
    ("types", ("pyrefly", "check", "--summary=none", "--output-format=min-text")),
    ("lint", ("ruff", "check", "--quiet", "--output-format=concise")),
    ("format", ("ruff", "format", "--check", "--output-format=concise")),
)
MEND = {"format": "make format", "lint": ".venv/bin/ruff check --fix"}


def main() -> int:
    """Run every check and return 1 when any failed."""
    with ThreadPoolExecutor(max_workers=max(2, os.cpu_count() or 2)) as pool:
        results = list(pool.map(lambda check: (check[0], *run(check[1])), CHECKS))
    for name, code, _, output in results:
        if code:
            print(f"--- {name} ---\n{output.strip()}\n" + (f"To mend: {MEND[name]}\n" if name in MEND else ""))
    for name, code, seconds, _ in results:
        print(f"{'FAILED' if code else 'ok':<7}{name:<10}{seconds:5.1f} s")
    return int(any(code for _, code, _, _ in results))


def run(command: tuple[str, ...]) -> tuple[int, float, str]:
    """Return the exit code, the seconds and the whole output of one check."""
    start = time.perf_counter()
    done = subprocess.run([str(BIN / command[0]), *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.returncode, time.perf_counter() - start, done.stdout + done.stderr


if __name__ == "__main__":
    sys.exit(main())

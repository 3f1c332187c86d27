"""The ruler of the benchmark: memory of one command is not that of another, and grandchildren count."""

from __future__ import annotations

import sys

import pytest

from benchmarks.measure import run

HOLD = "held = bytearray({mb} * 1024 * 1024); print(len(held))"
THROUGH = "import subprocess, sys; subprocess.run([sys.executable, '-c', {code!r}], check=True)"
WORK = "import time; end = time.process_time() + {seconds}\nwhile time.process_time() < end: pass"


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_the_largest_process_of_the_tree_counts_also_when_it_is_a_grandchild():
    large = run(python(THROUGH.format(code=HOLD.format(mb=300))))
    assert 300 < large.peak_mb < 400


def test_two_processes_are_not_added():
    both = HOLD.format(mb=150) + "; " + THROUGH.format(code=HOLD.format(mb=150))
    assert 150 < run(python(both)).peak_mb < 250


def test_a_small_command_after_a_large_one_is_small():
    assert run(python(HOLD.format(mb=300))).peak_mb > 300
    assert run(python(HOLD.format(mb=1))).peak_mb < 250, "it inherited the peak of the one before"


def test_processor_time_of_the_whole_tree_counts():
    code = WORK.format(seconds=0.2) + "\n" + THROUGH.format(code=WORK.format(seconds=0.3))
    cost = run(python(code))
    assert 0.5 <= cost.cpu_seconds < 1.5
    assert cost.wall_seconds >= 0.5


def test_waiting_takes_no_processor_time():
    cost = run(python("import time; time.sleep(0.5); print('klaar')"))
    assert cost.wall_seconds >= 0.5
    assert cost.cpu_seconds < 0.3
    assert cost.output == "klaar\n"


def test_a_command_that_fails_is_not_a_measurement():
    with pytest.raises(SystemExit, match=r"exit code 3\n.*stuk"):
        run(python("import sys; print('stuk', file=sys.stderr); sys.exit(3)"))

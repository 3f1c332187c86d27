"""Kernels that are forked: as fresh as kernels that start from nothing, and gone when the run is."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.integration.test_waiting_kernels import PARAMETERS, report
from weekrapport.reporting import forked_kernels
from weekrapport.reporting.blocks import RECORD_MIME
from weekrapport.reporting.forked_kernels import ForkServer
from weekrapport.reporting.kernels import WaitingKernels
from weekrapport.reporting.run_notebook import run_notebook

PARENT = "import os; facts = [os.getppid()]"
RECORD = f"""from IPython.display import display
record = dict(report="proef", week=week, as_of=as_of, team=team, workspace=workspace, status=status, facts=facts)
display({{"{RECORD_MIME}": record, "text/plain": ""}}, raw=True)"""
pytestmark = pytest.mark.skipif(not ForkServer.is_possible(), reason="this system cannot fork kernels")


def answers(kernels: WaitingKernels, folder: Path, code: str) -> list[Any]:
    """Return the list `facts` that this code makes in a waiting kernel, by running it as a notebook."""
    kernel = kernels.take(folder)
    assert kernel is not None
    cells = (code, RECORD)
    return list(run_notebook(report(folder, *cells), PARAMETERS, folder / "out.ipynb", kernel).record["facts"])


def is_gone(pid: int) -> bool:
    """Return whether the process ends within some seconds."""
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def test_a_kernel_is_a_fork_that_has_everything_imported(tmp_path: Path) -> None:
    with WaitingKernels([tmp_path]) as kernels:
        code = "import os, sys; facts = [os.getppid(), 'weekrapport.reporting.report' in sys.modules]"
        parent, imported = answers(kernels, tmp_path, code)
        server = kernels._fork_server
        assert server is not None
        assert parent == server._process.pid
    assert imported is True
    assert server._process.poll() is not None


def test_two_kernels_share_neither_random_numbers_nor_what_they_set(tmp_path: Path) -> None:
    code = "import random, numpy, sys; facts = [random.random(), numpy.random.random(), hasattr(sys, 'mine')]"
    with WaitingKernels([tmp_path, tmp_path]) as kernels:
        first, second = (answers(kernels, tmp_path, f"{code}; sys.mine = 1") for _ in range(2))
    assert first[0] != second[0]
    assert first[1] != second[1]
    assert [first[2], second[2]] == [False, False]


def test_a_server_that_died_leaves_ordinary_kernels(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING), WaitingKernels([tmp_path], at_once=0) as kernels:
        server = kernels._fork_server = ForkServer()
        server._process.kill()
        server._process.wait()
        kernels.start_more(1)
        parent = answers(kernels, tmp_path, PARENT)
    assert parent == [os.getpid()]
    assert "started one by one" in caplog.text


def test_a_process_with_threads_is_not_forked(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forked_kernels, "LIBRARIES_WITHOUT_THREADS", {"JE_ARROW_MALLOC_CONF": "background_thread:true"})
    with caplog.at_level(logging.WARNING), WaitingKernels([tmp_path]) as kernels:
        parent = answers(kernels, tmp_path, PARENT)
    assert parent == [os.getpid()]
    assert "has threads" in caplog.text


def test_nothing_outlives_a_run_that_is_killed(tmp_path: Path) -> None:
    script = f"""
import time
from pathlib import Path
from weekrapport.reporting.kernels import WaitingKernels
with WaitingKernels([Path({str(tmp_path)!r})]) as kernels:
    kernel = kernels.take(Path({str(tmp_path)!r}))
    print(kernels._fork_server._process.pid, kernel.provisioner.pid, flush=True)
    time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        server, kernel = map(int, run.stdout.readline().split())
        run.send_signal(signal.SIGKILL)
    assert is_gone(server)
    assert is_gone(kernel)


def test_an_interrupt_reaches_the_kernel_and_nobody_else(tmp_path: Path) -> None:
    with WaitingKernels([tmp_path, tmp_path]) as kernels:
        kernel = kernels.take(tmp_path)
        assert kernel is not None
        kernel.interrupt_kernel()
        assert kernel.is_alive()
        kernel.end()
        assert not kernel.is_alive()
        other = kernels.take(tmp_path)
        assert other is not None
        other.end()

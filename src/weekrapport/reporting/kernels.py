"""Kernels that start before their notebooks: they import what every report needs while the data are read and checked.

A kernel is used for one notebook and then ended, so no report ever sees what another left behind. Where the system can,
they are forked from one process that imported it all; else each starts and imports by itself. When one cannot be
started beforehand, papermill starts its own, and the run only takes longer.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from jupyter_client.manager import KernelManager

from weekrapport.reporting.forked_kernels import ForkedKernelSpecs, ForkServer

KERNEL = "python3"
QUIET = "--IPKernelApp.log_level=40"
"""A kernel on this machine's loopback warns about that at every start; errors still show."""
PRELOAD = "import weekrapport.reporting.preload; weekrapport.reporting.preload.warm_up(); del weekrapport"
"""What a kernel does while it waits; it leaves no name behind for a notebook to lean on."""
_logger = logging.getLogger(__name__)


class WaitingKernel(KernelManager):
    """A started kernel; it remembers the client that is made for it, to close it afterwards."""

    fork_server: ForkServer | None = None
    _client: Any = None

    def client(self, **options: Any) -> Any:
        """Return the client that talks to the kernel."""
        self._client = super().client(**options)
        return self._client

    def end(self) -> None:
        """End the kernel and close what talked to it."""
        if self._client is not None:
            self._client.stop_channels()
        self.shutdown_kernel(now=True)


class WaitingKernels:
    """Started kernels, for one notebook each; when one is taken, the next is started.

    All of it happens in one thread of its own: jupyter keeps its event loop in the context, and Prefect hands the
    context of a flow to each of its tasks, which would then share a loop.
    """

    def __init__(self, folders: Sequence[Path], at_once: int = 2) -> None:
        """Start the first kernels, without waiting for them.

        Args:
            folders: where the notebooks lie, in the order in which they begin; a kernel works in the folder of its
                notebook.
            at_once: how many wait at the same time.
        """
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="kernels")
        self._to_start = list(folders)
        self._kernels: list[tuple[Path, WaitingKernel]] = []
        self._taken: list[WaitingKernel] = []
        self._can_fork = ForkServer.is_possible()
        self._fork_server: ForkServer | None = None
        self.start_more(at_once)

    def start_more(self, waiting: int = 4) -> None:
        """Start kernels until this many wait, and do not wait for it: for a moment when a core has nothing to do."""
        self._thread.submit(self._fill, waiting)

    def take(self, folder: Path) -> WaitingKernel | None:
        """Return a kernel that works in this folder and is nobody else's; None when there is none left."""
        return self._thread.submit(self._take, folder).result()

    def _take(self, folder: Path) -> WaitingKernel | None:
        for position, (place, kernel) in enumerate(self._kernels):
            if place == folder and kernel.is_alive():
                del self._kernels[position]
                self._taken = [*(each for each in self._taken if each.is_alive()), kernel]
                self._thread.submit(self._start_next)
                return kernel
        return None

    def _fill(self, waiting: int) -> None:
        while self._to_start and len(self._kernels) < waiting:
            self._start_next()

    def _start_next(self) -> None:
        if not self._to_start:
            return
        folder = self._to_start.pop(0)
        try:
            self._kernels.append((folder, self._start(folder)))
        except (OSError, RuntimeError) as error:
            _logger.warning("No kernel could be started beforehand: %s", error)

    def _start(self, folder: Path) -> WaitingKernel:
        """Return a kernel that is forked or, when that fails, started by itself."""
        if self._can_fork:
            try:
                self._fork_server = self._fork_server or ForkServer()
                return _fork(folder, self._fork_server)
            except (OSError, RuntimeError) as error:
                _logger.warning("Kernels are started one by one: %s", error)
                self._can_fork = False
        return _start(folder)

    def _end_all(self) -> None:
        self._to_start.clear()
        # Who takes a kernel ends it, unless something broke before its notebook could run.
        left = [kernel for kernel in self._taken if kernel.is_alive()]
        for kernel in [*(waiting for _, waiting in self._kernels), *left]:
            kernel.end()
        self._kernels.clear()
        if self._fork_server is not None:
            self._fork_server.close()

    def __enter__(self) -> Self:
        """Return the kernels."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the kernels that nobody took."""
        self._thread.submit(self._end_all).result()
        self._thread.shutdown()


def _fork(folder: Path, server: ForkServer) -> WaitingKernel:
    kernel = WaitingKernel(kernel_name=KERNEL, kernel_spec_manager=ForkedKernelSpecs())
    kernel.fork_server = server
    return _begin(kernel, folder)


def _start(folder: Path) -> WaitingKernel:
    return _begin(WaitingKernel(kernel_name=KERNEL), folder, f"--IPKernelApp.exec_lines={PRELOAD}")


def _begin(kernel: WaitingKernel, folder: Path, *arguments: str) -> WaitingKernel:
    # nbclient awaits what its client receives.
    kernel.client_class = "jupyter_client.asynchronous.AsyncKernelClient"
    kernel.start_kernel(cwd=str(folder), extra_arguments=[QUIET, *arguments])
    return kernel

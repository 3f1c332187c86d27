"""Kernels that start before their notebooks: they import what every report needs while the data are read and checked.

A kernel is used for one notebook and then ended, so no report ever sees what another left behind. When one cannot be
started beforehand, papermill starts its own, and the run only takes longer.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from jupyter_client.manager import KernelManager

KERNEL = "python3"
QUIET = "--IPKernelApp.log_level=40"
"""A kernel on this machine's loopback warns about that at every start; errors still show."""
PRELOAD = "import weekrapport.reporting.case_overview; weekrapport.reporting.chart_style.warm_up(); del weekrapport"
"""What a kernel does while it waits; it leaves no name behind for a notebook to lean on."""
_logger = logging.getLogger(__name__)


class WaitingKernel(KernelManager):
    """A started kernel; it remembers the client that is made for it, to close it afterwards."""

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
    """Some started kernels, for notebooks of one folder each."""

    def __init__(self, folders: Sequence[Path]) -> None:
        """Start a kernel for each folder, without waiting for it.

        Args:
            folders: where the notebooks lie; a kernel works in the folder of its notebook.
        """
        self._kernels: list[tuple[Path, WaitingKernel]] = []
        for folder in folders:
            try:
                self._kernels.append((folder, _start(folder)))
            except (OSError, RuntimeError) as error:
                _logger.warning("No kernel could be started beforehand: %s", error)

    def take(self, folder: Path) -> WaitingKernel | None:
        """Return a kernel that works in this folder and is nobody else's; None when there is none left."""
        for position, (place, kernel) in enumerate(self._kernels):
            if place == folder and kernel.is_alive():
                del self._kernels[position]
                return kernel
        return None

    def __enter__(self) -> Self:
        """Return the kernels."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the kernels that nobody took."""
        while self._kernels:
            self._kernels.pop()[1].end()


def _start(folder: Path) -> WaitingKernel:
    kernel = WaitingKernel(kernel_name=KERNEL)
    # nbclient awaits what its client receives.
    kernel.client_class = "jupyter_client.asynchronous.AsyncKernelClient"
    kernel.start_kernel(cwd=str(folder), extra_arguments=[QUIET, f"--IPKernelApp.exec_lines={PRELOAD}"])
    return kernel

"""Kernels that are forked from a process which has everything imported, instead of started from nothing.

A fork is a fresh copy: no notebook sees what another left, as with kernels of their own. It saves more than a second of
work per notebook. Only on Linux: elsewhere a process cannot fork, or the system's libraries forbid it.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any, cast

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.provisioning import LocalProvisioner

from weekrapport.reporting.fork_server import LIBRARIES_WITHOUT_THREADS, READY

PROVISIONER = "weekrapport-fork"
"""Name of the entry point by which jupyter finds `ForkProvisioner`."""

FAREWELL_SECONDS = 10
"""How long the server may take to end: when it is asked to, it can still be importing."""


class ForkServer:
    """The process of `weekrapport.reporting.fork_server`, seen from the run."""

    def __init__(self) -> None:
        """Start the process, which begins to import at once, without waiting for it."""
        self._process = subprocess.Popen(
            # Without frozen modules, as kernels are started: their debugger wants it.
            [sys.executable, "-Xfrozen_modules=off", "-m", "weekrapport.reporting.fork_server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **LIBRARIES_WITHOUT_THREADS},
        )
        self._questions, self._answers = cast("IO[str]", self._process.stdin), cast("IO[str]", self._process.stdout)
        self._greeting: str | None = None

    @staticmethod
    def is_possible() -> bool:
        """Return whether this system can fork kernels and follow them."""
        return sys.platform == "linux" and hasattr(os, "pidfd_open")

    def fork(self, arguments: Sequence[str], folder: str, environment: dict[str, str]) -> ForkedProcess:
        """Return a new kernel.

        Args:
            arguments: what comes after `python -m ipykernel_launcher`.
            folder: in which it works.
            environment: all of its environment variables.

        Raises:
            RuntimeError: the server has ended, or has threads and must not fork.
        """
        if self._greeting is None:
            self._greeting = self._answer()
        if self._greeting != READY:
            raise RuntimeError(f"kernels cannot be forked: the process {self._greeting}")
        request = {"arguments": list(arguments), "cwd": folder, "env": environment}
        try:
            self._questions.write(json.dumps(request) + "\n")
            self._questions.flush()
        except OSError as error:
            raise RuntimeError(f"the process that forks kernels has ended: {error}") from error
        return ForkedProcess(int(self._answer()))

    def close(self) -> None:
        """End the process; kernels that still live end by themselves within a second."""
        try:
            self._process.communicate(timeout=FAREWELL_SECONDS)  # its input ends here, and so does it
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()

    def _answer(self) -> str:
        line = self._answers.readline().strip()
        if not line:
            raise RuntimeError(f"the process that forks kernels ended with code {self._process.wait()}")
        return line


class ForkedProcess:
    """As much of `subprocess.Popen` as jupyter asks of a kernel; it is no child of ours, so it cannot be waited for."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        """Hold on to the process, so that its number cannot come to mean another."""
        self.pid = pid
        try:
            self._handle: int | None = os.pidfd_open(pid)
        except ProcessLookupError:  # it has ended already
            self._handle = None

    def poll(self) -> int | None:
        """Return None while it lives, else 0: the code with which it ended is known to its parent only."""
        return self.wait(0)

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait until it has ended."""
        if self._handle is None:
            return 0
        if not select.select([self._handle], [], [], timeout)[0]:
            return None
        os.close(self._handle)
        self._handle = None
        return 0

    def send_signal(self, number: int) -> None:
        """Send it a signal, if it still lives."""
        if self._handle is not None:
            signal.pidfd_send_signal(self._handle, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


class ForkProvisioner(LocalProvisioner):
    """Tells jupyter how a kernel comes to be: by the fork server of its manager."""

    async def launch_kernel(self, cmd: list[str], **options: Any) -> Any:
        """Fork the kernel and return how to connect to it."""
        server: ForkServer = cast("Any", self.parent).fork_server
        arguments = cmd[cmd.index("ipykernel_launcher") + 1 :]
        folder = str(options.get("cwd") or Path.cwd())
        process = server.fork(arguments, folder, dict(options.get("env") or os.environ))
        self.process = cast("Any", process)
        self.pid = self.pgid = cast("Any", process.pid)  # it leads its own group
        self.cwd = cast("Any", folder)
        return self.connection_info


class ForkedKernelSpecs(KernelSpecManager):
    """Every kernel as it is installed, but forked."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return the kernel's description with our provisioner in it."""
        spec = super().get_kernel_spec(kernel_name)
        spec.metadata = {**spec.metadata, "kernel_provisioner": {"provisioner_name": PROVISIONER}}
        return spec

"""A Prefect server for the length of one run, for a machine on which none is running.

Prefect starts such a server itself, but only when the flow already begins; then everything waits for it. Started first,
it comes up in its own process while this one imports what the run needs.
"""

from __future__ import annotations

import atexit
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

from weekrapport.errors import ReportFailed

START_SECONDS = 120
"""The first start ever also creates the database, which takes longer on a slow disk."""


class TemporaryServer:
    """A Prefect API on a free port of the loopback interface."""

    def __init__(self, *, is_ephemeral: bool = True) -> None:
        """Choose a free port.

        Args:
            is_ephemeral: leave out the services that plan scheduled runs; a single run needs none of them.
        """
        self._is_ephemeral = is_ephemeral
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def api_url(self) -> str:
        """What PREFECT_API_URL must be."""
        return f"http://127.0.0.1:{self.port}/api"

    def start(self) -> None:
        """Start the server without waiting for it; it ends with this process at the latest."""
        command = [
            *(sys.executable, "-m", "uvicorn", "--factory", "prefect.server.api.server:create_app"),
            *("--host", "127.0.0.1", "--port", str(self.port), "--log-level", "error", "--lifespan", "on"),
        ]
        environment = {
            **os.environ,
            "PREFECT_UI_ENABLED": "0",
            "PREFECT__SERVER_FINAL": "1",
            "PREFECT_LOGGING_SERVER_LEVEL": "ERROR",
        }
        if self._is_ephemeral:
            environment["PREFECT__SERVER_EPHEMERAL"] = "1"
        self._process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL)  # noqa: S603
        atexit.register(self.stop)

    def wait(self) -> None:
        """Return when the server answers.

        Raises:
            ReportFailed: it ended or does not answer in time.
        """
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._process is not None and self._process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.api_url}/health", timeout=5) as answer:  # noqa: S310
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.05)
        raise ReportFailed(
            "The temporary Prefect server did not start. Run again with --direct, which needs no server, and look at "
            "`prefect server start` for the cause."
        )

    def stop(self) -> None:
        """End the server."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()

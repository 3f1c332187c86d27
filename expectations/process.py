"""The gate in a process of its own, started before anything else.

Great Expectations takes seconds to import. In its own process that happens on the second core while this one reads the
exports; the checks themselves are the same function. A pipe connects the two: unlike a pool it leaves nothing behind
when the process is ended at once.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, Self

from expectations.late_import import import_late
from weekrapport.errors import ReportFailed

if TYPE_CHECKING:
    from weekrapport.domain.outcome import Outcome
    from weekrapport.quality.delivery import Delivery
    from weekrapport.settings import Gate

NOT_NEEDED = ("scipy.stats", "altair")
"""What Great Expectations imports for tests and charts that this gate does not use; a third of its time."""


class GateProcess:
    """A callable with the meaning of `expectations.registry.gate`."""

    def __init__(self, *, at_once: bool = True) -> None:
        """Start the process, which begins to import at once.

        Args:
            at_once: False starts it when it is first asked, for a run that most likely needs no checks.
        """
        self._pipe: Any = None
        self._process: Any = None
        if at_once:
            self._start()

    def _start(self) -> None:
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        with _quiet_tracker():
            self._process.start()
        theirs.close()

    def __call__(self, delivery: Delivery, bounds: Gate) -> list[Outcome]:
        """Return what every rule found.

        Raises:
            ReportFailed: the process ended, for instance for want of memory.
        """
        if self._process is None:
            self._start()
        try:
            self._pipe.send((delivery, bounds))
            found = self._pipe.recv()
        except (EOFError, OSError) as error:
            raise ReportFailed(
                "The process that checks the data ended before it was done; perhaps the machine has too little memory. "
                "Nothing was made. Run again, or run with fewer cases to find the cause."
            ) from error
        if isinstance(found, BaseException):
            raise found
        return found

    def close(self) -> None:
        """End the process at once: it holds nothing that needs a farewell."""
        if self._process is None:
            return
        self._pipe.close()
        self._process.terminate()
        self._process.join()
        self._process = None

    def __enter__(self) -> Self:
        """Return the gate itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: object) -> None:
        """End the process; after an error its message does not wait for imports."""
        self.close()


@contextmanager
def _quiet_tracker() -> Iterator[None]:
    """Let Python's resource tracker, which starts with the first process, clean up without a warning.

    Libraries in the process make locks; when it is ended at once the tracker removes them, and would say so.
    """
    before = os.environ.get("PYTHONWARNINGS")
    os.environ["PYTHONWARNINGS"] = ",".join(filter(None, (before, "ignore:resource_tracker:UserWarning")))
    try:
        yield
    finally:
        del os.environ["PYTHONWARNINGS"]
        if before is not None:
            os.environ["PYTHONWARNINGS"] = before


def _serve(pipe: Any) -> None:
    """Answer every delivery with its outcomes, or with the error that it gave, until the other side is gone."""
    for name in NOT_NEEDED:
        import_late(name)
    from expectations.registry import gate

    while True:
        try:
            delivery, bounds = pipe.recv()
        except EOFError:
            return
        try:
            pipe.send(gate(delivery, bounds))
        except Exception as error:  # told to the other side, where it belongs to a report
            pipe.send(error)

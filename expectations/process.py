"""The gate in a process of its own, started before anything else.

Great Expectations takes seconds to import. In its own process that happens on the second core while this one reads the
exports; the checks themselves are the same function.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import TYPE_CHECKING, Self

from weekrapport.errors import ReportFailed

if TYPE_CHECKING:
    from weekrapport.domain.outcome import Outcome
    from weekrapport.quality.delivery import Delivery
    from weekrapport.settings import Gate


class GateProcess:
    """A callable with the meaning of `expectations.registry.gate`."""

    def __init__(self) -> None:
        """Start the process; it begins to import at once."""
        self._pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
        self._pool.submit(_load)

    def __call__(self, delivery: Delivery, bounds: Gate) -> list[Outcome]:
        """Return what every rule found.

        Raises:
            ReportFailed: the process ended, for instance for want of memory.
        """
        try:
            return self._pool.submit(_gate, delivery, bounds).result()
        except BrokenProcessPool as error:
            raise ReportFailed(
                "The process that checks the data ended before it was done; perhaps the machine has too little memory. "
                "Nothing was made. Run again, or run with fewer cases to find the cause."
            ) from error

    def close(self) -> None:
        """End the process."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def __enter__(self) -> Self:
        """Return the gate itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: object) -> None:
        """End the process; after an error at once, so that its message does not wait for imports."""
        if kind is not None:
            for process in list(getattr(self._pool, "_processes", {}).values()):  # Python 3.14 has a method for this
                process.terminate()
        self.close()


def _load() -> None:
    import expectations.registry  # noqa: F401


def _gate(delivery: Delivery, bounds: Gate) -> list[Outcome]:
    from expectations.registry import gate

    return gate(delivery, bounds)

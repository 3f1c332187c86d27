"""The errors a person may see, each with the exit code of docs/operations.md.

A message says what was given, where (file, row, column), and what to do. The command line prints it without a
traceback. An error does not log itself: it is reported once, where it is handled.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class WeekrapportError(Exception):
    """Base of every error that is shown to a person as one message."""

    exit_code = 2


class ConfigurationError(WeekrapportError):
    """The command line, `weekrapport.toml` or `reports.toml` asks for something that cannot be."""

    exit_code = 2


class SourceError(WeekrapportError):
    """An export cannot be read."""

    exit_code = 3


class GateStopped(WeekrapportError):
    """A hard check failed: at least one report was not made."""

    exit_code = 4


class ReportFailed(WeekrapportError):
    """A notebook or its PDF could not be made."""

    exit_code = 5


def did_you_mean(given: str, known: Iterable[str]) -> str:
    """Return a hint that names the nearest known word, else all known words."""
    known = sorted(known)
    near = get_close_matches(given, known, n=1)
    return f"Did you mean {near[0]!r}?" if near else f"Known: {', '.join(known)}."


EXIT_ORDER = (3, 5, 4)
"""Which exit code wins when several things went wrong in one run (docs/operations.md)."""


def worst_exit_code(codes: Iterable[int]) -> int:
    """Return the exit code of a run in which each of `codes` occurred; 0 when none did."""
    found = set(codes) - {0}
    return next((code for code in EXIT_ORDER if code in found), min(found, default=0))

"""Heading levels of a document: no level skipped, and the notebook's title not printed twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    """The level at which a heading is printed, and whether the contents stand before it."""

    level: int
    opens_second_section: bool


class Headings:
    """Turns the heading levels that an author wrote into those of the document.

    The band of page 1 prints the title. When the first heading of the notebook is a level-1 heading with the same
    text, it is not repeated; when it was the only one of level 1, all others move up one level. No level is ever
    skipped, because PDF/UA refuses that.

    Args:
        written: level and text of every heading, in order.
        title: the title in the band.
    """

    def __init__(self, written: Sequence[tuple[int, str]], title: str) -> None:
        self._consume = bool(written) and written[0] == (1, " ".join(title.split()))
        rest = [level for level, _ in (written[1:] if self._consume else written)]
        self._shift = min(rest, default=1) - 1
        self._previous = 0
        self._sections = 0

    def next(self, level: int) -> Heading | None:
        """Return the printed heading for the next written one; None when it is the title of the band."""
        if self._consume:
            self._consume = False
            return None
        level = max(1, min(level - self._shift, self._previous + 1, 6))
        self._previous = level
        if level == 1:
            self._sections += 1
        return Heading(level, level == 1 and self._sections == 2)

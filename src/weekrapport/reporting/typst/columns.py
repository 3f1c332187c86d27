"""Widths of table columns from what stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from weekrapport.reporting.typst.font_metrics import text_em

LINE_POINTS = 170 / 25.4 * 72
"""Width of the text on the page."""
INSET_POINTS = 2 * 1.7 / 25.4 * 72
"""White left and right in a cell; theme.typ has the same value."""
_SPARE = 1.0
_FLEXIBLE_FROM = 105.0
"""Points: a column of words wider than this may wrap when the table does not fit."""


@dataclass(frozen=True)
class ColumnText:
    """What decides the width of a column.

    Attributes:
        head: the column head.
        texts: what stands in its cells.
        width: a given width in Typst notation, or None.
        minimum: points it needs anyway, such as for a bar.
    """

    head: str
    texts: Sequence[str]
    width: str | None = None
    minimum: float = 0.0


def column_widths(columns: Sequence[ColumnText], size: float = 9.0) -> list[str]:
    """Return a Typst width per column, for a table over the full width of the page.

    When every cell fits on one line the columns share the width in proportion to what they hold. Otherwise narrow and
    unbreakable columns get exactly what they need and columns of words share the rest.

    Args:
        columns: the columns, from left to right.
        size: text size in points.
    """
    needs = [_need(column, size) for column in columns]
    if any(column.width for column in columns):
        return [column.width or f"{need:.1f}pt" for column, need in zip(columns, needs, strict=True)]
    if sum(needs) <= LINE_POINTS:
        return [f"{need:.1f}fr" for need in needs]
    flexible = [_can_wrap(column) and need > _FLEXIBLE_FROM for column, need in zip(columns, needs, strict=True)]
    firm = sum(need for need, wraps in zip(needs, flexible, strict=True) if not wraps)
    if not any(flexible) or firm > 0.75 * LINE_POINTS:
        return [f"{min(need, LINE_POINTS / 2):.1f}fr" for need in needs]
    return [f"{min(n, LINE_POINTS):.1f}fr" if wraps else f"{n:.1f}pt" for n, wraps in zip(needs, flexible, strict=True)]


def _need(column: ColumnText, size: float) -> float:
    """Return the points that the column needs to keep its cells on one line and the words of its head whole."""
    head = max((text_em(word, semibold=True) for word in column.head.split()), default=0.0)
    widest = max((text_em(text, semibold=False) for text in column.texts), default=0.0)
    return max(max(head, widest * 1.02) * size, column.minimum) + INSET_POINTS + _SPARE


def _can_wrap(column: ColumnText) -> bool:
    return any(" " in text for text in column.texts)

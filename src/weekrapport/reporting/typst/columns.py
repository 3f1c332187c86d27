"""Widths of table columns from what stands in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from weekrapport.reporting.typst.errors import RenderError
from weekrapport.reporting.typst.font_metrics import text_em

LINE_POINTS = 170 / 25.4 * 72
"""Width of the text on the page."""
INSET_POINTS = 2 * 1.7 / 25.4 * 72
"""White left and right in a cell; theme.typ has the same value."""
_SPARE = 1.0
_NARROW = 105.0
"""Points: a column narrower than this keeps its cells on one line as long as there is room elsewhere."""
_WIDEST = 0.6 * LINE_POINTS
_BREAKS = re.compile("[ \n\t\u200b]")
_SYLLABLES = 12
"""Letters of a word that stay together; a longer word is hyphenated."""


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


def column_widths(columns: Sequence[ColumnText], cell: int, size: float = 9.0) -> list[str]:
    """Return a Typst width per column, for a table over the full width of the page.

    When every cell fits on one line the columns share the width in proportion to what they hold. Otherwise each column
    gets what it cannot do without, narrow ones stay on one line where possible, and the rest share what is left.

    Args:
        columns: the columns, from left to right.
        cell: number of the notebook cell, for the error.
        size: text size in points.

    Raises:
        RenderError: the columns do not fit side by side, so that their texts would overlap.
    """
    wishes = [_wish(column, size) for column in columns]
    if any(column.width for column in columns):
        return [column.width or f"{wish:.1f}pt" for column, wish in zip(columns, wishes, strict=True)]
    if sum(wishes) <= LINE_POINTS:
        return [f"{wish:.1f}fr" for wish in wishes]
    wishes = [min(wish, _WIDEST) for wish in wishes]
    needs = [min(_need(column, size), wish) for column, wish in zip(columns, wishes, strict=True)]
    if sum(needs) > LINE_POINTS:
        raise RenderError(
            f"this table is too wide: its {len(columns)} columns need {sum(needs) / 72 * 25.4:.0f} mm and the page has "
            "170 mm. Print fewer columns, or write shorter values.",
            cell,
        )
    narrow = [wish if wish <= _NARROW else need for wish, need in zip(wishes, needs, strict=True)]
    firm = narrow if sum(narrow) <= 0.85 * LINE_POINTS else needs
    room = LINE_POINTS - sum(firm)
    wanting = sum(wishes) - sum(firm)
    return [f"{own + room * (wish - own) / wanting:.1f}pt" for own, wish in zip(firm, wishes, strict=True)]


def _wish(column: ColumnText, size: float) -> float:
    """Return the points that keep every cell on one line and the words of the head whole."""
    head = max((text_em(word, semibold=True) for word in column.head.split()), default=0.0)
    widest = max((text_em(text) for text in column.texts), default=0.0)
    return max(max(head, widest * 1.02) * size, column.minimum) + INSET_POINTS + _SPARE


def _need(column: ColumnText, size: float) -> float:
    """Return the points below which texts would run into the next column."""
    pieces = [_unbreakable(text, False) for text in column.texts] + [_unbreakable(column.head, True)]
    return max(max(pieces) * 1.02 * size, column.minimum) + INSET_POINTS + _SPARE


def _unbreakable(text: str, semibold: bool) -> float:
    return max(
        text_em(piece[:_SYLLABLES] if piece.isalpha() else piece, semibold=semibold) for piece in _BREAKS.split(text)
    )

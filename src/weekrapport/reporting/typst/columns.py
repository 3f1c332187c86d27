"""Widths and text size of a table from what stands in its columns; no text is too long to be printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from weekrapport.reporting.typst.errors import RenderError
from weekrapport.reporting.typst.font_metrics import text_em
from weekrapport.reporting.typst.wrapping import fitted, separate

LINE_POINTS = 170 / 25.4 * 72
"""Width of the text on the page."""
INSET_POINTS = 2 * 1.7 / 25.4 * 72
"""White left and right in a cell; theme.typ has the same value."""
NORMAL_SIZES = (9.0, 8.5, 8.0)
"""Points: the text size of a table, and the smaller ones for a table that is too wide."""
SMALL_SIZES = (8.0, 7.5, 7.0)
_SPARE = 1.0
_NARROW = 105.0
"""Points: a column narrower than this keeps its cells on one line as long as there is room elsewhere."""
_WIDEST = 0.6 * LINE_POINTS
_BREAKS = re.compile("[ \n\t\u200b]")
_SYLLABLES = 12
"""Letters of a word that stay together; a longer word is hyphenated."""
_STEPS = (None, None, 12, 8, 6, 4)
"""Level -> characters that stay together: 0 whole tokens, 1 tokens up to their separators, then ever shorter pieces."""
_FIGURE_LENGTH = 18
"""A date, amount or number of at most so many characters stays whole as long as a smaller text size helps."""
_ROUNDS = (
    (0, 2, 2, True),
    (0, 2, 3, True),
    (1, 2, 3, True),
    (2, 2, 3, True),
    (2, 3, 3, True),
    (2, 3, 3, False),
    (2, 5, 5, False),
)
"""(index of the text size, deepest level of the cells, deepest level of the heads, figures stay whole): what a too wide
table gives up, in this order."""
_FLOOR_EM = 4 * 0.62
"""Room for about four characters: no column is narrower."""
_WIDTH = re.compile(r"(\d+(?:\.\d+)?)(mm|fr|%)")


@dataclass(frozen=True)
class ColumnText:
    """What decides the width of a column.

    Attributes:
        head: the column head.
        texts: what stands in its cells.
        width: a given width, "24mm", "2fr", "15%" or "auto", or None. It is kept as far as the texts can be printed
            in it.
        minimum: points it needs anyway, such as for a bar.
    """

    head: str
    texts: Sequence[str]
    width: str | None = None
    minimum: float = 0.0

    @cached_property
    def _distinct(self) -> frozenset[str]:
        return frozenset(self.texts)

    @cached_property
    def _wish_em(self) -> float:
        head = max((text_em(word, semibold=True) for word in self.head.split()), default=0.0)
        return max(head, max(map(text_em, self._distinct), default=0.0) * 1.02)

    def wish(self, size: float) -> float:
        """Return the points that keep every cell on one line and the words of the head whole."""
        return max(self._wish_em * size, self.minimum) + INSET_POINTS + _SPARE

    def need(self, size: float, level: int, head_level: int, figures_whole: bool) -> float:
        """Return the points in which the pieces of the texts fit when they may break as `level` says."""
        em = max(_widest_piece(self._distinct, level, figures_whole), _piece_em(self.head, head_level, False, True))
        return max(em * 1.02 * size, self.minimum) + INSET_POINTS + _SPARE

    def floor(self, size: float) -> float:
        """Return the points below which no column goes."""
        return max(_FLOOR_EM * size, self.minimum) + INSET_POINTS + _SPARE


@dataclass(frozen=True)
class TableLayout:
    """How a table fits on the page.

    Attributes:
        widths: Typst widths of the columns.
        points: the same in points.
        size: text size in points.
    """

    widths: list[str]
    points: list[float]
    size: float

    def fit(self, text: str, column: int, *, span: int = 1, semibold: bool = False, monospaced: bool = False) -> str:
        """Return the text of a cell with the breaks it needs in its column, or in the columns it spans."""
        room = (sum(self.points[column : column + span]) - INSET_POINTS) / self.size
        return fitted(text, room, semibold=semibold, monospaced=monospaced)


def table_layout(columns: Sequence[ColumnText], cell: int, sizes: Sequence[float] = NORMAL_SIZES) -> TableLayout:
    """Return widths and text size of a table over the full width of the page.

    When every cell fits on one line the columns share the width in proportion to what they hold. Otherwise each column
    gets what it cannot do without, narrow ones stay on one line where possible, and the rest share what is left. Where
    even that is too wide, the widest columns break their tokens, then the text becomes smaller, then the pieces do.

    Args:
        columns: the columns, from left to right.
        cell: number of the notebook cell, for the error.
        sizes: text sizes in points, from the wanted one to the smallest, three of them.

    Raises:
        RenderError: there are so many columns that not even four characters fit in each.
    """
    floors = [column.floor(sizes[-1]) for column in columns]
    if sum(floors) > LINE_POINTS:
        most = int(LINE_POINTS / (_FLOOR_EM * sizes[-1] + INSET_POINTS + _SPARE))
        raise RenderError(
            f"this table has {len(columns)} columns. The page has room for {most} columns of four characters, fewer "
            "when there are bars or verdicts. Print fewer columns.",
            cell,
        )
    given = [_given(column, floor) for column, floor in zip(columns, floors, strict=True)]
    free = [column for column, points in zip(columns, given, strict=True) if points is None]
    room = LINE_POINTS - sum(points for points in given if points is not None)
    for number, deepest, deepest_head, whole in _ROUNDS:
        size = sizes[number]
        needs = _needs(free, size, room, (deepest, deepest_head, whole))
        if sum(needs) <= room:
            if len(free) == len(columns) and not any(_share(column) for column in free):
                return _free_layout(free, needs, size)
            return _layout(_merged(given, _shared(free, needs, size, room)), size)
    size = sizes[-1]
    wanted = _merged(given, [column.need(size, 5, 5, False) for column in free])
    return _layout(_squeezed(wanted, floors), size)


def _layout(points: list[float], size: float) -> TableLayout:
    return TableLayout([f"{width:.1f}pt" for width in points], points, size)


def _given(column: ColumnText, floor: float) -> float | None:
    """Return the given width in points, never below what can be printed; None for a share or without one."""
    match = _WIDTH.fullmatch(column.width or "")
    if match is None or match[2] == "fr":
        return None
    points = float(match[1]) * (72 / 25.4 if match[2] == "mm" else LINE_POINTS / 100)
    return max(points, floor)


def _share(column: ColumnText) -> float:
    match = _WIDTH.fullmatch(column.width or "")
    return float(match[1]) if match and match[2] == "fr" else 0.0


def _merged(given: list[float | None], others: list[float]) -> list[float]:
    rest = iter(others)
    return [next(rest) if points is None else points for points in given]


def _needs(columns: list[ColumnText], size: float, room: float, limits: tuple[int, int, bool]) -> list[float]:
    """Return the needs of the columns, the widest ones broken first, until they fit or nothing can break further."""
    deepest, deepest_head, whole = limits
    levels = [0] * len(columns)

    def need(column: ColumnText, level: int) -> float:
        own = column.need(size, min(level, deepest), min(max(level, 2), deepest_head), whole)
        return min(own, column.wish(size), _WIDEST)

    needs = [need(column, 0) for column in columns]
    while sum(needs) > room:
        open_columns = [i for i, level in enumerate(levels) if level < max(deepest, deepest_head)]
        if not open_columns:
            break
        widest = max(open_columns, key=lambda i: needs[i])
        levels[widest] += 1
        needs[widest] = need(columns[widest], levels[widest])
    return needs


def _free_layout(columns: list[ColumnText], needs: list[float], size: float) -> TableLayout:
    """Return the layout of a table without given widths."""
    wishes = [column.wish(size) for column in columns]
    if sum(wishes) <= LINE_POINTS:
        points = [LINE_POINTS * wish / sum(wishes) for wish in wishes]
        return TableLayout([f"{wish:.1f}fr" for wish in wishes], points, size)
    points = _distributed(wishes, needs, LINE_POINTS)
    return _layout(
        [LINE_POINTS * width / sum(points) for width in points] if sum(points) < LINE_POINTS else points, size
    )


def _distributed(wishes: list[float], needs: list[float], room: float) -> list[float]:
    """Return the needs with the room that is left, in proportion to what the columns lack."""
    wishes = [min(wish, max(_WIDEST, need)) for wish, need in zip(wishes, needs, strict=True)]
    narrow = [wish if wish <= _NARROW else need for wish, need in zip(wishes, needs, strict=True)]
    firm = narrow if sum(narrow) <= 0.85 * room else needs
    left, wanting = room - sum(firm), sum(wishes) - sum(firm)
    part = min(1.0, left / wanting) if wanting > 0 else 0.0
    return [own + part * (wish - own) for own, wish in zip(firm, wishes, strict=True)]


def _shared(columns: list[ColumnText], needs: list[float], size: float, room: float) -> list[float]:
    """Return the widths of the columns beside given ones; the shares ("2fr") take all that the others leave."""
    shares = [_share(column) for column in columns]
    plain = [i for i, share in enumerate(shares) if not share]
    taken = sum(need for need, share in zip(needs, shares, strict=True) if share)
    wishes = [columns[i].wish(size) for i in plain]
    widths = list(needs)
    for i, width in zip(plain, _distributed(wishes, [needs[i] for i in plain], room - taken), strict=True):
        widths[i] = width
    rest = room - sum(widths[i] for i in plain)
    parts = [rest * share / (sum(shares) or 1.0) for share in shares]
    if all(part >= need for part, need, share in zip(parts, needs, shares, strict=True) if share):
        return [part if share else width for part, share, width in zip(parts, shares, widths, strict=True)]
    extra = rest - taken
    return [width + extra * share / (sum(shares) or 1.0) for width, share in zip(widths, shares, strict=True)]


def _squeezed(wanted: list[float], floors: list[float]) -> list[float]:
    """Return widths that fill the page, each as far above its floor as what is wanted is."""
    above = [max(0.0, want - floor) for want, floor in zip(wanted, floors, strict=True)]
    part = min(1.0, (LINE_POINTS - sum(floors)) / (sum(above) or 1.0))
    return [floor + more * part for floor, more in zip(floors, above, strict=True)]


@lru_cache(maxsize=1024)
def _widest_piece(texts: frozenset[str], level: int, figures_whole: bool) -> float:
    return max((_piece_em(text, level, figures_whole, False) for text in texts), default=0.0)


def _piece_em(text: str, level: int, figures_whole: bool, semibold: bool) -> float:
    """Return the width in em of the widest piece that stays together."""
    pieces = [piece for token in _BREAKS.split(text) for piece in _pieces(token, level, figures_whole)]
    return max((text_em(piece, semibold=semibold) for piece in pieces), default=0.0)


def _pieces(token: str, level: int, figures_whole: bool) -> list[str]:
    figure = len(token) <= _FIGURE_LENGTH and any(char.isdigit() for char in token)
    if level == 0 or (figure and figures_whole):
        return [token[:_SYLLABLES] if token.isalpha() else token]
    step = _STEPS[level]
    pieces: list[str] = []
    for part in separate(token):
        if step is None:
            pieces.append(part[:_SYLLABLES] if part.rstrip("-/_").isalpha() else part)
        else:
            pieces += [part[i : i + step] for i in range(max(1, len(part) - step + 1))]
    return pieces

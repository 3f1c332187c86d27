"""Widths of table columns from what stands in them."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NARROW = re.compile(r"[−+\-€\s\d.,:%/\u202f\u00a0–]*")
_LINE_EM = 50.0
"""What fits on one line of the full width in 9 pt, in em."""
_INSET_EM = 1.1
_WIDEST_EM = 26.0


def text_em(text: str) -> float:
    """Return roughly how wide text is in Inter, in em."""
    return sum(
        0.29 if c in " .,:;'|il\u202f\u00a0" else 0.63 if c.isdigit() else 0.7 if c.isupper() else 0.56 for c in text
    )


def column_widths(
    heads: Sequence[str], cells: Sequence[Sequence[str]], fixed: Sequence[str | None] | None = None, scale: float = 1.0
) -> list[str]:
    """Return a Typst width per column.

    When everything fits on one line the columns share the width by what they hold; otherwise figures and days keep
    their natural width and the texts share the rest.

    Args:
        heads: the column heads.
        cells: per column its texts.
        fixed: per column a width that is given, or None.
        scale: text size relative to 9 pt.
    """
    fixed = fixed or [None] * len(heads)
    needs = []
    for head, texts in zip(heads, cells, strict=True):
        longest_word = max((text_em(word) for word in head.split()), default=0.0) * 1.08
        widest = max((text_em(text) for text in texts), default=0.0)
        needs.append(min(max(longest_word, widest, 2.0), _WIDEST_EM) + _INSET_EM)
    if any(fixed):
        return [width or ("auto" if _figures(texts) else f"{need:.2f}fr") for width, texts, need in
                zip(fixed, cells, needs, strict=True)]  # fmt: skip
    if sum(needs) * scale <= _LINE_EM:
        return [f"{need:.2f}fr" for need in needs]
    if all(_figures(texts) for texts in cells):
        return [f"{need:.2f}fr" for need in needs]
    return ["auto" if _figures(texts) else f"{need:.2f}fr" for texts, need in zip(cells, needs, strict=True)]


def _figures(texts: Sequence[str]) -> bool:
    return bool(texts) and all(_NARROW.fullmatch(text) for text in texts)

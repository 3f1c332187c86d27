"""The citizen service number (BSN) in free text: found by its check digit, and taken out.

Nine digits that pass the check of the BSN are treated as one, also with a space, a dot, a dash or a line end between
digits. One in eleven numbers of nine digits passes by chance; it is then taken out too, because the law asks that no
BSN is printed, not that every other number is (Methods: "Privacy").
"""

from __future__ import annotations

import re

WITHOUT = "[BSN verwijderd]"
"""What stands where a BSN stood."""

_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_BETWEEN = r"(?:[ .\u00a0\u2007\u2009\u202f\-\u2010-\u2015\u2212]|\r?\n)"
_NINE_DIGITS = re.compile(rf"(?<!\d)\d(?:{_BETWEEN}?\d){{8}}(?!\d)")
_BROKEN_UP = re.compile(_BETWEEN)


def is_bsn(text: str) -> bool:
    """Return whether `text` is nine digits, and no more, that pass the check of the BSN; nine zeros do not."""
    if len(text) != len(_WEIGHTS) or not text.isdecimal():
        return False
    digits = [int(digit) for digit in text]
    return any(digits) and sum(weight * digit for weight, digit in zip(_WEIGHTS, digits, strict=True)) % 11 == 0


def without_bsn(text: str) -> tuple[str, int]:
    """Return the text with `WITHOUT` for every BSN, and how many there were.

    A number inside a longer run of digits is none. Of overlapping candidates the first that passes is taken out.
    """
    parts: list[str] = []
    kept = start = 0
    while (match := _NINE_DIGITS.search(text, start)) is not None:
        start = match.start() + 1
        if is_bsn(_BROKEN_UP.sub("", match[0])):
            parts += [text[kept : match.start()], WITHOUT]
            kept = start = match.end()
    return ("".join([*parts, text[kept:]]), len(parts) // 2) if parts else (text, 0)

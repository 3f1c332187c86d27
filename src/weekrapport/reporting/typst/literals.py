"""Typst source from data: string literals only, so that data can never become markup or code."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from weekrapport.reporting.typst.font_metrics import fallback_coverage, house_coverage

PLACEHOLDER = "□"
"""What is printed for a character that no font of ours has."""

_OWN = f"\\u{{{ord(PLACEHOLDER):x}}}"
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ufe00-\ufe0f\ud800-\udfff"
    "\U000e0000-\U000e0fff]"
)
_KEPT = "\u00ad\u200b\u200c\u200d\u202f"
_TOKEN = re.compile(r"\S{25,}")
_LONGEST_WORD = 40


def visible(text: str) -> str:
    """Return text without control and direction characters, accents and their letters as one character.

    PDF/UA refuses control characters, and direction overrides make a file name read as another one.
    """
    text = _INVISIBLE.sub("", text)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """Return visible text with "□" for characters no font of ours has."""
    text = visible(text)
    if text.isascii():
        return text
    covered = house_coverage()
    return "".join(
        c if ord(c) in covered or c in _KEPT or c in "\n\t" or ord(c) in fallback_coverage() else PLACEHOLDER
        for c in text
    )


def breakable(text: str) -> str:
    """Return text with break opportunities in long tokens; words of at most 40 letters are left to hyphenation."""
    return _TOKEN.sub(_break_token, text)


def _break_token(match: re.Match[str]) -> str:
    token = match[0]
    if len(token) <= _LONGEST_WORD and token.strip(".,;:!?()").isalpha():
        return token
    return "\u200b".join(token[i : i + 12] for i in range(0, len(token), 12))


def string(text: str) -> str:
    """Return a Typst string literal; a "□" that stands in the text itself is written as an escape."""
    text = _OWN.join(clean(piece).replace("\\", "\\\\").replace('"', '\\"') for piece in text.split(PLACEHOLDER))
    return '"' + text.replace("\n", "\\n").replace("\t", "\\t") + '"'


def count_unknown(source: str) -> int:
    """Return how many characters of the data are a "□" in Typst source, because no font of ours has them."""
    return source.count(PLACEHOLDER)


def value(item: Any) -> str:
    """Return a JSON value as Typst source.

    Raises:
        TypeError: the value is not JSON.
    """
    if item is None:
        return "none"
    if isinstance(item, bool):
        return str(item).lower()
    if isinstance(item, int):
        return str(item)
    if isinstance(item, float):
        return f"{item:.6f}"
    if isinstance(item, str):
        return string(item)
    if isinstance(item, (list, tuple)):
        return array([value(entry) for entry in item])
    if isinstance(item, dict):
        return dictionary({key: value(entry) for key, entry in item.items()})
    raise TypeError(f"{type(item).__name__} is not JSON")


def array(codes: Any) -> str:
    """Return a Typst array of pieces that are source already."""
    return "(" + "".join(f"{code}, " for code in codes) + ")"


def dictionary(codes: dict[str, str]) -> str:
    """Return a Typst dictionary of values that are source already."""
    return "(" + (", ".join(f"{string(key)}: {code}" for key, code in codes.items()) or ":") + ")"


def needs_fallback_font(source: str) -> bool:
    """Return whether cleaned source holds a character that Inter does not have."""
    covered = house_coverage()
    return any(ord(c) not in covered for c in set(source) if ord(c) > 126 and c not in _KEPT)

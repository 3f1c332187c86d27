"""Typst source from data: string literals only, so that data can never become markup or code."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

FONT_FOLDER = Path(__file__).parent / "fonts"
PLACEHOLDER = "□"
"""What is printed for a character that no font of ours has."""

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ufe00-\ufe0f\ud800-\udfff"
    "\U000e0000-\U000e0fff]"
)
_KEPT = "\u00ad\u200b\u200c\u200d\u202f"
_TOKEN = re.compile(r"\S{25,}")
_LONGEST_WORD = 40


def clean(text: str) -> str:
    """Return text without control and direction characters, with "□" for characters no font of ours has.

    PDF/UA refuses control characters, and direction overrides make a file name read as another one.
    """
    text = _INVISIBLE.sub("", text)
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text)
    covered = house_coverage()
    return "".join(c if ord(c) in covered or c in _KEPT or c in "\n\t" or _rare(c) else PLACEHOLDER for c in text)


def breakable(text: str) -> str:
    """Return text with break opportunities in long tokens; words of at most 40 letters are left to hyphenation."""
    return _TOKEN.sub(_break_token, text)


def _break_token(match: re.Match[str]) -> str:
    token = match[0]
    if len(token) <= _LONGEST_WORD and token.strip(".,;:!?()").isalpha():
        return token
    return "\u200b".join(token[i : i + 12] for i in range(0, len(token), 12))


def string(text: str) -> str:
    """Return a Typst string literal."""
    text = clean(text).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + text.replace("\n", "\\n").replace("\t", "\\t") + '"'


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
    if isinstance(item, list | tuple):
        return array(value(entry) for entry in item)
    if isinstance(item, dict):
        return dictionary({key: value(entry) for key, entry in item.items()})
    raise TypeError(f"{type(item).__name__} is not JSON")


def array(codes: Any) -> str:
    """Return a Typst array of pieces that are source already."""
    return "(" + "".join(f"{code}, " for code in codes) + ")"


def dictionary(codes: dict[str, str]) -> str:
    """Return a Typst dictionary of values that are source already."""
    return "(" + (", ".join(f"{string(key)}: {code}" for key, code in codes.items()) or ":") + ")"


@lru_cache(maxsize=1)
def house_coverage() -> frozenset[int]:
    """Return the code points that every shipped text font has (file coverage.json, made from the fonts)."""
    ranges = json.loads((FONT_FOLDER / "coverage.json").read_text("utf-8"))
    return frozenset(point for first, last in ranges for point in range(first, last + 1))


@lru_cache(maxsize=1)
def fallback_font() -> Path | None:
    """Return DejaVu Sans as shipped with matplotlib: Hebrew, Arabic and symbols that Inter has not."""
    spec = find_spec("matplotlib")
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).parent / "mpl-data" / "fonts" / "ttf" / "DejaVuSans.ttf"
    return path if path.is_file() else None


@lru_cache(maxsize=1)
def _fallback_coverage() -> frozenset[int]:
    path = fallback_font()
    if path is None:
        return frozenset()
    from fontTools.ttLib import TTFont

    return frozenset(TTFont(path, lazy=True).getBestCmap())


def _rare(char: str) -> bool:
    """Return whether only the fallback font has a character; private-use characters have no meaning to anyone."""
    return unicodedata.category(char) != "Co" and ord(char) in _fallback_coverage()


def needs_fallback_font(source: str) -> bool:
    """Return whether cleaned source holds a character that Inter does not have."""
    covered = house_coverage()
    return any(ord(c) not in covered for c in set(source) if ord(c) > 126 and c not in _KEPT)

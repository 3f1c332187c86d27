"""Breaks in text that is wider than its column, so that it wraps and never runs into the next one."""

from __future__ import annotations

import re
import unicodedata

from weekrapport.reporting.typst.font_metrics import text_em
from weekrapport.reporting.typst.literals import visible

ZERO_WIDTH_SPACE = "\u200b"
SOFT_HYPHEN = "\u00ad"
HYPHENATED_LETTERS = 7
"""Letters that Typst's hyphenation never needs to keep together in a word that can be pronounced."""

_TOKEN = re.compile("[^ \n\t\u200b]+")
_SEPARATORS = "-/_\\.@:&=?,;|\u00a0\u202f"
_PART = re.compile("[^{0}]*[{0}]+|[^{0}]+".format(re.escape(_SEPARATORS)))
_UNPRONOUNCEABLE = re.compile(r"[^aeiouyàáâäèéêëìíîïòóôöùúûüý]{7}|[aeiouyàáâäèéêëìíîïòóôöùúûüý]{5}", re.IGNORECASE)
_SYLLABLE = re.compile(r"(?:schr?|ch|str?|kn|zw|[bcdfgkpt]r|[bcfgkp]l|[b-df-hj-np-tv-xz])(?=[aeiouy])", re.IGNORECASE)
"""The start of most Dutch syllables; only for columns so narrow that hyphenation is not enough."""
_LAST_LATIN = "\u0250"
_HYPHEN_EM = 0.46
_UNMEASURED_EM = 1.15
"""Wider than nearly all characters of the fallback font."""
_SPARE = 1.01


def separate(token: str) -> list[str]:
    """Return the parts of a token, each up to and including its hyphen, slash, underscore or other separator."""
    return _PART.findall(token)


def fitted(text: str, room: float, *, semibold: bool = False, monospaced: bool = False) -> str:
    """Return text with break opportunities such that nothing that cannot break is wider than its column.

    Breaks come after separators first. A long word is left to the hyphenation of Typst where that is certain to find
    small enough pieces (it leaves a word with an underscore whole); otherwise it gets soft hyphens. Any other token
    gets zero-width spaces.

    Args:
        text: the text of a cell.
        room: width of the column within its white, in em of the text.
        semibold: the text is set in semibold.
        monospaced: the text is set as code.
    """
    text = visible(text)
    if _em(text, semibold, monospaced) <= room:
        return text
    return _TOKEN.sub(lambda match: _token(match[0], room, semibold, monospaced), text)


def _em(text: str, semibold: bool, monospaced: bool) -> float:
    if monospaced:
        return 0.71 * len(text) * _SPARE
    plain = text if text.isascii() else "".join(c for c in text if c not in (SOFT_HYPHEN, ZERO_WIDTH_SPACE))
    rare = sum(1 for c in plain if ord(c) > 383 and c not in "‒–—‘’“”…\u202f€−")
    return (text_em(plain, semibold=semibold) + rare * (_UNMEASURED_EM - 0.65)) * _SPARE


def _token(token: str, room: float, semibold: bool, monospaced: bool) -> str:
    if _em(token, semibold, monospaced) <= room:
        return token
    return ZERO_WIDTH_SPACE.join(_part(part, room, semibold, monospaced) for part in separate(token))


def _part(part: str, room: float, semibold: bool, monospaced: bool) -> str:
    if _em(part, semibold, monospaced) <= room:
        return part
    core = part.strip(_SEPARATORS + "()!\"'")
    word = core.isalpha() and max(core) < _LAST_LATIN and not monospaced
    if word and "_" not in part and _hyphenates(part, room, semibold):
        return part
    joint = SOFT_HYPHEN if word else ZERO_WIDTH_SPACE
    return joint.join(_chunks(part, room - (_HYPHEN_EM if word else 0.0), semibold, monospaced, word))


def _hyphenates(word: str, room: float, semibold: bool) -> bool:
    """Return whether the pieces of any hyphenation of a word, with its hyphen, are certain to fit."""
    if len(word) > 40 or _UNPRONOUNCEABLE.search(word):
        return False
    starts = range(max(1, len(word) - HYPHENATED_LETTERS + 1))
    return max(_em(word[i : i + HYPHENATED_LETTERS], semibold, False) for i in starts) + _HYPHEN_EM <= room


def _chunks(part: str, room: float, semibold: bool, monospaced: bool, word: bool) -> list[str]:
    """Return a part in pieces that fit, of about the same width; what belongs to one letter stays together."""
    whole = _em(part, semibold, monospaced)
    room = max(room, 0.1)
    target = min(room, whole / -(-whole // room) + 0.5)
    chunks = [""]
    for letter in _letters(part):
        if chunks[-1] and _em(chunks[-1] + letter, semibold, monospaced) > target:
            chunks[-1:] = _at_syllable(chunks[-1], letter) if word else [chunks[-1], ""]
        chunks[-1] += letter
    return chunks


def _at_syllable(full: str, following: str) -> list[str]:
    """Return a full piece and the start of the next one: the last letters that begin a syllable, when there are."""
    for match in reversed(list(_SYLLABLE.finditer(full + following))):
        if max(2, len(full) - 4) <= match.start() <= len(full):
            return [full[: match.start()], full[match.start() :]]
    return [full, ""]


def _letters(text: str) -> list[str]:
    letters: list[str] = []
    for char in text:
        joined = unicodedata.category(char).startswith("M") or char in "\u200c\u200d" or letters[-1:] == ["\u200d"]
        if letters and (joined or letters[-1].endswith("\u200d")):
            letters[-1] += char
        else:
            letters.append(char)
    return letters

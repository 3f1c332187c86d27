"""Which table an unknown file resembles, and which header is which column ("Inspecteren" in docs/methods.md)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath

from rapidfuzz import fuzz

from weekrapport.domain.schema import TABLES, Kind
from weekrapport.sources.column_look import ColumnLook
from weekrapport.sources.free_text import is_identifier
from weekrapport.sources.header_words import EVENT_WORDS, TABLE_WORDS, words_for

ALIKE = 86
"""How much a header must resemble a word, out of 100."""
READABLE = 0.98
"""The share of the texts of a column that must be readable as its kind."""


@dataclass(frozen=True)
class Match:
    """A table, and the header of each of its columns that was found."""

    table: str
    columns: Mapping[str, str]
    score: float


def best_match(looks: Sequence[ColumnLook], name: str) -> Match | None:
    """Return the table that a file resembles most; None when it resembles none.

    Args:
        looks: the columns of the file.
        name: its name, which often says what is in it.
    """
    best = max((match_table(table, looks, name) for table in TABLES), key=lambda match: match.score)
    known = set(TABLES[best.table].required) & set(best.columns)
    return best if known and best.score > 0 else None


def event_columns(looks: Sequence[ColumnLook]) -> dict[str, str]:
    """Return the headers of the activity, the moment and the person of an event log, as far as they are found."""
    kinds: dict[str, Kind] = {"activity": "text", "timestamp": "timestamp", "resource": "text"}
    words = {part: tuple(word.strip() for word in EVENT_WORDS[part].split(",")) for part in kinds}
    return _assign(looks, {part: (words[part], kind) for part, kind in kinds.items()})


def match_table(table: str, looks: Sequence[ColumnLook], name: str) -> Match:
    """Return which header is which column of one table, and how well it fits."""
    kinds = TABLES[table].kinds()
    columns = _assign(looks, {column: (words_for(table, column), kind) for column, kind in kinds.items()})
    required, key = TABLES[table].required, TABLES[table].key
    score = sum(3.0 if column in key else 2.0 if column in required else 1.0 for column in columns)
    score -= sum(2.5 for column in required if column not in columns)
    score -= 0.25 * (len(looks) - len(columns))
    return Match(table, columns, score + 3 * _named_after(name, table))


def _assign(looks: Sequence[ColumnLook], wanted: Mapping[str, tuple[tuple[str, ...], Kind]]) -> dict[str, str]:
    """Return column to header, the surest pairs first; every header and every column once."""
    pairs = [
        (alike, -place, column, look)
        for place, look in enumerate(looks)
        for column, (words, kind) in wanted.items()
        if (alike := _alike(look.header, words)) >= ALIKE and _fits(look, column, kind)
    ]
    found: dict[str, str] = {}
    for _, _, column, look in sorted(pairs, key=lambda pair: pair[:2], reverse=True):
        if column not in found and look.header not in found.values():
            found[column] = look.header
    return {column: found[column] for column in wanted if column in found}


def _fits(look: ColumnLook, column: str, kind: Kind) -> bool:
    if kind == "text":
        return look.kind not in ("date", "timestamp") and not (is_identifier(column) and look.kind == "decimal")
    if kind in ("date", "timestamp") and look.kind in ("integer", "decimal", "boolean"):
        return False
    return look.readable(kind, look.sign) >= READABLE


@cache
def _alike(header: str, words: tuple[str, ...]) -> float:
    """Return how much a header resembles one of the words, of which the first are the likeliest: at most 100."""
    best = 0.0
    for variant in _variants(header):
        for rank, word in enumerate(words):
            if variant == word or variant.replace(" ", "") == word.replace(" ", ""):
                best = max(best, 100 - min(rank, 20) / 4)
            elif min(len(variant), len(word)) > 4:
                score = max(fuzz.ratio(variant, word), fuzz.token_sort_ratio(variant, word))
                best = max(best, 0.95 * score)
    return best


@cache
def _variants(header: str) -> tuple[str, ...]:
    """Return a header as words, with and without what stands in parentheses, and without the `case:` of a log."""
    found = [_words(header), _words(re.sub(r"\([^)]*\)", " ", header))]
    return tuple(dict.fromkeys(text for text in found if text))


def _words(text: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", plain)
    return " ".join(re.findall(r"[a-z0-9]+", spaced.casefold()))


def _named_after(name: str, table: str) -> float:
    """Return how much the name of a file says that it holds a table, from 0 to 1."""
    stem = re.sub(r"[0-9].*", "", PurePosixPath(name).name.split(".")[0])
    words = _words(stem)
    if len(words) < 4:
        return 0.0
    alike = max(fuzz.ratio(words, word.strip()) for word in TABLE_WORDS[table].split(","))
    return alike / 100 if alike >= ALIKE else 0.0

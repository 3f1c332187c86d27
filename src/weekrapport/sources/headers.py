"""Which header of a file is which: matching without regard to case, accents and spaces, and never a BSN.

Methods: "Inlezen" and "Privacy" in docs/methods.md.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from weekrapport.domain.schema import TABLES
from weekrapport.errors import ConfigurationError, SourceError
from weekrapport.settings import Source
from weekrapport.sources.free_text import is_identifier

_BSN_TOKENS = frozenset({"bsn", "inpbsn", "bsnnummer", "bsnnr", "sofi", "sofinr"})
_BSN_PARTS = ("burgerservicenummer", "burgerservicenr", "sofinummer", "inpbsn")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")


def header_key(header: str) -> str:
    """Return what is compared: no accents, no spaces, no difference between capitals and small letters."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", header) if not unicodedata.combining(c))
    return "".join(plain.replace("\ufeff", "").casefold().split())


def means_bsn(header: str) -> bool:
    """Return whether a header names a citizen service number, which is never read."""
    joined = re.sub(r"[^a-z0-9]", "", header_key(header))
    if joined in _BSN_TOKENS or any(part in joined for part in _BSN_PARTS):
        return True
    return any(word.casefold() in _BSN_TOKENS for word in _WORD.findall(header))


def wanted_headers(source: Source) -> tuple[str, ...]:
    """Return every header that the source maps, in a fixed order.

    Raises:
        ConfigurationError: a mapped header means a BSN.
    """
    wanted = [header for column in source.columns for header in source.headers_of(column)]
    if source.events is not None:
        wanted += [source.events.activity, source.events.timestamp]
        wanted += [source.events.resource] if source.events.resource else []
    if source.geexporteerd_kolom:
        wanted.append(source.geexporteerd_kolom)
    wanted += source.where
    wanted += [second for header in source.otherwise for second in source.others_of(header)]
    for header in wanted:
        if means_bsn(header):
            raise ConfigurationError(
                f"Source {source.name!r} maps the header {header!r}, which means a BSN. A BSN is never read: remove it "
                "from [source.columns]."
            )
    return tuple(dict.fromkeys(wanted))


def key_headers(source: Source) -> tuple[str, ...]:
    """Return the mapped headers of the key of the source's table."""
    return tuple(header for column in TABLES[source.table].key for header in source.headers_of(column))


def identifier_headers(source: Source) -> tuple[str, ...]:
    """Return the mapped headers of columns that hold a key, which no spreadsheet may turn into a number."""
    found = [header for column in source.columns if is_identifier(column) for header in source.headers_of(column)]
    if source.events is not None:
        found += [source.events.activity, *([source.events.resource] if source.events.resource else [])]
    found += [second for header in found for second in source.others_of(header)]
    return tuple(dict.fromkeys(found))


def locate(wanted: Iterable[str], present: Sequence[str], name: str) -> dict[str, int]:
    """Return the position of every wanted header that is present; one that is absent is left out.

    Raises:
        SourceError: a wanted header stands in the file more than once.
    """
    keys = [header_key(header) for header in present]
    found: dict[str, int] = {}
    for header in wanted:
        places = [position for position, key in enumerate(keys) if key == header_key(header)]
        if len(places) > 1:
            columns = ", ".join(str(place + 1) for place in places)
            raise SourceError(
                f"{name}: the mapped header {header!r} stands in the header row more than once (columns {columns}). "
                "Rename one of them in the export."
            )
        if places:
            found[header] = places[0]
    return found

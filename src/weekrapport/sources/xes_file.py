"""An event log in XES to text cells: one row per event, with its number in the file ("Inlezen" in docs/methods.md).

Columns are called as every process-mining tool calls them: an attribute of the case is `case:` and its key, an
attribute of the event is its key, so that the same mapping reads the log as CSV. The file is read trace by trace;
entities and a document type are refused.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import errors as expat

import numpy as np
import pandas as pd

from weekrapport.errors import SourceError
from weekrapport.sources.cell_text import number_text
from weekrapport.sources.encoding import looks_cut_off
from weekrapport.sources.headers import locate
from weekrapport.sources.numbers import Decimaal
from weekrapport.sources.raw import RawTable, Rejected, line_of

_ATTRIBUTES = frozenset({"string", "date", "int", "float", "boolean", "id"})
_NUMBERS = frozenset({"int", "float"})
_NESTED = frozenset({"list", "container"})
_ENDS_EARLY = frozenset(
    expat.codes[message]
    for message in (
        expat.XML_ERROR_NO_ELEMENTS,
        expat.XML_ERROR_UNCLOSED_TOKEN,
        expat.XML_ERROR_PARTIAL_CHAR,
        expat.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
)


@dataclass
class _Log:
    """What was read of a log so far."""

    decimaal: Decimaal
    titles: dict[str, None] = field(default_factory=dict)
    """Every key, in order of appearance."""
    typed: dict[str, bool] = field(default_factory=dict)
    """Key to whether all its values are numbers by type."""
    nested: set[str] = field(default_factory=set)
    """Keys with a list of values."""
    rows: list[dict[str, str]] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)
    """Event number and Dutch reason of events that cannot be read."""
    numbers: list[int] = field(default_factory=list)
    events: int = 0
    empty: int = 0
    """Traces without an event."""


def read_xes(data: bytes, name: str, wanted: Collection[str], *, decimaal: Decimaal | None = None) -> RawTable:
    """Return the wanted attributes of every event of an XES log as text.

    Args:
        data: the bytes of the file, unpacked.
        name: the file relative to the inbox.
        wanted: columns to read, as `case:concept:name` or `org:resource`; others are never kept.
        decimaal: the decimal sign in which the source writes numbers as text.

    Raises:
        SourceError: not well-formed, cut off, with entities or a document type, or with a wanted column twice or
            as a list.
    """
    log = _Log(decimaal or ".")
    for scope, element in _elements(data, name):
        _take(log, scope, element)
    titles = list(log.titles)
    places = locate(wanted, titles, name)
    for header, place in places.items():
        if titles[place] in log.nested:
            raise SourceError(f"{name}: attribute {header!r} is a list of values. Map an attribute with one value.")
    columns = {
        header: pd.Series([row.get(titles[place], "") for row in log.rows], dtype="str")
        for header, place in places.items()
    }
    frame = pd.DataFrame(columns, index=pd.RangeIndex(len(log.rows)))
    return RawTable(
        name=name,
        frame=frame,
        rows=np.array(log.numbers, dtype="int64"),
        regel=lambda row: line_of(frame, row),
        rejected=tuple(Rejected(name, number, "", None, why, "") for number, why in log.faults),
        missing=tuple(header for header in wanted if header not in places),
        dropped=tuple(title for place, title in enumerate(titles) if place not in places.values()),
        remarks=(f"{log.empty} zaak/zaken zonder gebeurtenis niet gelezen",) if log.empty else (),
        open_end=False,
        rows_read=log.events,
        decimaal={} if decimaal else {header: "." for header, p in places.items() if log.typed.get(titles[p])},
    )


def _elements(data: bytes, name: str) -> Iterator[tuple[str, Any]]:
    """Give every trace, every event outside a trace, and every global declaration of the log, and forget it after."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    depth = 0
    root: Any = None
    try:
        for happens, element in iterparse(io.BytesIO(data), events=("start", "end"), forbid_dtd=True):
            if happens == "start":
                root = element if root is None else root
                depth += 1
                continue
            depth -= 1
            if depth == 1:
                if _tag(element) in ("trace", "event", "global"):
                    yield _tag(element), element
                root.clear()
    except DefusedXmlException as error:
        raise SourceError(
            f"{name}: the XML has a document type or entities ({type(error).__name__}), which are never read. Export "
            "it without."
        ) from error
    except ParseError as error:
        line, column = error.position
        if error.code in _ENDS_EARLY:
            raise looks_cut_off(name, f"the XML stops in line {line}") from error
        raise SourceError(f"{name}, line {line}, column {column}: the XML is not well-formed ({error}).") from error


def _take(log: _Log, scope: str, element: Any) -> None:
    if scope == "global":
        prefix = "case:" if element.get("scope") == "trace" else ""
        log.titles.update(dict.fromkeys(prefix + child.get("key", "") for child in element))
        return
    events = [child for child in element if _tag(child) == "event"] if scope == "trace" else [element]
    case, fault = _attributes(log, element, "case:") if scope == "trace" else ({}, None)
    log.empty += not events
    for event in events:
        log.events += 1
        own, why = _attributes(log, event, "")
        both = case.keys() & own.keys()
        why = why or fault or (f"kenmerk {min(both)} staat bij de zaak en bij de gebeurtenis" if both else None)
        if why:
            log.faults.append((log.events, why))
        else:
            log.rows.append({**case, **own})
            log.numbers.append(log.events)


def _attributes(log: _Log, element: Any, prefix: str) -> tuple[dict[str, str], str | None]:
    """Return the attributes of a case or event by column, and the Dutch reason why they cannot be read."""
    found: dict[str, str] = {}
    for child in element:
        kind = _tag(child)
        if kind not in _ATTRIBUTES and kind not in _NESTED:
            continue
        key = prefix + child.get("key", "")
        if key in found:
            return {}, f"kenmerk {key} staat er twee keer"
        log.titles.setdefault(key)
        if kind in _NESTED:
            log.nested.add(key)
        log.typed[key] = log.typed.get(key, True) and kind in _NUMBERS
        found[key] = _text(child.get("value", ""), kind, log.decimaal)
    return found, None


def _text(value: str, kind: str, decimaal: Decimaal) -> str:
    if kind not in _NUMBERS:
        return value
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    return number_text(number, decimaal) if number.is_finite() else value


def _tag(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]

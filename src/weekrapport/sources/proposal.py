"""A `[[source]]` for a file that nobody has mapped yet, to be read and corrected by a person.

Methods: "Inspecteren" in docs/methods.md. What cannot be known from the file (which closed word a value means, which of
two decimal signs) is left open, as a comment.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from weekrapport.domain.schema import TABLES
from weekrapport.settings import Source
from weekrapport.sources.column_look import ColumnLook
from weekrapport.sources.header_match import best_match, event_columns, match_table
from weekrapport.sources.input_file import moment_in_name
from weekrapport.sources.inspection import Inspection
from weekrapport.sources.mapping_text import mapping_text

_FACTORS = (
    (re.compile(r"(?:[x×*]|in) ?(?:€|eu|eur|euro)? ?1[.,]?000\b|\bduizend|\bdzd\b|\bk€", re.IGNORECASE), 1000),
    (re.compile(r"(?:[x×*]|in) ?(?:€|eu|eur|euro)? ?1[.,]?000[.,]?000\b|\bmiljoen|\bmln\b", re.IGNORECASE), 1_000_000),
)
_NUMBERS = ("cent", "decimal", "integer")
_MOST_VALUES = 20


@dataclass(frozen=True)
class Proposal:
    """A `[[source]]` section, as settings and as text with comments."""

    source: Source
    toml: str
    remarks: tuple[str, ...]
    """English sentences about what the person must look at."""


def propose(inspection: Inspection, files: str | None = None, sheet: str | None = None) -> Proposal | None:
    """Return a mapping for the file; None when it resembles no table.

    Args:
        inspection: what the file holds.
        files: its place in the inbox; None takes its name.
        sheet: the sheet that was asked for.
    """
    looks = inspection.columns
    given = _event_log(inspection) or _table(inspection)
    if given is None:
        return None
    pattern, combine = _pattern(files or inspection.name)
    given = {"name": _name(inspection.name), "table": given.pop("table"), "files": pattern, **combine, **given}
    mapped = [look for look in looks if look.header in _mapped_headers(given)]
    given |= _notation(inspection, mapped, TABLES[given["table"]].kinds(), given)
    if inspection.shape == "xlsx" and (sheet or any("werkbladen niet gelezen" in text for text in inspection.remarks)):
        given["sheet"] = inspection.form["sheet"]
    values, open_values = _values(given, looks)
    if values:
        given["values"] = values
    source = Source.model_validate(given)
    remarks = _doubts(source, looks)
    others = [look.header for look in looks if look not in mapped]
    return Proposal(source, mapping_text(given, open_values, others), tuple(remarks))


def _table(inspection: Inspection) -> dict[str, Any] | None:
    match = best_match(inspection.columns, inspection.name)
    if match is None:
        return None
    columns: dict[str, Any] = dict(match.columns)
    if match.table == "zaak":
        _add_moment_of_closing(columns, inspection.columns)
    key = TABLES[match.table].key
    if len(key) == 1 and key[0] not in columns:
        parts = _joined_key(inspection.columns, columns)
        if parts:
            columns[key[0]] = parts
    order = TABLES[match.table].kinds()
    return {"table": match.table, "columns": {column: columns[column] for column in order if column in columns}}


def _event_log(inspection: Inspection) -> dict[str, Any] | None:
    """Return the mapping of a log with one row per event of a case; None when the file is no such log."""
    events = event_columns(inspection.columns)
    if not {"activity", "timestamp"} <= set(events):
        return None
    looks = [look for look in inspection.columns if look.header not in events.values()]
    match = match_table("zaak", looks, inspection.name)
    if "zaak_id" not in match.columns:
        return None
    cases = next(look for look in looks if look.header == match.columns["zaak_id"])
    about_cases = len(match.columns) > 2 or inspection.shape == "xes"
    if not about_cases or len(cases.distinct) * 1.5 > inspection.rows:
        return None
    columns: dict[str, Any] = dict(match.columns)
    _add_moment_of_closing(columns, looks)
    mapped = {look.header: look.cells for look in looks if look.header in columns.values()}
    frame = pd.DataFrame(mapped)
    varies = bool((frame.groupby(cases.header).nunique() > 1).any(axis=None))
    order = TABLES["zaak"].kinds()
    return {
        "table": "zaak",
        "shape": "event_log",
        "columns": {column: columns[column] for column in order if column in columns},
        "events": {**events, "case_columns": "last" if varies else "constant"},
    }


def _add_moment_of_closing(columns: dict[str, Any], looks: Sequence[ColumnLook]) -> None:
    """Read the moment of closing from the end date too, when that has a time."""
    end = next((look for look in looks if look.header == columns.get("einddatum")), None)
    if end is not None and end.kind == "timestamp" and "gesloten_op" not in columns:
        columns["gesloten_op"] = end.header


def _joined_key(looks: Sequence[ColumnLook], columns: Mapping[str, Any]) -> list[str] | None:
    """Return the fewest headers, from the left, that tell all rows apart; None when up to four do not."""
    parts = [look for look in looks if look.filled == 1 and look.kind in ("text", "integer") and len(look.distinct) > 1]
    amounts = {header for column, header in columns.items() if column.endswith("_cent")}
    parts = [look for look in parts if look.header not in amounts][:8]
    for count in range(1, 5):
        for chosen in itertools.combinations(parts, count):
            frame = pd.DataFrame({look.header: look.cells for look in chosen})
            if not frame.duplicated().any():
                return [look.header for look in chosen]
    return None


def _notation(
    inspection: Inspection, mapped: Sequence[ColumnLook], kinds: Mapping[str, str], given: Mapping[str, Any]
) -> dict[str, Any]:
    """Return how the file writes things, as far as the mapped columns show it."""
    found: dict[str, Any] = {}
    if nothing := [
        text for text in (mapped[0].nothing if mapped else ()) if any(_holds(look, text) for look in mapped)
    ]:
        found["missing"] = nothing
    numbers = [look for look in mapped if any(kinds[column] in _NUMBERS for column in _columns_of(given, look.header))]
    signs = {look.sign for look in numbers if look.sign}
    if len(signs) == 1:
        found["decimaal"] = signs.pop()
    if inspection.form.get("encoding") == "cp1252":
        found["encoding"] = "cp1252"
    factor = {
        column: size
        for look in numbers
        for column in _columns_of(given, look.header)
        for pattern, size in _FACTORS
        if pattern.search(look.header)
    }
    if factor:
        found["factor"] = factor
    return found


def _values(given: Mapping[str, Any], looks: Sequence[ColumnLook]) -> tuple[dict[str, dict[str, str]], dict[str, Any]]:
    """Return per column with a closed list the words that are certain, and those that a person must choose."""
    known: dict[str, dict[str, str]] = {}
    unknown: dict[str, Any] = {}
    for column in TABLES[given["table"]].columns:
        look = next((look for look in looks if look.header == given["columns"].get(column.name)), None)
        if column.values is None or look is None:
            continue
        words = {_plain(word): word for word in column.values}
        for text in look.distinct[:_MOST_VALUES]:
            if _plain(text) not in words:
                unknown.setdefault(column.name, (column.values, []))[1].append(text)
            elif text != words[_plain(text)]:
                known.setdefault(column.name, {})[text] = words[_plain(text)]
    return known, unknown


def _doubts(source: Source, looks: Sequence[ColumnLook]) -> list[str]:
    table = TABLES[source.table]
    remarks = [
        f"{column} is required and no header looks like it: map one, or put a fixed text in [source.constants]"
        for column in table.required
        if column not in source.columns
    ]
    frame = pd.DataFrame({look.header: look.cells for look in looks})
    headers = [header for column in table.key for header in source.headers_of(column)]
    if source.events is None and headers and all(source.headers_of(column) for column in table.key):
        doubles = int(frame.duplicated(headers).sum())
        if doubles:
            remarks.append(f"{', '.join(headers)} should tell the rows apart, and {doubles} rows repeat an earlier one")
    ambiguous = [
        look.header
        for look in looks
        for column in source.columns
        if look.header in source.headers_of(column)
        and table.kinds()[column] in _NUMBERS
        and source.decimaal is None
        and look.decimaal is None
        and any("," in text or "." in text for text in look.distinct)
    ]
    if ambiguous:
        remarks.append(f"the decimal sign of {', '.join(ambiguous)} is not certain: set decimaal")
    return remarks


def _pattern(name: str) -> tuple[str, dict[str, str]]:
    """Return the pattern for this and later exports of the same kind, and how to combine them."""
    folder, slash, file = name.rpartition("/")
    if moment_in_name(file) is None:
        return name, {}
    stem = re.split(r"[0-9]", file, maxsplit=1)[0]
    ending = re.search(r"(?:\.[A-Za-z]+)+$", file)
    return f"{folder}{slash}{stem}*{ending[0] if ending else ''}", {"combine": "newest"}


def _name(file: str) -> str:
    stem = re.sub(r"[0-9].*", "", file.rpartition("/")[2].split(".")[0]).strip("-_ ")
    return stem.replace(" ", "-").lower() or "bron"


def _mapped_headers(given: Mapping[str, Any]) -> set[str]:
    headers = set(given.get("events", {}).values())
    for header in given["columns"].values():
        headers |= {header} if isinstance(header, str) else set(header)
    return headers


def _columns_of(given: Mapping[str, Any], header: str) -> list[str]:
    return [column for column, mapped in given["columns"].items() if mapped == header]


def _holds(look: ColumnLook, text: str) -> bool:
    return bool((look.cells.str.strip() == text).any())


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.casefold())

"""The documents of invoices: is there a file behind every row of the register, and can it be read?

A source of table `factuur` may name a folder of the inbox (`documents`). What a row of the register names is looked up
among the files found there, so that a path that leads out of the folder finds nothing.
Methods: "Documenten" in docs/methods.md.
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

import pandas as pd

from weekrapport.domain.bsn import without_bsn
from weekrapport.domain.schema import DTYPES, TABLES
from weekrapport.errors import ConfigurationError, did_you_mean
from weekrapport.settings import Source
from weekrapport.sources.document_folder import OUTSIDE, Documents, leads_out
from weekrapport.sources.input_file import InputFile

FILLED = ("bestand_soort", "bestand_status", "bestand_bytes", "bestand_sha256")
"""Columns that the reading fills; a source that names a folder of documents cannot map them."""
SHOWN = 5
"""How many names a notice gives."""


def require_sound(source: Source) -> None:
    """Refuse a mapping of documents that contradicts itself.

    Raises:
        ConfigurationError: documents of another table, outside the inbox, a name made of unknown columns, or a column
            mapped that only the reading may fill.
    """
    given = {*source.columns, *source.constants}
    named = f"Source {source.name!r}"
    if "bestand_status" in given:
        raise ConfigurationError(
            f"{named} maps bestand_status, but only the reading of the documents itself says whether a file is there. "
            'Name their folder with documents = "…".'
        )
    if source.documents is None:
        if source.document_name is not None:
            raise ConfigurationError(f"{named} has document_name but no documents. Name the folder of the documents.")
        return
    if source.table != "factuur":
        raise ConfigurationError(f"{named}: documents go with table 'factuur', not with {source.table!r}.")
    if leads_out(source.documents) or not PurePosixPath(source.documents).parts:
        raise ConfigurationError(
            f"{named}: documents = {source.documents!r} must be a folder inside the inbox: no leading / and no '..'."
        )
    taken = sorted(given & {*FILLED})
    if taken:
        raise ConfigurationError(
            f"{named} maps {taken[0]}, which the reading of the documents fills. Remove it from [source.columns]."
        )
    _require_names(source, given)


def _require_names(source: Source, given: set[str]) -> None:
    """Refuse a source that does not say how a document is called, or says it with columns that are not there."""
    named, kinds = f"Source {source.name!r}", TABLES["factuur"].kinds()
    fields = _fields(source)
    for column in fields:
        if column not in kinds:
            raise ConfigurationError(
                f"{named}: document_name names {column!r}, which table 'factuur' does not have. "
                f"{did_you_mean(column, kinds)}"
            )
        if column not in given:
            raise ConfigurationError(f"{named}: document_name names {column!r}, which [source.columns] does not map.")
    if not fields and "bestand_pad" not in given:
        raise ConfigurationError(
            f"{named} does not say how a document is called. Map bestand_pad, or give document_name, for instance "
            '"{factuur_id}.pdf".'
        )


def with_documents(
    frame: pd.DataFrame, source: Source, documents: Documents
) -> tuple[pd.DataFrame, set[str], dict[str, str]]:
    """Return the register with what was found of each document, the files that it names, and what is wrong with them.

    Args:
        frame: typed table `factuur`.
        source: says how a document is called.
        documents: the folder.

    Returns:
        The frame with bestand_soort, bestand_status, bestand_bytes and bestand_sha256 filled; the names of the files
        that a row names; and per name in the register why its file cannot be read, in Dutch.
    """
    found: list[tuple[str, str, int | None, str | None]] = []
    named: set[str] = set()
    faults: dict[str, str] = {}
    for given in _names(frame, source):
        name = None if given is None else str(PurePosixPath(given.replace("\\", "/")))
        file = None if name is None else documents.find(name)
        if given is None or name is None:
            found.append(("geen", "niet_genoemd", None, None))
        elif leads_out(given) or documents.is_behind_link(name):
            faults[given] = OUTSIDE
            found.append(("geen", "onleesbaar", None, None))
        elif file is None:
            found.append(("geen", "ontbreekt", None, None))
        else:
            document = documents.files[file]
            named.add(file)
            if document.fault:
                faults[file] = document.fault
            found.append((document.soort, document.status, document.bytes, document.sha256 or None))
    kinds = TABLES["factuur"].kinds()
    columns = {
        column: pd.Series([row[place] for row in found], index=frame.index, dtype=DTYPES[kinds[column]])
        for place, column in enumerate(FILLED)
    }
    return frame.assign(**columns), named, faults


def documents_input(source: Source, documents: Documents) -> InputFile:
    """Return the folder of documents as one input of the run: its rows are its files."""
    name, sha256, size = documents.as_input
    item = InputFile(source.name, source.table, name, sha256, size, None, "onbekend")
    return replace(item, rows_read=len(documents.files))


def fault_remarks(faults: Mapping[str, str]) -> list[str]:
    """Return in Dutch which documents cannot be read, per reason."""
    reasons = dict.fromkeys(faults.values())
    names = {reason: [name for name, why in faults.items() if why == reason] for reason in reasons}
    return [f"{_documents(len(named))} onleesbaar ({reason}): {_some(named)}" for reason, named in names.items()]


def unnamed_remark(documents: Documents, named: Iterable[str]) -> str | None:
    """Return in Dutch how many documents no row of a register names; None when each is named."""
    others = sorted({*documents.files} - {*named} - documents.links)
    if not others:
        return None
    verb = "staat" if len(others) == 1 else "staan"
    return f"{_documents(len(others))} {verb} bij geen enkele factuur in het register: {_some(others)}"


def _documents(count: int) -> str:
    return "1 document" if count == 1 else f"{count} documenten"


def _some(names: Sequence[str]) -> str:
    shown = [without_bsn(name)[0] for name in names[:SHOWN]]
    return ", ".join(shown) + (" …" if len(names) > SHOWN else "")


def _names(frame: pd.DataFrame, source: Source) -> Iterator[str | None]:
    """Return per row how its document is called: by its path, else by the pattern; None when neither says so."""
    paths = frame["bestand_pad"] if "bestand_pad" in frame else pd.Series(pd.NA, index=frame.index)
    fields = _fields(source)
    parts = [frame[name].astype("str") for name in fields if name in frame]
    values = zip(*parts, strict=True) if parts and len(parts) == len(fields) else [()] * len(frame)
    for path, row in zip(paths, values, strict=True):
        if not pd.isna(path):
            yield str(path)
        elif row and not any(pd.isna(value) for value in row):
            yield str(source.document_name).format(**dict(zip(fields, row, strict=True)))
        else:
            yield None


def _fields(source: Source) -> list[str]:
    """Return the columns in the pattern of a document's name.

    Raises:
        ConfigurationError: the pattern has a brace that is not closed.
    """
    pattern = source.document_name or ""
    try:
        parts = list(string.Formatter().parse(pattern))
    except ValueError as error:
        raise _unreadable(source, str(error)) from error
    if any("{" in (form or "") for _, _, form, _ in parts):
        raise _unreadable(source, "braces within braces")
    return list(dict.fromkeys(name for _, name, _, _ in parts if name is not None))


def _unreadable(source: Source, why: str) -> ConfigurationError:
    return ConfigurationError(
        f"Source {source.name!r}: document_name {source.document_name!r} cannot be read ({why}). Write columns in "
        'braces: "{factuur_id}.pdf".'
    )

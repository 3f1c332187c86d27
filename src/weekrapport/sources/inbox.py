"""Every source of a workspace to typed tables: the inbox read as a whole ("Bronnen" in docs/methods.md).

An export that cannot be read is an error of its own source: the others are still read, and only the reports that need
its tables stop. A table is then left out as a whole, also when another source delivered a part of it, because half a
table looks like a table.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

import pandas as pd

from weekrapport.domain.bsn import without_bsn
from weekrapport.domain.schema import DTYPES, PROVENANCE, TABLES
from weekrapport.errors import SourceError
from weekrapport.settings import Source, Workspace
from weekrapport.sources.completion import completed
from weekrapport.sources.document_folder import Documents, document_folders, read_documents
from weekrapport.sources.event_log import EVENT_TABLE, event_log_to_typed
from weekrapport.sources.file_shapes import read_raw
from weekrapport.sources.free_text import clean_lines, removal_remarks
from weekrapport.sources.headers import means_bsn, wanted_headers
from weekrapport.sources.input_file import (
    HowKnown,
    InputFile,
    export_moment,
    find_files,
    is_away,
    latest,
    moment_in_name,
    read_bytes,
)
from weekrapport.sources.invoice_documents import (
    FILLED,
    documents_input,
    fault_remarks,
    require_sound,
    unnamed_remark,
    with_documents,
)
from weekrapport.sources.raw import RawTable, quarantine_frame
from weekrapport.sources.typed import TypedRead, file_faults, to_typed
from weekrapport.sources.values import read_column


@dataclass(frozen=True)
class Notice:
    """Something about a source that is printed as a caveat: Dutch, without names of people."""

    source: str
    file: str
    text: str


@dataclass(frozen=True)
class InboxRead:
    """Everything that a reading of the inbox delivers.

    Attributes:
        tables: table name to typed frame (all columns of `weekrapport.domain.schema` and its provenance, without the
            columns in `missing`), rows in order of source, file name and file row.
        delivered: table name to the columns that some source fills; the others are all missing.
        missing: table name to column to where the mapped header is lacking.
        inputs: the files taken, in order of source and name; those of a source that could not be read included.
        rows_read: source name to data rows in its files (events, for an event log).
        rows_quarantined: source name to how many of those stand in the quarantine.
        quarantine: bron, bron_rij, tabel, kolom, reden, regel (see `sources.raw.quarantine_frame`).
        notices: what must be told about the reading.
        errors: source name to why it could not be read.
        error_tables: source name in `errors` to the tables that it should have delivered.
        exported_at: table name to the earliest of its sources' export moments (UTC); None when one is unknown.
        damaged: table name to where a key lost digits in a spreadsheet ("rij 12 kolom Zaaknummer in zaken.xlsx").
        complete: False when only some tables were asked for.
    """

    tables: Mapping[str, pd.DataFrame]
    delivered: Mapping[str, tuple[str, ...]]
    missing: Mapping[str, Mapping[str, str]]
    inputs: tuple[InputFile, ...]
    rows_read: Mapping[str, int]
    rows_quarantined: Mapping[str, int]
    quarantine: pd.DataFrame
    notices: tuple[Notice, ...]
    errors: Mapping[str, SourceError]
    error_tables: Mapping[str, tuple[str, ...]]
    exported_at: Mapping[str, datetime | None]
    damaged: Mapping[str, tuple[str, ...]]
    complete: bool

    def unreadable_tables(self) -> dict[str, SourceError]:
        """Return every table that is not there because a source of it could not be read, with the first error."""
        return unreadable(self.errors, self.error_tables)

    @property
    def is_away(self) -> bool:
        """Whether a source could not be reached for a reason that may pass by itself."""
        return is_away(self.errors)


@dataclass
class _SourceRead:
    """One source, all its files."""

    source: Source
    inputs: list[InputFile] = field(default_factory=list)
    files: list[TypedRead] = field(default_factory=list)
    rows: int = 0
    notices: list[Notice] = field(default_factory=list)
    bsn: Counter[str] = field(default_factory=Counter)
    """Column to how many times a BSN was taken out of it."""
    bsn_lines: int = 0
    """How many times a BSN was taken out of a line in the quarantine."""
    documents: Documents | None = None
    named: set[str] = field(default_factory=set)
    """The documents that a row of this source names."""


Shape = Callable[[RawTable, Source, pd.Timestamp | None], TypedRead]
SHAPES: Mapping[str, Shape] = {"table": to_typed, "event_log": event_log_to_typed}


def read_inbox(workspace: Workspace, tables: set[str] | None = None) -> InboxRead:
    """Return the typed tables of every source of the workspace.

    Args:
        workspace: whose inbox and [[source]] sections.
        tables: only sources that deliver one of these, and only these tables; None for all.

    Raises:
        ConfigurationError: a source maps a BSN, or contradicts itself.
    """
    reads: list[_SourceRead] = []
    inputs: list[InputFile] = []
    errors: dict[str, SourceError] = {}
    error_tables: dict[str, tuple[str, ...]] = {}
    for source in workspace.settings.source:
        wanted_headers(source)  # a mapped BSN stops everything before a file is opened
        require_sound(source)
    for source in workspace.settings.source:
        if tables is not None and not tables.intersection(source_tables(source)):
            continue
        read = _SourceRead(source)
        try:
            _read_source(workspace, read)
            reads.append(read)
        except SourceError as error:
            errors[source.name], error_tables[source.name] = error, source_tables(source)
        inputs += [*read.inputs, *([documents_input(source, read.documents)] if read.documents else [])]
    _complete(reads, errors, error_tables)
    spoilt = unreadable(errors, error_tables)
    kept = [table for table in TABLES if table not in spoilt and (tables is None or table in tables)]
    frames: dict[str, pd.DataFrame] = {}
    delivered: dict[str, tuple[str, ...]] = {}
    missing: dict[str, dict[str, str]] = {}
    exported_at: dict[str, datetime | None] = {}
    for table in kept:
        parts = [read for read in reads if table in source_tables(read.source)]
        if parts:
            frames[table], delivered[table], lacking = _combine(table, parts)
            exported_at[table] = _exported_at(parts)
            missing |= {table: lacking} if lacking else {}
    rejected = {read.source.name: [row for file in read.files for row in file.rejected] for read in reads}
    return InboxRead(
        tables=frames,
        delivered=delivered,
        missing=missing,
        inputs=tuple(inputs),
        rows_read={read.source.name: read.rows for read in reads},
        rows_quarantined={name: len(rows) for name, rows in rejected.items()},
        quarantine=quarantine_frame(row for rows in rejected.values() for row in rows),
        notices=(
            *(notice for read in reads for notice in read.notices),
            *_unnamed_documents(reads, workspace),
            *_other_files(workspace, tables),
        ),
        errors=errors,
        error_tables=error_tables,
        exported_at=exported_at,
        damaged={table: places for table in frames if (places := _damaged(table, reads))},
        complete=tables is None,
    )


def source_tables(source: Source) -> tuple[str, ...]:
    """Return the tables that a source delivers."""
    return (source.table, EVENT_TABLE) if source.shape == "event_log" else (source.table,)


def unreadable(errors: Mapping[str, SourceError], tables: Mapping[str, tuple[str, ...]]) -> dict[str, SourceError]:
    """Return table name to the first error of a source that should have delivered it."""
    found: dict[str, SourceError] = {}
    for name, error in errors.items():
        for table in tables[name]:
            found.setdefault(table, error)
    return found


def _read_source(workspace: Workspace, read: _SourceRead) -> None:
    """Read the files of a source; all are hashed before the first is parsed, so that an error leaves their hashes."""
    source = read.source
    paths, older = find_files(workspace, source)
    contents: list[bytes] = []
    for path in paths:
        name = path.relative_to(workspace.inbox).as_posix()
        data = read_bytes(path, name)
        sha256 = hashlib.sha256(data).hexdigest()
        moment, how_known = export_moment(name, source, None)
        read.inputs.append(InputFile(source.name, source.table, name, sha256, len(data), moment, how_known))
        contents.append(data)
    if source.documents is not None:
        read.documents = read_documents(workspace, source)
    for position, data in enumerate(contents):
        read.inputs[position] = _read_file(data, read.inputs[position], read)
    if read.documents is not None:
        _match_documents(read, read.documents)
    shown = read.inputs[0].name if len(read.inputs) == 1 else source.files
    read.notices += [Notice(source.name, shown, text) for text in removal_remarks(read.bsn, read.bsn_lines)]
    if older:
        names = ", ".join(path.name for path in older)
        read.notices.append(Notice(source.name, read.inputs[0].name, f"oudere bestanden niet gelezen: {names}"))


def _read_file(data: bytes, item: InputFile, read: _SourceRead) -> InputFile:
    """Read one file into `read` and return its description with the export moment that its content tells."""
    source = read.source
    raw = read_raw(data, item.name, source)
    moment, how_known = export_moment(item.name, source, _moment_in_column(raw, source))
    typed = SHAPES[source.shape](raw, source, None if moment is None else pd.Timestamp(moment))
    rejected, lines = clean_lines(typed.rejected)
    typed = replace(typed, rejected=rejected)
    read.bsn.update(typed.bsn)
    read.bsn_lines += lines
    read.files.append(typed)
    read.rows += raw.rows_read
    texts = [*raw.remarks, *typed.remarks, *_header_remarks(raw, typed), *_moment_remarks(item.name, how_known)]
    read.notices += [Notice(source.name, item.name, text) for text in texts]
    return replace(
        item,
        exported_at=moment,
        how_known=how_known,
        rows_read=raw.rows_read,
        rows_quarantined=len(typed.rejected),
    )


def _complete(
    reads: list[_SourceRead], errors: dict[str, SourceError], error_tables: dict[str, tuple[str, ...]]
) -> None:
    """Add the columns of every source that completes another to the rows of that one, where both could be read."""
    by_name = {read.source.name: read for read in reads}
    for read in list(reads):
        source, other = read.source, by_name.get(read.source.completes or "")
        if other is None:
            continue
        try:
            other.files, texts = completed(other.files, source, read.files)
        except SourceError as error:
            errors[source.name], error_tables[source.name] = error, source_tables(source)
            reads.remove(read)
            continue
        shown = read.inputs[0].name if len(read.inputs) == 1 else source.files
        read.notices += [Notice(source.name, shown, text) for text in texts]


def _match_documents(read: _SourceRead, documents: Documents) -> None:
    """Put in the register of `read` what was found of each document."""
    table = read.source.table
    faults: dict[str, str] = {}
    for position, file in enumerate(read.files):
        frame, named, found = with_documents(file.frames[table], read.source, documents)
        delivered = {**file.delivered, table: (*file.delivered[table], *FILLED)}
        read.files[position] = replace(file, frames={**file.frames, table: frame}, delivered=delivered)
        read.named |= named
        faults |= found
    read.notices += [Notice(read.source.name, documents.folder, text) for text in fault_remarks(faults)]


def _unnamed_documents(reads: list[_SourceRead], workspace: Workspace) -> list[Notice]:
    """Return a notice per folder with documents that no register names; none when a register could not be read."""
    notices = []
    for read in reads:
        same = [each for each in workspace.settings.source if each.documents == read.source.documents]
        beside = [each for each in reads if each.source in same]
        if read.documents is None or len(beside) < len(same) or read is not beside[0]:
            continue
        remark = unnamed_remark(read.documents, set().union(*(each.named for each in beside)))
        notices += [Notice(read.source.name, read.documents.folder, remark)] if remark else []
    return notices


def _moment_remarks(name: str, how_known: HowKnown) -> list[str]:
    if how_known == "onbekend":
        return ["exportmoment onbekend"]
    named = moment_in_name(name)
    if how_known == "bestandsnaam" and named is not None and not named[1]:
        return ["exportmoment uit de bestandsnaam, zonder tijdstip: het einde van die dag"]
    return []


def _header_remarks(raw: RawTable, typed: TypedRead) -> list[str]:
    texts = [
        f"kolom {column} van {table} ontbreekt: er is geen kop '{header}'"
        for table, columns in typed.missing.items()
        for column, header in columns.items()
    ]
    if raw.dropped:
        texts.append(f"koppen niet gelezen: {', '.join(without_bsn(header)[0] for header in raw.dropped)}")
    if any(means_bsn(header) for header in raw.dropped):
        texts.append("het bestand heeft een kolom met BSN; die is niet gelezen en hoort niet in de export")
    return texts


def _moment_in_column(raw: RawTable, source: Source) -> datetime | None:
    """Return the latest export moment in the column that holds it.

    Raises:
        SourceError: the column is not there, or holds something else.
    """
    header = source.geexporteerd_kolom
    if header is None:
        return None
    if header in raw.missing:
        raise SourceError(f"{raw.name}: there is no column {header!r} with the export moment (geexporteerd_kolom).")
    read = read_column(raw.frame[header], "timestamp", missing=source.missing)
    for row, why in {**read.reasons, **file_faults(raw, (header,), source.missing)}.items():
        raise SourceError(f"{raw.name}, row {raw.rows[row]}, column {header!r}: no export moment ({why}).")
    moment = read.values.max()
    return None if pd.isna(moment) else moment.to_pydatetime()


def _combine(table: str, reads: list[_SourceRead]) -> tuple[pd.DataFrame, tuple[str, ...], dict[str, str]]:
    """Return the files of a table as one frame, its delivered columns, and where a mapped header is lacking.

    A column that one file should have and lacks is left out of the whole table: filled up with nothing it would pass
    for delivered.
    """
    lacking: dict[str, str] = {}
    given: set[str] = set()
    frames: list[pd.DataFrame] = []
    for read in reads:
        for item, file in zip(read.inputs, read.files, strict=True):
            for column, header in file.missing.get(table, {}).items():
                lacking.setdefault(column, f"header {header!r} in {item.name}")
            given |= set(file.delivered[table])
            if read.source.completes is None or table != read.source.table:  # else its columns are in the other's rows
                frames.append(file.frames[table])
    kinds = {**TABLES[table].kinds(), **PROVENANCE}
    columns = [column for column in kinds if column not in lacking]
    frame = pd.concat([frame[columns] for frame in frames], ignore_index=True)
    frame = frame.astype({column: DTYPES[kinds[column]] for column in columns})
    return frame, tuple(column for column in columns if column in given), lacking


def _damaged(table: str, reads: list[_SourceRead]) -> tuple[str, ...]:
    return tuple(place for read in reads for file in read.files for place in file.damaged.get(table, ()))


def _exported_at(reads: list[_SourceRead]) -> datetime | None:
    moments = [latest([item.exported_at for item in read.inputs]) for read in reads]
    known = [moment for moment in moments if moment is not None]
    return min(known) if len(known) == len(moments) else None


def _other_files(workspace: Workspace, tables: set[str] | None) -> tuple[Notice, ...]:
    """Return a notice for every file of the inbox that no source matches: perhaps a misspelt name."""
    if tables is not None:
        return ()
    try:
        return _unclaimed(workspace)
    except OSError as error:
        text = f"de inbox kon niet helemaal worden doorzocht ({error.strerror})"
        return (Notice("", workspace.settings.paths.inbox, text),)


def _unclaimed(workspace: Workspace) -> tuple[Notice, ...]:
    if not workspace.inbox.is_dir():
        return ()
    claimed = {path for source in workspace.settings.source for path in workspace.inbox.glob(source.files)}
    folders = document_folders(workspace)
    others = (path for path in workspace.inbox.rglob("*") if path not in claimed and folders.isdisjoint(path.parents))
    files = sorted(path for path in others if path.is_file())
    names = [
        path.relative_to(workspace.inbox).as_posix()
        for path in files
        if not path.name.startswith((".", "~$")) and path.name != "README.md"
    ]
    return tuple(Notice("", without_bsn(name)[0], "hoort bij geen enkele bron; niet gelezen") for name in names)

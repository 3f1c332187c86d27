"""What `weekrapport inspect` prints: the file, its columns, the proposal, and what the proposal reads."""

from __future__ import annotations

from pathlib import Path

from weekrapport.domain.schema import TABLES
from weekrapport.errors import SourceError
from weekrapport.settings import Source, Workspace
from weekrapport.sources.column_look import masked
from weekrapport.sources.file_shapes import read_raw
from weekrapport.sources.free_text import clean_lines
from weekrapport.sources.headers import header_key, wanted_headers
from weekrapport.sources.inbox import SHAPES
from weekrapport.sources.input_file import moment_in_name
from weekrapport.sources.inspection import Inspection, inspect_file
from weekrapport.sources.proposal import Proposal, propose
from weekrapport.week import TIME_ZONE

_SHAPE_NAMES = {"csv": "CSV", "xlsx": "Excel workbook", "parquet": "parquet", "xes": "XES event log"}


def inspect_lines(path: Path, workspace: Workspace | None = None, sheet: str | None = None) -> list[str]:
    """Return the lines about a file.

    Args:
        path: the file; with a workspace it may be its place in the inbox.
        workspace: whose inbox and sources the file is compared with.
        sheet: the sheet of a workbook.

    Raises:
        SourceError: the file cannot be read.
    """
    path, files = _find(path, workspace)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(
            f"{path} cannot be opened: {error.strerror}. Check that it exists and may be read."
        ) from error
    inspection = inspect_file(data, path.name, sheet)
    proposal = propose(inspection, files, sheet)
    lines = [*_about(inspection), "", *_columns(inspection, proposal)]
    if workspace is not None and files is not None:
        lines += _taken(workspace, path, inspection)
    if proposal is None:
        return [*lines, "", f"It resembles no table. Known: {', '.join(TABLES)}."]
    lines += ["", "A proposal for weekrapport.toml; check every line:", "", *proposal.toml.splitlines(), ""]
    lines += [f"Look at: {remark}." for remark in proposal.remarks]
    return [*lines, *_trial(data, path.name, proposal.source)]


def _find(path: Path, workspace: Workspace | None) -> tuple[Path, str | None]:
    """Return the file, and its place in the inbox when it lies there."""
    if workspace is None:
        return path, None
    if not path.exists() and (workspace.inbox / path).exists():
        path = workspace.inbox / path
    inside = path.resolve().is_relative_to(workspace.inbox.resolve())
    return path, path.resolve().relative_to(workspace.inbox.resolve()).as_posix() if inside else None


def _about(inspection: Inspection) -> list[str]:
    form = "".join(f", {key} {value}" for key, value in inspection.form.items())
    bad = f", {inspection.rejected} of them damaged" if inspection.rejected else ""
    lines = [inspection.name, f"  {_SHAPE_NAMES[inspection.shape]}{form}", f"  {inspection.rows} rows{bad}"]
    moment = moment_in_name(inspection.name)
    if moment is not None:
        lines.append(f"  exported {moment[0].astimezone(TIME_ZONE):%Y-%m-%d %H:%M}, says its name")
    lines += [f"  {remark}" for remark in inspection.remarks]
    lines += [f"  header {header!r} stands there more than once, so it cannot be mapped" for header in inspection.twice]
    lines += [
        f"  header {header!r} means a BSN: it is never read and does not belong in an export"
        for header in inspection.bsn
    ]
    return lines


def _columns(inspection: Inspection, proposal: Proposal | None) -> list[str]:
    becomes: dict[str, list[str]] = {}
    if proposal is not None:
        source = proposal.source
        for column in source.columns:
            for header in source.headers_of(column):
                becomes.setdefault(header, []).append(column)
        if source.events is not None:
            for part in ("activity", "timestamp", "resource"):
                if header := getattr(source.events, part):
                    becomes.setdefault(header, []).append(part)
    rows = [("header", "filled", "kind", "becomes", "for example")]
    for look in inspection.columns:
        kind = look.kind + (f", {look.damaged} damaged" if look.damaged else "") + (", errors" if look.faults else "")
        examples = " | ".join(look.examples)
        rows.append((look.header, f"{look.filled:.0%}", kind, ", ".join(becomes.get(look.header, ["-"])), examples))
    widths = [max(len(row[place]) for row in rows) for place in range(4)]
    return ["  " + "  ".join([*(row[i].ljust(widths[i]) for i in range(4)), row[4]]).rstrip() for row in rows]


def _taken(workspace: Workspace, path: Path, inspection: Inspection) -> list[str]:
    """Return the lines about the sources of the workspace that read this file already."""
    lines: list[str] = []
    for source in workspace.settings.source:
        if path.resolve() not in {found.resolve() for found in workspace.inbox.glob(source.files)}:
            continue
        if source.sheet is not None and source.sheet != inspection.form.get("sheet"):
            continue
        wanted = {header_key(header) for header in wanted_headers(source)}
        present = {header_key(look.header): look.header for look in inspection.columns}
        new = [header for key, header in present.items() if key not in wanted]
        gone = [header for header in wanted_headers(source) if header_key(header) not in present]
        lines.append(f"Source {source.name!r} of weekrapport.toml reads this file already.")
        lines += [f"  headers it does not map: {', '.join(new)}"] if new else []
        lines += [f"  headers it maps that are not here: {', '.join(gone)}"] if gone else []
    return ["", *lines] if lines else []


def _trial(data: bytes, name: str, source: Source) -> list[str]:
    """Return what the proposal makes of the file, by really reading it."""
    typed = SHAPES[source.shape](read_raw(data, name, source), source, None)
    tables = ", ".join(f"{len(frame)} rows of {table}" for table, frame in typed.frames.items())
    rejected, _ = clean_lines(typed.rejected)
    lines = [f"Read with this proposal: {tables}, {len(rejected)} rows in quarantine."]
    lines += [f"  row {row.bron_rij}, {row.kolom or 'as a whole'}: {masked(row.reden)}" for row in rejected[:3]]
    lines += [f"  {remark}" for remark in typed.remarks]
    return lines

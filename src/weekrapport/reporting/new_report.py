"""A new report from the template: a notebook that runs at once, and its section in `reports.toml`."""

from __future__ import annotations

import ast
import json
import re
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from weekrapport.errors import ConfigurationError
from weekrapport.reporting.blocks import escape_markdown
from weekrapport.reporting.manifest import FILE_NAME, ReportEntry, load_manifest, project_root
from weekrapport.reporting.output_files import write_bytes

TEMPLATE = "_template.ipynb"
MAX_SLUG, MAX_TITLE = 40, 110
"""Characters; a longer title does not fit the band of page 1."""
_LINE_LENGTH = 120
_MARKUP = re.compile(r"[\\`*_\[\]<>~$&^=|#]")
_STANZA_KEYS = ("notebook", "title", "subtitle", "file_title", "classification", "needs", "uses")
_USES = ("zaaktype", "team", "zaak_opschorting", "zaak_verlenging", "zaak_status")
"""What interrupts a case and when it began decide what is on time: with them a figure is that of the case overview."""


@dataclass(frozen=True)
class NewReport:
    """The two files that were written."""

    notebook: Path
    manifest: Path


def new_report(slug: str, title: str = "", *, root: Path | None = None, week: str = "") -> NewReport:
    """Write the notebook of a new report and append its section to `reports.toml`; nothing else is touched.

    Both go to the `notebooks/` of the workspace when it has that folder, else to that of the project. A workspace that
    has notebooks but no `reports.toml` gets a copy of the project's, so that no report disappears.

    Args:
        slug: name of the report: of its section, its notebook and its folder in the output.
        title: printed in the band of page 1; by default the slug in words.
        root: folder of the workspace; None is the project alone.
        week: ISO week that a notebook of a workspace opens on; one of the project opens on the demonstration.

    Raises:
        ConfigurationError: the slug or title cannot be used, or the report or its notebook exists already.
    """
    project = project_root() / "notebooks"
    is_own = root is not None and (root / "notebooks").is_dir()
    folder = root / "notebooks" if root is not None and is_own else project
    entry = _entry(slug, " ".join(title.split()) or re.sub("[_-]", " ", slug).capitalize(), folder)
    known = load_manifest(root)  # a damaged manifest is refused before anything is added to it
    if slug in known:
        raise ConfigurationError(f"Report {slug!r} exists already: {known[slug].path}. Choose another slug.")
    if entry.path.exists():
        raise ConfigurationError(f"{entry.path} exists already; it is left as it is. Choose another slug.")
    parameters = {"workspace": "..", **({"week": week} if week else {})} if is_own else {}
    notebook = _notebook(project / TEMPLATE, entry, parameters)
    manifest = folder / FILE_NAME
    text = (manifest if manifest.is_file() else project / FILE_NAME).read_bytes()
    write_bytes(entry.path, nbformat.writes(notebook).encode() + b"\n")
    try:
        write_bytes(manifest, _with_stanza(text, entry))
    except OSError:
        entry.path.unlink()  # half a report would be refused by the next run
        raise
    return NewReport(entry.path, manifest)


def _entry(slug: str, title: str, folder: Path) -> ReportEntry:
    try:
        if len(slug) > MAX_SLUG:
            raise ValueError
        entry = ReportEntry(
            slug=slug,
            notebook=f"{slug}.ipynb",
            title=title,
            subtitle="Zaken per team",
            file_title=slug.replace("_", "-"),
            classification="Intern – MT",
            needs=("zaak",),
            uses=_USES,
            folder=folder,
        )
    except ValueError as error:  # pydantic's error is one too
        raise ConfigurationError(
            f"{slug!r} cannot be the slug of a report: it becomes the name of files and folders. Use lower case "
            f"letters, digits, _ and -, at most {MAX_SLUG}, for example open_zaken."
        ) from error
    if not title.isprintable() or len(title) > MAX_TITLE:
        raise ConfigurationError(f"The title {title!r} must be one line of at most {MAX_TITLE} characters.")
    return entry


def _with_stanza(manifest: bytes, entry: ReportEntry) -> bytes:
    """Return the manifest with a section for the entry at its end; what stood there is kept, byte for byte."""
    values = entry.model_dump(mode="json")
    # A JSON string without control characters is a TOML string as well.
    lines = [f"[{entry.slug}]", *(f"{key} = {json.dumps(values[key], ensure_ascii=False)}" for key in _STANZA_KEYS)]
    end = b"\r\n" if b"\r\n" in manifest else b"\n"
    before = manifest if not manifest or manifest.endswith(b"\n") else manifest + end
    return before + end + b"".join(line.encode() + end for line in lines)


def _notebook(template: Path, entry: ReportEntry, parameters: dict[str, str]) -> NotebookNode:
    """Return the template with the title, slug and parameters of a report filled in."""
    notebook = nbformat.read(template, as_version=4)
    title = escape_markdown(entry.title) if _MARKUP.search(entry.title) else entry.title
    for cell in notebook.cells:
        if cell.cell_type == "code" and "parameters" in cell.metadata.get("tags", []):
            cell.source = _filled(cell.source, _assigned(cell.source, parameters))
        elif cell.cell_type == "code":
            cell.source = _filled(cell.source, _slugs(cell.source, entry.slug))
    notebook.cells[0].source = f"# {title}"
    return notebook


def _assigned(source: str, values: dict[str, str]) -> list[tuple[ast.expr, str]]:
    """Return the constants that are assigned to the given names, each with its new value."""
    return [
        (node.value, values[target.id])
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name) and target.id in values
    ]


def _slugs(source: str, slug: str) -> list[tuple[ast.expr, str]]:
    """Return the first argument of every call of `open_report`, with the slug of the new report."""
    return [
        (node.args[0], slug)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "open_report"
    ]


def _filled(source: str, values: list[tuple[ast.expr, str]]) -> str:
    """Return the source with another text in place of each constant; the constants stand on lines of their own."""
    lines = [line.encode() for line in source.splitlines()]
    for node, text in values:
        number = node.lineno - 1
        line = lines[number]
        lines[number] = line[: node.col_offset] + json.dumps(text).encode() + line[node.end_col_offset :]
    return "\n".join(_wrapped(line.decode()) for line in lines)


def _wrapped(line: str) -> str:
    """Return a call that became too long on three lines, as `make format` sets it."""
    start, bracket, rest = line.partition("(")
    return line if len(line) <= _LINE_LENGTH or not bracket else f"{start}(\n    {rest[:-1]}\n)"

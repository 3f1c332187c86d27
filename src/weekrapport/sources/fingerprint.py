"""What decides whether a snapshot can be used again: the inputs, the mapping, and the code that reads.

The same fingerprint gives the same tables, so a second run in the same week reads nothing and changes nothing
("Momentopnamen" in docs/methods.md).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from weekrapport.domain import bsn, schema, table, tables_begroting, tables_zaak
from weekrapport.errors import SourceError
from weekrapport.settings import Settings, Workspace
from weekrapport.sources.document_folder import hash_documents
from weekrapport.sources.input_file import find_files, read_bytes


def hash_inputs(workspace: Workspace) -> list[tuple[str, str, str]]:
    """Return (source, file, sha256) of every file that a reading would take, without reading tables from it.

    A folder of documents is one line.

    A source without a readable file has no line; it gets one as soon as its file is there, so the list changes. A
    snapshot that is used again keeps which of its errors may pass by themselves (`is_away`).
    """
    lines: list[tuple[str, str, str]] = []
    known: dict[Path, str] = {}
    for source in workspace.settings.source:
        try:
            paths, _ = find_files(workspace, source)
            for path in paths:
                name = path.relative_to(workspace.inbox).as_posix()
                if path not in known:
                    known[path] = hashlib.sha256(read_bytes(path, name)).hexdigest()
                lines.append((source.name, name, known[path]))
            if source.documents is not None:
                lines.append((source.name, *hash_documents(workspace, source)))
        except SourceError:  # reported by read_inbox, which gives it to the reports that need the source
            continue
    return sorted(lines)


def fingerprint(settings: Settings, inputs: Iterable[tuple[str, str, str]]) -> str:
    """Return the sha256 (hex) over the inputs, every [[source]] section and the reading code.

    Args:
        settings: whose sources.
        inputs: (source, file, sha256) as `hash_inputs` gives them; their order does not matter.
    """
    sources = [source.model_dump(mode="json") for source in settings.source]
    content = json.dumps({"inputs": sorted(inputs), "sources": sources, "code": _code_hash()}, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()


def _code_hash() -> str:
    """Return the sha256 over this package, the table schema and the BSN: a changed reader must read again."""
    beside = [
        Path(module.__file__) for module in (schema, table, tables_begroting, tables_zaak, bsn) if module.__file__
    ]
    files = [*Path(__file__).parent.rglob("*.py"), *beside]
    digest = hashlib.sha256()
    for path in sorted(files, key=lambda path: (path.parent.name, path.name)):
        digest.update(f"{path.parent.name}/{path.name}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()

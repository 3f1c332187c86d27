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
from weekrapport.settings import Settings


def fingerprint(settings: Settings, inputs: Iterable[tuple[str, str, str]]) -> str:
    """Return the sha256 (hex) over the inputs, every [[source]] section and the reading code.

    Args:
        settings: whose sources.
        inputs: (source, file, sha256) as `input_file.hash_inputs` gives them; their order does not matter.
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

"""Evidence of the gate that still holds: the same data, rules and bounds give the same outcomes.

A report that is rendered again, after a change in its commentary or its notebook, need not wait for the checks of data
that have not changed. The key covers everything that an outcome depends on, and the evidence files themselves are
hashed: evidence that somebody touched is not used ("Poort" in docs/methods.md).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from weekrapport.domain.outcome import Outcome
from weekrapport.reporting.manifest import project_root
from weekrapport.reporting.run_record import GateRecord
from weekrapport.sources.snapshot import DESCRIPTION, Snapshot
from weekrapport.weekly.identity import lock_sha256
from weekrapport.weekly.plan import Plan

_CODE = ("expectations", "src/weekrapport")
_NO_RULES = ("reporting", "demo")
"""What is left out of `_CODE`: how a report looks decides nothing about its data."""


def gate_key(plan: Plan, snapshot: Snapshot, usual_rows: Mapping[str, int | None], earlier: Sequence[str] = ()) -> str:
    """Return the sha256 (hex) over everything that the outcomes of the gate depend on.

    Args:
        plan: the run; its week, as-of moment, reports of the workspace and settings count.
        snapshot: its description holds the hash of every table, what was delivered and what was quarantined.
        usual_rows: per table the rows that a delivery is measured against.
        earlier: fingerprints of the snapshots of earlier weeks, with which rules compare.
    """
    settings = plan.workspace.settings
    parts = {
        "week": str(plan.week),
        "as_of": plan.as_of.isoformat(),
        "snapshot": hashlib.sha256((snapshot.path / DESCRIPTION).read_bytes()).hexdigest(),
        "usual_rows": dict(usual_rows),
        "earlier": list(earlier),
        "uses": sorted((entry.slug, table) for entry in plan.workspace_reports for table in entry.tables),
        "bounds": settings.gate.model_dump(mode="json"),
        "finance": settings.finance.model_dump(mode="json"),
        "code": _code_sha256(),
        "lock": lock_sha256(),
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def gate_record(key: str, evidence: Sequence[Path]) -> GateRecord:
    """Return what run.json keeps of evidence that was just written."""
    return GateRecord(key=key, evidence={path.name: _sha256(path) for path in evidence})


def kept_outcomes(folder: Path, record: GateRecord | None, key: str) -> list[Outcome] | None:
    """Return the outcomes of an earlier run with the same key; None when there are none, or they were touched.

    Args:
        folder: `output/<week>/gate`.
        record: what run.json kept of the earlier run.
        key: of this run.
    """
    if record is None or record.key != key or {path.name for path in folder.glob("*.json")} != set(record.evidence):
        return None
    contents = {name: (folder / name).read_bytes() for name in sorted(record.evidence)}
    if any(hashlib.sha256(content).hexdigest() != record.evidence[name] for name, content in contents.items()):
        return None
    return [Outcome.from_record(each) for content in contents.values() for each in json.loads(content)["checks"]]


@cache
def _code_sha256() -> str:
    """Return the hash over the rules and over what they are made of."""
    digest = hashlib.sha256()
    for folder in _CODE:
        root = project_root() / folder
        for path in sorted(root.rglob("*.py")):
            if path.relative_to(root).parts[0] in _NO_RULES:
                continue
            digest.update(path.relative_to(project_root()).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()

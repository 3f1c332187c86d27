"""The run id: what went in, in twelve characters. The same id means the same figures and the same bytes."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from weekrapport.reporting.manifest import FILE_NAME as MANIFEST
from weekrapport.reporting.manifest import load_manifest, project_root
from weekrapport.reporting.run_record import PeopleRecord
from weekrapport.settings import FILE_NAME as SETTINGS_FILE
from weekrapport.sources.snapshot import Snapshot
from weekrapport.weekly.plan import Plan

UNKNOWN = "onbekend"


def run_id(plan: Plan, snapshot: Snapshot, earlier: Sequence[Snapshot] = ()) -> str:
    """Return the first twelve hex digits of a hash over everything that decides what the run makes.

    That is: the input files, those of the earlier weeks that the reports compare with, what people wrote for the week,
    the configuration, the locked libraries, the commit, the week, the as-of moment and the team.
    """
    parts = {
        "inputs": sorted((item.source, item.name, item.sha256) for item in snapshot.inputs),
        "earlier": [(str(each.week), each.version, each.fingerprint) for each in earlier],
        "people": [(record.name, record.sha256) for record in people_files(plan)],
        "settings": _sha256(plan.workspace.root / SETTINGS_FILE),
        "notebooks": sorted((path.name, _sha256(path)) for path in _notebook_files(plan)),
        "lock": lock_sha256(),
        "commit": git_commit(),
        "week": str(plan.week),
        "as_of": plan.as_of.isoformat(),
        "team": plan.team,
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:12]


def people_files(plan: Plan) -> list[PeopleRecord]:
    """Return what the analyst wrote for the week, with the hash of each file."""
    paths = sorted((plan.workspace.commentaar / str(plan.week)).glob("*.md"))
    return [PeopleRecord(name=path.name, sha256=_sha256(path)) for path in paths]


def _notebook_files(plan: Plan) -> set[Path]:
    """Return the manifest and every notebook it names, whichever reports were asked for."""
    entries = load_manifest(plan.workspace.root).values()
    return {entry.path for entry in entries} | {entry.folder / MANIFEST for entry in entries}


@cache
def git_commit() -> str:
    """Return the commit of the project; with a hash of the changes when the work tree has any.

    Without git, or outside a checkout, the answer is "onbekend".
    """
    head = _git("rev-parse", "HEAD")
    if head is None:
        return UNKNOWN
    parts = ("src", "notebooks", "expectations", "flows", "uv.lock")
    changes = _git("diff", "HEAD", "--", *parts) or ""
    new = (_git("ls-files", "--others", "--exclude-standard", "--", *parts) or "").splitlines()
    changes += "".join(f"{name} {_sha256(project_root() / name)}" for name in new)
    return f"{head}+{hashlib.sha256(changes.encode()).hexdigest()[:8]}" if changes else head


@cache
def lock_sha256() -> str:
    """Return the hash of the locked libraries."""
    return _sha256(project_root() / "uv.lock")


def _git(*arguments: str) -> str | None:
    command = ["git", "-C", str(project_root()), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else UNKNOWN

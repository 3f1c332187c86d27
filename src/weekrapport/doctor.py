"""Looks at the installation and the workspace, and says how to mend what is wrong."""

from __future__ import annotations

import importlib.metadata
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from weekrapport.errors import WeekrapportError
from weekrapport.reporting.manifest import load_manifest, project_root
from weekrapport.settings import Workspace, load_workspace
from weekrapport.sources.input_file import find_files

PINS = {"fastapi": (0, 151), "sqlalchemy": (2, 1)}
"""First release with which Prefect does not work: see the comments in pyproject.toml."""


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    is_ok: bool
    text: str
    cure: str = ""


def examine(root: Path) -> list[Finding]:
    """Return every finding, those of the installation first."""
    findings = [_python(), *(_pin(name, bound) for name, bound in PINS.items()), _project(), _kernel()]
    try:
        workspace = load_workspace(root)
    except WeekrapportError as error:
        return [*findings, Finding(False, f"workspace {root}", str(error))]
    findings.append(Finding(True, f"workspace {workspace.root}"))
    findings.append(_try("notebooks and reports.toml", lambda: load_manifest(workspace.root)))
    findings += [_source(workspace, index) for index in range(len(workspace.settings.source))]
    if not workspace.settings.source:
        findings.append(Finding(False, "no [[source]]", "Add a [[source]] section per export to weekrapport.toml."))
    findings.append(_writable(workspace.output))
    findings.append(_writable(workspace.snapshots))
    return findings


def _python() -> Finding:
    version = ".".join(str(part) for part in sys.version_info[:3])
    return Finding(sys.version_info >= (3, 11), f"Python {version}", "Install Python 3.11 or newer.")


def _pin(name: str, bound: tuple[int, int]) -> Finding:
    found = importlib.metadata.version(name)
    release = tuple(int(part) for part in found.split(".")[:2])
    allowed = f"{name} {found}"
    return Finding(release < bound, allowed, f"Prefect needs {name} below {bound[0]}.{bound[1]}: run `make setup`.")


def _project() -> Finding:
    root = project_root()
    missing = [name for name in ("notebooks", "flows", "expectations") if not (root / name).is_dir()]
    return Finding(not missing, f"project {root}", f"Missing: {', '.join(missing)}. Install from a checkout.")


def _kernel() -> Finding:
    from jupyter_client.kernelspec import KernelSpecManager

    found = "python3" in KernelSpecManager().find_kernel_specs()
    return Finding(found, "Jupyter kernel python3", "Run `make setup`; the kernel comes with ipykernel.")


def _source(workspace: Workspace, index: int) -> Finding:
    source = workspace.settings.source[index]

    def look() -> None:
        find_files(workspace, source)

    return _try(f"source {source.name}: {source.files}", look)


def _writable(folder: Path) -> Finding:
    def write() -> None:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".weekrapport-probe"
        probe.write_bytes(b"")
        probe.unlink()

    return _try(f"can write {folder}", write)


def _try(text: str, action: Callable[[], object]) -> Finding:
    try:
        action()
    except (WeekrapportError, OSError) as error:
        return Finding(False, text, str(error))
    return Finding(True, text)

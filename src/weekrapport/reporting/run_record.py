"""`output/<week>/run.json`: what a run was made of and what it made.

The run writes it twice: before the notebooks, so that they know which snapshot and which moment they report on, and at
the end with what became of each report. Everything that compares runs reads this file.
"""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from weekrapport.errors import ConfigurationError

FILE_NAME = "run.json"
SCHEMA_VERSION = 1

Status = Literal["pending", "concept", "stopped", "failed", "released", "corrected"]

Cause = Literal["", "source", "gate", "report"]


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid")


class InputRecord(_Record):
    """One input file."""

    source: str
    table: str
    name: str
    sha256: str
    bytes: int
    rows_read: int = 0
    rows_quarantined: int = 0
    exported_at: datetime | None = None
    exported_at_from: str = "onbekend"


class PeopleRecord(_Record):
    """One file that people wrote for the week, as it was when the run read it."""

    name: str
    sha256: str


class SourceRecord(_Record):
    """What came of one source."""

    source: str
    table: str
    rows_read: int = 0
    rows_quarantined: int = 0
    error: str | None = None
    notices: list[str] = Field(default_factory=list)


class OutputRecord(_Record):
    """One file that a report left."""

    path: str
    sha256: str


class ReportRecord(_Record):
    """What became of one report."""

    status: Status = "pending"
    cause: Cause = ""
    """Why it is not made: its source, the gate, or the making of it."""
    verdict: str = ""
    reasons: list[str] = Field(default_factory=list)
    seconds: float | None = None
    outputs: list[OutputRecord] = Field(default_factory=list)


class EarlierRecord(_Record):
    """The snapshot of an earlier week with which this week may be compared."""

    week: str
    version: str
    fingerprint: str


class GateRecord(_Record):
    """What the evidence in `gate/` rests on, so that a next run can tell whether it still holds."""

    key: str
    """Hash over the data, the rules and the bounds."""
    evidence: dict[str, str]
    """File name to sha256."""


class RunRecord(_Record):
    """A whole run."""

    schema_version: int = SCHEMA_VERSION
    run_id: str
    week: str
    as_of: datetime
    team: str = ""
    git_commit: str
    lock_sha256: str
    snapshot: str
    inputs: list[InputRecord] = Field(default_factory=list)
    people: list[PeopleRecord] = Field(default_factory=list)
    sources: list[SourceRecord] = Field(default_factory=list)
    earlier: list[EarlierRecord] = Field(default_factory=list)
    """Newest first."""
    earlier_notices: list[str] = Field(default_factory=list)
    """In Dutch, which earlier snapshots were passed over."""
    gate: GateRecord | None = None
    reports: dict[str, ReportRecord] = Field(default_factory=dict)

    def write(self, folder: Path) -> Path:
        """Write `run.json` in the output folder of the week and return its path."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / FILE_NAME
        partial = folder / f".{FILE_NAME}.{os.getpid()}.part"
        text = json.dumps(self.model_dump(mode="json"), ensure_ascii=False, indent=1)
        partial.write_text(text + "\n", "utf-8")
        partial.replace(path)
        return path


def read_run_record(folder: Path) -> RunRecord:
    """Return the record of the run in the output folder of a week.

    Raises:
        ConfigurationError: nothing was run there yet, or the record is damaged.
    """
    path = folder / FILE_NAME
    if not path.is_file():
        raise ConfigurationError(
            f"{path} does not exist: this week has not been run yet. Run `weekrapport run --workspace … --week "
            f"{folder.name}` first (or `make report` for the demonstration); then the notebook can be run."
        )
    try:
        return RunRecord.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise ConfigurationError(
            f"{path} is damaged or of another version of weekrapport. Move it away and run the week again."
        ) from error


def as_json(value: Any) -> str:
    """Return deterministic JSON text for the files that a run must reproduce byte for byte."""
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"

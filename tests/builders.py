"""Typed frames and workspaces from rows written in the test itself, so that a test shows all the data it is about."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import pandas as pd

from weekrapport.cli import main
from weekrapport.domain.calendars import werkkalender
from weekrapport.domain.schema import DTYPES, PROVENANCE, TABLES
from weekrapport.domain.zaakbeeld import zaakbeeld
from weekrapport.weekly.steps import GateFunction


def typed(table: str, *rows: Mapping[str, Any]) -> pd.DataFrame:
    """Return the rows as the typed table; a column that a row does not name is unknown in it."""
    kinds = {**TABLES[table].kinds(), **PROVENANCE}
    for row in rows:
        unknown = set(row) - set(kinds)
        assert not unknown, f"{table} has no {unknown}"
    columns: dict[str, pd.Series] = {}
    for name, kind in kinds.items():
        values = [row.get(name) for row in rows]
        if kind == "timestamp":
            columns[name] = pd.Series(pd.to_datetime(values, utc=True, format="ISO8601")).astype(DTYPES[kind])
        elif kind == "date":
            columns[name] = pd.Series(pd.to_datetime(values)).astype(DTYPES[kind])
        else:
            columns[name] = pd.Series(values, dtype="object").astype(DTYPES[kind])
    return pd.DataFrame(columns)


def zaken(*rows: Mapping[str, Any]) -> pd.DataFrame:
    """Return cases Z1, Z2, … that started on Monday 2 November 2026, unless a row says otherwise."""
    return typed(
        "zaak",
        *({"zaak_id": f"Z{number}", "startdatum": "2026-11-02", **row} for number, row in enumerate(rows, start=1)),
    )


def beeld_of(
    zaak: pd.DataFrame,
    peil: date = date(2026, 11, 23),
    kalender: np.busdaycalendar | None = None,
    **tables: pd.DataFrame,
) -> pd.DataFrame:
    """Return the zaakbeeld of the cases; a table that is not given is empty."""
    every = {name: table.empty() for name, table in TABLES.items()} | {"zaak": zaak} | tables
    return zaakbeeld(every, peil, kalender or werkkalender())


TOML = """week = "2026-W47"
reports = ["case_overview"]

[organisation]
name = "Proefbedrijf"

[[source]]
name = "zaken"
table = "zaak"
files = "zaken*.csv"
combine = "newest"

[source.columns]
zaak_id = "Zaaknummer"
startdatum = "Start"
einddatum = "Einde"
team_id = "Team"
"""
HEADER = "Zaaknummer;Start;Einde;Team"
LINES = (
    "Z-001;02-11-2026;18-11-2026;Servicedesk",
    "Z-002;09-11-2026;20-11-2026;Beheer",
    "Z-003;16-11-2026;;Servicedesk",
)
EXPORT = "zaken_20261123-0530.csv"


def csv_bytes(*lines: str, header: str = HEADER, encoding: str = "utf-8") -> bytes:
    """Return an export as a case system writes it."""
    return "".join(f"{line}\r\n" for line in (header, *lines)).encode(encoding)


def write_workspace(root: Path, content: bytes | None = None, toml: str = TOML, name: str = EXPORT) -> Path:
    """Write a workspace with one export of three cases, or with the given bytes, and return its folder."""
    (root / "data" / "inbox").mkdir(parents=True, exist_ok=True)
    (root / "weekrapport.toml").write_text(toml, "utf-8")
    (root / "data" / "inbox" / name).write_bytes(csv_bytes(*LINES) if content is None else content)
    return root


@dataclass(frozen=True)
class Ran:
    """What a command left on its two streams, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def messages(self) -> list[str]:
        """The lines of standard error that are no progress."""
        return [line for line in self.err.splitlines() if not line.startswith("[")]


class GateHere:
    """The real gate in this process: tests that run it often need not import it in a new process each time."""

    def __init__(self, *, at_once: bool = True) -> None:
        """Take what the process takes; there is nothing to start."""

    def __enter__(self) -> GateFunction:
        from expectations.registry import gate

        return gate

    def __exit__(self, *_error: object) -> None:
        return None


def weekrapport(*arguments: str | Path) -> Ran:
    """Run the command line in this process, as the console script does."""
    out, err = io.StringIO(), io.StringIO()
    code = 0
    with (
        patch("expectations.process.GateProcess", GateHere),
        patch.object(sys, "argv", ["weekrapport", *map(str, arguments)]),
        patch.dict(os.environ),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    return Ran(code, out.getvalue(), err.getvalue())


def run_record(workspace: Path, week: str = "2026-W47") -> dict[str, Any]:
    """Return the run.json of a week."""
    return json.loads((workspace / "output" / week / "run.json").read_text("utf-8"))

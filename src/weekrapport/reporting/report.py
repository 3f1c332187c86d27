"""What a notebook starts with: the tables of one week, the verdict of the gate, and a place to record its figures."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from weekrapport.domain.as_of import as_of_view
from weekrapport.domain.calendars import werkkalender
from weekrapport.domain.feiten import Feit
from weekrapport.domain.outcome import Outcome, for_report
from weekrapport.domain.schema import TABLES
from weekrapport.domain.zaakbeeld import zaakbeeld
from weekrapport.errors import ConfigurationError, SourceError, did_you_mean
from weekrapport.reporting.blocks import RECORD_MIME
from weekrapport.reporting.manifest import ReportEntry, load_manifest
from weekrapport.reporting.output_files import week_folder
from weekrapport.reporting.run_record import FILE_NAME, RunRecord, read_run_record
from weekrapport.settings import Settings, Workspace, load_workspace
from weekrapport.sources.earlier import has_same_inputs, load_as_it_was, moment_of
from weekrapport.sources.snapshot import Snapshot, list_snapshots, load_table
from weekrapport.week import Week, local_date, parse_moment

_FORMULA_START = ("=", "+", "-", "@", "\t", "\r")


class Record:
    """The last thing a notebook shows: everything it printed, for facts.json and tables/. The PDF leaves it out."""

    def __init__(self, content: dict[str, Any]) -> None:
        self.content = content

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        text = (
            f"Week {self.content['week']}: {len(self.content['facts'])} feiten, {len(self.content['tables'])} tabellen."
        )
        return {RECORD_MIME: self.content, "text/plain": text}


@dataclass
class Report:
    """One report of one week, as a notebook sees it."""

    entry: ReportEntry
    week: Week
    as_of: datetime
    workspace: Workspace
    run: RunRecord
    snapshot: Snapshot
    status: str
    team: str
    outcomes: list[Outcome]
    """What the gate found for this report."""
    feiten: list[Feit] = field(default_factory=list)
    signals: list[dict[str, Any]] = field(default_factory=list)
    attachments: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    damaged_weeks: set[Week] = field(default_factory=set)
    """Earlier weeks whose snapshot should have been compared with and cannot be read."""

    @property
    def settings(self) -> Settings:
        """The workspace's settings."""
        return self.workspace.settings

    @cached_property
    def kalender(self) -> Any:
        """The organisation's werkkalender (numpy busdaycalendar)."""
        return werkkalender(**self.settings.calendar.model_dump())

    @cached_property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """Every table the report uses, in the as-of view; one that no source declares is empty."""
        return {name: self._table(name) for name in TABLES if name in self.entry.tables}

    def is_delivered(self, table: str, column: str | None = None) -> bool:
        """Return whether a source declares the table, and the column when one is given."""
        delivered = self.snapshot.delivered.get(table)
        return delivered is not None and (column is None or column in delivered)

    def vorige(self, table: str) -> pd.DataFrame | None:
        """Return a table as the last delivery before this one had it; None when there is none to compare with."""
        return next(iter(self.eerdere(table, weken=1).values()), None)

    def eerdere(self, table: str, weken: int) -> dict[Week, pd.DataFrame]:
        """Return a table as earlier weeks delivered it, newest first, each as it was at its own export moment.

        A week whose files are the same as this week's is no earlier delivery and is left out, as is a week in which the
        table was not delivered.

        Args:
            table: name in `schema.TABLES`; one that the report uses.
            weken: how many weeks at most.
        """
        found: dict[Week, pd.DataFrame] = {}
        for snapshot in self._earlier_snapshots:
            if len(found) == weken:
                break
            if table not in snapshot.delivered or has_same_inputs(snapshot, self.snapshot, table):
                continue
            frame = load_as_it_was(snapshot, table)
            if frame is None:  # an old snapshot that broke must not hold up this week
                self.damaged_weeks.add(snapshot.week)
            else:
                found[snapshot.week] = frame
        return found

    def vorig_moment(self, table: str) -> datetime | None:
        """Return when the table of `vorige` was exported; None when there is none."""
        for snapshot in self._earlier_snapshots:
            if table in snapshot.delivered and not has_same_inputs(snapshot, self.snapshot, table):
                return moment_of(snapshot, table)
        return None

    @cached_property
    def _earlier_snapshots(self) -> list[Snapshot]:
        """The snapshots that the run found of earlier weeks, newest first."""
        return [_snapshot(self.workspace, Week.parse(each.week), each.version) for each in self.run.earlier]

    @cached_property
    def zaken(self) -> pd.DataFrame:
        """The zaakbeeld at the as-of moment, of one team when the report is for a team."""
        tables = {name: TABLES[name].empty() for name in TABLES if name not in self.tables} | dict(self.tables)
        beeld = zaakbeeld(tables, local_date(self.as_of), self.kalender, self.settings.office_hours.kantoortijd())
        if not self.team:
            return beeld
        known = {*beeld["team"], *tables["team"]["naam"].dropna()}
        if self.team not in known:
            raise ConfigurationError(f"There is no team {self.team!r}. {did_you_mean(self.team, known)}")
        return beeld[beeld["team"] == self.team].reset_index(drop=True)

    def record(self, feiten: Iterable[Feit]) -> None:
        """Keep figures for facts.json."""
        self.feiten += feiten

    def attach(self, name: str, table: pd.DataFrame) -> str:
        """Keep a table in full as CSV, for `tables/` and as attachment of the PDF; return its file name.

        The file is UTF-8 with BOM and `;`, so that a Dutch Excel opens it well. A cell that a spreadsheet would take
        for a formula gets an apostrophe before it.
        """
        file_name = f"{name}.csv"
        buffer = io.StringIO()
        safe = table.map(_no_formula)
        safe.to_csv(buffer, sep=";", index=False, decimal=",", date_format="%Y-%m-%d", lineterminator="\r\n")
        self.attachments[file_name] = "\ufeff" + buffer.getvalue()
        return file_name

    def attach_text(self, file_name: str, text: str) -> str:
        """Keep a plain text, for the folder of the report and as attachment of the PDF; return its file name."""
        self.texts[file_name] = text
        return file_name

    def close(self) -> Record:
        """Return everything that was recorded, to be the result of the last cell."""
        return Record(
            {
                "report": self.entry.slug,
                "week": str(self.week),
                "as_of": self.as_of.isoformat(),
                "workspace": str(self.workspace.root),
                "status": self.status,
                "team": self.team,
                "facts": [feit.as_record() for feit in self.feiten],
                "signals": self.signals,
                "tables": self.attachments,
                "texts": self.texts,
            }
        )

    def _table(self, name: str) -> pd.DataFrame:
        if name not in self.snapshot.delivered:
            return TABLES[name].empty()
        return as_of_view(name, load_table(self.snapshot, name), self.as_of)


def open_report(
    slug: str, *, week: str, as_of: str = "", workspace: str = ".", status: str = "concept", team: str = ""
) -> Report:
    """Return the report of a week that has been run.

    Args:
        slug: the report's section in `reports.toml`.
        week: ISO week, "2026-W47".
        as_of: moment of the as-of view; empty takes that of the last run.
        workspace: folder with `weekrapport.toml`, relative to the notebook or absolute.
        status: "concept" or "definitief".
        team: name of one team, or empty for all.

    Raises:
        ConfigurationError: the workspace, report or week does not exist, or the week has not been run for it.
    """
    space = load_workspace(Path(workspace))
    manifest = load_manifest(space.root)
    if slug not in manifest:
        raise ConfigurationError(f"There is no report {slug!r}. {did_you_mean(slug, manifest)}")
    report_week = Week.parse(week)
    folder = week_folder(space.output, str(report_week), team)
    run, outcomes = read_run_record(folder), _gate_outcomes(folder, slug)
    if slug not in run.reports and not outcomes:
        raise ConfigurationError(
            f"The last run of week {report_week} did not check the data of {slug!r}. Run `weekrapport run --workspace "
            f"{workspace} --week {report_week} --report {slug}` first."
        )
    return Report(
        entry=manifest[slug],
        week=report_week,
        as_of=parse_moment(as_of) if as_of else run.as_of,
        workspace=space,
        run=run,
        snapshot=_snapshot(space, report_week, run.snapshot),
        status=status,
        team=team,
        outcomes=outcomes,
    )


def _snapshot(workspace: Workspace, week: Week, version: str) -> Snapshot:
    for snapshot in list_snapshots(workspace, week):
        if snapshot.version == version:
            return snapshot
    raise SourceError(
        f"Snapshot {week} {version} is gone from {workspace.snapshots}, but {FILE_NAME} of that week names it. "
        "Run the week again."
    )


def _gate_outcomes(folder: Path, slug: str) -> list[Outcome]:
    """Return what the gate left in `gate/*.json` for one report."""
    records = [
        record
        for path in sorted((folder / "gate").glob("*.json"))
        for record in json.loads(path.read_text("utf-8"))["checks"]
    ]
    return for_report((Outcome.from_record(record) for record in records), slug)


def _no_formula(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_START) else value

"""What a run is asked to do: which week, as of which moment, which reports, and where the result goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from weekrapport.domain.calendars import eerste_werkdag, werkkalender
from weekrapport.errors import ConfigurationError
from weekrapport.reporting.manifest import ReportEntry, choose, load_manifest
from weekrapport.reporting.output_files import week_folder
from weekrapport.reporting.run_record import FILE_NAME, read_run_record
from weekrapport.settings import Workspace, load_workspace
from weekrapport.week import Week, local_date, local_moment, parse_moment

REPORT_TIME = time(7, 0)
"""Local time of the first working day after the report week at which the default as-of moment lies."""

PARALLEL_NOTEBOOKS = 2
"""Notebooks at once: each is a process of its own, so more than the number of cores gains little."""


@dataclass(frozen=True)
class Plan:
    """One run of one week."""

    workspace: Workspace
    week: Week
    as_of: datetime
    reports: tuple[ReportEntry, ...]
    team: str = ""
    workspace_reports: tuple[ReportEntry, ...] = ()
    """Every report that the workspace makes, whichever were asked for now; the gate tests the data of all of them."""

    @property
    def folder(self) -> Path:
        """Where the run leaves its results."""
        return week_folder(self.workspace.output, str(self.week), self.team)

    @property
    def notebook_folders(self) -> tuple[Path, ...]:
        """The folder of every notebook, in the order in which they begin."""
        return tuple(entry.folder for entry in self.reports)

    @property
    def has_evidence(self) -> bool:
        """Whether an earlier run of the week left evidence of the gate, which may still hold."""
        return (self.folder / FILE_NAME).is_file() and read_run_record(self.folder).gate is not None

    @property
    def slugs(self) -> tuple[str, ...]:
        """The slugs of the reports asked for."""
        return tuple(entry.slug for entry in self.reports)

    @property
    def parameters(self) -> dict[str, str]:
        """What every notebook of the run is given."""
        return {
            "week": str(self.week),
            "as_of": self.as_of.isoformat(),
            "workspace": str(self.workspace.root),
            "status": "concept",
            "team": self.team,
        }


def make_plan(
    root: Path,
    *,
    now: datetime,
    week: str | None = None,
    as_of: str | None = None,
    reports: list[str] | None = None,
    team: str = "",
) -> Plan:
    """Return the plan of a run; the command line wins from `weekrapport.toml`, that from the last ended week.

    Args:
        root: the workspace.
        now: the present moment, only used to find the last ended week.
        week: ISO week.
        as_of: timestamp; local time when it carries no offset.
        reports: slugs; none means all.
        team: name of one team, or empty for all.

    Raises:
        ConfigurationError: something asked for does not exist, or the as-of moment lies before the end of the week.
    """
    workspace = load_workspace(root)
    chosen = week or workspace.settings.week
    report_week = Week.parse(chosen) if chosen else Week.of(local_date(now)).plus(-1)
    given = as_of or (workspace.settings.as_of if not week or week == workspace.settings.week else None)
    moment = parse_moment(given) if given else default_as_of(report_week, workspace)
    if moment < report_week.start:
        raise ConfigurationError(
            f"The as-of moment {given} lies before week {report_week} begins ({report_week.monday}); a report on that "
            "week would be empty. Give a later --as-of or an earlier --week."
        )
    manifest = load_manifest(workspace.root)
    entries = _entries(workspace, manifest, reports, team)
    usual = choose(manifest, list(workspace.settings.reports) or None)
    every = tuple({entry.slug: entry for entry in (*usual, *entries)}.values())
    return Plan(workspace, report_week, moment, tuple(entries), team, every)


def _entries(
    workspace: Workspace, manifest: dict[str, ReportEntry], reports: list[str] | None, team: str
) -> list[ReportEntry]:
    """Return the reports asked for, else the weekly ones of the workspace; for one team only those that can be."""
    entries = choose(manifest, reports or list(workspace.settings.reports) or None)
    if not reports:
        entries = [entry for entry in entries if entry.schedule == "wekelijks"]
    if not entries:
        raise ConfigurationError(
            "Every report that weekrapport.toml names is made daily. Ask for one with --report, or add a weekly one to "
            "`reports`."
        )
    if not team:
        return entries
    if reports:
        for entry in entries:
            if not entry.per_team:
                raise ConfigurationError(f"Report {entry.slug!r} cannot be made for one team. Leave out --team.")
    return [entry for entry in entries if entry.per_team]


def default_as_of(week: Week, workspace: Workspace) -> datetime:
    """Return 07:00 local time on the first working day after the week."""
    kalender = werkkalender(**workspace.settings.calendar.model_dump())
    return local_moment(eerste_werkdag(week.sunday + timedelta(days=1), kalender), REPORT_TIME)

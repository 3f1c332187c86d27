"""The steps of a run, in order: read and keep, check, make each report, close. Each is one plain function."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Protocol, runtime_checkable

import pandas as pd

from weekrapport.domain.as_of import as_of_view
from weekrapport.domain.outcome import Outcome
from weekrapport.domain.schema import TABLES
from weekrapport.errors import SourceError
from weekrapport.quality.delivery import Delivery, TableDelivery
from weekrapport.quality.evidence import write_evidence
from weekrapport.reporting.manifest import ReportEntry
from weekrapport.reporting.run_notebook import load_engine
from weekrapport.reporting.run_record import (
    FILE_NAME,
    EarlierRecord,
    InputRecord,
    ReportRecord,
    RunRecord,
    SourceRecord,
    read_run_record,
)
from weekrapport.settings import Gate
from weekrapport.sources.earlier import earlier_snapshots, exported_before, last_delivery, load_as_it_was
from weekrapport.sources.fingerprint import fingerprint, hash_inputs
from weekrapport.sources.inbox import read_inbox
from weekrapport.sources.input_file import InputFile
from weekrapport.sources.snapshot import Snapshot, find_snapshot, load_table, whole_snapshot
from weekrapport.sources.snapshot_store import store_snapshot
from weekrapport.sources.yardstick import yardstick_rows
from weekrapport.weekly.gate_reuse import gate_key, gate_record, kept_outcomes
from weekrapport.weekly.identity import git_commit, lock_sha256, people_files, run_id
from weekrapport.weekly.plan import Plan
from weekrapport.weekly.teams import require_team

GateFunction = Callable[[Delivery, Gate], list[Outcome]]
"""`expectations.registry.gate`; passed in, because the library never imports the expectations."""


COMPARED = {"zaak": ("zaak_id", "einddatum")}
"""Columns of a table that the gate compares with the delivery before this one."""


@runtime_checkable
class Closable(Protocol):
    """A gate that holds a process, which can be ended when nobody needs it."""

    def close(self) -> None:
        """End the process."""


@dataclass(frozen=True)
class Prepared:
    """The data of a run, kept as a snapshot, and the record that the notebooks read."""

    snapshot: Snapshot
    record: RunRecord


def prepare(plan: Plan, *, reuse: bool = False, snapshot: Snapshot | None = None) -> Prepared:
    """Read the inbox, keep it as the week's snapshot, and write the first run.json.

    Args:
        plan: the run.
        reuse: see `keep_snapshot`.
        snapshot: what the reports are made of; without it the inbox is read.

    Raises:
        ConfigurationError: the mapping of a source contradicts itself, or nobody knows the team asked for.
    """
    snapshot = snapshot or keep_snapshot(plan, reuse=reuse)
    before, notices = earlier_snapshots(plan.workspace, plan.week, exported_before(snapshot))
    earlier = _earlier_record(plan)
    record = RunRecord(
        run_id=run_id(plan, snapshot, before),
        week=str(plan.week),
        as_of=plan.as_of,
        team=plan.team,
        git_commit=git_commit(),
        lock_sha256=lock_sha256(),
        snapshot=snapshot.version,
        people=people_files(plan),
        inputs=[input_record(item) for item in snapshot.inputs],
        sources=source_records(plan, snapshot),
        earlier=[
            EarlierRecord(week=str(each.week), version=each.version, fingerprint=each.fingerprint) for each in before
        ],
        earlier_notices=notices,
        gate=earlier.gate if earlier else None,
        reports=_other_reports(plan, earlier) | {slug: ReportRecord() for slug in plan.slugs},
    )
    record.write(plan.folder)
    return Prepared(snapshot, record)


def keep_snapshot(plan: Plan, *, reuse: bool = False) -> Snapshot:
    """Return the week's snapshot of what lies in the inbox now; nothing is written to the output.

    The same input files under the same configuration reuse the snapshot that is there; others make a new version.

    Args:
        plan: the run.
        reuse: take the week's last snapshot that holds the whole week when there is one, whatever lies in the inbox
            now (backfill).

    Raises:
        ConfigurationError: the mapping of a source contradicts itself, or nobody knows the team asked for.
    """
    workspace = plan.workspace
    snapshot = whole_snapshot(workspace, plan.week) if reuse else None
    if snapshot is None:
        mark = fingerprint(workspace.settings, hash_inputs(workspace))
        snapshot = find_snapshot(workspace, plan.week, mark)
    if snapshot is None:
        snapshot = store_snapshot(workspace, plan.week, read_inbox(workspace))
    require_team(plan.team, snapshot)
    return snapshot


def _earlier_record(plan: Plan) -> RunRecord | None:
    """Return the record that an earlier run of the week left; None when there is none."""
    return read_run_record(plan.folder) if (plan.folder / FILE_NAME).is_file() else None


def _other_reports(plan: Plan, earlier: RunRecord | None) -> dict[str, ReportRecord]:
    """Return what an earlier run of the week says of the reports that this one does not make."""
    reports = earlier.reports if earlier else {}
    return {slug: made for slug, made in reports.items() if slug not in plan.slugs}


def check(plan: Plan, prepared: Prepared, gate: GateFunction) -> dict[str, list[Outcome]]:
    """Return what the gate says of the snapshot, per report asked for, and keep the evidence.

    The tables of every report of the workspace are tested, so that the evidence is whole whichever report is made.
    Evidence of an earlier run that still holds is used again (`weekly.gate_reuse`).
    """
    folder, snapshot = plan.folder / "gate", prepared.snapshot
    tables = [name for name in TABLES if name in snapshot.delivered]
    usual_rows = {name: yardstick_rows(plan.workspace, plan.week, name)[0] for name in tables}
    key = gate_key(plan, snapshot, usual_rows, [each.fingerprint for each in prepared.record.earlier])
    outcomes = kept_outcomes(folder, prepared.record.gate, key)
    if outcomes is None and plan.team:
        outcomes = _outcomes_of_the_whole(plan, key)
        if outcomes is not None:
            prepared.record.gate = gate_record(key, write_evidence(folder, outcomes))
    if outcomes is None:
        with ThreadPoolExecutor(1) as beside:  # the checks run in another process, so this one has time
            beside.submit(load_engine)
            outcomes = gate(delivery(plan, snapshot), plan.workspace.settings.gate)
        prepared.record.gate = gate_record(key, write_evidence(folder, outcomes))
    elif isinstance(gate, Closable):
        gate.close()  # it need not go on importing
    return {entry.slug: [each for each in outcomes if entry.slug in each.rapporten] for entry in plan.reports}


def _outcomes_of_the_whole(plan: Plan, key: str) -> list[Outcome] | None:
    """Return what the gate said in the run of the whole organisation, when it still holds: a team has no other data."""
    whole = replace(plan, team="")
    record = _earlier_record(whole)
    return None if record is None else kept_outcomes(whole.folder / "gate", record.gate, key)


def delivery(plan: Plan, snapshot: Snapshot) -> Delivery:
    """Return what the gate tests: every declared and readable table, raw and in the as-of view."""
    uses = {
        name: tuple(entry.slug for entry in plan.workspace_reports if name in entry.tables)
        for name in TABLES
        if any(name in entry.tables for entry in plan.workspace_reports)
    }
    tables = {name: _table_delivery(plan, snapshot, name) for name in uses if name in snapshot.delivered}
    return Delivery(plan.week, plan.as_of, tables, uses, plan.workspace.settings.finance)


def unreadable(plan: Plan, snapshot: Snapshot) -> Mapping[str, Sequence[SourceError]]:
    """Return per report why it cannot be made: each declared table of it that could not be read."""
    broken = snapshot.unreadable_tables()
    reasons: dict[str, list[SourceError]] = {}
    for entry in plan.reports:
        found = [broken[table] for table in entry.tables if table in broken]
        declared = {*snapshot.delivered, *broken}
        found += [_undeclared(entry, (table,)) for table in entry.needs if table not in declared]
        if entry.needs_any and not declared.intersection(entry.needs_any):
            found.append(_undeclared(entry, entry.needs_any))
        if found:
            reasons[entry.slug] = list({str(error): error for error in found}.values())
    return reasons


def _undeclared(entry: ReportEntry, tables: tuple[str, ...]) -> SourceError:
    names = " or ".join(repr(table) for table in tables)
    return SourceError(
        f"No source delivers table {names}, which report {entry.slug!r} needs. Add a [[source]] with "
        f'table = "{tables[0]}" to weekrapport.toml, or leave the report out of its `reports`.'
    )


def _table_delivery(plan: Plan, snapshot: Snapshot, name: str) -> TableDelivery:
    raw = load_table(snapshot, name)
    delivered = frozenset(snapshot.delivered[name])
    lacking = [*snapshot.missing.get(name, {}), *(key for key in TABLES[name].required if key not in delivered)]
    return TableDelivery(
        raw=raw,
        in_view=as_of_view(name, raw, plan.as_of),
        delivered=delivered - set(lacking),
        missing=tuple(dict.fromkeys(lacking)),
        quarantined=sum(count for source, count in snapshot.rows_quarantined.items() if _delivers(plan, source, name)),
        previous_rows=yardstick_rows(plan.workspace, plan.week, name)[0],
        previous=_previous(plan, snapshot, name),
        exported_at=snapshot.exported_at.get(name),
        damaged=snapshot.damaged.get(name, ()),
    )


def _previous(plan: Plan, snapshot: Snapshot, name: str) -> pd.DataFrame | None:
    """Return what a rule compares with the delivery before this one."""
    columns = COMPARED.get(name)
    earlier = last_delivery(plan.workspace, snapshot, name) if columns else None
    return None if earlier is None else load_as_it_was(earlier, name, columns)


def _delivers(plan: Plan, source_name: str, table: str) -> bool:
    return any(source.name == source_name and source.table == table for source in plan.workspace.settings.source)


def input_record(item: InputFile) -> InputRecord:
    """Return what run.json says of one input file."""
    return InputRecord(
        source=item.source,
        table=item.table,
        name=item.name,
        sha256=item.sha256,
        bytes=item.bytes,
        rows_read=item.rows_read,
        rows_quarantined=item.rows_quarantined,
        exported_at=item.exported_at,
        exported_at_from=item.how_known,
    )


def source_records(plan: Plan, snapshot: Snapshot) -> list[SourceRecord]:
    """Return what run.json says of every source: rows, quarantine, notices, and why it could not be read."""
    return [
        SourceRecord(
            source=source.name,
            table=source.table,
            rows_read=snapshot.rows_read.get(source.name, 0),
            rows_quarantined=snapshot.rows_quarantined.get(source.name, 0),
            error=str(snapshot.errors[source.name]) if source.name in snapshot.errors else None,
            notices=[f"{notice.file}: {notice.text}" for notice in snapshot.notices if notice.source == source.name],
        )
        for source in plan.workspace.settings.source
    ]

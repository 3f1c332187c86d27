"""The budget report of tables written in the test itself, without a run: what its sentences, tiles and tables say."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from tests.builders import typed
from weekrapport.domain.outcome import Outcome
from weekrapport.reporting.blocks import Block
from weekrapport.reporting.budget_variance import Begrotingsrapport, begrotingsrapport
from weekrapport.reporting.manifest import load_manifest
from weekrapport.reporting.report import Report
from weekrapport.reporting.run_record import RunRecord
from weekrapport.settings import Settings, Workspace
from weekrapport.sources.snapshot import Snapshot
from weekrapport.week import Week, parse_moment

WEEK = Week(2026, 47)
AS_OF = parse_moment("2026-11-23T07:00")


def regels(*rows: dict[str, Any]) -> pd.DataFrame:
    """Return cost lines R1, R2, … of 120.000 euro on accounts 4101, 4102, …, unless a row says otherwise."""
    usual = {"jaar": 2026, "bedrag_cent": 12_000_000, "soort": "kosten", "factuurplichtig": True}
    return typed(
        "begrotingsregel",
        *(
            {"regel_id": f"R{i}", "grootboekrekening": f"410{i}", "omschrijving": f"Regel {i}", **usual, **row}
            for i, row in enumerate(rows, start=1)
        ),
    )


def geboekt(*rows: dict[str, Any]) -> pd.DataFrame:
    """Return bookings B1, B2, … in June 2026 on account 4101, unless a row says otherwise."""
    usual = {"boekdatum": "2026-06-15", "boekjaar": 2026, "grootboekrekening": "4101"}
    made = [{"boeking_id": f"B{i}", **usual, **row} for i, row in enumerate(rows, start=1)]
    for row in made:
        row.setdefault("periode", pd.Timestamp(row["boekdatum"]).month)
    return typed("boeking", *made)


def view_of(
    *,
    week: Week = WEEK,
    as_of: datetime = AS_OF,
    outcomes: list[Outcome] | None = None,
    settings: Settings | None = None,
    **tables: pd.DataFrame,
) -> Begrotingsrapport:
    """Return what the report shows of these tables; every table that is given is delivered, with its known columns."""
    delivered = {
        name: tuple(column for column in frame if frame[column].notna().any()) for name, frame in tables.items()
    }
    workspace = Workspace(root=Path("/nergens"), settings=settings or Settings())
    snapshot: Any = Snapshot.__new__(Snapshot)
    object.__setattr__(snapshot, "delivered", delivered)
    run: Any = RunRecord.model_construct()
    report = Report(
        entry=load_manifest()["budget_variance"],
        week=week,
        as_of=as_of,
        workspace=workspace,
        run=run,
        snapshot=snapshot,
        status="concept",
        team="",
        outcomes=outcomes or [],
    )
    report.__dict__["tables"] = tables  # the property that would read them from a snapshot
    return begrotingsrapport(report)


def failed(severity: str) -> Outcome:
    """Return a rule of the gate that does not hold."""
    return Outcome("GX-PROEF-01", "boeking", "Proef.", "Proef.", severity, "niet voldaan", ("budget_variance",))  # type: ignore[arg-type]


def texts(block: Block | None) -> str:
    """Return everything that a block prints, without bold marks, escapes and special spaces."""
    return "" if block is None else plain(" | ".join(_strings(block.content)))


def plain(text: str) -> str:
    """Return text without bold marks, escapes and special spaces."""
    return re.sub(r"\\(.)", r"\1", text.replace("**", "").replace("\u00a0", " ").replace("\u202f", " "))


def messages(block: Block) -> list[str]:
    """Return the key messages, each with what is needed."""
    return [
        plain(f"{each['text']} Nodig: {each['needed']}" if each["needed"] else each["text"])
        for each in block.content["messages"]
    ]


def verdicts(block: Block) -> list[str]:
    """Return the verdict of every key message."""
    return [each["verdict"] for each in block.content["messages"]]


def rows_of(block: Block) -> list[list[str]]:
    """Return the printed cells of a table, with plain spaces."""
    rows = [*block.content["rows"], *([block.content["total"]] if block.content["total"] else [])]
    return [[plain(str(cell)) for cell in row] for row in rows]


def _strings(content: Any) -> list[str]:
    if isinstance(content, dict):
        return [text for key, value in content.items() if key not in ("svg", "kind") for text in _strings(value)]
    if isinstance(content, list | tuple):
        return [text for value in content for text in _strings(value)]
    return [content] if isinstance(content, str) and content else []

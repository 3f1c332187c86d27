"""A workspace of a public case log, and its figures week by week, for the tests in `tests/real`."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from weekrapport.domain import kpis
from weekrapport.domain.as_of import as_of_view
from weekrapport.domain.calendars import werkkalender
from weekrapport.domain.schema import TABLES
from weekrapport.domain.zaakbeeld import zaakbeeld
from weekrapport.settings import load_workspace
from weekrapport.sources.inbox import InboxRead
from weekrapport.week import Week, local_date
from weekrapport.weekly.plan import default_as_of

REAL = Path(__file__).resolve().parents[2] / "shared" / "real"
MAPPINGS = Path(__file__).parent / "real"


def workspace_of(root: Path, mapping: str, *exports: str) -> Path:
    """Write the workspace of `tests/real/<mapping>` with the public exports (below `REAL`), or skip without them."""
    for export in exports:
        if not (REAL / export).is_file():
            pytest.skip(f"the public data are not at {REAL / export}")
    inbox = root / "data" / "inbox"
    inbox.mkdir(parents=True)
    shutil.copy(MAPPINGS / mapping / "weekrapport.toml", root)
    for export in exports:
        shutil.copy(REAL / export, inbox)
    return root


def figures_as_known(root: Path, read: InboxRead, weeks: Iterable[Week]) -> pd.DataFrame:
    """Return K01, K02, K03 and the denominator of K04 of every week, each as known on the working day after it.

    Returns:
        afgerond, instroom, werkvoorraad, norm (int64), by week (str).
    """
    space = load_workspace(root)
    rows = {}
    for week in weeks:
        as_of = default_as_of(week, space)
        view = {name: table.empty() for name, table in TABLES.items()}
        view["zaak"] = as_of_view("zaak", read.tables["zaak"], as_of)
        beeld = zaakbeeld(view, local_date(as_of), werkkalender())
        done = kpis.afgerond(beeld, week)
        rows[str(week)] = (
            len(done),
            kpis.instroom(beeld, week),
            kpis.werkvoorraad(beeld, week),
            kpis.tijdigheid(done)[1],
        )
    return pd.DataFrame.from_dict(rows, orient="index", columns=["afgerond", "instroom", "werkvoorraad", "norm"])


def figures_of_file(start: pd.Series, end: pd.Series, weeks: Iterable[Week]) -> pd.DataFrame:
    """Return the same of the days in the file itself, with nothing of the system but the bounds of a week."""
    rows = {}
    for week in weeks:
        monday, sunday = pd.Timestamp(week.monday), pd.Timestamp(week.sunday)
        open_then = (start <= sunday) & ~(end <= sunday)
        rows[str(week)] = (
            int(end.between(monday, sunday).sum()),
            int(start.between(monday, sunday).sum()),
            int(open_then.sum()),
            0,
        )
    return pd.DataFrame.from_dict(rows, orient="index", columns=["afgerond", "instroom", "werkvoorraad", "norm"])


def facts_of(folder: Path) -> list[dict[str, Any]]:
    """Return the facts of a report."""
    return json.loads((folder / "facts.json").read_text("utf-8"))["facts"]


def fact(facts: list[dict[str, Any]], id: str, scope: dict[str, str] | None = None, **more: Any) -> dict[str, Any]:
    """Return the one fact with this id, scope, measure and period."""
    (found,) = [
        each for each in facts
        if each["id"] == id and each["scope"] == (scope or {})
        and {key: each[key] for key in ("measure", "period") if key in each} == more
    ]  # fmt: skip
    return found

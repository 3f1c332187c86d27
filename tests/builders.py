"""Typed frames from rows written in the test itself, so that a test shows all the data it is about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from weekrapport.domain.calendars import werkkalender
from weekrapport.domain.schema import DTYPES, PROVENANCE, TABLES
from weekrapport.domain.zaakbeeld import zaakbeeld


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

"""What the gate is given: the tables of one week, and how they came in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import pandas as pd

from weekrapport.settings import Finance
from weekrapport.week import Week


@dataclass(frozen=True)
class TableDelivery:
    """One declared table."""

    raw: pd.DataFrame
    """As delivered; a mapped column that the file lacks is absent."""
    in_view: pd.DataFrame
    """What of it was true at the as-of moment."""
    delivered: frozenset[str]
    """Columns that a source really maps."""
    missing: tuple[str, ...] = ()
    """Mapped or required columns that the file lacks."""
    quarantined: int = 0
    previous_rows: int | None = None
    """Most rows of the same table in the snapshots of the last few weeks."""
    previous: pd.DataFrame | None = None
    """What the last delivery before this one had: the key and the columns that a rule compares; None without one."""
    exported_at: datetime | None = None
    damaged: tuple[str, ...] = ()
    """Where a key lost digits in a spreadsheet: "rij 12 kolom Zaaknummer in zaken.xlsx"."""


@dataclass(frozen=True)
class Delivery:
    """All declared tables of one week."""

    week: Week
    as_of: datetime
    tables: Mapping[str, TableDelivery]
    uses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Per table the slugs of the reports that use it."""
    finance: Finance = field(default_factory=Finance)
    """How the books are read."""

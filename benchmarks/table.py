"""The result of a benchmark as rows, and as a table on the screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True)
class Row:
    """What one run or part took: medians, and the largest peak."""

    name: str
    kind: Literal["whole", "part"]
    wall_seconds: float
    cpu_seconds: float
    peak_mb: float
    ratio: float | None = None
    """Wall time as a multiple of the same in the floor; None where the floor has no such part."""

    def as_record(self) -> dict[str, Any]:
        """Return the row as it is kept."""
        return {
            "name": self.name,
            "kind": self.kind,
            "wall_seconds": round(self.wall_seconds, 3),
            "cpu_seconds": round(self.cpu_seconds, 3),
            "peak_mb": round(self.peak_mb),
            "ratio_to_floor": None if self.ratio is None else round(self.ratio, 2),
        }


def show(console: Console, measured: Mapping[str, Any]) -> None:
    """Print what was measured at one size."""
    times = "once" if measured["repeat"] == 1 else f"medians of {measured['repeat']}"
    size = f"{measured['cases']:,} cases, {measured['rows_read']:,} rows"
    title = f"Demonstration × {measured['factor']:g}: {size} ({times})"
    table = Table(title=title, title_justify="left")
    table.add_column("")
    for heading in ("wall s", "CPU s", "peak MB", "× floor"):
        table.add_column(heading, justify="right")
    kind = "whole"
    for row in measured["rows"]:
        if row["kind"] != kind:
            table.add_section()
            kind = row["kind"]
        ratio = "" if row["ratio_to_floor"] is None else f"{row['ratio_to_floor']:.2f}"
        table.add_row(
            row["name"], f"{row['wall_seconds']:.2f}", f"{row['cpu_seconds']:.2f}", f"{row['peak_mb']:,}", ratio
        )
    console.print(table)

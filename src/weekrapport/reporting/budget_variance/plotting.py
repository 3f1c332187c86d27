"""What the charts of the budget report share."""

from __future__ import annotations

from typing import Any

from weekrapport.reporting.chart_style import FIGURE_WIDTH, apply_chart_style
from weekrapport.reporting.numbers import getal

MIN_PUNTEN = 3
"""A chart of fewer points says less than a sentence."""


def axes(height: float, grid: str = "y") -> tuple[Any, Any]:
    """Return a figure of the full text width and its axes."""
    apply_chart_style()
    import matplotlib.pyplot as plt

    fig, ax = plt.subplots(figsize=(FIGURE_WIDTH, height), layout="constrained")
    ax.grid(False)
    ax.grid(True, axis=grid)  # type: ignore[arg-type]
    return fig, ax


def tick(value: float, _position: int, *, decimalen: int, teken: bool) -> str:
    """Return the label of a tick, for `set_major_formatter`."""
    return getal(value, decimalen, teken=teken)

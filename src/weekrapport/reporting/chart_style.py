"""One look for all charts: the report's letter, its palette, and IBCS notation.

IBCS: what happened (AC) is solid and dark, the previous period (PY) grey, a plan or norm (BU) outlined, and an
expectation (FC) hatched.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

FIGURE_WIDTH = 6.69
"""Inches: the width of the text on the page (170 mm). A figure this wide keeps its text size."""
INK, NAVY, TEAL, GREY = "#1B2530", "#12304A", "#0B7285", "#56616E"
LIGHT_GREY, RULE, MIST = "#B4BEC8", "#D5DCE3", "#A9C6D3"
GREEN, AMBER, RED = "#2E8B4A", "#E08600", "#C62A1E"
PALETTE = (NAVY, TEAL, "#7FB3C2", AMBER, "#8A97A4", "#7A5AA6")
"""Colours of series, in order; verdict colours are for verdicts only."""

Scenario = Literal["AC", "PY", "BU", "FC"]
_FONTS = Path(__file__).parent / "typst" / "fonts"
_CHART_FONTS = ("Inter-Regular.otf", "Inter-SemiBold.otf", "Inter-Italic.otf")


def apply_chart_style() -> None:
    """Set the house style for all figures made from now on; cheap to call again."""
    import matplotlib as mpl

    _register_fonts()
    mpl.rcParams.update(_settings())


def warm_up() -> None:
    """Draw an empty figure and drop it: the first one of a process takes half a second more than the others."""
    import io

    import matplotlib.pyplot as plt

    apply_chart_style()
    fig, ax = plt.subplots(layout="constrained")
    ax.set_title("0")
    fig.savefig(io.BytesIO(), format="svg")
    plt.close(fig)


def scenario_style(scenario: Scenario) -> dict[str, Any]:
    """Return the bar or area style of an IBCS scenario: AC solid, PY grey, BU outlined, FC hatched."""
    return {
        "AC": {"facecolor": NAVY, "edgecolor": NAVY, "linewidth": 0.8},
        "PY": {"facecolor": LIGHT_GREY, "edgecolor": LIGHT_GREY, "linewidth": 0.8},
        "BU": {"facecolor": "white", "edgecolor": NAVY, "linewidth": 1.1},
        "FC": {"facecolor": "white", "edgecolor": NAVY, "linewidth": 0.8, "hatch": "////"},
    }[scenario]


def scenario_line(scenario: Scenario) -> dict[str, Any]:
    """Return the line style of an IBCS scenario."""
    return {
        "AC": {"color": NAVY, "linewidth": 1.9, "linestyle": "-"},
        "PY": {"color": "#8A97A4", "linewidth": 1.4, "linestyle": "-"},
        "BU": {"color": NAVY, "linewidth": 1.1, "linestyle": (0, (1, 2))},
        "FC": {"color": NAVY, "linewidth": 1.4, "linestyle": (0, (4, 2))},
    }[scenario]


@lru_cache(maxsize=1)
def _register_fonts() -> None:
    """Add our fonts to matplotlib's list in memory, without the scan of all system fonts."""
    from matplotlib import font_manager

    for name in _CHART_FONTS:
        font_manager.fontManager.addfont(_FONTS / name)
    # DejaVu has no semibold; without this entry every chart would log that bold is taken instead.
    bold = font_manager.findfont(font_manager.FontProperties(family="DejaVu Sans", weight="bold"))
    font_manager.fontManager.ttflist.append(
        font_manager.FontEntry(fname=bold, name="DejaVu Sans", weight=600, size="scalable")
    )


@lru_cache(maxsize=1)
def _settings() -> dict[str, Any]:
    from cycler import cycler

    return {
        "font.family": ["Inter", "DejaVu Sans"],
        "font.size": 9,
        "text.color": INK,
        "axes.titlesize": 9.5,
        "axes.titleweight": "semibold",
        "axes.titlelocation": "left",
        "axes.titlecolor": NAVY,
        "axes.labelsize": 9,
        "axes.labelcolor": GREY,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.spines.left": False,
        "axes.edgecolor": "#8A97A4",
        "axes.linewidth": 0.7,
        "axes.grid": True,
        "axes.grid.axis": "y",
        "axes.axisbelow": True,
        "axes.prop_cycle": cycler(color=PALETTE),
        "axes.unicode_minus": True,
        "grid.color": "#E4E9EE",
        "grid.linewidth": 0.6,
        "xtick.labelsize": 9,
        "ytick.labelsize": 9,
        "xtick.color": "#8A97A4",
        "ytick.color": "#8A97A4",
        "xtick.labelcolor": GREY,
        "ytick.labelcolor": GREY,
        "xtick.major.size": 3,
        "ytick.left": False,
        "lines.linewidth": 1.9,
        "lines.solid_capstyle": "round",
        "patch.linewidth": 0.8,
        "hatch.linewidth": 0.6,
        "legend.frameon": False,
        "legend.fontsize": 9,
        "figure.figsize": (FIGURE_WIDTH, 2.6),
        "figure.dpi": 100,
        "figure.constrained_layout.use": True,
        "figure.facecolor": "white",
        "savefig.transparent": True,
        "svg.fonttype": "none",
        "svg.hashsalt": "weekrapport",
    }

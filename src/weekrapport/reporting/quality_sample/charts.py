"""The chart of the quality report: the share of every check per week, small multiples on one scale."""

from __future__ import annotations

from typing import Any

from weekrapport.domain.intervals import KLEINE_NOEMER
from weekrapport.reporting.blocks import Block, figure, sentence
from weekrapport.reporting.chart_style import FIGURE_WIDTH, GREY, NAVY, apply_chart_style, scenario_line
from weekrapport.reporting.numbers import procent
from weekrapport.reporting.quality_sample.overview import GEEN_UITKOMSTEN, WEKEN_VERGELIJKING, Kwaliteit
from weekrapport.reporting.quality_sample.wording import KORT

MIN_PUNTEN = 3
"""A panel of fewer points says less than the table."""
KOLOMMEN = 3


def toets_grafiek(view: Kwaliteit) -> Block:
    """Return one panel per check with enough weeks, all from 0 to 100 %, the norm as a dotted line."""
    if view.leeg:
        return sentence(GEEN_UITKOMSTEN)
    lines = {toets: view.verloop(toets) for toets in view.toetsing.toetsen}
    lines = {toets: line for toets, line in lines.items() if sum(share is not None for share in line) >= MIN_PUNTEN}
    if not lines:
        return sentence(
            f"Er zijn te weinig weken met {KLEINE_NOEMER} of meer getoetste zaken voor een grafiek van het verloop."
        )
    apply_chart_style()
    import matplotlib.pyplot as plt

    columns = min(KOLOMMEN, len(lines))
    rows = -(-len(lines) // columns)
    fig, axes = plt.subplots(
        rows,
        columns,
        figsize=(FIGURE_WIDTH, 0.35 + 1.35 * rows),
        sharex=True,
        sharey=True,
        squeeze=False,
        layout="constrained",
    )
    panels = list(axes.flat)
    for ax, (toets, line) in zip(panels, lines.items(), strict=False):
        _panel(ax, KORT[toets], line, view.normen.get(toets))
    for number, ax in enumerate(panels):
        if number >= len(lines):
            ax.set_visible(False)
        elif number + columns >= len(lines):
            ax.xaxis.set_tick_params(labelbottom=True)
    first = view.week.plus(-WEKEN_VERGELIJKING)
    last = WEKEN_VERGELIJKING
    panels[0].set_xticks([0, last // 2, last], [f"wk {view.week.plus(back).number}" for back in (-last, -last // 2, 0)])
    title = f"Aandeel goed per toets en week, week {first.number} t/m {view.week.number}"
    return figure(fig, title, f"Lijnen per toets. {_values(view, lines)}.", _caption(view, lines))


def _panel(ax: Any, title: str, line: list[float | None], norm: float | None) -> None:
    ax.set_title(title)
    points = [(i, share) for i, share in enumerate(line) if share is not None]
    values = [float("nan") if share is None else share for share in line]
    ax.plot(range(len(line)), values, **scenario_line("AC"), marker="o", markersize=2.6)
    if norm is not None:
        ax.hlines(norm, 0, len(line) - 1, **scenario_line("BU"))
    place, share = points[-1]
    is_now = place == len(line) - 1
    ax.text(
        place + 0.5,
        share,
        procent(share, 0),
        va="center",
        fontweight="semibold" if is_now else "normal",
        color=NAVY if is_now else GREY,
    )
    ax.set_ylim(0, 1.06)
    ax.set_xlim(-0.6, len(line) + 1.9)
    ax.set_yticks([0, 0.5, 1], [procent(each, 0) for each in (0, 0.5, 1)])


def _values(view: Kwaliteit, lines: dict[str, list[float | None]]) -> str:
    texts = []
    for toets, line in lines.items():
        first = view.week.plus(-WEKEN_VERGELIJKING)
        points = ", ".join(
            f"week {first.plus(i).number} {procent(share)}" for i, share in enumerate(line) if share is not None
        )
        norm = view.normen.get(toets)
        texts.append(f"{KORT[toets]}{f' (norm {procent(norm, 0)})' if norm is not None else ''}: {points}")
    return "; ".join(texts)


def _caption(view: Kwaliteit, lines: dict[str, list[float | None]]) -> str:
    dotted = "Stippellijn: de norm. " if any(toets in view.normen for toets in lines) else ""
    return f"{dotted}Alleen weken met {KLEINE_NOEMER} of meer getoetste zaken; eerdere weken zoals nu bekend."

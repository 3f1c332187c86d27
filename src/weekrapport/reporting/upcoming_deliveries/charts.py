"""The chart of the report on deliveries: cases per day; its axis starts at zero."""

from __future__ import annotations

import pandas as pd

from weekrapport.domain.leveringen import TE_LEVEREN
from weekrapport.reporting.blocks import Block, figure, sentence
from weekrapport.reporting.chart_style import FIGURE_WIDTH, GREY, NAVY, apply_chart_style, scenario_style
from weekrapport.reporting.numbers import getal, zaken
from weekrapport.reporting.upcoming_deliveries.overview import Leveringen

MIN_PUNTEN = 3
"""A chart of fewer cases or fewer working days says less than a sentence."""


def dag_grafiek(view: Leveringen) -> Block:
    """Return the cases to deliver per day of the week, days off marked (chart 1)."""
    rows = view.lijst(TE_LEVEREN)
    if rows.empty:
        return sentence(f"In {view.week_kort} hoeft geen zaak klaar te zijn.")
    bars = _bars(view, rows)
    if len(rows) < MIN_PUNTEN or view.werkdagen < MIN_PUNTEN:
        told = "; ".join(f"{name}: {zaken(count)}" for name, count, _ in bars if count)
        return sentence(f"Te leveren per dag in {view.week_kort}: {told}.")
    apply_chart_style()
    import matplotlib.pyplot as plt
    from matplotlib.ticker import MaxNLocator

    fig, ax = plt.subplots(figsize=(FIGURE_WIDTH, 1.7), layout="constrained")
    top = max(count for _, count, _ in bars)
    for place, (_, count, is_werkdag) in enumerate(bars):
        if not is_werkdag:
            ax.text(place, top * 0.03, "vrij", ha="center", va="bottom", color=GREY)
            continue
        ax.bar(place, count, width=0.62, **scenario_style("AC"))
        ax.text(place, count + top * 0.03, getal(count), ha="center", va="bottom", fontweight="semibold", color=NAVY)
    ax.set_xticks(range(len(bars)), [name for name, _, _ in bars])
    ax.set_xlim(-0.6, len(bars) - 0.4)
    ax.set_ylim(0, top * 1.2)
    ax.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
    values = "; ".join(f"{name}: {getal(count) if is_werkdag else 'vrije dag'}" for name, count, is_werkdag in bars)
    has_days_off = any(not is_werkdag for _, _, is_werkdag in bars)
    caption = "Elke zaak staat op de laatste werkdag op of vóór haar leverdatum."
    return figure(
        fig,
        f"Te leveren zaken per dag, {view.week_lang}",
        f"Staafgrafiek van het aantal te leveren zaken per dag. {values}.",
        f"{caption} Vrij: geen werkdag." if has_days_off else caption,
    )


def _bars(view: Leveringen, rows: pd.DataFrame) -> list[tuple[str, int, bool]]:
    """Return label, number and whether it is a working day; what must be done before the Monday comes first."""
    before = int((rows["praktische_datum"] < pd.Timestamp(view.week.monday)).sum())
    columns = (view.per_dag[name] for name in ("datum", "aantal", "is_werkdag"))
    days = [(view.dag(day), int(count), bool(works)) for day, count, works in zip(*columns, strict=True)]
    return [(f"vóór {view.dag(view.week.monday)}", before, True), *days] if before else days

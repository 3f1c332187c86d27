"""The charts of the case overview: who, what in which unit, and when stand in every title; axes start at zero."""

from __future__ import annotations

from typing import Any

from weekrapport.domain import kpis
from weekrapport.domain.intervals import KLEINE_NOEMER
from weekrapport.reporting.blocks import Block, figure, sentence
from weekrapport.reporting.case_overview.overview import Overzicht
from weekrapport.reporting.chart_style import (
    FIGURE_WIDTH,
    GREY,
    NAVY,
    TEAL,
    apply_chart_style,
    scenario_style,
)
from weekrapport.reporting.numbers import getal, procent
from weekrapport.week import Week

MIN_PUNTEN = 3
"""A chart of fewer points says less than a sentence."""


def doorzet_grafiek(view: Overzicht) -> Block:
    """Return finished cases per week, with the mean of the twelve weeks before (chart 1)."""
    reeks = view.reeks[view.reeks["afgerond"].cumsum() > 0]
    if len(reeks) < MIN_PUNTEN:
        return sentence("Er zijn te weinig weken met afgeronde zaken voor een grafiek.")
    fig, ax = _axes(1.85)
    last = len(reeks) - 1
    styles = [scenario_style("AC" if i == last else "PY") for i in range(len(reeks))]
    for i, (count, style) in enumerate(zip(reeks["afgerond"], styles, strict=True)):
        ax.bar(i, count, width=0.68, **style)
    top = float(reeks["afgerond"].max())
    ax.text(last, reeks["afgerond"].iloc[-1] + top * 0.03, getal(reeks["afgerond"].iloc[-1]),
            ha="center", va="bottom", fontweight="semibold", color=NAVY)  # fmt: skip
    caption = None
    if view.gemiddeld is not None:
        ax.hlines(view.gemiddeld, max(last - 12.4, -0.5), last - 0.6, color=TEAL, linewidth=1.3)
        ax.text(
            last + 0.6, view.gemiddeld, f"gemiddeld\n{getal(view.gemiddeld, 1)}", color=TEAL, va="center", fontsize=8.5
        )
        caption = "Lijn: gemiddelde van de 12 weken ervoor."
    _week_axis(ax, reeks["week"].tolist())
    ax.set_ylim(0, top * 1.18)
    ax.set_xlim(-0.7, last + 2.9)
    values = ", ".join(
        f"{_short(week)}: {getal(count)}" for week, count in zip(reeks["week"], reeks["afgerond"], strict=True)
    )
    return figure(
        fig,
        f"Afgeronde zaken per week, {_short(reeks['week'].iloc[0])} t/m {_short(reeks['week'].iloc[-1])}",
        f"Staafgrafiek van het aantal afgeronde zaken per week. {values}.",
        caption,
    )


def tijdigheid_grafiek(view: Overzicht) -> Block:
    """Return the share on time per kind of work beside the twelve weeks before (chart 2)."""
    rows = _tijdigheid_per_soort(view)
    if len(rows) < MIN_PUNTEN:
        return sentence(
            f"Te weinig soorten werk hebben {KLEINE_NOEMER} of meer afgeronde zaken met een norm voor een grafiek."
        )
    fig, ax = _axes(0.5 + 0.42 * len(rows), grid="x")
    for i, row in enumerate(reversed(rows)):
        if row["eerder"] is not None:
            ax.barh(i - 0.19, row["eerder"], height=0.26, **scenario_style("PY"))
        ax.barh(i + 0.12, row["nu"], height=0.36, **scenario_style("AC"))
        ax.text(row["nu"] + 0.012, i + 0.12, procent(row["nu"], 0), va="center", fontweight="semibold", color=NAVY)
        if row["eerder"] is not None and abs(row["eerder"] - row["nu"]) >= 0.005:
            ax.text(row["eerder"] + 0.012, i - 0.22, procent(row["eerder"], 0), va="center", fontsize=8, color=GREY)
    ax.set_yticks(range(len(rows)), [f"{row['soort'].capitalize()} ({getal(row['noemer'])})" for row in reversed(rows)])
    ax.set_xlim(0, 1.12)
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1], [procent(x, 0) for x in (0, 0.25, 0.5, 0.75, 1)])
    ax.tick_params(axis="y", length=0)
    values = "; ".join(
        f"{row['soort']}: {procent(row['nu'])} van {getal(row['noemer'])}, eerder {procent(row['eerder'])}"
        for row in rows
    )
    return figure(
        fig,
        "Aandeel op tijd per soort werk, deze week en de 12 weken ervoor",
        f"Liggende staven per soort werk. {values}.",
        f"Donker: deze week. Grijs: de 12 weken ervoor. Alleen soorten met {KLEINE_NOEMER} of meer zaken met een norm; "
        "het aantal staat tussen haakjes.",
    )


def werkvoorraad_grafiek(view: Overzicht) -> Block:
    """Return inflow and finished cases as columns, and the stock as a line above them (chart 3)."""
    begun = view.reeks[["instroom", "afgerond", "werkvoorraad"]].sum(axis=1).cumsum() > 0
    reeks = view.reeks[begun].tail(13).reset_index(drop=True)  # a week before the export begins is no week without work
    if int((reeks["instroom"] + reeks["afgerond"] > 0).sum()) < MIN_PUNTEN:
        return sentence("Er zijn te weinig weken met instroom of afgeronde zaken voor een grafiek.")
    apply_chart_style()
    import matplotlib.pyplot as plt

    fig, (top, bottom) = plt.subplots(
        2, 1, figsize=(FIGURE_WIDTH, 2.7), sharex=True, height_ratios=(1, 1.25), layout="constrained"
    )
    last = len(reeks) - 1
    top.plot(reeks.index, reeks["werkvoorraad"], color=NAVY, marker="o", markersize=3.2)
    top.set_ylim(0, float(reeks["werkvoorraad"].max()) * 1.25)
    top.text(last + 0.35, reeks["werkvoorraad"].iloc[-1], f"open: {getal(reeks['werkvoorraad'].iloc[-1])}",
             va="center", fontweight="semibold", color=NAVY)  # fmt: skip
    bottom.bar(reeks.index - 0.2, reeks["instroom"], width=0.36, **scenario_style("PY"))
    bottom.bar(reeks.index + 0.2, reeks["afgerond"], width=0.36, **scenario_style("AC"))
    highest = float(reeks[["instroom", "afgerond"]].to_numpy().max())
    came_in, done = int(reeks["instroom"].iloc[-1]), int(reeks["afgerond"].iloc[-1])
    bottom.text(last + 0.55, highest * 0.78, f"instroom: {getal(came_in)}", va="center", color=GREY)
    bottom.text(last + 0.55, highest * 0.52, f"afgerond: {getal(done)}", va="center", color=NAVY, fontweight="semibold")
    bottom.set_ylim(0, highest * 1.12)
    _week_axis(bottom, reeks["week"].tolist(), every=2)
    bottom.set_xlim(-0.7, last + 2.9)
    values = "; ".join(
        f"{_short(row.week)}: {getal(row.instroom)} in, {getal(row.afgerond)} af, {getal(row.werkvoorraad)} open"
        for row in reeks.itertuples()
    )
    return figure(
        fig,
        f"Open zaken, instroom en afgeronde zaken per week, {_short(reeks['week'].iloc[0])} t/m "
        f"{_short(reeks['week'].iloc[-1])}",
        f"Boven een lijn met de werkvoorraad, onder staven met instroom en afgeronde zaken per week. {values}.",
        "Boven: open zaken aan het einde van de week. Onder: instroom (grijs) en afgerond (donker).",
    )


def _tijdigheid_per_soort(view: Overzicht) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for soort, group in view.afgerond.groupby("soort"):
        tijdig, noemer = kpis.tijdigheid(group)
        if noemer < KLEINE_NOEMER:
            continue
        before, before_of = kpis.tijdigheid(view.eerder[view.eerder["soort"] == soort])
        enough = view.heeft_geschiedenis and before_of >= KLEINE_NOEMER
        rows.append(
            {
                "soort": str(soort),
                "nu": tijdig / noemer,
                "noemer": noemer,
                "eerder": before / before_of if enough else None,
            }
        )
    return sorted(rows, key=lambda row: (-row["noemer"], row["soort"]))


def _axes(height: float, grid: str = "y") -> tuple[Any, Any]:
    apply_chart_style()
    import matplotlib.pyplot as plt

    fig, ax = plt.subplots(figsize=(FIGURE_WIDTH, height), layout="constrained")
    ax.grid(False)
    ax.grid(True, axis=grid)  # type: ignore[arg-type]
    return fig, ax


def _week_axis(ax: Any, weeks: list[str], every: int = 4) -> None:
    """Label the last week and every `every`-th before it; the year where it changes."""
    last = len(weeks) - 1
    shown = [i for i in range(len(weeks)) if (last - i) % every == 0]
    labels = []
    for position, i in enumerate(shown):
        week = Week.parse(weeks[i])
        new_year = position == 0 or Week.parse(weeks[shown[position - 1]]).year != week.year
        labels.append(f"wk {week.number}\n{week.year}" if new_year else f"wk {week.number}")
    ax.set_xticks(shown, labels)


def _short(week: object) -> str:
    return f"week {Week.parse(str(week)).number}"

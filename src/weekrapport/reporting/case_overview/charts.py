"""The charts of the case overview: who, what in which unit, and when stand in every title; axes start at zero."""

from __future__ import annotations

from typing import Any

import pandas as pd

from weekrapport.domain import kpis
from weekrapport.domain.intervals import KLEINE_NOEMER
from weekrapport.domain.ouderdom import (
    EERSTE_HELFT,
    GEEN_TERMIJN,
    KLASSEN,
    TWEEDE_HELFT,
    VERSTREKEN,
    ouderdomsklassen,
)
from weekrapport.domain.regelkaart import GRENS_WEKEN, Regelkaart
from weekrapport.reporting.blocks import Block, figure, sentence
from weekrapport.reporting.case_overview.overview import Overzicht
from weekrapport.reporting.chart_style import (
    FIGURE_WIDTH,
    GREY,
    INK,
    MIST,
    NAVY,
    RED,
    TEAL,
    apply_chart_style,
    scenario_style,
)
from weekrapport.reporting.numbers import getal, procent
from weekrapport.week import Week

MIN_PUNTEN = 3
"""A chart of fewer points says less than a sentence."""


def doorzet_grafiek(view: Overzicht) -> Block:
    """Return finished cases per week of five days, with the limits of the twelve weeks before (chart 1, XmR of K12)."""
    kaart, waarde = view.kaart, view.doorzet[-1]
    if kaart is None:
        return _afgerond_grafiek(view)
    weeks = [str(view.week.plus(place - len(view.doorzet) + 1)) for place in range(len(view.doorzet))]
    view.report.attach("doorzet_per_week", _doorzet_frame(view, weeks))
    fig, ax = _axes(1.95 if len(view.leidend) < 2 else 1.5)  # page 1 holds the messages and the chart
    last = len(weeks) - 1
    known = [(place, value) for place, value in enumerate(view.doorzet) if value is not None]
    ax.axhspan(
        kaart.ondergrens, kaart.bovengrens, xmax=(last + 1.2) / (last + 4.6), color=MIST, alpha=0.28, linewidth=0
    )
    ax.plot(*zip(*known, strict=True), color=NAVY, marker="o", markersize=3.4, linewidth=1.4)
    ax.hlines(kaart.gemiddelde, -0.7, last + 0.5, color=TEAL, linewidth=1.2)
    top = max(kaart.bovengrens, *(value for _, value in known)) or 1.0
    names = {"ondergrens": kaart.ondergrens, "gemiddeld": kaart.gemiddelde, "bovengrens": kaart.bovengrens}
    for (name, level), height in zip(names.items(), _uiteen([*names.values()], 0.17 * top), strict=True):
        ax.text(last + 0.75, height, f"{name} {getal(level, 1)}", color=TEAL, va="center", fontsize=8.5)
    if waarde is not None:
        ax.plot([last], [waarde], marker="o", markersize=6.5, color=RED if kaart.kant(waarde) == "laag" else NAVY)
        above = waarde >= kaart.gemiddelde or waarde < 0.25 * top  # below it there is no room above the axis
        ax.text(last, waarde + top * (0.06 if above else -0.06), getal(waarde, 0 if waarde == int(waarde) else 1),
                ha="center", va="bottom" if above else "top", fontweight="semibold", color=NAVY)  # fmt: skip
    _week_axis(ax, weeks, every=2)
    ax.set_ylim(0, top * 1.14)
    ax.set_xlim(-0.7, last + 3.9)
    values = ", ".join(f"{_short(week)}: {getal(value, 1)}" for week, value in zip(weeks, view.doorzet, strict=True))
    return figure(
        fig,
        _doorzet_titel(view, kaart, waarde),
        f"Lijn van het aantal afgeronde zaken per week van vijf werkdagen. {values}. Grenzen: "
        f"{getal(kaart.ondergrens, 1)} tot {getal(kaart.bovengrens, 1)}, gemiddeld {getal(kaart.gemiddelde, 1)}.",
        "Afgeronde zaken, omgerekend naar een week van vijf werkdagen. Grenzen: waartussen een week gewoonlijk ligt, "
        f"volgens {_weken(kaart)}." + _wisselend(kaart, waarde),
    )


def _uiteen(levels: list[float], gap: float) -> list[float]:
    """Return rising levels at least `gap` apart, moved upwards where they were not."""
    result: list[float] = []
    for level in levels:
        result.append(level if not result else max(level, result[-1] + gap))
    return result


def _weken(kaart: Regelkaart) -> str:
    if kaart.punten == GRENS_WEKEN:
        return f"de {GRENS_WEKEN} weken ervoor"
    return f"de {getal(kaart.punten)} van de {GRENS_WEKEN} weken ervoor die meetellen"


def _doorzet_titel(view: Overzicht, kaart: Regelkaart, waarde: float | None) -> str:
    name = f"Week {view.week.number}"
    if waarde is None:
        return f"{name} had minder dan drie werkdagen en is niet te vergelijken"
    if kaart.wisseling == 0:
        return f"{name} naast de 12 weken ervoor, waarin er nooit verschil was"
    side = kaart.kant(waarde)
    if side is None:
        return f"{name} ligt binnen de gewone grenzen"
    return f"{name} ligt {'onder' if side == 'laag' else 'boven'} de gewone grenzen"


def _wisselend(kaart: Regelkaart, waarde: float | None) -> str:
    if waarde is None or not kaart.is_ongewoon_wisselend(waarde):
        return ""
    step = abs(waarde - kaart.laatste)
    return f" De stap van {getal(step, 1)} sinds de week ervoor is ongewoon groot."


def _doorzet_frame(view: Overzicht, weeks: list[str]) -> pd.DataFrame:
    frame = pd.DataFrame({"week": weeks, "doorzet": view.doorzet})
    if view.kaart is None:
        return frame
    return frame.assign(
        gemiddeld=view.kaart.gemiddelde, ondergrens=view.kaart.ondergrens, bovengrens=view.kaart.bovengrens
    )


def _afgerond_grafiek(view: Overzicht) -> Block:
    """Return finished cases per week as columns, where there are too few weeks for limits."""
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
    fig, ax = _axes(0.4 + 0.37 * len(rows), grid="x")
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
        2, 1, figsize=(FIGURE_WIDTH, 1.8), sharex=True, height_ratios=(1, 1.25), layout="constrained"
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
        f"Open zaken, instroom en afgerond, {_short(reeks['week'].iloc[0])} t/m {view.week.number}",
        f"Boven een lijn met de werkvoorraad, onder staven met instroom en afgeronde zaken per week. {values}.",
        "Grijs: instroom. Donker: afgerond.",
    )


def ouderdom_grafiek(view: Overzicht) -> Block:
    """Return how far the open cases are in their term, as one stacked bar (chart 4, K08)."""
    counts = ouderdomsklassen(view.ouderdom).iloc[0]
    total = int(counts["totaal"])
    if not total:
        return sentence("Er zijn geen open zaken die niet zijn opgeschort.")
    if int(counts[GEEN_TERMIJN]) == total:
        return sentence("Van de open zaken is geen termijn bekend; over hun ouderdom is daarom niets te zeggen.")
    fig, ax = _axes(0.66, grid="x")
    ax.grid(False)
    left = 0
    for klasse, style, ink in _KLASSE_STIJL:
        count = int(counts[klasse])
        ax.barh(0, count, left=left, height=0.62, **style)
        if count:
            inside = count / total >= _RUIMTE_GETAL
            ax.text(left + count / 2, 0 if inside else 0.47, getal(count), ha="center", fontweight="semibold",
                    va="center" if inside else "bottom", color=ink if inside else INK)  # fmt: skip
            if count / total >= _RUIMTE_NAAM:
                ax.text(left + count / 2, -0.45, klasse, ha="center", va="top", fontsize=8.5, color=GREY)
        left += count
    ax.set_xlim(0, total)
    ax.set_ylim(-0.85, 0.8)
    ax.set_axis_off()
    values = "; ".join(f"{klasse}: {getal(int(counts[klasse]))}" for klasse in KLASSEN)
    late = int(counts[VERSTREKEN])
    title = f"{getal(late)} van de {getal(total)} open zaken {'is' if late == 1 else 'zijn'} op of over de termijn"
    return figure(
        fig,
        title if late else f"Geen van de {getal(total)} open zaken is over de termijn",
        f"Eén liggende balk met de open zaken per stand van hun termijn. {values}.",
        f"Open zaken zonder de opgeschorte, naar de stand van hun termijn.{_klassen_zin(counts, total)}",
    )


def _klassen_zin(counts: pd.Series, total: int) -> str:
    """Name the classes in their order, where the bar has no room for a name."""
    parts = [f"{klasse} {getal(int(counts[klasse]))}" for klasse in KLASSEN if int(counts[klasse])]
    if all(not int(counts[klasse]) or int(counts[klasse]) / total >= _RUIMTE_NAAM for klasse in KLASSEN):
        return ""
    return " Van links naar rechts: " + ", ".join(parts) + "."


_RUIMTE_NAAM, _RUIMTE_GETAL = 0.13, 0.07
"""Shares of the bar that hold the name of a class, and its number."""
_KLASSE_STIJL: tuple[tuple[str, dict[str, Any], str], ...] = (
    (EERSTE_HELFT, {"facecolor": MIST, "edgecolor": "white", "linewidth": 0.8}, INK),
    (TWEEDE_HELFT, {"facecolor": "#5E8CA3", "edgecolor": "white", "linewidth": 0.8}, "white"),
    (VERSTREKEN, {"facecolor": NAVY, "edgecolor": "white", "linewidth": 0.8}, "white"),
    (GEEN_TERMIJN, {"facecolor": "white", "edgecolor": GREY, "linewidth": 0.8, "hatch": "...."}, INK),
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

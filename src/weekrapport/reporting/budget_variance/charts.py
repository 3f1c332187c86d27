"""The charts of the budget report: who, what in which unit, and when stand in every title; axes start at zero."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd

from weekrapport.reporting.blocks import Block, figure, sentence
from weekrapport.reporting.budget_variance.amounts import Schaal, in_euro, schaal
from weekrapport.reporting.budget_variance.bare import begroting_grafiek, kosten_per_maand_grafiek
from weekrapport.reporting.budget_variance.groups import groepen
from weekrapport.reporting.budget_variance.plotting import MIN_PUNTEN, axes, tick
from weekrapport.reporting.budget_variance.view import MAAND_KORT, Begrotingsrapport
from weekrapport.reporting.chart_style import (
    GREEN,
    GREY,
    NAVY,
    RED,
    scenario_style,
)
from weekrapport.reporting.numbers import getal


def afwijking_grafiek(view: Begrotingsrapport) -> Block | None:
    """Return the difference from the budget per kostensoort as bars, each with its sign (chart 1)."""
    if view.regels is None or view.kosten.empty:
        return None
    if view.boekbeeld is None:
        return begroting_grafiek(view)
    if not view.afspraken.periode:
        return sentence("Afwijkingen zijn er pas als een maand is afgesloten.")
    rows = groepen(view, "kosten")
    rows = rows.iloc[:-1] if len(rows) > 1 else rows
    if len(rows) < MIN_PUNTEN:
        return None
    unit = schaal(rows["prognose_hoog_cent"])
    fig, ax = axes(0.35 + 0.245 * len(rows), grid="x")
    values = [int(cents) / unit.deler for cents in rows["afwijking_cent"]]
    span = max((abs(each) for each in values), default=0) or 1
    for i, value in enumerate(reversed(values)):
        colour = RED if value > 0 else GREEN
        ax.barh(i, value, height=0.62, color=colour, edgecolor=colour)
        side = 1 if value >= 0 else -1
        ax.text(
            value + side * span * 0.015,
            i,
            getal(value, unit.decimalen, teken=True),
            va="center",
            ha="left" if side > 0 else "right",
            fontweight="semibold",
            color=NAVY,
        )
    ax.axvline(0, color=NAVY, linewidth=0.9)
    ax.set_yticks(range(len(rows)), list(reversed(rows["naam"].tolist())))
    ax.tick_params(axis="y", length=0)
    low, high = min([0.0, *values]), max([0.0, *values])
    room = span * 0.16
    ax.set_xlim(low - room if low < 0 else -span * 0.02, high + room if high > 0 else span * 0.02)
    ax.xaxis.set_major_formatter(partial(tick, decimalen=0 if span >= 5 else 1, teken=True))
    told = "; ".join(f"{row.naam}: {unit.met_eenheid(row.afwijking_cent)}" for row in rows.itertuples())
    return figure(
        fig,
        f"Kosten per kostensoort, afwijking van de begroting in {unit.eenheid}, {view.tot_en_met}",
        f"Liggende staven per kostensoort. {told}.",
        "Rood en +: meer uitgegeven dan begroot. Groen en −: minder.",
    )


def verloop_grafiek(view: Begrotingsrapport) -> Block | None:
    """Return the costs so far beside the budget so far, month by month, with the rest of the year hatched (chart 2)."""
    if view.boekbeeld is None or view.afspraken.periode < MIN_PUNTEN:
        return None
    if view.regels is None:
        return kosten_per_maand_grafiek(view)
    months = view.maanden()
    if months is None or months.drop(columns="realisatie_cent").isna().to_numpy().any():
        return None
    months = months.assign(prognose_cent=_prognose(view, months))
    view.report.attach("kosten_per_maand", in_euro(months))
    unit = schaal([*months["begroot_cent"], *months["prognose_cent"]])
    fig, ax = axes(1.7)
    place = months["maand"] - 1
    ax.bar(place + 0.14, months["begroot_cent"] / unit.deler, width=0.5, **scenario_style("BU"))
    for scenario, column in (("AC", "realisatie_cent"), ("FC", "prognose_cent")):
        known = months[months[column].notna()]
        heights = known[column].astype("int64") / unit.deler
        ax.bar(known["maand"] - 1 - 0.1, heights, width=0.5, **scenario_style("AC" if scenario == "AC" else "FC"))
    _labels(ax, months, view, unit)
    amounts = months[["begroot_cent", "realisatie_cent", "prognose_cent"]].stack().dropna().astype("int64") / unit.deler
    highest = max(float(amounts.max()), 0.0) or 1.0
    ax.set_ylim(min(float(amounts.min()) * 1.1, 0.0), highest * 1.2)
    ax.set_xlim(-0.6, 13.4)
    ax.set_xticks(range(12), MAAND_KORT)
    ax.yaxis.set_major_formatter(partial(tick, decimalen=0 if highest >= 5 else 1, teken=False))
    told = "; ".join(_told(row, unit) for row in months.itertuples())
    return figure(
        fig,
        f"Kosten opgeteld door {view.afspraken.boekjaar}, in {unit.eenheid}",
        f"Staven per maand. {told}.",
        "Donker: realisatie. Open: begroting." + ("" if view.is_jaar_dicht else " Gearceerd: verwachting."),
    )


def _prognose(view: Begrotingsrapport, months: pd.DataFrame) -> pd.Series:
    """Return the costs expected up to and including every month that is not closed; on the path of the budget."""
    periode = view.afspraken.periode
    so_far = int(months["realisatie_cent"].iloc[periode - 1])
    planned = months["begroot_cent"].astype("int64")
    rest = int(view.totaal["prognose_cent"]) - so_far
    left = int(planned.iloc[-1]) - int(planned.iloc[periode - 1])
    path = []
    for maand, cents in zip(months["maand"], planned, strict=True):
        part = (int(cents) - int(planned.iloc[periode - 1])) / left if left else (maand - periode) / (12 - periode or 1)
        path.append(pd.NA if maand <= periode else so_far + round(rest * part))
    return pd.Series(path, index=months.index, dtype="Int64")


def _labels(ax: Any, months: pd.DataFrame, view: Begrotingsrapport, unit: Schaal) -> None:
    """Write the amounts of the last closed month and of the end of the year."""
    last = view.afspraken.periode
    row = months.iloc[last - 1]
    ax.annotate(
        unit.bedrag(row["realisatie_cent"]), (last - 1 - 0.1, row["realisatie_cent"] / unit.deler), (0, 3),
        textcoords="offset points", ha="right", va="bottom", fontweight="semibold", color=NAVY,
    )  # fmt: skip
    end = months.iloc[-1]
    ax.text(
        11.55,
        end["begroot_cent"] / unit.deler * 0.86,
        f"BU {unit.bedrag(end['begroot_cent'])}",
        color=GREY,
        va="center",
    )
    if pd.notna(end["prognose_cent"]):
        ax.text(11.55, end["begroot_cent"] / unit.deler * 1.0, f"FC {unit.bedrag(end['prognose_cent'])}",
                color=NAVY, va="center", fontweight="semibold")  # fmt: skip


def _told(row: Any, unit: Schaal) -> str:
    text = f"{MAAND_KORT[row.maand - 1]}: begroot {unit.bedrag(row.begroot_cent)}"
    if pd.notna(row.realisatie_cent):
        return f"{text}, realisatie {unit.bedrag(row.realisatie_cent)}"
    return f"{text}, verwacht {unit.bedrag(row.prognose_cent)}"

"""The charts of the report on deliveries: cases per day and workload per team; their axes start at zero."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from weekrapport.domain.leveringen import TE_LEVEREN
from weekrapport.domain.risicoklasse import GROEN, KLASSEN, ORANJE, ROOD
from weekrapport.domain.teamgroepen import KLEINE_TEAMS
from weekrapport.reporting.blocks import Block, figure, sentence
from weekrapport.reporting.chart_style import FIGURE_WIDTH, GREY, INK, NAVY, apply_chart_style, scenario_style
from weekrapport.reporting.numbers import getal, procent, zaken
from weekrapport.reporting.upcoming_deliveries.overview import Leveringen

_STIJL = {GROEN: scenario_style("PY"), ORANJE: scenario_style("FC"), ROOD: scenario_style("AC")}
"""Light, hatched and dark: the classes can be told apart without colour."""
GENOEMD = 3
"""A title names at most this many teams."""
_RUIMTE, _LABEL = 0.34, 0.31
"""Room right of the longest bar, and the width of a label, as shares of the axis."""
MIN_PUNTEN = 3
"""A chart of fewer cases or fewer working days says less than a sentence."""


@dataclass(frozen=True)
class _Staaf:
    naam: str
    aantal: int
    is_werkdag: bool
    klassen: tuple[int, ...]
    """Cases in each class of `KLASSEN`; their sum is less where a class is not known."""


def dag_grafiek(view: Leveringen) -> Block:
    """Return the cases to deliver per day of the week, days off marked (chart 1)."""
    rows = view.lijst(TE_LEVEREN)
    if rows.empty:
        return sentence(f"In {view.week_kort} hoeft geen zaak klaar te zijn.")
    bars = _bars(view, rows)
    if len(rows) < MIN_PUNTEN or view.werkdagen < MIN_PUNTEN:
        told = "; ".join(f"{bar.naam}: {zaken(bar.aantal)}" for bar in bars if bar.aantal)
        return sentence(f"Te leveren per dag in {view.week_kort}: {told}.")
    apply_chart_style()
    import matplotlib.pyplot as plt
    from matplotlib.ticker import MaxNLocator

    fig, ax = plt.subplots(figsize=(FIGURE_WIDTH, 1.4), layout="constrained")
    top = max(bar.aantal for bar in bars)
    for place, bar in enumerate(bars):
        if not bar.is_werkdag:
            ax.text(place, top * 0.03, "vrij", ha="center", va="bottom", color=GREY)
            continue
        bottom = 0
        for name, count in zip(KLASSEN, bar.klassen, strict=True):
            ax.bar(place, count, bottom=bottom, width=0.62, **_STIJL[name])
            bottom += count
        if bar.aantal > bottom:
            ax.bar(place, bar.aantal - bottom, bottom=bottom, width=0.62, **scenario_style("AC"))
        above = bar.aantal + top * 0.03
        ax.text(place, above, getal(bar.aantal), ha="center", va="bottom", fontweight="semibold", color=NAVY)
    if view.heeft_risico:
        _klassen_noemen(ax, bars, top)
    ax.set_xticks(range(len(bars)), [bar.naam for bar in bars])
    ax.set_xlim(-0.6, len(bars) - (-0.15 if view.heeft_risico else 0.4))
    ax.set_ylim(0, top * 1.2)
    ax.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
    values = "; ".join(f"{bar.naam}: {_waarden(view, bar)}" for bar in bars)
    has_days_off = any(not bar.is_werkdag for bar in bars)
    caption = "Elke zaak staat op de laatste werkdag op of vóór haar leverdatum."
    by = " en klasse van risico" if view.heeft_risico else ""
    return figure(
        fig,
        f"Te leveren zaken per dag{by}, {view.week_lang}",
        f"Staafgrafiek van het aantal te leveren zaken per dag{by}. {values}.",
        f"{caption} Vrij: geen werkdag." if has_days_off else caption,
    )


def werklast_grafiek(view: Leveringen) -> Block:
    """Return the work of every team as a share of its hours, beside the line of what it has (chart 2, K23)."""
    rows = view.werklast.dropna(subset=["werklast"]).sort_values(["werklast", "team"])
    if view.werklast.empty:
        return sentence(_geen_uren(view))
    view.report.attach("werklast", view.werklast)
    without = view.werklast[view.werklast["werklast"].isna() & view.werklast["toelichting"].notna()]
    told = "; ".join(
        [
            *(
                f"{row.team}: {getal(row.vraag_uren)} uur werk en geen uren"
                for row in _zonder_aanbod(view).itertuples()
            ),
            *(f"{team}: {why}" for team, why in zip(without["team"], without["toelichting"], strict=True)),
        ]
    )
    if len(rows) < MIN_PUNTEN:
        known = [f"{row.team}: {_uren(row)}" for row in rows.itertuples(index=False)]
        return sentence(f"Werk in de komende tien werkdagen. {'; '.join([*known, told] if told else known)}.")
    apply_chart_style()
    import matplotlib.pyplot as plt

    fig, ax = plt.subplots(figsize=(FIGURE_WIDTH, 0.35 + 0.19 * len(rows)), layout="constrained")
    share = rows["werklast"].astype("float64").to_numpy() * 100
    end = max(share.max(), 100)
    for place, (value, row) in enumerate(zip(share, rows.itertuples(index=False), strict=True)):
        ax.barh(place, value, height=0.66, **scenario_style("AC" if value > 100 else "PY"))
        # Beside the line when the bar ends just before it, so that the two do not cross.
        begin = max(value, 100) if value > 100 - end * _LABEL else value
        ax.text(float(begin + end * 0.015), place, _uren(row), va="center", color=NAVY, fontsize=8.5)
    ax.axvline(100, color=INK, linewidth=1.0)
    ax.set_yticks(range(len(rows)), rows["team"])
    ax.set_xlim(0, end * (1 + _RUIMTE))
    ticks = [0, 50, 100] if end <= 2 * 100 else [0, 100]
    ax.set_xticks(ticks, [f"{tick} %" for tick in ticks])
    ax.grid(visible=False)
    values = "; ".join(f"{row.team}: {_uren(row)}" for row in rows.itertuples(index=False))
    return figure(
        fig,
        _werklast_titel(view, rows, is_ieder_bekend=without.empty),
        f"Staafgrafiek van het werk per team als deel van de uren die er zijn, komende tien werkdagen. {values}.",
        "Werk: uren van zaken die klaar moeten of te laat zijn, en van aanvragen, in de komende tien werkdagen. "
        f"Streep: alle beschikbare uren.{f' {told}.' if told else ''}",
    )


def _geen_uren(view: Leveringen) -> str:
    if not view.is_te_klein:
        return "Uren per medewerker zijn niet aangeleverd. Hoe vol een team zit, is daarom niet te zeggen."
    told = "Uren van zo weinig medewerkers zijn te herleiden tot een persoon. Zij staan daarom niet in dit rapport"
    return f"{told}{'; zij tellen mee in het rapport over alle teams' if view.report.team else ''}."


def _zonder_aanbod(view: Leveringen) -> pd.DataFrame:
    """Return the teams that have work and no hours at all; their share has no end."""
    rows = view.werklast
    found = (rows["aanbod_uren"] == 0) & (rows["vraag_uren"] > 0) & rows["toelichting"].isna()
    return rows[found.fillna(False).astype(bool)]


def _werklast_titel(view: Leveringen, rows: pd.DataFrame, *, is_ieder_bekend: bool) -> str:
    """Return what the chart shows; of teams whose workload is unknown it says nothing."""
    over = [*_zonder_aanbod(view)["team"], *rows.loc[rows["werklast"] > 1, "team"].tolist()[::-1]]
    if not over:
        which = "Elk team" if is_ieder_bekend else "Elk team waarvan de uren bekend zijn,"
        return f"{which} heeft genoeg uren voor de komende tien werkdagen"
    if len(over) > GENOEMD:
        return f"{getal(len(over))} teams hebben meer werk dan uren in de komende tien werkdagen"
    verb = "heeft" if len(over) == 1 and over[0] != KLEINE_TEAMS else "hebben"
    names = over[0] if len(over) == 1 else f"{', '.join(over[:-1])} en {over[-1]}"
    return f"{names} {verb} meer werk dan uren in de komende tien werkdagen"


def _uren(row: Any) -> str:
    return f"{getal(row.vraag_uren)} van {getal(row.aanbod_uren)} uur ({procent(row.werklast, 0)})"


def _klassen_noemen(ax: Any, bars: list[_Staaf], top: int) -> None:
    """Write the classes beside the last working day, each at its own height, so that no legend is needed."""
    shown = [name for name in KLASSEN if any(count for bar in bars for count in [bar.klassen[KLASSEN.index(name)]])]
    for place, name in enumerate(shown):
        height = top * (0.12 + 0.32 * place)
        x = len(bars) - 0.5
        ax.bar(x + 0.06, top * 0.14, bottom=height - top * 0.07, width=0.1, **_STIJL[name])
        ax.text(x + 0.16, height, name, ha="left", va="center", fontsize=8.5, color=INK)


def _waarden(view: Leveringen, bar: _Staaf) -> str:
    if not bar.is_werkdag:
        return "vrije dag"
    parts = [f"{getal(count)} {name}" for name, count in zip(KLASSEN, bar.klassen, strict=True) if count]
    told = f" ({', '.join(parts)})" if view.heeft_risico and parts else ""
    return getal(bar.aantal) + told


def _bars(view: Leveringen, rows: pd.DataFrame) -> list[_Staaf]:
    """Return one bar per day; what must be done before the Monday comes first."""
    early = rows[rows["praktische_datum"] < pd.Timestamp(view.week.monday)]
    per_day = view.per_dag.fillna({name: 0 for name in KLASSEN}).astype({name: "int64" for name in KLASSEN})
    days = [
        _Staaf(view.dag(row["datum"]), row["aantal"], row["is_werkdag"], tuple(row[name] for name in KLASSEN))
        for row in per_day.to_dict("records")
    ]
    if early.empty:
        return days
    counts = tuple(int((early["klasse"] == name).sum()) for name in KLASSEN)
    return [_Staaf(f"vóór {view.dag(view.week.monday)}", len(early), True, counts), *days]

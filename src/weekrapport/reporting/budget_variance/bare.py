"""What the report shows when one half is missing: bookings without a budget, or a budget without bookings."""

from __future__ import annotations

from functools import partial

import pandas as pd

from weekrapport.reporting.blocks import Block, ColumnFormat, figure, sentence, table
from weekrapport.reporting.budget_variance.amounts import hele_euro, in_euro, schaal
from weekrapport.reporting.budget_variance.groups import groepen, kop
from weekrapport.reporting.budget_variance.plotting import MIN_PUNTEN, axes, tick
from weekrapport.reporting.budget_variance.view import MAAND_KORT, Begrotingsrapport
from weekrapport.reporting.chart_style import NAVY, scenario_style
from weekrapport.reporting.numbers import euro, getal

MAX_REKENINGEN = 20


def rekeningen_tabel(view: Begrotingsrapport, soort: str) -> Block:
    """Return what was booked per account: there is no budget to set it against."""
    if view.rekeningen is None:
        return sentence("Er zijn geen boekingen aangeleverd.")
    rows = view.rekeningen[view.rekeningen["soort"] == soort].reset_index(drop=True)
    if rows.empty:
        return sentence(f"Er zijn {view.tot_en_met} geen {soort} geboekt.")
    attachment = view.report.attach(f"{soort}_per_rekening", in_euro(rows))
    total = int(rows["realisatie_cent"].sum())
    total_row = {"grootboekrekening": "", "regel": "Totaal", "aantal": rows["aantal"].sum(), "realisatie_cent": total}
    frame = pd.concat([rows.drop(columns="soort"), pd.DataFrame([total_row])], ignore_index=True)
    return table(
        frame,
        f"De {soort} {view.tot_en_met} zijn {euro(total)}, zonder begroting om mee te vergelijken",
        {
            "grootboekrekening": ColumnFormat("Rekening"),
            "regel": ColumnFormat("Omschrijving"),
            "aantal": ColumnFormat("Boekingen", format=getal),
            "realisatie_cent": ColumnFormat(f"Geboekt {view.tm_kort} in euro's", format=hele_euro),
        },
        total_row=True,
        max_rows=MAX_REKENINGEN,
        attachment=attachment,
    )


def begroting_tabel(view: Begrotingsrapport, soort: str) -> Block:
    """Return the budget alone: nothing was delivered about what was spent."""
    frame = groepen(view, soort)
    view.report.attach(f"begroting_{soort}", in_euro(gevuld(frame)))
    unit = schaal(frame["begroot_jaar_cent"])
    columns = {"naam": ColumnFormat(kop(view.kosten if soort == "kosten" else view.opbrengsten))}
    if frame["wijziging_cent"].notna().any():
        columns["primair_cent"] = ColumnFormat("Oorspronkelijk", format=unit.bedrag)
        columns["wijziging_cent"] = ColumnFormat("Wijziging", format=unit.verschil)
    columns["begroot_jaar_cent"] = ColumnFormat("Begroting nu", format=unit.bedrag)
    if view.heeft_verplichtingen and soort == "kosten":
        columns["verplicht_cent"] = ColumnFormat("Toegezegd", format=unit.bedrag)
    total = int(frame["begroot_jaar_cent"].iloc[-1])
    return table(
        frame,
        f"De begroting van {view.afspraken.boekjaar} telt {euro(total)} aan {soort}",
        columns,
        total_row=len(frame) > 1,
        note=f"Bedragen in {unit.woorden}.",
    )


def begroting_grafiek(view: Begrotingsrapport) -> Block | None:
    """Return the budget per kostensoort as bars; fewer than three say less than the table."""
    rows = groepen(view, "kosten")
    rows = rows.iloc[:-1] if len(rows) > 1 else rows
    if len(rows) < MIN_PUNTEN or (rows["begroot_jaar_cent"] < 0).any():
        return None
    unit = schaal(rows["begroot_jaar_cent"])
    values = [int(cents) / unit.deler for cents in rows["begroot_jaar_cent"]]
    fig, ax = axes(0.3 + 0.235 * len(rows), grid="x")
    ax.barh(range(len(rows)), list(reversed(values)), height=0.6, **scenario_style("BU"))
    for i, value in enumerate(reversed(values)):
        ax.text(value + max(values) * 0.01, i, getal(value, unit.decimalen), va="center", color=NAVY)
    ax.set_yticks(range(len(rows)), list(reversed(rows["naam"].tolist())))
    ax.tick_params(axis="y", length=0)
    ax.set_xlim(0, max(values) * 1.14)
    ax.xaxis.set_major_formatter(partial(tick, decimalen=0, teken=False))
    told = "; ".join(f"{row.naam}: {unit.bedrag(row.begroot_jaar_cent)}" for row in rows.itertuples())
    return figure(
        fig,
        f"Begrote kosten per kostensoort in {unit.eenheid}, {view.afspraken.boekjaar}",
        f"Liggende staven per kostensoort. {told}.",
    )


def kosten_per_maand_grafiek(view: Begrotingsrapport) -> Block | None:
    """Return what was booked in every closed month, when there is no budget."""
    if view.boekbeeld is None or view.afspraken.periode < MIN_PUNTEN:
        return None
    months = view.kosten_per_maand()
    view.report.attach("kosten_per_maand", in_euro(months))
    unit = schaal(months["realisatie_cent"])
    heights = [int(cents) / unit.deler for cents in months["realisatie_cent"]]
    fig, ax = axes(1.6)
    ax.bar(range(len(heights)), heights, width=0.62, **scenario_style("AC"))
    top = max([*heights, 0.0]) or 1.0
    for i, value in enumerate(heights):
        ax.text(
            i,
            max(value, 0) + top * 0.02,
            getal(value, unit.decimalen),
            ha="center",
            va="bottom",
            fontsize=8,
            color=NAVY,
        )
    ax.set_ylim(min([*heights, 0.0]) * 1.1, top * 1.16)
    ax.set_xticks(range(len(heights)), MAAND_KORT[: len(heights)])
    ax.yaxis.set_major_formatter(partial(tick, decimalen=0, teken=False))
    told = "; ".join(f"{MAAND_KORT[i]}: {getal(value, unit.decimalen)}" for i, value in enumerate(heights))
    return figure(
        fig,
        f"Geboekte kosten per maand in {unit.eenheid}, {view.afspraken.boekjaar}",
        f"Staven per maand. {told}.",
    )


def gevuld(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the columns that hold something, with the share by which the forecast differs; for an attached file."""
    year = frame["begroot_jaar_cent"].mask((frame["begroot_jaar_cent"] == 0).fillna(True)).astype("Float64")
    full = frame.assign(prognose_afwijking_aandeel=frame["prognose_afwijking_cent"].astype("Float64") / year.abs())
    filled = [name for name in full.columns if full[name].notna().any()]
    return full[sorted(filled, key=lambda name: not pd.api.types.is_string_dtype(full[name]))]

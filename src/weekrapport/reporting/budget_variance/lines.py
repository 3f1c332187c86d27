"""The lines of the budget: those over the limit, those without room, and all of them in the annex."""

from __future__ import annotations

from typing import Any

import pandas as pd

from weekrapport.domain.begrotingsbeeld import GEEN_KOSTENSOORT
from weekrapport.domain.begrotingstotaal import NIET_BEGROOT
from weekrapport.domain.realisatie import per_leverancier
from weekrapport.reporting.blocks import Block, ColumnFormat, escape_markdown, prose, sentence, table
from weekrapport.reporting.budget_variance.amounts import boekingen, hele_euro, in_euro, opsomming
from weekrapport.reporting.budget_variance.bare import gevuld
from weekrapport.reporting.budget_variance.page_one import regelnaam
from weekrapport.reporting.budget_variance.signals import afwijkende_regels, regels_zonder_ruimte
from weekrapport.reporting.budget_variance.view import Begrotingsrapport
from weekrapport.reporting.numbers import euro, getal, procent

MAX_AFWIJKENDE_REGELS = 8
LEVERANCIERS_PER_REGEL = 2
REGELS_IN_ZIN = 5
_RICHTINGEN = [("kosten", True), ("opbrengsten", False), ("kosten", False), ("opbrengsten", True)]
RICHTINGEN = (
    "Meer kosten dan begroot",
    "Minder opbrengsten dan begroot",
    "Minder kosten dan begroot",
    "Meer opbrengsten dan begroot",
)
"""What a difference means, the unfavourable ones first."""


def afwijkende_regels_tabel(view: Begrotingsrapport) -> Block:
    """Return the lines over the limit, each with the facts behind it and without a guess at the cause."""
    if view.regels is None or view.boekbeeld is None:
        return sentence("Zonder begroting en boekingen samen is niet te zeggen welke regels afwijken.")
    if not view.afspraken.periode:
        return sentence("Er is nog geen maand afgesloten; afwijkingen zijn er daarom nog niet.")
    rows = afwijkende_regels(view.regels)
    limits = view.drempels
    rule = (
        f"De drempel is {euro(limits.min_cent)} en {procent(limits.aandeel, 0)} van de begroting {view.tm_kort}, of "
        f"{euro(limits.abs_cent)}."
    )
    if not rows:
        return sentence(f"Geen enkele regel wijkt meer af dan de drempel. {rule}")
    frame = pd.DataFrame([_regel(view, row) for row in rows]).sort_values("volgorde", kind="stable")
    frame = frame.drop(columns="volgorde").reset_index(drop=True)
    attachment = view.report.attach("afwijkende_regels", in_euro(frame))
    one = len(frame) == 1
    return table(
        frame,
        f"{'Eén regel wijkt' if one else f'{getal(len(frame))} regels wijken'} meer af dan de drempel",
        {
            "regel": ColumnFormat("Regel", width="34mm"),
            "afwijking_cent": ColumnFormat(f"Δ {view.tm_kort}", format=lambda cents: euro(cents, teken=True)),
            "afwijking_aandeel": ColumnFormat("Δ %", format=lambda share: procent(share, teken=True), align="rechts"),
            "toelichting": ColumnFormat("Wat erachter zit", width="1fr"),
        },
        max_rows=MAX_AFWIJKENDE_REGELS,
        attachment=attachment,
        group="richting",
        note=f"{rule} De oorzaak is nog niet bekend: die geeft de budgethouder.",
    )


def zonder_ruimte(view: Begrotingsrapport) -> Block | None:
    """Return which lines have more booked and promised than their budget of the whole year."""
    if view.regels is None or view.boekbeeld is None:
        return None
    if not view.heeft_verplichtingen:
        return sentence("Vrije ruimte is niet te berekenen: er zijn geen verplichtingen aangeleverd.")
    rows = regels_zonder_ruimte(view.regels[view.regels["regel"] != NIET_BEGROOT])
    if rows.empty:
        return sentence(
            f"Op geen enkele regel is {view.tot_en_met} meer geboekt en toegezegd dan er voor het hele jaar is begroot."
        )
    named = [
        f"{escape_markdown(str(row.regel))} ({euro(row.ruimte_cent)})" for row in rows.head(REGELS_IN_ZIN).itertuples()
    ]
    rest = len(rows) - len(named)
    if rest:
        named.append(f"nog {getal(rest)} {'regel' if rest == 1 else 'regels'}")
    what = "1 regel" if len(rows) == 1 else f"{getal(len(rows))} regels"
    return prose(
        f"**Geen ruimte meer.** Op {what} is meer geboekt en toegezegd dan er voor het hele jaar is begroot: "
        f"{opsomming(named)}."
    )


def alle_regels(view: Begrotingsrapport) -> Block:
    """Return the annex: every budget line, by kostensoort; all of them in the attached file."""
    if view.regels is None:
        return sentence("Er is geen begroting van dit jaar; de bedragen per rekening staan hierboven.")
    rows = view.regels.sort_values(["soort", "kostensoort", "regel"], kind="stable").reset_index(drop=True)
    attachment = view.report.attach("begroting_per_regel", in_euro(gevuld(rows)))
    revenue = rows["kostensoort"].where(rows["kostensoort"] == GEEN_KOSTENSOORT, "Opbrengsten: " + rows["kostensoort"])
    revenue = revenue.replace({GEEN_KOSTENSOORT: "Opbrengsten", "Opbrengsten: Opbrengsten": "Opbrengsten"})
    groups = rows["kostensoort"].where(rows["soort"] == "kosten", revenue)
    return table(
        rows.assign(groep=groups),
        f"De {getal(len(rows))} regels van de begroting van {view.afspraken.boekjaar}"
        if len(rows) > 1
        else f"De enige regel van de begroting van {view.afspraken.boekjaar}",
        _columns(view, rows),
        attachment=attachment,
        small=True,
        group="groep",
        note="Bedragen in hele euro's. BU: begroting, AC: realisatie, FC: verwachting."
        if view.boekbeeld is not None
        else "Bedragen in hele euro's.",
    )


def _columns(view: Begrotingsrapport, rows: pd.DataFrame) -> dict[str, ColumnFormat]:
    columns = {"regel": ColumnFormat("Regel", width="46mm")}
    if view.boekbeeld is None:
        if rows["wijziging_cent"].notna().any():
            columns["primair_cent"] = ColumnFormat("Oorspronkelijk", format=hele_euro)
            columns["wijziging_cent"] = ColumnFormat("Wijziging", format=_teken)
        columns["begroot_jaar_cent"] = ColumnFormat("Begroting nu", format=hele_euro)
        return columns
    columns |= {
        "begroot_jaar_cent": ColumnFormat("BU jaar", format=hele_euro),
        "begroot_cent": ColumnFormat(f"BU {view.tm_kort}", format=hele_euro),
        "realisatie_cent": ColumnFormat(f"AC {view.tm_kort}", format=hele_euro),
        "afwijking_cent": ColumnFormat("Δ", format=_teken),
        "afwijking_aandeel": ColumnFormat("Δ %", format=lambda share: procent(share, teken=True), align="rechts"),
    }
    if not view.is_jaar_dicht:
        columns["prognose_cent"] = ColumnFormat("FC jaar", format=hele_euro)
    if view.heeft_verplichtingen:
        columns["verplicht_cent"] = ColumnFormat("Verplicht", format=hele_euro)
        columns["ruimte_cent"] = ColumnFormat("Ruimte", format=hele_euro)
    return columns


def _regel(view: Begrotingsrapport, row: dict[str, Any]) -> dict[str, Any]:
    name = regelnaam(row)
    place = _RICHTINGEN.index((row["soort"], bool(row["afwijking_cent"] > 0)))
    return {
        "volgorde": place,
        "richting": RICHTINGEN[place],
        "regel": name[0].upper() + name[1:],
        "begroot_cent": row["begroot_cent"],
        "realisatie_cent": row["realisatie_cent"],
        "afwijking_cent": row["afwijking_cent"],
        "afwijking_aandeel": row["afwijking_aandeel"],
        "toelichting": _achter(view, row),
    }


def _achter(view: Begrotingsrapport, row: dict[str, Any]) -> str:
    """Return what was booked against what was budgeted, and the largest suppliers; facts only."""
    assert view.boekbeeld is not None  # noqa: S101 - the caller looked
    text = f"{euro(row['realisatie_cent'])} geboekt"
    text += f", {euro(row['begroot_cent'])} begroot." if row["begroot_cent"] else ", niets begroot."
    suppliers = per_leverancier(view.boekbeeld, str(row["regel_id"]), view.afspraken)
    count = int(suppliers["aantal"].sum())
    if not count:
        return f"{text} Er is niets op geboekt."
    named = suppliers[suppliers["leverancier"].notna() & (suppliers["bedrag_cent"] > 0)].head(LEVERANCIERS_PER_REGEL)
    if named.empty:
        return f"{text} {boekingen(count)}."
    listed = [f"{each.leverancier} ({euro(each.bedrag_cent)})" for each in named.itertuples()]
    return f"{text} {boekingen(count)}, het meest van {opsomming(listed)}."


def _teken(cents: Any) -> str:
    return getal(int(cents) / 100, teken=True)

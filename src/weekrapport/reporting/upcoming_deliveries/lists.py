"""The lists of the annex: to deliver, overdue, suspended, without a date, without a handler; in full as CSV."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from weekrapport.domain.leveringen import (
    ACHTERSTALLIG,
    LOPENDE_WEEK,
    OPGESCHORT,
    TE_LEVEREN,
    ZONDER_TERMIJN,
    zonder_behandelaar,
)
from weekrapport.reporting.blocks import Block, ColumnFormat, sentence, table
from weekrapport.reporting.numbers import getal, zaken
from weekrapport.reporting.upcoming_deliveries.overview import Leveringen
from weekrapport.reporting.upcoming_deliveries.rows import lijstregels, risico_kolom
from weekrapport.reporting.upcoming_deliveries.top_lists import VERTROUWELIJK

OPTIONEEL = (
    "klant", "zaaktype", "behandelaar", "status", "resturen", "let_op", "opgeschort_sinds", "wacht_op",
    "risico", "reden",
)  # fmt: skip
"""Columns that the page leaves out when they are unknown for every case of the list."""


def te_leveren_zaken(view: Leveringen) -> Block:
    """Return every case to deliver in the week (list B), and what is still due before it."""
    rows = view.lijst(TE_LEVEREN, LOPENDE_WEEK)
    if rows.empty:
        return sentence(f"In {view.week_kort} hoeft geen zaak klaar te zijn.")
    early = int((rows["lijst"] == LOPENDE_WEEK).sum())
    title = f"{zaken(len(rows) - early)} te leveren in {view.week_kort}"
    if early:
        title += f", en {getal(early)} vóór {view.dag(view.week.monday)}"
    return _lijst(view, rows, title, "te_leveren", ["laatste_werkdag", "leverdatum"], last=["risico", "reden"])


def achterstallige_zaken(view: Leveringen) -> Block:
    """Return every overdue case (list A)."""
    rows = view.lijst(ACHTERSTALLIG)
    if rows.empty:
        return sentence("Geen enkele open zaak is te laat.")
    title = f"{zaken(len(rows))} {'is' if len(rows) == 1 else 'zijn'} te laat"
    return _lijst(view, rows, title, "achterstallig", ["leverdatum", "dagen_te_laat"])


def opgeschorte_zaken(view: Leveringen) -> Block:
    """Return every case that waits and would have been due (list C)."""
    if not view.heeft_opschorting:
        return sentence(
            "Welke zaken zijn opgeschort, is niet aangeleverd. Een zaak die wacht, staat daarom bij te leveren of "
            "achterstallig."
        )
    rows = view.lijst(OPGESCHORT)
    if rows.empty:
        return sentence(f"Geen opgeschorte zaak had anders in of vóór {view.week_kort} klaar moeten zijn.")
    late = int((rows["opgeschort_sinds"] > rows["leidende_datum"]).sum())
    title = f"{zaken(len(rows))} {'wacht' if len(rows) == 1 else 'wachten'}"
    title += f"; {getal(late)} {'was' if late == 1 else 'waren'} al te laat toen de opschorting begon" if late else ""
    return _lijst(view, rows, title, "opgeschort", ["leverdatum", "opgeschort_sinds", "wacht_op"], without=["resturen"])


def zaken_zonder_leverdatum(view: Leveringen) -> Block:
    """Return every open case without a date (list D)."""
    rows = view.lijst(ZONDER_TERMIJN)
    if rows.empty:
        return sentence(
            "Van elke open zaak is een leverdatum bekend." if len(view.open) else "Er zijn geen open zaken."
        )
    title = f"Van {zaken(len(rows))} is geen leverdatum bekend"
    return _lijst(view, rows, title, "zonder_leverdatum", ["startdatum"])


def zaken_zonder_behandelaar(view: Leveringen) -> Block:
    """Return every case that is due or overdue and has no handler (list E, a part of A and B)."""
    if not view.heeft_behandelaar:
        return sentence("Wie een zaak behandelt, is niet aangeleverd.")
    rows = zonder_behandelaar(view.beeld)
    if rows.empty:
        return sentence("Elke te leveren en te late zaak heeft een behandelaar.")
    title = f"{zaken(len(rows))} {'heeft' if len(rows) == 1 else 'hebben'} geen behandelaar"
    return _lijst(
        view,
        rows,
        title,
        "zonder_behandelaar",
        ["laatste_werkdag", "leverdatum"],
        without=["behandelaar"],
        last=["risico"],
        is_mixed=True,
    )


def _lijst(
    view: Leveringen,
    rows: pd.DataFrame,
    title: str,
    name: str,
    first: Sequence[str],
    *,
    without: Sequence[str] = (),
    last: Sequence[str] = (),
    is_mixed: bool = False,
) -> Block:
    """Return the list by team and day, its days first; the attached file holds every row and column."""
    frame = lijstregels(view, rows, met_te_laat=is_mixed)
    attachment = view.report.attach(name, frame)
    frame = frame.assign(risico=risico_kolom(frame))
    columns = {
        "laatste_werkdag": ColumnFormat("Laatste werkdag", format=view.dag),
        "startdatum": ColumnFormat("Gestart op", format=view.dag),
        "leverdatum": ColumnFormat("Leverdatum", format=view.dag),
        "wacht_op": ColumnFormat("Wacht op"),
        "opgeschort_sinds": ColumnFormat("Wacht sinds", format=view.dag),
        "dagen_te_laat": ColumnFormat("Dagen te laat", format=getal),
        "zaak": ColumnFormat("Zaak"),
        "klant": ColumnFormat("Klant"),
        "zaaktype": ColumnFormat("Zaaktype"),
        "behandelaar": ColumnFormat("Door"),
        "status": ColumnFormat("Status"),
        "resturen": ColumnFormat("Uren", format=lambda value: getal(value, 2)),
        "risico": ColumnFormat("Kans te laat"),
        "reden": ColumnFormat("Reden"),
        "let_op": ColumnFormat("Let op"),
    }
    wanted = [*first, "zaak", "klant", "zaaktype", "behandelaar", "status", *last, "resturen", "let_op"]
    shown = {
        column: columns[column]
        for column in wanted
        if column not in without and (column not in OPTIONEEL or frame[column].notna().any())
    }
    if not view.report.is_delivered("zaak", "zaaktype_id"):
        shown.pop("zaaktype", None)
    has_teams = view.report.is_delivered("zaak", "team_id")
    differs = bool((frame["laatste_werkdag"] != frame["leverdatum"])[frame["leverdatum"].notna()].any())
    if not differs:
        shown.pop("laatste_werkdag", None)
    notes = []
    if differs and "laatste_werkdag" in shown:
        notes.append("Laatste werkdag: op of vóór de leverdatum.")
    if rows["is_vertrouwelijk"].any():
        notes.append(VERTROUWELIJK)
    return table(
        frame.assign(let_op=frame["let_op"].fillna(""), reden=frame["reden"].fillna("")),
        title,
        shown,
        attachment=attachment,
        small=True,
        group="team" if has_teams else None,
        note=" ".join(notes) or None,
    )

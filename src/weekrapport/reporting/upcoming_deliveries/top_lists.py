"""The short lists in the body of the report: what is at risk, statutory terms and escalations."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from weekrapport.domain.leveringen import LOPENDE_WEEK, TE_LEVEREN, wettelijk
from weekrapport.domain.risico import MIN_AFGEROND
from weekrapport.domain.risicoklasse import ORANJE, ROOD, belangrijkste
from weekrapport.reporting.blocks import Block, ColumnFormat, sentence, table
from weekrapport.reporting.numbers import getal, zaken
from weekrapport.reporting.upcoming_deliveries.messages import dagen
from weekrapport.reporting.upcoming_deliveries.overview import Leveringen
from weekrapport.reporting.upcoming_deliveries.rows import ESCALATIENIVEAUS, lijstregels, risico_kolom

MAX_KORT = 5
"""Rows on the page, so that the report stays within three pages; the attached file has them all."""
VERTROUWELIJK = "Van een vertrouwelijke zaak staat alleen het nummer in de lijst."


def risico_tabel(view: Leveringen) -> Block:
    """Return the ten cases to deliver with the highest chance × importance, and why they may be late."""
    due = view.lijst(TE_LEVEREN, LOPENDE_WEEK)
    if due.empty:
        return sentence(f"In {view.week_kort} hoeft geen zaak klaar te zijn.")
    if not view.heeft_risico:
        return sentence(
            f"Hoe groot de kans is dat een zaak te laat klaar is, is niet te zeggen: er zijn nog geen {MIN_AFGEROND} "
            "zaken afgerond om mee te vergelijken."
        )
    rows = belangrijkste(due)
    if rows.empty:
        return sentence("Geen te leveren zaak staat op oranje of rood.")
    count = int(due["klasse"].isin([ORANJE, ROOD]).sum())
    title = f"{zaken(count)} {'vraagt' if count == 1 else 'vragen'} aandacht, de grootste kans × belang eerst"
    if count > len(rows):
        title = f"De {len(rows)} van {zaken(count)} op oranje en rood met de grootste kans × belang"
    columns = ["leverdatum", "risico", "belang", "reden"]
    if not view.report.is_delivered("zaak", "belang"):
        columns.remove("belang")
        title = title.replace("kans × belang", "kans")
    # The reasons need the room: who asked says more than which team has it, and the annex has both.
    without = ["zaaktype", "team"] if view.report.is_delivered("zaak", "klant_id") else ["zaaktype"]
    return _korte_lijst(view, rows, title, "risico", columns, len(rows), without=without, note=_basis_noot(due))


def wettelijke_tabel(view: Leveringen) -> Block:
    """Return the cases whose statutory term ends or has ended, at most five."""
    if not view.heeft_wettelijk:
        return sentence("Welke zaken een wettelijke termijn hebben, is niet aangeleverd.")
    terms = wettelijk(view.beeld)
    if terms.empty:
        return sentence(
            f"Van geen enkele zaak die niet is opgeschort, is de wettelijke termijn voorbij of loopt hij af in "
            f"{view.week_kort}."
        )
    rows = terms.sort_values(["wettelijke_datum", "zaak_id"])
    title = "; ".join(_termijnen_titel(view, terms))
    return _korte_lijst(view, rows, title, "wettelijke_termijnen", ["leverdatum", "let_op"], MAX_KORT, is_mixed=True)


def escalatie_tabel(view: Leveringen) -> Block:
    """Return the open cases that were escalated to a manager or the board, the oldest first."""
    if not view.report.is_delivered("zaak", "escalatieniveau"):
        return sentence("Escalaties zijn niet aangeleverd.")
    rows = view.escalaties
    if rows.empty:
        return sentence("Er zijn geen open escalaties naar manager of directie.")
    count, oldest = len(rows), int(rows["leeftijd_dagen"].max())
    title = f"{zaken(count)} liggen bij manager of directie; de oudste is {dagen(oldest)} open"
    if count == 1:
        title = f"1 zaak ligt bij manager of directie, {dagen(oldest)} na de start"
    columns = ["leverdatum", "niveau", "dagen_open"]
    return _korte_lijst(view, rows, title, "escalaties", columns, MAX_KORT)


def _basis_noot(due: pd.DataFrame) -> str:
    """Say what the chances rest on, the group that most cases are compared with first."""
    known = due[due["basis"].notna()]
    parts = []
    for name, count in known["basis"].value_counts().items():
        numbers = known.loc[known["basis"] == name, "basis_aantal"]
        low, high = int(numbers.min()), int(numbers.max())
        span = getal(low) if low == high else f"{getal(low)} tot {getal(high)}"
        parts.append(f"{name} (n={span}) bij {zaken(count)}")
    raised = "Belang 5, of nauwelijks begonnen met hooguit twee werkdagen over, geeft een hogere klasse."
    return f"Kans: na de leverdatum nog open. Basis: {', '.join(parts)}. {raised}"


def _termijnen_titel(view: Leveringen, terms: pd.DataFrame) -> list[str]:
    """Say how many statutory terms end and have ended, as the first part of a title."""
    ended = int(terms["is_wettelijk_verlopen"].sum())
    ending = len(terms) - ended
    parts = []
    if ending:
        parts.append(f"{getal(ending)} {_termijn(ending)} {'loopt' if ending == 1 else 'lopen'} af {view.termijnweek}")
    if ended:
        what = "" if ending else f" {_termijn(ended)}"
        parts.append(f"{getal(ended)}{what} {'is' if ended == 1 else 'zijn'} al voorbij")
    return [" en ".join(parts)] if parts else []


def _termijn(count: int) -> str:
    return "wettelijke termijn" if count == 1 else "wettelijke termijnen"


def _korte_lijst(
    view: Leveringen,
    rows: pd.DataFrame,
    title: str,
    name: str,
    last: list[str],
    most: int,
    *,
    is_mixed: bool = False,
    without: Sequence[str] = (),
    note: str = "",
) -> Block:
    """Return at most `most` rows in their own order; all of them in the attached file."""
    order = {case: place for place, case in enumerate(rows["zaak_id"])}
    frame = lijstregels(view, rows, met_te_laat=is_mixed)
    frame = frame.sort_values("zaak", key=lambda cases: cases.map(order)).reset_index(drop=True)
    frame["risico"] = risico_kolom(frame)
    frame["niveau"] = frame["escalatieniveau"].map(ESCALATIENIVEAUS).astype("str")
    frame["dagen_open"] = (pd.Timestamp(view.peil) - frame["startdatum"]).dt.days.astype("Int64")
    # This list is not grouped by team, so nothing asks for the team of a confidential case.
    frame["team"] = frame["team"].mask(frame["klant"] == "vertrouwelijk")
    columns = {
        "zaak": ColumnFormat("Zaak"),
        "klant": ColumnFormat("Klant", width="1.25fr"),
        "zaaktype": ColumnFormat("Zaaktype", width="0.8fr"),
        "team": ColumnFormat("Team", width="1.1fr"),
        "leverdatum": ColumnFormat("Leverdatum", format=view.dag),
        "risico": ColumnFormat("Kans te laat"),
        "belang": ColumnFormat("Belang", width="14mm"),
        "niveau": ColumnFormat("Bij"),
        "dagen_open": ColumnFormat("Dagen open", format=getal),
        "reden": ColumnFormat("Reden", width="1.5fr"),
        "let_op": ColumnFormat("Let op", width="1.5fr"),
    }
    wanted = ["zaak", "klant", "zaaktype", "team", *last]
    known = {"zaaktype": "zaaktype_id", "team": "team_id", "klant": "klant_id"}
    shown = {
        column: columns[column]
        for column in wanted
        if column not in without and (column not in known or view.report.is_delivered("zaak", known[column]))
    }
    attachment = view.report.attach(name, frame[[*wanted, "kans", "klasse", "basis"]])
    return table(
        frame.assign(let_op=frame["let_op"].fillna(""), reden=frame["reden"].fillna("")),
        title,
        shown,
        max_rows=most,
        attachment=attachment,
        small=True,
        note=" ".join(part for part in (note, VERTROUWELIJK if rows["is_vertrouwelijk"].any() else "") if part) or None,
    )

"""The short lists in the body of the report: what asks for attention now, and what is overdue longest."""

from __future__ import annotations

import pandas as pd

from weekrapport.domain.leveringen import AAN_DE_BEURT, ACHTERSTALLIG, wettelijk
from weekrapport.reporting.blocks import Block, ColumnFormat, sentence, table
from weekrapport.reporting.numbers import getal, zaken
from weekrapport.reporting.upcoming_deliveries.overview import Leveringen
from weekrapport.reporting.upcoming_deliveries.rows import lijstregels, vraagt_aandacht

MAX_ACHTERSTAND, MAX_AANDACHT = 10, 5
"""Rows on the page, so that the report stays within three pages; the attached file has them all."""
GROOT = {"escalatieniveau": "een escalatie naar manager of directie", "belang": "een groot belang (4 of 5)"}
VERTROUWELIJK = "Van een vertrouwelijke zaak staat alleen het nummer in de lijst."


def achterstand_tabel(view: Leveringen) -> Block:
    """Return the cases that are overdue longest, at most ten."""
    rows = view.lijst(ACHTERSTALLIG)
    if rows.empty:
        known = view.is_datum_bekend or view.open.empty
        return sentence("Geen enkele open zaak is te laat." if known else "Welke zaken te laat zijn, is niet bekend.")
    count = len(rows)
    oldest = rows.sort_values(["leidende_datum", "zaak_id"]).head(MAX_ACHTERSTAND)
    title = "1 zaak is te laat" if count == 1 else f"{zaken(count)} zijn te laat, de oudste eerst"
    if count > MAX_ACHTERSTAND:
        title = f"De {MAX_ACHTERSTAND} oudste van de {zaken(count)} die te laat zijn"
    return _korte_lijst(view, oldest, title, "achterstand_oudste", ["leverdatum", "dagen_te_laat"], MAX_ACHTERSTAND)


def aandacht_tabel(view: Leveringen) -> Block:
    """Return the cases whose statutory term ends or has ended, and those with an escalation or great importance."""
    terms = wettelijk(view.beeld) if view.heeft_wettelijk else view.beeld.iloc[:0]
    told = [text for name, text in GROOT.items() if view.report.is_delivered("zaak", name)]
    others = vraagt_aandacht(view.lijst(*AAN_DE_BEURT)) if told else view.beeld.iloc[:0]
    absent = " ".join(_afwezig(view, told, terms, others))
    if terms.empty and others.empty:
        return sentence(absent)
    rest = others[~others["zaak_id"].isin(terms["zaak_id"])]
    rest = rest.sort_values(
        ["escalatieniveau", "belang", "leidende_datum", "zaak_id"], ascending=[False, False, True, True]
    )
    rows = pd.concat([terms.sort_values(["wettelijke_datum", "zaak_id"]), rest])
    title = "; ".join([*_termijnen_titel(view, terms), *_andere_titel(told, others)])
    columns = ["leverdatum", "let_op"]
    return _korte_lijst(view, rows, title, "aandacht", columns, MAX_AANDACHT, is_mixed=True, note=absent)


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


def _andere_titel(told: list[str], others: pd.DataFrame) -> list[str]:
    count = len(others)
    return [f"{zaken(count)} {'heeft' if count == 1 else 'hebben'} {' of '.join(told)}"] if count else []


def _afwezig(view: Leveringen, told: list[str], terms: pd.DataFrame, others: pd.DataFrame) -> list[str]:
    """Say what there is not, and what no source tells."""
    found = []
    if not view.heeft_wettelijk:
        found.append("Welke zaken een wettelijke termijn hebben, is niet aangeleverd.")
    elif terms.empty:
        found.append(
            f"Van geen enkele zaak die niet is opgeschort, is de wettelijke termijn voorbij of loopt hij af in "
            f"{view.week_kort}."
        )
    if not told:
        found.append("Escalaties en belang van zaken zijn niet aangeleverd.")
    elif others.empty:
        found.append(f"Geen van de te leveren en te late zaken heeft {' of '.join(told)}.")
    return found


def _korte_lijst(
    view: Leveringen,
    rows: pd.DataFrame,
    title: str,
    name: str,
    last: list[str],
    most: int,
    *,
    is_mixed: bool = False,
    note: str = "",
) -> Block:
    """Return at most `most` rows in their own order; all of them in the attached file."""
    order = {case: place for place, case in enumerate(rows["zaak_id"])}
    frame = lijstregels(view, rows, met_te_laat=is_mixed)
    frame = frame.sort_values("zaak", key=lambda cases: cases.map(order)).reset_index(drop=True)
    # This list is not grouped by team, so nothing asks for the team of a confidential case.
    frame["team"] = frame["team"].mask(frame["klant"] == "vertrouwelijk")
    columns = {
        "zaak": ColumnFormat("Zaak"),
        "klant": ColumnFormat("Klant", width="1.2fr"),
        "zaaktype": ColumnFormat("Zaaktype", width="0.8fr"),
        "team": ColumnFormat("Team", width="1.05fr"),
        "leverdatum": ColumnFormat("Leverdatum", format=view.dag),
        "dagen_te_laat": ColumnFormat("Dagen te laat", format=getal),
        "let_op": ColumnFormat("Let op", width="1.5fr"),
    }
    wanted = ["zaak", "klant", "zaaktype", "team", *last]
    known = {"zaaktype": "zaaktype_id", "team": "team_id", "klant": "klant_id"}
    shown = {
        column: columns[column]
        for column in wanted
        if column not in known or view.report.is_delivered("zaak", known[column])
    }
    attachment = view.report.attach(name, frame[wanted])
    return table(
        frame.assign(let_op=frame["let_op"].fillna("")),
        title,
        shown,
        max_rows=most,
        attachment=attachment,
        note=" ".join(part for part in (note, VERTROUWELIJK if rows["is_vertrouwelijk"].any() else "") if part) or None,
    )

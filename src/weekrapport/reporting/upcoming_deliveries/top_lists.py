"""The short lists in the body of the report: overdue longest, statutory terms, escalations and importance."""

from __future__ import annotations

import pandas as pd

from weekrapport.domain.leveringen import AAN_DE_BEURT, ACHTERSTALLIG, wettelijk
from weekrapport.reporting.blocks import Block, ColumnFormat, sentence, table
from weekrapport.reporting.numbers import getal, zaken
from weekrapport.reporting.upcoming_deliveries.overview import Leveringen
from weekrapport.reporting.upcoming_deliveries.rows import lijstregels, vraagt_aandacht

MAX_ACHTERSTAND, MAX_WETTELIJK, MAX_AANDACHT = 10, 6, 5
"""Rows on the page, so that the report stays within three pages; the attached file has them all."""
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


def wettelijk_tabel(view: Leveringen) -> Block:
    """Return the cases whose statutory term ends in the week or has ended, the first day on top."""
    if not view.heeft_wettelijk:
        return sentence("Welke zaken een wettelijke termijn hebben, is niet aangeleverd.")
    rows = wettelijk(view.beeld)
    if rows.empty:
        return sentence(
            f"Van geen enkele open zaak loopt de wettelijke termijn af in {view.week_kort}, en geen is er verlopen."
        )
    ended = int(rows["is_wettelijk_verlopen"].sum())
    ending = len(rows) - ended
    parts = [f"{getal(ending)} {'loopt' if ending == 1 else 'lopen'} af {view.termijnweek}"] if ending else []
    parts += [f"{getal(ended)} {'is' if ended == 1 else 'zijn'} al voorbij"] if ended else []
    title = f"Wettelijke termijnen: {' en '.join(parts)}"
    rows = rows.sort_values(["wettelijke_datum", "zaak_id"])
    return _korte_lijst(
        view, rows, title, "wettelijke_termijnen", ["behandelaar", "status", "wettelijke_datum"], MAX_WETTELIJK
    )


def aandacht_tabel(view: Leveringen) -> Block:
    """Return the cases with an escalation or great importance that must be done by the end of the week."""
    told = {name: view.report.is_delivered("zaak", name) for name in ("escalatieniveau", "belang")}
    if not any(told.values()):
        return sentence("Escalaties en belang van zaken zijn niet aangeleverd.")
    rows = vraagt_aandacht(view.lijst(*AAN_DE_BEURT))
    names = {"escalatieniveau": "een escalatie naar manager of directie", "belang": "een groot belang (4 of 5)"}
    what = " of ".join(text for name, text in names.items() if told[name])
    if rows.empty:
        return sentence(f"Geen van de te leveren en te late zaken heeft {what}.")
    rows = rows.sort_values(
        ["escalatieniveau", "belang", "leidende_datum", "zaak_id"], ascending=[False, False, True, True]
    )
    title = f"{zaken(len(rows))} {'heeft' if len(rows) == 1 else 'hebben'} {what}"
    return _korte_lijst(
        view,
        rows,
        title,
        "escalatie_en_belang",
        ["behandelaar", "laatste_werkdag", "let_op"],
        MAX_AANDACHT,
        is_mixed=True,
    )


def _korte_lijst(
    view: Leveringen, rows: pd.DataFrame, title: str, name: str, last: list[str], most: int, *, is_mixed: bool = False
) -> Block:
    """Return at most `most` rows in their own order; all of them in the attached file."""
    order = {case: place for place, case in enumerate(rows["zaak_id"])}
    frame = lijstregels(view, rows, met_te_laat=is_mixed)
    frame = frame.sort_values("zaak", key=lambda cases: cases.map(order)).reset_index(drop=True)
    # This list is not grouped by team, so nothing asks for the team of a confidential case.
    frame["team"] = frame["team"].mask(frame["klant"] == "vertrouwelijk")
    columns = {
        "zaak": ColumnFormat("Zaak"),
        "klant": ColumnFormat("Klant"),
        "zaaktype": ColumnFormat("Zaaktype"),
        "team": ColumnFormat("Team"),
        "behandelaar": ColumnFormat("Door"),
        "status": ColumnFormat("Status"),
        "leverdatum": ColumnFormat("Leverdatum", format=view.dag),
        "laatste_werkdag": ColumnFormat("Laatste werkdag", format=view.dag),
        "wettelijke_datum": ColumnFormat("Wettelijke datum", format=view.dag),
        "dagen_te_laat": ColumnFormat("Dagen te laat", format=getal),
        "let_op": ColumnFormat("Let op"),
    }
    wanted = ["zaak", "klant", "zaaktype", "team", *last]
    known = {"zaaktype": "zaaktype_id", "team": "team_id", "klant": "klant_id", "behandelaar": "behandelaar_id"}
    shown = {
        column: columns[column]
        for column in wanted
        if (column not in known or view.report.is_delivered("zaak", known[column]))
        and (column != "status" or view.report.is_delivered("zaak_status"))
    }
    attachment = view.report.attach(name, frame[wanted])
    return table(
        frame.assign(let_op=frame["let_op"].fillna("")),
        title,
        shown,
        max_rows=most,
        attachment=attachment,
        note=VERTROUWELIJK if rows["is_vertrouwelijk"].any() else None,
    )

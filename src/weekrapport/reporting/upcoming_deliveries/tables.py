"""What every team must deliver, and the weeks after."""

from __future__ import annotations

import pandas as pd

from weekrapport.domain.leveringen import AAN_DE_BEURT, ACHTERSTALLIG, LOPENDE_WEEK, TE_LEVEREN, te_leveren_deelzaken
from weekrapport.domain.risicoklasse import KLASSEN
from weekrapport.domain.teamgroepen import KLEINE_TEAMS
from weekrapport.domain.zaakbeeld import ONBEKEND
from weekrapport.reporting.blocks import Block, ColumnFormat, prose, sentence, table
from weekrapport.reporting.numbers import getal, procent, zaken
from weekrapport.reporting.upcoming_deliveries.overview import Leveringen
from weekrapport.week import Week

MAX_TEAMS = 15
"""Teams on the page, those with most to deliver first; the attached file has them all."""


def team_tabel(view: Leveringen) -> Block:
    """Return what every team must deliver, what waits and what is late (table 1)."""
    frame = view.per_team.fillna({name: 0 for name in KLASSEN}).astype({name: "int64" for name in KLASSEN})
    if frame.empty:
        return sentence(f"In {view.week_kort} hoeft geen zaak klaar te zijn, en geen zaak is te laat of opgeschort.")
    known = {
        "zonder_behandelaar": view.heeft_behandelaar,
        "wettelijk": view.heeft_wettelijk,
        "wettelijk_verlopen": view.heeft_wettelijk,
        "opgeschort": view.heeft_opschorting,
        "lopende_week": bool(frame["lopende_week"].sum()),
        "uren": view.report.is_delivered("zaak", "resturen"),
        "zonder_uren": view.report.is_delivered("zaak", "resturen"),
    }
    if not view.heeft_risico:
        frame = frame.drop(columns=list(KLASSEN))
    frame = frame.drop(columns=[name for name, is_known in known.items() if not is_known])
    if not view.report.is_delivered("zaak", "team_id"):
        frame = frame.assign(team="Alle zaken")
    has_hours = len(view.werklast) > 0
    if has_hours:
        frame = _met_werklast(view, frame)
    has_total = len(frame) > 1
    if has_total:
        total = {name: frame[name].sum(min_count=1) for name in frame if name != "team"} | {"team": "Totaal"}
        if has_hours:
            total |= _werklast_totaal(view, frame)
        frame = pd.concat([frame, pd.DataFrame([total])], ignore_index=True)[list(frame.columns)]
    attachment = view.report.attach("leveringen_per_team", frame)
    columns = {
        "team": ColumnFormat("Team", width="50mm"),
        "lopende_week": ColumnFormat(f"Week {view.report.week.number}", format=_stil, width="1fr"),
        "te_leveren": ColumnFormat("Te leveren", format=_stil, width="1.15fr"),
        "groen": ColumnFormat("Groen", format=_stil, width="0.85fr"),
        "oranje": ColumnFormat("Oranje", format=_stil, width="0.9fr"),
        "rood": ColumnFormat("Rood", format=_stil, width="0.85fr"),
        "achterstallig": ColumnFormat("Te laat", format=_stil, width="0.85fr"),
        "wettelijk": ColumnFormat("Wettelijke termijn", format=_stil, width="1.2fr"),
        "zonder_behandelaar": ColumnFormat("Zonder behandelaar", format=_stil, width="1.45fr"),
        "opgeschort": ColumnFormat("Opgeschort", format=_stil, width="1.3fr"),
        "uren": ColumnFormat("Uren", format=lambda value: getal(value, 1), width="0.85fr"),
        "vraag_uren": ColumnFormat("Uren nodig", format=getal, width="0.9fr"),
        "aanbod_uren": ColumnFormat("Uren beschikbaar", format=getal, width="1.4fr"),
        "werklast": ColumnFormat("Bezet", format=lambda value: procent(value, 0), width="0.95fr"),
    }
    # With hours the page is full: page 1 and the lists tell what waits and what nobody handles, the file has it all.
    hidden = {"uren", "opgeschort", "zonder_behandelaar"} if has_hours else set()
    return table(
        frame,
        _team_titel(view),
        {name: fmt for name, fmt in columns.items() if name in frame and name not in hidden},
        total_row=has_total,
        max_rows=MAX_TEAMS,
        attachment=attachment,
        note=" ".join(_team_noten(view)),
    )


def _met_werklast(view: Leveringen, frame: pd.DataFrame) -> pd.DataFrame:
    """Add the hours of every team; small teams become one row, the last."""
    is_small = frame["team"].isin(view.kleine_teams)
    if is_small.any():
        together = frame[is_small].drop(columns="team").sum(min_count=1).to_dict() | {"team": KLEINE_TEAMS}
        row = pd.DataFrame([together])[list(frame.columns)].astype(frame.dtypes)
        frame = pd.concat([frame[~is_small], row], ignore_index=True)
    hours = view.werklast.set_index("team")[["vraag_uren", "aanbod_uren", "werklast"]]
    return frame.join(hours, on="team")


def _beoordeeld(view: Leveringen, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the table whose workload is known, also where there is work and no hour to do it."""
    judged = view.werklast.loc[view.werklast["toelichting"].isna(), "team"]
    return frame[frame["team"].isin(judged)]


def _werklast_totaal(view: Leveringen, frame: pd.DataFrame) -> dict[str, object]:
    """Return the hours and the workload of the teams together of which all three are known."""
    judged = _beoordeeld(view, frame)
    demand, supply = (judged[name].sum(min_count=1) for name in ("vraag_uren", "aanbod_uren"))
    has_hours = not pd.isna(supply) and supply > 0
    return {"vraag_uren": demand, "aanbod_uren": supply, "werklast": demand / supply if has_hours else pd.NA}


def vooruitblik(view: Leveringen) -> Block:
    """Return in a sentence how many of the open cases are due in the three weeks after (look ahead)."""
    counts = {
        Week.parse(week).number: int(count)
        for week, count in zip(view.later["week"], view.later["aantal"], strict=True)
    }
    view.report.attach("vooruitblik", view.later[["week", "aantal"]])
    last, total = list(counts)[-1], sum(counts.values())
    if not total:
        return prose(f"Van de zaken die nu open zijn, hoeft er daarna tot en met week {last} geen klaar te zijn.")
    parts = [f"{getal(count) if count else 'geen'} in week {week}" for week, count in counts.items()]
    waiting = " Opgeschorte zaken tellen niet mee." if view.heeft_opschorting else ""
    return prose(
        f"Van de zaken die nu open zijn, {'moet' if total == 1 else 'moeten'} er daarna **{getal(total)}** klaar zijn "
        f"tot en met week {last}: {', '.join(parts[:-1])} en {parts[-1]}. Nieuwe zaken komen daar nog bij.{waiting}"
    )


def _team_titel(view: Leveringen) -> str:
    due, late = len(view.lijst(TE_LEVEREN)), len(view.lijst(ACHTERSTALLIG))
    teams = [str(team) for team in view.per_team.loc[view.per_team["te_leveren"] > 0, "team"] if team != ONBEKEND]
    late_text = "geen zaak is te laat" if not late else f"{zaken(late)} {'is' if late == 1 else 'zijn'} te laat"
    if not due:
        return f"In {view.week_kort} hoeft geen zaak klaar te zijn; {late_text}"
    if not teams:
        return f"{zaken(due)} te leveren in {view.week_kort}; {late_text}"
    if len(teams) == 1 and due == view.per_team["te_leveren"].max():
        return f"{teams[0]} levert {zaken(due)} in {view.week_kort}; {late_text}"
    if len(teams) == 1:
        return f"{teams[0]} en zaken zonder team: samen {zaken(due)} in {view.week_kort}; {late_text}"
    return f"{getal(len(teams))} teams leveren samen {zaken(due)} in {view.week_kort}; {late_text}"


def _team_noten(view: Leveringen) -> list[str]:
    notes = []
    if view.heeft_wettelijk:
        notes.append(f"Wettelijke termijn: loopt af {view.termijnweek}, ook van zaken die al te laat zijn.")
    if len(view.werklast):
        notes += _uren_noten(view)
    elif view.report.is_delivered("zaak", "resturen"):
        notes.append("Uren: de resterende uren van te leveren en te late zaken.")
        due = view.lijst(*AAN_DE_BEURT)
        unknown = int(due["resturen"].isna().sum())
        if unknown:
            notes.append(f"Van {zaken(unknown)} is geen urenschatting bekend.")
    else:
        notes.append("Resterende uren zijn niet aangeleverd.")
    subs = te_leveren_deelzaken(view.beeld)
    if subs:
        notes.append(f"Daarnaast {'moet 1 deelzaak' if subs == 1 else f'moeten {getal(subs)} deelzaken'} klaar zijn.")
    if len(view.lijst(LOPENDE_WEEK)):
        notes.append(f"Week {view.report.week.number}: nog te leveren vóór {view.dag(view.week.monday)}.")
    return notes


def _uren_noten(view: Leveringen) -> list[str]:
    notes = ["Uren en bezet: in de komende tien werkdagen."]
    small = sorted(view.kleine_teams & {*view.per_team["team"]})
    named = [*view.per_team["team"], *([KLEINE_TEAMS] if small else [])]
    rows = view.werklast[view.werklast["team"].isin(named)]
    unknown = int(rows["zonder_uren"].sum())
    if unknown:
        notes.append(f"Van {zaken(unknown)} zijn de uren niet bekend; zij tellen in de uren niet mee.")
    judged = rows["toelichting"].isna()
    if len(rows) > 1 and judged.any() and not judged.all():
        notes.append("Uren van het totaal: de teams waarvan bekend is hoe bezet zij zijn.")
    if small:
        names = f"{', '.join(small[:-1])} en {small[-1]}" if len(small) > 1 else small[0]
        notes.append(f"Kleine teams: {names}; hun uren wijzen anders naar een persoon.")
    return notes


def _stil(value: float) -> str:
    """Return a count, with a quiet dot for zero so that the filled cells stand out."""
    return getal(value) if value else "·"

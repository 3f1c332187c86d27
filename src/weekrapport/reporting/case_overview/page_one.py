"""Page 1 of the case overview: what the MT must know in thirty seconds."""

from __future__ import annotations

import pandas as pd

from weekrapport.domain import kpis
from weekrapport.domain.intervals import KLEINE_NOEMER, wilson_interval
from weekrapport.reporting import trust
from weekrapport.reporting.blocks import Block, Message, Tile, key_messages, prose
from weekrapport.reporting.blocks import tiles as tile_row
from weekrapport.reporting.case_overview.overview import WEKEN_VERGELIJKING, Overzicht
from weekrapport.reporting.numbers import aandeel, getal, procent, zaken

WEKEN_IN_TEGEL = 13


def kernboodschap(view: Overzicht) -> Block:
    """Return at most five messages: finished, on time, stock, statutory terms, data."""
    messages = [
        _afgerond(view),
        _tijdig(view),
        _werkvoorraad(view),
        _wettelijk(view),
        trust.gegevens_boodschap(view.report),
    ]
    return key_messages([message for message in messages if message is not None])


def tegels(view: Overzicht) -> Block:
    """Return the row of five figures."""
    recent = view.reeks.tail(WEKEN_IN_TEGEL)
    begun = view.reeks[["instroom", "afgerond", "werkvoorraad"]].sum(axis=1).cumsum().tail(WEKEN_IN_TEGEL) > 0
    week, before = view.deze_week, view.vorige_week
    gehaald, wettelijk = kpis.wettelijke_tijdigheid(view.afgerond)
    mediaan = kpis.doorlooptijd_kwantiel(view.afgerond, 0.5)
    tijdig_12, noemer_12 = kpis.tijdigheid(view.eerder)
    shares = [
        t / n if n >= KLEINE_NOEMER else None for t, n in zip(recent["tijdig"], recent["tijdig_noemer"], strict=True)
    ]
    mediaan_12 = kpis.doorlooptijd_kwantiel(view.eerder, 0.5) if view.heeft_geschiedenis else None
    return tile_row(
        [
            Tile(
                "Afgerond",
                getal(week["afgerond"]),
                delta=_verschil(week["afgerond"], view.gemiddeld),
                norm=_gemiddeld(view.gemiddeld),
                trend=_vanaf_begin(recent["afgerond"], begun),
            ),
            Tile(
                "Op tijd",
                aandeel(week["tijdig"], week["tijdig_noemer"]),
                delta=f"{getal(week['tijdig'])} van {getal(week['tijdig_noemer'])}" if week["tijdig_noemer"] else None,
                norm=f"12 weken: {aandeel(tijdig_12, noemer_12)}" if view.heeft_geschiedenis and noemer_12 else None,
                trend=shares if any(share is not None for share in shares) else None,
            ),
            Tile(
                "Wettelijke termijn",
                f"{getal(gehaald)} van {getal(wettelijk)}" if wettelijk else "–",
                delta=_gehaald(gehaald, wettelijk),
                verdict="neutraal" if not wettelijk else "groen" if gehaald == wettelijk else "rood",
                norm="norm 100 %" if wettelijk else None,
            ),
            Tile(
                "Doorlooptijd",
                f"{getal(mediaan, 0 if mediaan == int(mediaan) else 1)} dagen" if mediaan is not None else "–",
                delta="mediaan",
                norm=f"12 weken: {getal(mediaan_12, 0 if mediaan_12 == int(mediaan_12) else 1)}"
                if mediaan_12 is not None
                else None,
            ),
            Tile(
                "Werkvoorraad",
                getal(week["werkvoorraad"]),
                delta=f"{getal(week['werkvoorraad'] - before['werkvoorraad'], teken=True)} in een week",
                norm=f"instroom {getal(week['instroom'])}",
                trend=_vanaf_begin(recent["werkvoorraad"], begun),
            ),
        ]
    )


def nieuw_sinds_vorige_week(view: Overzicht) -> Block:
    """Return the three lines that say what changed since the last report."""
    week, before = view.deze_week, view.vorige_week
    stock = week["werkvoorraad"] - before["werkvoorraad"]
    lines = [
        f"Afgerond: {zaken(week['afgerond'])}, in week {view.week.plus(-1).number} waren dat er "
        f"{getal(before['afgerond'])}.",
        f"Werkvoorraad: {zaken(week['werkvoorraad'])} open, "
        + (
            "evenveel als een week eerder."
            if stock == 0
            else f"{getal(abs(stock))} {'meer' if stock > 0 else 'minder'}."
        ),
    ]
    if week["tijdig_noemer"] or before["tijdig_noemer"]:
        lines.insert(1, f"Op tijd: {_van(week)}. In week {view.week.plus(-1).number} was dat {_van(before)}.")
    return prose("\n".join(f"- {line}" for line in lines))


def _afgerond(view: Overzicht) -> Message:
    count = len(view.afgerond)
    text = f"Er {'is' if count == 1 else 'zijn'} **{zaken(count)}** afgerond"
    if view.gemiddeld is None:
        return Message(f"{text}. De export gaat niet ver genoeg terug om te vergelijken.")
    mean = getal(view.gemiddeld, 1)
    return Message(f"{text}. In de {WEKEN_VERGELIJKING} weken ervoor waren het er gemiddeld {mean} per week.")


def _tijdig(view: Overzicht) -> Message:
    if view.afgerond.empty:
        return Message("Over tijdigheid is niets te zeggen, want er zijn geen zaken afgerond.")
    tijdig, noemer = kpis.tijdigheid(view.afgerond)
    if noemer == 0:
        return Message("Van geen enkele afgeronde zaak is een norm bekend. Over tijdigheid is daarom niets te zeggen.")
    if noemer == 1:
        return Message(f"De enige zaak met een norm is {'' if tijdig else 'niet '}op tijd klaar.")
    text = f"**{getal(tijdig)} van de {getal(noemer)}** zaken {'is' if tijdig == 1 else 'zijn'} op tijd klaar"
    if noemer < KLEINE_NOEMER:
        return Message(f"{text}. Dat zijn er te weinig voor een percentage.")
    low, high = wilson_interval(tijdig, noemer) or (0.0, 1.0)
    text += f": {procent(tijdig / noemer)} (tussen {procent(low)} en {procent(high)})."
    before, before_of = kpis.tijdigheid(view.eerder)
    if not view.heeft_geschiedenis or before_of < KLEINE_NOEMER:
        return Message(text)
    share = before / before_of
    chance = "dat verschil kan toeval zijn" if low <= share <= high else "dat verschil is meer dan toeval"
    return Message(f"{text} Eerder was het {procent(share)}; {chance}.")


def _werkvoorraad(view: Overzicht) -> Message:
    week, before = view.deze_week, view.vorige_week
    now, then = int(week["werkvoorraad"]), int(before["werkvoorraad"])
    came_in = f"er {'kwam' if week['instroom'] == 1 else 'kwamen'} {zaken(week['instroom'])} binnen"
    if now == then:
        return Message(f"De werkvoorraad blijft gelijk: {zaken(now)} open; {came_in}.")
    verb = "groeit" if now > then else "daalt"
    return Message(f"De werkvoorraad {verb} van {getal(then)} naar **{zaken(now)}**; {came_in}.")


def _wettelijk(view: Overzicht) -> Message | None:
    gehaald, total = kpis.wettelijke_tijdigheid(view.afgerond)
    if total == 0:
        return None
    if gehaald == total:
        terms = "de wettelijke termijn is" if total == 1 else f"alle {getal(total)} wettelijke termijnen zijn"
        return Message(f"Goed gegaan: {terms} gehaald.", verdict="groen")
    missed = total - gehaald
    verb = "is" if missed == 1 else "zijn"
    return Message(
        f"**{getal(missed)} van de {getal(total)}** wettelijke termijnen {verb} niet gehaald.",
        verdict="rood",
        needed="bepaal per zaak wat de klant nu moet horen, en wat herhaling voorkomt.",
    )


def _vanaf_begin(values: pd.Series, begun: pd.Series) -> list[float | None]:
    """Return the values, with a gap for the weeks before the export begins."""
    return [float(value) if known else None for value, known in zip(values, begun, strict=True)]


def _gehaald(gehaald: int, total: int) -> str:
    if not total:
        return "geen zaken"
    return "alle gehaald" if gehaald == total else f"{getal(total - gehaald)} niet gehaald"


def _verschil(value: float, mean: float | None) -> str | None:
    return None if not mean else f"{procent(value / mean - 1, 0, teken=True)} t.o.v. gem."


def _gemiddeld(mean: float | None) -> str | None:
    return None if mean is None else f"gemiddeld {getal(mean, 1)}"


def _van(row: object) -> str:
    tijdig, noemer = row["tijdig"], row["tijdig_noemer"]  # type: ignore[index]
    return f"{getal(tijdig)} van {getal(noemer)}" if noemer else "niet bekend"

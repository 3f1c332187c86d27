"""Page 1 of the case overview: what the MT must know in thirty seconds."""

from __future__ import annotations

import pandas as pd

from weekrapport.domain import kpis
from weekrapport.domain.doorzettoets import SIGNAAL_KANS, Tijdigheid
from weekrapport.domain.intervals import KLEINE_NOEMER, wilson_interval
from weekrapport.domain.signalen_zaak import ALLE
from weekrapport.domain.signalen_zaak_doorzet import MIN_TEAM
from weekrapport.reporting import trust
from weekrapport.reporting.blocks import MAX_MESSAGES, Block, Message, Tile, key_messages, prose
from weekrapport.reporting.blocks import tiles as tile_row
from weekrapport.reporting.case_overview.overview import WEKEN_VERGELIJKING, Overzicht
from weekrapport.reporting.case_overview.signal_texts import VOLLE_WEEK, boodschappen
from weekrapport.reporting.numbers import aandeel, getal, procent, zaken
from weekrapport.week import local_date

WEKEN_IN_TEGEL = 13


def kernboodschap(view: Overzicht) -> Block:
    """Return at most five messages: the data when they are wrong, the signals, the worst first, and then the week."""
    found = view.signalen
    signals = boodschappen(found)
    told = {each.id for each in found if each.waar == ALLE}
    data = trust.gegevens_boodschap(view.report)
    leading = [data, *signals] if data is not None else signals
    if len(leading) > MAX_MESSAGES:
        rest = len(leading) - MAX_MESSAGES + 1
        leading = [*leading[: MAX_MESSAGES - 1], Message(f"Er zijn nog {getal(rest)} signalen; zie Signalen.")]
    usual = [
        None if "R1-S01" in told else _afgerond(view),
        None if "R1-S03" in told else _tijdig(view),
        None if "R1-S05" in told else _werkvoorraad(view),
        _wettelijk(view),
    ]
    messages = [*leading, *(message for message in usual if message is not None)]
    return key_messages(messages[:MAX_MESSAGES])


def tegels(view: Overzicht) -> Block:
    """Return the row of five figures."""
    recent = view.reeks.tail(WEKEN_IN_TEGEL)
    begun = view.reeks[["instroom", "afgerond", "werkvoorraad"]].sum(axis=1).cumsum().tail(WEKEN_IN_TEGEL) > 0
    week, before = view.deze_week, view.vorige_week
    gehaald, wettelijk = kpis.wettelijke_tijdigheid(view.afgerond)
    tijdig_12, noemer_12 = kpis.tijdigheid(view.eerder)
    shares = [
        t / n if n >= KLEINE_NOEMER else None for t, n in zip(recent["tijdig"], recent["tijdig_noemer"], strict=True)
    ]
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
                "Werkvoorraad",
                getal(week["werkvoorraad"]),
                delta=f"{getal(week['werkvoorraad'] - before['werkvoorraad'], teken=True)} in een week",
                norm=f"instroom {getal(week['instroom'])}",
                trend=_vanaf_begin(recent["werkvoorraad"], begun),
            ),
            _escalaties(view) or _doorlooptijd(view),
        ]
    )


def _escalaties(view: Overzicht) -> Tile | None:
    """Return the tile of the open escalations, when the source tells of them (K11)."""
    if not view.report.is_delivered("zaak", "escalatieniveau"):
        return None
    rows = kpis.escalaties(view.report.zaken, local_date(view.report.as_of))
    oldest = f"oudste {getal(rows['leeftijd_dagen'].max())} dagen" if len(rows) else None
    return Tile("Escalaties", getal(len(rows)), delta="bij manager of directie", norm=oldest)


def _doorlooptijd(view: Overzicht) -> Tile:
    mediaan = kpis.doorlooptijd_kwantiel(view.afgerond, 0.5)
    before = kpis.doorlooptijd_kwantiel(view.eerder, 0.5) if view.heeft_geschiedenis else None
    return Tile(
        "Doorlooptijd",
        f"{_dagen(mediaan)} dagen" if mediaan is not None else "–",
        delta="mediaan",
        norm=f"12 weken: {_dagen(before)}" if before is not None else None,
    )


def _dagen(value: float) -> str:
    return getal(value, 0 if value == int(value) else 1)


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
    if view.werkdagen < VOLLE_WEEK:
        text += f" in {getal(view.werkdagen)} {'werkdag' if view.werkdagen == 1 else 'werkdagen'}"
    if view.gemiddeld is None:
        return Message(f"{text}. De export gaat te kort terug om met {WEKEN_VERGELIJKING} weken te vergelijken.")
    text += f". In de {WEKEN_VERGELIJKING} weken ervoor waren het er gemiddeld {getal(view.gemiddeld, 1)} per week"
    return Message(f"{text}; {_schommeling(view)}." if _schommeling(view) else f"{text}.")


def _schommeling(view: Overzicht) -> str | None:
    """Say how the week stands to the limits of the control chart, when there are any."""
    waarde = view.doorzet[-1]
    if view.kaart is None or waarde is None or view.kaart.wisseling == 0:
        return None
    if view.report.team and view.kaart.gemiddelde < MIN_TEAM:
        return None  # of a small team the chart sees too little
    match view.kaart.kant(waarde):
        case "hoog":
            return "dat is opvallend veel"
        case "laag":
            return "dat is opvallend weinig"
        case None:
            return "dat verschil is een gewone schommeling"


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
    return Message(f"{text} Eerder was het {procent(before / before_of)}{_daling(tijdig, noemer, before, before_of)}.")


def _daling(tijdig: int, noemer: int, before: int, before_of: int) -> str:
    """Say of a share that is lower than before whether that is shown; a rise is not claimed."""
    if tijdig * before_of >= before * noemer:
        return ""
    if Tijdigheid(tijdig, noemer, before, before_of).kans() < SIGNAAL_KANS:
        return "; de daling is kleiner dan 5 procentpunt"
    return "; een daling is niet aangetoond"


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
    return None  # the signal says it


def _vanaf_begin(values: pd.Series, begun: pd.Series) -> list[float | None]:
    """Return the values, with a gap for the weeks before the export begins."""
    return [float(value) if known else None for value, known in zip(values, begun, strict=True)]


def _gehaald(gehaald: int, total: int) -> str:
    if not total:
        return "geen zaken"
    return "alle gehaald" if gehaald == total else f"{getal(total - gehaald)} niet gehaald"


def _verschil(value: float, mean: float | None) -> str | None:
    if mean is None:
        return None
    if mean >= KLEINE_NOEMER:
        return f"{procent(value / mean - 1, 0, teken=True)} t.o.v. gem."
    apart = round(abs(value - mean), 1)
    if apart == 0:
        return "gelijk aan gem."
    return f"{getal(apart, 0 if apart.is_integer() else 1)} {'meer' if value > mean else 'minder'} dan gem."


def _gemiddeld(mean: float | None) -> str | None:
    return None if mean is None else f"gemiddeld {getal(mean, 1)}"


def _van(row: object) -> str:
    tijdig, noemer = row["tijdig"], row["tijdig_noemer"]  # type: ignore[index]
    return f"{getal(tijdig)} van {getal(noemer)}" if noemer else "niet bekend"

"""The messages of the report on deliveries: one per signal or list, the worst first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from weekrapport.domain.intervals import KLEINE_NOEMER
from weekrapport.domain.leveringen import ACHTERSTALLIG, TE_LEVEREN, wettelijk, zonder_behandelaar
from weekrapport.domain.levertellingen import achterstand, piekdag
from weekrapport.domain.signalen_lever import ACHTERSTAND_AANDEEL, ACHTERSTAND_GROEI
from weekrapport.domain.signalen_zaak import Signaal
from weekrapport.domain.teamgroepen import KLEINE_TEAMS
from weekrapport.domain.zaakbeeld import ONBEKEND
from weekrapport.reporting.blocks import Message, escape_markdown
from weekrapport.reporting.numbers import aandeel, getal, procent, zaken
from weekrapport.reporting.upcoming_deliveries.overview import Leveringen

DAGEN_GENOEMD = 3
"""A key message names at most this many days of statutory terms."""
_VOLGORDE = {"rood": 0, "oranje": 1, "neutraal": 2, "groen": 3}


def berichten(view: Leveringen) -> list[Message]:
    """Return every message but the first of page 1: red, amber, then the rest, each in a fixed order."""
    found = [
        _wettelijk(view),
        _belangrijk_rood(view),
        _overbelast(view),
        _achterstallig(view),
        _zonder_behandelaar(view),
        _klanten(view),
        _onbalans(view),
        _piekdag(view),
        _model_wijkt_af(view),
    ]
    known = [message for message in found if message is not None]
    return sorted(known, key=lambda message: _VOLGORDE[message.verdict])


def dagen(value: float) -> str:
    """Return a number of days: "1 dag", "2,5 dagen"."""
    return f"{decimaal(value)} {'dag' if value == 1 else 'dagen'}"


def decimaal(value: float) -> str:
    """Return a number with one decimal only when it is not whole."""
    return getal(value, 0 if float(value).is_integer() else 1)


def verdeeld(rows: pd.DataFrame) -> str:
    """Return how many of these cases are to deliver and how many late: "7 te leveren en 2 te laat"."""
    late = int((rows["lijst"] == ACHTERSTALLIG).sum())
    due = len(rows) - late
    return " en ".join(
        text for text, count in ((f"{getal(due)} te leveren", due), (f"{getal(late)} te laat", late)) if count
    )


def _achterstallig(view: Leveringen) -> Message | None:
    if not view.is_datum_bekend:
        return None
    age = achterstand(view.beeld)
    if age is None:
        return Message("Goed gegaan: geen enkele open zaak is te laat.", verdict="groen")
    middle, oldest = age
    count = len(view.lijst(ACHTERSTALLIG))
    text = f"**{zaken(count)}** zijn te laat: de mediaan is {dagen(middle)}, de oudste {dagen(oldest)}."
    if count == 1:
        text = f"**1 zaak** is te laat: {dagen(oldest)}."
    signals = view.signaal("R2-S03")
    return Message(" ".join([text, *map(_veel, signals)]), verdict="oranje")


def _veel(signaal: Signaal) -> str:
    values = signaal.waarden
    late, stock, before = values["achterstallig"], values["werkvoorraad"], values.get("vier_weken_eerder")
    found = []
    if stock >= KLEINE_NOEMER and late > ACHTERSTAND_AANDEEL * stock:
        found.append(f"dat is {procent(late / stock)} van de {zaken(stock)} in voorraad")
    if before is not None and late >= KLEINE_NOEMER and late >= (1 + ACHTERSTAND_GROEI) * before:
        found.append(f"vier weken geleden {'was' if before == 1 else 'waren'} het er {getal(before)}")
    return f"{'; '.join(found).capitalize()}."


def _wettelijk(view: Leveringen) -> Message | None:
    terms = wettelijk(view.beeld) if view.heeft_wettelijk else view.beeld.iloc[:0]
    if terms.empty:
        return None
    ending, ended = terms[terms["is_wettelijk"].astype(bool)], int(terms["is_wettelijk_verlopen"].sum())
    at_risk = sum(signaal.waarden["aantal"] for signaal in view.signaal("R2-S02"))
    parts = []
    if len(ending):
        parts.append(f"Van **{zaken(len(ending))}** loopt de wettelijke termijn af: {_op_dagen(view, ending)}.")
    if at_risk:
        which = f"Bij {getal(at_risk)} daarvan" if len(ending) > 1 else "Daar"
        parts.append(f"{which} is de kans op overschrijding minstens 30 %.")
    if ended:
        parts.append(f"Van **{zaken(ended)}** is de wettelijke termijn al voorbij.")
    is_red = bool(ended or at_risk)
    return Message(
        " ".join(parts),
        verdict="rood" if is_red else "oranje",
        needed="spreek vandaag per zaak af wie haar afmaakt en wat de klant hoort."
        if ended
        else "maak vandaag per zaak een behandelaar vrij.",
    )


def _op_dagen(view: Leveringen, rows: pd.DataFrame) -> str:
    counts = Counter(sorted(rows["wettelijke_datum"]))
    if len(counts) > DAGEN_GENOEMD:
        return f"de eerste op {view.dag(min(counts))}, de laatste op {view.dag(max(counts))}"
    if len(counts) == 1:
        return view.dag(min(counts))
    days = [view.dag(day) if count == 1 else f"{view.dag(day)} ({getal(count)})" for day, count in counts.items()]
    return f"{', '.join(days[:-1])} en {days[-1]}"


def _zonder_behandelaar(view: Leveringen) -> Message | None:
    rows = zonder_behandelaar(view.beeld)
    if not view.heeft_behandelaar or rows.empty:
        return None
    count, due = len(rows), len(view.lijst(TE_LEVEREN))
    have = "heeft" if count == 1 else "hebben"
    if (rows["lijst"] == TE_LEVEREN).all() and due > 1:
        text = f"**{getal(count)} van de {getal(due)}** te leveren zaken {have} nog geen behandelaar."
    else:
        text = f"**{zaken(count)}** {have} nog geen behandelaar: {verdeeld(rows)}."
    return Message(text, verdict="oranje", needed="wijs vandaag per zaak een behandelaar aan.")


def _piekdag(view: Leveringen) -> Message | None:
    peak = piekdag(view.per_dag)
    if peak is None:
        return None
    day, number, middle = peak
    return Message(
        f"{view.dag(day).capitalize()} is een piekdag: {zaken(number)}, tegen {decimaal(middle)} op de middelste "
        "werkdag."
    )


def _belangrijk_rood(view: Leveringen) -> Message | None:
    signals = view.signaal("R2-S01")
    if not signals:
        return None
    count = signals[0].waarden["aantal"]
    teams = f": {escape_markdown(signals[0].waar)}" if ONBEKEND not in signals[0].waar else ""
    return Message(
        f"**{zaken(count)}** met een groot belang {'staat' if count == 1 else 'staan'} op rood{teams}.",
        verdict="rood",
        needed="spreek vandaag per zaak af wat nodig is om haar op tijd te leveren.",
    )


def _overbelast(view: Leveringen) -> Message | None:
    signals = sorted(view.signaal("R2-S06"), key=lambda each: -(each.waarden["werklast"] or float("inf")))
    if not signals:
        return None
    first = signals[0].waarden
    busiest, *others = [escape_markdown(each.waar) for each in signals]
    text = f"**{busiest}** {_heeft(signals[0].waar)} {getal(first['vraag_uren'])} uur werk en "
    text += f"{getal(first['aanbod_uren'])} uur beschikbaar{_bezet(first['werklast'])} in de komende tien werkdagen."
    if others:
        text += f" Ook overbelast: {_opsomming(others)}."
    return Message(text, verdict="rood", needed="kies wat later mag, of wie er helpt.")


def _onbalans(view: Leveringen) -> Message | None:
    signals = view.signaal("R2-S05")
    if not signals:
        return None
    values = signals[0].waarden
    busy, free = (escape_markdown(values[name]) for name in ("team_hoog", "team_laag"))
    high, low = values["hoog"], values["laag"]
    return Message(
        f"Het werk is scheef verdeeld: **{busy}** {_heeft(values['team_hoog'])} {procent(high, 0)} van de eigen uren "
        f"nodig, {free} "
        f"{procent(low, 0)}.",
        verdict="oranje",
        needed="bekijk welk werk kan verschuiven.",
    )


def _klanten(view: Leveringen) -> Message | None:
    signals = view.signaal("R2-S09")
    if not signals:
        return None
    names = [f"{escape_markdown(each.waar)} ({getal(each.waarden['rood'])})" for each in signals]
    who = "Eén klant heeft" if len(names) == 1 else f"{getal(len(names))} klanten hebben"
    return Message(
        f"{who} drie of meer zaken op rood: "
        f"{_opsomming(names[:DAGEN_GENOEMD])}{' en andere' if len(names) > DAGEN_GENOEMD else ''}.",
        verdict="oranje",
        needed="bespreek met de klant wat eerst moet.",
    )


def _model_wijkt_af(view: Leveringen) -> Message | None:
    signals = view.signaal("R2-S08")
    if not signals:
        return None
    green, on_time = signals[0].waarden["groen"], signals[0].waarden["op_tijd"]
    return Message(
        f"Van de {getal(green)} zaken die vorige week groen waren, {'is' if on_time == 1 else 'zijn'} er "
        f"{getal(on_time)} op tijd klaar ({aandeel(on_time, green)}). De kansen waren te gunstig."
    )


def _heeft(team: str) -> str:
    return "hebben" if team == KLEINE_TEAMS else "heeft"


def _bezet(value: float | None) -> str:
    return f" ({procent(value, 0)})" if value is not None else ""


def _opsomming(names: Sequence[str]) -> str:
    return " en ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)

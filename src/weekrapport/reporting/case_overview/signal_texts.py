"""What the reader is told of a signal: in the table of signals, and in the key messages of page 1."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from weekrapport.domain.signalen_zaak import ALLE, Signaal
from weekrapport.domain.signalen_zaak_registratie import EINDDATUM_TOEKOMST
from weekrapport.reporting.blocks import Message, escape_markdown
from weekrapport.reporting.numbers import aandeel, datum, getal, procent, zaken

NAMEN: Mapping[str, str] = {
    "R1-S01": "Er is minder afgerond",
    "R1-S02": "Een team rondt minder af",
    "R1-S03": "Er is minder op tijd klaar",
    "R1-S04": "Wettelijke termijn niet gehaald",
    "R1-S05": "De werkvoorraad groeit",
    "R1-S06": "Open zaken op of over de termijn",
    "R1-S07": "Zaken gaan weer open",
    "R1-S08": "Einddatum van vóór de vorige levering",
    "R1-S09": "Veel zaken in een half uur gesloten",
    "R1-S10": "Datums wijken af of verschuiven",
    "R1-S11": "Gegevens ontbreken",
    "R1-S12": "Zaken zijn laat geregistreerd",
}

REDENEN: Mapping[str, str] = {
    "geschiedenis": "de export gaat niet ver genoeg terug",
    "korte week": "de week had minder dan drie werkdagen",
    "norm": "er is geen norm bekend",
    "wettelijk": "er zijn geen wettelijke termijnen aangeleverd",
    "termijn": "geen open zaak heeft een termijn",
    "statussen": "statussen of statustypen zijn niet aangeleverd",
    "eerdere levering": "er is nog geen eerdere levering",
    "tijdstip": "tijdstippen van sluiten zijn niet aangeleverd",
    "registratiedatum": "de registratiedatum is niet aangeleverd",
    "kolommen": "de gegevens zijn niet aangeleverd",
    "team": "er zijn geen teams bekend",
    "heel": "geldt alleen voor alle teams samen",
}

VOLLE_WEEK = 5
"""Working days; a shorter week is told as such."""

_Waarden = Mapping[str, Any]


def cijfer(signaal: Signaal) -> str:
    """Return the figures of a signal, with what they are compared with."""
    return _CIJFERS[signaal.id](signaal.waarden)


def boodschappen(signalen: Sequence[Signaal]) -> list[Message]:
    """Return the key messages of the signals that are red or orange, the worst first; those of one id share one."""
    chosen = [each for each in signalen if each.ernst != "blauw"]
    groups: dict[tuple[str, str], list[Signaal]] = {}
    for each in chosen:
        groups.setdefault((each.ernst, each.id), []).append(each)
    order = sorted(groups, key=lambda key: (key[0] != "rood", key[1]))
    return [_boodschap(groups[key]) for key in order]


def _boodschap(found: Sequence[Signaal]) -> Message:
    first = found[0]
    text = _ZINNEN[first.id](found)
    return Message(text, verdict=first.ernst if first.ernst != "blauw" else "neutraal", needed=_NODIG.get(first.id))


def _doorzet(waarden: _Waarden) -> str:
    if waarden["regel"] == "b":
        return f"acht weken op rij onder {getal(waarden['gemiddeld'], 1)}"
    if _is_korte_week(waarden):
        return (
            f"{getal(waarden['afgerond'])} in {getal(waarden['werkdagen'])} werkdagen is "
            f"{_getal(waarden['doorzet'])} per week, gewoon is {_grenzen(waarden)}"
        )
    return f"{_getal(waarden['doorzet'])}, gewoon is {_grenzen(waarden)}"


def _is_korte_week(waarden: _Waarden) -> bool:
    return waarden.get("werkdagen", VOLLE_WEEK) < VOLLE_WEEK


def _getal(value: float) -> str:
    return getal(value, 0 if float(value).is_integer() else 1)


def _grenzen(waarden: _Waarden) -> str:
    low, high = waarden["ondergrens"], waarden.get("bovengrens")
    return f"{getal(low, 1)} tot {getal(high, 1)}" if high is not None else f"ten minste {getal(low, 1)}"


def _doorzet_team(waarden: _Waarden) -> str:
    if waarden["regel"] == "a":
        return f"{_getal(waarden['doorzet'])} per week, gewoon is {_grenzen(waarden)}"
    return (
        f"{getal(waarden['afgerond'])} in {getal(waarden['werkdagen'])} werkdagen, eerder "
        f"{getal(waarden['eerder'])} in {getal(waarden['eerder_werkdagen'])}"
    )


def _tijdig(waarden: _Waarden) -> str:
    return (
        f"{getal(waarden['tijdig'])} van {getal(waarden['noemer'])}, eerder {getal(waarden['eerder_tijdig'])} van "
        f"{getal(waarden['eerder_noemer'])}"
    )


def _voorraad(waarden: _Waarden) -> str:
    if waarden["regel"] == "boven de grens":
        return f"{getal(waarden['werkvoorraad'])} open, bovengrens {getal(waarden['bovengrens'], 1)}"
    return f"{getal(waarden['werkvoorraad'])} open, vier weken eerder {getal(waarden['vier_weken_eerder'])}"


def _verouderd(waarden: _Waarden) -> str:
    text = f"{getal(waarden['verstreken'])} van {getal(waarden['noemer'])}"
    if "eerder_noemer" in waarden:
        text += f", vier weken eerder {getal(waarden['eerder_verstreken'])} van {getal(waarden['eerder_noemer'])}"
    return text


def _van(waarden: _Waarden, name: str = "aantal") -> str:
    return f"{getal(waarden[name])} van {getal(waarden['noemer'])}" if "noemer" in waarden else zaken(waarden[name])


def _bulk(waarden: _Waarden) -> str:
    moment = datetime.fromisoformat(waarden["vanaf"])
    return f"{zaken(waarden['gesloten'])}, {datum(moment.date())} vanaf {moment:%H:%M}"


_CIJFERS: Mapping[str, Callable[[_Waarden], str]] = {
    "R1-S01": _doorzet,
    "R1-S02": _doorzet_team,
    "R1-S03": _tijdig,
    "R1-S04": lambda waarden: zaken(waarden["te_laat"]),
    "R1-S05": _voorraad,
    "R1-S06": _verouderd,
    "R1-S07": lambda waarden: (
        f"{getal(waarden['heropend'])}, tegen {getal(waarden['afgerond'])} afgerond in vier weken"
    ),
    "R1-S08": lambda waarden: _van(waarden, "teruggedateerd"),
    "R1-S09": _bulk,
    "R1-S10": _van,
    "R1-S11": _van,
    "R1-S12": lambda waarden: _van(waarden, "nagekomen"),
}


def _zin_doorzet(found: Sequence[Signaal]) -> str:
    waarden = found[0].waarden
    if waarden["regel"] == "b":
        mean = getal(waarden["gemiddeld"], 1)
        return f"Al acht weken wordt er minder afgerond dan gemiddeld in de weken ervoor ({mean})."
    text = f"Er {_is(waarden['afgerond'])} **{zaken(waarden['afgerond'])}** afgerond"
    if _is_korte_week(waarden):  # the limits are those of a week of five days
        days = getal(waarden["werkdagen"])
        text += f" in {days} werkdagen, dat is {_getal(waarden['doorzet'])} per week van vijf dagen"
    return f"{text}: opvallend weinig. Gewoon is {_grenzen(waarden)} per week."


def _zin_team(found: Sequence[Signaal]) -> str:
    each = [f"{escape_markdown(one.waar)} ({_doorzet_team(one.waarden)})" for one in found[:2]]
    if len(found) == 1:
        one = found[0]
        return f"{escape_markdown(one.waar)} rondt duidelijk minder af: {_doorzet_team(one.waarden)}."
    rest = f"; en nog {getal(len(found) - 2)}" if len(found) > 2 else ""
    return f"{getal(len(found))} teams ronden duidelijk minder af: {'; '.join(each)}{rest}."


def _zin_tijdig(found: Sequence[Signaal]) -> str:
    whole = next((each for each in found if each.waar == ALLE), None)
    kinds = [each for each in found if each.waar != ALLE]
    if whole is None:
        parts = [f"{escape_markdown(each.waar)} ({_tijdig(each.waarden)})" for each in kinds[:2]]
        return f"Er is minder op tijd klaar bij {' en '.join(parts)}. Dat is meer dan toeval."
    waarden = whole.waarden
    share = aandeel(waarden["tijdig"], waarden["noemer"])
    of = f" ({share})" if waarden["noemer"] >= 10 else ""
    tail = f" Het valt op bij {' en '.join(escape_markdown(each.waar) for each in kinds[:2])}." if kinds else ""
    return (
        f"**{getal(waarden['tijdig'])} van de {getal(waarden['noemer'])}** zaken zijn op tijd klaar{of}. Eerder was "
        f"het {procent(waarden['eerder_tijdig'] / waarden['eerder_noemer'])}; die daling is meer dan toeval.{tail}"
    )


def _zin_wettelijk(found: Sequence[Signaal]) -> str:
    missed = found[0].waarden["te_laat"]
    return f"{zaken(missed)} {_is(missed)} na de wettelijke termijn afgerond."


def _zin_voorraad(found: Sequence[Signaal]) -> str:
    waarden = found[0].waarden
    stock = zaken(waarden["werkvoorraad"])
    if waarden["regel"] == "boven de grens":
        return f"De werkvoorraad is opvallend hoog: **{stock}**, gewoon is hoogstens {getal(waarden['bovengrens'], 1)}."
    return f"De werkvoorraad groeit al vier weken: van {getal(waarden['vier_weken_eerder'])} naar **{stock}**."


def _zin_verouderd(found: Sequence[Signaal]) -> str:
    waarden = found[0].waarden
    late, total = waarden["verstreken"], waarden["noemer"]
    share = procent(late / total)
    text = f"{getal(late)} van de {getal(total)} open zaken ({share}) {_is(late)} op of over de termijn"
    if waarden["is_gestegen"]:
        before = aandeel(waarden["eerder_verstreken"], waarden["eerder_noemer"])
        return f"{text}; vier weken eerder was dat {before}."
    return f"{text}."


def _zin_heropend(found: Sequence[Signaal]) -> str:
    waarden = found[0].waarden
    if not waarden["afgerond"]:
        return f"{zaken(waarden['heropend'])} gingen weer open, terwijl er in vier weken geen enkele is afgerond."
    return (
        f"{zaken(waarden['heropend'])} gingen weer open; in vier weken zijn er {getal(waarden['afgerond'])} afgerond. "
        "Dat is meer dan 5 %."
    )


def _zin_teruggedateerd(found: Sequence[Signaal]) -> str:
    count = found[0].waarden["teruggedateerd"]
    return (
        f"{zaken(count)} {'heeft' if count == 1 else 'hebben'} een einddatum van vóór de vorige levering, terwijl "
        f"{'zij' if count > 1 else 'de zaak'} daarin nog open {'stonden' if count > 1 else 'stond'}."
    )


def _zin_datagat(found: Sequence[Signaal]) -> str:
    gaps = [each for each in found if each.waar != EINDDATUM_TOEKOMST]
    parts = [f"{escape_markdown(each.waar)}: {_van(each.waarden)}" for each in gaps[:2]]
    said = [f"Er ontbreken gegevens ({'; '.join(parts)})."] if parts else []
    for each in found:
        if each.waar == EINDDATUM_TOEKOMST:
            count = each.waarden["aantal"]
            verbs = ("heeft", "zij telt") if count == 1 else ("hebben", "zij tellen")
            said.append(f"{zaken(count)} {verbs[0]} een einddatum in de toekomst; {verbs[1]} nu als open.")
    return " ".join(said)


def _is(count: int) -> str:
    return "is" if count == 1 else "zijn"


_ZINNEN: Mapping[str, Callable[[Sequence[Signaal]], str]] = {
    "R1-S01": _zin_doorzet,
    "R1-S02": _zin_team,
    "R1-S03": _zin_tijdig,
    "R1-S04": _zin_wettelijk,
    "R1-S05": _zin_voorraad,
    "R1-S06": _zin_verouderd,
    "R1-S07": _zin_heropend,
    "R1-S08": _zin_teruggedateerd,
    "R1-S11": _zin_datagat,
}

_NODIG: Mapping[str, str] = {
    "R1-S01": "de teams noemen deze week de oorzaak; het MT besluit over de inzet.",
    "R1-S03": "de oorzaak per soort werk, en wat er de komende weken voorgaat.",
    "R1-S04": "per zaak een bericht aan de klant en een oorzaak; zie Wettelijke termijnen.",
}

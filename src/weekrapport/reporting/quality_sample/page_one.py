"""Page 1 of the quality report: what the MT must know in thirty seconds."""

from __future__ import annotations

from weekrapport.domain.toets import FOUT
from weekrapport.reporting import trust
from weekrapport.reporting.blocks import MAX_MESSAGES, Block, Message, Tile, Verdict, key_messages, prose, sentence
from weekrapport.reporting.blocks import tiles as tile_row
from weekrapport.reporting.numbers import aandeel, getal, procent, zaken
from weekrapport.reporting.quality_sample.overview import GEEN_UITKOMSTEN, Kwaliteit, Stand
from weekrapport.reporting.quality_sample.wording import KORT, MEERVOUD, NODIG, opsomming, zin
from weekrapport.week import Week

MET_NORM = ("Q03", "Q05", "Q06", "Q07")
IN_TEGELS = ("Q01", *MET_NORM)


def kernboodschap(view: Kwaliteit) -> Block:
    """Return at most five messages: what was tested, on time, what is below its norm, what went well, data."""
    data = trust.gegevens_boodschap(view.report)
    if view.leeg:
        return key_messages([each for each in (Message(view.leeg), data) if each])
    fixed = [each for each in (_getoetst(view), _tijdig(view)) if each]
    well, below = _goed_gegaan(view), _onder_de_norm(view)
    room = MAX_MESSAGES - len(fixed) - sum(each is not None for each in (well, data))
    messages = [*fixed, *_at_most(below, room), well, data]
    return key_messages([each for each in messages if each])


def tegels(view: Kwaliteit) -> Block:
    """Return the row of five shares."""
    return tile_row([_tegel(view, toets) for toets in IN_TEGELS])


def nieuw_sinds_vorige_week(view: Kwaliteit) -> Block:
    """Return the three lines that say what changed since the week before, told as it is known now."""
    if view.leeg:
        return sentence(GEEN_UITKOMSTEN)
    before = view.week.plus(-1)
    shown = [toets for toets in ("Q03", "Q05", "Q07", "Q06", "Q01") if toets in view.toetsing.toetsen][:2]
    lines = [
        f"{KORT[toets]}: {_van(view.stand(toets))}. In week {before.number} was dat {_van(view.stand(toets, before))}."
        for toets in shown
    ]
    count, cases = _bevindingen(view, view.week)
    count_before, cases_before = _bevindingen(view, before)
    lines.append(
        f"Bevindingen: {getal(count)}{f' bij {zaken(cases)}' if count else ''}. In week {before.number} "
        f"{'was' if count_before == 1 else 'waren'} dat er {getal(count_before)}"
        f"{f' bij {zaken(cases_before)}' if count_before else ''}."
    )
    return prose("\n".join(f"- {line}" for line in lines))


def _getoetst(view: Kwaliteit) -> Message:
    points = len(view.toetsing.toetsen)
    text = (
        f"**{zaken(view.zaken).capitalize()}** van week {view.week.number} {'is' if view.zaken == 1 else 'zijn'} "
        f"automatisch getoetst op {getal(points)} {'punt' if points == 1 else 'punten'}"
    )
    if view.uitgesloten:
        text += f"; {zaken(view.uitgesloten)} {'is' if view.uitgesloten == 1 else 'zijn'} daarvoor te vertrouwelijk"
    return Message(f"{text}.")


def _tijdig(view: Kwaliteit) -> Message | None:
    stand = view.stand("Q01")
    if not stand.getoetst:
        return None
    if stand.getoetst == 1:
        text = f"De enige zaak met een norm is {'' if stand.goed else 'niet '}op tijd klaar."
    else:
        verb = "is" if stand.goed == 1 else "zijn"
        text = f"**{getal(stand.goed)} van de {getal(stand.getoetst)}** zaken {verb} op tijd klaar"
        text += f"{_interval(stand)}." if stand.interval else "."
    earlier = view.eerder("Q01")
    if stand.interval and earlier and earlier.aandeel is not None:
        low, high = stand.interval
        chance = "dat verschil kan toeval zijn" if low <= earlier.aandeel <= high else "dat verschil is meer dan toeval"
        text += f" Eerder was het {procent(earlier.aandeel)}; {chance}."
    missed, total = view.stand("Q02").fout, view.stand("Q02").getoetst
    if missed:
        verb = "is" if missed == 1 else "zijn"
        text += f" Van de {getal(total)} wettelijke termijnen {verb} er {getal(missed)} niet gehaald."
    return Message(text)


def oordeel(view: Kwaliteit, toets: str) -> Verdict:
    """Return how a check stands to its norm: red only when the interval lies below it as a whole."""
    stand, norm = view.stand(toets), view.normen.get(toets)
    if norm is None or stand.aandeel is None or stand.interval is None:
        return "neutraal"
    if stand.aandeel >= norm:
        return "groen"
    return "rood" if stand.interval[1] < norm else "oranje"


def _onder_de_norm(view: Kwaliteit) -> list[Message]:
    """Return a message for every check that does not meet its norm, the worst first, then those on few cases."""
    order = {"rood": 0, "oranje": 1, "neutraal": 2}
    found = [(oordeel(view, toets), toets) for toets in MET_NORM if view.stand(toets).getoetst]
    found = sorted((each for each in found if each[0] in order), key=lambda each: order[each[0]])
    return [_bericht(view, toets, verdict) for verdict, toets in found]


def _bericht(view: Kwaliteit, toets: str, verdict: Verdict) -> Message:
    stand, norm = view.stand(toets), procent(view.normen[toets], 0)
    text = zin(toets, stand.goed, stand.getoetst)
    if verdict == "neutraal":
        few = "" if stand.getoetst == 1 else " Dat zijn er te weinig voor een percentage."
        return Message(f"{text}.{few}")
    text += f"{_interval(stand)}."
    if verdict == "rood":
        return Message(f"{text} Dat is aantoonbaar onder de norm van {norm}.", verdict, NODIG[toets])
    return Message(f"{text} De norm is {norm}; dat het eronder ligt, is niet aangetoond.", verdict)


def _goed_gegaan(view: Kwaliteit) -> Message | None:
    green = [toets for toets in MET_NORM if oordeel(view, toets) == "groen"]
    if not green:
        return None
    parts = [f"{MEERVOUD[toets]} ({procent(view.stand(toets).aandeel)})" for toets in green]
    norms = {view.normen[toets] for toets in green}
    norm = f"de norm van {procent(norms.pop(), 0)}" if len(norms) == 1 else "de norm"
    return Message(f"Goed gegaan: {norm} is gehaald voor {opsomming(parts)}.", "groen")


def _at_most(messages: list[Message], room: int) -> list[Message]:
    """Return the messages, the last ones joined when there is no room for all; the worst keeps its colour."""
    if len(messages) <= room:
        return messages
    kept, rest = messages[: room - 1], messages[room - 1 :]
    joined = Message(" ".join(each.text for each in rest), rest[0].verdict, rest[0].needed)
    return [*kept, joined]


def _tegel(view: Kwaliteit, toets: str) -> Tile:
    stand, earlier, norm = view.stand(toets), view.eerder(toets), view.normen.get(toets)
    if not stand.getoetst:
        few = "te weinig zaken" if stand.verborgen else "geen uitkomst"
        why = "niet getoetst" if toets in view.toetsing.niet_getoetst else few
        return Tile(KORT[toets], "–", delta=why, norm=None if norm is None else f"norm {procent(norm, 0)}")
    trend = view.verloop(toets)
    below = f"norm {procent(norm, 0)}" if norm is not None else None
    if below is None and earlier and earlier.getoetst:
        below = f"12 weken: {aandeel(earlier.goed, earlier.getoetst)}"
    return Tile(
        KORT[toets],
        aandeel(stand.goed, stand.getoetst),
        delta=f"{getal(stand.goed)} van {getal(stand.getoetst)}" if stand.aandeel is not None else None,
        verdict=oordeel(view, toets),
        norm=below,
        trend=trend if any(share is not None for share in trend) else None,
    )


def _interval(stand: Stand) -> str:
    low, high = stand.interval or (0.0, 1.0)
    return f": {procent(stand.aandeel)} (tussen {procent(low)} en {procent(high)})"


def _van(stand: Stand) -> str:
    if stand.verborgen:
        return "te weinig zaken om te tonen"
    return f"{getal(stand.goed)} van {getal(stand.getoetst)}" if stand.getoetst else "geen uitkomst"


def _bevindingen(view: Kwaliteit, week: Week) -> tuple[int, int]:
    """Return the number of findings of a week and of the cases that have one."""
    oordelen = view.toetsing.oordelen
    rows = oordelen[(oordelen["week"] == str(week)) & (oordelen["oordeel"] == FOUT)]
    return len(rows), rows["zaak_id"].nunique()

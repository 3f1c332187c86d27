"""Page 1 of the report on deliveries: what the MT must know in thirty seconds."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from weekrapport.domain.leveringen import (
    ACHTERSTALLIG,
    LOPENDE_WEEK,
    OPGESCHORT,
    TE_LEVEREN,
    ZONDER_TERMIJN,
    wettelijk,
    zonder_behandelaar,
)
from weekrapport.domain.levertellingen import achterstand, piekdag
from weekrapport.reporting import trust
from weekrapport.reporting.blocks import Block, Message, Tile, key_messages, prose
from weekrapport.reporting.blocks import tiles as tile_row
from weekrapport.reporting.numbers import ONBEKEND, aandeel, getal, zaken
from weekrapport.reporting.upcoming_deliveries.overview import Leveringen

DAGEN_GENOEMD = 3
"""A key message names at most this many days of statutory terms."""
NIET_AANGELEVERD = "niet aangeleverd"


def kernboodschap(view: Leveringen) -> Block:
    """Return at most five messages: to deliver, overdue, statutory terms, no handler, data or else a peak day."""
    messages = [
        _te_leveren(view),
        _achterstallig(view),
        _wettelijk(view),
        _zonder_behandelaar(view),
        trust.gegevens_boodschap(view.report) or _piekdag(view),
    ]
    return key_messages([message for message in messages if message is not None])


def tegels(view: Leveringen) -> Block:
    """Return the row of five figures."""
    return tile_row(
        [
            _tegel_te_leveren(view),
            _tegel_achterstallig(view),
            _tegel_wettelijk(view),
            _tegel_behandelaar(view),
            _tegel_opgeschort(view),
        ]
    )


def nieuw_sinds_vorige_week(view: Leveringen) -> Block:
    """Return the three lines that say what the report week changed."""
    lines = [_vorige_leveringen(view), _oude_achterstand(view), _nieuwe_instroom(view)]
    return prose("\n".join(f"- {line}" for line in lines))


def _te_leveren(view: Leveringen) -> Message:
    if view.open.empty:
        return Message("Er zijn geen open zaken.")
    if not view.is_datum_bekend:
        of_all = "de enige open zaak" if len(view.open) == 1 else f"geen van de {getal(len(view.open))} open zaken"
        known = "niet bekend" if len(view.open) == 1 else "bekend"
        return Message(
            f"Van {of_all} is een leverdatum {known}. Wat er in {view.week_lang} klaar moet zijn, is niet te zeggen."
        )
    rows = view.lijst(TE_LEVEREN)
    if rows.empty:
        text = f"In {view.week_lang} hoeft **geen zaak** klaar te zijn."
    elif len(rows) == 1:
        text = f"In {view.week_lang} moet **1 zaak** klaar zijn, op {view.dag(rows['praktische_datum'].iloc[0])}."
    else:
        text = f"In {view.week_lang} moeten **{zaken(len(rows))}** klaar zijn. {_drukste_dag(view)}"
    return Message(" ".join([text.strip(), *_bijzonderheden(view, rows)]))


def _drukste_dag(view: Leveringen) -> str:
    top = view.per_dag["aantal"].max()
    busy = view.per_dag[view.per_dag["aantal"] == top]
    if not top:
        return ""
    if len(busy) > 1:
        return f"Op de drukste dagen {'is dat er 1' if top == 1 else f'zijn het er {getal(top)}'}."
    return f"De drukste dag is {view.dag(busy['datum'].iloc[0])}, met {zaken(top)}."


def _bijzonderheden(view: Leveringen, rows: pd.DataFrame) -> list[str]:
    """Say what makes the week or the list other than usual."""
    found = []
    passed = int((rows["leidende_datum"] < pd.Timestamp(view.peil)).sum())
    early, undated = len(view.lijst(LOPENDE_WEEK)), len(view.lijst(ZONDER_TERMIJN))
    if view.werkdagen != 5:
        found.append(f"De week telt {getal(view.werkdagen)} {'werkdag' if view.werkdagen == 1 else 'werkdagen'}.")
    if passed:
        found.append(f"Van {zaken(passed)} is die dag al voorbij.")
    if early:
        found.append(f"Vóór {view.dag(view.week.monday)} {_moet(early)} er nog {getal(early)} klaar zijn.")
    if undated:
        found.append(f"Van {zaken(undated)} is geen leverdatum bekend.")
    return found


def _achterstallig(view: Leveringen) -> Message | None:
    if not view.is_datum_bekend:
        return None
    age = achterstand(view.beeld)
    if age is None:
        return Message("Goed gegaan: geen enkele open zaak is te laat.", verdict="groen")
    middle, oldest = age
    count = len(view.lijst(ACHTERSTALLIG))
    if count == 1:
        return Message(f"**1 zaak** is te laat: {_dagen(oldest)}.", verdict="oranje")
    return Message(
        f"**{zaken(count)}** zijn te laat: de mediaan is {_dagen(middle)}, de oudste {_dagen(oldest)}.",
        verdict="oranje",
    )


def _wettelijk(view: Leveringen) -> Message | None:
    terms = wettelijk(view.beeld) if view.heeft_wettelijk else view.beeld.iloc[:0]
    if terms.empty:
        return None
    ending, ended = terms[terms["is_wettelijk"].astype(bool)], int(terms["is_wettelijk_verlopen"].sum())
    parts = []
    if len(ending):
        parts.append(f"Van **{zaken(len(ending))}** loopt de wettelijke termijn af: {_op_dagen(view, ending)}.")
    if ended:
        parts.append(f"Van **{zaken(ended)}** is de wettelijke termijn al voorbij.")
    return Message(
        " ".join(parts),
        verdict="rood" if ended else "oranje",
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
        text = f"**{zaken(count)}** {have} nog geen behandelaar: {_verdeeld(rows)}."
    return Message(text, verdict="oranje", needed="wijs vandaag per zaak een behandelaar aan.")


def _verdeeld(rows: pd.DataFrame) -> str:
    late = int((rows["lijst"] == ACHTERSTALLIG).sum())
    due = len(rows) - late
    return " en ".join(
        text for text, count in ((f"{getal(due)} te leveren", due), (f"{getal(late)} te laat", late)) if count
    )


def _piekdag(view: Leveringen) -> Message | None:
    peak = piekdag(view.per_dag)
    if peak is None:
        return None
    day, number, middle = peak
    return Message(
        f"{view.dag(day).capitalize()} is een piekdag: {zaken(number)}, tegen {_getal(middle)} op de middelste werkdag."
    )


def _tegel_te_leveren(view: Leveringen) -> Tile:
    days = f"{getal(view.werkdagen)} {'werkdag' if view.werkdagen == 1 else 'werkdagen'}"
    count = len(view.lijst(TE_LEVEREN))
    known = view.is_datum_bekend or view.open.empty
    return Tile("Te leveren", getal(count) if known else ONBEKEND, delta=f"in {view.week_kort}", norm=days)


def _tegel_achterstallig(view: Leveringen) -> Tile:
    age = achterstand(view.beeld)
    if age is None:
        known = view.is_datum_bekend or view.open.empty
        return Tile("Achterstallig", "0" if known else ONBEKEND, delta="geen zaak te laat" if known else None)
    return Tile(
        "Achterstallig",
        getal(len(view.lijst(ACHTERSTALLIG))),
        delta=f"mediaan {_dagen(age[0])}",
        verdict="oranje",
        norm=f"oudste {_dagen(age[1])}",
    )


def _tegel_wettelijk(view: Leveringen) -> Tile:
    if not view.heeft_wettelijk:
        return Tile("Wettelijke termijn", ONBEKEND, delta=NIET_AANGELEVERD)
    terms = wettelijk(view.beeld)
    ending, ended = int(terms["is_wettelijk"].sum()), int(terms["is_wettelijk_verlopen"].sum())
    verb = "loopt" if ending == 1 else "lopen"
    if ended:  # what is past asks for more than what is coming
        ending_too = f"{getal(ending)} {verb} af {view.termijnweek}"
        return Tile("Wettelijke termijn", getal(ended), delta="al voorbij", verdict="rood", norm=ending_too)
    verdict = "oranje" if ending else "neutraal"
    return Tile("Wettelijke termijn", getal(ending), delta=f"{verb} af {view.termijnweek}", verdict=verdict)


def _tegel_behandelaar(view: Leveringen) -> Tile:
    if not view.heeft_behandelaar:
        return Tile("Zonder behandelaar", ONBEKEND, delta=NIET_AANGELEVERD)
    rows = zonder_behandelaar(view.beeld)
    return Tile(
        "Zonder behandelaar",
        getal(len(rows)),
        delta=_verdeeld(rows) if len(rows) else "alles is toegewezen",
        verdict="oranje" if len(rows) else "neutraal",
    )


def _tegel_opgeschort(view: Leveringen) -> Tile:
    if not view.heeft_opschorting:
        return Tile("Opgeschort", ONBEKEND, delta=NIET_AANGELEVERD)
    count = len(view.lijst(OPGESCHORT))
    return Tile("Opgeschort", getal(count), delta="wachten" if count != 1 else "wacht", norm="niet meegeteld")


def _vorige_leveringen(view: Leveringen) -> str:
    terug, label = view.terug, f"week {view.report.week.number}"
    if view.peil <= view.report.week.sunday:  # only days that are over can be judged
        label += f" tot {view.dag(view.peil)}"
    if not terug.noemer:
        return f"Op tijd geleverd: er zijn geen zaken met een leverdatum in {label}."
    if terug.noemer == 1:
        became = "op tijd klaar" if terug.op_tijd else "te laat klaar" if terug.te_laat else "nog niet klaar"
        return f"Op tijd geleverd: de enige zaak met een leverdatum in {label} is {became}."
    share = f" ({aandeel(terug.op_tijd, terug.noemer)})" if terug.noemer >= 10 else ""
    return (
        f"Op tijd geleverd: {getal(terug.op_tijd)} van de {zaken(terug.noemer)} met een leverdatum in {label}{share}. "
        f"Te laat klaar: {getal(terug.te_laat)}, nog open: {getal(terug.open)}."
    )


def _oude_achterstand(view: Leveringen) -> str:
    terug, label = view.terug, f"week {view.report.week.number}"
    if not terug.ingelopen + terug.gebleven:
        return f"Oude achterstand: vóór {label} was er geen zaak te laat."
    done = f"{_is(terug.ingelopen)} er {getal(terug.ingelopen) if terug.ingelopen else 'geen'} afgerond"
    left = f"{_is(terug.gebleven)} er {f'nog {getal(terug.gebleven)}' if terug.gebleven else 'geen meer'} open"
    return f"Oude achterstand: van de zaken die al vóór {label} te laat waren, {done} en {left}."


def _nieuwe_instroom(view: Leveringen) -> str:
    count, label = view.terug.nieuw, f"week {view.report.week.number}"
    if not count:
        return f"Instroom: van de zaken uit {label} hoeft er geen in {view.week_kort} klaar te zijn."
    return f"Instroom: van de zaken uit {label} {_moet(count)} er {getal(count)} al in {view.week_kort} klaar zijn."


def _is(count: int) -> str:
    return "is" if count <= 1 else "zijn"


def _moet(count: int) -> str:
    return "moet" if count == 1 else "moeten"


def _dagen(value: float) -> str:
    return f"{_getal(value)} {'dag' if value == 1 else 'dagen'}"


def _getal(value: float) -> str:
    return getal(value, 0 if float(value).is_integer() else 1)

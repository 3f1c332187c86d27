"""Page 1 of the report on deliveries: what the MT must know in thirty seconds."""

from __future__ import annotations

import pandas as pd

from weekrapport.domain.intervals import KLEINE_NOEMER
from weekrapport.domain.leveringen import (
    ACHTERSTALLIG,
    LOPENDE_WEEK,
    OPGESCHORT,
    TE_LEVEREN,
    ZONDER_TERMIJN,
    wettelijk,
    zonder_behandelaar,
)
from weekrapport.domain.levertellingen import achterstand
from weekrapport.domain.risicoklasse import KLASSEN
from weekrapport.domain.risicotellingen import verwacht_te_laat
from weekrapport.reporting import trust
from weekrapport.reporting.blocks import MAX_MESSAGES, Block, Message, Tile, key_messages, prose
from weekrapport.reporting.blocks import tiles as tile_row
from weekrapport.reporting.numbers import ONBEKEND, aandeel, getal, zaken
from weekrapport.reporting.upcoming_deliveries.messages import berichten, dagen, verdeeld
from weekrapport.reporting.upcoming_deliveries.overview import Leveringen

NIET_AANGELEVERD = "niet aangeleverd"


def kernboodschap(view: Leveringen) -> Block:
    """Return at most five messages: what must be delivered, then the worst signals first, and the data."""
    first, data = _te_leveren(view), trust.gegevens_boodschap(view.report)
    most = MAX_MESSAGES - 1 - (data is not None)
    return key_messages([first, *berichten(view)[:most], *([data] if data is not None else [])])


def verder_valt_op(view: Leveringen) -> Block | None:
    """Return the messages for which page 1 has no room, in the same order; nothing when it had room for all."""
    most = MAX_MESSAGES - 1 - (trust.gegevens_boodschap(view.report) is not None)
    rest = berichten(view)[most:]
    if not rest:
        return None
    lines = [f"- {each.text}{f' **Nodig:** {each.needed}' if each.needed else ''}" for each in rest]
    return prose("\n".join(["Verder valt op:", "", *lines]))


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
        text = f"In {view.week_lang} moet **1 zaak** klaar zijn, op {view.dag(rows['praktische_datum'].iloc[0])}"
        text += f" ({rows['klasse'].iloc[0]})." if view.heeft_risico else "."
    elif view.heeft_risico:
        text = f"In {view.week_lang} moeten **{zaken(len(rows))}** klaar zijn: {klassen(rows)}."
    else:
        text = f"In {view.week_lang} moeten **{zaken(len(rows))}** klaar zijn. {_drukste_dag(view)}"
    return Message(" ".join([text.strip(), *_bijzonderheden(view, rows)]))


def klassen(rows: pd.DataFrame) -> str:
    """Return how many cases are in each class of risk: "61 groen, 14 oranje en 8 rood"."""
    counts = rows["klasse"].value_counts()
    parts = [f"{getal(counts.get(name, 0)) if name in counts else 'geen'} {name}" for name in KLASSEN]
    unknown = int(rows["klasse"].isna().sum())
    return f"{parts[0]}, {parts[1]} en {parts[2]}" + (f"; van {getal(unknown)} is dat niet bekend" if unknown else "")


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
    waiting = len(view.lijst(OPGESCHORT)) if view.heeft_opschorting else 0
    early, undated = len(view.lijst(LOPENDE_WEEK)), len(view.lijst(ZONDER_TERMIJN))
    if view.werkdagen != 5:
        found.append(f"De week telt {getal(view.werkdagen)} {'werkdag' if view.werkdagen == 1 else 'werkdagen'}.")
    if passed:
        found.append(f"Van {zaken(passed)} is die dag al voorbij.")
    if early:
        found.append(f"Vóór {view.dag(view.week.monday)} {_moet(early)} er nog {getal(early)} klaar zijn.")
    if waiting and view.heeft_risico:
        found.append(f"Daarnaast {_wacht(waiting)} op een ander.")
    if undated:
        found.append(f"Van {zaken(undated)} is geen leverdatum bekend.")
    return found


def _tegel_te_leveren(view: Leveringen) -> Tile:
    days = f"{getal(view.werkdagen)} {'werkdag' if view.werkdagen == 1 else 'werkdagen'}"
    count = len(view.lijst(TE_LEVEREN))
    known = view.is_datum_bekend or view.open.empty
    late = verwacht_te_laat(view.lijst(TE_LEVEREN))
    if late is not None:
        return Tile("Te leveren", getal(count), delta=f"verwacht te laat: {getal(late[0], 1)}", norm=days)
    return Tile("Te leveren", getal(count) if known else ONBEKEND, delta=f"in {view.week_kort}", norm=days)


def _tegel_achterstallig(view: Leveringen) -> Tile:
    age = achterstand(view.beeld)
    if age is None:
        known = view.is_datum_bekend or view.open.empty
        return Tile("Achterstallig", "0" if known else ONBEKEND, delta="geen zaak te laat" if known else None)
    return Tile(
        "Achterstallig",
        getal(len(view.lijst(ACHTERSTALLIG))),
        delta=f"mediaan {dagen(age[0])}",
        verdict="oranje",
        norm=f"oudste {dagen(age[1])}",
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
        delta=verdeeld(rows) if len(rows) else "alles is toegewezen",
        verdict="oranje" if len(rows) else "neutraal",
    )


def _tegel_opgeschort(view: Leveringen) -> Tile:
    if not view.heeft_opschorting:
        return Tile("Opgeschort", ONBEKEND, delta=NIET_AANGELEVERD)
    count = len(view.lijst(OPGESCHORT))
    return Tile("Opgeschort", getal(count), delta="wachten" if count != 1 else "wacht", norm="niet meegeteld")


def _wacht(count: int) -> str:
    return f"{'wacht' if count == 1 else 'wachten'} {zaken(count)}"


def _vorige_leveringen(view: Leveringen) -> str:
    terug, label = view.terug, f"week {view.report.week.number}"
    if view.peil <= view.report.week.sunday:  # only days that are over can be judged
        label += f" tot {view.dag(view.peil)}"
    if not terug.noemer:
        return f"Op tijd geleverd: er zijn geen zaken met een leverdatum in {label}."
    if terug.noemer == 1:
        became = "op tijd klaar" if terug.op_tijd else "te laat klaar" if terug.te_laat else "nog niet klaar"
        return f"Op tijd geleverd: de enige zaak met een leverdatum in {label} is {became}."
    share = f" ({aandeel(terug.op_tijd, terug.noemer)}{_eerder(view)})" if terug.noemer >= KLEINE_NOEMER else ""
    return (
        f"Op tijd geleverd: {getal(terug.op_tijd)} van de {zaken(terug.noemer)} met een leverdatum in {label}{share}. "
        f"Te laat klaar: {getal(terug.te_laat)}, nog open: {getal(terug.open)}."
    )


def _eerder(view: Leveringen) -> str:
    """Return the share of the twelve weeks before, for comparison; nothing when it is not known."""
    due = int(view.eerder["noemer"].sum())
    if due < KLEINE_NOEMER:
        return ""
    return f"; {getal(len(view.eerder))} weken ervoor {aandeel(int(view.eerder['op_tijd'].sum()), due)}"


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

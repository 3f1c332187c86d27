"""The same list as plain text of at most fifteen lines, for a message or the screen on the wall."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weekrapport.domain import overdracht as reden
from weekrapport.reporting.handover.lines import VERTROUWELIJK, kort
from weekrapport.reporting.numbers import datum_tijd, getal, is_unknown, zaken

if TYPE_CHECKING:
    from weekrapport.reporting.handover.overview import Overdracht

BESTAND = "overdracht.txt"
GEEN_ANDERE = "In wat is aangeleverd, staat geen andere reden voor actie."
MAX_LINES = 15
MAX_TEAMS = 6
"""More teams than this are taken together."""
_KOPREGELS, _SLOTREGELS = 3, 1


def overdrachtstekst(view: Overdracht) -> str:
    """Return the text: moment, figures, absence, the most urgent cases, and how many more there are."""
    name = f" – {view.report.team}" if view.report.team else ""
    lines = [
        f"Overdracht {datum_tijd(view.report.as_of)}{name} ({view.report.entry.classification})",
        cijfers(view),
        afwezigheid(view),
    ]
    room = MAX_LINES - _KOPREGELS - _SLOTREGELS
    # The most urgent of all teams, not the first of each: whoever reads this has no room for a list per team.
    hidden = view.regels["is_vertrouwelijk"].astype(bool)
    for row, is_hidden in zip(view.lijnen.head(room).to_dict("records"), hidden.head(room), strict=True):
        if is_hidden:
            lines.append(f"{row['zaak']}: {VERTROUWELIJK}. {row['wat_te_doen']}.")
            continue
        what = [row["zaak"], *(kort(row[key]) for key in ("klant", "zaaktype") if not is_unknown(row[key]))]
        lines.append(f"{row['team']}: {', '.join(what)}. {row['waarom']}. {row['wat_te_doen']}.")
    more = len(view.lijnen) - room
    if view.lijnen.empty:
        lines.append(niets(view))
    elif more > 0:
        lines.append(f"En nog {zaken(more)}: zie de overdrachtslijst.")
    return "\n".join(lines) + "\n"


def cijfers(view: Overdracht) -> str:
    """Return the figures of the header as one line; a figure that no source tells is left out."""
    counts = {name: number for name, number in view.aantallen.items() if name not in view.onbekend}
    found = {
        "P1 open": view.open_p1,
        "te laat": counts.get(reden.TE_LAAT),
        f"{view.dagnaam} klaar": view.klaar,
        "zonder behandelaar": counts.get(reden.ZONDER_BEHANDELAAR),
        "escalaties": counts.get(reden.ESCALATIE),
    }
    parts = [f"{name}: {getal(number)}" for name, number in found.items() if number is not None]
    if not parts:
        return f"Open zaken: {getal(view.open_zaken)}."
    text = "; ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def niets(view: Overdracht) -> str:
    """Return what is said when no case is on the list; without dates nobody can know that there is none."""
    if view.klaar is not None:
        return "Er is geen zaak die nu actie vraagt."
    return f"{zonder_datum(view)} {GEEN_ANDERE}"


def zonder_datum(view: Overdracht) -> str:
    """Return that no open case has a leverdatum."""
    of_all = "de enige open zaak" if view.open_zaken == 1 else f"geen van de {getal(view.open_zaken)} open zaken"
    known = "niet bekend" if view.open_zaken == 1 else "bekend"
    return f"Van {of_all} is een leverdatum {known}: wat te laat is, is niet te zeggen."


def afwezigheid(view: Overdracht) -> str:
    """Return the hours of absence per team as a sentence; never who is absent, or why."""
    if not view.report.is_delivered("capaciteit"):
        return "Afwezigheid is niet aangeleverd."
    if not view.afwezig_uren:
        alone = view.report.team
        return f"Afwezigheid {'van een klein team wordt niet getoond' if alone else 'is niet bekend'}."
    unknown = [name for name, hours in view.afwezig_uren.items() if hours is None]
    known = {name: hours for name, hours in view.afwezig_uren.items() if hours}
    order = sorted(known.items(), key=lambda each: (-each[1], each[0]))
    parts = [f"{name} {_uren(hours)}" for name, hours in order[:MAX_TEAMS]]
    if len(order) > MAX_TEAMS:
        parts.append(
            f"{getal(len(order) - MAX_TEAMS)} andere teams {_uren(sum(each for _, each in order[MAX_TEAMS:]))}"
        )
    if len(unknown) == len(view.afwezig_uren):
        names = ", ".join(unknown) if len(unknown) <= MAX_TEAMS else f"{getal(len(unknown))} teams"
        return f"Afwezig {view.dagnaam}: niet bekend van {names}."
    text = f"Afwezig {view.dagnaam}: {', '.join(parts) if parts else '0 uur'}."
    if len(unknown) > MAX_TEAMS:
        return f"{text} Niet bekend: van {getal(len(unknown))} teams."
    return f"{text} Niet bekend: {', '.join(unknown)}." if unknown else text


def _uren(hours: float) -> str:
    return f"{getal(hours, 0 if hours.is_integer() else 1)} uur"

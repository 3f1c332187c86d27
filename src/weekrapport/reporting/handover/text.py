"""The same list as plain text of at most fifteen lines, for a message or the screen on the wall."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weekrapport.domain import overdracht as reden
from weekrapport.reporting.handover.lines import kort
from weekrapport.reporting.numbers import datum_tijd, getal, is_unknown, zaken

if TYPE_CHECKING:
    from weekrapport.reporting.handover.overview import Overdracht

BESTAND = "overdracht.txt"
MAX_LINES = 15
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
    for row in view.lijnen.head(room).to_dict("records"):
        what = [row["zaak"], *(kort(row[key]) for key in ("klant", "zaaktype") if not is_unknown(row[key]))]
        lines.append(f"{row['team']}: {', '.join(what)}. {row['waarom']}. {row['wat_te_doen']}.")
    more = len(view.lijnen) - room
    if view.lijnen.empty:
        lines.append("Er is geen zaak die nu actie vraagt.")
    elif more > 0:
        lines.append(f"En nog {zaken(more)}: zie de overdrachtslijst.")
    return "\n".join(lines) + "\n"


def cijfers(view: Overdracht) -> str:
    """Return the figures of the header as one line; a figure that no source tells is left out."""
    counts = view.aantallen
    parts = [] if view.open_p1 is None else [f"P1 open: {getal(view.open_p1)}"]
    parts += [f"te laat: {getal(counts[reden.TE_LAAT])}", f"{view.dagnaam} klaar: {getal(view.klaar)}"]
    if view.is_bekend("behandelaar_id"):
        parts.append(f"zonder behandelaar: {getal(counts[reden.ZONDER_BEHANDELAAR])}")
    if view.is_bekend("escalatieniveau"):
        parts.append(f"escalaties: {getal(counts[reden.ESCALATIE])}")
    text = "; ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def afwezigheid(view: Overdracht) -> str:
    """Return the hours of absence per team as a sentence; never who is absent, or why."""
    if not view.report.is_delivered("capaciteit"):
        return "Afwezigheid is niet aangeleverd."
    if not view.afwezig_uren:
        alone = view.report.team
        return f"Afwezigheid {'van een klein team wordt niet getoond' if alone else 'is niet bekend'}."
    unknown = [name for name, hours in view.afwezig_uren.items() if hours is None]
    known = {name: hours for name, hours in view.afwezig_uren.items() if hours}
    parts = [f"{name} {_uren(hours)}" for name, hours in sorted(known.items(), key=lambda each: (-each[1], each[0]))]
    text = f"Afwezig {view.dagnaam}: {', '.join(parts) if parts else '0 uur'}."
    return f"{text} Niet bekend: {', '.join(unknown)}." if unknown else text


def _uren(hours: float) -> str:
    return f"{getal(hours, 0 if hours.is_integer() else 1)} uur"

"""The words of each check: its label with the agreed number of days, and its sentence."""

from __future__ import annotations

from weekrapport.domain.toets import TOETSEN
from weekrapport.reporting.numbers import getal
from weekrapport.settings import Quality

KORT = {
    "Q01": "Op tijd",
    "Q02": "Wettelijke termijn",
    "Q03": "Dossier compleet",
    "Q04": "Resultaat en status",
    "Q05": "Ontvangstbericht",
    "Q06": "Tussenbericht",
    "Q07": "Slotbericht",
}
"""Labels of tiles, charts and narrow columns: no word longer than a tile is wide."""

MEERVOUD = {
    "Q03": "complete dossiers",
    "Q05": "ontvangstbevestigingen",
    "Q06": "berichten tijdens lange zaken",
    "Q07": "afrondingsberichten",
}

NODIG = {
    "Q03": "laat de teams de ontbrekende documenten aanvullen; de lijst staat in de bijlage.",
    "Q05": "spreek per team af wie de ontvangstbevestiging verstuurt, en wanneer.",
    "Q06": "spreek per team af hoe de klant bij lange zaken op de hoogte blijft.",
    "Q07": "laat de teams deze klanten alsnog berichten; de lijst staat in de bijlage.",
}

_ZIN = {
    "Q03": ("{} dossiers {} compleet", "zijn", "is"),
    "Q05": ("Bij {} zaken {} de ontvangstbevestiging op tijd verstuurd", "is", "is"),
    "Q06": ("Bij {} lang lopende zaken {} de klant tussentijds op tijd geïnformeerd", "is", "is"),
    "Q07": ("Bij {} zaken {} op tijd een afrondingsbericht verstuurd", "is", "is"),
}


def werkdagen(aantal: int) -> str:
    """Return "1 werkdag" or "3 werkdagen"."""
    return f"{getal(aantal)} {'werkdag' if aantal == 1 else 'werkdagen'}"


def label(toets: str, quality: Quality) -> str:
    """Return the name of a check, with what was agreed."""
    more = {
        "Q05": f" (binnen {werkdagen(quality.ontvangst_werkdagen)})",
        "Q06": f" (hooguit {werkdagen(quality.stilte_werkdagen)} stil)",
        "Q07": f" (binnen {werkdagen(quality.afronding_werkdagen)})",
    }
    return TOETSEN[toets].naam.removesuffix(" op tijd") + more[toets] if toets in more else TOETSEN[toets].naam


def zin(toets: str, goed: int, getoetst: int) -> str:
    """Return what a check found, without a full stop: "**102 van de 107** dossiers zijn compleet"."""
    if getoetst == 1:
        return f"{TOETSEN[toets].naam}: de enige getoetste zaak is {'goed' if goed else 'niet goed'}"
    text, many, one = _ZIN[toets]
    return text.format(f"**{getal(goed)} van de {getal(getoetst)}**", one if goed == 1 else many)


def opsomming(parts: list[str]) -> str:
    """Return "a", "a en b" or "a, b en c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} en {parts[-1]}"

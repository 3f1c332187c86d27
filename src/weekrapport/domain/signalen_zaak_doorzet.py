"""Signals on throughput: R1-S01 (the whole) and R1-S02 (a team). Methods: "Signalen" in docs/methods.md."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd

from weekrapport.domain.doorzet import afgerond_per_week, bekende_weken, doorzet_reeks, werkdagen_per_week
from weekrapport.domain.doorzettoets import DOORZET_BASIS_WEKEN, DOORZET_WEKEN, Doorzet
from weekrapport.domain.regelkaart import BASIS_WEKEN, RECENTE_WEKEN, genormaliseerd, regelkaart, verschoven_kant
from weekrapport.domain.signalen_zaak import ALLE, Signaal, Uitkomst
from weekrapport.domain.zaakbeeld import ONBEKEND
from weekrapport.week import Week

MIN_TEAM = 20
"""From this mean per week on a team has a control chart of its own besides rule d."""


def regel_zaken(reeks: Sequence[float | None]) -> Literal["a", "b"] | None:
    """Return by which rule a series is low: the last week by itself, or the last eight.

    Args:
        reeks: K12 per week up to and including the report week, oldest first.
    """
    kaart, waarde = regelkaart(reeks[:-1]), reeks[-1]
    if kaart is None or waarde is None:
        return None
    if kaart.kant(waarde) == "laag":
        return "a"
    return "b" if verschoven_kant(reeks) == "laag" else None


def regel_team(aantallen: Sequence[int], werkdagen: Sequence[int]) -> Literal["a", "d"] | None:
    """Return by which rule a team finishes less: the exact test, or one low week of a large team.

    Args:
        aantallen: finished cases of the last sixteen weeks, oldest first.
        werkdagen: working days of the same weeks.
    """
    if _doorzet(aantallen, werkdagen).is_gedaald():
        return "d"
    reeks = [genormaliseerd(count, days) for count, days in zip(aantallen, werkdagen, strict=True)]
    kaart, waarde = regelkaart(reeks[:-1]), reeks[-1]
    if kaart is None or waarde is None or kaart.gemiddelde < MIN_TEAM:
        return None
    return "a" if kaart.kant(waarde) == "laag" else None


def doorzet_laag(beeld: pd.DataFrame, week: Week, kalender: np.busdaycalendar) -> Uitkomst:
    """Return R1-S01: less is finished than the ups and downs of twelve weeks explain, or for eight weeks already."""
    werkdagen = werkdagen_per_week(week, BASIS_WEKEN, kalender)
    counts = afgerond_per_week(beeld, week, BASIS_WEKEN).sum()
    reeks = doorzet_reeks(counts, werkdagen, bekende_weken(beeld, week, BASIS_WEKEN))
    kaart = regelkaart(reeks[:-1])
    if kaart is None:
        return Uitkomst("R1-S01", reden="geschiedenis")
    if reeks[-1] is None:
        return Uitkomst("R1-S01", reden="korte week")
    regel = regel_zaken(reeks)
    if regel is None:
        return Uitkomst("R1-S01")
    if regel == "b":
        kaart = regelkaart(reeks[:-RECENTE_WEKEN]) or kaart
    waarden = {
        "regel": regel,
        "afgerond": int(counts.iloc[-1]),
        "werkdagen": werkdagen[-1],
        "doorzet": reeks[-1],
        "gemiddeld": kaart.gemiddelde,
        "ondergrens": kaart.ondergrens,
        "bovengrens": kaart.bovengrens,
    }
    return Uitkomst.of("R1-S01", [Signaal("R1-S01", "rood", ALLE, waarden)])


def doorzet_team(beeld: pd.DataFrame, week: Week, kalender: np.busdaycalendar) -> Uitkomst:
    """Return R1-S02: every team that finishes less; cases of no known team are no team."""
    aantal = DOORZET_WEKEN + DOORZET_BASIS_WEKEN
    if bekende_weken(beeld, week, aantal) < aantal:
        return Uitkomst("R1-S02", reden="geschiedenis")
    counts = afgerond_per_week(beeld, week, aantal).drop(index=ONBEKEND, errors="ignore")
    if counts.empty:
        return Uitkomst("R1-S02", reden="team")
    werkdagen = werkdagen_per_week(week, aantal, kalender)
    found = []
    for team, row in zip(counts.index, counts.to_numpy().tolist(), strict=True):
        regel = regel_team(row, werkdagen)
        if regel is not None:
            waarden = _waarden_team(regel, row, werkdagen)
            found.append(Signaal("R1-S02", "oranje", str(team), {"regel": regel, **waarden}))
    return Uitkomst.of("R1-S02", found)


def _waarden_team(regel: str, aantallen: Sequence[int], werkdagen: Sequence[int]) -> dict[str, float | int]:
    toets = _doorzet(aantallen, werkdagen)
    if regel == "d":
        return {"afgerond": toets.aantal, "werkdagen": toets.werkdagen, "eerder": toets.eerder,
                "eerder_werkdagen": toets.eerder_werkdagen, "p": toets.kans()}  # fmt: skip
    reeks = [genormaliseerd(count, days) for count, days in zip(aantallen, werkdagen, strict=True)]
    kaart = regelkaart(reeks[:-1])
    known = {} if kaart is None else {"gemiddeld": kaart.gemiddelde, "ondergrens": kaart.ondergrens}
    return {"doorzet": float(reeks[-1] or 0), **known}


def _doorzet(aantallen: Sequence[int], werkdagen: Sequence[int]) -> Doorzet:
    recent, before = slice(DOORZET_BASIS_WEKEN, None), slice(None, DOORZET_BASIS_WEKEN)
    return Doorzet(
        aantal=sum(aantallen[recent]),
        werkdagen=sum(werkdagen[recent]),
        eerder=sum(aantallen[before]),
        eerder_werkdagen=sum(werkdagen[before]),
    )

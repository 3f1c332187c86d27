"""Signals on throughput: R1-S01 (the whole) and R1-S02 (a team). Methods: "Signalen" in docs/methods.md."""

from __future__ import annotations

import numpy as np
import pandas as pd

from weekrapport.domain.doorzet import afgerond_per_week, bekende_weken, doorzet_reeks, werkdagen_per_week
from weekrapport.domain.doorzettoets import DOORZET_BASIS_WEKEN, DOORZET_WEKEN, Doorzet
from weekrapport.domain.regelkaart import BASIS_WEKEN, RECENTE_WEKEN, regelkaart, verschoven_kant
from weekrapport.domain.signalen_zaak import ALLE, Signaal, Uitkomst
from weekrapport.domain.zaakbeeld import ONBEKEND
from weekrapport.week import Week

MIN_TEAM = 20
"""From this mean per week on a team has a control chart of its own besides rule d."""


def doorzet_laag(beeld: pd.DataFrame, week: Week, kalender: np.busdaycalendar) -> Uitkomst:
    """Return R1-S01: less is finished than the ups and downs of twelve weeks explain, or for eight weeks already."""
    werkdagen = werkdagen_per_week(week, BASIS_WEKEN, kalender)
    counts = afgerond_per_week(beeld, week, BASIS_WEKEN).sum()
    reeks = doorzet_reeks(counts, werkdagen, bekende_weken(beeld, week, BASIS_WEKEN))
    kaart, waarde = regelkaart(reeks[:-1]), reeks[-1]
    if kaart is None:
        return Uitkomst("R1-S01", reden="geschiedenis")
    if waarde is None:
        return Uitkomst("R1-S01", reden="korte week")
    is_laag, is_verschoven = kaart.kant(waarde) == "laag", verschoven_kant(reeks) == "laag"
    if not is_laag and not is_verschoven:
        return Uitkomst("R1-S01")
    kaart = kaart if is_laag else regelkaart(reeks[:-RECENTE_WEKEN]) or kaart
    waarden = {
        "regel": "a" if is_laag else "b",
        "afgerond": int(counts.iloc[-1]),
        "doorzet": waarde,
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
    for team, row in counts.iterrows():
        toets = Doorzet(
            aantal=int(row.iloc[DOORZET_BASIS_WEKEN:].sum()),
            werkdagen=sum(werkdagen[DOORZET_BASIS_WEKEN:]),
            eerder=int(row.iloc[:DOORZET_BASIS_WEKEN].sum()),
            eerder_werkdagen=sum(werkdagen[:DOORZET_BASIS_WEKEN]),
        )
        reeks = doorzet_reeks(row, werkdagen, aantal)
        kaart, waarde = regelkaart(reeks[:-1]), reeks[-1]
        if toets.is_gedaald():
            waarden = {"regel": "d", "afgerond": toets.aantal, "werkdagen": toets.werkdagen, "eerder": toets.eerder,
                       "eerder_werkdagen": toets.eerder_werkdagen, "p": toets.kans()}  # fmt: skip
            found.append(Signaal("R1-S02", "oranje", str(team), waarden))
        elif kaart and waarde is not None and kaart.gemiddelde >= MIN_TEAM and kaart.kant(waarde) == "laag":
            waarden = {"regel": "a", "doorzet": waarde, "gemiddeld": kaart.gemiddelde, "ondergrens": kaart.ondergrens}
            found.append(Signaal("R1-S02", "oranje", str(team), waarden))
    return Uitkomst.of("R1-S02", found)

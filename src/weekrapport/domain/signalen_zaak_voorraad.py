"""Signals on what is still open: R1-S05 (stock), R1-S06 (ageing) and R1-S07 (opened again).

Methods: "Signalen" in docs/methods.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import pandas as pd

from weekrapport.domain.doorzettoets import Tijdigheid
from weekrapport.domain.intervals import KLEINE_NOEMER
from weekrapport.domain.ouderdom import VERSTREKEN
from weekrapport.domain.regelkaart import GRENS_WEKEN, regelkaart
from weekrapport.domain.signalen_zaak import ALLE, Signaal, Uitkomst

GROEI_WEKEN = 4
"""More inflow than finished in each of so many weeks, and so much more stock than before them …"""
GROEI_TEGEN = 10
"""… namely a tenth."""
MAX_VERSTREKEN = 0.15
"""Share of the open cases that may be past their term (K08)."""
MAX_HEROPEND, MIN_HEROPEND = 0.05, 3
"""Share of the finished cases of four weeks that may be opened again (K10), and the number from which it is said."""


def regel_voorraad(
    voorraad: Sequence[float], instroom: Sequence[int], afgerond: Sequence[int]
) -> Literal["boven de grens", "vier weken groei"] | None:
    """Return by which rule a stock grows more than its ups and downs explain.

    A stock moves slowly, so weeks resemble each other and limits from neighbours are narrow: one week above them is
    common. Two in a row, each above the limits of its own twelve weeks, are not; nor is a stock that grew in each of
    four weeks to a tenth more, and is higher than in all twelve weeks before.

    Args:
        voorraad: K03 per week up to and including the report week, oldest first; at least ten.
        instroom: K02 of the last four weeks.
        afgerond: K01 of the last four weeks.
    """
    nu, vorige = regelkaart(voorraad[:-1]), regelkaart(voorraad[:-2])
    if nu is None or vorige is None:
        return None
    if nu.kant(voorraad[-1]) == "hoog" and vorige.kant(voorraad[-2]) == "hoog":
        return "boven de grens"
    before = voorraad[-1 - GROEI_WEKEN]
    is_gegroeid = all(came > went for came, went in zip(instroom, afgerond, strict=True))
    is_gegroeid = is_gegroeid and voorraad[-1] > max(voorraad[-1 - GRENS_WEKEN : -1])
    return "vier weken groei" if is_gegroeid and GROEI_TEGEN * (voorraad[-1] - before) >= before else None


def voorraad_gegroeid(reeks: pd.DataFrame, bekend: int) -> Uitkomst:
    """Return R1-S05: the stock grows.

    Args:
        reeks: `kpis.weekreeks`: instroom, afgerond and werkvoorraad per week, the report week last.
        bekend: how many of those weeks the export reaches back to (`doorzet.bekende_weken`).
    """
    known = reeks.tail(bekend) if bekend else reeks.iloc[:0]
    stock = known["werkvoorraad"].astype("float64").tolist()
    kaart, recent = regelkaart(stock[:-1]), known.tail(GROEI_WEKEN)
    if kaart is None or regelkaart(stock[:-2]) is None:
        return Uitkomst("R1-S05", reden="geschiedenis")
    regel = regel_voorraad(stock, recent["instroom"].tolist(), recent["afgerond"].tolist())
    if regel is None:
        return Uitkomst("R1-S05")
    waarden = {"regel": regel, "werkvoorraad": int(stock[-1]), "gemiddeld": kaart.gemiddelde,
               "bovengrens": kaart.bovengrens, "vier_weken_eerder": int(stock[-1 - GROEI_WEKEN]),
               "instroom": int(recent["instroom"].sum()), "afgerond": int(recent["afgerond"].sum())}  # fmt: skip
    return Uitkomst.of("R1-S05", [Signaal("R1-S05", "oranje", ALLE, waarden)])


def verouderd(nu: pd.DataFrame, eerder: pd.DataFrame | None) -> Uitkomst:
    """Return R1-S06: too many open cases are past their term, or many more than four weeks ago.

    More is a rise of five points that the exact test on shares does not leave to chance: of a hundred open cases the
    share moves by more than that in one week out of ten, while nothing changes.

    Args:
        nu: `ouderdom.ouderdom` of the as-of day: klasse.
        eerder: the same of four weeks before; None when the export does not reach back to it.
    """
    verstreken, noemer = _verstreken(nu)
    if noemer == 0:
        return Uitkomst("R1-S06", reden="termijn")
    if noemer < KLEINE_NOEMER:
        return Uitkomst("R1-S06")
    waarden: dict[str, float | int] = {"verstreken": verstreken, "noemer": noemer}
    is_gestegen = False
    if eerder is not None and (before := _verstreken(eerder))[1] >= KLEINE_NOEMER:
        waarden |= {"eerder_verstreken": before[0], "eerder_noemer": before[1]}
        # A rise of the share past its term is a fall of the share within it.
        is_gestegen = Tijdigheid(noemer - verstreken, noemer, before[1] - before[0], before[1]).is_gedaald()
    if not is_gestegen and 100 * verstreken < round(100 * MAX_VERSTREKEN) * noemer:
        return Uitkomst("R1-S06")
    waarden["is_gestegen"] = is_gestegen
    return Uitkomst.of("R1-S06", [Signaal("R1-S06", "oranje", ALLE, waarden)])


def vaak_heropend(aantal: int | None, afgerond: int) -> Uitkomst:
    """Return R1-S07: too many cases were opened again.

    Args:
        aantal: K10, cases opened again in the week; None when the history of statuses is not delivered.
        afgerond: cases finished in the last four weeks.
    """
    if aantal is None:
        return Uitkomst("R1-S07", reden="statussen")
    if aantal < MIN_HEROPEND or 100 * aantal <= round(100 * MAX_HEROPEND) * afgerond:
        return Uitkomst("R1-S07")
    return Uitkomst.of("R1-S07", [Signaal("R1-S07", "oranje", ALLE, {"heropend": aantal, "afgerond": afgerond})])


def _verstreken(rows: pd.DataFrame) -> tuple[int, int]:
    """Return how many open cases are past their term, of those that have one."""
    with_term = rows["klasse"] != "geen termijn"
    return int((rows["klasse"] == VERSTREKEN).sum()), int(with_term.sum())

"""The signals of the report on deliveries, but those on workload: R2-S01 to S04 and S07 to S09.

Every function returns what was found; nothing is a quiet signal. Whether it could be tested at all is for the caller to
know. The sentences that the MT reads are made in reporting. Methods: "Opleveringen" in docs/methods.md.
"""

from __future__ import annotations

import pandas as pd

from weekrapport.domain.intervals import KLEINE_NOEMER
from weekrapport.domain.leveringen import AAN_DE_BEURT, ACHTERSTALLIG, LOPENDE_WEEK, TE_LEVEREN, lijst_van
from weekrapport.domain.levertellingen import piekdag
from weekrapport.domain.risicoklasse import KANS_ORANJE, ROOD
from weekrapport.domain.signalen_zaak import ALLE, Ernst, Signaal

GROOT_BELANG = 4
"""From this importance on a red case is a signal of its own (R2-S01)."""
ACHTERSTAND_AANDEEL, ACHTERSTAND_GROEI = 0.10, 0.25
"""Overdue cases are a signal above this share of the stock, or from this growth in four weeks (R2-S03)."""
GROEN_OP_TIJD = 0.80
"""Of the green cases of last week at least so many should have been on time (R2-S08)."""
KLANT_ROOD = 3
"""From so many red cases of one customer on that customer is a signal (R2-S09)."""


def rood_en_belangrijk(leveringen: pd.DataFrame) -> list[Signaal]:
    """Return R2-S01: cases to deliver in class rood with importance 4 or 5.

    Args:
        leveringen: the leverbeeld with klasse.
    """
    rows = lijst_van(leveringen, TE_LEVEREN, LOPENDE_WEEK)
    found = rows[(rows["klasse"] == ROOD) & (rows["belang"] >= GROOT_BELANG).fillna(False).astype(bool)]
    return _zaken("R2-S01", "rood", found)


def wettelijk_in_gevaar(leveringen: pd.DataFrame) -> list[Signaal]:
    """Return R2-S02: cases whose statutory term ends in the week and is missed with a chance of 0.30 or more.

    Args:
        leveringen: the leverbeeld with kans_wettelijk.
    """
    rows = lijst_van(leveringen, *AAN_DE_BEURT)
    at_risk = rows["is_wettelijk"].astype(bool) & (rows["kans_wettelijk"] >= KANS_ORANJE).fillna(False).astype(bool)
    return _zaken("R2-S02", "rood", rows[at_risk])


def veel_achterstallig(leveringen: pd.DataFrame, werkvoorraad: int, eerder: int | None) -> list[Signaal]:
    """Return R2-S03: overdue cases are more than 10 % of the stock, or 25 % more than four weeks ago.

    Below ten cases a share says nothing: the stock, or the overdue cases that have grown, must be at least ten.

    Args:
        leveringen: the leverbeeld.
        werkvoorraad: K03.
        eerder: overdue cases four weeks ago; None when that is not known.
    """
    number = len(lijst_van(leveringen, ACHTERSTALLIG))
    much = werkvoorraad >= KLEINE_NOEMER and number > ACHTERSTAND_AANDEEL * werkvoorraad
    grown = eerder is not None and number >= KLEINE_NOEMER and number >= (1 + ACHTERSTAND_GROEI) * eerder
    if not (much or grown):
        return []
    values = {"achterstallig": number, "werkvoorraad": werkvoorraad}
    return [Signaal("R2-S03", "oranje", ALLE, values if eerder is None else {**values, "vier_weken_eerder": eerder})]


def te_leveren_zonder_behandelaar(leveringen: pd.DataFrame) -> list[Signaal]:
    """Return R2-S04: cases to deliver that nobody handles."""
    rows = lijst_van(leveringen, TE_LEVEREN)
    return _zaken("R2-S04", "oranje", rows[rows["behandelaar_id"].isna()], "zonder_behandelaar")


def drukke_dag(per_dag: pd.DataFrame) -> list[Signaal]:
    """Return R2-S07: a day with ten or more cases and more than twice the median of the working days."""
    peak = piekdag(per_dag)
    if peak is None:
        return []
    day, number, middle = peak
    return [Signaal("R2-S07", "blauw", day.isoformat(), {"aantal": number, "mediaan": middle})]


def groen_viel_tegen(voorspeld: pd.DataFrame) -> list[Signaal]:
    """Return R2-S08: of the green cases of last week's report fewer than 80 % were on time; of ten or more.

    Args:
        voorspeld: `risico_ijking.ijking` of a week ago; green is a chance below 0.30, whatever raised the class.
    """
    green = voorspeld[voorspeld["kans"] < KANS_ORANJE]
    on_time = int((~green["is_gemist"].astype(bool)).sum())
    if len(green) < KLEINE_NOEMER or on_time >= GROEN_OP_TIJD * len(green):
        return []
    return [Signaal("R2-S08", "blauw", ALLE, {"groen": len(green), "op_tijd": on_time})]


def klant_in_gevaar(leveringen: pd.DataFrame) -> list[Signaal]:
    """Return R2-S09: customers with three or more red cases to deliver; confidential cases are left out.

    Args:
        leveringen: the leverbeeld with klasse.
    """
    rows = lijst_van(leveringen, TE_LEVEREN, LOPENDE_WEEK)
    rows = rows[(rows["klasse"] == ROOD) & ~rows["is_vertrouwelijk"].astype(bool) & rows["klant"].notna()]
    found = []
    for klant, cases in rows.groupby("klant", sort=True):
        if len(cases) >= KLANT_ROOD:
            found.append(
                Signaal("R2-S09", "oranje", str(klant), {"rood": len(cases), "zaken": sorted(cases["zaak_id"])})
            )
    return sorted(found, key=lambda each: -each.waarden["rood"])


def _zaken(signal_id: str, ernst: Ernst, rows: pd.DataFrame, name: str = "aantal") -> list[Signaal]:
    """Return one signal about these cases; none without cases."""
    if rows.empty:
        return []
    values = {name: len(rows), "zaken": sorted(rows["zaak_id"])}
    return [Signaal(signal_id, ernst, ", ".join(sorted(set(rows["team"]))), values)]

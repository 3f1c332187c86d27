"""Throughput per week of five working days (K12), and how many weeks the stock lasts at that pace (K09).

Methods: "K09 Werkvoorraad in weken" in docs/methods.md.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from weekrapport.domain.doorzet import afgerond_per_week, bekende_weken, doorzet_reeks, werkdagen_per_week
from weekrapport.domain.kpis import werkvoorraad
from weekrapport.domain.regelkaart import GRENS_WEKEN, regelkaart
from weekrapport.week import Week


def genormaliseerde_doorzet(
    beeld: pd.DataFrame, week: Week, aantal: int, kalender: np.busdaycalendar
) -> list[float | None]:
    """Return finished cases per week of five working days (K12) of the `aantal` weeks up to and including `week`.

    Oldest first; None for a week of fewer than three working days, and for one before the export begins.
    """
    counts = afgerond_per_week(beeld, week, aantal).sum()
    return doorzet_reeks(counts, werkdagen_per_week(week, aantal, kalender), bekende_weken(beeld, week, aantal))


def werkvoorraad_weken(beeld: pd.DataFrame, week: Week, kalender: np.busdaycalendar) -> float | None:
    """Return how many weeks the stock lasts at the pace of the twelve weeks before (K09).

    None with fewer than eight weeks that count, as for the control chart, and when nothing was finished in them.
    """
    before = regelkaart(genormaliseerde_doorzet(beeld, week.plus(-1), GRENS_WEKEN, kalender))
    if before is None or before.gemiddelde == 0:
        return None
    return werkvoorraad(beeld, week) / before.gemiddelde

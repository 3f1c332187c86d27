"""Finished cases per week, as a series for the control charts and as counts for the exact tests.

Methods: "Signalen" in docs/methods.md.
"""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pandas as pd

from weekrapport.domain.calendars import aantal_werkdagen
from weekrapport.domain.geschiedenis import begin_geschiedenis
from weekrapport.domain.regelkaart import genormaliseerd
from weekrapport.week import Week


def afgerond_per_week(beeld: pd.DataFrame, week: Week, aantal: int, per: str = "team") -> pd.DataFrame:
    """Return K01 of the `aantal` weeks up to and including `week`, one row per team or kind, oldest week first.

    Args:
        beeld: the zaakbeeld; needs telt_mee, einddatum and the column `per`.
        week: the last week.
        aantal: number of weeks.
        per: "team" or "soort".

    Returns:
        Index: the names, sorted, of all cases in the zaakbeeld that count; columns 0 to aantal − 1 (int64).
    """
    rows = beeld[beeld["telt_mee"].astype(bool)]
    first = pd.Timestamp(week.monday - timedelta(weeks=aantal - 1))
    names = pd.Index(sorted(rows[per].unique()), dtype="str")
    done = rows[rows["einddatum"].notna()]
    position = (done["einddatum"] - first).dt.days.to_numpy() // 7
    within = (position >= 0) & (position < aantal)
    rows_of = names.get_indexer(pd.Index(done[per]))[within]
    counts = np.bincount(rows_of * aantal + position[within].astype("int64"), minlength=len(names) * aantal)
    return pd.DataFrame(counts.reshape(len(names), aantal), index=names)


def werkdagen_per_week(week: Week, aantal: int, kalender: np.busdaycalendar) -> list[int]:
    """Return the working days of the `aantal` weeks up to and including `week`, oldest first."""
    weeks = [week.plus(-back) for back in reversed(range(aantal))]
    return [aantal_werkdagen(each.monday, each.sunday, kalender) for each in weeks]


def bekende_weken(beeld: pd.DataFrame, week: Week, aantal: int) -> int:
    """Return how many of the `aantal` weeks up to and including `week` the export reaches back to.

    A week before `begin_geschiedenis` looks empty and says nothing.
    """
    begins = begin_geschiedenis(beeld, week)
    return 0 if begins is None else min(aantal, (week.monday - begins.monday).days // 7 + 1)


def doorzet_reeks(counts: pd.Series, werkdagen: list[int], bekend: int) -> list[float | None]:
    """Return K12 per week, oldest first; None for a short week and for one before the export begins.

    Args:
        counts: finished cases per week.
        werkdagen: working days of the same weeks.
        bekend: how many of the last weeks the export reaches back to.
    """
    begin = len(werkdagen) - bekend
    return [
        None if place < begin else genormaliseerd(int(count), days)
        for place, (count, days) in enumerate(zip(counts, werkdagen, strict=True))
    ]

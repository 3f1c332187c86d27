"""From which week on an export tells what was finished ("Vergelijking" in docs/methods.md)."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pandas as pd

from weekrapport.week import Week

LEGE_WEKEN = 3
"""So many weeks in a row without a finished case, and cases before and after them, are a hole in the export."""


def begin_geschiedenis(beeld: pd.DataFrame, week: Week) -> Week | None:
    """Return the week with which the finished cases of an export begin; None when it has none up to the report week.

    It is the first week after the last hole of `LEGE_WEKEN` weeks: one old case that was left in the export says
    nothing of the weeks after it. Empty weeks up to the report week itself are no hole: then nothing is finished.

    Args:
        beeld: the zaakbeeld; needs telt_mee, einddatum.
        week: the report week.
    """
    ends = beeld.loc[beeld["telt_mee"].astype(bool), "einddatum"].dropna()
    back = (pd.Timestamp(week.sunday) - ends[ends <= pd.Timestamp(week.sunday)]).dt.days.to_numpy() // 7
    if not len(back):
        return None
    filled = np.unique(back)
    holes = np.flatnonzero(np.diff(filled) > LEGE_WEKEN)
    return Week.of(week.monday - timedelta(weeks=int(filled[holes[0]] if len(holes) else filled[-1])))

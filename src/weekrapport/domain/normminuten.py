"""How many minutes of a norm in hours are left, for lists that are looked at every day.

Methods: "Kantooruren" in docs/methods.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import numpy as np
import pandas as pd

from weekrapport.domain.kantooruren import Kantoorklok, Kantoortijd, klokstart
from weekrapport.domain.onderbrekingen import opschortingen
from weekrapport.domain.urennorm import Urennorm
from weekrapport.domain.werkdagen import dagen
from weekrapport.domain.zaakbeeld import zaaktype_per_zaak
from weekrapport.week import local_date


def norm_minuten(
    rows: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    moment: datetime,
    kalender: np.busdaycalendar,
    kantoortijd: Kantoortijd = Kantoortijd(),  # noqa: B008  frozen
) -> pd.Series | None:
    """Return the minutes left of the norm of every open case with a norm in hours; negative when it has passed.

    Args:
        rows: zaak_id, zaaktype_id, startdatum, einddatum, such as the zaakbeeld or the leverbeeld.
        tables: zaaktype, zaak_opschorting, zaak_verlenging and, where delivered, zaak_status in the as-of view.
        moment: the as-of moment.
        kalender: the werkkalender.
        kantoortijd: when the clock runs.

    Returns:
        Float64, indexed as `rows`; unknown without a norm in hours, for a finished case and for one that was extended.
        None when no case has such a norm. Of a case that waits, the clock stands still from the day that it does up to
        the as-of day.
    """
    zaak = rows[["zaak_id", "zaaktype_id", "startdatum", "einddatum"]].reset_index(drop=True)
    start, end = dagen(zaak["startdatum"]), dagen(zaak["einddatum"])
    types = zaaktype_per_zaak(zaak, tables["zaaktype"])
    started = klokstart(zaak, tables["zaak_status"]) if "zaak_status" in tables else None
    norm = Urennorm(types, start, started, Kantoorklok(kalender, kantoortijd))
    if not norm.is_uur.any():
        return None
    until = np.full(len(zaak), np.datetime64(local_date(moment), "D"))
    for each in opschortingen(zaak, tables["zaak_opschorting"], start, until):
        counts = norm.is_uur[each.rows] & (each.begin <= norm.dag(each.rows))
        norm.verlengd(each.rows[counts], each.begin[counts], each.end[counts])
    extended = zaak["zaak_id"].isin(tables["zaak_verlenging"]["zaak_id"]).to_numpy()
    left = pd.Series(norm.minuten_over(pd.Timestamp(moment)), index=rows.index).astype("Float64")
    return left.mask(extended | ~np.isnat(end))

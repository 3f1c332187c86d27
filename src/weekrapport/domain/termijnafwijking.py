"""Where the last day of the source is not the one that its own rules give (signal R1-S10).

Methods: "Termijnen" in docs/methods.md.
"""

from __future__ import annotations

import pandas as pd

from weekrapport.domain.kpis import afgerond
from weekrapport.week import Week


def vergelijkbare_termijnen(beeld: pd.DataFrame, week: Week) -> pd.DataFrame:
    """Return the cases, finished in the week or open, that have a last day of the source and a recalculated one.

    Args:
        beeld: the zaakbeeld of the as-of moment.
        week: the report week.

    Returns:
        The columns of the zaakbeeld, and verschil_dagen (Int64, day of the source − recalculated day, calendar days).
    """
    is_open = beeld["telt_mee"].astype(bool) & beeld["einddatum"].isna()
    rows = beeld[is_open | beeld.index.isin(afgerond(beeld, week).index)]
    rows = rows[rows["uiterlijke_einddatum"].notna() & rows["herrekende_datum"].notna()]
    difference = (rows["uiterlijke_einddatum"] - rows["herrekende_datum"]).dt.days.astype("Int64")
    return rows.assign(verschil_dagen=difference)


def afwijkende_termijnen(beeld: pd.DataFrame, week: Week) -> pd.DataFrame:
    """Return the cases of `vergelijkbare_termijnen` of which the two days differ, the largest difference first."""
    rows = vergelijkbare_termijnen(beeld, week)
    rows = rows[rows["verschil_dagen"] != 0]
    order = rows["verschil_dagen"].abs().mul(-1).rename("_order")
    return rows.assign(_order=order).sort_values(["_order", "zaak_id"], kind="stable").drop(columns="_order")


def aantal_afwijkend(beeld: pd.DataFrame, week: Week) -> tuple[int, int] | None:
    """Return how many of those cases differ, and of how many; None when no case has both days."""
    comparable = vergelijkbare_termijnen(beeld, week)
    if comparable.empty:
        return None
    return int((comparable["verschil_dagen"] != 0).sum()), len(comparable)

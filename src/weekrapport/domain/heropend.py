"""Which cases were opened again after they had been closed, as the history of their statuses tells.

Methods: "K10 Heropend" in docs/methods.md.
"""

from __future__ import annotations

import pandas as pd

from weekrapport.domain.zaakstap import zaakstappen
from weekrapport.week import Week


def heropeningen(
    zaak_status: pd.DataFrame, zaaktype_status: pd.DataFrame, zaken: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return every time that a case got a status that is not final while its last one was.

    Of two statuses set at the same moment the lower step comes first. A status that no table of status types knows says
    nothing and is passed over.

    Args:
        zaak_status: zaak_id, statustype_id, gezet_op, in the as-of view.
        zaaktype_status: zaaktype_id, statustype_id, volgnummer, is_eindstatus.
        zaken: zaak_id, zaaktype_id; needed where case types share codes (`zaakstap.zaakstappen`).

    Returns:
        zaak_id (str), gesloten_op and heropend_op (datetime64[us, UTC]: the final status, and the one after it), in
        order of heropend_op and zaak_id.
    """
    rows = zaak_status[["zaak_id", "statustype_id", "gezet_op"]].dropna()
    steps = zaakstappen(rows, zaaktype_status, zaken)
    rows = rows.assign(_final=steps["is_eindstatus"].astype("boolean"), _step=steps["volgnummer"].astype("Float64"))
    rows = rows[rows["_final"].notna()]
    rows = rows.sort_values(["zaak_id", "gezet_op", "_step", "statustype_id"], na_position="first", kind="stable")
    before = rows.groupby("zaak_id", sort=False)
    again = ~rows["_final"] & before["_final"].shift().fillna(False)
    found = rows.assign(gesloten_op=before["gezet_op"].shift())[again.astype(bool)]
    found = found.rename(columns={"gezet_op": "heropend_op"})[["zaak_id", "gesloten_op", "heropend_op"]]
    return found.sort_values(["heropend_op", "zaak_id"], kind="stable").reset_index(drop=True)


def heropend(
    zaak_status: pd.DataFrame, zaaktype_status: pd.DataFrame, week: Week, zaken: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return the cases that were opened again in the week, one row a case: the first time in it (K10).

    Sub-cases and cases made by mistake are among them; whoever counts, joins them to the zaakbeeld.

    Args:
        zaak_status: as for `heropeningen`.
        zaaktype_status: as for `heropeningen`.
        week: the report week.
        zaken: as for `heropeningen`.

    Returns:
        The columns of `heropeningen`.
    """
    found = heropeningen(zaak_status, zaaktype_status, zaken)
    in_week = (found["heropend_op"] >= week.start) & (found["heropend_op"] < week.end)
    return found[in_week].drop_duplicates("zaak_id").reset_index(drop=True)

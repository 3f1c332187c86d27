"""The step that a case has reached ("Opleveringen" in docs/methods.md)."""

from __future__ import annotations

import pandas as pd


def huidige_status(zaak_status: pd.DataFrame, zaaktype_status: pd.DataFrame) -> pd.Series:
    """Return the description of the latest status of every case that has one; its identifier without a description.

    Of two statuses at the same moment the higher step counts.

    Args:
        zaak_status: zaak_id, statustype_id, gezet_op, in the as-of view.
        zaaktype_status: statustype_id, volgnummer, omschrijving; may be empty.

    Returns:
        str, indexed by zaak_id.
    """
    steps = zaaktype_status.drop_duplicates("statustype_id").set_index("statustype_id")
    rows = zaak_status[["zaak_id", "statustype_id", "gezet_op"]].dropna(subset=["gezet_op"])
    rows = rows.assign(volgnummer=steps["volgnummer"].reindex(rows["statustype_id"]).set_axis(rows.index))
    rows = rows.sort_values(["gezet_op", "volgnummer", "statustype_id"], na_position="first", kind="stable")
    latest = rows.drop_duplicates("zaak_id", keep="last").set_index("zaak_id")["statustype_id"]
    return steps["omschrijving"].reindex(latest).set_axis(latest.index).astype("str").fillna(latest)

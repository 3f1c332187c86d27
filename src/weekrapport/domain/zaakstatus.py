"""The step that a case has reached ("Opleveringen" in docs/methods.md)."""

from __future__ import annotations

import pandas as pd

from weekrapport.domain.zaakstap import zaakstappen


def huidige_status(
    zaak_status: pd.DataFrame, zaaktype_status: pd.DataFrame, zaken: pd.DataFrame | None = None
) -> pd.Series:
    """Return the description of the latest status of every case that has one; its identifier without a description.

    Of two statuses at the same moment the higher step counts.

    Args:
        zaak_status: zaak_id, statustype_id, gezet_op, in the as-of view.
        zaaktype_status: zaaktype_id, statustype_id, volgnummer, omschrijving; may be empty.
        zaken: zaak_id, zaaktype_id; needed where case types share codes (`zaakstap.zaakstappen`).

    Returns:
        str, indexed by zaak_id.
    """
    rows = zaak_status[["zaak_id", "statustype_id", "gezet_op"]].dropna(subset=["gezet_op"])
    rows = rows.join(zaakstappen(rows, zaaktype_status, zaken)[["volgnummer", "omschrijving"]])
    rows = rows.sort_values(["gezet_op", "volgnummer", "statustype_id"], na_position="first", kind="stable")
    latest = rows.drop_duplicates("zaak_id", keep="last").set_index("zaak_id")
    return latest["omschrijving"].astype("str").fillna(latest["statustype_id"])

"""Which step of its case type a status is ("K10 Heropend" in docs/methods.md).

Case types may use the same codes for their statuses: step 3 is the last one of a short type and half way in a long one.
Every function that asks what a status means, asks it here.
"""

from __future__ import annotations

import pandas as pd


def zaakstappen(
    zaak_status: pd.DataFrame, zaaktype_status: pd.DataFrame, zaken: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return of every status of a case what the table of status types says of it, row for row with `zaak_status`.

    A code of one case type only means that, whatever the type of the case. A code that more types use is looked up by
    the type of the case; of a case without a type, or with a type that has no such step, it says nothing.

    Args:
        zaak_status: zaak_id, statustype_id.
        zaaktype_status: zaaktype_id, statustype_id, volgnummer, omschrijving, is_eindstatus; may be empty.
        zaken: zaak_id, zaaktype_id; None when the types of the cases are not at hand.

    Returns:
        volgnummer, hoogste_volgnummer (Int64; the highest of its case type), omschrijving (str) and is_eindstatus
        (boolean: as the source marks it; where it marks nothing, whether it is the highest of its case type: that is
        what ZGW says a final status is). Unknown where the code is.
    """
    top = zaaktype_status.groupby("zaaktype_id")["volgnummer"].transform("max").astype("Int64")
    steps = zaaktype_status[["zaaktype_id", "statustype_id", "volgnummer", "omschrijving"]].assign(
        hoogste_volgnummer=top,
        is_eindstatus=zaaktype_status["is_eindstatus"].fillna((zaaktype_status["volgnummer"] == top).astype("boolean")),
    )
    steps = steps.dropna(subset=["statustype_id"]).drop_duplicates(["zaaktype_id", "statustype_id"])
    is_shared = steps.duplicated("statustype_id", keep=False)
    names = ["volgnummer", "hoogste_volgnummer", "omschrijving", "is_eindstatus"]
    found = steps[~is_shared].set_index("statustype_id")[names].reindex(zaak_status["statustype_id"])
    if zaken is None or not is_shared.any():
        return found.set_axis(zaak_status.index)
    types = zaken.drop_duplicates("zaak_id").set_index("zaak_id")["zaaktype_id"].reindex(zaak_status["zaak_id"])
    pairs = pd.MultiIndex.from_arrays([types.to_numpy(), zaak_status["statustype_id"].to_numpy()])
    shared = steps[is_shared].dropna(subset=["zaaktype_id"]).set_index(["zaaktype_id", "statustype_id"])[names]
    return found.reset_index(drop=True).fillna(shared.reindex(pairs).reset_index(drop=True)).set_axis(zaak_status.index)

"""Q05 and Q07: did the customer hear that the case came in, and that it is finished?

Methods: "Dossiertoets" in docs/methods.md.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from weekrapport.domain.berichten import INFORMATIEVERZOEK, ONTVANGSTBEVESTIGING
from weekrapport.domain.toets import (
    FOUT,
    GOED,
    NIET_TE_BEOORDELEN,
    NVT,
    Toetsafspraken,
    lokale_dagen,
    toetsuitkomst,
)
from weekrapport.domain.werkdagen import Days, aantal_werkdagen_na, dagen, werkdagen_later

GEEN_AFRONDING = (ONTVANGSTBEVESTIGING, INFORMATIEVERZOEK)
"""Messages that do not tell the customer how the case ended."""


def ontvangst_toets(
    zaken: pd.DataFrame,
    berichten: pd.DataFrame,
    afspraken: Toetsafspraken,
    kalender: np.busdaycalendar,
    peil: np.datetime64,
) -> pd.DataFrame:
    """Return the outcome of Q05 in the order of `zaken`, as `toets.toetsuitkomst`.

    Goed: the first acknowledgement was sent within `ontvangst_werkdagen` after the start. Nvt: there is none in time,
    but the case was finished within them and another message was sent within them.

    Args:
        zaken: zaak_id, startdatum, einddatum.
        berichten: the result of `berichten.uitgaande_berichten`.
        afspraken: how many working days there are.
        kalender: the werkkalender.
        peil: the as-of day; that day itself is not over.
    """
    limit = afspraken.ontvangst_werkdagen
    start, end = dagen(zaken["startdatum"]), dagen(zaken["einddatum"])
    is_receipt = berichten["soort"] == ONTVANGSTBEVESTIGING
    after = aantal_werkdagen_na(start, _eerste(zaken, berichten[is_receipt]), kalender)
    other = aantal_werkdagen_na(start, _eerste(zaken, berichten[~is_receipt]), kalender)
    answered = (aantal_werkdagen_na(start, end, kalender) <= limit) & (other <= limit)
    # The last day that still counts is the one before the working day after the limit: a Saturday after day three.
    window = werkdagen_later(start, limit + 1, kalender) - np.timedelta64(1, "D")
    oordeel = np.select(
        [np.isnat(start), after <= limit, answered, after > limit, ~(window < peil)],
        [NIET_TE_BEOORDELEN, GOED, NVT, FOUT, NIET_TE_BEOORDELEN],
        FOUT,
    )
    number = pd.Series(after, index=zaken.index)
    late = "ontvangstbevestiging na " + number.astype("Int64").astype("str") + " werkdagen"
    return toetsuitkomst(zaken, oordeel, late.where(number.notna(), "geen ontvangstbevestiging"), window)


def afronding_toets(
    zaken: pd.DataFrame,
    berichten: pd.DataFrame,
    afspraken: Toetsafspraken,
    kalender: np.busdaycalendar,
    peil: np.datetime64,
    *,
    heeft_klant: bool,
) -> pd.DataFrame:
    """Return the outcome of Q07 in the order of `zaken`, as `toets.toetsuitkomst`.

    Goed: a message was sent from one working day before the end up to `afronding_werkdagen` after it. An
    acknowledgement or a request for information does not tell how the case ended and does not count.

    Args:
        zaken: zaak_id, klant_id, einddatum, gesloten_op.
        berichten: the result of `berichten.uitgaande_berichten`.
        afspraken: how many working days there are.
        kalender: the werkkalender.
        peil: the as-of day; that day itself is not over.
        heeft_klant: whether the source tells who the customer is; a case without one is internal, and nvt.
    """
    closed = dagen(lokale_dagen(zaken["gesloten_op"]).fillna(zaken["einddatum"]))
    first, window = (
        werkdagen_later(closed, -1, kalender),
        werkdagen_later(closed, afspraken.afronding_werkdagen, kalender),
    )
    rows = berichten[~berichten["soort"].isin(GEEN_AFRONDING)]
    bounds = pd.DataFrame({"zaak_id": zaken["zaak_id"].to_numpy(), "van": first, "tot": window})
    rows = rows.merge(bounds, on="zaak_id")
    told = zaken["zaak_id"].isin(rows.loc[(rows["dag"] >= rows["van"]) & (rows["dag"] <= rows["tot"]), "zaak_id"])
    intern = zaken["klant_id"].isna().to_numpy() & heeft_klant
    oordeel = np.select([intern, told.to_numpy(), ~(window < peil)], [NVT, GOED, NIET_TE_BEOORDELEN], FOUT)
    return toetsuitkomst(zaken, oordeel, "geen afrondingsbericht", window)


def _eerste(zaken: pd.DataFrame, berichten: pd.DataFrame) -> Days:
    """Return the day of the first message of each case (datetime64[D])."""
    return dagen(berichten.groupby("zaak_id")["dag"].min().reindex(zaken["zaak_id"]))

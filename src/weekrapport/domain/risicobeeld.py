"""The leverbeeld with of every case its chance, its class and the reasons ("Risico" in docs/methods.md)."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from weekrapport.domain.risico import overschrijdingskans
from weekrapport.domain.risicoklasse import (
    WEINIG_WERKDAGEN,
    later_gepland,
    reden_label,
    risicoklasse,
    vroege_status,
    wacht_op_klant,
)
from weekrapport.domain.zaakstatus import huidige_status


def risicobeeld(
    beeld: pd.DataFrame,
    leveringen: pd.DataFrame,
    peil: date,
    kalender: np.busdaycalendar,
    statussen: tuple[pd.DataFrame, pd.DataFrame],
    vorige: pd.DataFrame | None,
    *,
    heeft_behandelaar: bool,
) -> pd.DataFrame:
    """Return the leverbeeld with the risk of every case.

    Args:
        beeld: the zaakbeeld of the as-of moment.
        leveringen: its leverbeeld.
        peil: the as-of day.
        kalender: the werkkalender.
        statussen: zaak_status and zaaktype_status in the as-of view; both may be empty.
        vorige: the table zaak as an earlier delivery had it; None when there is none.
        heeft_behandelaar: whether a source tells who handles a case.

    Returns:
        All columns of the leverbeeld, those of `risico.overschrijdingskans`, and: klasse (str, unknown without a
        chance), status (str), reden (str, the reasons that hold).
    """
    kansen = overschrijdingskans(beeld, leveringen, peil, kalender)
    early = vroege_status(leveringen, *statussen)
    status = huidige_status(*statussen, beeld).reindex(leveringen["zaak_id"]).set_axis(leveringen.index).astype("str")
    nobody = leveringen["behandelaar_id"].isna() & heeft_behandelaar
    redenen = (
        leveringen["restwerkdagen"] <= WEINIG_WERKDAGEN,
        wacht_op_klant(status),
        nobody.astype("boolean"),
        early,
        later_gepland(leveringen, vorige),
    )
    klasse = risicoklasse(kansen["kans"], leveringen["restwerkdagen"], early, leveringen["belang"])
    more = pd.DataFrame({"klasse": klasse, "status": status, "reden": reden_label(leveringen, redenen)})
    return pd.concat([leveringen, kansen, more], axis=1)

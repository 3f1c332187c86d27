"""Whether the customer was told of an extension or a suspension before the date that it moved; a part of Q06.

Methods: "Dossiertoets" in docs/methods.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd

from weekrapport.domain.termijnen import termijnen
from weekrapport.domain.werkdagen import dagen, werkdagen_later
from weekrapport.domain.zaakbeeld import zaaktype_per_zaak


def opschorting_niet_meegedeeld(
    zaken: pd.DataFrame,
    berichten: pd.DataFrame,
    opschorting: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    kalender: np.busdaycalendar,
    peil: date,
) -> pd.Series:
    """Return the cases with a suspension without a message between the working day before it and the original date.

    A suspension of a case without a deadline, or one that begins after it, moved no date.
    """
    paused = zaken[zaken["zaak_id"].isin(opschorting["zaak_id"])]
    limit = _oorspronkelijk(
        paused, opschorting.iloc[:0], tables["zaak_verlenging"].iloc[:0], tables["zaaktype"], kalender, peil
    )
    rows = opschorting[["zaak_id", "begin"]].reset_index(drop=True)
    rows["tot"] = limit.reindex(rows["zaak_id"]).array
    rows = rows[rows["begin"] <= rows["tot"]].reset_index(drop=True)
    rows["van"] = werkdagen_later(dagen(rows["begin"]), -1, kalender).astype("datetime64[s]")
    sent = rows.reset_index().merge(berichten[["zaak_id", "dag"]], on="zaak_id")
    told = sent.loc[(sent["dag"] >= sent["van"]) & (sent["dag"] <= sent["tot"]), "index"]
    return rows.loc[~rows.index.isin(told), "zaak_id"]


def verlenging_te_laat(
    zaken: pd.DataFrame,
    opschorting: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    kalender: np.busdaycalendar,
    peil: date,
) -> pd.Series:
    """Return the cases with an extension that was told after the date that it moved, or not at all.

    Where no source says when extensions were told, none is.
    """
    verlenging = tables["zaak_verlenging"]
    verlenging = verlenging[verlenging["zaak_id"].isin(zaken["zaak_id"])]
    if tables["zaak_verlenging"]["meegedeeld_op"].isna().all():
        return verlenging["zaak_id"].iloc[:0]
    late = []
    for number in sorted(verlenging["volgnr"].dropna().unique()):
        these, before = verlenging[verlenging["volgnr"] == number], verlenging[verlenging["volgnr"] < number]
        moved = zaken[zaken["zaak_id"].isin(these["zaak_id"])]
        limit = _oorspronkelijk(moved, opschorting, before, tables["zaaktype"], kalender, peil)
        date_moved = pd.Series(limit.reindex(these["zaak_id"]).array, index=these.index)
        in_time = these["meegedeeld_op"] <= date_moved
        late.append(these.loc[date_moved.notna() & ~in_time, "zaak_id"])
    return pd.concat(late) if late else verlenging["zaak_id"].iloc[:0]


def _oorspronkelijk(
    zaken: pd.DataFrame,
    opschorting: pd.DataFrame,
    verlenging: pd.DataFrame,
    zaaktype: pd.DataFrame,
    kalender: np.busdaycalendar,
    peil: date,
) -> pd.Series:
    """Return, by zaak_id, the deadline with only the given interruptions: the statutory one, else the service norm.

    The latest date that the source records is left out: it may already hold the extension.
    """
    cases = zaken.reset_index(drop=True)
    cases = cases.assign(uiterlijke_einddatum=pd.Series(pd.NaT, index=cases.index, dtype="datetime64[s]"))
    found = termijnen(cases, zaaktype_per_zaak(cases, zaaktype), opschorting, verlenging, peil, kalender)
    limit = found["fatale_datum"].fillna(found["streefdatum"])
    return pd.Series(limit.to_numpy(), index=cases["zaak_id"].to_numpy())

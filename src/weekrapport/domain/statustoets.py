"""Q04: does a finished case have a result, and is its last status a final one?

That every intermediate status was passed is not tested: no data model says which statuses a case may skip, and a case
that is withdrawn skips some rightly. Methods: "Dossiertoets" in docs/methods.md.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from weekrapport.domain.toets import (
    FOUT,
    GOED,
    NIET_TE_BEOORDELEN,
    Geleverd,
    heeft_eindstatus,
    heeft_resultaat,
    toetsuitkomst,
)
from weekrapport.domain.zaakstap import zaakstappen


def status_toets(zaken: pd.DataFrame, tables: Mapping[str, pd.DataFrame], geleverd: Geleverd) -> pd.DataFrame:
    """Return the outcome of Q04 in the order of `zaken`, as `toets.toetsuitkomst`.

    Only what is delivered is tested: the result, the final status, or both. A case whose last status no table of
    status types knows cannot be judged on it.

    Args:
        zaken: zaak_id, zaaktype_id, resultaat, resultaat_categorie.
        tables: zaak_status and zaaktype_status in the as-of view.
        geleverd: which columns are delivered.
    """
    none = np.zeros(len(zaken), dtype=bool)
    no_result = (zaken["resultaat"].isna() & zaken["resultaat_categorie"].isna()).to_numpy()
    no_result = no_result if heeft_resultaat(geleverd) else none
    not_final, unknown = none, none
    if heeft_eindstatus(geleverd):
        final = _is_laatste_eindstatus(zaken, tables["zaak_status"], tables["zaaktype_status"])
        not_final, unknown = (final == False).fillna(False).to_numpy(bool), final.isna().to_numpy()  # noqa: E712
    oordeel = np.select([no_result | not_final, unknown], [FOUT, NIET_TE_BEOORDELEN], GOED)
    bevinding = np.select(
        [no_result & not_final, no_result],
        ["resultaat en eindstatus ontbreken", "resultaat ontbreekt"],
        "eindstatus ontbreekt",
    )
    return toetsuitkomst(zaken, oordeel, bevinding)


def _is_laatste_eindstatus(zaken: pd.DataFrame, statussen: pd.DataFrame, typen: pd.DataFrame) -> pd.Series:
    """Return whether the last status of each case is final; False without any status, unknown for an unknown one.

    Of two statuses set at the same moment the higher one is the last.
    """
    rows = statussen[statussen["zaak_id"].isin(zaken["zaak_id"])]
    rows = rows.join(zaakstappen(rows, typen, zaken)[["volgnummer", "is_eindstatus"]])
    rows = rows.sort_values(["zaak_id", "gezet_op", "volgnummer"], na_position="first", kind="stable")
    last = rows.drop_duplicates("zaak_id", keep="last").set_index("zaak_id")["is_eindstatus"]
    verdict = last.astype("boolean").reindex(zaken["zaak_id"]).to_numpy()
    has_status = zaken["zaak_id"].isin(last.index)
    return pd.Series(verdict, index=zaken.index, dtype="boolean").mask(~has_status, False)

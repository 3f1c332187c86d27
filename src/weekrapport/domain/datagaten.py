"""Cases of which something is missing that the figures need (K14).

Methods: "K14 Datagaten" in docs/methods.md.
"""

from __future__ import annotations

import pandas as pd

from weekrapport.domain.kpis import afgerond
from weekrapport.domain.toets import Geleverd
from weekrapport.week import Week

ZONDER_BEHANDELAAR = "zonder behandelaar"
ZONDER_TEAM = "zonder team"
ZONDER_ZAAKTYPE = "zonder zaaktype"
ZONDER_TERMIJN = "zonder termijn"
ZONDER_RESULTAAT = "afgerond zonder resultaat"
DATAGATEN = (ZONDER_BEHANDELAAR, ZONDER_TEAM, ZONDER_ZAAKTYPE, ZONDER_TERMIJN, ZONDER_RESULTAAT)

_TERMIJNKOLOMMEN = (
    ("zaak", "einddatum_gepland"),
    ("zaak", "uiterlijke_einddatum"),
    ("zaaktype", "servicenorm_waarde"),
    ("zaaktype", "wettelijk_waarde"),
)


def datagaten(beeld: pd.DataFrame, week: Week, geleverd: Geleverd) -> pd.DataFrame:
    """Return what is missing of the cases that the report is about: finished in the week, or open at the as-of moment.

    What no source delivers is no gap: it is missing everywhere, and the report says that once.

    Args:
        beeld: the zaakbeeld of the as-of moment.
        week: the report week.
        geleverd: which columns are delivered.

    Returns:
        zaak_id, team, soort (str), and a boolean column for each of `DATAGATEN` that can be seen in this delivery.
    """
    is_open = beeld["telt_mee"].astype(bool) & beeld["einddatum"].isna()
    rows = beeld[is_open | beeld.index.isin(afgerond(beeld, week).index)]
    zaak = geleverd.get("zaak", ())
    found = rows[["zaak_id", "team", "soort"]].copy()
    for naam, kolom in (
        (ZONDER_BEHANDELAAR, "behandelaar_id"),
        (ZONDER_TEAM, "team_id"),
        (ZONDER_ZAAKTYPE, "zaaktype_id"),
    ):
        if kolom in zaak:
            found[naam] = rows[kolom].isna()
    if any(kolom in geleverd.get(tabel, ()) for tabel, kolom in _TERMIJNKOLOMMEN):
        found[ZONDER_TERMIJN] = rows["leidende_datum"].isna()
    if "resultaat" in zaak or "resultaat_categorie" in zaak:
        no_result = rows["resultaat"].isna() & rows["resultaat_categorie"].isna()
        found[ZONDER_RESULTAAT] = rows["einddatum"].notna() & no_result
    return found


def aantal_met_datagat(gaten: pd.DataFrame) -> tuple[int, int] | None:
    """Return how many cases miss anything, and of how many (K14); None when nothing can be seen in this delivery.

    Args:
        gaten: result of `datagaten`.
    """
    seen = [naam for naam in DATAGATEN if naam in gaten]
    return (int(gaten[seen].any(axis=1).sum()), len(gaten)) if seen else None

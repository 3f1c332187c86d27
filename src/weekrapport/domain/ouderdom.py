"""How far the open cases are in their term, and which are past it (K07, K08).

Both look at cases that do not wait: a suspended case stands still. Methods: "K08 Ouderdom" in docs/methods.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time, timedelta

import numpy as np
import pandas as pd

from weekrapport.domain.as_of import as_of_view
from weekrapport.domain.kantooruren import Kantoortijd
from weekrapport.domain.leveringen import opgeschort
from weekrapport.domain.zaakbeeld import zaakbeeld
from weekrapport.week import Week, local_moment

EERSTE_HELFT = "eerste helft"
TWEEDE_HELFT = "tweede helft"
VERSTREKEN = "verstreken"
GEEN_TERMIJN = "geen termijn"
KLASSEN = (EERSTE_HELFT, TWEEDE_HELFT, VERSTREKEN, GEEN_TERMIJN)
"""Net age as part of the net term: [0, ½), [½, 1), ≥ 1; and the cases without a leidende datum."""


def ouderdom(beeld: pd.DataFrame, opschorting: pd.DataFrame | None, peil: date) -> pd.DataFrame:
    """Return the open cases that count and do not wait, with their class (K08).

    Args:
        beeld: the zaakbeeld of the as-of day; for an earlier day that of `zaakbeeld_op`.
        opschorting: zaak_id, begin, eind, grondslag in the same view; None when it is not delivered, then
            `opgeschort_nu` decides.
        peil: the as-of day.

    Returns:
        The columns of the zaakbeeld, and: netto_leeftijd_dagen (Int64, peil − startdatum − opgeschort_dagen),
        netto_termijn_dagen (Int64, leidende_datum − startdatum − opgeschort_dagen; unknown without that date), klasse
        (str, one of `KLASSEN`). A net term of no days or fewer is in "verstreken".
    """
    rows = beeld[beeld["telt_mee"].astype(bool) & beeld["einddatum"].isna()]
    rows = rows[~opgeschort(rows, opschorting, peil)["is_opgeschort"].astype(bool)]
    age = (pd.Timestamp(peil) - rows["startdatum"]).dt.days.astype("Int64") - rows["opgeschort_dagen"]
    term = (rows["leidende_datum"] - rows["startdatum"]).dt.days.astype("Int64") - rows["opgeschort_dagen"]
    klasse = pd.Series(EERSTE_HELFT, index=rows.index, dtype="str")
    klasse = klasse.mask((2 * age >= term).fillna(False), TWEEDE_HELFT)
    klasse = klasse.mask(((age >= term) | (term <= 0)).fillna(False), VERSTREKEN).mask(term.isna(), GEEN_TERMIJN)
    return rows.assign(netto_leeftijd_dagen=age, netto_termijn_dagen=term, klasse=klasse)


def ouderdomsklassen(rows: pd.DataFrame, *kolommen: str) -> pd.DataFrame:
    """Return how many cases are in each class, also of none.

    Args:
        rows: result of `ouderdom`.
        kolommen: "team", "soort" or none for the whole.

    Returns:
        Those columns, one column per class of `KLASSEN`, and totaal (Int64); without columns one row.
    """
    counted = pd.DataFrame({klasse: (rows["klasse"] == klasse).astype("int64") for klasse in KLASSEN})
    counted["totaal"] = 1
    if kolommen:
        found = counted.groupby([rows[name] for name in kolommen], sort=True).sum()
        return found.astype("Int64").reset_index()
    return counted.sum().astype("Int64").to_frame().T.reset_index(drop=True)


def zaakbeeld_op(
    tables: Mapping[str, pd.DataFrame],
    dag: date,
    kalender: np.busdaycalendar,
    kantoortijd: Kantoortijd = Kantoortijd(),  # noqa: B008  frozen
    zaak_toen: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the zaakbeeld as it was at the end of an earlier day, as far as the tables still tell.

    Without a delivery of then, what has no history in an export (team, planned date, latest date) is what it says now,
    and who is suspended now says nothing of that day. Whether the export reaches back to that day at all,
    `kpis.heeft_geschiedenis` tells.

    Args:
        tables: as for `zaakbeeld`, in the as-of view of a later moment.
        dag: the earlier day.
        kalender: the werkkalender.
        kantoortijd: when the clock of a norm in hours runs.
        zaak_toen: the table zaak as it was delivered then; None when that is not stored.
    """
    if zaak_toen is None:
        zaak = tables["zaak"]
        zaak_toen = zaak.assign(opgeschort_nu=pd.array([pd.NA] * len(zaak), dtype="boolean"))
    moment = local_moment(dag + timedelta(days=1), time(0)) - timedelta(microseconds=1)
    then = {name: as_of_view(name, table, moment) for name, table in {**tables, "zaak": zaak_toen}.items()}
    return zaakbeeld(then, dag, kalender, kantoortijd)


def te_laat_open(beeld: pd.DataFrame, opschorting: pd.DataFrame | None, week: Week, peil: date) -> pd.DataFrame:
    """Return the cases of the stock that are open on the as-of day, past their leidende datum, and do not wait (K07).

    Args:
        beeld: as for `ouderdom`.
        opschorting: as for `ouderdom`.
        week: the report week.
        peil: the as-of day.
    """
    open_then = beeld["einddatum"].isna() & (beeld["startdatum"] <= pd.Timestamp(week.sunday))
    late = beeld["leidende_datum"] < pd.Timestamp(peil)
    rows = beeld[beeld["telt_mee"].astype(bool) & open_then & late]
    return rows[~opgeschort(rows, opschorting, peil)["is_opgeschort"].astype(bool)]

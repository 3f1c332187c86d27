"""Which open cases must be delivered in the week after the report week, and which are overdue, waiting or undated.

Every open case that counts is on exactly one list. The border of a list is a day, never a time of day. Methods:
"Opleveringen" in docs/methods.md.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from weekrapport.domain.zaakbeeld import GEEN_LEVERING
from weekrapport.week import Week

ACHTERSTALLIG = "achterstallig"
TE_LEVEREN = "te leveren"
OPGESCHORT = "opgeschort"
ZONDER_TERMIJN = "zonder termijn"
LOPENDE_WEEK = "lopende week"
LATER = "later"
LIJSTEN = (ACHTERSTALLIG, TE_LEVEREN, OPGESCHORT, ZONDER_TERMIJN, LOPENDE_WEEK, LATER)
"""The lists A, B, C and D; what is still due before the Monday when the as-of moment lies earlier; and the rest."""

AAN_DE_BEURT = (ACHTERSTALLIG, TE_LEVEREN, LOPENDE_WEEK)
"""Lists of the cases that must be done by the end of the week and do not wait."""


def leverbeeld(
    beeld: pd.DataFrame, week: Week, peil: date, kalender: np.busdaycalendar, opschorting: pd.DataFrame | None
) -> pd.DataFrame:
    """Return every open case with its list, sub-cases included; `lijst_van` leaves those out.

    Args:
        beeld: the zaakbeeld of the as-of moment.
        week: the report week; the lists are about the week after it.
        peil: the as-of day.
        kalender: the werkkalender.
        opschorting: zaak_id, begin, eind (unknown = still running) in the as-of view; None when no source delivers the
            table, then `opgeschort_nu` decides.

    Returns:
        The columns of the zaakbeeld of the open cases, and: lijst (str, one of `LIJSTEN`), praktische_datum
        (datetime64[s], last working day on or before the leidende datum), restwerkdagen (Int64, working days after the
        as-of day up to and including the praktische datum; negative when that day has passed), achterstand_dagen
        (Int64, calendar days after the leidende datum; only on the list of overdue cases), is_opgeschort (boolean),
        opgeschort_sinds (datetime64[s]), opgeschort_grondslag (str), wettelijke_datum (datetime64[s], the fatale datum
        of a statutory term), is_wettelijk, is_wettelijk_verlopen (boolean: that term ends in the week, or has ended).
    """
    rows = beeld[beeld["einddatum"].isna()].reset_index(drop=True)
    levering = week.plus(1)
    monday, sunday = pd.Timestamp(levering.monday), pd.Timestamp(levering.sunday)
    grens = min(monday, pd.Timestamp(peil))
    leidend, praktisch = rows["leidende_datum"], laatste_werkdag(rows["leidende_datum"], kalender)
    rows["praktische_datum"] = praktisch
    rows["restwerkdagen"] = restwerkdagen(praktisch, peil, kalender)
    rows = pd.concat([rows, opgeschort(rows, opschorting, peil)], axis=1)
    is_due = praktisch <= sunday
    conditions = [leidend.isna(), rows["is_opgeschort"] & is_due, leidend < grens, leidend < monday, is_due]
    names = [ZONDER_TERMIJN, OPGESCHORT, ACHTERSTALLIG, LOPENDE_WEEK, TE_LEVEREN]
    found = [condition.to_numpy(dtype=bool, na_value=False) for condition in conditions]
    rows["lijst"] = pd.Series(np.select(found, names, default=LATER), index=rows.index).astype("str")
    age = (pd.Timestamp(peil) - leidend).dt.days.astype("Int64")
    rows["achterstand_dagen"] = age.where(rows["lijst"] == ACHTERSTALLIG)
    rows["wettelijke_datum"] = rows["fatale_datum"].where(rows["heeft_grondslag"].fillna(False).astype(bool))
    verlopen = rows["wettelijke_datum"] < grens
    rows["is_wettelijk_verlopen"] = verlopen.astype("boolean")
    rows["is_wettelijk"] = (laatste_werkdag(rows["wettelijke_datum"], kalender) <= sunday).astype("boolean") & ~verlopen
    return rows


def lijst_van(leveringen: pd.DataFrame, *lijsten: str) -> pd.DataFrame:
    """Return the cases of the leverbeeld on any of the lists that count in the totals."""
    return leveringen[leveringen["telt_mee"].astype(bool) & leveringen["lijst"].isin(lijsten)]


def zonder_behandelaar(leveringen: pd.DataFrame) -> pd.DataFrame:
    """Return the cases that must be done by the end of the week and have no handler (list E)."""
    rows = lijst_van(leveringen, *AAN_DE_BEURT)
    return rows[rows["behandelaar_id"].isna()]


def wettelijk(leveringen: pd.DataFrame) -> pd.DataFrame:
    """Return the cases whose statutory term ends in the week and that do not wait, and all whose term has ended.

    A case that was suspended only after its statutory term had ended, stays late. Without the day on which the
    suspension began that cannot be known, and a waiting case is left out.
    """
    rows = lijst_van(leveringen, *AAN_DE_BEURT, OPGESCHORT)
    verlopen = rows["is_wettelijk_verlopen"].astype(bool)
    wacht = (rows["lijst"] == OPGESCHORT) & ~(verlopen & (rows["opgeschort_sinds"] > rows["wettelijke_datum"]))
    return rows[(rows["is_wettelijk"].astype(bool) | verlopen) & ~wacht]


def te_leveren_deelzaken(leveringen: pd.DataFrame) -> int:
    """Return the number of sub-cases due in the week; shown beside the cases, never among them."""
    rows = leveringen["is_deelzaak"] & (leveringen["resultaat_categorie"] != "foutief_aangemaakt").fillna(True)
    return int((rows & (leveringen["lijst"] == TE_LEVEREN)).sum())


def vorige_leveringen(beeld: pd.DataFrame, week: Week, peil: date, opschorting: pd.DataFrame | None) -> pd.DataFrame:
    """Return the cases whose leidende datum lay in the report week and has passed, with whether that day was met.

    Left out are cases that wait at the as-of moment, and results that say nothing about delivery.

    Args:
        beeld: the zaakbeeld of the as-of moment.
        week: the report week.
        peil: the as-of day.
        opschorting: as for `leverbeeld`.

    Returns:
        The columns of the zaakbeeld, and is_op_leverdatum (boolean, einddatum ≤ leidende datum).
    """
    leidend = beeld["leidende_datum"]
    due = (leidend >= pd.Timestamp(week.monday)) & (leidend <= pd.Timestamp(week.sunday))
    due &= (leidend < pd.Timestamp(peil)) & beeld["telt_mee"].astype(bool)
    rows = beeld[due & ~beeld["resultaat_categorie"].isin(GEEN_LEVERING)]
    waits = opgeschort(rows, opschorting, peil)["is_opgeschort"].astype(bool)
    rows = rows[~(waits & rows["einddatum"].isna())]
    return rows.assign(is_op_leverdatum=(rows["einddatum"] <= rows["leidende_datum"]).astype("boolean"))


def opgeschort(rows: pd.DataFrame, opschorting: pd.DataFrame | None, peil: date) -> pd.DataFrame:
    """Return of each case whether it is suspended on the as-of day, since when and on what ground.

    Args:
        rows: zaak_id, opgeschort_nu.
        opschorting: as for `leverbeeld`.
        peil: the as-of day.

    Returns:
        is_opgeschort (boolean), opgeschort_sinds (datetime64[s]), opgeschort_grondslag (str), indexed as `rows`.
    """
    if opschorting is None:
        now = rows["opgeschort_nu"].fillna(False).astype("boolean")
        found = {
            "begin": pd.Series(pd.NaT, rows.index, "datetime64[s]"),
            "grondslag": pd.Series(pd.NA, rows.index, "str"),
        }
    else:
        day = pd.Timestamp(peil)
        running = (opschorting["begin"] <= day) & (opschorting["eind"].isna() | (opschorting["eind"] > day))
        first = opschorting[running].sort_values("begin", kind="stable").drop_duplicates("zaak_id").set_index("zaak_id")
        found = {name: first[name].reindex(rows["zaak_id"]).set_axis(rows.index) for name in ("begin", "grondslag")}
        now = found["begin"].notna().astype("boolean")
    return pd.DataFrame(
        {
            "is_opgeschort": now,
            "opgeschort_sinds": found["begin"].astype("datetime64[s]"),
            "opgeschort_grondslag": found["grondslag"].astype("str"),
        }
    )


def laatste_werkdag(days: pd.Series, kalender: np.busdaycalendar) -> pd.Series:
    """Return the last working day on or before each day (datetime64[s])."""
    values = days.to_numpy().astype("datetime64[D]")
    known = ~np.isnat(values)
    values[known] = np.busday_offset(values[known], 0, roll="backward", busdaycal=kalender)
    return pd.Series(values.astype("datetime64[s]"), index=days.index)


def restwerkdagen(days: pd.Series, peil: date, kalender: np.busdaycalendar) -> pd.Series:
    """Return the working days after the as-of day up to and including each day (Int64), negative for one before it."""
    values = days.to_numpy().astype("datetime64[D]")
    known = ~np.isnat(values)
    today = np.datetime64(peil, "D")
    # From the earlier day to the later: between days in the wrong order numpy counts other ends.
    first, last = np.minimum(values[known], today), np.maximum(values[known], today)
    between = np.busday_count(first + 1, last + 1, busdaycal=kalender)
    counts = np.zeros(len(values), dtype="int64")
    counts[known] = np.where(values[known] < today, -between, between)
    return pd.Series(pd.array(counts, dtype="Int64"), index=days.index).where(known)

"""Counts on the leverbeeld: per team, per day and per later week ("Opleveringen" in docs/methods.md)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

import numpy as np
import pandas as pd

from weekrapport.domain.kpis import instroomdatum
from weekrapport.domain.leveringen import (
    AAN_DE_BEURT,
    ACHTERSTALLIG,
    LATER,
    LOPENDE_WEEK,
    OPGESCHORT,
    TE_LEVEREN,
    lijst_van,
    vorige_leveringen,
    wettelijk,
    zonder_behandelaar,
)
from weekrapport.domain.zaakbeeld import GEEN_LEVERING
from weekrapport.week import Week

PIEK_MAAL, PIEK_MIN = 2, 10
"""A day is a peak when it has more than twice the median of the working days, and at least ten cases (R2-S07)."""


def leveringen_per_team(leveringen: pd.DataFrame) -> pd.DataFrame:
    """Return one row per team that has a case on a list, the team with most to deliver first.

    Args:
        leveringen: the leverbeeld.

    Returns:
        team (str), te_leveren, zonder_behandelaar, achterstallig, lopende_week, wettelijk, wettelijk_verlopen,
        opgeschort (int64), uren (Float64, the hours left of the cases that are due and do not wait; unknown when that
        is known of none), zonder_uren (int64, the cases of which they are not known).
    """
    due = lijst_van(leveringen, *AAN_DE_BEURT)
    terms = wettelijk(leveringen)
    counts = {
        "te_leveren": lijst_van(leveringen, TE_LEVEREN),
        "zonder_behandelaar": zonder_behandelaar(leveringen),
        "achterstallig": lijst_van(leveringen, ACHTERSTALLIG),
        "lopende_week": lijst_van(leveringen, LOPENDE_WEEK),
        "wettelijk": terms[terms["is_wettelijk"].astype(bool)],
        "wettelijk_verlopen": terms[terms["is_wettelijk_verlopen"].astype(bool)],
        "opgeschort": lijst_van(leveringen, OPGESCHORT),
        "zonder_uren": due[due["resturen"].isna()],
    }
    teams = sorted({*due["team"], *counts["opgeschort"]["team"]})
    frame = pd.DataFrame({"team": pd.Series(teams, dtype="str")})
    for name, rows in counts.items():
        frame[name] = frame["team"].map(rows["team"].value_counts()).fillna(0).astype("int64")
    hours = due.groupby("team")["resturen"].sum(min_count=1)
    frame["uren"] = frame["team"].map(hours).astype("Float64")
    order = ["te_leveren", "achterstallig", "team"]
    return frame.sort_values(order, ascending=[False, False, True]).reset_index(drop=True)


def leveringen_per_dag(leveringen: pd.DataFrame, week: Week, kalender: np.busdaycalendar) -> pd.DataFrame:
    """Return how many cases are due on every day from Monday to Friday of the week after the report week.

    A case counts on its praktische datum. One whose praktische datum lies before that Monday, because the Monday is a
    day off, is on none of the five days.

    Returns:
        datum (datetime64[s]), aantal (int64), is_werkdag (bool).
    """
    monday = week.plus(1).monday
    days = [monday + timedelta(days=offset) for offset in range(5)]
    counts = lijst_van(leveringen, TE_LEVEREN)["praktische_datum"].value_counts()
    return pd.DataFrame(
        {
            "datum": pd.Series(pd.to_datetime(days)).astype("datetime64[s]"),
            "aantal": np.array([int(counts.get(pd.Timestamp(day), 0)) for day in days], dtype="int64"),
            "is_werkdag": np.is_busday(np.array(days, dtype="datetime64[D]"), busdaycal=kalender),
        }
    )


def piekdag(per_dag: pd.DataFrame) -> tuple[date, int, float] | None:
    """Return the first peak day with its number and the median of the working days; None without one (R2-S07)."""
    werkdagen = per_dag[per_dag["is_werkdag"]]
    if werkdagen.empty:
        return None
    middle = float(median(werkdagen["aantal"].tolist()))
    place = int(werkdagen["aantal"].to_numpy().argmax())
    number = int(werkdagen["aantal"].iloc[place])
    is_peak = number >= PIEK_MIN and number > PIEK_MAAL * middle
    return (werkdagen["datum"].iloc[place].date(), number, middle) if is_peak else None


def latere_leveringen(leveringen: pd.DataFrame, week: Week, aantal: int = 3) -> pd.DataFrame:
    """Return how many cases are due in each of the `aantal` weeks after that, by praktische datum.

    Suspended cases are left out: it is not known when they go on.

    Returns:
        week (str), aantal, zonder_behandelaar (int64).
    """
    rows = lijst_van(leveringen, LATER)
    rows = rows[~rows["is_opgeschort"].astype(bool)]
    found = []
    for ahead in range(2, aantal + 2):
        later = week.plus(ahead)
        due = rows["praktische_datum"].between(pd.Timestamp(later.monday), pd.Timestamp(later.sunday))
        found.append((str(later), int(due.sum()), int((due & rows["behandelaar_id"].isna()).sum())))
    return pd.DataFrame(found, columns=["week", "aantal", "zonder_behandelaar"])


def achterstand(leveringen: pd.DataFrame) -> tuple[float, int] | None:
    """Return the median and the highest age in days of the overdue cases; None without one (K21)."""
    days = lijst_van(leveringen, ACHTERSTALLIG)["achterstand_dagen"]
    return (float(days.median()), int(days.max())) if len(days) else None


@dataclass(frozen=True)
class Terugblik:
    """What the report week did to the cases that had to be delivered in or before it, and to those due after it."""

    op_tijd: int
    """Cases due in the week, finished on or before their leidende datum."""
    te_laat: int
    """Cases due in the week, finished after it."""
    open: int
    """Cases due in the week that are still open."""
    ingelopen: int
    """Cases due before the week, finished in it."""
    gebleven: int
    """Cases due before the week that are still overdue."""
    nieuw: int
    """Cases that came in during the week and are due in the week after it."""

    @property
    def noemer(self) -> int:
        """The cases due in the week."""
        return self.op_tijd + self.te_laat + self.open


def terugblik(
    beeld: pd.DataFrame, leveringen: pd.DataFrame, week: Week, peil: date, opschorting: pd.DataFrame | None
) -> Terugblik:
    """Return what became of last week's deliveries (K25); arguments as for `leveringen.leverbeeld`."""
    monday, sunday = pd.Timestamp(week.monday), pd.Timestamp(week.sunday)
    due = vorige_leveringen(beeld, week, peil, opschorting)
    on_time, is_open = due["is_op_leverdatum"].astype(bool), due["einddatum"].isna()
    overdue = beeld["telt_mee"].astype(bool) & (beeld["leidende_datum"] < monday)
    coming = lijst_van(leveringen, TE_LEVEREN)
    return Terugblik(
        op_tijd=int(on_time.sum()),
        te_laat=int((~on_time & ~is_open).sum()),
        open=int(is_open.sum()),
        ingelopen=int((overdue & beeld["einddatum"].between(monday, sunday)).sum()),
        gebleven=int((lijst_van(leveringen, ACHTERSTALLIG)["leidende_datum"] < monday).sum()),
        nieuw=int(instroomdatum(coming).between(monday, sunday).sum()),
    )


def leverreeks(beeld: pd.DataFrame, week: Week, peil: date, aantal: int = 12) -> pd.DataFrame:
    """Return of each of the `aantal` weeks before the week how many of its deliveries met their day (K25).

    As known now; a case that is suspended at the as-of moment is not told apart, because its day has moved on.

    Args:
        beeld: the zaakbeeld of the as-of moment.
        week: the report week.
        peil: the as-of day.
        aantal: number of weeks.

    Returns:
        week (str), op_tijd, noemer (int64), the oldest week first.
    """
    rows = beeld[beeld["telt_mee"].astype(bool) & beeld["leidende_datum"].notna()]
    rows = rows[~rows["resultaat_categorie"].isin(GEEN_LEVERING)][["leidende_datum", "einddatum"]]
    found = []
    for back in range(aantal, 0, -1):
        each = week.plus(-back)
        due = rows[rows["leidende_datum"].between(pd.Timestamp(each.monday), pd.Timestamp(each.sunday))]
        due = due[due["leidende_datum"] < pd.Timestamp(peil)]
        found.append((str(each), int((due["einddatum"] <= due["leidende_datum"]).sum()), len(due)))
    return pd.DataFrame(found, columns=["week", "op_tijd", "noemer"])

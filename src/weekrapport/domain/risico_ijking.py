"""What became of earlier chances: predicted as it was known then, scored with what is known now.

Methods: "Risico" in docs/methods.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import numpy as np
import pandas as pd

from weekrapport.domain.as_of import as_of_view
from weekrapport.domain.kantooruren import Kantoortijd
from weekrapport.domain.leveringen import LOPENDE_WEEK, TE_LEVEREN, leverbeeld, lijst_van
from weekrapport.domain.risico import overschrijdingskans
from weekrapport.domain.schema import TABLES
from weekrapport.domain.zaakbeeld import zaakbeeld
from weekrapport.week import Week, local_date

AANTAL_BAKKEN = 5
IJKING_WEKEN = 4
"""The chances of so many weeks ago are held against what happened; every day of theirs has passed."""


def eerder_leverbeeld(
    tables: Mapping[str, pd.DataFrame],
    week: Week,
    as_of: datetime,
    kalender: np.busdaycalendar,
    *,
    heeft_opschorting: bool,
    kantoortijd: Kantoortijd = Kantoortijd(),  # noqa: B008  frozen
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the zaakbeeld and the leverbeeld of an earlier moment, made from the tables of now.

    Handler, team and planned date are those of now: an export has no history of them.

    Args:
        tables: typed tables in the as-of view of the report; one that is not there is empty.
        week: the report week of that moment.
        as_of: that moment.
        kalender: the werkkalender.
        heeft_opschorting: whether a source delivers the suspensions; without it nobody knows who waited then.
        kantoortijd: when the clock of a norm in hours runs.
    """
    views = {
        name: as_of_view(name, tables[name], as_of) if name in tables else table.empty()
        for name, table in TABLES.items()
        if name in ("zaak", "zaaktype", "zaak_status", "zaak_opschorting", "zaak_verlenging", "team", "klant")
    }
    views["zaak"] = views["zaak"].assign(opgeschort_nu=pd.array([pd.NA] * len(views["zaak"]), dtype="boolean"))
    peil = local_date(as_of)
    beeld = zaakbeeld(views, peil, kalender, kantoortijd)
    return beeld, leverbeeld(beeld, week, peil, kalender, views["zaak_opschorting"] if heeft_opschorting else None)


def ijking(
    toen: pd.DataFrame,
    leveringen: pd.DataFrame,
    nu: pd.DataFrame,
    as_of: datetime,
    kalender: np.busdaycalendar,
    opschorting: pd.DataFrame | None,
) -> pd.DataFrame:
    """Return what was to be delivered at an earlier moment, the chance that it had then, and whether it was missed.

    Left out: cases that were suspended after that moment and before their day, those without a chance, and those that
    are no longer delivered, because nobody knows what became of them.

    Args:
        toen: the zaakbeeld of that moment.
        leveringen: its leverbeeld.
        nu: the zaakbeeld of now.
        as_of: that moment.
        kalender: the werkkalender.
        opschorting: zaak_id, begin, as known now; None when it is not delivered.

    Returns:
        zaak_id (str), kans (float64), is_gemist (bool): still open after its leidende datum of then.
    """
    peil = pd.Timestamp(local_date(as_of))
    rows = lijst_van(leveringen, TE_LEVEREN, LOPENDE_WEEK)
    rows = rows[(rows["leidende_datum"] >= peil) & rows["zaak_id"].isin(nu["zaak_id"])]
    kans = overschrijdingskans(toen, rows, local_date(as_of), kalender)["kans"]
    rows = rows.assign(kans=kans)[kans.notna().to_numpy(dtype=bool)]
    if opschorting is not None:
        later = opschorting[opschorting["begin"] > peil].sort_values("begin").drop_duplicates("zaak_id")
        begin = later.set_index("zaak_id")["begin"].reindex(rows["zaak_id"]).set_axis(rows.index)
        rows = rows[~(begin <= rows["leidende_datum"])]
    ends = nu.drop_duplicates("zaak_id").set_index("zaak_id")["einddatum"].reindex(rows["zaak_id"]).set_axis(rows.index)
    missed = ~(ends <= rows["leidende_datum"])
    frame = rows[["zaak_id"]].assign(kans=rows["kans"].astype("float64"), is_gemist=missed)
    return frame.reset_index(drop=True)


def bakken(voorspeld: pd.DataFrame, aantal: int = AANTAL_BAKKEN) -> pd.DataFrame:
    """Return per class of chances how many there were, what was predicted, and what share was missed.

    Args:
        voorspeld: kans, is_gemist.
        aantal: number of classes, of equal width.

    Returns:
        van, tot (float64, the bounds; `tot` is not part of it but in the last), aantal (int64), voorspeld, gemist
        (float64, means; unknown in an empty class), aantal_gemist (int64).
    """
    place = np.minimum((voorspeld["kans"] * aantal + 1e-12).astype("int64"), aantal - 1)
    grouped = voorspeld.groupby(place)
    every = pd.RangeIndex(aantal)
    frame = pd.DataFrame({"van": every / aantal, "tot": (every + 1) / aantal})
    frame["aantal"] = grouped.size().reindex(every, fill_value=0).astype("int64")
    frame["voorspeld"] = grouped["kans"].mean().reindex(every)
    frame["aantal_gemist"] = grouped["is_gemist"].sum().reindex(every, fill_value=0).astype("int64")
    frame["gemist"] = frame["aantal_gemist"] / frame["aantal"].where(frame["aantal"] > 0)
    return frame


def brier(kans: pd.Series, is_gemist: pd.Series) -> float:
    """Return the mean squared distance between a chance and what happened; 0 is perfect, without cases it is NaN."""
    return float(((kans - is_gemist.astype("float64")) ** 2).mean())


def brier_zonder_model(is_gemist: pd.Series) -> float:
    """Return what one chance for all cases would have scored at best: p (1 − p); NaN without cases."""
    share = float(is_gemist.astype("float64").mean())
    return share * (1 - share)

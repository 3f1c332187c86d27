"""The clock of norms in hours: it runs in the office hours of working days, or day and night.

How long it has run between two moments is the difference of its reading at both, so that nothing loops over days.
Office hours lie within one local day, and the hour that summer time takes or gives falls on a Sunday night: within
office hours local time and elapsed time are the same. Day and night is elapsed time: 23 or 25 hours on those Sundays.
Methods: "Kantooruren" in docs/methods.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

import numpy as np
import pandas as pd

from weekrapport.domain.calendars import FIRST_YEAR
from weekrapport.domain.toets import lokale_dagen
from weekrapport.week import TIME_ZONE

Days = np.ndarray
"""Array of datetime64[D], NaT where there is no day."""

MICROSECONDEN_PER_UUR = 3_600_000_000
MICROSECONDEN_PER_MINUUT = 60_000_000
_UNKNOWN = np.iinfo(np.int64).min
_FIRST = np.datetime64(f"{FIRST_YEAR}-01-01", "D")


@dataclass(frozen=True)
class Kantoortijd:
    """When the clock runs: from `begin` to `eind` local time on working days, or always (24x7)."""

    begin: time = time(8, 0)
    eind: time = time(17, 30)
    dag_en_nacht: bool = False


class Kantoorklok:
    """Readings of the clock in whole microseconds (int64) since a fixed day; only their difference says anything.

    An unknown moment or day gives the lowest int64, which NaT is too.
    """

    def __init__(self, kalender: np.busdaycalendar, kantoortijd: Kantoortijd) -> None:
        """Take the working days and the hours in which the clock runs."""
        self.kalender, self.kantoortijd = kalender, kantoortijd
        self._begin, end = _microseconds(kantoortijd.begin), _microseconds(kantoortijd.eind)
        self._length = end - self._begin

    def stand(self, moments: pd.Series) -> np.ndarray:
        """Return the reading at each moment (datetime64[us, UTC])."""
        if self.kantoortijd.dag_en_nacht:
            return _as_numbers(moments)
        local = moments.dt.tz_convert(TIME_ZONE).dt.tz_localize(None).to_numpy().astype("datetime64[us]")
        days = local.astype("datetime64[D]")
        clock = (local - days.astype("datetime64[us]")).astype("int64")
        today = np.where(self._is_werkdag(days), np.clip(clock - self._begin, 0, self._length), 0)
        return np.where(np.isnat(days), _UNKNOWN, self.stand_bij_begin(days) + today)

    def stand_bij_begin(self, days: Days) -> np.ndarray:
        """Return the reading at the beginning of each local day."""
        known = ~np.isnat(days)
        result = np.full(len(days), _UNKNOWN)
        if self.kantoortijd.dag_en_nacht:
            midnights = pd.DatetimeIndex(days[known].astype("datetime64[us]")).tz_localize(TIME_ZONE)
            result[known] = _as_numbers(midnights.to_series())
        else:
            result[known] = np.busday_count(_FIRST, days[known], busdaycal=self.kalender) * self._length
        return result

    def dag(self, standen: np.ndarray) -> Days:
        """Return the local day on which the clock reaches each reading.

        Reaching it at the end of the office hours is on that day, and at midnight on the day that ends then.
        """
        known = standen != _UNKNOWN
        result = np.full(len(standen), np.datetime64("NaT"), dtype="datetime64[D]")
        before = standen[known] - 1
        if self.kantoortijd.dag_en_nacht:
            moments = pd.Series(before.astype("datetime64[us]")).dt.tz_localize("UTC")
            result[known] = lokale_dagen(moments).to_numpy().astype("datetime64[D]")
        else:
            result[known] = np.busday_offset(_FIRST, before // self._length, roll="forward", busdaycal=self.kalender)
        return result

    def _is_werkdag(self, days: Days) -> np.ndarray:
        known = ~np.isnat(days)
        result = np.zeros(len(days), dtype=bool)
        result[known] = np.is_busday(days[known], busdaycal=self.kalender)
        return result


def kantoorminuten(rows: pd.DataFrame, opschorting: pd.DataFrame, klok: Kantoorklok) -> pd.Series:
    """Return the minutes that the clock ran between two moments, without the days of suspension.

    Args:
        rows: zaak_id, van and tot (datetime64[us, UTC]).
        opschorting: zaak_id, begin, eind (unknown = still running), without overlap (`onderbrekingen.without_overlap`).
        klok: the clock.

    Returns:
        Float64, indexed as `rows`; unknown where a moment is, 0 where `tot` is not after `van`.
    """
    first, last = klok.stand(rows["van"]), klok.stand(rows["tot"])
    known = (first != _UNKNOWN) & (last != _UNKNOWN)
    total = np.where(known, np.maximum(last - first, 0), 0)
    cases = pd.DataFrame({"zaak_id": rows["zaak_id"].to_numpy(), "_row": np.arange(len(rows))})
    held = cases.merge(opschorting[["zaak_id", "begin", "eind"]].dropna(subset=["begin"]), on="zaak_id")
    place = held["_row"].to_numpy()
    begin = klok.stand_bij_begin(held["begin"].to_numpy().astype("datetime64[D]"))
    end = klok.stand_bij_begin(held["eind"].to_numpy().astype("datetime64[D]"))
    end = np.where(end == _UNKNOWN, last[place], np.minimum(end, last[place]))
    inside = np.where(known[place], np.maximum(end - np.maximum(begin, first[place]), 0), 0)
    np.subtract.at(total, place, inside)
    minutes = pd.Series(pd.array(np.maximum(total, 0) / MICROSECONDEN_PER_MINUUT, dtype="Float64"), index=rows.index)
    return minutes.where(known)


def klokstart(zaak: pd.DataFrame, zaak_status: pd.DataFrame) -> pd.Series:
    """Return when the clock of each case starts: at its first status on its start day (datetime64[us, UTC]).

    Unknown for a case without a status on that day; its clock starts when the office hours of the day do.

    Args:
        zaak: zaak_id, startdatum.
        zaak_status: zaak_id, gezet_op, in the as-of view; may be empty.
    """
    rows = zaak_status[["zaak_id", "gezet_op"]].dropna()
    rows = rows.assign(_day=lokale_dagen(rows["gezet_op"])).sort_values("gezet_op", kind="stable")
    first = rows.drop_duplicates(["zaak_id", "_day"])
    pairs = zaak[["zaak_id", "startdatum"]].merge(
        first, left_on=["zaak_id", "startdatum"], right_on=["zaak_id", "_day"], how="left"
    )
    return pairs["gezet_op"].set_axis(zaak.index).astype("datetime64[us, UTC]")


def _as_numbers(moments: pd.Series) -> np.ndarray:
    return moments.dt.tz_convert("UTC").dt.tz_localize(None).to_numpy().astype("datetime64[us]").astype("int64")


def _microseconds(clock: time) -> int:
    return (clock.hour * 60 + clock.minute) * MICROSECONDEN_PER_MINUUT + clock.second * 1_000_000 + clock.microsecond

"""The term engine: by which day a case must be done.

All functions are vectorised over cases. A suspension is a half-open interval [begin, eind) of calendar days; intervals
count in order of their begin, and one counts only when it begins on or before the deadline so far; an extension only
when it was told on or before it. That deadline is the day as it would be printed, so moved past a weekend or holiday;
what is added, is added to the day before it was moved. Methods: "Termijnen" in docs/methods.md (Awb 4:15; Algemene
termijnenwet art. 1–4).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd

from weekrapport.domain.calendars import atw_kalender

ATW_GRENS = {"kalenderdag": 90, "week": 12, "maand": 3}
"""The longest statutory term that the Algemene termijnenwet still moves (art. 4)."""

Days = np.ndarray
"""Array of datetime64[D], NaT where there is no day."""


def termijnen(
    zaak: pd.DataFrame,
    terms: pd.DataFrame,
    opschorting: pd.DataFrame,
    verlenging: pd.DataFrame,
    peil: date,
    kalender: np.busdaycalendar,
) -> pd.DataFrame:
    """Return the deadlines of every case, in the order and index of `zaak`.

    Args:
        zaak: zaak_id, startdatum, einddatum, einddatum_gepland, uiterlijke_einddatum.
        terms: servicenorm_* and wettelijk_* of the zaaktype of each case, row for row with `zaak`.
        opschorting: zaak_id, begin, eind (unknown = still running).
        verlenging: zaak_id, volgnr, duur_waarde, duur_eenheid, meegedeeld_op.
        peil: the as-of day; a running suspension lasts until it.
        kalender: the werkkalender.

    Returns:
        Columns, all datetime64[s] unless stated: streefdatum, herrekende_datum (the last day by the rules),
        fatale_datum (that of the source, else the herrekende_datum), norm_datum (streefdatum, else fatale_datum),
        leidende_datum, opgeschort_dagen (Int64, net suspension up to the end or the as-of day),
        heeft_grondslag (boolean, the term is statutory).
    """
    start = _days(zaak["startdatum"])
    until = _days(zaak["einddatum"])
    until = np.where(np.isnat(until), np.datetime64(peil, "D"), np.minimum(until, np.datetime64(peil, "D")))
    intervals = _intervals(zaak, opschorting, start, until)
    extensions = _extensions(zaak, verlenging)
    streef = _streefdatum(terms, start, intervals, extensions, kalender)
    fataal = _fatale_datum(terms, start, intervals, extensions, kalender)
    herrekend = fataal
    fataal = np.where(np.isnat(_days(zaak["uiterlijke_einddatum"])), fataal, _days(zaak["uiterlijke_einddatum"]))
    gepland = _days(zaak["einddatum_gepland"])
    belofte = np.where(np.isnat(gepland), streef, gepland)
    columns = {
        "streefdatum": streef,
        "herrekende_datum": herrekend,
        "fatale_datum": fataal,
        "norm_datum": np.where(np.isnat(streef), fataal, streef),
        "leidende_datum": np.fmin(fataal, belofte),
    }
    result = pd.DataFrame({name: days.astype("datetime64[s]") for name, days in columns.items()}, index=zaak.index)
    total = np.zeros(len(zaak), dtype="int64")
    for begin, end in intervals:
        total += _length(begin, end)
    result["opgeschort_dagen"] = pd.array(total, dtype="Int64")
    result["heeft_grondslag"] = pd.array(
        (terms["wettelijk_grondslag"].notna() & terms["wettelijk_waarde"].notna()).to_numpy(), dtype="boolean"
    )
    return result


def add_months(start: Days, months: np.ndarray) -> Days:
    """Return the same day number `months` later, clipped to the end of the month."""
    month = start.astype("datetime64[M]")
    day_number = (start - month.astype("datetime64[D]")).astype("timedelta64[D]")
    target = month + months.astype("timedelta64[M]")
    last = (target + 1).astype("datetime64[D]") - np.timedelta64(1, "D")
    return np.minimum(target.astype("datetime64[D]") + day_number, last)


def _streefdatum(
    terms: pd.DataFrame,
    start: Days,
    intervals: list[tuple[Days, Days]],
    extensions: list[tuple[np.ndarray, np.ndarray, Days]],
    kalender: np.busdaycalendar,
) -> Days:
    """Return the service norm's date. A norm in hours has no date: it needs the clock of the case."""
    unit, value = terms["servicenorm_eenheid"].astype(object).to_numpy(), _numbers(terms["servicenorm_waarde"])
    base = _add(start, value, unit, kalender)
    in_werkdagen = unit == "werkdag"

    def moved(days: np.ndarray, werkdagen: np.ndarray) -> Days:
        by_werkdag = _offset(base, np.where(in_werkdagen, werkdagen, 0), kalender, "backward")
        return np.where(in_werkdagen, by_werkdag, base + days.astype("timedelta64[D]"))

    def printed(days: Days) -> Days:
        return np.where(in_werkdagen, days, _offset(days, np.zeros(len(base), "int64"), kalender, "forward"))

    deadline = _suspended(base, intervals, moved, printed, kalender)
    return printed(_extended(deadline, extensions, printed, kalender))


def _fatale_datum(
    terms: pd.DataFrame,
    start: Days,
    intervals: list[tuple[Days, Days]],
    extensions: list[tuple[np.ndarray, np.ndarray, Days]],
    kalender: np.busdaycalendar,
) -> Days:
    """Return the statutory or agreed last day, moved by the Algemene termijnenwet where the term is statutory."""
    unit, value = terms["wettelijk_eenheid"].astype(object).to_numpy(), _numbers(terms["wettelijk_waarde"])
    base = _add(start, value, unit, kalender)
    limit = np.array([ATW_GRENS.get(str(each), -1) for each in unit])
    moves = terms["wettelijk_grondslag"].notna().to_numpy() & (np.nan_to_num(value, nan=np.inf) <= limit)
    atw = atw_kalender()
    # Art. 2: a term of three days or more holds at least two days that are no Saturday, Sunday or holiday.
    two_days = _offset(start, np.full(len(base), 2), atw, "backward")
    in_days = (unit != "kalenderdag") | (np.nan_to_num(value, nan=0) >= 3)

    def printed(days: Days) -> Days:
        shifted = _offset(days, np.zeros(len(base), "int64"), atw, "forward")
        shifted = np.where(in_days, np.fmax(shifted, two_days), shifted)
        return np.where(moves & ~np.isnat(days), shifted, days)

    deadline = _suspended(base, intervals, lambda days, _: base + days.astype("timedelta64[D]"), printed, kalender)
    return printed(_extended(deadline, extensions, printed, kalender))


def _suspended(
    base: Days,
    intervals: list[tuple[Days, Days]],
    moved: Callable[[np.ndarray, np.ndarray], Days],
    printed: Callable[[Days], Days],
    kalender: np.busdaycalendar,
) -> Days:
    """Return the deadline after the suspensions: `moved` gives it from the days so far, `printed` its printed day."""
    days, werkdagen, deadline = np.zeros(len(base), "int64"), np.zeros(len(base), "int64"), base
    for begin, end in intervals:
        counts = ~np.isnat(begin) & ~np.isnat(deadline) & (begin <= printed(deadline))
        days = days + np.where(counts, _length(begin, end), 0)
        werkdagen = werkdagen + np.where(counts, _werkdagen(begin, end, kalender), 0)
        deadline = moved(days, werkdagen)
    return deadline


def _extended(
    deadline: Days,
    extensions: list[tuple[np.ndarray, np.ndarray, Days]],
    printed: Callable[[Days], Days],
    kalender: np.busdaycalendar,
) -> Days:
    for value, unit, told in extensions:
        counts = ~np.isnat(told) & ~np.isnat(deadline) & (told <= printed(deadline))
        later = _add(deadline, np.where(counts, value, np.nan), unit, kalender)
        deadline = np.where(np.isnat(later), deadline, later)
    return deadline


def _add(start: Days, value: np.ndarray, unit: np.ndarray, kalender: np.busdaycalendar) -> Days:
    """Return start + value units; the start day does not count; NaT for an unknown value or a term in hours."""
    result = np.full(len(start), np.datetime64("NaT"), dtype="datetime64[D]")
    for name in ("werkdag", "kalenderdag", "week", "maand"):
        rows = (unit == name) & ~np.isnan(value) & ~np.isnat(start)
        if not rows.any():
            continue
        number, first = value[rows].astype("int64"), start[rows]
        if name == "werkdag":
            result[rows] = _offset(first, number, kalender, "backward")
        elif name == "maand":
            result[rows] = add_months(first, number)
        else:
            result[rows] = first + (number * (7 if name == "week" else 1)).astype("timedelta64[D]")
    return result


def _offset(days: Days, number: np.ndarray, kalender: np.busdaycalendar, roll: str) -> Days:
    """Return busday_offset that passes NaT through."""
    known = ~np.isnat(days)
    result = days.copy()
    result[known] = np.busday_offset(days[known], number[known], roll=roll, busdaycal=kalender)  # type: ignore[call-overload]
    return result


def _intervals(zaak: pd.DataFrame, opschorting: pd.DataFrame, start: Days, until: Days) -> list[tuple[Days, Days]]:
    """Return the k-th suspension of every case, clipped to [start, until), for k = 0, 1 and so on."""
    result = []
    for part in _kth(zaak, without_overlap(opschorting)):
        begin, end = _days(part["begin"]), _days(part["eind"])
        end = np.where(np.isnat(end) & ~np.isnat(begin), until, np.minimum(end, until))
        begin = np.maximum(begin, start)
        none = np.isnat(begin) | np.isnat(end) | (end <= begin)
        result.append((np.where(none, np.datetime64("NaT"), begin), np.where(none, np.datetime64("NaT"), end)))
    return result


def without_overlap(opschorting: pd.DataFrame) -> pd.DataFrame:
    """Return the suspensions in order of begin; one that begins within an earlier one begins where that ends.

    A day counts once, also when the source holds it twice.
    """
    rows = opschorting.sort_values(["zaak_id", "begin"], kind="stable")
    running = pd.Timestamp("2200-01-01")  # a suspension without an end covers all that begins after it
    ends = rows["eind"].fillna(running).groupby(rows["zaak_id"]).cummax()
    before = ends.groupby(rows["zaak_id"]).shift()
    return rows.assign(begin=rows["begin"].mask(before > rows["begin"], before))


def _extensions(zaak: pd.DataFrame, verlenging: pd.DataFrame) -> list[tuple[np.ndarray, np.ndarray, Days]]:
    return [
        (_numbers(part["duur_waarde"]), part["duur_eenheid"].astype(object).to_numpy(), _days(part["meegedeeld_op"]))
        for part in _kth(zaak, verlenging.sort_values(["zaak_id", "volgnr"], kind="stable"))
    ]


def _kth(zaak: pd.DataFrame, rows: pd.DataFrame) -> list[pd.DataFrame]:
    """Return, for k = 0, 1, …, the k-th row of every case aligned to `zaak` (unknown where there is none)."""
    rank = rows.groupby("zaak_id").cumcount()
    count = int(rank.max()) + 1 if len(rows) else 0
    return [zaak[["zaak_id"]].merge(rows[rank == k], on="zaak_id", how="left", validate="m:1") for k in range(count)]


def _length(begin: Days, end: Days) -> np.ndarray:
    days = (end - begin).astype("timedelta64[D]")
    return np.where(np.isnat(days), 0, days.astype("int64"))


def _werkdagen(begin: Days, end: Days, kalender: np.busdaycalendar) -> np.ndarray:
    known = ~np.isnat(begin)
    result = np.zeros(len(begin), "int64")
    result[known] = np.busday_count(begin[known], end[known], busdaycal=kalender)
    return result


def _days(values: pd.Series) -> Days:
    return values.to_numpy().astype("datetime64[D]")


def _numbers(values: pd.Series) -> np.ndarray:
    return values.astype("Float64").to_numpy(dtype="float64", na_value=np.nan)

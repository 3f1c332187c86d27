"""Dates and moments as exports write them ("Inlezen" in docs/methods.md).

A day is `dd-mm-jjjj`, `d-m-jjjj`, `dd/mm/jjjj`, `jjjj-mm-dd` or `dd mmm jjjj` with a Dutch month, each with an
optional time; ISO timestamps may carry an offset, another one in every row. A year has four digits, from 1900 on.

A time without an offset is local time (Europe/Amsterdam). When the clock goes back, 02:00-03:00 happens twice: such a
moment is read as the first (summer time) and remarked upon; it never changes the day. When the clock goes forward,
02:00-03:00 does not exist: such a moment cannot be read, for it proves that the column is not local time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import numpy.typing as npt
import pandas as pd

from weekrapport.sources.numbers import CellsRead
from weekrapport.sources.raw import Rows
from weekrapport.week import MONTHS, TIME_ZONE

Stamps = npt.NDArray[np.datetime64]

MIDNIGHT = "moment zonder tijdstip, gelezen als 00:00 uur"
DOUBLE_HOUR = "moment in het dubbele uur bij het ingaan van de wintertijd, gelezen als zomertijd"

_MONTH_NUMBER = {name: number for number, name in enumerate(MONTHS, 1)}
_MONTH_NUMBER |= {name[:3]: number for number, name in enumerate(MONTHS, 1) if number != 3} | {"mrt": 3}
_OFFSET = re.compile(r"([+-])([0-9]{2}):?([0-9]{2})?")
_WRITTEN = re.compile(
    r"(?:(?P<iso_year>[0-9]{4})-(?P<iso_month>[0-9]{2})-(?P<iso_day>[0-9]{2})"
    r"|(?P<day>[0-9]{1,2})(?P<between>[-/])(?P<month>[0-9]{1,2})(?P=between)(?P<year>[0-9]{4})"
    r"|(?P<named_day>[0-9]{1,2})[ -](?P<name>[a-z]{3,9})\.?[ -](?P<named_year>[0-9]{4}))"
    r"(?:(?:T| +)(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]{1,9}))?)?"
    r" ?(?P<offset>Z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?",
    re.IGNORECASE,
)
_PLAIN = {"[0-9]{2}-[0-9]{2}-[0-9]{4}": "%d-%m-%Y", "[0-9]{2}-[0-9]{2}-[0-9]{4} [0-9]{2}:[0-9]{2}": "%d-%m-%Y %H:%M"}
_SHORT_YEAR = re.compile(r"[0-9]{1,2}[-/. ](?:[0-9]{1,2}|[a-z]{3,9}\.?)[-/. ][0-9]{2}(?:[T ].*)?", re.IGNORECASE)


def read_dates(cells: Sequence[str | None]) -> CellsRead:
    """Return the local calendar days (datetime64[s]); a time is dropped, an offset decides the local day."""
    days = _plain_dutch(cells).astype("datetime64[D]")
    reasons: dict[int, str] = {}
    for position, cell in _others(cells, days):
        found = parse_written(cell)
        if isinstance(found, str):
            reasons[position] = found
        elif found.tzinfo is None:
            days[position] = found.date()
        else:
            days[position] = found.astimezone(TIME_ZONE).date()
    return CellsRead(days.astype("datetime64[s]"), reasons)


def read_timestamps(cells: Sequence[str | None]) -> CellsRead:
    """Return the moments in UTC (datetime64[us, UTC]); without an offset they are local time."""
    stamps = _plain_dutch(cells)
    is_local = ~np.isnat(stamps)
    reasons: dict[int, str] = {}
    for position, cell in _others(cells, stamps):
        found = parse_written(cell)
        if isinstance(found, str):
            reasons[position] = found
        elif found.tzinfo is None:
            is_local[position] = True
            stamps[position] = found
        else:
            stamps[position] = found.astimezone(UTC).replace(tzinfo=None)
    local = np.flatnonzero(is_local)
    midnight = [int(position) for position in local if ":" not in str(cells[int(position)])]
    remarks = {MIDNIGHT: midnight} if midnight else {}
    if len(local):
        _localize(stamps, local, reasons, remarks)
    return CellsRead(pd.DatetimeIndex(stamps).tz_localize("UTC"), reasons, remarks)


def _plain_dutch(cells: Sequence[str | None]) -> Stamps:
    """Return the local moments of the cells in the two forms that most exports write, all at once; of others NaT."""
    stamps: Stamps = np.full(len(cells), "NaT", dtype="datetime64[us]")
    text = pd.Series(list(cells), dtype="str")
    for pattern, form in _PLAIN.items():
        fits = np.flatnonzero(text.str.fullmatch(pattern).fillna(value=False))
        if len(fits):
            stamps[fits] = pd.to_datetime(text.iloc[fits], format=form, errors="coerce").to_numpy("datetime64[us]")
    stamps[stamps < np.datetime64("1900-01-01")] = "NaT"  # the careful way knows what to say of it
    return stamps


def _others(cells: Sequence[str | None], found: Stamps) -> Iterator[tuple[int, str]]:
    """Return place and content of the filled cells that have no moment yet."""
    for position in map(int, np.flatnonzero(np.isnat(found))):
        cell = cells[position]
        if cell is not None:
            yield position, cell


def parse_written(cell: str) -> datetime | str:
    """Return the moment in `cell` (without a zone when none is written), or the Dutch reason why it cannot be read."""
    try:
        moment = _quick_iso(cell)
        if moment is None:
            match = _WRITTEN.fullmatch(cell)
            if match is None:
                return _why_not(cell)
            moment = _from_match(match)
        if moment.year < 1900:
            return "datum vóór 1900; betekent dit 'leeg', noem de waarde dan onder `missing`"
        if moment.tzinfo is not None:
            moment.astimezone(TIME_ZONE)
    except (ValueError, OverflowError):
        return "geen bestaande datum of tijd (dag-maand-jaar)"
    except KeyError:
        return "geen Nederlandse maandnaam"
    return moment


def _quick_iso(cell: str) -> datetime | None:
    """Return an ISO moment by the fast parser of Python; None leaves the cell to the pattern."""
    if cell[4:5] != "-" or cell[7:8] != "-":
        return None
    if len(cell) != 10 and (cell[10:11] not in ("T", " ") or cell[13:14] != ":"):
        return None
    try:
        return datetime.fromisoformat(cell)
    except ValueError:
        return None


def _from_match(match: re.Match[str]) -> datetime:
    part = match.groupdict()
    if part["iso_year"]:
        year, month, day = int(part["iso_year"]), int(part["iso_month"]), int(part["iso_day"])
    elif part["year"]:
        year, month, day = int(part["year"]), int(part["month"]), int(part["day"])
    else:
        year, month, day = int(part["named_year"]), _MONTH_NUMBER[part["name"].lower()], int(part["named_day"])
    microsecond = int((part["fraction"] or "0").ljust(6, "0")[:6])
    hour, minute, second = (int(part[name] or 0) for name in ("hour", "minute", "second"))
    return datetime(year, month, day, hour, minute, second, microsecond, _zone(part["offset"]))


def _zone(offset: str | None) -> timezone | None:
    if not offset:
        return None
    match = _OFFSET.fullmatch(offset)
    if match is None:
        return UTC
    distance = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    return timezone(-distance if match[1] == "-" else distance)


def _why_not(cell: str) -> str:
    if _SHORT_YEAR.fullmatch(cell):
        return "jaartal van twee cijfers"
    return "geen datum"


def _localize(stamps: Stamps, local: Rows, reasons: dict[int, str], remarks: dict[str, list[int]]) -> None:
    """Turn the local moments at the positions `local` of `stamps` into UTC, in place."""
    naive = pd.DatetimeIndex(stamps[local])
    first = naive.tz_localize(TIME_ZONE, ambiguous=np.ones(len(naive), dtype=np.bool_), nonexistent="NaT")
    second = naive.tz_localize(TIME_ZONE, ambiguous=np.zeros(len(naive), dtype=np.bool_), nonexistent="NaT")
    stamps[local] = first.tz_convert("UTC").tz_localize(None).to_numpy()
    for position in local[np.asarray(first.isna())]:
        reasons[int(position)] = "dit uur bestaat niet: de klok ging toen vooruit (staat de kolom in UTC?)"
    double = local[np.asarray(first.notna() & (first != second))]
    if len(double):
        remarks[DOUBLE_HOUR] = [int(position) for position in double]

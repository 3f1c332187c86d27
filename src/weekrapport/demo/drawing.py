"""Draws the timeline: what comes in when, how long it takes, what interrupts it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from weekrapport.demo.case_types import CASE_TYPES
from weekrapport.demo.chance import draw_rows
from weekrapport.demo.timeline import LAST_WEEK, LENGTH, OPENS, PEIL, Timeline
from weekrapport.domain.calendars import werkkalender

WEEKS = 104
SHARE_OPGESCHORT, SHARE_VERLENGD, SHARE_HEROPEND, SHARE_DEELZAAK = 0.09, 0.04, 0.015, 0.03
SHARE_VASTGELOPEN = 0.005
"""Cases that lie still for weeks: the long tail that every stock has."""
_WEEKDAYS = np.array([1.25, 1.1, 1.0, 0.95, 0.7, 0.0, 0.0])
_DEELZAAK_CODES = ("WIJZIGING", "KOPPELING", "OPLEIDING", "RELEASE", "AUTORISATIE")


def draw_timeline(streams: dict[str, np.random.Generator], factor: float) -> Timeline:
    """Return the cases of 104 weeks; `factor` scales their number."""
    days, type_, start = _arrivals(streams["instroom"], factor)
    count = len(type_)
    registered = streams["instroom"].beta(1.6, 2.2, count) * 0.95
    werkdagen, closing_minute = _durations(streams["doorlooptijd"], days, type_, start, registered)
    verlengd, meegedeeld, werkdagen = _extensions(streams["verlenging"], type_, werkdagen)
    paused_after, paused_days = _suspensions(streams["opschorting"], type_, werkdagen)
    undisturbed = ~verlengd & (paused_days[:, 0] == 0)
    first_end, reopened = _reopenings(streams["heropening"], werkdagen, undisturbed)
    timeline = Timeline(
        days, type_, start, registered, werkdagen, closing_minute, paused_after, paused_days, verlengd, meegedeeld,
        first_end, reopened, np.full(count, -1),
    )  # fmt: skip
    return replace(timeline, hoofdzaak=_main_cases(streams["deelzaak"], timeline))


def _arrivals(rng: np.random.Generator, factor: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the working days, and the type and start day (place in them) of every case, by start day."""
    first = np.datetime64(LAST_WEEK.plus(1 - WEEKS).monday)
    days = np.arange(first, PEIL + 1200)
    days = days[np.is_busday(days, busdaycal=werkkalender())]
    arriving = days[days < PEIL]
    weight = _WEEKDAYS[(arriving.astype("int64") + 3) % 7] * _season(arriving)
    rates = np.array([each.per_week for each in CASE_TYPES])
    numbers = rng.poisson(np.outer(weight / weight.sum(), rates) * WEEKS * factor)
    start, type_ = np.divmod(np.repeat(np.arange(numbers.size), numbers.ravel()), len(CASE_TYPES))
    shuffled = np.lexsort((rng.random(len(start)), start))
    return days, type_[shuffled], start[shuffled]


def _season(days: np.ndarray) -> np.ndarray:
    """Return the dip of the summer (weeks 30 to 33), of Christmas and of the other school holidays."""
    week = np.array([day.isocalendar().week for day in days.astype(object)])
    season = np.where((week >= 30) & (week <= 33), 0.75, 1.0)
    season[(week == 52) | (week == 53) | (week == 1)] = 0.55
    season[(week == 9) | (week == 18) | (week == 43)] = 0.9
    return season


def _durations(
    rng: np.random.Generator, days: np.ndarray, type_: np.ndarray, start: np.ndarray, registered: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the net working days and the closing minute of the day of every case."""
    count = len(type_)
    median, sigma = (np.array([getattr(each, name) for each in CASE_TYPES])[type_] for name in ("median", "sigma"))
    duration = median * np.exp(sigma * rng.standard_normal(count))
    whole = np.ceil(duration).astype("int64")
    calendar_days = np.array([each.unit == "kalenderdag" for each in CASE_TYPES])[type_]
    end = days[start] + whole.astype("timedelta64[D]")
    whole[calendar_days] = (np.searchsorted(days, end) - start)[calendar_days]
    whole = np.minimum(whole, 600)
    stuck = draw_rows(rng, (whole > 1).astype(float), round(SHARE_VASTGELOPEN * count))
    whole[stuck] += rng.integers(15, 120, len(stuck))
    office = 9 * 60 + 480 * rng.beta(1.8, 1.6, count)
    odd = np.where(rng.random(count) < 0.3, rng.uniform(450, 540, count), rng.uniform(1020, 1170, count))
    minute = np.where(rng.random(count) < 0.95, office, odd).astype("int64")
    same_day = ~calendar_days & (registered + duration < 0.999)
    within_day = (OPENS + (registered + duration) * LENGTH).astype("int64")
    return np.where(same_day, 0, whole), np.where(same_day, within_day, minute)


def _extensions(
    rng: np.random.Generator, type_: np.ndarray, werkdagen: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return which cases were extended, when that was told, and the working days with the time it gave."""
    norm = np.array([each.norm_werkdagen for each in CASE_TYPES])[type_]
    days_of = {"werkdag": 1, "week": 5, "maand": 21}
    room = np.array([each.verlenging[0] * days_of[each.verlenging[1]] if each.verlenging else 0 for each in CASE_TYPES])
    near = (room[type_] > 0) & (werkdagen >= 0.75 * norm)
    rows = draw_rows(rng, near.astype(float), round(SHARE_VERLENGD * len(type_)))
    verlengd = np.zeros(len(type_), dtype=bool)
    verlengd[rows] = True
    used = np.ceil(rng.random(len(type_)) * 0.6 * room[type_]).astype("int64")
    longer = werkdagen + np.where(verlengd, used, 0)
    in_time = np.floor(np.minimum(norm, longer) * rng.uniform(0.6, 0.95, len(type_))) + 0.5
    too_late = np.minimum(norm + 1, longer - 1) + 0.5
    told = np.where((rng.random(len(type_)) < 0.08) & (longer > norm + 1), too_late, in_time)
    return verlengd, np.where(verlengd, told, np.nan), longer


def _suspensions(rng: np.random.Generator, type_: np.ndarray, werkdagen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return after how many net working days each suspension begins and how many it lasts; a few cases have two."""
    count = len(type_)
    weight = np.array([each.opschorting for each in CASE_TYPES])[type_] * (werkdagen >= 2)
    rows = draw_rows(rng, weight, round(SHARE_OPGESCHORT * count))
    norm = np.array([each.norm_werkdagen for each in CASE_TYPES])[type_]
    after = np.full((count, 2), 10**6)
    length = np.zeros((count, 2), dtype="int64")
    latest = np.minimum(werkdagen - 1, norm)[rows]
    drawn = np.clip(np.ceil(6 * np.exp(0.6 * rng.standard_normal((len(rows), 2)))), 1, 40).astype("int64")
    after[rows, 0] = 1 + np.floor(rng.random(len(rows)) * latest)
    length[rows, 0] = drawn[:, 0]
    second = 1 + after[rows, 0] + np.floor(rng.random(len(rows)) * 5).astype("int64")
    twice = (rng.random(len(rows)) < 0.12) & (second <= latest)
    after[rows[twice], 1] = second[twice]
    length[rows[twice], 1] = drawn[twice, 1]
    return after, length


def _reopenings(
    rng: np.random.Generator, werkdagen: np.ndarray, undisturbed: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the positions of the first end and of the reopening."""
    count = len(werkdagen)
    rows = draw_rows(rng, (undisturbed & (werkdagen >= 3)).astype(float), round(SHARE_HEROPEND * count))
    first_end, reopened = np.full(count, np.nan), np.full(count, np.nan)
    first_end[rows] = np.floor(werkdagen[rows] * rng.uniform(0.4, 0.7, len(rows))) + rng.uniform(0.2, 0.9, len(rows))
    gap = rng.uniform(0.2, 0.7, len(rows)) * (werkdagen[rows] - first_end[rows])
    reopened[rows] = first_end[rows] + np.maximum(gap, 0.1)
    return first_end, reopened


def _main_cases(rng: np.random.Generator, timeline: Timeline) -> np.ndarray:
    """Return the main case of the 3 % that are part of an implementation that was running all the while."""
    count = len(timeline)
    codes = np.array([each.code for each in CASE_TYPES])[timeline.type]
    mains = np.flatnonzero(codes == "IMPLEMENTATIE")
    hoofdzaak = np.full(count, -1)
    if not len(mains):
        return hoofdzaak
    low = np.searchsorted(timeline.start[mains], timeline.start - 40)
    high = np.searchsorted(timeline.start[mains], timeline.start, side="right")
    pick = np.minimum(low + np.floor(rng.random(count) * (high - low)).astype("int64"), len(mains) - 1)
    main = mains[pick]
    rows = np.arange(count)
    ends = timeline.day(rows, timeline.end)
    fits = np.isin(codes, _DEELZAAK_CODES) & (high > low) & (timeline.startdatum >= timeline.startdatum[main])
    fits &= ends <= ends[main]
    chosen = draw_rows(rng, fits.astype(float), round(SHARE_DEELZAAK * count))
    hoofdzaak[chosen] = main[chosen]
    return hoofdzaak

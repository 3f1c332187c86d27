"""How often a signal fires while nothing changed, and how often it finds a real change: a simulation.

`python -m benchmarks.signals` prints the tables of "Signalen" in docs/methods.md. The rules are those of the domain;
only the weeks are drawn: cases come in by chance (Poisson) over the working days of the calendar, and take as long as
those of the demonstration. It takes half a minute. A short version of it is a test.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from weekrapport.domain.calendars import werkkalender
from weekrapport.domain.doorzet import werkdagen_per_week
from weekrapport.domain.doorzettoets import Tijdigheid
from weekrapport.domain.intervals import KLEINE_NOEMER
from weekrapport.domain.regelkaart import BASIS_WEKEN, genormaliseerd
from weekrapport.domain.signalen_zaak_doorzet import regel_team, regel_zaken
from weekrapport.domain.signalen_zaak_voorraad import GROEI_WEKEN, regel_voorraad
from weekrapport.week import Week

SEED = 20261122
YEAR = 52
_LAST, _WARM_UP = Week(2026, 47), 60
_TERM = 1.6
"""A case is past its term when it is open for more than this times the median of its kind."""
_KINDS = (
    (0.35, 0.70, 6), (1.9, 0.75, 22), (1.1, 0.80, 26), (11, 0.60, 9), (42, 0.45, 3), (33, 0.50, 2.5), (20, 0.40, 2),
    (10, 0.40, 2.5), (5, 0.70, 1.5), (17, 0.45, 0.8), (9.5, 0.55, 1.6), (19, 0.40, 0.5), (6.2, 0.50, 3),
    (0.9, 0.70, 14),
)  # fmt: skip
"""Median in working days, spread of the logarithm, and number per week of the kinds of case of the demonstration."""


@dataclass(frozen=True)
class Rate:
    """How often one signal fires."""

    what: str
    per_week: float
    """Share of the weeks in which it fires."""
    new_per_week: float = 0.0
    """Share of the weeks in which it fires and did not the week before."""

    @classmethod
    def of(cls, what: str, fired: list[bool]) -> Rate:
        """Return the rates of a series of weeks."""
        new = [now and not before for before, now in zip([False, *fired], fired, strict=False)]
        return cls(what, float(np.mean(fired)), float(np.mean(new)))

    @property
    def per_year(self) -> float:
        """Alarms a year; one that stands for several weeks is one."""
        return self.new_per_week * YEAR


def false_alarms(years: int, seed: int = SEED) -> list[Rate]:
    """Return how often each signal of chance fires while nothing changes."""
    rng = np.random.default_rng(seed)
    days = _working_days(years)
    rates = []
    for mean in (95, 40, 20):
        fired = [
            regel_zaken(_normal(counts, part)) is not None for counts, part in _weeks(rng, mean, days, BASIS_WEKEN)
        ]
        rates.append(Rate.of(f"R1-S01 doorzet, {mean} per week", fired))
    for mean in (95, 40, 20, 10, 5):
        fired = [regel_team(counts, part) is not None for counts, part in _weeks(rng, mean, days, 16)]
        rates.append(Rate.of(f"R1-S02 doorzet van een team, {mean} per week", fired))
    for mean in (95, 26):
        rates.append(Rate.of(f"R1-S03 tijdigheid, {mean} per week", _on_time(rng, mean, 0.87, 0.87, years * YEAR)))
    for scale in (1.0, 0.3):
        stock, grown, aged = _stock(rng, scale, years)
        rates.append(Rate.of(f"R1-S05 werkvoorraad, {stock:.0f} open", grown))
        rates.append(Rate.of(f"R1-S06 stijging van verstreken, {stock:.0f} open", aged))
    return rates


def power(turns: int, seed: int = SEED) -> list[Rate]:
    """Return how often a fall is found: 30 % less finished, in its first or fourth week; 10 points less on time."""
    rng = np.random.default_rng(seed)
    rates = []
    for mean in (95, 40, 20, 10, 5):
        whole = [regel_zaken([*_drawn(rng, mean, 19), rng.poisson(0.7 * mean)]) is not None for _ in range(turns)]
        rates.append(Rate(f"R1-S01 30 % minder, eerste week, {mean} per week", float(np.mean(whole))))
        drops = ([*_drawn(rng, mean, 12), *_drawn(rng, 0.7 * mean, 4)] for _ in range(turns))
        team = [regel_team([int(count) for count in counts], [5] * 16) is not None for counts in drops]
        rates.append(Rate(f"R1-S02 30 % minder, vierde week, {mean} per week", float(np.mean(team))))
    for mean in (95, 40):
        rates.append(Rate.of(f"R1-S03 87 % naar 77 %, {mean} per week", _on_time(rng, mean, 0.87, 0.77, turns)))
    return rates


def _working_days(years: int) -> list[int]:
    """Return the working days of so many weeks: those of five years of the calendar, again and again."""
    cycle = werkdagen_per_week(_LAST, 5 * YEAR, werkkalender())
    return [cycle[place % len(cycle)] for place in range(years * YEAR + BASIS_WEKEN)]


def _weeks(rng: np.random.Generator, mean: float, days: list[int], span: int) -> Iterator[tuple[list[int], list[int]]]:
    """Yield the counts and working days of every `span` weeks in a row of one long series."""
    counts = rng.poisson(mean * np.array(days) / 5).tolist()
    for end in range(span, len(days) + 1):
        yield counts[end - span : end], days[end - span : end]


def _normal(counts: list[int], days: list[int]) -> list[float | None]:
    return [genormaliseerd(count, of) for count, of in zip(counts, days, strict=True)]


def _drawn(rng: np.random.Generator, mean: float, weeks: int) -> list[float]:
    return rng.poisson(mean, weeks).astype(float).tolist()


def _on_time(rng: np.random.Generator, mean: float, before: float, now: float, weeks: int) -> list[bool]:
    totals, earlier = rng.poisson(mean, weeks), rng.poisson(12 * mean, weeks)
    good, good_before = rng.binomial(totals, now), rng.binomial(earlier, before)
    numbers = zip(good.tolist(), totals.tolist(), good_before.tolist(), earlier.tolist(), strict=True)
    return [Tijdigheid(*each).is_gedaald() for each in numbers]


def _stock(rng: np.random.Generator, scale: float, years: int) -> tuple[float, list[bool], list[bool]]:
    """Return the mean stock, and in which weeks it is said to grow and to age."""
    weeks = years * YEAR + _WARM_UP
    start, end, due = _cases(rng, scale, weeks)
    came = np.bincount(start // 7, minlength=weeks)[:weeks]
    went = np.bincount(end // 7, minlength=weeks)[:weeks]
    stock = np.cumsum(came - went)
    # Open on the Sunday and past the term: due before it, not finished yet.
    late_from, late_until = np.minimum(due, end) // 7, end // 7
    late = np.cumsum(np.bincount(late_from, minlength=weeks)[:weeks] - np.bincount(late_until, minlength=weeks)[:weeks])
    grown, aged = [], []
    for week in range(_WARM_UP, weeks):
        series = stock[week - 13 : week + 1].astype(float).tolist()
        recent = slice(week - GROEI_WEKEN + 1, week + 1)
        grown.append(regel_voorraad(series, came[recent].tolist(), went[recent].tolist()) is not None)
        now, then = (int(stock[week]), int(late[week])), (int(stock[week - 4]), int(late[week - 4]))
        share = Tijdigheid(now[0] - now[1], now[0], then[0] - then[1], then[0])
        aged.append(min(now[0], then[0]) >= KLEINE_NOEMER and share.is_gedaald())
    return float(stock[_WARM_UP:].mean()), grown, aged


def _cases(rng: np.random.Generator, scale: float, weeks: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the day on which each case comes in, is finished and is due; weekends bring nothing in."""
    by_day = np.tile(np.array([1.25, 1.1, 1.0, 0.95, 0.7, 0, 0]) / 5, weeks)
    starts, ends, dues = [], [], []
    for median, spread, per_week in _KINDS:
        start = np.repeat(np.arange(weeks * 7), rng.poisson(by_day * per_week * scale))
        length = np.ceil(median * np.exp(spread * rng.standard_normal(len(start))) * 7 / 5).astype(int)
        starts.append(start)
        ends.append(start + length)
        dues.append(start + int(np.ceil(_TERM * median * 7 / 5)))
    return np.concatenate(starts), np.concatenate(ends), np.concatenate(dues)


def main() -> None:
    """Print both tables in markdown."""
    years = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    print(f"| signaal, niets verandert ({years} jaar) | weken | meldingen per jaar |\n|---|---|---|")
    for rate in false_alarms(years):
        print(f"| {rate.what} | {rate.per_week:.2%} | {rate.per_year:.2f} |")
    print("\n| signaal, er is iets veranderd | gevonden |\n|---|---|")
    for rate in power(10 * years):
        print(f"| {rate.what} | {rate.per_week:.0%} |")


if __name__ == "__main__":
    main()

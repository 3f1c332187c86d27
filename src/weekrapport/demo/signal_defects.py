"""Defects that the weekly signals must report: what ended otherwise than in the standard demonstration.

They are changes in the course of the cases, made before any table is written, so that every table agrees with them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from weekrapport.demo import organisation
from weekrapport.demo.attributes import CODES
from weekrapport.demo.chance import draw_rows
from weekrapport.demo.manifest import NIET_MELDEN, entry
from weekrapport.demo.timeline import LAST_WEEK, PEIL, Timeline
from weekrapport.week import Week

SLOW_TEAM = "T02"
SHARE_SLOW, SLOW_WEEKS = 0.6, 4
SHARE_HELD_BACK = {"T01": 0.45}
"""Share of the report week's closings that is held back, per team."""
_SHARE_OTHERS = 0.85
LATE_SOORT = "wijziging"
LATE_CODE, LATE_COUNT, LATE_KEPT = "WIJZIGING", 11, 10
"""Kind of case that is late: how many end late in the report week, and how many of its own closings stay."""
BULK_TEAM, BULK_COUNT, BULK_DAY, BULK_MINUTE = "T01", 14, 3, 16 * 60 + 2
"""Closings of one team within twenty minutes on the Thursday; and the decoy, six of another within the hour."""
DECOY_TEAM, DECOY_COUNT, DECOY_DAY, DECOY_MINUTE = "T02", 6, 2, 10 * 60 + 3
_MONDAY = np.datetime64(LAST_WEEK.monday)


@dataclass(frozen=True)
class Signals:
    """Rows of the cases with which each defect was planted."""

    held_back: np.ndarray
    slow: np.ndarray
    late: np.ndarray
    bulk: np.ndarray
    bulk_decoy: np.ndarray

    def numbers(self, ids: np.ndarray) -> list[np.ndarray]:
        """Return the case numbers of each group."""
        return [ids[rows] for rows in (self.held_back, self.slow, self.late, self.bulk, self.bulk_decoy)]

    def entries(self, ids: np.ndarray) -> list[dict[str, Any]]:
        """Return the lines of the manifest, not numbered yet; the key of a team or kind is its name."""
        name_of = dict(zip(organisation.TEAM_IDS, organisation.teams()["naam"], strict=True))
        holidays = (Week(2025, 52), Week(2026, 18), Week(2026, 20), Week(2026, 22))
        return [
            entry("doorzet_daling", "R1-S01", ids[self.held_back], "rood"),
            *(entry("feestdagweek", "R1-S01", (), "rood", NIET_MELDEN, periode=str(week)) for week in holidays),
            entry("doorzet_team_daling", "R1-S02", [name_of[SLOW_TEAM]], "oranje"),
            entry("tijdigheid_daling", "R1-S03", [LATE_SOORT], "rood"),
            entry("tijdigheid_gewoon", "R1-S03", ["vraag", "storing"], "rood", NIET_MELDEN),
            entry("bulksluiting", "R1-S09", [name_of[BULK_TEAM]], "blauw"),
            entry("zes_in_een_uur", "R1-S09", [name_of[DECOY_TEAM]], "blauw", NIET_MELDEN),
        ]


def plant_signals(timeline: Timeline, team: np.ndarray, rng: np.random.Generator) -> tuple[Timeline, Signals]:
    """Return the timeline with the defects in it.

    Args:
        timeline: of the standard demonstration.
        team: team of every case.
        rng: the source of chance.
    """
    code = CODES[timeline.type]
    late = _late(timeline, code, team)
    moved = _at(timeline, late, _MONDAY + rng.integers(0, 5, len(late)), timeline.closing_minute[late])
    slow = _slow(moved, team, rng)
    held_back = _held_back(moved, team, code, np.concatenate([slow, late]), rng)
    moved = _held(moved, np.concatenate([slow, held_back]), rng)
    bulk = _free(moved, team == BULK_TEAM, late, BULK_DAY, BULK_COUNT)
    moved = _at(moved, bulk, _MONDAY + BULK_DAY, BULK_MINUTE + np.sort(rng.integers(0, 19, len(bulk))))
    decoy = _free(moved, team == DECOY_TEAM, late, DECOY_DAY, DECOY_COUNT)
    moved = _at(moved, decoy, _MONDAY + DECOY_DAY, DECOY_MINUTE + 9 * np.arange(len(decoy)))
    return moved, Signals(held_back, slow, late, bulk, decoy)


def _closing_day(timeline: Timeline) -> np.ndarray:
    return timeline.closing_moment().astype("datetime64[D]")


def _plain(timeline: Timeline) -> np.ndarray:
    """Return which cases can be moved without a consequence elsewhere: no suspension, not reopened, no main case."""
    return (timeline.paused_days.sum(axis=1) == 0) & np.isnan(timeline.reopened) & (timeline.hoofdzaak < 0)


def _in_week(timeline: Timeline) -> np.ndarray:
    day = _closing_day(timeline)
    return (day >= _MONDAY) & (day < PEIL)


def _late(timeline: Timeline, code: np.ndarray, team: np.ndarray) -> np.ndarray:
    """Return changes that were finished in the five weeks before the last one, the oldest first."""
    day = _closing_day(timeline)
    before = (day >= _MONDAY - 42) & (day < _MONDAY - 7)
    rows = np.flatnonzero(before & (code == LATE_CODE) & (team != SLOW_TEAM) & _plain(timeline))
    return np.sort(rows[:LATE_COUNT])


def _slow(timeline: Timeline, team: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return sixty percent of the closings of one team in the last four weeks."""
    day = _closing_day(timeline)
    recent = (day >= PEIL - 7 * SLOW_WEEKS) & (day < PEIL) & np.isnan(timeline.reopened) & (team == SLOW_TEAM)
    return draw_rows(rng, recent.astype(float), round(SHARE_SLOW * int(recent.sum())))


def _held_back(
    timeline: Timeline, team: np.ndarray, code: np.ndarray, taken: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Return the closings of the report week that are held back, besides those of the slow team."""
    free = _in_week(timeline) & np.isnan(timeline.reopened) & (team != SLOW_TEAM)
    free[taken] = False
    kept = draw_rows(rng, (free & (code == LATE_CODE)).astype(float), LATE_KEPT)
    free[kept] = False
    rows = []
    for each in organisation.TEAM_IDS:
        of_team = free & (team == each)
        share = SHARE_HELD_BACK.get(each, _SHARE_OTHERS)
        rows.append(draw_rows(rng, of_team.astype(float), round(share * int(of_team.sum()))))
    return np.sort(np.concatenate(rows))


def _held(timeline: Timeline, rows: np.ndarray, rng: np.random.Generator) -> Timeline:
    """Return the timeline with these cases ending after the report week."""
    werkdagen = timeline.werkdagen.copy()
    werkdagen[rows] += rng.integers(21, 29, len(rows))
    return replace(timeline, werkdagen=werkdagen)


def _free(timeline: Timeline, among: np.ndarray, taken: np.ndarray, day: int, count: int) -> np.ndarray:
    """Return the first cases of the report week that can be moved to this day of it."""
    can = _in_week(timeline) & _plain(timeline) & among & (timeline.startdatum <= _MONDAY + day)
    can[taken] = False
    return np.flatnonzero(can)[:count]


def _at(timeline: Timeline, rows: np.ndarray, days: np.ndarray | np.datetime64, minutes: np.ndarray) -> Timeline:
    """Return the timeline in which cases without suspension end on these days, at these minutes of the day."""
    werkdagen, closing = timeline.werkdagen.copy(), timeline.closing_minute.copy()
    werkdagen[rows] = np.searchsorted(timeline.days, days) - timeline.start[rows]
    closing[rows] = minutes
    return replace(timeline, werkdagen=werkdagen, closing_minute=closing)

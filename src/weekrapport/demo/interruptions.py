"""Suspensions and extensions, as far as the export knows them."""

from __future__ import annotations

import numpy as np

from weekrapport.demo import phrases
from weekrapport.demo.case_types import CASE_TYPES
from weekrapport.demo.organisation import Rows, texts
from weekrapport.demo.timeline import PEIL, Timeline


def opschortingen(timeline: Timeline, ids: np.ndarray, rng: np.random.Generator) -> Rows:
    """Return the suspensions that the export knows; a running one has no end."""
    rows, k = np.nonzero(timeline.paused_days)
    begin_at = timeline.start[rows] + timeline.paused_after[rows, k]
    begin_at = begin_at + np.where(k == 1, timeline.paused_days[rows, 0], 0)
    begin, end = timeline.days[begin_at], timeline.days[begin_at + timeline.paused_days[rows, k]]
    statutory = np.array([each.wettelijk is not None for each in CASE_TYPES])[timeline.type[rows]]
    draw = rng.random(len(rows))
    grondslag = np.where(draw < 0.75, "wacht_op_klant", np.where(draw < 0.93, "wacht_op_leverancier", "overig"))
    grondslag = np.where(statutory, "awb_4_15_1a", grondslag).astype(object)
    known = begin < PEIL
    return {
        "zaak_id": ids[rows][known],
        "begin": begin[known],
        "eind": np.where(end < PEIL, end, np.datetime64("NaT", "D"))[known],
        "reden": texts(phrases.OPSCHORTING_REDENEN[each] for each in grondslag[known]),
        "grondslag": grondslag[known],
        "herkomst": texts(["bron"] * int(known.sum())),
    }


def verlengingen(timeline: Timeline, ids: np.ndarray, rng: np.random.Generator) -> Rows:
    """Return the extensions that were decided before the export."""
    rows = np.flatnonzero(timeline.verlengd)
    told = timeline.day(rows, timeline.meegedeeld[rows])
    decided = timeline.day(rows, np.maximum(timeline.meegedeeld[rows] - rng.integers(0, 2, len(rows)), 0))
    reasons = texts(phrases.VERLENGING_REDENEN)[rng.integers(0, len(phrases.VERLENGING_REDENEN), len(rows))]
    known = told < PEIL
    room = [each.verlenging or (0, None) for each in CASE_TYPES]
    types = timeline.type[rows][known]
    return {
        "zaak_id": ids[rows][known],
        "volgnr": np.ones(len(types), dtype="int64"),
        "duur_waarde": np.array([value for value, _ in room])[types],
        "duur_eenheid": texts(unit for _, unit in room)[types],
        "reden": reasons[known],
        "besloten_op": decided[known],
        "meegedeeld_op": told[known],
    }

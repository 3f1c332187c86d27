"""The planning of the four weeks after the report week: hours of every employee and day, and requests for hours."""

from __future__ import annotations

import numpy as np

from weekrapport.demo.organisation import Rows, medewerkers, texts
from weekrapport.demo.timeline import PEIL
from weekrapport.domain.calendars import werkkalender

WEEKS = 4
DAY_HOURS = 8.0
SHARE_VAST = 0.15
"""Share of the hours present that goes to meetings and the like."""
FREE = {"T01": 0.035, "T02": 0.06, "T03": 0.2, "T04": 0.117, "T05": 0.03, "T06": 0.08, "T07": 0.09}
"""Share of the hours present that is left for cases that are open now; the rest is planned for projects, for new cases
and for the telephone."""
_VERLOF, _AFWEZIG = 0.35, 0.15
"""Share of the employees that has leave, and that is absent otherwise, in these weeks."""

_AANVRAGEN = (
    ("serviceteam", "Extra bezetting bij de uitrol van het klantportaal", "Telefonie", 4, 1, 5, 2, 2, "gepland"),
    ("serviceteam", "Opschonen van de kennisbank", "Telefonie", 12, 6, 15, 4, 3, "niet_planbaar"),
    ("serviceteam", "Herstel van de nachtelijke import", "Applicatiebeheer", 3, 0, 4, 2, 1, "gepland"),
    ("serviceteam", "Testen van de nieuwe zoekfunctie", "Applicatiebeheer", 6, 5, 9, 3, 3, "gepland"),
    ("serviceteam", "Inwerken van een nieuwe collega", "Telefonie", 8, 8, 16, 3, 2, "deels"),
    ("projecten", "Begeleiding van de acceptatietest Brinkhaven", "Projectleiding", 10, 2, 8, 2, 1, "gepland"),
    ("projecten", "Ontwerp van het koppelvlak voor belastingen", "Programmeren", 8, 3, 12, 2, 2, "gepland"),
    ("projecten", "Handleiding voor beheerders", "Opleiding", 2, 4, 14, 4, 4, "gepland"),
    ("ciso", "Onderzoek van het logboek van de toegang", "Informatiebeveiliging", 3, 0, 3, 1, 1, "nieuw"),
)
"""Role, what, skill, hours, first and last working day after the report week, two priorities, and status."""


def capaciteit(rng: np.random.Generator, factor: float) -> Rows:
    """Return the hours of every employee on every working day; part-timers have days without hours.

    Args:
        rng: the source of chance.
        factor: of the number of cases; more cases ask for more free hours.
    """
    staff, days = medewerkers(), _working_days()
    count, length = len(staff["medewerker_id"]), len(days)
    contract = np.array([_week(index, fte) for index, fte in enumerate(staff["fte"])])
    contract = np.tile(contract, WEEKS)[:, :length]
    leave = _stretches(rng, count, length, _VERLOF, 5) * contract
    absent = _stretches(rng, count, length, _AFWEZIG, 3) * (contract - leave)
    present = contract - leave - absent
    fixed = np.round(present * SHARE_VAST, 2)
    share = np.array([min(FREE[team] * factor, 1 - SHARE_VAST) for team in staff["team_id"]])
    planned = np.round(present - fixed - present * share[:, None], 2)
    return {
        "medewerker_id": np.repeat(staff["medewerker_id"], length),
        "datum": np.tile(days, count),
        "contracturen": contract.ravel(),
        "verlofuren": leave.ravel(),
        "overig_afwezig_uren": absent.ravel(),
        "vaste_uren": fixed.ravel(),
        "reeds_ingepland_uren": np.clip(planned, 0, None).ravel(),
    }


def aanvragen() -> Rows:
    """Return the requests for hours."""
    days, count = _working_days(), len(_AANVRAGEN)
    columns = [texts(column) for column in zip(*_AANVRAGEN, strict=True)]
    role, what, skill, hours, first, last, officer, asker, status = columns
    return {
        "aanvraag_id": texts(f"CA-{number:04d}" for number in range(1, count + 1)),
        "aangevraagd_op": np.datetime64("2026-11-20T09:04", "m") + np.arange(count) * np.timedelta64(47, "m"),
        "aanvrager_rol": role,
        "omschrijving": what,
        "zaak_id": texts([None] * count),
        "vaardigheid": skill,
        "uren": hours.astype(float),
        "gewenst_van": days[first.astype("int64")],
        "gewenst_tot": days[last.astype("int64")],
        "prioriteit_officer": officer.astype("int64"),
        "prioriteit_aanvrager": asker.astype("int64"),
        "status": status,
    }


def _working_days() -> np.ndarray:
    days = np.arange(PEIL, PEIL + 7 * WEEKS)
    return days[np.is_busday(days, busdaycal=werkkalender())]


def _week(index: int, fte: float) -> np.ndarray:
    """Return the hours of the five working days: whole days first, from another weekday for every employee."""
    hours = np.clip(round(40 * fte * 4) / 4 - DAY_HOURS * np.arange(5), 0, DAY_HOURS)
    return np.roll(hours, index % 5)


def _stretches(rng: np.random.Generator, count: int, length: int, share: float, longest: int) -> np.ndarray:
    """Return 1 on the days of one stretch of days for `share` of the employees, else 0."""
    chosen = rng.random(count) < share
    first = rng.integers(-longest, length, count)
    last = first + rng.integers(1, longest + 1, count)
    days = np.arange(length)
    return ((days >= first[:, None]) & (days < last[:, None]) & chosen[:, None]).astype(float)

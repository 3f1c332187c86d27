"""Defects in what is still to come: cases that cannot be done in time, and work that is spread unevenly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from weekrapport.demo import organisation
from weekrapport.demo.chance import draw_rows
from weekrapport.demo.manifest import NIET_MELDEN, entry
from weekrapport.demo.organisation import Rows, unknown
from weekrapport.demo.timeline import PEIL

TOO_SHORT, LONG_CODES, WAITING = 8, ("IMPLEMENTATIE", "KOPPELING"), 4
OVERLOADED, IDLE = "T02", "T01"
"""Team that gets half its free hours, and team that gets more of them."""


@dataclass(frozen=True)
class Risk:
    """Case numbers of what was planted."""

    too_short: np.ndarray
    waiting: np.ndarray
    """Decoys: old, but suspended."""

    def numbers(self) -> list[np.ndarray]:
        """Return the case numbers of each group."""
        return [self.too_short, self.waiting]

    def entries(self) -> list[dict[str, Any]]:
        """Return the lines of the manifest, not numbered yet."""
        name_of = dict(zip(organisation.TEAM_IDS, organisation.teams()["naam"], strict=True))
        return [
            entry("niet_haalbaar", "R2-risico", self.too_short, "oranje", rapport="R2"),
            entry("oud_maar_opgeschort", "R2-risico", self.waiting, "oranje", NIET_MELDEN, rapport="R2"),
            entry("onbalans", "R2-S05", [name_of[OVERLOADED], name_of[IDLE]], "oranje", rapport="R2"),
        ]


def plant_risk(zaak: Rows, rng: np.random.Generator) -> Risk:
    """Promise long work that has just begun for next week; changes `zaak` in place."""
    is_open = np.isnat(zaak["einddatum"]) & unknown(zaak["hoofdzaak_id"])
    recent = is_open & ~zaak["opgeschort_nu"] & np.isin(zaak["zaaktype_id"].astype(str), LONG_CODES)
    recent &= (zaak["startdatum"] >= PEIL - 40) & ~unknown(zaak["behandelaar_id"])
    rows = draw_rows(rng, recent.astype(float), TOO_SHORT)
    zaak["einddatum_gepland"][rows] = PEIL + 1 + np.arange(len(rows)) % 4
    waiting = np.flatnonzero(is_open & zaak["opgeschort_nu"])
    oldest = waiting[np.argsort(zaak["startdatum"][waiting], kind="stable")][:WAITING]
    return Risk(zaak["zaak_id"][rows], zaak["zaak_id"][np.sort(oldest)])


def plant_imbalance(capaciteit: Rows) -> None:
    """Give one team half its free hours and another twice; changes `capaciteit` in place."""
    staff = organisation.medewerkers()
    team_of = dict(zip(staff["medewerker_id"], staff["team_id"], strict=True))
    team = np.array([team_of[each] for each in capaciteit["medewerker_id"]])
    planned = capaciteit["reeds_ingepland_uren"]
    present = capaciteit["contracturen"] - capaciteit["verlofuren"] - capaciteit["overig_afwezig_uren"]
    free = present - capaciteit["vaste_uren"] - planned
    for name, factor in ((OVERLOADED, 0.5), (IDLE, 2.0)):
        rows = team == name
        planned[rows] = np.round(np.clip(planned[rows] - (factor - 1) * free[rows], 0, None), 2)

"""What the report on deliveries says about the workload of teams."""

from __future__ import annotations

from typing import Any

import pandas as pd

from tests.builders import typed
from tests.unit.test_deliveries_sentences import EVERYTHING, messages, view_of
from weekrapport.reporting import upcoming_deliveries as deliveries

TOLD = {**EVERYTHING, "capaciteit": (), "medewerker": ("team_id",)}
DAYS = [str(day.date()) for day in pd.bdate_range("2026-11-23", "2026-12-04")]
NAME, PLAIN = "Netwerk / *Telefonie*", "Beheer"


def due(team: str, resturen: float | None, **more: Any) -> dict[str, Any]:
    """A case that must be ready on Friday 4 December."""
    return {"team_id": team, "behandelaar_id": "M1", "einddatum_gepland": "2026-12-04", "resturen": resturen, **more}


def view_with(*rows: dict[str, Any], sizes: dict[str, int], uren: float = 1.0, **more: Any) -> deliveries.Leveringen:
    """Return the deliveries with so many employees per team, each of so many hours a day."""
    staff = [
        {"medewerker_id": f"{team}-{number}", "team_id": team}
        for team, count in sizes.items()
        for number in range(count)
    ]
    hours = [
        {"medewerker_id": each["medewerker_id"], "datum": day, "contracturen": uren} for each in staff for day in DAYS
    ]
    return view_of(
        *rows, delivered=TOLD, capaciteit=typed("capaciteit", *hours),
        medewerker=typed("medewerker", *staff), **more,
    )  # fmt: skip


def test_a_team_name_with_a_slash_and_stars_is_printed_as_it_is():
    view = view_with(due(NAME, 60.0), due(PLAIN, 4.0), sizes={NAME: 4, PLAIN: 4})
    told = " ".join(messages(view))
    assert r"**Netwerk / \*Telefonie\*** heeft 60 uur werk en 40 uur beschikbaar" in told
    assert r"**Netwerk / \*Telefonie\*** heeft 150" in told
    signals = {each["id"]: each for each in view.report.signals}
    assert signals["R2-S05"]["where"] == f"{NAME} / {PLAIN}"
    assert signals["R2-S05"]["values"]["team_hoog"] == NAME

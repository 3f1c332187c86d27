"""What a signal of the case overview is, and those on timeliness: R1-S03 and R1-S04.

Every function returns one `Uitkomst`: what was found, nothing, or why it could not be tested. The sentences that the MT
reads are made in reporting. Methods: "Signalen" in docs/methods.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd

from weekrapport.domain import kpis
from weekrapport.domain.doorzettoets import Tijdigheid
from weekrapport.domain.zaakbeeld import ONBEKEND
from weekrapport.week import Week

Ernst = Literal["rood", "oranje", "blauw"]
Reden = Literal[
    "geschiedenis", "korte week", "norm", "wettelijk", "termijn", "statussen", "eerdere levering", "tijdstip",
    "registratiedatum", "kolommen", "team", "heel",
]  # fmt: skip
"""What was missing, so that a signal could not be tested."""

MIN_SOORT = 20
"""From this number of finished cases with a norm on a kind has a timeliness test of its own."""
ALLE = "hele organisatie"
"""Where a signal is about, when it is about all cases."""


@dataclass(frozen=True)
class Signaal:
    """One signal as it goes into facts.json; shares are fractions."""

    id: str
    ernst: Ernst
    waar: str
    waarden: Mapping[str, Any] = field(default_factory=dict)

    def as_record(self) -> dict[str, Any]:
        """Return the signal as it stands in facts.json."""
        return {"id": self.id, "severity": self.ernst, "where": self.waar, "values": dict(self.waarden)}


@dataclass(frozen=True)
class Uitkomst:
    """What testing one signal gave: what was found (empty: quiet), or the reason why it was not tested."""

    id: str
    signalen: tuple[Signaal, ...] = ()
    reden: Reden | None = None

    @classmethod
    def of(cls, signal_id: str, found: Iterable[Signaal]) -> Uitkomst:
        """Return the outcome of a signal that was tested."""
        return cls(signal_id, tuple(found))


def tijdigheid_gedaald(beeld: pd.DataFrame, week: Week) -> Uitkomst:
    """Return R1-S03: fewer cases on time than in the twelve weeks before, as a whole or of one kind of work."""
    nu, eerder = kpis.afgerond(beeld, week), kpis.vorige_weken(beeld, week)
    if not kpis.heeft_geschiedenis(beeld, week):
        return Uitkomst("R1-S03", reden="geschiedenis")
    if not kpis.tijdigheid(nu)[1] or not kpis.tijdigheid(eerder)[1]:
        return Uitkomst("R1-S03", reden="norm")
    parts = [(ALLE, nu, eerder)]
    for soort, rows in nu.groupby("soort", sort=True):
        if kpis.tijdigheid(rows)[1] >= MIN_SOORT and soort != ONBEKEND:
            parts.append((str(soort), rows, eerder[eerder["soort"] == soort]))
    found = []
    for waar, rows, before in parts:
        toets = Tijdigheid(*kpis.tijdigheid(rows), *kpis.tijdigheid(before))
        if toets.is_gedaald():
            waarden = {"tijdig": toets.tijdig, "noemer": toets.noemer, "eerder_tijdig": toets.eerder_tijdig,
                       "eerder_noemer": toets.eerder_noemer, "p": toets.kans()}  # fmt: skip
            found.append(Signaal("R1-S03", "rood", waar, waarden))
    return Uitkomst.of("R1-S03", found)


def wettelijk_gemist(beeld: pd.DataFrame, week: Week) -> Uitkomst:
    """Return R1-S04: finished cases that missed their statutory term, with the teams they are of."""
    rows = kpis.afgerond(beeld, week)
    if not beeld["heeft_grondslag"].fillna(False).any():
        return Uitkomst("R1-S04", reden="wettelijk")
    missed = kpis.wettelijk_te_laat(rows)
    if missed.empty:
        return Uitkomst("R1-S04")
    waarden = {"te_laat": len(missed), "zaken": missed["zaak_id"].tolist()}
    return Uitkomst.of("R1-S04", [Signaal("R1-S04", "rood", ", ".join(sorted(set(missed["team"]))), waarden)])

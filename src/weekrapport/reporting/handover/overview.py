"""Everything the handover list shows, computed once and recorded once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import pandas as pd

from weekrapport.domain.feiten import Feit
from weekrapport.domain.leveringen import leverbeeld
from weekrapport.domain.normminuten import norm_minuten
from weekrapport.domain.overdracht import (
    ESCALATIE,
    REDENEN,
    STORING,
    TE_LAAT,
    ZONDER_BEHANDELAAR,
    aantallen,
    overdrachtsregels,
)
from weekrapport.domain.risico import overschrijdingskans
from weekrapport.domain.risicoklasse import risicoklasse, vroege_status
from weekrapport.domain.teamgroepen import KLEINE_TEAMS, teamgroepen, teamgrootte
from weekrapport.domain.werkaanbod import aanbod_per_team, venster
from weekrapport.reporting.handover.fit import passend
from weekrapport.reporting.handover.lines import lijnen
from weekrapport.reporting.handover.text import BESTAND, overdrachtstekst
from weekrapport.reporting.report import Report
from weekrapport.week import TIME_ZONE, Week, local_date

MIDDAG = 12
"""From this hour of the local day on the list is about the next working day."""


@dataclass(frozen=True)
class Overdracht:
    """What the page and the text share."""

    report: Report
    regels: pd.DataFrame
    """`overdracht.overdrachtsregels`: every case that asks for something."""
    lijnen: pd.DataFrame
    """`lines.lijnen` of every case, in the same order."""
    open_p1: int | None
    """Open cases of priority P1; None when no source tells the priority."""
    klaar: int | None
    """Open cases that must be ready on `dag` and do not wait; None when no open case has a leverdatum."""
    open_zaken: int
    """Open cases that count."""
    dag: date
    """The working day that the list is for."""
    afwezig_uren: Mapping[str, float | None]
    """Hours of absence per team on that day, small teams together; empty when no source tells."""

    @property
    def peil(self) -> date:
        """The as-of day."""
        return local_date(self.report.as_of)

    @cached_property
    def getoond(self) -> pd.DataFrame:
        """The cases on the page."""
        return passend(self)

    @cached_property
    def aantallen(self) -> dict[str, int]:
        """How many cases have each reason."""
        return aantallen(self.regels)

    @property
    def dagnaam(self) -> str:
        """The working day that the list is for as "vandaag", "morgen" or a day of the week."""
        if self.dag == self.peil:
            return "vandaag"
        return "morgen" if self.dag == self.peil + timedelta(days=1) else _DAGEN[self.dag.weekday()]

    @property
    def onbekend(self) -> frozenset[str]:
        """Reasons of which no source tells whether they hold."""
        told = {
            STORING: self.is_bekend("prioriteit"),
            ESCALATIE: self.is_bekend("escalatieniveau"),
            ZONDER_BEHANDELAAR: self.is_bekend("behandelaar_id"),
            TE_LAAT: self.klaar is not None,
        }
        return frozenset(name for name, is_told in told.items() if not is_told)

    def is_bekend(self, column: str) -> bool:
        """Return whether a source tells this column of the cases."""
        return self.report.is_delivered("zaak", column)


_DAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


def overdracht(report: Report) -> Overdracht:
    """Return the handover list, record its figures and keep it as a table and as a short text."""
    peil, kalender = local_date(report.as_of), report.kalender
    opschorting = report.tables["zaak_opschorting"] if report.is_delivered("zaak_opschorting") else None
    beeld = leverbeeld(report.zaken, Week.of(peil).plus(-1), peil, kalender, opschorting)
    office_hours = report.settings.office_hours.kantoortijd()
    minutes = norm_minuten(beeld, report.tables, report.as_of, kalender, office_hours)
    told = report.is_delivered("zaak", "behandelaar_id")
    regels = overdrachtsregels(beeld, peil, kalender, _klasse(report, beeld, peil), minutes, heeft_behandelaar=told)
    dag = _werkdag(report, peil)
    counted = beeld[beeld["telt_mee"].astype(bool)]
    moves = counted[~counted["is_opgeschort"].astype(bool)]
    has_dates = counted.empty or bool(counted["leidende_datum"].notna().any())
    view = Overdracht(
        report=report,
        regels=regels,
        lijnen=lijnen(report, regels),
        open_p1=int((moves["prioriteit"] == STORING).sum()) if report.is_delivered("zaak", "prioriteit") else None,
        klaar=int((moves["praktische_datum"] == pd.Timestamp(dag)).sum()) if has_dates else None,
        open_zaken=len(counted),
        dag=dag,
        afwezig_uren=_afwezig(report, peil, dag),
    )
    report.record(_feiten(view))
    report.attach("overdracht", view.lijnen)
    report.attach_text(BESTAND, overdrachtstekst(view))
    return view


def _klasse(report: Report, beeld: pd.DataFrame, peil: date) -> pd.Series:
    kans = overschrijdingskans(report.zaken, beeld, peil, report.kalender)["kans"]
    early = vroege_status(beeld, report.tables["zaak_status"], report.tables["zaaktype_status"])
    return risicoklasse(kans, beeld["restwerkdagen"], early, beeld["belang"])


def _werkdag(report: Report, peil: date) -> date:
    """Return the as-of day in the morning of a working day, else the next working day."""
    is_middag = report.as_of.astimezone(TIME_ZONE).hour >= MIDDAG
    return venster(peil + timedelta(days=1 if is_middag else 0), report.kalender)[0]


def _afwezig(report: Report, peil: date, dag: date) -> dict[str, float | None]:
    """Return hours of absence per team that is large enough; hours of a small one would point at a person."""
    if not report.is_delivered("capaciteit"):
        return {}
    found = aanbod_per_team(report.tables, dag, report.kalender, werkdagen=1)
    grootte = teamgrootte(report.tables["medewerker"], report.tables["team"], peil)
    labels = found["team"].map(teamgroepen(found["team"], grootte))
    if report.team:
        is_own = (found["team"] == report.team) & (labels != KLEINE_TEAMS)
        found, labels = found[is_own], labels[is_own]
    hours = found["afwezig_uren"].groupby(labels)
    sums, are_known = hours.sum(), hours.count() == hours.size()
    return {str(name): float(sums[name]) if are_known[name] else None for name in sums.index}


def _feiten(view: Overdracht) -> list[Feit]:
    team = view.report.team
    whole = {"team": team} if team else {}
    feiten = [Feit("K51", len(view.regels), whole)]
    if view.klaar is not None:
        feiten.append(Feit("K51", view.klaar, whole, measure="klaar"))
    if view.open_p1 is not None:
        feiten.append(Feit("K50", view.open_p1, whole))
    known = [name for name in REDENEN if name not in view.onbekend]
    feiten += [Feit("K51", view.aantallen[name], whole, measure=name.replace(" ", "_")) for name in known]
    if not team:
        counts = view.regels["team"].value_counts().sort_index()
        feiten += [Feit("K51", int(number), {"team": str(name)}) for name, number in counts.items()]
    day = view.dag.isoformat()
    feiten += [Feit("K52", hours, {"team": name}, period=day) for name, hours in view.afwezig_uren.items()]
    return feiten

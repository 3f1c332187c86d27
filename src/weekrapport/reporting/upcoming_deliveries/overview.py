"""Everything the report on deliveries shows, computed once and recorded once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

from weekrapport.domain.calendars import aantal_werkdagen
from weekrapport.domain.leverfeiten import leveringen_feiten, terugblik_feiten
from weekrapport.domain.leveringen import LIJSTEN, TE_LEVEREN, ZONDER_TERMIJN, leverbeeld, lijst_van, wettelijk
from weekrapport.domain.levertellingen import (
    Terugblik,
    latere_leveringen,
    leveringen_per_dag,
    leveringen_per_team,
    piekdag,
    terugblik,
)
from weekrapport.reporting.numbers import datum, datum_in_jaar, week_nl
from weekrapport.reporting.report import Report
from weekrapport.week import Week, local_date


@dataclass(frozen=True)
class Leveringen:
    """The frames that the tables, charts and sentences of one report share."""

    report: Report
    beeld: pd.DataFrame
    """The leverbeeld: every open case with its list."""
    per_dag: pd.DataFrame
    """`levertellingen.leveringen_per_dag`."""
    per_team: pd.DataFrame
    """`levertellingen.leveringen_per_team`."""
    later: pd.DataFrame
    """`levertellingen.latere_leveringen`."""
    terug: Terugblik
    """What became of last week's deliveries."""

    @property
    def week(self) -> Week:
        """The week of the deliveries: the one after the report week."""
        return self.report.week.plus(1)

    @property
    def peil(self) -> date:
        """The as-of day."""
        return local_date(self.report.as_of)

    @property
    def werkdagen(self) -> int:
        """Working days of the week of the deliveries."""
        return aantal_werkdagen(self.week.monday, self.week.sunday, self.report.kalender)

    @cached_property
    def open(self) -> pd.DataFrame:
        """Every open case that counts."""
        return lijst_van(self.beeld, *LIJSTEN)

    @property
    def is_datum_bekend(self) -> bool:
        """Whether any open case has a leverdatum."""
        return len(lijst_van(self.beeld, ZONDER_TERMIJN)) < len(self.open)

    @property
    def heeft_behandelaar(self) -> bool:
        """Whether the source tells who handles a case."""
        return self.report.is_delivered("zaak", "behandelaar_id")

    @property
    def heeft_wettelijk(self) -> bool:
        """Whether the source tells which terms are statutory."""
        return self.report.is_delivered("zaaktype", "wettelijk_grondslag")

    @property
    def heeft_opschorting(self) -> bool:
        """Whether the source tells which cases wait."""
        return self.report.is_delivered("zaak_opschorting") or self.report.is_delivered("zaak", "opgeschort_nu")

    def lijst(self, *lijsten: str) -> pd.DataFrame:
        """Return the cases on these lists."""
        return lijst_van(self.beeld, *lijsten)

    def dag(self, day: date | pd.Timestamp) -> str:
        """Return a day as "ma 23 nov", with its year only when the week has no day in that year."""
        year = day.year if day.year in (self.week.monday.year, self.week.sunday.year) else self.week.sunday.year
        return f"{datum(day).split()[0]}\u00a0{datum_in_jaar(day, year)}"

    @property
    def week_lang(self) -> str:
        """The week as "week 48 (23 t/m 29 november 2026)"."""
        return week_nl(self.week)

    @property
    def termijnweek(self) -> str:
        """When the statutory terms of the report end: "in week 48", or also before it."""
        rows = wettelijk(self.beeld)
        ending = rows[rows["is_wettelijk"].astype(bool)]
        is_early = bool((ending["wettelijke_datum"] < pd.Timestamp(self.week.monday)).any())
        return f"in {'of vóór ' if is_early else ''}{self.week_kort}"

    @property
    def week_kort(self) -> str:
        """The week as "week 48"."""
        return f"week {self.week.number}"


def leveringen(report: Report) -> Leveringen:
    """Return the deliveries of the week after the report week, and record their figures and signals."""
    peil = local_date(report.as_of)
    opschorting = report.tables["zaak_opschorting"] if report.is_delivered("zaak_opschorting") else None
    beeld = leverbeeld(report.zaken, report.week, peil, report.kalender, opschorting)
    view = Leveringen(
        report=report,
        beeld=beeld,
        per_dag=leveringen_per_dag(beeld, report.week, report.kalender),
        per_team=leveringen_per_team(beeld),
        later=latere_leveringen(beeld, report.week),
        terug=terugblik(report.zaken, beeld, report.week, peil, opschorting),
    )
    told = {"K26": view.heeft_opschorting, "K28": view.heeft_wettelijk, "K29": view.heeft_behandelaar}
    niet_bekend = [key for key, is_told in told.items() if not is_told]
    report.record(leveringen_feiten(beeld, view.per_dag, view.later, report.team, niet_bekend=niet_bekend))
    report.record(terugblik_feiten(view.terug, report.team))
    _signals(view)
    return view


def _signals(view: Leveringen) -> None:
    due = view.lijst(TE_LEVEREN)
    nobody = due[due["behandelaar_id"].isna()]
    if view.heeft_behandelaar and len(nobody):
        view.report.signals.append(
            {
                "id": "R2-S04",
                "severity": "oranje",
                "where": ", ".join(sorted(set(nobody["team"]))),
                "values": {"zonder_behandelaar": len(nobody), "zaken": sorted(nobody["zaak_id"])},
            }
        )
    peak = piekdag(view.per_dag)
    if peak:
        day, number, middle = peak
        view.report.signals.append(
            {
                "id": "R2-S07",
                "severity": "blauw",
                "where": day.isoformat(),
                "values": {"aantal": number, "mediaan": middle},
            }
        )

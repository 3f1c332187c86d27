"""Everything the case overview shows, computed once and recorded once."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from weekrapport.domain import kpis
from weekrapport.domain.feiten import vergelijking_feiten, zaakoverzicht_feiten
from weekrapport.reporting.report import Report
from weekrapport.week import Week

WEKEN_IN_GRAFIEK = 26
WEKEN_VERGELIJKING = 12


@dataclass(frozen=True)
class Overzicht:
    """The frames that the tables, charts and sentences of one report share."""

    report: Report
    week: Week
    afgerond: pd.DataFrame
    """Zaakbeeld rows finished in the week."""
    eerder: pd.DataFrame
    """Zaakbeeld rows finished in the twelve weeks before."""
    reeks: pd.DataFrame
    """`kpis.weekreeks` of the charts, the report week last."""
    heeft_geschiedenis: bool
    """Whether the export reaches back twelve weeks."""

    @property
    def gemiddeld(self) -> float | None:
        """Mean number of finished cases a week in the twelve weeks before; None without that history."""
        return len(self.eerder) / WEKEN_VERGELIJKING if self.heeft_geschiedenis else None

    @property
    def vergelijkingsperiode(self) -> str:
        """The twelve weeks before, "2026-W35/2026-W46"."""
        return f"{self.week.plus(-WEKEN_VERGELIJKING)}/{self.week.plus(-1)}"

    @property
    def deze_week(self) -> pd.Series:
        """The row of the report week in `reeks`."""
        return self.reeks.iloc[-1]

    @property
    def vorige_week(self) -> pd.Series:
        """The row of the week before in `reeks`."""
        return self.reeks.iloc[-2]

    @property
    def heeft_soorten(self) -> bool:
        """Whether the source says what kind of work a case is."""
        return self.report.is_delivered("zaaktype", "soort_werkzaamheid")


def overzicht(report: Report) -> Overzicht:
    """Return the overview of the report's week, and record its figures and its signals."""
    beeld, week = report.zaken, report.week
    reeks = kpis.weekreeks(beeld, week, WEKEN_IN_GRAFIEK)
    result = Overzicht(
        report=report,
        week=week,
        afgerond=kpis.afgerond(beeld, week),
        eerder=kpis.vorige_weken(beeld, week, WEKEN_VERGELIJKING),
        reeks=reeks,
        heeft_geschiedenis=kpis.heeft_geschiedenis(beeld, week, WEKEN_VERGELIJKING),
    )
    report.record(zaakoverzicht_feiten(beeld, week, reeks, report.team))
    if result.heeft_geschiedenis:
        report.record(vergelijking_feiten(result.eerder, result.vergelijkingsperiode, WEKEN_VERGELIJKING, report.team))
    missed = kpis.wettelijk_te_laat(result.afgerond)
    if len(missed):
        report.signals.append(
            {
                "id": "R1-S04",
                "severity": "rood",
                "where": ", ".join(sorted(set(missed["team"]))),
                "values": {"te_laat": len(missed), "zaken": missed["zaak_id"].tolist()},
            }
        )
    return result

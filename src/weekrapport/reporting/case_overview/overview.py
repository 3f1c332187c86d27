"""Everything the case overview shows, computed once and recorded once."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from weekrapport.domain import kpis
from weekrapport.domain.calendars import aantal_werkdagen
from weekrapport.domain.feiten import Feit, vergelijking_feiten, zaakoverzicht_feiten
from weekrapport.domain.feiten_voorraad import (
    datagat_feiten,
    doorzet_feiten,
    escalatie_feiten,
    heropend_feiten,
    open_feiten,
    planning_feiten,
    rekening_feiten,
)
from weekrapport.domain.heropend import heropend
from weekrapport.domain.ouderdom import ouderdom
from weekrapport.domain.regelkaart import GRENS_WEKEN, Regelkaart, regelkaart
from weekrapport.domain.signalen_zaak import ALLE, Signaal, Uitkomst
from weekrapport.domain.voorraad import rekening_per, voorraadrekening
from weekrapport.domain.voorraadduur import genormaliseerde_doorzet
from weekrapport.reporting.case_overview.signal_tests import opschorting, toets_signalen
from weekrapport.reporting.report import Report
from weekrapport.week import Week, local_date

WEKEN_IN_GRAFIEK = 26
WEKEN_VERGELIJKING = 12
EERDERE_WEKEN = 12
"""Deliveries of so many earlier weeks tell what was first promised (K15)."""


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
    doorzet: list[float | None]
    """K12 of the weeks of the control chart, the report week last."""
    kaart: Regelkaart | None
    """The limits for the report week; None without eight weeks that count."""
    heropend: pd.DataFrame | None
    """Cases opened again in the week; None when the history of statuses is not delivered."""
    rekening: pd.DataFrame
    """The stock account per team and kind."""
    ouderdom: pd.DataFrame
    """The open cases that do not wait, with their class."""
    uitkomsten: tuple[Uitkomst, ...]
    """Every signal: found, quiet, or why it was not tested."""

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
    def werkdagen(self) -> int:
        """Working days of the report week."""
        return aantal_werkdagen(self.week.monday, self.week.sunday, self.report.kalender)

    @property
    def signalen(self) -> list[Signaal]:
        """Every signal that was found."""
        return [signal for each in self.uitkomsten for signal in each.signalen]

    @property
    def leidend(self) -> list[Signaal]:
        """The signals that lead the key messages."""
        return [signal for signal in self.signalen if signal.ernst != "blauw"]

    def waar(self, signal: Signaal) -> str:
        """Return where a signal is about: in the report of one team the whole is that team."""
        return self.report.team if self.report.team and signal.waar == ALLE else signal.waar

    @property
    def heeft_soorten(self) -> bool:
        """Whether the source says what kind of work a case is."""
        return self.report.is_delivered("zaaktype", "soort_werkzaamheid")


def overzicht(report: Report) -> Overzicht:
    """Return the overview of the report's week, and record its figures and its signals."""
    beeld, week = report.zaken, report.week
    reeks = kpis.weekreeks(beeld, week, WEKEN_IN_GRAFIEK)
    doorzet = genormaliseerde_doorzet(beeld, week, GRENS_WEKEN + 1, report.kalender)
    has_statuses = report.is_delivered("zaak_status") and report.is_delivered("zaaktype_status")
    statuses = report.tables["zaak_status"], report.tables["zaaktype_status"]
    again = heropend(*statuses, week, beeld) if has_statuses else None
    account = voorraadrekening(beeld, week, again)
    # A case that was opened again has no end day any more; the account knows that it was closed last Sunday.
    reeks.loc[reeks.index[-2], "werkvoorraad"] = int(rekening_per(account)["begin"].iloc[0])
    aged = ouderdom(beeld, opschorting(report), local_date(report.as_of))
    result = Overzicht(
        report=report,
        week=week,
        afgerond=kpis.afgerond(beeld, week),
        eerder=kpis.vorige_weken(beeld, week, WEKEN_VERGELIJKING),
        reeks=reeks,
        heeft_geschiedenis=kpis.heeft_geschiedenis(beeld, week, WEKEN_VERGELIJKING),
        doorzet=doorzet,
        kaart=regelkaart(doorzet[:-1]),
        heropend=again,
        rekening=account,
        ouderdom=aged,
        uitkomsten=toets_signalen(report, reeks, aged, again),
    )
    report.record(_feiten(result))
    report.signals += [{**signal.as_record(), "where": result.waar(signal)} for signal in result.signalen]
    return result


def _feiten(view: Overzicht) -> list[Feit]:
    """Return every figure of the report."""
    report, beeld, week, team = view.report, view.report.zaken, view.week, view.report.team
    peil = local_date(report.as_of)
    feiten = zaakoverzicht_feiten(beeld, week, view.reeks, team)
    if view.heeft_geschiedenis:
        feiten += vergelijking_feiten(view.eerder, view.vergelijkingsperiode, WEKEN_VERGELIJKING, team)
    feiten += rekening_feiten(view.rekening, team)
    feiten += open_feiten(beeld, week, peil, opschorting(report), team)
    feiten += doorzet_feiten(beeld, week, report.kalender, GRENS_WEKEN + 1, team)
    if view.kaart is not None:
        whole = {"team": team} if team else {}
        limits = {"gemiddeld": view.kaart.gemiddelde, "ondergrens": view.kaart.ondergrens,
                  "bovengrens": view.kaart.bovengrens}  # fmt: skip
        feiten += [Feit("K12", value, whole, measure=name) for name, value in limits.items()]
    if view.heropend is not None:
        feiten += heropend_feiten(beeld, week, view.heropend, team)
    if report.is_delivered("zaak", "escalatieniveau"):
        feiten += escalatie_feiten(beeld, peil, team)
    if report.is_delivered("zaak", "einddatum_gepland"):
        earlier = report.eerdere("zaak", EERDERE_WEKEN)
        feiten += planning_feiten(beeld, week, report.vorige("zaak"), earlier, team)
    return feiten + datagat_feiten(beeld, week, report.snapshot.delivered, team)

"""All signals of the case overview, tested on what the report was given."""

from __future__ import annotations

import pandas as pd

from weekrapport.domain import kpis
from weekrapport.domain.datagaten import datagaten
from weekrapport.domain.doorzet import bekende_weken
from weekrapport.domain.feiten_voorraad import WEKEN_HEROPEND
from weekrapport.domain.ouderdom import ouderdom, zaakbeeld_op
from weekrapport.domain.planning import planning_verschoven
from weekrapport.domain.schema import TABLES
from weekrapport.domain.signalen_zaak import Uitkomst, tijdigheid_gedaald, wettelijk_gemist
from weekrapport.domain.signalen_zaak_doorzet import doorzet_laag, doorzet_team
from weekrapport.domain.signalen_zaak_registratie import (
    bulksluiting,
    datagat,
    nagekomen,
    termijn_wijkt_af,
    terugdatering,
)
from weekrapport.domain.signalen_zaak_voorraad import vaak_heropend, verouderd, voorraad_gegroeid
from weekrapport.domain.termijnafwijking import aantal_afwijkend
from weekrapport.domain.zaakstap import zaakstappen
from weekrapport.reporting.report import Report
from weekrapport.week import local_date

WEKEN_OUDERDOM = 4
"""Ageing is compared with so many weeks ago."""
_EINDDATUM_TOEKOMST = "Geen zaak is afgerond na het moment van de export."


def toets_signalen(
    report: Report, reeks: pd.DataFrame, aged: pd.DataFrame, heropend: pd.DataFrame | None
) -> tuple[Uitkomst, ...]:
    """Return the outcome of every signal, R1-S01 to R1-S12.

    Args:
        report: the report, with its tables and what was delivered.
        reeks: `kpis.weekreeks`, the report week last.
        aged: `ouderdom.ouderdom` of the as-of day.
        heropend: `heropend.heropend` of the week; None when the history of statuses is not delivered.
    """
    beeld, week, kalender = report.zaken, report.week, report.kalender
    vorige, moment = report.vorige("zaak"), report.vorig_moment("zaak")
    again = None
    if heropend is not None:
        again = int((beeld["telt_mee"].astype(bool) & beeld["zaak_id"].isin(heropend["zaak_id"])).sum())
    recent = sum(len(kpis.afgerond(beeld, week.plus(-back))) for back in range(WEKEN_HEROPEND))
    return (
        Uitkomst("R1-S01", reden="heel") if report.team else doorzet_laag(beeld, week, kalender),
        doorzet_team(beeld, week, kalender),
        tijdigheid_gedaald(beeld, week),
        wettelijk_gemist(beeld, week),
        voorraad_gegroeid(reeks, bekende_weken(beeld, week, len(reeks))),
        verouderd(aged, _vier_weken_eerder(report)),
        vaak_heropend(again, recent),
        terugdatering(beeld, vorige, local_date(moment) if moment is not None else None, kalender),
        bulksluiting(beeld, _eindmomenten(report), week),
        termijn_wijkt_af(aantal_afwijkend(beeld, week), _verschoven(report, vorige)),
        datagat(datagaten(beeld, week, report.snapshot.delivered), _einddatum_toekomst(report)),
        nagekomen(beeld, week),
    )


def opschorting(report: Report) -> pd.DataFrame | None:
    """Return the suspensions; None when they are not delivered."""
    return report.tables["zaak_opschorting"] if report.is_delivered("zaak_opschorting") else None


def _vier_weken_eerder(report: Report) -> pd.DataFrame | None:
    """Return the ageing of then, by the delivery of then; by that of now only when no planned day can have moved."""
    week = report.week.plus(-WEKEN_OUDERDOM)
    stored = report.eerdere("zaak", WEKEN_OUDERDOM).get(week)
    if report.is_delivered("zaak", "einddatum_gepland"):
        if stored is None or stored["einddatum_gepland"].isna().all():
            return None
    elif stored is None and not kpis.heeft_geschiedenis(report.zaken, report.week, WEKEN_OUDERDOM):
        return None
    tables = {name: TABLES[name].empty() for name in TABLES if name not in report.tables} | dict(report.tables)
    day = week.plus(1).monday
    then = zaakbeeld_op(tables, day, report.kalender, report.settings.office_hours.kantoortijd(), stored)
    if report.team:
        then = then[then["team"] == report.team]
    return ouderdom(then, opschorting(report), day)


def _eindmomenten(report: Report) -> pd.DataFrame | None:
    """Return when each case got its final status: of the case itself, else of its history."""
    if report.is_delivered("zaak", "gesloten_op"):
        rows = report.zaken[["zaak_id", "gesloten_op"]].dropna()
        return rows.rename(columns={"gesloten_op": "gezet_op"})
    if not (report.is_delivered("zaak_status") and report.is_delivered("zaaktype_status")):
        return None
    rows = report.tables["zaak_status"]
    final = zaakstappen(rows, report.tables["zaaktype_status"], report.zaken)["is_eindstatus"].astype("boolean")
    return rows.loc[final.fillna(False), ["zaak_id", "gezet_op"]]


def _verschoven(report: Report, vorige: pd.DataFrame | None) -> tuple[int, int] | None:
    if vorige is None or not report.is_delivered("zaak", "einddatum_gepland"):
        return None
    moved = planning_verschoven(report.zaken, vorige, report.week)
    return len(moved), kpis.werkvoorraad(report.zaken, report.week)


def _einddatum_toekomst(report: Report) -> int | None:
    """Return what the gate found on the whole export: in the as-of view such an end day is already gone."""
    ran = [each for each in report.outcomes if each.tekst == _EINDDATUM_TOEKOMST and each.state != "niet uitgevoerd"]
    return ran[0].rows_failed if ran else None

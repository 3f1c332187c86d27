"""Everything the report on deliveries shows, computed once and recorded once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

import pandas as pd

from weekrapport.domain.calendars import aantal_werkdagen
from weekrapport.domain.feiten_voorraad import escalatie_feiten
from weekrapport.domain.kpis import escalaties, heeft_geschiedenis, werkvoorraad
from weekrapport.domain.leverfeiten import leveringen_feiten, leverreeks_feiten, terugblik_feiten
from weekrapport.domain.leveringen import (
    ACHTERSTALLIG,
    LIJSTEN,
    TE_LEVEREN,
    ZONDER_TERMIJN,
    leverbeeld,
    lijst_van,
    wettelijk,
)
from weekrapport.domain.levertellingen import (
    Terugblik,
    latere_leveringen,
    leveringen_per_dag,
    leveringen_per_team,
    leverreeks,
    terugblik,
)
from weekrapport.domain.risico_ijking import IJKING_WEKEN, eerder_leverbeeld, ijking
from weekrapport.domain.risicobeeld import risicobeeld
from weekrapport.domain.risicotellingen import ijking_feiten, risico_feiten, risico_per_dag, risico_per_team
from weekrapport.domain.schema import TABLES
from weekrapport.domain.signalen_lever import (
    drukke_dag,
    groen_viel_tegen,
    klant_in_gevaar,
    rood_en_belangrijk,
    te_leveren_zonder_behandelaar,
    veel_achterstallig,
    wettelijk_in_gevaar,
)
from weekrapport.domain.signalen_zaak import ALLE, Signaal
from weekrapport.domain.werklasttoets import werklast_feiten, werklast_signalen
from weekrapport.domain.zaakbeeld import zaakbeeld
from weekrapport.reporting.numbers import datum, datum_in_jaar, week_nl
from weekrapport.reporting.report import Report
from weekrapport.reporting.upcoming_deliveries.workload import Werkuren, werkuren
from weekrapport.week import Week, local_date

_SIGNAAL_KOLOMMEN = (
    "zaak_id", "team", "klant", "telt_mee", "lijst", "klasse", "kans_wettelijk", "belang", "behandelaar_id",
    "is_wettelijk", "is_vertrouwelijk",
)  # fmt: skip


@dataclass(frozen=True)
class Toen:
    """What was due at an earlier moment, as it was known then."""

    week: Week
    """The week of which it were the deliveries."""
    achterstallig: int
    """Overdue cases at that moment."""
    is_van_toen: bool
    """Whether the planned dates are those of that moment; if not, they are the ones of now."""
    voorspeld: pd.DataFrame
    """`risico_ijking.ijking`."""


@dataclass(frozen=True)
class Leveringen:
    """The frames that the tables, charts and sentences of one report share."""

    report: Report
    beeld: pd.DataFrame
    """The risicobeeld: every open case with its list, its chance to be late and why."""
    per_dag: pd.DataFrame
    """`levertellingen.leveringen_per_dag`."""
    per_team: pd.DataFrame
    """`levertellingen.leveringen_per_team`."""
    later: pd.DataFrame
    """`levertellingen.latere_leveringen`."""
    terug: Terugblik
    """What became of last week's deliveries."""
    werklast: pd.DataFrame
    """`werklast.werklast` of the teams of the report, small ones together; empty without hours that may be shown."""
    kleine_teams: frozenset[str]
    """The teams that stand together where hours are shown."""
    is_te_klein: bool
    """Whether the hours per employee are those of so few people that they are not shown."""
    eerder: pd.DataFrame
    """`levertellingen.leverreeks` of twelve weeks; empty when the export does not reach back so far."""
    toen: Toen | None
    """What was known four weeks ago and what became of it; None when the export does not reach back so far."""
    kent_vorige_week: bool
    """Whether there are chances of a week ago to hold against what happened (R2-S08)."""
    signalen: tuple[Signaal, ...]
    """Every signal of the report, the worst first."""

    @property
    def heeft_risico(self) -> bool:
        """Whether enough cases were finished to give those that are due a chance."""
        return bool(self.lijst(TE_LEVEREN)["kans"].notna().any())

    def signaal(self, *ids: str) -> list[Signaal]:
        """Return the signals with one of these ids."""
        return [each for each in self.signalen if each.id in ids]

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
    def escalaties(self) -> pd.DataFrame:
        """The open cases that lie with a manager or the board, the oldest first, with leeftijd_dagen (K11)."""
        return escalaties(self.beeld, self.peil)

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
    beeld = risicobeeld(
        _alle_zaken(report, peil),
        leverbeeld(report.zaken, report.week, peil, report.kalender, opschorting),
        peil,
        report.kalender,
        (report.tables["zaak_status"], report.tables["zaaktype_status"]),
        report.vorige("zaak") if report.is_delivered("zaak", "einddatum_gepland") else None,
        heeft_behandelaar=report.is_delivered("zaak", "behandelaar_id"),
    )
    toen, before = _toen(report, IJKING_WEKEN), _toen(report, 1)
    per_dag = leveringen_per_dag(beeld, report.week, report.kalender)
    hours = werkuren(report, peil, opschorting)
    view = Leveringen(
        report=report,
        beeld=beeld,
        per_dag=per_dag.join(risico_per_dag(beeld), on="datum"),
        per_team=leveringen_per_team(beeld).join(risico_per_team(beeld), on="team"),
        later=latere_leveringen(beeld, report.week),
        terug=terugblik(report.zaken, beeld, report.week, peil, opschorting),
        werklast=hours.regels,
        kleine_teams=hours.kleine_teams,
        is_te_klein=hours.is_te_klein,
        eerder=_eerder(report, peil),
        toen=toen,
        kent_vorige_week=before is not None and len(before.voorspeld) > 0,
        signalen=_signalen(report, beeld, per_dag, hours, (toen, before)),
    )
    told = {"K26": view.heeft_opschorting, "K28": view.heeft_wettelijk, "K29": view.heeft_behandelaar}
    niet_bekend = [key for key, is_told in told.items() if not is_told]
    report.record(leveringen_feiten(beeld, view.per_dag, view.later, report.team, niet_bekend=niet_bekend))
    report.record(terugblik_feiten(view.terug, report.team))
    if len(view.eerder):
        report.record(leverreeks_feiten(view.eerder, report.team))
    report.record(risico_feiten(beeld, report.team))
    report.record(werklast_feiten(hours.regels))
    if report.is_delivered("zaak", "escalatieniveau"):
        found = escalatie_feiten(report.zaken, peil, report.team)
        report.record(feit for feit in found if "soort" not in feit.scope)  # this report shows no kinds of work
    if toen is not None and len(toen.voorspeld):
        report.record(ijking_feiten(toen.voorspeld, str(toen.week), report.team))
    report.signals.extend(each.as_record() for each in view.signalen)
    return view


def _alle_zaken(report: Report, peil: date) -> pd.DataFrame:
    """Return the cases to compare with: those of every team, so that a team reads the same chance as the whole."""
    if not report.team:
        return report.zaken
    tables = {name: report.tables.get(name, table.empty()) for name, table in TABLES.items()}
    return zaakbeeld(tables, peil, report.kalender, report.settings.office_hours.kantoortijd())


def _toen(report: Report, weken: int) -> Toen | None:
    """Return what was known so many weeks ago; None when the export does not reach back to the week before that.

    The cases are those of the delivery of that week; without it those of now, put back to that moment. An export has no
    history of planned dates, so that these are then those of now.
    """
    week, as_of = report.week.plus(-weken), report.as_of - timedelta(weeks=weken)
    if not heeft_geschiedenis(report.zaken, week, 1):
        return None
    told = report.is_delivered("zaak_opschorting")
    hours = report.settings.office_hours.kantoortijd()
    has_plan = report.is_delivered("zaak", "einddatum_gepland")
    stored = report.eerdere("zaak", weken).get(week) if has_plan else None
    tables = report.tables if stored is None else {**report.tables, "zaak": stored}
    toen, rows = eerder_leverbeeld(tables, week, as_of, report.kalender, heeft_opschorting=told, kantoortijd=hours)
    if report.team:
        rows = rows[rows["team"] == report.team]
    waits = report.tables["zaak_opschorting"] if told else None
    found = ijking(toen, rows, report.zaken, as_of, report.kalender, waits)
    late = len(lijst_van(rows, ACHTERSTALLIG))
    return Toen(week.plus(1), late, is_van_toen=stored is not None or not has_plan, voorspeld=found)


def _eerder(report: Report, peil: date) -> pd.DataFrame:
    found = leverreeks(report.zaken, report.week, peil)
    return found if heeft_geschiedenis(report.zaken, report.week) else found.iloc[:0]


def _signalen(
    report: Report,
    beeld: pd.DataFrame,
    per_dag: pd.DataFrame,
    hours: Werkuren,
    eerder: tuple[Toen | None, Toen | None],
) -> tuple[Signaal, ...]:
    toen, before = eerder
    late_then = toen.achterstallig if toen and toen.is_van_toen else None
    beeld = beeld[[*_SIGNAAL_KOLOMMEN]]
    found = [
        *rood_en_belangrijk(beeld),
        *wettelijk_in_gevaar(beeld),
        *veel_achterstallig(beeld, werkvoorraad(report.zaken, report.week), late_then),
        *(te_leveren_zonder_behandelaar(beeld) if report.is_delivered("zaak", "behandelaar_id") else []),
        *(
            Signaal(each["id"], each["severity"], each["where"], each["values"])
            for each in werklast_signalen(hours.regels, hours.vaardigheden)
        ),
        *drukke_dag(per_dag),
        *(groen_viel_tegen(before.voorspeld) if before else []),
        *klant_in_gevaar(beeld),
    ]
    order = {"rood": 0, "oranje": 1, "blauw": 2}
    if report.team:
        found = [replace(each, waar=report.team) if each.waar == ALLE else each for each in found]
    return tuple(sorted(found, key=lambda each: (order[each.ernst], each.id)))

"""Everything the quality report shows, computed once and recorded once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from weekrapport.domain import kpis
from weekrapport.domain.dossiertoets import Toetsing, dossiertoets, toetspopulatie
from weekrapport.domain.intervals import KLEINE_NOEMER, wilson_interval
from weekrapport.domain.schema import TABLES
from weekrapport.domain.teamgroepen import KLEIN_TEAM, KLEINE_CEL, teamgroepen, teamgrootte
from weekrapport.domain.toets import TOETSEN, lokale_dagen
from weekrapport.domain.toetsfeiten import kwaliteit_feiten, periode_feiten
from weekrapport.domain.toetstellingen import teamtelling, telling
from weekrapport.reporting.report import Report
from weekrapport.week import Week, local_date

WEKEN_VERGELIJKING = 12
MET_BERICHTEN = ("Q05", "Q06", "Q07")
GEEN_UITKOMSTEN = "Er zijn geen uitkomsten om te tonen."
"""In place of a table or chart, when page 1 has already said why."""


@dataclass(frozen=True)
class Stand:
    """How one check came out over a number of cases."""

    goed: int = 0
    fout: int = 0
    nvt: int = 0
    niet_te_beoordelen: int = 0
    verborgen: bool = False
    """Whether goed and fout are left out, because they would be about one or two cases of one team."""

    @property
    def getoetst(self) -> int:
        """The cases with a verdict goed or fout."""
        return self.goed + self.fout

    @property
    def aandeel(self) -> float | None:
        """The share that is goed; None below the smallest denominator of a percentage."""
        return self.goed / self.getoetst if self.getoetst >= KLEINE_NOEMER else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval of that share."""
        return wilson_interval(self.goed, self.getoetst) if self.getoetst >= KLEINE_NOEMER else None


@dataclass(frozen=True)
class Kwaliteit:
    """The verdicts and counts that the tables, charts and sentences of one report share."""

    report: Report
    week: Week
    toetsing: Toetsing
    """Of the report week and the twelve weeks before it."""
    zaken: int
    """Cases of the week that were checked."""
    uitgesloten: int
    """Cases of the week that are too confidential to be checked."""
    leeg: str
    """Why there is nothing to show, as a sentence; empty when there is."""
    tellingen: Mapping[tuple[str, str], Stand]
    """(week, check) → its counts."""
    weken: Mapping[str, tuple[str, ...]]
    """Check → the weeks of which the delivery tells enough, oldest first, the report week last."""
    groepen: Mapping[str, str]
    """Team → the label under which it is shown."""
    per_team: pd.DataFrame
    heeft_geschiedenis: bool

    @property
    def peil(self) -> date:
        """The as-of day."""
        return local_date(self.report.as_of)

    @property
    def normen(self) -> Mapping[str, float]:
        """Check → its norm; not every check has one."""
        return self.report.settings.quality.normen

    def stand(self, toets: str, week: Week | None = None) -> Stand:
        """Return the counts of a check in a week, the report week by default; of one team no small cell."""
        found = self.tellingen.get((str(week or self.week), toets), Stand())
        if self.report.team and 0 < found.getoetst < KLEINE_CEL:
            return Stand(nvt=found.nvt, niet_te_beoordelen=found.niet_te_beoordelen, verborgen=True)
        return found

    def eerder(self, toets: str) -> Stand | None:
        """Return the counts of the twelve weeks before; None when the delivery does not reach back that far."""
        weken = self.weken.get(toets, ())[:-1]
        if not self.heeft_geschiedenis or len(weken) < WEKEN_VERGELIJKING:
            return None
        found = [self.tellingen.get((week, toets), Stand()) for week in weken]
        total = Stand(sum(each.goed for each in found), sum(each.fout for each in found))
        return None if self.report.team and 0 < total.getoetst < KLEINE_CEL else total

    def verloop(self, toets: str) -> list[float | None]:
        """Return the share of each of the thirteen weeks; None where there is too little to tell."""
        every = [str(self.week.plus(-back)) for back in reversed(range(WEKEN_VERGELIJKING + 1))]
        known = self.weken.get(toets, ())
        return [self.tellingen.get((each, toets), Stand()).aandeel if each in known else None for each in every]


def kwaliteit(report: Report) -> Kwaliteit:
    """Return the checks of the report's week and the twelve before it, and record their figures and signals."""
    week, peil = report.week, local_date(report.as_of)
    first = week.plus(-WEKEN_VERGELIJKING)
    tables = {name: TABLES[name].empty() for name in TABLES if name not in report.tables} | dict(report.tables)
    groepen = _groepen(report, tables, peil)
    size = teamgrootte(tables["medewerker"], tables["team"], peil) if report.is_delivered("medewerker") else {}
    te_klein = bool(report.team) and bool(size) and size.get(report.team, 0) < KLEIN_TEAM
    beeld = report.zaken.iloc[:0] if te_klein else report.zaken
    rows, _ = toetspopulatie(beeld, first, week)
    now, secret = toetspopulatie(beeld, week, week)
    toetsing = dossiertoets(
        rows, tables, report.snapshot.delivered, report.settings.quality.afspraken(), report.kalender, peil
    )
    counts = telling(toetsing.oordelen, "week")
    view = Kwaliteit(
        report=report,
        week=week,
        toetsing=toetsing,
        zaken=len(now),
        uitgesloten=len(secret),
        leeg=_leeg(te_klein, len(now), len(secret), toetsing),
        tellingen={
            (str(row["week"]), str(row["toets"])): Stand(
                int(row["goed"]), int(row["fout"]), int(row["nvt"]), int(row["niet_te_beoordelen"])
            )
            for row in counts.to_dict("records")
        },
        weken=_weken(toetsing, tables, week),
        groepen=groepen,
        per_team=teamtelling(toetsing, week, groepen),
        heeft_geschiedenis=kpis.heeft_geschiedenis(beeld, week, WEKEN_VERGELIJKING),
    )
    if not te_klein:
        _record(view)
    return view


def _record(view: Kwaliteit) -> None:
    report = view.report
    toetsing = view.toetsing
    report.record(kwaliteit_feiten(toetsing, view.week, view.zaken, view.uitgesloten, view.per_team, report.team))
    earlier = {toets: stand for toets in toetsing.toetsen if (stand := view.eerder(toets)) is not None}
    period = f"{view.week.plus(-WEKEN_VERGELIJKING)}/{view.week.plus(-1)}"
    counts = {toets: (stand.goed, stand.getoetst) for toets, stand in earlier.items()}
    report.record(periode_feiten(counts, period, report.team))
    for toets, signal in (("Q03", "R3-S03"), ("Q05", "R3-S04")):
        stand, norm = view.stand(toets), view.normen[toets]
        if stand.getoetst and stand.goed / stand.getoetst < norm:
            shown = stand.interval is not None and stand.interval[1] < norm
            report.signals.append(
                {
                    "id": signal,
                    "severity": "rood" if shown else "oranje",
                    "where": report.team or "organisatie",
                    "values": {"goed": stand.goed, "getoetst": stand.getoetst, "norm": norm},
                }
            )


def _groepen(report: Report, tables: Mapping[str, pd.DataFrame], peil: date) -> dict[str, str]:
    teams = report.zaken["team"].dropna().tolist()
    if not report.is_delivered("medewerker", "team_id"):
        return teamgroepen(teams, {})
    return teamgroepen(teams, teamgrootte(tables["medewerker"], tables["team"], peil))


def _leeg(te_klein: bool, zaken: int, uitgesloten: int, toetsing: Toetsing) -> str:
    if te_klein:
        return (
            f"Dit team heeft minder dan {KLEIN_TEAM} medewerkers. Uitkomsten zouden te herleiden zijn tot een persoon; "
            "zij tellen mee in het rapport over alle teams."
        )
    if not zaken:
        only = " die getoetst mogen worden" if uitgesloten else ""
        return f"Deze week zijn er geen zaken afgerond{only}."
    if not toetsing.toetsen:
        return "De aangeleverde gegevens laten geen enkele toets toe."
    return ""


def _weken(toetsing: Toetsing, tables: Mapping[str, pd.DataFrame], week: Week) -> dict[str, tuple[str, ...]]:
    """Return per check the weeks that began when the delivery of its messages or documents had begun."""
    documents = tables["zaak_document"]
    registered = lokale_dagen(documents["registratie_op"]).fillna(documents["creatiedatum"]).min()
    contacts = lokale_dagen(tables["contactmoment"]["datumtijd"]).min()
    needed = {"Q03": [registered]} | {toets: [registered, contacts] for toets in MET_BERICHTEN}
    result: dict[str, tuple[str, ...]] = {}
    for toets in TOETSEN:
        if toets in toetsing.niet_getoetst:
            continue
        begins = [each for each in needed.get(toets, []) if pd.notna(each)]
        weeks = [week.plus(-back) for back in reversed(range(1, WEKEN_VERGELIJKING + 1))]
        known = [str(each) for each in weeks if all(pd.Timestamp(each.monday) >= begin for begin in begins)]
        result[toets] = (*known, str(week))
    return result

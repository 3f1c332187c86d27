"""Facts about the stock and the open cases: K03 as an account, K07–K15.

Every function gives facts of the whole, per team and per kind, as `feiten` does for what was finished; what cannot be
known from the delivery has no fact, or one without a value. Methods: "Feiten" in docs/methods.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

import numpy as np
import pandas as pd

from weekrapport.domain import kpis
from weekrapport.domain.datagaten import DATAGATEN, aantal_met_datagat, datagaten
from weekrapport.domain.feiten import Feit
from weekrapport.domain.ouderdom import KLASSEN, ouderdom, ouderdomsklassen, te_laat_open
from weekrapport.domain.planning import belofte_gehaald, planning_verschoven
from weekrapport.domain.toets import Geleverd
from weekrapport.domain.voorraad import rekening_per
from weekrapport.domain.voorraadduur import genormaliseerde_doorzet, werkvoorraad_weken
from weekrapport.week import Week

WEKEN_HEROPEND = 4
"""Reopened cases are a share of what was finished in so many weeks (K10)."""

_Scope = Mapping[str, str]
_COUNTED = ["zaak_id", "team", "soort", "telt_mee", "startdatum", "einddatum", "einddatum_gepland", "leidende_datum"]
"""What these figures are counted from: every part is cut from it, and a whole zaakbeeld is wide."""


def rekening_feiten(rekening: pd.DataFrame, team: str = "") -> list[Feit]:
    """Return the lines of the stock account that are no figure of their own, and every line per team and kind.

    Args:
        rekening: `voorraad.voorraadrekening` of the week.
        team: name of the team when the account holds only its cases; then every scope names it.

    Returns:
        K03 with measure begin, heropend and correcties, of the whole, per team and per kind; without a team also per
        team and kind, there with K02 (instroom) and K03 (eind) as well. K01 per team and kind is in
        `feiten.zaakoverzicht_feiten`.
    """
    whole = {"team": team} if team else {}
    feiten = []
    for columns in ((), ("soort",)) if team else ((), ("team",), ("soort",), ("team", "soort")):
        for row in rekening_per(rekening, *columns).to_dict("records"):
            scope = {**whole, **{name: str(row[name]) for name in columns}}
            if len(columns) == 2:
                feiten += [Feit("K02", int(row["instroom"]), scope), Feit("K03", int(row["eind"]), scope)]
            for name in ("begin", "heropend", "correcties"):
                if pd.notna(row[name]):
                    feiten.append(Feit("K03", int(row[name]), scope, measure=name))
    return feiten


def open_feiten(
    beeld: pd.DataFrame, week: Week, peil: date, opschorting: pd.DataFrame | None, team: str = ""
) -> list[Feit]:
    """Return which open cases are past their date, and how far the others are (K07, K08).

    Args:
        beeld: the zaakbeeld of the as-of moment.
        week: the report week.
        peil: the as-of day.
        opschorting: as for `ouderdom.ouderdom`.
        team: as for `rekening_feiten`.
    """
    late = te_laat_open(beeld, opschorting, week, peil)[["team", "soort"]]
    aged = ouderdom(beeld, opschorting, peil)[["team", "soort", "klasse"]]
    beeld, feiten = beeld[_COUNTED], []
    for scope, chosen in _parts(beeld, team):
        known = chosen(beeld)
        has_dates = bool(known.loc[known["einddatum"].isna() & known["telt_mee"], "leidende_datum"].notna().any())
        stock = kpis.werkvoorraad(known, week)
        if has_dates:
            feiten.append(_share("K07", len(chosen(late)), stock, scope))
        elif stock:
            feiten.append(Feit("K07", None, scope))
        feiten += klasse_feiten(chosen(aged), scope)
    return feiten


def klasse_feiten(aged: pd.DataFrame, scope: _Scope, period: str | None = None) -> list[Feit]:
    """Return the share of the open cases in every age class (K08); none without open cases.

    Args:
        aged: result of `ouderdom.ouderdom`, of the part that `scope` names.
        scope: that part.
        period: the day, when it is not the as-of day.
    """
    counts = ouderdomsklassen(aged).iloc[0]
    total = int(counts["totaal"])
    return [
        _share("K08", int(counts[klasse]), total, {**scope, "klasse": klasse}, period=period)
        for klasse in KLASSEN
        if total
    ]


def doorzet_feiten(
    beeld: pd.DataFrame, week: Week, kalender: np.busdaycalendar, aantal: int, team: str = ""
) -> list[Feit]:
    """Return K12 of the week and of the `aantal` − 1 weeks before it, and how many weeks of work the stock is (K09)."""
    whole = {"team": team} if team else {}
    reeks = genormaliseerde_doorzet(beeld, week, aantal, kalender)
    feiten = [Feit("K09", werkvoorraad_weken(beeld, week, kalender), whole), Feit("K12", reeks[-1], whole)]
    for back, value in enumerate(reversed(reeks[:-1]), start=1):
        if value is not None:
            feiten.append(Feit("K12", value, whole, period=str(week.plus(-back))))
    return feiten


def heropend_feiten(beeld: pd.DataFrame, week: Week, heropend: pd.DataFrame, team: str = "") -> list[Feit]:
    """Return the reopened cases as a share of what was finished in four weeks (K10).

    Args:
        beeld: the zaakbeeld of the as-of moment.
        week: the report week.
        heropend: `heropend.heropend` of the week.
        team: as for `rekening_feiten`.
    """
    beeld = beeld[_COUNTED]
    rows = beeld[beeld["telt_mee"].astype(bool) & beeld["zaak_id"].isin(heropend["zaak_id"])]
    done = pd.concat([kpis.afgerond(beeld, week.plus(-back)) for back in range(WEKEN_HEROPEND)])
    return [_share("K10", len(chosen(rows)), len(chosen(done)), scope) for scope, chosen in _parts(beeld, team)]


def escalatie_feiten(beeld: pd.DataFrame, peil: date, team: str = "") -> list[Feit]:
    """Return the open escalations and the age of the oldest in days (K11); for a source that tells the level."""
    rows = kpis.escalaties(beeld, peil)[["team", "soort", "leeftijd_dagen"]]
    feiten = []
    for scope, chosen in _parts(beeld, team):
        found = chosen(rows)
        feiten.append(Feit("K11", len(found), scope))
        if len(found):
            oldest = int(found["leeftijd_dagen"].max())
            feiten.append(Feit("K11", oldest, scope, measure="oudste_dagen", unit="dagen"))
    return feiten


def planning_feiten(
    beeld: pd.DataFrame,
    week: Week,
    vorige: pd.DataFrame | None,
    eerdere: Mapping[Week, pd.DataFrame],
    team: str = "",
) -> list[Feit]:
    """Return which plans were moved (K13) and which first promises were kept (K15).

    Args:
        beeld: the zaakbeeld of the as-of moment.
        week: the report week.
        vorige: the table zaak of the last earlier delivery; None when there is none, then K13 has no value.
        eerdere: the table zaak per earlier week; too few weeks give K15 no value.
        team: as for `rekening_feiten`.
    """
    beeld, feiten = beeld[_COUNTED], []
    moved = None if vorige is None else planning_verschoven(beeld, vorige, week)
    for scope, chosen in _parts(beeld, team):
        if moved is None:
            feiten.append(Feit("K13", None, scope))
        else:
            feiten.append(_share("K13", len(chosen(moved)), kpis.werkvoorraad(chosen(beeld), week), scope))
        kept = belofte_gehaald(chosen(beeld), eerdere, week)
        feiten.append(Feit("K15", None, scope) if kept is None else _share("K15", *kept, scope))
    return feiten


def datagat_feiten(beeld: pd.DataFrame, week: Week, geleverd: Geleverd, team: str = "") -> list[Feit]:
    """Return in how many cases something is missing, and how often each thing is (K14); none without such columns."""
    gaps = datagaten(beeld, week, geleverd)
    feiten = []
    for scope, chosen in _parts(beeld, team):
        part = chosen(gaps)
        counted = aantal_met_datagat(part)
        if counted is None or not counted[1]:
            continue
        feiten.append(_share("K14", *counted, scope))
        feiten += [
            _share("K14", int(part[naam].sum()), len(part), scope, measure=naam) for naam in DATAGATEN if naam in part
        ]
    return feiten


def _parts(beeld: pd.DataFrame, team: str) -> Iterator[tuple[dict[str, str], Callable[[pd.DataFrame], pd.DataFrame]]]:
    """Return every scope, with what picks its rows of a frame that has team and soort."""
    whole = {"team": team} if team else {}
    yield whole, lambda frame: frame
    counted = beeld[beeld["telt_mee"].astype(bool)]
    for dimension in ("soort",) if team else ("team", "soort"):
        for name in sorted(counted[dimension].unique()):
            yield {**whole, dimension: str(name)}, _picker(dimension, name)


def _picker(dimension: str, name: str) -> Callable[[pd.DataFrame], pd.DataFrame]:
    return lambda frame: frame[frame[dimension] == name]


def _share(
    key: str, teller: int, noemer: int, scope: _Scope, *, measure: str | None = None, period: str | None = None
) -> Feit:
    return Feit(key, teller / noemer if noemer else None, scope, teller, noemer, measure=measure, period=period)

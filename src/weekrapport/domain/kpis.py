"""Figures K01–K06 and K11 on the zaakbeeld, each defined once.

Every function takes the zaakbeeld of the as-of moment and the report week. The definitions that the reports print
stand in `definities`; both cite "Kerncijfers" in docs/methods.md.
"""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd

from weekrapport.domain.geschiedenis import begin_geschiedenis
from weekrapport.week import Week

NAGEKOMEN_DAGEN = 30
"""A case that is registered later than this after its start counts as inflow on its registration day (K02)."""

MIN_DOORLOOPTIJD = 5
"""Fewer finished cases than this give no median or P90 (K06)."""

MIN_ESCALATIENIVEAU = 2
"""From this level on a case was raised to a manager or the board (K11)."""


def afgerond(beeld: pd.DataFrame, week: Week) -> pd.DataFrame:
    """Return the rows of the cases finished in the week that count in the totals (K01)."""
    return beeld[beeld["telt_mee"] & _in_week(beeld["einddatum"], week)]


def afgeronde_deelzaken(beeld: pd.DataFrame, week: Week) -> int:
    """Return the number of sub-cases finished in the week; shown beside K01, never in it."""
    rows = beeld["is_deelzaak"] & (beeld["resultaat_categorie"] != "foutief_aangemaakt").fillna(True)
    return int((rows & _in_week(beeld["einddatum"], week)).sum())


def instroomdatum(beeld: pd.DataFrame) -> pd.Series:
    """Return the day on which each case counts as inflow (datetime64[s])."""
    late = beeld["registratiedatum"] - beeld["startdatum"] > timedelta(days=NAGEKOMEN_DAGEN)
    return beeld["startdatum"].mask(late, beeld["registratiedatum"])


def instroom(beeld: pd.DataFrame, week: Week) -> int:
    """Return the number of cases that came in during the week (K02)."""
    return int((beeld["telt_mee"] & _in_week(instroomdatum(beeld), week)).sum())


def werkvoorraad(beeld: pd.DataFrame, week: Week) -> int:
    """Return the number of cases that were open at the end of the Sunday of the week (K03)."""
    sunday = pd.Timestamp(week.sunday)
    open_then = beeld["einddatum"].isna() | (beeld["einddatum"] > sunday)
    return int((beeld["telt_mee"] & (beeld["startdatum"] <= sunday) & open_then).sum())


def tijdigheid(rows: pd.DataFrame) -> tuple[int, int]:
    """Return how many of the finished cases were on time, and of how many that can be said (K04).

    On time means: the end day is not later than the norm day, both local calendar days.
    """
    known = rows["is_tijdig"].dropna()
    return int(known.sum()), len(known)


def wettelijke_tijdigheid(rows: pd.DataFrame) -> tuple[int, int]:
    """Return how many of the finished cases with a statutory term met it, and of how many (K05)."""
    statutory = rows[rows["heeft_grondslag"] & rows["fatale_datum"].notna() & rows["is_tijdig"].notna()]
    return int((statutory["einddatum"] <= statutory["fatale_datum"]).sum()), len(statutory)


def wettelijk_te_laat(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the finished cases that missed their statutory term; every miss is listed in the report (K05)."""
    statutory = rows[rows["heeft_grondslag"] & rows["fatale_datum"].notna() & rows["is_tijdig"].notna()]
    return statutory[statutory["einddatum"] > statutory["fatale_datum"]]


def doorlooptijd_kwantiel(rows: pd.DataFrame, q: float) -> float | None:
    """Return a quantile of the net duration in calendar days (linear); None below five finished cases (K06)."""
    days = rows["doorlooptijd_dagen"].dropna()
    return float(days.astype("float64").quantile(q)) if len(days) >= MIN_DOORLOOPTIJD else None


def escalaties(beeld: pd.DataFrame, peil: date) -> pd.DataFrame:
    """Return the open cases that were raised to a manager or the board (K11), oldest first, with leeftijd_dagen."""
    level = (beeld["escalatieniveau"] >= MIN_ESCALATIENIVEAU).fillna(False)
    rows = beeld[beeld["telt_mee"].astype(bool) & beeld["einddatum"].isna() & level]
    age = (pd.Timestamp(peil) - rows["startdatum"]).dt.days.astype("Int64")
    return rows.assign(leeftijd_dagen=age).sort_values(["startdatum", "zaak_id"], kind="stable")


def weekreeks(beeld: pd.DataFrame, week: Week, aantal: int) -> pd.DataFrame:
    """Return the figures of the `aantal` weeks up to and including `week`, one row a week, oldest first.

    Returns:
        week (str), afgerond, instroom, werkvoorraad, tijdig, tijdig_noemer (int64).
    """
    weeks = [week.plus(-back) for back in reversed(range(aantal))]
    beeld = beeld[
        ["telt_mee", "startdatum", "registratiedatum", "einddatum", "is_tijdig"]
    ]  # what each week is cut from
    rows = []
    for each in weeks:
        done = afgerond(beeld, each)
        tijdig, noemer = tijdigheid(done)
        rows.append((str(each), len(done), instroom(beeld, each), werkvoorraad(beeld, each), tijdig, noemer))
    names = ["week", "afgerond", "instroom", "werkvoorraad", "tijdig", "tijdig_noemer"]
    return pd.DataFrame(rows, columns=names)


def vorige_weken(beeld: pd.DataFrame, week: Week, aantal: int = 12) -> pd.DataFrame:
    """Return the rows of the cases finished in the `aantal` × 7 days before the week."""
    first = pd.Timestamp(week.monday - timedelta(weeks=aantal))
    end = beeld["einddatum"]
    return beeld[beeld["telt_mee"] & (end >= first) & (end < pd.Timestamp(week.monday))]


def heeft_geschiedenis(beeld: pd.DataFrame, week: Week, aantal: int = 12) -> bool:
    """Return whether the export reaches back far enough to compare with the `aantal` weeks before the week.

    That takes finished cases from the first of those weeks or earlier on (`begin_geschiedenis`): an export of all open
    cases and the recently finished ones also holds old start dates, and would make every earlier week look empty.
    """
    begins = begin_geschiedenis(beeld, week)
    return begins is not None and begins.monday <= week.monday - timedelta(weeks=aantal)


def _in_week(days: pd.Series, week: Week) -> pd.Series:
    return (days >= pd.Timestamp(week.monday)) & (days <= pd.Timestamp(week.sunday))

"""What was booked: per month, per account, in a week, and behind a line ("Begroting" in docs/methods.md).

Every function takes the boekbeeld. Amounts are whole cents; those of revenue are turned round, so that they are
positive.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from weekrapport.domain.begrotingsbeeld import regel_per_bedrag
from weekrapport.domain.boekafspraken import Boekafspraken
from weekrapport.domain.boekbeeld import LAATSTE_MAAND, in_periode
from weekrapport.domain.fasering import MAANDEN, begroot_per_maand
from weekrapport.domain.tables_begroting import BEGROTINGSOORTEN
from weekrapport.week import Week


@dataclass(frozen=True)
class LopendeMaand:
    """What is booked so far in the month after the last closed one."""

    jaar: int
    maand: int
    aantal: int
    kosten_cent: int
    opbrengsten_cent: int


def bedrag_met_teken(beeld: pd.DataFrame) -> pd.Series:
    """Return the amount of every booking as a report shows it: revenue turned round (Int64, cents)."""
    return beeld["bedrag_cent"].where(beeld["soort"] != "opbrengsten", -beeld["bedrag_cent"])


def lopende_maand(beeld: pd.DataFrame, afspraken: Boekafspraken) -> LopendeMaand:
    """Return the month after the last closed one; after December that is January of the next year."""
    is_december = afspraken.periode >= LAATSTE_MAAND
    jaar = afspraken.boekjaar + is_december
    maand = 1 if is_december else afspraken.periode + 1
    rows = _resultaat(beeld[((beeld["boekjaar"] == jaar) & (beeld["periode"] == maand)).fillna(False)])
    sums = bedrag_met_teken(rows).groupby(rows["soort"]).sum()
    return LopendeMaand(jaar, maand, len(rows), *(int(sums.get(soort, 0)) for soort in BEGROTINGSOORTEN))


def geboekt_in_week(beeld: pd.DataFrame, week: Week) -> pd.DataFrame:
    """Return the bookings of costs and revenue that are dated in the week, whatever their period."""
    days = beeld["boekdatum"]
    in_week = (days >= pd.Timestamp(week.monday)) & (days <= pd.Timestamp(week.sunday))
    return _resultaat(beeld[in_week])


def per_rekening(beeld: pd.DataFrame, afspraken: Boekafspraken) -> pd.DataFrame:
    """Return what was booked per account up to and including the last closed month: costs first, largest first.

    Returns:
        soort, grootboekrekening, regel (str), aantal, realisatie_cent (Int64).
    """
    rows = _resultaat(in_periode(beeld, afspraken))
    rows = rows.assign(realisatie_cent=bedrag_met_teken(rows))
    groups = rows.groupby(["soort", "grootboekrekening", "regel"], sort=True)["realisatie_cent"]
    found = groups.agg(aantal="size", realisatie_cent="sum").reset_index()
    found = found.astype({"aantal": "Int64", "realisatie_cent": "Int64"})
    return found.sort_values(
        ["soort", "realisatie_cent", "grootboekrekening"], ascending=[True, False, True]
    ).reset_index(drop=True)


def per_maand(
    regels: pd.DataFrame, beeld: pd.DataFrame, afspraken: Boekafspraken, fasering: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return budget and actuals up to and including every month, added up over lines of one kind.

    Args:
        regels: rows of the begrotingsbeeld.
        beeld: the boekbeeld.
        afspraken: year and last closed month.
        fasering: `begroting_fasering`; None when it is not delivered.

    Returns:
        maand (1–12), begroot_cent, realisatie_cent (Int64; actuals are unknown after the last closed month).
    """
    geboekt = in_periode(beeld, afspraken)
    geboekt = geboekt[regel_per_bedrag(geboekt).isin(regels["regel_id"])]
    sums = bedrag_met_teken(geboekt).groupby(geboekt["periode"]).sum().reindex(MAANDEN).fillna(0).cumsum()
    begroot = begroot_per_maand(regels, fasering).sum(skipna=False)
    frame = pd.DataFrame({"begroot_cent": begroot, "realisatie_cent": sums}).astype("Int64")
    frame = frame.rename_axis("maand").reset_index()
    return frame.assign(realisatie_cent=frame["realisatie_cent"].mask(frame["maand"] > afspraken.periode))


def per_leverancier(beeld: pd.DataFrame, regel_id: str, afspraken: Boekafspraken) -> pd.DataFrame:
    """Return what each supplier has on a line up to and including the last closed month, largest first.

    Returns:
        leverancier (str; unknown where bookings name none), aantal, bedrag_cent (Int64).
    """
    rows = in_periode(beeld, afspraken)
    rows = rows[(regel_per_bedrag(rows) == regel_id).fillna(False)]
    rows = rows.assign(bedrag_cent=bedrag_met_teken(rows))
    groups = rows.groupby("leverancier", dropna=False)["bedrag_cent"]
    found = groups.agg(aantal="size", bedrag_cent="sum").reset_index()
    found = found.astype({"leverancier": "str", "aantal": "Int64", "bedrag_cent": "Int64"})
    return found.sort_values(["bedrag_cent", "leverancier"], ascending=[False, True]).reset_index(drop=True)


def _resultaat(beeld: pd.DataFrame) -> pd.DataFrame:
    return beeld[beeld["soort"].isin(BEGROTINGSOORTEN)].reset_index(drop=True)

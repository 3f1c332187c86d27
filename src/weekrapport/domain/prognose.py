"""What the year will come to, and what is already promised ("Begroting" in docs/methods.md)."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd

from weekrapport.domain.fasering import half_omhoog

MIN_MAANDEN_TEMPO = 3
"""Closed months from which the pace of the year so far may be carried on to its end."""


def open_verplichtingen(verplichting: pd.DataFrame, boekjaar: int) -> pd.DataFrame:
    """Return the commitments that are not closed, with what is still to come.

    Args:
        verplichting: the typed table in the as-of view.
        boekjaar: the financial year.

    Returns:
        All columns and open_cent (Int64, never negative), is_van_jaar (boolean: expected in the year, or at a day that
        is not known).
    """
    rows = verplichting[(verplichting["status"] != "gesloten").fillna(True)].reset_index(drop=True)
    rest = (rows["bedrag_cent"] - rows["afgeboekt_cent"].fillna(0)).clip(lower=0)
    jaar = rows["verwacht_tot"].dt.year
    return rows.assign(open_cent=rest, is_van_jaar=((jaar == boekjaar) | jaar.isna()).astype("boolean"))


def verplicht(regels: pd.DataFrame, verplichting: pd.DataFrame | None, boekjaar: int) -> pd.Series:
    """Return what is promised on each cost line and expected in the year (Int64, cents).

    It is unknown without commitments, and for revenue, on which nothing is promised to a supplier.
    """
    if verplichting is None:
        return pd.Series(pd.NA, index=regels.index, dtype="Int64")
    rows = open_verplichtingen(verplichting, boekjaar)
    sums = rows[rows["is_van_jaar"]].groupby("regel_id")["open_cent"].sum()
    return regels["regel_id"].map(sums).astype("Int64").fillna(0).mask(regels["soort"] == "opbrengsten")


def met_prognose(beeld: pd.DataFrame, periode: int) -> pd.DataFrame:
    """Return the rows with what the year will come to.

    Args:
        beeld: begroot_jaar_cent, begroot_cent, realisatie_cent, verplicht_cent (Int64).
        periode: last closed month.

    Returns:
        All columns, and in cents (Int64): prognose_plan_cent (the rest of the year as planned), prognose_tempo_cent
        (the pace so far, from the third month on and only with a budget above zero), prognose_vast_cent (booked and
        promised), prognose_cent (the higher of plan and vast), prognose_laag_cent and prognose_hoog_cent (the lowest
        and highest of the three), prognose_afwijking_cent (against the yearly amount). Unknown without bookings.
    """
    plan = beeld["realisatie_cent"] + beeld["begroot_jaar_cent"] - beeld["begroot_cent"]
    vast = beeld["realisatie_cent"] + beeld["verplicht_cent"]
    tempo = pd.Series(
        [
            _tempo(done, year, planned, periode)
            for done, year, planned in zip(
                beeld["realisatie_cent"], beeld["begroot_jaar_cent"], beeld["begroot_cent"], strict=True
            )
        ],
        index=beeld.index,
        dtype="Int64",
    )
    three = pd.DataFrame({"plan": plan, "tempo": tempo, "vast": vast})
    prognose = three[["plan", "vast"]].max(axis=1).mask(plan.isna())
    return beeld.assign(
        prognose_plan_cent=plan,
        prognose_tempo_cent=tempo,
        prognose_vast_cent=vast,
        prognose_cent=prognose,
        prognose_laag_cent=three.min(axis=1).mask(plan.isna()),
        prognose_hoog_cent=three.max(axis=1).mask(plan.isna()),
        prognose_afwijking_cent=prognose - beeld["begroot_jaar_cent"],
    )


def _tempo(realisatie: int, jaar: int, begroot: int, periode: int) -> object:
    if periode < MIN_MAANDEN_TEMPO or pd.isna(realisatie) or pd.isna(begroot) or begroot <= 0:
        return pd.NA
    return half_omhoog(Fraction(int(realisatie) * int(jaar), int(begroot)))

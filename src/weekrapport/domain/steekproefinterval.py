"""How large an amount may be before one error in it matters: the interval of a monetary-unit sample.

Of every interval of that many euros a sample of the books takes one; a booking as large as the interval is always
looked at. Methods: "Steekproefinterval" in docs/methods.md.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from weekrapport.domain.boekafspraken import Boekafspraken
from weekrapport.domain.boekbeeld import in_boekjaar, in_periode, is_plichtige_regel


def steekproefomvang(tolerabel: float, verwacht: float, betrouwbaarheid: float) -> int:
    """Return the smallest sample that gives the confidence, by the Poisson (gamma) method of the AICPA tables.

    Args:
        tolerabel: tolerable error as a share of the amount (TM / BV), above 0.
        verwacht: expected error as a share of the amount (EM / BV), below `tolerabel`; need not be a whole number of
            errors.
        betrouwbaarheid: for instance 0.95.

    Raises:
        ValueError: the expected error is not below the tolerable one: no sample is large enough.
    """
    from scipy.special import gammainc  # here: only the gate and the audit need it

    if not 0 <= verwacht < tolerabel:
        raise ValueError(f"the expected error {verwacht} must lie below the tolerable error {tolerabel}")

    def is_genoeg(omvang: int) -> bool:
        return bool(gammainc(1 + omvang * verwacht, omvang * tolerabel) >= betrouwbaarheid)

    genoeg = 1
    while not is_genoeg(genoeg):
        genoeg *= 2
    te_weinig = genoeg // 2
    while genoeg - te_weinig > 1:
        midden = (genoeg + te_weinig) // 2
        genoeg, te_weinig = (midden, te_weinig) if is_genoeg(midden) else (genoeg, midden)
    return genoeg


def steekproefinterval(
    bedrag_cent: int, *, materialiteit_pct: float, verwacht_pct: float, betrouwbaarheid: float
) -> int | None:
    """Return the interval in whole cents, rounded down; None when there is no amount.

    Args:
        bedrag_cent: the yearly amount that the sample is about.
        materialiteit_pct: tolerable error as a fraction of it.
        verwacht_pct: expected error as a fraction of the tolerable one.
        betrouwbaarheid: the confidence.
    """
    if bedrag_cent <= 0:
        return None
    return bedrag_cent // steekproefomvang(materialiteit_pct, materialiteit_pct * verwacht_pct, betrouwbaarheid)


def verwachte_jaarkosten(beeld: pd.DataFrame, tables: Mapping[str, pd.DataFrame], afspraken: Boekafspraken) -> int:
    """Return the expected invoice-bearing costs of the financial year in whole cents.

    That is the budget of the lines that need an invoice. Without a budget it is what was booked on such accounts in the
    closed months, brought to twelve; while no month is closed, what was booked so far.

    Args:
        beeld: the boekbeeld.
        tables: begrotingsregel; may be empty.
        afspraken: the year and the months.
    """
    regels = tables["begrotingsregel"]
    regels = regels[(regels["jaar"] == afspraken.boekjaar).fillna(False) & is_plichtige_regel(regels, afspraken)]
    if len(regels):
        return int(regels["bedrag_cent"].sum())
    plichtig = beeld[beeld["is_factuurplichtig"].fillna(False).astype(bool)]
    if afspraken.periode == 0:
        return int(in_boekjaar(plichtig, afspraken)["bedrag_cent"].sum())
    return int(in_periode(plichtig, afspraken)["bedrag_cent"].sum()) * 12 // afspraken.periode

"""One row per budget line with everything a report needs of it: budget, actuals, variance, commitments, forecast.

The same frame serves every figure about the budget. Amounts are whole cents; those of revenue are turned round, so
that they are positive and a variance reads the same way. What is not delivered is unknown and never zero.
Methods: "Begroting" in docs/methods.md.
"""

from __future__ import annotations

from fnmatch import fnmatchcase

import pandas as pd

from weekrapport.domain.begrotingstotaal import NIET_BEGROOT, met_aandelen
from weekrapport.domain.boekafspraken import Boekafspraken
from weekrapport.domain.boekbeeld import in_periode
from weekrapport.domain.drempels import Drempels
from weekrapport.domain.fasering import begroot_per_maand
from weekrapport.domain.prognose import met_prognose, verplicht

NIET_BEGROTE_REGELS = {"kosten": "niet_begroot", "opbrengsten": "niet_begroot_opbrengsten"}
"""regel_id of the row that holds what is booked without a budget line, per kind."""
GEEN_KOSTENSOORT = "Niet ingedeeld"


def regels_van_jaar(
    begrotingsregel: pd.DataFrame, afspraken: Boekafspraken, wijzigingen: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return the budget lines of the financial year with their yearly amount.

    The amount is the original one with the amendments so far, where amendments are delivered and the original is
    known; else the current amount of the line.

    Args:
        begrotingsregel: the typed table.
        afspraken: the year, and which accounts hold revenue where a line does not say so.
        wijzigingen: `begrotingswijziging` in the as-of view; None when it is not delivered.

    Returns:
        regel_id, regel, kostensoort, soort, kostenplaats, grootboekrekening (str), begroot_jaar_cent, primair_cent,
        wijziging_cent (Int64; the last is unknown where the original amount is).
    """
    rows = begrotingsregel[(begrotingsregel["jaar"] == afspraken.boekjaar).fillna(False)].reset_index(drop=True)
    huidig = rows["bedrag_cent"]
    if wijzigingen is not None:
        sums = wijzigingen.groupby("regel_id")["bedrag_cent"].sum()
        met = rows["primair_cent"] + rows["regel_id"].map(sums).astype("Int64").fillna(0)
        huidig = met.fillna(huidig)
    return pd.DataFrame(
        {
            "regel_id": rows["regel_id"],
            "regel": rows["omschrijving"].fillna(rows["grootboekrekening"]).fillna(rows["regel_id"]),
            "kostensoort": rows["kostensoort"].fillna(GEEN_KOSTENSOORT),
            "soort": rows["soort"].fillna(_soort_van_rekening(rows["grootboekrekening"], afspraken)),
            "kostenplaats": rows["kostenplaats"],
            "grootboekrekening": rows["grootboekrekening"],
            "begroot_jaar_cent": huidig,
            "primair_cent": rows["primair_cent"],
            "wijziging_cent": huidig - rows["primair_cent"],
        }
    )


def begrotingsbeeld(
    regels: pd.DataFrame,
    beeld: pd.DataFrame | None,
    afspraken: Boekafspraken,
    *,
    fasering: pd.DataFrame | None = None,
    verplichting: pd.DataFrame | None = None,
    drempels: Drempels | None = None,
) -> pd.DataFrame:
    """Return every budget line beside what was booked on it, up to and including the last closed month.

    Args:
        regels: `regels_van_jaar`.
        beeld: the boekbeeld, or None when no bookings are delivered: then nothing is said about actuals.
        afspraken: year and last closed month.
        fasering: `begroting_fasering`; None when it is not delivered.
        verplichting: the table in the as-of view; None when it is not delivered.
        drempels: from when on a line deviates.

    Returns:
        All columns of `regels`, with one more row per kind for what is booked without a line
        (`NIET_BEGROTE_REGELS`), and: begroot_cent, realisatie_cent, afwijking_cent, verplicht_cent, ruimte_cent, those
        of `met_prognose` (Int64), those of `met_aandelen`, heeft_afwijking, heeft_prognose_afwijking (boolean).
    """
    geboekt = None if beeld is None else in_periode(beeld, afspraken)
    rows = _with_unbudgeted(regels, geboekt)
    maanden = begroot_per_maand(rows, fasering)
    nothing = pd.Series(0, index=rows.index, dtype="Int64")
    rows["begroot_cent"] = maanden[afspraken.periode] if afspraken.periode else nothing
    rows["realisatie_cent"] = _realisatie(rows, geboekt)
    rows["afwijking_cent"] = rows["realisatie_cent"] - rows["begroot_cent"]
    rows["verplicht_cent"] = verplicht(rows, verplichting, afspraken.boekjaar)
    rows["ruimte_cent"] = rows["begroot_jaar_cent"] - rows["realisatie_cent"] - rows["verplicht_cent"]
    rows = met_aandelen(met_prognose(rows, afspraken.periode))
    limits = drempels or Drempels()
    return rows.assign(
        heeft_afwijking=limits.overschreden(rows["afwijking_cent"], rows["begroot_cent"]),
        heeft_prognose_afwijking=limits.overschreden(rows["prognose_afwijking_cent"], rows["begroot_jaar_cent"]),
    )


def regel_per_bedrag(beeld: pd.DataFrame) -> pd.Series:
    """Return the regel_id on which each row of the boekbeeld counts; unknown for a balance account without a line."""
    return beeld["regel_id"].astype("str").fillna(beeld["soort"].map(NIET_BEGROTE_REGELS).astype("str"))


def _realisatie(regels: pd.DataFrame, geboekt: pd.DataFrame | None) -> pd.Series:
    """Return what was booked on each line (Int64, cents; revenue turned round); unknown without bookings."""
    if geboekt is None:
        return pd.Series(pd.NA, index=regels.index, dtype="Int64")
    sums = geboekt["bedrag_cent"].groupby(regel_per_bedrag(geboekt)).sum()
    bedrag = regels["regel_id"].map(sums).astype("Int64").fillna(0)
    return bedrag.where(regels["soort"] != "opbrengsten", -bedrag)


def _with_unbudgeted(regels: pd.DataFrame, geboekt: pd.DataFrame | None) -> pd.DataFrame:
    """Return the lines, with a row for each kind of which something is booked without a line."""
    used = set() if geboekt is None else set(regel_per_bedrag(geboekt))
    rows = [
        {"regel_id": regel_id, "regel": NIET_BEGROOT, "kostensoort": NIET_BEGROOT, "soort": soort}
        | {"begroot_jaar_cent": 0, "primair_cent": 0, "wijziging_cent": 0}
        for soort, regel_id in NIET_BEGROTE_REGELS.items()
        if regel_id in used
    ]
    if not rows:
        return regels.reset_index(drop=True)
    extra = pd.DataFrame(rows).reindex(columns=regels.columns).astype(regels.dtypes.to_dict())
    return pd.concat([regels, extra], ignore_index=True)


def _soort_van_rekening(rekening: pd.Series, afspraken: Boekafspraken) -> pd.Series:
    patterns = afspraken.opbrengstrekeningen
    kinds = ["opbrengsten" if any(fnmatchcase(str(each), p) for p in patterns) else "kosten" for each in rekening]
    return pd.Series(kinds, index=rekening.index, dtype="str")

"""One row per booking with what a report needs of it: kind, budget line, supplier, whether it needs an invoice.

The same frame serves every figure about money, so that two figures can never differ about what costs are.
Methods: "Boekbeeld" in docs/methods.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase

import pandas as pd

from weekrapport.domain.boekafspraken import Boekafspraken

EERSTE_MAAND, LAATSTE_MAAND = 1, 12
"""Periods that are months: 0 holds opening entries, above 12 stand closing entries."""

_SLEUTEL = ["jaar", "kostenplaats", "grootboekrekening"]


def boekbeeld(tables: Mapping[str, pd.DataFrame], afspraken: Boekafspraken) -> pd.DataFrame:
    """Return every booking with its labels.

    Args:
        tables: typed tables in the as-of view: boeking, begrotingsregel, grootboek and leverancier; the last three may
            be empty.
        afspraken: which accounts are costs, where the tables do not say so.

    Returns:
        All columns of `boeking`, with boekjaar and periode (Int64) filled in from boekdatum where not delivered, and:
        soort (str: kosten, opbrengsten or balans), regel_id (str; unknown = not budgeted), regel (str: the line, else
        the account, in words), kostensoort (str), is_factuurplichtig (boolean; only costs), leverancier (str).
    """
    beeld = tables["boeking"].reset_index(drop=True)
    beeld["boekjaar"] = beeld["boekjaar"].fillna(beeld["boekdatum"].dt.year.astype("Int64"))
    beeld["periode"] = beeld["periode"].fillna(beeld["boekdatum"].dt.month.astype("Int64"))
    regel = regel_per_boeking(beeld, tables["begrotingsregel"])
    rekening = tables["grootboek"].drop_duplicates("grootboekrekening").set_index("grootboekrekening")
    beeld["soort"] = regel["soort"].fillna(_soort_van_rekening(beeld, rekening, afspraken)).astype("str")
    beeld["regel_id"] = regel["regel_id"]
    naam = beeld["grootboekrekening"].map(rekening["omschrijving"]).astype("str")
    beeld["regel"] = regel["omschrijving"].fillna(naam).fillna(beeld["grootboekrekening"])
    beeld["kostensoort"] = regel["kostensoort"]
    plichtig = _past(beeld["grootboekrekening"], afspraken.factuurplichtig)
    beeld["is_factuurplichtig"] = regel["factuurplichtig"].fillna(plichtig) & (beeld["soort"] == "kosten")
    namen = tables["leverancier"].drop_duplicates("leverancier_id").set_index("leverancier_id")["naam"]
    beeld["leverancier"] = beeld["leverancier_id"].map(namen).astype("str").fillna(beeld["leverancier_id"])
    return beeld


def regel_per_boeking(boeking: pd.DataFrame, begrotingsregel: pd.DataFrame) -> pd.DataFrame:
    """Return the budget line of every booking, row for row with `boeking` (all unknown where there is none).

    That is the line of its year, cost centre and account; without one the line of that year and account that has no
    cost centre.
    """
    regels = begrotingsregel.drop_duplicates(_SLEUTEL)
    sleutel = boeking[["boekjaar", "kostenplaats", "grootboekrekening"]].rename(columns={"boekjaar": "jaar"})
    columns = [name for name in regels.columns if name not in ("bron", "bron_rij", "ingelezen_op")]
    eigen = sleutel.merge(regels[columns], on=_SLEUTEL, how="left")
    algemeen = regels.loc[regels["kostenplaats"].isna(), columns].drop(columns="kostenplaats")
    gedeeld = sleutel[["jaar", "grootboekrekening"]].merge(algemeen, on=["jaar", "grootboekrekening"], how="left")
    found = eigen["regel_id"].notna()
    return pd.DataFrame({name: eigen[name].where(found, gedeeld[name]) for name in columns if name not in _SLEUTEL})


def is_plichtige_regel(begrotingsregel: pd.DataFrame, afspraken: Boekafspraken) -> pd.Series:
    """Return which budget lines hold costs that need an invoice; the accounts decide where the line does not say."""
    plichtig = begrotingsregel["factuurplichtig"].fillna(
        _past(begrotingsregel["grootboekrekening"], afspraken.factuurplichtig)
    )
    return (plichtig & (begrotingsregel["soort"] != "opbrengsten")).fillna(False).astype(bool)


def in_periode(beeld: pd.DataFrame, afspraken: Boekafspraken) -> pd.DataFrame:
    """Return the bookings of the financial year up to and including the last closed month."""
    return beeld[_in_maanden(beeld, afspraken.boekjaar, afspraken.periode)]


def in_boekjaar(beeld: pd.DataFrame, afspraken: Boekafspraken) -> pd.DataFrame:
    """Return the bookings of the twelve months of the financial year, the running month included."""
    return beeld[_in_maanden(beeld, afspraken.boekjaar, LAATSTE_MAAND)]


def _in_maanden(beeld: pd.DataFrame, boekjaar: int, tot: int) -> pd.Series:
    telt = (beeld["boekjaar"] == boekjaar) & beeld["periode"].between(EERSTE_MAAND, tot)
    return telt.fillna(False).astype(bool)


def _soort_van_rekening(beeld: pd.DataFrame, rekening: pd.DataFrame, afspraken: Boekafspraken) -> pd.Series:
    """Return kosten, opbrengsten or balans per booking from its account.

    An account of profit and loss that no pattern knows is a cost, so that its amount is seen and not left out.
    """
    soort = beeld["grootboekrekening"].map(rekening["soort"]).astype("str")
    is_opbrengst = _past(beeld["grootboekrekening"], afspraken.opbrengstrekeningen)
    is_kost = _past(beeld["grootboekrekening"], afspraken.kostenrekeningen)
    found = pd.Series("balans", index=beeld.index, dtype="str")
    found = found.mask(soort.isin(["P", "M"]) | is_kost, "kosten").mask(is_opbrengst, "opbrengsten")
    return found.mask(soort == "B", "balans")


def _past(rekening: pd.Series, patronen: Iterable[str]) -> pd.Series:
    """Return which accounts a pattern such as "4*" knows."""
    known = {each for each in rekening.dropna().unique() if any(fnmatchcase(each, patroon) for patroon in patronen)}
    return rekening.isin(known)

"""The three rungs of invoice backing, and the one word that is said of a booking.

Methods: "Factuurdekking" in docs/methods.md.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

import numpy as np
import pandas as pd

from weekrapport.domain.boekafspraken import Boekafspraken
from weekrapport.domain.factuurkoppeling import is_koppelbaar

TREDEN = ("record", "bedrag", "document")
"""The rungs; the columns are `trede_record` and so on, each gehaald, niet_gehaald or niet_getoetst."""
DEKKINGSTATUSSEN = (
    "gedekt",
    "factuur_onbekend",
    "leverancier_verschilt",
    "bedrag_verschilt",
    "datum_verschilt",
    "document_ontbreekt",
    "in_afwachting",
    "niet_getoetst",
)
"""What is said of a booking that is not backed: the first that applies, unless it is young or nothing was tested."""


def treden(
    dekking: pd.DataFrame,
    links: pd.DataFrame,
    factuur: pd.DataFrame,
    afspraken: Boekafspraken,
    gelijk: pd.Series,
    heeft: AbstractSet[str],
) -> pd.DataFrame:
    """Return per booking what holds: true, false, or unknown when it was not tested.

    Args:
        dekking: the bookings that need an invoice: leverancier_id, boekdatum; its index is `rij` of the links.
        links: their links, of `factuurkoppelingen`.
        factuur: the invoices; its index is `factuur` of the links.
        afspraken: the tolerance in days.
        gelijk: whether the amount ties out, of `is_bedrag_gelijk`.
        heeft: what is delivered.

    Returns:
        record, bedrag, document, leverancier, datum (boolean), row for row with `dekking`. Without a record the amount
        and the document are false.
    """
    found = pd.DataFrame(index=dekking.index)
    if not is_koppelbaar(heeft):
        return found.assign(**{name: _nooit(dekking) for name in (*TREDEN, "leverancier", "datum")})
    pairs = links.merge(dekking[["leverancier_id", "boekdatum"]], left_on="rij", right_index=True)
    invoices = factuur[["leverancier_id", "factuurdatum", "bestand_status"]].add_suffix("_factuur")
    pairs = pairs.merge(invoices, left_on="factuur", right_index=True, how="left")
    known = pairs.groupby("rij")["factuur"].min() >= 0
    found["record"] = known.reindex(dekking.index, fill_value=False).astype("boolean")
    found["bedrag"] = gelijk.mask(~found["record"], False)
    aanwezig = (pairs["bestand_status_factuur"] == "aanwezig").astype("boolean")
    aanwezig = aanwezig.mask(pairs["bestand_status_factuur"].isna())
    found["document"] = _alle(aanwezig, pairs).reindex(dekking.index).mask(~found["record"], False)
    if "factuur.bestand_status" not in heeft:
        found["document"] = _nooit(dekking)
    leverancier = (pairs["leverancier_id"] == pairs["leverancier_id_factuur"]).astype("boolean")
    leverancier = leverancier.mask(pairs["leverancier_id"].isna() | pairs["leverancier_id_factuur"].isna())
    found["leverancier"] = _alle(leverancier, pairs).reindex(dekking.index)
    na = (pairs["factuurdatum_factuur"] - pairs["boekdatum"]).dt.days.astype("Int64")
    found["datum"] = _alle(na <= afspraken.datum_tolerantie_dagen, pairs).reindex(dekking.index)
    return found


def _nooit(dekking: pd.DataFrame) -> pd.Series:
    return pd.Series(pd.NA, index=dekking.index, dtype="boolean")


def _alle(waar: pd.Series, pairs: pd.DataFrame) -> pd.Series:
    """Return per booking: false when it is for one of its invoices, true when it is for all, else unknown."""
    per_rij = waar.astype("boolean").groupby(pairs["rij"])
    onwaar = (~waar.astype("boolean")).fillna(False).groupby(pairs["rij"]).any()
    onbekend = waar.isna().groupby(pairs["rij"]).any()
    return per_rij.any().astype("boolean").mask(onbekend).mask(onwaar, False)


def dekkingstatus(feiten: pd.DataFrame) -> pd.Series:
    """Return the first thing that is wrong, from the most fundamental on."""
    onwaar = {name: (~feiten[name]).fillna(False).to_numpy(dtype=bool) for name in feiten}
    reasons = {
        "niet_getoetst": feiten["record"].isna().to_numpy(),
        "factuur_onbekend": onwaar["record"],
        "leverancier_verschilt": onwaar["leverancier"],
        "bedrag_verschilt": onwaar["bedrag"],
        "datum_verschilt": onwaar["datum"],
        "document_ontbreekt": onwaar["document"],
    }
    chosen = np.select(list(reasons.values()), list(reasons), default="gedekt")
    return pd.Series(chosen, index=feiten.index, dtype="str")

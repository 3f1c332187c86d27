"""Whether an invoice really stands behind every booking that needs one, and which invoices nobody booked.

Three rungs, each tested and shown apart: *record* (the invoice stands in the register), *bedrag* (the amount ties out)
and *document* (the file is there). A rung whose source is not delivered is "niet getoetst", never failed.
Methods: "Factuurdekking" in docs/methods.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

import pandas as pd

from weekrapport.domain.boekafspraken import Boekafspraken
from weekrapport.domain.boekbeeld import in_boekjaar
from weekrapport.domain.factuurbedrag import is_bedrag_gelijk
from weekrapport.domain.factuurkoppeling import factuurkoppelingen, is_koppelbaar
from weekrapport.domain.factuurtreden import TREDEN, dekkingstatus, treden

_EIGEN = ["boeking_id", "regel_id", "regel", "bedrag_cent", "boekdatum", "periode", "leverancier_id", "leverancier"]


def factuurdekking(
    beeld: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    afspraken: Boekafspraken,
    peil: date,
    *,
    heeft: AbstractSet[str],
) -> pd.DataFrame:
    """Return every booking of the financial year that needs an invoice, with what stands behind it.

    Args:
        beeld: the boekbeeld, every kind of booking in it: VAT and creditor lines help to tie amounts.
        tables: factuur and boeking_factuur in the as-of view; may be empty.
        afspraken: the year and the tolerances.
        peil: the as-of day.
        heeft: "table" and "table.column" of everything that is delivered (`factuurkoppeling.geleverd`).

    Returns:
        The bookings of months 1–12 up to the as-of day on a cost line that needs an invoice, amounts of zero left out:
        boeking_id, regel_id, regel, bedrag_cent, boekdatum, periode, leverancier_id, leverancier, factuur_ref,
        factuur_ids (str, joined with " / "), trede_record, trede_bedrag, trede_document, status (one of
        `DEKKINGSTATUSSEN`), is_gedekt (boolean; unknown when nothing could be tested), is_in_afwachting (boolean:
        young and not backed), dagen_oud (Int64).
    """
    rows = beeld.reset_index(drop=True)
    factuur = tables["factuur"].reset_index(drop=True)
    koppelingen = factuurkoppelingen(rows, tables, heeft)
    telt = rows.index.isin(in_boekjaar(rows, afspraken).index) & rows["is_factuurplichtig"].fillna(False).astype(bool)
    telt &= (rows["bedrag_cent"] != 0).fillna(False) & ~(rows["boekdatum"] > pd.Timestamp(peil))
    dekking = rows.loc[telt, [*_EIGEN, "factuur_ref"]]
    links = koppelingen[koppelingen["rij"].isin(dekking.index)]
    dekking["factuur_ids"] = _factuur_ids(links, factuur).reindex(dekking.index)
    gelijk = is_bedrag_gelijk(rows, koppelingen, factuur, afspraken, heeft)
    feiten = treden(dekking, links, factuur, afspraken, gelijk.loc[telt], heeft)
    for trede in TREDEN:
        woord = feiten[trede].map({True: "gehaald", False: "niet_gehaald"}).astype("str")
        dekking[f"trede_{trede}"] = woord.fillna("niet_getoetst")
    dekking["status"] = dekkingstatus(feiten)
    dekking["is_gedekt"] = (dekking["status"] == "gedekt").astype("boolean").mask(feiten["record"].isna())
    dekking["dagen_oud"] = (pd.Timestamp(peil) - dekking["boekdatum"]).dt.days.astype("Int64")
    jong = (dekking["dagen_oud"] < afspraken.in_afwachting_dagen).fillna(False)
    dekking["is_in_afwachting"] = (jong & ~dekking["is_gedekt"].fillna(True)).astype("boolean")
    dekking["status"] = dekking["status"].mask(dekking["is_in_afwachting"], "in_afwachting")
    return dekking.reset_index(drop=True)


def ongedekt(dekking: pd.DataFrame) -> pd.DataFrame:
    """Return the bookings that count as missing an invoice: tested, not backed, and too old to be waiting for it."""
    mist = ~dekking["is_gedekt"].fillna(True) & ~dekking["is_in_afwachting"]
    return dekking[mist.astype(bool)]


@dataclass(frozen=True)
class Dekking:
    """How much of the booked amount has its invoice. Amounts are absolute, so that a credit note takes nothing away."""

    geboekt_cent: int
    gedekt_cent: int
    in_afwachting_cent: int
    """Of bookings that may still wait for their invoice; they count neither as backed nor as missing."""
    aantal: int
    aantal_gedekt: int
    aantal_in_afwachting: int
    aandeel: float | None
    """gedekt / (geboekt - in_afwachting); None when that is nothing, or nothing was tested."""


def dekking_totaal(dekking: pd.DataFrame) -> Dekking:
    """Return the invoice backing of all bookings together.

    Args:
        dekking: as `factuurdekking` gives it, or some of its rows.
    """
    sums = _sommen(dekking).sum()
    noemer = int(sums["noemer_cent"])
    aandeel = int(sums["gedekt_cent"]) / noemer if noemer else None
    names = [name for name in _SOMMEN if name != "noemer_cent"]
    return Dekking(**{name: int(sums[name]) for name in names}, aandeel=aandeel)


def dekking_per_regel(dekking: pd.DataFrame) -> pd.DataFrame:
    """Return the invoice backing of every line, in order of its words; bookings without a line stand per account.

    Returns:
        regel_id, regel (str), geboekt_cent, gedekt_cent, in_afwachting_cent, aantal, aantal_gedekt,
        aantal_in_afwachting (Int64), aandeel (Float64; see `Dekking`).
    """
    keys = ["regel_id", "regel"]
    sums = pd.concat([dekking[keys], _sommen(dekking)], axis=1).groupby(keys, dropna=False).sum().reset_index()
    noemer = sums.pop("noemer_cent")
    sums["aandeel"] = (sums["gedekt_cent"] / noemer.mask(noemer == 0)).astype("Float64")
    return sums.sort_values(["regel", "regel_id"], ignore_index=True)


def dekking_per_trede(dekking: pd.DataFrame) -> pd.DataFrame:
    """Return how much reached each rung, bookings in waiting left out.

    Returns:
        trede (str), aantal, aantal_gehaald, getoetst_cent, gehaald_cent (Int64), aandeel (Float64; unknown for a rung
        that was not tested).
    """
    telt = dekking[~dekking["is_in_afwachting"].astype(bool)]
    rows = []
    for trede in TREDEN:
        getoetst = telt[telt[f"trede_{trede}"] != "niet_getoetst"]
        gehaald = getoetst[getoetst[f"trede_{trede}"] == "gehaald"]
        amounts = [int(part["bedrag_cent"].abs().sum()) for part in (getoetst, gehaald)]
        rows.append((trede, len(getoetst), len(gehaald), *amounts, amounts[1] / amounts[0] if amounts[0] else None))
    names = ["trede", "aantal", "aantal_gehaald", "getoetst_cent", "gehaald_cent", "aandeel"]
    kinds = {name: "Int64" for name in names[1:5]} | {"trede": "str", "aandeel": "Float64"}
    return pd.DataFrame(rows, columns=names).astype(kinds)


def niet_geboekte_facturen(
    beeld: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    afspraken: Boekafspraken,
    peil: date,
    *,
    heeft: AbstractSet[str],
) -> pd.DataFrame:
    """Return the invoices dated in the financial year that no booking of whatever kind points to.

    Returns:
        factuur_id, factuurnummer, leverancier_id, leverancier (str), factuurdatum, bruto_cent, dagen_oud (Int64, since
        it was received, else since its date), is_in_afwachting (boolean: young). Empty when bookings and invoices
        cannot be tied at all: then nothing can be said.
    """
    factuur = tables["factuur"].reset_index(drop=True)
    koppelingen = factuurkoppelingen(beeld, tables, heeft)
    los = (factuur["factuurdatum"].dt.year == afspraken.boekjaar) & ~factuur.index.isin(koppelingen["factuur"])
    los &= ~(factuur["factuurdatum"] > pd.Timestamp(peil)) & is_koppelbaar(heeft)
    names = ["factuur_id", "factuurnummer", "leverancier_id", "factuurdatum", "bruto_cent"]
    found = factuur.loc[los, names].reset_index(drop=True)
    naam = tables["leverancier"].drop_duplicates("leverancier_id").set_index("leverancier_id")["naam"]
    found.insert(3, "leverancier", found["leverancier_id"].map(naam).astype("str").fillna(found["leverancier_id"]))
    sinds = factuur["ontvangen_op"].fillna(factuur["factuurdatum"])[los].reset_index(drop=True)
    found["dagen_oud"] = (pd.Timestamp(peil) - sinds).dt.days.astype("Int64")
    jong = (found["dagen_oud"] < afspraken.in_afwachting_dagen).fillna(False)
    return found.assign(is_in_afwachting=jong.astype("boolean"))


_SOMMEN = (
    "geboekt_cent",
    "gedekt_cent",
    "in_afwachting_cent",
    "aantal",
    "aantal_gedekt",
    "aantal_in_afwachting",
    "noemer_cent",
)


def _sommen(dekking: pd.DataFrame) -> pd.DataFrame:
    """Return per booking what it adds to each sum."""
    bedrag = dekking["bedrag_cent"].abs().astype("Int64")
    gedekt = dekking["is_gedekt"].fillna(False).astype("Int64")
    wacht = dekking["is_in_afwachting"].astype("Int64")
    getoetst = dekking["is_gedekt"].notna().astype("Int64")
    values = (bedrag, bedrag * gedekt, bedrag * wacht, getoetst * 0 + 1, gedekt, wacht, bedrag * getoetst * (1 - wacht))
    return pd.DataFrame(dict(zip(_SOMMEN, values, strict=True)), index=dekking.index)


def _factuur_ids(links: pd.DataFrame, factuur: pd.DataFrame) -> pd.Series:
    """Return the ids of the invoices of every booking, in order, joined with " / "."""
    known = links[links["factuur"] >= 0]
    ids = factuur["factuur_id"].loc[known["factuur"]].fillna("").set_axis(known["rij"])
    return ids.groupby(level=0).agg(_opsomming).astype("str")


def _opsomming(ids: pd.Series) -> str:
    return " / ".join(sorted(set(ids)))

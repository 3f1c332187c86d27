"""Which booking belongs to which invoice, as far as the delivered tables say so.

Methods: "Factuurdekking" in docs/methods.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

import numpy as np
import pandas as pd

COLUMNS = ["rij", "factuur", "via", "toegerekend_cent"]


def geleverd(kolommen: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """Return "table" and "table.column" for everything that a source delivers.

    Args:
        kolommen: table name to its delivered columns, as a snapshot keeps them.
    """
    return frozenset(kolommen) | {f"{table}.{column}" for table, columns in kolommen.items() for column in columns}


def is_koppelbaar(heeft: AbstractSet[str]) -> bool:
    """Return whether invoices are delivered together with something that ties bookings to them."""
    posten = {"boeking.journaalpost_id", "factuur.journaalpost_id"} <= heeft
    return "factuur" in heeft and (posten or bool({"boeking_factuur", "boeking.factuur_ref"} & heeft))


def factuurkoppelingen(
    beeld: pd.DataFrame, tables: Mapping[str, pd.DataFrame], heeft: AbstractSet[str]
) -> pd.DataFrame:
    """Return every link between a booking and an invoice; of each booking by the first way that gives one.

    1. an allocation in `boeking_factuur`; 2. `factuur_ref`, being the supplier's number or the id of the invoice; 3. an
    invoice of the same ledger entry; 4. the one invoice that the other lines of the ledger entry name.

    Args:
        beeld: the boekbeeld, every kind of booking in it.
        tables: factuur and boeking_factuur.
        heeft: what is delivered (`geleverd`).

    Returns:
        rij (place of the booking in `beeld`), factuur (place of the invoice in `tables["factuur"]`; -1 where an
        allocation names one that is not there), via (toerekening, nummer, journaalpost), toegerekend_cent (Int64; only
        of an allocation).
    """
    if not is_koppelbaar(heeft):
        return _links(np.array([], dtype=int), np.array([], dtype=int), "nummer")
    factuur = tables["factuur"]
    rows = beeld.reset_index(drop=True)
    found: list[pd.DataFrame] = []
    if "boeking_factuur" in heeft:
        found.append(_via_toerekening(rows, factuur, tables["boeking_factuur"]))
    if "boeking.factuur_ref" in heeft:
        found.append(_via_nummer(_zonder(rows, found), factuur))
    if {"boeking.journaalpost_id", "factuur.journaalpost_id"} <= heeft:
        found.append(_via_journaalpost(_zonder(rows, found), factuur))
    if {"boeking.journaalpost_id", "boeking.factuur_ref"} <= heeft:
        found.append(_via_medeboeking(rows, _zonder(rows, found), pd.concat(found, ignore_index=True)))
    return pd.concat(found, ignore_index=True).sort_values(["rij", "factuur"], kind="stable", ignore_index=True)


def _zonder(rows: pd.DataFrame, found: list[pd.DataFrame]) -> pd.DataFrame:
    """Return the bookings that no way has linked yet."""
    linked = np.concatenate([links["rij"].to_numpy() for links in found]) if found else []
    return rows[~rows.index.isin(linked)]


def _links(rij: np.ndarray, factuur: np.ndarray, via: str) -> pd.DataFrame:
    links = pd.DataFrame({"rij": rij.astype("int64"), "factuur": factuur.astype("int64")})
    links["via"] = pd.Series(via, index=links.index, dtype="str")
    links["toegerekend_cent"] = pd.Series(pd.NA, index=links.index, dtype="Int64")
    return links.drop_duplicates(["rij", "factuur"])[COLUMNS]


def _plaats(factuur: pd.DataFrame, *keys: str) -> pd.DataFrame:
    """Return the keys of the invoices that have them all, with the place of the invoice."""
    known = factuur[[*keys]].assign(factuur=np.arange(len(factuur)))
    return known.dropna(subset=[*keys])


def _via_toerekening(rows: pd.DataFrame, factuur: pd.DataFrame, toerekening: pd.DataFrame) -> pd.DataFrame:
    bekend = _plaats(factuur, "factuur_id").drop_duplicates("factuur_id")
    pairs = rows[["boeking_id"]].assign(rij=rows.index).merge(toerekening, on="boeking_id")
    pairs = pairs.merge(bekend, on="factuur_id", how="left")
    pairs["factuur"] = pairs["factuur"].fillna(-1).astype("int64")
    return pairs.assign(via=pd.Series("toerekening", index=pairs.index, dtype="str"))[COLUMNS]


def _via_nummer(rows: pd.DataFrame, factuur: pd.DataFrame) -> pd.DataFrame:
    """Link by the supplier's number, then by the id; where a supplier is unknown a number must be the only one.

    Then revenue is left alone: what it names is an invoice of our own, with a number that may look the same.
    """
    named = rows[rows["factuur_ref"].notna()]
    left = named[["factuur_ref", "leverancier_id", "soort"]].assign(rij=named.index)
    numbers = _plaats(factuur, "factuurnummer").rename(columns={"factuurnummer": "factuur_ref"})
    numbers["van"] = factuur["leverancier_id"].to_numpy()[numbers["factuur"]]
    pairs = left.merge(numbers, on="factuur_ref")
    same = pairs[pairs["leverancier_id"] == pairs["van"]]
    ids = _plaats(factuur, "factuur_id").rename(columns={"factuur_id": "factuur_ref"})
    by_id = left.merge(ids, on="factuur_ref")
    vague = pairs[(pairs["leverancier_id"].isna() | pairs["van"].isna()) & (pairs["soort"] != "opbrengsten")]
    vague = vague[~vague["rij"].duplicated(keep=False)]
    chosen, taken = [], np.array([], dtype="int64")
    for way in (same, by_id, vague):
        chosen.append(way.loc[~way["rij"].isin(taken), ["rij", "factuur"]])
        taken = np.concatenate([taken, chosen[-1]["rij"].to_numpy()])
    found = pd.concat(chosen, ignore_index=True)
    return _links(found["rij"].to_numpy(), found["factuur"].to_numpy(), "nummer")


def _via_journaalpost(rows: pd.DataFrame, factuur: pd.DataFrame) -> pd.DataFrame:
    posten = rows[["journaalpost_id"]].assign(rij=rows.index).dropna(subset=["journaalpost_id"])
    pairs = posten.merge(_plaats(factuur, "journaalpost_id"), on="journaalpost_id")
    return _links(pairs["rij"].to_numpy(), pairs["factuur"].to_numpy(), "journaalpost")


def _via_medeboeking(rows: pd.DataFrame, left: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """Link a booking that names nothing to the one invoice that the other lines of its ledger entry name."""
    named = links[links["via"] == "nummer"]
    posten = rows["journaalpost_id"].to_numpy()[named["rij"]]
    pairs = pd.DataFrame({"journaalpost_id": pd.Series(posten, dtype="str"), "factuur": named["factuur"].to_numpy()})
    pairs = pairs.dropna().drop_duplicates().drop_duplicates("journaalpost_id", keep=False)
    silent = left[left["factuur_ref"].isna()]
    found = silent[["journaalpost_id"]].assign(rij=silent.index).merge(pairs, on="journaalpost_id")
    return _links(found["rij"].to_numpy(), found["factuur"].to_numpy(), "journaalpost")

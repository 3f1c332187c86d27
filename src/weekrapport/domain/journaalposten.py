"""Ledger entries of which debit and credit differ ("Boekbeeld" in docs/methods.md)."""

from __future__ import annotations

import pandas as pd


def niet_sluitende_journaalposten(boeking: pd.DataFrame, peil: pd.Timestamp) -> pd.DataFrame:
    """Return the entries that do not balance, largest difference first.

    Args:
        boeking: the typed table as it was delivered: lines of one entry may have different dates, and an entry that is
            cut at the as-of moment only looks as if it does not balance.
        peil: the as-of day; entries of which every line is later are left out.

    Returns:
        journaalpost_id (str), aantal (Int64, lines), boekdatum (the first), saldo_cent (Int64, debit − credit).
    """
    groups = boeking.dropna(subset=["journaalpost_id"]).groupby("journaalpost_id", sort=True)
    found = groups.agg(
        aantal=("bedrag_cent", "size"), boekdatum=("boekdatum", "min"), saldo_cent=("bedrag_cent", "sum")
    )
    found = found[(found["saldo_cent"] != 0) & ~(found["boekdatum"] > peil)].reset_index()
    order = found["saldo_cent"].abs().sort_values(ascending=False, kind="stable").index
    return found.loc[order].astype({"aantal": "Int64", "saldo_cent": "Int64"}).reset_index(drop=True)

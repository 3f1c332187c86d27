"""Whether the amount of a booking ties out with its invoices ("Factuurdekking" in docs/methods.md)."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

import numpy as np
import pandas as pd

from weekrapport.domain.boekafspraken import Boekafspraken


def is_bedrag_gelijk(
    beeld: pd.DataFrame,
    koppelingen: pd.DataFrame,
    factuur: pd.DataFrame,
    afspraken: Boekafspraken,
    heeft: AbstractSet[str],
) -> pd.Series:
    """Return per booking whether its amount is that of its invoices; unknown without a link, or when nothing can tell.

    With allocations: what is allocated to the booking is its amount, and no invoice is allocated for more than its own
    amount with VAT; when that is not known, neither is the answer. Without them everything that hangs together is added
    up: the costs are the invoices without VAT, or the costs and the VAT are the invoices with VAT. The tolerance holds
    per link.

    Args:
        beeld: the boekbeeld, every kind of booking in it.
        koppelingen: as `factuurkoppelingen` gives them for `beeld`.
        factuur: the invoices.
        afspraken: the tolerance.
        heeft: what is delivered.
    """
    rows = beeld.reset_index(drop=True)
    found = pd.Series(pd.NA, index=rows.index, dtype="boolean")
    known = koppelingen[koppelingen["factuur"] >= 0]
    toegerekend = koppelingen["via"] == "toerekening"
    if toegerekend.any():
        links = koppelingen[toegerekend]
        found = found.fillna(_past_toerekening(rows, links, factuur, afspraken.bedrag_tolerantie_cent))
    samen = known[known["via"] != "toerekening"]
    if len(samen):
        found = found.fillna(_past_samen(rows, samen, factuur, afspraken.bedrag_tolerantie_cent, heeft))
    return found.set_axis(beeld.index)


def _past_toerekening(rows: pd.DataFrame, links: pd.DataFrame, factuur: pd.DataFrame, tolerantie: int) -> pd.Series:
    per_rij = links.groupby("rij")["toegerekend_cent"].agg(["sum", "size"])
    verschil = (per_rij["sum"] - rows["bedrag_cent"].loc[per_rij.index]).abs()
    past = (verschil <= tolerantie * per_rij["size"]).fillna(False)
    known = links[links["factuur"] >= 0]
    per_factuur = known.groupby("factuur")["toegerekend_cent"].agg(["sum", "size"])
    bruto = factuur["bruto_cent"].reset_index(drop=True).loc[per_factuur.index]
    te_veel = per_factuur["sum"].abs() > bruto.abs() + tolerantie * per_factuur["size"]
    te_veel |= per_factuur["sum"] * bruto < 0
    overvraagd, onbekend = te_veel.index[te_veel.fillna(False)], bruto.index[bruto.isna()]
    past &= ~past.index.isin(known.loc[known["factuur"].isin(overvraagd), "rij"])
    # Of an invoice without an amount nobody can say whether it covers what is allocated to it.
    zonder_bedrag = past.index.isin(known.loc[known["factuur"].isin(onbekend), "rij"])
    return past.astype("boolean").mask(past & zonder_bedrag)


def _past_samen(
    rows: pd.DataFrame, links: pd.DataFrame, factuur: pd.DataFrame, tolerantie: int, heeft: AbstractSet[str]
) -> pd.Series:
    """Return per linked booking whether all that hangs together with it ties out."""
    links = links.assign(groep=_groepen(links))
    groep = links.drop_duplicates("rij").set_index("rij")["groep"]
    lines = rows.loc[groep.index, ["soort", "bedrag_cent", "btw_cent", "journaalpost_id"]].assign(groep=groep)
    kosten = lines[lines["soort"] != "balans"]
    sums = _factuurbedragen(links, factuur)
    sums["kosten"] = kosten.groupby("groep")["bedrag_cent"].sum()
    sums["btw"] = kosten.groupby("groep")["btw_cent"].sum(min_count=1)
    if "boeking.journaalpost_id" in heeft:
        sums["btw"] = sums["btw"].fillna(_btw_regels(rows, lines, sums["bruto_cent"]))
    ruimte = tolerantie * links[links["rij"].isin(kosten.index)].groupby("groep").size().reindex(sums.index)
    zonder = ((sums["kosten"] - sums["netto_cent"]).abs() <= ruimte).astype("boolean")
    met = ((sums["kosten"] + sums["btw"].fillna(0) - sums["bruto_cent"]).abs() <= ruimte).astype("boolean")
    met = met.mask(sums["btw"].isna() & sums["netto_cent"].isna() & ~met)  # with the VAT unknown it proves nothing
    return groep.map(zonder.fillna(False) | met).astype("boolean")


def _factuurbedragen(links: pd.DataFrame, factuur: pd.DataFrame) -> pd.DataFrame:
    """Return per group the sum of its invoices, without and with VAT; unknown when one of them is."""
    invoices = links.drop_duplicates("factuur")
    amounts = factuur[["netto_cent", "btw_cent", "bruto_cent"]].reset_index(drop=True).loc[invoices["factuur"]]
    amounts["netto_cent"] = amounts["netto_cent"].fillna(amounts["bruto_cent"] - amounts["btw_cent"])
    groep = invoices["groep"].to_numpy()
    amounts = amounts[["netto_cent", "bruto_cent"]]
    return amounts.groupby(groep).sum().mask(amounts.isna().groupby(groep).any())


def _btw_regels(rows: pd.DataFrame, lines: pd.DataFrame, bruto: pd.Series) -> pd.Series:
    """Return per group the balance lines of its ledger entries that lie on the side of the invoice: VAT and the like.

    The other side is the creditor or the bank. Only entries that hold costs of the group count, because an entry that
    pays the invoice names it too. Unknown when such an entry has a line on that side that belongs to no group.
    """
    posten = lines[lines["soort"] != "balans"][["journaalpost_id", "groep"]].dropna().drop_duplicates()
    balans = rows.loc[rows["soort"] == "balans", ["journaalpost_id", "bedrag_cent"]]
    balans = balans.assign(eigen=lines["groep"].reindex(balans.index)).merge(posten, on="journaalpost_id")
    balans = balans[np.sign(balans["bedrag_cent"]) == np.sign(balans["groep"].map(bruto))]
    per_groep = balans[balans["eigen"] == balans["groep"]].groupby("groep")["bedrag_cent"].sum()
    found = per_groep.reindex(posten["groep"].unique(), fill_value=0)
    los = balans.loc[balans["eigen"].isna(), "groep"]
    return found.mask(found.index.isin(los)).reindex(bruto.index)


def _groepen(links: pd.DataFrame) -> np.ndarray:
    """Return for every link the number of the group of bookings and invoices that hang together."""
    label = links["factuur"].to_numpy().copy()
    rij, factuur = links["rij"].to_numpy(), links["factuur"].to_numpy()
    while True:
        per_rij = pd.Series(label).groupby(rij).transform("min").to_numpy()
        spread = pd.Series(per_rij).groupby(factuur).transform("min").to_numpy()
        if np.array_equal(spread, label):
            return label
        label = spread

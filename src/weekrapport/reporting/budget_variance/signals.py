"""The signals of the budget report: lines over the limit, a forecast over it, no room left, too few invoices."""

from __future__ import annotations

from typing import Any

import pandas as pd

from weekrapport.domain.factuurdekking import dekking_per_regel, dekking_totaal
from weekrapport.settings import Gate

BAGATEL_CENT = 10_000
"""A shortage of room below this amount is not worth a line."""


def signalen(regels: pd.DataFrame | None, dekking: pd.DataFrame | None, bounds: Gate) -> list[dict[str, Any]]:
    """Return R4-S01 to R4-S04, in that order.

    Args:
        regels: the begrotingsbeeld, or None without a budget.
        dekking: the factuurdekking, or None when it was not tested.
        bounds: which share of the amount must have its invoice.
    """
    found: list[dict[str, Any]] = []
    if regels is not None:
        found += [_regel_signaal("R4-S01", row, "afwijking_cent") for row in afwijkende_regels(regels)]
        over = regels["heeft_prognose_afwijking"].fillna(False) & (regels["soort"] == "kosten")
        over &= (regels["prognose_afwijking_cent"] > 0).fillna(False)
        found += [_regel_signaal("R4-S02", row, "prognose_afwijking_cent") for row in _records(regels[over])]
        found += [_regel_signaal("R4-S03", row, "ruimte_cent") for row in _records(regels_zonder_ruimte(regels))]
    if dekking is not None:
        found += _dekking_signalen(dekking, bounds)
    return found


def afwijkende_regels(regels: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the lines over the limit, the largest difference first."""
    rows = regels[regels["heeft_afwijking"].fillna(False).astype(bool)]
    order = rows["afwijking_cent"].abs().sort_values(ascending=False, kind="stable").index
    return _records(rows.loc[order])


def regels_zonder_ruimte(regels: pd.DataFrame) -> pd.DataFrame:
    """Return the cost lines on which more is booked and promised than budgeted for the year, largest first."""
    short = (regels["soort"] == "kosten") & (regels["ruimte_cent"] <= -BAGATEL_CENT).fillna(False)
    return regels[short.astype(bool)].sort_values("ruimte_cent", kind="stable")


def _regel_signaal(signaal: str, row: dict[str, Any], amount: str) -> dict[str, Any]:
    return {
        "id": signaal,
        "severity": "blauw" if row["is_gunstig"] is True and signaal == "R4-S01" else "oranje",
        "where": str(row["regel"]),
        "values": {"regel": str(row["regel_id"]), amount: int(row[amount])},
    }


def _dekking_signalen(dekking: pd.DataFrame, bounds: Gate) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    totaal = dekking_totaal(dekking).aandeel
    if totaal is not None and totaal < bounds.dekking_totaal:
        values = {"aandeel": totaal, "norm": bounds.dekking_totaal}
        found.append({"id": "R4-S04", "severity": "rood", "where": "alle regels", "values": values})
    lines = dekking_per_regel(dekking)
    for row in _records(lines[(lines["aandeel"] < bounds.dekking_regel).fillna(False).astype(bool)]):
        line: dict[str, Any] = {"aandeel": float(row["aandeel"]), "norm": bounds.dekking_regel}
        if not pd.isna(row["regel_id"]):
            line = {"regel": str(row["regel_id"]), **line}
        found.append({"id": "R4-S04", "severity": "rood", "where": str(row["regel"]), "values": line})
    return found


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]

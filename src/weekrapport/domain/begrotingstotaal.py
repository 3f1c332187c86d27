"""Sums of budget lines, and the shares that follow from amounts ("Begroting" in docs/methods.md)."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

SOMMEN = (
    "begroot_jaar_cent", "primair_cent", "wijziging_cent", "begroot_cent", "realisatie_cent", "afwijking_cent",
    "verplicht_cent", "prognose_plan_cent", "prognose_tempo_cent", "prognose_vast_cent", "prognose_cent",
    "prognose_laag_cent", "prognose_hoog_cent", "prognose_afwijking_cent", "ruimte_cent",
)  # fmt: skip
"""Columns in cents of which a total is the sum of its lines."""
NIET_BEGROOT = "Niet begroot"
"""Line and kostensoort of what is booked without a budget line."""


def opgeteld(beeld: pd.DataFrame, namen: Mapping[str, str]) -> pd.DataFrame:
    """Return one row that is the sum of all rows; an amount that one of them does not know is unknown.

    Args:
        beeld: rows of one kind (kosten or opbrengsten) of the begrotingsbeeld.
        namen: texts of the row, such as {"regel": "Totaal"}.
    """
    sums = {name: [beeld[name].sum(skipna=False) if len(beeld) else 0] for name in SOMMEN}
    soort = beeld["soort"].iloc[0] if len(beeld) else "kosten"
    return met_aandelen(pd.DataFrame(sums, dtype="Int64").assign(soort=soort, **namen))


def per_kostensoort(beeld: pd.DataFrame) -> pd.DataFrame:
    """Return one row per kostensoort of rows of one kind: the largest budget first, what was not budgeted last."""
    groups = [opgeteld(rows, {"kostensoort": str(name)}) for name, rows in beeld.groupby("kostensoort", sort=True)]
    if not groups:
        return opgeteld(beeld, {"kostensoort": ""}).iloc[:0]
    found = pd.concat(groups, ignore_index=True)
    order = pd.DataFrame({"last": found["kostensoort"] == NIET_BEGROOT, "size": -found["begroot_jaar_cent"].abs()})
    return found.loc[order.sort_values(["last", "size"], kind="stable").index].reset_index(drop=True)


def met_aandelen(beeld: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with the shares that follow from their amounts; a share of a budget of zero is unknown.

    Returns:
        All columns, and afwijking_aandeel, uitputting_aandeel, bezetting_aandeel (Float64), is_gunstig (boolean;
        unknown when there is no difference).
    """
    year = beeld["begroot_jaar_cent"].abs()
    verschil = beeld["afwijking_cent"]
    gunstig = (verschil < 0).where(beeld["soort"] != "opbrengsten", verschil > 0).astype("boolean")
    return beeld.assign(
        afwijking_aandeel=_aandeel(verschil, beeld["begroot_cent"].abs()),
        uitputting_aandeel=_aandeel(beeld["realisatie_cent"], year),
        bezetting_aandeel=_aandeel(beeld["realisatie_cent"] + beeld["verplicht_cent"], year),
        is_gunstig=gunstig.mask((verschil == 0).fillna(True)),
    )


def _aandeel(teller: pd.Series, noemer: pd.Series) -> pd.Series:
    known = noemer.mask((noemer == 0).fillna(True))
    return teller.astype("Float64") / known.astype("Float64")

"""Green, amber or red: the chance of a missed date, and what the chance does not know ("Risico" in docs/methods.md)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from weekrapport.domain.zaakstap import zaakstappen

GROEN, ORANJE, ROOD = "groen", "oranje", "rood"
KLASSEN = (GROEN, ORANJE, ROOD)
KANS_ORANJE, KANS_ROOD = 0.30, 0.60
"""A chance from which a case is oranje or rood."""
WEINIG_WERKDAGEN = 2
"""With at most so many working days left a case that has hardly begun is at least oranje."""
HOOGSTE_BELANG, GEWOON_BELANG = 5, 2
"""A case of the highest importance is one class up; one of which it is not known has the usual one."""
AANTAL_GENOEMD = 10
"""Cases on the list of those that ask for attention first."""

WACHT_WOORDEN = ("wacht op klant", "wacht op aanvrager", "bij klant", "bij aanvrager")
"""Words in the description of a status that mean that the customer is to move."""
REDENEN = ("restdagen", "wacht op klant", "geen behandelaar", "vroege status", "planning verschoven")
"""Why a case may fail, in the order in which they are printed."""


def risicoklasse(kans: pd.Series, restwerkdagen: pd.Series, is_vroeg: pd.Series, belang: pd.Series) -> pd.Series:
    """Return the class of every case (str); unknown where the chance is.

    Args:
        kans: chance of a missed date (Float64).
        restwerkdagen: working days left (Int64).
        is_vroeg: whether the status is in the first half of its ladder (boolean; unknown is not).
        belang: importance, 1 to 5 (Int64).
    """
    chance = kans.to_numpy(dtype="float64", na_value=np.nan)
    level = np.where(chance >= KANS_ROOD, 2, np.where(chance >= KANS_ORANJE, 1, 0))
    late = (restwerkdagen <= WEINIG_WERKDAGEN) & is_vroeg
    level = np.maximum(level, late.fillna(False).to_numpy(dtype=bool).astype(int))
    level = np.minimum(level + (belang >= HOOGSTE_BELANG).fillna(False).to_numpy(dtype=bool), 2)
    names = pd.Series(np.array(KLASSEN, dtype=object)[level], index=kans.index, dtype="str")
    return names.where(~np.isnan(chance))


def vroege_status(zaken: pd.DataFrame, zaak_status: pd.DataFrame, zaaktype_status: pd.DataFrame) -> pd.Series:
    """Return whether the latest status of every case is at most half way up the ladder of its case type.

    Args:
        zaken: zaak_id, zaaktype_id of the cases.
        zaak_status: zaak_id, statustype_id, gezet_op, in the as-of view.
        zaaktype_status: zaaktype_id, statustype_id, volgnummer.

    Returns:
        boolean, indexed as `zaken`; unknown without a status or without its place on a ladder.
    """
    rows = zaak_status[zaak_status["zaak_id"].isin(zaken["zaak_id"])].dropna(subset=["gezet_op"])
    steps = zaakstappen(rows, zaaktype_status, zaken)
    half = (steps["volgnummer"] * 2 <= steps["hoogste_volgnummer"]).astype("boolean").where(steps["volgnummer"].notna())
    rows = rows.assign(volgnummer=steps["volgnummer"], is_vroeg=half)
    rows = rows.sort_values(["gezet_op", "volgnummer"], na_position="first", kind="stable")
    latest = rows.drop_duplicates("zaak_id", keep="last").set_index("zaak_id")["is_vroeg"]
    return pd.Series(latest.reindex(zaken["zaak_id"]).to_numpy(), index=zaken.index, dtype="boolean")


def later_gepland(rows: pd.DataFrame, vorige: pd.DataFrame | None) -> pd.Series:
    """Return whether the promised day of every case is later than in the delivery of an earlier week.

    Args:
        rows: zaak_id, einddatum_gepland.
        vorige: the same columns as the earlier delivery had them; None when there is none.

    Returns:
        boolean, indexed as `rows`; unknown without an earlier delivery and for a case without a promised day in either.
    """
    if vorige is None:
        return pd.Series(pd.NA, index=rows.index, dtype="boolean")
    before = vorige.drop_duplicates("zaak_id").set_index("zaak_id")["einddatum_gepland"]
    earlier = pd.Series(before.reindex(rows["zaak_id"]).to_numpy(), index=rows.index)
    moved = (rows["einddatum_gepland"] > earlier).astype("boolean")
    return moved.where(rows["einddatum_gepland"].notna() & earlier.notna())


def wacht_op_klant(status: pd.Series) -> pd.Series:
    """Return whether the description of a status says that the customer is to move (boolean; unknown without one)."""
    said = status.astype("str").str.casefold()
    found = [said.str.contains(words, regex=False) for words in WACHT_WOORDEN]
    return pd.concat(found, axis=1).any(axis=1).astype("boolean").where(status.notna())


def reden_label(rows: pd.DataFrame, redenen: Sequence[pd.Series]) -> pd.Series:
    """Return the reasons that hold for every case, joined by a comma (str; unknown without one).

    Args:
        rows: the cases; only their index counts.
        redenen: per reason of `REDENEN` whether it holds (boolean; unknown is not).
    """
    text = pd.Series("", index=rows.index, dtype="str")
    for name, holds in zip(REDENEN, redenen, strict=True):
        here = holds.fillna(False).astype(bool)
        text = text.where(~here, text + np.where(text == "", "", ", ") + name)
    return text.mask(text == "")


def belangrijkste(rows: pd.DataFrame, aantal: int = AANTAL_GENOEMD) -> pd.DataFrame:
    """Return the oranje and rode cases with the highest chance × importance, the highest first.

    Args:
        rows: kans, klasse, belang, leidende_datum, zaak_id.
        aantal: at most so many.
    """
    asked = rows[rows["klasse"].isin([ORANJE, ROOD])]
    weight = asked["kans"] * asked["belang"].fillna(GEWOON_BELANG)
    order = asked.assign(_gewicht=weight).sort_values(
        ["_gewicht", "leidende_datum", "zaak_id"], ascending=[False, True, True], kind="stable"
    )
    return order.drop(columns="_gewicht").head(aantal)

"""The lines of the budget gathered into as many rows as a page can show."""

from __future__ import annotations

import pandas as pd

from weekrapport.domain.begrotingsbeeld import GEEN_KOSTENSOORT, NIET_BEGROTE_REGELS
from weekrapport.domain.begrotingstotaal import NIET_BEGROOT, opgeteld
from weekrapport.domain.factuurdekking import dekking_totaal
from weekrapport.reporting.budget_variance.view import Begrotingsrapport
from weekrapport.reporting.numbers import MIN_NOEMER, getal, procent

MAX_GROEPEN = 12


def groepen(view: Begrotingsrapport, soort: str) -> pd.DataFrame:
    """Return one row per kostensoort, or per line where they do not differ, and a last row that adds them up.

    The rows beyond `MAX_GROEPEN` are gathered into one; what is not budgeted always has its own.

    Args:
        view: with a budget.
        soort: "kosten" or "opbrengsten".

    Returns:
        naam (str), the amounts and shares of the begrotingsbeeld, and facturen (str: the invoice backing).
    """
    rows = view.kosten if soort == "kosten" else view.opbrengsten
    names = _namen(rows)
    rows = rows.assign(naam=names)
    found = [_groep(view, part, str(name)) for name, part in rows.groupby("naam", sort=True)]
    last = [NIET_BEGROOT]
    frame = pd.concat(found, ignore_index=True)
    order = pd.DataFrame({"last": frame["naam"].isin(last) * 2 + frame["naam"].str.startswith("Overige (")})
    order["size"] = -frame["begroot_jaar_cent"].abs()
    frame = frame.loc[order.sort_values(["last", "size"], kind="stable").index].reset_index(drop=True)
    if len(frame) == 1:
        return frame
    return pd.concat([frame, _groep(view, rows, "Totaal")], ignore_index=True)


def kop(rows: pd.DataFrame) -> str:
    """Return what a row of `groepen` is: a kostensoort, a kind of revenue, or a line."""
    if not _is_per_soort(rows):
        return "Regel"
    return "Kostensoort" if (rows["soort"] == "kosten").all() else "Soort"


def _is_per_soort(rows: pd.DataFrame) -> bool:
    return len(set(rows["kostensoort"]) - {GEEN_KOSTENSOORT, NIET_BEGROOT}) > 1


def _groep(view: Begrotingsrapport, rows: pd.DataFrame, name: str) -> pd.DataFrame:
    return opgeteld(rows, {"naam": name}).assign(facturen=_dekking(view, rows))


def _namen(rows: pd.DataFrame) -> pd.Series:
    """Return for every line the row in which it is shown."""
    names = rows["kostensoort"] if _is_per_soort(rows) else rows["regel"]
    own = names[names != NIET_BEGROOT]
    sizes = rows["begroot_jaar_cent"].abs().groupby(own).sum().sort_values(ascending=False, kind="stable")
    if len(sizes) <= MAX_GROEPEN:
        return names
    rest = sizes.index[MAX_GROEPEN - 1 :]
    return names.mask(names.isin(rest), f"Overige ({getal(len(rest))})")


def _dekking(view: Begrotingsrapport, rows: pd.DataFrame) -> str | None:
    """Return the invoice backing of some lines: a percentage from ten bookings on, below that "x van y"."""
    if view.dekking is None:
        return None
    key = view.dekking["regel_id"].fillna(NIET_BEGROTE_REGELS["kosten"])
    found = dekking_totaal(view.dekking[key.isin(rows["regel_id"])])
    tested = found.aantal - found.aantal_in_afwachting
    if not tested:
        return None
    return procent(found.aandeel) if tested >= MIN_NOEMER else f"{getal(found.aantal_gedekt)} van {getal(tested)}"

"""The stock account: how the number of open cases of last Sunday became that of this one, per team and kind.

begin + instroom + heropend − afgerond + correcties = eind holds for every row and every sum of rows, because the
account is made per case and `correcties` is what is left of a case; every case that leaves something is listed with its
cause.
Methods: "K03 Werkvoorraad" in docs/methods.md.
"""

from __future__ import annotations

import pandas as pd

from weekrapport.domain.kpis import instroomdatum
from weekrapport.domain.toets import lokale_dagen
from weekrapport.week import Week

POSTEN = ("begin", "instroom", "heropend", "afgerond", "correcties", "eind")
"""The columns of the account, in the order in which they are read."""

ZONDER_START = "startdatum ontbreekt"
LAAT_GEREGISTREERD = "laat geregistreerd"
EIND_VOOR_START = "einddatum vóór startdatum"
OPNIEUW_GESLOTEN = "in dezelfde week gesloten en heropend"
EINDDATUM_BLEEF = "heropend, maar de einddatum bleef staan"
OORZAKEN = (ZONDER_START, EIND_VOOR_START, LAAT_GEREGISTREERD, OPNIEUW_GESLOTEN, EINDDATUM_BLEEF)
"""Why a case leaves a correction; the first that fits. There is no other cause."""


def voorraadrekening(beeld: pd.DataFrame, week: Week, heropend: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the stock account of the week per team and kind of work (K03).

    A sum over any rows is the account of those rows together: `rekening_per` gives it per team, per kind and in total.

    Args:
        beeld: the zaakbeeld of the as-of moment.
        week: the report week.
        heropend: `heropend.heropend` of the week; None when the history of statuses is not delivered. Then the column
            is unknown and nothing is added for it: begin + instroom − afgerond + correcties = eind.

    Returns:
        team, soort (str), begin (open at the end of the Sunday before, K03), instroom (K02), heropend, afgerond (K01),
        correcties (may be negative), eind (K03) (Int64); one row per team and kind of which a number is not zero, in
        alphabetical order. A case that was closed on that Sunday and opened again in the week is not in `begin`.
    """
    rows = _posten_per_zaak(beeld, week, heropend)
    account = rows.groupby(["team", "soort"], sort=True)[list(POSTEN)].sum().astype("Int64").reset_index()
    account = account[account[list(POSTEN)].ne(0).any(axis=1)].reset_index(drop=True)
    if heropend is None:
        account["heropend"] = pd.array([pd.NA] * len(account), dtype="Int64")
    return account


def rekening_per(rekening: pd.DataFrame, *kolommen: str) -> pd.DataFrame:
    """Return the account added up per team, per kind or, without columns, as a whole (one row).

    Args:
        rekening: result of `voorraadrekening`.
        kolommen: "team" or "soort".

    Returns:
        Those columns and `POSTEN` (Int64); `heropend` stays unknown where it was.
    """
    posten = list(POSTEN)
    if kolommen:
        return rekening.groupby(list(kolommen), sort=True)[posten].sum(min_count=1).astype("Int64").reset_index()
    known = len(rekening) == 0 or bool(rekening["heropend"].notna().any())
    sums = {name: [int(rekening[name].sum()) if known or name != "heropend" else pd.NA] for name in posten}
    return pd.DataFrame({name: pd.array(values, dtype="Int64") for name, values in sums.items()})


def correcties(beeld: pd.DataFrame, week: Week, heropend: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return every case that makes a correction in the account, with its cause; the effects add up to `correcties`.

    Args:
        beeld: as for `voorraadrekening`.
        week: as for `voorraadrekening`.
        heropend: as for `voorraadrekening`.

    Returns:
        zaak_id, team, soort (str), startdatum, registratiedatum, einddatum (datetime64[s]), oorzaak (str, one of
        `OORZAKEN`), effect (Int64, what the case adds to `correcties`), in order of cause and number.
    """
    rows = _posten_per_zaak(beeld, week, heropend)
    rows = rows[rows["correcties"] != 0]
    start, closed = rows["startdatum"], rows["_gesloten"]
    conditions = [
        start.isna(),
        (rows["einddatum"] < start) | (closed < start),
        instroomdatum(rows) != start,
        closed >= pd.Timestamp(week.monday),
    ]
    causes = [ZONDER_START, EIND_VOOR_START, LAAT_GEREGISTREERD, OPNIEUW_GESLOTEN]
    found = rows.assign(oorzaak=pd.Series(EINDDATUM_BLEEF, index=rows.index, dtype="str"))
    for condition, cause in reversed(list(zip(conditions, causes, strict=True))):
        found["oorzaak"] = found["oorzaak"].mask(condition.to_numpy(dtype=bool), cause)
    found = found.assign(effect=found["correcties"].astype("Int64")).sort_values(["oorzaak", "zaak_id"], kind="stable")
    names = ["zaak_id", "team", "soort", "startdatum", "registratiedatum", "einddatum", "oorzaak", "effect"]
    return found[names].reset_index(drop=True)


def _posten_per_zaak(beeld: pd.DataFrame, week: Week, heropend: pd.DataFrame | None) -> pd.DataFrame:
    """Return the cases that count with their 0 or 1 in every column of the account (int64)."""
    rows = beeld[beeld["telt_mee"].astype(bool)]
    start, end, inflow = rows["startdatum"], rows["einddatum"], instroomdatum(rows)
    monday, sunday = pd.Timestamp(week.monday), pd.Timestamp(week.sunday)
    last_sunday = monday - pd.Timedelta(days=1)
    closed = pd.Series(pd.NaT, index=rows.index, dtype="datetime64[s]")
    if heropend is not None:
        closed = (
            lokale_dagen(heropend.set_index("zaak_id")["gesloten_op"]).reindex(rows["zaak_id"]).set_axis(rows.index)
        )
    numbers = {
        "begin": (start <= last_sunday) & (end.isna() | (end > last_sunday)) & ~(closed < monday),
        "instroom": (inflow >= monday) & (inflow <= sunday),
        "heropend": closed.notna(),
        "afgerond": (end >= monday) & (end <= sunday),
        "eind": (start <= sunday) & (end.isna() | (end > sunday)),
    }
    found = rows.assign(**{name: each.astype("int64") for name, each in numbers.items()}, _gesloten=closed)
    rest = found["eind"] - found["begin"] - found["instroom"] - found["heropend"] + found["afgerond"]
    return found.assign(correcties=rest)

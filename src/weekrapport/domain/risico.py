"""The chance that an open case misses its leidende datum, from how long comparable cases took.

All times are net working days: nothing is finished on a day off, and the week of the deliveries holds none at its
start, so calendar days would make every case look later than it will be. Methods: "Risico" in docs/methods.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from weekrapport.domain.overleving import Overleving, overleving
from weekrapport.domain.werkdagen import Days, aantal_werkdagen_na, dagen
from weekrapport.domain.zaakbeeld import ONBEKEND

VENSTER_DAGEN = 365
"""Cases that started in so many days before the as-of day are compared with."""
MIN_AFGEROND = 30
"""Fewer finished cases than this are not compared with; then a wider group is."""

ZAAKTYPE, SOORT, TERMIJN, ORGANISATIE = "zaaktype", "soort werkzaamheid", "vergelijkbare termijn", "alle zaken"
GRONDEN = (ZAAKTYPE, SOORT, TERMIJN, ORGANISATIE)
"""What a case can be compared with, the narrowest first. All but the last also compare terms of the same length."""


@dataclass(frozen=True)
class _Termijnen:
    """Net working days of every case: its term, what has passed of it, and its class of terms (0 up to 31)."""

    lengte: np.ndarray
    verstreken: np.ndarray
    klasse: np.ndarray


def overschrijdingskans(
    beeld: pd.DataFrame, rows: pd.DataFrame, peil: date, kalender: np.busdaycalendar
) -> pd.DataFrame:
    """Return of open cases the chance that they are still open after their leidende datum.

    Args:
        beeld: the zaakbeeld of the as-of moment, with the finished cases to compare with.
        rows: the leverbeeld of the same moment.
        peil: the as-of day, which still counts as a day on which a case can be finished.
        kalender: the werkkalender.

    Returns:
        Indexed as `rows`: kans (Float64), kans_wettelijk (Float64, the chance that it is open after its
        `wettelijke_datum`), basis (str, one of `GRONDEN`), basis_aantal (Int64, the finished cases of that group).
        kans is 1 for a case whose day has passed. All are unknown for a case that is suspended or has no leidende
        datum, when fewer than 30 finished cases are known, and when none of those with which the case is compared was
        seen at its age.
    """
    start = pd.Timestamp(peil - timedelta(days=VENSTER_DAGEN))
    known = beeld["telt_mee"].astype(bool) & (beeld["startdatum"] >= start) & beeld["leidende_datum"].notna()
    vroeger = beeld[known]
    asked = rows[rows["leidende_datum"].notna() & ~rows["is_opgeschort"].astype(bool)]
    eerder, nu = _termijnen(vroeger, peil, kalender), _termijnen(asked, peil, kalender)
    is_afgerond = vroeger["einddatum"].notna().to_numpy()
    # On a working day the work of that day is still to come: an open case was seen up to the day before.
    vandaag = 1.0 if np.is_busday(np.datetime64(peil, "D"), busdaycal=kalender) else 0.0
    gezien = np.where(is_afgerond, eerder.verstreken, eerder.verstreken - vandaag / 2) - eerder.lengte
    intrede = _intrede(beeld, vroeger, kalender) - eerder.lengte - 0.5
    open_na, tot = nu.verstreken - vandaag - nu.lengte, np.zeros(len(asked))
    wettelijk = aantal_werkdagen_na(dagen(asked["leidende_datum"]), dagen(asked["wettelijke_datum"]), kalender)
    found = np.full((2, len(asked)), np.nan)
    basis, aantal = np.full(len(asked), -1), np.zeros(len(asked), dtype="int64")
    for place, name in enumerate(GRONDEN):
        groep, gevraagd, groepen = _groepen(name, vroeger, asked, eerder.klasse, nu.klasse)
        model = overleving(gezien, is_afgerond, groep, groepen, intrede=intrede)
        enough = (basis < 0) & (gevraagd >= 0) & (model.afgerond[gevraagd] >= MIN_AFGEROND)
        basis[enough], aantal[enough] = place, model.afgerond[gevraagd][enough]
        for line, until in enumerate((tot, wettelijk)):
            kans = model.tussen(gevraagd, open_na, np.nan_to_num(until))
            is_bekend = _is_gezien(model, gevraagd, open_na, np.nan_to_num(until), kans, is_eigen=name == ZAAKTYPE)
            found[line, enough] = np.where(is_bekend, kans, np.nan)[enough]
    found[1, np.isnan(wettelijk)] = np.nan
    is_te_laat = (asked["leidende_datum"] < pd.Timestamp(peil)).to_numpy() & (basis >= 0)
    found[0, is_te_laat] = 1.0
    is_onbekend = np.isnan(found[0])
    basis[is_onbekend], found[1, is_onbekend] = -1, np.nan
    names = pd.Series(basis, index=asked.index).map(dict(enumerate(GRONDEN)))
    frame = pd.DataFrame(
        {
            "kans": pd.array(found[0], dtype="Float64"),
            "kans_wettelijk": pd.array(found[1], dtype="Float64"),
            "basis": names.astype("str"),
            "basis_aantal": pd.Series(aantal, index=asked.index).where(basis >= 0).astype("Int64"),
        },
        index=asked.index,
    )
    return frame.reindex(rows.index)


def basis_label(basis: str, aantal: int) -> str:
    """Return what a chance rests on, as a list prints it: "zaaktype (n=214)"."""
    return f"{basis} (n={aantal})"


def _is_gezien(
    model: Overleving, groep: np.ndarray, open_na: np.ndarray, tot: np.ndarray, kans: np.ndarray, *, is_eigen: bool
) -> np.ndarray:
    """Return whether the group was seen at this age; beyond what was seen S stands still, and the chance would be 1.

    A case was seen at this age when it was there on the next day: that keeps out the asked case itself. When nobody was
    finished between this age and the day, somebody must have been seen on that day too. Of its own case type it is
    enough that one was finished at this age: a case older than every finished one has the chance 1.
    """
    later = model.gezien_tot[groep] >= open_na + 1
    if is_eigen:
        return later | (model.afgerond_tot[groep] >= open_na)
    return later & ((kans < 1.0) | (model.gezien_tot[groep] >= tot))


def _termijnen(rows: pd.DataFrame, peil: date, kalender: np.busdaycalendar) -> _Termijnen:
    begin = _netto_begin(rows)
    until = dagen(rows["einddatum"].fillna(pd.Timestamp(peil)))
    lengte = np.maximum(aantal_werkdagen_na(begin, dagen(rows["leidende_datum"]), kalender), 0)
    verstreken = np.maximum(aantal_werkdagen_na(begin, until, kalender), 0)
    klasse = np.floor(np.log2(np.maximum(lengte, 1)) + 1e-9).astype("int64")
    return _Termijnen(lengte, verstreken, klasse)


def _intrede(beeld: pd.DataFrame, vroeger: pd.DataFrame, kalender: np.busdaycalendar) -> np.ndarray:
    """Return how old every case was when the first finished case of the export was finished; 0 when it began later.

    An export that holds all open cases and only the recently finished ones says nothing about what was finished before.
    """
    first = beeld["einddatum"].min()
    if pd.isna(first):
        return np.zeros(len(vroeger))
    begin = _netto_begin(vroeger)
    return np.maximum(aantal_werkdagen_na(begin, np.full(len(begin), first).astype("datetime64[D]"), kalender), 0)


def _netto_begin(rows: pd.DataFrame) -> Days:
    # Suspended days move the start: what is left is the net term, counted in working days.
    away = pd.to_timedelta(rows["opgeschort_dagen"].fillna(0).astype("int64"), unit="D")
    return dagen(rows["startdatum"] + away)


def _groepen(
    name: str, vroeger: pd.DataFrame, asked: pd.DataFrame, klasse: np.ndarray, gevraagde_klasse: np.ndarray
) -> tuple[np.ndarray, np.ndarray, int]:
    """Return the number of the group of every case, of every asked case (−1 where it has none), and how many."""
    if name == ORGANISATIE:
        return np.zeros(len(vroeger), "int64"), np.zeros(len(asked), "int64"), 1
    columns: Mapping[str, str] = {ZAAKTYPE: "zaaktype_id", SOORT: "soort"}
    labels = pd.concat([vroeger, asked])[columns[name]] if name in columns else None
    codes = np.zeros(len(vroeger) + len(asked), "int64")
    if labels is not None:
        codes = pd.factorize(labels.mask(labels == ONBEKEND))[0].astype("int64")
    both = np.concatenate([klasse, gevraagde_klasse])
    groups = np.where(codes < 0, -1, codes * 32 + both)
    unique, numbers = np.unique(groups, return_inverse=True)
    # Cases without a label form a group nobody asks for, so that they are compared with nothing.
    numbers = numbers.astype("int64")
    asked_numbers = np.where(groups[len(vroeger) :] < 0, -1, numbers[len(vroeger) :])
    return numbers[: len(vroeger)], asked_numbers, len(unique)

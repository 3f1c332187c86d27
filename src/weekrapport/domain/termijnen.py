"""The term engine: by which day a case must be done.

All functions are vectorised over cases. A suspension is a half-open interval [begin, eind) of calendar days; intervals
count in order of their begin, and one counts only when it begins on or before the deadline so far; an extension only
when it was told on or before it. That deadline is the day as it would be printed, so moved past a weekend or holiday;
what is added, is added to the day before it was moved. Methods: "Termijnen" in docs/methods.md (Awb 4:15; Algemene
termijnenwet art. 1–4).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd

from weekrapport.domain.calendars import LAATSTE_JAAR_BEKEND, atw_kalender
from weekrapport.domain.kantooruren import Kantoorklok
from weekrapport.domain.onderbrekingen import Opschorting, Verlenging, Zaken, opschortingen, verlengingen
from weekrapport.domain.termijnduur import (
    Days,
    aantal_dagen,
    add_termijn,
    getallen,
    op_werkdag,
    teksten,
    werkdagen_tussen,
)
from weekrapport.domain.urennorm import Urennorm
from weekrapport.domain.werkdagen import dagen

ATW_GRENS = {"kalenderdag": 90, "week": 12, "maand": 3}
"""The longest statutory term that the Algemene termijnenwet still moves (art. 4)."""


def termijnen(
    zaak: pd.DataFrame,
    terms: pd.DataFrame,
    opschorting: pd.DataFrame,
    verlenging: pd.DataFrame,
    peil: date,
    kalender: np.busdaycalendar,
    klok: Kantoorklok | None = None,
    klokstart: pd.Series | None = None,
) -> pd.DataFrame:
    """Return the deadlines of every case, in the order and index of `zaak`.

    Args:
        zaak: zaak_id, startdatum, einddatum, einddatum_gepland, uiterlijke_einddatum.
        terms: servicenorm_* and wettelijk_* of the zaaktype of each case, row for row with `zaak`.
        opschorting: zaak_id, begin, eind (unknown = still running).
        verlenging: zaak_id, volgnr, duur_waarde, duur_eenheid, meegedeeld_op.
        peil: the as-of day; a running suspension lasts until it.
        kalender: the werkkalender.
        klok: the clock of norms in hours; without it such a norm has no date.
        klokstart: `kantooruren.klokstart`; where it is unknown the clock starts with the start day.

    Returns:
        Columns, all datetime64[s] unless stated: streefdatum, herrekende_datum (the last day by the rules),
        fatale_datum (that of the source, else the herrekende_datum), norm_datum (streefdatum, else fatale_datum),
        leidende_datum, opgeschort_dagen (Int64, net suspension up to the end or the as-of day),
        heeft_grondslag (boolean, the term is statutory).
    """
    start = dagen(zaak["startdatum"])
    until = dagen(zaak["einddatum"])
    until = np.where(np.isnat(until), np.datetime64(peil, "D"), np.minimum(until, np.datetime64(peil, "D")))
    intervals = opschortingen(zaak, opschorting, start, until)
    extensions = verlengingen(zaak, verlenging)
    uren = None if klok is None else Urennorm(terms, start, klokstart, klok)
    streef = _deadline(_Servicenorm(terms, start, kalender, uren), intervals, extensions, kalender)
    herrekend = _deadline(_Wettelijk(terms, start, kalender), intervals, extensions, kalender)
    uiterlijk = dagen(zaak["uiterlijke_einddatum"])
    fataal = np.where(np.isnat(uiterlijk), herrekend, uiterlijk)
    gepland = dagen(zaak["einddatum_gepland"])
    belofte = np.where(np.isnat(gepland), streef, gepland)
    columns = {
        "streefdatum": streef,
        "herrekende_datum": herrekend,
        "fatale_datum": fataal,
        "norm_datum": np.where(np.isnat(streef), fataal, streef),
        "leidende_datum": np.fmin(fataal, belofte),
    }
    result = pd.DataFrame({name: days.astype("datetime64[s]") for name, days in columns.items()}, index=zaak.index)
    total = np.zeros(len(zaak), dtype="int64")
    for each in intervals:
        total[each.rows] += aantal_dagen(each.begin, each.end)
    result["opgeschort_dagen"] = pd.array(total, dtype="Int64")
    result["heeft_grondslag"] = pd.array(
        (terms["wettelijk_grondslag"].notna() & terms["wettelijk_waarde"].notna()).to_numpy(), dtype="boolean"
    )
    return result


def na_gelijkgestelde_dagen(beeld: pd.DataFrame) -> pd.DataFrame:
    """Return the open cases of which a recalculated statutory term ends after `LAATSTE_JAAR_BEKEND`.

    A later decree may name that day, and then it moves. Cases of which the source gives the last day are left out.

    Args:
        beeld: the zaakbeeld.
    """
    last = pd.Timestamp(LAATSTE_JAAR_BEKEND, 12, 31)
    rows = beeld["einddatum"].isna() & beeld["uiterlijke_einddatum"].isna() & beeld["telt_mee"].astype(bool)
    rows &= beeld["heeft_grondslag"].fillna(False).astype(bool)
    return beeld[rows & (beeld["herrekende_datum"] > last)]


class _Servicenorm:
    """Service norms, moved by their suspensions; one in hours is the day on which the clock runs out."""

    def __init__(self, terms: pd.DataFrame, start: Days, kalender: np.busdaycalendar, uren: Urennorm | None) -> None:
        """Begin without suspensions."""
        unit = teksten(terms["servicenorm_eenheid"])
        self.base = add_termijn(start, getallen(terms["servicenorm_waarde"]), unit, kalender)
        self._kalender, self._uren, self._in_werkdagen = kalender, uren, unit == "werkdag"
        self._stays = self._in_werkdagen
        if uren is not None:
            self.base = np.where(uren.is_uur, uren.dag(np.arange(len(start))), self.base)
            # The day of a norm in hours is one on which the clock runs: a Sunday too, when it runs day and night.
            self._stays = self._in_werkdagen | (uren.is_uur & uren.klok.kantoortijd.dag_en_nacht)
        self._days, self._werkdagen = np.zeros(len(start), "int64"), np.zeros(len(start), "int64")

    def again(self, rows: Zaken) -> None:
        """Forget the suspensions of these cases."""
        self._days[rows] = self._werkdagen[rows] = 0
        if self._uren is not None:
            self._uren.opnieuw(rows)

    def moved(self, rows: Zaken, begin: Days, end: Days) -> Days:
        """Return the deadline of these cases after one more suspension."""
        self._days[rows] += aantal_dagen(begin, end)
        self._werkdagen[rows] += werkdagen_tussen(begin, end, self._kalender)
        werkdagen = np.where(self._in_werkdagen[rows], self._werkdagen[rows], 0)
        by_werkdag = op_werkdag(self.base[rows], werkdagen, self._kalender, "backward")
        by_day = self.base[rows] + self._days[rows].astype("timedelta64[D]")
        result = np.where(self._in_werkdagen[rows], by_werkdag, by_day)
        if self._uren is None:
            return result
        return np.where(self._uren.is_uur[rows], self._uren.verlengd(rows, begin, end), result)

    def printed(self, rows: Zaken | slice, deadline: Days) -> Days:
        """Return the deadline as it is printed: a day off moves to the next working day."""
        return np.where(self._stays[rows], deadline, op_werkdag(deadline, 0, self._kalender, "forward"))


class _Wettelijk:
    """Statutory and agreed last days; the Algemene termijnenwet moves them where the term is statutory."""

    def __init__(self, terms: pd.DataFrame, start: Days, kalender: np.busdaycalendar) -> None:
        """Begin without suspensions."""
        unit, value = teksten(terms["wettelijk_eenheid"]), getallen(terms["wettelijk_waarde"])
        self.base = add_termijn(start, value, unit, kalender)
        limit = np.select([unit == name for name in ATW_GRENS], list(ATW_GRENS.values()), default=-1)
        self._moves = terms["wettelijk_grondslag"].notna().to_numpy() & (np.nan_to_num(value, nan=np.inf) <= limit)
        self._atw = atw_kalender()
        # Art. 2: a term of three days or more holds at least two days that are no Saturday, Sunday or holiday.
        self._two_days = op_werkdag(start, 2, self._atw, "backward")
        self._art_2 = (unit != "kalenderdag") | (np.nan_to_num(value, nan=0) >= 3)
        self._days = np.zeros(len(start), "int64")

    def again(self, rows: Zaken) -> None:
        """Forget the suspensions of these cases."""
        self._days[rows] = 0

    def moved(self, rows: Zaken, begin: Days, end: Days) -> Days:
        """Return the deadline of these cases after one more suspension."""
        self._days[rows] += aantal_dagen(begin, end)
        return self.base[rows] + self._days[rows].astype("timedelta64[D]")

    def printed(self, rows: Zaken | slice, deadline: Days) -> Days:
        """Return the deadline as it is printed: moved past days that do not count for the law."""
        shifted = op_werkdag(deadline, 0, self._atw, "forward")
        shifted = np.where(self._art_2[rows], np.fmax(shifted, self._two_days[rows]), shifted)
        return np.where(self._moves[rows] & ~np.isnat(deadline), shifted, deadline)


def _deadline(
    norm: _Servicenorm | _Wettelijk,
    opschorting: list[Opschorting],
    verlenging: list[Verlenging],
    kalender: np.busdaycalendar,
) -> Days:
    """Return the deadlines after suspensions and extensions, as they are printed.

    A suspension counts in the time that an extension gave, and an extension in the time that a suspension gave. So of
    cases with both, the extensions that counted are taken as given and the suspensions are looked at again, until no
    more extension counts.
    """
    suspended = norm.base.copy()
    _suspend(norm, suspended, opschorting, lambda _, so_far: so_far)
    waited = _of_cases(len(suspended), [(each.rows, np.ones(len(each.rows), dtype=bool)) for each in opschorting])
    counted = [np.zeros(len(each.rows), dtype=bool) for each in verlenging]
    while True:
        deadline, now = _extended(norm, suspended, verlenging, kalender)
        newly = [counts & ~before for counts, before in zip(now, counted, strict=True)]
        again = waited & _of_cases(
            len(waited), [(each.rows, more) for each, more in zip(verlenging, newly, strict=True)]
        )
        if not again.any():
            return norm.printed(slice(None), deadline)
        counted = now
        rows = np.flatnonzero(again)
        norm.again(rows)
        suspended[rows] = norm.base[rows]
        given = _given(verlenging, counted, len(suspended), kalender)
        _suspend(norm, suspended, [each.only(again[each.rows]) for each in opschorting], given)


def _suspend(
    norm: _Servicenorm | _Wettelijk,
    deadline: Days,
    opschorting: list[Opschorting],
    extended: Callable[[Zaken, Days], Days],
) -> None:
    """Move the deadlines by the suspensions that begin on or before them; `extended` adds the extensions that count."""
    for each in opschorting:
        so_far = extended(each.rows, deadline[each.rows])
        counts = ~np.isnat(so_far) & (each.begin <= norm.printed(each.rows, so_far))
        rows = each.rows[counts]
        deadline[rows] = norm.moved(rows, each.begin[counts], each.end[counts])


def _extended(
    norm: _Servicenorm | _Wettelijk, suspended: Days, verlenging: list[Verlenging], kalender: np.busdaycalendar
) -> tuple[Days, list[np.ndarray]]:
    """Return the deadlines after the extensions that were told on or before them, and which of them were."""
    deadline, counted = suspended.copy(), []
    for each in verlenging:
        so_far = deadline[each.rows]
        counts = ~np.isnat(each.told) & ~np.isnat(so_far) & (each.told <= norm.printed(each.rows, so_far))
        later = add_termijn(so_far, np.where(counts, each.value, np.nan), each.unit, kalender)
        deadline[each.rows] = np.where(np.isnat(later), so_far, later)
        counted.append(counts)
    return deadline, counted


def _given(
    verlenging: list[Verlenging], counted: list[np.ndarray], cases: int, kalender: np.busdaycalendar
) -> Callable[[Zaken, Days], Days]:
    """Return what adds the extensions that count to the deadlines of some cases."""
    wide = []
    for each, counts in zip(verlenging, counted, strict=True):
        value, unit = np.full(cases, np.nan), np.full(cases, None, dtype=object)
        value[each.rows[counts]], unit[each.rows] = each.value[counts], each.unit
        wide.append((value, unit))

    def extended(rows: Zaken, deadline: Days) -> Days:
        for value, unit in wide:
            later = add_termijn(deadline, value[rows], unit[rows], kalender)
            deadline = np.where(np.isnat(later), deadline, later)
        return deadline

    return extended


def _of_cases(cases: int, chosen: list[tuple[Zaken, np.ndarray]]) -> np.ndarray:
    """Return of every case whether it is among the chosen rows."""
    result = np.zeros(cases, dtype=bool)
    for rows, which in chosen:
        result[rows[which]] = True
    return result

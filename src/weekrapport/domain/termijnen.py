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
    streef = _streefdatum(terms, start, intervals, extensions, kalender, uren)
    herrekend = _fatale_datum(terms, start, intervals, extensions, kalender)
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


def _streefdatum(
    terms: pd.DataFrame,
    start: Days,
    intervals: list[Opschorting],
    extensions: list[Verlenging],
    kalender: np.busdaycalendar,
    uren: Urennorm | None,
) -> Days:
    """Return the service norm's date; one in hours is the day on which the clock runs out."""
    unit, value = teksten(terms["servicenorm_eenheid"]), getallen(terms["servicenorm_waarde"])
    base = add_termijn(start, value, unit, kalender)
    in_werkdagen = unit == "werkdag"
    # The day of a norm in hours is one on which the clock runs: a Sunday too, when it runs day and night.
    stays = in_werkdagen if uren is None or not uren.klok.kantoortijd.dag_en_nacht else in_werkdagen | uren.is_uur
    if uren is not None:
        base = np.where(uren.is_uur, uren.dag(np.arange(len(base))), base)
    days, werkdagen = np.zeros(len(base), "int64"), np.zeros(len(base), "int64")

    def moved(rows: Zaken, begin: Days, end: Days) -> Days:
        days[rows] += aantal_dagen(begin, end)
        werkdagen[rows] += werkdagen_tussen(begin, end, kalender)
        by_werkdag = op_werkdag(base[rows], np.where(in_werkdagen[rows], werkdagen[rows], 0), kalender, "backward")
        result = np.where(in_werkdagen[rows], by_werkdag, base[rows] + days[rows].astype("timedelta64[D]"))
        return result if uren is None else np.where(uren.is_uur[rows], uren.verlengd(rows, begin, end), result)

    def printed(rows: Zaken | slice, deadline: Days) -> Days:
        return np.where(stays[rows], deadline, op_werkdag(deadline, 0, kalender, "forward"))

    deadline = _suspended(base, intervals, moved, printed)
    return printed(slice(None), _extended(deadline, extensions, printed, kalender))


def _fatale_datum(
    terms: pd.DataFrame,
    start: Days,
    intervals: list[Opschorting],
    extensions: list[Verlenging],
    kalender: np.busdaycalendar,
) -> Days:
    """Return the statutory or agreed last day, moved by the Algemene termijnenwet where the term is statutory."""
    unit, value = teksten(terms["wettelijk_eenheid"]), getallen(terms["wettelijk_waarde"])
    base = add_termijn(start, value, unit, kalender)
    limit = np.select([unit == name for name in ATW_GRENS], list(ATW_GRENS.values()), default=-1)
    moves = terms["wettelijk_grondslag"].notna().to_numpy() & (np.nan_to_num(value, nan=np.inf) <= limit)
    atw = atw_kalender()
    # Art. 2: a term of three days or more holds at least two days that are no Saturday, Sunday or holiday.
    two_days = op_werkdag(start, 2, atw, "backward")
    in_days = (unit != "kalenderdag") | (np.nan_to_num(value, nan=0) >= 3)
    days = np.zeros(len(base), "int64")

    def moved(rows: Zaken, begin: Days, end: Days) -> Days:
        days[rows] += aantal_dagen(begin, end)
        return base[rows] + days[rows].astype("timedelta64[D]")

    def printed(rows: Zaken | slice, deadline: Days) -> Days:
        shifted = op_werkdag(deadline, 0, atw, "forward")
        shifted = np.where(in_days[rows], np.fmax(shifted, two_days[rows]), shifted)
        return np.where(moves[rows] & ~np.isnat(deadline), shifted, deadline)

    deadline = _suspended(base, intervals, moved, printed)
    return printed(slice(None), _extended(deadline, extensions, printed, kalender))


def _suspended(
    base: Days,
    intervals: list[Opschorting],
    moved: Callable[[Zaken, Days, Days], Days],
    printed: Callable[[Zaken, Days], Days],
) -> Days:
    """Return the deadline after the suspensions: `moved` adds one, `printed` gives the day as it is printed."""
    deadline = base.copy()
    for each in intervals:
        so_far = deadline[each.rows]
        counts = ~np.isnat(so_far) & (each.begin <= printed(each.rows, so_far))
        rows = each.rows[counts]
        deadline[rows] = moved(rows, each.begin[counts], each.end[counts])
    return deadline


def _extended(
    deadline: Days,
    extensions: list[Verlenging],
    printed: Callable[[Zaken, Days], Days],
    kalender: np.busdaycalendar,
) -> Days:
    for each in extensions:
        so_far = deadline[each.rows]
        counts = ~np.isnat(each.told) & ~np.isnat(so_far) & (each.told <= printed(each.rows, so_far))
        later = add_termijn(so_far, np.where(counts, each.value, np.nan), each.unit, kalender)
        deadline[each.rows] = np.where(np.isnat(later), so_far, later)
    return deadline

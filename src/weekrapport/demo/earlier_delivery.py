"""The delivery of a week earlier, for the checks that compare two: what the case system exported on 16 November 2026.

It is the present delivery put back by a week, and differs from it in what people did with hindsight: cases that were
closed with a date of before that export, and cases that are not there any more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from weekrapport.demo.chance import draw_rows
from weekrapport.demo.manifest import NIET_MELDEN, entry
from weekrapport.demo.organisation import Rows, unknown
from weekrapport.demo.timeline import EXPORT_MOMENT, PEIL
from weekrapport.domain.as_of import BEGINS, ENDS

EARLIER_STAMP = "20261116-0530"
"""The moment of the earlier export, as the names of its files give it."""
MOMENT, DAY = EXPORT_MOMENT - np.timedelta64(7, "D"), PEIL - 7
GONE, DATED_BACK, REGISTERED_LATE = 3, 7, 5
_OF_CASES = ("zaak_status", "zaak_opschorting", "zaak_verlenging", "zaak_document", "contactmoment")


@dataclass(frozen=True)
class Hindsight:
    """Case numbers of what happened between the two deliveries."""

    gone: np.ndarray
    dated_back: np.ndarray
    registered_late: np.ndarray
    """Decoys: closed on the last working day, which reached the system after the earlier export."""

    def numbers(self) -> list[np.ndarray]:
        """Return the case numbers of each group."""
        return [self.gone, self.dated_back, self.registered_late]

    def entries(self) -> list[dict[str, Any]]:
        """Return the lines of the manifest, not numbered yet."""
        return [
            entry("verdwenen_zaak", "GX-ZAAK-18", self.gone, "rood"),
            entry("teruggedateerd", "R1-S08", self.dated_back, "oranje"),
            entry("laat_verwerkt", "R1-S08", self.registered_late, "oranje", NIET_MELDEN),
        ]


def earlier_delivery(tables: dict[str, Rows], rng: np.random.Generator) -> tuple[dict[str, Rows], Hindsight]:
    """Return the tables of a week earlier; takes the cases that are gone out of the present ones.

    Args:
        tables: the present delivery; its tables of cases are changed.
        rng: the source of chance.
    """
    zaak = tables["zaak"]
    then = {name: _as_it_was(name, rows) for name, rows in tables.items()}
    hindsight = _choose(zaak, then["zaak"], rng)
    _reopen(then["zaak"], np.concatenate([hindsight.dated_back, hindsight.registered_late]))
    running = then["zaak_opschorting"]["zaak_id"][np.isnat(then["zaak_opschorting"]["eind"])]
    then["zaak"]["opgeschort_nu"] = np.isin(then["zaak"]["zaak_id"].astype(str), running.astype(str))
    for name in ("zaak", *_OF_CASES):
        kept = ~np.isin(tables[name]["zaak_id"].astype(str), hindsight.gone.astype(str))
        tables[name] = {column: values[kept] for column, values in tables[name].items()}
    return then, hindsight


def _choose(zaak: Rows, then: Rows, rng: np.random.Generator) -> Hindsight:
    end = zaak["einddatum"]
    main = zaak["hoofdzaak_id"][~unknown(zaak["hoofdzaak_id"])].astype(str)
    ids = zaak["zaak_id"].astype(str)
    known = np.isin(ids, then["zaak_id"].astype(str)) & unknown(zaak["hoofdzaak_id"]) & ~np.isin(ids, main)
    gone = draw_rows(rng, (known & np.isnat(end) & ~zaak["opgeschort_nu"]).astype(float), GONE)
    thursday, friday = DAY - 4, DAY - 3
    dated_back = draw_rows(rng, (known & (end >= DAY - 7) & (end <= thursday)).astype(float), DATED_BACK)
    registered_late = draw_rows(rng, (known & (end == friday)).astype(float), REGISTERED_LATE)
    return Hindsight(*(zaak["zaak_id"][rows] for rows in (gone, dated_back, registered_late)))


def _as_it_was(name: str, rows: Rows) -> Rows:
    """Return the rows of a table that existed then, without what was not known yet."""
    kept = np.ones(len(next(iter(rows.values()))), dtype=bool)
    for column in BEGINS.get(name, ()):
        kept &= ~_is_later(rows[column])
    was = {column: values[kept].copy() for column, values in rows.items()}
    for column, emptied in ENDS.get(name, {}).items():
        if column in was:
            later = _is_later(was[column])
            for each in emptied:
                was[each][later] = np.datetime64("NaT") if was[each].dtype.kind == "M" else None
    return was


def _is_later(values: np.ndarray) -> np.ndarray:
    """Return what lies on or after the day of the earlier export, or after its minute where that is known."""
    return values >= (MOMENT if values.dtype == np.dtype("datetime64[m]") else DAY)


def _reopen(zaak: Rows, ids: np.ndarray) -> None:
    rows = np.isin(zaak["zaak_id"].astype(str), ids.astype(str))
    for column in ("einddatum", "gesloten_op"):
        zaak[column][rows] = np.datetime64("NaT")
    zaak["resultaat"][rows] = zaak["resultaat_categorie"][rows] = None

"""The variant "gebreken": defects planted in the exports, and the manifest of what a check must and must not report."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from weekrapport.demo.chance import draw_rows
from weekrapport.demo.manifest import NIET_MELDEN, entry
from weekrapport.demo.organisation import Rows, unknown
from weekrapport.demo.timeline import PEIL

_ID = "zaak_id"
_BROKEN = (
    ("datum", "{id};;Foutmelding bij opslaan van een zaak – Zaaksysteem;STORING;Storing;K1001;T01;M101;31-02-2026;"
     "31-02-2026;;;;;;;P3;2;0;;Nee;;;D01;Portaal;Intern;"),
    ("datum", "{id};;Zoekresultaten onvolledig – Zaaksysteem;STORING;Storing;K1002;T01;M102;16-11-2026;onbekend;;;;;;;"
     "P3;2;0;;Nee;;;D01;Portaal;Intern;"),
    ("datum", "{id};;Trage reactie tijdens piekuren – Burgerzaken;STORING;Storing;K1003;T02;M112;17-11-2026;17-13-2026;"
     ";;;;;;P3;2;0;;Nee;;;D02;E-mail;Intern;"),
    ("veldental", "{id};;Vraag over tarief; met puntkomma – Belastingen;VRAAG;Vraag;K1004;T01;M103;18-11-2026;"
     "18-11-2026;;;;;;;P3;2;0;;Nee;;;D03;E-mail;Intern;"),
    ("veldental", "{id};;Afgebroken regel;VRAAG;Vraag;K1005"),
)  # fmt: skip
"""What is wrong, and the line itself."""


@dataclass(frozen=True)
class Defects:
    """What was planted beside the changes in the tables."""

    broken_lines: tuple[str, ...]
    """Lines at the end of the case export that cannot be read."""
    manifest: list[dict[str, Any]]
    """The lines of the manifest, not numbered yet."""
    earlier: dict[str, Rows] = field(default_factory=dict)
    """The tables of the delivery of a week earlier."""


def plant(zaak: Rows, taken: np.ndarray, rng: np.random.Generator) -> Defects:
    """Change `zaak` in place and return what was planted; every case gets at most one defect.

    Args:
        zaak: the table.
        taken: numbers of cases that have a defect already.
        rng: the source of chance.
    """
    picker = _Picker(zaak, taken, rng)
    entries: list[dict[str, Any]] = []
    _plant_dates(zaak, picker, entries)
    _plant_gaps(zaak, picker, entries)
    broken_lines, ids = _broken_lines(zaak)
    for kind in ("datum", "veldental"):
        keys = [key for key, (each, _) in zip(ids, _BROKEN, strict=True) if each == kind]
        entries.append(entry(f"onleesbare_rij_{kind}", "GX-ALG-04", keys, "oranje"))
    return Defects(broken_lines, entries)


def _plant_dates(zaak: Rows, picker: _Picker, entries: list[dict[str, Any]]) -> None:
    rows = picker.closed(2)
    zaak["einddatum"][rows] = zaak["startdatum"][rows] - np.array([3, 11])
    entries.append(entry("einddatum_voor_startdatum", "GX-ZAAK-03", zaak[_ID][rows], "rood"))
    same_day = picker.closed(5, zaak["einddatum"] == zaak["startdatum"])
    entries.append(entry("einddatum_is_startdatum", "GX-ZAAK-03", zaak[_ID][same_day], "rood", NIET_MELDEN))

    rows = picker.open(3)
    zaak["einddatum"][rows] = PEIL + np.array([1, 7, 30])
    zaak["resultaat"][rows], zaak["resultaat_categorie"][rows] = "Opgelost", "verleend_geleverd"
    entries.append(entry("einddatum_in_toekomst", "GX-ZAAK-04", zaak[_ID][rows], "rood"))
    last_day = picker.closed(4, zaak["einddatum"] == zaak["einddatum"][picker.recent].max())
    entries.append(entry("einddatum_laatste_dag", "GX-ZAAK-04", zaak[_ID][last_day], "rood", NIET_MELDEN))


def _plant_gaps(zaak: Rows, picker: _Picker, entries: list[dict[str, Any]]) -> None:
    rows = picker.closed(6)
    zaak["resultaat"][rows] = zaak["resultaat_categorie"][rows] = None
    entries.append(entry("gesloten_zonder_resultaat", "GX-ZAAK-08", zaak[_ID][rows], "oranje"))
    waiting = picker.open(5)
    entries.append(entry("open_zonder_resultaat", "GX-ZAAK-08", zaak[_ID][waiting], "oranje", NIET_MELDEN))

    already = np.flatnonzero(picker.is_closed & unknown(zaak["behandelaar_id"]))
    rows = np.concatenate([already, picker.closed(14 - len(already))])
    zaak["behandelaar_id"][rows] = None
    entries.append(entry("behandelaar_ontbreekt", "GX-ZAAK-07", zaak[_ID][rows], "oranje"))
    unassigned = picker.open(5, unknown(zaak["behandelaar_id"]))
    entries.append(entry("open_zonder_behandelaar", "GX-ZAAK-07", zaak[_ID][unassigned], "oranje", NIET_MELDEN))

    row = picker.closed(1)
    zaak["zaaktype_id"][row], zaak["Zaaktypeomschrijving"][row] = "ONBEKEND-99", "Onbekend"
    entries.append(entry("zaaktype_onbekend", "GX-ZAAK-05", zaak[_ID][row], "rood"))
    row = picker.closed(1)
    zaak["vertrouwelijkheid"][row] = "Streng geheim"
    entries.append(entry("vertrouwelijkheid_onbekend", "GX-ZAAK-16", zaak[_ID][row], "rood"))


def _broken_lines(zaak: Rows) -> tuple[tuple[str, ...], list[str]]:
    """Return the unreadable lines, numbered on from the last case, and their case numbers."""
    year, number = str(zaak[_ID][-1]).split("-")[1:]
    ids = [f"ZAAK-{year}-{int(number) + step:07d}" for step in range(1, len(_BROKEN) + 1)]
    return tuple(line.format(id=each) for each, (_, line) in zip(ids, _BROKEN, strict=True)), ids


class _Picker:
    """Draws cases for a defect, each at most once, from the last eight weeks while those last."""

    def __init__(self, zaak: Rows, taken: np.ndarray, rng: np.random.Generator) -> None:
        self._rng = rng
        self.is_closed = ~np.isnat(zaak["einddatum"])
        self.recent = self.is_closed & (zaak["einddatum"] >= PEIL - 56)
        parts = ~unknown(zaak["hoofdzaak_id"])
        forgotten = self.is_closed & unknown(zaak["behandelaar_id"])
        self._free = ~parts & ~forgotten & ~np.isin(zaak[_ID].astype(str), taken.astype(str))

    def closed(self, count: int, among: np.ndarray | None = None) -> np.ndarray:
        return self._take(count, self.recent if among is None else self.is_closed & among)

    def open(self, count: int, among: np.ndarray | None = None) -> np.ndarray:
        return self._take(count, ~self.is_closed if among is None else ~self.is_closed & among)

    def _take(self, count: int, among: np.ndarray) -> np.ndarray:
        rows = draw_rows(self._rng, (among & self._free).astype(float), count)
        self._free[rows] = False
        return rows

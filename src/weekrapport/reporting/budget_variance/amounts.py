"""How amounts of a budget are written: in sentences, in tiles, and in a table that must fit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from weekrapport.reporting.numbers import ONBEKEND, euro, getal, is_unknown, procent

_MILLION = 100_000_000
"""Cents."""


@dataclass(frozen=True)
class Schaal:
    """The unit in which a table writes its amounts."""

    eenheid: str
    """As the head of a column has it: "€", "k€" (thousands) or "mln €"."""
    woorden: str
    deler: int
    """Cents per unit."""
    decimalen: int

    def bedrag(self, cents: Any) -> str:
        """Return an amount without its unit."""
        return ONBEKEND if is_unknown(cents) else getal(int(cents) / self.deler, self.decimalen)

    def verschil(self, cents: Any) -> str:
        """Return a difference without its unit, with its sign."""
        return ONBEKEND if is_unknown(cents) else getal(int(cents) / self.deler, self.decimalen, teken=True)

    def met_eenheid(self, cents: Any) -> str:
        """Return a difference with sign and unit, for a label in a chart."""
        return f"{self.verschil(cents)} {self.eenheid}"


EURO = Schaal("€", "hele euro's", 100, 0)
DUIZEND = Schaal("k€", "duizenden euro's", 100_000, 1)
MILJOEN = Schaal("mln €", "miljoenen euro's", _MILLION, 1)


def schaal(cents: Iterable[Any]) -> Schaal:
    """Return the unit in which amounts up to the largest of these stay readable."""
    largest = max((abs(int(each)) for each in cents if not is_unknown(each)), default=0)
    return EURO if largest < _MILLION // 2 else DUIZEND if largest < 1000 * _MILLION else MILJOEN


def kort(cents: Any) -> str:
    """Return an amount that fits a tile: "€ 12.345", from a million on "€ 3,14 mln"."""
    if is_unknown(cents) or abs(int(cents)) < _MILLION:
        return euro(cents)
    if abs(int(cents)) >= 1000 * _MILLION:
        return f"€\u00a0{getal(int(cents) / (1000 * _MILLION), 1)}\u00a0mld"
    return f"€\u00a0{getal(int(cents) / _MILLION, 2)}\u00a0mln"


def hele_euro(cents: Any) -> str:
    """Return an amount in whole euros without its sign, for a column that says so in its note."""
    return ONBEKEND if is_unknown(cents) else getal(int(cents) / 100)


def tegenover(verschil_cent: Any, aandeel: Any) -> str:
    """Return a difference from the budget in words: "€ 92.500 (3,0 %) boven begroting"."""
    if is_unknown(verschil_cent):
        return "niet te vergelijken met de begroting"
    if verschil_cent == 0:
        return "precies gelijk aan de begroting"
    share = "" if is_unknown(aandeel) else f" ({procent(abs(aandeel))})"
    return f"{euro(abs(int(verschil_cent)))}{share} {'boven' if verschil_cent > 0 else 'onder'} begroting"


def met_teken(verschil_cent: int, aandeel: Any) -> str:
    """Return a difference with its sign: "€ +64.000, +7,8 %"."""
    share = "" if is_unknown(aandeel) else f", {procent(aandeel, teken=True)}"
    return f"{euro(verschil_cent, teken=True)}{share}"


def opsomming(parts: list[str]) -> str:
    """Return "a", "a en b" or "a, b en c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} en {parts[-1]}"


def boekingen(aantal: int) -> str:
    """Return "1 boeking", "10 boekingen"."""
    return f"{getal(aantal)} {'boeking' if aantal == 1 else 'boekingen'}"


def in_euro(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table for a spreadsheet: cents become euros, and yes or no is in Dutch."""
    result: dict[str, pd.Series] = {}
    for name in frame.columns:
        if str(name).endswith("_cent"):
            result[f"{str(name).removesuffix('_cent')}_euro"] = frame[name].astype("Float64") / 100
        elif pd.api.types.is_bool_dtype(frame[name]):
            result[str(name)] = frame[name].map({True: "ja", False: "nee"})
        else:
            result[str(name)] = frame[name]
    return pd.DataFrame(result)

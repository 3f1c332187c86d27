"""The 140 suppliers: fixed lists, no chance. Every name is invented; no firm of this name is meant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

from weekrapport.demo.books import identifiers
from weekrapport.demo.books.budget import LINES
from weekrapport.demo.organisation import Rows, texts, unknown

_EIGENNAMEN = (
    "Noordervliet, Zilverberg, Oudewater & Zn., Lindehof, Vechtstroom, Duinzicht, Halvemaan, Kraaijenest, Meridiaan, "
    "Waterlelie, Steenbok, Brugwachter, Veldkamp, Roodborst, Horizon, Wilgenroos, De Kade, Zandloper, Het Anker, "
    "Sterrenwacht, Molensteen, Ganzeveer, Eikelboom, Poolster, Kasteelhof, Rietzanger, Zonnewijzer, De Sluis, "
    "Bergkristal, Havenmeester, Torenvalk, IJsvogel, Kompas, Boterbloem, Zeeëgel, Windroos, Amberhout"
)
_BRANCHES: dict[str, tuple[int, str]] = {
    "Hosting & cloud": (14, "Hosting, Datacenters, Cloud Services, Netwerken"),
    "Inhuur derden": (26, "Detachering, Projectadvies, IT-professionals, Interim"),
    "Licenties": (24, "Software, Systems, Data, Beveiliging"),
    "Huisvesting": (16, "Vastgoed, Facilitair, Installatietechniek, Energie"),
    "Opleiding": (12, "Opleidingen, Academie, Trainingen"),
    "Kantoor": (18, "Kantoorspecialist, Drukwerk, Telecom, Computers"),
    "Reizen": (10, "Reizen, Vervoer, Hotels"),
    "Marketing": (10, "Media, Evenementen, Communicatie"),
    "Advies": (10, "Accountants, Advocaten, Security Audits"),
}
"""Kostensoort: how many suppliers, and what they call themselves."""
_RECHTSVORMEN = ("B.V.", "B.V.", "N.V.", "B.V.", "V.O.F.", "B.V.", "Coöperatie U.A.")
_ANDERE_TARIEVEN = {"Opleiding": (3, 0), "Reizen": (2, 9), "Kantoor": (6, 9), "Marketing": (5, 9)}
"""Kostensoort: every how many suppliers one has another VAT rate, and which."""
PLAATSEN = ("Oosterwaard", "Brinkhaven", "Duinrecht", "Lindermeer", "Molenhoorn", "Rietmonde", "Sluisderdam", "Harkelo")
_STRATEN = ("Havenweg", "Industriepad", "Stationsplein", "Lange Dreef", "Molenkade", "Parklaan", "Ambachtstraat")


@dataclass(frozen=True)
class Supplier:
    """One supplier, with what stands at the top of its invoices."""

    leverancier_id: str
    naam: str
    kostensoort: str
    kvk: str
    rsin: str
    iban: str
    oude_iban: str | None
    """The account until `IBAN_WISSEL`; None when it never changed."""
    g_iban: str | None
    """A blocked account for wage taxes beside the ordinary one."""
    btw_perc: int
    straat: str
    postcode: str
    plaats: str
    aangemaakt_op: str
    nummering: int
    """Which of the five ways of numbering invoices it has."""
    betaaltermijn: int

    @property
    def btw_nummer(self) -> str:
        """The VAT number."""
        return identifiers.btw_nummer(self.rsin)


IBAN_WISSEL = np.datetime64("2025-07-01")


@cache
def suppliers() -> tuple[Supplier, ...]:
    """Return the suppliers in order of their number."""
    names = list(_names())
    rsins = identifiers.fiscal_numbers(len(names))
    return tuple(
        _supplier(place, kostensoort, within, name, rsins[place])
        for place, (kostensoort, within, name) in enumerate(names)
    )


def pool(number: int) -> np.ndarray:
    """Return the places in `suppliers` of those who deliver on the budget line at place `number` of `LINES`."""
    kostensoort = LINES[number].kostensoort
    siblings = [place for place, line in enumerate(LINES) if line.kostensoort == kostensoort]
    own = [place for place, each in enumerate(suppliers()) if each.kostensoort == kostensoort]
    return np.array(own[siblings.index(number) :: len(siblings)])


def leveranciers() -> Rows:
    """Return the suppliers as the bookkeeping exports them."""
    every = suppliers()
    return {
        "leverancier_id": texts(each.leverancier_id for each in every),
        "naam": texts(each.naam for each in every),
        "kvk": texts(each.kvk for each in every),
        "btw_nummer": texts(each.btw_nummer for each in every),
        "rsin": texts(each.rsin for each in every),
        "land": texts("NL" for _ in every),
        "aangemaakt_op": np.array([each.aangemaakt_op for each in every], dtype="datetime64[D]"),
        "actief": np.ones(len(every), dtype=bool),
        "g_rekening": ~unknown(texts(each.g_iban for each in every)),
    }


def leverancier_ibans() -> Rows:
    """Return the bank accounts: those of now, those of before, and blocked accounts."""
    rows = [row for each in suppliers() for row in _accounts(each)]
    return {
        "leverancier_id": texts(row[0] for row in rows),
        "iban": texts(row[1] for row in rows),
        "geldig_van": np.array([row[2] for row in rows], dtype="datetime64[D]"),
        "geldig_tot": np.array([row[3] for row in rows], dtype="datetime64[D]"),
        "gewijzigd_door": texts(row[4] for row in rows),
    }


def _accounts(each: Supplier) -> Iterator[tuple[str, str, object, object, str]]:
    never = np.datetime64("NaT", "D")
    first = np.datetime64(each.aangemaakt_op)
    if each.oude_iban is None:
        yield each.leverancier_id, each.iban, first, never, "ADM1"
    else:
        yield each.leverancier_id, each.oude_iban, first, IBAN_WISSEL - 1, "ADM1"
        yield each.leverancier_id, each.iban, IBAN_WISSEL, never, "ADM2"
    if each.g_iban is not None:
        yield each.leverancier_id, each.g_iban, first, never, "ADM1"


def _names() -> Iterator[tuple[str, int, str]]:
    """Yield kostensoort, place within it, and name."""
    own = [name.strip() for name in _EIGENNAMEN.split(",")]
    for turn, (kostensoort, (count, nouns)) in enumerate(_BRANCHES.items()):
        kinds = [noun.strip() for noun in nouns.split(",")]
        for within in range(count):
            name = own[(turn * 13 + within * 11) % len(own)]
            form = _RECHTSVORMEN[(turn + within) % len(_RECHTSVORMEN)]
            yield kostensoort, within, f"{name} {kinds[within % len(kinds)]} {form}"


def _supplier(place: int, kostensoort: str, within: int, name: str, rsin: str) -> Supplier:
    every, other = _ANDERE_TARIEVEN.get(kostensoort, (0, 21))
    bank = identifiers.BANKCODES[place % 2]
    account = 1_200_000_000 + place * 7_654_321
    return Supplier(
        leverancier_id=f"LEV{place + 1:04d}",
        naam=name,
        kostensoort=kostensoort,
        kvk=identifiers.kvk_nummer(place),
        rsin=rsin,
        iban=identifiers.iban(bank, account),
        oude_iban=identifiers.iban(bank, account + 1_000_003) if place % 17 == 4 else None,
        g_iban=identifiers.iban(bank, account + 2_000_005)
        if kostensoort == "Inhuur derden" and within % 9 == 2
        else None,
        btw_perc=other if every and within % every == 1 % every else 21,
        straat=f"{_STRATEN[place % len(_STRATEN)]} {1 + place * 7 % 180}",
        postcode=f"{1000 + place * 53 % 8900} {chr(65 + place % 26)}{chr(65 + place * 5 % 26)}",
        plaats=PLAATSEN[place % len(PLAATSEN)],
        aangemaakt_op=f"{2014 + place % 11}-{1 + place * 5 % 12:02d}-{1 + place * 11 % 28:02d}",
        nummering=place % 5,
        betaaltermijn=14 if place % 4 == 1 else 30,
    )

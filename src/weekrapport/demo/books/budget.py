"""The budget: 38 lines a year, how they are phased, and what was decided about them since: no chance.

The 28 lines behind which an invoice must stand are € 3,650,000 a year. Every cost centre is a team; `ALG` is what the
teams share.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from weekrapport.demo.organisation import Rows, texts

YEARS = (2025, 2026)
ALGEMEEN = "ALG"
_BUDGETHOUDER = {
    "T01": "Manager dienstverlening", "T02": "Manager dienstverlening", "T03": "Manager projecten",
    "T04": "Manager projecten", "T05": "Manager dienstverlening", "T06": "CISO", "T07": "Manager projecten",
    ALGEMEEN: "Directeur bedrijfsvoering",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One budget line, the same in both years except for its amounts."""

    kostenplaats: str
    rekening: str
    omschrijving: str
    kostensoort: str
    euros: tuple[int, int]
    """Current budget of each year, amendments included."""
    ratio: tuple[float, float] = (1.0, 1.0)
    """Actual as a share of budget: of 2025, and of January to October 2026."""
    singles: int = 0
    """Invoices a year that stand alone."""
    series: int = 0
    """Contracts with an invoice every month."""
    series_share: float = 0.0
    """Share of the actual that the contracts cost."""
    dienst: str | None = None
    phasing: str | None = None
    source: str = "factuur"
    soort: str = "kosten"

    @property
    def factuurplichtig(self) -> bool:
        """Whether an invoice must stand behind every booking."""
        return self.source == "factuur" and self.soort == "kosten"


_HOSTING, _INHUUR, _LICENTIES, _HUIS = "Hosting & cloud", "Inhuur derden", "Licenties", "Huisvesting"
_OPLEIDING, _KANTOOR, _REIZEN, _MARKETING, _ADVIES = "Opleiding", "Kantoor", "Reizen", "Marketing", "Advies"

LINES = (
    Line("T05", "4200", "Datacenter", _HOSTING, (395_000, 420_000), (1.02, 1.01), 60, 2, 0.6, "D09"),
    Line("T05", "4210", "Cloudplatform", _HOSTING, (270_000, 310_000), (1.05, 1.19), 70, 3, 0.7, "D09"),
    Line("T05", "4220", "Dataverbindingen", _HOSTING, (88_000, 90_000), (0.99, 1.0), 50, 3, 0.7, "D09"),
    Line("T05", "4230", "Back-up en uitwijk", _HOSTING, (102_000, 110_000), (1.01, 1.04), 30, 2, 0.75, "D09"),
    Line("T04", "4210", "Cloud voor ontwikkeling en test", _HOSTING, (45_000, 50_000), (1.03, 1.08), 40, 1, 0.6, "D07"),
    Line("T03", "4400", "Inhuur projectleiding", _INHUUR, (290_000, 260_000), (1.03, 1.04), 90, dienst="D01"),
    Line("T04", "4400", "Inhuur ontwikkeling", _INHUUR, (270_000, 250_000), (1.06, 1.13), 85, dienst="D08"),
    Line("T02", "4400", "Inhuur applicatiebeheer", _INHUUR, (135_000, 130_000), (1.02, 1.06), 60, dienst="D02",
         phasing="zomer"),
    Line("T01", "4400", "Inhuur servicedesk", _INHUUR, (95_000, 90_000), (0.98, 1.02), 55, phasing="zomer"),
    Line("T04", "4300", "Ontwikkelgereedschap", _LICENTIES, (138_000, 140_000), (1.0, 0.99), 70, 2, 0.3, "D07"),
    Line("T02", "4310", "Databases", _LICENTIES, (212_000, 210_000), (0.98, 0.938), 45, 2, 0.55, "D01"),
    Line("T05", "4320", "Beveiligingssoftware", _LICENTIES, (112_000, 120_000), (1.0, 1.01), 50, 2, 0.5, "D10"),
    Line("ALG", "4330", "Kantoorautomatisering", _LICENTIES, (128_000, 130_000), (0.99, 0.96), 75, 2, 0.5,
         phasing="eerste_helft"),
    Line("T06", "4340", "Privacy en risico", _LICENTIES, (50_000, 50_000), (1.0, 0.97), 30, 1, 0.4),
    Line("ALG", "4100", "Huur kantoor", _HUIS, (120_000, 120_000), (1.0, 1.0), 0, 1, 1.0),
    Line("ALG", "4110", "Energie en water", _HUIS, (78_000, 72_000), (0.97, 1.06), 24, 2, 0.6, phasing="winter"),
    Line("ALG", "4120", "Schoonmaak en onderhoud", _HUIS, (104_000, 108_000), (1.0, 0.99), 60, 1, 0.7),
    Line("ALG", "4130", "Inrichting en beveiliging", _HUIS, (58_000, 60_000), (0.98, 0.98), 70),
    Line("T07", "4500", "Vakopleiding adviseurs", _OPLEIDING, (48_000, 45_000), (0.97, 0.98), 45, dienst="D12",
         phasing="cursusjaar"),
    Line("ALG", "4500", "Opleiding medewerkers", _OPLEIDING, (140_000, 135_000), (0.98, 0.93), 150,
         phasing="cursusjaar"),
    Line("ALG", "4600", "Kantoorartikelen en drukwerk", _KANTOOR, (62_000, 60_000), (1.0, 1.02), 190),
    Line("ALG", "4610", "Telefonie", _KANTOOR, (68_000, 66_000), (0.99, 0.99), 60, 2, 0.6),
    Line("ALG", "4620", "Hardware en klein materiaal", _KANTOOR, (118_000, 114_000), (1.02, 1.05), 150),
    Line("T03", "4650", "Reizen en verblijf projecten", _REIZEN, (104_000, 100_000), (1.01, 1.03), 190, dienst="D01"),
    Line("T07", "4650", "Reizen en verblijf advies", _REIZEN, (42_000, 40_000), (0.96, 0.95), 95, dienst="D12"),
    Line("T07", "4700", "Marketing en beurzen", _MARKETING, (126_000, 120_000), (1.01, 0.94), 110, phasing="beurzen"),
    Line("T06", "4750", "Audits en penetratietesten", _ADVIES, (142_000, 140_000), (0.99, 1.02), 60, dienst="D10"),
    Line("ALG", "4760", "Accountant en juridisch advies", _ADVIES, (110_000, 110_000), (1.0, 1.04), 45, 1, 0.2),
    Line("ALG", "4000", "Lonen en salarissen", "Personeel", (2_440_000, 2_560_000), phasing="vakantiegeld",
         source="loonjournaal"),
    Line("ALG", "4010", "Sociale lasten", "Personeel", (463_000, 486_000), phasing="vakantiegeld",
         source="loonjournaal"),
    Line("ALG", "4020", "Pensioenlasten", "Personeel", (268_000, 282_000), source="loonjournaal"),
    Line("T05", "4800", "Afschrijving hardware", "Afschrijvingen", (228_000, 240_000), (1.0, 0.995), dienst="D09",
         source="afschrijvingsstaat"),
    Line("ALG", "4900", "Bank- en betaalkosten", "Overige kosten", (9_200, 9_600), (1.01, 0.98), source="memoriaal"),
    Line("T02", "8000", "Licentieopbrengsten", "Opbrengsten", (3_020_000, 3_150_000), (1.0, 1.004), dienst="D01",
         source="memoriaal", soort="opbrengsten"),
    Line("T05", "8010", "Hosting en beheer", "Opbrengsten", (1_840_000, 1_950_000), (1.0, 1.009), dienst="D09",
         source="memoriaal", soort="opbrengsten"),
    Line("T03", "8020", "Implementaties en projecten", "Opbrengsten", (1_210_000, 1_250_000), (0.99, 0.97), 110,
         dienst="D01", source="factuur", soort="opbrengsten"),
    Line("T04", "8030", "Maatwerk en koppelingen", "Opbrengsten", (615_000, 640_000), (1.01, 1.02), 90, dienst="D08",
         source="factuur", soort="opbrengsten"),
    Line("T07", "8040", "Opleiding en advies", "Opbrengsten", (450_000, 460_000), (0.99, 0.985), 130, dienst="D12",
         phasing="cursusjaar", source="factuur", soort="opbrengsten"),
)  # fmt: skip

PHASINGS = {
    "zomer": (70, 70, 75, 75, 80, 95, 130, 130, 80, 70, 65, 60),
    "eerste_helft": (160, 140, 120, 100, 90, 80, 60, 50, 60, 60, 45, 35),
    "winter": (140, 130, 110, 80, 55, 45, 40, 40, 55, 80, 105, 120),
    "cursusjaar": (70, 95, 110, 95, 90, 75, 30, 25, 110, 120, 110, 70),
    "beurzen": (40, 50, 120, 130, 80, 60, 20, 30, 160, 170, 100, 40),
    "vakantiegeld": (100, 100, 100, 100, 196, 100, 100, 100, 100, 100, 100, 100),
}
"""Weight of every month."""

_WIJZIGINGEN = (
    (2025, "T05", "4210", "2025-04-15", 20_000, "DIR-2025-04: verhuizing naar het cloudplatform"),
    (2025, "T02", "4310", "2025-04-15", -20_000, "DIR-2025-04: verhuizing naar het cloudplatform"),
    (2026, "T05", "4210", "2026-03-17", 25_000, "DIR-2026-02: groei van het aantal omgevingen"),
    (2026, "T04", "4300", "2026-03-17", -10_000, "DIR-2026-02: groei van het aantal omgevingen"),
    (2026, "T07", "4700", "2026-03-17", -15_000, "DIR-2026-02: groei van het aantal omgevingen"),
    (2026, "T04", "4400", "2026-06-09", 18_000, "DIR-2026-05: vacature ontwikkeling tijdelijk ingevuld"),
    (2026, "ALG", "4500", "2026-06-09", -18_000, "DIR-2026-05: vacature ontwikkeling tijdelijk ingevuld"),
)
"""Year, cost centre, account, day, euros, decision; each decision moves budget and adds nothing."""


def regel_id(year: int, number: int) -> str:
    """Return the id of the line at place `number` of `LINES`."""
    return f"BR-{year}-{number + 1:02d}"


def budget_cents(factor: float) -> np.ndarray:
    """Return the current budget in cents: years × lines."""
    euros = np.array([[line.euros[k] for line in LINES] for k in range(len(YEARS))])
    return np.round(euros * 100 * factor).astype("int64")


def shares(phasing: str | None) -> np.ndarray:
    """Return the share of every month, in millionths when the line has a phasing of its own."""
    if phasing is None:
        return np.full(12, 1 / 12)
    weights = np.array(PHASINGS[phasing], dtype=float)
    millionths = np.round(weights / weights.sum() * 1_000_000).astype("int64")
    millionths[-1] += 1_000_000 - millionths.sum()
    return millionths / 1_000_000


def begrotingsregels(factor: float) -> Rows:
    """Return the lines of both years."""
    pairs = [(k, number, line) for k in range(len(YEARS)) for number, line in enumerate(LINES)]
    current = budget_cents(factor).ravel()
    changed = dict.fromkeys((regel_id(YEARS[k], number) for k, number, _ in pairs), 0)
    for key, cents in zip(*(begrotingswijzigingen(factor)[name] for name in ("regel_id", "bedrag_cent")), strict=True):
        changed[key] += int(cents)
    return {
        "regel_id": texts(changed),
        "jaar": np.array([YEARS[k] for k, _, _ in pairs]),
        "kostenplaats": texts(line.kostenplaats for _, _, line in pairs),
        "grootboekrekening": texts(line.rekening for _, _, line in pairs),
        "omschrijving": texts(line.omschrijving for _, _, line in pairs),
        "kostensoort": texts(line.kostensoort for _, _, line in pairs),
        "soort": texts(line.soort for _, _, line in pairs),
        "bedrag_cent": current,
        "primair_cent": current - np.array(list(changed.values())),
        "budgethouder_rol": texts(_BUDGETHOUDER[line.kostenplaats] for _, _, line in pairs),
        "factuurplichtig": np.array([line.factuurplichtig for _, _, line in pairs]),
        "brondocument_soort": texts(line.source for _, _, line in pairs),
        "dienst_id": texts(line.dienst for _, _, line in pairs),
        "geldig_vanaf": np.array([f"{YEARS[k]}-01-01" for k, _, _ in pairs], dtype="datetime64[D]"),
    }


def begroting_fasering() -> Rows:
    """Return twelve shares for every line with a phasing of its own."""
    phased = [
        (regel_id(year, number), shares(line.phasing))
        for year in YEARS
        for number, line in enumerate(LINES)
        if line.phasing
    ]
    return {
        "regel_id": texts(key for key, _ in phased for _ in range(12)),
        "maand": np.tile(np.arange(1, 13), len(phased)),
        "aandeel": np.concatenate([each for _, each in phased]),
    }


def begrotingswijzigingen(factor: float) -> Rows:
    """Return the decided changes."""
    number_of = {(line.kostenplaats, line.rekening): number for number, line in enumerate(LINES)}
    return {
        "wijziging_id": texts(f"BW-{number:03d}" for number in range(1, len(_WIJZIGINGEN) + 1)),
        "regel_id": texts(regel_id(year, number_of[place, account]) for year, place, account, *_ in _WIJZIGINGEN),
        "datum": np.array([day for _, _, _, day, *_ in _WIJZIGINGEN], dtype="datetime64[D]"),
        "bedrag_cent": np.array([round(euros * 100 * factor) for *_, euros, _ in _WIJZIGINGEN], dtype="int64"),
        "besluit": texts(decision for *_, decision in _WIJZIGINGEN),
    }

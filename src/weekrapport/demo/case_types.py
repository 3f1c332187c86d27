"""The fourteen case types: how often they come, how long they take, what was promised, who does them.

Durations are lognormal in days of the unit of the norm. The three types with a statutory term (AVG, klacht, Woo)
count calendar days, because an internal norm of 25 working days would lie after the statutory month.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from weekrapport.demo.organisation import Rows, texts


@dataclass(frozen=True)
class CaseType:
    """One case type and the parameters of its chance."""

    code: str
    label: str
    soort: str
    norm: int
    median: float
    sigma: float
    per_week: float
    teams: dict[str, float]
    hours: float
    statuses: tuple[tuple[str, float], ...]
    """Label and the share of the duration after which it is set, the first 0 and the last 1."""
    unit: str = "werkdag"
    wettelijk: tuple[int, str, str] | None = None
    verlenging: tuple[int, str] | None = None
    opschorting: float = 0.0
    """Weight in the draw of suspended cases; 0 = a suspension is not possible."""
    intern: float = 0.0
    """Share without a customer."""
    prioriteit: tuple[float, float, float, float] = (0.0, 0.0, 0.7, 0.3)
    belang: tuple[float, float, float, float, float] = (0.15, 0.66, 0.15, 0.035, 0.005)
    vertrouwelijkheid: str = "intern"
    risicogewicht: int = 1
    diensten: tuple[str, ...] = ("D01", "D02", "D03", "D04", "D05", "D06", "D07")

    @property
    def norm_werkdagen(self) -> int:
        """The norm in working days, roughly for a norm in calendar days."""
        return self.norm if self.unit == "werkdag" else self.norm * 5 // 7


def _steps(text: str) -> tuple[tuple[str, float], ...]:
    """Return "Ontvangen 0, Gesloten 1" as pairs."""
    return tuple((label, float(share)) for label, share in (part.rsplit(" ", 1) for part in text.split(", ")))


_AVG_BELANG = (0.0, 0.0, 0.0, 0.3, 0.7)
_KLACHT_BELANG = (0.0, 0.15, 0.5, 0.3, 0.05)

CASE_TYPES = (
    CaseType(
        "STORING-P1", "Storing (P1)", "storing", 1, 0.35, 0.7, 6, {"T05": 0.45, "T02": 0.3, "T01": 0.25}, 4,
        _steps("Gemeld 0, In behandeling 0.1, Hersteld 0.85, Gesloten 1"),
        prioriteit=(1, 0, 0, 0), belang=(0, 0, 0, 0, 1), risicogewicht=2,
        diensten=("D01", "D02", "D04", "D07", "D08", "D09", "D10"),
    ),
    CaseType(
        "STORING", "Storing", "storing", 5, 1.9, 0.75, 22, {"T01": 0.5, "T02": 0.35, "T05": 0.15}, 2.5,
        _steps("Gemeld 0, In behandeling 0.2, Opgelost 0.85, Gesloten 1"),
        opschorting=1, prioriteit=(0, 0.25, 0.6, 0.15),
    ),
    CaseType(
        "VRAAG", "Vraag", "vraag", 3, 1.1, 0.8, 26, {"T01": 0.75, "T02": 0.2, "T07": 0.05}, 0.75,
        _steps("Ontvangen 0, In behandeling 0.35, Beantwoord 1"), opschorting=0.6,
    ),
    CaseType(
        "WIJZIGING", "Wijzigingsverzoek", "wijziging", 20, 11, 0.6, 9, {"T02": 0.6, "T04": 0.4}, 10,
        _steps("Ingediend 0, Beoordeeld 0.2, In uitvoering 0.45, In test bij klant 0.8, Doorgevoerd 1"),
        verlenging=(10, "werkdag"), opschorting=2.2,
    ),
    CaseType(
        "IMPLEMENTATIE", "Implementatie", "implementatie", 60, 42, 0.45, 3, {"T03": 1.0}, 80,
        _steps("Opdracht 0, Voorbereiding 0.08, Inrichting 0.3, Test 0.65, Acceptatie 0.85, Opgeleverd 1"),
        verlenging=(20, "werkdag"), opschorting=3, risicogewicht=5, belang=(0, 0.3, 0.5, 0.17, 0.03),
    ),
    CaseType(
        "KOPPELING", "Koppeling", "project", 45, 33, 0.5, 2.5, {"T03": 0.5, "T04": 0.5}, 40,
        _steps("Aangevraagd 0, Ontwerp 0.15, Bouw 0.4, Ketentest 0.8, In gebruik 1"),
        verlenging=(15, "werkdag"), opschorting=3, risicogewicht=2, diensten=("D08", "D07", "D01"),
    ),
    CaseType(
        "OPLEIDING", "Opleiding", "advies_opleiding", 30, 20, 0.4, 2, {"T07": 1.0}, 16,
        _steps("Aangevraagd 0, Gepland 0.25, Gegeven 0.9, Afgerond 1"),
        verlenging=(10, "werkdag"), opschorting=1.5, diensten=("D12",),
    ),
    CaseType(
        "RELEASE", "Release", "wijziging", 15, 10, 0.4, 2.5, {"T04": 0.7, "T05": 0.3}, 24,
        _steps("Aangekondigd 0, Gebouwd 0.35, Getest 0.7, Vrijgegeven 0.9, Uitgerold 1"),
        verlenging=(5, "werkdag"), opschorting=0.5, intern=0.5, risicogewicht=2,
    ),
    CaseType(
        "BEVEILIGING", "Beveiligingsmelding", "beveiliging", 10, 5, 0.7, 1.5, {"T06": 0.8, "T05": 0.2}, 6,
        _steps("Gemeld 0, Beoordeeld 0.1, Maatregel genomen 0.5, Nazorg 0.8, Gesloten 1"),
        intern=0.4, prioriteit=(0.15, 0.5, 0.35, 0), belang=(0, 0.1, 0.5, 0.3, 0.1),
        vertrouwelijkheid="vertrouwelijk", risicogewicht=5, diensten=("D09", "D10", "D07"),
    ),
    CaseType(
        "AVG", "AVG-verzoek", "privacy", 25, 17, 0.45, 0.8, {"T06": 1.0}, 6,
        _steps("Ontvangen 0, Identiteit vastgesteld 0.2, In behandeling 0.4, Besluit 0.9, Afgerond 1"),
        unit="kalenderdag", wettelijk=(1, "maand", "AVG art. 12 lid 3"), verlenging=(2, "maand"), opschorting=1.5,
        belang=_AVG_BELANG, vertrouwelijkheid="vertrouwelijk", risicogewicht=5, diensten=("D02", "D04", "D01"),
    ),
    CaseType(
        "KLACHT", "Klacht", "klacht", 14, 9.5, 0.55, 1.6, {"T01": 0.4, "T07": 0.3, "T03": 0.3}, 4,
        _steps("Ontvangen 0, Ontvangst bevestigd 0.1, Gehoord 0.5, Afdoening 0.9, Afgerond 1"),
        unit="kalenderdag", wettelijk=(6, "week", "Awb art. 9:11 lid 1"), verlenging=(4, "week"), opschorting=1,
        belang=_KLACHT_BELANG, vertrouwelijkheid="zaakvertrouwelijk", risicogewicht=5,
    ),
    CaseType(
        "WOO", "Woo-verzoek", "privacy", 25, 19, 0.4, 0.5, {"T06": 1.0}, 12,
        _steps("Ontvangen 0, Inventarisatie 0.2, Zienswijzen 0.5, Besluit 0.9, Afgerond 1"),
        unit="kalenderdag", wettelijk=(4, "week", "Woo art. 4.4 lid 1"), verlenging=(2, "week"), opschorting=1.5,
        belang=_AVG_BELANG, risicogewicht=5, diensten=("D06", "D01"),
    ),
    CaseType(
        "OFFERTE", "Offerteverzoek", "commercieel", 10, 6.2, 0.5, 3, {"T07": 0.6, "T03": 0.4}, 5,
        _steps("Ontvangen 0, In voorbereiding 0.3, Uitgebracht 0.85, Afgerond 1"),
        verlenging=(5, "werkdag"), opschorting=1.2,
    ),
    CaseType(
        "AUTORISATIE", "Autorisatie", "autorisatie", 2, 0.9, 0.7, 14, {"T01": 0.7, "T05": 0.3}, 0.5,
        _steps("Aangevraagd 0, Akkoord 0.4, Ingericht 0.9, Gesloten 1"), intern=0.15, diensten=("D10",),
    ),
)  # fmt: skip

GELDIG_VAN = np.datetime64("2024-01-01")


def zaaktypen() -> Rows:
    """Return the case types as the case system exports them, one version each."""
    wettelijk = [each.wettelijk or (np.nan, None, None) for each in CASE_TYPES]
    verlenging = [each.verlenging or (np.nan, None) for each in CASE_TYPES]
    count = len(CASE_TYPES)
    return {
        "zaaktype_id": texts(each.code for each in CASE_TYPES),
        "omschrijving": texts(each.label for each in CASE_TYPES),
        "soort_werkzaamheid": texts(each.soort for each in CASE_TYPES),
        "servicenorm_waarde": np.array([each.norm for each in CASE_TYPES]),
        "servicenorm_eenheid": texts(each.unit for each in CASE_TYPES),
        "wettelijk_waarde": np.array([value for value, _, _ in wettelijk]),
        "wettelijk_eenheid": texts(unit for _, unit, _ in wettelijk),
        "wettelijk_grondslag": texts(basis for _, _, basis in wettelijk),
        "opschorting_mogelijk": np.array([each.opschorting > 0 for each in CASE_TYPES]),
        "verlenging_mogelijk": np.array([each.verlenging is not None for each in CASE_TYPES]),
        "verlengingstermijn_waarde": np.array([value for value, _ in verlenging]),
        "verlengingstermijn_eenheid": texts(unit for _, unit in verlenging),
        "vertrouwelijkheid": texts(each.vertrouwelijkheid for each in CASE_TYPES),
        "verantwoordelijk_team_id": texts(max(each.teams, key=each.teams.__getitem__) for each in CASE_TYPES),
        "risicogewicht": np.array([each.risicogewicht for each in CASE_TYPES]),
        "verwachte_uren": np.array([each.hours for each in CASE_TYPES]),
        "geldig_van": np.full(count, GELDIG_VAN),
        "geldig_tot": np.full(count, np.datetime64("NaT"), dtype="datetime64[D]"),
        "concept": np.zeros(count, dtype=bool),
    }


def statustypen() -> Rows:
    """Return the ladder of statuses of every case type."""
    steps = [
        (each.code, number, label, number == len(each.statuses))
        for each in CASE_TYPES
        for number, (label, _) in enumerate(each.statuses, start=1)
    ]
    return {
        "zaaktype_id": texts(code for code, _, _, _ in steps),
        "statustype_id": texts(f"{code}-{number}" for code, number, _, _ in steps),
        "volgnummer": np.array([number for _, number, _, _ in steps]),
        "omschrijving": texts(label for _, _, label, _ in steps),
        "is_eindstatus": np.array([last for _, _, _, last in steps]),
        "informeren": np.array([number == 1 or last for _, number, _, last in steps]),
    }

"""Who works at the fictional Zaakkracht B.V., for whom, and what it delivers: fixed lists, no chance.

Every name is invented; no municipality, customer or employee of this name is meant.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np

NAME = "Zaakkracht B.V."
AUTHOR = "Officer kwaliteit en planning"

Rows = dict[str, np.ndarray]
"""A table by column: object arrays of text (None = unknown), datetime64[D], datetime64[m], numbers (NaN) or bool."""

_TEAMS = {
    "T01": ("Servicedesk", "Manager dienstverlening"),
    "T02": ("Applicatiebeheer", "Manager dienstverlening"),
    "T03": ("Projecten & Implementatie", "Manager projecten"),
    "T04": ("Ontwikkeling", "Manager projecten"),
    "T05": ("Techniek & Hosting", "Manager dienstverlening"),
    "T06": ("Informatiebeveiliging & Privacy", "CISO"),
    "T07": ("Advies & Opleiding", "Manager projecten"),
}
TEAM_IDS = tuple(_TEAMS)

_MEDEWERKERS = {
    "T01": "Joost Bakker, Renée Daniëls, Fatima el Amrani, Sjoerd Postma, Kim de Wit, Naïma Bouzid, Jelle Brands, "
    "Lotte van Dam, Mehmet Yildiz, Anouk Smeets, Ruben Visser",
    "T02": "Marjan Hofstra, Zoë Meijer, Bas Kuipers, Iris van Loon, André Wolters, Sanne Vermeer, Tijn Jonker, "
    "Esmée Groen, Wouter Prins",
    "T03": "Hélène Faber, Pieter Dijkman, Carlijn Bos, Omar Haddad, Thijs Rietveld, Noëlle Schouten, Gijs Terpstra, "
    "Judith Brinkman",
    "T04": "Daniël Koster, Priya Nair, Floor Evers, Stijn Mulder, Chloë Verbeek, Luuk Zandstra, Rosa Martens",
    "T05": "Henk Oldenburg, Aïcha Benali, Koen Sterk, Mila Roos, Jurriën Blok",
    "T06": "Saskia Noorman, Björn Ekelmans, Dewi Tan",
    "T07": "Cécile Lammers, Maarten Kroon, Yara Willems",
}
_DEELTIJD = (1.0, 0.89, 1.0, 0.78, 1.0, 0.67, 1.0, 0.89, 0.56, 1.0, 0.89)
_LATER_IN_DIENST = {"Ruben Visser": "2025-03-01", "Wouter Prins": "2025-09-01", "Rosa Martens": "2026-02-01"}

_VAARDIGHEDEN = {
    "T01": ("Telefonie", "Zaaksysteem"),
    "T02": ("Applicatiebeheer", "Zaaksysteem", "Databases"),
    "T03": ("Projectleiding", "Koppelingen"),
    "T04": ("Programmeren", "Koppelingen", "Databases"),
    "T05": ("Netwerk", "Hosting", "Databases"),
    "T06": ("Informatiebeveiliging", "Privacy"),
    "T07": ("Opleiding", "Advies"),
}

_GEMEENTEN = (
    "Veldersloot, Harkelo, Oosterwaard, Brinkhaven, Duinrecht, Lindermeer, Kasterveen, Zuidbroekerland, Molenhoorn, "
    "Elsterade, Wijdemark, Rietmonde, Hoogerbeek, Sluisderdam, Berkenrade, Westerdrecht, Heidelaar, Ravenstede, "
    "Polderweerd, Torenvliet, Esdoornhout, Zeeënburg, Coëlanden, Mariënveld, Bosscherade, Lagelanden, Amerwold, "
    "Dommelaar, Veenderwold, Hasselroede, Uiterdijken, Kromhorst, Drielanden, Oldenveen, Nieuwerschoot, Waalderbroek, "
    "Peelerheide, IJsselhorst, Grootenburg, Maasterwijk, Sint-Annaweerd, Klein Brabeek"
)
_ANDERE_KLANTEN = {
    "samenwerkingsverband": "BedrijfsvoeringsOrganisatie Drie Kernen, Shared Service Centrum Duinstreek, "
    "Werkorganisatie Veen en Wold, Belastingsamenwerking Oostermaas, Regionale ICT-dienst Lindestroom, "
    "Sociale Dienst Kromme Beek",
    "omgevingsdienst": "Omgevingsdienst Noorderkwartaal, Omgevingsdienst Maasheide, Omgevingsdienst Rijnboog, "
    "Omgevingsdienst Zeeënland",
    "waterschap": "Waterschap De Brede Vliet, Waterschap Veen en Aa, Waterschap Oude Strengen, Waterschap Peelbeken",
    "woningcorporatie": "Woonstichting De Hoeksteen, Coöperatie Samen Wonen Duinrecht, Woningbouw Lindermeer, "
    "Stichting Thuis in Harkelo",
    "veiligheidsregio": "Veiligheidsregio Middenstroom, Veiligheidsregio Hoogland",
    "overig": "Regionaal Archief De Schakel, Bibliotheek Oosterwaard",
}

_DIENSTEN = {
    "D01": ("Zaaksysteem", "T02", "inwoner per jaar"),
    "D02": ("Burgerzaken", "T02", "inwoner per jaar"),
    "D03": ("Belastingen", "T02", "aanslag per jaar"),
    "D04": ("Sociaal domein", "T02", "gebruiker per maand"),
    "D05": ("Vergunningen", "T02", "gebruiker per maand"),
    "D06": ("Documentbeheer", "T02", "gebruiker per maand"),
    "D07": ("Klantportaal", "T04", "vast bedrag per maand"),
    "D08": ("Koppelvlakken", "T04", "koppeling per maand"),
    "D09": ("Hosting en beheer", "T05", "vast bedrag per maand"),
    "D10": ("Identiteit en toegang", "T05", "gebruiker per maand"),
    "D11": ("Rapportage en analyse", "T07", "vast bedrag per maand"),
    "D12": ("Opleiding en advies", "T07", "dagdeel à € 640"),
}
DIENST_IDS = tuple(_DIENSTEN)


def texts(values: Iterable[object]) -> np.ndarray:
    """Return an object array of text, None where a value is unknown."""
    return np.array(list(values), dtype=object)


def only(values: np.ndarray, where: np.ndarray) -> np.ndarray:
    """Return a copy of text in which what does not lie in `where` is unknown."""
    result = values.copy()
    result[~where] = None
    return result


def unknown(values: np.ndarray) -> np.ndarray:
    """Return in which rows text is unknown."""
    return np.array([value is None for value in values], dtype=bool)


def teams() -> Rows:
    """Return the seven teams."""
    return {
        "team_id": texts(_TEAMS),
        "naam": texts(name for name, _ in _TEAMS.values()),
        "manager_rol": texts(role for _, role in _TEAMS.values()),
        "actief": np.ones(len(_TEAMS), dtype=bool),
    }


def medewerkers() -> Rows:
    """Return the 46 employees; the first of a team has been there all along."""
    pairs = [(team, name.strip()) for team, names in _MEDEWERKERS.items() for name in names.split(",")]
    names = [name for _, name in pairs]
    first_days = [
        _LATER_IN_DIENST.get(name, f"{2012 + i % 11}-{1 + i * 5 % 12:02d}-01") for i, name in enumerate(names)
    ]
    return {
        "medewerker_id": texts(f"M{i:03d}" for i in range(101, 101 + len(pairs))),
        "weergavenaam": texts(names),
        "initialen": texts(_initialen(names)),
        "team_id": texts(team for team, _ in pairs),
        "fte": np.array([_DEELTIJD[i % len(_DEELTIJD)] for i in range(len(pairs))]),
        "in_dienst": np.array(first_days, dtype="datetime64[D]"),
        "uit_dienst": np.full(len(pairs), np.datetime64("NaT"), dtype="datetime64[D]"),
        "vaardigheden": texts(_two(_VAARDIGHEDEN[team], number) for number, (team, _) in enumerate(pairs)),
    }


def klanten() -> Rows:
    """Return the 64 customers, the largest first."""
    pairs = [("gemeente", f"Gemeente {name.strip()}") for name in _GEMEENTEN.split(",")]
    pairs += [(segment, name.strip()) for segment, names in _ANDERE_KLANTEN.items() for name in names.split(",")]
    return {
        "klant_id": texts(f"K{i:04d}" for i in range(1001, 1001 + len(pairs))),
        "naam": texts(name for _, name in pairs),
        "segment": texts(segment for segment, _ in pairs),
        "actief": np.ones(len(pairs), dtype=bool),
    }


def diensten() -> Rows:
    """Return the service catalogue."""
    count = len(_DIENSTEN)
    return {
        "dienst_id": texts(_DIENSTEN),
        "naam": texts(name for name, _, _ in _DIENSTEN.values()),
        "eigenaar_team_id": texts(team for _, team, _ in _DIENSTEN.values()),
        "eenheid": texts(unit for _, _, unit in _DIENSTEN.values()),
        "geldig_van": np.full(count, np.datetime64("2022-01-01")),
        "geldig_tot": np.full(count, np.datetime64("NaT"), dtype="datetime64[D]"),
    }


def _two(skills: tuple[str, ...], number: int) -> str:
    """Return two skills of a team, other ones for the next employee."""
    first = number % len(skills)
    return ", ".join(dict.fromkeys((skills[first], skills[(first + 1) % len(skills)])))


def _initialen(names: list[str]) -> list[str]:
    """Return initials that are unique in the organisation (J.B., J.B.2)."""
    seen: Counter[str] = Counter()
    result = []
    for name in names:
        words = [word for word in name.replace("-", " ").split() if word[0].isupper()]
        initials = "".join(f"{word[0]}." for word in words)
        seen[initials] += 1
        result.append(initials if seen[initials] == 1 else f"{initials}{seen[initials]}")
    return result

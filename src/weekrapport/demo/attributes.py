"""What a case is besides its dates: for whom, by whom, how urgent, how it ended.

Most functions return one value a case, in the order of the timeline; `types` is the place in `CASE_TYPES`.
"""

from __future__ import annotations

import numpy as np

from weekrapport.demo import organisation, phrases
from weekrapport.demo.case_types import CASE_TYPES
from weekrapport.demo.chance import draw_index
from weekrapport.demo.organisation import texts
from weekrapport.demo.timeline import PEIL, Timeline
from weekrapport.domain.calendars import werkkalender

CODES = texts(each.code for each in CASE_TYPES)
_CATEGORIES = texts(("verleend_geleverd", *phrases.RESULTATEN))
_CATEGORY_SHARES = np.array([0.93, 0.018, 0.032, 0.012, 0.006, 0.002])
_KANALEN = texts(("portaal", "email", "telefoon", "chat", "brief"))
_KANAAL_SHARES = np.array([0.45, 0.3, 0.2, 0.04, 0.01])
_ZONDER_BELOFTE = ("STORING-P1", "VRAAG", "AUTORISATIE")
_NAT = np.datetime64("NaT", "D")


def people(rng: np.random.Generator, timeline: Timeline) -> tuple[np.ndarray, np.ndarray]:
    """Return team and handler; who was not employed yet when the case came in hands it to the first of the team."""
    shares = np.array([[each.teams.get(team, 0.0) for team in organisation.TEAM_IDS] for each in CASE_TYPES])
    team = draw_index(rng, shares[timeline.type])
    medewerker = organisation.medewerkers()
    behandelaar = np.full(len(timeline), None, dtype=object)
    chance = rng.random(len(timeline))
    for number, team_id in enumerate(organisation.TEAM_IDS):
        rows = np.flatnonzero(team == number)
        members = np.flatnonzero(medewerker["team_id"] == team_id)
        chosen = members[np.floor(chance[rows] * len(members)).astype("int64")]
        employed = medewerker["in_dienst"][chosen] <= timeline.startdatum[rows]
        behandelaar[rows] = medewerker["medewerker_id"][np.where(employed, chosen, members[0])]
    return texts(organisation.TEAM_IDS)[team], behandelaar


def customers(rng: np.random.Generator, timeline: Timeline) -> tuple[np.ndarray, np.ndarray]:
    """Return customer (None for our own organisation) and service; a part has those of its main case."""
    ids = organisation.klanten()["klant_id"]
    klant = draw(rng, ids, 1 / (np.arange(len(ids)) + 8.0), len(timeline))
    intern = np.array([each.intern for each in CASE_TYPES])[timeline.type]
    klant[rng.random(len(timeline)) < intern] = None
    options = np.array([[each in case_type.diensten for each in organisation.DIENST_IDS] for case_type in CASE_TYPES])
    dienst = texts(organisation.DIENST_IDS)[draw_index(rng, options[timeline.type].astype(float))]
    part = timeline.hoofdzaak >= 0
    klant[part], dienst[part] = klant[timeline.hoofdzaak[part]], dienst[timeline.hoofdzaak[part]]
    return klant, dienst


def registered(rng: np.random.Generator, timeline: Timeline, einddatum: np.ndarray) -> np.ndarray:
    """Return the registration day: mostly the start day, sometimes some working days later, never after the end."""
    chance, count = rng.random(len(timeline)), len(timeline)
    delay = np.where(chance < 0.955, 0, np.where(chance < 0.99, rng.integers(1, 3, count), rng.integers(3, 7, count)))
    day = timeline.days[timeline.start + delay]
    last = timeline.days[timeline.days < PEIL][-1]
    return np.minimum(day, np.where(np.isnat(einddatum), last, einddatum))


def promised(rng: np.random.Generator, timeline: Timeline, target: np.ndarray, fatal: np.ndarray) -> np.ndarray:
    """Return the planned end: mostly the target day, sometimes a few days off, never after a statutory deadline."""
    chance = rng.random(len(timeline))
    move = np.where(chance < 0.07, -1, np.where(chance > 0.95, 1, 0)) * rng.integers(1, 6, len(timeline))
    planned = np.busday_offset(target, move, roll="forward", busdaycal=werkkalender())
    planned = np.fmin(np.maximum(planned, timeline.startdatum), fatal)
    return np.where(np.isin(CODES[timeline.type].astype(str), _ZONDER_BELOFTE), _NAT, planned)


def escalations(rng: np.random.Generator, days_late: np.ndarray) -> np.ndarray:
    """Return the escalation level: the later, the more often and the higher."""
    shares = np.array([[0.974, 0.02, 0.005, 0.001], [0.74, 0.2, 0.05, 0.01], [0.35, 0.35, 0.2, 0.1]])
    return draw_index(rng, shares[np.digitize(days_late, [1, 11])])


def hours_left(rng: np.random.Generator, timeline: Timeline, closed: np.ndarray) -> np.ndarray:
    """Return the hours still to be spent on an open case, in quarters; unknown for one in ten."""
    expected = np.array([each.hours for each in CASE_TYPES])[timeline.type]
    here = int(np.searchsorted(timeline.days, PEIL))
    done = np.clip((here - timeline.start) / (timeline.werkdagen + timeline.paused_days.sum(axis=1) + 1), 0.05, 0.95)
    hours = np.maximum(np.round(expected * (1 - done) * rng.uniform(0.7, 1.4, len(closed)) * 4) / 4, 0.25)
    return np.where(closed | (rng.random(len(closed)) < 0.1), np.nan, hours)


def secrecy(rng: np.random.Generator, types: np.ndarray) -> np.ndarray:
    """Return the level of the case type; a few are handled more strictly or published."""
    usual = texts(each.vertrouwelijkheid for each in CASE_TYPES)[types]
    chance = rng.random(len(types))
    usual[(usual == "intern") & (chance < 0.015)] = "zaakvertrouwelijk"
    usual[(CODES[types] == "RELEASE") & (chance > 0.9)] = "openbaar"
    return usual


def omschrijvingen(rng: np.random.Generator, types: np.ndarray, dienst: np.ndarray) -> np.ndarray:
    """Return a short text with the service it is about."""
    name_of = dict(zip(organisation.DIENST_IDS, organisation.diensten()["naam"], strict=True))
    chance = rng.random(len(types))
    options = [phrases.OMSCHRIJVINGEN[code] for code in CODES]
    return texts(
        f"{options[type_][int(part * len(options[type_]))]} – {name_of[each]}"
        for type_, part, each in zip(types, chance, dienst, strict=True)
    )


def results(rng: np.random.Generator, types: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the result in words and its category, as if every case were closed."""
    categorie = _CATEGORIES[draw_index(rng, np.tile(_CATEGORY_SHARES, (len(types), 1)))]
    return texts(_result(code, each) for code, each in zip(CODES[types], categorie, strict=True)), categorie


def channels(rng: np.random.Generator, types: np.ndarray) -> np.ndarray:
    """Return how a case came in; a P1 is mostly telephoned."""
    kanaal = draw(rng, _KANALEN, _KANAAL_SHARES, len(types))
    kanaal[(CODES[types] == "STORING-P1") & (rng.random(len(types)) < 0.7)] = "telefoon"
    return kanaal


def _result(code: str, categorie: str) -> str:
    if categorie == "verleend_geleverd":
        return phrases.GELEVERD[code]
    if categorie == "afgewezen" and code in phrases.AFGEWEZEN:
        return phrases.AFGEWEZEN[code]
    return phrases.RESULTATEN[categorie]


def uuids(rng: np.random.Generator, count: int) -> np.ndarray:
    """Return random (version 4) UUIDs."""
    hexes = rng.bytes(16 * count).hex()
    parts = (hexes[i : i + 32] for i in range(0, 32 * count, 32))
    return texts(f"{h[:8]}-{h[8:12]}-4{h[13:16]}-{'89ab'[int(h[16], 16) % 4]}{h[17:20]}-{h[20:]}" for h in parts)


def by_type(rng: np.random.Generator, field: str, values: tuple[object, ...], types: np.ndarray) -> np.ndarray:
    """Return one of `values` a case, by the shares that its case type has in `field`."""
    shares = np.array([getattr(each, field) for each in CASE_TYPES], dtype=float)
    return texts(values)[draw_index(rng, shares[types])]


def draw(rng: np.random.Generator, values: np.ndarray, weights: np.ndarray, count: int) -> np.ndarray:
    """Return `count` of `values`, drawn in proportion to `weights`."""
    return values[rng.choice(len(values), size=count, p=weights / weights.sum())]

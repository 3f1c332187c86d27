"""The cases themselves: what, for whom, by whom, how it ended. The timeline says when."""

from __future__ import annotations

import numpy as np
import pandas as pd

from weekrapport.demo import attributes, phrases
from weekrapport.demo.attributes import CODES
from weekrapport.demo.case_types import CASE_TYPES, zaaktypen
from weekrapport.demo.chance import draw_rows
from weekrapport.demo.organisation import Rows, only, texts
from weekrapport.demo.timeline import PEIL, Timeline
from weekrapport.domain.calendars import werkkalender
from weekrapport.domain.termijnen import termijnen

_LABELS = texts(each.label for each in CASE_TYPES)


def zaak_ids(timeline: Timeline) -> np.ndarray:
    """Return the case numbers, counted from 1 in each year."""
    years = timeline.startdatum.astype("datetime64[Y]").astype("int64") + 1970
    numbers = np.arange(len(years)) - np.searchsorted(years, years) + 1
    return texts(f"ZAAK-{year}-{number:07d}" for year, number in zip(years, numbers, strict=True))


def zaken(timeline: Timeline, opschorting: Rows, verlenging: Rows, streams: dict[str, np.random.Generator]) -> Rows:
    """Return the cases in order of their number, with two columns that no table of ours has."""
    rng, count, types = streams["zaak"], len(timeline), timeline.type
    ids = zaak_ids(timeline)
    gesloten = timeline.closing_moment()
    einddatum = gesloten.astype("datetime64[D]")
    closed = ~np.isnat(gesloten)
    target, fatal = _deadlines(timeline, ids, einddatum, opschorting, verlenging)
    days_late = (np.where(closed, einddatum, PEIL) - target).astype("int64")
    team, behandelaar = attributes.people(rng, timeline)
    klant, dienst = attributes.customers(rng, timeline)
    resultaat, categorie = attributes.results(rng, types)
    running = np.isin(ids, opschorting["zaak_id"][np.isnat(opschorting["eind"])].astype(str))
    reden_of = dict(zip(opschorting["zaak_id"], opschorting["reden"], strict=True))
    fresh = ~closed & (timeline.startdatum >= PEIL - 4) & (rng.random(count) < 0.4)
    forgotten = draw_rows(rng, closed.astype(float), 2)
    behandelaar[fresh] = None
    behandelaar[forgotten] = None
    return {
        "zaak_id": ids,
        "uuid": attributes.uuids(rng, count),
        "omschrijving": attributes.omschrijvingen(streams["zaak_tekst"], types, dienst),
        "zaaktype_id": CODES[types],
        "Zaaktypeomschrijving": _LABELS[types],
        "klant_id": klant,
        "team_id": team,
        "behandelaar_id": behandelaar,
        "registratiedatum": attributes.registered(rng, timeline, einddatum),
        "startdatum": timeline.startdatum,
        "einddatum_gepland": attributes.promised(rng, timeline, target, fatal),
        "uiterlijke_einddatum": fatal,
        "einddatum": einddatum,
        "gesloten_op": gesloten,
        "resultaat": only(resultaat, closed),
        "resultaat_categorie": only(categorie, closed),
        "prioriteit": attributes.by_type(rng, "prioriteit", ("P1", "P2", "P3", "P4"), types),
        "belang": attributes.by_type(rng, "belang", (1, 2, 3, 4, 5), types).astype("int64"),
        "escalatieniveau": attributes.escalations(rng, days_late),
        "hoofdzaak_id": only(ids[timeline.hoofdzaak], timeline.hoofdzaak >= 0),
        "opgeschort_nu": running,
        "opschorting_reden": texts(reden_of[each] if now else None for each, now in zip(ids, running, strict=True)),
        "resturen": attributes.hours_left(rng, timeline, closed),
        "dienst_id": dienst,
        "communicatiekanaal": attributes.channels(rng, types),
        "vertrouwelijkheid": attributes.secrecy(rng, types),
        "Interne notitie": attributes.draw(
            streams["zaak_tekst"], texts(phrases.NOTITIES), np.array(list(phrases.NOTITIES.values())), count
        ),
    }


def _deadlines(
    timeline: Timeline, ids: np.ndarray, einddatum: np.ndarray, opschorting: Rows, verlenging: Rows
) -> tuple[np.ndarray, np.ndarray]:
    """Return the target day and the statutory last day by the term engine, before anything was promised."""
    none = np.full(len(ids), np.datetime64("NaT"), dtype="datetime64[s]")
    zaak = {"zaak_id": ids, "startdatum": timeline.startdatum, "einddatum": einddatum}
    zaak |= {"einddatum_gepland": none, "uiterlijke_einddatum": none}
    terms = pd.DataFrame(zaaktypen()).iloc[timeline.type].reset_index(drop=True)
    found = termijnen(_frame(zaak), terms, _frame(opschorting), _frame(verlenging), PEIL.astype(object), werkkalender())
    target, fatal = (found[name].to_numpy().astype("datetime64[D]") for name in ("streefdatum", "fatale_datum"))
    return target, fatal


def _frame(rows: Rows) -> pd.DataFrame:
    return pd.DataFrame({k: v.astype("datetime64[s]") if v.dtype.kind == "M" else v for k, v in rows.items()})

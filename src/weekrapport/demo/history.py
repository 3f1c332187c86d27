"""What happened to every case on the way: statuses, documents and contact moments.

Each function first lays down events as (case, position) and then keeps those that lie before the export.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from weekrapport.demo.case_types import CASE_TYPES
from weekrapport.demo.organisation import Rows, texts, unknown
from weekrapport.demo.timeline import EXPORT_MOMENT, Timeline

DOCUMENTEN: dict[str, str] = {
    "STORING-P1": "Melding|inkomend|0|1, Logbestand|intern|0.4|0.8, Storingsrapport|uitgaand|1|0.9",
    "STORING": "Melding|inkomend|0|1, Schermafdruk|inkomend|0.1|0.6, Oplossingsbericht|uitgaand|1|0.85",
    "VRAAG": "Vraag|inkomend|0|1, Antwoord|uitgaand|1|0.97",
    "WIJZIGING": "Wijzigingsverzoek|inkomend|0|1, Ontvangstbevestiging|uitgaand|0.04|0.6, "
    "Impactanalyse|intern|0.25|0.8, Testverslag|intern|0.75|0.75, Akkoord klant|inkomend|0.9|0.75, "
    "Afrondingsbericht|uitgaand|1|0.92",
    "IMPLEMENTATIE": "Opdrachtbevestiging|uitgaand|0.01|1, Plan van aanpak|uitgaand|0.1|1, "
    "Voortgangsverslag|uitgaand|0.3|0.95, Voortgangsverslag|uitgaand|0.55|0.95, Testverslag|intern|0.7|1, "
    "Voortgangsverslag|uitgaand|0.8|0.9, Acceptatieverklaring|inkomend|0.92|0.95, Opleverdocument|uitgaand|1|0.98",
    "KOPPELING": "Aanvraag|inkomend|0|1, Ontvangstbevestiging|uitgaand|0.03|0.7, Koppelvlakontwerp|intern|0.2|0.95, "
    "Voortgangsverslag|uitgaand|0.5|0.9, Testverslag|intern|0.8|0.95, Acceptatieverklaring|inkomend|0.95|0.9, "
    "Opleverdocument|uitgaand|1|0.95",
    "OPLEIDING": "Aanvraag|inkomend|0|1, Bevestiging|uitgaand|0.2|0.95, Programma|uitgaand|0.5|0.95, "
    "Evaluatie|intern|1|0.9",
    "RELEASE": "Releaseplan|intern|0.05|1, Testverslag|intern|0.7|0.98, Vrijgaveadvies|intern|0.9|0.7, "
    "Releasenotities|uitgaand|1|0.97",
    "BEVEILIGING": "Melding|inkomend|0|1, Analyse|intern|0.3|0.95, Maatregelenoverzicht|intern|0.6|0.8, "
    "Afrondingsbericht|uitgaand|1|0.9",
    "AVG": "Verzoek|inkomend|0|1, Ontvangstbevestiging|uitgaand|0.05|0.97, Verslag|intern|0.4|0.7, "
    "Besluit|uitgaand|0.95|0.97, Afrondingsbericht|uitgaand|1|0.7",
    "KLACHT": "Klaagschrift|inkomend|0|1, Ontvangstbevestiging|uitgaand|0.1|0.96, Verslag van gesprek|intern|0.5|0.85, "
    "Afdoeningsbrief|uitgaand|1|0.97",
    "WOO": "Verzoek|inkomend|0|1, Ontvangstbevestiging|uitgaand|0.05|0.96, Inventarislijst|intern|0.3|0.95, "
    "Zienswijze|inkomend|0.6|0.7, Besluit|uitgaand|0.98|0.98",
    "OFFERTE": "Offerteverzoek|inkomend|0|1, Offerte|uitgaand|0.85|0.97, Opdrachtbevestiging|inkomend|1|0.65",
    "AUTORISATIE": "Aanvraagformulier|inkomend|0|1, Akkoord leidinggevende|inkomend|0.4|0.92, "
    "Bevestiging|uitgaand|1|0.85",
}
"""Per case type: informatieobjecttype, richting, share of the duration after which it appears, probability."""


@dataclass
class _Events:
    """Events laid down so far; an event after the end of its case is moved to just before that end."""

    timeline: Timeline
    rows: list[np.ndarray]
    moments: list[np.ndarray]
    labels: list[tuple[np.ndarray, ...]]

    def add(self, rows: np.ndarray, moments: np.ndarray, *labels: str | np.ndarray) -> None:
        self.rows.append(rows)
        self.moments.append(moments)
        self.labels.append(tuple(np.broadcast_to(np.array(label, dtype=object), len(rows)) for label in labels))

    def known(self) -> tuple[np.ndarray, np.ndarray, list[np.ndarray]]:
        """Return case rows, moments and label columns of what lies before the export, by moment and case."""
        rows, moments = np.concatenate(self.rows), np.concatenate(self.moments)
        labels = [np.concatenate(column) for column in zip(*self.labels, strict=True)]
        order = np.lexsort((np.arange(len(rows)), rows, moments))
        order = order[moments[order] < EXPORT_MOMENT]
        return rows[order], moments[order], [column[order] for column in labels]


def statussen(timeline: Timeline, behandelaar: np.ndarray, ids: np.ndarray, rng: np.random.Generator) -> Rows:
    """Return the status history; a reopened case goes back to its second last status after its first end."""
    events = _Events(timeline, [], [], [])
    for number, case_type in enumerate(CASE_TYPES):
        rows = np.flatnonzero(timeline.type == number)
        shares = np.array([share for _, share in case_type.statuses])
        factors = rng.uniform(0.6, 1.4, (len(rows), len(shares)))
        parts = np.maximum.accumulate(np.clip(shares * factors, 0, 0.99), axis=1)
        again = ~np.isnan(timeline.reopened[rows])
        until = np.where(again, timeline.first_end[rows], timeline.end[rows])
        for step, share in enumerate(shares, start=1):
            code = f"{case_type.code}-{step}"
            if share < 1:
                position = timeline.registered[rows] + parts[:, step - 1] * (until - timeline.registered[rows])
                events.add(rows, timeline.moment(rows, position), code)
            else:
                events.add(rows, timeline.final_moment(rows), code)
                back = rows[again]
                events.add(back, timeline.moment(back, timeline.first_end[back]), code)
                events.add(back, timeline.moment(back, timeline.reopened[back]), f"{case_type.code}-{step - 1}")
    rows, moments, (codes,) = events.known()
    return {
        "zaak_id": ids[rows],
        "statustype_id": codes,
        "gezet_op": moments,
        "gezet_door": behandelaar[rows],
    }


def documenten(timeline: Timeline, zaak: Rows, rng: np.random.Generator) -> Rows:
    """Return the documents in the case files."""
    events = _Events(timeline, [], [], [])
    for number, case_type in enumerate(CASE_TYPES):
        rows = np.flatnonzero(timeline.type == number)
        for kind, direction, share, probability in (each.split("|") for each in DOCUMENTEN[case_type.code].split(", ")):
            chosen = rows[rng.random(len(rows)) < float(probability)]
            events.add(chosen, _along(timeline, chosen, float(share), rng), kind, direction)
    letters = rng.poisson(0.03, len(timeline))
    rows = np.repeat(np.arange(len(timeline)), letters)
    events.add(rows, _along(timeline, rows, rng.uniform(0.1, 0.9, len(rows)), rng), "Correspondentie", "inkomend")
    rows, moments, (kinds, directions) = events.known()
    days, count = moments.astype("datetime64[D]"), len(rows)
    unknown = np.datetime64("NaT", "D")
    size = np.round(90_000 * np.exp(1.1 * rng.standard_normal(count))).astype("int64") + 1_000
    draft = np.isnat(zaak["einddatum"][rows]) & (directions == "intern") & (rng.random(count) < 0.4)
    return {
        "document_id": texts(f"DOC-{number:07d}" for number in range(1, count + 1)),
        "zaak_id": zaak["zaak_id"][rows],
        "informatieobjecttype": kinds,
        "titel": kinds + " " + zaak["Zaaktypeomschrijving"][rows].astype(object),
        "richting": directions,
        "creatiedatum": days,
        "ontvangstdatum": np.where(directions == "inkomend", days, unknown),
        "verzenddatum": np.where(directions == "uitgaand", days, unknown),
        "registratie_op": moments,
        "status": np.where(draft, "in_bewerking", "definitief").astype(object),
        "bestandsomvang": size,
        "vertrouwelijkheid": zaak["vertrouwelijkheid"][rows],
        "Bestandsnaam": kinds + ".pdf",
    }


def contactmomenten(timeline: Timeline, zaak: Rows, document: Rows, rng: np.random.Generator) -> Rows:
    """Return the contacts with customers: receipt, progress, requests for information, completion and others."""
    events = _Events(timeline, [], [], [])
    rows, count = np.arange(len(timeline)), len(timeline)
    draw = rng.random(count)
    delay = np.where(draw < 0.93, rng.exponential(0.25, count), rng.uniform(1.0, 4.5, count))
    early = np.minimum(timeline.registered + delay, timeline.registered + 0.9 * (timeline.end - timeline.registered))
    events.add(rows[draw < 0.975], timeline.moment(rows, early)[draw < 0.975], "ontvangstbevestiging", "uitgaand")

    progress = np.repeat(rows, timeline.werkdagen // 9)
    turn = 1 + np.arange(len(progress)) - np.searchsorted(progress, progress)
    position = np.minimum(9 * turn + rng.uniform(-1.5, 0.8, len(progress)), timeline.end[progress] - 0.1)
    kept = rng.random(len(progress)) < 0.96
    events.add(progress[kept], timeline.moment(progress, position)[kept], "tussenbericht", "uitgaand")

    for k in (0, 1):
        paused = rows[timeline.paused_days[:, k] > 0]
        asked = timeline.paused_after[paused, k] - rng.uniform(0.1, 0.9, len(paused))
        events.add(paused, timeline.moment(paused, asked), "informatieverzoek", "uitgaand")
        answer = np.minimum(timeline.paused_after[paused, k] + rng.uniform(0, 0.3, len(paused)), timeline.end[paused])
        events.add(paused, timeline.moment(paused, answer), "overig", "inkomend")

    told = ~unknown(zaak["klant_id"]) | (rng.random(count) < 0.5)
    done = rows[told & (rng.random(count) < 0.975)]
    last = timeline.final_moment(done) + rng.integers(0, 25, len(done)).astype("timedelta64[m]")
    events.add(done, last, "afrondingsbericht", "uitgaand")

    others = np.repeat(rows, rng.poisson(0.19, count))
    direction = np.where(rng.random(len(others)) < 0.7, "inkomend", "uitgaand")
    events.add(others, _along(timeline, others, rng.uniform(0.1, 0.9, len(others)), rng), "overig", direction)
    return _contacts(zaak, document, events, rng)


def _contacts(zaak: Rows, document: Rows, events: _Events, rng: np.random.Generator) -> Rows:
    rows, moments, (kinds, directions) = events.known()
    count = len(rows)
    kanaal = texts(("email", "portaal", "telefoon", "chat"))[rng.choice(4, size=count, p=[0.5, 0.3, 0.17, 0.03])]
    receipt = document["informatieobjecttype"] == "Ontvangstbevestiging"
    sent = zip(document["zaak_id"][receipt], document["verzenddatum"][receipt].tolist(), strict=True)
    letter_of = dict(zip(sent, document["document_id"][receipt], strict=True))
    ids, days = zaak["zaak_id"][rows], moments.astype("datetime64[D]").tolist()
    letters = texts(
        letter_of.get((each, day)) if kind == "ontvangstbevestiging" else None
        for each, day, kind in zip(ids, days, kinds, strict=True)
    )
    return {
        "contact_id": texts(f"CM-{number:07d}" for number in range(1, count + 1)),
        "zaak_id": ids,
        "datumtijd": moments,
        "kanaal": kanaal,
        "richting": directions,
        "soort": kinds,
        "document_id": letters,
    }


def _along(timeline: Timeline, rows: np.ndarray, share: float | np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return the moment after about `share` of the duration; 1 is at the end itself, up to a quarter before."""
    first, last = timeline.registered[rows], timeline.end[rows]
    part = np.clip(share * rng.uniform(0.8, 1.2, len(rows)), 0, np.where(np.asarray(share) >= 0.95, 1, 0.97))
    part = np.where(np.asarray(share) >= 1, 1.0, part)
    moments = timeline.moment(rows, first + part * (last - first))
    return np.minimum(moments, timeline.final_moment(rows))

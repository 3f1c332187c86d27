"""Which documents a case file must hold: the agreements per case type, in the words of `history.DOCUMENTEN`."""

from __future__ import annotations

import numpy as np

from weekrapport.demo.case_types import CASE_TYPES
from weekrapport.demo.history import DOCUMENTEN
from weekrapport.demo.organisation import Rows, texts

_VERPLICHT: dict[str, str] = {
    "STORING-P1": "Melding|1|, Storingsrapport||Hersteld",
    "STORING": "Melding|1|",
    "VRAAG": "Vraag|1|, Antwoord||",
    "WIJZIGING": "Wijzigingsverzoek|1|, Afrondingsbericht||Doorgevoerd",
    "IMPLEMENTATIE": "Opdrachtbevestiging|2|, Plan van aanpak|3|, Testverslag|5|, Acceptatieverklaring||Opgeleverd, "
    "Opleverdocument||Opgeleverd",
    "KOPPELING": "Aanvraag|1|, Koppelvlakontwerp|3|, Testverslag|5|In gebruik genomen, "
    "Opleverdocument||In gebruik genomen",
    "OPLEIDING": "Aanvraag|1|, Bevestiging|3|",
    "RELEASE": "Releaseplan|2|, Testverslag|4|, Releasenotities||Uitgerold",
    "BEVEILIGING": "Melding|1|, Analyse|3|, Afrondingsbericht||Maatregelen genomen",
    "AVG": "Verzoek|1|, Ontvangstbevestiging|3|, Besluit||",
    "KLACHT": "Klaagschrift|1|, Ontvangstbevestiging|3|, Afdoeningsbrief||",
    "WOO": "Verzoek|1|, Ontvangstbevestiging|2|, Inventarislijst|4|, Besluit||",
    "OFFERTE": "Offerteverzoek|1|, Offerte||Geaccepteerd",
    "AUTORISATIE": "Aanvraagformulier|1|, Akkoord leidinggevende|3|",
}
"""Per case type: document, number of the status from which it must be there (none = at the end), and the only result
that asks for it (none = all). Every other document of `history.DOCUMENTEN` is optional."""


def documenteisen() -> Rows:
    """Return the required and the optional documents of every case type."""
    rows = [row for case_type in CASE_TYPES for row in _eisen(case_type.code)]
    kinds, directions, statuses, results = ([row[column] for row in rows] for column in (1, 2, 3, 4))
    return {
        "eis_id": texts(f"EIS-{number:03d}" for number in range(1, len(rows) + 1)),
        "zaaktype_id": texts(row[0] for row in rows),
        "informatieobjecttype": texts(kinds),
        "richting": texts(directions),
        "vanaf_statustype_id": texts(statuses),
        "resultaattype": texts(results),
        "verplicht": np.array([row[5] for row in rows], dtype=bool),
        "min_aantal": np.ones(len(rows), dtype="int64"),
    }


def _eisen(code: str) -> list[tuple[str, str, str, str | None, str | None, bool]]:
    required = {kind: (step, result) for kind, step, result in (_split(each) for each in _VERPLICHT[code].split(", "))}
    documents = dict(each.split("|")[:2] for each in DOCUMENTEN[code].split(", "))
    rows = []
    for kind, direction in documents.items():
        step, result = required.get(kind, (None, None))
        status = f"{code}-{step}" if step else None
        rows.append((code, kind, direction, status, result, kind in required))
    return rows


def _split(text: str) -> tuple[str, str | None, str | None]:
    kind, step, result = text.split("|")
    return kind, step or None, result or None

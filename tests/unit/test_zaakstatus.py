from __future__ import annotations

from tests.builders import typed
from weekrapport.domain.zaakstatus import huidige_status

STEPS = typed(
    "zaaktype_status",
    {"zaaktype_id": "A", "statustype_id": "A1", "volgnummer": 1, "omschrijving": "Ontvangen"},
    {"zaaktype_id": "A", "statustype_id": "A2", "volgnummer": 2, "omschrijving": "In behandeling"},
    {"zaaktype_id": "A", "statustype_id": "A3", "volgnummer": 3},
)


def taken(*rows: tuple[str, str, str]):
    return typed("zaak_status", *({"zaak_id": z, "statustype_id": s, "gezet_op": moment} for z, s, moment in rows))


def test_the_latest_step_by_its_description_else_its_identifier():
    statuses = taken(
        ("Z1", "A2", "2026-11-03T10:00Z"),
        ("Z1", "A1", "2026-11-02T10:00Z"),
        ("Z2", "A3", "2026-11-03T10:00Z"),
        ("Z3", "onbekend", "2026-11-03T10:00Z"),
    )
    assert huidige_status(statuses, STEPS).to_dict() == {"Z1": "In behandeling", "Z2": "A3", "Z3": "onbekend"}


def test_at_the_same_moment_the_higher_step():
    moment = "2026-11-03T10:00Z"
    statuses = taken(("Z1", "A2", moment), ("Z1", "A1", moment), ("Z1", "onbekend", moment))
    assert huidige_status(statuses, STEPS)["Z1"] == "In behandeling"


def test_without_step_types_the_identifier_and_without_statuses_nothing():
    none = typed("zaaktype_status")
    assert huidige_status(taken(("Z1", "A2", "2026-11-03T10:00Z")), none).to_dict() == {"Z1": "A2"}
    assert huidige_status(typed("zaak_status"), none).empty
    assert huidige_status(typed("zaak_status"), STEPS).empty

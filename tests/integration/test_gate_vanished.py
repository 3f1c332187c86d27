"""Cases that were open in the delivery before this one and are gone, with the real Great Expectations."""

from __future__ import annotations

import pytest

from expectations import verdwenen
from expectations.subject import Subject
from tests.builders import zaken
from tests.integration.test_gate_finance import BOUNDS, delivered, delivery_of
from weekrapport.domain.outcome import Outcome, verdict
from weekrapport.domain.schema import TABLES
from weekrapport.quality.gate import NOTHING_TO_TEST

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def found(now: list[str], before: list[dict[str, str]] | None, sound: bool = True) -> Outcome:
    previous = None if before is None else zaken(*before)[["zaak_id", "einddatum"]]
    table = delivered("zaak", zaken(*({"zaak_id": each} for each in now)), previous=previous)
    subject = Subject(delivery_of({"zaak": table}, slug="case_overview"), BOUNDS, frozenset({"zaak"} if sound else ()))
    (outcome,) = verdwenen.check(subject)
    return outcome


def test_a_case_that_is_still_there_or_was_closed_is_no_fault() -> None:
    outcome = found(["Z1"], [{"zaak_id": "Z1"}, {"zaak_id": "Z2", "einddatum": "2026-11-10"}])
    assert (outcome.id, outcome.state, outcome.rows_tested) == ("GX-ZAAK-18", "voldaan", 1)


def test_a_case_that_vanished_is_named() -> None:
    outcome = found(["Z1", "Z4"], [{"zaak_id": "Z1"}, {"zaak_id": "Z2"}, {"zaak_id": "Z3"}])
    assert verdict([outcome]) == "niet vrijgegeven"
    assert outcome.keys == ("Z2", "Z3")
    assert outcome.rapporten == ("case_overview", "upcoming_deliveries")


def test_without_an_earlier_delivery_it_is_not_run() -> None:
    outcome = found(["Z1"], None)
    assert (outcome.state, outcome.toelichting) == ("niet uitgevoerd", "er is geen eerdere levering")


def test_an_earlier_delivery_without_open_cases_proves_nothing() -> None:
    outcome = found(["Z1"], [{"zaak_id": "Z2", "einddatum": "2026-11-10"}])
    assert (outcome.state, outcome.toelichting) == ("niet uitgevoerd", NOTHING_TO_TEST)


def test_a_delivery_that_was_refused_is_not_compared() -> None:
    assert found(["Z1"], [{"zaak_id": "Z2"}], sound=False).state == "niet uitgevoerd"
    assert TABLES["zaak"].key == ("zaak_id",)

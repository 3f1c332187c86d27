"""The rule for cases that were there and are not any more."""

from __future__ import annotations

import great_expectations.expectations as gxe
from great_expectations.expectations.expectation import Expectation

from expectations.rule import rule
from expectations.subject import Subject, refused, skipped
from weekrapport.domain.outcome import Outcome
from weekrapport.quality.gate import run_suite

KEYS = ("zaak_id",)


def check(subject: Subject) -> list[Outcome]:
    """Return whether every case that was open in the delivery before this one is still delivered."""
    if "zaak" not in subject.sound:
        return refused("zaak", suite())
    previous = subject.delivery.tables["zaak"].previous
    if previous is None:
        return skipped("zaak", suite(), "er is geen eerdere levering")
    was_open = previous[previous["einddatum"].isna() & previous["zaak_id"].notna()]
    frame = was_open.assign(chk_aanwezig=was_open["zaak_id"].isin(subject.raw("zaak")["zaak_id"]))
    return run_suite("zaak", frame, suite(), keys=KEYS)


def suite() -> list[Expectation]:
    """Return the rule; the frame has zaak_id of the cases that were open, and chk_aanwezig (boolean)."""
    return [
        gxe.ExpectColumnValuesToBeInSet(
            column="chk_aanwezig",
            value_set=[True],
            **rule(
                "GX-ZAAK-18",
                "critical",
                "Elke zaak die in de vorige levering open was, is er nog.",
                reden="Een zaak die verdwijnt, telt nergens meer mee: niet als open, niet als afgerond.",
                rapporten=("case_overview", "upcoming_deliveries"),
            ),
        )
    ]

"""The one rule about the list of what is due: without a due day there is nothing to list."""

from __future__ import annotations

import great_expectations.expectations as gxe
import pandas as pd
from great_expectations.expectations.expectation import Expectation

from expectations.rule import rule
from expectations.subject import Subject, refused
from weekrapport.domain.outcome import Outcome
from weekrapport.quality.gate import run_suite

REPORTS = ("upcoming_deliveries",)
DATES = ("einddatum_gepland", "uiterlijke_einddatum")
NORMS = ("servicenorm_waarde", "wettelijk_waarde")
KEYS = ("tabel",)


def check(subject: Subject) -> list[Outcome]:
    """Return whether cases, or the norms of their types, say by when a case must be done; nothing when nobody asks."""
    if not {*REPORTS} & {*subject.delivery.uses.get("zaak", ())}:
        return []
    if "zaak" not in subject.sound:
        return refused("zaak", suite())
    found = any(_is_filled(subject.view("zaak"), each) for each in DATES)
    found |= any(_is_filled(subject.raw("zaaktype"), each) for each in NORMS)
    return run_suite("zaak", pd.DataFrame({"tabel": ["zaak"], "chk_termijn": [found]}), suite(), keys=KEYS)


def suite() -> list[Expectation]:
    """Return the rule; the frame has one row: tabel, chk_termijn (boolean)."""
    return [
        gxe.ExpectColumnValuesToBeInSet(
            column="chk_termijn",
            value_set=[True],
            **rule(
                "GX-ALG-10",
                "hard",
                "De levering zegt wanneer een zaak klaar moet zijn.",
                reden="Zonder geplande of uiterste einddatum en zonder norm per zaaktype is er geen lijst te maken: "
                "een lege lijst zou lijken op een rustige week.",
                rapporten=REPORTS,
            ),
        )
    ]


def _is_filled(frame: pd.DataFrame, column: str) -> bool:
    return column in frame and bool(frame[column].notna().any())

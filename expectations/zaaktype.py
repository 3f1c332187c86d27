"""Rules for the table zaaktype."""

from __future__ import annotations

import great_expectations.expectations as gxe
from great_expectations.expectations.expectation import Expectation

from expectations.rule import rule
from expectations.subject import Subject, refused
from weekrapport.domain.outcome import Outcome
from weekrapport.quality.gate import run_suite

KEYS = ("zaaktype_id", "geldig_van")


def check(subject: Subject) -> list[Outcome]:
    """Return what the rules found on the delivery as it came."""
    if "zaaktype" not in subject.sound:
        return refused("zaaktype", suite())
    raw = subject.raw("zaaktype")
    frame = raw.assign(chk_sleutel_uniek=~raw.duplicated([key for key in KEYS if key in raw], keep=False))
    return run_suite("zaaktype", frame, suite(), keys=KEYS)


def suite() -> list[Expectation]:
    """Return the rules; the frame is the typed table with `chk_sleutel_uniek`."""
    reden = "Een zaaktype dat dubbel of zonder nummer voorkomt, telt zaken dubbel of geeft ze de verkeerde norm."
    return [
        gxe.ExpectColumnValuesToNotBeNull(
            column="zaaktype_id", **rule("GX-TYPE-01", "hard", "Elk zaaktype heeft een nummer.", reden=reden)
        ),
        gxe.ExpectColumnValuesToBeInSet(
            column="chk_sleutel_uniek",
            value_set=[True],
            **rule("GX-TYPE-01", "hard", "Elk zaaktype komt per ingangsdatum één keer voor.", reden=reden),
        ),
    ]

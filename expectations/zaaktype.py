"""Rules for the table zaaktype."""

from __future__ import annotations

import great_expectations.expectations as gxe
from great_expectations.expectations.expectation import Expectation

from expectations.rule import rule

KEYS = ("zaaktype_id", "geldig_van")


def suite() -> list[Expectation]:
    """Return the rules; the frame is the typed table with `chk_sleutel_uniek` (see `prepare` in `registry`)."""
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

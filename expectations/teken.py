"""Rules for the sign of whole columns: books read upside down make every variance look favourable."""

from __future__ import annotations

import great_expectations.expectations as gxe
import pandas as pd
from great_expectations.expectations.expectation import Expectation

from expectations.rule import rule
from expectations.subject import Subject, refused, skipped
from weekrapport.domain.boekbeeld import in_boekjaar
from weekrapport.domain.outcome import Outcome
from weekrapport.domain.realisatie import bedrag_met_teken
from weekrapport.domain.tables_begroting import BEGROTINGSOORTEN
from weekrapport.quality.gate import run_suite

KEYS = ("soort",)


def check_boeking(subject: Subject) -> list[Outcome]:
    """Return whether the costs, and the revenue, of the financial year are more than nothing."""
    if "boeking" not in subject.sound:
        return refused("boeking", boeking_suite())
    jaar = in_boekjaar(subject.boekbeeld, subject.afspraken)
    jaar = jaar[jaar["soort"].isin(BEGROTINGSOORTEN)]
    if jaar.empty:
        return skipped("boeking", boeking_suite(), "er zijn geen kosten of opbrengsten geboekt")
    return run_suite("boeking", _per_soort(bedrag_met_teken(jaar), jaar["soort"]), boeking_suite(), keys=KEYS)


def boeking_suite() -> list[Expectation]:
    """Return the rule; the frame has soort, and totaal_cent as a report shows it: revenue turned round."""
    return [
        gxe.ExpectColumnValuesToBeBetween(
            column="totaal_cent",
            min_value=0,
            **rule(
                "GX-BOEK-12",
                "critical",
                "De kosten van het boekjaar zijn samen debet, de opbrengsten samen credit.",
                reden="Bij een omgekeerd teken lijkt elke overschrijding een meevaller.",
            ),
        )
    ]


def check_begroting(subject: Subject) -> list[Outcome]:
    """Return whether the budget of costs, and that of revenue, is more than nothing: both are positive amounts."""
    if "begrotingsregel" not in subject.sound:
        return refused("begrotingsregel", begroting_suite())
    view = subject.view("begrotingsregel")
    frame = _per_soort(view["bedrag_cent"], view["soort"].fillna("kosten"))
    return run_suite("begrotingsregel", frame, begroting_suite(), keys=KEYS)


def begroting_suite() -> list[Expectation]:
    """Return the rule; the frame has soort and totaal_cent."""
    return [
        gxe.ExpectColumnValuesToBeBetween(
            column="totaal_cent",
            min_value=0,
            **rule(
                "GX-BEG-06",
                "critical",
                "De begroting telt kosten en opbrengsten allebei als positief bedrag.",
                reden="Bij een omgekeerd teken klopt geen enkele vergelijking met de realisatie.",
            ),
        )
    ]


def _per_soort(bedrag: pd.Series, soort: pd.Series) -> pd.DataFrame:
    return bedrag.groupby(soort.to_numpy()).sum().rename_axis("soort").rename("totaal_cent").reset_index()

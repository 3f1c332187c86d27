"""Rules for what stands behind the bookings: every booking on an invoice-bearing line has its invoice."""

from __future__ import annotations

from dataclasses import replace

import great_expectations.expectations as gxe
import pandas as pd
from great_expectations.expectations.expectation import Expectation

from expectations.rule import bound_pct, found_pct, rule
from expectations.subject import Subject, refused, skipped
from weekrapport.domain.factuurdekking import dekking_per_regel, dekking_totaal, ongedekt
from weekrapport.domain.factuurkoppeling import is_koppelbaar
from weekrapport.domain.outcome import Outcome
from weekrapport.quality.gate import run_suite
from weekrapport.settings import Gate

KEYS = ("boeking_id",)
REGEL = ("regel",)


def check(subject: Subject) -> list[Outcome]:
    """Return what the rules found on the bookings of the financial year that need an invoice."""
    bookings, lines, total = suite(subject.interval_cent), regel_suite(subject.bounds), totaal_suite(subject.bounds)
    if "boeking" not in subject.sound:
        return refused("boeking", [*bookings, *lines, *total])
    why = _why_not(subject)
    if why:
        return skipped("boeking", [*bookings, *lines, *total], why)
    dekking = subject.dekking
    missing = dekking.index.isin(ongedekt(dekking).index)
    interval = subject.interval_cent
    large = missing & (dekking["bedrag_cent"].abs() >= interval) if interval else missing & False
    frame = dekking.assign(chk_gedekt=~missing, chk_interval=~large)
    per_regel = dekking_per_regel(dekking)
    totaal = dekking_totaal(dekking).aandeel
    whole = pd.DataFrame({"aandeel": pd.Series([totaal], dtype="Float64")})
    outcomes = run_suite("boeking", whole, total, keys=())
    if outcomes[0].failed and totaal is not None:
        outcomes = [replace(outcomes[0], toelichting=f"het is {found_pct(totaal)} %")]
    return [
        *run_suite("boeking", frame, bookings, keys=KEYS),
        *run_suite("boeking", per_regel, lines, keys=REGEL),
        *outcomes,
    ]


def _why_not(subject: Subject) -> str:
    """Return why nothing can be said about invoices, or nothing when it can."""
    if "factuur" not in subject.sound:
        return "niet aangeleverd: tabel factuur"
    if not is_koppelbaar(subject.heeft):
        return "niet aangeleverd: wat boekingen met facturen verbindt"
    return ""


def suite(interval_cent: int | None) -> list[Expectation]:
    """Return the rules per booking; the frame is the factuurdekking with `chk_gedekt` and `chk_interval`.

    Args:
        interval_cent: the sampling interval J; without costs there is none, and no booking that reaches it.
    """
    grens = "…" if interval_cent is None else f"{interval_cent / 100:,.0f}".replace(",", ".")
    return [
        gxe.ExpectColumnValuesToBeInSet(
            column="chk_gedekt",
            value_set=[True],
            **rule(
                "GX-BOEK-08",
                "warning",
                "Achter elke boeking op een factuurplichtige regel staat een factuur.",
                reden="Een bedrag zonder factuur is niet te controleren. Een boeking van de laatste dagen mag nog "
                "wachten.",
            ),
        ),
        gxe.ExpectColumnValuesToBeInSet(
            column="chk_interval",
            value_set=[True],
            **rule(
                "GX-BOEK-09",
                "critical",
                f"Geen boeking zonder factuur is {grens} euro of meer.",
                reden="Dat bedrag is het steekproefinterval: één boeking van die omvang kan het oordeel over het hele "
                "jaar veranderen.",
            ),
        ),
    ]


def regel_suite(bounds: Gate) -> list[Expectation]:
    """Return the rule per line; the frame is `dekking_per_regel`, where a share that is not known passes."""
    grens = bound_pct(bounds.dekking_regel)
    return [
        gxe.ExpectColumnValuesToBeBetween(
            column="aandeel",
            min_value=bounds.dekking_regel,
            **rule(
                "GX-BOEK-09",
                "critical",
                f"Van elke regel is ten minste {grens} % van het bedrag gedekt door facturen.",
                reden="Daaronder zegt de realisatie van de regel te weinig.",
            ),
        )
    ]


def totaal_suite(bounds: Gate) -> list[Expectation]:
    """Return the rule for all lines together; the frame has one row with aandeel."""
    grens = bound_pct(bounds.dekking_totaal)
    return [
        gxe.ExpectColumnValuesToBeBetween(
            column="aandeel",
            min_value=bounds.dekking_totaal,
            **rule(
                "GX-BOEK-09",
                "critical",
                f"Van alle regels samen is ten minste {grens} % van het bedrag gedekt door facturen.",
                reden="Daaronder zegt de realisatie als geheel te weinig.",
            ),
        )
    ]

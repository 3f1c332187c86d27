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
    interval, bounds = subject.interval_cent, subject.bounds
    every = [*suite(), *interval_suite(interval), *regel_suite(bounds), *totaal_suite(bounds)]
    if "boeking" not in subject.sound:
        return refused("boeking", every)
    why = _why_not(subject)
    if why:
        return skipped("boeking", every, why)
    dekking = subject.dekking
    missing = dekking.index.isin(ongedekt(dekking).index)
    per_booking = dekking.assign(chk_gedekt=~missing)
    rules = suite()
    if interval is not None:
        per_booking["chk_interval"] = ~(missing & (dekking["bedrag_cent"].abs() >= interval))
        rules += interval_suite(interval)
    outcomes = run_suite("boeking", per_booking, rules, keys=KEYS)
    if interval is None:
        outcomes += skipped("boeking", interval_suite(interval), "er zijn geen kosten die een factuur nodig hebben")
    return [
        *outcomes,
        *run_suite("boeking", dekking_per_regel(dekking), regel_suite(bounds), keys=REGEL),
        *_check_total(dekking, bounds),
    ]


def _check_total(dekking: pd.DataFrame, bounds: Gate) -> list[Outcome]:
    aandeel = dekking_totaal(dekking).aandeel
    frame = pd.DataFrame({"aandeel": pd.Series([aandeel], dtype="Float64")})
    (outcome,) = run_suite("boeking", frame, totaal_suite(bounds), keys=())
    if not outcome.failed or aandeel is None:
        return [outcome]
    return [replace(outcome, toelichting=f"het is {found_pct(aandeel)} %")]


def _why_not(subject: Subject) -> str:
    """Return why nothing can be said about invoices, or nothing when it can."""
    if "factuur" not in subject.sound:
        return "niet aangeleverd: tabel factuur"
    if not is_koppelbaar(subject.heeft):
        return "niet aangeleverd: wat boekingen met facturen verbindt"
    return ""


def suite() -> list[Expectation]:
    """Return the rule per booking; the frame is the factuurdekking with `chk_gedekt`."""
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
        )
    ]


def interval_suite(interval_cent: int | None) -> list[Expectation]:
    """Return the rule for large bookings; the frame is the factuurdekking with `chk_interval`.

    Args:
        interval_cent: the sampling interval J, rounded to whole euros in the text; None when there is none.
    """
    grens = "…" if interval_cent is None else f"{interval_cent // 100:,}".replace(",", ".")
    return [
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

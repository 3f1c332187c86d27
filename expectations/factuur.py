"""Rules for the register of invoices."""

from __future__ import annotations

import great_expectations.expectations as gxe
from great_expectations.expectations.expectation import Expectation

from expectations.rule import rule
from expectations.subject import Subject, refused, run_where_delivered
from weekrapport.domain.outcome import Outcome

KEYS = ("factuur_id",)


def check(subject: Subject) -> list[Outcome]:
    """Return what the rules found, on the delivery as it came."""
    if "factuur" not in subject.sound:
        return refused("factuur", suite())
    frame, delivered = subject.raw("factuur"), subject.columns("factuur")
    derived: set[str] = set()
    if "leverancier" in subject.sound and "leverancier_id" in delivered:
        known = frame["leverancier_id"].isin(subject.raw("leverancier")["leverancier_id"])
        frame = frame.assign(chk_leverancier_bekend=known | frame["leverancier_id"].isna())
        derived = {"chk_leverancier_bekend"}
    named = {"chk_leverancier_bekend": "tabel leverancier"}
    return run_where_delivered("factuur", frame, suite(), delivered | derived, keys=KEYS, named=named)


def suite() -> list[Expectation]:
    """Return the rules; the frame is the typed table with `chk_leverancier_bekend`."""
    volgen = "Een factuur zonder deze gegevens is niet met zekerheid aan een boeking te koppelen."
    return [
        gxe.ExpectColumnValuesToNotBeNull(
            column="factuur_id", **rule("GX-FAC-01", "critical", "Elke factuur heeft een eigen kenmerk.", reden=volgen)
        ),
        gxe.ExpectColumnValuesToBeUnique(
            column="factuur_id",
            **rule(
                "GX-FAC-01",
                "critical",
                "Elk kenmerk van een factuur komt één keer voor.",
                reden="Bij een dubbel kenmerk is niet te zeggen welke factuur achter een boeking staat.",
            ),
        ),
        gxe.ExpectColumnValuesToNotBeNull(
            column="factuurnummer", **rule("GX-FAC-01", "critical", "Elke factuur heeft een nummer.", reden=volgen)
        ),
        gxe.ExpectColumnValuesToNotBeNull(
            column="factuurdatum", **rule("GX-FAC-01", "critical", "Elke factuur heeft een datum.", reden=volgen)
        ),
        gxe.ExpectColumnValuesToNotBeNull(
            column="bruto_cent",
            **rule(
                "GX-FAC-01",
                "critical",
                "Elke factuur heeft een bedrag.",
                reden="Zonder bedrag is niet te zeggen of een factuur een boeking dekt.",
            ),
        ),
        gxe.ExpectColumnValuesToNotBeNull(
            column="leverancier_id",
            **rule("GX-FAC-01", "critical", "Van elke factuur is de leverancier bekend.", reden=volgen),
        ),
        gxe.ExpectColumnValuesToBeInSet(
            column="chk_leverancier_bekend",
            value_set=[True],
            **rule(
                "GX-FAC-01",
                "critical",
                "Elke leverancier van een factuur staat in de lijst met leveranciers.",
                reden="Een leverancier die niemand kent, kan een spookleverancier zijn.",
            ),
        ),
    ]

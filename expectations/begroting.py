"""Rules for the budget: its lines, and their spreading over the months."""

from __future__ import annotations

import great_expectations.expectations as gxe
import pandas as pd
from great_expectations.expectations.expectation import Expectation

from expectations.rule import rule
from expectations.subject import Subject, refused, run_where_delivered
from weekrapport.domain.outcome import Outcome
from weekrapport.domain.tables_begroting import BRONDOCUMENTSOORTEN
from weekrapport.quality.gate import run_suite

KEYS = ("regel_id",)
REGEL = ("jaar", "kostenplaats", "grootboekrekening")
SPELING = 1e-6
"""How far the months of a line may be from one: rounding of six decimals."""


def check(subject: Subject) -> list[Outcome]:
    """Return what the rules for the budget lines found, on the delivery as it came."""
    if "begrotingsregel" not in subject.sound:
        return refused("begrotingsregel", suite())
    raw = subject.raw("begrotingsregel")
    frame = raw.assign(
        chk_regel_uniek=~raw.duplicated([*REGEL], keep=False),
        chk_factuurplichtig=raw["factuurplichtig"].notna() | (raw["soort"] == "opbrengsten").fillna(False),
    )
    delivered = subject.columns("begrotingsregel") | {"chk_regel_uniek"}
    if "factuurplichtig" in delivered:
        delivered |= {"chk_factuurplichtig"}
    named = {"chk_factuurplichtig": "factuurplichtig"}
    return run_where_delivered("begrotingsregel", frame, suite(), delivered, keys=KEYS, named=named)


def suite() -> list[Expectation]:
    """Return the rules; the frame is the typed table with `chk_regel_uniek` and `chk_factuurplichtig`."""
    return [
        gxe.ExpectColumnValuesToNotBeNull(
            column="bedrag_cent",
            **rule(
                "GX-BEG-01",
                "hard",
                "Elke begrotingsregel heeft een bedrag.",
                reden="Een regel zonder bedrag lijkt een regel van nul euro: alles wat erop is geboekt, wijkt dan af.",
            ),
        ),
        gxe.ExpectColumnValuesToBeUnique(
            column="regel_id",
            **rule(
                "GX-BEG-01",
                "hard",
                "Elke begrotingsregel heeft een eigen nummer.",
                reden="Fasering, wijzigingen en verplichtingen horen bij een nummer; een dubbel nummer telt ze dubbel.",
            ),
        ),
        gxe.ExpectColumnValuesToBeInSet(
            column="chk_regel_uniek",
            value_set=[True],
            **rule(
                "GX-BEG-01",
                "hard",
                "Elke combinatie van jaar, kostenplaats en grootboekrekening komt in de begroting één keer voor.",
                reden="Bij twee regels is niet te zeggen op welke een boeking valt.",
            ),
        ),
        gxe.ExpectColumnValuesToBeInSet(
            column="chk_factuurplichtig",
            value_set=[True],
            **rule(
                "GX-BEG-04",
                "critical",
                "Van elke regel met kosten is bekend of er een factuur bij hoort.",
                reden="Zonder dat gegeven valt de regel stil buiten of binnen de controle op facturen.",
            ),
        ),
        gxe.ExpectColumnValuesToBeInSet(
            column="brondocument_soort",
            value_set=list(BRONDOCUMENTSOORTEN),
            **rule(
                "GX-BEG-04",
                "critical",
                "Elk ingevuld soort brondocument staat in de codelijst.",
                reden="Van een onbekend soort is niet te zeggen welk stuk de boeking moet dragen.",
            ),
        ),
    ]


def check_fasering(subject: Subject) -> list[Outcome]:
    """Return what the rules for the months of each line found, on the delivery as it came."""
    if "begroting_fasering" not in subject.sound:
        return refused("begroting_fasering", fasering_suite())
    raw = subject.raw("begroting_fasering")
    per_regel = raw.groupby("regel_id")
    som = per_regel["aandeel"].transform("sum")
    maanden = per_regel["maand"].transform("nunique")
    compleet = (maanden == 12) & (per_regel["maand"].transform("size") == 12) & raw["maand"].between(1, 12)
    frame = pd.DataFrame(
        {
            "regel_id": raw["regel_id"],
            "aandeel": raw["aandeel"],
            "chk_som": ((som - 1).abs().round(9) <= SPELING).fillna(False),
            "chk_maanden": compleet.fillna(False),
        }
    )
    return run_suite("begroting_fasering", frame, fasering_suite(), keys=KEYS)


def fasering_suite() -> list[Expectation]:
    """Return the rules; the frame has regel_id, aandeel, and per line the same chk_som and chk_maanden."""
    return [
        gxe.ExpectColumnValuesToBeBetween(
            column="aandeel",
            min_value=0,
            max_value=1,
            **rule(
                "GX-BEG-03",
                "critical",
                "Elk maandaandeel ligt tussen 0 en 1.",
                reden="Een aandeel in procenten, of een negatief aandeel, verschuift de begroting tot en met de maand.",
            ),
        ),
        gxe.ExpectColumnValuesToBeInSet(
            column="chk_som",
            value_set=[True],
            **rule(
                "GX-BEG-03",
                "critical",
                "De maandaandelen van een regel zijn samen 1.",
                reden="Anders telt de begroting van de maanden niet op tot die van het jaar.",
            ),
        ),
        gxe.ExpectColumnValuesToBeInSet(
            column="chk_maanden",
            value_set=[True],
            **rule(
                "GX-BEG-03",
                "critical",
                "Een regel met een fasering heeft elke maand één keer.",
                reden="Een maand die ontbreekt of dubbel staat, geeft elke maand erna een verkeerde begroting.",
            ),
        ),
    ]

"""Rules for closed lists: a word that the source uses and nobody mapped counts as something else, or not at all."""

from __future__ import annotations

import great_expectations.expectations as gxe
from great_expectations.expectations.expectation import Expectation

from expectations.rule import rule
from expectations.subject import Subject
from weekrapport.domain.outcome import Outcome
from weekrapport.domain.schema import TABLES
from weekrapport.quality.gate import run_suite

OWN_RULE = {("zaak", "vertrouwelijkheid"), ("begrotingsregel", "brondocument_soort"), ("grootboek", "soort")}
"""Columns whose list has a rule of its own (GX-ZAAK-16, GX-BEG-04, GX-BOEK-03)."""


def check(table: str, subject: Subject) -> list[Outcome]:
    """Return what the closed lists of one sound table found, on the delivery as it came."""
    return run_suite(table, subject.raw(table), suite(table, subject.columns(table)), keys=TABLES[table].key)


def suite(table: str, delivered: frozenset[str]) -> list[Expectation]:
    """Return one rule per delivered column that has a closed list; the frame is the typed table as delivered."""
    return [
        gxe.ExpectColumnValuesToBeInSet(
            column=column.name,
            value_set=list(column.values),
            **rule(
                "GX-ALG-08",
                "critical",
                f"Elke ingevulde waarde van {column.name} staat in de codelijst.",
                reden="Een woord dat niet is vertaald, valt stil weg: een norm zonder eenheid telt niet, een "
                "ingetrokken zaak telt mee.",
            ),
        )
        for column in TABLES[table].columns
        if column.values and column.name in delivered and (table, column.name) not in OWN_RULE
    ]

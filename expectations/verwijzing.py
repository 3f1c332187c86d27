"""Rules for keys that refer to another table: what refers to nothing would silently count nowhere."""

from __future__ import annotations

import great_expectations.expectations as gxe
import pandas as pd
from great_expectations.expectations.expectation import Expectation

from expectations.rule import rule
from expectations.subject import Subject, refused, skipped
from weekrapport.domain.outcome import Outcome
from weekrapport.domain.schema import TABLES
from weekrapport.quality.gate import run_suite

BEGROTINGSTABELLEN = ("begroting_fasering", "begrotingswijziging", "verplichting")
"""Tables of which every row belongs to a budget line."""
TOEREKENING = {"boeking_id": "boeking", "factuur_id": "factuur"}
"""Key of an allocation, and the table that it refers to."""


def check_regel(table: str, subject: Subject) -> list[Outcome]:
    """Return whether every row of a table that belongs to a budget line has one, on the delivery as it came.

    The budget lines of every year count, because a source may hold more than one.
    """
    rules = regel_suite(table)
    if table not in subject.sound:
        return refused(table, rules)
    if "begrotingsregel" not in subject.sound:
        return skipped(table, rules, "niet aangeleverd: tabel begrotingsregel")
    raw = subject.raw(table)
    frame = raw.assign(chk_bekend=_is_bekend(raw["regel_id"], subject.raw("begrotingsregel")["regel_id"]))
    return run_suite(table, frame, rules, keys=TABLES[table].key)


def regel_suite(table: str) -> list[Expectation]:
    """Return the rule; the frame is the typed table with `chk_bekend` (boolean)."""
    rules = {
        "begroting_fasering": rule(
            "GX-BEG-05",
            "critical",
            "Elke fasering hoort bij een begrotingsregel.",
            reden="Een fasering zonder regel telt niet mee: de regel krijgt dan elke maand evenveel.",
        ),
        "begrotingswijziging": rule(
            "GX-BEG-05",
            "critical",
            "Elke wijziging hoort bij een begrotingsregel.",
            reden="Een wijziging zonder regel telt niet mee: de begroting is dan anders dan besloten.",
        ),
        "verplichting": rule(
            "GX-BEG-05",
            "critical",
            "Elke verplichting hoort bij een begrotingsregel.",
            reden="Een verplichting zonder regel telt niet mee: de vrije ruimte lijkt dan groter dan zij is.",
        ),
    }
    return [gxe.ExpectColumnValuesToBeInSet(column="chk_bekend", value_set=[True], **rules[table])]


def check_toerekening(subject: Subject) -> list[Outcome]:
    """Return whether every allocation refers to a booking and an invoice that are delivered."""
    if "boeking_factuur" not in subject.sound:
        return refused("boeking_factuur", toerekening_suite())
    outcomes: list[Outcome] = []
    for (key, table), each in zip(TOEREKENING.items(), toerekening_suite(), strict=True):
        if table not in subject.sound:
            outcomes += skipped("boeking_factuur", [each], f"niet aangeleverd: tabel {table}")
            continue
        raw = subject.raw("boeking_factuur")
        frame = raw.assign(**{f"chk_{table}": _is_bekend(raw[key], subject.raw(table)[key])})
        outcomes += run_suite("boeking_factuur", frame, [each], keys=TABLES["boeking_factuur"].key)
    return outcomes


def toerekening_suite() -> list[Expectation]:
    """Return the rule per key; the frame is the typed table with `chk_boeking` and `chk_factuur` (boolean)."""
    reden = "Een toerekening aan iets dat niet is aangeleverd, zegt niets over de dekking."
    return [
        gxe.ExpectColumnValuesToBeInSet(
            column="chk_boeking",
            value_set=[True],
            **rule("GX-FAC-06", "critical", "Elke toerekening hoort bij een boeking.", reden=reden),
        ),
        gxe.ExpectColumnValuesToBeInSet(
            column="chk_factuur",
            value_set=[True],
            **rule("GX-FAC-06", "critical", "Elke toerekening hoort bij een factuur.", reden=reden),
        ),
    ]


def _is_bekend(sleutel: pd.Series, bekend: pd.Series) -> pd.Series:
    """Return which keys are filled and known."""
    return sleutel.notna() & sleutel.isin(bekend.dropna())

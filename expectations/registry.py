"""The gate of the weekly run: which check goes with which table, and in which order.

Deliveries come first: a table that is empty or lacks a column is not tested further, because its rows prove nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from expectations import (
    begroting,
    boeking,
    capaciteit,
    codelijst,
    factuur,
    factuurdekking,
    levering,
    teken,
    termijn,
    verdwenen,
    verwijzing,
    zaak,
    zaaktype,
)
from expectations.subject import Subject
from weekrapport.domain.outcome import Outcome, verdict
from weekrapport.quality.delivery import Delivery
from weekrapport.settings import Gate

Check = Callable[[Subject], list[Outcome]]

CHECKS: tuple[tuple[str, Check], ...] = (
    ("zaaktype", zaaktype.check),
    ("zaak", zaak.check),
    ("zaak", termijn.check),
    ("zaak", verdwenen.check),
    ("capaciteit", capaciteit.check),
    ("begrotingsregel", begroting.check),
    ("begrotingsregel", teken.check_begroting),
    ("begroting_fasering", begroting.check_fasering),
    *((table, partial(verwijzing.check_regel, table)) for table in verwijzing.BEGROTINGSTABELLEN),
    ("boeking", boeking.check),
    ("boeking", teken.check_boeking),
    ("factuur", factuur.check),
    ("boeking", factuurdekking.check),
    ("boeking_factuur", verwijzing.check_toerekening),
)
"""Per declared table what is tested of its rows: a dataset more is a line more."""


def gate(delivery: Delivery, bounds: Gate) -> list[Outcome]:
    """Return what every rule found for one week; rules of tables that no source declares are not among them."""
    outcomes = levering.check(delivery, bounds)
    by_table = {name: [each for each in outcomes if each.dataset == name] for name in delivery.tables}
    sound = {name for name, found in by_table.items() if verdict(found) != "gestopt"}
    subject = Subject(delivery, bounds, frozenset(sound))
    for name in sorted(sound):
        outcomes += codelijst.check(name, subject)
    for name, check in CHECKS:
        if name in delivery.tables:
            outcomes += check(subject)
    return [_concerning(outcome, delivery) for outcome in outcomes]


def _concerning(outcome: Outcome, delivery: Delivery) -> Outcome:
    """Let a rule that names no reports concern every report that uses its table."""
    return outcome if outcome.rapporten else replace(outcome, rapporten=delivery.uses.get(outcome.dataset, ()))

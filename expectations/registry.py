"""The gate of the weekly run: which suite goes with which table, and in which order.

Deliveries come first: a table that is empty or lacks a column is not tested further, because its rows prove nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
from great_expectations.expectations.expectation import Expectation

from expectations import codelijst, levering, zaak, zaaktype
from weekrapport.domain.outcome import Outcome, verdict
from weekrapport.domain.schema import TABLES
from weekrapport.quality.delivery import Delivery, TableDelivery
from weekrapport.quality.gate import not_run, run_suite
from weekrapport.settings import Gate
from weekrapport.week import local_date


def gate(delivery: Delivery, bounds: Gate) -> list[Outcome]:
    """Return what every rule found for one week; rules of tables that no source declares are not among them."""
    outcomes: list[Outcome] = []
    sound: set[str] = set()
    for name, table in delivery.tables.items():
        found = _check_delivery(name, table, delivery, bounds)
        outcomes += found
        if verdict(found) != "gestopt":
            sound.add(name)
    for name in sorted(sound):
        table = delivery.tables[name]
        rules = codelijst.suite(name, table.delivered)
        outcomes += run_suite(name, table.raw, rules, keys=TABLES[name].key)
    if "zaaktype" in delivery.tables:
        outcomes += _check_zaaktype(delivery, sound)
    if "zaak" in delivery.tables:
        outcomes += _check_zaak(delivery, sound)
    return [_concerning(outcome, delivery) for outcome in outcomes]


def _concerning(outcome: Outcome, delivery: Delivery) -> Outcome:
    """Let a rule that names no reports concern every report that uses its table."""
    return outcome if outcome.rapporten else replace(outcome, rapporten=delivery.uses.get(outcome.dataset, ()))


def _check_delivery(name: str, table: TableDelivery, delivery: Delivery, bounds: Gate) -> list[Outcome]:
    has_previous = bool(table.previous_rows)
    rules = levering.suite(
        bounds,
        delivery.uses.get(name, ()),
        is_zaak=name == "zaak",
        has_previous=has_previous,
        has_moment=table.exported_at is not None,
    )
    read = len(table.raw) + table.quarantined
    frame = pd.DataFrame(
        {
            "tabel": [name],
            "rijen": [len(table.raw)],
            "rijen_in_beeld": [len(table.in_view)],
            "aandeel_vorige": [len(table.raw) / table.previous_rows if table.previous_rows else None],
            "ontbrekende_kolommen": [len(table.missing)],
            "quarantaine": [table.quarantined],
            "quarantaine_aandeel": [table.quarantined / read if read else 0.0],
            "heeft_rapportweek": [_reaches(table, delivery) if name == "zaak" else True],
            "export_uren": [_age_in_hours(table, delivery)],
        }
    )
    outcomes = run_suite(name, frame, rules, keys=levering.KEYS)
    return [_explained(outcome, table) for outcome in outcomes]


def _explained(outcome: Outcome, table: TableDelivery) -> Outcome:
    """Say what is missing or how many rows it is about: one row per table says too little by itself."""
    if not outcome.failed:
        return outcome
    if outcome.id == "GX-ALG-02":
        return replace(outcome, toelichting="ontbreekt: " + ", ".join(table.missing))
    if outcome.id == "GX-ALG-04":
        read = len(table.raw) + table.quarantined
        return replace(outcome, rows_tested=read, rows_failed=table.quarantined)
    return outcome


def _reaches(table: TableDelivery, delivery: Delivery) -> bool:
    """Return whether the export was made, and anything happened in it, on or after the Monday of the report week."""
    if table.exported_at is not None and table.exported_at < delivery.week.start:
        return False
    columns = [name for name in ("startdatum", "registratiedatum", "einddatum") if name in table.raw]
    monday = pd.Timestamp(delivery.week.monday)
    return any(bool((table.raw[name] >= monday).any()) for name in columns)


def _age_in_hours(table: TableDelivery, delivery: Delivery) -> float | None:
    """Return how old the export was at the as-of moment; negative when it was made later, as in a backfill."""
    if table.exported_at is None:
        return None
    return (delivery.as_of - table.exported_at).total_seconds() / 3600


def _check_zaaktype(delivery: Delivery, sound: set[str]) -> list[Outcome]:
    rules = zaaktype.suite()
    if "zaaktype" not in sound:
        return [not_run("zaaktype", each, "de levering van de tabel is afgekeurd") for each in rules]
    raw = delivery.tables["zaaktype"].raw
    double = raw.duplicated([key for key in zaaktype.KEYS if key in raw], keep=False)
    frame = raw.assign(chk_sleutel_uniek=~double)
    return run_suite("zaaktype", frame, rules, keys=zaaktype.KEYS)


def _check_zaak(delivery: Delivery, sound: set[str]) -> list[Outcome]:
    table = delivery.tables["zaak"]
    exported_on = local_date(table.exported_at) if table.exported_at else None
    raw_rules, view_rules = zaak.raw_suite(exported_on), zaak.suite()
    if "zaak" not in sound:
        return [not_run("zaak", each, "de levering van de tabel is afgekeurd") for each in (*raw_rules, *view_rules)]
    types = delivery.tables["zaaktype"].raw if "zaaktype" in sound else None
    view = table.in_view
    if types is not None and "zaaktype_id" in view and "zaaktype_id" in types:
        known = view["zaaktype_id"].isin(types["zaaktype_id"]) | view["zaaktype_id"].isna()
        view = view.assign(chk_zaaktype_bekend=known)
    available = table.delivered | {"chk_zaaktype_bekend"} if "chk_zaaktype_bekend" in view else table.delivered
    return [
        *_run_where_delivered("zaak", table.raw, raw_rules, table.delivered),
        *_run_where_delivered("zaak", view, view_rules, available),
    ]


def _run_where_delivered(
    dataset: str, frame: pd.DataFrame, rules: Sequence[Expectation], delivered: frozenset[str]
) -> list[Outcome]:
    """Run the rules whose columns a source delivers; the others are "niet aangeleverd", not failures."""
    present = [each for each in rules if _columns(each) <= delivered]
    absent = [each for each in rules if not _columns(each) <= delivered]
    return [
        *run_suite(dataset, frame, present, keys=zaak.KEYS),
        *(
            not_run(
                dataset,
                each,
                "niet aangeleverd: "
                + ", ".join(sorted(_columns(each))).replace("chk_zaaktype_bekend", "tabel zaaktype"),
            )
            for each in absent
        ),
    ]


def _columns(expectation: Expectation) -> set[str]:
    names = (getattr(expectation, key, None) for key in ("column", "column_A", "column_B"))
    return {name for name in names if isinstance(name, str)}

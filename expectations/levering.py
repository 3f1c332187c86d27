"""What was delivered: one row per declared table, tested before any row of a table is looked at.

Row checks pass on an empty table, so emptiness and missing columns come first and stop the report.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import great_expectations.expectations as gxe
import pandas as pd
from great_expectations.expectations.expectation import Expectation

from expectations.rule import rule
from weekrapport.domain.outcome import MAX_KEYS, Outcome
from weekrapport.quality.delivery import Delivery, TableDelivery
from weekrapport.quality.gate import run_suite
from weekrapport.settings import Gate
from weekrapport.week import local_date

KEYS = ("tabel",)
FRESH = frozenset({"zaak", "boeking", "factuur", "boeking_factuur", "verplichting"})
"""Tables that change every day; what stands for a year, such as a budget, may be older."""


def check(name: str, delivery: Delivery, bounds: Gate) -> list[Outcome]:
    """Return what the rules on the delivery of one table found."""
    table = delivery.tables[name]
    rules = suite(
        bounds,
        delivery.uses.get(name, ()),
        table=name,
        has_previous=bool(table.previous_rows),
        has_moment=table.exported_at is not None,
    )
    read = len(table.raw) + table.quarantined
    frame = pd.DataFrame(
        {
            "tabel": [name],
            "rijen": [len(table.raw)],
            "rijen_in_beeld": [_rows_in_view(name, table, delivery)],
            "aandeel_vorige": [len(table.raw) / table.previous_rows if table.previous_rows else None],
            "ontbrekende_kolommen": [len(table.missing)],
            "quarantaine": [table.quarantined],
            "quarantaine_aandeel": [table.quarantined / read if read else 0.0],
            "beschadigde_sleutels": [len(table.damaged)],
            "heeft_rapportweek": [_reaches(table, delivery) if name == "zaak" else True],
            "export_uren": [_age_in_hours(table, delivery)],
        }
    )
    return [_explained(outcome, table) for outcome in run_suite(name, frame, rules, keys=KEYS)]


def suite(
    bounds: Gate, rapporten: Iterable[str], *, table: str, has_previous: bool, has_moment: bool
) -> list[Expectation]:
    """Return the rules for the delivery of one table.

    The frame has one row: tabel, rijen, rijen_in_beeld (of the books: of the financial year), aandeel_vorige (rows as a
    share of the previous snapshot; missing without one), ontbrekende_kolommen, quarantaine, quarantaine_aandeel,
    beschadigde_sleutels (cells), heeft_rapportweek (boolean), export_uren (age of the export at the as-of moment;
    missing when unknown).

    Args:
        bounds: the organisation's bounds.
        rapporten: slugs of the reports that use the table.
        table: its name; more is asked of cases and of the books.
        has_previous: whether an earlier week's snapshot holds the table.
        has_moment: whether the export moment is known; without it the age of the export cannot be tested.
    """
    for_reports = tuple(rapporten)
    percentage = f"{bounds.quarantaine_max_aandeel * 100:.1f}".replace(".", ",")
    rules: list[Expectation] = [
        gxe.ExpectColumnValuesToBeBetween(
            column="rijen",
            min_value=1,
            **rule(
                "GX-ALG-01",
                "hard",
                "De tabel bevat ten minste één rij.",
                reden="Op een lege tabel slaagt elke rijcontrole; het rapport zou alleen nullen tonen.",
                rapporten=for_reports,
            ),
        ),
        gxe.ExpectColumnValuesToBeBetween(
            column="ontbrekende_kolommen",
            max_value=0,
            **rule(
                "GX-ALG-02",
                "hard",
                "Alle verplichte en toegewezen kolommen zijn aanwezig.",
                reden="Een kolom die wegvalt, maakt elk cijfer dat erop rust stil verkeerd.",
                rapporten=for_reports,
            ),
        ),
        gxe.ExpectColumnValuesToBeBetween(
            column="quarantaine",
            max_value=0,
            **rule(
                "GX-ALG-04",
                "warning",
                "Geen enkele rij staat in quarantaine.",
                reden="Een rij die niet te lezen is, telt niet mee; de lezer moet weten hoeveel dat er zijn.",
                rapporten=for_reports,
            ),
        ),
        gxe.ExpectColumnValuesToBeBetween(
            column="quarantaine_aandeel",
            max_value=bounds.quarantaine_max_aandeel,
            **rule(
                "GX-ALG-04",
                "critical",
                f"Hooguit {percentage} % van de rijen staat in quarantaine.",
                reden="Daarboven kan een weekcijfer van rond de honderd zaken merkbaar verschuiven.",
                rapporten=for_reports,
            ),
        ),
        gxe.ExpectColumnValuesToBeBetween(
            column="beschadigde_sleutels",
            max_value=0,
            **rule(
                "GX-ALG-09",
                "critical",
                "Geen enkele sleutel heeft in Excel cijfers verloren.",
                reden="Een nummer dat Excel tot getal of datum maakte, hoort nergens meer bij, of bij een andere rij.",
                rapporten=for_reports,
            ),
        ),
    ]
    if table == "zaak":
        rules += _zaak_rules(bounds, for_reports, has_previous=has_previous)
    if table == "boeking":
        rules.append(
            gxe.ExpectColumnValuesToBeBetween(
                column="rijen_in_beeld",
                min_value=1,
                **rule(
                    "GX-ALG-01",
                    "hard",
                    "Op het peilmoment bestaat ten minste één boeking van het boekjaar.",
                    reden="Zonder boekingen staat elke realisatie op nul en lijkt de hele begroting nog vrij.",
                    rapporten=for_reports,
                ),
            )
        )
    if has_moment and table in FRESH:
        dagen = bounds.versheid_zaken_dagen if table == "zaak" else bounds.versheid_financieel_dagen
        rules.append(
            gxe.ExpectColumnValuesToBeBetween(
                column="export_uren",
                max_value=dagen * 24,
                **rule(
                    "GX-ALG-03",
                    "critical",
                    f"De export is hooguit {dagen} dagen oud op het peilmoment.",
                    reden="Van wat er na de export gebeurde, weet het rapport niets.",
                    rapporten=for_reports,
                ),
            )
        )
    return rules


def _zaak_rules(bounds: Gate, rapporten: tuple[str, ...], *, has_previous: bool) -> list[Expectation]:
    rules: list[Expectation] = [
        gxe.ExpectColumnValuesToBeBetween(
            column="rijen_in_beeld",
            min_value=1,
            **rule(
                "GX-ALG-01",
                "hard",
                "Op het peilmoment bestaat ten minste één zaak.",
                reden="Een peilmoment vóór de eerste zaak geeft een rapport met alleen nullen.",
                rapporten=rapporten,
            ),
        ),
        gxe.ExpectColumnValuesToBeInSet(
            column="heeft_rapportweek",
            value_set=[True],
            **rule(
                "GX-ALG-07",
                "hard",
                "De levering bevat gegevens uit of na de rapportweek.",
                reden="Eindigt de export vóór de week begint, dan lijkt het alsof er niets is gebeurd.",
                rapporten=rapporten,
            ),
        ),
    ]
    if has_previous:
        rules.append(
            gxe.ExpectColumnValuesToBeBetween(
                column="aandeel_vorige",
                min_value=bounds.zaak_min_aandeel_vorige,
                **rule(
                    "GX-ALG-01",
                    "hard",
                    f"De levering telt ten minste {bounds.zaak_min_aandeel_vorige * 100:.0f} % van de zaken van de "
                    "weken ervoor.",
                    reden="Een export die halveert, is bijna altijd afgekapt of verkeerd gefilterd.",
                    rapporten=rapporten,
                ),
            )
        )
    return rules


def _explained(outcome: Outcome, table: TableDelivery) -> Outcome:
    """Say what is missing or how many rows it is about: one row per table says too little by itself."""
    if not outcome.failed:
        return outcome
    if outcome.id == "GX-ALG-02":
        return replace(outcome, toelichting="ontbreekt: " + ", ".join(table.missing))
    if outcome.id == "GX-ALG-04":
        read = len(table.raw) + table.quarantined
        return replace(outcome, rows_tested=read, rows_failed=table.quarantined)
    if outcome.id == "GX-ALG-09":
        rows, places = len(table.raw), table.damaged
        return replace(outcome, rows_tested=rows, rows_failed=len(places), keys=places[:MAX_KEYS])
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


def _rows_in_view(name: str, table: TableDelivery, delivery: Delivery) -> int:
    """Return how many rows there were at the as-of moment; of the bookings only those of the financial year."""
    view = table.in_view
    if name != "boeking":
        return len(view)
    if not {"boekjaar", "boekdatum"} <= {*view.columns}:
        return 0
    boekjaar = delivery.finance.afspraken(local_date(delivery.as_of)).boekjaar
    return int((view["boekjaar"].fillna(view["boekdatum"].dt.year.astype("Int64")) == boekjaar).sum())

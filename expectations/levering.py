"""What was delivered: one row per declared table, tested before any row of a table is looked at.

Row checks pass on an empty table, so emptiness and missing columns come first and stop the report.
"""

from __future__ import annotations

from dataclasses import replace

import great_expectations.expectations as gxe
import numpy as np
import pandas as pd
from great_expectations.expectations.expectation import Expectation

from expectations.rule import bound_pct, rule
from weekrapport.domain.boekafspraken import Boekafspraken
from weekrapport.domain.calendars import werkkalender
from weekrapport.domain.outcome import MAX_KEYS, Outcome
from weekrapport.quality.delivery import Delivery, TableDelivery
from weekrapport.quality.gate import run_per_row
from weekrapport.settings import Gate
from weekrapport.week import MONTHS, local_date

MOVING_BOOKS = frozenset({"boeking", "factuur", "boeking_factuur", "verplichting"})
"""Tables of the books that change every day; what stands for a year, such as a budget, may be older."""
COLUMNS = (
    "tabel",
    "rijen",
    "ontbrekende_kolommen",
    "quarantaine",
    "quarantaine_aandeel",
    "beschadigde_sleutels",
    "zaken_in_beeld",
    "heeft_rapportweek",
    "export_zaken_uren",
    "aandeel_vorige",
    "boekingen_in_boekjaar",
    "maanden_zonder_boeking",
    "export_boeken_uren",
)
"""What is known of a delivery: numbers of rows, columns and cells, shares as fractions, and ages in hours at the as-of
moment. Missing is what is unknown, such as the share of the usual number of rows without earlier snapshots."""


def check(delivery: Delivery, bounds: Gate) -> list[Outcome]:
    """Return what the rules on the delivery of every table found, table by table."""
    frame = pd.DataFrame([_row(name, delivery) for name in delivery.tables], columns=[*COLUMNS])
    outcomes = run_per_row(frame, suite(bounds), by="tabel")
    return [_explained(outcome, delivery.tables[outcome.dataset], delivery) for outcome in outcomes]


def suite(bounds: Gate) -> list[Expectation]:
    """Return the rules; the frame has one row per table and the columns `COLUMNS`.

    A rule is about the tables that have a value in its column: all of them, the cases, or the books.
    """
    return [*_every_table(bounds), *_cases(bounds), *_books(bounds)]


def _every_table(bounds: Gate) -> list[Expectation]:
    return [
        gxe.ExpectColumnValuesToBeBetween(
            column="rijen",
            min_value=1,
            **rule(
                "GX-ALG-01",
                "hard",
                "De tabel bevat ten minste één rij.",
                reden="Op een lege tabel slaagt elke rijcontrole; het rapport zou alleen nullen tonen.",
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
            ),
        ),
        gxe.ExpectColumnValuesToBeBetween(
            column="quarantaine_aandeel",
            max_value=bounds.quarantaine_max_aandeel,
            **rule(
                "GX-ALG-04",
                "critical",
                f"Hooguit {bound_pct(bounds.quarantaine_max_aandeel)} % van de rijen staat in quarantaine.",
                reden="Daarboven kan een weekcijfer van rond de honderd zaken merkbaar verschuiven.",
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
            ),
        ),
    ]


def _cases(bounds: Gate) -> list[Expectation]:
    return [
        gxe.ExpectColumnValuesToBeBetween(
            column="zaken_in_beeld",
            min_value=1,
            **rule(
                "GX-ALG-01",
                "hard",
                "Op het peilmoment bestaat ten minste één zaak.",
                reden="Een peilmoment vóór de eerste zaak geeft een rapport met alleen nullen.",
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
            ),
        ),
        gxe.ExpectColumnValuesToBeBetween(
            column="export_zaken_uren",
            max_value=bounds.versheid_zaken_dagen * 24,
            **rule(
                "GX-ALG-03",
                "critical",
                f"De export is hooguit {bounds.versheid_zaken_dagen} dagen oud op het peilmoment.",
                reden="Een export van vrijdag mag voor maandag nog; van wat erna gebeurde, weet een oudere niets.",
            ),
        ),
        gxe.ExpectColumnValuesToBeBetween(
            column="aandeel_vorige",
            min_value=bounds.zaak_min_aandeel_vorige,
            **rule(
                "GX-ALG-01",
                "hard",
                f"De levering telt ten minste {bound_pct(bounds.zaak_min_aandeel_vorige)} % van de zaken van de weken "
                "ervoor.",
                reden="Een export die halveert, is bijna altijd afgekapt of verkeerd gefilterd.",
            ),
        ),
    ]


def _books(bounds: Gate) -> list[Expectation]:
    return [
        gxe.ExpectColumnValuesToBeBetween(
            column="boekingen_in_boekjaar",
            min_value=1,
            **rule(
                "GX-ALG-01",
                "hard",
                "Op het peilmoment bestaat ten minste één boeking van het boekjaar.",
                reden="Zonder boekingen staat elke realisatie op nul en lijkt de hele begroting nog vrij.",
            ),
        ),
        gxe.ExpectColumnValuesToBeBetween(
            column="maanden_zonder_boeking",
            max_value=0,
            **rule(
                "GX-ALG-11",
                "warning",
                "In elke afgesloten maand van het boekjaar is geboekt.",
                reden="Een maand die in de export ontbreekt, lijkt een maand zonder kosten.",
            ),
        ),
        gxe.ExpectColumnValuesToBeBetween(
            column="export_boeken_uren",
            max_value=bounds.versheid_financieel_dagen * 24,
            **rule(
                "GX-ALG-03",
                "critical",
                f"De export is hooguit {bounds.versheid_financieel_dagen} dagen oud op het peilmoment.",
                reden="Wat daarna is geboekt of binnengekomen, staat niet in het rapport.",
            ),
        ),
    ]


def _row(name: str, delivery: Delivery) -> dict[str, object]:
    """Return what is tested of one table; None where a rule is not about it, or cannot know."""
    table = delivery.tables[name]
    read = len(table.raw) + table.quarantined
    row: dict[str, object] = {
        "tabel": name,
        "rijen": len(table.raw),
        "ontbrekende_kolommen": len(table.missing),
        "quarantaine": table.quarantined,
        "quarantaine_aandeel": table.quarantined / read if read else 0.0,
        "beschadigde_sleutels": len(table.damaged),
    }
    if name == "zaak":
        row |= {
            "zaken_in_beeld": len(table.in_view),
            "heeft_rapportweek": _reaches(table, delivery),
            "export_zaken_uren": _age_in_hours(table, delivery),
            "aandeel_vorige": len(table.raw) / table.previous_rows if table.previous_rows else None,
        }
    if name == "boeking":
        row["boekingen_in_boekjaar"] = len(_months_of_the_year(table, delivery))
        row["maanden_zonder_boeking"] = len(_empty_months(table, delivery))
    if name in MOVING_BOOKS:
        row["export_boeken_uren"] = _age_in_hours(table, delivery)
    return row


def _explained(outcome: Outcome, table: TableDelivery, delivery: Delivery) -> Outcome:
    """Say what is missing or how many rows it is about: one row per table says too little by itself."""
    if not outcome.failed:
        return outcome
    if outcome.id == "GX-ALG-02":
        return replace(outcome, toelichting="ontbreekt: " + ", ".join(table.missing))
    if outcome.id == "GX-ALG-11":
        names = [MONTHS[month - 1] for month in sorted(_empty_months(table, delivery))]
        return replace(outcome, toelichting=f"zonder boeking: {', '.join(names)}")
    if outcome.id == "GX-ALG-04":
        read = len(table.raw) + table.quarantined
        return replace(outcome, rows_tested=read, rows_failed=table.quarantined)
    if outcome.id == "GX-ALG-09":
        rows, places = len(table.raw), table.damaged
        return replace(outcome, rows_tested=rows, rows_failed=len(places), keys=places[:MAX_KEYS])
    return outcome


def _reaches(table: TableDelivery, delivery: Delivery) -> bool:
    """Return whether the export was made, and anything happened in it, on or after the Monday of the report week.

    At an as-of moment on the first working day of the week itself nothing need have happened in it yet; then the
    working day before counts. Of an export of which the moment is known, something must have happened in the five
    working days before an as-of moment in the week itself: a small organisation has quiet days.
    """
    today = local_date(delivery.as_of)
    one, five = (
        np.busday_offset(today, -days, roll="forward", busdaycal=werkkalender()).astype(object) for days in (1, 5)
    )
    first = min(delivery.week.monday, one)
    if table.exported_at is not None:
        if local_date(table.exported_at) < first:
            return False
        if today <= delivery.week.sunday:
            first = min(first, five)
    columns = [name for name in ("startdatum", "registratiedatum", "einddatum") if name in table.raw]
    return any(bool((table.raw[name] >= pd.Timestamp(first)).any()) for name in columns)


def _age_in_hours(table: TableDelivery, delivery: Delivery) -> float | None:
    """Return how old the export was at the as-of moment; negative when it was made later, as in a backfill."""
    if table.exported_at is None:
        return None
    return (delivery.as_of - table.exported_at).total_seconds() / 3600


def _months_of_the_year(table: TableDelivery, delivery: Delivery) -> pd.Series:
    """Return the month (Int64) of each booking of the financial year that there was at the as-of moment."""
    view = table.in_view
    if not {"boekjaar", "periode", "boekdatum"} <= {*view.columns}:
        return pd.Series(dtype="Int64")
    year = view["boekjaar"].fillna(view["boekdatum"].dt.year.astype("Int64"))
    month = view["periode"].fillna(view["boekdatum"].dt.month.astype("Int64"))
    return month[(year == _afspraken(delivery).boekjaar).fillna(False)]


def _empty_months(table: TableDelivery, delivery: Delivery) -> set[int]:
    """Return the closed months of the financial year without a booking."""
    booked = {*_months_of_the_year(table, delivery).dropna().astype(int)}
    return {*range(1, _afspraken(delivery).periode + 1)} - booked


def _afspraken(delivery: Delivery) -> Boekafspraken:
    return delivery.finance.afspraken(local_date(delivery.as_of))

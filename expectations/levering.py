"""What was delivered: one row per declared table, tested before any row of a table is looked at.

Row checks pass on an empty table, so emptiness and missing columns come first and stop the report.
"""

from __future__ import annotations

from collections.abc import Iterable

import great_expectations.expectations as gxe
from great_expectations.expectations.expectation import Expectation

from expectations.rule import rule
from weekrapport.settings import Gate

KEYS = ("tabel",)


def suite(
    bounds: Gate, rapporten: Iterable[str], *, is_zaak: bool, has_previous: bool, has_moment: bool
) -> list[Expectation]:
    """Return the rules for the delivery of one table.

    The frame has one row: tabel, rijen, rijen_in_beeld, aandeel_vorige (rows as a share of the previous snapshot;
    missing without one), ontbrekende_kolommen, quarantaine, quarantaine_aandeel, heeft_rapportweek (boolean),
    export_uren (age of the export at the as-of moment; missing when unknown).

    Args:
        bounds: the organisation's bounds.
        rapporten: slugs of the reports that use the table.
        is_zaak: whether the table holds the cases.
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
    ]
    if is_zaak:
        rules += _zaak_rules(bounds, for_reports, has_previous=has_previous, has_moment=has_moment)
    return rules


def _zaak_rules(bounds: Gate, rapporten: tuple[str, ...], *, has_previous: bool, has_moment: bool) -> list[Expectation]:
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
    if has_moment:
        rules.append(
            gxe.ExpectColumnValuesToBeBetween(
                column="export_uren",
                max_value=bounds.versheid_zaken_dagen * 24,
                **rule(
                    "GX-ALG-03",
                    "critical",
                    f"De export is hooguit {bounds.versheid_zaken_dagen} dagen oud op het peilmoment.",
                    reden="Een export van vrijdag mag voor maandag nog; van wat erna gebeurde, weet een oudere niets.",
                    rapporten=rapporten,
                ),
            )
        )
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

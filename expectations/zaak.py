"""Rules for the table zaak: some on the delivery as it came, the others on what was true at the as-of moment."""

from __future__ import annotations

from datetime import date

import great_expectations.expectations as gxe
import pandas as pd
from great_expectations.expectations.expectation import Expectation

from expectations.rule import rule
from expectations.subject import Subject, refused, run_where_delivered
from weekrapport.domain.outcome import Outcome
from weekrapport.domain.schema import VERTROUWELIJKHEDEN
from weekrapport.week import local_date

KEYS = ("zaak_id",)
EERSTE_DAG = date(2000, 1, 1)


def check(subject: Subject) -> list[Outcome]:
    """Return what the rules found: some on the delivery, the others on the view of the as-of moment."""
    exported_at = subject.delivery.tables["zaak"].exported_at
    raw_rules, view_rules = raw_suite(local_date(exported_at) if exported_at else None), suite()
    if "zaak" not in subject.sound:
        return refused("zaak", [*raw_rules, *view_rules])
    view, delivered = subject.view("zaak"), subject.columns("zaak")
    derived: set[str] = set()
    if "zaaktype" in subject.sound:
        known = view["zaaktype_id"].isin(subject.raw("zaaktype")["zaaktype_id"]) | view["zaaktype_id"].isna()
        view, derived = view.assign(chk_zaaktype_bekend=known), {"chk_zaaktype_bekend"}
    named = {"chk_zaaktype_bekend": "tabel zaaktype"}
    return [
        *run_where_delivered("zaak", subject.raw("zaak"), raw_rules, delivered, keys=KEYS),
        *run_where_delivered("zaak", view, view_rules, delivered | derived, keys=KEYS, named=named),
    ]


def raw_suite(exported_on: date | None) -> list[Expectation]:
    """Return the rules for the whole delivery, before the as-of view.

    Args:
        exported_on: local day of the export; without it a date in the future cannot be recognised.
    """
    rules: list[Expectation] = [
        gxe.ExpectColumnValuesToNotBeNull(
            column="zaak_id",
            **rule(
                "GX-ZAAK-01",
                "hard",
                "Elke zaak heeft een zaaknummer.",
                reden="Zonder nummer is een zaak niet te volgen en niet te herleiden.",
            ),
        ),
        gxe.ExpectColumnValuesToBeUnique(
            column="zaak_id",
            **rule(
                "GX-ZAAK-01",
                "hard",
                "Elk zaaknummer komt één keer voor.",
                reden="Een dubbel nummer telt dezelfde zaak twee keer.",
            ),
        ),
    ]
    if exported_on is not None:
        rules.append(
            gxe.ExpectColumnValuesToBeBetween(
                column="startdatum",
                max_value=_moment(exported_on),
                **rule(
                    "GX-ZAAK-02",
                    "hard",
                    "Geen zaak start na het moment van de export.",
                    reden="Een start in de toekomst is een leesfout of een verkeerd bestand; elke telling rust erop.",
                ),
            )
        )
        rules.append(
            gxe.ExpectColumnValuesToBeBetween(
                column="einddatum",
                max_value=_moment(exported_on),
                **rule(
                    "GX-ZAAK-04",
                    "critical",
                    "Geen zaak is afgerond na het moment van de export.",
                    reden="Wat na de export ligt, kan de bron nog niet weten; meestal is het een tikfout in het jaar.",
                ),
            )
        )
    return rules


def suite() -> list[Expectation]:
    """Return the rules for the cases as they were at the as-of moment.

    The frame is the as-of view with `chk_zaaktype_bekend`.
    """
    return [
        gxe.ExpectColumnValuesToNotBeNull(
            column="startdatum",
            **rule(
                "GX-ZAAK-02",
                "hard",
                "Elke zaak heeft een startdatum.",
                reden="Instroom, werkvoorraad en elke termijn beginnen bij de startdatum.",
            ),
        ),
        gxe.ExpectColumnValuesToBeBetween(
            column="startdatum",
            min_value=_moment(EERSTE_DAG),
            **rule(
                "GX-ZAAK-02",
                "hard",
                "Geen startdatum ligt vóór 1 januari 2000.",
                reden="Vóór 2000 bestonden deze zaaksystemen niet: zo'n datum is een standaardwaarde of een leesfout.",
            ),
        ),
        gxe.ExpectColumnPairValuesAToBeGreaterThanB(
            column_A="einddatum",
            column_B="startdatum",
            or_equal=True,
            ignore_row_if="either_value_is_missing",
            **rule(
                "GX-ZAAK-03",
                "critical",
                "Geen zaak eindigt vóór zij begint.",
                reden="Een negatieve doorlooptijd vertekent mediaan en tijdigheid.",
            ),
        ),
        gxe.ExpectColumnValuesToNotBeNull(
            column="zaaktype_id",
            **rule(
                "GX-ZAAK-05",
                "critical",
                "Elke zaak heeft een zaaktype.",
                reden="Zonder zaaktype is er geen norm en geen soort werk.",
            ),
        ),
        gxe.ExpectColumnValuesToBeInSet(
            column="chk_zaaktype_bekend",
            value_set=[True],
            **rule(
                "GX-ZAAK-05",
                "critical",
                "Elk zaaktype van een zaak staat in de tabel met zaaktypen.",
                reden="Een onbekend zaaktype heeft geen norm, zodat de zaak stil uit de tijdigheid valt.",
            ),
        ),
        gxe.ExpectColumnValuesToBeInSet(
            column="vertrouwelijkheid",
            value_set=list(VERTROUWELIJKHEDEN),
            **rule(
                "GX-ZAAK-16",
                "critical",
                "Elke ingevulde vertrouwelijkheid is een van de acht landelijke aanduidingen.",
                reden="Een onbekende aanduiding kan een vertrouwelijke zaak als gewone zaak in de lijst zetten.",
            ),
        ),
    ]


def _moment(day: date) -> pd.Timestamp:
    return pd.Timestamp(day)

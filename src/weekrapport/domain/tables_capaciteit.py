"""The tables of the planning: hours of every employee and day, and what is asked ("Tabellen" in docs/methods.md).

Absence is a number of hours. Why somebody is absent is nowhere: for illness that is data about health.
"""

from __future__ import annotations

from weekrapport.domain.table import Column, columns, dates, table, text

AANVRAGERROLLEN = ("serviceteam", "projecten", "ciso", "directie", "overig")
AANVRAAGSTATUSSEN = ("nieuw", "gepland", "deels", "niet_planbaar", "vervallen")

CAPACITEITSTABELLEN = (
    table(
        "capaciteit",
        "medewerker_id datum",
        "medewerker_id datum contracturen",
        *text("medewerker_id"),
        *dates("datum"),
        *columns("decimal", "contracturen verlofuren overig_afwezig_uren vaste_uren reeds_ingepland_uren"),
    ),
    table(
        "capaciteitsaanvraag",
        "aanvraag_id",
        "aanvraag_id uren status",
        *text("aanvraag_id"),
        Column("aangevraagd_op", "timestamp"),
        Column("aanvrager_rol", "text", AANVRAGERROLLEN),
        *text("omschrijving zaak_id vaardigheid"),
        Column("uren", "decimal"),
        *dates("gewenst_van gewenst_tot"),
        Column("prioriteit_officer", "integer"),
        Column("prioriteit_aanvrager", "integer"),
        Column("status", "text", AANVRAAGSTATUSSEN),
    ),
)

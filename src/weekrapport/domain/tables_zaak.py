"""The tables of the case domain and the organisation, as in ZGW and RGBZ ("Tabellen" in docs/methods.md)."""

from __future__ import annotations

from weekrapport.domain.table import Column, dates, table, text

SOORTEN_WERKZAAMHEID = (
    "storing", "vraag", "wijziging", "implementatie", "project", "autorisatie", "beveiliging",
    "privacy", "klacht", "advies_opleiding", "commercieel", "intern", "overig",
)  # fmt: skip
VERTROUWELIJKHEDEN = (
    "openbaar", "beperkt_openbaar", "intern", "zaakvertrouwelijk", "vertrouwelijk", "confidentieel",
    "geheim", "zeer_geheim",
)  # fmt: skip
RESULTAATCATEGORIEEN = (
    "verleend_geleverd", "afgewezen", "ingetrokken", "buiten_behandeling", "foutief_aangemaakt",
    "overig",
)  # fmt: skip
TERMIJNEENHEDEN = ("uur", "werkdag", "kalenderdag", "week", "maand")
RICHTINGEN = ("inkomend", "intern", "uitgaand")
CONTACTSOORTEN = ("ontvangstbevestiging", "tussenbericht", "informatieverzoek", "afrondingsbericht", "overig")
DOCUMENTSTATUSSEN = ("in_bewerking", "ter_vaststelling", "definitief", "gearchiveerd")
PRIORITEITEN = ("P1", "P2", "P3", "P4")

ZAAKTABELLEN = (
    table(
        "zaaktype",
        "zaaktype_id geldig_van",
        "zaaktype_id",
        *text("zaaktype_id omschrijving"),
        Column("soort_werkzaamheid", "text", SOORTEN_WERKZAAMHEID),
        Column("servicenorm_waarde", "integer"),
        Column("servicenorm_eenheid", "text", TERMIJNEENHEDEN),
        Column("wettelijk_waarde", "integer"),
        Column("wettelijk_eenheid", "text", TERMIJNEENHEDEN[2:]),
        Column("wettelijk_grondslag", "text"),
        Column("opschorting_mogelijk", "boolean"),
        Column("verlenging_mogelijk", "boolean"),
        Column("verlengingstermijn_waarde", "integer"),
        Column("verlengingstermijn_eenheid", "text", TERMIJNEENHEDEN[1:]),
        Column("vertrouwelijkheid", "text", VERTROUWELIJKHEDEN),
        Column("verantwoordelijk_team_id", "text"),
        Column("risicogewicht", "integer"),
        Column("verwachte_uren", "decimal"),
        *dates("geldig_van geldig_tot"),
        Column("concept", "boolean"),
    ),
    table(
        "zaaktype_status",
        "statustype_id",
        "zaaktype_id statustype_id volgnummer",
        *text("zaaktype_id statustype_id"),
        Column("volgnummer", "integer"),
        Column("omschrijving", "text"),
        Column("is_eindstatus", "boolean"),
        Column("informeren", "boolean"),
    ),
    table(
        "zaaktype_documenteis",
        "eis_id",
        "eis_id zaaktype_id informatieobjecttype",
        *text("eis_id zaaktype_id informatieobjecttype"),
        Column("richting", "text", RICHTINGEN),
        *text("vanaf_statustype_id resultaattype"),
        Column("verplicht", "boolean"),
        Column("min_aantal", "integer"),
    ),
    table(
        "zaak",
        "zaak_id",
        "zaak_id startdatum einddatum",
        *text("zaak_id uuid omschrijving zaaktype_id klant_id team_id behandelaar_id"),
        *dates("registratiedatum startdatum einddatum_gepland uiterlijke_einddatum"),
        *dates("einddatum"),
        Column("gesloten_op", "timestamp"),
        Column("resultaat", "text"),
        Column("resultaat_categorie", "text", RESULTAATCATEGORIEEN),
        Column("prioriteit", "text", PRIORITEITEN),
        Column("belang", "integer"),
        Column("escalatieniveau", "integer"),
        Column("hoofdzaak_id", "text"),
        Column("opgeschort_nu", "boolean"),
        Column("opschorting_reden", "text"),
        Column("resturen", "decimal"),
        *text("dienst_id communicatiekanaal"),
        Column("vertrouwelijkheid", "text", VERTROUWELIJKHEDEN),
    ),
    table(
        "zaak_status",
        "zaak_id gezet_op statustype_id",
        "zaak_id statustype_id gezet_op",
        *text("zaak_id statustype_id"),
        Column("gezet_op", "timestamp"),
        Column("gezet_door", "text"),
    ),
    table(
        "zaak_opschorting",
        "zaak_id begin",
        "zaak_id begin eind",
        Column("zaak_id", "text"),
        *dates("begin eind"),
        *text("reden grondslag herkomst"),
    ),
    table(
        "zaak_verlenging",
        "zaak_id volgnr",
        "zaak_id duur_waarde duur_eenheid besloten_op",
        Column("zaak_id", "text"),
        Column("volgnr", "integer"),
        Column("duur_waarde", "integer"),
        Column("duur_eenheid", "text", TERMIJNEENHEDEN[1:]),
        Column("reden", "text"),
        *dates("besloten_op meegedeeld_op"),
    ),
    table(
        "zaak_document",
        "document_id",
        "document_id zaak_id informatieobjecttype",
        *text("document_id zaak_id informatieobjecttype titel"),
        Column("richting", "text", RICHTINGEN),
        *dates("creatiedatum ontvangstdatum verzenddatum"),
        Column("registratie_op", "timestamp"),
        Column("status", "text", DOCUMENTSTATUSSEN),
        Column("bestandsomvang", "integer"),
        Column("vertrouwelijkheid", "text", VERTROUWELIJKHEDEN),
    ),
    table(
        "contactmoment",
        "contact_id",
        "contact_id zaak_id datumtijd",
        *text("contact_id zaak_id"),
        Column("datumtijd", "timestamp"),
        Column("kanaal", "text"),
        Column("richting", "text", ("inkomend", "uitgaand")),
        Column("soort", "text", CONTACTSOORTEN),
        Column("document_id", "text"),
    ),
    table(
        "team",
        "team_id",
        "team_id naam",
        *text("team_id naam manager_rol"),
        Column("actief", "boolean"),
    ),
    table(
        "medewerker",
        "medewerker_id",
        "medewerker_id",
        *text("medewerker_id weergavenaam initialen team_id"),
        Column("fte", "decimal"),
        *dates("in_dienst uit_dienst"),
        Column("vaardigheden", "text"),
    ),
    table(
        "klant",
        "klant_id",
        "klant_id naam",
        *text("klant_id naam segment"),
        Column("actief", "boolean"),
    ),
    table(
        "dienst",
        "dienst_id",
        "dienst_id naam",
        *text("dienst_id naam eigenaar_team_id eenheid"),
        *dates("geldig_van geldig_tot"),
    ),
)

"""The files of the exports and the headers above their columns.

One list, `EXPORTS`, serves both the writing of the files and the `[[source]]` stanzas that read them back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from weekrapport.domain.schema import TABLES

STAMP = "20261123-0530"

_EENHEDEN = {"uur": "uren", "werkdag": "werkdagen", "kalenderdag": "kalenderdagen", "week": "weken", "maand": "maanden"}
_VERTROUWELIJK = {
    "openbaar": "Openbaar", "intern": "Intern", "zaakvertrouwelijk": "Zaakvertrouwelijk",
    "vertrouwelijk": "Vertrouwelijk",
}  # fmt: skip
_RICHTINGEN = {"inkomend": "Inkomend", "intern": "Intern", "uitgaand": "Uitgaand"}


@dataclass(frozen=True)
class Export:
    """One kind of file: its name, its table, its headers, and its own words for closed lists."""

    name: str
    table: str
    headers: Mapping[str, str]
    """Column of the table → header in the file, in the order of the file. A column that the table does not have
    stands under its own header."""
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Column → our value → the word in the file."""
    book: str | None = None
    """The workbook that it is a sheet of; None for a file of its own."""
    sheet: str | None = None
    documents: str | None = None
    """Folder of the inbox with the documents of the rows."""

    @property
    def pattern(self) -> str:
        """The file names that its source takes."""
        return f"{self.name}*.csv" if self.book is None else f"{self.book}*.xlsx"

    @property
    def file_name(self) -> str:
        """The name with the export moment in it."""
        return f"{self.name}_{STAMP}.csv" if self.book is None else f"{self.book}_{STAMP}.xlsx"

    def mapped(self) -> dict[str, str]:
        """Return the columns that the table has, with their headers."""
        kinds = TABLES[self.table].kinds()
        return {column: header for column, header in self.headers.items() if column in kinds}


EXPORTS = (
    Export(
        "zaken", "zaak",
        {
            "zaak_id": "Zaaknummer", "uuid": "Kenmerk (UUID)", "omschrijving": "Omschrijving",
            "zaaktype_id": "Zaaktype", "Zaaktypeomschrijving": "Zaaktypeomschrijving",
            "klant_id": "Klantnummer", "team_id": "Team", "behandelaar_id": "Behandelaar",
            "registratiedatum": "Registratiedatum", "startdatum": "Startdatum",
            "einddatum_gepland": "Geplande einddatum", "uiterlijke_einddatum": "Uiterlijke afdoening",
            "einddatum": "Einddatum", "gesloten_op": "Afgesloten op", "resultaat": "Resultaat",
            "resultaat_categorie": "Resultaatcategorie", "prioriteit": "Prioriteit", "belang": "Belang",
            "escalatieniveau": "Escalatieniveau", "hoofdzaak_id": "Hoofdzaak",
            "opgeschort_nu": "Opgeschort", "opschorting_reden": "Reden opschorting", "resturen": "Resturen",
            "dienst_id": "Dienst", "communicatiekanaal": "Kanaal", "vertrouwelijkheid": "Vertrouwelijkheid",
            "Interne notitie": "Interne notitie",
        },
        {
            "resultaat_categorie": {
                "verleend_geleverd": "Geleverd", "afgewezen": "Afgewezen", "ingetrokken": "Ingetrokken",
                "buiten_behandeling": "Buiten behandeling", "foutief_aangemaakt": "Foutief aangemaakt",
                "overig": "Overig",
            },
            "communicatiekanaal": {
                "portaal": "Portaal", "email": "E-mail", "telefoon": "Telefoon", "chat": "Chat", "brief": "Brief",
            },
            "vertrouwelijkheid": _VERTROUWELIJK,
        },
    ),
    Export(
        "zaaktypen", "zaaktype",
        {
            "zaaktype_id": "Code", "omschrijving": "Omschrijving", "soort_werkzaamheid": "Soort werkzaamheid",
            "servicenorm_waarde": "Servicenorm", "servicenorm_eenheid": "Eenheid servicenorm",
            "wettelijk_waarde": "Wettelijke termijn", "wettelijk_eenheid": "Eenheid wettelijke termijn",
            "wettelijk_grondslag": "Wettelijke grondslag", "opschorting_mogelijk": "Opschorting mogelijk",
            "verlenging_mogelijk": "Verlenging mogelijk", "verlengingstermijn_waarde": "Verlengingstermijn",
            "verlengingstermijn_eenheid": "Eenheid verlenging", "vertrouwelijkheid": "Vertrouwelijkheid",
            "verantwoordelijk_team_id": "Verantwoordelijk team", "risicogewicht": "Risicogewicht",
            "verwachte_uren": "Verwachte uren", "geldig_van": "Geldig vanaf", "geldig_tot": "Geldig tot",
            "concept": "Concept",
        },
        {
            "soort_werkzaamheid": {
                "storing": "Storing", "vraag": "Vraag", "wijziging": "Wijziging", "implementatie": "Implementatie",
                "project": "Project", "autorisatie": "Autorisatie", "beveiliging": "Beveiliging",
                "privacy": "Privacy", "klacht": "Klacht", "advies_opleiding": "Advies en opleiding",
                "commercieel": "Commercieel",
            },
            "servicenorm_eenheid": _EENHEDEN, "wettelijk_eenheid": _EENHEDEN,
            "verlengingstermijn_eenheid": _EENHEDEN, "vertrouwelijkheid": _VERTROUWELIJK,
        },
    ),
    Export(
        "statustypen", "zaaktype_status",
        {
            "zaaktype_id": "Zaaktype", "statustype_id": "Statuscode", "volgnummer": "Volgnummer",
            "omschrijving": "Status", "is_eindstatus": "Eindstatus", "informeren": "Klant informeren",
        },
    ),
    Export(
        "documenteisen", "zaaktype_documenteis",
        {
            "eis_id": "Eisnummer", "zaaktype_id": "Zaaktype", "informatieobjecttype": "Documenttype",
            "richting": "Richting", "vanaf_statustype_id": "Verplicht vanaf status", "resultaattype": "Bij resultaat",
            "verplicht": "Verplicht", "min_aantal": "Minimaal aantal",
        },
        {"richting": _RICHTINGEN},
    ),
    Export(
        "statussen", "zaak_status",
        {
            "zaak_id": "Zaaknummer", "statustype_id": "Statuscode", "gezet_op": "Datum en tijd",
            "gezet_door": "Gezet door",
        },
    ),
    Export(
        "opschortingen", "zaak_opschorting",
        {
            "zaak_id": "Zaaknummer", "begin": "Opgeschort vanaf", "eind": "Hervat op", "reden": "Reden",
            "grondslag": "Grondslag", "herkomst": "Herkomst",
        },
        {
            "grondslag": {
                "wacht_op_klant": "Wacht op klant", "wacht_op_leverancier": "Wacht op leverancier",
                "overig": "Overig", "awb_4_15_1a": "Awb 4:15 lid 1a",
            },
            "herkomst": {"bron": "Zaaksysteem"},
        },
    ),
    Export(
        "verlengingen", "zaak_verlenging",
        {
            "zaak_id": "Zaaknummer", "volgnr": "Volgnummer", "duur_waarde": "Duur", "duur_eenheid": "Eenheid",
            "reden": "Reden", "besloten_op": "Besloten op", "meegedeeld_op": "Meegedeeld op",
        },
        {"duur_eenheid": _EENHEDEN},
    ),
    Export(
        "documenten", "zaak_document",
        {
            "document_id": "Documentnummer", "zaak_id": "Zaaknummer", "informatieobjecttype": "Documenttype",
            "titel": "Titel", "Bestandsnaam": "Bestandsnaam", "richting": "Richting",
            "creatiedatum": "Aangemaakt op", "ontvangstdatum": "Ontvangen op", "verzenddatum": "Verzonden op",
            "registratie_op": "Geregistreerd op", "status": "Status", "bestandsomvang": "Omvang (bytes)",
            "vertrouwelijkheid": "Vertrouwelijkheid",
        },
        {
            "richting": _RICHTINGEN,
            "status": {"in_bewerking": "In bewerking", "definitief": "Definitief"},
            "vertrouwelijkheid": _VERTROUWELIJK,
        },
    ),
    Export(
        "contactmomenten", "contactmoment",
        {
            "contact_id": "Contactnummer", "zaak_id": "Zaaknummer", "datumtijd": "Datum en tijd", "kanaal": "Kanaal",
            "richting": "Richting", "soort": "Soort contact", "document_id": "Documentnummer",
        },
        {
            "kanaal": {"email": "E-mail", "portaal": "Portaal", "telefoon": "Telefoon", "chat": "Chat"},
            "richting": {"inkomend": "Inkomend", "uitgaand": "Uitgaand"},
            "soort": {
                "ontvangstbevestiging": "Ontvangstbevestiging", "tussenbericht": "Tussenbericht",
                "informatieverzoek": "Informatieverzoek", "afrondingsbericht": "Afrondingsbericht",
                "overig": "Overig",
            },
        },
    ),
    Export(
        "teams", "team",
        {"team_id": "Teamcode", "naam": "Naam", "manager_rol": "Verantwoordelijke manager", "actief": "Actief"},
    ),
    Export(
        "medewerkers", "medewerker",
        {
            "medewerker_id": "Medewerkernummer", "weergavenaam": "Naam", "initialen": "Initialen",
            "team_id": "Team", "fte": "Fte", "in_dienst": "In dienst", "uit_dienst": "Uit dienst",
            "vaardigheden": "Vaardigheden",
        },
    ),
    Export(
        "klanten", "klant",
        {"klant_id": "Klantnummer", "naam": "Naam", "segment": "Segment", "actief": "Actief"},
    ),
    Export(
        "diensten", "dienst",
        {
            "dienst_id": "Dienstcode", "naam": "Naam", "eigenaar_team_id": "Eigenaar", "eenheid": "Eenheid",
            "geldig_van": "Geldig vanaf", "geldig_tot": "Geldig tot",
        },
    ),
    Export(
        "capaciteit", "capaciteit",
        {
            "medewerker_id": "Medewerkernummer", "datum": "Datum", "contracturen": "Contracturen",
            "verlofuren": "Verlofuren", "overig_afwezig_uren": "Overig afwezig", "vaste_uren": "Vaste uren",
            "reeds_ingepland_uren": "Ingepland",
        },
    ),
    Export(
        "aanvragen", "capaciteitsaanvraag",
        {
            "aanvraag_id": "Aanvraagnummer", "aangevraagd_op": "Aangevraagd op", "aanvrager_rol": "Aangevraagd door",
            "omschrijving": "Omschrijving", "zaak_id": "Zaaknummer", "vaardigheid": "Vaardigheid", "uren": "Uren",
            "gewenst_van": "Gewenst vanaf", "gewenst_tot": "Gewenst tot en met",
            "prioriteit_officer": "Prioriteit planning", "prioriteit_aanvrager": "Prioriteit aanvrager",
            "status": "Status",
        },
        {
            "aanvrager_rol": {
                "serviceteam": "Serviceteam", "projecten": "Projecten", "ciso": "CISO", "directie": "Directie",
                "overig": "Overig",
            },
            "status": {
                "nieuw": "Nieuw", "gepland": "Gepland", "deels": "Deels gepland", "niet_planbaar": "Niet planbaar",
                "vervallen": "Vervallen",
            },
        },
    ),
)  # fmt: skip

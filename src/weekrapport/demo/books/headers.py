"""The files of the books and the headers above their columns, as a Dutch bookkeeping package calls them."""

from __future__ import annotations

from weekrapport.demo.headers import Export

BUDGET_BOOK = "begroting"
DOCUMENTS = "facturen"
"""Folder of the inbox with the documents of the invoices."""

_BRONDOCUMENTEN = {
    "factuur": "Factuur", "loonjournaal": "Loonjournaal", "afschrijvingsstaat": "Afschrijvingsstaat",
    "memoriaal": "Memoriaal",
}  # fmt: skip

BOOK_EXPORTS = (
    Export(
        "begroting", "begrotingsregel",
        {
            "regel_id": "Regelnummer", "jaar": "Jaar", "kostenplaats": "Kostenplaats",
            "grootboekrekening": "Grootboekrekening", "omschrijving": "Omschrijving", "kostensoort": "Kostensoort",
            "soort": "Soort", "primair_cent": "Primaire begroting", "bedrag_cent": "Begroting na wijziging",
            "budgethouder_rol": "Budgethouder", "factuurplichtig": "Factuurplichtig",
            "brondocument_soort": "Brondocument", "dienst_id": "Dienst", "geldig_vanaf": "Geldig vanaf",
        },
        {"soort": {"kosten": "Kosten", "opbrengsten": "Opbrengsten"}, "brondocument_soort": _BRONDOCUMENTEN},
        book=BUDGET_BOOK, sheet="Begroting",
    ),
    Export(
        "fasering", "begroting_fasering",
        {"regel_id": "Regelnummer", "maand": "Maand", "aandeel": "Aandeel"},
        book=BUDGET_BOOK, sheet="Fasering",
    ),
    Export(
        "begrotingswijzigingen", "begrotingswijziging",
        {
            "wijziging_id": "Wijzigingsnummer", "regel_id": "Regelnummer", "datum": "Datum besluit",
            "bedrag_cent": "Bedrag", "besluit": "Besluit",
        },
    ),
    Export(
        "grootboek", "grootboek",
        {"grootboekrekening": "Rekening", "omschrijving": "Omschrijving", "soort": "Soort rekening"},
        {"soort": {"B": "Balans", "P": "Resultaat", "M": "Gemengd"}},
    ),
    Export(
        "boekingen", "boeking",
        {
            "boeking_id": "Boekingsnummer", "journaalpost_id": "Journaalpost", "dagboek": "Dagboek",
            "dagboek_soort": "Soort dagboek", "boekjaar": "Boekjaar", "periode": "Periode", "boekdatum": "Boekdatum",
            "effectieve_datum": "Datum document", "grootboekrekening": "Rekening", "kostenplaats": "Kostenplaats",
            "project_id": "Project", "omschrijving": "Omschrijving", "bedrag_cent": "Bedrag (debet +)",
            "btw_code": "Btw-code", "btw_perc": "Btw-percentage", "btw_cent": "Btw-bedrag",
            "leverancier_id": "Crediteurnummer", "factuur_ref": "Factuurnummer crediteur",
            "brondocument_id": "Documentnummer", "invoerder": "Ingevoerd door",
        },
    ),
    Export(
        "verplichtingen", "verplichting",
        {
            "verplichting_id": "Verplichtingnummer", "regel_id": "Begrotingsregel", "leverancier_id": "Crediteurnummer",
            "omschrijving": "Omschrijving", "inkoopordernr": "Inkoopordernummer", "aangegaan_op": "Besteld op",
            "bedrag_cent": "Bedrag", "afgeboekt_cent": "Afgeboekt", "verwacht_tot": "Verwacht tot", "status": "Status",
        },
        {"status": {"open": "Open", "gesloten": "Gesloten"}},
    ),
    Export(
        "leveranciers", "leverancier",
        {
            "leverancier_id": "Crediteurnummer", "naam": "Naam", "kvk": "KvK-nummer", "btw_nummer": "Btw-nummer",
            "rsin": "RSIN", "land": "Land", "aangemaakt_op": "Aangemaakt op", "actief": "Actief",
            "g_rekening": "G-rekening",
        },
    ),
    Export(
        "bankrekeningen", "leverancier_iban",
        {
            "leverancier_id": "Crediteurnummer", "iban": "IBAN", "geldig_van": "Geldig vanaf",
            "geldig_tot": "Geldig tot", "gewijzigd_door": "Gewijzigd door",
        },
    ),
    Export(
        "facturen", "factuur",
        {
            "factuur_id": "Registratienummer", "journaalpost_id": "Journaalpost", "leverancier_id": "Crediteurnummer",
            "factuurnummer": "Factuurnummer", "soort": "Soort document", "factuurdatum": "Factuurdatum",
            "ontvangen_op": "Ontvangen op", "vervaldatum": "Vervaldatum", "leverperiode_van": "Periode van",
            "leverperiode_tot": "Periode tot en met", "valuta": "Valuta", "netto_cent": "Bedrag excl. btw",
            "btw_cent": "Btw", "bruto_cent": "Bedrag incl. btw", "te_betalen_cent": "Te betalen",
            "vooruitbetaald_cent": "Vooruitbetaald", "afronding_cent": "Afronding", "iban": "IBAN crediteur",
            "btw_nummer_leverancier": "Btw-nummer crediteur", "kvk_leverancier": "KvK-nummer crediteur", "oin": "OIN",
            "inkoopordernr": "Inkoopordernummer", "referentie_creditfactuur": "Creditnota bij factuur",
            "bestand_pad": "Bestand", "betaald_op": "Betaald op",
            "geaccordeerd_door": "Geaccordeerd door", "geaccordeerd_op": "Geaccordeerd op",
        },
        {"soort": {"380": "Factuur", "381": "Creditnota"}},
        documents=DOCUMENTS,
    ),
    Export(
        "toerekeningen", "boeking_factuur",
        {"boeking_id": "Boekingsnummer", "factuur_id": "Registratienummer", "toegerekend_cent": "Toegerekend bedrag"},
    ),
)  # fmt: skip

"""The tables of budget, ledger and invoices, as in XAF and UBL ("Tabellen" in docs/methods.md).

Amounts are whole cents. A cost is positive and revenue negative, as debit and credit in the ledger; the amounts of a
budget line and of an invoice are positive, those of a credit note negative.
"""

from __future__ import annotations

from weekrapport.domain.table import Column, columns, dates, table, text

BEGROTINGSOORTEN = ("kosten", "opbrengsten")
BRONDOCUMENTSOORTEN = ("factuur", "loonjournaal", "afschrijvingsstaat", "memoriaal", "interne_verrekening")
REKENINGSOORTEN = ("B", "P", "M")
"""Balance, profit and loss, mixed (XAF accTp); bookings on a balance account are no costs."""
FACTUURSOORTEN = ("380", "381", "384", "389")
"""Invoice, credit note, corrected invoice, self-billed invoice (UNTDID 1001, as in UBL)."""
BESTANDSOORTEN = ("ubl", "pdf", "geen")
BESTANDSTATUSSEN = ("aanwezig", "ontbreekt", "leeg", "onleesbaar", "niet_genoemd")
"""What the reading found of an invoice's document; written by `sources.invoice_documents`, never by a source."""
VERPLICHTINGSTATUSSEN = ("open", "gesloten")

BEGROTINGSTABELLEN = (
    table(
        "begrotingsregel",
        "regel_id",
        "regel_id jaar grootboekrekening bedrag_cent",
        Column("regel_id", "text"),
        Column("jaar", "integer"),
        *text("kostenplaats grootboekrekening omschrijving kostensoort"),
        Column("soort", "text", BEGROTINGSOORTEN),
        *columns("cent", "bedrag_cent primair_cent"),
        Column("budgethouder_rol", "text"),
        Column("factuurplichtig", "boolean"),
        Column("brondocument_soort", "text", BRONDOCUMENTSOORTEN),
        Column("dienst_id", "text"),
        *dates("geldig_vanaf"),
    ),
    table(
        "begroting_fasering",
        "regel_id maand",
        "regel_id maand aandeel",
        Column("regel_id", "text"),
        Column("maand", "integer"),
        Column("aandeel", "decimal"),
    ),
    table(
        "begrotingswijziging",
        "wijziging_id",
        "wijziging_id regel_id datum bedrag_cent",
        *text("wijziging_id regel_id"),
        *dates("datum"),
        Column("bedrag_cent", "cent"),
        Column("besluit", "text"),
    ),
    table(
        "grootboek",
        "grootboekrekening",
        "grootboekrekening",
        *text("grootboekrekening omschrijving"),
        Column("soort", "text", REKENINGSOORTEN),
    ),
    table(
        "boeking",
        "boeking_id",
        "boeking_id boekdatum grootboekrekening bedrag_cent",
        *text("boeking_id journaalpost_id dagboek dagboek_soort"),
        *columns("integer", "boekjaar periode"),
        *dates("boekdatum effectieve_datum"),
        *text("grootboekrekening kostenplaats project_id omschrijving"),
        Column("bedrag_cent", "cent"),
        Column("btw_code", "text"),
        Column("btw_perc", "decimal"),
        Column("btw_cent", "cent"),
        *text("leverancier_id factuur_ref brondocument_id invoerder"),
    ),
    table(
        "verplichting",
        "verplichting_id",
        "verplichting_id regel_id bedrag_cent",
        *text("verplichting_id regel_id leverancier_id omschrijving inkoopordernr"),
        *dates("aangegaan_op"),
        *columns("cent", "bedrag_cent afgeboekt_cent"),
        *dates("verwacht_tot"),
        Column("status", "text", VERPLICHTINGSTATUSSEN),
    ),
    table(
        "leverancier",
        "leverancier_id",
        "leverancier_id naam",
        *text("leverancier_id naam kvk btw_nummer rsin land"),
        *dates("aangemaakt_op"),
        *columns("boolean", "actief g_rekening"),
    ),
    table(
        "leverancier_iban",
        "leverancier_id iban geldig_van",
        "leverancier_id iban",
        *text("leverancier_id iban"),
        *dates("geldig_van geldig_tot"),
        Column("gewijzigd_door", "text"),
    ),
    table(
        "factuur",
        "factuur_id",
        "factuur_id factuurnummer factuurdatum bruto_cent",
        *text("factuur_id journaalpost_id leverancier_id factuurnummer"),
        Column("soort", "text", FACTUURSOORTEN),
        *dates("factuurdatum ontvangen_op vervaldatum leverperiode_van leverperiode_tot"),
        Column("valuta", "text"),
        *columns("cent", "netto_cent btw_cent bruto_cent te_betalen_cent vooruitbetaald_cent afronding_cent"),
        *text("iban btw_nummer_leverancier kvk_leverancier oin inkoopordernr referentie_creditfactuur bestand_pad"),
        Column("bestand_sha256", "text"),
        Column("bestand_soort", "text", BESTANDSOORTEN),
        Column("bestand_status", "text", BESTANDSTATUSSEN),
        Column("bestand_bytes", "integer"),
        *dates("betaald_op"),
        Column("geaccordeerd_door", "text"),
        *dates("geaccordeerd_op"),
    ),
    table(
        "factuurregel",
        "factuur_id regelnr",
        "factuur_id regelnr regel_netto_cent",
        *text("factuur_id regelnr omschrijving"),
        Column("aantal", "decimal"),
        *columns("cent", "prijs_cent regel_netto_cent"),
        Column("btw_categorie", "text"),
        Column("btw_perc", "decimal"),
    ),
    table(
        "factuur_btw",
        "factuur_id btw_categorie btw_perc",
        "factuur_id btw_categorie grondslag_cent btw_cent",
        *text("factuur_id btw_categorie"),
        Column("btw_perc", "decimal"),
        *columns("cent", "grondslag_cent btw_cent"),
    ),
    table(
        "boeking_factuur",
        "boeking_id factuur_id",
        "boeking_id factuur_id toegerekend_cent",
        *text("boeking_id factuur_id"),
        Column("toegerekend_cent", "cent"),
    ),
)

"""The texts of the demonstration: what cases are about and how they end. No text names a person."""

from __future__ import annotations

OMSCHRIJVINGEN: dict[str, tuple[str, ...]] = {
    "STORING-P1": (
        "Toepassing niet bereikbaar voor alle gebruikers", "Inloggen lukt bij geen enkele medewerker",
        "Database reageert niet meer", "Balie kan geen afspraken openen", "Berichtenverkeer ligt volledig stil",
        "Portaal geeft foutmelding 503",
    ),
    "STORING": (
        "Foutmelding bij opslaan van een zaak", "Zoekresultaten onvolledig", "Afdrukken van brieven lukt niet",
        "Scherm blijft laden na het tabblad Documenten", "Geüploade bijlage niet zichtbaar in dossier",
        "Bericht van ketenpartner niet verwerkt", "Trage reactie tijdens piekuren", "Export naar Excel is leeg",
        "Verkeerde sortering in de werkvoorraad", "Nachtelijke verwerking niet gestart",
    ),
    "VRAAG": (
        "Hoe voeg ik een zaaktype toe?", "Vraag over het archiveren van dossiers", "Uitleg gewenst bij rapportage",
        "Welke browserversies worden ondersteund?", "Hoe wijzig ik een sjabloon?", "Vraag over de maandfactuur",
        "Waar vind ik de handleiding?", "Verschil tussen intern en openbaar document",
        "Vraag over tarief van € 95 per koppeling", "Kan de bewaartermijn worden aangepast?",
    ),
    "WIJZIGING": (
        "Extra veld op het aanvraagformulier", "Nieuwe brief met huisstijl", "Aanpassing van de werkstroom",
        "Extra statussen in het zaaktype", "Rapport uitbreiden met kolom", "Termijnbewaking aanpassen",
        "Nieuwe categorieën in keuzelijst", "Automatische herinnering na tien dagen",
    ),
    "IMPLEMENTATIE": (
        "Invoering bij nieuwe klant", "Overgang naar nieuwe hoofdversie", "Inrichting na herindeling",
        "Uitrol naar tweede locatie", "Vervanging van verouderde module",
    ),
    "KOPPELING": (
        "Koppeling met financieel systeem", "Koppeling met landelijke voorziening", "Koppeling met digitaal loket",
        "Koppelvlak naar datawarehouse", "Vernieuwing certificaat en adres van koppelvlak",
    ),
    "OPLEIDING": (
        "Training functioneel beheer", "Basistraining nieuwe gebruikers", "Opfriscursus rapporteren",
        "Workshop zaaktypen inrichten",
    ),
    "RELEASE": ("Kwartaalrelease", "Onderhoudsrelease", "Beveiligingsupdate", "Hersteluitgave na storing"),
    "BEVEILIGING": (
        "Verdachte inlogpogingen gemeld", "Kwetsbaarheid in softwarecomponent", "Phishingbericht gemeld",
        "Te ruime rechten geconstateerd", "Verlopen certificaat", "Bevinding uit penetratietest",
    ),
    "AVG": ("Verzoek om inzage", "Verzoek om rectificatie", "Verzoek om verwijdering", "Verzoek om overdracht"),
    "KLACHT": (
        "Klacht over bereikbaarheid", "Klacht over afhandelingsduur", "Klacht over onjuiste factuur",
        "Klacht over communicatie tijdens storing", "Klacht over geïnstalleerde versie",
    ),
    "WOO": ("Verzoek om stukken over aanbesteding", "Verzoek om contracten", "Verzoek om evaluatierapporten"),
    "OFFERTE": (
        "Offerte extra licenties", "Offerte maatwerk", "Offerte adviesuren", "Offerte uitbreiding opslag",
        "Offerte trainingsdagen",
    ),
    "AUTORISATIE": (
        "Nieuwe gebruiker toevoegen", "Rol wijzigen na functiewijziging", "Account uitschakelen",
        "Toegang tot extra module", "Rechten voor vervanging tijdens verlof", "Functioneel account aanmaken",
    ),
}  # fmt: skip

GELEVERD = {
    "STORING-P1": "Hersteld", "STORING": "Opgelost", "VRAAG": "Beantwoord", "WIJZIGING": "Doorgevoerd",
    "IMPLEMENTATIE": "Opgeleverd", "KOPPELING": "In gebruik genomen", "OPLEIDING": "Gegeven",
    "RELEASE": "Uitgerold", "BEVEILIGING": "Maatregelen genomen", "AVG": "Verzoek ingewilligd",
    "KLACHT": "Gegrond", "WOO": "Openbaar gemaakt", "OFFERTE": "Geaccepteerd", "AUTORISATIE": "Ingericht",
}  # fmt: skip
"""The result of a case that was delivered, by case type."""

AFGEWEZEN = {"KLACHT": "Ongegrond", "WOO": "Geweigerd", "OFFERTE": "Niet geaccepteerd", "AVG": "Verzoek afgewezen"}
"""The result of a case that was turned down, where it is not "Afgewezen"."""

RESULTATEN = {
    "afgewezen": "Afgewezen",
    "ingetrokken": "Ingetrokken door aanvrager",
    "buiten_behandeling": "Buiten behandeling gesteld",
    "foutief_aangemaakt": "Dubbel of foutief aangemaakt",
    "overig": "Overgedragen aan leverancier",
}
"""The result of the other categories."""

OPSCHORTING_REDENEN = {
    "wacht_op_klant": "Wacht op informatie van de klant",
    "wacht_op_leverancier": "Wacht op levering door leverancier",
    "overig": "Aangehouden in overleg",
    "awb_4_15_1a": "Aanvulling van de aanvraag gevraagd",
}
VERLENGING_REDENEN = (
    "Meer onderzoek nodig dan voorzien", "Afhankelijk van oplevering door derden", "Capaciteit niet beschikbaar",
    "Op verzoek van de klant", "Testbevindingen moeten eerst worden opgelost",
)  # fmt: skip
NOTITIES = {
    "": 0.85,
    "Klant belt terug; zie contactmoment": 0.03,
    "Teruggebeld, geen gehoor": 0.03,
    'Melder noemt dit "urgent"': 0.02,
    "Doorgezet naar tweede lijn": 0.03,
    "Wacht op akkoord;prijs afgestemd (€ 450)": 0.02,
    "Zie kennisbank, artikel over caché legen": 0.017,
    "Besproken in dagstart\nactie: testen in acceptatie": 0.003,
}
"""Internal notes and their share: with quotes, separators and line breaks, as real exports have."""

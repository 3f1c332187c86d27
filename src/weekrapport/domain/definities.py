"""The KPI dictionary: one definition per figure, printed in every report that shows it.

Methods: "Kerncijfers" in docs/methods.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Definitie:
    """What a figure is: `naam` and `omschrijving` are printed, `eenheid` goes into facts.json."""

    id: str
    naam: str
    eenheid: str
    omschrijving: str


KERNCIJFERS: Mapping[str, Definitie] = MappingProxyType(
    {
        definitie.id: definitie
        for definitie in (
            Definitie(
                "K01",
                "Afgerond",
                "zaken",
                "Hoofdzaken en losse zaken met een einddatum in de week. Deelzaken en foutief aangemaakte zaken tellen "
                "niet mee.",
            ),
            Definitie(
                "K02",
                "Instroom",
                "zaken",
                "Zaken met een startdatum in de week. Een zaak die meer dan 30 dagen na de start is geregistreerd, "
                "telt mee op de registratiedatum.",
            ),
            Definitie("K03", "Werkvoorraad", "zaken", "Zaken die aan het einde van de zondag nog open waren."),
            Definitie(
                "K04",
                "Tijdig",
                "aandeel",
                "Deel van de afgeronde zaken met een einddatum op of vóór de normdatum: de servicenorm en als die er "
                "niet is de uiterste datum. Ingetrokken zaken, zaken buiten behandeling en zaken zonder norm tellen "
                "niet mee.",
            ),
            Definitie(
                "K05",
                "Tijdig wettelijk",
                "aandeel",
                "Deel van de afgeronde zaken met een wettelijke termijn dat binnen die termijn klaar was. De norm is "
                "100 %.",
            ),
            Definitie(
                "K06",
                "Doorlooptijd",
                "dagen",
                "Kalenderdagen van startdatum tot einddatum, zonder de dagen dat de zaak was opgeschort. De mediaan is "
                "de middelste zaak; P90 is de duur waarbinnen 90 % klaar is. Onder vijf zaken staat er –.",
            ),
            Definitie(
                "K07",
                "Te laat open",
                "aandeel",
                "Deel van de werkvoorraad dat nu nog open is, over de leverdatum heen is en niet is opgeschort. "
                "De leverdatum is de vroegste van de uiterste datum en de beloofde datum; zonder belofte telt de "
                "servicenorm.",
            ),
            Definitie(
                "K08",
                "Ouderdom",
                "aandeel",
                "Deel van de open zaken, zonder de opgeschorte, per stand van de termijn. Eerste helft en tweede "
                "helft: de zaak loopt nog in die helft van haar termijn. Verstreken: het is de leverdatum of "
                "later. Dagen van opschorting tellen niet mee.",
            ),
            Definitie(
                "K09",
                "Werkvoorraad in weken",
                "weken",
                "Werkvoorraad gedeeld door wat er in de twaalf weken ervoor gemiddeld per week is afgerond, per "
                "week van vijf werkdagen.",
            ),
            Definitie(
                "K10",
                "Heropend",
                "aandeel",
                "Zaken die in de week weer open zijn gegaan nadat ze gesloten waren, als deel van wat er in de "
                "laatste vier weken is afgerond.",
            ),
            Definitie(
                "K11",
                "Escalaties open",
                "zaken",
                "Open zaken die bij een manager of de directie zijn neergelegd. De ouderdom is het aantal "
                "kalenderdagen sinds de start.",
            ),
            Definitie(
                "K12",
                "Doorzet",
                "zaken",
                "Afgeronde zaken, omgerekend naar een week van vijf werkdagen. Een week met minder dan drie "
                "werkdagen wordt niet omgerekend.",
            ),
            Definitie(
                "K13",
                "Planning verschoven",
                "aandeel",
                "Deel van de werkvoorraad dat nog open is en later is gepland dan in de vorige levering.",
            ),
            Definitie(
                "K14",
                "Datagaten",
                "aandeel",
                "Deel van de zaken, afgerond in de week of nog open, waarvan een gegeven ontbreekt dat de bron "
                "wel levert: behandelaar, team, zaaktype, termijn, of het resultaat van een afgeronde zaak.",
            ),
            Definitie(
                "K15",
                "Belofte gehaald",
                "aandeel",
                "Deel van de afgeronde zaken dat klaar was op of vóór de einddatum die het eerst is beloofd. "
                "Zaken zonder belofte tellen niet mee.",
            ),
            Definitie(
                "K40",
                "Begroot",
                "cent",
                "Het bedrag in de begroting: voor het hele jaar met de wijzigingen tot het peilmoment, en tot en met "
                "de laatste afgesloten maand. Zonder verdeling over de maanden telt elke maand voor een twaalfde.",
            ),
            Definitie(
                "K41",
                "Realisatie",
                "cent",
                "Wat is geboekt in de afgesloten maanden van het boekjaar. Kosten en opbrengsten staan apart, beide "
                "als positief bedrag.",
            ),
            Definitie(
                "K42",
                "Afwijking",
                "cent",
                "Realisatie min begroting, tot en met de laatste afgesloten maand. Meer kosten of minder opbrengsten "
                "is ongunstig.",
            ),
            Definitie(
                "K43",
                "Afwijking als deel",
                "aandeel",
                "De afwijking als deel van de begroting tot en met de laatste afgesloten maand. Zonder begroting is "
                "er geen percentage.",
            ),
            Definitie(
                "K44",
                "Verwachting",
                "cent",
                "Wat het jaar naar verwachting wordt. Per regel is dat het hoogste van twee bedragen: realisatie plus "
                "de rest van de begroting, en realisatie plus verplichtingen. De bandbreedte houdt ook rekening met "
                "het tempo tot nu toe.",
            ),
            Definitie(
                "K45",
                "Vrije ruimte",
                "cent",
                "De begroting van het jaar, min wat is geboekt in de afgesloten maanden en min wat nu nog is toegezegd "
                "aan leveranciers. Wat in de lopende maand is geboekt, gaat er nog af. Zonder verplichtingen is de "
                "vrije ruimte niet bekend.",
            ),
            Definitie(
                "K46",
                "Bezetting",
                "aandeel",
                "Deel van de begroting van het jaar dat is geboekt in de afgesloten maanden, of nu nog is toegezegd "
                "aan leveranciers. De lopende maand telt nog niet mee.",
            ),
            Definitie(
                "K47",
                "Factuurdekking",
                "aandeel",
                "Deel van de kosten met een factuurplicht waarbij de factuur is gevonden, van alle boekingen van het "
                "boekjaar tot het peilmoment. In euro's tellen jonge boekingen die nog op hun factuur wachten niet "
                "mee.",
            ),
            Definitie(
                "K20",
                "Te leveren",
                "zaken",
                "Open zaken die in de week na de rapportweek klaar moeten zijn en niet zijn opgeschort: hun "
                "leverdatum, of de laatste werkdag daarvoor, valt in die week. De leverdatum is de vroegste van de "
                "uiterste datum en de beloofde datum; zonder belofte telt de servicenorm.",
            ),
            Definitie(
                "K21",
                "Achterstallig",
                "zaken",
                "Open zaken waarvan de leverdatum vóór die week lag en voorbij is, en die niet zijn opgeschort. De "
                "ouderdom is het aantal kalenderdagen na de leverdatum.",
            ),
            Definitie(
                "K22",
                "Verwacht te laat",
                "zaken",
                "Som van de kansen dat een te leveren zaak na haar leverdatum nog open is. De kans volgt uit hoe lang "
                "vergelijkbare zaken van het laatste jaar duurden. Groen is een kans onder 30 %, rood vanaf 60 %.",
            ),
            Definitie(
                "K23",
                "Werklast",
                "aandeel",
                "Uren die een team in de komende tien werkdagen nodig heeft, gedeeld door de uren die het dan voor "
                "zaken heeft. Nodig zijn de uren van open zaken die in die tijd klaar moeten zijn of al te laat zijn "
                "en niet zijn opgeschort, en van geplande aanvragen. Beschikbaar zijn de contracturen zonder verlof, "
                "andere afwezigheid, vaste taken en wat al is ingepland.",
            ),
            Definitie(
                "K25",
                "Op leverdatum klaar",
                "aandeel",
                "Deel van de zaken met een leverdatum in de rapportweek dat op of vóór die datum klaar was. "
                "Opgeschorte en ingetrokken zaken en zaken buiten behandeling tellen niet mee.",
            ),
            Definitie(
                "K26",
                "Opgeschort",
                "zaken",
                "Opgeschorte zaken met een leverdatum die anders te leveren of achterstallig waren.",
            ),
            Definitie(
                "K27",
                "Zonder leverdatum",
                "zaken",
                "Open zaken zonder uiterste datum, zonder belofte en zonder norm. Zij staan in geen andere lijst.",
            ),
            Definitie(
                "K28",
                "Wettelijke termijn",
                "zaken",
                "Te leveren en achterstallige zaken waarvan de wettelijke termijn in de week na de rapportweek "
                "afloopt. Is die termijn al voorbij, dan telt de zaak als verlopen, ook als zij pas daarna is "
                "opgeschort.",
            ),
            Definitie(
                "K29",
                "Zonder behandelaar",
                "zaken",
                "Te leveren en achterstallige zaken waarvan de bron geen behandelaar noemt.",
            ),
            Definitie(
                "K50",
                "P1 open",
                "zaken",
                "Open zaken met prioriteit P1 die niet zijn opgeschort.",
            ),
            Definitie(
                "K51",
                "Vraagt nu actie",
                "zaken",
                "Open zaken met een wettelijke termijn die voorbij of bijna voorbij is, prioriteit P1, een escalatie "
                "naar manager of directie, een norm in uren die bijna voorbij is, geen behandelaar terwijl zij "
                "binnen vijf werkdagen klaar moeten zijn, risicoklasse rood, of een leverdatum die voorbij is.",
            ),
            Definitie(
                "K52",
                "Afwezig",
                "uren",
                "Uren verlof en andere afwezigheid van een team op een dag, nooit van wie of waarom. Kleine teams "
                "staan bij elkaar.",
            ),
            Definitie(
                "Q00",
                "Getoetste zaken",
                "zaken",
                "Hoofdzaken en losse zaken met een einddatum in de week, zonder de zaken die confidentieel of geheim "
                "zijn. Die worden alleen geteld.",
            ),
            Definitie(
                "Q01",
                "Op tijd afgerond",
                "aandeel",
                "Goed: de einddatum ligt op of vóór de normdatum, zoals in het zaakoverzicht (K04). Niet van "
                "toepassing: zaken zonder norm, ingetrokken zaken en zaken buiten behandeling.",
            ),
            Definitie(
                "Q02",
                "Wettelijke termijn gehaald",
                "aandeel",
                "Goed: de zaak is binnen de wettelijke termijn afgerond (K05). Niet van toepassing: zaken zonder "
                "wettelijke termijn, ingetrokken zaken en zaken buiten behandeling.",
            ),
            Definitie(
                "Q03",
                "Verplichte documenten aanwezig",
                "aandeel",
                "Goed: elk verplicht document dat voor dit zaaktype, dit resultaat en de bereikte statussen geldt, is "
                "geregistreerd tot en met één werkdag na de einddatum en is niet meer in bewerking.",
            ),
            Definitie(
                "Q04",
                "Resultaat en eindstatus vastgelegd",
                "aandeel",
                "Goed: de afgeronde zaak heeft een resultaat en de laatste status is een eindstatus. Wat de bron niet "
                "levert, is niet getoetst.",
            ),
            Definitie(
                "Q05",
                "Ontvangstbevestiging op tijd",
                "aandeel",
                "Goed: de eerste ontvangstbevestiging is binnen het afgesproken aantal werkdagen na de startdatum "
                "verstuurd. Niet van toepassing: de zaak is binnen dat aantal werkdagen met een ander bericht "
                "afgerond.",
            ),
            Definitie(
                "Q06",
                "Tussentijds geïnformeerd",
                "aandeel",
                "Alleen zaken die langer open waren dan de afgesproken tijd zonder bericht. Goed: de klant heeft "
                "nooit langer niets gehoord; een opschorting die langer duurt dan die tijd telt niet mee. Een "
                "verlenging of opschorting is gemeld vóór de datum die erdoor verschoof, en na een status die om een "
                "bericht vraagt, is er een bericht.",
            ),
            Definitie(
                "Q07",
                "Afrondingsbericht verstuurd",
                "aandeel",
                "Goed: er is een bericht verstuurd tussen één werkdag vóór het afsluiten en het afgesproken aantal "
                "werkdagen erna. Een ontvangstbevestiging of een vraag om informatie telt niet. Niet van toepassing: "
                "zaken zonder klant.",
            ),
            Definitie(
                "K30",
                "Dossiercompleetheid",
                "aandeel",
                "Deel van de afgeronde zaken met een verplicht document waarvan het dossier compleet is (Q03). Als "
                "documenten: het deel van de vereiste documenten dat er is.",
            ),
            Definitie(
                "K31",
                "Ontvangstbevestiging op tijd",
                "aandeel",
                "Deel van de afgeronde zaken waarvan de ontvangstbevestiging op tijd is verstuurd (Q05).",
            ),
            Definitie(
                "K32",
                "Tussentijds geïnformeerd",
                "aandeel",
                "Deel van de afgeronde zaken, langer open dan de afgesproken tijd zonder bericht, waarvan de klant op "
                "tijd is geïnformeerd (Q06).",
            ),
            Definitie(
                "K33",
                "Afrondingsbericht",
                "aandeel",
                "Deel van de afgeronde zaken met een klant waarvan het afrondingsbericht op tijd is verstuurd (Q07).",
            ),
        )
    }
)

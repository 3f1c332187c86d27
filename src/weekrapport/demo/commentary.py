"""What the fictional analyst wrote about the week of the demonstration, per report."""

from __future__ import annotations

_CASE_OVERVIEW = """\
---
status: concept
auteur: Officer kwaliteit en planning
besluiten:
  - "Akkoord op een bezetting van ten minste de helft per team in week 52 en week 53."
---

## Staat van de dienstverlening

In week 47 zijn {{K01}} zaken afgerond. Daarvan was {{K04}} op tijd. De middelste zaak was in {{K06.p50}} dagen klaar.

## Risico's

Rond de feestdagen zijn er minder collega's. Zonder afspraken over de bezetting loopt de werkvoorraad op.

## Zorgen

Lange zaken wachten vaak op een antwoord van buiten. Dat is aan de cijfers over de hele week niet te zien.

## Opmerkelijke inzichten

De teams hebben de afspraken over wettelijke termijnen vooraan in de weekstart gezet. Dat helpt om op tijd te kiezen.
"""

_UPCOMING_DELIVERIES = """\
---
status: concept
auteur: Officer kwaliteit en planning
besluiten:
  - "Akkoord dat zaken met een wettelijke termijn voorgaan op ander werk tot en met week 52."
---

## Staat van de dienstverlening

Te leveren in week 48: {{K20}}. Achterstallig: {{K21}}. De teams bespreken de lijsten in de weekstart.

## Risico's

In december zijn er minder werkdagen. Wat in week 48 blijft liggen, komt in de drukste weken van het jaar terecht.

## Zorgen

Achterstallige zaken krijgen pas een nieuwe datum als de klant daarvan weet. Dat gebeurt nog niet altijd op tijd.

## Opmerkelijke inzichten

Zaken zonder behandelaar komen vooral uit de laatste dagen. De coördinatoren verdelen ze voortaan elke ochtend.
"""

_QUALITY_SAMPLE = """\
---
status: concept
auteur: Officer kwaliteit en planning
besluiten:
  - "Akkoord om ontbrekende documenten binnen twee weken aan te vullen, eerst bij zaken met een wettelijke termijn."
---

## Staat van de dienstverlening

De dossiers zijn met vaste regels getoetst op wat is vastgelegd. De inhoud van stukken is daarmee niet beoordeeld.

## Risico's

Een dossier zonder verplicht document is later niet te verantwoorden, ook als het werk goed is gedaan.

## Zorgen

Een document kan wel bestaan maar niet in het dossier staan. De teams kijken dat na voordat zij iets opnieuw maken.

## Opmerkelijke inzichten

Welke documenten verplicht zijn, verschilt per zaaktype en per resultaat. Die lijst stellen de teams elk kwartaal vast.
"""

_BUDGET_VARIANCE = """\
---
status: concept
auteur: Officer kwaliteit en planning
besluiten:
  - "Akkoord om een deel van de hogere kosten van het cloudplatform te betalen uit wat overblijft bij licenties."
---

## Staat van de dienstverlening

De kosten tot en met oktober wijken {{K42}} af van de begroting. De facturen erachter zijn voor {{K47.bedrag|pct}} van
het bedrag gevonden.

## Risico's

Het aantal omgevingen op het cloudplatform groeit sneller dan bij de wijziging van maart is gedacht. Ook is de vacature
bij ontwikkeling nog open, zodat de inhuur doorloopt. De cao van 1 juli stond niet in de begroting.

## Zorgen

Waar nog een factuur of document mist, is bij de leverancier een kopie gevraagd. Zonder stuk is een betaling later niet
te verantwoorden.

## Opmerkelijke inzichten

De licenties voor databases vallen lager uit, omdat een deel nu bij het cloudplatform is inbegrepen. De twee regels
horen dus bij elkaar.
"""

COMMENTARY = {
    "case_overview": _CASE_OVERVIEW,
    "upcoming_deliveries": _UPCOMING_DELIVERIES,
    "quality_sample": _QUALITY_SAMPLE,
    "budget_variance": _BUDGET_VARIANCE,
}
"""Slug of the report → the file."""

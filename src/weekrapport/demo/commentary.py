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

COMMENTARY = {"case_overview": _CASE_OVERVIEW}
"""Slug of the report → the file."""

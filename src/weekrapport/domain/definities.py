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
        )
    }
)

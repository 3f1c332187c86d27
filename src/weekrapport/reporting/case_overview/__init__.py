"""How the case overview looks and reads; its figures come from `weekrapport.domain.kpis`."""

from weekrapport.reporting.case_overview.charts import (
    doorzet_grafiek,
    tijdigheid_grafiek,
    werkvoorraad_grafiek,
)
from weekrapport.reporting.case_overview.overview import Overzicht, overzicht
from weekrapport.reporting.case_overview.page_one import kernboodschap, nieuw_sinds_vorige_week, tegels
from weekrapport.reporting.case_overview.tables import (
    opgeleverde_zaken,
    team_tabel,
    tijdigheid_tabel,
    werkvoorraad_tabel,
    wettelijk_te_laat_tabel,
)

__all__ = [
    "Overzicht",
    "doorzet_grafiek",
    "kernboodschap",
    "nieuw_sinds_vorige_week",
    "opgeleverde_zaken",
    "overzicht",
    "team_tabel",
    "tegels",
    "tijdigheid_grafiek",
    "tijdigheid_tabel",
    "werkvoorraad_grafiek",
    "werkvoorraad_tabel",
    "wettelijk_te_laat_tabel",
]

"""How the case overview looks and reads; its figures come from `weekrapport.domain.kpis`."""

from weekrapport.reporting.case_overview.charts import (
    doorzet_grafiek,
    ouderdom_grafiek,
    tijdigheid_grafiek,
    werkvoorraad_grafiek,
)
from weekrapport.reporting.case_overview.overview import Overzicht, overzicht
from weekrapport.reporting.case_overview.page_one import kernboodschap, nieuw_sinds_vorige_week, tegels
from weekrapport.reporting.case_overview.signal_table import signalen_tabel
from weekrapport.reporting.case_overview.stock_text import getoonde_cijfers, stand_van_de_voorraad
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
    "getoonde_cijfers",
    "kernboodschap",
    "nieuw_sinds_vorige_week",
    "opgeleverde_zaken",
    "ouderdom_grafiek",
    "overzicht",
    "signalen_tabel",
    "stand_van_de_voorraad",
    "team_tabel",
    "tegels",
    "tijdigheid_grafiek",
    "tijdigheid_tabel",
    "werkvoorraad_grafiek",
    "werkvoorraad_tabel",
    "wettelijk_te_laat_tabel",
]

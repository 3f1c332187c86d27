"""How the report on deliveries looks and reads; its figures come from `weekrapport.domain.leveringen`."""

from weekrapport.reporting.upcoming_deliveries.charts import dag_grafiek, werklast_grafiek
from weekrapport.reporting.upcoming_deliveries.lists import (
    achterstallige_zaken,
    opgeschorte_zaken,
    te_leveren_zaken,
    zaken_zonder_behandelaar,
    zaken_zonder_leverdatum,
)
from weekrapport.reporting.upcoming_deliveries.looking_back import ijking_tabel, ijking_zin
from weekrapport.reporting.upcoming_deliveries.overview import Leveringen, leveringen
from weekrapport.reporting.upcoming_deliveries.page_one import (
    kernboodschap,
    nieuw_sinds_vorige_week,
    tegels,
    verder_valt_op,
)
from weekrapport.reporting.upcoming_deliveries.signal_table import signalen_tabel
from weekrapport.reporting.upcoming_deliveries.tables import team_tabel, vooruitblik
from weekrapport.reporting.upcoming_deliveries.top_lists import (
    escalatie_tabel,
    risico_tabel,
    wettelijke_tabel,
)

__all__ = [
    "Leveringen",
    "achterstallige_zaken",
    "dag_grafiek",
    "escalatie_tabel",
    "ijking_tabel",
    "ijking_zin",
    "kernboodschap",
    "leveringen",
    "nieuw_sinds_vorige_week",
    "opgeschorte_zaken",
    "risico_tabel",
    "signalen_tabel",
    "te_leveren_zaken",
    "team_tabel",
    "tegels",
    "verder_valt_op",
    "vooruitblik",
    "werklast_grafiek",
    "wettelijke_tabel",
    "zaken_zonder_behandelaar",
    "zaken_zonder_leverdatum",
]

"""How the report on deliveries looks and reads; its figures come from `weekrapport.domain.leveringen`."""

from weekrapport.reporting.upcoming_deliveries.charts import dag_grafiek
from weekrapport.reporting.upcoming_deliveries.lists import (
    achterstallige_zaken,
    opgeschorte_zaken,
    te_leveren_zaken,
    zaken_zonder_behandelaar,
    zaken_zonder_leverdatum,
)
from weekrapport.reporting.upcoming_deliveries.overview import Leveringen, leveringen
from weekrapport.reporting.upcoming_deliveries.page_one import kernboodschap, nieuw_sinds_vorige_week, tegels
from weekrapport.reporting.upcoming_deliveries.tables import team_tabel, vooruitblik
from weekrapport.reporting.upcoming_deliveries.top_lists import aandacht_tabel, achterstand_tabel

__all__ = [
    "Leveringen",
    "aandacht_tabel",
    "achterstallige_zaken",
    "achterstand_tabel",
    "dag_grafiek",
    "kernboodschap",
    "leveringen",
    "nieuw_sinds_vorige_week",
    "opgeschorte_zaken",
    "te_leveren_zaken",
    "team_tabel",
    "tegels",
    "vooruitblik",
    "zaken_zonder_behandelaar",
    "zaken_zonder_leverdatum",
]

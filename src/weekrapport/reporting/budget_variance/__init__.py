"""How the budget report looks and reads; its figures come from the begrotingsbeeld and the factuurdekking."""

from weekrapport.reporting.budget_variance.charts import afwijking_grafiek, verloop_grafiek
from weekrapport.reporting.budget_variance.coverage import (
    afwachting,
    dekking_zinnen,
    journaalposten,
    niet_geboekt_tabel,
    ongedekt_tabel,
)
from weekrapport.reporting.budget_variance.lines import afwijkende_regels_tabel, alle_regels, zonder_ruimte
from weekrapport.reporting.budget_variance.news import nieuw_sinds_vorige_week
from weekrapport.reporting.budget_variance.page_one import kernboodschap
from weekrapport.reporting.budget_variance.tables import kosten_tabel, opbrengsten_tabel
from weekrapport.reporting.budget_variance.tile_row import tegels
from weekrapport.reporting.budget_variance.view import Begrotingsrapport, begrotingsrapport, cijfers

__all__ = [
    "Begrotingsrapport",
    "afwachting",
    "afwijkende_regels_tabel",
    "afwijking_grafiek",
    "alle_regels",
    "begrotingsrapport",
    "cijfers",
    "dekking_zinnen",
    "journaalposten",
    "kernboodschap",
    "kosten_tabel",
    "niet_geboekt_tabel",
    "nieuw_sinds_vorige_week",
    "ongedekt_tabel",
    "opbrengsten_tabel",
    "tegels",
    "verloop_grafiek",
    "zonder_ruimte",
]

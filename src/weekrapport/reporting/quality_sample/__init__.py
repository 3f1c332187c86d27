"""How the quality report looks and reads; its verdicts come from `weekrapport.domain.dossiertoets`."""

from weekrapport.reporting.quality_sample.annex import bevindingen_tabel, nagekomen_tabel
from weekrapport.reporting.quality_sample.charts import toets_grafiek
from weekrapport.reporting.quality_sample.overview import Kwaliteit, kwaliteit
from weekrapport.reporting.quality_sample.page_one import kernboodschap, nieuw_sinds_vorige_week, tegels
from weekrapport.reporting.quality_sample.scope import definities, kanttekeningen, zonder_oordeel
from weekrapport.reporting.quality_sample.tables import documenten_tabel, team_tabel, toetsen_tabel

__all__ = [
    "Kwaliteit",
    "bevindingen_tabel",
    "definities",
    "documenten_tabel",
    "kanttekeningen",
    "kernboodschap",
    "kwaliteit",
    "nagekomen_tabel",
    "nieuw_sinds_vorige_week",
    "team_tabel",
    "tegels",
    "toets_grafiek",
    "toetsen_tabel",
    "zonder_oordeel",
]

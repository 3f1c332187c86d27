"""How the handover list looks and reads; which cases are on it comes from `weekrapport.domain.overdracht`."""

from weekrapport.reporting.handover.overview import Overdracht, overdracht
from weekrapport.reporting.handover.page import afwezig, kernboodschap, regels_tabel, tegels, verantwoording

__all__ = ["Overdracht", "afwezig", "kernboodschap", "overdracht", "regels_tabel", "tegels", "verantwoording"]

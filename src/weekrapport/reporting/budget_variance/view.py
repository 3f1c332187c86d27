"""Everything the budget report shows, computed once and recorded once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from weekrapport.domain.begrotingsbeeld import begrotingsbeeld, regels_van_jaar
from weekrapport.domain.begrotingstotaal import opgeteld
from weekrapport.domain.boekafspraken import Boekafspraken
from weekrapport.domain.boekbeeld import LAATSTE_MAAND, boekbeeld, in_periode
from weekrapport.domain.drempels import Drempels
from weekrapport.domain.factuurdekking import factuurdekking, niet_geboekte_facturen
from weekrapport.domain.factuurkoppeling import geleverd, is_koppelbaar
from weekrapport.domain.feiten_begroting import begroting_feiten, dekking_feiten, maand_feiten, realisatie_feiten
from weekrapport.domain.realisatie import LopendeMaand, lopende_maand, per_maand, per_rekening
from weekrapport.domain.schema import TABLES
from weekrapport.reporting.budget_variance.signals import signalen
from weekrapport.reporting.report import Report
from weekrapport.week import MONTHS, Week, local_date


@dataclass(frozen=True)
class Begrotingsrapport:
    """The frames that the tables, charts and sentences of one report share; None is not delivered."""

    report: Report
    week: Week
    peil: date
    afspraken: Boekafspraken
    drempels: Drempels
    tables: Mapping[str, pd.DataFrame]
    boekbeeld: pd.DataFrame | None
    regels: pd.DataFrame | None
    """The begrotingsbeeld of the financial year; None also when the budget has no line in that year."""
    rekeningen: pd.DataFrame | None
    """What was booked per account, when there is no budget."""
    dekking: pd.DataFrame | None
    """The factuurdekking; None when bookings and invoices cannot be tied."""
    niet_geboekt: pd.DataFrame | None

    @property
    def kosten(self) -> pd.DataFrame:
        """The cost lines."""
        return self._of_kind("kosten")

    @property
    def opbrengsten(self) -> pd.DataFrame:
        """The revenue lines; without rows when there are none."""
        return self._of_kind("opbrengsten")

    @property
    def totaal(self) -> pd.Series:
        """The row that adds up the costs."""
        return opgeteld(self.kosten, {"regel": "Totaal kosten"}).iloc[0]

    @property
    def totaal_opbrengsten(self) -> pd.Series | None:
        """The row that adds up the revenue, when there is any."""
        rows = self.opbrengsten
        return opgeteld(rows, {"regel": "Totaal opbrengsten"}).iloc[0] if len(rows) else None

    @property
    def heeft_verplichtingen(self) -> bool:
        """Whether open commitments are delivered."""
        return self.report.is_delivered("verplichting")

    @property
    def is_jaar_dicht(self) -> bool:
        """Whether the last month of the financial year is closed: then there is nothing left to expect."""
        return self.afspraken.periode >= LAATSTE_MAAND

    @property
    def tot_en_met(self) -> str:
        """The closed months: "t/m oktober 2026"."""
        jaar, maand = self.afspraken.boekjaar, self.afspraken.periode
        return f"t/m {MONTHS[maand - 1]} {jaar}" if maand else f"in {jaar} (nog geen maand afgesloten)"

    @property
    def tm_kort(self) -> str:
        """The closed months in a column head: "t/m okt"."""
        maand = self.afspraken.periode
        return f"t/m {MAAND_KORT[maand - 1]}" if maand else "afgesloten"

    @property
    def lopend(self) -> LopendeMaand | None:
        """What is booked in the month that is not closed yet."""
        return None if self.boekbeeld is None else lopende_maand(self.boekbeeld, self.afspraken)

    def maanden(self) -> pd.DataFrame | None:
        """Return budget and actual costs up to and including every month; None without one of the two."""
        if self.regels is None or self.boekbeeld is None:
            return None
        return per_maand(self.kosten, self.boekbeeld, self.afspraken, _given(self.report, "begroting_fasering"))

    def kosten_per_maand(self) -> pd.DataFrame:
        """Return the costs of every closed month, when there is no budget: maand, realisatie_cent."""
        assert self.boekbeeld is not None  # noqa: S101 - callers look whether there are bookings first
        rows = in_periode(self.boekbeeld, self.afspraken)
        sums = rows[rows["soort"] == "kosten"].groupby("periode")["bedrag_cent"].sum()
        months = range(1, self.afspraken.periode + 1)
        return (
            sums.reindex(months).fillna(0).astype("Int64").rename("realisatie_cent").rename_axis("maand").reset_index()
        )

    def _of_kind(self, soort: str) -> pd.DataFrame:
        assert self.regels is not None  # noqa: S101 - callers look whether there is a budget first
        return self.regels[self.regels["soort"] == soort].reset_index(drop=True)


MAAND_KORT = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def begrotingsrapport(report: Report) -> Begrotingsrapport:
    """Return what the report of this week shows, and record its figures and its signals."""
    finance = report.settings.finance
    peil = local_date(report.as_of)
    afspraken = finance.afspraken(peil)
    drempels = Drempels(finance.afwijking_min_cent, finance.afwijking_pct, finance.afwijking_abs_cent)
    tables = {name: table.empty() for name, table in TABLES.items()} | dict(report.tables)
    heeft = geleverd(report.snapshot.delivered)
    beeld = boekbeeld(tables, afspraken) if report.is_delivered("boeking") else None
    tied = beeld is not None and is_koppelbaar(heeft)
    view = Begrotingsrapport(
        report=report,
        week=report.week,
        peil=peil,
        afspraken=afspraken,
        drempels=drempels,
        tables=tables,
        boekbeeld=beeld,
        regels=_regels(report, beeld, afspraken, drempels),
        rekeningen=None if beeld is None else per_rekening(beeld, afspraken),
        dekking=factuurdekking(beeld, tables, afspraken, peil, heeft=heeft) if beeld is not None and tied else None,
        niet_geboekt=niet_geboekte_facturen(beeld, tables, afspraken, peil, heeft=heeft)
        if beeld is not None and tied
        else None,
    )
    _record(view)
    return view


def cijfers(view: Begrotingsrapport) -> list[str]:
    """Return the ids of the figures that this report shows, for their definitions."""
    return sorted({feit.id for feit in view.report.feiten}) or ["K40"]


def _regels(
    report: Report, beeld: pd.DataFrame | None, afspraken: Boekafspraken, drempels: Drempels
) -> pd.DataFrame | None:
    """Return the begrotingsbeeld, or None when the year has no budget."""
    if not report.is_delivered("begrotingsregel"):
        return None
    lines = regels_van_jaar(report.tables["begrotingsregel"], afspraken, _given(report, "begrotingswijziging"))
    if lines.empty:
        return None
    return begrotingsbeeld(
        lines,
        beeld,
        afspraken,
        fasering=_given(report, "begroting_fasering"),
        verplichting=_given(report, "verplichting"),
        drempels=drempels,
    )


def _given(report: Report, name: str) -> pd.DataFrame | None:
    return report.tables[name] if report.is_delivered(name) else None


def _record(view: Begrotingsrapport) -> None:
    report = view.report
    if view.regels is not None:
        opbrengsten = opgeteld(view.opbrengsten, {"regel": "Totaal"}) if len(view.opbrengsten) else view.opbrengsten
        report.record(begroting_feiten(view.regels, opgeteld(view.kosten, {"regel": "Totaal"}), opbrengsten))
    elif view.rekeningen is not None:
        report.record(realisatie_feiten(view.rekeningen))
    if view.lopend is not None:
        report.record(maand_feiten(view.lopend))
    if view.dekking is not None:
        report.record(dekking_feiten(view.dekking, heeft_begroting=view.regels is not None))
    report.signals += signalen(view.regels, view.dekking, report.settings.gate)

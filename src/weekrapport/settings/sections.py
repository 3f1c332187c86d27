"""The sections of `weekrapport.toml` except [[source]]: who, where, calendar, hours, privacy, gate and finance."""

from __future__ import annotations

from datetime import date, time
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from weekrapport.domain.boekafspraken import Boekafspraken
from weekrapport.domain.kantooruren import Kantoortijd
from weekrapport.domain.toets import Toetsafspraken


class Section(BaseModel):
    """A section: unknown keys are refused, and it does not change after it is read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Organisation(Section):
    """Who reports to whom; printed on page 1."""

    name: str = "Organisatie niet ingevuld"
    author: str = ""


class Paths(Section):
    """Folders, relative to the workspace."""

    inbox: str = "data/inbox"
    snapshots: str = "data/snapshots"
    commentaar: str = "data/commentaar"
    review: str = "data/review"
    output: str = "output"


class Calendar(Section):
    """What differs from the national werkkalender."""

    goede_vrijdag_vrij: bool = False
    bevrijdingsdag: Literal["jaarlijks", "lustrum", "nooit"] = "lustrum"
    sluitingsdagen: tuple[date, ...] = ()


class OfficeHours(Section):
    """When the clock of a norm in hours runs: in these hours of working days, or day and night."""

    begin: time = time(8, 0)
    eind: time = time(17, 30)
    dag_en_nacht: bool = False

    @model_validator(mode="after")
    def _in_order(self) -> OfficeHours:
        if self.begin >= self.eind:
            raise ValueError(
                f"the office hours begin at {self.begin:%H:%M} and end at {self.eind:%H:%M}; write an end after the "
                "begin, or dag_en_nacht = true for a clock that never stops"
            )
        if self.begin.tzinfo or self.eind.tzinfo:
            raise ValueError("office hours are local times; leave the time zone out")
        return self

    def kantoortijd(self) -> Kantoortijd:
        """Return when the clock runs."""
        return Kantoortijd(self.begin, self.eind, self.dag_en_nacht)


class OrInstemming(Section):
    """The works council's consent to print full names (WOR art. 27)."""

    datum: date
    kenmerk: str


class Privacy(Section):
    """How people appear in lists."""

    toon_medewerker: Literal["naam", "initialen", "geen"] = "initialen"
    or_instemming: OrInstemming | None = None


class Gate(Section):
    """Bounds of the checks that the organisation may move; a moved one is printed in the report."""

    quarantaine_max_aandeel: float = Field(default=0.005, ge=0, le=1)
    versheid_zaken_dagen: int = Field(default=3, ge=0)
    zaak_min_aandeel_vorige: float = Field(default=0.5, ge=0, le=1)
    versheid_financieel_dagen: int = Field(default=7, ge=0)
    dekking_totaal: float = Field(default=0.98, ge=0, le=1)
    """Share of the invoice-bearing amount behind which an invoice must stand, of all lines together."""
    dekking_regel: float = Field(default=0.95, ge=0, le=1)
    """The same of each line."""
    begroot_min_aandeel: float = Field(default=0.995, ge=0, le=1)
    """Share of the booked costs that must fall on a budget line."""


class Quality(Section):
    """What was agreed with customers about a case, and which words of the source mean a message to them."""

    ontvangst_werkdagen: int = Field(default=3, ge=0)
    stilte_werkdagen: int = Field(default=10, ge=0)
    afronding_werkdagen: int = Field(default=2, ge=0)
    norm_dossier: float = Field(default=0.95, ge=0, le=1)
    """Share of the cases that must be right; the same for the next three."""
    norm_ontvangst: float = Field(default=0.95, ge=0, le=1)
    norm_tussentijds: float = Field(default=0.95, ge=0, le=1)
    norm_afronding: float = Field(default=0.95, ge=0, le=1)
    ontvangst_documenttypen: tuple[str, ...] = ("Ontvangstbevestiging",)
    """Types of document that are an acknowledgement."""
    ontvangst_statussen: tuple[str, ...] = ()
    """Statuses that mean that the acknowledgement was sent, by code or description."""
    bericht_statussen: tuple[str, ...] = ()
    """Statuses that mean that the customer was sent another message."""

    @property
    def normen(self) -> dict[str, float]:
        """The norm per check (Q03, Q05, Q06, Q07)."""
        return {
            "Q03": self.norm_dossier,
            "Q05": self.norm_ontvangst,
            "Q06": self.norm_tussentijds,
            "Q07": self.norm_afronding,
        }

    def afspraken(self) -> Toetsafspraken:
        """Return what the checks of a case file test."""
        return Toetsafspraken(
            ontvangst_werkdagen=self.ontvangst_werkdagen,
            stilte_werkdagen=self.stilte_werkdagen,
            afronding_werkdagen=self.afronding_werkdagen,
            ontvangst_documenttypen=self.ontvangst_documenttypen,
            ontvangst_statussen=self.ontvangst_statussen,
            bericht_statussen=self.bericht_statussen,
        )


class Finance(Section):
    """How the books are read: which periods count, which costs need an invoice, and what is worth a sentence."""

    boekjaar: int | None = Field(default=None, ge=1900, le=2200)
    """Financial year of the report; without it the year of the last closed period."""
    laatste_afgesloten_periode: int | None = Field(default=None, ge=0, le=12)
    """Last closed month; without it the month before the as-of moment."""
    kostenrekeningen: tuple[str, ...] = ("4*",)
    """Patterns of the accounts that hold costs, where no list of accounts and no budget line says so."""
    opbrengstrekeningen: tuple[str, ...] = ("8*",)
    factuurplichtig: tuple[str, ...] = ("4*",)
    """Patterns of the cost accounts that need an invoice, where no budget line says so."""
    bedrag_tolerantie_cent: int = Field(default=5, ge=0)
    """Difference per booking that still ties out."""
    datum_tolerantie_dagen: int = Field(default=5, ge=0)
    """Days that an invoice may be dated after its booking."""
    in_afwachting_dagen: int = Field(default=14, ge=0)
    """A booking younger than this may still wait for its invoice."""
    afwijking_min_cent: int = Field(default=500_000, ge=0)
    afwijking_pct: float = Field(default=0.05, ge=0)
    afwijking_abs_cent: int = Field(default=5_000_000, ge=0)
    """A line deviates when it differs by the first two together, or by the third alone."""
    materialiteit_pct: float = Field(default=0.03, gt=0, lt=1)
    verwacht_pct: float = Field(default=0.10, ge=0, lt=1)
    betrouwbaarheid: float = Field(default=0.95, gt=0.5, lt=1)
    """Tolerable error as a share of the costs, expected error as a share of that, and the confidence of the audit."""

    def afspraken(self, peil: date) -> Boekafspraken:
        """Return how the books are read on the as-of day.

        The last closed month is the one before the as-of day, in January therefore December of the year before; the
        financial year is that month's year, unless the settings say otherwise. A year that has ended is closed as a
        whole, and of a year that has yet to begin nothing is closed.
        """
        jaar, periode = self.boekjaar, self.laatste_afgesloten_periode
        if jaar is None:
            laatste = peil.month - 1 if periode is None else periode
            ended = 0 < laatste < peil.month or periode == 0
            jaar = peil.year if ended else peil.year - 1
        if periode is None:
            periode = 12 if jaar < peil.year else peil.month - 1 if jaar == peil.year else 0
        return Boekafspraken(
            boekjaar=jaar,
            periode=periode,
            kostenrekeningen=self.kostenrekeningen,
            opbrengstrekeningen=self.opbrengstrekeningen,
            factuurplichtig=self.factuurplichtig,
            bedrag_tolerantie_cent=self.bedrag_tolerantie_cent,
            datum_tolerantie_dagen=self.datum_tolerantie_dagen,
            in_afwachting_dagen=self.in_afwachting_dagen,
        )

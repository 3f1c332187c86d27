"""How the books are read: which year and months count, which accounts hold costs, and what still ties out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Boekafspraken:
    """What the organisation has agreed about its books; made by `settings.Finance.afspraken`.

    Methods: "Boekbeeld" and "Factuurdekking" in docs/methods.md.
    """

    boekjaar: int
    """Financial year of the report."""
    periode: int
    """Last closed month of that year, 0–12; 0 when none is closed yet."""
    kostenrekeningen: tuple[str, ...] = ("4*",)
    """Patterns of accounts that hold costs, where no budget line and no list of accounts says so."""
    opbrengstrekeningen: tuple[str, ...] = ("8*",)
    factuurplichtig: tuple[str, ...] = ("4*",)
    """Patterns of cost accounts that need an invoice, where no budget line says so."""
    bedrag_tolerantie_cent: int = 5
    """Difference per link between a booking and an invoice that still ties out."""
    datum_tolerantie_dagen: int = 5
    """Days that an invoice may be dated after its booking."""
    in_afwachting_dagen: int = 14
    """A booking younger than this may still wait for its invoice."""

"""What a dataset's check looks at: the tables that may be trusted, and what follows from several of them together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

import pandas as pd
from great_expectations.expectations.expectation import Expectation

from weekrapport.domain.boekafspraken import Boekafspraken
from weekrapport.domain.boekbeeld import boekbeeld
from weekrapport.domain.factuurdekking import factuurdekking
from weekrapport.domain.factuurkoppeling import geleverd
from weekrapport.domain.outcome import Outcome
from weekrapport.domain.schema import TABLES
from weekrapport.domain.steekproefinterval import steekproefinterval, verwachte_jaarkosten
from weekrapport.quality.delivery import Delivery
from weekrapport.quality.gate import not_run, run_suite, tested_columns
from weekrapport.settings import Gate
from weekrapport.week import local_date

REFUSED = "de levering van de tabel is afgekeurd"
_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass
class Subject:
    """One delivery, and which of its tables are sound: not empty, no column lacking."""

    delivery: Delivery
    bounds: Gate
    sound: frozenset[str]

    def raw(self, table: str) -> pd.DataFrame:
        """Return a table as it was delivered; without rows when it is not sound."""
        return self.delivery.tables[table].raw if table in self.sound else TABLES[table].empty()

    def view(self, table: str) -> pd.DataFrame:
        """Return what of a table was true at the as-of moment; without rows when it is not sound."""
        return self.delivery.tables[table].in_view if table in self.sound else TABLES[table].empty()

    def columns(self, table: str) -> frozenset[str]:
        """Return the columns of a table that a source really delivers."""
        return self.delivery.tables[table].delivered if table in self.sound else frozenset()

    @cached_property
    def heeft(self) -> frozenset[str]:
        """Every sound table, and table.column."""
        return geleverd({table: self.columns(table) for table in self.sound})

    @cached_property
    def afspraken(self) -> Boekafspraken:
        """How the books are read."""
        return self.delivery.finance.afspraken(local_date(self.delivery.as_of))

    @cached_property
    def views(self) -> Mapping[str, pd.DataFrame]:
        """Every table at the as-of moment; one that is not sound is empty."""
        return {table: self.view(table) for table in TABLES}

    @cached_property
    def boekbeeld(self) -> pd.DataFrame:
        """The bookings at the as-of moment with their labels."""
        return boekbeeld(self.views, self.afspraken)

    @cached_property
    def dekking(self) -> pd.DataFrame:
        """The bookings that need an invoice, with what stands behind them."""
        peil = local_date(self.delivery.as_of)
        return factuurdekking(self.boekbeeld, self.views, self.afspraken, peil, heeft=self.heeft)

    @cached_property
    def interval_cent(self) -> int | None:
        """The sampling interval J of the year; None when there are no costs."""
        finance = self.delivery.finance
        return steekproefinterval(
            verwachte_jaarkosten(self.boekbeeld, self.views, self.afspraken),
            materialiteit_pct=finance.materialiteit_pct,
            verwacht_pct=finance.verwacht_pct,
            betrouwbaarheid=finance.betrouwbaarheid,
        )


def refused(dataset: str, rules: Sequence[Expectation]) -> list[Outcome]:
    """Return the outcomes of rules on a table whose delivery was refused: not run."""
    return skipped(dataset, rules, REFUSED)


def skipped(dataset: str, rules: Sequence[Expectation], why: str) -> list[Outcome]:
    """Return the outcomes of rules that have nothing to test, with the reason."""
    return [not_run(dataset, each, why) for each in rules]


def run_where_delivered(
    dataset: str,
    frame: pd.DataFrame,
    rules: Sequence[Expectation],
    delivered: Iterable[str],
    *,
    keys: Sequence[str],
    named: Mapping[str, str] = _NOTHING,
) -> list[Outcome]:
    """Run the rules whose columns a source delivers; the others are "niet aangeleverd", not failures.

    Args:
        dataset: name of the evidence file.
        frame: the typed table with its derived columns.
        rules: each on columns of the frame.
        delivered: columns that may be tested.
        keys: see `run_suite`.
        named: derived column to what a reader calls the thing that is lacking.
    """
    lacking = [tested_columns(each) - {*delivered} for each in rules]
    present = [each for each, absent in zip(rules, lacking, strict=True) if not absent]
    outcomes = run_suite(dataset, frame, present, keys=keys)
    for each, absent in zip(rules, lacking, strict=True):
        if absent:
            words = ", ".join(sorted(named.get(column, column) for column in absent))
            outcomes.append(not_run(dataset, each, f"niet aangeleverd: {words}"))
    return outcomes

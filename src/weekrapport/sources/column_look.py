"""What one column of an unknown file seems to hold, shown without a BSN, mail address or bank account.

Methods: "Inspecteren" in docs/methods.md.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from weekrapport.domain.schema import Kind
from weekrapport.sources.header_words import NOTHING
from weekrapport.sources.headers import means_bsn
from weekrapport.sources.numbers import Decimaal
from weekrapport.sources.raw import RawTable
from weekrapport.sources.values import SCIENTIFIC_KEY, read_column, shorten

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_IBAN = re.compile(r"\b[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_HIDDEN = "•••"
_LOOKED_AT = 5000
"""How many different values are looked at; more do not change what a column holds."""


@dataclass(frozen=True)
class ColumnLook:
    """One column of a file.

    Attributes:
        header: as it stands in the file.
        cells: its texts.
        decimaal: the decimal sign when the file stores numbers, so that nothing has to be guessed.
        faults: cells that the file itself has no value for.
        nothing: texts of the file that stand for nothing.
    """

    header: str
    cells: pd.Series = field(repr=False, compare=False)
    decimaal: Decimaal | None = None
    faults: int = 0
    nothing: tuple[str, ...] = ()

    @cached_property
    def distinct(self) -> list[str]:
        """The different texts that mean something, most frequent first."""
        counts = self.cells.str.strip().value_counts(sort=False).sort_values(ascending=False, kind="stable")
        return [str(text) for text in counts.index if text not in ("", *self.nothing)][:_LOOKED_AT]

    @cached_property
    def filled(self) -> float:
        """The share of rows that hold something."""
        given = self.cells.str.strip()
        return float((~given.isin(["", *self.nothing])).mean()) if len(given) else 0.0

    @cached_property
    def damaged(self) -> int:
        """How many cells hold a long number as a spreadsheet writes it: 2,02611E+12."""
        lost = [text for text in self.distinct if SCIENTIFIC_KEY.fullmatch(text)]
        return int(self.cells.str.strip().isin(lost).sum()) if lost else 0

    def readable(self, kind: Kind, decimaal: Decimaal | None = None) -> float:
        """Return the share of the different texts that can be read as a kind; 1 for an empty column."""
        if not self.distinct or kind == "text":
            return 1.0
        read = read_column(pd.Series(self.distinct, dtype="str"), kind, decimaal=self.decimaal or decimaal)
        return 1 - len(read.reasons) / len(self.distinct)

    @cached_property
    def sign(self) -> Decimaal | None:
        """The decimal sign of a column of numbers as text; None when there is none, or when both signs fit."""
        if self.decimaal or not any("," in text or "." in text for text in self.distinct):
            return None
        comma, point = (self.readable("decimal", sign) for sign in (",", "."))
        if comma == point:
            return None
        return "," if comma > point else "."

    @cached_property
    def kind(self) -> str:
        """What the column seems to hold: a kind of the tables, or "nothing"."""
        if not self.distinct:
            return "nothing"
        if any(not text.isascii() or len(text) > 40 for text in self.distinct[:50]):
            return "text"
        order: tuple[Kind, ...] = ("boolean", "integer", "decimal", "date")
        for kind in order:
            if self.readable(kind, self.sign) > 0.98:
                if kind == "date" and any(":" in text for text in self.distinct):
                    return "timestamp"
                if kind != "boolean" or {"0", "1"} != {*self.distinct}:
                    return kind
        return "text"

    @cached_property
    def examples(self) -> list[str]:
        """The three most frequent texts, without what nobody should see."""
        return [masked(text) for text in self.distinct[:3]]


def look_at(raw: RawTable, titles: Sequence[str]) -> tuple[ColumnLook, ...]:
    """Return a look at every column, in the order of the file; a column of BSN is never looked into."""
    written = {text for title in raw.frame.columns for text in raw.frame[title].unique()}
    nothing = tuple(text for text in NOTHING if text in written)
    return tuple(
        ColumnLook(
            title,
            raw.frame[title],
            raw.decimaal.get(title),
            len(raw.faults.get(title, {})),
            nothing,
        )
        for title in titles
        if title in raw.frame.columns and not means_bsn(title)
    )


def masked(text: str) -> str:
    """Return a text as it may be shown: short, without a BSN, mail address or bank account."""
    return shorten(_IBAN.sub(_HIDDEN, _MAIL.sub(_HIDDEN, text)), 28)

"""The [[source]] sections of `weekrapport.toml`: which file becomes which table, and how."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, field_validator

from weekrapport.domain.schema import TABLES, Kind
from weekrapport.errors import did_you_mean
from weekrapport.settings.sections import Section


class Events(Section):
    """The columns that make a file an event log: one row per event of a case."""

    activity: str
    timestamp: str
    resource: str | None = None
    case_columns: Literal["constant", "last"] = "constant"


class Source(Section):
    """One kind of export file, and how its columns become a typed table."""

    name: str
    table: str
    files: str
    combine: Literal["all", "newest"] = "all"
    shape: Literal["table", "event_log"] = "table"
    columns: dict[str, str | tuple[str, ...]]
    """Column of the table → header in the file; several headers are joined with "/" (a key made of parts)."""
    values: dict[str, dict[str, str]] = Field(default_factory=dict)
    constants: dict[str, str] = Field(default_factory=dict)
    where: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Header → the texts of which a row must hold one; other rows are passed over and counted."""
    otherwise: dict[str, str | tuple[str, ...]] = Field(default_factory=dict)
    """Header → the header (or headers, in turn) that is read where a row has nothing under it."""
    factor: dict[str, Literal[10, 100, 1000, 1_000_000]] = Field(default_factory=dict)
    """Column → in what unit the file writes it: 1000 for amounts in thousands of euros. Only of columns of numbers."""
    sheet: str | None = None
    """Sheet of a workbook; without it the only visible one that has the headers."""
    documents: str | None = None
    """Folder inside the inbox with the documents of the invoices in this register."""
    document_name: str | None = None
    """How a document is called when the register does not say: "{leverancier_id}_{factuurnummer}.pdf"."""
    missing: tuple[str, ...] = ()
    decimaal: Literal[",", "."] | None = None
    encoding: Literal["utf-8", "cp1252"] | None = None
    separator: Literal[";", ",", "\t", "|"] | None = None
    geexporteerd_op: datetime | None = None
    geexporteerd_kolom: str | None = None
    """Header whose latest value is the export moment; without it the file name and then `geexporteerd_op` tell."""
    events: Events | None = None
    completes: str | None = None
    """Name of the source of the same table whose rows this one adds columns to, by their key; it adds no rows."""

    @field_validator("table")
    @classmethod
    def _known_table(cls, table: str) -> str:
        if table not in TABLES:
            raise ValueError(f"there is no table {table!r}. {did_you_mean(table, TABLES)}")
        return table

    @field_validator("files")
    @classmethod
    def _inside_inbox(cls, files: str) -> str:
        if Path(files).is_absolute() or ".." in Path(files).parts:
            raise ValueError(f"{files!r} must lie inside the inbox: no leading / and no '..'")
        return files

    def headers_of(self, column: str) -> tuple[str, ...]:
        """Return the headers whose texts make up a column; none when it is not mapped."""
        given = self.columns.get(column, ())
        return (given,) if isinstance(given, str) else given

    def others_of(self, header: str) -> tuple[str, ...]:
        """Return the headers that are read, in turn, where a row has nothing under `header`."""
        given = self.otherwise.get(header, ())
        return (given,) if isinstance(given, str) else given

    def delivers(self) -> frozenset[str]:
        """Return the columns of the table that this source fills, the derived einddatum included."""
        given = {*self.columns, *self.constants}
        return frozenset(given | ({"einddatum"} if "gesloten_op" in self.columns else set()))

    def model_post_init(self, _context: Any) -> None:
        """Check that every mapped column exists in the table and that an event log names its events."""
        kinds = TABLES[self.table].kinds()
        for section in (self.columns, self.values, self.constants, self.factor):
            for column in section:
                if column not in kinds:
                    raise ValueError(f"table {self.table!r} has no column {column!r}. {did_you_mean(column, kinds)}")
        self._check_where_and_factor(kinds)
        mapped = {header for column in self.columns for header in self.headers_of(column)}
        mapped |= {self.events.timestamp, self.events.activity} if self.events else set()
        for header in self.otherwise:
            if header not in mapped:
                raise ValueError(f"otherwise names the header {header!r}, which [source.columns] does not map")
        if (self.shape == "event_log") != (self.events is not None):
            raise ValueError('shape = "event_log" and a section [source.events] go together')

    def _check_where_and_factor(self, kinds: Mapping[str, Kind]) -> None:
        for header, texts in self.where.items():
            if not texts:
                raise ValueError(f"where.{header} allows no text at all, so no row would be read")
        for column in self.factor:
            if kinds[column] not in ("cent", "decimal", "integer"):
                raise ValueError(f"factor is for numbers; {column} of table {self.table!r} is a {kinds[column]}")
            if column not in self.columns:
                raise ValueError(f"factor names {column}, which is not in [source.columns]")

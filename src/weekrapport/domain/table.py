"""What a typed table is: its columns, their kinds, its key ("Tabellen" in docs/methods.md).

Column kinds and the pandas dtype they have in every frame of the system:

=========  =======================  ==================================================================
kind       dtype                    meaning
=========  =======================  ==================================================================
text       str                      stripped, Unicode NFC; identifiers keep their leading zeros
integer    Int64                    whole number
cent       Int64                    whole euro cents
decimal    Float64                  hours, fte; never money
boolean    boolean
date       datetime64[s]            local calendar day, no zone
timestamp  datetime64[us, UTC]      moment in UTC
=========  =======================  ==================================================================
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pandas as pd

Kind = Literal["text", "integer", "cent", "decimal", "boolean", "date", "timestamp"]

DTYPES: Mapping[str, str] = MappingProxyType(
    {
        "text": "str",
        "integer": "Int64",
        "cent": "Int64",
        "decimal": "Float64",
        "boolean": "boolean",
        "date": "datetime64[s]",
        "timestamp": "datetime64[us, UTC]",
    }
)


@dataclass(frozen=True)
class Column:
    """One column of a typed table."""

    name: str
    kind: Kind
    values: tuple[str, ...] | None = None
    """The closed list of an enumeration; the gate checks it, the reader does not."""


@dataclass(frozen=True)
class Table:
    """One typed table: its columns, its key, and the columns a source must deliver."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    required: tuple[str, ...]

    def kinds(self) -> dict[str, Kind]:
        """Return the kind of every column by name."""
        return {column.name: column.kind for column in self.columns}

    def empty(self) -> pd.DataFrame:
        """Return the table without rows, with every column in its dtype."""
        import pandas as pd  # here, so that reading the settings does not cost the import of pandas

        kinds = {**self.kinds(), **PROVENANCE}
        return pd.DataFrame({name: pd.Series(dtype=DTYPES[kind]) for name, kind in kinds.items()})


PROVENANCE: Mapping[str, Kind] = MappingProxyType({"bron": "text", "bron_rij": "integer", "ingelezen_op": "timestamp"})


def table(name: str, key: str, required: str, *columns: Column) -> Table:
    """Return a table; names in `key` and `required` are separated by spaces."""
    return Table(name, columns, tuple(key.split()), tuple(required.split()))


def text(names: str) -> tuple[Column, ...]:
    """Return a column of text for every name."""
    return tuple(Column(name, "text") for name in names.split())


def dates(names: str) -> tuple[Column, ...]:
    """Return a column of days for every name."""
    return tuple(Column(name, "date") for name in names.split())


def columns(kind: Kind, names: str) -> tuple[Column, ...]:
    """Return a column of one kind for every name."""
    return tuple(Column(name, kind) for name in names.split())

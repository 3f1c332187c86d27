"""Every typed table that a reader delivers and every figure starts from ("Tabellen" in docs/methods.md).

What a column is stands in `table`, the tables themselves in `tables_zaak`, `tables_capaciteit` and `tables_begroting`.
Every table also has `bron` (source file name), `bron_rij` (its row or element number, the first data line of a CSV file
is 2) and `ingelezen_op`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from weekrapport.domain.table import DTYPES, PROVENANCE, Column, Kind, Table
from weekrapport.domain.tables_begroting import BEGROTINGSTABELLEN
from weekrapport.domain.tables_capaciteit import CAPACITEITSTABELLEN
from weekrapport.domain.tables_zaak import (
    PRIORITEITEN,
    RESULTAATCATEGORIEEN,
    SOORTEN_WERKZAAMHEID,
    TERMIJNEENHEDEN,
    VERTROUWELIJKHEDEN,
    ZAAKTABELLEN,
)

__all__ = [
    "DTYPES",
    "PRIORITEITEN",
    "PROVENANCE",
    "RESULTAATCATEGORIEEN",
    "SOORTEN_WERKZAAMHEID",
    "TABLES",
    "TERMIJNEENHEDEN",
    "VERTROUWELIJKHEDEN",
    "Column",
    "Kind",
    "Table",
]

TABLES: Mapping[str, Table] = MappingProxyType(
    {table.name: table for table in (*ZAAKTABELLEN, *CAPACITEITSTABELLEN, *BEGROTINGSTABELLEN)}
)

"""Where free text is read a BSN is taken out, before anything is kept or told ("Privacy" in docs/methods.md).

Identifiers are left alone: one in eleven numbers of nine digits looks like a BSN, and a case whose number was taken out
would be lost.
"""

from __future__ import annotations

from collections.abc import Mapping

from weekrapport.domain.bsn import without_bsn
from weekrapport.sources.raw import Rejected

IDENTIFIERS = frozenset(
    {
        "uuid", "gezet_door", "grootboekrekening", "kostenplaats", "dagboek", "factuur_ref", "invoerder",
        "factuurnummer", "inkoopordernr", "referentie_creditfactuur", "regelnr", "iban", "btw_nummer",
        "btw_nummer_leverancier", "kvk",
        "kvk_leverancier", "rsin", "oin", "geaccordeerd_door", "gewijzigd_door", "bestand_pad", "bestand_sha256",
    }
)  # fmt: skip
"""Columns that hold a key without saying so in their name; `gezet_door` and `invoerder` are keys of employees."""


def is_identifier(column: str) -> bool:
    """Return whether a text column of the schema holds a key, which is kept as it is."""
    return column.endswith("_id") or column in IDENTIFIERS


def clean_lines(rejected: tuple[Rejected, ...]) -> tuple[tuple[Rejected, ...], int]:
    """Return the quarantined rows without a BSN in their original line, and how many were taken out.

    The whole line is searched, the columns that nothing maps and the keys in it too: `bron` and `bron_rij` say which
    row it was.
    """
    found = [without_bsn(row.regel) for row in rejected]
    cleaned = tuple(row._replace(regel=text) for row, (text, _) in zip(rejected, found, strict=True))
    return cleaned, sum(count for _, count in found)


def removal_remarks(columns: Mapping[str, int], lines: int) -> list[str]:
    """Return the Dutch sentences about what was taken out of one source; none when nothing was.

    Args:
        columns: column name to how many times a BSN was taken out of it.
        lines: how many times a BSN was taken out of a line in the quarantine.
    """
    remarks = []
    if total := sum(columns.values()):
        names = sorted(column for column, count in columns.items() if count)
        where = f"de kolom {names[0]}" if len(names) == 1 else f"de kolommen {', '.join(names)}"
        remarks.append(f"{total} keer een BSN verwijderd uit {where}")
    if lines:
        remarks.append(f"{lines} keer een BSN verwijderd uit regels in de quarantaine")
    return remarks

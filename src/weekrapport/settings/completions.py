"""What must hold between [[source]] sections of which one completes the rows of another (`completes`)."""

from __future__ import annotations

from collections.abc import Sequence

from weekrapport.domain.schema import TABLES
from weekrapport.errors import did_you_mean
from weekrapport.settings.source import Source


def refuse_contradictions(sources: Sequence[Source]) -> None:
    """Check every source that completes another one.

    Raises:
        ValueError: the other source is not there, is of another table or itself completes one; one of the two does
            not map the key of the table; or a column has two sources.
    """
    by_name = {source.name: source for source in sources}
    giver: dict[tuple[str, str], str] = {}
    for source in sources:
        if source.completes is None:
            continue
        named = f"source {source.name!r} completes {source.completes!r}"
        other = by_name.get(source.completes)
        if other is None or other is source:
            known = [name for name in by_name if name != source.name]
            raise ValueError(f"{named}: that must be another source. {did_you_mean(source.completes, known)}")
        if other.completes is not None:
            raise ValueError(
                f"{named}, which has no rows of its own: it completes {other.completes!r}. Name the source whose rows "
                "are completed."
            )
        if other.table != source.table:
            raise ValueError(
                f"{named}, but their tables differ: {source.table!r} and {other.table!r}. Only rows of the same table "
                "can be completed."
            )
        _require_key(source, other)
        added = source.delivers() - {*TABLES[source.table].key}
        if not added:
            raise ValueError(f"{named}, but maps only the key of table {source.table!r}: there is nothing to add")
        for column in sorted(added):
            first = giver.setdefault((other.name, column), other.name if column in other.delivers() else source.name)
            if first != source.name:
                raise ValueError(
                    f"{named}: both {first!r} and {source.name!r} deliver {column}. Remove it from [source.columns] of "
                    "one of them."
                )


def _require_key(*sources: Source) -> None:
    for source in sources:
        for column in TABLES[source.table].key:
            if column not in source.columns:
                raise ValueError(
                    f"source {source.name!r} does not map {column}, and without the key of table {source.table!r} no "
                    "row can be completed"
                )

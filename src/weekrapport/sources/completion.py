"""Columns that one source adds to the rows of another, by their key ("Bronnen" in docs/methods.md).

Some exports split what belongs together: a list of cases and a log of what happened to them. The source that names
another in `completes` adds columns to the rows of that one and never a row. A key that only the completing source has
is counted and told: a case that is in the log and not in the list may have dropped out of the list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from weekrapport.domain.schema import DTYPES, TABLES
from weekrapport.errors import ConfigurationError, SourceError
from weekrapport.settings import Source
from weekrapport.sources.event_log import EVENT_TABLE
from weekrapport.sources.typed import TypedRead

_MOMENT = "laatste_gebeurtenis"


def completed(
    files: Sequence[TypedRead], source: Source, additions: Sequence[TypedRead]
) -> tuple[list[TypedRead], tuple[str, ...]]:
    """Return the files of the completed source with the columns of the completing one, and what must be told.

    Args:
        files: what the files of the completed source deliver; their rows, the order and where they come from stay.
        source: the completing source.
        additions: what its files deliver.

    Returns:
        The files, in which a row whose key the completing source lacks has nothing in the added columns; and Dutch
        sentences about keys that only one of the two has. A key without its header changes nothing: the gate stops
        on the column that is gone.

    Raises:
        SourceError: the completing source has a key more than once, and says different things about it.
        ConfigurationError: both deliver the same column.
    """
    table = TABLES[source.table]
    key, kinds = list(table.key), table.kinds()
    lacking = {column for file in (*files, *additions) for column in file.missing.get(table.name, {})}
    if lacking.intersection(key):
        return list(files), ()
    given = {column for file in additions for column in file.delivered[table.name]} - lacking - {*key}
    added = [column for column in kinds if column in given]
    _refuse_both(files, source, added)
    rows = _rows(source, additions, [*key, *added])
    single = _one_per_key(rows.dropna(subset=key), key, added, source)
    done = []
    for file in files:
        frame = file.frames[table.name]
        found = frame[key].merge(single[[*key, *added]], how="left", on=key)[added].set_axis(frame.index)
        found = found.astype({column: DTYPES[kinds[column]] for column in added})
        columns = {column: found[column] for column in added}
        done.append(replace(file, frames={**file.frames, table.name: frame.assign(**columns)}))
    listed = [file.frames[table.name][[*key, "bron", "bron_rij"]] for file in files]
    return done, _remarks(source, key, pd.concat(listed, ignore_index=True), rows, single)


def _refuse_both(files: Sequence[TypedRead], source: Source, added: Sequence[str]) -> None:
    for column in added:
        if any(column in file.delivered[source.table] for file in files):
            raise ConfigurationError(
                f"Source {source.name!r} completes {source.completes!r}, and both deliver {column}. Remove it from one "
                "of them."
            )


def _rows(source: Source, files: Sequence[TypedRead], wanted: Sequence[str]) -> pd.DataFrame:
    """Return the rows of all files of the completing source, those with the latest event last where that one speaks."""
    parts = []
    for file in files:
        part = file.frames[source.table][[*wanted, "bron", "bron_rij"]]
        if source.events is not None and source.events.case_columns == "last":
            moments = file.frames[EVENT_TABLE].groupby("zaak_id")["gezet_op"].max()
            part = part.assign(**{_MOMENT: moments.reindex(part["zaak_id"]).array})
        parts.append(part)
    rows = pd.concat(parts, ignore_index=True)
    return rows.sort_values(_MOMENT, kind="stable") if _MOMENT in rows else rows


def _one_per_key(rows: pd.DataFrame, key: list[str], added: list[str], source: Source) -> pd.DataFrame:
    """Return one row per key: the last of an event log whose last event speaks, else the only thing that is said."""
    if _MOMENT in rows:
        return rows.drop_duplicates(key, keep="last")
    different = rows.drop_duplicates([*key, *added])
    double = different[different.duplicated(key, keep=False)]
    if len(double):
        pair = double[(double[key] == double[key].iloc[0]).all(axis="columns")].iloc[:2]
        columns = ", ".join(column for column in added if pair[column].nunique(dropna=False) > 1)
        first, second = (f"row {row} of {name}" for row, name in zip(pair["bron_rij"], pair["bron"], strict=True))
        raise SourceError(
            f"Source {source.name!r}: {first} and {second} have the same {' and '.join(key)} and differ in {columns}. "
            "Export one row of each."
        )
    return rows.drop_duplicates(key)


def _remarks(
    source: Source, key: list[str], listed: pd.DataFrame, rows: pd.DataFrame, single: pd.DataFrame
) -> tuple[str, ...]:
    """Return what must be told about rows that only one of the two sources has; places, not keys, name them."""
    named = ", ".join(key)
    texts = []
    nameless = rows[rows[key].isna().any(axis="columns")]
    if len(nameless):
        texts.append(f"zonder {named}, dus zonder iets aan te vullen: {len(nameless)} rij(en) ({_place(nameless)})")
    unknown = single[~_isin(single[key], listed[key])]
    if len(unknown):
        texts.append(
            f"niet in bron '{source.completes}': {len(unknown)} van de {len(single)} sleutels ({named}), die dus niets "
            f"aanvullen ({_place(unknown)})"
        )
    alone = listed[~_isin(listed[key], single[key])]
    if len(alone):
        texts.append(
            f"niet aangevuld: {len(alone)} van de {len(listed)} rijen van bron '{source.completes}', want hun sleutel "
            f"staat hier niet ({_place(alone)})"
        )
    return tuple(texts)


def _isin(keys: pd.DataFrame, others: pd.DataFrame) -> pd.Series:
    known = set(others.itertuples(index=False, name=None))
    return pd.Series([row in known for row in keys.itertuples(index=False, name=None)], index=keys.index, dtype="bool")


def _place(rows: pd.DataFrame) -> str:
    first = rows.sort_values(["bron", "bron_rij"], kind="stable").iloc[0]
    return f"bijvoorbeeld rij {first['bron_rij']} van {first['bron']}"

"""The checks of case files on tables written in the test itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

import pandas as pd

from tests.builders import typed
from weekrapport.domain.calendars import werkkalender
from weekrapport.domain.dossiertoets import Toetsing, dossiertoets
from weekrapport.domain.schema import PROVENANCE, TABLES
from weekrapport.domain.toets import Toetsafspraken
from weekrapport.domain.zaakbeeld import zaakbeeld

LATER = date(2026, 12, 31)
"""An as-of day on which every window of the tests is over."""
EMPTY = {name: table.empty() for name, table in TABLES.items()}


def toetsing(
    zaak: pd.DataFrame,
    peil: date = LATER,
    afspraken: Toetsafspraken | None = None,
    geleverd: Mapping[str, Collection[str]] | None = None,
    **tables: pd.DataFrame,
) -> Toetsing:
    """Return the checks of the cases; a table that is given is delivered with the columns that hold something."""
    every = EMPTY | {"zaak": zaak} | tables
    given = {"zaak": zaak} | tables
    columns = {name: set(frame.columns[frame.notna().any()] if len(frame) else frame) for name, frame in given.items()}
    kalender = werkkalender()
    return dossiertoets(
        zaakbeeld(every, peil, kalender),
        every,
        columns | dict(geleverd or {}),
        afspraken or Toetsafspraken(),
        kalender,
        peil,
    )


def oordelen(toetsing: Toetsing, toets: str) -> list[str]:
    """Return the verdicts of one check, in order of the cases."""
    rows = toetsing.oordelen[toetsing.oordelen["toets"] == toets]
    return rows["oordeel"].tolist()


def bevindingen(toetsing: Toetsing, toets: str) -> list[str | None]:
    """Return the findings of one check, in order of the cases; None where there is none."""
    rows = toetsing.oordelen[toetsing.oordelen["toets"] == toets]
    return [None if pd.isna(text) else str(text) for text in rows["bevinding"]]


def contacten(*rows: tuple[str, str, str], zaak: str = "Z1", richting: str | None = "uitgaand") -> pd.DataFrame:
    """Return contacts of one case from (moment, kind) or, with another case, (moment, kind, case)."""
    return typed(
        "contactmoment",
        *(
            {
                "contact_id": f"C{number}",
                "zaak_id": row[2] if len(row) > 2 else zaak,
                "datumtijd": f"{row[0]}T09:00:00+01:00" if "T" not in row[0] else row[0],
                "richting": richting,
                "soort": row[1],
            }
            for number, row in enumerate(rows, start=1)
        ),
    )


def schema_columns(table: str) -> set[str]:
    """Return every column of a table."""
    return {*TABLES[table].kinds(), *PROVENANCE}

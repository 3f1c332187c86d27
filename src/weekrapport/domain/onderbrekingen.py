"""Suspensions and extensions, lined up with the cases that they are of: the first of each case, the second, and so on.

Only the cases that have one are touched, so that many cases without any cost nothing. Methods: "Termijnen" in
docs/methods.md.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from weekrapport.domain.termijnduur import Days, getallen, teksten
from weekrapport.domain.werkdagen import dagen

Zaken = np.ndarray
"""Positions of cases (int64)."""


@dataclass(frozen=True)
class Opschorting:
    """The k-th suspension of the cases that have so many: where they stand, and [begin, end)."""

    rows: Zaken
    begin: Days
    end: Days

    def only(self, which: np.ndarray) -> Opschorting:
        """Return those of the chosen cases."""
        return Opschorting(self.rows[which], self.begin[which], self.end[which])


@dataclass(frozen=True)
class Verlenging:
    """The k-th extension of the cases that have so many."""

    rows: Zaken
    value: np.ndarray
    unit: np.ndarray
    told: Days


def opschortingen(zaak: pd.DataFrame, opschorting: pd.DataFrame, start: Days, until: Days) -> list[Opschorting]:
    """Return the k-th suspension of the cases, clipped to [start, until), for k = 0, 1 and so on.

    Args:
        zaak: zaak_id.
        opschorting: zaak_id, begin, eind (unknown = still running).
        start: start day of each case.
        until: end of each case, or the as-of day.
    """
    result = []
    for part in _kth(zaak, without_overlap(opschorting)):
        rows = part["_row"].to_numpy()
        begin, end = dagen(part["begin"]), dagen(part["eind"])
        end = np.where(np.isnat(end), until[rows], np.minimum(end, until[rows]))
        begin = np.maximum(begin, start[rows])
        some = end > begin  # never of an unknown day
        result.append(Opschorting(rows[some], begin[some], end[some]))
    return result


def verlengingen(zaak: pd.DataFrame, verlenging: pd.DataFrame) -> list[Verlenging]:
    """Return the k-th extension of the cases, by volgnr, for k = 0, 1 and so on.

    Args:
        zaak: zaak_id.
        verlenging: zaak_id, volgnr, duur_waarde, duur_eenheid, meegedeeld_op.
    """
    return [
        Verlenging(
            part["_row"].to_numpy(),
            getallen(part["duur_waarde"]),
            teksten(part["duur_eenheid"]),
            dagen(part["meegedeeld_op"]),
        )
        for part in _kth(zaak, verlenging.sort_values(["zaak_id", "volgnr"], kind="stable"))
    ]


def without_overlap(opschorting: pd.DataFrame) -> pd.DataFrame:
    """Return the suspensions in order of begin; one that begins within an earlier one begins where that ends.

    A day counts once, also when the source holds it twice.
    """
    rows = opschorting.sort_values(["zaak_id", "begin"], kind="stable")
    running = pd.Timestamp("2200-01-01")  # a suspension without an end covers all that begins after it
    ends = rows["eind"].fillna(running).groupby(rows["zaak_id"]).cummax()
    before = ends.groupby(rows["zaak_id"]).shift()
    return rows.assign(begin=rows["begin"].mask(before > rows["begin"], before))


def _kth(zaak: pd.DataFrame, rows: pd.DataFrame) -> list[pd.DataFrame]:
    """Return, for k = 0, 1, …, the k-th row of the cases that have so many, with the position of the case (_row)."""
    rank = rows.groupby("zaak_id").cumcount()
    cases = zaak[["zaak_id"]].assign(_row=np.arange(len(zaak)))
    joined = cases.merge(rows.assign(_rank=rank), on="zaak_id", how="inner")
    return [joined[joined["_rank"] == k] for k in range(int(joined["_rank"].max()) + 1 if len(joined) else 0)]

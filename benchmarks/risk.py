"""How well the chance of a missed date was predicted: on every Monday as it was known then, scored afterwards.

`python -m benchmarks.risk FOLDER` prints the table of "Risico" in docs/methods.md from the public case logs in FOLDER.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

import numpy as np
import pandas as pd

from weekrapport.domain.as_of import as_of_view
from weekrapport.domain.calendars import werkkalender
from weekrapport.domain.leveringen import TE_LEVEREN, leverbeeld, lijst_van
from weekrapport.domain.risico import VENSTER_DAGEN, overschrijdingskans
from weekrapport.domain.schema import TABLES
from weekrapport.domain.zaakbeeld import zaakbeeld
from weekrapport.week import TIME_ZONE, Week

MIN_HISTORY = 30
"""Earlier deliveries that the two yardsticks need; before that there is nothing to compare with."""
PRIOR = 2
"""Each number of days weighs as if it had been seen so often with the share of all: few cases prove little."""
BINS = 5


def predictions(zaak: pd.DataFrame, mornings: Iterable[date], zaaktype: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return every case that was due in the week after a morning, with what was predicted then and what became of it.

    Args:
        zaak: the typed table with all that is known now.
        mornings: as-of days, seven in the morning.
        zaaktype: the typed table; without it only dates of the case itself count.

    Returns:
        zaak_id, basis (str), model, days, base (float64, the chance of a miss by our model, by the number of days that
        are left alone, and by the share of all), missed (bool).
    """
    ends = zaak.set_index("zaak_id")["einddatum"]
    found = []
    for morning in mornings:
        moment = datetime.combine(morning, time(7), tzinfo=TIME_ZONE)
        tables = {name: table.empty() for name, table in TABLES.items()}
        tables["zaak"] = as_of_view("zaak", zaak, moment)
        tables["zaaktype"] = tables["zaaktype"] if zaaktype is None else zaaktype
        beeld = zaakbeeld(tables, morning, werkkalender())
        week = Week.of(morning - timedelta(weeks=1))
        open_cases = leverbeeld(beeld, week, morning, werkkalender(), tables["zaak_opschorting"])
        due = lijst_van(open_cases, TE_LEVEREN)
        due = due[due["leidende_datum"] >= pd.Timestamp(morning)]
        history = _history(beeld, morning)
        risk = overschrijdingskans(beeld, due, morning, werkkalender())
        if len(history) < MIN_HISTORY or due.empty or risk["kans"].isna().any():
            continue
        left = (due["leidende_datum"] - pd.Timestamp(morning)).dt.days
        end = due["zaak_id"].map(ends)
        found.append(
            pd.DataFrame(
                {
                    "zaak_id": due["zaak_id"],
                    "basis": risk["basis"],
                    "model": risk["kans"].astype("float64"),
                    "days": _by_days(history, left),
                    "base": history["missed"].mean(),
                    "missed": ~(end <= due["leidende_datum"]),
                }
            )
        )
    return pd.concat(found, ignore_index=True)


def brier(chance: pd.Series, missed: pd.Series) -> float:
    """Return the mean squared distance between a chance and what happened; lower is better."""
    return float(((chance - missed.astype("float64")) ** 2).mean())


def scores(rows: pd.DataFrame) -> dict[str, float]:
    """Return the Brier score of the model, of the days that are left, of the share of all, and of the share afterwards.

    The last one, p (1 − p), knows how many missed; it is the lowest that one chance for all could have had.
    """
    share = float(rows["missed"].mean())
    return {
        **{name: brier(rows[name], rows["missed"]) for name in ("model", "days", "base")},
        "afterwards": share * (1 - share),
    }


def calibration(rows: pd.DataFrame, bins: int = BINS) -> pd.DataFrame:
    """Return predicted and observed share per bin: number, predicted, observed."""
    place = np.minimum((rows["model"] * bins).astype(int), bins - 1)
    grouped = rows.groupby(place)
    return grouped.agg(number=("missed", "size"), predicted=("model", "mean"), observed=("missed", "mean"))


def _history(beeld: pd.DataFrame, morning: date) -> pd.DataFrame:
    """Return the cases that were due in the week after each earlier morning: left (days), missed (bool)."""
    parts = [pd.DataFrame({"left": pd.Series(dtype="int64"), "missed": pd.Series(dtype="bool")})]
    for back in range(7, VENSTER_DAGEN + 1, 7):
        earlier = pd.Timestamp(morning - timedelta(days=back))
        due = beeld["leidende_datum"].between(earlier, earlier + pd.Timedelta(days=6))
        due &= (beeld["startdatum"] <= earlier) & ~(beeld["einddatum"] < earlier) & beeld["telt_mee"].astype(bool)
        rows = beeld[due]
        left = (rows["leidende_datum"] - earlier).dt.days
        parts.append(pd.DataFrame({"left": left, "missed": ~(rows["einddatum"] <= rows["leidende_datum"])}))
    return pd.concat(parts, ignore_index=True)


def _by_days(history: pd.DataFrame, left: pd.Series) -> pd.Series:
    share = history["missed"].mean()
    seen = history.groupby("left")["missed"].agg(["sum", "size"])
    rate = (seen["sum"] + PRIOR * share) / (seen["size"] + PRIOR)
    return left.map(rate).fillna(share).astype("float64")

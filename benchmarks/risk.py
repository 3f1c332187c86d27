"""How well the chance of a missed date was predicted: morning after morning as it was known then, scored afterwards.

`python -m benchmarks.risk FOLDER` prints the table of "Risico" in docs/methods.md from the public case logs in FOLDER
(the mappings are those of `tests/real`). Two of the logs hold no dates to keep. There the norm of a case type is the
third quartile of how long its cases took before the first prediction.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from weekrapport.domain.as_of import as_of_view
from weekrapport.domain.calendars import werkkalender
from weekrapport.domain.leveringen import LATER, TE_LEVEREN, leverbeeld, lijst_van
from weekrapport.domain.risico import VENSTER_DAGEN, overschrijdingskans
from weekrapport.domain.schema import TABLES
from weekrapport.domain.zaakbeeld import zaakbeeld
from weekrapport.settings import load_workspace
from weekrapport.sources.inbox import read_inbox
from weekrapport.week import TIME_ZONE, Week

MIN_HISTORY = 30
"""Earlier deliveries that the two yardsticks need; before that there is nothing to compare with."""
PRIOR = 2
"""Each number of days weighs as if it had been seen so often with the share of all: few cases prove little."""
BINS = 5
NORM_SHARE, NORM_MIN = 0.75, 10
"""The norm of a case type without one; of a type with fewer cases than this, that of all types together."""
HALF_A_YEAR = timedelta(days=182)
MAPPINGS = Path(__file__).resolve().parents[1] / "tests" / "real"
LOGS = {
    "wabo": ("wabo-receipt/receipt.csv",),
    "bpic14": ("bpic14-rabobank-itil/incidents.csv.gz", "bpic14-rabobank-itil/incident_activities.csv.gz"),
    "servicenow": ("servicenow-incidents-uci/incident_event_log_part.csv",),
}


@dataclass(frozen=True)
class Trial:
    """One log, its norms when it holds no dates, and the mornings on which is predicted."""

    zaak: pd.DataFrame
    zaaktype: pd.DataFrame | None
    mornings: list[date]


def trial(name: str, folder: Path, every: int = 1) -> Trial:
    """Return the log `name` of `LOGS` below `folder`, with every `every`-th morning."""
    zaak = _read(name, folder)
    if name == "wabo":
        return Trial(zaak, None, _days(date(2011, 2, 7), date(2012, 1, 16), 7 * every))
    if name == "bpic14":
        first = date(2013, 11, 4)
        return Trial(
            zaak, norms(zaak[zaak["einddatum"] < pd.Timestamp(first)]), _days(first, date(2014, 1, 20), 7 * every)
        )
    # Everything in this log began within three days, so no morning has a past to learn from. Every second case is
    # taken as that past, half a year earlier; what is predicted are the others.
    past = zaak.index[::2]
    history = zaak.loc[past].copy()
    for column in ("startdatum", "registratiedatum", "einddatum", "gesloten_op"):
        history[column] -= HALF_A_YEAR
    both = pd.concat([history, zaak.drop(index=past)], ignore_index=True)
    days = [day for day in _days(date(2016, 3, 1), date(2016, 6, 1), 1) if day.weekday() < 5]
    return Trial(both, norms(history), days[::every])


def norms(zaak: pd.DataFrame, share: float = NORM_SHARE) -> pd.DataFrame:
    """Return a service norm in days per case type: within it so large a share of these cases was finished."""
    took = (zaak["einddatum"] - zaak["startdatum"]).dt.days
    known = zaak["zaaktype_id"].notna()
    seen = took.groupby(zaak["zaaktype_id"])
    days = seen.quantile(share).where(seen.size() >= NORM_MIN, took.quantile(share))
    frame = TABLES["zaaktype"].empty().reindex(range(len(days)))
    frame["zaaktype_id"] = pd.Series(days.index, dtype="str")
    frame["servicenorm_waarde"] = np.maximum(np.ceil(days.to_numpy()), 1).astype("int64")
    frame["servicenorm_eenheid"] = pd.Series("kalenderdag", index=frame.index, dtype="str")
    return frame.astype(TABLES["zaaktype"].empty().dtypes.to_dict()) if known.any() else frame.iloc[:0]


def _days(first: date, last: date, step: int) -> list[date]:
    return [first + timedelta(days=past) for past in range(0, (last - first).days + 1, step)]


def _read(name: str, folder: Path) -> pd.DataFrame:
    with tempfile.TemporaryDirectory() as place:
        inbox = Path(place) / "data" / "inbox"
        inbox.mkdir(parents=True)
        shutil.copy(MAPPINGS / name / "weekrapport.toml", place)
        for export in LOGS[name]:
            shutil.copy(folder / export, inbox)
        return read_inbox(load_workspace(Path(place))).tables["zaak"]


def predictions(zaak: pd.DataFrame, mornings: Iterable[date], zaaktype: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return every case that was due within seven days of a morning, what was predicted then, and what became of it.

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
        today = pd.Timestamp(morning)
        due = lijst_van(open_cases, TE_LEVEREN, LATER)
        due = due[due["leidende_datum"].between(today, today + pd.Timedelta(days=6))]
        history = _history(beeld, morning)
        risk = overschrijdingskans(beeld, due, morning, werkkalender())
        if len(history) < MIN_HISTORY or due.empty or risk["kans"].isna().any():
            continue
        left = (due["leidende_datum"] - today).dt.days
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


def main() -> None:
    """Print a line per log, and how well its chances were calibrated."""
    folder = Path(sys.argv[1])
    for name in LOGS:
        each = trial(name, folder)
        rows = predictions(each.zaak, each.mornings, each.zaaktype)
        found = ", ".join(f"{key} {value:.4f}" for key, value in scores(rows).items())
        print(f"{name}: {len(rows)} predictions, {rows['missed'].mean():.3f} missed; Brier {found}")
        print(rows["basis"].value_counts().to_string())
        print(calibration(rows).round(3).to_string(), flush=True)


if __name__ == "__main__":
    main()

"""The term engine on a million cases, on one core: `python -m benchmarks.terms [CASES]`.

Three in ten cases are suspended, one in ten is extended, one in six has a norm in hours. Prints the seconds of the
engine alone as JSON, as `benchmarks.part` does.
"""

from __future__ import annotations

import json
import os
import sys
import time
from datetime import date

import numpy as np
import pandas as pd

from weekrapport.domain.calendars import werkkalender
from weekrapport.domain.kantooruren import Kantoorklok, Kantoortijd
from weekrapport.domain.termijnen import termijnen

CASES = 1_000_000
PEIL = date(2026, 11, 23)
_UNITS = np.array(["werkdag", "kalenderdag", "week", "maand", "uur", "werkdag"], dtype=object)
_NEVER = np.datetime64("NaT")


def main(cases: int) -> None:
    """Calculate every deadline of so many cases and print what it took."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    rng = np.random.default_rng(2026)
    zaak, started = _zaak(rng, cases)
    tables = (zaak, _terms(rng, cases), _opschorting(rng, zaak), _verlenging(rng, zaak))
    kalender = werkkalender()
    klok = Kantoorklok(kalender, Kantoortijd())
    cpu, begun = time.process_time(), time.perf_counter()
    found = termijnen(*tables, PEIL, kalender, klok, started)
    cost = {"wall_seconds": time.perf_counter() - begun, "cpu_seconds": time.process_time() - cpu}
    if int(found["streefdatum"].notna().sum()) != cases:
        raise SystemExit("not every case has a target date")
    print(json.dumps(cost))


def _zaak(rng: np.random.Generator, cases: int) -> tuple[pd.DataFrame, pd.Series]:
    """Return the cases, and the moment that each was opened."""
    start = np.datetime64("2024-01-01") + rng.integers(0, 1000, cases)
    end = start + rng.integers(1, 120, cases)
    zaak = pd.DataFrame(
        {
            "zaak_id": pd.Series(np.char.add("ZAAK-", np.arange(cases).astype(str)), dtype="str"),
            "startdatum": _dates(start),
            "einddatum": _dates(np.where(rng.random(cases) < 0.8, end, _NEVER)),
            "einddatum_gepland": _dates(np.where(rng.random(cases) < 0.3, end, _NEVER)),
            "uiterlijke_einddatum": _dates(np.full(cases, _NEVER, dtype="datetime64[D]")),
        }
    )
    opened = start.astype("datetime64[us]") + rng.integers(7 * 60, 17 * 60, cases).astype("timedelta64[m]")
    return zaak, pd.Series(opened).dt.tz_localize("UTC")


def _terms(rng: np.random.Generator, cases: int) -> pd.DataFrame:
    kind = rng.integers(0, len(_UNITS), cases)
    return pd.DataFrame(
        {
            "servicenorm_waarde": pd.array(rng.integers(1, 20, cases), dtype="Int64"),
            "servicenorm_eenheid": pd.Series(_UNITS[kind], dtype="str"),
            "wettelijk_waarde": pd.array(rng.integers(2, 14, cases), dtype="Int64"),
            "wettelijk_eenheid": pd.Series(np.where(kind % 2, "week", "maand"), dtype="str"),
            "wettelijk_grondslag": pd.Series(np.where(kind < 3, "Awb 4:13", None), dtype="str"),
        }
    )


def _opschorting(rng: np.random.Generator, zaak: pd.DataFrame) -> pd.DataFrame:
    count = len(zaak) * 3 // 10
    chosen = zaak.iloc[rng.integers(0, len(zaak), count)].reset_index(drop=True)
    begin = chosen["startdatum"].to_numpy().astype("datetime64[D]") + rng.integers(0, 40, count)
    end = np.where(rng.random(count) < 0.1, _NEVER, begin + rng.integers(1, 20, count))
    return pd.DataFrame({"zaak_id": chosen["zaak_id"], "begin": _dates(begin), "eind": _dates(end)})


def _verlenging(rng: np.random.Generator, zaak: pd.DataFrame) -> pd.DataFrame:
    count = len(zaak) // 10
    chosen = zaak.iloc[rng.integers(0, len(zaak), count)].reset_index(drop=True)
    told = chosen["startdatum"].to_numpy().astype("datetime64[D]") + rng.integers(0, 60, count)
    return pd.DataFrame(
        {
            "zaak_id": chosen["zaak_id"],
            "volgnr": pd.array(np.arange(count), dtype="Int64"),
            "duur_waarde": pd.array(rng.integers(1, 6, count), dtype="Int64"),
            "duur_eenheid": pd.Series(np.where(rng.random(count) < 0.5, "week", "werkdag"), dtype="str"),
            "meegedeeld_op": _dates(told),
        }
    )


def _dates(days: np.ndarray) -> pd.Series:
    return pd.Series(days.astype("datetime64[s]"))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else CASES)

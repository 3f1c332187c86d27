"""The control chart, the ageing and the signals on a real event log, computed again from the file with pandas alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from tests.builders import weekrapport
from tests.case_logs import REAL, fact, facts_of, workspace_of
from tests.pdf_pages import page_texts
from weekrapport.week import Week

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

RECEIPT = "wabo-receipt/receipt.csv"
WEEK = Week(2011, 20)
MONDAY, SUNDAY = pd.Timestamp("2011-05-16"), pd.Timestamp("2011-05-22")
PEIL = pd.Timestamp("2011-05-23")
DAYS_OFF = np.array(["2011-04-25"], dtype="datetime64[D]")
"""Holidays on a weekday in the thirteen weeks: Easter Monday. Queen's Day was a Saturday, and 5 May of no lustrum."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = workspace_of(tmp_path_factory.mktemp("wabo"), "wabo", RECEIPT)
    ran = weekrapport("run", "--direct", "--workspace", root, "--week", str(WEEK))
    assert ran.code == 0, ran
    return root / "output" / str(WEEK) / "case_overview"


@pytest.fixture(scope="module")
def facts(made: Path) -> list[dict[str, Any]]:
    return facts_of(made)


@pytest.fixture(scope="module")
def raw(made: Path) -> pd.DataFrame:
    """Return one row per case with its local days."""
    events = pd.read_csv(REAL / RECEIPT, dtype="str").drop_duplicates("case:concept:name")
    headers = {"start": "startdate", "end": "enddate", "deadline": "deadline", "planned": "enddate_planned"}
    days: dict[str, pd.Series] = {}
    for name, header in headers.items():
        moments = pd.to_datetime(events[f"case:{header}"], format="ISO8601", utc=True)
        days[name] = moments.dt.tz_convert("Europe/Amsterdam").dt.tz_localize(None).dt.normalize()
        if name == "end":
            days["ended_at"] = moments
    return pd.DataFrame(days)


def per_week(raw: pd.DataFrame) -> list[float]:
    """Return the finished cases of the thirteen weeks, brought to five working days; the report week last."""
    found = []
    for back in range(12, -1, -1):
        first = MONDAY - pd.Timedelta(weeks=back)
        days = np.busday_count(first.date(), (first + pd.Timedelta(days=7)).date(), holidays=DAYS_OFF)
        found.append(raw["end"].between(first, first + pd.Timedelta(days=6)).sum() * 5 / days)
    return found


def test_the_chart_and_its_limits(facts: list[dict[str, Any]], raw: pd.DataFrame) -> None:
    *before, now = per_week(raw)
    mean, moving = float(np.mean(before)), float(np.mean(np.abs(np.diff(before))))
    assert fact(facts, "K12")["value"] == pytest.approx(now)
    assert fact(facts, "K12", measure="gemiddeld")["value"] == pytest.approx(mean)
    assert fact(facts, "K12", measure="ondergrens")["value"] == pytest.approx(max(0, mean - 2.66 * moving))
    assert fact(facts, "K12", measure="bovengrens")["value"] == pytest.approx(mean + 2.66 * moving)
    for back, value in enumerate(reversed(before), start=1):
        assert fact(facts, "K12", period=str(WEEK.plus(-back)))["value"] == pytest.approx(value)


def test_the_stock_account(facts: list[dict[str, Any]], raw: pd.DataFrame) -> None:
    begin = int(((raw["start"] < MONDAY) & ~(raw["end"] < MONDAY)).sum())
    assert fact(facts, "K03", measure="begin")["value"] == begin
    whole = begin + fact(facts, "K02")["value"] - fact(facts, "K01")["value"]
    assert fact(facts, "K03")["value"] == whole + fact(facts, "K03", measure="correcties")["value"]


def aged(raw: pd.DataFrame, day: pd.Timestamp, moment: pd.Timestamp) -> tuple[int, int]:
    """Return how many cases, open at the moment of the day, are past their term, and how many have one."""
    known = raw[(raw["start"] <= day) & ~(raw["ended_at"] <= moment.tz_localize("Europe/Amsterdam"))]
    due = known[["deadline", "planned"]].min(axis=1)
    return int((due <= day).sum()), int(due.notna().sum())


def test_the_signals(made: Path, facts: list[dict[str, Any]], raw: pd.DataFrame) -> None:
    signals = json.loads((made / "facts.json").read_text("utf-8"))["signals"]
    assert [signal["id"] for signal in signals] == ["R1-S06"]
    late, total = aged(raw, PEIL, PEIL + pd.Timedelta(hours=7))
    assert late / total >= 0.15
    assert (signals[0]["values"]["verstreken"], signals[0]["values"]["noemer"]) == (late, total)
    # The log holds planned days and no delivery of four weeks ago is stored: what was promised then is not known.
    assert set(signals[0]["values"]) == {"verstreken", "noemer", "is_gestegen"}
    assert not signals[0]["values"]["is_gestegen"]
    share = fact(facts, "K08", {"klasse": "verstreken"})
    assert (share["numerator"], share["denominator"]) == (late, total)


def test_what_the_log_does_not_hold_is_said_not_to_be_tested(made: Path) -> None:
    (pdf,) = made.glob("*-concept.pdf")
    text = " ".join(page_texts(pdf)).replace("\x02", "")  # words broken at the end of a line
    for expected in (
        "R1-S04 (er zijn geen wettelijke termijnen aangeleverd)",
        "R1-S07 (statussen of statustypen zijn niet aangeleverd)",
        "R1-S12 (de registratiedatum is niet aangeleverd)",
    ):
        assert expected in text

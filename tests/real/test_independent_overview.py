"""Stock, ageing, throughput and its limits on two real logs, against figures made with pandas alone."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.builders import weekrapport
from tests.case_logs import REAL, fact, facts_of, workspace_of
from weekrapport.week import Week

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

WABO, BPIC = ("wabo-receipt/receipt.csv",), (
    "bpic14-rabobank-itil/incidents.csv.gz",
    "bpic14-rabobank-itil/incident_activities.csv.gz",
)  # fmt: skip
LOGS = {"wabo": (WABO, Week(2011, 20)), "bpic14": (BPIC, Week(2013, 45))}
DAYS_OFF = pd.to_datetime(["2011-04-25"])
"""Easter Monday: the only day off in the weeks that either log is compared with."""


def _wabo() -> pd.DataFrame:
    rows = pd.read_csv(REAL / WABO[0], dtype="str").drop_duplicates("case:concept:name")
    names = {"start": "startdate", "end": "enddate", "deadline": "deadline", "planned": "enddate_planned"}
    moments = {
        name: pd.to_datetime(rows[f"case:{header}"], format="ISO8601", utc=True).dt.tz_convert("Europe/Amsterdam")
        for name, header in names.items()
    }
    local = pd.DataFrame({name: moment.dt.tz_localize(None) for name, moment in moments.items()})
    days = local.apply(lambda column: column.dt.normalize())
    leading = days[["deadline", "planned"]].min(axis=1)
    return days[["start", "end"]].assign(moment=local["end"], leading=leading, team=rows["case:department"])


def _bpic() -> pd.DataFrame:
    rows = pd.read_csv(REAL / BPIC[0], dtype="str").set_index("incident_id")
    log = pd.read_csv(REAL / BPIC[1], dtype="str")
    log["moment"] = pd.to_datetime(log["data_stamp"])
    team = log.sort_values("moment", kind="stable").groupby("incident_id")["assignment_group"].last()
    end = pd.to_datetime(rows["close_time"])
    return pd.DataFrame(
        {
            "start": pd.to_datetime(rows["open_time"]).dt.normalize(),
            "end": end.dt.normalize(),
            "moment": end,
            "leading": pd.Series(pd.NaT, index=rows.index, dtype="datetime64[ns]"),
            "team": team.reindex(rows.index),
        }
    )


@pytest.fixture(scope="module", params=list(LOGS))
def log(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[pd.DataFrame, Week, Path]:
    """The cases of the file itself, the week, and the folder of its report."""
    name = request.param
    files, week = LOGS[name]
    workspace = workspace_of(tmp_path_factory.mktemp(name), name, *files)
    ran = weekrapport("run", "--direct", "--workspace", workspace, "--week", str(week), "--report", "case_overview")
    assert ran.code == 0, ran
    return (_wabo() if name == "wabo" else _bpic()), week, workspace / "output" / str(week) / "case_overview"


def open_at(rows: pd.DataFrame, sunday: pd.Timestamp) -> pd.Series:
    return (rows["start"] <= sunday) & ~(rows["end"] <= sunday)


def test_the_stock_account_per_team(log: tuple[pd.DataFrame, Week, Path]) -> None:
    rows, week, folder = log
    facts = facts_of(folder)
    monday, sunday = pd.Timestamp(week.monday), pd.Timestamp(week.sunday)
    before = sunday - timedelta(days=7)
    for team, own in [(None, rows), *rows.groupby("team")]:
        begin, end = int(open_at(own, before).sum()), int(open_at(own, sunday).sum())
        came = int(own["start"].between(monday, sunday).sum())
        done = int(own["end"].between(monday, sunday).sum())
        assert begin + came - done == end  # neither log loses or reopens a case within the week
        if not begin + came + end:
            continue
        scope = {"team": str(team)} if team else {}
        assert fact(facts, "K03", scope, measure="begin")["value"] == begin
        assert fact(facts, "K03", scope, measure="correcties")["value"] == 0
        assert fact(facts, "K03", scope)["value"] == end


def test_overdue_and_age(log: tuple[pd.DataFrame, Week, Path]) -> None:
    rows, week, folder = log
    facts = facts_of(folder)
    peil = pd.Timestamp(week.sunday) + timedelta(days=1)
    is_open = (rows["start"] <= peil) & ~(rows["moment"] <= peil + timedelta(hours=7))
    late = is_open & (rows["leading"] < peil)
    stock = int(open_at(rows, pd.Timestamp(week.sunday)).sum())
    k07 = fact(facts, "K07")
    if rows["leading"].isna().all():
        assert k07["value"] is None or k07["numerator"] == 0
        return
    assert (k07["numerator"], k07["denominator"]) == (int(late.sum()), stock)
    now = rows[is_open]
    part = (peil - now["start"]) / (now["leading"] - now["start"])
    over = (part >= 1) | (now["leading"] <= now["start"])
    counts = {
        "verstreken": int(over.sum()),
        "eerste helft": int((~over & (part < 0.5)).sum()),
        "tweede helft": int((~over & (part >= 0.5)).sum()),
        "geen termijn": int(now["leading"].isna().sum()),
    }
    found = {name: fact(facts, "K08", {"klasse": name})["numerator"] for name in counts}
    assert found == counts
    assert sum(counts.values()) == len(now)


def test_normalised_throughput_and_its_limits(log: tuple[pd.DataFrame, Week, Path]) -> None:
    rows, week, folder = log
    facts = facts_of(folder)

    def normalised(of: Week) -> float:
        days = pd.date_range(of.monday, of.sunday)
        working = int(((days.dayofweek < 5) & ~days.isin(DAYS_OFF)).sum())
        return int(rows["end"].between(days[0], days[-1]).sum()) * 5 / working

    before = pd.Series([normalised(week.plus(-back)) for back in range(12, 0, -1)])
    centre, moving = before.mean(), before.diff().abs().mean()

    def value(measure: str | None = None) -> Any:
        return fact(facts, "K12", **({"measure": measure} if measure else {}))["value"]

    assert value() == pytest.approx(normalised(week))
    if rows["end"].min() > pd.Timestamp(week.plus(-8).sunday):  # the log is too short for limits
        assert not [each for each in facts if each["id"] == "K12" and each.get("measure") == "bovengrens"]
        return
    assert value("gemiddeld") == pytest.approx(centre)
    assert value("ondergrens") == pytest.approx(max(0, centre - 2.66 * moving))
    assert value("bovengrens") == pytest.approx(centre + 2.66 * moving)
    stock = int(open_at(rows, pd.Timestamp(week.sunday)).sum())
    assert fact(facts, "K09")["value"] == pytest.approx(stock / centre)

"""The stock account, late cases and age classes of a real event log, counted again from the file itself."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.case_logs import REAL, workspace_of
from weekrapport.domain.as_of import as_of_view
from weekrapport.domain.calendars import werkkalender
from weekrapport.domain.ouderdom import KLASSEN, ouderdom, ouderdomsklassen, te_laat_open
from weekrapport.domain.schema import TABLES
from weekrapport.domain.voorraad import POSTEN, correcties, rekening_per, voorraadrekening
from weekrapport.domain.zaakbeeld import zaakbeeld
from weekrapport.settings import load_workspace
from weekrapport.sources.inbox import InboxRead, read_inbox
from weekrapport.week import Week, local_date
from weekrapport.weekly.plan import default_as_of

EXPORT = "wabo-receipt/receipt.csv"
WEEKS = tuple(map(Week.parse, ("2010-W48", "2011-W20", "2011-W40", "2011-W52", "2012-W03")))


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> InboxRead:
    root = workspace_of(tmp_path_factory.mktemp("wabo"), "wabo", EXPORT)
    return read_inbox(load_workspace(root))


@pytest.fixture(scope="module")
def raw() -> pd.DataFrame:
    """Return one row per case of the file itself, with local days; nothing of the system is used."""
    if not (REAL / EXPORT).is_file():
        pytest.skip("the public data are not there")
    events = pd.read_csv(REAL / EXPORT, dtype="str").drop_duplicates("case:concept:name")
    names = {"start": "startdate", "end": "enddate", "deadline": "deadline", "planned": "enddate_planned"}
    local = {
        name: pd.to_datetime(events[f"case:{header}"].replace("EMPTY", None), format="ISO8601", utc=True)
        .dt.tz_convert("Europe/Amsterdam")
        .dt.tz_localize(None)
        for name, header in names.items()
    }
    days = {name: moments.dt.normalize() for name, moments in local.items()}
    return pd.DataFrame({"team": events["case:department"], **days, "closed": local["end"]})


def at(read: InboxRead, week: Week, root: Path) -> tuple[pd.DataFrame, Any]:
    """Return the zaakbeeld as known on the working day after the week, and that day."""
    as_of = default_as_of(week, load_workspace(root))
    view = {name: table.empty() for name, table in TABLES.items()}
    view["zaak"] = as_of_view("zaak", read.tables["zaak"], as_of)
    return zaakbeeld(view, local_date(as_of), werkkalender()), local_date(as_of)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("settings")
    shutil.copy(Path(__file__).parent / "wabo" / "weekrapport.toml", folder)
    return folder


def counted(raw: pd.DataFrame, week: Week, peil: pd.Timestamp) -> dict[str, pd.Series]:
    """Return the account per team, from the days in the file."""
    monday, sunday = pd.Timestamp(week.monday), pd.Timestamp(week.sunday)
    start, end = raw["start"], raw["end"]
    known = start <= peil
    rows = {
        "begin": (start < monday) & ~(end < monday),
        "instroom": start.between(monday, sunday),
        "afgerond": end.between(monday, sunday),
        "eind": (start <= sunday) & ~(end <= sunday),
    }
    return {name: (each & known).groupby(raw["team"]).sum() for name, each in rows.items()}


@pytest.mark.parametrize("week", WEEKS, ids=str)
def test_the_account_is_that_of_the_file(read, raw, root, week):
    beeld, peil = at(read, week, root)
    account = voorraadrekening(beeld, week)
    total = rekening_per(account).iloc[0]
    assert total["begin"] + total["instroom"] - total["afgerond"] + total["correcties"] == total["eind"]
    assert total["heropend"] is pd.NA
    assert total["eind"] > 0
    expected = counted(raw, week, pd.Timestamp(peil))
    per_team = rekening_per(account, "team").set_index("team")
    for name in POSTEN:
        if name in expected:
            want = expected[name][expected[name] > 0]
            found = per_team[name][per_team[name] > 0]
            assert found.astype(int).to_dict() == want.to_dict(), name
    assert correcties(beeld, week)["effect"].sum() == total["correcties"]


@pytest.mark.parametrize("week", WEEKS, ids=str)
def test_late_cases_and_classes_are_those_of_the_file(read, raw, root, week):
    beeld, day = at(read, week, root)
    peil = pd.Timestamp(day)
    due = raw[["deadline", "planned"]].min(axis=1)
    is_open = (raw["start"] <= peil) & ~(raw["closed"] <= peil + pd.Timedelta(hours=7))  # the as-of moment is 07:00
    late = is_open & (raw["start"] <= pd.Timestamp(week.sunday)) & (due < peil)
    assert len(te_laat_open(beeld, None, week, day)) == int(late.sum())
    part = ((peil - raw["start"]) / (due - raw["start"]))[is_open]
    no_term, nothing_left = due[is_open].isna(), (due <= raw["start"])[is_open]
    expected = {
        "eerste helft": int(((part < 0.5) & ~nothing_left).sum()),
        "tweede helft": int(((part >= 0.5) & (part < 1) & ~nothing_left).sum()),
        "verstreken": int(((part >= 1) | nothing_left)[~no_term].sum()),
        "geen termijn": int(no_term.sum()),
    }
    found = ouderdomsklassen(ouderdom(beeld, None, day)).iloc[0]
    assert {klasse: int(found[klasse]) for klasse in KLASSEN} == expected

"""Real incidents of a bank's service desk (BPI Challenge 2014): a list, and a log that knows the team."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.builders import weekrapport
from tests.case_logs import REAL, fact, facts_of, figures_as_known, figures_of_file, workspace_of
from tests.pdf_pages import assert_valid, page_texts
from weekrapport.settings import load_workspace
from weekrapport.sources.inbox import InboxRead, read_inbox
from weekrapport.week import Week, week_range

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

INCIDENTS = "bpic14-rabobank-itil/incidents.csv.gz"
ACTIVITIES = "bpic14-rabobank-itil/incident_activities.csv.gz"
WEEK = "2013-W45"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return workspace_of(tmp_path_factory.mktemp("bpic14"), "bpic14", INCIDENTS, ACTIVITIES)


@pytest.fixture(scope="module")
def read(workspace: Path) -> InboxRead:
    return read_inbox(load_workspace(workspace))


@pytest.fixture(scope="module")
def raw(workspace: Path) -> pd.DataFrame:
    """Return the incidents with their local days and the group of their last activity; nothing of the system."""
    found = pd.read_csv(REAL / INCIDENTS, dtype="str").set_index("incident_id")
    for name, header in (("start", "open_time"), ("end", "close_time")):
        found[name] = pd.to_datetime(found[header]).dt.normalize()
    log = pd.read_csv(REAL / ACTIVITIES, dtype="str")
    log["moment"] = pd.to_datetime(log["data_stamp"])
    latest = log.sort_values("moment", kind="stable").groupby("incident_id")["assignment_group"].last()
    return found.assign(team=latest.reindex(found.index))


@pytest.fixture(scope="module")
def made(workspace: Path) -> Path:
    ran = weekrapport("run", "--direct", "--workspace", workspace, "--week", WEEK)
    assert ran.code == 0, ran
    return workspace / "output" / WEEK / "case_overview"


def test_two_files_give_every_incident_once_and_every_activity(read: InboxRead) -> None:
    zaak, status = read.tables["zaak"], read.tables["zaak_status"]
    assert (len(zaak), len(status)) == (2126, 23414)
    assert zaak["zaak_id"].is_unique
    assert set(zaak["bron"]) == {"incidents.csv.gz"}
    assert set(status["zaak_id"]) == set(zaak["zaak_id"])
    assert read.rows_quarantined == {"incidenten": 0, "activiteiten": 0}
    assert [each.text for each in read.notices if not each.text.startswith(("koppen", "exportmoment"))] == []


def test_the_team_is_that_of_the_last_activity(read: InboxRead, raw: pd.DataFrame) -> None:
    """Not that of the last row: the activities do not stand in order of time."""
    zaak = read.tables["zaak"].set_index("zaak_id")
    assert zaak["team_id"].notna().all()
    assert (zaak["team_id"] == raw["team"].reindex(zaak.index)).all()
    rows = pd.read_csv(REAL / ACTIVITIES, dtype="str").groupby("incident_id")["assignment_group"].last()
    assert (zaak["team_id"] != rows.reindex(zaak.index)).sum() > 100


def test_a_reopened_incident_ends_when_it_was_last_closed(read: InboxRead, raw: pd.DataFrame) -> None:
    zaak = read.tables["zaak"].set_index("zaak_id")
    assert (zaak["einddatum"] == raw["end"].reindex(zaak.index)).all()
    reopened = raw[raw["reopen_time"].notna()]
    assert len(reopened) == 115
    ends = zaak.loc[reopened.index, "gesloten_op"].dt.tz_convert("Europe/Amsterdam").dt.tz_localize(None)
    assert (ends >= pd.to_datetime(reopened["reopen_time"])).all()


def test_every_week_as_it_was_known_agrees_with_the_file(workspace: Path, read: InboxRead, raw: pd.DataFrame) -> None:
    """From the incident that was opened a year before the others, so that it is in stock all that time."""
    weeks = [Week(2012, 32), Week(2013, 1), *week_range(Week(2013, 39), Week(2013, 48)), Week(2014, 13)]
    known = figures_as_known(workspace, read, weeks)
    pd.testing.assert_frame_equal(known, figures_of_file(raw["start"], raw["end"], weeks))
    assert known.loc[["2012-W32", "2013-W01"], "werkvoorraad"].tolist() == [1, 1]
    assert known.loc[WEEK].tolist() == [178, 189, 108, 0]


def test_the_figures_of_the_run_agree_with_the_file(made: Path, raw: pd.DataFrame) -> None:
    facts, week = facts_of(made), Week.parse(WEEK)
    expected = figures_of_file(raw["start"], raw["end"], [week]).loc[WEEK]
    for id, name in (("K01", "afgerond"), ("K02", "instroom"), ("K03", "werkvoorraad")):
        assert fact(facts, id)["value"] == expected[name]
    done = raw[raw["end"].between(pd.Timestamp(week.monday), pd.Timestamp(week.sunday))]
    per_team = {
        each["scope"]["team"]: each["value"]
        for each in facts
        if each["id"] == "K01" and set(each["scope"]) == {"team"} and each["value"]
    }
    assert per_team == done["team"].value_counts().to_dict()
    days = (done["end"] - done["start"]).dt.days
    assert fact(facts, "K06", measure="p50")["value"] == pytest.approx(days.quantile(0.5))
    assert fact(facts, "K06", measure="p90")["value"] == pytest.approx(days.quantile(0.9))


def test_without_a_norm_nothing_is_said_to_be_on_time(made: Path) -> None:
    (pdf,) = made.glob("*-concept.pdf")
    assert_valid(pdf.read_bytes())
    text = " ".join(page_texts(pdf))
    assert "Van geen enkele afgeronde zaak is een norm bekend. Over tijdigheid is daarom niets te zeggen." in text
    assert "zijn op tijd klaar" not in text
    assert "te laat." not in text
    assert "Niet aangeleverd: de klant, de behandelaar," in text
    for each in facts_of(made):
        if each["id"] in ("K04", "K05"):
            assert (each["value"], each["denominator"]) == (None, 0)


def test_a_week_after_the_log_is_not_issued(workspace: Path) -> None:
    ran = weekrapport("run", "--direct", "--workspace", workspace, "--week", "2014-W20")
    assert ran.code == 4, ran
    assert not list((workspace / "output" / "2014-W20").rglob("*-concept.pdf"))

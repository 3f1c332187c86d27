"""A real incident log with one row per change (UCI): the last change speaks, and solved is not closed."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.builders import run_record, weekrapport
from tests.case_logs import REAL, fact, facts_of, figures_as_known, figures_of_file, workspace_of
from tests.pdf_pages import assert_valid, page_texts
from weekrapport.settings import load_workspace
from weekrapport.sources.inbox import InboxRead, read_inbox
from weekrapport.week import Week, week_range

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

LOG = "servicenow-incidents-uci/incident_event_log_part.csv"
WEEK = "2016-W12"
WRITTEN = "%d-%m-%Y %H:%M"
MAPPED = {
    "zaaktype_id": "category",
    "klant_id": "caller_id",
    "team_id": "assignment_group",
    "behandelaar_id": "assigned_to",
    "resultaat": "closed_code",
}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return workspace_of(tmp_path_factory.mktemp("servicenow"), "servicenow", LOG)


@pytest.fixture(scope="module")
def read(workspace: Path) -> InboxRead:
    return read_inbox(load_workspace(workspace))


@pytest.fixture(scope="module")
def last(workspace: Path) -> pd.DataFrame:
    """Return the row with the highest number of changes of every incident, and its days; nothing of the system."""
    rows = pd.read_csv(REAL / LOG, dtype="str", na_values=["?"])
    rows["changes"] = rows["sys_mod_count"].astype(int)
    found = rows.loc[rows.groupby("number")["changes"].idxmax()].set_index("number")
    solved = found["resolved_at"].fillna(found["closed_at"])
    found["start"] = pd.to_datetime(found["opened_at"], format=WRITTEN).dt.normalize()
    found["end"] = pd.to_datetime(solved, format=WRITTEN).dt.normalize()
    return found


@pytest.fixture(scope="module")
def made(workspace: Path) -> Path:
    ran = weekrapport("run", "--direct", "--workspace", workspace, "--week", WEEK)
    assert ran.code == 0, ran
    return workspace / "output" / WEEK / "case_overview"


def test_every_incident_is_read_once_and_every_change_is_kept(read: InboxRead) -> None:
    zaak, status = read.tables["zaak"], read.tables["zaak_status"]
    assert (len(zaak), len(status)) == (890, 5998)
    assert zaak["zaak_id"].is_unique
    assert (read.rows_read, read.rows_quarantined) == ({"incidenten": 5998}, {"incidenten": 0})
    assert status["statustype_id"].value_counts()["New"] == 1638
    assert read.errors == {}


def test_the_latest_moment_is_the_last_change(read: InboxRead, last: pd.DataFrame) -> None:
    """The reading goes by `sys_updated_at`; by `sys_mod_count` no incident would say anything else."""
    zaak = read.tables["zaak"].set_index("zaak_id")
    for column, header in MAPPED.items():
        wanted = last[header].reindex(zaak.index)
        same = (zaak[column] == wanted) | (zaak[column].isna() & wanted.isna())
        assert same.all(), (column, zaak.index[~same].tolist())
    assert zaak["prioriteit"].value_counts().to_dict() == last["priority"].str[0].radd("P").value_counts().to_dict()


def test_a_question_mark_is_nothing(read: InboxRead) -> None:
    zaak, status = read.tables["zaak"], read.tables["zaak_status"]
    assert not any("?" in set(frame[column].dropna()) for frame in (zaak, status) for column in frame.columns)
    assert zaak["zaaktype_id"].isna().sum() == 4


def test_solved_and_not_closed_is_the_end_and_closed_only_where_solved_is_not_filled_in(
    read: InboxRead, last: pd.DataFrame
) -> None:
    zaak = read.tables["zaak"].set_index("zaak_id")
    assert (zaak["einddatum"] == last["end"].reindex(zaak.index)).all()
    assert last["resolved_at"].isna().sum() == 29
    closed = pd.to_datetime(last["closed_at"], format=WRITTEN).dt.normalize()
    assert (closed - last["end"]).dt.days.median() == 5
    rows = 59  # of those 29 incidents
    assert f"{rows} × niets onder 'resolved_at', dus gelezen onder 'closed_at'" in [each.text for each in read.notices]


def test_every_week_as_it_was_known_agrees_with_the_file(workspace: Path, read: InboxRead, last: pd.DataFrame) -> None:
    weeks = [*week_range(Week(2016, 8), Week(2016, 17)), Week(2016, 52), Week(2017, 5)]
    known = figures_as_known(workspace, read, weeks)
    pd.testing.assert_frame_equal(known, figures_of_file(last["start"], last["end"], weeks))
    assert known.loc["2016-W09"].tolist() == [517, 890, 373, 0]
    assert known.loc[WEEK].tolist() == [55, 0, 100, 0]
    assert known["werkvoorraad"].iloc[-1] == 0


def test_the_figures_of_the_run_agree_with_the_file(made: Path, last: pd.DataFrame) -> None:
    facts, week = facts_of(made), Week.parse(WEEK)
    expected = figures_of_file(last["start"], last["end"], [week]).loc[WEEK]
    for id, name in (("K01", "afgerond"), ("K02", "instroom"), ("K03", "werkvoorraad")):
        assert fact(facts, id)["value"] == expected[name]
    done = last[last["end"].between(pd.Timestamp(week.monday), pd.Timestamp(week.sunday))]
    for team, rows in done.groupby(done["assignment_group"].fillna("niet ingedeeld")):
        assert fact(facts, "K01", {"team": str(team)})["value"] == len(rows)
    days = (done["end"] - done["start"]).dt.days
    assert fact(facts, "K06", measure="p50")["value"] == pytest.approx(days.quantile(0.5))


def test_the_report_is_valid_and_says_what_is_not_known(workspace: Path, made: Path) -> None:
    (pdf,) = made.glob("*-concept.pdf")
    assert_valid(pdf.read_bytes())
    text = " ".join(page_texts(pdf))
    assert "Van geen enkele afgeronde zaak is een norm bekend." in text
    assert "Elke zaak heeft een zaaktype. niet vrijgegeven 4 van 890" in text
    assert run_record(workspace, WEEK)["reports"]["case_overview"]["verdict"] == "niet vrijgegeven"
    facts = facts_of(made)
    assert (fact(facts, "K04")["value"], fact(facts, "K04")["denominator"]) == (None, 0)

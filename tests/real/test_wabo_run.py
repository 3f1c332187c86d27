"""The weekly run on a real event log (CoSeLoG receipt phase, 4TU): all weeks as figures, two weeks as PDF."""

from __future__ import annotations

import hashlib
import json
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.builders import run_record, weekrapport
from tests.pdf_pages import page_texts
from weekrapport.domain import kpis
from weekrapport.domain.as_of import as_of_view
from weekrapport.domain.calendars import werkkalender
from weekrapport.domain.schema import TABLES
from weekrapport.domain.zaakbeeld import zaakbeeld
from weekrapport.settings import load_workspace
from weekrapport.sources.inbox import read_inbox
from weekrapport.week import Week, local_date, week_range
from weekrapport.weekly.plan import default_as_of

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

REPOSITORY = Path(__file__).resolve().parents[2]
RECEIPT = REPOSITORY.parent / "shared" / "real" / "wabo-receipt" / "receipt.csv"
MAPPING = Path(__file__).parent / "wabo" / "weekrapport.toml"
WEEKS = ("2011-W20", "2011-W52")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not RECEIPT.is_file():
        pytest.skip(f"the public event log is not at {RECEIPT}")
    root = tmp_path_factory.mktemp("wabo")
    (root / "data" / "inbox").mkdir(parents=True)
    shutil.copy(MAPPING, root)
    shutil.copy(RECEIPT, root / "data" / "inbox")
    return root


@pytest.fixture(scope="module")
def raw(workspace: Path) -> pd.DataFrame:
    """Return one row per case of the file itself, with local days; nothing of the system is used."""
    events = pd.read_csv(RECEIPT, dtype="str").drop_duplicates("case:concept:name")
    names = {"start": "case:startdate", "end": "case:enddate", "deadline": "case:deadline"}
    moments = {
        name: pd.to_datetime(events[header], format="ISO8601", utc=True).dt.tz_convert("Europe/Amsterdam")
        for name, header in names.items()
    }
    days = {name: moment.dt.tz_localize(None).dt.normalize() for name, moment in moments.items()}
    return pd.DataFrame({"team": events["case:department"], **days})


@pytest.fixture(scope="module")
def made(workspace: Path) -> dict[str, Path]:
    folders = {}
    for week in WEEKS:
        ran = weekrapport("run", "--direct", "--workspace", workspace, "--week", week)
        assert ran.code == 0, ran
        folders[week] = workspace / "output" / week / "case_overview"
    return folders


def test_every_finished_case_is_in_one_week_and_every_miss_is_counted(workspace):
    """Each week as it was known on the first working day after it, as a series of Mondays would have shown it."""
    space = load_workspace(workspace)
    tables = read_inbox(space).tables
    last_end = tables["zaak"]["einddatum"].max().date()
    weeks = week_range(Week.of(tables["zaak"]["startdatum"].min().date()), Week.of(last_end))
    finished = tijdig = noemer = 0
    for week in weeks:
        as_of = default_as_of(week, space)
        view = {name: frame.iloc[:0] for name, frame in _empty().items()} | {
            "zaak": as_of_view("zaak", tables["zaak"], as_of)
        }
        done = kpis.afgerond(zaakbeeld(view, local_date(as_of), werkkalender()), week)
        on_time, counted = kpis.tijdigheid(done)
        finished, tijdig, noemer = finished + len(done), tijdig + on_time, noemer + counted
    assert finished == 1329
    assert noemer - tijdig == 309


def _empty() -> dict[str, pd.DataFrame]:
    return {name: table.empty() for name, table in TABLES.items()}


@pytest.mark.parametrize("week", WEEKS)
def test_the_figures_agree_with_the_file(week, made, raw):
    facts = json.loads((made[week] / "facts.json").read_text("utf-8"))["facts"]
    monday = pd.Timestamp(Week.parse(week).monday)
    sunday = monday + timedelta(days=6)
    done = raw[raw["end"].between(monday, sunday)]
    due = done[done["deadline"].notna()]

    def fact(id: str, scope: dict[str, str] | None = None, **more: Any) -> dict[str, Any]:
        (found,) = [
            each for each in facts
            if each["id"] == id and each["scope"] == (scope or {})
            and {key: each[key] for key in ("measure", "period") if key in each} == more
        ]  # fmt: skip
        return found

    assert fact("K01")["value"] == len(done)
    assert fact("K02")["value"] == int(raw["start"].between(monday, sunday).sum())
    assert fact("K03")["value"] == int(((raw["start"] <= sunday) & ~(raw["end"] <= sunday)).sum())
    assert (fact("K04")["numerator"], fact("K04")["denominator"]) == (
        int((due["end"] <= due["deadline"]).sum()),
        len(due),
    )
    for team, rows in done.groupby("team"):
        assert fact("K01", {"team": team})["value"] == len(rows)
    duration = (done["end"] - done["start"]).dt.days
    if len(duration) >= 5:
        assert fact("K06", measure="p50")["value"] == pytest.approx(duration.quantile(0.5))
        assert fact("K06", measure="p90")["value"] == pytest.approx(duration.quantile(0.9))


@pytest.mark.parametrize("week", WEEKS)
def test_what_the_log_does_not_give_is_said_in_one_sentence(week, made):
    (pdf,) = made[week].glob("*-concept.pdf")
    text = " ".join(page_texts(pdf))
    (said,) = [part for part in text.split(". ") if "Niet aangeleverd:" in part]
    assert "het zaaktype" in said
    assert "de klant" in said
    assert "servicenormen" in said
    assert "Zaaktype" not in text.split("Bijlage")[-1]


def test_a_second_run_gives_the_same_bytes(workspace, made):
    def hashes() -> dict[str, str]:
        files = [
            path for folder in made.values() for path in folder.rglob("*") if path.suffix in (".pdf", ".csv", ".json")
        ]
        return {
            str(path): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in files
            if path.parent.name != "vervallen"
        }

    before = hashes()
    ran = weekrapport("run", "--direct", "--workspace", workspace, "--week", WEEKS[0])
    assert ran.code == 0, ran
    assert hashes() == before
    assert run_record(workspace, WEEKS[0])["snapshot"] == "r1"


def test_a_week_after_the_log_is_not_issued(workspace):
    ran = weekrapport("run", "--direct", "--workspace", workspace, "--week", "2013-W10")
    assert ran.code == 4, ran
    assert not list((workspace / "output" / "2013-W10").rglob("*-concept.pdf"))

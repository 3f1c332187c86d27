"""The quality report on a real event log (CoSeLoG receipt phase, 4TU): a status as acknowledgement of receipt."""

from __future__ import annotations

import json
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.builders import weekrapport
from tests.pdf_pages import assert_valid, page_texts
from weekrapport.week import Week

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

REPOSITORY = Path(__file__).resolve().parents[2]
RECEIPT = REPOSITORY.parent / "shared" / "real" / "wabo-receipt" / "receipt.csv"
MAPPING = Path(__file__).parent / "wabo" / "weekrapport.toml"
WEEK = "2011-W20"
SENT = "T05 Print and send confirmation of receipt"
QUALITY = f'\n[quality]\nontvangst_statussen = ["{SENT}"]\n'
DAYS_OFF = {  # 2010 and 2011; 5 May 2010 was a lustrum, Queen's Day 2011 a Saturday
    *(date(2010, *day) for day in ((1, 1), (4, 5), (4, 30), (5, 5), (5, 13), (5, 24))),
    *(date(2011, *day) for day in ((4, 25), (6, 2), (6, 13), (12, 26))),
}


def workspace_of(folder: Path, more: str) -> Path:
    if not RECEIPT.is_file():
        pytest.skip(f"the public event log is not at {RECEIPT}")
    (folder / "data" / "inbox").mkdir(parents=True)
    (folder / "weekrapport.toml").write_text(MAPPING.read_text("utf-8") + more, "utf-8")
    shutil.copy(RECEIPT, folder / "data" / "inbox")
    return folder


def made(folder: Path) -> Path:
    ran = weekrapport("run", "--direct", "--workspace", folder, "--week", WEEK, "--report", "quality_sample")
    assert ran.code == 0, ran
    return folder / "output" / WEEK / "quality_sample"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(workspace_of(tmp_path_factory.mktemp("wabo"), QUALITY))


@pytest.fixture(scope="module")
def raw() -> pd.DataFrame:
    """Return one row per case of the file itself, with local days and the day of the first confirmation sent."""
    if not RECEIPT.is_file():
        pytest.skip(f"the public event log is not at {RECEIPT}")
    events = pd.read_csv(RECEIPT, dtype="str")

    def local(values: pd.Series) -> pd.Series:
        return pd.to_datetime(values, format="ISO8601", utc=True).dt.tz_convert("Europe/Amsterdam").dt.tz_localize(None)

    cases = events.drop_duplicates("case:concept:name").set_index("case:concept:name")
    names = {"start": "case:startdate", "end": "case:enddate", "deadline": "case:deadline"}
    frame = pd.DataFrame({name: local(cases[header]).dt.normalize() for name, header in names.items()})
    sent = events[events["concept:name"] == SENT]
    moments = local(sent["time:timestamp"])
    moments = moments[moments <= pd.Timestamp("2011-05-23 07:00")]  # the as-of moment: Monday 07:00
    return frame.assign(sent=moments.dt.normalize().groupby(sent["case:concept:name"]).min())


def facts_of(folder: Path) -> list[dict[str, Any]]:
    return json.loads((folder / "facts.json").read_text("utf-8"))["facts"]


def fact(facts: list[dict[str, Any]], id: str, **more: str) -> dict[str, Any]:
    (found,) = [
        each
        for each in facts
        if each["id"] == id
        and set(each["scope"]) <= {"check"}
        and {k: each[k] for k in ("measure", "period") if k in each} == more
    ]
    return found


def in_week(raw: pd.DataFrame, week: Week) -> pd.DataFrame:
    return raw[raw["end"].between(pd.Timestamp(week.monday), pd.Timestamp(week.sunday))]


def working_days_after(first: date, last: date) -> int:
    days = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
    return sum(day.weekday() < 5 and day not in DAYS_OFF for day in days)


def verdict(start: pd.Timestamp, sent: pd.Timestamp) -> str:
    if pd.notna(sent):
        return "goed" if working_days_after(start.date(), sent.date()) <= 3 else "fout"
    return "fout" if working_days_after(start.date(), date(2011, 5, 22)) > 3 else "nog niet"


@pytest.mark.parametrize("back", range(13))
def test_the_figures_of_every_week_agree_with_the_file(report, raw, back):
    facts, week = facts_of(report), Week.parse(WEEK).plus(-back)
    more = {"period": str(week)} if back else {}
    done = in_week(raw, week)
    assert len(done) > 5
    due = done[done["deadline"].notna()]
    on_time = fact(facts, "Q01", **more)
    assert (on_time["numerator"], on_time["denominator"]) == (int((due["end"] <= due["deadline"]).sum()), len(due))
    verdicts = [verdict(row.start, row.sent) for row in done.itertuples()]
    told = fact(facts, "Q05", **more)
    assert told["numerator"] == verdicts.count("goed")
    assert told["denominator"] == verdicts.count("goed") + verdicts.count("fout")


def test_the_log_allows_two_checks_and_the_report_says_what_the_others_need(report):
    facts = facts_of(report)
    assert {each["id"] for each in facts} == {"Q00", "Q01", "Q05", "K31"}
    (pdf,) = report.glob("*-concept.pdf")
    assert_valid(pdf.read_bytes())
    pages = page_texts(pdf)
    assert "automatisch getoetst op 2 punten" in pages[0]
    (said,) = [page for page in pages if "Niet getoetst:" in page]
    for text in ("verplichte documenten per zaaktype", "wettelijke termijnen per zaaktype", "rust alleen op statussen"):
        assert text in said


def test_without_the_setting_the_acknowledgement_is_not_tested(tmp_path):
    facts = facts_of(made(workspace_of(tmp_path, "")))
    assert {each["id"] for each in facts} == {"Q00", "Q01"}


def test_a_status_that_does_not_exist_makes_no_case_wrong(tmp_path):
    facts = facts_of(made(workspace_of(tmp_path, QUALITY.replace("T05", "T5"))))
    assert {each["id"] for each in facts} == {"Q00", "Q01"}

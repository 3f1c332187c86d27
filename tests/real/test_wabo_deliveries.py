"""The report on deliveries on a real event log (CoSeLoG receipt phase, 4TU), against figures made with pandas alone."""

from __future__ import annotations

import json
import math
import shutil
from datetime import timedelta
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
SLUG = "upcoming_deliveries"
WEEKS = {"2011-W20": "2011-05-23", "2011-W16": "2011-04-26"}
"""Week and as-of day: an ordinary Monday, and the Tuesday after Easter Monday 25 April 2011."""
DAYS_OFF = pd.to_datetime(["2011-04-25", "2011-06-02", "2011-06-13"])
"""Easter Monday, Ascension Day and Whit Monday; Queen's Day, 30 April, was a Saturday."""


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
    """Return one row per case of the file itself: local days, and the moment of the end."""
    events = pd.read_csv(RECEIPT, dtype="str").drop_duplicates("case:concept:name")
    names = {
        "start": "case:startdate", "end": "case:enddate", "deadline": "case:deadline",
        "planned": "case:enddate_planned",
    }  # fmt: skip
    moments = {
        name: pd.to_datetime(events[header], format="ISO8601", utc=True).dt.tz_convert("Europe/Amsterdam")
        for name, header in names.items()
    }
    days = pd.DataFrame({name: moment.dt.tz_localize(None).dt.normalize() for name, moment in moments.items()})
    days["leading"] = days[["deadline", "planned"]].min(axis=1)
    return days.assign(
        zaak=events["case:concept:name"], team=events["case:department"], moment=moments["end"]
    ).reset_index(drop=True)


@pytest.fixture(scope="module", params=list(WEEKS))
def made(request: pytest.FixtureRequest, workspace: Path) -> tuple[str, Path]:
    week = request.param
    ran = weekrapport("run", "--direct", "--workspace", workspace, "--week", week, "--report", SLUG)
    assert ran.code == 0, ran
    return week, workspace / "output" / week / SLUG


@pytest.fixture
def facts(made: tuple[str, Path]) -> dict[str, Any]:
    return json.loads((made[1] / "facts.json").read_text("utf-8"))


@pytest.fixture
def open_cases(made: tuple[str, Path], raw: pd.DataFrame) -> pd.DataFrame:
    """Return the cases that were open at seven in the morning of the as-of day."""
    peil = pd.Timestamp(WEEKS[made[0]])
    closed = raw["moment"] <= peil.tz_localize("Europe/Amsterdam") + timedelta(hours=7)
    return raw[~closed & (raw["start"] <= peil)]


def value(facts: dict[str, Any], id: str, scope: dict[str, str] | None = None, **more: str) -> Any:
    (found,) = [
        fact for fact in facts["facts"]
        if fact["id"] == id and fact["scope"] == (scope or {})
        and {key: fact[key] for key in ("measure", "period") if key in fact} == more
    ]  # fmt: skip
    return found["value"]


def working_day(day: pd.Timestamp) -> pd.Timestamp:
    while day.weekday() > 4 or day in DAYS_OFF:
        day -= timedelta(days=1)
    return day


def test_the_lists_are_those_of_the_file(made, facts, open_cases):
    monday = pd.Timestamp(Week.parse(made[0]).plus(1).monday)
    practical = open_cases["leading"].map(working_day, na_action="ignore")
    sunday = monday + timedelta(days=6)
    overdue = open_cases[open_cases["leading"] < monday]
    due = open_cases[(open_cases["leading"] >= monday) & (practical <= sunday)]
    assert len(due) > 5
    assert value(facts, "K20") == len(due)
    assert value(facts, "K21") == len(overdue)
    assert value(facts, "K27") == open_cases["leading"].isna().sum()
    ages = (pd.Timestamp(WEEKS[made[0]]) - overdue["leading"]).dt.days
    assert value(facts, "K21", measure="mediaan_dagen") == ages.median()
    assert value(facts, "K21", measure="max_dagen") == ages.max()
    for offset in range(5):
        day = monday + timedelta(days=offset)
        assert value(facts, "K20", period=f"{day:%Y-%m-%d}") == (practical[due.index] == day).sum()
    for ahead in range(3):
        begin = monday + timedelta(weeks=ahead + 1)
        week = str(Week.of(begin.date()))
        assert value(facts, "K20", period=week) == practical.between(begin, begin + timedelta(days=6)).sum()
    files = {"te_leveren": due, "achterstallig": overdue}
    for name, rows in files.items():
        listed = pd.read_csv(made[1] / "tables" / f"{name}.csv", sep=";", decimal=",", encoding="utf-8-sig")
        assert sorted(listed["zaak"]) == sorted(rows["zaak"])


def test_per_team(facts, open_cases, made):
    monday = pd.Timestamp(Week.parse(made[0]).plus(1).monday)
    for team, rows in open_cases.groupby("team"):
        assert value(facts, "K21", {"team": team}) == (rows["leading"] < monday).sum()


def test_what_became_of_last_week(made, facts, raw):
    week = Week.parse(made[0])
    first, last = pd.Timestamp(week.monday), pd.Timestamp(week.sunday)
    seven = pd.Timestamp(WEEKS[made[0]]).tz_localize("Europe/Amsterdam") + timedelta(hours=7)
    due = raw[raw["leading"].between(first, last) & (raw["start"] <= pd.Timestamp(WEEKS[made[0]]))]
    known = due["end"].where(due["moment"] <= seven)
    assert value(facts, "K25") == pytest.approx((known <= due["leading"]).sum() / len(due))
    assert value(facts, "K25", measure="open") == pytest.approx(known.isna().sum() / len(due))


def working_days(first: pd.Timestamp, last: pd.Timestamp) -> int:
    """Count the working days after the first day, up to and including the last; below zero when it lies before."""
    if last < first:
        return -working_days(last, first)
    days = pd.date_range(first + timedelta(days=1), last)
    off = (days.weekday > 4) | days.isin(HOLIDAYS)
    return int((~off).sum())


HOLIDAYS = pd.to_datetime(
    ["2010-04-05", "2010-04-30", "2010-05-13", "2010-05-24", "2010-12-25", "2010-12-26", "2011-01-01", *DAYS_OFF]
)


def test_the_chances_are_those_of_a_count_by_hand(made, facts, raw, open_cases):
    """The same from the file itself, case by case and day by day; nothing of the system is used."""
    peil = pd.Timestamp(WEEKS[made[0]])
    known = raw[(raw["start"] <= peil) & (raw["start"] >= peil - timedelta(days=365))]
    first_end = raw.loc[raw["moment"] <= peil.tz_localize("Europe/Amsterdam") + timedelta(hours=7), "end"].min()
    past = []
    for case in known.itertuples():
        is_open = case.Index in open_cases.index
        term = max(working_days(case.start, case.leading), 0)
        age = max(working_days(case.start, peil if is_open else case.end), 0) - (0.5 if is_open else 0)
        begin = max(working_days(case.start, first_end), 0) - term
        past.append((term, begin, age - term, not is_open))

    def chance(case: Any) -> float:
        term = max(working_days(case.start, case.leading), 0)
        age = max(working_days(case.start, peil), 0) - 1

        def comparable(other: int) -> bool:
            return int(math.log2(max(other, 1)) + 1e-9) == int(math.log2(max(term, 1)) + 1e-9)

        group = [row for row in past if comparable(row[0])]
        if sum(row[3] for row in group) < 30:
            group = past
        share = 1.0
        for day in range(age - term + 1, 1):
            at_risk = sum(begin <= day <= end for _, begin, end, _ in group)
            done = sum(finished and end == day for _, _, end, finished in group)
            share *= 1 - done / at_risk if at_risk else 1
        return share

    listed = pd.read_csv(made[1] / "tables" / "te_leveren.csv", sep=";", decimal=",", encoding="utf-8-sig")
    by_case = listed.set_index("zaak")["kans"]
    due = open_cases.set_index("zaak").loc[by_case.index]
    due = due[due["leading"] >= peil]
    expected = {case.Index: chance(case) for case in due.itertuples()}
    assert len(expected) > 5
    assert by_case[due.index].to_dict() == pytest.approx(expected, abs=1e-6)
    assert value(facts, "K22") == pytest.approx(by_case.sum(), abs=1e-6)


def test_2011_week_20_in_plain_numbers(made, facts):
    if made[0] != "2011-W20":
        return
    assert (value(facts, "K20"), value(facts, "K21")) == (13, 43)
    assert (value(facts, "K21", measure="mediaan_dagen"), value(facts, "K21", measure="max_dagen")) == (34, 178)


def test_what_the_log_does_not_give_is_said_and_not_counted(made, facts):
    assert {fact["id"] for fact in facts["facts"]} == {"K20", "K21", "K22", "K25", "K27", "K29"}
    (pdf,) = made[1].glob("*-concept.pdf")
    pages = page_texts(pdf)
    text = " ".join(pages)
    assert "Welke zaken een wettelijke termijn hebben, is niet aangeleverd." in text
    assert "Escalaties zijn niet aangeleverd." in text
    assert "Uren per medewerker zijn niet aangeleverd." in text
    assert "Welke zaken zijn opgeschort, is niet aangeleverd." in text
    assert "Resterende uren zijn niet aangeleverd." in text
    assert next(number for number, page in enumerate(pages) if "Bijlage: te leveren zaken Tabel" in page) <= 3


def test_the_pdf_is_accessible_and_archivable(made):
    (pdf,) = made[1].glob("*-concept.pdf")
    assert_valid(pdf.read_bytes())

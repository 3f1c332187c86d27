"""The quality report through the real run: a small demonstration, its figures counted again from the raw exports."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pikepdf
import pytest

from tests.builders import TOML, csv_bytes, run_record, weekrapport, write_workspace
from tests.pdf_pages import assert_valid, page_texts
from weekrapport.demo.workspace import write_demo
from weekrapport.domain.definities import KERNCIJFERS
from weekrapport.reporting.quality_sample import kwaliteit
from weekrapport.reporting.report import open_report

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

WEEK = "2026-W47"
MONDAY = date(2026, 11, 16)
SLUG = "quality_sample"
CONCEPT = f"{WEEK}-kwaliteitssteekproef-concept.pdf"
FOLDER = Path("output") / WEEK / SLUG

Export = Callable[[str], pd.DataFrame]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    write_demo(folder, factor=0.1)
    ran = weekrapport("run", "--workspace", folder, "--direct", "--report", SLUG, "--report", "case_overview")
    assert ran.code == 0, ran
    return folder


@pytest.fixture(scope="module")
def facts(demo: Path) -> list[dict[str, Any]]:
    return json.loads((demo / FOLDER / "facts.json").read_text("utf-8"))["facts"]


@pytest.fixture(scope="module")
def tables(demo: Path) -> dict[str, pd.DataFrame]:
    paths = (demo / FOLDER / "tables").glob("*.csv")
    return {path.stem: pd.read_csv(path, sep=";", decimal=",", encoding="utf-8-sig") for path in paths}


@pytest.fixture(scope="module")
def pages(demo: Path) -> list[str]:
    return page_texts(demo / FOLDER / CONCEPT)


@pytest.fixture(scope="module")
def export(demo: Path) -> Export:
    """Return a function that reads an export as text, with nothing of the system."""

    def read(name: str) -> pd.DataFrame:
        (path,) = (demo / "data/inbox").glob(f"{name}_2*.csv")
        return pd.read_csv(path, sep=";", encoding="cp1252", dtype="str")

    return read


def fact(facts: list[dict[str, Any]], id: str, scope: dict[str, str] | None = None, **more: str) -> dict[str, Any]:
    keys = {"measure", "period"}
    found = [
        each
        for each in facts
        if each["id"] == id and each["scope"] == (scope or {}) and {k: each[k] for k in keys & set(each)} == more
    ]
    assert len(found) == 1, (id, scope, more, found)
    return found[0]


# --- counted again from the exports ---------------------------------------------------------------------------------

DAYS_OFF = {
    *(date(2026, *day) for day in ((1, 1), (4, 6), (4, 27), (5, 14), (5, 25), (12, 25), (12, 26))),
    *(date(2025, *day) for day in ((12, 25), (12, 26))),
}


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in DAYS_OFF


def working_days_after(first: date, last: date) -> int:
    return sum(is_working_day(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))


def working_days_later(day: date, number: int) -> date:
    while number:
        day += timedelta(days=1)
        number -= is_working_day(day)
    return day


@pytest.fixture(scope="module")
def closed(export: Export) -> pd.DataFrame:
    """Return the counted cases of the thirteen weeks, with their days and their week."""
    raw = export("zaken")
    day = {"start": "Startdatum", "einde": "Einddatum"}
    frame = raw.assign(**{name: pd.to_datetime(raw[head], format="%d-%m-%Y") for name, head in day.items()})
    frame = frame[frame["Hoofdzaak"].isna() & (frame["Resultaatcategorie"] != "Foutief aangemaakt")]
    first = pd.Timestamp(MONDAY) - pd.Timedelta(weeks=12)
    frame = frame[frame["einde"].between(first, pd.Timestamp(MONDAY) + pd.Timedelta(days=6))]
    weeks = frame["einde"].dt.isocalendar()
    return frame.assign(week=weeks["year"].astype("str") + "-W" + weeks["week"].astype("str").str.zfill(2))


def assert_counts(facts: list[dict[str, Any]], toets: str, verdict_of: dict[str, pd.Series]) -> None:
    """Compare numerator and denominator of every week with those counted here."""
    compared = 0
    for week, verdicts in verdict_of.items():
        more = {} if week == WEEK else {"period": week}
        judged = verdicts[verdicts.isin(["goed", "fout"])]
        if judged.empty:
            continue
        found = fact(facts, toets, {"check": toets}, **more)
        assert (found["numerator"], found["denominator"]) == (int((judged == "goed").sum()), len(judged)), (toets, week)
        compared += len(judged)
    assert compared > 60, "too few cases to prove anything"


def test_q01_counted_again(facts, closed, export, tables, demo):
    """Cases without suspension or extension; how the others stand is what the case overview says, too."""
    norm = export("zaaktypen").set_index("Code")
    moved = {*export("opschortingen")["Zaaknummer"], *export("verlengingen")["Zaaknummer"]}
    counted = closed[~closed["Resultaatcategorie"].isin(["Ingetrokken", "Buiten behandeling"])]

    def is_late(row: Any) -> bool:
        value, unit = int(norm.loc[row.Zaaktype, "Servicenorm"]), norm.loc[row.Zaaktype, "Eenheid servicenorm"]
        day = row.start.date()
        if unit == "werkdagen":
            return row.einde.date() > working_days_later(day, value)
        day += timedelta(days=value)
        while not is_working_day(day):
            day += timedelta(days=1)
        return row.einde.date() > day

    now = counted[(counted["week"] == WEEK) & ~counted["Zaaknummer"].isin(moved)]
    late = {row.Zaaknummer for row in now.itertuples() if is_late(row) and row.Vertrouwelijkheid != "Vertrouwelijk"}
    listed = tables["bevindingen"]
    told = set(listed.loc[listed["toets"] == "Op tijd afgerond", "zaak"])
    assert told - moved == late
    overview = json.loads((demo / "output" / WEEK / "case_overview" / "facts.json").read_text("utf-8"))["facts"]
    mine, theirs = fact(facts, "Q01", {"check": "Q01"}), fact(overview, "K04")
    assert (mine["numerator"], mine["denominator"]) == (theirs["numerator"], theirs["denominator"])
    assert mine["denominator"] == int((counted["week"] == WEEK).sum())


def test_q05_counted_again(facts, closed, export):
    contacts = export("contactmomenten")
    outgoing = contacts[contacts["Richting"] == "Uitgaand"]
    day = pd.to_datetime(outgoing["Datum en tijd"].str[:10], format="%d-%m-%Y")
    sent = pd.DataFrame({"zaak": outgoing["Zaaknummer"], "dag": day, "soort": outgoing["Soort contact"]})
    letters = export("documenten")
    letters = letters[(letters["Richting"] == "Uitgaand") & letters["Verzonden op"].notna()]
    posted = pd.DataFrame(
        {
            "zaak": letters["Zaaknummer"],
            "dag": pd.to_datetime(letters["Verzonden op"], format="%d-%m-%Y"),
            "soort": letters["Documenttype"],
        }
    )
    per_case = {zaak: rows for zaak, rows in pd.concat([sent, posted]).groupby("zaak")}

    def verdict(row: Any) -> str:
        start = row.start.date()
        rows = per_case.get(row.Zaaknummer)
        after = [] if rows is None else [
            (working_days_after(start, r.dag.date()), r.soort == "Ontvangstbevestiging") for r in rows.itertuples()
        ]  # fmt: skip
        if any(is_receipt and n <= 3 for n, is_receipt in after):
            return "goed"
        if working_days_after(start, row.einde.date()) <= 3 and any(
            n <= 3 for n, is_receipt in after if not is_receipt
        ):
            return "nvt"
        is_over = working_days_after(start, date(2026, 11, 22)) > 3 or any(is_receipt for _, is_receipt in after)
        return "fout" if is_over else "nog niet"

    verdicts = pd.Series([verdict(row) for row in closed.itertuples()], index=closed.index)
    assert_counts(facts, "Q05", {str(week): rows for week, rows in verdicts.groupby(closed["week"])})


def test_q03_counted_again(facts, closed, export):
    required = export("documenteisen").fillna("")
    documents, statuses = export("documenten"), export("statussen")
    reached = set(zip(statuses["Zaaknummer"], statuses["Statuscode"], strict=True))
    per_case = {zaak: rows for zaak, rows in documents.groupby("Zaaknummer")}
    rules = {code: [row for _, row in rows.iterrows()] for code, rows in required.groupby("Zaaktype")}

    def verdict(case: Any) -> str:
        applies, unmet = 0, 0
        limit = working_days_later(case.einde.date(), 1)
        for rule in rules.get(case.Zaaktype, []):
            if rule["Verplicht"] == "Nee":
                continue
            if rule["Bij resultaat"] not in ("", case.Resultaat):
                continue
            if rule["Verplicht vanaf status"] and (case.Zaaknummer, rule["Verplicht vanaf status"]) not in reached:
                continue
            applies += 1
            rows = per_case.get(case.Zaaknummer, documents.iloc[:0])
            rows = rows[(rows["Documenttype"] == rule["Documenttype"]) & (rows["Status"] != "In bewerking")]
            if rule["Richting"]:
                rows = rows[rows["Richting"] == rule["Richting"]]
            on_time = pd.to_datetime(rows["Geregistreerd op"].str[:10], format="%d-%m-%Y").dt.date <= limit
            unmet += int(on_time.sum()) < int(rule["Minimaal aantal"] or 1)
        if not applies:
            return "nvt"
        if not unmet:
            return "goed"
        return "fout" if limit < date(2026, 11, 23) else "nog niet"

    verdicts = pd.Series([verdict(row) for row in closed.itertuples()], index=closed.index)
    assert_counts(facts, "Q03", {str(week): rows for week, rows in verdicts.groupby(closed["week"])})
    now = verdicts[closed["week"] == WEEK]
    assert fact(facts, "Q00", {"check": "Q03"}, measure="niet te beoordelen")["value"] == int((now == "nog niet").sum())
    assert fact(facts, "Q00")["value"] == len(now)


# --- what a run leaves ----------------------------------------------------------------------------------------------


def test_the_facts_keep_the_contract(demo, facts):
    assert run_record(demo)["reports"][SLUG]["status"] == "concept"
    for each in facts:
        assert each["name"] == KERNCIJFERS[each["id"]].naam
        assert set(each["scope"]) <= {"team", "check"}
        if each["unit"] == "aandeel":
            assert each["value"] is None or 0 <= each["value"] <= 1
    tested = fact(facts, "Q00")["value"]
    for check in {each["scope"]["check"] for each in facts if each["id"] == "Q00" and each["scope"]}:
        names = ("goed", "fout", "nvt", "niet te beoordelen")
        assert sum(fact(facts, "Q00", {"check": check}, measure=name)["value"] for name in names) == tested


def test_a_signal_below_the_norm(demo, facts):
    signals = json.loads((demo / FOLDER / "facts.json").read_text("utf-8"))["signals"]
    expected = {
        signal
        for signal, id in (("R3-S03", "K30"), ("R3-S04", "K31"))
        if fact(facts, id)["denominator"] and fact(facts, id)["value"] < 0.95
    }
    assert {each["id"] for each in signals} == expected
    assert all(set(each) == {"id", "severity", "where", "values"} for each in signals)


def test_the_pdf_is_valid_and_keeps_its_page_budget(demo, pages):
    assert_valid((demo / FOLDER / CONCEPT).read_bytes())
    annex = next(number for number, page in enumerate(pages) if "Bijlage: bevindingen Tabel" in page or
                 "Bijlage: bevindingen Bij" in page)  # fmt: skip
    assert annex <= 4
    assert all("Vertrouwelijk – MT en betrokken manager" in page for page in pages)


def test_page_one_says_what_was_tested_and_what_was_not_judged(pages, facts):
    assert f"{fact(facts, 'Q00')['value']} zaken van week 47" in pages[0].replace("Zaken", "zaken")
    assert "automatisch getoetst op 7 punten" in pages[0]
    assert "oordeel van de officer" in pages[0]
    assert "Nieuw sinds vorige week" in pages[0]


def test_nothing_of_the_sample_is_shown_as_if_it_existed(pages):
    words = set(re.findall(r"\w+", " ".join(pages).lower()))
    assert not words & {"getrokken", "beoordeeld", "strata", "stratum", "foutaandeel", "kappa", "trekking"}


def test_no_person_and_no_small_team_is_in_the_report(demo, pages, tables, export):
    text = " ".join(pages)
    staff = export("medewerkers")
    assert [name for name in staff["Naam"] if name in text] == []
    assert not re.search(r"\bM1\d\d\b", text)
    small = staff[staff["Uit dienst"].isna()].groupby("Team").size()
    names = export("teams").set_index("Teamcode")["Naam"]
    hidden = {names[code] for code in small.index[small < 4]}
    assert hidden
    for frame in tables.values():
        assert not ({*frame.get("team", pd.Series(dtype="str")).dropna()} & hidden)
    facts = json.loads((demo / FOLDER / "facts.json").read_text("utf-8"))["facts"]
    assert not ({each["scope"].get("team") for each in facts} & hidden)
    per_team = [each for each in facts if "team" in each["scope"]]
    assert all(each["denominator"] == 0 or each["denominator"] >= 3 for each in per_team)


def test_a_confidential_case_stands_in_the_list_by_number_only(tables, export):
    secret = export("zaken").set_index("Zaaknummer")["Vertrouwelijkheid"] == "Vertrouwelijk"
    for name in ("bevindingen", "nagekomen_bevindingen"):
        frame = tables.get(name, pd.DataFrame(columns=["zaak", "zaaktype", "team", "bevinding"]))
        rows = frame[frame["zaak"].map(secret).fillna(False).astype(bool)]
        assert (rows["zaaktype"] == "vertrouwelijk").all()
        assert rows[["team", "bevinding"]].isna().all(axis=None)


def test_every_csv_is_attached_in_full(demo):
    with pikepdf.open(demo / FOLDER / CONCEPT) as pdf:
        attached = {name: bytes(spec.get_file().read_bytes()) for name, spec in pdf.attachments.items()}
    for path in (demo / FOLDER / "tables").glob("*.csv"):
        assert attached[path.name] == path.read_bytes()


def test_a_report_on_a_small_team_shows_no_results(demo, export):
    staff, names = export("medewerkers"), export("teams").set_index("Teamcode")["Naam"]
    size = staff[staff["Uit dienst"].isna()].groupby("Team").size()
    small = names[size.index[size < 4][0]]
    ran = weekrapport("run", "--workspace", demo, "--direct", "--report", SLUG, "--team", small)
    assert ran.code == 0, ran
    pdf = Path(ran.out.splitlines()[-1])
    assert "minder dan 4 medewerkers" in page_texts(pdf)[0]
    content = json.loads((pdf.parent / "facts.json").read_text("utf-8"))
    assert (content["facts"], content["signals"]) == ([], [])
    attached = {path.stem for path in (pdf.parent / "tables").glob("*.csv")}
    assert not {name for name in attached if "toets" in name or "bevinding" in name or "documenten" in name}


def test_a_report_on_one_team_hides_a_check_on_one_or_two_cases(demo, export):
    large = export("medewerkers").groupby("Team").size().idxmax()
    name = export("teams").set_index("Teamcode")["Naam"][large]
    ran = weekrapport("run", "--workspace", demo, "--direct", "--report", SLUG, "--team", name)
    assert ran.code == 0, ran
    pdf = Path(ran.out.splitlines()[-1])
    content = json.loads((pdf.parent / "facts.json").read_text("utf-8"))["facts"]
    assert {each["scope"]["team"] for each in content} == {name}
    shares = [each for each in content if "denominator" in each]
    assert shares
    assert all(each["denominator"] == 0 or each["denominator"] >= 3 for each in shares)


def test_the_checks_of_thirteen_weeks_take_less_than_a_second(tmp_path):
    """Of the whole demonstration, without reading its tables; generous, because the machine may be busy."""
    write_demo(tmp_path)
    ran = weekrapport("run", "--workspace", tmp_path, "--direct", "--report", SLUG)
    assert ran.code == 0, ran
    report = open_report(SLUG, week=WEEK, workspace=str(tmp_path))
    assert len(report.tables["zaak_document"]) > 20_000
    assert len(report.zaken) > 9_000
    before = time.process_time()
    kwaliteit(report)
    assert time.process_time() - before < 2.5


# --- what lacks -----------------------------------------------------------------------------------------------------

CONTACTEN = """
[[source]]
name = "contacten"
table = "contactmoment"
files = "contacten*.csv"

[source.columns]
contact_id = "Nr"
zaak_id = "Zaak"
datumtijd = "Moment"
richting = "Richting"
soort = "Soort"
"""
HEADER = "Zaaknummer;Start;Einde;Team;Klant"
TOML_KLANT = TOML + 'klant_id = "Klant"\n'


def made(folder: Path, lines: list[str], contacts: list[str] | None = None) -> tuple[list[str], list[dict[str, Any]]]:
    """Return the pages and facts of a workspace with these cases and contacts."""
    write_workspace(folder, csv_bytes(*lines, header=HEADER), TOML_KLANT + (CONTACTEN if contacts else ""))
    if contacts:
        content = csv_bytes(*contacts, header="Nr;Zaak;Moment;Richting;Soort")
        (folder / "data/inbox/contacten_20261123-0530.csv").write_bytes(content)
    ran = weekrapport("run", "--workspace", folder, "--direct", "--report", SLUG)
    assert ran.code == 0, ran
    facts = json.loads((folder / FOLDER / "facts.json").read_text("utf-8"))["facts"]
    return page_texts(folder / FOLDER / CONCEPT), facts


def test_a_single_case(tmp_path):
    pages, facts = made(
        tmp_path,
        ["Z-1;02-11-2026;18-11-2026;A;K"],
        ["1;Z-1;05-11-2026 10:00;uitgaand;ontvangstbevestiging", "2;Z-1;18-11-2026 10:00;uitgaand;overig"],
    )
    assert "1 zaak van week 47 is automatisch getoetst op 3 punten" in pages[0]
    assert fact(facts, "K31")["value"] == 1.0
    assert "1 zaken" not in " ".join(pages)
    assert "Niet getoetst:" in pages[1]
    assert "verplichte documenten per zaaktype" in pages[1]


def test_a_friday_case_without_a_closing_message_is_not_wrong_on_monday(tmp_path):
    pages, facts = made(
        tmp_path,
        ["Z-1;16-11-2026;20-11-2026;A;K", "Z-2;16-11-2026;18-11-2026;A;K", "Z-3;16-11-2026;18-11-2026;A;"],
        ["1;Z-1;16-11-2026 10:00;uitgaand;ontvangstbevestiging"],
    )
    counts = {
        name: fact(facts, "Q00", {"check": "Q07"}, measure=name)["value"]
        for name in ("goed", "fout", "nvt", "niet te beoordelen")
    }
    assert counts == {"goed": 0, "fout": 1, "nvt": 1, "niet te beoordelen": 1}
    assert "Nog niet" in pages[1]


def test_without_any_source_nothing_is_tested_and_that_is_said(tmp_path):
    pages, facts = made(tmp_path, ["Z-1;02-11-2026;18-11-2026;A;K"])
    assert "laten geen enkele toets toe" in pages[0]
    assert {each["id"] for each in facts} == {"Q00"}


def test_without_finished_cases_there_is_nothing_to_show(tmp_path):
    pages, facts = made(tmp_path, ["Z-1;16-11-2026;;A;K"], ["1;Z-1;16-11-2026 10:00;uitgaand;ontvangstbevestiging"])
    assert "Deze week zijn er geen zaken afgerond." in pages[0]
    assert fact(facts, "Q00")["value"] == 0
    assert "100" not in pages[0]

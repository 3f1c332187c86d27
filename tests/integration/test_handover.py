"""The handover list of a small demonstration, made by the real run; its figures counted from the exports."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pikepdf
import pytest

from tests.builders import run_record, weekrapport, write_workspace
from tests.pdf_pages import assert_valid, page_texts
from weekrapport.demo.workspace import write_demo

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

WEEK, SLUG = "2026-W47", "handover"


def facts_of(folder: Path) -> dict[str, Any]:
    return json.loads((folder / SLUG / "facts.json").read_text("utf-8"))


def value(facts: dict[str, Any], id: str, scope: dict[str, str] | None = None, measure: str | None = None) -> Any:
    (found,) = [
        each
        for each in facts["facts"]
        if (each["id"], each["scope"], each.get("measure")) == (id, scope or {}, measure)
    ]
    return found["value"]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    write_demo(folder, factor=0.3)
    ran = weekrapport("run", "--direct", "--report", SLUG, "--workspace", folder)
    assert ran.code == 0, ran
    return folder


@pytest.fixture(scope="module")
def folder(demo: Path) -> Path:
    return demo / "output" / WEEK


@pytest.fixture(scope="module")
def cases(demo: Path) -> pd.DataFrame:
    """The open main cases of the export, read without our own readers."""
    (path,) = (demo / "data" / "inbox").glob("zaken_*.csv")
    frame = pd.read_csv(path, sep=";", encoding="cp1252", dtype=str, keep_default_na=False)
    frame = frame[(frame["Einddatum"] == "") & (frame["Hoofdzaak"] == "")]
    return frame.assign(waits=frame["Opgeschort"] == "Ja")


def test_it_is_one_page_with_the_lines_and_the_text_attached(folder):
    (path,) = (folder / SLUG).glob("*-concept.pdf")
    assert path.name == f"{WEEK}-overdracht-concept.pdf"
    assert len(page_texts(path)) == 1
    assert_valid(path.read_bytes())
    with pikepdf.open(path) as pdf:
        names = {"overdracht.csv", "overdracht.txt", "controles.csv", "bronnen.csv", "definities.csv"}
        assert names <= set(pdf.attachments)
        attached = pdf.attachments["overdracht.txt"].get_file().read_bytes()
    assert attached == (folder / SLUG / "overdracht.txt").read_bytes()


def test_the_text_is_one_of_the_outputs_of_the_run(demo):
    record = run_record(demo)["reports"][SLUG]
    assert f"{SLUG}/overdracht.txt" in [each["path"] for each in record["outputs"]]


def test_the_text_says_what_the_table_says(folder):
    lines = (folder / SLUG / "overdracht.txt").read_text("utf-8").splitlines()
    assert len(lines) <= 15
    table = pd.read_csv(folder / SLUG / "tables" / "overdracht.csv", sep=";", encoding="utf-8-sig")
    shown = lines[3 : 3 + min(len(table), 11)]
    for line, row in zip(shown, table.itertuples(index=False), strict=False):
        if row.klant == "vertrouwelijk":
            assert line == f"{row.zaak}: vertrouwelijk. Zie de zaak."
            continue
        assert line.startswith(f"{row.team}: {row.zaak}")
        assert row.waarom in line and row.wat_te_doen in line


def test_the_figures_are_those_of_the_export(folder, cases):
    facts = facts_of(folder)
    moves = cases[~cases["waits"]]
    assert value(facts, "K50") == (moves["Prioriteit"] == "P1").sum()
    assert value(facts, "K51", measure="escalatie") == cases["Escalatieniveau"].isin(["2", "3"]).sum()
    table = pd.read_csv(folder / SLUG / "tables" / "overdracht.csv", sep=";", encoding="utf-8-sig")
    assert value(facts, "K51") == len(table) == table["zaak"].nunique()
    assert set(table["zaak"]) <= set(cases["Zaaknummer"])
    per_team = {
        each["scope"]["team"]: each["value"] for each in facts["facts"] if each["id"] == "K51" and each["scope"]
    }
    assert per_team == table["team"].value_counts().to_dict()
    late = pd.to_datetime(table["leverdatum"]) < pd.Timestamp("2026-11-23")
    assert value(facts, "K51", measure="te_laat") >= late.sum()  # a confidential case has no date in the table


def test_absence_is_told_per_team_that_is_large_enough(demo, folder):
    inbox = demo / "data" / "inbox"
    (path,) = inbox.glob("capaciteit_*.csv")
    hours = pd.read_csv(path, sep=";", encoding="cp1252", decimal=",")
    today = hours[hours["Datum"] == "23-11-2026"].set_index("Medewerkernummer")
    staff = pd.read_csv(next(inbox.glob("medewerkers_*.csv")), sep=";", encoding="cp1252").set_index("Medewerkernummer")
    absent = (today["Verlofuren"] + today["Overig afwezig"]).groupby(staff["Team"]).sum()
    teams = pd.read_csv(next(inbox.glob("teams_*.csv")), sep=";", encoding="cp1252").set_index("Teamcode")["Naam"]
    expected = {teams[code]: hours for code, hours in absent.items() if code not in ("T06", "T07")}
    expected["Kleine teams"] = absent["T06"] + absent["T07"]
    told = {each["scope"]["team"]: each["value"] for each in facts_of(folder)["facts"] if each["id"] == "K52"}
    assert told == pytest.approx(expected)
    assert sum(told.values()) > 0
    text = page_texts(next((folder / SLUG).glob("*-concept.pdf")))[0]
    assert not [name for name in staff["Naam"] if name in text]


def test_the_weekly_run_makes_the_four_weekly_reports_only(demo):
    from datetime import UTC, datetime

    from weekrapport.weekly.plan import make_plan

    made = make_plan(demo, now=datetime.now(UTC)).slugs
    assert made == ("case_overview", "upcoming_deliveries", "quality_sample", "budget_variance")


def test_the_teams_are_together_the_whole(demo, folder):
    whole = pd.read_csv(folder / SLUG / "tables" / "overdracht.csv", sep=";", encoding="utf-8-sig")
    found = []
    for team in sorted(whole["team"].unique()):
        ran = weekrapport("run", "--direct", "--report", SLUG, "--workspace", demo, "--team", team)
        assert ran.code == 0, ran
        (path,) = [Path(line) for line in ran.out.splitlines() if line.endswith(".pdf")]
        found.append(pd.read_csv(path.parent / "tables" / "overdracht.csv", sep=";", encoding="utf-8-sig"))
        assert len(page_texts(path)) == 1
    assert sorted(pd.concat(found)["zaak"]) == sorted(whole["zaak"])


TOML = """week = "2026-W47"

[organisation]
name = "Proefbedrijf"

[[source]]
name = "zaken"
table = "zaak"
files = "zaken*.csv"

[source.columns]
zaak_id = "Zaaknummer"
startdatum = "Start"
einddatum = "Einde"
einddatum_gepland = "Gepland"
team_id = "Team"
klant_id = "Klant"
zaaktype_id = "Zaaktype"
behandelaar_id = "Wie"
prioriteit = "Prioriteit"
escalatieniveau = "Escalatie"
vertrouwelijkheid = "Geheim"
"""


@pytest.mark.parametrize("teams", [1, 9, 40])
def test_with_many_long_lines_and_bad_data_it_is_still_one_page(tmp_path, teams):
    rng = np.random.default_rng(1)
    name = "Team voor het onderhoud en beheer van alle koppelvlakken nummer"
    header = "Zaaknummer;Start;Einde;Gepland;Team;Klant;Zaaktype;Wie;Prioriteit;Escalatie;Geheim"
    lines = [
        f"ZAAK-2026-{number:07d};{17 if number % 9 else 2:02d}-11-2026;;"
        f"{date(2026, 11, int(day)):%d-%m-%Y};{name} {number % teams};"
        f"Samenwerkingsverband Noordelijke Veenkoloniën {number};Aanvraag omgevingsvergunning uitgebreid;;P1;3;onbekend"
        for number, day in enumerate(rng.integers(3, 27, 120))
    ]
    content = "".join(f"{line}\r\n" for line in (header, *lines)).encode()
    workspace = write_workspace(tmp_path, content, TOML)
    ran = weekrapport("run", "--direct", "--report", SLUG, "--workspace", workspace)
    assert ran.code == 0, ran
    (path,) = (workspace / "output" / WEEK / SLUG).glob("*-concept.pdf")
    (text,) = page_texts(path)
    assert "NIET VRIJGEGEVEN" in text
    assert "Alle regels staan in overdracht.csv" in text


def test_a_list_that_is_stopped_leaves_no_old_text(demo, tmp_path):
    workspace = write_workspace(tmp_path, b"Zaaknummer;Start;Einde;Team\r\nZ-1;02-11-2026;;A\r\nZ-2;16-11-2026;;A\r\n")
    assert weekrapport("run", "--direct", "--report", SLUG, "--workspace", workspace).code == 0
    text = workspace / "output" / WEEK / SLUG / "overdracht.txt"
    assert text.is_file()
    write_workspace(tmp_path, b"Zaaknummer;Start;Einde;Team\r\n")
    assert weekrapport("run", "--direct", "--report", SLUG, "--workspace", workspace).code == 4
    assert not text.exists()

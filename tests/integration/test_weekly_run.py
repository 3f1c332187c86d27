"""A whole weekly run of a small demonstration, in its own process: what it leaves, and whether the figures agree."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pikepdf
import pytest

from tests.builders import run_record, weekrapport
from tests.pdf_pages import page_texts
from weekrapport.demo.workspace import write_demo
from weekrapport.domain.definities import KERNCIJFERS
from weekrapport.reporting.blocks import BLOCK_MIME

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

WEEK = "2026-W47"
COMMAND = Path(sys.executable).with_name("weekrapport")
CONCEPT = f"{WEEK}-zaakoverzicht-concept.pdf"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    write_demo(folder, factor=0.1)
    return folder


@pytest.fixture(scope="module")
def done(demo: Path) -> subprocess.CompletedProcess[str]:
    command = [COMMAND, "run", "--workspace", demo, "--direct", "--report", "case_overview"]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, cwd=demo.parent)


@pytest.fixture(scope="module")
def folder(demo: Path, done: subprocess.CompletedProcess[str]) -> Path:
    assert done.returncode == 0, done.stderr
    return demo / "output" / WEEK


@pytest.fixture(scope="module")
def facts(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "case_overview" / "facts.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def tables(folder: Path) -> dict[str, pd.DataFrame]:
    return {
        path.stem: pd.read_csv(path, sep=";", decimal=",", encoding="utf-8-sig")
        for path in (folder / "case_overview" / "tables").glob("*.csv")
    }


@pytest.fixture(scope="module")
def pages(folder: Path) -> list[str]:
    return page_texts(folder / "case_overview" / CONCEPT)


def value(facts: dict[str, Any], id: str, scope: dict[str, str] | None = None, **more: str) -> Any:
    keys = {"measure", "period"}
    found = [
        fact
        for fact in facts["facts"]
        if fact["id"] == id and fact["scope"] == (scope or {}) and {key: fact[key] for key in keys & set(fact)} == more
    ]
    assert len(found) == 1, (id, scope, more, found)
    return found[0]["value"]


def test_the_run_ends_well_and_prints_the_paths_of_the_pdfs_last(done, folder):
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == str(folder / "case_overview" / CONCEPT)
    assert "case_overview: concept" in done.stdout
    assert "Traceback" not in done.stderr
    assert "Warning" not in done.stderr
    lines = done.stderr.splitlines()
    assert all(re.match(r"\[ *\d+\.\d s\] ", line) for line in lines), done.stderr
    assert "\x1b" not in done.stdout + done.stderr  # not a terminal: plain lines


def test_the_files_of_the_contract(folder):
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    expected = {"run.json", f"case_overview/{CONCEPT}", "case_overview/case_overview.ipynb", "case_overview/facts.json"}
    assert expected <= found
    rest = found - expected
    assert {name.split("/")[0] for name in rest} == {"gate", "case_overview"}
    assert all(re.fullmatch(r"gate/[a-z_]+\.json|case_overview/tables/[a-z_]+\.csv", name) for name in rest), rest
    assert {f"gate/{name}.json" for name in ("zaak", "zaaktype")} <= rest
    assert "case_overview/tables/opgeleverde_zaken.csv" in rest


def test_run_json(folder, demo):
    record = run_record(demo)
    assert {
        "schema_version", "run_id", "week", "as_of", "git_commit", "lock_sha256", "snapshot", "inputs", "sources",
        "reports",
    } <= set(record)  # fmt: skip
    assert record["week"] == WEEK
    assert record["as_of"] == "2026-11-23T06:00:00Z"
    assert re.fullmatch(r"[0-9a-f]{12}", record["run_id"])
    assert re.fullmatch(r"[0-9a-f]{64}", record["lock_sha256"])
    inbox = {path.name: path.read_bytes() for path in (demo / "data" / "inbox").iterdir() if path.is_file()}
    folders = [item for item in record["inputs"] if item["name"].endswith("/")]
    assert {item["name"]: item["sha256"] for item in record["inputs"] if item not in folders} == {
        name: hashlib.sha256(content).hexdigest() for name, content in inbox.items()
    }
    documents = [path for path in (demo / "data" / "inbox" / "facturen").rglob("*") if path.is_file()]
    assert [(item["name"], item["rows_read"]) for item in folders] == [("facturen/", len(documents))]
    for source in record["sources"]:
        assert source["error"] is None
        item = next(item for item in record["inputs"] if item["source"] == source["source"])
        if not item["name"].endswith(".csv"):
            continue
        lines = list(csv.reader(io.StringIO(inbox[item["name"]].decode("cp1252")), delimiter=";"))
        assert source["rows_read"] == len(lines) - 1
        assert source["rows_quarantined"] == 0
        assert source["error"] is None
    report = record["reports"]["case_overview"]
    assert report["status"] == "concept"
    assert report["verdict"] in ("in orde", "met opmerkingen")
    assert report["seconds"] > 0
    for output in report["outputs"]:
        assert hashlib.sha256((folder / output["path"]).read_bytes()).hexdigest() == output["sha256"]
    assert {f"case_overview/{CONCEPT}", "case_overview/facts.json"} <= {output["path"] for output in report["outputs"]}


def test_facts_json(facts):
    assert (facts["report"], facts["week"]) == ("case_overview", WEEK)
    assert facts["as_of"].startswith("2026-11-23T06:00:00")
    for fact in facts["facts"]:
        assert {"id", "name", "value", "unit", "scope"} <= set(fact)
        assert set(fact) <= {"id", "name", "value", "unit", "scope", "numerator", "denominator", "measure", "period"}
        assert fact["name"] == KERNCIJFERS[fact["id"]].naam
        assert set(fact["scope"]) <= {"team", "soort", "klasse"}
        if fact["unit"] == "aandeel":
            assert fact["value"] is None or 0 <= fact["value"] <= 1
    for signal in facts["signals"]:
        assert {"id", "severity", "where", "values"} <= set(signal)


def test_the_whole_is_the_sum_of_its_parts(facts, tables):
    whole = value(facts, "K01")
    for dimension in ("team", "soort"):
        parts = [
            fact["value"] for fact in facts["facts"]
            if fact["id"] == "K01" and set(fact["scope"]) == {dimension} and not {"measure", "period"} & set(fact)
        ]  # fmt: skip
        assert sum(parts) == whole
    assert len(tables["opgeleverde_zaken"]) == whole
    assert tables["opgeleverde_zaken"]["zaak"].is_unique
    stock = tables["werkvoorraad_per_team"].iloc[-1]
    came = stock["begin"] + stock["instroom"] + stock["heropend"]
    assert came - stock["afgerond"] + stock["correcties"] == stock["eind"]
    assert (stock["eind"], stock["instroom"], stock["afgerond"]) == (value(facts, "K03"), value(facts, "K02"), whole)


def test_the_figures_agree_with_the_raw_export(demo, facts):
    """Counted again from the file, with nothing of the system."""
    raw = pd.read_csv(next((demo / "data" / "inbox").glob("zaken*.csv")), sep=";", dtype="str", encoding="cp1252")
    headers = __import__("tomllib").loads((demo / "weekrapport.toml").read_text("utf-8"))["source"][0]["columns"]
    day = {name: pd.to_datetime(raw[headers[name]], format="%d-%m-%Y") for name in ("startdatum", "einddatum")}
    counts = raw[headers["hoofdzaak_id"]].isna() & ~raw[headers["resultaat_categorie"]].fillna("").str.contains(
        "outief"
    )
    monday, sunday = pd.Timestamp("2026-11-16"), pd.Timestamp("2026-11-22")
    done = counts & day["einddatum"].between(monday, sunday)
    assert value(facts, "K01") == int(done.sum())
    stock = counts & (day["startdatum"] <= sunday) & ~(day["einddatum"] <= sunday)
    assert value(facts, "K03") == int(stock.sum())


def test_the_executed_notebook_is_kept_with_its_outputs(folder):
    notebook = nbformat.read(folder / "case_overview" / "case_overview.ipynb", as_version=4)
    injected = [cell for cell in notebook.cells if "injected-parameters" in cell.metadata.get("tags", [])]
    assert f'week = "{WEEK}"' in injected[0].source
    assert any(BLOCK_MIME in out.get("data", {}) for cell in notebook.cells for out in cell.get("outputs", []))
    assert not any(out.output_type == "error" for cell in notebook.cells for out in cell.get("outputs", []))


def test_every_number_in_the_tables_of_the_pdf_stands_in_the_facts_or_in_a_csv(folder, facts, tables):
    """The tables are read from the executed notebook, where each is what the PDF prints."""
    known: set[str] = set()
    for fact in facts["facts"]:
        known |= _writings(fact["value"]) | _writings(fact.get("numerator")) | _writings(fact.get("denominator"))
        if fact.get("denominator"):
            known |= _writings(fact["denominator"] - fact["numerator"])
    for frame in tables.values():
        for column in frame:
            for cell in frame[column].dropna().unique():
                known |= _writings(cell) | _writings(-cell if isinstance(cell, (int, float)) else cell)
    notebook = nbformat.read(folder / "case_overview" / "case_overview.ipynb", as_version=4)
    printed = [
        str(text)
        for cell in notebook.cells
        for out in cell.get("outputs", [])
        for text in _cells(out.get("data", {}).get(BLOCK_MIME, {}))
    ]
    numbers = {text for text in printed if re.fullmatch(r"[−+-]?[\d.]+(,\d+)?", text)}
    assert len(numbers) > 20
    assert {text.replace("+", "").replace("−", "-") for text in numbers} - known == set()


def _cells(content: Any) -> list[str]:
    """Return the cells of the tables in a block, except that of the sources, which run.json holds."""
    if isinstance(content, dict):
        if "rows" in content and isinstance(content["rows"], list):
            if "Controlegetal" in json.dumps(content, ensure_ascii=False):
                return []
            return [str(cell["text"] if isinstance(cell, dict) else cell) for row in content["rows"] for cell in row]
        return [text for each in content.values() for text in _cells(each)]
    if isinstance(content, list):
        return [text for each in content for text in _cells(each)]
    return []


def _writings(number: Any) -> set[str]:
    if isinstance(number, str) or number is None:
        return {str(number)}
    forms = {f"{number:.0f}", f"{number:.1f}", f"{number:,.0f}", f"{number:,.1f}"}
    return {form.replace(",", "_").replace(".", ",").replace("_", ".") for form in forms}


def test_page_one_says_what_the_facts_say(pages, facts):
    assert "Week 47" in pages[0]
    assert "16 t/m 22 november 2026" in pages[0]
    assert "CONCEPT" in pages[0]
    assert "Intern – MT" in pages[0]
    assert str(value(facts, "K01")) in pages[0]
    assert str(value(facts, "K03")) in pages[0]
    before = value(facts, "K01", measure="gemiddelde per week", period="2026-W35/2026-W46")
    assert f"gemiddeld {before:.1f}".replace(".", ",") in pages[0]
    assert f"Escalaties {value(facts, 'K11')} " in pages[0]


def test_every_signal_is_told_as_found_quiet_or_not_tested(pages, facts, tables):
    ids = [f"R1-S{number:02d}" for number in range(1, 13)]
    text = " ".join(pages).replace("\x02", "")  # words broken at the end of a line
    found = {signal["id"] for signal in facts["signals"]}
    assert found <= set(ids)
    assert set(tables["signalen"]["id"]) == found
    told = re.findall(r"R1-S\d\d", text)
    assert set(told) == set(ids)
    assert "R1-S08 (er is nog geen eerdere levering)" in text


def test_the_decision_and_the_commentary_are_those_of_the_analyst(demo, pages, facts):
    from weekrapport.reporting.commentary import read_commentary

    written = demo / "data" / "commentaar" / WEEK / "case_overview.md"
    used = re.findall(r"\{\{\s*([\w.]+)", written.read_text("utf-8"))
    comment = read_commentary(written, {name: {key: "" for key in ("", "pct", "aantal")} for name in used})
    assert comment.besluiten
    assert all(besluit in pages[0] for besluit in comment.besluiten)
    assert "{{" not in " ".join(pages)


def test_nothing_of_a_person_or_of_this_machine_is_in_the_pdf(demo, pages):
    text = " ".join(pages)
    staff = pd.read_csv(
        next((demo / "data" / "inbox").glob("medewerkers*.csv")), sep=";", dtype="str", encoding="cp1252"
    )
    names = [name for column in staff for name in staff[column].dropna() if re.fullmatch(r"[A-Z]\S+ .*[A-Z]\S+", name)]
    assert len(names) > 5
    assert [name for name in names if name in text] == []
    assert str(demo) not in text
    assert "@" not in text


def test_every_csv_is_attached_to_the_pdf_in_full(folder):
    with pikepdf.open(folder / "case_overview" / CONCEPT) as pdf:
        attached = {name: bytes(spec.get_file().read_bytes()) for name, spec in pdf.attachments.items()}
    for path in (folder / "case_overview" / "tables").glob("*.csv"):
        assert attached[path.name] == path.read_bytes()


class TestTeam:
    @pytest.fixture(scope="class")
    def team(self, demo: Path, folder: Path) -> tuple[str, Path, bytes]:
        names = {
            fact["scope"].get("team") for fact in json.loads((folder / "case_overview/facts.json").read_text())["facts"]
        }
        name = min(name for name in names if name)
        before = (folder / "run.json").read_bytes()
        ran = weekrapport("run", "--workspace", demo, "--direct", "--team", name, "--report", "case_overview")
        assert ran.code == 0, ran
        return name, Path(ran.out.splitlines()[-1]), before

    def test_only_that_team_is_in_it(self, team):
        name, pdf, _ = team
        facts = json.loads((pdf.parent / "facts.json").read_text("utf-8"))
        assert facts["team"] == name
        assert {fact["scope"].get("team", name) for fact in facts["facts"]} == {name}
        assert name in page_texts(pdf)[0]

    def test_the_report_on_everybody_is_left_alone(self, team, folder):
        _, pdf, before = team
        assert pdf.parent != folder / "case_overview"
        assert (folder / "case_overview" / CONCEPT).is_file()
        assert (folder / "run.json").read_bytes() == before


class TestDefects:
    """The demonstration with planted defects: critical ones keep the report from being released, none stops it."""

    @pytest.fixture(scope="class")
    def broken(self, tmp_path_factory: pytest.TempPathFactory) -> Path:
        folder = tmp_path_factory.mktemp("gebreken")
        write_demo(folder, variant="gebreken", factor=0.1)
        for workspace in (folder / "vorige-levering", folder):
            ran = weekrapport("run", "--workspace", workspace, "--direct")
            assert ran.code == 0, ran
        return folder

    def test_the_concept_is_marked_on_every_page(self, broken):
        report = run_record(broken)["reports"]["case_overview"]
        assert (report["status"], report["verdict"]) == ("concept", "niet vrijgegeven")
        pages = page_texts(broken / "output" / WEEK / "case_overview" / CONCEPT)
        assert all("NIET VRIJGEGEVEN" in page.upper() for page in pages)
        assert "niet vrijgegeven" in pages[0]

    def test_every_planted_defect_that_a_rule_looks_for_is_in_the_evidence_and_no_decoy(self, broken):
        manifest = json.loads((broken / "manifest.json").read_text("utf-8"))
        checks = [
            check
            for path in (broken / "output" / WEEK / "gate").glob("*.json")
            for check in json.loads(path.read_text("utf-8"))["checks"]
        ]
        implemented = {check["id"] for check in checks}
        looked_at = [entry for entry in manifest if entry["check"] in implemented and entry["sleutels"]]
        assert {entry["check"] for entry in looked_at} >= {"GX-ZAAK-03", "GX-ZAAK-04", "GX-ZAAK-05", "GX-ZAAK-16"}
        for entry in looked_at:
            found = {key for check in checks if check["id"] == entry["check"] for key in check["keys"]}
            if entry["check"] == "GX-ALG-04":
                continue  # rows that were never read have no key; their number is checked below
            planted = set(entry["sleutels"])
            assert (planted <= found) if entry["verwacht"] == "melden" else not (planted & found), entry["type"]
        unread = sum(len(entry["sleutels"]) for entry in manifest if entry["check"] == "GX-ALG-04")
        (counted,) = {c["rows_failed"] for c in checks if c["id"] == "GX-ALG-04" and c["dataset"] == "zaak"}
        assert counted == unread

"""The report on deliveries of a small demonstration, made by the real run; its figures counted from the exports."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import pandas as pd
import pytest

from tests.builders import run_record, weekrapport
from tests.pdf_pages import assert_valid, page_texts
from weekrapport.demo.workspace import write_demo

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

WEEK, MONDAY, SUNDAY = "2026-W47", date(2026, 11, 23), date(2026, 11, 29)
SLUG = "upcoming_deliveries"
MAX_PAGES = 3
COMMENTARY = """---
auteur: Officer
besluiten:
  - "Stem in met een extra dag voor de achterstallige zaken."
---

## Staat van de dienstverlening

Er moeten {{K20}} zaken klaar, waarvan {{K29}} zonder behandelaar. De oudste is {{K21.max_dagen}} dagen te laat.

## Risico's

Van {{K28}} zaken loopt de wettelijke termijn af; {{K28.verlopen}} is al voorbij. {{K26}} wachten.

## Zorgen

Van de vorige week was {{K25}} op tijd.

## Opmerkelijke inzichten

Van {{K20.nieuw}} zaken is de start van vorige week. {{K27}} hebben geen datum.
"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    write_demo(folder, factor=0.1)
    path = folder / "data" / "commentaar" / WEEK / f"{SLUG}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(COMMENTARY, "utf-8")
    return folder


@pytest.fixture(scope="module")
def folder(demo: Path) -> Path:
    ran = weekrapport("run", "--direct", "--report", SLUG, "--workspace", demo)
    assert ran.code == 0, ran
    return demo / "output" / WEEK / SLUG


@pytest.fixture(scope="module")
def pages(folder: Path) -> list[str]:
    return page_texts(folder / f"{WEEK}-opleveringen-concept.pdf")


@pytest.fixture(scope="module")
def tables(folder: Path) -> dict[str, pd.DataFrame]:
    return {
        path.stem: pd.read_csv(path, sep=";", decimal=",", encoding="utf-8-sig")
        for path in (folder / "tables").glob("*.csv")
    }


@pytest.fixture(scope="module")
def facts(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "facts.json").read_text("utf-8"))


def value(facts: dict[str, Any], id: str, scope: dict[str, str] | None = None, **more: str) -> Any:
    (found,) = [
        fact for fact in facts["facts"]
        if fact["id"] == id and fact["scope"] == (scope or {})
        and {key: fact[key] for key in ("measure", "period") if key in fact} == more
    ]  # fmt: skip
    return found["value"]


def export(demo: Path, name: str) -> pd.DataFrame:
    (path,) = (demo / "data" / "inbox").glob(f"{name}_*.csv")
    return pd.read_csv(path, sep=";", encoding="cp1252", dtype="str")


def day(text: Any) -> date | None:
    return None if pd.isna(text) else date(int(text[6:10]), int(text[3:5]), int(text[:2]))


@pytest.fixture(scope="module")
def counted(demo: Path) -> pd.DataFrame:
    """Return every main case of the export with its list, by plain dates; nothing of the system is used."""
    cases = export(demo, "zaken")
    cases = cases[cases["Hoofdzaak"].isna() & (cases["Resultaatcategorie"] != "Foutief aangemaakt")]
    norms = export(demo, "zaaktypen").set_index("Code")
    moved = {*export(demo, "opschortingen")["Zaaknummer"], *export(demo, "verlengingen")["Zaaknummer"]}
    waits = export(demo, "opschortingen")
    running = {
        row["Zaaknummer"]
        for _, row in waits.iterrows()
        if day(row["Opgeschort vanaf"]) <= MONDAY < (day(row["Hervat op"]) or date.max)  # type: ignore[operator]
    }
    rows = []
    for _, case in cases.iterrows():
        promised, end = day(case["Geplande einddatum"]), day(case["Einddatum"])
        norm = norms.loc[case["Zaaktype"]]
        if promised is None and end is None:
            # No holiday lies between: stepping over weekends is the norm; and nothing moved it.
            assert norm["Eenheid servicenorm"] == "werkdagen"
            assert case["Zaaknummer"] not in moved
            promised = day(case["Startdatum"])
            for _ in range(int(norm["Servicenorm"])):
                promised += timedelta(days=3 if promised.weekday() == 4 else 1)  # type: ignore[operator,union-attr]
        latest = day(case["Uiterlijke afdoening"])
        known = [each for each in (promised, latest) if each is not None]
        rows.append(
            {
                "zaak": case["Zaaknummer"],
                "team": case["Team"],
                "behandelaar": case["Behandelaar"],
                "uren": float(case["Resturen"].replace(",", ".")) if pd.notna(case["Resturen"]) else None,
                "open": end is None,
                "leverdatum": min(known, default=None),
                "wacht": case["Zaaknummer"] in running,
                "wettelijk": latest if pd.notna(norm["Wettelijke grondslag"]) else None,
            }
        )
    frame = pd.DataFrame(rows)
    frame = frame[frame["open"]]
    assert frame["leverdatum"].notna().all()
    late, soon = frame["leverdatum"] < MONDAY, frame["leverdatum"] <= SUNDAY
    frame["lijst"] = "later"
    frame.loc[soon, "lijst"] = "te_leveren"
    frame.loc[late, "lijst"] = "achterstallig"
    frame.loc[soon & frame["wacht"], "lijst"] = "opgeschort"
    return frame


def test_the_run_makes_a_valid_pdf(folder, demo):
    report = run_record(demo)["reports"][SLUG]
    assert report["status"] == "concept"
    assert_valid((folder / f"{WEEK}-opleveringen-concept.pdf").read_bytes())


def test_the_report_keeps_its_page_budget_with_commentary(pages):
    first = next(
        number for number, page in enumerate(pages) if re.search(r"Bijlage: te leveren zaken (Tabel|In )", page)
    )
    assert first <= MAX_PAGES


def test_page_one_holds_what_the_mt_needs(pages):
    parts = (
        "Opleveringen", "Week 47", "Peilmoment ma 23 nov 2026 07:00", "Kernboodschap", "In week 48 (23 t/m 29 november",
        "Te leveren", "Achterstallig", "Besluit gevraagd", "Betrouwbaarheid cijfers", "Nieuw sinds vorige week",
    )  # fmt: skip
    assert [part for part in parts if part not in pages[0]] == []


def test_the_counts_are_those_of_the_export(facts, counted):
    sizes = counted["lijst"].value_counts()
    assert sizes["te_leveren"] > 0
    assert value(facts, "K20") == sizes["te_leveren"]
    assert value(facts, "K21") == sizes.get("achterstallig", 0)
    assert value(facts, "K26") == sizes.get("opgeschort", 0)
    assert value(facts, "K27") == 0
    due = counted[counted["lijst"].isin(["te_leveren", "achterstallig"])]
    assert value(facts, "K29") == due["behandelaar"].isna().sum()
    terms = due["wettelijk"].dropna()
    assert value(facts, "K28") == sum(MONDAY <= each <= SUNDAY for each in terms)
    assert value(facts, "K28", measure="verlopen") == sum(each < MONDAY for each in terms)
    ages = [(MONDAY - each).days for each in counted.loc[counted["lijst"] == "achterstallig", "leverdatum"]]
    assert value(facts, "K21", measure="mediaan_dagen") == (median(ages) if ages else None)
    assert value(facts, "K21", measure="max_dagen") == max(ages, default=None)


def test_per_team_and_per_day(facts, counted, demo):
    due = counted[counted["lijst"] == "te_leveren"]
    names = export(demo, "teams").set_index("Teamcode")["Naam"]
    for team, rows in due.groupby(due["team"].map(names)):
        assert value(facts, "K20", {"team": team}) == len(rows)
    working = due["leverdatum"].map(lambda each: each - timedelta(days=max(0, each.weekday() - 4)))
    for offset in range(5):
        each = MONDAY + timedelta(days=offset)
        assert value(facts, "K20", period=each.isoformat()) == (working == each).sum()


def test_the_lists_hold_the_cases_and_the_table_sums_them(tables, counted):
    for name in ("te_leveren", "achterstallig", "opgeschort"):
        expected = sorted(counted.loc[counted["lijst"] == name, "zaak"])
        assert (sorted(tables[name]["zaak"]) if expected else name not in tables) == (expected or True)
    table = tables["leveringen_per_team"]
    total = table.iloc[-1] if len(table) > 1 else table.iloc[0]
    due = counted[counted["lijst"].isin(["te_leveren", "achterstallig"])]
    assert total["uren"] == pytest.approx(due["uren"].sum())
    assert total["zonder_uren"] == due["uren"].isna().sum()
    assert total["te_leveren"] == (counted["lijst"] == "te_leveren").sum()


def test_every_figure_has_its_name_unit_and_scope(facts):
    for fact in facts["facts"]:
        assert re.fullmatch(r"K2\d|K11", fact["id"])
        assert fact["unit"] in ("zaken", "aandeel", "dagen", "uren", "punten")
        assert set(fact["scope"]) <= {"team"}
        if fact["unit"] == "aandeel" and fact.get("denominator"):
            assert fact["value"] == pytest.approx(fact["numerator"] / fact["denominator"])


def test_the_signal_names_the_cases_without_a_handler(facts, counted):
    nobody = counted[(counted["lijst"] == "te_leveren") & counted["behandelaar"].isna()]
    found = [signal for signal in facts["signals"] if signal["id"] == "R2-S04"]
    assert [signal["values"]["zaken"] for signal in found] == ([sorted(nobody["zaak"])] if len(nobody) else [])


def test_the_commentary_is_printed_with_its_figures(pages, facts):
    text = " ".join(pages[:MAX_PAGES])
    assert f"Er moeten {value(facts, 'K20')} zaken klaar" in text
    assert "extra dag voor de achterstallige zaken" in text
    assert "{{" not in text


def test_the_chances_add_up_and_are_printed_with_what_they_rest_on(facts, tables, pages):
    due = tables["te_leveren"]
    known = due["kans"].dropna()
    assert value(facts, "K22", measure="mogelijk") == len(known) == len(due)
    assert value(facts, "K22") == pytest.approx(known.sum(), abs=1e-6)
    per_team = [fact for fact in facts["facts"] if fact["id"] == "K22" and fact["scope"] and "measure" not in fact]
    assert sum(fact["value"] for fact in per_team) == pytest.approx(known.sum(), abs=1e-5)
    for name in ("groen", "oranje", "rood"):
        assert value(facts, "K22", measure=name) == (due["klasse"] == name).sum()
    assert due["basis"].str.fullmatch(r"(zaaktype|soort werkzaamheid|vergelijkbare termijn|alle zaken) \(n=\d+\)").all()
    text = " ".join(pages[:MAX_PAGES])
    assert f"{(due['klasse'] == 'oranje').sum() or 'geen'} oranje" in text
    assert "Vier weken geleden waren er van de" in text


def test_of_one_team(demo, counted):
    ran = weekrapport("run", "--direct", "--report", SLUG, "--workspace", demo, "--team", "Servicedesk")
    assert ran.code == 0, ran
    found = demo / "output" / WEEK / "teams" / "servicedesk" / SLUG
    facts = json.loads((found / "facts.json").read_text("utf-8"))
    names = export(demo, "teams").set_index("Teamcode")["Naam"]
    mine = counted[counted["team"].map(names) == "Servicedesk"]
    assert value(facts, "K20", {"team": "Servicedesk"}) == (mine["lijst"] == "te_leveren").sum()
    assert {tuple(fact["scope"].items()) for fact in facts["facts"]} == {(("team", "Servicedesk"),)}
    (pdf,) = found.glob("*-concept.pdf")
    assert_valid(pdf.read_bytes())

"""The budget report through the real run: small exports of the books in, facts, tables and a valid PDF out."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pikepdf
import pytest

from tests.builders import run_record, weekrapport
from tests.pdf_pages import assert_valid, page_texts

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

WEEK = "2026-W47"
CONCEPT = f"{WEEK}-begroting-concept.pdf"
SLUG = "budget_variance"
FOLDER = Path("output") / WEEK / SLUG
KOP = 'week = "2026-W47"\nreports = ["budget_variance"]\n\n[organisation]\nname = "Proefbedrijf"\n'

BEGROTING = """regel_id;jaar;grootboekrekening;omschrijving;kostensoort;soort;bedrag_cent;primair_cent;factuurplichtig
R1;2026;4100;Cloudplatform;Hosting;kosten;120.000,00;110.000,00;ja
R2;2026;4200;Kantoorhuur;Huisvesting;kosten;60.000,00;60.000,00;ja
R3;2026;4300;Lonen;Personeel;kosten;600.000,00;600.000,00;nee
R4;2026;4400;Opleiding;Personeel;kosten;12.000,00;12.000,00;ja
O1;2026;8000;Abonnementen;Opbrengsten;opbrengsten;900.000,00;900.000,00;nee
"""
WIJZIGING = """wijziging_id;regel_id;datum;bedrag_cent;besluit
W1;R1;2026-03-01;10.000,00;MT 1 maart
W2;R1;2026-12-01;99.000,00;MT 1 december
"""
LEVERANCIER = "leverancier_id;naam\nL1;Anker Hosting B.V.\nL2;Pand & Zo\n"
VERPLICHTING = """verplichting_id;regel_id;bedrag_cent;afgeboekt_cent;verwacht_tot;status
V1;R1;15.000,00;0,00;2026-12-15;open
V2;R2;10.000,00;10.000,00;2026-12-15;gesloten
"""
BOEKING_KOP = (
    "boeking_id;journaalpost_id;boekjaar;periode;boekdatum;grootboekrekening;bedrag_cent;leverancier_id;factuur_ref;"
    "invoerder\n"
)
FACTUUR_KOP = "factuur_id;leverancier_id;factuurnummer;factuurdatum;ontvangen_op;netto_cent;btw_cent;bruto_cent;iban\n"


def euro(cents: int) -> str:
    return f"{cents / 100:.2f}".replace(".", ",")


def books() -> tuple[str, str]:
    """Return bookings and invoices: twelve a line, one of hosting without its invoice, one that is young."""
    boekingen, facturen = [BOEKING_KOP], [FACTUUR_KOP]
    amounts = {"4100": (1_250_000, "L1"), "4200": (500_000, "L2"), "4300": (5_000_000, None), "4400": (90_000, "L2")}
    number = 0
    for maand in range(1, 12):
        dag = f"2026-{maand:02d}-17"
        for rekening, (cents, supplier) in amounts.items():
            number += 1
            ref = f"N{number}" if supplier else ""
            post = f"P{number}"
            line = f"{post};2026;{maand};{dag}"
            boekingen.append(f"B{number};{line};{rekening};{euro(cents)};{supplier or ''};{ref};jansen\n")
            boekingen.append(f"C{number};{line};1600;{euro(-cents)};;;jansen\n")
            is_missing = rekening == "4100" and maand in (5, 11)  # in November it is still young
            if supplier and not is_missing:
                money = f"{euro(cents)};0,00;{euro(cents)}"
                facturen.append(f"F{number};{supplier};{ref};{dag};{dag};{money};NL91ABNA0417164300\n")
        boekingen.append(f"O{maand};PO{maand};2026;{maand};{dag};8000;{euro(-7_000_000)};;;jansen\n")
        boekingen.append(f"D{maand};PO{maand};2026;{maand};{dag};1300;{euro(7_000_000)};;;jansen\n")
    boekingen.append(
        "B98;P98;2026;7;2026-07-01;4999;6.000,00;;;jansen\nC98;P98;2026;7;2026-07-01;1600;-6.000,00;;;jansen\n"
    )
    facturen.append("F99;L2;N99;2026-04-01;2026-04-02;10,00;2,10;12,10;NL91ABNA0417164300\n")
    return "".join(boekingen), "".join(facturen)


def toml_of(files: Mapping[str, str]) -> str:
    parts = [KOP]
    for table, text in files.items():
        columns = text.split("\n", 1)[0].split(";")
        parts.append(
            f'\n[[source]]\nname = "{table}"\ntable = "{table}"\nfiles = "{table}.csv"\nseparator = ";"\n'
            'decimaal = ","\ngeexporteerd_op = 2026-11-23T05:30:00\n\n[source.columns]\n'
        )
        parts += [f'{column} = "{column}"\n' for column in columns]
    return "".join(parts)


def write_books(root: Path, **files: str) -> Path:
    (root / "data" / "inbox").mkdir(parents=True)
    (root / "weekrapport.toml").write_text(toml_of(files), "utf-8")
    for table, text in files.items():
        (root / "data" / "inbox" / f"{table}.csv").write_text(text, "utf-8")
    return root


def run(root: Path) -> list[str]:
    """Run the week and return the text of the pages of the report."""
    ran = weekrapport("run", "--workspace", root, "--direct")
    assert ran.code == 0, ran
    return texts_of(root)


def texts_of(root: Path) -> list[str]:
    """Return the text of the pages; a word that is broken at the end of a line is whole again."""
    return [text.replace("\x02", "") for text in page_texts(root / FOLDER / CONCEPT)]


def facts_of(root: Path) -> dict[str, Any]:
    return json.loads((root / FOLDER / "facts.json").read_text("utf-8"))


def value(facts: dict[str, Any], id: str, scope: dict[str, str] | None = None, measure: str | None = None) -> Any:
    found = [f for f in facts["facts"] if (f["id"], f["scope"], f.get("measure")) == (id, scope or {}, measure)]
    assert len(found) == 1, (id, scope, measure, found)
    return found[0]["value"]


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    boeking, factuur = books()
    root = write_books(
        tmp_path_factory.mktemp("boeken"),
        begrotingsregel=BEGROTING,
        begrotingswijziging=WIJZIGING,
        boeking=boeking,
        verplichting=VERPLICHTING,
        leverancier=LEVERANCIER,
        factuur=factuur,
    )
    run(root)
    return root


@pytest.fixture(scope="module")
def pages(everything: Path) -> list[str]:
    return texts_of(everything)


@pytest.fixture(scope="module")
def facts(everything: Path) -> dict[str, Any]:
    return facts_of(everything)


def test_the_pdf_is_valid_and_within_its_pages(everything, pages):
    assert_valid((everything / FOLDER / CONCEPT).read_bytes())
    annex = next(number for number, text in enumerate(pages) if "Bijlage: alle begrotingsregels" in text and number > 0)
    assert annex <= 5
    assert "Vertrouwelijk – MT" in pages[0]
    assert "NIET VRIJGEGEVEN" in pages[0]  # too many invoices are missing


def test_the_figures_are_those_of_the_exports(facts):
    assert value(facts, "K40", measure="jaar") == 79_200_000  # 110.000 and the amendment so far; not that of December
    assert value(facts, "K40", measure="periode") == 66_000_000
    booked = 10 * (1_250_000 + 500_000 + 5_000_000 + 90_000) + 600_000
    assert value(facts, "K41") == booked
    assert value(facts, "K42") == booked - 66_000_000
    assert value(facts, "K41", {"soort": "opbrengsten"}) == 70_000_000
    assert value(facts, "K41", {"regel": "niet_begroot"}) == 600_000
    assert value(facts, "K45") == 79_200_000 - booked - 1_500_000
    assert value(facts, "K41", measure="lopende maand") == 6_840_000


@pytest.mark.parametrize("id", ["K41", "K42", "K44", "K45"])
def test_the_lines_make_the_whole(facts, id):
    lines = [
        fact["value"]
        for fact in facts["facts"]
        if fact["id"] == id and fact["scope"].get("regel", "O").startswith(("R", "niet")) and "measure" not in fact
    ]
    assert sum(lines) == value(facts, id)


def test_the_invoices_behind_the_costs(facts):
    (amount,) = [f for f in facts["facts"] if f["id"] == "K47" and not f["scope"] and f["measure"] == "bedrag"]
    (number,) = [f for f in facts["facts"] if f["id"] == "K47" and not f["scope"] and f["measure"] == "aantal"]
    tested = 11 * (1_250_000 + 500_000 + 90_000) + 600_000 - 1_250_000
    assert (amount["numerator"], amount["denominator"]) == (tested - 1_250_000 - 600_000, tested)
    assert (number["numerator"], number["denominator"]) == (31, 34)
    signals = [(signal["id"], signal["where"]) for signal in facts["signals"]]
    assert ("R4-S01", "Cloudplatform") in signals
    assert ("R4-S04", "alle regels") in signals


def test_page_one_says_it(pages):
    first = pages[0]
    assert "Met voorbehoud: de kosten t/m oktober 2026 zijn € 690.000: € 30.000 (4,5 %) boven begroting." in first
    assert "Cloudplatform (€ +25.000, +25,0 %)" in first
    assert "2 boekingen (€ 18.500) nog niet" in first
    assert "Nodig: de administratie zoekt deze facturen op" in first
    assert "Geboekt in week 47: 4 boekingen van kosten (€ 68.400) en 1 boeking van opbrengsten (€ 70.000)." in first
    assert "November 2026 is nog niet afgesloten." in first


def test_the_tables_of_the_report(everything, pages):
    text = " ".join(pages)
    assert "Hosting wijkt het meest af" in text
    assert "Anker Hosting B.V." in text
    assert "1 factuur is niet geboekt, samen € 12 inclusief btw" in text
    assert "In elke journaalpost is debet gelijk aan credit." in text
    tables = {path.stem for path in (everything / FOLDER / "tables").glob("*.csv")}
    assert {
        "afwijkende_regels", "begroting_per_regel", "boekingen_zonder_factuur", "facturen_niet_geboekt",
        "factuurdekking_per_trede", "kosten_per_kostensoort", "kosten_per_maand", "nieuw_sinds_vorige_week",
    } <= tables  # fmt: skip
    with pikepdf.open(everything / FOLDER / CONCEPT) as pdf:
        assert {f"{name}.csv" for name in tables} <= set(pdf.attachments)


def test_amounts_in_the_tables_are_those_of_the_facts(everything, facts):
    lines = pd.read_csv(
        everything / FOLDER / "tables/begroting_per_regel.csv", sep=";", decimal=",", encoding="utf-8-sig"
    )
    for row in lines.itertuples():
        assert round(row.realisatie_euro * 100) == value(facts, "K41", {"regel": row.regel_id})
    missing = pd.read_csv(
        everything / FOLDER / "tables/boekingen_zonder_factuur.csv", sep=";", decimal=",", encoding="utf-8-sig"
    )
    assert missing["status"].tolist() == ["factuur_onbekend", "factuur_onbekend", "in_afwachting"]


def test_who_booked_and_bank_accounts_are_nowhere(everything, pages):
    files = [path.read_text("utf-8") for path in (everything / FOLDER).rglob("*") if path.suffix in (".csv", ".json")]
    for text in [" ".join(pages), *files, (everything / FOLDER / f"{SLUG}.ipynb").read_text("utf-8")]:
        assert "jansen" not in text
        assert not re.search(r"NL\d\d[A-Z]{4}\d", text)


class TestNotDelivered:
    """What is not there is told in a sentence, and nothing looks like nothing was spent."""

    def test_only_the_budget(self, tmp_path):
        root = write_books(tmp_path / "b", begrotingsregel=BEGROTING)
        text = " ".join(run(root))
        assert "De begroting van 2026 telt € 792.000 aan kosten en € 900.000 aan opbrengsten." in text
        assert "wat is uitgegeven, staat daarom niet in dit rapport" in text
        assert {fact["id"] for fact in facts_of(root)["facts"]} == {"K40"}
        assert "€ 0 " not in text
        assert_valid((root / FOLDER / CONCEPT).read_bytes())

    def test_only_the_budget_of_another_year(self, tmp_path):
        root = write_books(tmp_path / "b", begrotingsregel=BEGROTING.replace(";2026;", ";2025;"))
        assert "De begroting die is aangeleverd, heeft geen regels voor 2026." in run(root)[0]
        assert facts_of(root)["facts"] == []

    def test_only_the_bookings(self, tmp_path):
        boeking, _ = books()
        root = write_books(tmp_path / "b", boeking=boeking)
        text = " ".join(run(root))
        assert "De kosten t/m oktober 2026 zijn € 690.000 en de opbrengsten € 700.000." in text
        assert "Er is geen begroting aangeleverd om ze mee te vergelijken." in text
        assert "niet getoetst: er zijn geen facturen aangeleverd" in text
        assert {fact["id"] for fact in facts_of(root)["facts"]} == {"K41"}
        assert_valid((root / FOLDER / CONCEPT).read_bytes())

    def test_without_commitments_and_invoices(self, tmp_path):
        boeking, _ = books()
        root = write_books(tmp_path / "b", begrotingsregel=BEGROTING, boeking=boeking)
        text = " ".join(run(root))
        assert "Vrije ruimte is niet te berekenen: er zijn geen verplichtingen aangeleverd." in text
        assert value(facts_of(root), "K45") is None
        assert "niet getoetst" in text

    def test_an_entry_that_does_not_balance_is_listed(self, tmp_path):
        boeking, _ = books()
        root = write_books(
            tmp_path / "b",
            boeking=boeking.replace(
                "C98;P98;2026;7;2026-07-01;1600;-6.000,00", "C98;P98;2026;7;2026-07-01;1600;-5.990,00"
            ),
        )
        text = " ".join(run(root))
        assert "1 journaalpost sluit niet: debet en credit verschillen" in text
        assert "€ +10,00" in text

    def test_a_budget_without_rows_stops_the_report(self, tmp_path):
        boeking, _ = books()
        root = write_books(tmp_path / "b", begrotingsregel=BEGROTING.split("\n", 1)[0] + "\n", boeking=boeking)
        ran = weekrapport("run", "--workspace", root, "--direct")
        assert ran.code == 4, ran
        assert run_record(root)["reports"][SLUG]["status"] == "stopped"

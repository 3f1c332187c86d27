"""From the documents in the inbox to the verdict of the gate: one document less flips exactly its own booking."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from expectations.registry import gate
from weekrapport.domain.outcome import Outcome, verdict
from weekrapport.week import parse_moment
from weekrapport.weekly.plan import Plan, make_plan
from weekrapport.weekly.steps import delivery, keep_snapshot, prepare

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

TOML = """week = "2026-W47"
reports = ["budget_variance"]

[[source]]
name = "boekingen"
table = "boeking"
files = "boekingen-*.csv"
[source.columns]
boeking_id = "Boeking"
boekdatum = "Datum"
grootboekrekening = "Rekening"
bedrag_cent = "Bedrag"
leverancier_id = "Crediteur"
factuur_ref = "Factuur"

[[source]]
name = "facturen"
table = "factuur"
files = "facturen-*.csv"
documents = "facturen"
document_name = "{leverancier_id}/{factuurnummer}.pdf"
[source.columns]
factuur_id = "Kenmerk"
leverancier_id = "Crediteur"
factuurnummer = "Nummer"
factuurdatum = "Datum"
netto_cent = "Netto"
bruto_cent = "Bruto"
"""
NUMBERS = range(1, 13)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """Return a workspace with twelve bookings, their invoices and their documents."""
    inbox = tmp_path / "data" / "inbox"
    inbox.mkdir(parents=True)
    (tmp_path / "weekrapport.toml").write_text(TOML, "utf-8")
    bookings = [f"B{n};15-{n:02}-2026;4100;100,00;L1;2026-{n:03}" for n in NUMBERS if n < 11]
    bookings += [f"B{n};10-10-2026;4100;100,00;L1;2026-{n:03}" for n in NUMBERS if n >= 11]
    invoices = [f"F{n};L1;2026-{n:03};10-01-2026;100,00;121,00" for n in NUMBERS]
    write(inbox / "boekingen-20261123.csv", "Boeking;Datum;Rekening;Bedrag;Crediteur;Factuur", bookings)
    write(inbox / "facturen-20261123.csv", "Kenmerk;Crediteur;Nummer;Datum;Netto;Bruto", invoices)
    for number in NUMBERS:
        document = document_of(tmp_path, number)
        document.parent.mkdir(parents=True, exist_ok=True)
        document.write_bytes(f"%PDF-1.7\n{number}\n".encode())
    return tmp_path


def write(path: Path, header: str, lines: list[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in (header, *lines)), "utf-8")


def document_of(root: Path, number: int) -> Path:
    return root / "data" / "inbox" / "facturen" / "L1" / f"2026-{number:03}.pdf"


def plan_of(root: Path) -> Plan:
    return make_plan(root, now=parse_moment("2026-11-23T08:00"))


def outcomes_of(root: Path) -> tuple[str, list[Outcome]]:
    plan = plan_of(root)
    snapshot = keep_snapshot(plan)
    return snapshot.version, gate(delivery(plan, snapshot), plan.workspace.settings.gate)


def missing(outcomes: list[Outcome]) -> set[str]:
    return {key for each in outcomes if each.id == "GX-BOEK-08" for key in each.keys}


@pytest.mark.parametrize("how", ["gone", "empty", "webpage"])
def test_one_document_less_flips_exactly_its_own_booking(workspace, how):
    version, whole = outcomes_of(workspace)
    assert (version, missing(whole), verdict(whole)) == ("r1", set(), "in orde")
    document = document_of(workspace, 7)
    if how == "gone":
        document.unlink()
    else:
        document.write_bytes(b"" if how == "empty" else b"<html><body>Inloggen</body></html>")
    version, less = outcomes_of(workspace)
    assert (version, missing(less)) == ("r2", {"B7"})
    changed = {each.id for each, before in zip(less, whole, strict=True) if each.state != before.state}
    assert changed == {"GX-BOEK-08", "GX-BOEK-09"}


def test_the_documents_are_one_input_of_the_run(workspace):
    record = prepare(plan_of(workspace)).record
    folder = [item for item in record.inputs if item.name == "facturen/"]
    size = sum(document_of(workspace, number).stat().st_size for number in NUMBERS)
    assert [(item.source, item.table, item.bytes, item.rows_read) for item in folder] == [
        ("facturen", "factuur", size, len(NUMBERS))
    ]
    again = prepare(plan_of(workspace)).record
    assert again.run_id == record.run_id
    shutil.copy(document_of(workspace, 1), document_of(workspace, 99))
    more = prepare(plan_of(workspace)).record
    assert more.run_id != record.run_id
    notices = [text for source in more.sources for text in source.notices if "register" in text]
    assert notices == ["facturen/: 1 document staat bij geen enkele factuur in het register: L1/2026-099.pdf"]


def test_a_folder_that_is_gone_leaves_the_report_without_its_invoices(workspace):
    shutil.rmtree(workspace / "data" / "inbox" / "facturen")
    snapshot = keep_snapshot(plan_of(workspace))
    assert "factuur" in snapshot.unreadable_tables()
    assert "does not exist" in str(snapshot.errors["facturen"])

"""`inspect` on real exports: the mapping that it proposes loads, and really reads the file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from weekrapport.settings import load_workspace
from weekrapport.sources.inbox import read_inbox
from weekrapport.sources.inspection import inspect_file
from weekrapport.sources.proposal import propose

REAL = Path(__file__).resolve().parents[2].parent / "shared" / "real"
FILES = [
    # file, table, rows, columns that must be found
    ("wabo-receipt/receipt.csv", "zaak", 1434, {"zaak_id", "team_id", "startdatum", "einddatum", "gesloten_op"}),
    ("wabo-receipt/receipt.xes.gz", "zaak", 1434, {"zaak_id", "team_id", "startdatum", "einddatum", "gesloten_op"}),
    ("wabo-receipt/receipt.parquet", "zaak", 1434, {"zaak_id", "team_id", "startdatum", "einddatum", "gesloten_op"}),
    ("bpic13-volvo-vinst/bpic2013_closed_problems.xes.gz", "zaak", 1487, {"zaak_id"}),
    ("servicenow-incidents-uci/incident_event_log_part.csv", "zaak", 890, {"zaak_id", "klant_id", "startdatum"}),
    ("bpic14-rabobank-itil/incidents.csv.gz", "zaak", 2126, {"zaak_id", "zaaktype_id", "startdatum", "einddatum"}),
    ("bpic14-rabobank-itil/incident_activities.csv.gz", "zaak_status", 23414, {"zaak_id", "statustype_id", "gezet_op"}),
    ("nl-smb-ledger/boekregels.csv", "boeking", 702, {"boeking_id", "boekdatum", "grootboekrekening", "bedrag_cent"}),
    ("nl-smb-ledger/inkoopfacturen.csv", "factuur", 85, {"factuur_id", "factuurnummer", "factuurdatum", "bruto_cent"}),
    ("nl-smb-ledger/verkoopfacturen.csv", "factuur", 14, {"factuur_id", "factuurnummer", "bruto_cent"}),
    ("nl-smb-ledger/grootboekstam.csv", "grootboek", 62, {"grootboekrekening", "omschrijving"}),
    ("rijksbegroting-minfin/begrotingsstaten.csv", "begrotingsregel", 2629, {"regel_id", "jaar", "bedrag_cent"}),
    ("oxford-council-spend/expenditure-over-500-jan-mar-2014.csv", "boeking", 3860, {"boeking_id", "bedrag_cent"}),
    ("oxford-council-spend/expenditure-over-500-oct-dec-2016.csv", "boeking", 3847, {"boeking_id", "bedrag_cent"}),
]


@pytest.mark.parametrize(("file", "table", "rows", "columns"), FILES, ids=[file for file, *_ in FILES])
def test_the_proposal_reads_the_file(tmp_path: Path, file: str, table: str, rows: int, columns: set[str]) -> None:
    path = REAL / file
    if not path.is_file():
        pytest.skip(f"the public export is not at {path}")
    found = propose(inspect_file(path.read_bytes(), path.name))
    assert found is not None
    assert found.source.table == table
    assert columns <= set(found.source.columns)
    (tmp_path / "data" / "inbox").mkdir(parents=True)
    shutil.copy(path, tmp_path / "data" / "inbox")
    (tmp_path / "weekrapport.toml").write_text(found.toml, encoding="utf-8")
    space = load_workspace(tmp_path)
    assert space.settings.source == (found.source,)
    done = read_inbox(space)
    assert (done.errors, done.missing, done.damaged) == ({}, {}, {})
    assert len(done.quarantine) == 0
    assert len(done.tables[table]) == rows
    for column in columns:
        assert done.tables[table][column].notna().any(), column


@pytest.mark.parametrize("file", ["audit-sampling-tables/allowances.csv", "einvoice-peppol-bis3/EXPECTED_verdicts.csv"])
def test_what_is_no_table_of_ours_gets_no_proposal(file: str) -> None:
    path = REAL / file
    if not path.is_file():
        pytest.skip(f"the public file is not at {path}")
    assert propose(inspect_file(path.read_bytes(), path.name)) is None

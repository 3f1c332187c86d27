"""The demonstration through the real reader, the real gate and the real term engine."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from weekrapport.demo import write_demo
from weekrapport.demo.workspace import SEED, build
from weekrapport.domain import kpis
from weekrapport.domain.as_of import as_of_view
from weekrapport.domain.boekbeeld import boekbeeld
from weekrapport.domain.calendars import werkkalender
from weekrapport.domain.factuurdekking import dekking_per_regel, dekking_totaal, factuurdekking, ongedekt
from weekrapport.domain.factuurkoppeling import geleverd
from weekrapport.domain.outcome import Outcome
from weekrapport.domain.schema import TABLES
from weekrapport.domain.zaakbeeld import zaakbeeld
from weekrapport.quality.delivery import Delivery, TableDelivery
from weekrapport.settings import Finance, load_workspace
from weekrapport.sources.inbox import InboxRead, read_inbox
from weekrapport.week import Week, parse_moment

WEEK, AS_OF, PEIL = Week(2026, 47), parse_moment("2026-11-23T07:00"), date(2026, 11, 23)


pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def standaard(tmp_path_factory: pytest.TempPathFactory) -> InboxRead:
    folder = tmp_path_factory.mktemp("standaard")
    write_demo(folder)
    return read_inbox(load_workspace(folder))


ON_CASES = ("GX-ZAAK-03", "GX-ZAAK-04", "GX-ZAAK-05", "GX-ZAAK-16")
ON_BOOKS = ("GX-BOEK-02", "GX-BOEK-03", "GX-BOEK-04", "GX-BOEK-08", "GX-BEG-03")
IN_THE_DOCUMENTS = {"factuurregel", "factuur_btw"}
"""Tables that no export holds: the lines of an invoice stand in its document."""


def backing(read: InboxRead) -> pd.DataFrame:
    """Every booking that needs an invoice, with what stands behind it."""
    tables = {name: as_of_view(name, frame, AS_OF) for name, frame in read.tables.items()}
    afspraken = Finance().afspraken(PEIL)
    beeld = boekbeeld(tables, afspraken)
    return factuurdekking(beeld, tables, afspraken, PEIL, heeft=geleverd(read.delivered))


def run_gate(read: InboxRead, folder: Path) -> list[Outcome]:
    from expectations.registry import gate  # imports Great Expectations, which warns while it is imported

    quarantined = read.quarantine["tabel"].value_counts()
    tables = {
        name: TableDelivery(
            raw=frame,
            in_view=as_of_view(name, frame, AS_OF),
            delivered=frozenset(read.delivered[name]),
            missing=tuple(read.missing.get(name, ())),
            quarantined=int(quarantined.get(name, 0)),
            exported_at=read.exported_at[name],
        )
        for name, frame in read.tables.items()
    }
    return gate(Delivery(week=WEEK, as_of=AS_OF, tables=tables), load_workspace(folder).settings.gate)


def test_every_cell_of_the_standard_exports_is_read(standaard: InboxRead) -> None:
    assert not standaard.errors
    assert standaard.quarantine.empty
    assert set(standaard.tables) == set(TABLES) - IN_THE_DOCUMENTS
    for name in standaard.tables:
        assert set(standaard.delivered[name]) == set(TABLES[name].kinds()), name
        assert not standaard.missing.get(name)
        assert standaard.exported_at[name] == parse_moment("2026-11-23T05:30")
    assert (
        standaard.tables["zaak"]["vertrouwelijkheid"]
        .isin(["openbaar", "intern", "zaakvertrouwelijk", "vertrouwelijk"])
        .all()
    )
    assert standaard.tables["zaaktype"]["servicenorm_eenheid"].isin(["werkdag", "kalenderdag"]).all()
    assert standaard.tables["medewerker"]["weergavenaam"].str.contains("Daniëls").any()
    told = {(notice.source, notice.text) for notice in standaard.notices if "werkblad" not in notice.text}
    assert told == {
        ("zaken", "koppen niet gelezen: Zaaktypeomschrijving, Interne notitie"),
        ("documenten", "koppen niet gelezen: Bestandsnaam"),
        (
            "begroting",
            "kopregel op rij 3; 2 rij(en) erboven niet gelezen (bijvoorbeeld 'Begroting Zaakkracht B.V. 2025 en 2026')",
        ),
        ("begroting", "rij 80 met het totaal niet gelezen: 'Totaal'"),
    }


def test_every_amount_of_the_books_is_read_to_the_cent(standaard: InboxRead) -> None:
    made, _, _ = build(False, 1.0, SEED)
    for name in ("begrotingsregel", "boeking", "verplichting", "factuur", "boeking_factuur"):
        read, table = standaard.tables[name], TABLES[name]
        assert len(read) == len(made[name][table.key[0]]), name
        for column in (column for column, kind in table.kinds().items() if kind == "cent"):
            written = pd.array(made[name][column].astype(float), dtype="Int64")
            assert read[column].equals(pd.Series(written, name=column)), (name, column)
    read, written = standaard.tables["begroting_fasering"], made["begroting_fasering"]
    assert read["aandeel"].tolist() == written["aandeel"].tolist()


def test_every_document_is_found_but_two_and_none_is_left_over(standaard: InboxRead) -> None:
    found = standaard.tables["factuur"]["bestand_status"].value_counts()
    assert found.drop("aanwezig").to_dict() == {"ontbreekt": 1, "niet_genoemd": 1}
    assert found["aanwezig"] > 4_000
    assert set(standaard.tables["factuur"]["bestand_soort"]) == {"ubl", "pdf", "geen"}


def test_almost_every_cost_has_its_invoice(standaard: InboxRead) -> None:
    dekking = backing(standaard)
    statuses = dekking["status"].value_counts()
    assert statuses.drop("gedekt").to_dict() == {"in_afwachting": 6, "factuur_onbekend": 2, "document_ontbreekt": 2}
    aandeel = dekking_totaal(dekking).aandeel
    assert aandeel is not None
    assert 0.98 < aandeel < 1
    assert dekking_per_regel(dekking)["aandeel"].min() > 0.95
    lost = ongedekt(dekking)
    assert lost["regel"].is_unique
    assert (lost["dagen_oud"] > 28).all()


@pytest.mark.parametrize("factor", [0.01, 0.1])
def test_a_smaller_demonstration_has_its_invoices_too(tmp_path: Path, factor: float) -> None:
    write_demo(tmp_path, factor=factor)
    read = read_inbox(load_workspace(tmp_path))
    assert not read.errors
    assert read.quarantine.empty
    dekking = backing(read)
    aandeel = dekking_totaal(dekking).aandeel
    assert aandeel is not None
    assert aandeel > 0.98
    assert dekking_per_regel(dekking)["aandeel"].min() > 0.95


def test_the_gate_stops_nothing_of_the_standard_demonstration(standaard: InboxRead, tmp_path: Path) -> None:
    write_demo(tmp_path, factor=0.01)  # for its settings only
    outcomes = run_gate(standaard, tmp_path)
    assert {"GX-ZAAK-01", "GX-ZAAK-05", "GX-TYPE-01", "GX-ALG-01"} <= {outcome.id for outcome in outcomes}
    stopping = [
        outcome for outcome in outcomes if outcome.failed and outcome.effective_severity in ("hard", "critical")
    ]
    assert stopping == []


def test_the_figures_of_the_report_week_are_plausible(standaard: InboxRead) -> None:
    tables = {name: as_of_view(name, frame, AS_OF) for name, frame in standaard.tables.items()}
    beeld = zaakbeeld(tables, PEIL, werkkalender())
    counted = beeld[beeld["telt_mee"]]
    assert counted["is_tijdig"].mean() == pytest.approx(0.87, abs=0.02)
    assert 75 <= len(kpis.afgerond(beeld, WEEK)) <= 120
    assert 110 <= kpis.werkvoorraad(beeld, WEEK) <= 180
    opened = beeld[beeld["einddatum"].isna() & ~beeld["opgeschort_nu"]]
    overdue = (opened["leidende_datum"] < "2026-11-23").sum()
    assert 5 <= overdue <= 30
    tijdig, totaal = kpis.wettelijke_tijdigheid(counted[counted["einddatum"].notna()])
    assert 0.9 < tijdig / totaal < 1  # now and then a statutory term is missed
    assert beeld["leidende_datum"].notna().all()


def test_the_gate_finds_the_planted_defects_and_not_the_decoys(tmp_path: Path) -> None:
    write_demo(tmp_path, variant="gebreken")
    read = read_inbox(load_workspace(tmp_path))
    manifest = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    unreadable = [entry for entry in manifest if entry["check"] == "GX-ALG-04"]
    assert not read.errors
    assert sorted(line.split(";")[0] for line in read.quarantine["regel"]) == sorted(
        key for entry in unreadable for key in entry["sleutels"]
    )

    outcomes = run_gate(read, tmp_path)
    for check in (*ON_CASES, *ON_BOOKS):
        expected = {
            key
            for entry in manifest
            if entry["check"] == check and entry["verwacht"] == "melden"
            for key in entry["sleutels"]
        }
        found = {key for outcome in outcomes if outcome.id == check and outcome.failed for key in outcome.keys}
        assert found == expected, check
    assert all(outcome.id != "GX-ZAAK-01" for outcome in outcomes if outcome.failed)

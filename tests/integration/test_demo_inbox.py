"""The demonstration through the real reader, the real gate and the real term engine."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from weekrapport.demo import write_demo
from weekrapport.domain import kpis
from weekrapport.domain.as_of import as_of_view
from weekrapport.domain.calendars import werkkalender
from weekrapport.domain.outcome import Outcome
from weekrapport.domain.schema import TABLES
from weekrapport.domain.zaakbeeld import zaakbeeld
from weekrapport.quality.delivery import Delivery, TableDelivery
from weekrapport.settings import load_workspace
from weekrapport.sources.inbox import InboxRead, read_inbox
from weekrapport.week import Week, parse_moment

WEEK, AS_OF, PEIL = Week(2026, 47), parse_moment("2026-11-23T07:00"), date(2026, 11, 23)


pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def standaard(tmp_path_factory: pytest.TempPathFactory) -> InboxRead:
    folder = tmp_path_factory.mktemp("standaard")
    write_demo(folder)
    return read_inbox(load_workspace(folder))


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
    assert set(standaard.tables) == set(TABLES)
    for name, table in TABLES.items():
        assert set(standaard.delivered[name]) == set(table.kinds()), name
        assert not standaard.missing.get(name)
        assert standaard.exported_at[name] == parse_moment("2026-11-23T05:30")
    assert (
        standaard.tables["zaak"]["vertrouwelijkheid"]
        .isin(["openbaar", "intern", "zaakvertrouwelijk", "vertrouwelijk"])
        .all()
    )
    assert standaard.tables["zaaktype"]["servicenorm_eenheid"].isin(["werkdag", "kalenderdag"]).all()
    assert standaard.tables["medewerker"]["weergavenaam"].str.contains("Daniëls").any()
    told = [notice.text for notice in standaard.notices]
    assert told == ["koppen niet gelezen: Zaaktypeomschrijving, Interne notitie", "koppen niet gelezen: Bestandsnaam"]


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
    for check in ("GX-ZAAK-03", "GX-ZAAK-04", "GX-ZAAK-05", "GX-ZAAK-16"):
        expected = {
            key
            for entry in manifest
            if entry["check"] == check and entry["verwacht"] == "melden"
            for key in entry["sleutels"]
        }
        found = {key for outcome in outcomes if outcome.id == check and outcome.failed for key in outcome.keys}
        assert found == expected, check
    assert all(outcome.id != "GX-ZAAK-01" for outcome in outcomes if outcome.failed)

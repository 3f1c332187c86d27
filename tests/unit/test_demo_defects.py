"""What the variant "gebreken" plants, held against the files themselves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from weekrapport.demo import write_demo

COUNTS = {
    "einddatum_voor_startdatum": 2, "einddatum_in_toekomst": 3, "gesloten_zonder_resultaat": 6,
    "behandelaar_ontbreekt": 14, "zaaktype_onbekend": 1, "vertrouwelijkheid_onbekend": 1,
    "onleesbare_rij_datum": 3, "onleesbare_rij_veldental": 2,
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gebreken")
    write_demo(folder, variant="gebreken")
    return folder


@pytest.fixture(scope="module")
def manifest(folder: Path) -> list[dict[str, Any]]:
    return json.loads((folder / "manifest.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def zaken(folder: Path) -> pd.DataFrame:
    """The readable lines by number, with dates where they are dates."""
    path = folder / "data/inbox/zaken_20261123-0530.csv"
    rows = pd.read_csv(
        path, sep=";", encoding="cp1252", dtype=str, keep_default_na=False, engine="python", on_bad_lines="skip"
    ).set_index("Zaaknummer")
    for header in ("Startdatum", "Einddatum"):
        rows[header.lower()] = pd.to_datetime(rows[header], format="%d-%m-%Y", errors="coerce")
    return rows


def keys(manifest: list[dict[str, Any]], kind: str) -> list[str]:
    (entry,) = [entry for entry in manifest if entry["type"] == kind]
    return entry["sleutels"]


def test_the_manifest_is_complete(manifest: list[dict[str, Any]]) -> None:
    fields = {"anomalie_id", "type", "check", "sleutels", "rapport", "periode", "verwacht", "ernst"}
    assert all(set(entry) == fields for entry in manifest)
    assert len({entry["anomalie_id"] for entry in manifest}) == len(manifest)
    assert {entry["verwacht"] for entry in manifest} == {"melden", "niet_melden"}
    for kind, count in COUNTS.items():
        assert len(keys(manifest, kind)) == count, kind
    planted = [key for entry in manifest if entry["type"] in COUNTS for key in entry["sleutels"]]
    assert len(planted) == len(set(planted))  # at most one defect a case


@pytest.mark.parametrize("kind", ["einddatum_voor_startdatum"])
def test_end_before_start(manifest: list[dict[str, Any]], zaken: pd.DataFrame, kind: str) -> None:
    assert set(zaken.index[zaken["einddatum"] < zaken["startdatum"]]) == set(keys(manifest, kind))
    decoys = zaken.loc[keys(manifest, "einddatum_is_startdatum")]
    assert len(decoys) == 5
    assert (decoys["einddatum"] == decoys["startdatum"]).all()


def test_end_in_the_future(manifest: list[dict[str, Any]], zaken: pd.DataFrame) -> None:
    assert set(zaken.index[zaken["einddatum"] > "2026-11-23"]) == set(keys(manifest, "einddatum_in_toekomst"))
    decoys = zaken.loc[keys(manifest, "einddatum_laatste_dag")]
    assert len(decoys) == 4
    assert (decoys["einddatum"] == "2026-11-20").all()


def test_closed_without_result(manifest: list[dict[str, Any]], zaken: pd.DataFrame) -> None:
    without = zaken["einddatum"].notna() & (zaken["Resultaat"] == "")
    assert set(zaken.index[without]) == set(keys(manifest, "gesloten_zonder_resultaat"))
    assert (zaken.loc[keys(manifest, "open_zonder_resultaat"), "Einddatum"] == "").all()


def test_closed_without_handler(manifest: list[dict[str, Any]], zaken: pd.DataFrame) -> None:
    without = zaken["Behandelaar"] == ""
    closed = zaken["einddatum"].notna()
    assert set(zaken.index[without & closed]) == set(keys(manifest, "behandelaar_ontbreekt"))
    decoys = keys(manifest, "open_zonder_behandelaar")
    assert len(decoys) == 5
    assert set(decoys) <= set(zaken.index[without & ~closed])


def test_unknown_words(folder: Path, manifest: list[dict[str, Any]], zaken: pd.DataFrame) -> None:
    types = pd.read_csv(folder / "data/inbox/zaaktypen_20261123-0530.csv", sep=";", encoding="cp1252")["Code"]
    readable = zaken.drop(keys(manifest, "onleesbare_rij_datum"))
    assert list(readable.index[~readable["Zaaktype"].isin(types)]) == keys(manifest, "zaaktype_onbekend")
    strange = readable["Vertrouwelijkheid"] == "Streng geheim"
    assert list(readable.index[strange]) == keys(manifest, "vertrouwelijkheid_onbekend")


def test_unreadable_lines(folder: Path, manifest: list[dict[str, Any]], zaken: pd.DataFrame) -> None:
    bad_dates = zaken.loc[keys(manifest, "onleesbare_rij_datum")]
    assert bad_dates["startdatum"].isna().all()
    assert (bad_dates["Startdatum"] != "").all()
    lines = (folder / "data/inbox/zaken_20261123-0530.csv").read_text("cp1252").splitlines()
    fields = lines[0].count(";")
    for key in keys(manifest, "onleesbare_rij_veldental"):
        (line,) = [line for line in lines if line.startswith(f"{key};")]
        assert line.count(";") != fields
    for key in keys(manifest, "onleesbare_rij_datum"):
        (line,) = [line for line in lines if line.startswith(f"{key};")]
        assert line.count(";") == fields
    assert lines[-1].count(";") == fields  # a cut last line would be another defect: a truncated file


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """The same cases in the standard demonstration."""
    folder = tmp_path_factory.mktemp("standaard")
    write_demo(folder)
    rows = pd.read_csv(
        folder / "data/inbox/zaken_20261123-0530.csv", sep=";", encoding="cp1252", dtype=str, keep_default_na=False
    ).set_index("Zaaknummer")
    return rows.assign(einddatum=pd.to_datetime(rows["Einddatum"], format="%d-%m-%Y", errors="coerce"))


def in_week(rows: pd.DataFrame, first: str = "2026-11-16", last: str = "2026-11-22") -> pd.Series:
    return rows["einddatum"].between(first, last)


def test_throughput_drops_by_45_percent_in_the_report_week(
    manifest: list[dict[str, Any]], zaken: pd.DataFrame, usual: pd.DataFrame
) -> None:
    held_back = keys(manifest, "doorzet_daling")
    assert in_week(usual).loc[held_back].all()
    still_open = set(held_back) - set(keys(manifest, "einddatum_in_toekomst"))
    assert zaken.loc[sorted(still_open), "einddatum"].isna().all()
    assert in_week(zaken).sum() / in_week(usual).sum() == pytest.approx(0.55, abs=0.03)


def test_one_team_drops_by_60_percent_over_four_weeks(
    manifest: list[dict[str, Any]], zaken: pd.DataFrame, usual: pd.DataFrame
) -> None:
    assert keys(manifest, "doorzet_team_daling") == ["Applicatiebeheer"]
    for team in sorted(set(usual["Team"])):
        ratio = (in_week(zaken, "2026-10-26") & (zaken["Team"] == team)).sum() / (
            in_week(usual, "2026-10-26") & (usual["Team"] == team)
        ).sum()
        assert (ratio < 0.5) == (team == "T02"), team


def test_twenty_changes_end_in_the_week_and_half_of_them_late(zaken: pd.DataFrame, usual: pd.DataFrame) -> None:
    def changes(rows: pd.DataFrame) -> pd.DataFrame:
        return rows[in_week(rows) & (rows["Zaaktype"] == "WIJZIGING")]

    moved = set(changes(zaken).index) - set(changes(usual).index)
    assert len(moved) == 11
    assert len(changes(zaken)) >= 20
    assert (usual.loc[sorted(moved), "einddatum"] < "2026-11-09").all()


def test_fourteen_closings_within_twenty_minutes(zaken: pd.DataFrame) -> None:
    closed = pd.to_datetime(zaken["Afgesloten op"], format="%d-%m-%Y %H:%M", errors="coerce")
    bulk = closed[(zaken["Team"] == "T01") & closed.between("2026-11-19 16:02", "2026-11-19 16:22")]
    assert len(bulk) >= 14
    decoy = closed[(zaken["Team"] == "T02") & closed.between("2026-11-18 10:03", "2026-11-18 10:50")]
    assert len(decoy) >= 6
    assert decoy.sort_values().diff().max() <= pd.Timedelta(minutes=9)


def test_the_earlier_delivery_differs_by_a_week_and_by_hindsight(
    folder: Path, manifest: list[dict[str, Any]], zaken: pd.DataFrame
) -> None:
    earlier = pd.read_csv(
        folder / "vorige-levering/data/inbox/zaken_20261116-0530.csv",
        sep=";",
        encoding="cp1252",
        dtype=str,
        keep_default_na=False,
    ).set_index("Zaaknummer")
    ended = pd.to_datetime(earlier["Einddatum"], format="%d-%m-%Y", errors="coerce")
    registered = pd.to_datetime(earlier["Registratiedatum"], format="%d-%m-%Y")
    assert ended.max() < pd.Timestamp("2026-11-16")
    assert registered.max() < pd.Timestamp("2026-11-16")
    gone = set(earlier.index) - set(zaken.index)
    assert gone == set(keys(manifest, "verdwenen_zaak"))
    assert ended[sorted(gone)].isna().all()
    common = zaken.index.intersection(earlier.index)
    was_open = ended.reindex(common).isna() & (zaken.loc[common, "einddatum"] < "2026-11-16")
    with_hindsight = set(common[was_open]) - set(keys(manifest, "einddatum_voor_startdatum"))
    assert with_hindsight == {*keys(manifest, "teruggedateerd"), *keys(manifest, "laat_verwerkt")}
    assert (zaken.loc[keys(manifest, "laat_verwerkt"), "einddatum"] == "2026-11-13").all()
    assert (zaken.loc[keys(manifest, "teruggedateerd"), "einddatum"] <= "2026-11-12").all()


def test_long_work_is_promised_for_next_week(manifest: list[dict[str, Any]], zaken: pd.DataFrame) -> None:
    rows = zaken.loc[keys(manifest, "niet_haalbaar")]
    promised = pd.to_datetime(rows["Geplande einddatum"], format="%d-%m-%Y")
    assert len(rows) == 8
    assert promised.between("2026-11-24", "2026-11-27").all()
    assert rows["einddatum"].isna().all()
    assert set(rows["Zaaktype"]) <= {"IMPLEMENTATIE", "KOPPELING"}
    waiting = zaken.loc[keys(manifest, "oud_maar_opgeschort")]
    assert (waiting["Opgeschort"] == "Ja").all()
    assert len(waiting) == 4


def test_holiday_weeks_are_decoys(manifest: list[dict[str, Any]]) -> None:
    decoys = [entry for entry in manifest if entry["type"] == "feestdagweek"]
    assert {entry["periode"] for entry in decoys} == {"2025-W52", "2026-W18", "2026-W20", "2026-W22"}
    assert {entry["verwacht"] for entry in decoys} == {"niet_melden"}

"""The files of the demonstration, read without any of our own readers."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from weekrapport.demo import write_demo
from weekrapport.demo.case_types import CASE_TYPES
from weekrapport.demo.chance import STREAMS, generators
from weekrapport.demo.drawing import WEEKS
from weekrapport.domain.schema import RESULTAATCATEGORIEEN, TABLES
from weekrapport.errors import ConfigurationError
from weekrapport.settings import load_workspace

EXPORT_MOMENT = pd.Timestamp("2026-11-23 05:30")
NAMES = (
    "zaken", "zaaktypen", "statustypen", "statussen", "opschortingen", "verlengingen", "documenten",
    "contactmomenten", "teams", "medewerkers", "klanten", "diensten", "documenteisen", "begrotingswijzigingen",
    "grootboek", "boekingen", "verplichtingen", "leveranciers", "bankrekeningen", "facturen", "toerekeningen",
    "capaciteit", "aanvragen",
)  # fmt: skip

Files = dict[str, pd.DataFrame]


def read_raw(folder: Path) -> Files:
    """Every export as text."""
    return {
        name: pd.read_csv(
            folder / f"data/inbox/{name}_20261123-0530.csv",
            sep=";",
            encoding="cp1252",
            dtype=str,
            keep_default_na=False,
        )
        for name in NAMES
    }


def days(column: pd.Series) -> pd.Series:
    return pd.to_datetime(column.replace("", None), format="%d-%m-%Y")


def moments(column: pd.Series) -> pd.Series:
    return pd.to_datetime(column.replace("", None), format="%d-%m-%Y %H:%M")


def digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    write_demo(folder)
    return folder


@pytest.fixture(scope="module")
def files(folder: Path) -> Files:
    return read_raw(folder)


def test_the_same_seed_gives_the_same_bytes_in_another_process_time_zone_and_hash_seed(tmp_path: Path) -> None:
    paths = write_demo(tmp_path / "here", factor=0.1)
    code = "import sys; from pathlib import Path; from weekrapport.demo import write_demo; "
    code += "write_demo(Path(sys.argv[1]), factor=0.1)"
    environment = {**os.environ, "TZ": "Pacific/Auckland", "PYTHONHASHSEED": "77", "LC_ALL": "C"}
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "there")], check=True, env=environment)

    assert digests(tmp_path / "here") == digests(tmp_path / "there")
    files = digests(tmp_path / "here")
    assert len(paths) == len(files) - 1  # the list of what was written is not told
    exports = [name for name in files if name.startswith("data/inbox/") and "/facturen/" not in name]
    assert len(exports) == len(NAMES) + 1  # and the workbook with the budget


def test_writing_again_changes_nothing_and_another_seed_changes_the_cases(tmp_path: Path) -> None:
    write_demo(tmp_path, factor=0.1)
    first = digests(tmp_path)
    write_demo(tmp_path, factor=0.1)
    assert digests(tmp_path) == first

    write_demo(tmp_path, factor=0.1, seed=1)
    changed = {name for name, digest in digests(tmp_path).items() if digest != first.get(name)}
    assert "data/inbox/zaken_20261123-0530.csv" in changed
    assert "data/inbox/klanten_20261123-0530.csv" not in changed


def test_each_stream_of_chance_depends_on_the_seed_and_its_own_place_only() -> None:
    children = np.random.SeedSequence(5).spawn(len(STREAMS) + 1)  # as if a stream were added at the end
    for child, (name, generator) in zip(children, generators(5).items(), strict=False):
        assert generator.random() == np.random.default_rng(child).random(), name


def test_exports_are_cp1252_with_crlf_semicolons_and_dutch_letters(folder: Path) -> None:
    raw = (folder / "data/inbox/zaken_20261123-0530.csv").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")
    text = raw.decode("cp1252")
    assert all(letter in text for letter in "éë€–ï")
    first_line, _ = text.split("\r\n", 1)
    assert first_line.split(";")[:2] == ["Zaaknummer", "Kenmerk (UUID)"]
    assert text.endswith("\r\n")
    assert not list((folder / "data/inbox").glob("*.tmp"))


def test_only_the_case_export_answers_to_the_name_of_cases(folder: Path) -> None:
    assert [path.name for path in (folder / "data/inbox").glob("zaken*.csv")] == ["zaken_20261123-0530.csv"]
    assert {path.name.split("_")[0] for path in (folder / "data/inbox").iterdir()} == {*NAMES, "begroting"}


def test_sizes_are_those_of_a_hundred_and_four_weeks(files: Files) -> None:
    fixed = {"teams": 7, "medewerkers": 46, "klanten": 64, "diensten": 12, "zaaktypen": 14}
    assert {name: len(files[name]) for name in fixed} == fixed
    expected = {"zaken": 9_800, "statussen": 39_000, "documenten": 30_000, "contactmomenten": 27_000}
    for name, number in expected.items():
        assert len(files[name]) == pytest.approx(number, rel=0.05), name

    zaken, count = files["zaken"], len(files["zaken"])
    start = days(zaken["Startdatum"])
    assert start.min() == pd.Timestamp("2024-11-25")
    assert start.max() == pd.Timestamp("2026-11-20")
    assert files["opschortingen"]["Zaaknummer"].nunique() / count == pytest.approx(0.09, abs=0.005)
    assert files["verlengingen"]["Zaaknummer"].nunique() / count == pytest.approx(0.04, abs=0.004)
    assert (zaken["Hoofdzaak"] != "").mean() == pytest.approx(0.03, abs=0.002)
    assert zaken["Einddatum"].eq("").sum() == pytest.approx(145, abs=40)


def test_the_open_stock_follows_littles_law(files: Files) -> None:
    zaken = files["zaken"]
    start, end = days(zaken["Startdatum"]), days(zaken["Einddatum"])
    year_ago = pd.Timestamp("2025-11-23")
    recent = start >= year_ago
    mean_days = (end - start)[recent].dt.days.mean()
    expected = recent.sum() / 365 * mean_days
    assert end.isna().sum() == pytest.approx(expected, rel=0.35)


def test_closings_are_steady_and_in_office_hours(files: Files) -> None:
    zaken = files["zaken"]
    end = days(zaken["Einddatum"])
    parts = zaken["Hoofdzaak"] != ""
    weekly = end[~parts & (end >= "2025-03-03")].dt.to_period("W").value_counts().sort_index()
    assert weekly.median() == pytest.approx(94, abs=6)
    assert weekly.max() < 135
    assert weekly.min() > 35
    assert 75 < weekly.iloc[-1] < 120  # the report week is an ordinary one
    closed_at = moments(zaken["Afgesloten op"]).dropna()
    assert closed_at.dt.hour.between(9, 16).mean() > 0.9
    assert (closed_at.dt.day_of_week < 5).all()


def test_every_team_finishes_something_in_the_report_week(files: Files) -> None:
    zaken = files["zaken"]
    in_week = days(zaken["Einddatum"]).between("2026-11-16", "2026-11-22")
    assert set(zaken.loc[in_week, "Team"]) == set(files["teams"]["Teamcode"])


def test_the_hours_of_every_employee_are_planned_for_four_weeks(files: Files) -> None:
    frame, staff = files["capaciteit"], files["medewerkers"].set_index("Medewerkernummer")
    dates = days(frame["Datum"])
    assert (dates.min(), dates.max()) == (pd.Timestamp("2026-11-23"), pd.Timestamp("2026-12-18"))
    assert frame.groupby("Medewerkernummer").size().to_dict() == dict.fromkeys(staff.index, 20)
    hours = frame.iloc[:, 2:].apply(lambda column: pd.to_numeric(column.str.replace(",", ".")))
    assert hours.stack().between(0, 8).all()
    assert (hours.iloc[:, 1:].sum(axis=1) <= hours["Contracturen"] + 0.02).all()
    fte = pd.to_numeric(staff["Fte"].str.replace(",", "."))
    weekly = hours["Contracturen"].groupby(frame["Medewerkernummer"]).sum() / 4
    assert (weekly - 40 * fte.reindex(weekly.index)).abs().max() < 0.2
    assert (frame[["Verlofuren", "Overig afwezig"]] != "0,00").any().all()
    assert not any("reden" in header.lower() for header in frame.columns)


def test_no_record_lies_after_the_export(files: Files) -> None:
    planned = {"Geplande einddatum", "Uiterlijke afdoening", "Verwacht tot", "Vervaldatum", "Periode tot en met"}
    planned |= {"Gewenst vanaf", "Gewenst tot en met"}
    tested = 0
    for name, frame in files.items():
        for header in frame.columns.difference([*planned, "Datum"] if name == "capaciteit" else planned):
            cells = pd.Series(frame[header].unique())
            for pattern, read in ((r"\d\d-\d\d-\d{4}", days), (r"\d\d-\d\d-\d{4} \d\d:\d\d", moments)):
                found = read(cells[cells.str.fullmatch(pattern)])
                assert not (found >= EXPORT_MOMENT).any(), (name, header)
                tested += len(found)
    assert tested > 50_000  # the patterns did match


def test_the_case_export_passes_every_check_on_cases(files: Files) -> None:
    zaken, types = files["zaken"], files["zaaktypen"]
    start, end = days(zaken["Startdatum"]), days(zaken["Einddatum"])
    closed = end.notna()
    assert zaken["Zaaknummer"].is_unique
    assert zaken["Zaaknummer"].str.fullmatch(r"ZAAK-20\d\d-\d{7}").all()
    assert zaken["Kenmerk (UUID)"].is_unique
    assert start.notna().all()
    assert (end[closed] >= start[closed]).all()
    assert (days(zaken["Registratiedatum"]) >= start).all()
    assert (moments(zaken["Afgesloten op"]).dt.normalize()[closed] == end[closed]).all()
    assert zaken["Afgesloten op"][~closed].eq("").all()
    assert zaken["Zaaktype"].isin(types["Code"]).all()
    assert types["Code"].is_unique
    assert zaken["Vertrouwelijkheid"].isin(["Openbaar", "Intern", "Zaakvertrouwelijk", "Vertrouwelijk"]).all()
    assert ((zaken["Resultaat"] != "") == closed).all()
    assert ((zaken["Resultaatcategorie"] != "") == closed).all()
    assert (zaken["Behandelaar"][closed] == "").sum() == 2
    assert zaken["Omschrijving"].str.len().between(5, 80).all()
    assert zaken["Team"].isin(files["teams"]["Teamcode"]).all()
    assert zaken["Behandelaar"].isin([*files["medewerkers"]["Medewerkernummer"], ""]).all()
    assert zaken["Klantnummer"].isin([*files["klanten"]["Klantnummer"], ""]).all()
    assert zaken["Dienst"].isin(files["diensten"]["Dienstcode"]).all()
    assert zaken["Belang"].isin(list("12345")).all()
    assert zaken["Resturen"].str.fullmatch(r"(\d+,\d\d)?").all()
    assert zaken["Resturen"][closed].eq("").all()
    shares = zaken["Resultaatcategorie"][closed].value_counts(normalize=True)
    assert shares["Geleverd"] > 0.9
    assert len(shares) == len(RESULTAATCATEGORIEEN)


def test_handlers_belong_to_the_team_and_were_employed(files: Files) -> None:
    medewerkers = files["medewerkers"].set_index("Medewerkernummer")
    zaken = files["zaken"][files["zaken"]["Behandelaar"] != ""]
    assert (zaken["Behandelaar"].map(medewerkers["Team"]) == zaken["Team"]).all()
    assert (days(zaken["Behandelaar"].map(medewerkers["In dienst"])) <= days(zaken["Startdatum"])).all()
    assert medewerkers["Initialen"].is_unique
    assert medewerkers["Naam"].is_unique


def test_statutory_deadlines_stand_only_on_statutory_cases(files: Files) -> None:
    zaken = files["zaken"]
    statutory = files["zaaktypen"].loc[files["zaaktypen"]["Wettelijke grondslag"] != "", "Code"]
    assert set(statutory) == {"AVG", "KLACHT", "WOO"}
    deadline, planned = days(zaken["Uiterlijke afdoening"]), days(zaken["Geplande einddatum"])
    assert (deadline.notna() == zaken["Zaaktype"].isin(statutory)).all()
    assert not ((planned > deadline) & deadline.notna()).any()
    assert (deadline.dropna().dt.day_of_week < 5).all()
    assert 0.3 < planned.notna().mean() < 0.8


def test_parts_lie_within_their_main_case(files: Files) -> None:
    zaken = files["zaken"].set_index("Zaaknummer")
    parts = zaken[zaken["Hoofdzaak"] != ""]
    mains = zaken.loc[parts["Hoofdzaak"]]
    far = pd.Timestamp("2100-01-01")
    assert (mains["Hoofdzaak"] == "").all()
    assert (mains["Klantnummer"].to_numpy() == parts["Klantnummer"].to_numpy()).all()
    assert (days(mains["Startdatum"]).to_numpy() <= days(parts["Startdatum"]).to_numpy()).all()
    assert (days(mains["Einddatum"]).fillna(far).to_numpy() >= days(parts["Einddatum"]).fillna(far).to_numpy()).all()


def test_suspensions_agree_with_the_cases_and_do_not_overlap(files: Files) -> None:
    zaken, rows = files["zaken"].set_index("Zaaknummer"), files["opschortingen"]
    begin, end = days(rows["Opgeschort vanaf"]), days(rows["Hervat op"])
    running = set(rows.loc[end.isna(), "Zaaknummer"])
    assert running == set(zaken.index[zaken["Opgeschort"] == "Ja"])
    assert 3 < len(running) < 40
    assert (zaken.loc[sorted(running), "Einddatum"] == "").all()
    assert (zaken.loc[sorted(running), "Reden opschorting"] != "").all()
    assert (end.dropna() > begin[end.notna()]).all()
    assert (begin > days(zaken.loc[rows["Zaaknummer"], "Startdatum"]).to_numpy()).all()
    finished = days(zaken.loc[rows["Zaaknummer"], "Einddatum"]).reset_index(drop=True)
    assert not (end > finished).any()
    ordered = rows.assign(begin=begin, end=end).sort_values(["Zaaknummer", "begin"])
    after = ordered.groupby("Zaaknummer")["begin"].shift(-1)
    assert (ordered["end"][after.notna()] <= after[after.notna()]).all()
    allowed = files["zaaktypen"].set_index("Code")["Opschorting mogelijk"]
    assert (zaken.loc[rows["Zaaknummer"], "Zaaktype"].map(allowed) == "Ja").all()


def test_statuses_climb_the_ladder_except_where_a_case_was_reopened(files: Files) -> None:
    rows, types = files["statussen"], files["statustypen"].set_index("Statuscode")
    rows = rows.assign(
        at=moments(rows["Datum en tijd"]),
        step=rows["Statuscode"].map(types["Volgnummer"]).astype(int),
        last=rows["Statuscode"].map(types["Eindstatus"]) == "Ja",
    )
    assert not rows.duplicated(["Zaaknummer", "Statuscode", "at"]).any()
    rows = rows.sort_values(["Zaaknummer", "at", "step"], kind="stable")
    back = rows["step"] < rows.groupby("Zaaknummer")["step"].shift()
    reopened = rows.loc[back, "Zaaknummer"]
    assert reopened.is_unique
    assert len(reopened) / len(files["zaken"]) == pytest.approx(0.015, abs=0.002)
    assert rows.groupby("Zaaknummer")["last"].shift().loc[back].all()  # it goes back from an end status only
    final = rows.groupby("Zaaknummer").tail(1).set_index("Zaaknummer")
    zaken = files["zaken"].set_index("Zaaknummer")
    assert set(final.index) == set(zaken.index)
    assert (final["last"] == (zaken["Einddatum"] != "")).all()
    closed = zaken.index[zaken["Einddatum"] != ""]
    assert (final.loc[closed, "at"] == moments(zaken.loc[closed, "Afgesloten op"])).all()


def test_documents_and_contacts_belong_to_cases_and_lie_after_their_start(files: Files) -> None:
    start = days(files["zaken"].set_index("Zaaknummer")["Startdatum"])
    documents, contacts = files["documenten"], files["contactmomenten"]
    for rows, key, header in (
        (documents, "Documentnummer", "Geregistreerd op"), (contacts, "Contactnummer", "Datum en tijd"),
    ):  # fmt: skip
        assert rows[key].is_unique
        assert (moments(rows[header]) >= start.loc[rows["Zaaknummer"]].to_numpy()).all()
    assert contacts["Documentnummer"].isin([*documents["Documentnummer"], ""]).all()
    assert (contacts["Soort contact"] == "Overig").mean() < 0.4
    assert documents["Omvang (bytes)"].astype(int).gt(0).all()


def test_durations_and_rates_follow_their_parameters(files: Files) -> None:
    counts = files["zaken"]["Zaaktype"].value_counts()
    for case_type in CASE_TYPES:
        expected = case_type.per_week * WEEKS
        assert abs(counts[case_type.code] - expected) < 4 * expected**0.5, case_type.code
    summer = days(files["zaken"]["Startdatum"]).between("2026-07-20", "2026-08-16").sum() / 4
    autumn = days(files["zaken"]["Startdatum"]).between("2026-08-24", "2026-10-18").sum() / 8
    assert summer / autumn == pytest.approx(0.75, abs=0.1)


@pytest.mark.parametrize("factor", [0.1, 2.0])
def test_the_factor_scales_the_cases_and_nothing_else(tmp_path: Path, factor: float) -> None:
    write_demo(tmp_path, factor=factor)
    files = read_raw(tmp_path)
    assert len(files["zaken"]) == pytest.approx(9_818 * factor, rel=0.1)
    assert len(files["klanten"]) == 64
    assert files["zaken"]["Zaaknummer"].is_unique


def test_the_smallest_demonstrations_still_hold_together(tmp_path: Path) -> None:
    write_demo(tmp_path, factor=0.002)
    files = read_raw(tmp_path)
    assert 0 < len(files["zaken"]) < 60
    assert set(files["statussen"]["Zaaknummer"]) == set(files["zaken"]["Zaaknummer"])


def test_the_configuration_maps_every_column_of_our_tables(folder: Path, files: Files) -> None:
    settings = load_workspace(folder).settings
    assert settings.week == "2026-W47"
    assert settings.organisation.name == "Zaakkracht B.V."
    assert {source.name for source in settings.source} == {*NAMES, "begroting", "fasering"}
    found_by_reading = {"bestand_soort", "bestand_status", "bestand_bytes", "bestand_sha256"}
    for source in settings.source:
        assert set(source.columns) == set(TABLES[source.table].kinds()) - found_by_reading, source.name
    for source in settings.source:
        if source.sheet is not None:
            continue
        assert set(source.columns.values()) <= set(files[source.name].columns)
        for column, words in source.values.items():
            found = set(files[source.name][source.columns[column]]) - {""}
            assert found <= set(words), (source.name, column)
    unmapped = set(files["zaken"].columns) - set(next(s for s in settings.source if s.name == "zaken").columns.values())
    assert unmapped == {"Zaaktypeomschrijving", "Interne notitie"}


def test_the_demonstration_of_a_project_reports_into_the_output_of_the_project(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").touch()
    write_demo(tmp_path / "data" / "demo", factor=0.01)
    workspace = load_workspace(tmp_path / "data" / "demo")
    assert workspace.output.resolve() == tmp_path / "output" / "demo"
    write_demo(tmp_path / "elsewhere", factor=0.01)
    assert load_workspace(tmp_path / "elsewhere").output == tmp_path / "elsewhere" / "output"


def test_a_workspace_that_is_no_demonstration_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "weekrapport.toml").write_text('[organisation]\nname = "Echt"\n', "utf-8")
    with pytest.raises(ConfigurationError, match="is not a demonstration"):
        write_demo(tmp_path, factor=0.01)
    assert [path.name for path in tmp_path.iterdir()] == ["weekrapport.toml"]


@pytest.mark.parametrize("factor", [0, -1, 201, float("nan")])
def test_a_factor_that_cannot_be_is_refused(tmp_path: Path, factor: float) -> None:
    with pytest.raises(ConfigurationError, match="factor"):
        write_demo(tmp_path, factor=factor)


def test_the_standard_variant_takes_the_manifest_of_an_earlier_one_away(tmp_path: Path) -> None:
    write_demo(tmp_path, variant="gebreken", factor=0.2)
    assert json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    write_demo(tmp_path, factor=0.2)
    assert not (tmp_path / "manifest.json").exists()


def test_closings_on_a_holiday_do_not_occur(files: Files) -> None:
    end = days(files["zaken"]["Einddatum"]).dropna().dt.date
    for day in (date(2025, 12, 25), date(2026, 4, 6), date(2026, 4, 27), date(2026, 5, 14), date(2026, 5, 25)):
        assert not (end == day).any(), day

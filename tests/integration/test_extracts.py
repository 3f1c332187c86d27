"""The extract of each team: made when the manifest asks for it, of the same data, and together the whole."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.builders import csv_bytes, weekrapport, write_workspace
from weekrapport.errors import ConfigurationError
from weekrapport.reporting.manifest import load_manifest, project_root
from weekrapport.week import Week
from weekrapport.weekly.plan import make_plan
from weekrapport.weekly.steps import prepare

WEEK = Week(2026, 47)
TEAMS = ("Beheer", "Servicedesk", "Ontwikkeling")
HEADER = "zaaknummer;team;startdatum;einddatum;uiterlijk"
TOML = """
reports = ["case_overview", "upcoming_deliveries", "quality_sample"]

[[source]]
name = "zaken"
table = "zaak"
files = "zaken*.csv"
[source.columns]
zaak_id = "zaaknummer"
team_id = "team"
startdatum = "startdatum"
einddatum = "einddatum"
uiterlijke_einddatum = "uiterlijk"
"""
WITH_EXTRACTS = ("case_overview", "upcoming_deliveries")


def lines() -> Iterable[str]:
    """Return cases of three teams and of none, finished or due around the week."""
    for number in range(60):
        team = (*TEAMS, "")[number % 4]
        end = f"{16 + number % 7}-11-2026" if number % 3 else ""
        start = "16-11-2026" if number % 5 == 0 else f"{1 + number % 28:02}-10-2026"
        yield f"Z-{number};{team};{start};{end};{17 + number % 13}-11-2026"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write_workspace(
        tmp_path_factory.mktemp("extracts"), csv_bytes(*lines(), header=HEADER), TOML, "zaken_20261123-0530.csv"
    )
    manifest = (project_root() / "notebooks" / "reports.toml").read_text()
    for slug in WITH_EXTRACTS:
        manifest = manifest.replace(f"[{slug}]\n", f"[{slug}]\nextracts = true\n")
    (root / "notebooks").mkdir()
    (root / "notebooks" / "reports.toml").write_text(manifest)
    return root


@pytest.fixture(scope="module")
def ran(workspace: Path) -> list[str]:
    done = weekrapport("run", "--direct", "--workspace", workspace, "--week", str(WEEK))
    assert done.code == 0, done.err
    return done.out.splitlines()


def facts(workspace: Path, slug: str, team: str = "") -> dict[tuple[str, str, str], dict[str, Any]]:
    """Return the facts of a report on everything it is about, by id, measure and period."""
    folder = workspace / "output" / str(WEEK) / (f"teams/{team.lower()}" if team else "")
    found = json.loads((folder / slug / "facts.json").read_text())["facts"]
    scope = {"team": team} if team else {}
    return {
        (fact["id"], fact.get("measure", ""), fact.get("period", "")): fact for fact in found if fact["scope"] == scope
    }


def test_every_team_has_its_reports_beside_the_whole(workspace: Path, ran: list[str]) -> None:
    week = workspace / "output" / str(WEEK)
    made = sorted(path.relative_to(week).as_posix() for path in week.rglob("*-concept.pdf"))
    assert made == sorted(
        [
            f"case_overview/{WEEK}-zaakoverzicht-concept.pdf",
            f"upcoming_deliveries/{WEEK}-opleveringen-concept.pdf",
            f"quality_sample/{WEEK}-kwaliteitssteekproef-concept.pdf",
            *(
                f"teams/{team.lower()}/{slug}/{WEEK}-{title}-{team.lower()}-concept.pdf"
                for team in TEAMS
                for slug, title in (("case_overview", "zaakoverzicht"), ("upcoming_deliveries", "opleveringen"))
            ),
        ]
    )
    assert [line.split("/")[-3] for line in ran[-3:]] == [str(WEEK)] * 3  # those of the whole come last
    assert len([line for line in ran if line.endswith(".pdf")]) == 9


@pytest.mark.parametrize(("slug", "ids"), [("case_overview", {"K01", "K02", "K03"}), ("upcoming_deliveries", {"K20"})])
def test_the_teams_are_together_the_whole(workspace: Path, ran: list[str], slug: str, ids: set[str]) -> None:
    whole = facts(workspace, slug)
    parts = [facts(workspace, slug, team) for team in TEAMS]
    without = json.loads((workspace / "output" / str(WEEK) / slug / "facts.json").read_text())["facts"]
    rest = {
        fact["id"]: fact for fact in without if fact["scope"] == {"team": "niet ingedeeld"} and "measure" not in fact
    }
    for id in ids:
        key = (id, "", "")
        assert whole[key]["value"] == sum(part[key]["value"] for part in parts) + rest[id]["value"], id
        assert whole[key]["value"] > 0


def test_the_evidence_is_that_of_the_whole(workspace: Path, ran: list[str]) -> None:
    week = workspace / "output" / str(WEEK)
    for team in TEAMS:
        for path in (week / "gate").glob("*.json"):
            assert (week / "teams" / team.lower() / "gate" / path.name).read_bytes() == path.read_bytes()


def test_one_team_asked_by_hand_gives_the_same(workspace: Path, ran: list[str]) -> None:
    before = facts(workspace, "case_overview", "Beheer")
    done = weekrapport("run", "--direct", "--workspace", workspace, "--week", str(WEEK), "--team", "Beheer")
    assert done.code == 0, done.err
    assert facts(workspace, "case_overview", "Beheer") == before


def test_teams_that_would_share_a_folder_fail_and_nobody_else(workspace: Path, tmp_path: Path) -> None:
    cases = ("Z-1;Team A;01-11-2026;;", "Z-2;team a;01-11-2026;;", "Z-3;Team B;16-11-2026;;")
    root = write_workspace(tmp_path, csv_bytes(*cases, header=HEADER), TOML, "zaken_20261123-0530.csv")
    shutil.copytree(workspace / "notebooks", root / "notebooks")
    done = weekrapport(*("run", "--direct", "--workspace", root, "--week", str(WEEK), "--report", "case_overview"))
    assert done.code == 5
    assert "extract of 'Team A': its folder would be that of 'team a' too" in done.err
    made = {path.parent.parent.name for path in (root / "output").rglob("*-concept.pdf")}
    assert made == {str(WEEK), "team-b"}


def test_an_extract_is_of_the_same_snapshot_as_the_whole(workspace: Path, tmp_path: Path) -> None:
    """Also when an older delivery is put back, so that the week's last snapshot is another one."""
    older = csv_bytes(*(f"Z-{n};Beheer;16-11-2026;;" for n in range(3)), header=HEADER)
    newer = csv_bytes("Z-9;Beheer;16-11-2026;;", header=HEADER)
    root = write_workspace(tmp_path, older, TOML, "zaken_20261123-0530.csv")
    shutil.copytree(workspace / "notebooks", root / "notebooks")
    for content in (older, newer, older):
        write_workspace(root, content, TOML, "zaken_20261123-0530.csv")
        prepare(make_plan(root, now=datetime.now(UTC), week=str(WEEK)))
    done = weekrapport("run", "--direct", "--workspace", root, "--week", str(WEEK), "--report", "case_overview")
    assert done.code == 0, done.err
    assert facts(root, "case_overview")["K02", "", ""]["value"] == 3
    assert facts(root, "case_overview", "Beheer")["K02", "", ""]["value"] == 3


def test_extracts_of_a_report_that_cannot_be_per_team_are_refused(tmp_path: Path) -> None:
    (tmp_path / "notebooks").mkdir()
    manifest = (project_root() / "notebooks" / "reports.toml").read_text()
    (tmp_path / "notebooks" / "reports.toml").write_text(
        manifest.replace("per_team = false", "per_team = false\nextracts = true")
    )
    with pytest.raises(ConfigurationError, match="extracts"):
        load_manifest(tmp_path)


def test_the_project_makes_no_extracts_unless_asked() -> None:
    assert not any(entry.extracts for entry in load_manifest(project_root()).values())

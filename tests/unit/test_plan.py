"""Which reports a run makes: those asked for, else those of the workspace, else all; for a team only what can be."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from weekrapport.errors import ConfigurationError
from weekrapport.weekly.plan import Plan, make_plan

STANZA = """[{slug}]
notebook = "{slug}.ipynb"
title = "Proef"
subtitle = "Proef"
file_title = "{slug}"
classification = "Intern"
needs = ["zaak"]
per_team = {per_team}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "notebooks").mkdir()
    slugs = {"een": "true", "twee": "true", "geld": "false"}
    stanzas = [STANZA.format(slug=slug, per_team=per_team) for slug, per_team in slugs.items()]
    (tmp_path / "notebooks" / "reports.toml").write_text("\n".join(stanzas), "utf-8")
    for slug in slugs:
        (tmp_path / "notebooks" / f"{slug}.ipynb").write_text("{}", "utf-8")
    (tmp_path / "weekrapport.toml").write_text('week = "2026-W47"\n', "utf-8")
    return tmp_path


def plan(root: Path, **asked: object) -> Plan:
    return make_plan(root, now=datetime(2026, 11, 24, tzinfo=UTC), **asked)


def test_without_a_choice_every_report_is_made(root):
    assert plan(root).slugs == ("een", "twee", "geld")


def test_the_workspace_chooses_its_reports(root):
    (root / "weekrapport.toml").write_text('week = "2026-W47"\nreports = ["geld", "een"]\n', "utf-8")
    assert plan(root).slugs == ("geld", "een")


def test_the_command_line_wins_and_the_gate_still_knows_every_report(root):
    (root / "weekrapport.toml").write_text('week = "2026-W47"\nreports = ["een", "geld"]\n', "utf-8")
    found = plan(root, reports=["twee"])
    assert found.slugs == ("twee",)
    assert [entry.slug for entry in found.workspace_reports] == ["een", "geld", "twee"]


def test_a_misspelt_report_of_the_workspace_is_told(root):
    (root / "weekrapport.toml").write_text('week = "2026-W47"\nreports = ["gelt"]\n', "utf-8")
    with pytest.raises(ConfigurationError, match="Did you mean 'geld'"):
        plan(root)


def test_for_one_team_only_reports_that_can_be_split_are_made(root):
    assert plan(root, team="Servicedesk").slugs == ("een", "twee")


def test_asking_for_a_report_that_cannot_be_split_by_team_is_refused(root):
    with pytest.raises(ConfigurationError, match=r"'geld' cannot be made for one team\. Leave out --team"):
        plan(root, team="Servicedesk", reports=["een", "geld"])

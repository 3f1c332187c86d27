"""Which reports a run makes: those asked for, else those of the workspace, else all; for a team only what can be."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from weekrapport.errors import ConfigurationError
from weekrapport.week import parse_moment
from weekrapport.weekly.daily import daily_request, has_daily
from weekrapport.weekly.plan import Plan, make_plan

MOMENT = parse_moment("2026-11-25T16:30")

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


class TestDaily:
    @pytest.fixture
    def daily(self, root: Path) -> Path:
        manifest = root / "notebooks" / "reports.toml"
        parts = [*manifest.read_text("utf-8").split("\n\n"), STANZA.format(slug="dag", per_team="true")]
        manifest.write_text("\n".join(parts) + 'schedule = "dagelijks"\n', "utf-8")
        (root / "notebooks" / "dag.ipynb").write_text("{}", "utf-8")
        return root

    def test_the_weekly_run_leaves_it_out_and_the_gate_knows_it(self, daily):
        assert plan(daily).slugs == ("een", "twee", "geld")
        assert [entry.slug for entry in plan(daily).workspace_reports] == ["een", "twee", "geld", "dag"]

    def test_asked_for_by_name_it_is_made(self, daily):
        assert plan(daily, reports=["dag"]).slugs == ("dag",)
        assert plan(daily, reports=["een", "dag"]).slugs == ("een", "dag")

    def test_it_is_daily_also_when_the_workspace_names_it(self, daily):
        (daily / "weekrapport.toml").write_text('reports = ["een", "dag"]\n', "utf-8")
        assert plan(daily).slugs == ("een",)
        assert daily_request(daily, MOMENT)["reports"] == ["dag"]

    def test_a_workspace_with_only_daily_reports_has_no_weekly_run(self, daily):
        (daily / "weekrapport.toml").write_text('reports = ["dag"]\n', "utf-8")
        with pytest.raises(ConfigurationError, match="--report"):
            plan(daily)

    @pytest.mark.parametrize(
        ("moment", "week"),
        [("2026-11-23T07:00", "2026-W48"), ("2026-11-29T16:30", "2026-W48"), ("2027-01-01T07:00", "2026-W53")],
    )
    def test_the_daily_run_is_of_the_week_of_its_moment(self, daily, moment, week):
        (daily / "weekrapport.toml").write_text("", "utf-8")
        asked = daily_request(daily, parse_moment(moment))
        assert asked == {"week": week, "as_of": parse_moment(moment).isoformat(), "reports": ["dag"]}
        found = plan(daily, **asked)
        assert (str(found.week), found.as_of, found.slugs) == (week, parse_moment(moment), ("dag",))

    def test_a_workspace_of_one_week_keeps_that_week(self, daily):
        assert daily_request(daily, MOMENT) == {"reports": ["dag"]}

    def test_without_a_daily_report_there_is_no_daily_run(self, root):
        assert has_daily(root) is False
        with pytest.raises(ConfigurationError, match='schedule = "dagelijks"'):
            daily_request(root, MOMENT)

    def test_with_one_there_is(self, daily):
        assert has_daily(daily) is True

    def test_another_word_is_refused(self, daily):
        manifest = daily / "notebooks" / "reports.toml"
        manifest.write_text(manifest.read_text("utf-8").replace("dagelijks", "maandelijks"), "utf-8")
        with pytest.raises(ConfigurationError, match=r"\[dag\] schedule"):
            plan(daily)


def test_for_one_team_only_reports_that_can_be_split_are_made(root):
    assert plan(root, team="Servicedesk").slugs == ("een", "twee")


def test_asking_for_a_report_that_cannot_be_split_by_team_is_refused(root):
    with pytest.raises(ConfigurationError, match=r"'geld' cannot be made for one team\. Leave out --team"):
        plan(root, team="Servicedesk", reports=["een", "geld"])

"""Evidence is used again only when nothing that an outcome depends on has changed."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from expectations.registry import gate
from tests.builders import EXPORT, LINES, TOML, csv_bytes, write_workspace
from weekrapport.domain.outcome import Outcome
from weekrapport.quality.delivery import Delivery
from weekrapport.settings import Gate
from weekrapport.weekly import steps
from weekrapport.weekly.plan import make_plan


class CountingGate:
    """The real gate, which counts how often it is asked and whether it was told that nobody needs it."""

    def __init__(self) -> None:
        self.asked = 0
        self.closed = False

    def __call__(self, delivery: Delivery, bounds: Gate) -> list[Outcome]:
        self.asked += 1
        return gate(delivery, bounds)

    def close(self) -> None:
        self.closed = True


def run_gate(root: Path, as_of: str | None = None) -> tuple[CountingGate, dict[str, list[Outcome]]]:
    plan = make_plan(root, now=datetime(2026, 11, 24, tzinfo=UTC), as_of=as_of)
    prepared = steps.prepare(plan)
    counting = CountingGate()
    outcomes = steps.check(plan, prepared, counting)
    prepared.record.write(plan.folder)
    return counting, outcomes


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_workspace(tmp_path)
    counting, _ = run_gate(tmp_path)
    assert counting.asked == 1
    return tmp_path


def test_the_same_data_are_not_checked_twice_and_the_outcomes_are_the_same(root: Path) -> None:
    evidence = {path.name: path.read_bytes() for path in (root / "output/2026-W47/gate").iterdir()}
    counting, outcomes = run_gate(root)
    assert (counting.asked, counting.closed) == (0, True)
    assert {path.name: path.read_bytes() for path in (root / "output/2026-W47/gate").iterdir()} == evidence
    fresh = [each for each in gate_outcomes(root) if "case_overview" in each.rapporten]
    assert sorted(map(repr, outcomes["case_overview"])) == sorted(map(repr, fresh))


def gate_outcomes(root: Path) -> list[Outcome]:
    plan = make_plan(root, now=datetime(2026, 11, 24, tzinfo=UTC))
    return gate(steps.delivery(plan, steps.keep_snapshot(plan)), plan.workspace.settings.gate)


def other_data(root: Path) -> None:
    (root / "data/inbox" / EXPORT).write_bytes(csv_bytes(*LINES, "Z-004;17-11-2026;;Beheer"))


def other_bound(root: Path) -> None:
    (root / "weekrapport.toml").write_text(TOML + "\n[gate]\nversheid_zaken_dagen = 0\n", "utf-8")


def other_books(root: Path) -> None:
    (root / "weekrapport.toml").write_text(TOML + "\n[finance]\nin_afwachting_dagen = 3\n", "utf-8")


def touched_evidence(root: Path) -> None:
    path = root / "output/2026-W47/gate/zaak.json"
    content = json.loads(path.read_text("utf-8"))
    content["checks"][0]["state"] = "voldaan"
    path.write_text(json.dumps(content), "utf-8")


def lost_evidence(root: Path) -> None:
    (root / "output/2026-W47/gate/zaak.json").unlink()


def added_evidence(root: Path) -> None:
    (root / "output/2026-W47/gate/boeking.json").write_text('{"dataset": "boeking", "checks": []}', "utf-8")


@pytest.mark.parametrize(
    "change", [other_data, other_bound, other_books, touched_evidence, lost_evidence, added_evidence]
)
def test_a_change_is_checked_again(root: Path, change) -> None:
    change(root)
    counting, _ = run_gate(root)
    assert (counting.asked, counting.closed) == (1, False)


def test_another_moment_is_checked_again(root: Path) -> None:
    counting, _ = run_gate(root, as_of="2026-11-23T09:00")
    assert counting.asked == 1


def test_an_earlier_week_that_changes_the_usual_rows_is_checked_again(root: Path) -> None:
    earlier = make_plan(root, now=datetime(2026, 11, 24, tzinfo=UTC), week="2026-W46")
    steps.prepare(earlier)
    counting, _ = run_gate(root)
    assert counting.asked == 1

"""A share that is away for a moment is told apart from a file that is wrong."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from weekrapport.errors import SourceError
from weekrapport.settings import Workspace, load_workspace
from weekrapport.sources.fingerprint import hash_inputs
from weekrapport.sources.inbox import read_inbox
from weekrapport.sources.input_file import SourceAway, is_away, read_bytes
from weekrapport.sources.snapshot import read_description
from weekrapport.sources.snapshot_store import store_snapshot
from weekrapport.week import Week

WEEK = Week(2026, 47)
TOML = """
[[source]]
name = "teams"
table = "team"
files = "teams.csv"
[source.columns]
team_id = "id"
naam = "naam"
[[source]]
name = "klanten"
table = "klant"
files = "klanten.csv"
[source.columns]
klant_id = "id"
naam = "naam"
"""


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    (tmp_path / "data/inbox").mkdir(parents=True)
    (tmp_path / "weekrapport.toml").write_text(TOML)
    for name in ("teams.csv", "klanten.csv"):
        (tmp_path / "data/inbox" / name).write_text("id;naam\n1;a\n")
    return load_workspace(tmp_path)


def fail(monkeypatch: pytest.MonkeyPatch, method: str, name: str, number: int) -> None:
    """Let one method of Path answer for one file as the system does when the disk does."""
    real = getattr(Path, method)

    def answer(self: Path, *args: object, **options: object) -> object:
        if self.name == name:
            raise OSError(number, os.strerror(number), str(self))
        return real(self, *args, **options)

    monkeypatch.setattr(Path, method, answer)


@pytest.mark.parametrize("name", ["EIO", "ESTALE", "ETIMEDOUT", "EBUSY", "EAGAIN", "EHOSTDOWN", "ENETUNREACH"])
def test_a_passing_error_is_of_its_own_kind(space: Workspace, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    fail(monkeypatch, "read_bytes", "teams.csv", getattr(errno, name))
    with pytest.raises(SourceAway, match=r"teams\.csv cannot be reached now: .*run again later") as error:
        read_bytes(space.inbox / "teams.csv", "teams.csv")
    assert error.value.exit_code == SourceError.exit_code


@pytest.mark.parametrize("name", ["EACCES", "ENOENT", "EISDIR", "ENAMETOOLONG"])
def test_another_error_is_not(space: Workspace, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    fail(monkeypatch, "read_bytes", "teams.csv", getattr(errno, name))
    with pytest.raises(SourceError, match="cannot be opened") as error:
        read_bytes(space.inbox / "teams.csv", "teams.csv")
    assert not isinstance(error.value, SourceAway)


def test_it_is_an_error_of_its_source_and_the_others_are_read(
    space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not read_inbox(space).is_away
    fail(monkeypatch, "read_bytes", "teams.csv", errno.ESTALE)
    read = read_inbox(space)
    assert isinstance(read.errors["teams"], SourceAway)
    assert isinstance(read.unreadable_tables()["team"], SourceAway)
    assert set(read.tables) == {"klant"}
    assert read.is_away
    assert [line[0] for line in hash_inputs(space)] == ["klanten"]


def test_a_wrong_file_is_not_away(space: Workspace) -> None:
    (space.inbox / "teams.csv").unlink()
    (space.inbox / "klanten.csv").write_bytes(b"%PDF-")
    read = read_inbox(space)
    assert set(read.errors) == {"teams", "klanten"}
    assert not read.is_away
    assert not is_away({})


def test_a_snapshot_keeps_the_kind_of_the_error(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a run that takes the snapshot again, because the share is still away, would not try once more."""
    (space.inbox / "klanten.csv").unlink()
    fail(monkeypatch, "read_bytes", "teams.csv", errno.EIO)
    stored = store_snapshot(space, WEEK, read_inbox(space))
    again = read_description(stored.path)
    assert again.is_away
    assert isinstance(again.errors["teams"], SourceAway)
    assert not isinstance(again.errors["klanten"], SourceAway)


def test_after_it_has_passed_the_run_reads_again(space: Workspace) -> None:
    with pytest.MonkeyPatch.context() as away:
        fail(away, "read_bytes", "teams.csv", errno.ETIMEDOUT)
        first = store_snapshot(space, WEEK, read_inbox(space))
    second = store_snapshot(space, WEEK, read_inbox(space))
    assert (first.version, first.is_away) == ("r1", True)
    assert (second.version, second.is_away) == ("r2", False)
    assert set(second.rows) == {"team", "klant", "quarantine"}


def test_an_inbox_that_cannot_be_searched_is_away_too(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    fail(monkeypatch, "is_dir", "inbox", errno.ESTALE)
    read = read_inbox(space)
    assert {type(error) for error in read.errors.values()} == {SourceAway}
    assert [notice.text for notice in read.notices if "doorzocht" in notice.text] != []

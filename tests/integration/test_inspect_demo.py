"""`inspect` on every export of the demonstration proposes the mapping that the demonstration has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.builders import weekrapport
from weekrapport.demo.workspace import write_demo
from weekrapport.settings import Workspace, load_workspace
from weekrapport.sources.inbox import read_inbox
from weekrapport.sources.inspection import inspect_file
from weekrapport.sources.proposal import propose


@pytest.fixture(scope="module", params=["standaard", "gebreken"])
def space(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root = tmp_path_factory.mktemp("demo")
    write_demo(root, variant=request.param, factor=0.1)
    return load_workspace(root)


def test_every_source_is_found_again_and_reads_as_many_rows(space: Workspace, tmp_path: Path) -> None:
    assert len(space.settings.source) > 20
    sections: list[str] = []
    for source in space.settings.source:
        (path,) = space.inbox.glob(source.files)
        found = propose(inspect_file(path.read_bytes(), path.name, source.sheet), sheet=source.sheet)
        assert found is not None, path.name
        assert (found.source.table, found.source.columns) == (source.table, source.columns), path.name
        sections.append(re.sub(r'^name = ".*"$', f'name = "{source.name}"', found.toml, count=1, flags=re.MULTILINE))
    toml = f'[paths]\ninbox = "{space.inbox}"\n\n' + "\n".join(sections)
    (tmp_path / "weekrapport.toml").write_text(toml, encoding="utf-8")
    expected, proposed = read_inbox(space), read_inbox(load_workspace(tmp_path))
    assert proposed.errors == {}
    assert proposed.rows_read == expected.rows_read
    assert proposed.rows_quarantined == expected.rows_quarantined


def test_the_command_knows_the_file_and_tries_its_proposal(space: Workspace) -> None:
    for path in sorted([*space.inbox.glob("begroting*.*"), *space.inbox.glob("z*.*")]):
        ran = weekrapport("inspect", path.name, "--workspace", space.root)
        assert (ran.code, ran.err) == (0, ""), path.name
        assert "of weekrapport.toml reads this file already." in ran.out, path.name
        assert "Read with this proposal: " in ran.out, path.name

from __future__ import annotations

from pathlib import Path

import pytest

from weekrapport.errors import ConfigurationError
from weekrapport.reporting.manifest import PARAMETERS, choose, load_manifest, project_root

STANZA = """[mijn_rapport]
notebook = "mijn.ipynb"
title = "Mijn rapport"
subtitle = "Van mij"
file_title = "mijn"
classification = "Intern – MT"
needs = ["zaak"]
uses = ["team"]
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "mijn.ipynb").write_text("{}", "utf-8")
    (tmp_path / "notebooks" / "reports.toml").write_text(STANZA, "utf-8")
    return tmp_path


def rewrite(workspace: Path, text: str) -> str:
    (workspace / "notebooks" / "reports.toml").write_text(text, "utf-8")
    with pytest.raises(ConfigurationError) as error:
        load_manifest(workspace)
    assert str(workspace / "notebooks" / "reports.toml") in str(error.value)
    return str(error.value)


def test_the_parameters_of_every_notebook():
    assert PARAMETERS == ("week", "as_of", "workspace", "status", "team")


def test_the_project_lists_the_case_overview_and_its_notebook_is_there():
    manifest = load_manifest()
    entry = manifest["case_overview"]
    assert entry.path == project_root() / "notebooks" / "case_overview.ipynb"
    assert entry.file_title == "zaakoverzicht"
    assert "zaak" in entry.tables


def test_a_workspace_without_notebooks_takes_those_of_the_project(tmp_path):
    assert load_manifest(tmp_path) == load_manifest()


def test_a_workspace_with_its_own_takes_only_those(workspace):
    manifest = load_manifest(workspace)
    assert list(manifest) == ["mijn_rapport"]
    assert manifest["mijn_rapport"].path == workspace / "notebooks" / "mijn.ipynb"
    assert manifest["mijn_rapport"].tables == ("zaak", "team")


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ('title = "Mijn rapport"\n', "", "[mijn_rapport] title: Field required"),
        ("subtitle", "ondertitel", "[mijn_rapport]"),
        ("uses", "use", "Did you mean 'uses'?"),
        ('"zaak"', '"zaken"', "there is no table 'zaken'. Did you mean 'zaak'?"),
        ("mijn.ipynb", "weg.ipynb", "names 'weg.ipynb', but"),
        ("[mijn_rapport]", "[mijn_rapport", "is not valid TOML"),
        (STANZA, 'mijn_rapport = "x"', "must be a section"),
    ],
)
def test_a_wrong_stanza_is_refused(workspace, old, new, found):
    assert found in rewrite(workspace, STANZA.replace(old, new, 1))


def test_a_manifest_that_notepad_saved_is_read(workspace):
    (workspace / "notebooks" / "reports.toml").write_bytes(b"\xef\xbb\xbf" + STANZA.encode())
    assert list(load_manifest(workspace)) == ["mijn_rapport"]


def test_a_manifest_that_is_no_utf8_is_refused(workspace):
    (workspace / "notebooks" / "reports.toml").write_bytes(STANZA.encode("cp1252"))
    with pytest.raises(ConfigurationError, match="is not valid TOML"):
        load_manifest(workspace)


@pytest.mark.parametrize("slug", ["../elders", "Mijn rapport", "a/b", ""])
def test_a_slug_that_is_no_file_name_is_refused(workspace, slug):
    """It becomes a folder of the output and the name of the executed notebook."""
    assert slug in rewrite(workspace, STANZA.replace("[mijn_rapport]", f'["{slug}"]'))


@pytest.mark.parametrize("file", ["../elders", "a/b"])
def test_a_file_title_that_is_no_file_name_is_refused(workspace, file):
    assert "file_title" in rewrite(workspace, STANZA.replace('file_title = "mijn"', f'file_title = "{file}"'))


def test_choosing():
    manifest = load_manifest()
    assert choose(manifest, None) == list(manifest.values())
    assert choose(manifest, []) == list(manifest.values())
    assert [entry.slug for entry in manifest.values() if entry.schedule == "dagelijks"] == ["handover"]
    assert choose(manifest, ["case_overview"]) == [manifest["case_overview"]]


def test_choosing_the_same_report_twice_makes_it_once():
    """Made twice at the same time, the two would write the same files."""
    assert len(choose(load_manifest(), ["case_overview", "case_overview"])) == 1


def test_choosing_what_is_not_there_names_the_nearest():
    with pytest.raises(ConfigurationError, match="Did you mean 'case_overview'"):
        choose(load_manifest(), ["case_overveiw"])

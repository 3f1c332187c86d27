"""What is checked of a notebook before and after papermill runs it; real runs stand in tests/integration."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest

from weekrapport.errors import ReportFailed
from weekrapport.reporting.blocks import RECORD_MIME
from weekrapport.reporting.manifest import PARAMETERS, ReportEntry, load_manifest
from weekrapport.reporting.run_notebook import check_parameters, check_record, find_record

GIVEN = {
    "week": "2026-W47",
    "as_of": "2026-11-23T06:00:00+00:00",
    "workspace": "/data/demo",
    "status": "concept",
    "team": "",
}
CELL = 'week = "2026-W47"\nas_of = ""\nworkspace = "../data/demo"\nstatus = "concept"\nteam = ""\n'


def entry_of(folder: Path, *cells: Any) -> ReportEntry:
    nbformat.write(nbformat.v4.new_notebook(cells=list(cells)), folder / "r.ipynb")
    return load_manifest()["case_overview"].model_copy(update={"folder": folder, "notebook": "r.ipynb"})


def tagged(source: str) -> Any:
    return nbformat.v4.new_code_cell(source, metadata={"tags": ["parameters"]})


def refused(entry: ReportEntry) -> str:
    with pytest.raises(ReportFailed) as error:
        check_parameters(entry, GIVEN)
    assert "r.ipynb" in str(error.value)
    return str(error.value)


def test_the_parameters_of_the_plan_are_those_of_the_manifest():
    assert tuple(GIVEN) == PARAMETERS


@pytest.mark.parametrize("source", [CELL, CELL.replace("week =", "week: str ="), "# comment\n" + CELL + "\n"])
def test_a_notebook_with_exactly_the_parameters_is_run(tmp_path, source):
    check_parameters(entry_of(tmp_path, nbformat.v4.new_markdown_cell("# Titel"), tagged(source)), GIVEN)


def test_the_notebook_of_the_project_is_right():
    check_parameters(load_manifest()["case_overview"], GIVEN)


def test_a_mistyped_parameter_names_both_sides(tmp_path):
    """papermill would only warn, and report the default week as the one asked for."""
    text = refused(entry_of(tmp_path, tagged(CELL.replace("week =", "weke ="))))
    assert "does not set week; it sets weke," in text


def test_a_parameter_too_many(tmp_path):
    assert "sets extra, which no run gives" in refused(entry_of(tmp_path, tagged(CELL + "extra = 1\n")))


def test_a_parameter_that_is_only_a_comment(tmp_path):
    assert "does not set team" in refused(entry_of(tmp_path, tagged(CELL.replace("team =", "# team ="))))


def test_no_cells_at_all(tmp_path):
    assert "has 0 cells tagged `parameters`" in refused(entry_of(tmp_path))


def test_no_tagged_cell(tmp_path):
    assert "has 0 cells tagged `parameters`" in refused(entry_of(tmp_path, nbformat.v4.new_code_cell(CELL)))


def test_two_tagged_cells(tmp_path):
    assert "has 2 cells tagged `parameters`" in refused(entry_of(tmp_path, tagged(CELL), tagged(CELL)))


def test_code_before_the_parameters_cannot_have_been_given_them(tmp_path):
    text = refused(entry_of(tmp_path, nbformat.v4.new_code_cell("x = 1"), tagged(CELL)))
    assert "first" in text


def test_a_parameters_cell_that_is_not_python(tmp_path):
    assert "is not valid Python (line 1)" in refused(entry_of(tmp_path, tagged("week = = 3")))


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"geen notebook", b"\xff\xfe", b'{"nbformat": 4, "cells": 3}'])
def test_a_file_that_is_no_notebook(tmp_path, content):
    entry = entry_of(tmp_path)
    entry.path.write_bytes(content)
    refused(entry)


def notebook(*records: Any) -> Any:
    cells = []
    for record in records:
        cell = nbformat.v4.new_code_cell("")
        cell.outputs = [nbformat.v4.new_output("execute_result", {RECORD_MIME: record, "text/plain": ""})]
        cells.append(cell)
    return nbformat.v4.new_notebook(cells=cells)


ENTRY = load_manifest()["case_overview"]
RECORD = {"report": "case_overview", **GIVEN, "facts": [], "signals": [], "tables": {}}


def test_the_record_of_the_last_cell_is_found():
    assert find_record(ENTRY, notebook(RECORD)) == RECORD


@pytest.mark.parametrize("count", [0, 2])
def test_no_record_or_two_prove_nothing(count):
    with pytest.raises(ReportFailed, match=f"shows {count} records"):
        find_record(ENTRY, notebook(*[RECORD] * count))


def test_a_report_on_what_was_asked_is_accepted():
    check_record(ENTRY, GIVEN, RECORD)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("week", "2026-W46"),
        ("as_of", "2026-11-23T07:00:00+00:00"),
        ("workspace", "/data/elders"),
        ("status", "definitief"),
        ("team", "Servicedesk"),
        ("report", "quality_sample"),
        ("week", None),
    ],
)
def test_a_report_on_something_else_is_refused(name, value):
    with pytest.raises(ReportFailed, match=f"was asked for {name} ") as error:
        check_record(ENTRY, GIVEN, {**RECORD, name: value})
    assert repr(value) in str(error.value)


def test_a_record_that_does_not_say_is_refused():
    with pytest.raises(ReportFailed, match="reported on None"):
        check_record(ENTRY, GIVEN, {"report": "case_overview"})

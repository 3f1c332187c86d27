"""House rules of the notebooks: prose, parameters and calls; whatever else there is to do has a home in the package."""

from __future__ import annotations

import ast
import copy
import tomllib
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
PATHS = sorted(NOTEBOOKS.glob("*.ipynb"))
MANIFEST = NOTEBOOKS / "reports.toml"
PARAMETERS = ["week", "as_of", "workspace", "status", "team"]
MAX_CELL_LINES = 15
IMPORTABLE = ("weekrapport.reporting", "weekrapport.domain", "weekrapport.week", "pandas", "matplotlib")
READERS = ("read_", "open", "glob", "iterdir")


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def trees(notebook: NotebookNode) -> list[ast.Module]:
    return [ast.parse(cell.source) for cell in code_cells(notebook) if not has_magic(cell.source)]


def has_magic(source: str) -> bool:
    return any(line.lstrip().startswith(("%", "!", "?")) or line.rstrip().endswith("?") for line in source.splitlines())


def invalid(notebook: NotebookNode) -> list[str]:
    try:
        nbformat.validate(notebook)
    except nbformat.ValidationError as error:
        return [f"not a valid notebook: {error.message}"]
    return [] if notebook.metadata.get("kernelspec", {}).get("name") == "python3" else ["the kernelspec is not python3"]


def unstripped(notebook: NotebookNode) -> list[str]:
    found = [
        f"cell {number} keeps a result: run `make strip`"
        for number, cell in enumerate(notebook.cells)
        if cell.cell_type == "code" and (cell.outputs or cell.execution_count is not None)
    ]
    if "language_info" in notebook.metadata:
        found.append("the Python version is in the metadata: run `make strip`")
    return found


def wrong_parameters(notebook: NotebookNode) -> list[str]:
    cells = code_cells(notebook)
    tagged = [number for number, cell in enumerate(cells) if "parameters" in cell.metadata.get("tags", [])]
    if tagged != [0]:
        return [f"code cells tagged `parameters`: {tagged}; it must be the first and the only one"]
    names = []
    for statement in ast.parse(cells[0].source).body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant()):
                names.append(name)
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.Constant()):
                names.append(name)
            case _:
                return [f"line {statement.lineno} of the parameters is not `name = constant`"]
    return [] if names == PARAMETERS else [f"the parameters are {names}, not {PARAMETERS}"]


def wrong_imports(notebook: NotebookNode) -> list[str]:
    found = []
    for tree in trees(notebook):
        for node in ast.walk(tree):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [
                    f"{node.module}.{alias.name}" if node.module == "weekrapport" else node.module or "."
                    for alias in node.names
                ]
            found += [
                f"import of {name}: a notebook imports {', '.join(IMPORTABLE)} only"
                for name in names
                if not any(name == allowed or name.startswith(f"{allowed}.") for allowed in IMPORTABLE)
            ]
    return found


def definitions(notebook: NotebookNode) -> list[str]:
    """Functions and classes are tested in the package; one lambda as an argument is bearable, a named one is not."""
    found = []
    for tree in trees(notebook):
        nodes = list(ast.walk(tree))
        found += [
            node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        ]
        found += ["a named lambda" for n in nodes if isinstance(n, ast.Assign) and isinstance(n.value, ast.Lambda)]
        if sum(isinstance(node, ast.Lambda) for node in nodes) > 1:
            found.append("more than one lambda in a cell")
    return [f"{name}: put it in src/weekrapport with a test" for name in found]


def file_reading(notebook: NotebookNode) -> list[str]:
    found = []
    for tree in trees(notebook):
        for node in ast.walk(tree):
            match node:
                case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name.startswith(
                    READERS
                ) and name not in ("open_report",):
                    found.append(f"{name}(): data come from open_report only")
                case ast.Attribute(value=ast.Name(id="sys"), attr="path"):
                    found.append("sys.path: the package is installed")
    return found


def magics(notebook: NotebookNode) -> list[str]:
    return [
        f"a magic or shell line in: {cell.source[:40]!r}" for cell in code_cells(notebook) if has_magic(cell.source)
    ]


def long_cells(notebook: NotebookNode) -> list[str]:
    lengths = [len(cell.source.splitlines()) for cell in code_cells(notebook)]
    return [f"a code cell of {lines} lines; {MAX_CELL_LINES} at most" for lines in lengths if lines > MAX_CELL_LINES]


def without_title(notebook: NotebookNode) -> list[str]:
    first = notebook.cells[0] if notebook.cells else None
    ok = first is not None and first.cell_type == "markdown"
    return [] if ok else ["the first cell is not a markdown cell that says what the report answers"]


def unpaired(notebooks: set[str], manifest: dict[str, dict[str, object]]) -> list[str]:
    named = [str(stanza.get("notebook")) for stanza in manifest.values()]
    found = [f"{name} has no stanza in reports.toml" for name in sorted(notebooks - set(named))]
    found += [f"reports.toml names {name}, which does not exist" for name in sorted(set(named) - notebooks)]
    return found + [f"two stanzas name {name}" for name in sorted({name for name in named if named.count(name) > 1})]


RULES: list[Callable[[NotebookNode], list[str]]] = [
    invalid, unstripped, wrong_parameters, wrong_imports, definitions, file_reading, magics, long_cells, without_title,
]  # fmt: skip


def good_notebook() -> NotebookNode:
    parameters = 'week = "2026-W47"\nas_of = None\nworkspace = "data/demo"\nstatus = "concept"\nteam = None'
    notebook = new_notebook(
        cells=[
            new_markdown_cell("Wat dit rapport beantwoordt."),
            new_code_cell(parameters, metadata={"tags": ["parameters"]}),
            new_code_cell("from weekrapport.domain import kpis\nfrom weekrapport.reporting import open_report"),
            new_code_cell("rapport = open_report(week)\nkpis.afgerond(rapport.zaakbeeld, rapport.week).head()"),
        ],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )
    return notebook


def bad(source: str) -> Callable[[NotebookNode], None]:
    return lambda notebook: notebook.cells.append(new_code_cell(source))


def executed(notebook: NotebookNode) -> None:
    notebook.cells[3].outputs = [new_output("stream", text="88")]


def counted(notebook: NotebookNode) -> None:
    notebook.cells[3].execution_count = 4


def versioned(notebook: NotebookNode) -> None:
    notebook.metadata["language_info"] = {"name": "python", "version": "3.11.7"}


def kernelless(notebook: NotebookNode) -> None:
    del notebook.metadata["kernelspec"]


def broken_cell(notebook: NotebookNode) -> None:
    notebook.cells[0].cell_type = "proza"


def untagged(notebook: NotebookNode) -> None:
    notebook.cells[1].metadata = NotebookNode()


def twice_tagged(notebook: NotebookNode) -> None:
    notebook.cells[3].metadata = NotebookNode(tags=["parameters"])


def late(notebook: NotebookNode) -> None:
    notebook.cells[1], notebook.cells[2] = notebook.cells[2], notebook.cells[1]


def parameters(source: str) -> Callable[[NotebookNode], None]:
    return lambda notebook: notebook.cells[1].update(source=source)


def titleless(notebook: NotebookNode) -> None:
    del notebook.cells[0]


@pytest.mark.parametrize(
    ("rule", "spoil"),
    [
        (invalid, kernelless),
        (invalid, broken_cell),
        (unstripped, executed),
        (unstripped, counted),
        (unstripped, versioned),
        (wrong_parameters, untagged),
        (wrong_parameters, twice_tagged),
        (wrong_parameters, late),
        (wrong_parameters, parameters('week = "2026-W47"')),
        (wrong_parameters, parameters("week = this_week()")),
        (wrong_imports, bad("import os")),
        (wrong_imports, bad("import pandas_profiling")),
        (wrong_imports, bad("from weekrapport.sources import snapshot")),
        (wrong_imports, bad("from weekrapport import sources")),
        (wrong_imports, bad("import prefect")),
        (definitions, bad("def doorlooptijd(rows):\n    return rows")),
        (definitions, bad("class Zaak:\n    pass")),
        (definitions, bad("tel = lambda rows: len(rows)")),
        (definitions, bad("a.apply(lambda x: x).map(lambda x: x)")),
        (file_reading, bad("zaken = pd.read_csv('zaken.csv')")),
        (file_reading, bad("open('zaken.csv')")),
        (file_reading, bad("sys.path.append('..')")),
        (magics, bad("%matplotlib inline")),
        (magics, bad("!pip install x")),
        (long_cells, bad("x = 1\n" * (MAX_CELL_LINES + 1))),
        (without_title, titleless),
    ],
)
def test_a_bad_notebook_is_found_by_its_rule(rule, spoil):
    notebook = copy.deepcopy(good_notebook())
    spoil(notebook)
    assert rule(notebook)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_good_notebook_is_kept_by_every_rule(rule):
    assert rule(good_notebook()) == []


def test_a_cell_of_exactly_the_longest_length_is_kept():
    notebook = good_notebook()
    notebook.cells.append(new_code_cell("x = 1\n" * MAX_CELL_LINES))
    assert long_cells(notebook) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_the_notebooks_keep_the_rules(path, rule):
    notebook = nbformat.reads(path.read_text("utf-8"), as_version=nbformat.NO_CONVERT)
    assert notebook.nbformat == 4
    assert rule(notebook) == []


@pytest.mark.parametrize(
    ("notebooks", "manifest"),
    [
        ({"a.ipynb"}, {}),
        (set(), {"a": {"notebook": "a.ipynb"}}),
        ({"a.ipynb"}, {"a": {"notebook": "a.ipynb"}, "b": {"notebook": "a.ipynb"}}),
        ({"a.ipynb"}, {"a": {}}),
    ],
)
def test_an_unpaired_notebook_or_stanza_is_found(notebooks, manifest):
    assert unpaired(notebooks, manifest)


def test_every_notebook_has_its_stanza_and_the_other_way_round():
    manifest = tomllib.loads(MANIFEST.read_text("utf-8"))
    assert manifest
    assert unpaired({path.name for path in PATHS if not path.name.startswith("_")}, manifest) == []


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_cells_are_numbered_as_make_strip_leaves_them(path):
    cells = nbformat.read(path, as_version=4).cells
    assert [cell.id for cell in cells] == [str(number) for number in range(len(cells))], "run `make strip`"

"""House rules of the Python code. Every rule is a function, held to a bad example before it judges the project."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAX_LINES = 400
SHAPELESS = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "stuff"}
MODULES = sorted(path for folder in ("src", "flows", "expectations") for path in (ROOT / folder).rglob("*.py"))
DOMAIN = sorted((ROOT / "src/weekrapport/domain").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("test_*.py"))


def shapeless_names(paths: list[Path]) -> list[str]:
    return [str(path) for path in paths if SHAPELESS & {path.stem, path.parent.name}]


def too_long(path: Path) -> bool:
    return len(path.read_text("utf-8").splitlines()) > MAX_LINES


def shadowing_names(paths: list[Path]) -> set[str]:
    return {path.stem for path in paths} & set(sys.stdlib_module_names)


def impure_calls(source: str) -> list[str]:
    """Return the calls in `source` that read a file, the clock or chance."""
    clock = {"now", "today", "utcnow"}
    chance = {"default_rng", "RandomState"}
    file = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "to_csv", "to_parquet", "to_excel"}
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        match node.func:
            case ast.Attribute(attr=name) | ast.Name(id=name):
                if name in clock | chance | file or name.startswith(("read_csv", "read_parquet", "read_excel")):
                    found.append(f"line {node.lineno}: {name}()")
    return found


def test_the_project_has_modules_to_judge():
    assert len(MODULES) > 10
    assert DOMAIN


def test_shapeless_names_are_found():
    assert shapeless_names([Path("a/utils.py"), Path("helpers/dates.py"), Path("a/week.py")]) == [
        "a/utils.py",
        "helpers/dates.py",
    ]


def test_no_module_has_a_shapeless_name():
    assert not shapeless_names([path.relative_to(ROOT) for path in MODULES])


@pytest.mark.parametrize(("lines", "expected"), [(MAX_LINES, False), (MAX_LINES + 1, True)])
def test_a_long_module_is_found(tmp_path, lines, expected):
    path = tmp_path / "long.py"
    path.write_text("x = 1\n" * lines, encoding="utf-8")
    assert too_long(path) is expected


def test_no_module_is_too_long():
    assert not [str(path.relative_to(ROOT)) for path in MODULES if too_long(path)], f"split at {MAX_LINES} lines"


def test_a_name_of_the_standard_library_is_found():
    assert shadowing_names([Path("flows/calendar.py"), Path("flows/weekly.py")]) == {"calendar"}


def test_no_flow_is_named_as_a_module_of_the_standard_library():
    """Prefect puts flows/ first on sys.path, so such a file would replace the real one."""
    flows = sorted((ROOT / "flows").glob("*.py"))
    assert flows
    assert not shadowing_names([path for path in flows if path.stem != "__init__"])


@pytest.mark.parametrize(
    "source",
    ["datetime.now(UTC)", "date.today()", "open('x')", "pd.read_csv(p)", "frame.to_parquet(p)", "p.read_text()"],
)
def test_an_impure_call_is_found(source):
    assert impure_calls(source)


def test_a_pure_call_is_not_found():
    assert not impure_calls("frame.rename(columns=str.lower).opened()")


@pytest.mark.parametrize("path", DOMAIN, ids=lambda path: path.stem)
def test_the_domain_reads_no_file_clock_or_chance(path):
    assert not impure_calls(path.read_text("utf-8"))


def repeated_stems(paths: list[Path]) -> list[str]:
    stems = [path.stem for path in paths]
    return sorted({stem for stem in stems if stems.count(stem) > 1})


def test_test_files_have_names_of_their_own():
    assert repeated_stems([Path("unit/test_a.py"), Path("spec/test_a.py"), Path("spec/test_b.py")]) == ["test_a"]
    assert not repeated_stems(TESTS)


def test_the_package_is_light_to_import():
    """`import weekrapport` and its ground modules cost no engine: Great Expectations alone takes seconds."""
    heavy = ["great_expectations", "prefect", "papermill", "nbconvert", "typst", "matplotlib", "scipy"]
    code = (
        "import sys, weekrapport, weekrapport.week, weekrapport.errors;"
        f"print(*[name for name in {heavy} + ['pandas'] if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_the_command_line_reaches_the_engines_only_when_needed():
    code = "import sys, weekrapport.cli; print(*[n for n in ('prefect', 'great_expectations') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []

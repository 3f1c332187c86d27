"""The import layers of pyproject.toml: a tree that obeys them passes, one wrong import of each kind is reported.

`make check` runs the same contracts on the project itself.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINT = Path(sys.executable).with_name("lint-imports")
GOOD = {
    "weekrapport/errors.py": "",
    "weekrapport/week.py": "from weekrapport import errors",
    "weekrapport/domain/kpis.py": "from weekrapport import week\nimport pandas",
    "weekrapport/settings.py": "from weekrapport.domain import kpis",
    "weekrapport/sources/csv_reader.py": "from weekrapport import settings",
    "weekrapport/quality/gate.py": "import great_expectations\nfrom weekrapport.sources import csv_reader",
    "weekrapport/reporting/run.py": "import papermill, nbconvert, typst\nfrom weekrapport.sources import csv_reader",
    "weekrapport/weekly/run.py": "from weekrapport.reporting import run\nfrom weekrapport.quality import gate",
    "expectations/zaak.py": "import great_expectations\nfrom weekrapport.quality import gate",
    "flows/weekly.py": "import prefect\nfrom expectations import zaak\nfrom weekrapport.weekly import run",
    "weekrapport/cli.py": "def run():\n    from flows import weekly",
}
BAD = {
    "layers": {
        "weekrapport/domain/kpis.py": "from weekrapport import settings",
        "weekrapport/quality/gate.py": "from weekrapport.reporting import run",
        "weekrapport/weekly/run.py": "from expectations import zaak",
        "weekrapport/sources/csv_reader.py": "from weekrapport.weekly import run",
    },
    "pure-domain": {"weekrapport/domain/kpis.py": "import pathlib"},
    "great-expectations": {"weekrapport/reporting/run.py": "import great_expectations"},
    "rendering": {"weekrapport/quality/gate.py": "def gate():\n    import papermill"},
    "prefect": {"weekrapport/cli.py": "def run():\n    import prefect"},
}


def lint(folder: Path, files: dict[str, str], *contracts: str) -> subprocess.CompletedProcess[str]:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        for package in (path.parent, *path.parent.relative_to(folder).parents):
            (folder / package / "__init__.py").touch()
        path.write_text(text, encoding="utf-8")
    (folder / "__init__.py").unlink()
    (folder / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text("utf-8"), encoding="utf-8")
    options = [option for contract in contracts for option in ("--contract", contract)]
    return subprocess.run(
        [str(LINT), "--no-logo", "--no-cache", *options], cwd=folder, capture_output=True, text=True, check=False
    )


def test_there_is_a_bad_example_for_every_contract():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    assert {contract["id"] for contract in contracts} == set(BAD)


def test_a_tree_that_obeys_the_layers_is_kept(tmp_path):
    done = lint(tmp_path, GOOD)
    assert done.returncode == 0, done.stdout
    assert f"Contracts: {len(BAD)} kept, 0 broken." in done.stdout


@pytest.mark.parametrize("contract", BAD)
def test_a_wrong_import_is_reported(tmp_path, contract):
    done = lint(tmp_path, GOOD | BAD[contract], contract)
    assert done.returncode == 1
    for name in BAD[contract]:
        assert name.removesuffix(".py").replace("/", ".") in done.stdout

"""House rules of the repository: dependencies, committed text, ignored data, commands that the documents promise."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PYPROJECT = (ROOT / "pyproject.toml").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "notebooks").glob("*.md")])
MACHINE_PATH = re.compile(r"(?<![\w./<~-])/(?:work|root|home/\w+|Users/\w+|tmp/\w+)/\w")
REGISTRY_HOST = re.compile(
    "|".join(("pypi" + r"\.org", "python" + r"hosted\.org", "npm" + r"js\.org", "deb" + r"\.debian\.org"))
)
in_git = pytest.mark.skipif(
    not (ROOT / ".git").exists() or shutil.which("git") is None, reason="not a git checkout: nothing is committed here"
)


def git(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, check=False)


# --- dependencies ---------------------------------------------------------------------------------------------------


def bounds_without_reason(text: str) -> list[str]:
    """Return the dependency lines that hold a version back without saying why on the same line."""
    lines = [line.strip() for line in text.splitlines()]
    bounded = [line for line in lines if re.match(r'"[A-Za-z][\w.\[\]-]*[^"]*(?:<|==)[^"]*"', line)]
    return [line for line in bounded if not re.search(r'",?\s*#\s*\S', line)]


def test_a_bound_without_a_reason_is_found():
    text = '"pandas>=3,<4",\n"prefect==3.8.8",\n"rich>=13",\n"typst==0.15.2",  # pre-1.0\n"a[b]<2",'
    assert bounds_without_reason(text) == ['"pandas>=3,<4",', '"prefect==3.8.8",', '"a[b]<2",']


def test_every_upper_bound_says_why():
    assert bounds_without_reason(PYPROJECT) == []


def test_the_lock_belongs_to_the_dependencies():
    """`uv sync --locked` refuses a stale lock; this tells it in the quick check, without a network."""
    project = tomllib.loads(PYPROJECT)
    lock = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))
    (ours,) = (package for package in lock["package"] if package["name"] == project["project"]["name"])
    given = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    locked = [*ours["metadata"]["requires-dist"], *ours["metadata"]["requires-dev"]["dev"]]
    split = [re.match(r"([\w.-]+)(?:\[[^\]]*\])?(.*)", text) for text in given]
    assert {(match[1], frozenset(match[2].split(","))) for match in split if match} == {
        (item["name"], frozenset(item.get("specifier", "").split(","))) for item in locked
    }


# --- what is committed ----------------------------------------------------------------------------------------------


def told_too_much(texts: Mapping[str, str]) -> list[str]:
    """Return where a text names a folder of one machine or the host of a package registry."""
    found = []
    for name, text in texts.items():
        for number, line in enumerate(text.splitlines(), start=1):
            if MACHINE_PATH.search(line) or (name != "uv.lock" and REGISTRY_HOST.search(line)):
                found.append(f"{name}:{number}: {line.strip()[:80]}")
    return found


def committed_texts() -> dict[str, str]:
    texts = {}
    for name in git("ls-files", "-z").stdout.split("\0"):
        path = ROOT / name
        if name and path.is_file() and b"\0" not in (content := path.read_bytes()):
            texts[name] = content.decode("utf-8", errors="replace")
    return texts


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("a.md", "see /" + "work/main/x", True),
        ("a.md", "cd /" + "home/jan/reports", True),
        ("a.md", "pip install -i https://pypi" + ".org/simple", True),
        ("uv.lock", "https://pypi" + ".org/simple", False),
        ("uv.lock", "/" + "root/x", True),
        ("a.md", "data/work/x and https://example.test/home/page and ~/work/x", False),
    ],
)
def test_a_machine_path_or_registry_host_is_found(name, text, found):
    assert bool(told_too_much({name: text})) is found


@in_git
def test_no_committed_file_names_a_machine_path_or_a_registry_host():
    texts = committed_texts()
    assert len(texts) > 20
    assert told_too_much(texts) == []


@in_git
@pytest.mark.parametrize(
    "path",
    [
        "data/inbox/zaken.csv",
        "data/snapshots/2026-W47/zaak.parquet",
        "data/commentaar/2026-W47/case_overview.md",
        "data/review/2026-W47/steekproef.xlsx",
        "data/demo/weekrapport.toml",
        "data/demo/data/inbox/zaken.csv",
        "output/2026-W47/run.json",
        "output/demo/2026-W47/case_overview/zaakoverzicht.pdf",
        ".venv/bin/python",
        ".tools/uv/bin/uv",
    ],
)
def test_git_ignores_data_output_and_tools(path):
    assert git("check-ignore", "--no-index", "--quiet", path).returncode == 0


@in_git
@pytest.mark.parametrize(
    "path",
    [
        "data/inbox/README.md",
        "data/snapshots/README.md",
        "data/commentaar/README.md",
        "data/review/README.md",
        "data/reference/README.md",
        "data/reference/feestdagen.csv",
        "output/README.md",
        "src/weekrapport/week.py",
    ],
)
def test_git_keeps_pages_and_reference_data(path):
    assert git("check-ignore", "--no-index", "--quiet", path).returncode == 1


@in_git
def test_nothing_is_committed_in_data_and_output_but_pages_and_reference_data():
    names = git("ls-files", "data", "output").stdout.split()
    assert names
    assert [name for name in names if not name.endswith("/README.md") and not name.startswith("data/reference/")] == []


# --- commands -------------------------------------------------------------------------------------------------------


def commands_in(text: str) -> list[str]:
    """Return the command lines of fenced blocks and inline code that start with make or weekrapport."""
    blocks = re.findall(r"^```[^\n]*\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    lines = [line.strip().removeprefix("$ ") for block in blocks for line in block.splitlines()]
    lines += re.findall(r"(?<!`)`([^`\n]+)`(?!`)", text)
    found = [line.split("#")[0].strip().removeprefix(".venv/bin/") for line in lines]
    return [line for line in found if re.match(r"(make|weekrapport)( |$)", line)]


def make_targets(text: str) -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):", text, flags=re.MULTILINE))


def unknown_commands(lines: list[str], targets: set[str], options: Mapping[str, set[str]]) -> list[str]:
    """Return the lines whose make target, weekrapport command or option does not exist.

    `options` gives the options of every weekrapport command; "" holds those before the command.
    """
    found = []
    for line in lines:
        program, *rest = shlex.split(line.replace("[", " ").replace("]", " "))
        names = [word for word in rest if not word.startswith("-") and "=" not in word]
        if program == "make":
            found += [line for name in names if name not in targets]
        elif names and re.fullmatch(r"[a-z-]+", names[0]):
            given = {word.split("=")[0] for word in rest if word.startswith("--")}
            if names[0] not in options or given - options[names[0]] - options[""] - {"--help"}:
                found.append(line)
    return found


def test_the_commands_of_a_document_are_read():
    text = "Run `make test` or `weekrapport run --week 2026-W47`.\n```sh\n$ make report  # all\nls\n```\n`makefile` `x`"
    assert commands_in(text) == ["make report", "make test", "weekrapport run --week 2026-W47"]


@pytest.mark.parametrize(
    ("line", "known"),
    [
        ("make test", True),
        ("make PYTHON=python3.12 test", True),
        ("make", True),
        ("make tset", False),
        ("weekrapport run --week 2026-W47", True),
        ("weekrapport run [--direct]", True),
        ("weekrapport run --weeek 2026-W47", False),
        ("weekrapport ran", False),
        ("weekrapport --version", True),
        ("weekrapport <command>", True),
    ],
)
def test_an_unknown_command_is_found(line, known):
    options = {"": {"--version"}, "run": {"--week", "--direct"}}
    assert (unknown_commands([line], {"test"}, options) == []) is known


def cli_options() -> dict[str, set[str]]:
    """Return the options of every command of the real command line."""
    import typer

    from weekrapport import cli

    (app,) = (value for value in vars(cli).values() if isinstance(value, typer.Typer))
    group = typer.main.get_command(app)
    every = {"": group} | dict(getattr(group, "commands", {}))
    return {name: {text for item in command.params for text in item.opts} for name, command in every.items()}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_documents_promise_commands_that_exist(document):
    lines = commands_in(document.read_text("utf-8"))
    if importlib.util.find_spec("weekrapport.cli") is None:
        lines = [line for line in lines if line.startswith("make")]
        assert unknown_commands(lines, make_targets(MAKEFILE), {"": set()}) == []
    else:
        assert unknown_commands(lines, make_targets(MAKEFILE), cli_options()) == []


def broken_links(document: Path) -> list[str]:
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", document.read_text("utf-8"))
    return [link for link in targets if "://" not in link and not (document.parent / link).exists()]


def test_a_broken_link_is_found(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("[a](page.md) [b](gone.md#x) [c](https://example.test/) [d](#here)", encoding="utf-8")
    assert broken_links(page) == ["gone.md"]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(document):
    assert broken_links(document) == []


def test_every_make_target_is_explained_and_needs_the_environment_it_uses():
    rules = re.findall(r"^([a-z][a-z-]*):([^#\n]*)(##.*)?$", MAKEFILE, flags=re.MULTILINE)
    assert {name for name, _, _ in rules} >= {
        "help", "setup", "report", "test", "check", "lab", "bench", "demo", "strip", "clean",
    }  # fmt: skip
    assert [name for name, _, text in rules if not text] == []
    needless = {"help", "clean"}
    assert [
        name for name, needs, _ in rules if name not in needless and "$(SYNCED)" not in needs and "demo" not in needs
    ] == []


def test_continuous_integration_runs_the_two_commands_of_a_developer():
    script = ROOT / ".ci/run"
    lines = [line.strip() for line in script.read_text("utf-8").splitlines()]
    steps = [line for line in lines if line and not line.startswith(("#", "set ", "cd "))]
    assert steps == ["make test", "make check"]
    assert "set -euo pipefail" in lines
    assert os.access(script, os.X_OK)
    in_readme = commands_in((ROOT / "README.md").read_text("utf-8"))
    assert not in_readme or "make test" in in_readme, "README.md does not name the test command"


# --- the way in -----------------------------------------------------------------------------------------------------


def test_the_committed_pip_is_the_one_that_was_reviewed():
    bootstrap = (ROOT / "tools/bootstrap.py").read_text("utf-8")
    (wheel,) = (ROOT / "tools").glob("pip-*.whl")
    assert wheel.name in bootstrap
    assert hashlib.sha256(wheel.read_bytes()).hexdigest() in bootstrap


def test_uv_is_pinned_with_hashes():
    text = (ROOT / "tools/uv.txt").read_text("utf-8")
    assert re.search(r"^uv==\d+\.\d+\.\d+ ", text, flags=re.MULTILINE)
    assert len(re.findall(r"--hash=sha256:[0-9a-f]{64}", text)) > 5


@pytest.mark.parametrize("variable", ["DO_NOT_TRACK", "GX_ANALYTICS_ENABLED", "PREFECT_SERVER_ANALYTICS_ENABLED"])
def test_telemetry_is_off_in_make_and_in_tests(variable):
    assert re.search(rf"^export {variable} := (1|false)$", MAKEFILE, flags=re.MULTILINE)
    assert os.environ[variable] in ("1", "false")

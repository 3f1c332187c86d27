"""The pages for people: commands, configuration, messages, exit codes and links in them are those of the program.

What docs/methods.md says about figures is held to the code by test_methods_page.py.
"""

from __future__ import annotations

import ast
import importlib.util
import re
import shutil
import tomllib
from pathlib import Path

import pytest

from weekrapport import errors
from weekrapport.domain.feiten import Feit
from weekrapport.errors import ConfigurationError
from weekrapport.reporting.comment_blocks import figures
from weekrapport.reporting.commentary import HEADINGS, read_commentary
from weekrapport.reporting.manifest import PARAMETERS, load_manifest
from weekrapport.settings import load_workspace

ROOT = Path(__file__).resolve().parents[2]
README, CONTRIBUTING, CHANGELOG = (ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"))
OPERATIONS, NOTEBOOKS = ROOT / "docs/operations.md", ROOT / "notebooks/README.md"
PAGES = [README, CONTRIBUTING, CHANGELOG, NOTEBOOKS, *sorted((ROOT / "docs").rglob("*.md"))]


def blocks(text: str, language: str) -> list[str]:
    """Return the fenced blocks in a language, also those inside a list, without their indentation."""
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```", text, flags=re.MULTILINE | re.DOTALL)
    return [re.sub(rf"^{indent}", "", body, flags=re.MULTILINE) for indent, body in found]


def table_rows(text: str) -> list[list[str]]:
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line[1:].rstrip().removesuffix("|").split("|")] for line in lines]


def section(text: str, title: str) -> str:
    match = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", text, flags=re.MULTILINE | re.DOTALL)
    assert match, f"there is no section {title!r}"
    return match[1]


# --- commands -------------------------------------------------------------------------------------------------------


def named_commands(text: str) -> set[tuple[str, str]]:
    """Return ("make", target) and ("weekrapport", command) for every one in a shell block or in inline code."""
    lines = [line.split("#")[0] for block in blocks(text, "sh") for line in block.splitlines()]
    lines += re.findall(r"(?<!`)`([^`\n]+)`(?!`)", text)
    found = [re.match(r"(?:\.venv/bin/)?(make|weekrapport) ([a-z][a-z-]*)\b(?!=)", line.strip()) for line in lines]
    return {(match[1], match[2]) for match in found if match}


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text("utf-8"), flags=re.MULTILINE))


def commands() -> set[str]:
    import typer

    from weekrapport.cli import app

    return set(getattr(typer.main.get_command(app), "commands", {}))


def test_the_commands_of_a_page_are_read():
    text = "`make tset` `weekrapport.toml` `make`\n1. x\n\n   ```sh\n   .venv/bin/weekrapport run # make no\n   ```"
    assert named_commands(text) == {("make", "tset"), ("weekrapport", "run")}
    assert ("make", "tset") not in {("make", target) for target in make_targets()}


@pytest.mark.parametrize("page", [README, CONTRIBUTING, OPERATIONS, NOTEBOOKS, CHANGELOG], ids=lambda path: path.name)
def test_every_command_on_the_page_exists(page):
    known = {("make", target) for target in make_targets()} | {("weekrapport", name) for name in commands()}
    assert named_commands(page.read_text("utf-8")) - known == set()


def test_every_command_is_told_to_the_engineer_or_in_the_readme():
    told = named_commands(README.read_text("utf-8")) | named_commands(OPERATIONS.read_text("utf-8"))
    assert {("weekrapport", name) for name in commands()} - told == set()
    assert {("make", "report"), ("make", "test")} <= named_commands(README.read_text("utf-8"))


# --- configuration --------------------------------------------------------------------------------------------------

README_TOML = blocks(README.read_text("utf-8"), "toml")


def load_toml(folder: Path, text: str):
    (folder / "weekrapport.toml").write_text(text, encoding="utf-8")
    return load_workspace(folder).settings


def test_a_wrong_configuration_is_refused(tmp_path):
    assert len(README_TOML) == 3
    with pytest.raises(ConfigurationError, match="combine"):
        load_toml(tmp_path, README_TOML[0].replace("combine =", "combined ="))


@pytest.mark.parametrize("text", README_TOML, ids=["csv", "event log", "books"])
def test_the_configuration_in_the_readme_loads(tmp_path, text):
    settings = load_toml(tmp_path, text)
    assert settings.source
    assert {"zaak", "boeking"} & {source.table for source in settings.source}


def test_every_bound_stands_in_the_readme_with_its_default(tmp_path):
    from weekrapport.settings import Gate, Privacy, Quality

    settings = load_toml(tmp_path, README_TOML[0])
    assert settings.gate == Gate()
    assert settings.gate.model_fields_set == set(Gate.model_fields)
    assert settings.privacy == Privacy()
    assert settings.quality == Quality()
    assert settings.quality.model_fields_set == set(Quality.model_fields)


def test_the_stanza_of_the_recipe_is_a_report(tmp_path):
    (stanza,) = blocks(CONTRIBUTING.read_text("utf-8"), "toml")
    (slug,) = tomllib.loads(stanza)
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks/reports.toml").write_text(stanza, encoding="utf-8")
    shutil.copy(ROOT / "notebooks/_template.ipynb", tmp_path / f"notebooks/{slug}.ipynb")
    assert load_manifest(tmp_path)[slug].path.is_file()


# --- the analyst's page ---------------------------------------------------------------------------------------------


def test_the_parameters_on_the_analysts_page_are_those_of_a_notebook():
    rows = table_rows(section(NOTEBOOKS.read_text("utf-8"), "Working in JupyterLab"))
    assert tuple(row[0].strip("`") for row in rows[2:]) == PARAMETERS


def test_the_commentary_on_the_analysts_page_can_be_read(tmp_path):
    (example,) = blocks(NOTEBOOKS.read_text("utf-8"), "markdown")
    path = tmp_path / "case_overview.md"
    path.write_text(example, encoding="utf-8")
    used = re.findall(r"\{\{(.+?)\}\}", example)
    comment = read_commentary(path, {name: {"": "88"} for name in used})
    assert used
    assert tuple(comment.sections) == HEADINGS
    assert comment.besluiten
    with pytest.raises(errors.ReportFailed, match=used[0]):
        read_commentary(path, {"K99": {"": "1"}})


def told_placeholders(text: str) -> set[str]:
    return set(re.findall(r"`\{\{(.+?)\}\}`", text))


def test_the_placeholders_in_the_methods_are_those_of_the_case_overview():
    facts = [
        *(Feit(each, 1) for each in ("K02", "K03", "K01")),
        Feit("K01", 1, measure="deelzaken"),
        *(Feit(each, 0.5, numerator=1, denominator=2) for each in ("K04", "K05")),
        *(Feit("K06", 1.0, measure=each) for each in ("p50", "p90")),
    ]
    known = {f"{name}|{form}" if form else name for name, forms in figures(facts).items() for form in forms}
    told = told_placeholders(section((ROOT / "docs/methods.md").read_text("utf-8"), "Commentaar"))
    assert told == {name for name in known if not name.startswith("K05")}, "K05 is told as 'the same for K05'"


# --- messages and exit codes ----------------------------------------------------------------------------------------


def texts_in(source: str) -> list[str]:
    """Return every text of a module as it is shown, a filled-in part as an ellipsis."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr):
            found.append("".join(part.value if isinstance(part, ast.Constant) else "…" for part in node.values))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.append(node.value)
    return found


def known_texts() -> str:
    modules = [path for folder in ("src", "flows", "expectations") for path in (ROOT / folder).rglob("*.py")]
    found = [text for path in modules for text in texts_in(path.read_text("utf-8"))]
    prefect = importlib.util.find_spec("prefect")  # finds it without importing it
    assert prefect is not None and prefect.origin is not None
    runner = Path(prefect.origin).with_name("runner") / "runner.py"
    found += [(ROOT / "tools/bootstrap.sh").read_text("utf-8"), *texts_in(runner.read_text("utf-8"))]
    return "\n".join(found)


def unknown_messages(page: str, known: str) -> list[str]:
    rows = table_rows(section(page, "Troubleshooting"))[2:]
    return [part for row in rows for part in re.findall(r"`([^`]+)`", row[0]) if part not in known]


def test_a_message_that_nothing_says_is_found():
    page = "## Troubleshooting\n\n| message holds | cure |\n|---|---|\n| `is not a week` `is no week` | - |\n"
    assert unknown_messages(page, "\n".join(texts_in('f"{x!r} is not" f" a week. {y}"'))) == ["is no week"]


def test_every_message_with_a_cure_is_one_of_the_program():
    page = OPERATIONS.read_text("utf-8")
    assert len(table_rows(section(page, "Troubleshooting"))) > 25
    assert unknown_messages(page, known_texts()) == []


def test_the_exit_codes_are_those_of_the_errors():
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Exception)]
    rows = table_rows(section(OPERATIONS.read_text("utf-8"), "Exit codes"))[2:]
    assert [int(row[0]) for row in rows] == sorted({0} | {kind.exit_code for kind in kinds})
    order = re.search(r"Several at once: (\d), then (\d), then (\d)", OPERATIONS.read_text("utf-8"))
    assert order and tuple(map(int, order.groups())) == errors.EXIT_ORDER


def test_the_variable_of_the_output_folder_is_told():
    from weekrapport.settings import OUTPUT_VARIABLE

    assert f"`{OUTPUT_VARIABLE}`" in section(OPERATIONS.read_text("utf-8"), "Environment variables")


# --- pins -----------------------------------------------------------------------------------------------------------


def test_every_pin_is_told_and_its_guards_exist():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    held = {re.split(r"[<>=\[]", text)[0] for text in project["dependencies"] if re.search(r"<|==", text)}
    rows = table_rows(section(OPERATIONS.read_text("utf-8"), "Upgrading pinned libraries"))[2:]
    assert {row[0].split()[0] for row in rows} == held
    guards = {name for row in rows for name in re.findall(r"`(tests/[^`]+)`", row[2])}
    assert [name for name in guards if not (ROOT / name).is_file()] == []


# --- changelog ------------------------------------------------------------------------------------------------------

FIRST = "Cijfers die veranderen"


def releases_with_another_opening(text: str) -> list[str]:
    """Return the releases that do not open with the figures that change, or say nothing there."""
    parts = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    return [part.splitlines()[0] for part in parts if not re.match(rf"[^\n]+\n\n### {FIRST}\n\n[^#\s]", part)]


def test_a_release_with_another_opening_is_found():
    good = f"# C\n\n## [2]\n\n### {FIRST}\n\nGeen.\n\n"
    assert releases_with_another_opening(f"{good}## [1]\n\n### Reports\n\n- x\n") == ["[1]"]
    assert releases_with_another_opening(f"# C\n\n## [1]\n\n### {FIRST}\n\n### Reports\n") == ["[1]"]
    assert releases_with_another_opening(good) == []


def test_every_release_opens_with_the_figures_that_change():
    text = CHANGELOG.read_text("utf-8")
    assert re.search(r"^## \[", text, flags=re.MULTILINE)
    assert releases_with_another_opening(text) == []


# --- links ----------------------------------------------------------------------------------------------------------


def anchors(text: str) -> set[str]:
    """Return the anchors that a code host gives the headings of a page."""
    titles = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def broken_links(page: Path) -> list[str]:
    """Return the relative links of a page whose file or heading does not exist."""
    found = []
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        name, _, anchor = link.partition("#")
        target = page.parent / name if name else page
        if "://" in link:
            continue
        if not target.exists() or (anchor and anchor not in anchors(target.read_text("utf-8"))):
            found.append(link)
    return found


def test_a_broken_link_is_found(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# A title: x\n[a](page.md#a-title-x) [b](gone.md) [c](#gone) [d](https://x.test/y)", "utf-8")
    assert broken_links(page) == ["gone.md", "#gone"]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_to_a_page_and_a_heading(page):
    assert broken_links(page) == []

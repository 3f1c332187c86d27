"""docs/glossary.md is the dictionary of the domain: public names are made of its words, so spelling cannot drift."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GLOSSARY = ROOT / "docs/glossary.md"
DOMAIN = sorted(path for path in (ROOT / "src/weekrapport/domain").rglob("*.py") if path.stem != "__init__")


def section(text: str, title: str) -> str:
    match = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", text, flags=re.MULTILINE | re.DOTALL)
    assert match, f"docs/glossary.md has no section {title!r}"
    return match[1]


def rows(text: str) -> list[list[str]]:
    """Return the cells of every table row; head and ruler left out."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [
        row
        for above, row in zip([[], *cells], cells, strict=False)
        if not set("".join(row)) <= set("-: ") and not is_head(row, cells)
    ]


def is_head(row: list[str], cells: list[list[str]]) -> bool:
    following = cells[cells.index(row) + 1 : cells.index(row) + 2]
    return bool(following) and set("".join(following[0])) <= set("-: ")


def words(text: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]+", text.lower()))


def known_words(text: str) -> set[str]:
    """Return the words of the first column of the terms and all machinery words."""
    terms = {word for row in rows(section(text, "Terms")) for word in words(row[0])}
    machinery = {word for row in rows(section(text, "Machinery words")) for word in words(row[0])}
    return terms | machinery


def public_names(source: str) -> list[str]:
    """Return the public functions, classes and constants of a module."""
    found = []
    for node in ast.parse(source).body:
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                found.append(name)
            case ast.Assign(targets=targets):
                found += [target.id for target in targets if isinstance(target, ast.Name)]
            case ast.AnnAssign(target=ast.Name(id=name)):
                found.append(name)
    return [name for name in found if not name.startswith("_")]


def words_of_name(name: str) -> set[str]:
    """Return the words of `snake_case`, `CamelCase` or `UPPER_CASE`; numbers are not words."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    return {word for word in spaced.lower().split("_") if word and not word.isdigit()}


def unknown_words(names: list[str], known: set[str]) -> dict[str, set[str]]:
    return {name: bad for name in names if (bad := words_of_name(name) - known)}


EXAMPLE = """# Glossary

## Terms

| term | English | meaning | ZGW / XAF / UBL |
|---|---|---|---|
| doorlooptijd | lead time | days | – |
| zaak, zaken | case | – | Zaak |

## Machinery words

| word | meaning |
|---|---|
| read, kwantiel | – |
"""


def test_the_words_of_the_example_are_read():
    assert known_words(EXAMPLE) == {"doorlooptijd", "zaak", "zaken", "read", "kwantiel"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("doorlooptijd_kwantiel", set()),
        ("DoorlooptijdKwantiel", set()),
        ("DOORLOOPTIJD_95", set()),
        ("doorloop_tijd", {"doorloop", "tijd"}),
        ("read_case", {"case"}),
    ],
)
def test_a_name_with_an_unknown_word_is_found(name, expected):
    assert unknown_words([name], known_words(EXAMPLE)).get(name, set()) == expected


def test_only_public_names_are_read():
    source = "A_B = 1\n_c: int = 2\nd: int = 3\ndef e(): pass\ndef _f(): pass\nclass G: pass"
    assert public_names(source) == ["A_B", "d", "e", "G"]


@pytest.mark.parametrize("path", DOMAIN, ids=lambda path: path.stem)
def test_public_domain_names_are_made_of_glossary_words(path):
    names = [path.stem, *public_names(path.read_text("utf-8"))]
    unknown = unknown_words(names, known_words(GLOSSARY.read_text("utf-8")))
    assert not unknown, f"rename, or add the word to docs/glossary.md: {unknown}"


def test_every_term_has_its_english_and_its_meaning_and_stands_once():
    terms = rows(section(GLOSSARY.read_text("utf-8"), "Terms"))
    assert len(terms) > 40
    assert [row for row in terms if len(row) != 4 or not all(row)] == []
    first = [term.strip() for row in terms for term in row[0].split(",")]
    assert sorted({term for term in first if first.count(term) > 1}) == []

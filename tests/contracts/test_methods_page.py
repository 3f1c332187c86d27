"""docs/methods.md says what the code does: sections, definitions, rules, tables and worked examples are held to it."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from weekrapport.domain.as_of import BEGINS, ENDS
from weekrapport.domain.calendars import werkkalender
from weekrapport.domain.definities import KERNCIJFERS
from weekrapport.domain.schema import TABLES
from weekrapport.domain.termijnen import termijnen

ROOT = Path(__file__).resolve().parents[2]
METHODS = (ROOT / "docs/methods.md").read_text("utf-8")
CODE = sorted(path for folder in ("src", "flows", "expectations", "tests") for path in (ROOT / folder).rglob("*.py"))
SUITES = sorted((ROOT / "expectations").glob("*.py"))


def section(text: str, title: str) -> str:
    """Return what stands under a heading of the second level."""
    match = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", text, flags=re.MULTILINE | re.DOTALL)
    assert match, f"docs/methods.md has no section {title!r}"
    return match[1]


def table_rows(text: str) -> list[list[str]]:
    """Return the cells of every table row; rulers left out, heads not."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line[1:].rstrip().removesuffix("|").split("|")] for line in lines]
    return [row for row in cells if not set("".join(row)) <= set("-: ")]


# --- sections -------------------------------------------------------------------------------------------------------


def cited_sections(source: str) -> set[str]:
    """Return the sections of docs/methods.md that a module cites."""
    text = " ".join(re.sub(r'"""|^\s*#', " ", source, flags=re.MULTILINE).split())
    name = r'"([^"]{3,40})"'
    found = re.findall(rf"Methods: {name}(?: and {name})?", text)
    found += re.findall(rf"{name}(?: and {name})? in docs/methods\.md", text)
    return {title for titles in found for title in titles if title}


def headings(text: str) -> set[str]:
    return set(re.findall(r"^##+ (.+)$", text, flags=re.MULTILINE))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('"""Do this ("Inlezen" and "Tabellen" in docs/methods.md)."""', {"Inlezen", "Tabellen"}),
        ('"""Do.\n\nMethods: "Weken en\ntijdzone" in docs/methods.md.\n"""', {"Weken en tijdzone"}),
        ('"""Stop. Methods: "Commentaar"."""', {"Commentaar"}),
        ('"""Numbers as in docs/methods.md."""', set()),
    ],
)
def test_citations_are_read(source, expected):
    assert cited_sections(source) == expected


def test_every_cited_section_exists():
    cited = {title for path in CODE if path != Path(__file__) for title in cited_sections(path.read_text("utf-8"))}
    assert len(cited) > 10
    assert cited - headings(METHODS) == set()


# --- definitions ----------------------------------------------------------------------------------------------------


def printed_definitions(text: str) -> dict[str, tuple[str, str]]:
    """Return per id the Dutch name of its heading and the quotation below it."""
    found = re.findall(r"^### ([KQ]\d+) (.+)\n\n((?:> .*\n)+)", text, flags=re.MULTILINE)
    return {key: (name, re.sub(r"\n?> ?", " ", quotation).strip()) for key, name, quotation in found}


def test_printed_definitions_are_read():
    text = "### K09 In weken\n\n> Eén zin\n> op twee regels.\n\nuitleg\n\n### K10 Kaal\n\nzonder\n"
    assert printed_definitions(text) == {"K09": ("In weken", "Eén zin op twee regels.")}


def test_the_definitions_are_those_that_the_reports_print():
    expected = {key: (definitie.naam, definitie.omschrijving) for key, definitie in KERNCIJFERS.items()}
    assert printed_definitions(section(METHODS, "Kerncijfers")) == expected


# --- rules of the gate ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Rule:
    """One `rule(…)` in the code; the text is a pattern where a bound is filled in."""

    id: str
    severity: str
    text: re.Pattern[str]

    def is_told_in(self, rows: list[list[str]]) -> bool:
        return any(row[:2] == [self.id, self.severity] and self.text.fullmatch(row[2]) for row in rows)


def rules(source: str) -> list[Rule]:
    """Return every call of `rule` in a module of expectations/; a text that is no literal is refused."""
    calls = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "rule"
    ]
    return [Rule(_literal(call.args[0]), _literal(call.args[1]), _pattern(call.args[2])) for call in calls]


def _literal(node: ast.expr) -> str:
    assert isinstance(node, ast.Constant) and isinstance(node.value, str), f"line {node.lineno}: not a literal text"
    return node.value


def _pattern(node: ast.expr) -> re.Pattern[str]:
    if isinstance(node, ast.JoinedStr):
        parts = (re.escape(_literal(p)) if isinstance(p, ast.Constant) else r"(?:[\d.,%]+|…)" for p in node.values)
        return re.compile("".join(parts))
    return re.compile(re.escape(_literal(node)))


def test_rules_are_read_and_a_missing_one_is_found():
    found = rules('a(**rule("GX-A-01", "hard", f"Hooguit {x:.0%} %.", reden=r))\nb(**rule("GX-A-02", "info", "Ja."))')
    assert [rule.id for rule in found] == ["GX-A-01", "GX-A-02"]
    told = [["GX-A-01", "hard", "Hooguit 0,5 %."], ["GX-A-02", "hard", "Ja."]]
    assert [rule.is_told_in(told) for rule in found] == [True, False]


def test_the_text_of_a_rule_must_be_readable_here():
    with pytest.raises(AssertionError, match="not a literal"):
        rules('rule("GX-A-01", "hard", make_text(), reden=r)')


def test_every_rule_stands_in_the_methods_and_no_other():
    in_code = [rule for path in SUITES for rule in rules(path.read_text("utf-8"))]
    told = [row for row in table_rows(section(METHODS, "Poort")) if row[0].startswith("GX-")]
    assert len(in_code) > 15
    assert [f"{rule.id} {rule.severity} {rule.text.pattern}" for rule in in_code if not rule.is_told_in(told)] == []
    assert [row[:3] for row in told if not any(rule.is_told_in([row]) for rule in in_code)] == []


# --- tables ---------------------------------------------------------------------------------------------------------

KINDS = "integer|cent|decimal|boolean|date|timestamp"


def told_columns(text: str) -> dict[str, dict[str, str]]:
    """Return per table the kind of every column in the list of columns."""
    bullets = re.findall(r"^- \*\*(\w+)\*\*: (.*?)(?=^- |^$)", text, flags=re.MULTILINE | re.DOTALL)
    return {
        table: {name: kind or "text" for name, kind in re.findall(rf"`(\w+)`(?:\s+({KINDS})\b)?", columns)}
        for table, columns in bullets
    }


def test_columns_are_read():
    text = "\n- **a**: `b`, `c` date (when), `d`\n  boolean.\n- **e**: `f`.\n\n"
    assert told_columns(text) == {"a": {"b": "text", "c": "date", "d": "boolean"}, "e": {"f": "text"}}


def test_every_table_is_told_with_its_columns_key_and_required_columns():
    text = section(METHODS, "Tabellen")
    assert told_columns(text) == {name: table.kinds() for name, table in TABLES.items()}
    rows = {row[0].strip("`"): row for row in table_rows(text)}
    assert {name: tuple(rows[name][2].split(", ")) for name in TABLES} == {n: t.key for n, t in TABLES.items()}
    assert {name: tuple(rows[name][3].split(", ")) for name in TABLES} == {n: t.required for n, t in TABLES.items()}


def test_every_closed_list_is_told():
    words = set(re.findall(r"\w+", section(METHODS, "Tabellen"))) | {f"P{number}" for number in range(1, 5)}
    lists = [column.values or () for table in TABLES.values() for column in table.columns]
    assert {value for values in lists for value in values} - words == set()


def test_the_as_of_view_is_told():
    rows = {row[0]: row for row in table_rows(section(METHODS, "Peilmoment"))}
    assert set(BEGINS) | set(ENDS) == set(rows) - {"table"}
    for table, row in rows.items():
        if table != "table":
            assert set(re.findall(r"`(\w+)`", row[1])) == set(BEGINS.get(table, ()))
            emptied = {name for names in ENDS.get(table, {}).values() for name in names}
            assert set(re.findall(r"`(\w+)`", row[2])) == emptied


# --- worked examples ------------------------------------------------------------------------------------------------

EXAMPLES = [row for row in table_rows(section(METHODS, "Termijnen")) if row[0] != "start"]


def result_of(start: str, term: str, kind: str, suspended: str, extended: str) -> pd.Timestamp:
    """Return the date that the term engine gives for one row of the examples."""
    value, unit = term.split()
    types = TABLES["zaaktype"].empty().reindex([0])
    name = "servicenorm" if kind == "service" else "wettelijk"
    types[f"{name}_waarde"] = pd.array([int(value)], dtype="Int64")
    types[f"{name}_eenheid"] = pd.array([unit], dtype="str")
    if kind == "legal":
        types["wettelijk_grondslag"] = pd.array(["Awb 4:13"], dtype="str")
    zaak = TABLES["zaak"].empty().reindex([0]).assign(zaak_id="A", startdatum=_days(start))
    opschorting = TABLES["zaak_opschorting"].empty()
    if suspended:
        begin, end = suspended.split("/")
        opschorting = opschorting.reindex([0]).assign(zaak_id="A", begin=_days(begin), eind=_days(end))
    verlenging = TABLES["zaak_verlenging"].empty()
    if extended:
        number, extension_unit, told = extended.replace(",", "").split()
        verlenging = verlenging.reindex([0]).assign(zaak_id="A", volgnr=pd.array([1], dtype="Int64"))
        verlenging = verlenging.assign(duur_waarde=pd.array([int(number)], dtype="Int64"))
        verlenging = verlenging.assign(duur_eenheid=extension_unit, meegedeeld_op=_days(told))
    found = termijnen(zaak, types, opschorting, verlenging, date(2027, 12, 31), werkkalender())
    return found["streefdatum" if kind == "service" else "fatale_datum"].iloc[0]


def _days(text: str) -> pd.Series:
    return pd.Series(pd.to_datetime([text]).astype("datetime64[s]"))


def test_there_are_examples_of_every_kind():
    assert len(EXAMPLES) > 12
    assert {row[2] for row in EXAMPLES} == {"legal", "agreed", "service"}
    assert any(row[3] for row in EXAMPLES)
    assert any(row[4] for row in EXAMPLES)


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: " ".join(row))
def test_the_worked_example_is_what_the_code_gives(row):
    assert f"{result_of(*row[:5]):%Y-%m-%d}" == row[5]

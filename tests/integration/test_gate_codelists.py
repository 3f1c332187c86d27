"""Closed lists: every word that the source uses must be one of the table's, or the report is not released."""

from __future__ import annotations

import pytest

from expectations.codelijst import OWN_RULE, suite
from tests.builders import typed
from weekrapport.domain.outcome import Outcome, verdict
from weekrapport.domain.schema import TABLES
from weekrapport.quality.gate import run_suite


def outcomes(table: str, column: str, *values: str | None) -> list[Outcome]:
    """Return what the rule for one column finds on rows with these values."""
    frame = typed(table, *({TABLES[table].key[0]: f"k{i}", column: value} for i, value in enumerate(values)))
    return run_suite(table, frame, suite(table, frozenset({column})), keys=TABLES[table].key)


@pytest.mark.parametrize(
    ("table", "column", "word"),
    [
        ("zaaktype", "servicenorm_eenheid", "werkdag"),
        ("zaaktype", "soort_werkzaamheid", "storing"),
        ("zaak", "resultaat_categorie", "ingetrokken"),
        ("zaak_verlenging", "duur_eenheid", "week"),
    ],
)
def test_a_known_word_passes_and_an_unknown_one_is_critical(table: str, column: str, word: str) -> None:
    (sound,) = outcomes(table, column, word, None)
    assert (sound.id, sound.state) == ("GX-ALG-08", "voldaan")

    (wrong,) = outcomes(table, column, word, word.upper())
    assert (wrong.state, wrong.rows_failed, wrong.keys[0].split(" / ")[0]) == ("niet voldaan", 1, "k1")
    assert verdict([wrong]) == "niet vrijgegeven"


def test_a_column_nobody_delivers_has_no_rule_and_one_with_its_own_rule_no_second() -> None:
    assert suite("zaak", frozenset({"zaak_id", "einddatum"})) == []
    assert suite("zaak", frozenset({"vertrouwelijkheid"})) == []
    assert suite("team", frozenset({"naam"})) == []


def test_every_closed_list_of_the_schema_is_guarded() -> None:
    lists = {(name, c.name) for name, table in TABLES.items() for c in table.columns if c.values}
    guarded = {(name, rule.column) for name, table in TABLES.items() for rule in suite(name, frozenset(table.kinds()))}
    assert lists - guarded == OWN_RULE  # GX-ZAAK-16, GX-BEG-04, GX-BOEK-03

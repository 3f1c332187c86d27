"""A statutory term after the last year of which the gelijkgestelde dagen are known is said to be uncertain."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

from tests.builders import beeld_of, typed, zaken
from weekrapport.domain.termijnen import na_gelijkgestelde_dagen
from weekrapport.reporting import trust


def test_a_term_beyond_the_known_decrees_is_found():
    types = typed(
        "zaaktype",
        {"zaaktype_id": "L", "wettelijk_waarde": 3, "wettelijk_eenheid": "maand", "wettelijk_grondslag": "Awb"},
        {"zaaktype_id": "A", "wettelijk_waarde": 3, "wettelijk_eenheid": "maand"},
    )
    rows = [
        {"zaaktype_id": "L", "startdatum": "2028-10-02"}, {"zaaktype_id": "L", "startdatum": "2028-09-29"},
        {"zaaktype_id": "A", "startdatum": "2028-10-02"},
        {"zaaktype_id": "L", "startdatum": "2028-10-02", "einddatum": "2028-10-03"},
        {"zaaktype_id": "L", "startdatum": "2028-10-02", "uiterlijke_einddatum": "2029-01-02"},
    ]  # fmt: skip
    found = na_gelijkgestelde_dagen(beeld_of(zaken(*rows), date(2028, 10, 9), zaaktype=types))
    assert found["zaak_id"].tolist() == ["Z1"]


def caveat(start: str, *tables: str) -> str:
    types = typed(
        "zaaktype",
        {"zaaktype_id": "L", "wettelijk_waarde": 3, "wettelijk_eenheid": "maand", "wettelijk_grondslag": "Awb"},
    )
    zaak = zaken({"zaaktype_id": "L", "startdatum": start})
    report: Any = SimpleNamespace(
        entry=SimpleNamespace(tables=tables), zaken=beeld_of(zaak, date(2028, 10, 9), zaaktype=types)
    )
    return trust._na_gelijkgestelde_dagen(report)


def test_the_report_says_so_only_when_there_is_one():
    said = " Voor wettelijke termijnen na 2028 zijn nog niet alle vrije dagen bekend; zo'n datum kan nog verschuiven."
    assert caveat("2028-10-02", "zaak") == said
    assert caveat("2028-09-01", "zaak") == ""
    assert caveat("2028-10-02", "boeking") == ""

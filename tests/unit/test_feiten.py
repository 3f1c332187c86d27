from __future__ import annotations

import json
from collections import Counter

import pytest

from tests.builders import beeld_of, typed, zaken
from weekrapport.domain import kpis
from weekrapport.domain.feiten import Feit, vergelijking_feiten, zaakoverzicht_feiten
from weekrapport.week import Week

WEEK = Week(2026, 47)
TYPES = typed(
    "zaaktype",
    {"zaaktype_id": "S", "soort_werkzaamheid": "storing", "servicenorm_waarde": 5, "servicenorm_eenheid": "werkdag"},
    {"zaaktype_id": "V", "soort_werkzaamheid": "vraag"},
)
BEELD = beeld_of(
    zaken(
        {"einddatum": "2026-11-18", "team_id": "A", "zaaktype_id": "S", "startdatum": "2026-11-16"},
        {"einddatum": "2026-11-18", "team_id": "A", "zaaktype_id": "S"},
        {"einddatum": "2026-11-19", "team_id": "B", "zaaktype_id": "V"},
        {"einddatum": "2026-11-19", "team_id": "B", "hoofdzaak_id": "Z3"},
        {"team_id": "C"},
        {"einddatum": "2026-11-10", "team_id": "A", "zaaktype_id": "S"},
    ),
    zaaktype=TYPES,
)
REEKS = kpis.weekreeks(BEELD, WEEK, 3)
FEITEN = zaakoverzicht_feiten(BEELD, WEEK, REEKS)


def value(id: str, scope: dict[str, str] | None = None, measure: str | None = None, period: str | None = None):
    found = [
        feit for feit in FEITEN
        if (feit.id, dict(feit.scope), feit.measure, feit.period) == (id, scope or {}, measure, period)
    ]  # fmt: skip
    assert len(found) == 1, found
    return found[0].value


def test_the_whole():
    assert (value("K01"), value("K02"), value("K03")) == (3, 1, 1)
    assert value("K01", measure="deelzaken") == 1
    assert value("K04") == 0.5
    assert value("K05") is None
    assert value("K06", measure="p50") is None  # three cases are too few


def test_per_team_per_kind_and_both():
    assert (value("K01", {"team": "A"}), value("K01", {"team": "B"})) == (2, 1)
    assert (value("K01", {"soort": "storing"}), value("K01", {"soort": "vraag"})) == (2, 1)
    assert value("K01", {"team": "A", "soort": "storing"}) == 2
    assert value("K03", {"team": "C"}) == 1
    assert value("K04", {"soort": "vraag"}) is None


def test_per_earlier_week():
    assert value("K01", period="2026-W46") == 1
    assert value("K02", period="2026-W45") == 4
    assert value("K04", period="2026-W45") is None


@pytest.mark.parametrize("dimension", ["team", "soort"])
def test_parts_add_up_to_the_whole(dimension):
    for id in ("K01", "K02", "K03"):
        parts = [
            f.value for f in FEITEN if f.id == id and set(f.scope) == {dimension} and not f.measure and not f.period
        ]
        assert sum(parts) == value(id), id


def test_no_fact_is_recorded_twice():
    keys = Counter((f.id, tuple(sorted(f.scope.items())), f.measure, f.period) for f in FEITEN)
    assert [key for key, count in keys.items() if count > 1] == []


def test_a_share_is_its_numerator_over_its_denominator():
    for feit in FEITEN:
        if feit.id in ("K04", "K05"):
            assert feit.value == (feit.numerator / feit.denominator if feit.denominator else None)
            assert feit.value is None or 0 <= feit.value <= 1


def test_a_record_is_json_and_leaves_out_what_has_no_meaning():
    for feit in FEITEN:
        assert json.loads(json.dumps(feit.as_record())) == feit.as_record()
    assert Feit("K01", 3).as_record() == {"id": "K01", "name": "Afgerond", "value": 3, "unit": "zaken", "scope": {}}
    assert Feit("K04", 0.0, {"team": "A"}, 0, 4).as_record() == {
        "id": "K04", "name": "Tijdig", "value": 0.0, "unit": "aandeel", "scope": {"team": "A"},
        "numerator": 0, "denominator": 4,
    }  # fmt: skip


def test_an_unknown_figure_has_no_record():
    with pytest.raises(KeyError):
        Feit("K99", 1).as_record()


def test_no_cases_give_zeros_and_unknowns():
    empty = beeld_of(zaken())
    feiten = zaakoverzicht_feiten(empty, WEEK, kpis.weekreeks(empty, WEEK, 2))
    assert {f.id: f.value for f in feiten if not f.period and not f.measure} == {
        "K01": 0, "K02": 0, "K03": 0, "K04": None, "K05": None,
    }  # fmt: skip


def test_the_comparison_is_a_mean_per_week():
    feiten = vergelijking_feiten(kpis.vorige_weken(BEELD, WEEK), "2026-W35/2026-W46", 12)
    whole = {f.id: f for f in feiten if not f.scope}
    assert whole["K01"].value == pytest.approx(1 / 12)
    assert (whole["K04"].numerator, whole["K04"].denominator) == (0, 1)
    assert whole["K06"].measure == "p50"
    assert {f.period for f in feiten} == {"2026-W35/2026-W46"}

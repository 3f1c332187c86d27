"""What the figures need of their input; their values stand in tests/spec/test_kerncijfers.py."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.builders import beeld_of, zaken
from weekrapport.domain import kpis
from weekrapport.domain.definities import KERNCIJFERS
from weekrapport.week import Week

WEEK = Week(2026, 47)
BEELD = beeld_of(zaken({"einddatum": "2026-11-18"}, {"einddatum": "2026-11-19", "hoofdzaak_id": "Z1"}, {}))


def test_the_figures_do_not_change_the_frame_they_are_given():
    before = BEELD.copy(deep=True)
    kpis.weekreeks(BEELD, WEEK, 3)
    kpis.vorige_weken(BEELD, WEEK)
    kpis.wettelijk_te_laat(kpis.afgerond(BEELD, WEEK))
    pd.testing.assert_frame_equal(BEELD, before)


def test_counts_are_plain_numbers_that_json_can_write():
    assert type(kpis.instroom(BEELD, WEEK)) is int
    assert type(kpis.werkvoorraad(BEELD, WEEK)) is int
    assert type(kpis.afgeronde_deelzaken(BEELD, WEEK)) is int
    assert [type(value) for value in kpis.tijdigheid(kpis.afgerond(BEELD, WEEK))] == [int, int]


def test_the_series_is_oldest_first_and_one_row_a_week_across_the_year():
    reeks = kpis.weekreeks(BEELD, Week(2027, 1), 3)
    assert reeks["week"].tolist() == ["2026-W52", "2026-W53", "2027-W01"]
    assert (reeks.drop(columns="week").dtypes == "int64").all()


@pytest.mark.parametrize("q", [0.0, 0.5, 0.9, 1.0])
def test_a_quantile_lies_between_the_shortest_and_the_longest(q):
    rows = pd.DataFrame({"doorlooptijd_dagen": pd.array([1, 2, 8, 30, 400], dtype="Int64")})
    assert 1 <= kpis.doorlooptijd_kwantiel(rows, q) <= 400


def test_every_figure_has_one_definition_that_ends_with_a_full_stop():
    assert set(KERNCIJFERS) >= {f"K{number:02d}" for number in range(1, 16)}
    for key, definitie in KERNCIJFERS.items():
        assert definitie.id == key
        assert definitie.omschrijving.endswith(".")
        assert definitie.eenheid in ("zaken", "aandeel", "dagen", "weken", "uren", "cent")

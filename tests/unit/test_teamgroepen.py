"""No result may point at a person."""

from __future__ import annotations

from datetime import date

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import typed
from weekrapport.domain.teamgroepen import KLEINE_CEL, KLEINE_TEAMS, teamgroepen, teamgrootte, verborgen_cellen

TEAMS = typed("team", {"team_id": "T1", "naam": "Servicedesk"}, {"team_id": "T2", "naam": "Advies"}, {"team_id": "T3"})


def staff(*rows: tuple[str, str, str | None, str | None]) -> pd.DataFrame:
    return typed(
        "medewerker",
        *({"medewerker_id": i, "team_id": team, "in_dienst": begin, "uit_dienst": end} for i, team, begin, end in rows),
    )


def test_only_who_works_there_on_the_day_counts():
    rows = staff(
        ("1", "T1", None, None),
        ("2", "T1", "2026-11-23", None),
        ("3", "T1", "2026-11-24", None),
        ("4", "T1", "2020-01-01", "2026-11-23"),
        ("5", "T1", "2020-01-01", "2026-11-22"),
        ("6", "T3", None, None),
        ("7", "T9", None, None),
    )
    assert teamgrootte(rows, TEAMS, date(2026, 11, 23)) == {"Servicedesk": 3, "Advies": 0, "T3": 1, "T9": 1}


def test_teams_of_four_stand_by_themselves_and_smaller_ones_together():
    groups = teamgroepen(["A", "B", "C"], {"A": 4, "B": 3, "C": 2})
    assert groups == {"A": "A", "B": KLEINE_TEAMS, "C": KLEINE_TEAMS}


def test_one_small_team_is_joined_by_the_next_smallest():
    groups = teamgroepen(["A", "B", "C"], {"A": 9, "B": 5, "C": 2})
    assert groups == {"A": "A", "B": KLEINE_TEAMS, "C": KLEINE_TEAMS}


def test_a_team_without_known_employees_is_small():
    assert teamgroepen(["A", "B", "X"], {"A": 9, "B": 5})["X"] == KLEINE_TEAMS


def test_cases_without_a_team_belong_to_nobody():
    assert teamgroepen(["niet ingedeeld", "A"], {"A": 2})["niet ingedeeld"] == "niet ingedeeld"


def test_without_a_source_for_employees_every_team_stands_by_itself():
    assert teamgroepen(["A", "B"], {}) == {"A": "A", "B": "B"}


@given(st.dictionaries(st.text("ABCDEFG", min_size=1, max_size=2), st.integers(0, 12), max_size=7))
def test_the_group_is_large_enough_whenever_the_organisation_is(sizes):
    groups = teamgroepen(sizes, sizes)
    shown = {label: sum(size for name, size in sizes.items() if groups[name] == label) for label in groups.values()}
    assert all(size >= 4 for size in shown.values()) or sum(sizes.values()) < 4 or len(set(groups.values())) == 1


def frame(**columns: list[int]) -> pd.DataFrame:
    return pd.DataFrame(columns, index=[f"T{n}" for n in range(len(next(iter(columns.values()))))])


def test_a_cell_on_one_or_two_cases_is_hidden_and_so_is_a_second_one():
    hidden = verborgen_cellen(frame(Q01=[12, 2, 5], Q03=[1, 2, 9], Q05=[3, 0, 9]))
    assert hidden["Q01"].tolist() == [False, True, True]
    assert hidden["Q03"].tolist() == [True, True, False]
    assert hidden["Q05"].tolist() == [False, False, False]


def test_a_single_team_has_no_second_cell():
    assert verborgen_cellen(frame(Q01=[2]))["Q01"].tolist() == [True]


@given(st.lists(st.integers(0, 9), min_size=1, max_size=6))
def test_never_exactly_one_hidden_cell_beside_a_visible_one(counts):
    cells = frame(Q01=counts)
    hidden = verborgen_cellen(cells)["Q01"]
    assert not (hidden & (cells["Q01"] == 0)).any()
    assert hidden[(cells["Q01"] > 0) & (cells["Q01"] < KLEINE_CEL)].all()
    visible = (~hidden & (cells["Q01"] > 0)).sum()
    assert not (hidden.sum() == 1 and visible > 0)

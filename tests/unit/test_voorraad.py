"""The stock account: every line by hand, and that it always adds up."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import beeld_of, typed, zaken
from weekrapport.domain import kpis
from weekrapport.domain.voorraad import OORZAKEN, POSTEN, correcties, rekening_per, voorraadrekening
from weekrapport.week import Week

WEEK = Week(2026, 47)  # 16 to 22 November
TYPES = typed(
    "zaaktype",
    {"zaaktype_id": "S", "soort_werkzaamheid": "storing"},
    {"zaaktype_id": "V", "soort_werkzaamheid": "vraag"},
)


def again(*rows: tuple[str, str, str]) -> pd.DataFrame:
    """Return reopenings: number, closed on, opened on."""
    columns = list(zip(*rows, strict=True)) or [(), (), ()]
    moments = [pd.Series(pd.to_datetime(list(each), utc=True)).astype("datetime64[us, UTC]") for each in columns[1:]]
    return pd.DataFrame(
        {"zaak_id": pd.Series(list(columns[0]), dtype="str"), "gesloten_op": moments[0], "heropend_op": moments[1]}
    )


def account(*rows: dict[str, Any], heropend: pd.DataFrame | None = None) -> dict[str, Any]:
    found = rekening_per(voorraadrekening(beeld_of(zaken(*rows), zaaktype=TYPES), WEEK, heropend))
    return {name: found[name].iloc[0] for name in POSTEN}


def holds(row: Any) -> bool:
    reopened = 0 if pd.isna(row["heropend"]) else row["heropend"]
    return row["begin"] + row["instroom"] + reopened - row["afgerond"] + row["correcties"] == row["eind"]


def test_a_week_by_hand_per_team_and_kind():
    rows = [
        {"team_id": "A", "zaaktype_id": "S"},  # open all week
        {"team_id": "A", "zaaktype_id": "S", "einddatum": "2026-11-18"},
        {"team_id": "A", "zaaktype_id": "V", "startdatum": "2026-11-17"},
        {"team_id": "B", "zaaktype_id": "S", "startdatum": "2026-11-17", "einddatum": "2026-11-18"},
        {"team_id": "B", "zaaktype_id": "S", "einddatum": "2026-11-10"},  # no part of this week
        {"team_id": "B", "hoofdzaak_id": "Z1"},
        {"team_id": "C", "einddatum": "2026-11-10"},
    ]
    found = voorraadrekening(beeld_of(zaken(*rows), zaaktype=TYPES), WEEK, again())
    assert found.to_dict("split")["data"] == [
        ["A", "storing", 2, 0, 0, 1, 0, 1],
        ["A", "vraag", 0, 1, 0, 0, 0, 1],
        ["B", "storing", 0, 1, 0, 1, 0, 0],
    ]
    assert list(found) == ["team", "soort", *POSTEN]
    assert rekening_per(found, "team").to_dict("split")["data"] == [["A", 2, 1, 0, 1, 0, 2], ["B", 0, 1, 0, 1, 0, 0]]
    assert rekening_per(found, "soort")["soort"].tolist() == ["storing", "vraag"]
    assert rekening_per(found).to_dict("split")["data"] == [[2, 2, 0, 2, 0, 2]]


def test_a_case_opened_again_was_no_stock_on_the_sunday_before():
    found = account({}, heropend=again(("Z1", "2026-11-10T09:00Z", "2026-11-17T09:00Z")))
    assert found == {"begin": 0, "instroom": 0, "heropend": 1, "afgerond": 0, "correcties": 0, "eind": 1}


def test_opened_again_and_finished_in_the_week():
    rows = {"einddatum": "2026-11-19"}
    found = account(rows, heropend=again(("Z1", "2026-11-10T09:00Z", "2026-11-17T09:00Z")))
    assert found == {"begin": 0, "instroom": 0, "heropend": 1, "afgerond": 1, "correcties": 0, "eind": 0}


@pytest.mark.parametrize(
    ("row", "closed", "cause", "effect"),
    [
        ({"startdatum": "2026-10-10", "registratiedatum": "2026-11-18"}, None, "laat geregistreerd", -1),
        ({"startdatum": "2026-11-20", "einddatum": "2026-11-12"}, None, "einddatum vóór startdatum", -1),
        ({"startdatum": "2026-11-23", "einddatum": "2026-11-18"}, None, "einddatum vóór startdatum", 1),
        ({"startdatum": "2026-11-17"}, "2026-11-12T09:00Z", "einddatum vóór startdatum", -1),
        ({}, "2026-11-16T09:00Z", "in dezelfde week gesloten en heropend", -1),
        ({"einddatum": "2026-11-19"}, "2026-11-16T09:00Z", "in dezelfde week gesloten en heropend", -1),
        ({"einddatum": "2026-11-10"}, "2026-11-10T09:00Z", "heropend, maar de einddatum bleef staan", -1),
        ({"startdatum": None, "einddatum": "2026-11-18"}, None, "startdatum ontbreekt", 1),
    ],
)
def test_a_correction_is_named(row, closed, cause, effect):
    beeld = beeld_of(zaken(row), zaaktype=TYPES)
    heropend = again(("Z1", closed, "2026-11-17T09:00Z")) if closed else None
    found = correcties(beeld, WEEK, heropend)
    assert found[["zaak_id", "oorzaak", "effect"]].to_numpy().tolist() == [["Z1", cause, effect]]
    assert holds(rekening_per(voorraadrekening(beeld, WEEK, heropend)).iloc[0])


def test_without_a_history_of_statuses_the_column_is_unknown_and_the_rest_adds_up():
    found = voorraadrekening(beeld_of(zaken({}, {"einddatum": "2026-11-18"}), zaaktype=TYPES), WEEK)
    assert found["heropend"].isna().all()
    assert rekening_per(found, "team")["heropend"].isna().all()
    assert rekening_per(found)["heropend"].isna().all()
    assert holds(rekening_per(found).iloc[0])


def test_no_cases_give_an_account_of_zeros_without_rows():
    empty = voorraadrekening(beeld_of(zaken()), WEEK, again())
    assert empty.empty
    assert list(empty) == ["team", "soort", *POSTEN]
    assert {str(empty[name].dtype) for name in POSTEN} == {"Int64"}
    assert rekening_per(empty).to_dict("split")["data"] == [[0] * 6]
    assert correcties(beeld_of(zaken()), WEEK, again()).empty


DAY = st.integers(0, 60).map(lambda offset: pd.Timestamp("2026-10-01") + pd.Timedelta(days=offset))


@st.composite
def histories(draw: st.DrawFn) -> tuple[pd.DataFrame, pd.DataFrame]:
    rows, opened = [], []
    for number in range(1, draw(st.integers(0, 10)) + 1):
        rows.append(
            {
                "startdatum": draw(DAY),
                "einddatum": draw(st.one_of(st.none(), DAY)),
                "registratiedatum": draw(st.one_of(st.none(), DAY)),
                "team_id": draw(st.sampled_from(["T1", "T2", None])),
                "zaaktype_id": draw(st.sampled_from(["S", "V", None])),
                "hoofdzaak_id": draw(st.sampled_from([None, None, None, "Z1"])),
                "resultaat_categorie": draw(st.sampled_from([None, "overig", "foutief_aangemaakt"])),
            }
        )
        if draw(st.booleans()):
            opened.append((f"Z{number}", str(draw(DAY)), "2026-11-22T20:00Z"))
    return beeld_of(zaken(*rows), zaaktype=TYPES), again(*opened)


@given(histories(), st.booleans())
def test_the_account_adds_up_for_any_history(history, has_statuses):
    beeld, opened = history
    heropend = opened if has_statuses else None
    found = voorraadrekening(beeld, WEEK, heropend)
    assert all(holds(row) for _, row in found.iterrows())
    for columns in (("team",), ("soort",), ()):
        assert all(holds(row) for _, row in rekening_per(found, *columns).iterrows())
    total = rekening_per(found).iloc[0]
    assert total["instroom"] == kpis.instroom(beeld, WEEK)
    assert total["afgerond"] == len(kpis.afgerond(beeld, WEEK))
    assert total["eind"] == kpis.werkvoorraad(beeld, WEEK)
    listed = correcties(beeld, WEEK, heropend)
    assert listed["effect"].sum() == total["correcties"]
    assert set(listed["oorzaak"]) <= set(OORZAKEN)
    if heropend is None:
        assert total["begin"] == kpis.werkvoorraad(beeld, WEEK.plus(-1))


@given(histories())
def test_a_plain_history_needs_no_correction(history):
    beeld, _ = history
    plain = beeld[(kpis.instroomdatum(beeld) == beeld["startdatum"]) & ~(beeld["einddatum"] < beeld["startdatum"])]
    assert rekening_per(voorraadrekening(plain, WEEK))["correcties"].iloc[0] == 0

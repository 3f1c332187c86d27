"""Classes of risk, the rules that raise them, and the reasons that a list prints."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.builders import typed, zaken
from weekrapport.domain.risicoklasse import (
    REDENEN,
    belangrijkste,
    later_gepland,
    reden_label,
    risicoklasse,
    vroege_status,
    wacht_op_klant,
)

LADDER = typed(
    "zaaktype_status",
    *({"zaaktype_id": "STORING", "statustype_id": f"S{step}", "volgnummer": step} for step in (1, 2, 3, 4)),
    *({"zaaktype_id": "VRAAG", "statustype_id": f"V{step}", "volgnummer": step} for step in (1, 2, 3)),
)


def klasse(kans: float | None, days: int = 5, *, early: bool | None = None, belang: int | None = None):
    found = risicoklasse(
        pd.Series([kans], dtype="Float64"),
        pd.Series([days], dtype="Int64"),
        pd.Series([early], dtype="boolean"),
        pd.Series([belang], dtype="Int64"),
    ).item()
    return None if pd.isna(found) else found


@pytest.mark.parametrize(
    ("kans", "expected"),
    [(0.0, "groen"), (0.2999, "groen"), (0.30, "oranje"), (0.5999, "oranje"), (0.60, "rood"), (1.0, "rood"),
     (None, None)],
)  # fmt: skip
def test_the_chance_decides(kans, expected):
    assert klasse(kans) == expected


@pytest.mark.parametrize(
    ("days", "early", "expected"),
    [(2, True, "oranje"), (0, True, "oranje"), (3, True, "groen"), (2, False, "groen"), (2, None, "groen")],
)
def test_hardly_begun_with_two_working_days_left_is_at_least_oranje(days, early, expected):
    assert klasse(0.1, days, early=early) == expected


@pytest.mark.parametrize(
    ("kans", "belang", "expected"),
    [(0.1, 5, "oranje"), (0.4, 5, "rood"), (0.9, 5, "rood"), (0.1, 4, "groen"), (0.1, None, "groen"), (None, 5, None)],
)
def test_the_highest_importance_is_one_class_up(kans, belang, expected):
    assert klasse(kans, belang=belang) == expected


def test_both_rules_together_make_a_green_case_red():
    assert klasse(0.1, 1, early=True, belang=5) == "rood"


def test_no_cases_no_classes():
    empty = pd.Series(dtype="Float64")
    assert risicoklasse(empty, empty.astype("Int64"), empty.astype("boolean"), empty.astype("Int64")).empty


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [(["S1"], True), (["S1", "S2"], True), (["S1", "S3"], False), (["V1"], True), (["V2"], False), (["X"], None),
     ([], None)],
)  # fmt: skip
def test_half_of_the_ladder(statuses, expected):
    rows = [
        {"zaak_id": "Z1", "statustype_id": name, "gezet_op": f"2026-11-{day:02}T09:00Z"}
        for day, name in enumerate(statuses, start=2)
    ]
    found = vroege_status(zaken({}), typed("zaak_status", *rows), LADDER).item()
    assert (None if pd.isna(found) else found) == expected


def test_without_a_ladder_no_status_is_early():
    rows = typed("zaak_status", {"zaak_id": "Z1", "statustype_id": "S1", "gezet_op": "2026-11-02T09:00Z"})
    assert vroege_status(zaken({}), rows, typed("zaaktype_status")).isna().all()


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [("2026-11-27", "2026-11-20", True), ("2026-11-20", "2026-11-20", False), ("2026-11-13", "2026-11-20", False),
     (None, "2026-11-20", None), ("2026-11-27", None, None)],
)  # fmt: skip
def test_a_promise_that_was_moved(now, before, expected):
    rows, earlier = zaken({"einddatum_gepland": now}), zaken({"einddatum_gepland": before})
    found = later_gepland(rows, earlier).item()
    assert (None if pd.isna(found) else found) == expected


def test_without_an_earlier_delivery_nothing_is_known_to_have_moved():
    rows = zaken({"einddatum_gepland": "2026-11-27"})
    assert later_gepland(rows, None).isna().all()
    assert later_gepland(rows, zaken()).isna().all()  # the case was not in it


@pytest.mark.parametrize(
    ("status", "expected"),
    [("In test bij klant", True), ("Wacht op klant", True), ("WACHT OP AANVRAGER", True), ("In behandeling", False),
     ("Wacht op leverancier", False), (None, None)],
)  # fmt: skip
def test_a_status_that_says_that_the_customer_is_to_move(status, expected):
    found = wacht_op_klant(pd.Series([status], dtype="str")).item()
    assert (None if pd.isna(found) else found) == expected


def test_the_reasons_stand_in_their_order_and_none_is_unknown():
    rows = pd.DataFrame(index=[7, 8])
    yes_no = [pd.Series([True, None], index=rows.index, dtype="boolean") for _ in REDENEN]
    found = reden_label(rows, yes_no)
    assert found[7] == "restdagen, wacht op klant, geen behandelaar, vroege status, planning verschoven"
    assert pd.isna(found[8])


def test_the_ten_that_ask_for_attention_first():
    rows = pd.DataFrame(
        {
            "zaak_id": ["A", "B", "C", "D"],
            "klasse": ["rood", "oranje", "groen", "oranje"],
            "kans": pd.array([0.6, 0.4, 0.2, 0.6], dtype="Float64"),
            "belang": pd.array([2, 4, 5, None], dtype="Int64"),
            "leidende_datum": pd.to_datetime(["2026-11-25", "2026-11-24", "2026-11-24", "2026-11-24"]),
        }
    )
    assert belangrijkste(rows)["zaak_id"].tolist() == ["B", "D", "A"]
    assert belangrijkste(rows, 1)["zaak_id"].tolist() == ["B"]
    assert belangrijkste(rows.iloc[:0]).empty

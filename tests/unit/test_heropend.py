"""Which cases were opened again, on histories of a few statuses."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.builders import typed
from weekrapport.domain.heropend import heropend, heropeningen
from weekrapport.domain.zaakstap import zaakstappen
from weekrapport.week import Week

WEEK = Week(2026, 47)  # 16 to 22 November
TYPEN = typed(
    "zaaktype_status",
    {"zaaktype_id": "A", "statustype_id": "nieuw", "volgnummer": 1, "is_eindstatus": False},
    {"zaaktype_id": "A", "statustype_id": "bezig", "volgnummer": 2, "is_eindstatus": False},
    {"zaaktype_id": "A", "statustype_id": "klaar", "volgnummer": 3, "is_eindstatus": True},
)


def history(*steps: tuple[str, str], zaak: str = "Z1"):
    return typed(
        "zaak_status", *({"zaak_id": zaak, "statustype_id": name, "gezet_op": moment} for name, moment in steps)
    )


CLOSED_AND_OPENED = (("nieuw", "2026-11-02T09:00Z"), ("klaar", "2026-11-10T09:00Z"), ("bezig", "2026-11-17T09:00Z"))


def test_a_step_that_is_not_final_after_a_final_one():
    found = heropend(history(*CLOSED_AND_OPENED), TYPEN, WEEK)
    assert found["zaak_id"].tolist() == ["Z1"]
    assert str(found["gesloten_op"].iloc[0]) == "2026-11-10 09:00:00+00:00"
    assert str(found["heropend_op"].iloc[0]) == "2026-11-17 09:00:00+00:00"


@pytest.mark.parametrize(
    "steps",
    [
        (("nieuw", "2026-11-02T09:00Z"), ("klaar", "2026-11-17T09:00Z")),
        (("klaar", "2026-11-10T09:00Z"), ("klaar", "2026-11-17T09:00Z")),
        (("bezig", "2026-11-17T09:00Z"), ("nieuw", "2026-11-18T09:00Z")),
        (("klaar", "2026-11-10T09:00Z"), ("vreemd", "2026-11-17T09:00Z")),  # a step that nobody knows
        (*CLOSED_AND_OPENED[:2], ("bezig", "2026-11-13T09:00Z"), ("nieuw", "2026-11-17T09:00Z")),  # opened before it
        (("klaar", "2026-11-17T09:00Z"), ("bezig", "2026-11-17T09:00Z")),  # at the same moment the lower step is first
        (),
    ],
)
def test_no_reopening_in_the_week(steps):
    assert heropend(history(*steps), TYPEN, WEEK).empty


@pytest.mark.parametrize(
    ("moment", "week"),
    [
        ("2026-11-15T22:59Z", "2026-W46"),  # Sunday 23:59 local
        ("2026-11-15T23:00Z", "2026-W47"),  # Monday 00:00 local
        ("2026-11-22T22:59Z", "2026-W47"),
        ("2026-11-22T23:00Z", "2026-W48"),
    ],
)
def test_the_week_is_local(moment, week):
    found = history(("klaar", "2026-11-10T09:00Z"), ("bezig", moment))
    weeks = [each for each in map(WEEK.plus, (-1, 0, 1)) if len(heropend(found, TYPEN, each))]
    assert [str(each) for each in weeks] == [week]


def test_a_case_counts_once_in_a_week_and_every_time_is_known():
    steps = (*CLOSED_AND_OPENED, ("klaar", "2026-11-18T09:00Z"), ("bezig", "2026-11-19T09:00Z"))
    assert len(heropeningen(history(*steps), TYPEN)) == 2
    found = heropend(history(*steps), TYPEN, WEEK)
    assert found["heropend_op"].dt.day.tolist() == [17]


def test_cases_do_not_mix():
    rows = pd.concat([history(("klaar", "2026-11-10T09:00Z")), history(("bezig", "2026-11-17T09:00Z"), zaak="Z2")])
    assert heropend(rows, TYPEN, WEEK).empty


def test_without_a_mark_the_highest_step_of_the_type_is_final():
    unmarked = TYPEN.assign(is_eindstatus=TYPEN["is_eindstatus"].mask(TYPEN["is_eindstatus"].notna()))
    said = zaakstappen(unmarked, unmarked)["is_eindstatus"]
    assert said.tolist() == [False, False, True]
    assert len(heropend(history(*CLOSED_AND_OPENED), unmarked, WEEK)) == 1


def test_without_statuses_or_types_nothing_is_found_and_the_columns_are_there():
    for rows, types in ((history(), TYPEN), (history(*CLOSED_AND_OPENED), typed("zaaktype_status"))):
        found = heropend(rows, types, WEEK)
        assert found.empty
        assert {name: str(kind) for name, kind in found.dtypes.items()} == {
            "zaak_id": "str", "gesloten_op": "datetime64[us, UTC]", "heropend_op": "datetime64[us, UTC]",
        }  # fmt: skip

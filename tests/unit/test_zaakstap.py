"""Case types that share their status codes: A has steps 1 to 3, B has steps 1 to 5 of the same names."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.builders import typed, zaken
from tests.case_files import bevindingen, oordelen, toetsing
from weekrapport.domain.heropend import heropend, heropeningen
from weekrapport.domain.risicoklasse import vroege_status
from weekrapport.domain.zaakstap import zaakstappen
from weekrapport.domain.zaakstatus import huidige_status
from weekrapport.week import Week

WEEK = Week(2026, 47)
LADDERS = typed(
    "zaaktype_status",
    *(
        {"zaaktype_id": kind, "statustype_id": str(step), "volgnummer": step, "omschrijving": f"{kind}{step}",
         "is_eindstatus": step == last}
        for kind, last in (("A", 3), ("B", 5))
        for step in range(1, last + 1)
    ),
)  # fmt: skip


def cases(*kinds: str | None) -> pd.DataFrame:
    return zaken(*({"zaaktype_id": kind} for kind in kinds))


def history(*steps: str, zaak: str = "Z1") -> pd.DataFrame:
    return typed(
        "zaak_status",
        *(
            {"zaak_id": zaak, "statustype_id": s, "gezet_op": f"2026-11-{day}T09:00Z"}
            for day, s in enumerate(steps, 16)
        ),
    )


def test_going_on_in_a_long_type_is_no_reopening():
    rows = pd.concat([history("3", "2"), history("3", "4", zaak="Z2")])
    assert heropend(rows, LADDERS, WEEK, cases("A", "B"))["zaak_id"].tolist() == ["Z1"]
    assert heropend(rows, LADDERS, WEEK, cases("B", "B")).empty
    assert heropend(history("5", "2"), LADDERS, WEEK, cases("B"))["zaak_id"].tolist() == ["Z1"]


@pytest.mark.parametrize("known", [None, cases(None), cases("C"), zaken()])
def test_a_shared_code_says_nothing_of_a_case_of_which_the_type_is_not_known(known):
    assert heropeningen(history("3", "2"), LADDERS, known).empty
    assert zaakstappen(history("3"), LADDERS, known).isna().all(axis=None)


def test_a_code_of_one_type_counts_whatever_the_type_of_the_case():
    found = zaakstappen(history("4", "5"), LADDERS, cases(None))
    assert found["volgnummer"].tolist() == [4, 5]
    assert found["is_eindstatus"].tolist() == [False, True]


def test_the_ladder_of_the_type_is_what_half_way_is_of():
    rows = pd.concat([history("2"), history("2", zaak="Z2"), history("2", zaak="Z3")], ignore_index=True)
    found = vroege_status(cases("A", "B", None), rows, LADDERS)
    assert found.astype("object").where(found.notna(), None).tolist() == [False, True, None]


def test_the_description_is_that_of_the_type():
    rows = pd.concat([history("1", "3"), history("1", "3", zaak="Z2"), history("3", zaak="Z3")], ignore_index=True)
    assert huidige_status(rows, LADDERS, cases("A", "B", None)).to_dict() == {"Z1": "A3", "Z2": "B3", "Z3": "3"}


@pytest.mark.parametrize(
    ("kind", "steps", "expected"),
    [("A", ("1", "3"), ("goed", None)), ("B", ("1", "3"), ("fout", "eindstatus ontbreekt")),
     ("B", ("3", "5"), ("goed", None)), (None, ("1", "3"), ("niet te beoordelen", None))],
)  # fmt: skip
def test_the_final_status_of_a_finished_case_is_that_of_its_type(kind, steps, expected):
    case = {"zaaktype_id": kind, "einddatum": "2026-11-18", "resultaat": "Geleverd"}
    other = {"zaaktype_id": "A", "einddatum": None}
    found = toetsing(zaken(case, other), zaak_status=history(*steps), zaaktype_status=LADDERS)
    assert (oordelen(found, "Q04")[0], bevindingen(found, "Q04")[0]) == expected

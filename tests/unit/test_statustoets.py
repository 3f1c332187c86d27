"""Q04: a finished case has a result and a final status."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from tests.builders import typed, zaken
from tests.case_files import bevindingen, oordelen, toetsing

CASE = {"zaaktype_id": "V", "startdatum": "2026-11-02", "einddatum": "2026-11-18", "resultaat": "Geleverd"}
LADDER = typed(
    "zaaktype_status",
    *({"zaaktype_id": "V", "statustype_id": f"S{n}", "volgnummer": n, "is_eindstatus": n == 3} for n in (1, 2, 3)),
)


def history(*steps: tuple[str, str], zaak: str = "Z1") -> pd.DataFrame:
    return typed(
        "zaak_status",
        *({"zaak_id": zaak, "statustype_id": code, "gezet_op": f"2026-11-{day}T09:00:00Z"} for code, day in steps),
    )


def verdict(case: dict[str, Any], **tables: pd.DataFrame) -> tuple[str, str | None]:
    found = toetsing(zaken(case, CASE | {"einddatum": None}), **tables)
    return oordelen(found, "Q04")[0], bevindingen(found, "Q04")[0]


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ((("S1", "02"), ("S3", "18")), ("goed", None)),
        ((("S1", "02"), ("S2", "18")), ("fout", "eindstatus ontbreekt")),
        ((("S3", "12"), ("S2", "18")), ("fout", "eindstatus ontbreekt")),  # opened again and never closed
        ((("S3", "18"), ("S2", "18")), ("goed", None)),  # at one moment the higher one is the last
        ((("S1", "02"), ("X9", "18")), ("niet te beoordelen", None)),
    ],
)
def test_the_last_status_is_final(steps, expected):
    assert verdict(CASE, zaak_status=history(*steps), zaaktype_status=LADDER) == expected


def test_a_case_without_any_status_has_no_final_one():
    other = history(("S3", "18"), zaak="Z9")
    assert verdict(CASE, zaak_status=other, zaaktype_status=LADDER) == ("fout", "eindstatus ontbreekt")


def test_without_a_mark_the_highest_status_is_final():
    ladder = LADDER.assign(is_eindstatus=pd.array([pd.NA] * 3, dtype="boolean"))
    assert verdict(CASE, zaak_status=history(("S3", "18")), zaaktype_status=ladder)[0] == "goed"
    assert verdict(CASE, zaak_status=history(("S2", "18")), zaaktype_status=ladder)[0] == "fout"


def test_a_finished_case_has_a_result():
    assert verdict(CASE) == ("goed", None)
    assert verdict(CASE | {"resultaat": None}) == ("fout", "resultaat ontbreekt")
    assert verdict(CASE | {"resultaat": None, "resultaat_categorie": "overig"})[0] == "goed"


def test_both_may_lack():
    found = verdict(CASE | {"resultaat": None}, zaak_status=history(("S2", "18")), zaaktype_status=LADDER)
    assert found == ("fout", "resultaat en eindstatus ontbreken")


def test_what_is_not_delivered_is_not_tested():
    bare = {name: value for name, value in CASE.items() if name != "resultaat"}
    found = toetsing(zaken(bare))
    assert found.niet_getoetst["Q04"] == "resultaten of statustypen"
    only = toetsing(zaken(bare), zaak_status=history(("S3", "18")), zaaktype_status=LADDER)
    assert oordelen(only, "Q04") == ["goed"]

"""Q03: the required documents."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from tests.builders import typed, zaken
from tests.case_files import bevindingen, oordelen, schema_columns, toetsing

CASE = {"zaaktype_id": "VRAAG", "startdatum": "2026-11-02", "einddatum": "2026-11-18", "resultaat": "Toegekend"}


def eisen(*rows: dict[str, Any]) -> pd.DataFrame:
    return typed(
        "zaaktype_documenteis",
        *(
            {
                "eis_id": f"E{number}",
                "zaaktype_id": "VRAAG",
                "informatieobjecttype": "Besluit",
                "verplicht": True,
                **row,
            }
            for number, row in enumerate(rows, start=1)
        ),
    )


def documenten(*rows: dict[str, Any]) -> pd.DataFrame:
    return typed(
        "zaak_document",
        *(
            {
                "document_id": f"D{number}",
                "zaak_id": "Z1",
                "informatieobjecttype": "Besluit",
                "registratie_op": "2026-11-18T10:00:00+01:00",
                "status": "definitief",
                **row,
            }
            for number, row in enumerate(rows, start=1)
        ),
    )


def verdict(case: dict[str, Any], required: pd.DataFrame, present: pd.DataFrame, **more: Any) -> tuple[str, str | None]:
    found = toetsing(zaken(case), zaaktype_documenteis=required, zaak_document=present, **more)
    return oordelen(found, "Q03")[0], bevindingen(found, "Q03")[0]


def test_a_required_document_is_there_or_not():
    assert verdict(CASE, eisen({}), documenten({})) == ("goed", None)
    assert verdict(CASE, eisen({}), documenten({"informatieobjecttype": "Brief"})) == ("fout", "Besluit ontbreekt")


def test_capitals_do_not_matter():
    assert verdict(CASE, eisen({}), documenten({"informatieobjecttype": " besluit"}))[0] == "goed"


def test_the_document_of_another_case_does_not_count():
    assert verdict(CASE, eisen({}), documenten({"zaak_id": "Z9"}))[0] == "fout"


def test_what_is_optional_never_counts_and_empty_is_required():
    assert verdict(CASE, eisen({"verplicht": False}), documenten({"zaak_id": "Z9"})) == ("nvt", None)
    assert verdict(CASE, eisen({"verplicht": None}), documenten({"zaak_id": "Z9"}))[0] == "fout"


def test_the_requirement_of_another_case_type_does_not_apply():
    assert verdict(CASE, eisen({"zaaktype_id": "KLACHT"}), documenten({})) == ("nvt", None)


@pytest.mark.parametrize(
    ("registered", "expected"),
    [
        ("2026-11-18T10:00:00+01:00", ("goed", None)),
        ("2026-11-19T23:30:00+01:00", ("goed", None)),  # one working day after the end, local time
        ("2026-11-20T00:30:00+01:00", ("fout", "Besluit te laat geregistreerd")),
    ],
)
def test_one_working_day_after_the_end_is_in_time(registered, expected):
    assert verdict(CASE, eisen({}), documenten({"registratie_op": registered})) == expected


@pytest.mark.parametrize(("registered", "expected"), [("2026-11-16", "goed"), ("2026-11-17", "fout")])
def test_after_a_friday_that_is_monday(registered, expected):
    case = CASE | {"einddatum": "2026-11-13"}
    document = {"registratie_op": f"{registered}T10:00:00+01:00"}
    assert verdict(case, eisen({}), documenten(document))[0] == expected


def test_without_a_moment_of_registration_the_day_of_creation_counts():
    document = {"registratie_op": None, "creatiedatum": "2026-11-25"}
    assert verdict(CASE, eisen({}), documenten(document)) == ("fout", "Besluit te laat geregistreerd")
    assert verdict(CASE, eisen({}), documenten(document | {"creatiedatum": None}))[0] == "goed"


def test_a_draft_does_not_count():
    assert verdict(CASE, eisen({}), documenten({"status": "in_bewerking"})) == ("fout", "Besluit nog in bewerking")
    assert verdict(CASE, eisen({}), documenten({"status": None}))[0] == "goed"


def test_the_direction_must_not_be_another_one():
    required = eisen({"richting": "uitgaand"})
    assert verdict(CASE, required, documenten({"richting": "uitgaand"}))[0] == "goed"
    assert verdict(CASE, required, documenten({"richting": "inkomend"})) == ("fout", "Besluit ontbreekt")
    assert verdict(CASE, required, documenten({"richting": None}))[0] == "goed"


def test_as_many_as_required():
    required = eisen({"min_aantal": 2})
    assert verdict(CASE, required, documenten({}, {}, {}))[0] == "goed"
    assert verdict(CASE, required, documenten({})) == ("fout", "Besluit: 1 van 2")
    assert verdict(CASE, required, documenten({"zaak_id": "Z9"})) == ("fout", "Besluit ontbreekt")


def test_only_for_its_result():
    required = eisen({"resultaattype": "toegekend"})
    absent = documenten({"zaak_id": "Z9"})
    assert verdict(CASE, required, absent)[0] == "fout"
    assert verdict(CASE | {"resultaat": "Afgewezen"}, required, absent)[0] == "nvt"
    assert verdict(CASE | {"resultaat": None}, required, absent)[0] == "niet te beoordelen"
    assert verdict(CASE | {"resultaat": None}, required, documenten({}))[0] == "nvt"


def test_only_from_its_status_on():
    required, absent = eisen({"vanaf_statustype_id": "S2"}), documenten({"zaak_id": "Z9"})

    def history(*codes: str) -> pd.DataFrame:
        rows = [{"zaak_id": "Z1", "statustype_id": c, "gezet_op": "2026-11-03T09:00:00Z"} for c in codes]
        return typed("zaak_status", *rows)

    assert verdict(CASE, required, absent, zaak_status=history("S1", "S2"))[0] == "fout"
    assert verdict(CASE, required, absent, zaak_status=history("S1", "S3"))[0] == "nvt"
    assert verdict(CASE, required, absent)[0] == "niet te beoordelen"
    assert verdict(CASE, eisen({"vanaf_statustype_id": "S2"}, {}), documenten({"zaak_id": "Z9"}))[0] == "fout"


def test_a_case_without_a_type_cannot_be_judged():
    assert verdict(
        CASE | {"zaaktype_id": None}, eisen({}), documenten({}), geleverd={"zaak": schema_columns("zaak")}
    ) == (
        "niet te beoordelen",
        None,
    )


def test_several_findings_of_one_case_stand_in_one_line():
    required = eisen({}, {"informatieobjecttype": "Verslag"})
    assert verdict(CASE, required, documenten({"zaak_id": "Z9"})) == ("fout", "Besluit ontbreekt; Verslag ontbreekt")


@pytest.mark.parametrize(
    ("end", "expected"),
    [("2026-11-19", "fout"), ("2026-11-20", "niet te beoordelen"), ("2026-11-21", "niet te beoordelen")],
)
def test_on_monday_the_file_of_friday_may_still_be_completed(end, expected):
    absent = documenten({"zaak_id": "Z9"})
    assert verdict(CASE | {"einddatum": end}, eisen({}), absent, peil=date(2026, 11, 23))[0] == expected


def test_what_is_complete_needs_no_waiting():
    assert verdict(CASE | {"einddatum": "2026-11-20"}, eisen({}), documenten({}), peil=date(2026, 11, 23))[0] == "goed"


@pytest.mark.parametrize(
    ("tables", "missing"),
    [
        ({"zaak_document": documenten({})}, "verplichte documenten per zaaktype"),
        ({"zaaktype_documenteis": eisen({})}, "documenten"),
        ({}, "verplichte documenten per zaaktype en documenten"),
    ],
)
def test_without_its_sources_it_is_not_tested(tables, missing):
    found = toetsing(zaken(CASE), **tables)
    assert found.niet_getoetst["Q03"] == missing
    assert found.eisen.empty

"""The figures of the checks as facts."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.builders import typed, zaken
from tests.case_files import toetsing
from weekrapport.domain.toetsfeiten import kwaliteit_feiten, periode_feiten
from weekrapport.domain.toetstellingen import teamtelling
from weekrapport.week import Week

WEEK = Week(2026, 47)
TYPES = typed("zaaktype", {"zaaktype_id": "V", "servicenorm_waarde": 10, "servicenorm_eenheid": "werkdag"})
REQUIRED = typed("zaaktype_documenteis", {"eis_id": "1", "zaaktype_id": "V", "informatieobjecttype": "Besluit"})
PRESENT = typed(
    "zaak_document",
    *({"document_id": f"D{n}", "zaak_id": f"Z{n}", "informatieobjecttype": "Besluit"} for n in (1, 2, 4)),
)


def case(end: str, team: str) -> dict[str, Any]:
    return {"zaaktype_id": "V", "einddatum": end, "team_id": team}


CASES = zaken(
    *(case("2026-11-16", "A") for _ in range(3)),
    case("2026-11-17", "A"),
    case("2026-11-16", "B"),
    case("2026-11-11", "A"),
)
FOUND = toetsing(CASES, date(2026, 12, 31), zaaktype=TYPES, zaaktype_documenteis=REQUIRED, zaak_document=PRESENT)
PER_TEAM = teamtelling(FOUND, WEEK, {"A": "A", "B": "B"})


def records(team: str = "") -> list[dict[str, Any]]:
    return [feit.as_record() for feit in kwaliteit_feiten(FOUND, WEEK, 5, 1, PER_TEAM, team)]


def the(id: str, scope: dict[str, str], **more: str) -> dict[str, Any]:
    (found,) = [
        each
        for each in records()
        if each["id"] == id
        and each["scope"] == scope
        and {k: each[k] for k in ("measure", "period") if k in each} == more
    ]
    return found


def test_the_population():
    assert the("Q00", {})["value"] == 5
    assert the("Q00", {}, measure="uitgesloten")["value"] == 1


def test_a_share_per_check_and_its_counts():
    share = the("Q01", {"check": "Q01"})
    assert (share["value"], share["numerator"], share["denominator"]) == (0.8, 4, 5)
    counts = {name: the("Q00", {"check": "Q03"}, measure=name)["value"] for name in ("goed", "fout", "nvt")}
    assert counts == {"goed": 3, "fout": 2, "nvt": 0}
    assert the("Q00", {"check": "Q03"}, measure="niet te beoordelen")["value"] == 0


def test_a_check_with_a_key_figure_is_that_figure_too():
    assert the("K30", {})["value"] == the("Q03", {"check": "Q03"})["value"] == 0.6
    documents = the("K30", {}, measure="documenten")
    assert (documents["numerator"], documents["denominator"]) == (3, 5)


def test_an_earlier_week_has_its_period():
    assert the("Q01", {"check": "Q01"}, period="2026-W46")["denominator"] == 1
    assert the("K30", {}, period="2026-W46")["value"] == 0.0


def test_a_check_that_was_not_made_has_no_fact():
    assert {each["id"] for each in records()} == {"Q00", "Q01", "Q03", "K30"}


def test_a_hidden_cell_gives_no_fact():
    """Team B has one case; with it the smallest other cell is hidden, and here that is the only other one."""
    assert PER_TEAM["verborgen"].all()
    assert [each for each in records() if "team" in each["scope"]] == []
    assert PER_TEAM["goed"].isna().all()


def test_a_visible_cell_gives_one_per_team():
    per_team = teamtelling(FOUND, WEEK, {"A": "A", "B": "A"})
    shown = [each.as_record() for each in kwaliteit_feiten(FOUND, WEEK, 5, 1, per_team)]
    found = [each for each in shown if each["scope"].get("team") == "A"]
    assert {(each["id"], each["denominator"]) for each in found} == {("Q01", 5), ("Q03", 5), ("K30", 5)}


def test_of_one_team_every_scope_names_it():
    assert {each["scope"].get("team") for each in records("A")} == {"A"}


def test_several_weeks_together():
    (share, figure) = [each.as_record() for each in periode_feiten({"Q03": (9, 12)}, "2026-W35/2026-W46")]
    assert (share["id"], share["scope"], share["value"]) == ("Q03", {"check": "Q03"}, 0.75)
    assert (figure["id"], figure["scope"], figure["period"]) == ("K30", {}, "2026-W35/2026-W46")
    (nothing,) = periode_feiten({"Q01": (0, 0)}, "2026-W35/2026-W46")
    assert nothing.value is None

"""The workload of a team: hours that its cases ask, hours that it has, and what stays unknown."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from tests.builders import beeld_of, typed, zaken
from weekrapport.domain.calendars import werkkalender
from weekrapport.domain.werkaanbod import NIET_VOLLEDIG, aanbod_per_team, venster
from weekrapport.domain.werklast import GEEN_CAPACITEIT, GEEN_UREN, uren_onbekend, werklast
from weekrapport.domain.werkvraag import aanvraaguren, zaakuren

PEIL, KALENDER = date(2026, 11, 23), werkkalender()
TEAMS = typed("team", {"team_id": "T1", "naam": "Beheer"}, {"team_id": "T2", "naam": "Projecten"})
STAFF = typed(
    "medewerker",
    {"medewerker_id": "M1", "team_id": "T1", "vaardigheden": "Netwerk"},
    {"medewerker_id": "M2", "team_id": "T2", "vaardigheden": "Programmeren; Netwerk"},
)
TYPES = typed("zaaktype", {"zaaktype_id": "A", "verwachte_uren": 10.0})
DUE = {"team_id": "T1", "einddatum_gepland": "2026-11-27", "resturen": 4.0}


def weeks(medewerker: str, werkdagen: int = 10, **hours: float) -> list[dict[str, object]]:
    """Hours of one employee on the first working days from Monday 23 November 2026."""
    days = pd.bdate_range("2026-11-23", periods=werkdagen)
    return [{"medewerker_id": medewerker, "datum": str(day.date()), "contracturen": 8.0, **hours} for day in days]


def given(zaak: pd.DataFrame, **tables: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, pd.DataFrame]]:
    every = {"team": TEAMS, "medewerker": STAFF, "zaaktype": TYPES} | tables
    return beeld_of(zaak, PEIL, team=every["team"], zaaktype=every["zaaktype"]), every


def load(zaak: pd.DataFrame, opschorting: pd.DataFrame | None = None, **tables: pd.DataFrame) -> pd.DataFrame:
    beeld, every = given(zaak, **tables)
    return werklast(beeld, every, PEIL, KALENDER, opschorting).set_index("team")


def hours(*rows: dict[str, object], opschorting: pd.DataFrame | None = None) -> list[float | None]:
    beeld, every = given(zaken(*rows))
    found = zaakuren(beeld, every["zaaktype"], PEIL, KALENDER, opschorting)["uren"]
    return [None if pd.isna(each) else round(float(each), 4) for each in found]


class TestWindow:
    def test_a_working_day_is_the_first_of_ten(self):
        assert venster(PEIL, KALENDER) == (date(2026, 11, 23), date(2026, 12, 4))

    def test_a_weekend_begins_on_monday_and_a_holiday_makes_it_a_day_longer(self):
        assert venster(date(2026, 12, 19), KALENDER) == (date(2026, 12, 21), date(2027, 1, 5))


class TestHoursOfCases:
    @pytest.mark.parametrize(
        ("due", "counts"),
        [("2026-12-04", True), ("2026-12-06", True), ("2026-12-07", False), ("2026-11-02", True), (None, False)],
    )
    def test_a_case_counts_up_to_the_last_working_day_of_the_window(self, due, counts):
        """Sunday 6 December must be ready on Friday the 4th."""
        assert hours({**DUE, "einddatum_gepland": due}) == ([4.0] if counts else [])

    @pytest.mark.parametrize(
        "other", [{"einddatum": "2026-11-20"}, {"hoofdzaak_id": "Z9"}, {"resultaat_categorie": "foutief_aangemaakt"}]
    )
    def test_closed_cases_parts_and_mistakes_do_not_count(self, other):
        assert hours({**DUE, **other}) == []

    def test_a_case_that_waits_does_not_count(self):
        assert hours({**DUE, "opgeschort_nu": True}) == []
        running = typed("zaak_opschorting", {"zaak_id": "Z1", "begin": "2026-11-20"})
        assert hours(DUE, opschorting=running) == []

    def test_without_hours_left_the_share_of_the_term_that_is_left_counts(self):
        """From 2 to 27 November are 25 days, of which 4 are left: 10 hours × 4/25."""
        assert hours({**DUE, "resturen": None, "zaaktype_id": "A"}) == [1.6]

    def test_nothing_is_made_up_for_an_overdue_case_or_an_unknown_type(self):
        overdue = {**DUE, "resturen": None, "zaaktype_id": "A", "einddatum_gepland": "2026-11-20"}
        assert hours(overdue, {**overdue, "einddatum_gepland": "2026-11-23"}, {**DUE, "resturen": None}) == [None] * 3

    def test_a_case_that_starts_today_has_its_whole_term(self):
        today = {**DUE, "resturen": None, "zaaktype_id": "A", "startdatum": "2026-11-23"}
        assert hours(today) == [10.0]


class TestRequests:
    def asked(self, zaak: pd.DataFrame | None = None, **row: object) -> list[tuple[str, float]]:
        beeld, every = given(zaken(DUE) if zaak is None else zaak)
        rows = zaakuren(beeld, TYPES, PEIL, KALENDER, None)
        request = {"aanvraag_id": "CA1", "uren": 10.0, "status": "gepland", "gewenst_van": "2026-11-30", **row}
        every["capaciteitsaanvraag"] = typed("capaciteitsaanvraag", request)
        found = aanvraaguren(beeld, rows, every, PEIL, KALENDER)
        return [(team, round(float(uren), 4)) for team, uren in zip(found["team"], found["uren"], strict=True)]

    def test_the_share_of_its_working_days_in_the_window_counts(self):
        """Five of ten working days."""
        assert self.asked(gewenst_tot="2026-12-11", vaardigheid="programmeren") == [("Projecten", 5.0)]

    @pytest.mark.parametrize("status", ["nieuw", "deels", "niet_planbaar", "vervallen", None])
    def test_only_what_is_planned_counts(self, status):
        assert self.asked(status=status) == []

    @pytest.mark.parametrize(("first", "last"), [("2026-11-09", "2026-11-20"), ("2026-12-07", "2026-12-18")])
    def test_outside_the_window_nothing_counts(self, first, last):
        assert self.asked(gewenst_van=first, gewenst_tot=last) == []

    def test_a_skill_of_two_teams_or_of_none_is_of_nobody(self):
        assert self.asked(vaardigheid="Netwerk") == [("niet ingedeeld", 10.0)]
        assert self.asked(vaardigheid="Hosting") == [("niet ingedeeld", 10.0)]

    def test_a_request_for_a_case_goes_with_the_case(self):
        assert self.asked(zaak_id="Z1") == []  # its hours stand in the case already
        later = zaken({**DUE, "einddatum_gepland": "2027-03-01"})
        assert self.asked(later, zaak_id="Z1") == [("Beheer", 10.0)]


class TestHoursOfTeams:
    def aanbod(self, *rows: dict[str, object], staff: pd.DataFrame = STAFF) -> pd.DataFrame:
        tables = {"capaciteit": typed("capaciteit", *rows), "medewerker": staff, "team": TEAMS}
        return aanbod_per_team(tables, PEIL, KALENDER).set_index("team")

    def test_absence_overhead_and_planned_hours_are_taken_off(self):
        taken = {"verlofuren": 1.0, "overig_afwezig_uren": 0.5, "vaste_uren": 1.5, "reeds_ingepland_uren": 2.0}
        found = self.aanbod(*weeks("M1", **taken)).loc["Beheer"]
        assert (found["aanbod_uren"], found["afwezig_uren"]) == (30.0, 15.0)

    def test_one_who_is_planned_too_full_takes_nothing_from_the_others(self):
        rows = [*weeks("M1", reeds_ingepland_uren=12.0), *weeks("M3")]
        staff = pd.concat([STAFF, typed("medewerker", {"medewerker_id": "M3", "team_id": "T1"})], ignore_index=True)
        assert self.aanbod(*rows, staff=staff).loc["Beheer", "aanbod_uren"] == 80.0

    def test_days_outside_the_window_do_not_count(self):
        outside = {"medewerker_id": "M1", "datum": "2026-12-07", "contracturen": 8.0}
        assert self.aanbod(*weeks("M1"), outside).loc["Beheer", "aanbod_uren"] == 80.0

    def test_hours_of_half_the_days_are_not_believed(self):
        found = self.aanbod(*weeks("M1", 5), *weeks("M2")).loc["Beheer"]
        assert pd.isna(found["aanbod_uren"])
        assert found["toelichting"] == NIET_VOLLEDIG

    def test_who_left_is_not_waited_for(self):
        gone = typed("medewerker", {"medewerker_id": "M9", "team_id": "T1", "uit_dienst": "2026-10-31"})
        found = self.aanbod(*weeks("M1"), staff=pd.concat([STAFF, gone], ignore_index=True))
        assert found.loc["Beheer", "aanbod_uren"] == 80.0

    def test_an_employee_that_nobody_knows_is_in_no_team(self):
        assert self.aanbod(*weeks("M8"))["aanbod_uren"].dropna().index.tolist() == ["niet ingedeeld"]

    def test_a_team_of_which_nothing_was_delivered_is_there_without_hours(self):
        found = self.aanbod(*weeks("M1"))
        assert found.index.tolist() == ["Beheer", "Projecten"]
        assert found.loc["Projecten", ["aanbod_uren", "afwezig_uren"]].isna().all()
        assert found["toelichting"].astype(object).fillna("").tolist() == ["", GEEN_CAPACITEIT]

    @pytest.mark.parametrize("other", [{"team_id": "T9", "uit_dienst": "2026-10-31"}, {"team_id": None}])
    def test_nobody_in_the_window_and_no_team_make_no_row(self, other):
        gone = typed("medewerker", {"medewerker_id": "M9", **other})
        found = self.aanbod(*weeks("M1"), *weeks("M2"), staff=pd.concat([STAFF, gone], ignore_index=True))
        assert found.index.tolist() == ["Beheer", "Projecten"]

    def test_without_rows_there_are_no_teams(self):
        assert self.aanbod().empty


class TestWorkload:
    def test_hours_asked_by_hours_there(self):
        cap = typed("capaciteit", *weeks("M1", reeds_ingepland_uren=7.0), *weeks("M2"))
        found = load(zaken(DUE, {**DUE, "resturen": 7.0}), capaciteit=cap)
        assert found.loc["Beheer", ["vraag_uren", "aanbod_uren", "werklast", "zonder_uren"]].tolist() == [
            11,
            10,
            1.1,
            0,
        ]
        assert found.loc["Projecten", ["vraag_uren", "werklast"]].tolist() == [0, 0]

    def test_without_capacity_it_is_unknown_and_said(self):
        found = load(zaken(DUE)).loc["Beheer"]
        assert (found["vraag_uren"], found["toelichting"]) == (4.0, GEEN_CAPACITEIT)
        assert pd.isna(found["aanbod_uren"]) and pd.isna(found["werklast"])

    def test_without_hours_of_any_case_it_is_unknown_and_said(self):
        found = load(zaken({**DUE, "resturen": None}), capaciteit=typed("capaciteit", *weeks("M1"))).loc["Beheer"]
        assert (found["zonder_uren"], found["toelichting"]) == (1, GEEN_UREN)
        assert pd.isna(found["werklast"])

    @pytest.mark.parametrize(("known", "is_known"), [(9, True), (8, False), (1, False)])
    def test_with_more_than_a_tenth_of_the_cases_without_hours_it_is_unknown_and_said(self, known, is_known):
        """One of ten is a tenth, one of nine is more."""
        cases = zaken(*[DUE] * known, {**DUE, "resturen": None})
        found = load(cases, capaciteit=typed("capaciteit", *weeks("M1"))).loc["Beheer"]
        assert (found["vraag_uren"], found["zonder_uren"]) == (4.0 * known, 1)
        assert pd.notna(found["werklast"]) == is_known
        assert pd.isna(found["toelichting"]) == is_known
        assert is_known or found["toelichting"] == uren_onbekend(1) == "uren van 1 zaak onbekend"

    def test_what_is_known_is_enough_to_say_that_a_team_is_full(self):
        """80 hours there are: 80 known ones leave no room, whatever the other case asks; 79 do."""
        cap = typed("capaciteit", *weeks("M1"))
        unknown = {**DUE, "resturen": None}
        assert load(zaken({**DUE, "resturen": 80.0}, unknown), capaciteit=cap).loc["Beheer", "werklast"] == 1.0
        assert pd.isna(load(zaken({**DUE, "resturen": 79.0}, unknown), capaciteit=cap).loc["Beheer", "werklast"])

    def test_teams_that_count_together_have_their_hours_together(self):
        cases = zaken(DUE, {**DUE, "team_id": "T2", "resturen": 12.0})
        beeld, every = given(cases, capaciteit=typed("capaciteit", *weeks("M1"), *weeks("M2")))
        both = dict.fromkeys(["Beheer", "Projecten"], "Samen")
        found = werklast(beeld, every, PEIL, KALENDER, None, both)
        assert found[["team", "vraag_uren", "aanbod_uren", "werklast"]].values.tolist() == [["Samen", 16.0, 160.0, 0.1]]
        every["capaciteit"] = typed("capaciteit", *weeks("M1"), *weeks("M2", 5))
        assert werklast(beeld, every, PEIL, KALENDER, None, both)["toelichting"].tolist() == [NIET_VOLLEDIG]

    def test_work_without_any_hour_has_no_number_and_no_excuse(self):
        full = typed("capaciteit", *weeks("M1", reeds_ingepland_uren=8.0))
        found = load(zaken(DUE), capaciteit=full).loc["Beheer"]
        assert (found["vraag_uren"], found["aanbod_uren"]) == (4.0, 0.0)
        assert pd.isna(found["werklast"]) and pd.isna(found["toelichting"])

    def test_no_cases_and_no_capacity_make_no_teams(self):
        assert load(zaken()).empty

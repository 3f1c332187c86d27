"""Q05 and Q07, and what a message is."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import typed, zaken
from tests.case_files import bevindingen, contacten, oordelen, schema_columns, toetsing
from weekrapport.domain.toets import Toetsafspraken

LONG = {"startdatum": "2026-11-02", "einddatum": "2026-11-18", "gesloten_op": "2026-11-18T15:00:00+01:00"}


def brief(*rows: dict[str, str]) -> object:
    return typed(
        "zaak_document",
        *(
            {"document_id": f"D{number}", "zaak_id": "Z1", "informatieobjecttype": "Brief", **row}
            for number, row in enumerate(rows, start=1)
        ),
    )


class TestOntvangst:
    @pytest.mark.parametrize(
        ("start", "sent", "expected"),
        [
            ("2026-11-02", "2026-11-05", "goed"),  # Monday, three working days
            ("2026-11-02", "2026-11-06", "fout"),  # four
            ("2026-11-03", "2026-11-07", "goed"),  # a Saturday after the third
            ("2026-11-03", "2026-11-09", "fout"),
            ("2026-11-07", "2026-11-11", "goed"),  # it started on a Saturday
            ("2026-11-07", "2026-11-12", "fout"),
            ("2026-04-02", "2026-04-08", "goed"),  # over Easter
            ("2026-04-02", "2026-04-09", "fout"),
            ("2026-04-24", "2026-04-30", "goed"),  # over King's Day
            ("2026-04-24", "2026-05-01", "fout"),
            ("2026-11-02", "2026-11-02", "goed"),
            ("2026-11-04", "2026-11-02", "goed"),  # sent before the recorded start
        ],
    )
    def test_within_three_working_days(self, start, sent, expected):
        zaak = zaken({"startdatum": start, "einddatum": "2026-11-18"})
        found = toetsing(zaak, contactmoment=contacten((sent, "ontvangstbevestiging")))
        assert oordelen(found, "Q05") == [expected]

    def test_what_is_wrong_is_told(self):
        zaak = zaken(LONG, LONG)
        found = toetsing(zaak, contactmoment=contacten(("2026-11-06", "ontvangstbevestiging")))
        assert bevindingen(found, "Q05") == ["ontvangstbevestiging na 4 werkdagen", "geen ontvangstbevestiging"]

    def test_the_moment_counts_on_its_local_day(self):
        sent = contacten(("2026-11-05T23:30:00+00:00", "ontvangstbevestiging"))  # in Amsterdam Friday 00:30
        assert oordelen(toetsing(zaken(LONG), contactmoment=sent), "Q05") == ["fout"]

    def test_the_first_one_counts(self):
        sent = contacten(("2026-11-12", "ontvangstbevestiging"), ("2026-11-03", "ontvangstbevestiging"))
        assert oordelen(toetsing(zaken(LONG), contactmoment=sent), "Q05") == ["goed"]

    def test_an_incoming_contact_does_not_count(self):
        sent = contacten(("2026-11-03", "ontvangstbevestiging"), richting="inkomend")
        assert oordelen(toetsing(zaken(LONG), contactmoment=sent), "Q05") == ["fout"]

    def test_without_a_direction_its_kind_tells(self):
        sent = contacten(("2026-11-03", "ontvangstbevestiging"), richting=None)
        assert oordelen(toetsing(zaken(LONG), contactmoment=sent), "Q05") == ["goed"]

    @pytest.mark.parametrize(
        ("end", "message", "expected"),
        [
            ("2026-11-05", "2026-11-05", "nvt"),
            ("2026-11-06", "2026-11-05", "fout"),  # finished on day four
            ("2026-11-05", "2026-11-06", "fout"),  # told on day four
        ],
    )
    def test_a_case_that_was_answered_at_once_needs_none(self, end, message, expected):
        zaak = zaken({"startdatum": "2026-11-02", "einddatum": end})
        found = toetsing(zaak, contactmoment=contacten((message, "afrondingsbericht")))
        assert oordelen(found, "Q05") == [expected]

    def test_finished_at_once_without_a_word_is_wrong(self):
        zaak = zaken({"startdatum": "2026-11-02", "einddatum": "2026-11-03"})
        other = contacten(("2026-11-02", "overig", "Z9"))
        assert oordelen(toetsing(zaak, contactmoment=other), "Q05") == ["fout"]

    @pytest.mark.parametrize(
        ("peil", "expected"), [(date(2026, 11, 20), "niet te beoordelen"), (date(2026, 11, 23), "fout")]
    )
    def test_what_may_still_come_is_not_held_against_the_case(self, peil, expected):
        """Started on Monday, so Thursday is the third working day: on Thursday 07:00 that day is not over."""
        zaak = zaken({"startdatum": "2026-11-17", "einddatum": "2026-11-18"})
        none = contacten(("2026-11-17", "overig", "Z9"))
        assert oordelen(toetsing(zaak, peil, contactmoment=none), "Q05") == [expected]

    def test_a_day_after_the_last_one_it_is_wrong(self):
        zaak = zaken({"startdatum": "2026-11-16", "einddatum": "2026-11-18"})
        none = contacten(("2026-11-16", "overig", "Z9"))
        verdicts = [
            oordelen(toetsing(zaak, peil, contactmoment=none), "Q05")
            for peil in (date(2026, 11, 19), date(2026, 11, 20))
        ]
        assert verdicts == [["niet te beoordelen"], ["fout"]]

    def test_an_outgoing_document_of_the_type_counts_on_its_sent_date(self):
        letter = {"informatieobjecttype": "ontvangstbevestiging ", "richting": "uitgaand"}
        found = [
            oordelen(toetsing(zaken(LONG), zaak_document=brief(letter | {"verzenddatum": sent})), "Q05")
            for sent in ("2026-11-05", "2026-11-06")
        ]
        assert found == [["goed"], ["fout"]]

    def test_a_letter_that_was_never_sent_does_not_count_where_sent_dates_are_delivered(self):
        letter = {"informatieobjecttype": "Ontvangstbevestiging", "richting": "uitgaand", "creatiedatum": "2026-11-03"}
        sent = {"informatieobjecttype": "Brief", "richting": "uitgaand", "verzenddatum": "2026-11-10"}
        other = letter | {"zaak_id": "Z9", "verzenddatum": "2026-11-03"}
        assert oordelen(toetsing(zaken(LONG), zaak_document=brief(letter, sent, other)), "Q05") == ["fout"]

    def test_without_sent_dates_the_day_of_creation_counts_but_not_of_a_draft(self):
        letter = {"informatieobjecttype": "Ontvangstbevestiging", "richting": "uitgaand", "creatiedatum": "2026-11-03"}
        assert oordelen(toetsing(zaken(LONG), zaak_document=brief(letter)), "Q05") == ["goed"]
        draft = brief(letter | {"status": "in_bewerking"}, letter | {"zaak_id": "Z9"})
        assert oordelen(toetsing(zaken(LONG), zaak_document=draft), "Q05") == ["fout"]

    @pytest.mark.parametrize("name", ["T05", "t05", "Print and send"])
    def test_a_status_may_mean_that_it_was_sent(self, name):
        status = typed(
            "zaak_status", {"zaak_id": "Z1", "statustype_id": "T05", "gezet_op": "2026-11-04T10:00:00+01:00"}
        )
        types = typed(
            "zaaktype_status",
            {"zaaktype_id": "V", "statustype_id": "T05", "volgnummer": 1, "omschrijving": "Print and send"},
        )
        agreed = Toetsafspraken(ontvangst_statussen=(name,))
        found = toetsing(zaken(LONG, LONG), afspraken=agreed, zaak_status=status, zaaktype_status=types)
        assert oordelen(found, "Q05") == ["goed", "fout"]

    def test_without_any_source_it_is_not_tested(self):
        found = toetsing(zaken(LONG))
        assert "Q05" not in found.toetsen
        assert found.niet_getoetst["Q05"] == "contactmomenten met een soort, of documenten"
        assert oordelen(found, "Q05") == []

    def test_a_source_without_any_acknowledgement_is_no_proof(self):
        """A misspelt status, or letters of another name: then every case would be wrong."""
        letters = brief({"informatieobjecttype": "Bevestiging", "richting": "uitgaand", "verzenddatum": "2026-11-03"})
        assert "Q05" in toetsing(zaken(LONG), zaak_document=letters).niet_getoetst
        status = typed("zaak_status", {"zaak_id": "Z1", "statustype_id": "T05", "gezet_op": "2026-11-04T10:00:00Z"})
        agreed = Toetsafspraken(ontvangst_statussen=("T5",))
        assert "Q05" in toetsing(zaken(LONG), afspraken=agreed, zaak_status=status).niet_getoetst

    def test_another_agreement(self):
        sent = contacten(("2026-11-09", "ontvangstbevestiging"))
        found = toetsing(zaken(LONG), afspraken=Toetsafspraken(ontvangst_werkdagen=5), contactmoment=sent)
        assert oordelen(found, "Q05") == ["goed"]


class TestAfronding:
    @pytest.mark.parametrize(
        ("closed", "sent", "expected"),
        [
            ("2026-11-18", "2026-11-17", "goed"),
            ("2026-11-18", "2026-11-16", "fout"),
            ("2026-11-18", "2026-11-20", "goed"),
            ("2026-11-18", "2026-11-23", "fout"),
            ("2026-11-13", "2026-11-17", "goed"),  # Friday: Tuesday is the second working day
            ("2026-11-13", "2026-11-18", "fout"),
            ("2026-11-14", "2026-11-13", "goed"),  # Saturday: the working day before it is Friday
            ("2026-11-14", "2026-11-12", "fout"),
            ("2026-04-03", "2026-04-08", "goed"),  # Good Friday, with Easter Monday between
            ("2026-04-03", "2026-04-09", "fout"),
        ],
    )
    def test_from_one_working_day_before_to_two_after(self, closed, sent, expected):
        zaak = zaken({"startdatum": "2026-03-02", "einddatum": closed, "klant_id": "K1"})
        assert oordelen(toetsing(zaak, contactmoment=contacten((sent, "afrondingsbericht"))), "Q07") == [expected]

    @pytest.mark.parametrize(
        ("kind", "expected"),
        [
            ("overig", "goed"),
            ("tussenbericht", "goed"),
            ("ontvangstbevestiging", "fout"),
            ("informatieverzoek", "fout"),
        ],
    )
    def test_what_does_not_tell_how_it_ended_does_not_count(self, kind, expected):
        assert oordelen(toetsing(zaken(LONG), contactmoment=contacten(("2026-11-18", kind))), "Q07") == [expected]

    def test_the_moment_of_closing_decides_and_without_it_the_end_day(self):
        late = LONG | {"gesloten_op": "2026-11-20T15:00:00+01:00"}
        zaak = zaken(late, {**LONG, "gesloten_op": None})
        sent = contacten(("2026-11-24", "overig"), ("2026-11-24", "overig", "Z2"))
        assert oordelen(toetsing(zaak, contactmoment=sent), "Q07") == ["goed", "fout"]

    def test_an_internal_case_has_nobody_to_tell(self):
        zaak = zaken(LONG | {"klant_id": "K1"}, LONG)
        none = contacten(("2026-11-02", "overig", "Z9"))
        assert oordelen(toetsing(zaak, contactmoment=none), "Q07") == ["fout", "nvt"]

    def test_without_a_source_for_customers_every_case_is_tested(self):
        none = contacten(("2026-11-02", "overig", "Z9"))
        assert oordelen(toetsing(zaken(LONG), contactmoment=none), "Q07") == ["fout"]

    def test_an_outgoing_letter_counts(self):
        letter = brief({"informatieobjecttype": "Besluit", "richting": "uitgaand", "verzenddatum": "2026-11-18"})
        assert oordelen(toetsing(zaken(LONG), zaak_document=letter), "Q07") == ["goed"]

    @pytest.mark.parametrize(
        ("closed", "expected"),
        [("2026-11-18", "fout"), ("2026-11-19", "niet te beoordelen"), ("2026-11-20", "niet te beoordelen")],
    )
    def test_on_monday_a_case_of_thursday_may_still_be_told(self, closed, expected):
        none = contacten(("2026-11-02", "overig", "Z9"))
        zaak = zaken(LONG | {"einddatum": closed, "gesloten_op": None})
        assert oordelen(toetsing(zaak, date(2026, 11, 23), contactmoment=none), "Q07") == [expected]

    def test_without_contacts_and_letters_it_is_not_tested(self):
        found = toetsing(
            zaken(LONG), geleverd={"contactmoment": schema_columns("contactmoment") - {"richting", "soort"}}
        )
        assert found.niet_getoetst["Q07"] == "contactmomenten of uitgaande documenten"

"""Q06: kept informed while the case ran."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from tests.builders import typed, zaken
from tests.case_files import bevindingen, contacten, oordelen, toetsing
from weekrapport.domain.toets import Toetsafspraken

# Twenty working days, Monday 2 November to Monday 30 November.
CASE = {"zaaktype_id": "V", "startdatum": "2026-11-02", "einddatum": "2026-11-30"}
NORM = typed("zaaktype", {"zaaktype_id": "V", "servicenorm_waarde": 30, "servicenorm_eenheid": "werkdag"})


def verdict(*days: str, case: dict[str, Any] = CASE, **more: Any) -> tuple[str, str | None]:
    sent = contacten(*((day, "tussenbericht") for day in days), ("2026-11-03", "tussenbericht", "Z9"))
    found = toetsing(zaken(case), contactmoment=sent, **more)
    return oordelen(found, "Q06")[0], bevindingen(found, "Q06")[0]


def suspended(begin: str, end: str | None) -> pd.DataFrame:
    return typed("zaak_opschorting", {"zaak_id": "Z1", "begin": begin, "eind": end})


@pytest.mark.parametrize(("end", "expected"), [("2026-11-16", "nvt"), ("2026-11-17", "fout"), ("2026-11-14", "nvt")])
def test_only_cases_that_were_open_for_more_than_ten_working_days(end, expected):
    assert verdict(case=CASE | {"einddatum": end})[0] == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (("2026-11-16",), ("goed", None)),  # ten and ten
        (("2026-11-13",), ("fout", "11 werkdagen geen bericht")),
        (("2026-11-17",), ("fout", "11 werkdagen geen bericht")),
        ((), ("fout", "20 werkdagen geen bericht")),
        (("2026-11-09", "2026-11-20"), ("goed", None)),
        (("2026-11-09", "2026-12-01"), ("fout", "15 werkdagen geen bericht")),  # what comes after the end is too late
    ],
)
def test_a_silence_of_ten_working_days_is_the_longest(days, expected):
    assert verdict(*days) == expected


def test_holidays_are_no_silence():
    """From 1 April to 17 April 2026 are eleven working days over Easter, from 20 to 4 May ten over King's Day."""
    over_easter = CASE | {"startdatum": "2026-04-01", "einddatum": "2026-04-17"}
    assert verdict(case=over_easter) == ("fout", "11 werkdagen geen bericht")
    over_kings_day = CASE | {"startdatum": "2026-04-17", "einddatum": "2026-05-04"}
    assert verdict(case=over_kings_day)[0] == "nvt"


def test_a_letter_counts_too_and_an_incoming_message_does_not():
    letter = typed("zaak_document", {"document_id": "D", "zaak_id": "Z1", "informatieobjecttype": "Brief",
                                     "richting": "uitgaand", "verzenddatum": "2026-11-16"})  # fmt: skip
    assert verdict(zaak_document=letter)[0] == "goed"
    incoming = contacten(("2026-11-16", "overig"), richting="inkomend")
    assert oordelen(toetsing(zaken(CASE), contactmoment=incoming), "Q06") == ["fout"]


class TestOpschorting:
    def test_the_days_of_a_suspension_of_more_than_ten_working_days_do_not_count(self):
        """Eleven working days, [10-11, 25-11): five before it and four after it are left."""
        assert verdict(zaak_opschorting=suspended("2026-11-10", "2026-11-25"))[0] == "goed"

    def test_a_suspension_of_ten_working_days_is_no_excuse(self):
        found = verdict(zaak_opschorting=suspended("2026-11-10", "2026-11-24"))
        assert found == ("fout", "20 werkdagen geen bericht")

    def test_before_and_after_a_long_one_together_it_must_not_be_too_long(self):
        case = CASE | {"einddatum": "2026-12-09"}
        found = verdict(case=case, zaak_opschorting=suspended("2026-11-10", "2026-11-25"))
        assert found == ("fout", "16 werkdagen geen bericht")

    def test_one_without_an_end_lasts_until_the_case_ends(self):
        assert verdict(zaak_opschorting=suspended("2026-11-12", None))[0] == "goed"

    def test_the_customer_must_be_told_of_it_before_the_original_date(self):
        pause = {"zaaktype": NORM, "zaak_opschorting": suspended("2026-11-18", "2026-11-20")}
        kept = ("2026-11-09", "2026-11-17", "2026-11-24")
        assert verdict(*kept, **pause)[0] == "goed"  # the working day before it
        short = NORM.assign(servicenorm_waarde=pd.array([12], dtype="Int64"))  # until 18 November
        told_late = verdict("2026-11-09", "2026-11-16", "2026-11-20", **(pause | {"zaaktype": short}))
        assert told_late == ("fout", "opschorting niet meegedeeld")
        after_it = verdict("2026-11-09", "2026-11-16", "2026-11-20", **(pause | {"zaaktype": short.assign(
            servicenorm_waarde=pd.array([11], dtype="Int64"))}))  # fmt: skip
        assert after_it[0] == "goed"  # it began after the date, so it moved nothing
        assert (
            verdict("2026-11-09", "2026-11-16", "2026-11-20", zaak_opschorting=pause["zaak_opschorting"])[0] == "goed"
        )


class TestVerlenging:
    NORM = NORM.assign(servicenorm_waarde=pd.array([15], dtype="Int64"))  # until 23 November
    KEPT = ("2026-11-09", "2026-11-16", "2026-11-24")

    def extended(self, *rows: tuple[int, str | None]) -> pd.DataFrame:
        return typed(
            "zaak_verlenging",
            *(
                {"zaak_id": "Z1", "volgnr": n, "duur_waarde": 5, "duur_eenheid": "werkdag", "meegedeeld_op": told}
                for n, told in rows
            ),
            {"zaak_id": "Z9", "volgnr": 1, "duur_waarde": 5, "duur_eenheid": "werkdag", "meegedeeld_op": "2026-11-02"},
        )

    @pytest.mark.parametrize(
        ("told", "expected"),
        [
            ("2026-11-23", ("goed", None)),
            ("2026-11-24", ("fout", "verlenging niet op tijd meegedeeld")),
            (None, ("fout", "verlenging niet op tijd meegedeeld")),
        ],
    )
    def test_it_must_be_told_before_the_original_date(self, told, expected):
        assert verdict(*self.KEPT, zaaktype=self.NORM, zaak_verlenging=self.extended((1, told))) == expected

    @pytest.mark.parametrize(("told", "expected"), [("2026-11-30", "goed"), ("2026-12-01", "fout")])
    def test_a_second_one_moves_the_date_that_the_first_one_gave(self, told, expected):
        two = self.extended((1, "2026-11-20"), (2, told))
        assert verdict(*self.KEPT, zaaktype=self.NORM, zaak_verlenging=two)[0] == expected

    def test_without_a_source_for_when_it_was_told_it_is_not_tested(self):
        rows = self.extended((1, None))
        rows["meegedeeld_op"] = rows["meegedeeld_op"].where(pd.Series(False, index=rows.index))
        assert verdict(*self.KEPT, zaaktype=self.NORM, zaak_verlenging=rows)[0] == "goed"

    def test_without_a_deadline_nothing_was_moved(self):
        assert verdict(*self.KEPT, zaak_verlenging=self.extended((1, "2026-11-29")))[0] == "goed"


class TestInformeren:
    LADDER = typed(
        "zaaktype_status",
        *(
            {"zaaktype_id": "V", "statustype_id": f"S{n}", "volgnummer": n, "is_eindstatus": n == 3, "informeren": True}
            for n in (1, 2, 3)
        ),
    )

    def set_on(self, code: str, day: str) -> dict[str, pd.DataFrame]:
        row = {"zaak_id": "Z1", "statustype_id": code, "gezet_op": f"{day}T10:00:00+01:00"}
        return {"zaak_status": typed("zaak_status", row), "zaaktype_status": self.LADDER}

    @pytest.mark.parametrize(
        ("sent", "expected"), [("2026-11-12", "goed"), ("2026-11-13", "fout"), ("2026-11-09", "fout")]
    )
    def test_within_two_working_days_after_the_status(self, sent, expected):
        assert verdict(sent, "2026-11-20", **self.set_on("S2", "2026-11-10"))[0] == expected

    def test_the_first_and_the_final_status_are_for_the_other_checks(self):
        for code in ("S1", "S3"):
            assert verdict("2026-11-16", **self.set_on(code, "2026-11-10"))[0] == "goed"

    def test_it_may_still_come(self):
        kept = ("2026-11-09", "2026-11-20")
        found = [
            verdict(*kept, peil=peil, **self.set_on("S2", "2026-11-30"))[0]
            for peil in (date(2026, 12, 2), date(2026, 12, 3))
        ]
        assert found == ["niet te beoordelen", "fout"]


def test_without_contacts_it_is_not_tested():
    letter = typed("zaak_document", {"document_id": "D", "zaak_id": "Z1", "informatieobjecttype": "Brief",
                                     "richting": "uitgaand", "verzenddatum": "2026-11-16"})  # fmt: skip
    found = toetsing(zaken(CASE), zaak_document=letter)
    assert found.niet_getoetst["Q06"] == "contactmomenten met een richting of soort"


def test_a_status_may_mean_a_message():
    status = typed(
        "zaak_status", {"zaak_id": "Z1", "statustype_id": "Mail to Customer", "gezet_op": "2026-11-16T10:00:00Z"}
    )
    agreed = Toetsafspraken(bericht_statussen=("Mail to customer",))
    assert oordelen(toetsing(zaken(CASE, CASE), afspraken=agreed, zaak_status=status), "Q06") == ["goed", "fout"]


def test_another_agreement():
    assert verdict("2026-11-16", afspraken=Toetsafspraken(stilte_werkdagen=9))[0] == "fout"
    assert verdict(afspraken=Toetsafspraken(stilte_werkdagen=20))[0] == "nvt"

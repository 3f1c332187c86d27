"""The checks together: population, Q01 and Q02, counts, and what always holds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import beeld_of, typed, zaken
from tests.case_files import LATER, bevindingen, contacten, oordelen, toetsing
from weekrapport.domain import kpis
from weekrapport.domain.dossiertoets import toetspopulatie
from weekrapport.domain.toets import OORDELEN, TOETSEN
from weekrapport.domain.toetstellingen import documenttelling, nagekomen_bevindingen, telling
from weekrapport.week import Week

WEEK = Week(2026, 47)
NORM = typed(
    "zaaktype",
    {"zaaktype_id": "V", "omschrijving": "Vraag", "servicenorm_waarde": 10, "servicenorm_eenheid": "werkdag"},
    {"zaaktype_id": "A", "wettelijk_waarde": 2, "wettelijk_eenheid": "week", "wettelijk_grondslag": "Awb"},
)


class TestPopulatie:
    def test_only_what_counts_and_was_finished_in_the_weeks(self):
        beeld = beeld_of(
            zaken(
                {"einddatum": "2026-11-16"},
                {"einddatum": "2026-11-22"},
                {"einddatum": "2026-11-23"},
                {"einddatum": "2026-11-15"},
                {"einddatum": None},
                {"einddatum": "2026-11-18", "resultaat_categorie": "foutief_aangemaakt"},
                {"einddatum": "2026-11-18", "hoofdzaak_id": "Z1"},
            )
        )
        checked, left_out = toetspopulatie(beeld, WEEK, WEEK)
        assert checked["zaak_id"].tolist() == ["Z1", "Z2"]
        assert left_out.empty
        assert toetspopulatie(beeld, WEEK.plus(-1), WEEK)[0]["zaak_id"].tolist() == ["Z1", "Z2", "Z4"]

    def test_the_most_confidential_ones_are_only_counted(self):
        levels = ("openbaar", "zaakvertrouwelijk", "vertrouwelijk", "confidentieel", "geheim", "zeer_geheim", None)
        beeld = beeld_of(zaken(*({"einddatum": "2026-11-18", "vertrouwelijkheid": level} for level in levels)))
        checked, left_out = toetspopulatie(beeld, WEEK, WEEK)
        assert checked["zaak_id"].tolist() == ["Z1", "Z2", "Z3", "Z7"]
        assert left_out["zaak_id"].tolist() == ["Z4", "Z5", "Z6"]


class TestTijdig:
    CASES = zaken(
        {"zaaktype_id": "V", "einddatum": "2026-11-16"},
        {"zaaktype_id": "V", "einddatum": "2026-11-17"},
        {"zaaktype_id": "V", "einddatum": "2026-11-18"},
        {"zaaktype_id": "V", "einddatum": "2026-11-18", "resultaat_categorie": "ingetrokken"},
        {"zaaktype_id": "X", "einddatum": "2026-11-18"},
        {"zaaktype_id": "A", "einddatum": "2026-11-16"},
        {"zaaktype_id": "A", "einddatum": "2026-11-19"},
    )

    def test_q01_is_what_k04_counts(self):
        found = toetsing(self.CASES, zaaktype=NORM)
        verdicts = oordelen(found, "Q01")
        assert verdicts == ["goed", "fout", "fout", "nvt", "nvt", "goed", "fout"]
        tijdig, noemer = kpis.tijdigheid(beeld_of(self.CASES, LATER, zaaktype=NORM))
        assert (verdicts.count("goed"), verdicts.count("goed") + verdicts.count("fout")) == (tijdig, noemer)
        assert bevindingen(found, "Q01")[1:3] == ["1 dag na de norm", "2 dagen na de norm"]

    def test_q02_is_what_k05_counts(self):
        found = toetsing(self.CASES, zaaktype=NORM)
        assert oordelen(found, "Q02") == ["nvt"] * 5 + ["goed", "fout"]
        assert kpis.wettelijke_tijdigheid(beeld_of(self.CASES, LATER, zaaktype=NORM)) == (1, 2)
        assert bevindingen(found, "Q02")[-1] == "3 dagen na de wettelijke termijn"

    def test_the_latest_date_of_the_source_will_do_for_q01_and_not_for_q02(self):
        found = toetsing(zaken({"einddatum": "2026-11-18", "uiterlijke_einddatum": "2026-11-18"}))
        assert oordelen(found, "Q01") == ["goed"]
        assert found.toetsen == ["Q01"]
        assert found.niet_getoetst["Q02"] == "wettelijke termijnen per zaaktype"

    def test_without_any_norm_nothing_is_tested(self):
        found = toetsing(zaken({"einddatum": "2026-11-18"}))
        assert found.toetsen == []
        assert set(found.niet_getoetst) == set(TOETSEN)
        assert found.oordelen.empty
        assert telling(found.oordelen, "week").empty


def test_without_cases_there_is_nothing_to_count():
    tables = {"zaaktype": NORM, "contactmoment": contacten(("2026-11-03", "overig"))}
    found = toetsing(zaken({"einddatum": "2026-11-18", "klant_id": "K"}).iloc[:0], **tables)
    assert found.oordelen.empty
    assert telling(found.oordelen).empty
    assert documenttelling(found, WEEK).empty
    assert nagekomen_bevindingen(found.oordelen, WEEK, LATER).empty


def test_a_finding_that_last_weeks_report_could_not_know_is_told_now():
    """Closed on Friday of week 46: on Monday 16 November 07:00 the message could still come, until Tuesday."""
    cases = zaken(
        {"startdatum": "2026-10-05", "einddatum": "2026-11-13"},
        {"startdatum": "2026-10-05", "einddatum": "2026-11-11"},
        {"startdatum": "2026-10-05", "einddatum": "2026-11-12"},
        {"startdatum": "2026-10-05", "einddatum": "2026-11-20"},
    )
    found = toetsing(cases, date(2026, 11, 23), contactmoment=contacten(("2026-10-05", "overig", "Z9")))
    assert oordelen(found, "Q07") == ["fout", "fout", "fout", "niet te beoordelen"]
    late = nagekomen_bevindingen(found.oordelen, WEEK, date(2026, 11, 23))
    assert late[["zaak_id", "toets"]].values.tolist() == [["Z1", "Q07"], ["Z3", "Q07"]]


def test_documents_are_counted_per_type_over_the_cases_that_were_judged():
    required = typed(
        "zaaktype_documenteis",
        {"eis_id": "1", "zaaktype_id": "V", "informatieobjecttype": "Besluit"},
        {"eis_id": "2", "zaaktype_id": "V", "informatieobjecttype": "Verslag", "min_aantal": 2},
    )
    present = typed(
        "zaak_document",
        {"document_id": "1", "zaak_id": "Z1", "informatieobjecttype": "Besluit"},
        {"document_id": "2", "zaak_id": "Z1", "informatieobjecttype": "Verslag"},
        {"document_id": "3", "zaak_id": "Z2", "informatieobjecttype": "Besluit"},
        {"document_id": "4", "zaak_id": "Z2", "informatieobjecttype": "Verslag"},
        {"document_id": "5", "zaak_id": "Z2", "informatieobjecttype": "Verslag"},
        {"document_id": "6", "zaak_id": "Z2", "informatieobjecttype": "Verslag"},
    )
    case = {"zaaktype_id": "V", "einddatum": "2026-11-17"}
    cases = zaken(case, case, case | {"einddatum": "2026-11-20"})  # the last one may still be completed
    found = toetsing(cases, date(2026, 11, 23), zaaktype_documenteis=required, zaak_document=present)
    assert oordelen(found, "Q03") == ["fout", "goed", "niet te beoordelen"]
    counts = documenttelling(found, WEEK).set_index("informatieobjecttype")
    assert counts.loc["Verslag"].tolist() == [2, 1, 1, 4, 3]
    assert counts.loc["Besluit"].tolist() == [2, 2, 0, 2, 2]
    assert counts.index[0] == "Verslag"


# --- what always holds ----------------------------------------------------------------------------------------------

DAY = st.dates(date(2026, 9, 1), date(2026, 11, 22))
KINDS = st.sampled_from(
    ["ontvangstbevestiging", "tussenbericht", "informatieverzoek", "afrondingsbericht", "overig", None]
)


@st.composite
def organisations(draw: st.DrawFn) -> dict[str, pd.DataFrame]:
    count = draw(st.integers(1, 6))
    cases, contacts, documents, statuses = [], [], [], []
    for number in range(1, count + 1):
        zaak_id, start = f"Z{number}", draw(DAY)
        length = draw(st.integers(0, 60))
        cases.append(
            {
                "zaak_id": zaak_id,
                "zaaktype_id": draw(st.sampled_from(["V", "A", None])),
                "klant_id": draw(st.sampled_from(["K", None])),
                "startdatum": start,
                "einddatum": start + timedelta(days=length),
                "resultaat": draw(st.sampled_from(["Ja", "Nee", None])),
            }
        )
        for _ in range(draw(st.integers(0, 3))):
            contacts.append(
                {
                    "contact_id": f"C{len(contacts)}",
                    "zaak_id": zaak_id,
                    "datumtijd": f"{draw(DAY)}T12:00:00Z",
                    "richting": draw(st.sampled_from(["uitgaand", "inkomend", None])),
                    "soort": draw(KINDS),
                }
            )
            documents.append(
                {
                    "document_id": f"D{len(documents)}",
                    "zaak_id": zaak_id,
                    "informatieobjecttype": draw(st.sampled_from(["Besluit", "Ontvangstbevestiging"])),
                    "registratie_op": draw(st.sampled_from([f"{start}T12:00:00Z", None])),
                    "status": draw(st.sampled_from(["definitief", "in_bewerking", None])),
                }
            )
            code = draw(st.sampled_from(["S1", "S2", "S3"]))
            statuses.append({"zaak_id": zaak_id, "statustype_id": code, "gezet_op": f"{draw(DAY)}T12:00:00Z"})
    return {
        "zaak": typed("zaak", *cases),
        "contactmoment": typed("contactmoment", *contacts),
        "zaak_document": typed("zaak_document", *documents),
        "zaak_status": typed("zaak_status", *statuses),
    }


FIXED: dict[str, pd.DataFrame] = {
    "zaaktype": NORM,
    "zaaktype_status": typed(
        "zaaktype_status",
        *({"zaaktype_id": "V", "statustype_id": f"S{n}", "volgnummer": n, "informeren": True} for n in (1, 2, 3)),
    ),
    "zaaktype_documenteis": typed(
        "zaaktype_documenteis",
        {"eis_id": "1", "zaaktype_id": "V", "informatieobjecttype": "Besluit", "resultaattype": "Ja"},
        {"eis_id": "2", "zaaktype_id": "A", "informatieobjecttype": "Besluit", "vanaf_statustype_id": "S2"},
    ),
    "zaak_opschorting": typed("zaak_opschorting", {"zaak_id": "Z1", "begin": "2026-10-05", "eind": "2026-10-26"}),
    "zaak_verlenging": typed(
        "zaak_verlenging",
        {"zaak_id": "Z1", "volgnr": 1, "duur_waarde": 5, "duur_eenheid": "werkdag", "meegedeeld_op": "2026-10-01"},
    ),
}


def verdicts_of(tables: dict[str, pd.DataFrame], peil: date) -> dict[tuple[str, str], str]:
    found = toetsing(tables["zaak"], peil, **{name: frame for name, frame in tables.items() if name != "zaak"}, **FIXED)
    rows = found.oordelen
    return {(row.zaak_id, row.toets): row.oordeel for row in rows.itertuples()}


@given(organisations(), st.dates(date(2026, 11, 23), date(2027, 2, 1)))
def test_every_case_has_exactly_one_verdict_for_every_check_that_was_made(tables, peil):
    found = toetsing(tables["zaak"], peil, **{name: frame for name, frame in tables.items() if name != "zaak"}, **FIXED)
    counts = telling(found.oordelen)
    assert counts["toets"].tolist() == found.toetsen
    verdicts = counts[["goed", "fout", "nvt", "niet_te_beoordelen"]]
    assert (verdicts.sum(axis=1) == len(tables["zaak"])).all()
    assert (counts["getoetst"] == counts["goed"] + counts["fout"]).all()
    assert set(found.oordelen["oordeel"]) <= set(OORDELEN)
    assert (found.oordelen["bevinding"].notna() == (found.oordelen["oordeel"] == "fout")).all()


@given(organisations(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(tables, random):
    def shuffled(frame: pd.DataFrame) -> pd.DataFrame:
        order = list(range(len(frame)))
        random.shuffle(order)
        return frame.iloc[order].reset_index(drop=True)

    assert verdicts_of(tables, LATER) == verdicts_of({name: shuffled(frame) for name, frame in tables.items()}, LATER)


@given(organisations(), st.dates(date(2026, 11, 23), date(2027, 1, 15)))
def test_waiting_never_turns_a_verdict_around(tables, peil):
    """What was goed, fout or nvt stays so when nothing is added; only what could still come is decided later."""
    before, after = verdicts_of(tables, peil), verdicts_of(tables, peil + timedelta(days=30))
    changed = {key: (verdict, after[key]) for key, verdict in before.items() if verdict != after[key]}
    assert set(changed.values()) <= {("niet te beoordelen", "fout")}


@pytest.mark.parametrize(
    "table", ["contactmoment", "zaak_document", "zaak_status", "zaaktype_documenteis", "zaaktype_status"]
)
def test_a_table_that_is_not_delivered_makes_no_case_wrong(table):
    """The checks that need it are not made, or made on what is left; none of them breaks."""
    cases = zaken({"zaaktype_id": "V", "klant_id": "K", "einddatum": "2026-11-18", "resultaat": "Ja"})
    letter = {"document_id": "D", "zaak_id": "Z1", "informatieobjecttype": "Besluit"}
    letter |= {"richting": "uitgaand", "verzenddatum": "2026-11-18"}
    final = {"zaak_id": "Z1", "statustype_id": "S3", "gezet_op": "2026-11-18T12:00:00Z"}
    given: dict[str, Any] = {
        **FIXED,
        "contactmoment": contacten(("2026-11-03", "ontvangstbevestiging"), ("2026-11-18", "afrondingsbericht")),
        "zaak_document": typed("zaak_document", letter),
        "zaak_status": typed("zaak_status", final),
    }
    whole = toetsing(cases, **given)
    assert set(whole.toetsen) == set(TOETSEN)
    found = toetsing(cases, **{name: frame for name, frame in given.items() if name != table})
    for toets in found.toetsen:
        if toets != "Q06":
            assert oordelen(found, toets)[0] in ("nvt", oordelen(whole, toets)[0]), toets

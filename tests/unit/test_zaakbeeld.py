from __future__ import annotations

import pandas as pd
import pytest

from tests.builders import beeld_of, typed, zaken
from weekrapport.domain.schema import SOORTEN_WERKZAAMHEID, TABLES, VERTROUWELIJKHEDEN
from weekrapport.domain.zaakbeeld import ONBEKEND, SOORT_NAMEN, behandelaar_label, zaaktype_per_zaak

STORING = {"zaaktype_id": "STORING", "omschrijving": "Storing", "soort_werkzaamheid": "storing"}


def test_one_row_per_case_in_the_order_of_the_cases_with_every_column_of_the_case():
    zaak = zaken({"zaaktype_id": "STORING"}, {}, {"zaaktype_id": "X"})
    beeld = beeld_of(zaak, zaaktype=typed("zaaktype", STORING))
    assert beeld["zaak_id"].tolist() == ["Z1", "Z2", "Z3"]
    assert set(zaak.columns) <= set(beeld.columns)
    assert beeld.columns.is_unique


def test_no_cases_and_no_other_tables():
    beeld = beeld_of(TABLES["zaak"].empty())
    assert len(beeld) == 0
    assert {"soort", "team", "is_tijdig", "doorlooptijd_dagen", "leidende_datum"} <= set(beeld)


def test_what_the_source_does_not_say_is_named_so_and_counts():
    beeld = beeld_of(zaken({}))
    assert (beeld["soort"][0], beeld["team"][0], beeld["zaaktype"][0]) == (ONBEKEND,) * 3
    assert beeld["telt_mee"].all()


def test_a_code_without_a_name_stays_the_code():
    beeld = beeld_of(
        zaken({"team_id": "T9", "zaaktype_id": "X9", "klant_id": "K9"}),
        team=typed("team", {"team_id": "T1", "naam": "Servicedesk"}),
    )
    assert (beeld["team"][0], beeld["zaaktype"][0], beeld["klant"][0]) == ("T9", "X9", "K9")


def test_names_come_from_the_tables():
    beeld = beeld_of(
        zaken({"team_id": "T1", "zaaktype_id": "STORING", "klant_id": "K1"}),
        team=typed("team", {"team_id": "T1", "naam": "Servicedesk"}),
        klant=typed("klant", {"klant_id": "K1", "naam": "Gemeente Voorbeeld"}),
        zaaktype=typed("zaaktype", STORING),
    )
    assert (beeld["team"][0], beeld["zaaktype"][0], beeld["klant"][0], beeld["soort"][0]) == (
        "Servicedesk",
        "Storing",
        "Gemeente Voorbeeld",
        "storing",
    )


def test_every_kind_of_work_has_a_printed_name():
    assert set(SOORT_NAMEN) == set(SOORTEN_WERKZAAMHEID)


@pytest.mark.parametrize(
    ("start", "version"),
    [("2024-06-01", "oud"), ("2025-12-31", "oud"), ("2026-01-01", "nieuw"), ("2023-01-01", "oud")],
)
def test_the_version_that_was_valid_on_the_start_day_counts(start, version):
    """Before the first version the oldest counts."""
    types = typed(
        "zaaktype",
        {"zaaktype_id": "A", "omschrijving": "nieuw", "geldig_van": "2026-01-01"},
        {"zaaktype_id": "A", "omschrijving": "oud", "geldig_van": "2024-01-01"},
    )
    found = zaaktype_per_zaak(zaken({"zaaktype_id": "A", "startdatum": start}), types)
    assert found["omschrijving"].tolist() == [version]


def test_versions_do_not_double_a_case():
    types = typed("zaaktype", *({**STORING, "geldig_van": f"202{n}-01-01"} for n in range(3, 7)))
    zaak = zaken(*[{"zaaktype_id": "STORING"}] * 3, {"zaaktype_id": None}, {"zaaktype_id": "X"})
    assert len(zaaktype_per_zaak(zaak, types)) == 5


@pytest.mark.parametrize("level", [*VERTROUWELIJKHEDEN, None])
def test_from_vertrouwelijk_upwards_a_list_hides_the_case(level):
    hidden = beeld_of(zaken({"vertrouwelijkheid": level}))["is_vertrouwelijk"][0]
    assert bool(hidden) is (level in ("vertrouwelijk", "confidentieel", "geheim", "zeer_geheim"))


def test_a_case_that_ends_before_it_begins_keeps_its_negative_duration():
    """The gate reports it; hiding it here would make the figures of the report disagree with the finding."""
    assert beeld_of(zaken({"einddatum": "2026-10-30"}))["doorlooptijd_dagen"][0] == -3


MEDEWERKERS = typed(
    "medewerker",
    {"medewerker_id": "M1", "weergavenaam": "Anne de Vries", "initialen": "AdV"},
    {"medewerker_id": "M2", "weergavenaam": "Bo Jansen"},
)
HANDLERS = pd.Series(["M1", None, "M9"], dtype="str")


@pytest.mark.parametrize(
    ("toon", "consent", "expected"),
    [
        ("initialen", False, ["AdV", None, "M9"]),
        ("initialen", True, ["AdV", None, "M9"]),
        ("naam", False, ["AdV", None, "M9"]),  # no names without the works council
        ("naam", True, ["Anne de Vries", None, "M9"]),
        ("geen", True, [None, None, None]),
    ],
)
def test_how_a_person_is_shown(toon, consent, expected):
    found = behandelaar_label(HANDLERS, MEDEWERKERS, toon, or_instemming=consent)
    assert [None if pd.isna(value) else value for value in found] == expected


def test_a_person_without_initials_is_not_shown_by_name():
    assert behandelaar_label(
        pd.Series(["M2"], dtype="str"), MEDEWERKERS, "initialen", or_instemming=False
    ).tolist() == ["M2"]

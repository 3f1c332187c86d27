"""What page 1 of the quality report says, for every way in which the checks can come out."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from weekrapport.domain.dossiertoets import Toetsing
from weekrapport.domain.outcome import Outcome
from weekrapport.domain.toets import TOETSEN
from weekrapport.reporting.quality_sample.overview import Kwaliteit, Stand
from weekrapport.reporting.quality_sample.page_one import kernboodschap, oordeel, tegels
from weekrapport.settings import Quality
from weekrapport.week import Week

WEEK = Week(2026, 47)
CRITICAL = Outcome("GX-1", "zaak", "Regel.", "Reden.", "critical", "niet voldaan", ("quality_sample",))


def view(
    stands: dict[str, Stand],
    *,
    team: str = "",
    outcomes: tuple[Outcome, ...] = (),
    uitgesloten: int = 0,
    leeg: str = "",
) -> Kwaliteit:
    """Return the view of a week in which the checks came out like this; a check that is not named was not made."""
    columns = ["zaak_id", "team", "zaaktype", "is_vertrouwelijk", "week", "oordeel", "bevinding", "venster", "toets"]
    missing = {toets: "gegevens" for toets in TOETSEN if toets not in stands}
    report: Any = SimpleNamespace(settings=SimpleNamespace(quality=Quality()), team=team, outcomes=list(outcomes))
    return Kwaliteit(
        report=report,
        week=WEEK,
        toetsing=Toetsing(pd.DataFrame(columns=columns), pd.DataFrame(), missing),
        zaken=40,
        uitgesloten=uitgesloten,
        leeg=leeg,
        tellingen={(str(WEEK), toets): stand for toets, stand in stands.items()},
        weken={toets: (str(WEEK),) for toets in stands},
        groepen={},
        per_team=pd.DataFrame(),
        heeft_geschiedenis=False,
    )


def messages(stands: dict[str, Stand], **more: Any) -> list[dict[str, Any]]:
    return kernboodschap(view(stands, **more)).content["messages"]


@pytest.mark.parametrize(
    ("stand", "expected"),
    [
        (Stand(95, 5), "groen"),  # exactly the norm
        (Stand(94, 6), "oranje"),  # 87.5 % to 97.2 %
        (Stand(85, 15), "rood"),  # 76.7 % to 90.7 %
        (Stand(9, 0), "neutraal"),
        (Stand(0, 9), "neutraal"),
        (Stand(10, 0), "groen"),
        (Stand(), "neutraal"),
    ],
)
def test_below_the_norm_is_only_shown_when_the_interval_says_so(stand, expected):
    assert oordeel(view({"Q03": stand}), "Q03") == expected


def test_a_check_without_a_norm_has_no_verdict():
    assert oordeel(view({"Q01": Stand(10, 90), "Q04": Stand(50, 50)}), "Q01") == "neutraal"


def test_red_says_what_is_needed_and_orange_that_it_is_not_shown():
    red, orange = messages({"Q03": Stand(85, 15), "Q05": Stand(94, 6)})[1:]
    assert (red["verdict"], orange["verdict"]) == ("rood", "oranje")
    assert "aantoonbaar onder de norm van 95" in red["text"]
    assert "documenten aanvullen" in red["needed"]
    assert "niet aangetoond" in orange["text"]


def test_what_went_well_is_one_message():
    found = messages({toets: Stand(100, 0) for toets in TOETSEN})
    (well,) = [each for each in found if each["verdict"] == "groen"]
    assert well["text"].startswith("Goed gegaan: de norm van 95")
    for name in ("complete dossiers", "ontvangstbevestigingen", "berichten tijdens lange zaken", "afrondingsberichten"):
        assert name in well["text"]


def test_below_ten_cases_there_is_no_percentage():
    text = messages({"Q03": Stand(3, 1)})[1]["text"]
    assert "**3 van de 4** dossiers zijn compleet" in text
    assert "%" not in text


def test_one_case_is_written_as_one():
    texts = [each["text"] for each in messages({"Q01": Stand(1, 0), "Q07": Stand(0, 1)})]
    assert texts[1] == "De enige zaak met een norm is op tijd klaar."
    assert texts[2] == "Afrondingsbericht verstuurd: de enige getoetste zaak is niet goed."


def test_what_was_left_out_is_told():
    assert "; 1 zaak is daarvoor te vertrouwelijk" in messages({"Q01": Stand(20, 0)}, uitgesloten=1)[0]["text"]
    assert "; 3 zaken zijn daarvoor te vertrouwelijk" in messages({"Q01": Stand(20, 0)}, uitgesloten=3)[0]["text"]


def test_a_missed_statutory_term_is_named_with_on_time():
    text = messages({"Q01": Stand(20, 5), "Q02": Stand(3, 1)})[1]["text"]
    assert "Van de 4 wettelijke termijnen is er 1 niet gehaald." in text


def test_data_that_are_not_in_order_are_always_told():
    stands = {toets: Stand(50, 50) for toets in TOETSEN}
    found = messages(stands, outcomes=(CRITICAL,))
    assert len(found) == 5
    assert "niet vrijgegeven" in found[-1]["text"]
    assert all(
        name in " ".join(each["text"] for each in found)
        for name in ("dossiers", "ontvangstbevestiging", "lang", "afrond")
    )


def test_nothing_to_show_is_one_sentence():
    assert [each["text"] for each in messages({}, leeg="Er is niets.")] == ["Er is niets."]


def test_a_tile_says_why_it_is_empty():
    tiles = tegels(view({"Q01": Stand(9, 1), "Q03": Stand(), "Q05": Stand(1, 1)}, team="Servicedesk")).content["tiles"]
    assert [tile["value"] for tile in tiles] == ["90,0\u202f%", "–", "–", "–", "–"]
    assert [tile["delta"] for tile in tiles[1:]] == [
        "geen uitkomst",
        "te weinig zaken",
        "niet getoetst",
        "niet getoetst",
    ]


STANDS = st.builds(Stand, st.integers(0, 40), st.integers(0, 40), st.integers(0, 5), st.integers(0, 5))


@given(st.dictionaries(st.sampled_from(list(TOETSEN)), STANDS, min_size=1), st.booleans(), st.integers(0, 2))
def test_there_are_never_more_than_five_and_no_check_with_a_norm_is_forgotten(stands, is_critical, uitgesloten):
    found = messages(stands, outcomes=(CRITICAL,) if is_critical else (), uitgesloten=uitgesloten)
    assert 1 <= len(found) <= 5
    text = " ".join(each["text"] for each in found).lower()
    words = {
        "Q03": ("dossiers", "documenten"),
        "Q05": ("ontvangstbevestiging",),
        "Q06": ("tussentijds", "tijdens lange"),
        "Q07": ("afrondingsbericht",),
    }
    for toets, names in words.items():
        if toets in stands and stands[toets].getoetst:
            assert any(name in text for name in names), toets
    assert all(each["needed"] for each in found if each["verdict"] == "rood")

"""What the reader is told of signals: the order, the words, and what was quiet or could not be tested."""

from __future__ import annotations

from typing import Any, cast, get_args

import pytest

from weekrapport.domain.signalen_zaak import ALLE, Ernst, Reden, Signaal, Uitkomst
from weekrapport.reporting.case_overview.signal_table import _rustig, _titel
from weekrapport.reporting.case_overview.signal_texts import NAMEN, REDENEN, boodschappen, cijfer

S01 = Signaal("R1-S01", "rood", ALLE, {"regel": "a", "afgerond": 27, "doorzet": 27.0, "gemiddeld": 41.7,
                                       "ondergrens": 28.85, "bovengrens": 54.483})  # fmt: skip
SHORT = Signaal("R1-S01", "rood", ALLE, {**S01.waarden, "afgerond": 21, "werkdagen": 4, "doorzet": 26.25})
S02 = Signaal("R1-S02", "oranje", "Techniek_1", {"regel": "d", "afgerond": 9, "werkdagen": 19, "eerder": 62,
                                                 "eerder_werkdagen": 58, "p": 0.0099})  # fmt: skip
S03 = Signaal("R1-S03", "rood", ALLE, {"tijdig": 68, "noemer": 88, "eerder_tijdig": 986, "eerder_noemer": 1120,
                                       "p": 0.005})  # fmt: skip
S06 = Signaal("R1-S06", "oranje", ALLE, {"verstreken": 23, "noemer": 133, "is_gestegen": False})
S11 = Signaal("R1-S11", "blauw", "zonder behandelaar", {"aantal": 9, "noemer": 254})


def test_every_signal_and_every_reason_has_its_words() -> None:
    assert list(NAMEN) == [f"R1-S{number:02d}" for number in range(1, 13)]
    assert set(REDENEN) == set(get_args(Reden))


@pytest.mark.parametrize(
    ("signal", "expected"),
    [
        (S01, "27, gewoon is 28,9 tot 54,5"),
        (SHORT, "21 in 4 werkdagen is 26,3 per week, gewoon is 28,9 tot 54,5"),
        (S02, "9 in 19 werkdagen, eerder 62 in 58"),
        (S03, "68 van 88, eerder 986 van 1.120"),
        (S06, "23 van 133"),
        (S11, "9 van 254"),
        (Signaal("R1-S11", "oranje", "einddatum in de toekomst", {"aantal": 1}), "1 zaak"),
        (Signaal("R1-S02", "oranje", "A", {"regel": "a", "doorzet": 27.5, "gemiddeld": 41.7, "ondergrens": 28.85}),
         "27,5 per week, gewoon is ten minste 28,9"),
        (Signaal("R1-S01", "rood", ALLE, {"regel": "b", "gemiddeld": 41.7}), "acht weken op rij onder 41,7"),
        (Signaal("R1-S09", "blauw", "A", {"gesloten": 14, "vanaf": "2026-11-19T16:05", "minuten": 30}),
         "14 zaken, do 19 nov 2026 vanaf 16:05"),
        (Signaal("R1-S07", "oranje", ALLE, {"heropend": 4, "afgerond": 60}), "4, tegen 60 afgerond in vier weken"),
    ],
)  # fmt: skip
def test_the_figures_of_a_signal_stand_beside_what_they_are_compared_with(signal: Signaal, expected: str) -> None:
    assert cijfer(signal) == expected


def test_the_worst_lead_and_blue_ones_stay_in_the_table() -> None:
    messages = boodschappen([S11, S06, S02, S03, S01])
    assert [message.verdict for message in messages] == ["rood", "rood", "oranje", "oranje"]
    assert all(message.needed for message in messages if message.verdict == "rood")
    assert messages[0].text == "Er zijn **27 zaken** afgerond: opvallend weinig. Gewoon is 28,9 tot 54,5 per week."
    (short,) = boodschappen([SHORT])
    assert short.text == (
        "Er zijn **21 zaken** afgerond in 4 werkdagen, dat is 26,3 per week van vijf dagen: opvallend weinig. "
        "Gewoon is 28,9 tot 54,5 per week."
    )
    assert messages[2].text == r"Techniek\_1 rondt duidelijk minder af: 9 in 19 werkdagen, eerder 62 in 58."
    assert messages[3].text.endswith("zijn op of over de termijn.")


def test_signals_of_one_kind_share_a_message() -> None:
    teams = [Signaal("R1-S02", "oranje", name, S02.waarden) for name in ("A", "B", "C")]
    (message,) = boodschappen(teams)
    assert message.text.startswith("3 teams ronden duidelijk minder af: A (9 in 19 werkdagen")
    assert message.text.endswith("; en nog 1.")
    kinds = boodschappen([S03, Signaal("R1-S03", "rood", "wijziging", S03.waarden)])
    assert len(kinds) == 1
    assert "77,3" in kinds[0].text
    assert kinds[0].text.endswith("meer dan toeval. Het valt op bij wijziging.")


def test_a_kind_by_itself() -> None:
    (message,) = boodschappen([Signaal("R1-S03", "rood", "wijziging", S03.waarden)])
    assert message.text.startswith("Er is minder op tijd klaar bij wijziging (68 van 88, eerder 986 van 1.120).")


@pytest.mark.parametrize(
    ("signal", "start"),
    [
        (("R1-S04", "rood", {"te_laat": 1, "zaken": ["Z"]}), "1 zaak is na de wettelijke termijn"),
        (("R1-S04", "rood", {"te_laat": 2, "zaken": ["Y", "Z"]}), "2 zaken zijn na de wettelijke termijn"),
        (("R1-S05", "oranje", {"regel": "boven de grens", "werkvoorraad": 245, "bovengrens": 186.2}),
         "De werkvoorraad is opvallend hoog: **245 zaken**"),
        (("R1-S05", "oranje", {"regel": "vier weken groei", "werkvoorraad": 110, "vier_weken_eerder": 100}),
         "De werkvoorraad groeit al vier weken: van 100 naar **110 zaken**."),
        (("R1-S08", "oranje", {"teruggedateerd": 1, "noemer": 10, "zaken": ["Z"]}), "1 zaak heeft een einddatum"),
        (("R1-S08", "oranje", {"teruggedateerd": 7, "noemer": 72, "zaken": []}), "7 zaken hebben een einddatum"),
        (("R1-S11", "oranje", {"aantal": 3}), "Er ontbreken gegevens"),
        (("R1-S07", "oranje", {"heropend": 4, "afgerond": 60}),
         "4 zaken gingen weer open; in vier weken zijn er 60 afgerond. Dat is meer dan 5"),
        (("R1-S07", "oranje", {"heropend": 4, "afgerond": 0}),
         "4 zaken gingen weer open, terwijl er in vier weken geen enkele is afgerond."),
        (("R1-S06", "oranje", {"verstreken": 1, "noemer": 10, "eerder_verstreken": 0, "eerder_noemer": 12,
                               "is_gestegen": True}), "1 van de 10 open zaken (10,0"),
    ],
)  # fmt: skip
def test_one_and_many(signal: tuple[str, str, dict[str, Any]], start: str) -> None:
    key, severity, values = signal
    (message,) = boodschappen([Signaal(key, cast(Ernst, severity), "hier", values)])
    assert message.text.startswith(start)


def test_an_end_day_in_the_future_is_no_missing_data() -> None:
    future = Signaal("R1-S11", "oranje", "einddatum in de toekomst", {"aantal": 3})
    (message,) = boodschappen([future])
    assert message.text == "3 zaken hebben een einddatum in de toekomst; zij tellen nu als open."
    no_result = Signaal("R1-S11", "oranje", "afgerond zonder resultaat", {"aantal": 1})
    (message,) = boodschappen([no_result, future])
    assert message.text == (
        "Er ontbreken gegevens (afgerond zonder resultaat: 1 zaak). "
        "3 zaken hebben een einddatum in de toekomst; zij tellen nu als open."
    )


def test_what_is_quiet_and_what_could_not_be_tested_is_said() -> None:
    found = _rustig(
        [
            Uitkomst("R1-S01", reden="geschiedenis"),
            Uitkomst("R1-S02", reden="geschiedenis"),
            Uitkomst("R1-S07", reden="statussen"),
            Uitkomst("R1-S09"),
            Uitkomst.of("R1-S11", [S11]),
        ]
    )
    assert found == (
        "Getoetst en rustig: R1-S09. Niet getoetst: R1-S01, R1-S02 (de export gaat niet ver genoeg terug); "
        "R1-S07 (statussen of statustypen zijn niet aangeleverd)."
    )


@pytest.mark.parametrize(
    ("found", "title"),
    [
        ([S11], "1 signaal vraagt aandacht"),
        ([S01], "1 signaal vraagt aandacht: rood"),
        ([S01, S11], "2 signalen vragen aandacht, waarvan 1 rood"),
        ([S06, S11], "2 signalen vragen aandacht"),
    ],
)
def test_the_title_counts(found: list[Signaal], title: str) -> None:
    assert _titel(found) == title

"""What the case overview says of the stock in one line: singular, plural, small numbers, and what is not known."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from weekrapport.domain.feiten import Feit
from weekrapport.reporting.case_overview import stock_text
from weekrapport.reporting.case_overview.overview import Overzicht


def view(*feiten: Feit, team: str = "") -> Overzicht:
    report: Any = SimpleNamespace(feiten=list(feiten), team=team, is_delivered=lambda *_: False)
    return cast(Overzicht, SimpleNamespace(report=report, kaart=None))


def said(*feiten: Feit, team: str = "") -> str:
    return stock_text.stand_van_de_voorraad(view(*feiten, team=team)).content["text"].replace("\u202f", " ")


@pytest.mark.parametrize(
    ("feit", "expected"),
    [
        (Feit("K09", 1.52), "De werkvoorraad is werk voor 1,5 weken."),
        (Feit("K09", 1.0), "De werkvoorraad is werk voor 1,0 week."),
        (Feit("K10", 0.0, {}, 0, 90), "Er ging geen zaak weer open."),
        (Feit("K10", 0.25, {}, 1, 4), "Er ging 1 zaak weer open."),
        (Feit("K10", 0.04, {}, 4, 100), "Er gingen 4 zaken weer open (4,0 %)."),
        (Feit("K13", 0.0, {}, 0, 100), "Sinds de vorige levering is geen zaak later gepland."),
        (Feit("K13", 0.1, {}, 10, 100), "Sinds de vorige levering zijn 10 zaken later gepland (10,0 %)."),
        (Feit("K15", 0.8, {}, 72, 90),
         "Van de 90 zaken met een belofte waren er 72 klaar op de dag die het eerst is beloofd (80,0 %)."),
    ],
)  # fmt: skip
def test_each_figure_in_words(feit: Feit, expected: str) -> None:
    assert said(feit) == expected
    assert feit.id in stock_text.getoonde_cijfers(view(feit))


def test_figures_of_a_part_or_another_week_are_not_said() -> None:
    feiten = (Feit("K09", 3.0, {"team": "A"}), Feit("K10", 0.5, {}, 5, 10, period="2026-W46"), Feit("K13", None))
    assert said(*feiten).startswith("De export gaat te kort terug")
    assert said(*feiten, team="A") == "De werkvoorraad is werk voor 3,0 weken."
    assert stock_text.getoonde_cijfers(view(*feiten)) == ["K01", "K02", "K03", "K04", "K05", "K06", "K08"]

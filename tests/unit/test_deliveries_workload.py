"""What the report on deliveries says about the workload of teams."""

from __future__ import annotations

from typing import Any

import pandas as pd

from tests.builders import typed
from tests.unit.test_deliveries_sentences import EVERYTHING, messages, text, view_of
from weekrapport.reporting import upcoming_deliveries as deliveries

TOLD = {**EVERYTHING, "capaciteit": (), "medewerker": ("team_id",)}
DAYS = [str(day.date()) for day in pd.bdate_range("2026-11-23", "2026-12-04")]
NAME, PLAIN = "Netwerk / *Telefonie*", "Beheer"


def due(team: str, resturen: float | None, **more: Any) -> dict[str, Any]:
    """A case that must be ready on Friday 27 November."""
    return {"team_id": team, "behandelaar_id": "M1", "einddatum_gepland": "2026-11-27", "resturen": resturen, **more}


def view_with(*rows: dict[str, Any], sizes: dict[str, int], uren: float = 1.0, **more: Any) -> deliveries.Leveringen:
    """Return the deliveries with so many employees per team, each of so many hours a day."""
    staff = [
        {"medewerker_id": f"{team}-{number}", "team_id": team}
        for team, count in sizes.items()
        for number in range(count)
    ]
    hours = [
        {"medewerker_id": each["medewerker_id"], "datum": day, "contracturen": uren} for each in staff for day in DAYS
    ]
    return view_of(
        *rows, delivered=TOLD, capaciteit=typed("capaciteit", *hours),
        medewerker=typed("medewerker", *staff), **more,
    )  # fmt: skip


def test_a_team_name_with_a_slash_and_stars_is_printed_as_it_is():
    view = view_with(due(NAME, 60.0), due(PLAIN, 4.0), sizes={NAME: 4, PLAIN: 4})
    told = " ".join(messages(view))
    assert r"**Netwerk / \*Telefonie\*** heeft 60 uur werk en 40 uur beschikbaar" in told
    assert r"**Netwerk / \*Telefonie\*** heeft 150" in told
    signals = {each["id"]: each for each in view.report.signals}
    assert signals["R2-S05"]["where"] == f"{NAME} / {PLAIN}"
    assert signals["R2-S05"]["values"]["team_hoog"] == NAME


def shown(view: deliveries.Leveringen) -> dict[str, list[str]]:
    """Cells of table 1 by team, of the three columns of hours."""
    block = deliveries.team_tabel(view).content
    return {str(row[0]): [str(each) for each in row[-3:]] for row in [*block["rows"], block["total"]]}


def test_a_team_of_which_many_hours_are_unknown_is_not_said_to_have_room():
    cases = [due(PLAIN, 4.0), due(PLAIN, None), due("Advies", 8.0), due("Projecten", 10.0), due("Hosting", 4.0)]
    view = view_with(*cases, sizes=dict.fromkeys(("Advies", PLAIN, "Hosting", "Projecten"), 4))
    chart = deliveries.werklast_grafiek(view)
    assert chart.content["title"] == (
        "Elk team waarvan de uren bekend zijn, heeft genoeg uren voor de komende tien werkdagen"
    )
    assert f"{PLAIN}: uren van 1 zaak onbekend." in chart.content["caption"]
    rows = shown(view)
    assert rows[PLAIN] == ["4", "40", "–"]
    assert rows["Totaal"] == ["22", "120", "18\u202f%"]
    note = deliveries.team_tabel(view).content["note"]
    assert "Van 1 zaak zijn de uren niet bekend; zij tellen in de uren niet mee." in note
    assert "Uren van het totaal: de teams waarvan bekend is hoe bezet zij zijn." in note


def test_a_team_with_work_and_no_hours_is_named_by_the_chart():
    sizes = dict.fromkeys(("Advies", PLAIN, "Projecten"), 4)
    view = view_with(*[due(team, 4.0) for team in sizes], sizes=sizes)
    none = view_with(*[due(team, 4.0) for team in sizes], sizes=sizes, uren=0.0)
    assert deliveries.werklast_grafiek(view).content["title"].startswith("Elk team heeft genoeg uren")
    assert f"{PLAIN}: 4 uur werk en geen uren" in text(deliveries.werklast_grafiek(none))


def test_the_hours_of_a_small_team_stand_with_those_of_others():
    cases = [due(team, 4.0) for team in ("Advies", PLAIN, "Hosting", "Projecten")]
    view = view_with(*cases, sizes={"Advies": 1, PLAIN: 3, "Hosting": 5, "Projecten": 5})
    assert view.werklast["team"].tolist() == ["Hosting", "Kleine teams", "Projecten"]
    rows = shown(view)
    assert rows["Kleine teams"] == ["8", "40", "20\u202f%"]
    assert not {"Advies", PLAIN} & {*rows}
    assert f"Kleine teams: Advies en {PLAIN}; hun uren" in deliveries.team_tabel(view).content["note"]
    assert rows["Totaal"] == ["16", "140", "11\u202f%"]
    assert "Kleine teams" in deliveries.werklast_grafiek(view).content["alt"]
    teams = {feit.scope["team"] for feit in view.report.feiten if feit.id == "K23"}
    assert teams == {"Hosting", "Kleine teams", "Projecten"}


def test_the_report_on_a_small_team_shows_no_hours():
    view = view_with(due("Advies", 4.0), sizes={"Advies": 1, PLAIN: 3, "Hosting": 5}, team="Advies")
    assert "te herleiden tot een persoon" in text(deliveries.werklast_grafiek(view))
    assert not [feit for feit in view.report.feiten if feit.id == "K23"]
    large = view_with(due("Hosting", 4.0), sizes={"Advies": 1, PLAIN: 3, "Hosting": 5}, team="Hosting")
    assert large.werklast["team"].tolist() == ["Hosting"]


def test_an_organisation_of_three_shows_no_hours():
    view = view_with(due("Advies", 4.0), due(PLAIN, 4.0), sizes={"Advies": 1, PLAIN: 2})
    assert view.werklast.empty
    assert "te herleiden tot een persoon" in text(deliveries.werklast_grafiek(view))


def test_small_teams_that_are_too_full_are_spoken_of_in_plural():
    view = view_with(due("Advies", 60.0), due("Hosting", 4.0), sizes={"Advies": 1, PLAIN: 3, "Hosting": 5})
    assert "**Kleine teams** hebben 60 uur werk en 40 uur beschikbaar" in " ".join(messages(view))

"""What the handover list says: singular and plural, nothing, what no source tells, and never a person's absence."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from tests.builders import typed, zaken
from weekrapport.domain.outcome import Outcome
from weekrapport.reporting import handover
from weekrapport.reporting.handover.text import MAX_LINES, afwezigheid, overdrachtstekst
from weekrapport.reporting.manifest import load_manifest
from weekrapport.reporting.report import Report
from weekrapport.settings import Settings
from weekrapport.week import Week, parse_moment

ENTRY = load_manifest()["handover"]
COLUMNS = ("zaaktype_id", "klant_id", "team_id", "behandelaar_id", "prioriteit", "escalatieniveau", "einddatum_gepland")
TEAMS = typed(
    "team",
    {"team_id": "T1", "naam": "Beheer"},
    {"team_id": "T2", "naam": "Advies"},
    {"team_id": "T3", "naam": "Privacy"},
)
STAFF = typed(
    "medewerker",
    *({"medewerker_id": f"M{n}", "team_id": "T1", "initialen": f"M{n}."} for n in range(5)),
    *({"medewerker_id": f"M{n}", "team_id": "T2"} for n in (5, 6)),
    *({"medewerker_id": f"M{n}", "team_id": "T3"} for n in (7, 8)),
)
ONE = {"team_id": "T1", "behandelaar_id": "M0", "klant_id": "K1", "zaaktype_id": "A"}


def hours(*absent: float | None, day: str = "2026-11-23") -> pd.DataFrame:
    rows = [
        {"medewerker_id": f"M{n}", "datum": day, "contracturen": 8.0, "verlofuren": each}
        for n, each in enumerate(absent)
        if each is not None
    ]
    return typed("capaciteit", *rows)


def view_of(
    *rows: dict[str, Any],
    as_of: str = "2026-11-23T07:00",
    columns: tuple[str, ...] = COLUMNS,
    team: str = "",
    outcomes: tuple[Outcome, ...] = (),
    **tables: pd.DataFrame,
) -> handover.Overdracht:
    report = Report(
        entry=ENTRY,
        week=Week.parse("2026-W47"),
        as_of=parse_moment(as_of),
        workspace=SimpleNamespace(settings=Settings()),  # type: ignore[arg-type]
        run=SimpleNamespace(inputs=[], sources=[], run_id="r", git_commit="c", snapshot="s", earlier_notices=[]),  # type: ignore[arg-type]
        snapshot=SimpleNamespace(delivered={"zaak": columns, **dict.fromkeys(tables, ())}),  # type: ignore[arg-type]
        status="concept",
        team=team,
        outcomes=list(outcomes),
    )
    empty = {name: typed(name) for name in ENTRY.tables}
    report.__dict__["tables"] = empty | {"zaak": zaken(*rows), "team": TEAMS, "medewerker": STAFF} | tables
    return handover.overdracht(report)


def messages(view: handover.Overdracht) -> list[str]:
    found = handover.kernboodschap(view).content["messages"]
    return [f"{item['text']} {item['needed'] or ''}".strip() for item in found]


def tiles(view: handover.Overdracht) -> dict[str, tuple[str, str | None]]:
    return {item["label"]: (item["value"], item["delta"]) for item in handover.tegels(view).content["tiles"]}


class TestMessages:
    def test_one_case_that_cannot_wait(self):
        (urgent, rest) = messages(view_of({**ONE, "prioriteit": "P1", "einddatum_gepland": "2026-12-21"}))
        assert urgent == "**1 zaak** kan niet wachten: 1 met P1. spreek bij de overdracht per zaak af wie haar oppakt."
        assert rest == "Verder is er geen zaak die nu actie vraagt."

    def test_more_of_them_and_others(self):
        late = {**ONE, "einddatum_gepland": "2026-11-20"}
        found = messages(view_of({**late, "prioriteit": "P1"}, {**late, "escalatieniveau": 2}, late, late))
        assert found[0].startswith("**2 zaken** kunnen niet wachten: 1 met P1 en 1 met een escalatie.")
        assert found[1] == "Verder vragen **2 zaken** actie: te laat."

    def test_one_other_case(self):
        late = {**ONE, "einddatum_gepland": "2026-11-20"}
        assert messages(view_of(late)) == ["Nu vraagt **1 zaak** actie: te laat."]

    def test_nothing_at_all_went_well(self):
        view = view_of({**ONE, "einddatum_gepland": "2026-12-21"})
        assert messages(view) == ["Goed gegaan: er is geen zaak die nu actie vraagt."]
        assert handover.regels_tabel(view).content["text"] == "Er is geen zaak die nu actie vraagt."

    def test_without_any_date_nobody_can_say_that_nothing_is_late(self):
        view = view_of(ONE, ONE)
        expected = "Van geen van de 2 open zaken is een leverdatum bekend: wat te laat is, is niet te zeggen."
        assert messages(view) == [expected]
        assert tiles(view)["Te laat"] == tiles(view)["Vandaag klaar"] == ("–", "geen leverdatum bekend")
        assert expected in overdrachtstekst(view)
        other = "In wat is aangeleverd, staat geen andere reden voor actie."
        assert handover.regels_tabel(view).content["text"] == other
        assert "te laat:" not in overdrachtstekst(view)
        assert messages(view_of(ONE))[0].startswith("Van de enige open zaak is een leverdatum niet bekend")

    @pytest.mark.parametrize(
        ("severity", "expected"),
        [
            ("warning", "1 controle op de gegevens is niet gehaald; zie controles.csv."),
            ("critical", "1 controle op de gegevens is niet gehaald: deze lijst is niet vrijgegeven."),
        ],
    )
    def test_what_is_wrong_with_the_data_is_said(self, severity, expected):
        outcome = Outcome("GX-1", "zaak", "Regel.", "Reden.", severity, "niet voldaan", ("handover",))
        assert messages(view_of(ONE, outcomes=(outcome,)))[-1].startswith(expected)


class TestFigures:
    def test_what_no_source_tells_is_a_dash_and_no_fact(self):
        view = view_of({**ONE, "einddatum_gepland": "2026-11-20"}, columns=("einddatum_gepland",))
        absent = ("–", "niet aangeleverd")
        assert {name for name, shown in tiles(view).items() if shown == absent} == {
            "P1 open",
            "Escalaties",
            "Zonder behandelaar",
        }
        ids = {(feit.id, feit.measure) for feit in view.report.feiten}
        assert ("K50", None) not in ids and ("K51", "escalatie") not in ids and ("K51", "te_laat") in ids
        assert overdrachtstekst(view).splitlines()[1] == "Te laat: 1; vandaag klaar: 0."

    @pytest.mark.parametrize(
        ("as_of", "label"),
        [
            ("2026-11-23T07:00", "Vandaag klaar"),
            ("2026-11-23T16:30", "Morgen klaar"),
            ("2026-11-27T16:30", "Maandag klaar"),
            ("2026-11-28T07:00", "Maandag klaar"),
        ],
    )
    def test_in_the_afternoon_it_is_about_the_next_working_day(self, as_of, label):
        view = view_of({**ONE, "einddatum_gepland": "2026-11-30"}, as_of=as_of)
        assert tiles(view)[label] == ("1" if label == "Maandag klaar" else "0", None)


class TestAbsence:
    def test_hours_per_team_and_small_teams_together(self):
        view = view_of(ONE, capaciteit=hours(8.0, 4.5, 0, 0, 0, 8.0, 0, 0, 0))
        assert afwezigheid(view) == "Afwezig vandaag: Beheer 12,5 uur, Kleine teams 8 uur."
        assert {(f.scope["team"], f.value) for f in view.report.feiten if f.id == "K52"} == {
            ("Beheer", 12.5),
            ("Kleine teams", 8.0),
        }

    def test_nobody_absent(self):
        assert afwezigheid(view_of(ONE, capaciteit=hours(*[0.0] * 9))) == "Afwezig vandaag: 0 uur."

    def test_a_team_of_which_hours_lack_is_not_known(self):
        view = view_of(ONE, capaciteit=hours(8.0, None, 0, 0, 0, 0, 0, 0, 0))
        assert afwezigheid(view) == "Afwezig vandaag: 0 uur. Niet bekend: Beheer."

    def test_when_nothing_is_known_no_hours_are_told(self):
        alone = hours(8.0, None, 0, 0, 0, 0, 0, 0, 0)
        view = view_of(ONE, team="Beheer", capaciteit=alone)
        assert afwezigheid(view) == "Afwezig vandaag: niet bekend van Beheer."

    def test_a_team_of_which_nothing_was_delivered_is_not_known(self):
        view = view_of(ONE, capaciteit=hours(None, None, None, None, None, 0, 0, 0, 0))
        assert afwezigheid(view) == "Afwezig vandaag: 0 uur. Niet bekend: Beheer."

    def test_one_small_team_by_itself_is_never_shown(self):
        view = view_of({**ONE, "team_id": "T2"}, team="Advies", capaciteit=hours(0, 0, 0, 0, 0, 8.0, 0, 0, 0))
        assert afwezigheid(view) == "Afwezigheid van een klein team wordt niet getoond."
        assert not [feit for feit in view.report.feiten if feit.id == "K52"]

    def test_not_delivered(self):
        assert afwezigheid(view_of(ONE)) == "Afwezigheid is niet aangeleverd."


class TestLines:
    def test_of_a_confidential_case_only_the_number_is_known(self):
        row = {**ONE, "prioriteit": "P1", "vertrouwelijkheid": "geheim", "einddatum_gepland": "2026-12-21"}
        line = view_of(row).lijnen.iloc[0]
        assert (line["zaak"], line["klant"], line["waarom"]) == ("Z1", "vertrouwelijk", "Vertrouwelijk")
        assert line[["zaaktype", "behandelaar", "leverdatum"]].isna().all()
        assert line["wat_te_doen"] == "Zie de zaak"
        assert overdrachtstekst(view_of(row)).splitlines()[3] == "Z1: vertrouwelijk. Zie de zaak."

    def test_the_statutory_day_says_more_than_the_promise(self):
        types = typed(
            "zaaktype",
            {"zaaktype_id": "A", "wettelijk_waarde": 2, "wettelijk_eenheid": "week", "wettelijk_grondslag": "Wet"},
        )
        line = view_of(ONE, zaaktype=types).lijnen.iloc[0]
        assert (line["waarom"], line["wat_te_doen"]) == ("Wettelijk te laat", "Als eerste afronden")

    def test_without_a_handler_that_is_found_first(self):
        row = {**ONE, "behandelaar_id": None, "prioriteit": "P1", "einddatum_gepland": "2026-11-20"}
        line = view_of(row).lijnen.iloc[0]
        assert line["waarom"] == "P1, zonder behandelaar, 3 dagen te laat"
        assert line["wat_te_doen"] == "Behandelaar aanwijzen; gaat voor ander werk"

    def test_one_day_late(self):
        assert view_of({**ONE, "einddatum_gepland": "2026-11-22"}).lijnen["waarom"].item() == "1 dag te laat"

    def test_minutes_of_a_norm_in_hours(self):
        types = typed("zaaktype", {"zaaktype_id": "A", "servicenorm_waarde": 4, "servicenorm_eenheid": "uur"})
        row = {**ONE, "startdatum": "2026-11-23", "einddatum_gepland": None}
        assert view_of(row, as_of="2026-11-23T10:30", zaaktype=types).lijnen["waarom"].item() == "Norm: nog 90 minuten"
        assert view_of(row, as_of="2026-11-23T12:30", zaaktype=types).lijnen["waarom"].item() == "Norm voorbij"
        assert view_of(row, as_of="2026-11-23T09:00", zaaktype=types).lijnen.empty

    @pytest.mark.parametrize(("count", "last"), [(11, "Z11"), (12, "En nog 1 zaak"), (40, "En nog 29 zaken")])
    def test_the_text_has_at_most_fifteen_lines(self, count, last):
        late = {**ONE, "einddatum_gepland": "2026-11-20"}
        lines = overdrachtstekst(view_of(*[late] * count)).splitlines()
        assert len(lines) <= MAX_LINES == 15
        assert last in lines[-1] or (count == 11 and len(lines) == 14)

    def test_what_does_not_fit_is_counted_per_team(self):
        late = {**ONE, "einddatum_gepland": "2026-11-20"}
        block = handover.regels_tabel(view_of(*[late] * 14)).content
        assert block["title"] == "De 10 dringendste van de 14 zaken die nu actie vragen"
        assert block["note"] == "Niet getoond: Beheer (4)."

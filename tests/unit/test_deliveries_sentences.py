"""What the report on deliveries says: singular, plural, nothing, and what no source delivers."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pandas as pd

from tests.builders import typed, zaken
from weekrapport.domain.outcome import Outcome
from weekrapport.reporting import upcoming_deliveries as deliveries
from weekrapport.reporting.manifest import load_manifest
from weekrapport.reporting.report import Report
from weekrapport.settings import Settings
from weekrapport.week import Week, parse_moment

ENTRY = load_manifest()["upcoming_deliveries"]
EVERYTHING = {
    "zaak": (
        "zaaktype_id", "klant_id", "team_id", "behandelaar_id", "opgeschort_nu", "resturen", "belang",
        "escalatieniveau", "vertrouwelijkheid",
    ),
    "zaaktype": ("wettelijk_grondslag",), "zaak_opschorting": (), "zaak_status": (), "zaaktype_status": (),
}  # fmt: skip
WOO = typed(
    "zaaktype",
    {
        "zaaktype_id": "WOO", "omschrijving": "Woo-verzoek", "wettelijk_waarde": 4, "wettelijk_eenheid": "week",
        "wettelijk_grondslag": "Woo 4.4",
    },
)  # fmt: skip


def view_of(
    *rows: dict[str, Any],
    as_of: str = "2026-11-23T07:00",
    week: str = "2026-W47",
    delivered: dict[str, tuple[str, ...]] = EVERYTHING,
    team: str = "",
    outcomes: tuple[Outcome, ...] = (),
    **tables: pd.DataFrame,
) -> deliveries.Leveringen:
    """Return the deliveries of a report whose data stand in the test."""
    report = Report(
        entry=ENTRY,
        week=Week.parse(week),
        as_of=parse_moment(as_of),
        workspace=SimpleNamespace(settings=Settings()),  # type: ignore[arg-type]
        run=None,  # type: ignore[arg-type]
        snapshot=SimpleNamespace(delivered=delivered),  # type: ignore[arg-type]
        status="concept",
        team=team,
        outcomes=list(outcomes),
    )
    empty = {name: typed(name) for name in ENTRY.tables}
    report.__dict__["tables"] = empty | {"zaak": zaken(*rows)} | tables
    return deliveries.leveringen(report)


def messages(view: deliveries.Leveringen) -> list[str]:
    return [
        f"{item['text']} {item['needed'] or ''}".strip() for item in deliveries.kernboodschap(view).content["messages"]
    ]


def verdicts(view: deliveries.Leveringen) -> list[str]:
    return [item["verdict"] for item in deliveries.kernboodschap(view).content["messages"]]


def tile(view: deliveries.Leveringen, label: str) -> dict[str, Any]:
    (found,) = [item for item in deliveries.tegels(view).content["tiles"] if item["label"] == label]
    return found


def text(block: Any) -> str:
    return block.content["text"].replace("\u00a0", " ")


def said(block: Any) -> str:
    """Return everything that a block prints."""
    content = block.content
    if content["kind"] != "table":
        return str(content["text"]).replace("\u00a0", " ")
    cells = [cell for row in [*content["rows"], content["total"] or []] for cell in row]
    heads = [column["label"] for column in content["columns"]]
    groups = [group[1] for group in content["groups"]]
    parts = [content["title"], *heads, *groups, *map(str, cells), content["more"] or "", content["note"] or ""]
    return " | ".join(parts).replace("\u00a0", " ")


DUE = {"einddatum_gepland": "2026-11-25", "behandelaar_id": "M1", "team_id": "Beheer"}
LATE = {"einddatum_gepland": "2026-11-18", "behandelaar_id": "M1", "team_id": "Beheer"}


def test_one_of_everything_in_the_singular():
    view = view_of(DUE, LATE)
    first, second = messages(view)
    assert (
        first.replace("\u00a0", " ") == "In week 48 (23 t/m 29 november 2026) moet **1 zaak** klaar zijn, op wo 25 nov."
    )
    assert second == "**1 zaak** is te laat: 5 dagen."


def test_more_of_everything_in_the_plural():
    view = view_of(
        DUE, DUE, {**DUE, "einddatum_gepland": "2026-11-26"}, LATE, {**LATE, "einddatum_gepland": "2026-11-22"}
    )
    first, second = messages(view)
    assert "moeten **3 zaken** klaar zijn. De drukste dag is wo\u00a025\u00a0nov, met 2 zaken." in first
    assert second == "**2 zaken** zijn te laat: de mediaan is 3 dagen, de oudste 5 dagen."
    assert verdicts(view) == ["neutraal", "oranje"]


def test_two_busy_days_are_not_called_one():
    view = view_of(DUE, {**DUE, "einddatum_gepland": "2026-11-26"})
    assert "Op de drukste dagen is dat er 1." in messages(view)[0]


def test_nothing_due_and_nothing_late_is_good_news():
    view = view_of({**DUE, "einddatum_gepland": "2026-12-24"})
    first, second = messages(view)
    assert "hoeft **geen zaak** klaar te zijn" in first
    assert second == "Goed gegaan: geen enkele open zaak is te laat."
    assert tile(view, "Achterstallig")["value"] == "0"
    for block in (
        deliveries.dag_grafiek(view),
        deliveries.team_tabel(view),
        deliveries.escalatie_tabel(view),
        deliveries.wettelijke_tabel(view),
        deliveries.te_leveren_zaken(view),
        deliveries.achterstallige_zaken(view),
        deliveries.opgeschorte_zaken(view),
        deliveries.zaken_zonder_leverdatum(view),
        deliveries.zaken_zonder_behandelaar(view),
    ):
        assert block.content["kind"] == "sentence"


def test_no_open_cases():
    view = view_of({"einddatum": "2026-11-18"})
    assert messages(view) == ["Er zijn geen open zaken."]
    assert tile(view, "Te leveren")["value"] == "0"
    assert text(deliveries.zaken_zonder_leverdatum(view)) == "Er zijn geen open zaken."


def test_without_any_date_nothing_is_called_due_or_good():
    view = view_of({}, {})
    assert messages(view) == [
        "Van geen van de 2 open zaken is een leverdatum bekend. Wat er in week 48 (23 t/m 29 november 2026) klaar moet "
        "zijn, is niet te zeggen."
    ]
    assert tile(view, "Te leveren")["value"] == "–"
    assert tile(view, "Achterstallig")["value"] == "–"
    assert "Van 2 zaken is geen leverdatum bekend" in said(deliveries.zaken_zonder_leverdatum(view))


def test_some_without_a_date_are_named():
    assert messages(view_of(DUE, {}))[0].endswith("Van 1 zaak is geen leverdatum bekend.")


def test_a_short_week_and_a_passed_day_are_named():
    view = view_of({**DUE, "einddatum_gepland": "2026-12-28"}, week="2026-W52", as_of="2026-12-29T07:00")
    first = messages(view)[0]
    assert "De week telt 4 werkdagen." in first
    assert "Van 1 zaak is die dag al voorbij." in first


def test_before_the_week_has_ended():
    view = view_of(DUE, {**DUE, "einddatum_gepland": "2026-11-21"}, as_of="2026-11-20T12:00")
    assert "Vóór ma\u00a023\u00a0nov moet er nog 1 klaar zijn." in messages(view)[0]
    assert "1 zaak te leveren in week 48, en 1 vóór ma 23 nov" in said(deliveries.te_leveren_zaken(view))
    assert "Week 47: nog te leveren vóór ma 23 nov." in said(deliveries.team_tabel(view))
    assert "met een leverdatum in week 47 tot vr 20 nov" in text(deliveries.nieuw_sinds_vorige_week(view))


def test_without_a_handler_asks_for_one():
    nobody = {**DUE, "behandelaar_id": None}
    assert messages(view_of(nobody, DUE))[1].startswith("**1 van de 2** te leveren zaken heeft nog geen behandelaar.")
    view = view_of(nobody, DUE, {**LATE, "behandelaar_id": None})
    assert messages(view)[-1] == (
        "**2 zaken** hebben nog geen behandelaar: 1 te leveren en 1 te laat. wijs vandaag per zaak een behandelaar aan."
    )
    assert tile(view, "Zonder behandelaar")["value"] == "2"
    assert [signal["id"] for signal in view.report.signals] == ["R2-S04"]
    assert view.report.signals[0]["values"] == {"zonder_behandelaar": 1, "zaken": ["Z1"]}
    assert "5 dagen te laat" in said(deliveries.zaken_zonder_behandelaar(view))


def test_a_handler_that_is_not_delivered_is_not_a_handler_that_is_not_there():
    nobody = {**DUE, "behandelaar_id": None}
    view = view_of(nobody, LATE, delivered={"zaak": ("team_id",)})
    assert not [message for message in messages(view) if "behandelaar" in message]
    assert tile(view, "Zonder behandelaar")["value"] == "–"
    assert tile(view, "Zonder behandelaar")["delta"] == "niet aangeleverd"
    assert text(deliveries.zaken_zonder_behandelaar(view)) == "Wie een zaak behandelt, is niet aangeleverd."
    assert "behandelaar" not in said(deliveries.team_tabel(view)).lower()
    assert view.report.signals == []
    assert {feit.id for feit in view.report.feiten} == {"K20", "K21", "K25", "K27"}


def test_what_waits_is_told_and_what_was_late_before_it_waited():
    opschorting = typed(
        "zaak_opschorting",
        {"zaak_id": "Z1", "begin": "2026-11-10", "grondslag": "wacht_op_klant"},
        {"zaak_id": "Z2", "begin": "2026-11-20", "grondslag": "Mevrouw Jansen is met verlof"},
    )
    view = view_of(DUE, LATE, zaak_opschorting=opschorting)
    block = said(deliveries.opgeschorte_zaken(view))
    assert "2 zaken wachten; 1 was al te laat toen de opschorting begon" in block
    assert "klant" in block
    assert "anders" in block
    assert "Jansen" not in block + "".join(view.report.attachments.values())
    assert tile(view, "Opgeschort")["value"] == "2"


def test_suspensions_that_are_not_delivered_are_said_to_be():
    view = view_of(DUE, delivered={"zaak": ()})
    assert "is niet aangeleverd" in text(deliveries.opgeschorte_zaken(view))
    assert tile(view, "Opgeschort")["delta"] == "niet aangeleverd"
    assert "opgeschorte" not in text(deliveries.vooruitblik(view)).lower()


WOO_DUE = {"zaaktype_id": "WOO", "startdatum": "2026-10-28", "behandelaar_id": "M1"}
WOO_OVER = {"zaaktype_id": "WOO", "startdatum": "2026-10-20", "behandelaar_id": "M1"}


def test_a_statutory_term_names_its_day_and_what_is_needed():
    view = view_of(WOO_DUE, WOO_DUE, {**WOO_DUE, "startdatum": "2026-10-30"}, zaaktype=WOO)
    message = messages(view)[1].replace("\u00a0", " ")
    assert message.startswith("Van **3 zaken** loopt de wettelijke termijn af: wo 25 nov (2) en vr 27 nov.")
    assert "maak vandaag per zaak een behandelaar vrij." in message
    assert verdicts(view) == ["neutraal", "oranje", "groen"]
    assert tile(view, "Wettelijke termijn")["value"] == "3"


def test_a_statutory_term_that_has_ended_is_red():
    view = view_of(WOO_DUE, WOO_OVER, zaaktype=WOO)
    assert verdicts(view)[1] == "rood"
    assert "Van **1 zaak** is de wettelijke termijn al voorbij." in messages(view)[1]
    shown = tile(view, "Wettelijke termijn")
    assert (shown["value"], shown["delta"], shown["norm"]) == ("1", "al voorbij", "1 loopt af in week 48")
    block = deliveries.wettelijke_tabel(view)
    assert block.content["title"] == "1 wettelijke termijn loopt af in week 48 en 1 is al voorbij"
    assert [row[0] for row in block.content["rows"]] == ["Z2", "Z1"]
    assert "wettelijk di 17 nov (voorbij)" in said(block)


def test_a_case_that_was_suspended_after_its_statutory_term_stays_late():
    waits = typed("zaak_opschorting", {"zaak_id": "Z1", "begin": "2026-11-19"})
    view = view_of(WOO_OVER, WOO_DUE, zaaktype=WOO, zaak_opschorting=waits)
    assert "Van **1 zaak** is de wettelijke termijn al voorbij." in messages(view)[1]
    assert [row[0] for row in deliveries.wettelijke_tabel(view).content["rows"]] == ["Z1", "Z2"]
    assert tile(view, "Opgeschort")["value"] == "1"
    before = typed("zaak_opschorting", {"zaak_id": "Z1", "begin": "2026-11-10"})  # its term moves on
    assert verdicts(view_of(WOO_OVER, WOO_DUE, zaaktype=WOO, zaak_opschorting=before))[1] == "oranje"


def test_statutory_terms_that_are_not_delivered():
    view = view_of(DUE, delivered={"zaak": ()})
    assert tile(view, "Wettelijke termijn")["delta"] == "niet aangeleverd"
    assert "een wettelijke termijn hebben, is niet aangeleverd" in text(deliveries.wettelijke_tabel(view))


def test_of_a_confidential_case_only_its_number():
    secret = {
        **DUE, "vertrouwelijkheid": "geheim", "klant_id": "Gemeente Geheim", "zaaktype_id": "WOO", "belang": 5,
        "startdatum": "2026-10-28",
    }  # fmt: skip
    view = view_of(secret, {**LATE, "vertrouwelijkheid": "geheim", "klant_id": "Gemeente Geheim"}, zaaktype=WOO)
    blocks = [
        deliveries.te_leveren_zaken(view), deliveries.achterstallige_zaken(view), deliveries.escalatie_tabel(view),
        deliveries.wettelijke_tabel(view),
    ]  # fmt: skip
    everything = " ".join(map(said, blocks)) + "".join(view.report.attachments.values())
    assert "Z1" in everything and "Z2" in everything
    for private in ("Gemeente Geheim", "M1", "25 nov", "18 nov", "2026-11-25", "2026-11-18", "Woo-verzoek", "belang 5"):
        assert private not in everything
    assert "vertrouwelijk" in everything


def test_the_team_table_has_a_total_and_says_of_how_many_cases_the_hours_are_not_known():
    view = view_of({**DUE, "resturen": 1.5}, {**DUE, "team_id": "Servicedesk"}, {**LATE, "resturen": 0.25})
    block = deliveries.team_tabel(view)
    assert block.content["title"] == "2 teams leveren samen 2 zaken in week 48; 1 zaak is te laat"
    assert block.content["total"][0] == "Totaal"
    assert block.content["total"][-1] == "1,8"
    assert "Van 1 zaak is geen urenschatting bekend." in block.content["note"]


def test_hours_of_no_case_at_all_are_unknown_and_not_zero():
    view = view_of(DUE, {**DUE, "team_id": "Servicedesk"})
    content = deliveries.team_tabel(view).content
    assert [row[-1] for row in content["rows"]] == ["–", "–"]
    assert content["total"][-1] == ""


def test_hours_that_are_not_delivered():
    view = view_of(DUE, delivered={"zaak": ("team_id",)})
    assert "Resterende uren zijn niet aangeleverd." in said(deliveries.team_tabel(view))
    assert "Uren" not in [column["label"] for column in deliveries.team_tabel(view).content["columns"]]


def test_without_teams_there_is_one_row():
    view = view_of({**DUE, "team_id": None}, {**LATE, "team_id": None}, delivered={"zaak": ()})
    block = deliveries.team_tabel(view)
    assert block.content["title"] == "1 zaak te leveren in week 48; 1 zaak is te laat"
    assert block.content["rows"][0][0] == "Alle zaken"
    assert block.content["total"] is None
    assert deliveries.te_leveren_zaken(view).content["groups"] == []


def test_sub_cases_are_shown_beside():
    view = view_of(DUE, {**DUE, "hoofdzaak_id": "Z1"})
    assert "Daarnaast moet 1 deelzaak klaar zijn." in said(deliveries.team_tabel(view))


def test_the_three_lines_on_last_week():
    view = view_of(
        {**DUE, "startdatum": "2026-11-17"},
        LATE,
        {**LATE, "einddatum": "2026-11-18"},
        {**LATE, "einddatum": "2026-11-20"},
        {**LATE, "einddatum_gepland": "2026-11-05", "einddatum": "2026-11-19"},
    )
    assert text(deliveries.nieuw_sinds_vorige_week(view)).splitlines() == [
        "- Op tijd geleverd: 1 van de 3 zaken met een leverdatum in week 47. Te laat klaar: 1, nog open: 1.",
        "- Oude achterstand: van de zaken die al vóór week 47 te laat waren, is er 1 afgerond en is er geen meer open.",
        "- Instroom: van de zaken uit week 47 moet er 1 al in week 48 klaar zijn.",
    ]


def test_the_three_lines_of_a_first_week():
    assert text(deliveries.nieuw_sinds_vorige_week(view_of({**DUE, "startdatum": "2026-11-02"}))).splitlines() == [
        "- Op tijd geleverd: er zijn geen zaken met een leverdatum in week 47.",
        "- Oude achterstand: vóór week 47 was er geen zaak te laat.",
        "- Instroom: van de zaken uit week 47 hoeft er geen in week 48 klaar te zijn.",
    ]


def test_a_share_only_from_ten_cases():
    done = {**LATE, "einddatum": "2026-11-18"}
    assert "%" not in text(deliveries.nieuw_sinds_vorige_week(view_of(*[done] * 9)))
    assert "(90,0\u202f%)" in deliveries.nieuw_sinds_vorige_week(view_of(*[done] * 9, LATE)).content["text"]


def test_a_peak_day_is_told_when_the_data_are_in_order():
    view = view_of(*[DUE] * 12)
    assert messages(view)[1] == "Wo\u00a025\u00a0nov is een piekdag: 12 zaken, tegen 0 op de middelste werkdag."
    assert [signal["id"] for signal in view.report.signals] == ["R2-S07"]
    broken = Outcome("GX-ZAAK-05", "zaak", "Regel.", "Reden.", "critical", "niet voldaan", ("upcoming_deliveries",))
    assert "niet vrijgegeven" in messages(view_of(*[DUE] * 12, outcomes=(broken,)))[-1]


def test_at_most_five_messages():
    nobody = {**WOO_OVER, "behandelaar_id": None}
    broken = Outcome("GX-ZAAK-05", "zaak", "Regel.", "Reden.", "critical", "niet voldaan", ("upcoming_deliveries",))
    assert len(messages(view_of(nobody, *[DUE] * 12, zaaktype=WOO, outcomes=(broken,)))) == 5


def test_the_chart_marks_days_off_and_few_cases_become_a_sentence():
    view = view_of(*[{**DUE, "einddatum_gepland": "2026-12-24"}] * 3, week="2026-W51", as_of="2026-12-21T07:00")
    chart = deliveries.dag_grafiek(view)
    assert chart.content["kind"] == "figure"
    assert "vr\u00a025\u00a0dec: vrije dag" in chart.content["alt"]
    assert "Vrij: geen werkdag." in chart.content["caption"]
    assert text(deliveries.dag_grafiek(view_of(DUE))) == "Te leveren per dag in week 48: wo 25 nov: 1 zaak."


def test_what_had_to_be_done_before_a_holiday_monday_has_a_bar_of_its_own():
    easter = {**DUE, "einddatum_gepland": "2026-04-06", "startdatum": "2026-03-02"}
    view = view_of(*[easter] * 3, week="2026-W14", as_of="2026-04-07T07:00")
    chart = deliveries.dag_grafiek(view)
    assert "vóór ma\u00a06\u00a0apr: 3" in chart.content["alt"]
    assert "ma\u00a06\u00a0apr: vrije dag" in chart.content["alt"]


def test_the_weeks_after_in_one_sentence():
    view = view_of({**DUE, "einddatum_gepland": "2026-12-02"}, {**DUE, "einddatum_gepland": "2026-12-16"})
    assert text(deliveries.vooruitblik(view)) == (
        "Van de zaken die nu open zijn, moeten er daarna **2** klaar zijn tot en met week 51: 1 in week 49, geen in "
        "week 50 en 1 in week 51. Nieuwe zaken komen daar nog bij. Opgeschorte zaken tellen niet mee."
    )
    assert "hoeft er daarna tot en met week 51 geen klaar te zijn" in text(deliveries.vooruitblik(view_of(DUE)))


def test_escalations_the_oldest_first():
    view = view_of(
        {**DUE, "escalatieniveau": 2},
        {**DUE, "escalatieniveau": 3, "startdatum": "2026-10-01", "einddatum_gepland": "2027-03-01"},
        {**DUE, "escalatieniveau": 1},
    )
    block = deliveries.escalatie_tabel(view)
    assert block.content["title"] == "2 zaken liggen bij manager of directie; de oudste is 53 dagen open"
    assert [row[0] for row in block.content["rows"]] == ["Z2", "Z1"]
    assert "directie" in said(block)
    one = deliveries.escalatie_tabel(view_of({**DUE, "escalatieniveau": 2}))
    assert one.content["title"] == "1 zaak ligt bij manager of directie, 21 dagen na de start"
    assert text(deliveries.escalatie_tabel(view_of(DUE))) == "Er zijn geen open escalaties naar manager of directie."
    assert text(deliveries.escalatie_tabel(view_of(DUE, delivered={"zaak": ()}))) == "Escalaties zijn niet aangeleverd."


def test_a_list_shows_both_days_only_when_they_differ():
    same = deliveries.te_leveren_zaken(view_of(DUE)).content
    assert [column["label"] for column in same["columns"]][:2] == ["Leverdatum", "Zaak"]
    differ = deliveries.te_leveren_zaken(view_of(DUE, {**DUE, "einddatum_gepland": "2026-11-29"}))
    assert [column["label"] for column in differ.content["columns"]][:2] == ["Laatste werkdag", "Leverdatum"]
    assert "vr 27 nov | zo 29 nov | Z2" in said(differ)


def test_a_list_stops_at_150_rows_and_the_file_has_them_all():
    view = view_of(*[DUE] * 151)
    block = deliveries.te_leveren_zaken(view).content
    assert len(block["rows"]) == 150
    assert block["more"] == "… en nog 1 rij, zie bijlage te_leveren.csv"
    assert view.report.attachments["te_leveren.csv"].count("\r\n") == 152


def test_the_status_of_a_case_is_its_latest_step():
    statuses = typed("zaak_status", {"zaak_id": "Z1", "statustype_id": "S2", "gezet_op": "2026-11-20T10:00Z"})
    types = typed("zaaktype_status", {"zaaktype_id": "W", "statustype_id": "S2", "omschrijving": "In behandeling"})
    assert "In behandeling" in said(
        deliveries.te_leveren_zaken(view_of(DUE, DUE, zaak_status=statuses, zaaktype_status=types))
    )
    assert "Status" not in said(deliveries.te_leveren_zaken(view_of(DUE)))


def test_of_one_team_there_is_no_total():
    view = view_of(DUE, {**DUE, "team_id": "Servicedesk"}, team="Beheer")
    block = deliveries.team_tabel(view)
    assert block.content["title"] == "Beheer levert 1 zaak in week 48; geen zaak is te laat"
    assert block.content["total"] is None
    assert {feit.scope.get("team") for feit in view.report.feiten} == {"Beheer"}

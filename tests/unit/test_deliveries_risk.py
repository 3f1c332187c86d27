"""What the report on deliveries says about chances: classes, the ten that come first, what became of earlier ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from tests.builders import typed, zaken
from tests.unit.test_deliveries_sentences import EVERYTHING, messages, said, text, tile, verdicts, view_of
from weekrapport.reporting import upcoming_deliveries as deliveries
from weekrapport.reporting.commentary import Commentary
from weekrapport.reporting.report import Report
from weekrapport.week import Week

TYPES = typed(
    "zaaktype",
    {"zaaktype_id": "STORING", "omschrijving": "Storing", "soort_werkzaamheid": "storing", "servicenorm_waarde": 10,
     "servicenorm_eenheid": "werkdag"},
)  # fmt: skip
STEPS = typed(
    "zaaktype_status",
    *({"zaaktype_id": "STORING", "statustype_id": f"S{step}", "volgnummer": step, "omschrijving": f"Stap {step}"}
      for step in (1, 2, 3, 4)),
)  # fmt: skip
DUE = {"zaaktype_id": "STORING", "startdatum": "2026-11-10", "behandelaar_id": "M1", "team_id": "Beheer"}
"""Due on Tuesday 24 November."""
LATER = {**DUE, "startdatum": "2026-11-13"}
"""Due on Friday 27 November."""


def finished(late: int, on_time: int) -> list[dict[str, Any]]:
    """Cases that were open on their last day but one: finished on it, or after their date."""
    rows = [{"einddatum": "2026-09-16"}] * late + [{"einddatum": "2026-09-14"}] * on_time
    return [{**DUE, "startdatum": "2026-09-01", **row} for row in rows]


def risky(*rows: dict[str, Any], late: int = 20, on_time: int = 20, **more: Any) -> deliveries.Leveringen:
    return view_of(*rows, *finished(late, on_time), zaaktype=TYPES, **more)


def test_the_first_message_tells_the_classes_and_the_tile_what_is_expected():
    view = risky(DUE, LATER)
    assert "moeten **2 zaken** klaar zijn: geen groen, 2 oranje en geen rood." in messages(view)[0]
    assert tile(view, "Te leveren")["delta"] == "verwacht te laat: 1,0"
    assert "(oranje)." in messages(risky(DUE))[0]


def test_without_thirty_finished_cases_there_is_no_word_of_classes():
    view = risky(DUE, LATER, late=9, on_time=20)
    assert "oranje" not in " ".join(messages(view))
    assert text(deliveries.risico_tabel(view)) == (
        "Hoe groot de kans is dat een zaak te laat klaar is, is niet te zeggen: er zijn nog geen 30 zaken afgerond om "
        "mee te vergelijken."
    )
    assert not {"Groen", "Rood"} & {column["label"] for column in deliveries.team_tabel(view).content["columns"]}
    assert "Kans te laat" not in said(deliveries.te_leveren_zaken(view))
    assert not [feit for feit in view.report.feiten if feit.id == "K22"]


def test_the_list_of_the_ten_says_why_and_on_what_the_chance_rests():
    statuses = typed("zaak_status", {"zaak_id": "Z1", "statustype_id": "S1", "gezet_op": "2026-11-10T09:00Z"})
    view = risky({**DUE, "belang": 4}, {**LATER, "behandelaar_id": None}, zaak_status=statuses, zaaktype_status=STEPS)
    block = deliveries.risico_tabel(view)
    assert block.content["title"] == "2 zaken vragen aandacht, de grootste kans × belang eerst"
    assert [row[0] for row in block.content["rows"]] == ["Z1", "Z2"]
    shown = said(block)
    assert "oranje 50\u202f%" in shown
    assert "restdagen, vroege status" in shown
    assert "geen behandelaar" in shown
    assert "Basis: zaaktype (n=40) bij 2 zaken." in shown


def test_more_than_ten_are_cut_and_counted():
    block = deliveries.risico_tabel(risky(*[DUE] * 12))
    assert block.content["title"] == "De 10 van 12 zaken op oranje en rood met de grootste kans × belang"
    assert len(block.content["rows"]) == 10


def test_only_green_is_a_sentence():
    view = risky(DUE, late=0, on_time=40)
    assert text(deliveries.risico_tabel(view)) == "Geen te leveren zaak staat op oranje of rood."


def test_a_promise_that_was_moved_is_a_reason(monkeypatch):
    """The delivery of the week before stands in for a snapshot; `test_earlier_deliveries` reads real ones."""
    earlier = pd.DataFrame({"zaak_id": ["Z1"], "einddatum_gepland": pd.to_datetime(["2026-11-20"])})
    promised = {**DUE, "einddatum_gepland": "2026-11-25"}
    assert "planning verschoven" not in said(deliveries.te_leveren_zaken(risky(promised, promised)))
    monkeypatch.setattr(Report, "vorige", lambda report, table: earlier)
    monkeypatch.setattr(Report, "eerdere", lambda report, table, weken: {})
    told = {**EVERYTHING, "zaak": (*EVERYTHING["zaak"], "einddatum_gepland")}
    view = risky(promised, promised, delivered=told)
    assert said(deliveries.te_leveren_zaken(view)).count("planning verschoven") == 1


def test_important_and_red_is_the_first_message():
    view = risky({**DUE, "belang": 5}, LATER)
    assert messages(view)[1] == (
        "**1 zaak** met een groot belang staat op rood: Beheer. spreek vandaag per zaak af wat nodig is om haar op "
        "tijd te leveren."
    )
    assert verdicts(view)[1] == "rood"
    assert [signal["id"] for signal in view.report.signals] == ["R2-S01"]


def test_three_red_cases_of_one_customer():
    red = {**DUE, "klant_id": "Gemeente Test"}
    view = risky(*[red] * 3, late=40, on_time=0)
    assert "Eén klant heeft drie of meer zaken op rood: Gemeente Test (3)." in messages(view)[1]
    assert {signal["id"] for signal in view.report.signals} == {"R2-S09"}


def test_the_chart_shows_every_class_by_its_own_look_and_in_words():
    chart = deliveries.dag_grafiek(risky(*[DUE] * 3))
    assert "di\u00a024\u00a0nov: 3 (3 oranje)" in chart.content["alt"]


def test_what_became_of_the_chances_of_four_weeks_ago():
    """Due in week 44 and open on Monday 26 October: two of them were late."""
    toen = {**DUE, "startdatum": "2026-10-14"}
    rows = [{**toen, "einddatum": "2026-10-28"}] * 9 + [{**toen, "einddatum": "2026-11-02"}, toen]
    view = risky(*rows, DUE)
    assert text(deliveries.ijking_zin(view)) == (
        "Vier weken geleden waren er van de 11 zaken voor week 44 **5,5** te laat verwacht; het werden er **2**."
    )
    panel = deliveries.ijking_tabel(view)
    assert (
        panel.content["title"] == "Kansen van vier weken geleden voor week 44: niet beter dan één kans voor alle zaken"
    )
    assert ["40\u202f% tot 60\u202f%", "11", "5,5", "2"] in [
        [str(cell) for cell in row] for row in panel.content["rows"]
    ]
    facts = {feit.measure: feit.value for feit in view.report.feiten if feit.period == "2026-W44" and feit.id == "K22"}
    assert facts["voorspeld"] == 5.5
    assert facts["gemist"] == 2


def test_without_earlier_deliveries_that_cannot_be_said():
    view = risky(DUE, late=1, on_time=1)
    assert "is niet te zeggen" in text(deliveries.ijking_zin(view))
    assert "is niet te zeggen" in text(deliveries.ijking_tabel(view))


def test_a_team_reads_the_same_chance_as_the_whole():
    other = [{**row, "team_id": "Servicedesk"} for row in finished(20, 20)]
    view = view_of(DUE, LATER, *other, zaaktype=TYPES, team="Beheer")
    assert view.lijst("te leveren")["kans"].tolist() == [0.5, 0.5]


def test_hours_that_are_not_delivered_are_said():
    assert text(deliveries.werklast_grafiek(risky(DUE))) == (
        "Uren per medewerker zijn niet aangeleverd. Hoe vol een team zit, is daarom niet te zeggen."
    )


def test_the_table_of_signals_has_the_reaction_of_the_analyst_and_what_was_not_tested():
    view = risky({**DUE, "belang": 5}, {**LATER, "behandelaar_id": None})
    comment = Commentary(exists=True, path=Path("none"), signaalreacties={"R2-S01": "Morgen klaar."})
    block = deliveries.signalen_tabel(view, comment)
    assert block.content["title"] == "2 signalen vragen aandacht"
    rows = [[str(cell) for cell in row] for row in block.content["rows"]]
    assert rows[0] == ["R2-S01", "▲ rood", "Rood en van groot belang", "Beheer", "Morgen klaar."]
    assert rows[1][0] == "R2-S04"
    assert rows[1][-1] == "nog niet ingevuld"
    note = block.content["note"]
    assert "Getoetst en rustig: R2-S02, R2-S03, R2-S07, R2-S09." in note
    assert "R2-S05, R2-S06 (uren per medewerker niet aangeleverd)" in note
    assert "R2-S08 (de levering gaat niet ver genoeg terug)" in note


def test_without_signals_and_chances_the_annex_says_so():
    view = risky({**DUE, "startdatum": "2026-11-13"}, late=1, on_time=1, delivered={"zaak": ()})
    said_by_annex = text(deliveries.signalen_tabel(view, Commentary(exists=False, path=Path("none"))))
    assert said_by_annex.startswith("Geen signalen. Getoetst en rustig: R2-S03, R2-S07.")
    assert "R2-S01 (belang niet aangeleverd)" in said_by_annex
    assert "R2-S09 (klant niet aangeleverd)" in said_by_annex


def test_a_signal_of_a_team_report_names_the_team():
    late = {**DUE, "einddatum_gepland": "2026-11-18"}
    view = view_of(*[late] * 12, DUE, zaaktype=TYPES, team="Beheer")
    assert [(each["id"], each["where"]) for each in view.report.signals] == [("R2-S03", "Beheer")]


PROMISED = {**EVERYTHING, "zaak": (*EVERYTHING["zaak"], "einddatum_gepland")}
MOVED = {**DUE, "startdatum": "2026-09-22", "einddatum_gepland": "2026-11-20"}
"""Late now; four weeks ago it was late as well, under another promise."""


def moved(monkeypatch, stored: dict[Week, pd.DataFrame]) -> deliveries.Leveringen:
    monkeypatch.setattr(Report, "vorige", lambda report, table: None)
    monkeypatch.setattr(Report, "eerdere", lambda report, table, weken: stored)
    toen = {**DUE, "startdatum": "2026-10-14", "einddatum_gepland": "2026-10-28", "einddatum": "2026-10-28"}
    return risky(*[MOVED] * 12, *[toen] * 11, delivered=PROMISED)


def late_before(view: deliveries.Leveringen) -> list[int | None]:
    return [each.waarden.get("vier_weken_eerder") for each in view.signaal("R2-S03")]


def test_the_planned_dates_of_now_are_not_those_of_four_weeks_ago(monkeypatch):
    view = moved(monkeypatch, {})
    assert late_before(view) == [None]
    assert "vier weken geleden" not in " ".join(messages(view))
    assert "voor week 44 met de geplande datums van nu **" in text(deliveries.ijking_zin(view))
    assert "gemaakt met de geplande datums van nu." in deliveries.ijking_tabel(view).content["note"]


def test_the_delivery_of_that_week_tells_what_was_late_then(monkeypatch):
    then = {**DUE, "startdatum": "2026-09-22", "einddatum_gepland": "2026-10-20"}
    planned = {**DUE, "startdatum": "2026-10-14", "einddatum_gepland": "2026-10-28"}
    stored = zaken(*[then] * 9, *[planned] * 11, *finished(20, 20))
    view = moved(monkeypatch, {Week(2026, 43): stored, Week(2026, 46): stored.iloc[:0]})
    assert late_before(view) == [9]
    assert "vier weken geleden waren het er 9" in " ".join(messages(view)).lower()
    assert "van nu" not in text(deliveries.ijking_zin(view))
    assert "wat op dat moment bekend was" in deliveries.ijking_tabel(view).content["note"]

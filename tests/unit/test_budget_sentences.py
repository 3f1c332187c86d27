"""What the sentences, tiles and tables of the budget report say: one and many, none, zero, negative, not delivered."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.books import facturen
from tests.budget import WEEK, failed, geboekt, messages, plain, regels, rows_of, texts, verdicts, view_of
from tests.builders import typed
from weekrapport.reporting import budget_variance as report
from weekrapport.reporting.budget_variance.amounts import kort, met_teken, opsomming, schaal, tegenover
from weekrapport.reporting.comment_blocks import figures
from weekrapport.settings import Settings
from weekrapport.settings.sections import Finance
from weekrapport.week import Week, parse_moment

EXACT = {"bedrag_cent": 10_000_000}  # the budget of € 120.000 up to and including October
OMZET = {"regel_id": "O1", "grootboekrekening": "8000", "soort": "opbrengsten", "omschrijving": "Abonnementen"}


def kern(**more):
    return messages(report.kernboodschap(view_of(**more)))


class TestAmounts:
    @pytest.mark.parametrize(
        ("verschil", "aandeel", "expected"),
        [
            (9_250_000, 0.03, "€ 92.500 (3,0 %) boven begroting"),
            (-9_250_000, -0.03, "€ 92.500 (3,0 %) onder begroting"),
            (0, 0.0, "precies gelijk aan de begroting"),
            (100, None, "€ 1 boven begroting"),
            (None, None, "niet te vergelijken met de begroting"),
        ],
    )
    def test_a_difference_in_words(self, verschil, aandeel, expected):
        assert tegenover(verschil, aandeel).replace("\u00a0", " ").replace("\u202f", " ") == expected

    @pytest.mark.parametrize(
        ("cents", "expected"),
        [
            (99_999_999, "€ 1.000.000"),
            (100_000_000, "€ 1,00 mln"),
            (314_250_000, "€ 3,14 mln"),
            (-250_000_000, "€ −2,50 mln"),
            (23_818_381_100_000, "€ 238,2 mld"),
            (None, "–"),
        ],
    )
    def test_an_amount_that_fits_a_tile(self, cents, expected):
        assert kort(cents).replace("\u00a0", " ") == expected

    @pytest.mark.parametrize(
        ("largest", "unit", "written"),
        [(49_999_999, "€", "500.000"), (50_000_000, "k€", "500,0"), (100_000_000_000, "mln €", "1.000,0")],
    )
    def test_a_table_chooses_its_unit(self, largest, unit, written):
        found = schaal([1, None, pd.NA, -largest])
        assert (found.eenheid, found.bedrag(largest)) == (unit, written)

    def test_signs_and_lists(self):
        assert met_teken(6_400_000, 0.078).replace("\u00a0", " ").replace("\u202f", " ") == "€ +64.000, +7,8 %"
        assert [opsomming(list("abc")[:n]) for n in (1, 2, 3)] == ["a", "a en b", "a, b en c"]


class TestCosts:
    def test_above_budget_from_two_per_cent_on_asks_attention(self):
        view = view_of(begrotingsregel=regels({}), boeking=geboekt({"bedrag_cent": 10_300_000}))
        block = report.kernboodschap(view)
        assert messages(block)[0] == "De kosten t/m oktober 2026 zijn € 103.000: € 3.000 (3,0 %) boven begroting."
        assert verdicts(block)[0] == "oranje"

    @pytest.mark.parametrize(
        ("cents", "words", "verdict"),
        [
            (10_000_000, "precies gelijk aan de begroting", "groen"),
            (10_100_000, "€ 1.000 (1,0 %) boven begroting", "groen"),
            (9_000_000, "€ 10.000 (10,0 %) onder begroting", "neutraal"),
            (-100_000, "€ 101.000 (101,0 %) onder begroting", "neutraal"),
        ],
    )
    def test_near_the_budget_and_below_it(self, cents, words, verdict):
        block = report.kernboodschap(view_of(begrotingsregel=regels({}), boeking=geboekt({"bedrag_cent": cents})))
        assert words in messages(block)[0]
        assert verdicts(block)[0] == verdict

    def test_revenue_that_lags_behind_asks_attention_too(self):
        rows = geboekt(EXACT, {"bedrag_cent": -9_000_000, "grootboekrekening": "8000"})
        block = report.kernboodschap(view_of(begrotingsregel=regels({}, OMZET), boeking=rows))
        assert messages(block)[0].endswith("De opbrengsten zijn € 90.000: € 10.000 (10,0 %) onder begroting.")
        assert verdicts(block)[0] == "oranje"

    def test_a_critical_rule_makes_it_with_reservation_and_nothing_green(self):
        view = view_of(begrotingsregel=regels({}), boeking=geboekt(EXACT), outcomes=[failed("critical")])
        block = report.kernboodschap(view)
        assert messages(block)[0].startswith("Met voorbehoud: de kosten t/m oktober 2026 zijn € 100.000")
        assert "groen" not in verdicts(block)
        assert "op koers" not in texts(report.tegels(view))
        assert "Dit rapport is niet vrijgegeven." in messages(block)[-1]

    def test_a_warning_does_not(self):
        found = kern(begrotingsregel=regels({}), boeking=geboekt(EXACT), outcomes=[failed("warning")])
        assert found[0].startswith("De kosten")

    def test_no_month_is_closed_yet(self):
        view = view_of(
            week=Week(2026, 2),
            as_of=parse_moment("2026-01-12T07:00"),
            settings=Settings(finance=Finance(boekjaar=2026)),
            begrotingsregel=regels({}),
            boeking=geboekt({"boekdatum": "2026-01-05", "bedrag_cent": 700}),
        )
        found = messages(report.kernboodschap(view))
        assert found[0] == "Van 2026 is nog geen maand afgesloten. De begroting is € 120.000 aan kosten."
        assert "gelijk" not in " ".join(found)
        assert texts(report.afwijkende_regels_tabel(view)).startswith("Er is nog geen maand afgesloten")
        assert "Januari 2026 is nog niet afgesloten. Tot het peilmoment is € 7 aan kosten geboekt" in texts(
            report.nieuw_sinds_vorige_week(view)
        )
        assert "Kosten | –" in texts(report.tegels(view))


class TestForecast:
    def test_with_its_range(self):
        found = kern(begrotingsregel=regels({}), boeking=geboekt({"bedrag_cent": 10_300_000}))
        assert found[1] == (
            "Verwachting voor heel 2026: € 123.000 aan kosten, € 3.000 (2,5 %) boven begroting "
            "(tussen € 123.000 en € 123.600)."
        )

    def test_without_a_range_when_the_three_agree(self):
        assert kern(begrotingsregel=regels({}), boeking=geboekt(EXACT))[1] == (
            "Verwachting voor heel 2026: € 120.000 aan kosten, precies gelijk aan de begroting."
        )

    def test_a_closed_year_has_none(self):
        view = view_of(
            as_of=parse_moment("2027-01-11T07:00"),
            week=Week(2027, 1),
            begrotingsregel=regels({}),
            boeking=geboekt({"bedrag_cent": 12_000_000}),
        )
        assert "Verwachting" not in texts(report.kernboodschap(view))
        assert messages(report.kernboodschap(view))[0].startswith("De kosten t/m december 2026 zijn € 120.000")
        assert "FC" not in texts(report.kosten_tabel(view))
        assert "alle maanden zijn voorbij" in texts(report.tegels(view))


class TestLines:
    def test_none_deviates(self):
        view = view_of(begrotingsregel=regels({}), boeking=geboekt(EXACT))
        assert "Geen enkele begrotingsregel wijkt meer af dan de afgesproken drempel." in messages(
            report.kernboodschap(view)
        )
        assert texts(report.afwijkende_regels_tabel(view)) == (
            "Geen enkele regel wijkt meer af dan de drempel. De drempel is € 5.000 en 5 % van de begroting t/m okt, of "
            "€ 50.000."
        )
        assert view.report.signals == []

    def test_one(self):
        view = view_of(begrotingsregel=regels({}), boeking=geboekt({"bedrag_cent": 11_000_000}))
        assert messages(report.kernboodschap(view))[2] == (
            "Eén begrotingsregel wijkt meer af dan de drempel: Regel 1 (€ +10.000, +10,0 %). "
            "Nodig: een verklaring van de budgethouder."
        )
        assert "Eén regel wijkt meer af dan de drempel" in texts(report.afwijkende_regels_tabel(view))
        assert view.report.signals[0] == {
            "id": "R4-S01",
            "severity": "oranje",
            "where": "Regel 1",
            "values": {"regel": "R1", "afwijking_cent": 1_000_000},
        }

    def test_many_name_the_three_largest(self):
        rows = [{"bedrag_cent": 11_000_000 + i * 100_000, "grootboekrekening": f"410{i}"} for i in range(1, 5)]
        found = kern(begrotingsregel=regels({}, {}, {}, {}), boeking=geboekt(*rows))[2]
        assert found.startswith("4 begrotingsregels wijken meer af dan de drempel, de grootste zijn Regel 4 (€ +14.000")
        assert "Regel 1" not in found

    def test_only_favourable_ones_ask_for_nothing(self):
        block = report.kernboodschap(view_of(begrotingsregel=regels({}), boeking=geboekt({"bedrag_cent": 8_000_000})))
        assert "Nodig" not in messages(block)[2]
        assert verdicts(block)[2] == "neutraal"

    def test_the_table_says_what_is_booked_and_who_has_the_most_but_not_why(self):
        view = view_of(
            begrotingsregel=regels({}),
            boeking=geboekt(
                {"bedrag_cent": 8_000_000, "leverancier_id": "L1"},
                {"bedrag_cent": 3_000_000, "leverancier_id": "L2"},
                {"bedrag_cent": 500_000, "leverancier_id": "L3"},
                {"bedrag_cent": -1_000, "leverancier_id": "L4"},
            ),
            leverancier=typed("leverancier", {"leverancier_id": "L1", "naam": "Anker Hosting B.V."}),
        )
        assert rows_of(report.afwijkende_regels_tabel(view)) == [
            [
                "Regel 1",
                "€ +14.990",
                "+15,0 %",
                "€ 114.990 geboekt, € 100.000 begroot. 4 boekingen, het meest van Anker Hosting B.V. (€ 80.000) en L2 "
                "(€ 30.000).",
            ]
        ]

    def test_costs_that_nobody_budgeted(self):
        view = view_of(
            begrotingsregel=regels({}), boeking=geboekt(EXACT, {"bedrag_cent": 700_000, "grootboekrekening": "4999"})
        )
        assert "niet begrote kosten (€ +7.000)" in messages(report.kernboodschap(view))[2]
        assert rows_of(report.afwijkende_regels_tabel(view)) == [
            ["Niet begrote kosten", "€ +7.000", "–", "€ 7.000 geboekt, niets begroot. 1 boeking."]
        ]

    def test_unfavourable_ones_first_under_a_head_that_says_what_they_mean(self):
        rows = geboekt(
            {"bedrag_cent": 5_000_000},
            {"bedrag_cent": 10_600_000, "grootboekrekening": "4102"},
            {"bedrag_cent": -9_000_000, "grootboekrekening": "8000"},
        )
        block = report.afwijkende_regels_tabel(view_of(begrotingsregel=regels({}, {}, OMZET), boeking=rows))
        assert [row[0] for row in rows_of(block)] == ["Regel 2", "Abonnementen", "Regel 1"]
        assert [label for _, label in block.content["groups"]] == [
            "Meer kosten dan begroot (1)", "Minder opbrengsten dan begroot (1)", "Minder kosten dan begroot (1)",
        ]  # fmt: skip

    def test_names_from_the_data_are_no_markup(self):
        rows = geboekt({"bedrag_cent": 11_000_000})
        block = report.kernboodschap(view_of(begrotingsregel=regels({"omschrijving": "*Gas* [x](y)"}), boeking=rows))
        assert r"\*Gas\* \[x\]\(y\)" in block.content["messages"][2]["text"]


class TestRoom:
    @staticmethod
    def view(*amounts: int, deliver: bool = True):
        lines = regels(*({} for _ in amounts))
        promised = typed(
            "verplichting",
            *(
                {"verplichting_id": f"V{i}", "regel_id": f"R{i}", "bedrag_cent": amount, "status": "open"}
                for i, amount in enumerate(amounts, start=1)
            ),
        )
        more = {"verplichting": promised} if deliver else {}
        return view_of(begrotingsregel=lines, boeking=geboekt(EXACT), **more)

    def test_none_is_short(self):
        assert "Op geen enkele regel" in texts(report.zonder_ruimte(self.view(2_000_000)))

    def test_one_is_short(self):
        view = self.view(2_500_000)
        assert texts(report.zonder_ruimte(view)) == (
            "Geen ruimte meer. Op 1 regel is meer geboekt en toegezegd dan er voor het hele jaar is begroot: Regel 1 "
            "(€ −5.000)."
        )
        assert "Vrije ruimte | € −5.000 | 104,2 % bezet | oranje" in texts(report.tegels(view))
        assert [signal["id"] for signal in view.report.signals] == ["R4-S03"]

    def test_many_are_short(self):
        found = texts(report.zonder_ruimte(self.view(*[15_000_000] * 7)))
        assert "Op 7 regels" in found
        assert "en nog 2 regels." in found

    def test_a_shortage_of_a_trifle_is_not_told(self):
        assert "Op geen enkele regel" in texts(report.zonder_ruimte(self.view(2_009_999)))

    def test_without_commitments(self):
        view = self.view(0, deliver=False)
        assert texts(report.zonder_ruimte(view)).startswith("Vrije ruimte is niet te berekenen")
        assert "Vrije ruimte" not in texts(report.tegels(view))
        assert "Verplicht" not in texts(report.kosten_tabel(view))

    def test_a_forecast_over_the_limit_is_a_signal(self):
        view = self.view(3_000_000)
        assert [signal["id"] for signal in view.report.signals] == ["R4-S02", "R4-S03"]


class TestGroups:
    def test_one_row_per_kostensoort_and_a_total(self):
        lines = regels({"kostensoort": "ICT"}, {"kostensoort": "Huur"}, {"kostensoort": "ICT"})
        block = report.kosten_tabel(view_of(begrotingsregel=lines, boeking=geboekt(EXACT)))
        assert [row[0] for row in rows_of(block)] == ["ICT", "Huur", "Totaal"]
        assert block.content["columns"][0]["label"] == "Kostensoort"
        assert rows_of(block)[-1][1:5] == ["360.000", "300.000", "100.000", "−200.000"]

    def test_the_rest_is_gathered(self):
        lines = regels(*({"grootboekrekening": f"4{i:03d}", "bedrag_cent": 1_000_000 + i} for i in range(15)))
        block = report.kosten_tabel(view_of(begrotingsregel=lines, boeking=geboekt(EXACT)))
        names = [row[0] for row in rows_of(block)]
        assert names[-3:] == ["Overige (4)", "Niet begroot", "Totaal"]
        assert len(names) == 14

    def test_a_title_for_costs_that_are_exactly_as_planned(self):
        block = report.kosten_tabel(view_of(begrotingsregel=regels({}), boeking=geboekt(EXACT)))
        assert block.content["title"] == "De kosten t/m oktober 2026 zijn gelijk aan de begroting"

    def test_fewer_than_three_bars_are_no_chart(self):
        view = view_of(begrotingsregel=regels({}, {}), boeking=geboekt(EXACT))
        assert report.afwijking_grafiek(view) is None

    def test_the_chart_tells_its_values(self):
        view = view_of(begrotingsregel=regels({}, {}, {}), boeking=geboekt({"bedrag_cent": 11_000_000}))
        block = report.afwijking_grafiek(view)
        assert "Regel 1: +10.000 €; Regel 2: −100.000 €" in texts(block)

    def test_the_chart_through_the_year_ends_at_the_forecast(self):
        view = view_of(begrotingsregel=regels({}), boeking=geboekt({"bedrag_cent": 11_000_000}))
        assert "okt: begroot 100.000, realisatie 110.000; nov: begroot 110.000, verwacht 120.000" in texts(
            report.verloop_grafiek(view)
        )
        assert "kosten_per_maand.csv" in view.report.attachments


def test_a_budget_of_revenue_only():
    view = view_of(begrotingsregel=regels(OMZET), boeking=geboekt({"bedrag_cent": -100, "grootboekrekening": "8000"}))
    assert texts(report.kosten_tabel(view)) == "De begroting heeft geen regels met kosten."
    assert report.afwijking_grafiek(view) is None
    assert rows_of(report.opbrengsten_tabel(view))[0][:4] == ["Abonnementen", "120.000", "100.000", "1"]
    for block in (report.kernboodschap, report.tegels, report.verloop_grafiek, report.alle_regels):
        assert block(view) is not None


def test_the_attached_files_are_in_euros_and_dutch():
    view = view_of(begrotingsregel=regels({}), boeking=geboekt({"bedrag_cent": 11_000_050}))
    report.alle_regels(view)
    head, row, *_ = view.report.attachments["begroting_per_regel.csv"].splitlines()
    assert head.startswith("\ufeffregel_id;regel;kostensoort;soort;")
    assert ";110000,5;" in row
    assert row.endswith(";ja") or ";ja;" in row


class TestWithoutBookings:
    def test_nothing_looks_like_zero_spent(self):
        view = view_of(begrotingsregel=regels({"primair_cent": 11_000_000}, OMZET))
        blocks = [
            report.kernboodschap(view), report.tegels(view), report.kosten_tabel(view), report.opbrengsten_tabel(view),
            report.nieuw_sinds_vorige_week(view), report.afwijkende_regels_tabel(view), report.dekking_zinnen(view),
            report.alle_regels(view),
        ]  # fmt: skip
        told = " ".join(texts(block) for block in blocks)
        assert "€ 0" not in told
        assert "realisatie" not in told.lower()
        assert messages(blocks[0]) == [
            "De begroting van 2026 telt € 120.000 aan kosten en € 120.000 aan opbrengsten. Boekingen zijn niet "
            "aangeleverd: wat is uitgegeven, staat daarom niet in dit rapport."
        ]
        assert "Uitgegeven | – | niet aangeleverd" in texts(blocks[1])
        assert {feit.id for feit in view.report.feiten} == {"K40"}
        assert (report.zonder_ruimte(view), report.verloop_grafiek(view), report.ongedekt_tabel(view)) == (None,) * 3

    def test_the_changes_of_the_budget_are_shown(self):
        view = view_of(begrotingsregel=regels({"primair_cent": 11_000_000}))
        assert rows_of(report.kosten_tabel(view)) == [["Regel 1", "110.000", "+10.000", "120.000"]]
        assert "€ +10.000 gewijzigd" in texts(report.tegels(view))

    def test_the_budget_as_bars(self):
        assert "Begrote kosten" in texts(report.afwijking_grafiek(view_of(begrotingsregel=regels({}, {}, {}))))


class TestWithoutBudget:
    def test_accounts_without_a_comparison(self):
        view = view_of(
            boeking=geboekt({"bedrag_cent": 50_000}, {"bedrag_cent": 20_000, "grootboekrekening": "4102"}),
            grootboek=typed("grootboek", {"grootboekrekening": "4101", "omschrijving": "Huur", "soort": "P"}),
        )
        assert messages(report.kernboodschap(view))[0] == (
            "De kosten t/m oktober 2026 zijn € 700. Er is geen begroting aangeleverd om ze mee te vergelijken. "
            "De grootste posten zijn Huur (€ 500) en 4102 (€ 200)."
        )
        assert rows_of(report.kosten_tabel(view)) == [
            ["4101", "Huur", "1", "500"], ["4102", "4102", "1", "200"], ["", "Totaal", "2", "700"],
        ]  # fmt: skip
        assert texts(report.opbrengsten_tabel(view)) == "Er zijn t/m oktober 2026 geen opbrengsten geboekt."
        assert "jun: 700" in texts(report.verloop_grafiek(view))
        told = " ".join(texts(block) for block in (report.kosten_tabel(view), report.tegels(view)))
        assert "BU" not in told
        assert "Afwijking" not in told

    def test_a_budget_of_another_year(self):
        view = view_of(begrotingsregel=regels({"jaar": 2025}), boeking=geboekt({"bedrag_cent": 50_000}))
        assert messages(report.kernboodschap(view))[0] == (
            "De kosten t/m oktober 2026 zijn € 500. De begroting die is aangeleverd, heeft geen regels voor 2026."
        )

    def test_a_budget_of_another_year_and_no_bookings(self):
        view = view_of(begrotingsregel=regels({"jaar": 2025}))
        assert messages(report.kernboodschap(view)) == ["De begroting die is aangeleverd, heeft geen regels voor 2026."]
        assert "€ 0" not in texts(report.tegels(view))
        assert texts(report.kosten_tabel(view)) == "Er zijn geen boekingen aangeleverd."
        assert view.report.feiten == []


def gedekt(*bedragen: int, los: tuple[int, ...] = (), dag: str = "2026-06-15"):
    """Return bookings with an invoice, and some without."""
    backed = [
        {"bedrag_cent": cents, "factuur_ref": f"N{i}", "leverancier_id": "L1", "boekdatum": dag}
        for i, cents in enumerate(bedragen, start=1)
    ]
    loose = [{"bedrag_cent": cents, "factuur_ref": "N999", "leverancier_id": "L1", "boekdatum": dag} for cents in los]
    invoices = facturen(*({"netto_cent": cents, "btw_cent": 0, "bruto_cent": cents} for cents in bedragen))
    return geboekt(*backed, *loose), invoices


class TestInvoices:
    def test_all_are_there(self):
        boeking, factuur = gedekt(*[100_000] * 12)
        view = view_of(boeking=boeking, factuur=factuur)
        block = report.kernboodschap(view)
        assert messages(block)[1] == "Goed gegaan: achter alle 12 boekingen met factuurplicht staat een factuur."
        assert verdicts(block)[1] == "groen"
        assert texts(report.ongedekt_tabel(view)) == "Geen enkele boeking mist een factuur die er al had moeten zijn."
        assert "100,0 % | alle boekingen | groen" in texts(report.tegels(view))

    def test_some_are_missing(self):
        boeking, factuur = gedekt(*[100_000] * 11, los=(20_000,))
        view = view_of(boeking=boeking, factuur=factuur)
        block = report.kernboodschap(view)
        assert messages(block)[1] == (
            "Bij 98,2 % van de kosten met factuurplicht is de factuur gevonden en in orde; bij 1 boeking (€ 200) nog "
            "niet. Nodig: de administratie zoekt deze factuur op of vraagt die op bij de leverancier."
        )
        assert verdicts(block)[1] == "oranje"
        table = report.ongedekt_tabel(view)
        assert table.content["title"] == "1 boeking heeft geen factuur die in orde is, samen €\u00a0200"
        assert rows_of(table) == [["B12", "15-06-2026", "4101", "L1", "€ 200", "161", "factuur nog niet gevonden"]]
        lines = texts(report.dekking_zinnen(view))
        assert "In 2026 hebben tot het peilmoment 12 boekingen een factuur nodig, samen € 11.200." in lines
        assert "In het register: bij 11 van de 12 boekingen staat de factuur in het register, 98,2 % van het" in lines

    def test_below_the_norm_is_red_and_a_signal(self):
        boeking, factuur = gedekt(*[100_000] * 11, los=(15_000, 15_000))
        view = view_of(boeking=boeking, factuur=factuur)
        block = report.kernboodschap(view)
        assert verdicts(block)[1] == "rood"
        assert messages(block)[1].endswith(
            "Nodig: de administratie zoekt deze facturen op of vraagt ze op bij de leverancier."
        )
        assert [(each["id"], each["where"]) for each in view.report.signals] == [("R4-S04", "alle regels")]

    def test_a_line_below_its_norm_is_a_signal(self):
        boeking, factuur = gedekt(*[1_000_000] * 10, los=(1_000,))
        boeking = pd.concat([boeking.iloc[:10], boeking.iloc[10:].assign(grootboekrekening="4102")], ignore_index=True)
        view = view_of(boeking=boeking, factuur=factuur)
        assert [(each["id"], each["where"]) for each in view.report.signals] == [("R4-S04", "4102")]

    def test_fewer_than_ten_are_counted_not_divided(self):
        boeking, factuur = gedekt(100_000, los=(20_000,))
        view = view_of(boeking=boeking, factuur=factuur)
        assert messages(report.kernboodschap(view))[1].startswith(
            "Bij 1 van de 2 boekingen met factuurplicht (€ 200) is de factuur nog niet gevonden of niet in orde."
        )
        assert "Factuurdekking | 1 van 2 | 1 ontbreekt" in texts(report.tegels(view))
        assert "%" not in texts(report.dekking_zinnen(view))

    def test_young_ones_wait_and_are_not_missing(self):
        boeking, factuur = gedekt(*[100_000] * 10, los=(20_000, 30_000), dag="2026-11-16")
        view = view_of(boeking=boeking, factuur=factuur.assign(factuurdatum=pd.Timestamp("2026-11-16")))
        assert messages(report.kernboodschap(view))[1] == (
            "Goed gegaan: achter alle 10 boekingen met factuurplicht staat een factuur. 2 boekingen wachten nog op de "
            "factuur."
        )
        assert texts(report.afwachting(view)) == (
            "Wacht op een factuur. 2 boekingen van minder dan 14 dagen oud wachten nog op een factuur, samen € 500. "
            "Die tellen niet als ontbrekend en staan in de bijgevoegde lijst. De grootste is B12: € 300 op 4101."
        )
        assert "B11" in view.report.attachments["boekingen_zonder_factuur.csv"]
        news = texts(report.nieuw_sinds_vorige_week(view))
        assert "Geboekt in week 47: 12 boekingen van kosten (€ 10.500)." in news
        assert "is bij 10 de factuur gevonden; 2 wachten nog op de factuur." in news

    def test_one_waits(self):
        boeking, _ = gedekt(los=(20_000,), dag="2026-11-16")
        view = view_of(boeking=boeking, factuur=facturen({"factuurdatum": "2026-06-01"}))
        assert texts(report.afwachting(view)).endswith(
            "1 boeking van minder dan 14 dagen oud wacht nog op een factuur, samen € 200. Die telt niet als "
            "ontbrekend en staat in de bijgevoegde lijst."
        )
        assert messages(report.kernboodschap(view))[1] == (
            "Er is nog geen boeking waarvan de factuur er al moet zijn. 1 boeking wacht nog op de factuur."
        )

    def test_no_invoices_delivered(self):
        view = view_of(boeking=geboekt({"bedrag_cent": 100}))
        assert messages(report.kernboodschap(view))[1] == (
            "Of er facturen achter de kosten staan, is niet getoetst: er zijn geen facturen aangeleverd."
        )
        assert texts(report.dekking_zinnen(view)) == "Niet getoetst: er zijn geen facturen aangeleverd."
        assert "Factuurdekking | – | niet getoetst" in texts(report.tegels(view))
        assert "K47" not in {feit.id for feit in view.report.feiten}

    def test_invoices_that_cannot_be_tied(self):
        view = view_of(boeking=geboekt({"bedrag_cent": 100}), factuur=facturen({}))
        assert "niet is aangeleverd welke factuur bij welke boeking hoort" in texts(report.dekking_zinnen(view))

    def test_nothing_needs_an_invoice(self):
        boeking, factuur = gedekt(100)
        settings = Settings(finance=Finance(factuurplichtig=()))
        view = view_of(boeking=boeking, factuur=factuur, settings=settings)
        assert messages(report.kernboodschap(view))[1] == "Er zijn geen boekingen die een factuur nodig hebben."
        assert texts(report.dekking_zinnen(view)) == "Er zijn geen boekingen die een factuur nodig hebben."
        assert report.ongedekt_tabel(view) is None

    def test_a_rung_without_its_source_is_not_tested(self):
        boeking, factuur = gedekt(100)
        view = view_of(boeking=boeking, factuur=factuur.assign(bestand_status=pd.Series([None], dtype="str")))
        assert "Document is niet getoetst: er zijn geen documenten van facturen aangeleverd." in texts(
            report.dekking_zinnen(view)
        )

    def test_an_invoice_that_nobody_booked(self):
        boeking, _ = gedekt(100)
        invoices = facturen({}, {"leverancier_id": "L2"}, {"factuurdatum": "2026-11-20"})
        view = view_of(boeking=boeking, factuur=invoices)
        block = report.niet_geboekt_tabel(view)
        assert block.content["title"] == "1 factuur is niet geboekt, samen €\u00a0121 inclusief btw"
        assert rows_of(block) == [["N2", "L2", "12-06-2026", "164", "€ 121"]]
        assert "1 factuur is minder dan 14 dagen binnen en nog te boeken." in texts(block)

    def test_every_invoice_is_booked(self):
        boeking, factuur = gedekt(100)
        view = view_of(boeking=boeking, factuur=factuur)
        assert texts(report.niet_geboekt_tabel(view)) == "Elke factuur van 2026 die er al even is, is geboekt."


class TestNews:
    def test_nothing_was_booked(self):
        view = view_of(begrotingsregel=regels({}), boeking=geboekt(EXACT))
        assert texts(report.nieuw_sinds_vorige_week(view)) == (
            "- Met een datum in week 47 is nog niets geboekt.\n"
            "- November 2026 is nog niet afgesloten en er is nog niets op geboekt."
        )

    def test_costs_revenue_and_invoices_of_the_week(self):
        boeking = geboekt(
            {"bedrag_cent": 30_000, "boekdatum": "2026-11-17", "factuur_ref": "N1", "leverancier_id": "L1"},
            {"bedrag_cent": -90_000, "boekdatum": "2026-11-22", "grootboekrekening": "8000"},
            {"bedrag_cent": 50_000, "boekdatum": "2026-11-15"},
        )
        factuur = facturen(
            {"ontvangen_op": "2026-11-16", "bruto_cent": 36_300, "netto_cent": 30_000, "btw_cent": 6_300}
        )
        view = view_of(boeking=boeking, factuur=factuur)
        assert texts(report.nieuw_sinds_vorige_week(view)).splitlines() == [
            "- Geboekt in week 47: 1 boeking van kosten (€ 300) en 1 boeking van opbrengsten (€ 900).",
            "- Bij de enige boeking van de week met factuurplicht is de factuur gevonden.",
            "- In week 47 is 1 factuur ontvangen, samen € 363 inclusief btw.",
            "- November 2026 is nog niet afgesloten. Tot het peilmoment is € 800 aan kosten en € 900 aan opbrengsten "
            "geboekt; vergelijken met de begroting kan pas na afsluiting.",
        ]

    def test_no_invoice_was_received(self):
        boeking, _ = gedekt(100)
        view = view_of(boeking=boeking, factuur=facturen({"ontvangen_op": "2026-06-01"}))
        assert "In week 47 zijn geen facturen ontvangen." in texts(report.nieuw_sinds_vorige_week(view))


def test_the_commentary_gets_amounts_in_euros():
    boeking, factuur = gedekt(*[100_000] * 11, los=(20_000,))
    view = view_of(boeking=boeking.assign(periode=6), factuur=factuur, begrotingsregel=regels({}))
    found = {
        key: {form: plain(text) for form, text in forms.items()} for key, forms in figures(view.report.feiten).items()
    }
    assert found["K40.jaar"] == {"": "€ 120.000"}
    assert found["K41"] == {"": "€ 11.200"}
    assert found["K43"] == {"": "−88,8 %", "pct": "−88,8 %", "bedrag": "€ −88.800"}
    assert found["K47.bedrag"]["bedrag"] == "€ 11.000"
    assert found["K47.aantal"] == {"": "91,7 %", "pct": "91,7 %", "aantal": "11"}
    assert "K41.lopende_maand" not in found


def test_a_cost_centre_is_not_needed():
    view = view_of(begrotingsregel=regels({}).assign(kostenplaats=pd.NA), boeking=geboekt(EXACT))
    assert view.totaal["realisatie_cent"] == 10_000_000


def test_the_week_is_that_of_the_report():
    assert view_of(begrotingsregel=regels({})).week == WEEK

"""The books of the demonstration: do budget, ledger, register and commitments agree with each other?"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from weekrapport.demo import workspace
from weekrapport.demo.books.budget import LINES
from weekrapport.demo.books.build import build_books
from weekrapport.demo.chance import generators
from weekrapport.domain.calendars import werkkalender
from weekrapport.domain.schema import TABLES

SEED, EXPORT_DAY = 20261122, pd.Timestamp("2026-11-23")
GROUPS = {"Hosting & cloud": (0.05, 0.10), "Inhuur derden": (0.05, 0.10), "Licenties": (-0.05, -0.02)}
"""How far the story lets a group end from its budget."""

Books = dict[str, pd.DataFrame]


def books(factor: float = 1.0, seed: int = SEED) -> Books:
    tables, _ = build_books(generators(seed), factor)
    return {name: pd.DataFrame(rows) for name, rows in tables.items()}


@pytest.fixture(scope="module")
def standard() -> Books:
    return books()


@pytest.fixture(scope="module")
def costs(standard: Books) -> pd.DataFrame:
    """The bookings of January to October 2026 on lines that need an invoice, with their line."""
    lines = standard["begrotingsregel"][standard["begrotingsregel"]["factuurplichtig"]]
    booked = standard["boeking"][standard["boeking"]["periode"].between(1, 10)]
    keys = ["jaar", "kostenplaats", "grootboekrekening"]
    found = booked.rename(columns={"boekjaar": "jaar"}).merge(lines, on=keys, suffixes=("", "_regel"))
    return found[found["jaar"] == 2026]


def eleven(number: str) -> bool:
    """The check of eleven for fiscal numbers."""
    return sum(w * int(d) for w, d in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), number, strict=True)) % 11 == 0


def ninety_seven(iban: str) -> int:
    return int("".join(str(int(letter, 36)) for letter in iban[4:] + iban[:4])) % 97


def test_the_tables_have_the_columns_of_ours(standard: Books) -> None:
    for name, frame in standard.items():
        found_by_reading = {"bestand_sha256", "bestand_status", "bestand_bytes"} if name == "factuur" else set()
        assert set(frame.columns) == set(TABLES[name].kinds()) - found_by_reading, name
        assert not frame.duplicated([*TABLES[name].key]).any(), name


@pytest.mark.parametrize("year", [2025, 2026])
def test_a_year_has_38_lines_and_the_28_with_invoices_are_3_650_000_euros(standard: Books, year: int) -> None:
    lines = standard["begrotingsregel"].query("jaar == @year")
    assert len(lines) == len(LINES) == 38
    assert lines["factuurplichtig"].sum() == 28
    assert lines.loc[lines["factuurplichtig"], "bedrag_cent"].sum() == 365_000_000
    assert not lines.duplicated(["kostenplaats", "grootboekrekening"]).any()
    assert lines["grootboekrekening"].isin(standard["grootboek"]["grootboekrekening"]).all()


def test_amendments_explain_the_difference_with_the_original_budget_and_add_nothing(standard: Books) -> None:
    lines = standard["begrotingsregel"].set_index("regel_id")
    changes = standard["begrotingswijziging"]
    per_line = changes.groupby("regel_id")["bedrag_cent"].sum().reindex(lines.index, fill_value=0)
    assert ((lines["primair_cent"] + per_line) == lines["bedrag_cent"]).all()
    assert (changes.groupby("besluit")["bedrag_cent"].sum() == 0).all()
    assert (changes["datum"] < EXPORT_DAY).all()


def test_phased_lines_have_twelve_months_that_make_exactly_one(standard: Books) -> None:
    for regel, rows in standard["begroting_fasering"].groupby("regel_id"):
        assert list(rows["maand"]) == list(range(1, 13)), regel
        assert sum(Fraction(f"{share:.6f}") for share in rows["aandeel"]) == 1, regel
    phased = standard["begroting_fasering"]["regel_id"].nunique()
    assert 0 < phased < len(standard["begrotingsregel"]) / 2


def test_suppliers_have_numbers_that_pass_their_checks_and_that_nobody_has(standard: Books) -> None:
    suppliers, accounts = standard["leverancier"], standard["leverancier_iban"]
    assert len(suppliers) == 140
    assert suppliers["naam"].is_unique
    assert suppliers["kvk"].str.fullmatch(r"99\d{6}").all()
    assert suppliers["btw_nummer"].str.fullmatch(r"NL9999\d{5}B01").all()
    assert suppliers["rsin"].map(eleven).all()
    assert (suppliers["btw_nummer"].str[2:11] == suppliers["rsin"]).all()
    assert accounts["iban"].str.fullmatch(r"NL\d\d(MOZB|ZKBV)\d{10}").all()
    assert (accounts["iban"].map(ninety_seven) == 1).all()
    assert accounts["iban"].is_unique
    assert set(accounts["leverancier_id"]) == set(suppliers["leverancier_id"])
    open_ended = accounts[accounts["geldig_tot"].isna()]
    assert (open_ended.groupby("leverancier_id").size() == 1).sum() == 140 - suppliers["g_rekening"].sum()


def test_every_entry_balances_and_lies_on_a_known_account(standard: Books) -> None:
    rows = standard["boeking"]
    assert (rows.groupby("journaalpost_id")["bedrag_cent"].sum() == 0).all()
    assert (rows.groupby("journaalpost_id")["boekdatum"].nunique() == 1).all()
    assert rows["grootboekrekening"].isin(standard["grootboek"]["grootboekrekening"]).all()
    assert (rows["boekdatum"] < EXPORT_DAY).all()
    assert (rows["boekjaar"] == rows["boekdatum"].dt.year).all()
    opening = rows["periode"] == 0
    assert (rows["periode"] == rows["boekdatum"].dt.month)[~opening].all()
    assert set(rows.loc[opening, "boekdatum"].astype(str)) == {"2025-01-01", "2026-01-01"}


def test_november_is_booked_in_part(standard: Books) -> None:
    rows = standard["boeking"]
    last = rows[(rows["boekjaar"] == 2026) & (rows["periode"] == 11)]
    assert set(last["dagboek"]) == {"INK", "VRK"}  # pay and the month's memorials come at its end
    assert 0.2 < len(last) / len(rows[(rows["boekjaar"] == 2026) & (rows["periode"] == 10)]) < 0.9


def test_every_month_has_its_pay_and_may_its_holiday_pay(standard: Books) -> None:
    pay = standard["boeking"].query("dagboek == 'LON' and boekjaar == 2025")
    assert pay["journaalpost_id"].nunique() == 13
    assert pay.loc[pay["periode"] == 5, "journaalpost_id"].nunique() == 2


def test_the_register_has_about_2200_invoices_a_year_with_lognormal_amounts(standard: Books) -> None:
    invoices = standard["factuur"]
    of_2025 = invoices[invoices["factuurdatum"].dt.year == 2025]
    assert len(of_2025) == pytest.approx(2_200, rel=0.05)
    amounts = np.log(invoices.loc[invoices["netto_cent"] > 0, "netto_cent"] / 100)
    assert amounts.mean() == pytest.approx(6.3, abs=0.15)
    assert amounts.std() == pytest.approx(1.5, abs=0.15)
    assert invoices["soort"].eq("381").mean() == pytest.approx(0.015, abs=0.01)
    assert not invoices.duplicated(["leverancier_id", "factuurnummer"]).any()


def test_amounts_and_dates_of_an_invoice_agree(standard: Books) -> None:
    rows = standard["factuur"].merge(
        standard["boeking"].query("grootboekrekening == '1600' and dagboek == 'INK'"),
        on="journaalpost_id",
        suffixes=("", "_boeking"),
    )
    assert len(rows) == standard["factuur"]["journaalpost_id"].notna().sum()
    assert (rows["netto_cent"] + rows["btw_cent"] == rows["bruto_cent"]).all()
    assert (rows["bruto_cent"] == -rows["bedrag_cent"]).all()
    rate = (rows["btw_cent"] / rows["netto_cent"]).where(rows["netto_cent"].abs() > 5_000).dropna()
    assert set(rate.round(2)) == {0.0, 0.09, 0.21}
    assert (rows["factuurdatum"] <= rows["ontvangen_op"]).all()
    assert (rows["ontvangen_op"] <= rows["boekdatum"]).all()
    assert (rows["geaccordeerd_op"] <= rows["boekdatum"]).all()
    assert not (rows["betaald_op"] < rows["geaccordeerd_op"]).any()
    assert not (rows["geaccordeerd_door"] == rows["invoerder"]).any()
    days = rows["boekdatum"].to_numpy().astype("datetime64[D]")
    assert np.is_busday(days, busdaycal=werkkalender()).all()


def test_credit_notes_name_an_earlier_invoice_that_is_not_smaller(standard: Books) -> None:
    invoices = standard["factuur"]
    credits = invoices[invoices["soort"] == "381"]
    pairs = credits.merge(
        invoices,
        left_on=["leverancier_id", "referentie_creditfactuur"],
        right_on=["leverancier_id", "factuurnummer"],
        suffixes=("", "_eerder"),
    )
    assert len(pairs) == len(credits) > 0
    assert (pairs["netto_cent"] < 0).all()
    assert (pairs["netto_cent"] + pairs["netto_cent_eerder"] >= 0).all()
    assert (pairs["factuurdatum"] > pairs["factuurdatum_eerder"]).all()


def test_an_invoice_asks_for_payment_on_the_account_of_that_day(standard: Books) -> None:
    rows = standard["factuur"].merge(standard["leverancier_iban"], on=["leverancier_id", "iban"])
    assert len(rows) == len(standard["factuur"])
    assert (rows["geldig_van"] <= rows["factuurdatum"]).all()
    assert not (rows["geldig_tot"] < rows["factuurdatum"]).any()
    assert rows["geldig_tot"].notna().any()  # some changed their account


def test_allocations_are_the_amount_of_the_booking_and_of_the_invoice(standard: Books) -> None:
    links = standard["boeking_factuur"].merge(standard["boeking"], on="boeking_id")
    assert (links["toegerekend_cent"] == links["bedrag_cent"]).all()
    booked = standard["factuur"].dropna(subset=["journaalpost_id"]).set_index("factuur_id")
    sums = links.groupby("factuur_id")["toegerekend_cent"].agg(["sum", "size"])
    assert (sums["sum"] == booked["netto_cent"].reindex(sums.index)).all()
    assert set(sums.index) == set(booked.index)
    assert 0.03 < (sums["size"] == 2).mean() < 0.1
    split = links[links["factuur_id"].isin(sums.index[sums["size"] == 2])]
    assert (split.groupby("factuur_id")["kostenplaats"].nunique() == 2).any()


def test_commitments_are_written_off_by_their_invoices(standard: Books) -> None:
    orders, invoices = standard["verplichting"], standard["factuur"]
    assert len(orders) == 160
    assert orders["leverancier_id"].isin(standard["leverancier"]["leverancier_id"]).all()
    assert orders["regel_id"].isin(standard["begrotingsregel"]["regel_id"]).all()
    known = standard["boeking_factuur"]["factuur_id"]
    booked = invoices[invoices["factuur_id"].isin(known)].groupby("inkoopordernr")["netto_cent"].sum()
    per_order = orders.set_index("inkoopordernr")["afgeboekt_cent"]
    whole = (booked.reindex(per_order.index) == per_order).mean()
    assert whole > 0.95  # an invoice of the others is still to come, lost, or not booked yet
    rest = orders["bedrag_cent"] - orders["afgeboekt_cent"]
    assert ((rest > 0) == (orders["status"] == "open")).all()
    assert 40 < (rest > 0).sum() < 100
    assert not (orders.loc[rest > 0, "verwacht_tot"] < EXPORT_DAY).any()


def test_the_story_hosting_and_hire_over_licences_under(standard: Books, costs: pd.DataFrame) -> None:
    lines = standard["begrotingsregel"].query("jaar == 2026 and factuurplichtig").set_index("regel_id")
    phasing = standard["begroting_fasering"].query("maand <= 10").groupby("regel_id")["aandeel"].sum()
    budget = lines["bedrag_cent"] * phasing.reindex(lines.index).fillna(10 / 12)
    actual = costs.groupby("regel_id")["bedrag_cent"].sum()
    assert 0.02 < actual.sum() / budget.sum() - 1 < 0.04
    by_group = pd.DataFrame({"bu": budget, "ac": actual, "groep": lines["kostensoort"]}).groupby("groep").sum()
    for group, (low, high) in GROUPS.items():
        assert low < by_group.loc[group, "ac"] / by_group.loc[group, "bu"] - 1 < high, group
    rent = costs[costs["grootboekrekening"] == "4100"]
    assert set(rent["bedrag_cent"]) == {1_000_000}


def test_the_gaps_are_few_and_honest(standard: Books, costs: pd.DataFrame) -> None:
    linked = standard["boeking_factuur"]["boeking_id"]
    lines = standard["begrotingsregel"].query("factuurplichtig")["grootboekrekening"]
    bookings = standard["boeking"].query("dagboek == 'INK'")
    bookings = bookings[bookings["grootboekrekening"].isin(lines)]
    without = bookings[~bookings["boeking_id"].isin(linked)]
    recent = without["boekdatum"] > EXPORT_DAY - pd.Timedelta(days=14)
    assert recent.sum() == 6
    assert without.loc[recent, "factuur_ref"].isna().all()
    assert (~recent).sum() == 2
    assert without.loc[~recent, "bedrag_cent"].sum() < 0.01 * costs["bedrag_cent"].sum()
    not_booked = standard["factuur"][standard["factuur"]["journaalpost_id"].isna()]
    assert len(not_booked) == 5
    assert (not_booked["ontvangen_op"] > EXPORT_DAY - pd.Timedelta(days=14)).all()
    assert (standard["factuur"]["bestand_soort"] == "geen").sum() == 1


@pytest.mark.parametrize("factor", [0.002, 0.01, 0.1, 10.0])
def test_the_factor_scales_invoices_and_amounts_alike(standard: Books, factor: float) -> None:
    scaled = books(factor)
    assert all(len(frame) for frame in scaled.values())
    assert len(scaled["begrotingsregel"]) == 76
    lines = scaled["begrotingsregel"].query("jaar == 2026 and factuurplichtig")
    assert lines["bedrag_cent"].sum() == pytest.approx(365_000_000 * factor, rel=1e-6)
    if factor >= 0.1:
        assert len(scaled["factuur"]) == pytest.approx(len(standard["factuur"]) * factor, rel=0.1)
    rows = scaled["boeking"]
    assert (rows.groupby("journaalpost_id")["bedrag_cent"].sum() == 0).all()
    booked = rows[(rows["dagboek"] == "INK") & rows["kostenplaats"].notna() & (rows["boekjaar"] == 2025)]
    assert booked["bedrag_cent"].sum() == pytest.approx(1.01 * 365_000_000 * factor, rel=0.02)


def test_the_books_of_a_hundredfold_organisation_are_tenfold(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[float] = []

    def small(streams: dict[str, np.random.Generator], factor: float) -> object:
        asked.append(factor)
        return build_books(streams, 0.01)

    monkeypatch.setattr(workspace, "build_books", small)
    workspace.build(False, 12.0, SEED)
    assert asked == [10.0]


def test_another_seed_changes_the_ledger_and_not_the_budget(standard: Books) -> None:
    other = books(seed=1)
    assert not other["boeking"].equals(standard["boeking"])
    for name in ("begrotingsregel", "begroting_fasering", "leverancier", "leverancier_iban", "grootboek"):
        assert other[name].equals(standard[name]), name

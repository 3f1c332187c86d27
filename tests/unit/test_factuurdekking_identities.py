"""What must hold of the invoice backing whatever the books are."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.books import AFSPRAKEN, PEIL, boekingen, dekking_of, facturen, heeft_of, tables_of
from tests.builders import typed
from weekrapport.domain.boekbeeld import boekbeeld
from weekrapport.domain.factuurdekking import (
    dekking_per_regel,
    dekking_totaal,
    niet_geboekte_facturen,
    ongedekt,
)

AMOUNTS = st.sampled_from([-12_100, -10_000, -4_000, 0, 4_000, 6_000, 10_000, 10_005, 12_100])
INVOICES = st.lists(
    st.fixed_dictionaries(
        {
            "leverancier_id": st.sampled_from(["L1", "L2", None]),
            "factuurnummer": st.sampled_from(["N1", "N2", "N3"]),
            "journaalpost_id": st.sampled_from(["J1", "J2", None]),
            "bruto_cent": AMOUNTS,
            "netto_cent": st.one_of(st.none(), AMOUNTS),
            "btw_cent": st.none(),
            "factuurdatum": st.sampled_from(["2026-06-12", "2026-06-21", "2025-12-31", None]),
            "bestand_status": st.sampled_from(["aanwezig", "ontbreekt", None]),
        }
    ),
    min_size=1,
    max_size=5,
)
BOOKINGS = st.lists(
    st.fixed_dictionaries(
        {
            "grootboekrekening": st.sampled_from(["4100", "4200", "2200", "1600"]),
            "bedrag_cent": AMOUNTS,
            "btw_cent": st.sampled_from([None, 2_100]),
            "leverancier_id": st.sampled_from(["L1", "L2", None]),
            "factuur_ref": st.sampled_from(["N1", "N2", "F1", "F3", "F9", None]),
            "journaalpost_id": st.sampled_from(["J1", "J2", "J3", None]),
            "boekdatum": st.integers(0, 400).map(lambda days: str(PEIL - timedelta(days=days))),
        }
    ),
    min_size=1,
    max_size=8,
)
LINKS = st.lists(st.tuples(st.integers(1, 8), st.integers(1, 6), AMOUNTS), max_size=4, unique_by=lambda link: link[:2])


def tables(bookings, invoices, links):
    given_tables = {"boeking": boekingen(*bookings), "factuur": facturen(*invoices)}
    if links:
        rows = [{"boeking_id": f"B{b}", "factuur_id": f"F{f}", "toegerekend_cent": cents} for b, f, cents in links]
        given_tables["boeking_factuur"] = typed("boeking_factuur", *rows)
    return given_tables


def shuffled(frame: pd.DataFrame, seed: int) -> pd.DataFrame:
    return frame.sample(frac=1, random_state=seed).reset_index(drop=True)


def found(given_tables, peil: date = PEIL) -> pd.DataFrame:
    rest = dict(given_tables)
    return dekking_of(rest.pop("boeking"), peil=peil, heeft=heeft_of(**given_tables), **rest)


@given(BOOKINGS, INVOICES, LINKS)
def test_the_lines_add_up_to_the_total_and_the_parts_to_the_whole(bookings, invoices, links):
    dekking = found(tables(bookings, invoices, links))
    total, lines = dekking_totaal(dekking), dekking_per_regel(dekking)
    sums = ["geboekt_cent", "gedekt_cent", "in_afwachting_cent", "aantal", "aantal_gedekt", "aantal_in_afwachting"]
    assert [int(lines[name].sum()) for name in sums] == [getattr(total, name) for name in sums]
    assert total.geboekt_cent == int(dekking["bedrag_cent"].abs().sum())
    if dekking["is_gedekt"].notna().all():
        missing = int(ongedekt(dekking)["bedrag_cent"].abs().sum())
        assert total.gedekt_cent + total.in_afwachting_cent + missing == total.geboekt_cent
    assert total.aandeel is None or 0 <= total.aandeel <= 1


@given(BOOKINGS, INVOICES, LINKS, st.integers(0, 99))
def test_the_order_of_rows_does_not_matter(bookings, invoices, links, seed):
    given_tables = tables(bookings, invoices, links)
    mixed = {name: shuffled(frame, seed) for name, frame in given_tables.items()}
    before, after = (found(each).sort_values("boeking_id", ignore_index=True) for each in (given_tables, mixed))
    pd.testing.assert_frame_equal(before, after)


@given(BOOKINGS, INVOICES, LINKS)
def test_every_booking_has_one_row_and_one_status_that_follows_from_its_rungs(bookings, invoices, links):
    dekking = found(tables(bookings, invoices, links))
    assert dekking["boeking_id"].is_unique
    rungs = dekking[["trede_record", "trede_bedrag", "trede_document"]]
    backed = dekking["is_gedekt"].fillna(False).astype(bool)
    assert not (rungs[backed] == "niet_gehaald").any(axis=None)
    assert (dekking.loc[backed, "status"] == "gedekt").all()
    assert not (dekking["is_in_afwachting"].astype(bool) & backed).any()
    without = dekking["trede_record"] == "niet_gehaald"
    assert dekking.loc[without, "status"].isin(["factuur_onbekend", "in_afwachting"]).all()


@given(BOOKINGS, INVOICES, LINKS, st.integers(0, 4))
def test_taking_a_document_away_touches_the_bookings_of_that_invoice_only(bookings, invoices, links, place):
    assume(place < len(invoices) and invoices[place]["bestand_status"] == "aanwezig")
    before = found(tables(bookings, invoices, links))
    gone = [{**row, "bestand_status": "ontbreekt"} if i == place else row for i, row in enumerate(invoices)]
    after = found(tables(bookings, gone, links))
    own = before["factuur_ids"].fillna("").str.split(" / ").map(lambda ids: f"F{place + 1}" in ids)
    pd.testing.assert_frame_equal(before[~own], after[~own])
    assert not after.loc[own, "is_gedekt"].fillna(False).any()


@given(BOOKINGS, INVOICES, LINKS)
def test_no_invoice_of_the_year_is_lost_between_the_two_directions(bookings, invoices, links):
    given_tables = tables(bookings, invoices, links)
    every, heeft = tables_of(**given_tables), heeft_of(**given_tables)
    beeld = boekbeeld(every, AFSPRAKEN)
    named = set(found(given_tables)["factuur_ids"].dropna().str.split(" / ").explode())
    unbooked = niet_geboekte_facturen(beeld, every, AFSPRAKEN, PEIL, heeft=heeft)
    assert named.isdisjoint(unbooked["factuur_id"])


@given(BOOKINGS, INVOICES, LINKS, st.integers(0, 30))
def test_time_takes_bookings_out_of_waiting_and_never_into_it(bookings, invoices, links, days):
    assume(bookings)
    given_tables = tables(bookings, invoices, links)
    now, later = found(given_tables), found(given_tables, PEIL + timedelta(days=days))
    both = now.merge(later, on="boeking_id", suffixes=("_now", "_later"))
    assert not (both["is_in_afwachting_later"].astype(bool) & ~both["is_in_afwachting_now"].astype(bool)).any()

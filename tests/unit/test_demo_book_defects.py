"""What the variant "gebreken" plants in the books, held against the tables and the documents."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from weekrapport.demo.books.budget import LINES
from weekrapport.demo.books.build import build_books
from weekrapport.demo.books.defects import plant_in_books
from weekrapport.demo.books.documents import Documents
from weekrapport.demo.chance import generators

SEED = 20261122
COUNTS = {
    "nog_geen_factuur": 6, "factuur_niet_in_register": 2, "document_zoek": 2, "document_ontbreekt": 5,
    "document_leeg": 2, "webpagina_als_pdf": 1, "document_ontbreekt_jong": 3, "bedrag_verschilt": 3,
    "factuur_onbekend": 2, "journaalpost_sluit_niet": 1, "rekening_onbekend": 2,
    "rekening_onbekend_niet_begroot": 1, "niet_begroot": 2, "fasering_99_procent": 1,
}  # fmt: skip

Tables = dict[str, pd.DataFrame]


def planted(factor: float = 1.0) -> tuple[Tables, Documents, dict[str, dict[str, Any]]]:
    streams = generators(SEED)
    tables, documents = build_books(streams, factor)
    entries = plant_in_books(tables, documents, streams["boekgebreken"])
    frames = {name: pd.DataFrame(rows) for name, rows in tables.items()}
    return frames, documents, {entry["type"]: entry for entry in entries}


@pytest.fixture(scope="module")
def made() -> tuple[Tables, Documents, dict[str, dict[str, Any]]]:
    return planted()


@pytest.fixture(scope="module")
def tables(made: tuple[Tables, Documents, dict[str, dict[str, Any]]]) -> Tables:
    return made[0]


@pytest.fixture(scope="module")
def entries(made: tuple[Tables, Documents, dict[str, dict[str, Any]]]) -> dict[str, dict[str, Any]]:
    return made[2]


@pytest.fixture(scope="module")
def files(made: tuple[Tables, Documents, dict[str, dict[str, Any]]]) -> dict[str, bytes]:
    return dict(made[1].files())


def path_of(tables: Tables, booking: str) -> str:
    (key,) = tables["boeking_factuur"].set_index("boeking_id").loc[[booking], "factuur_id"]
    return str(tables["factuur"].set_index("factuur_id").loc[key, "bestand_pad"])


def test_the_manifest_counts_what_was_asked_and_no_booking_has_two_defects(entries: dict[str, dict[str, Any]]) -> None:
    assert {kind: len(entry["sleutels"]) for kind, entry in entries.items()} == COUNTS
    keys = [
        key for kind, entry in entries.items() if kind != "rekening_onbekend_niet_begroot" for key in entry["sleutels"]
    ]
    assert len(keys) == len(set(keys))
    decoys = {kind for kind, entry in entries.items() if entry["verwacht"] == "niet_melden"}
    assert decoys == {"nog_geen_factuur", "document_ontbreekt_jong"}
    assert {entry["rapport"] for entry in entries.values()} == {"R4"}


def test_missing_empty_and_false_documents(
    tables: Tables, entries: dict[str, dict[str, Any]], files: dict[str, bytes]
) -> None:
    for kind in ("document_ontbreekt", "document_ontbreekt_jong"):
        assert not {path_of(tables, key) for key in entries[kind]["sleutels"]} & set(files), kind
    assert [files[path_of(tables, key)] for key in entries["document_leeg"]["sleutels"]] == [b"", b""]
    (page,) = (path_of(tables, key) for key in entries["webpagina_als_pdf"]["sleutels"])
    assert page.endswith(".pdf")
    assert b"<html" in files[page]


def test_bookings_with_another_amount_than_their_invoice(tables: Tables, entries: dict[str, dict[str, Any]]) -> None:
    links = tables["boeking_factuur"].merge(tables["boeking"], on="boeking_id")
    wrong = links[links["toegerekend_cent"] != links["bedrag_cent"]]
    assert set(wrong["boeking_id"]) == set(entries["bedrag_verschilt"]["sleutels"])


def test_invoices_that_the_register_does_not_know(tables: Tables, entries: dict[str, dict[str, Any]]) -> None:
    bookings = tables["boeking"].set_index("boeking_id").loc[entries["factuur_onbekend"]["sleutels"]]
    known = set(zip(tables["factuur"]["leverancier_id"], tables["factuur"]["factuurnummer"], strict=True))
    named = set(zip(bookings["leverancier_id"], bookings["factuur_ref"], strict=True))
    assert bookings["factuur_ref"].notna().all()
    assert not named & known


def test_exactly_one_entry_does_not_balance(tables: Tables, entries: dict[str, dict[str, Any]]) -> None:
    sums = tables["boeking"].groupby("journaalpost_id")["bedrag_cent"].sum()
    assert list(sums.index[sums != 0]) == entries["journaalpost_sluit_niet"]["sleutels"]


def test_accounts_that_do_not_exist(tables: Tables, entries: dict[str, dict[str, Any]]) -> None:
    rows = tables["boeking"]
    unknown = rows[~rows["grootboekrekening"].isin(tables["grootboek"]["grootboekrekening"])]
    assert set(unknown["boeking_id"]) == set(entries["rekening_onbekend"]["sleutels"])
    costs = unknown[unknown["kostenplaats"].notna()]
    assert list(costs["boeking_id"]) == entries["rekening_onbekend_niet_begroot"]["sleutels"]


def test_bookings_without_a_budget_are_more_than_half_a_percent_of_the_costs(
    tables: Tables, entries: dict[str, dict[str, Any]]
) -> None:
    rows = tables["boeking"].query("boekjaar == 2026 and periode > 0")
    costs = rows[rows["grootboekrekening"].str.startswith("4")]
    budgeted = {(line.kostenplaats, line.rekening) for line in LINES}
    pairs = list(zip(costs["kostenplaats"], costs["grootboekrekening"], strict=True))
    without = costs[[pair not in budgeted for pair in pairs]]
    kinds = ("niet_begroot", "rekening_onbekend_niet_begroot")
    assert set(without["boeking_id"]) == {key for kind in kinds for key in entries[kind]["sleutels"]}
    assert without["bedrag_cent"].sum() > 0.005 * costs["bedrag_cent"].abs().sum()


def test_one_line_is_phased_to_99_percent(tables: Tables, entries: dict[str, dict[str, Any]]) -> None:
    sums = tables["begroting_fasering"].groupby("regel_id")["aandeel"].sum()
    wrong = sums[~np.isclose(sums, 1, atol=1e-9)]
    assert list(wrong.index) == entries["fasering_99_procent"]["sleutels"]
    assert wrong.iloc[0] == pytest.approx(0.99)


@pytest.mark.parametrize("factor", [0.002, 0.01, 0.05, 0.2])
def test_a_smaller_organisation_has_at_most_as_many_defects(factor: float) -> None:
    _, _, entries = planted(factor)
    assert set(entries) == set(COUNTS)
    assert all(len(entry["sleutels"]) <= COUNTS[kind] for kind, entry in entries.items())

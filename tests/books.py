"""Bookings, invoices and their backing from rows written in the test itself."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Any

import pandas as pd

from tests.builders import typed
from weekrapport.domain.boekafspraken import Boekafspraken
from weekrapport.domain.boekbeeld import boekbeeld
from weekrapport.domain.factuurdekking import factuurdekking
from weekrapport.domain.factuurkoppeling import geleverd
from weekrapport.domain.schema import TABLES

PEIL = date(2026, 11, 23)
AFSPRAKEN = Boekafspraken(boekjaar=2026, periode=10)


def boekingen(*rows: Mapping[str, Any]) -> pd.DataFrame:
    """Return bookings B1, B2, … of 100 euro on account 4100 on 15 June 2026, unless a row says otherwise."""
    usual = {"boekdatum": "2026-06-15", "grootboekrekening": "4100", "bedrag_cent": 10_000, "leverancier_id": "L1"}
    return typed("boeking", *({"boeking_id": f"B{number}", **usual, **row} for number, row in enumerate(rows, start=1)))


def facturen(*rows: Mapping[str, Any]) -> pd.DataFrame:
    """Return invoices F1, F2, … of 100 euro and 21 euro VAT of supplier L1, dated 12 June 2026, with a document."""
    usual = {
        "leverancier_id": "L1",
        "factuurdatum": "2026-06-12",
        "netto_cent": 10_000,
        "btw_cent": 2_100,
        "bruto_cent": 12_100,
        "bestand_status": "aanwezig",
    }
    named = ({"factuur_id": f"F{number}", "factuurnummer": f"N{number}", **row} for number, row in enumerate(rows, 1))
    return typed("factuur", *({**usual, **row} for row in named))


def tables_of(**tables: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return every table of the schema; one that is not given is empty."""
    return {name: table.empty() for name, table in TABLES.items()} | tables


def heeft_of(**tables: pd.DataFrame) -> frozenset[str]:
    """Return what is delivered: every given table, and its columns with a value."""
    return geleverd({name: [c for c in frame if frame[c].notna().any()] for name, frame in tables.items()})


def dekking_of(
    boeking: pd.DataFrame,
    *,
    peil: date = PEIL,
    afspraken: Boekafspraken = AFSPRAKEN,
    heeft: AbstractSet[str] | None = None,
    **tables: pd.DataFrame,
) -> pd.DataFrame:
    """Return the factuurdekking of the bookings; what is given is delivered."""
    every = tables_of(boeking=boeking, **tables)
    given = heeft_of(boeking=boeking, **tables) if heeft is None else heeft
    return factuurdekking(boekbeeld(every, afspraken), every, afspraken, peil, heeft=given)

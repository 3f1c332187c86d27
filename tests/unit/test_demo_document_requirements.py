"""Which documents the demonstration requires, and how complete its case files are."""

from __future__ import annotations

import pandas as pd
import pytest

from weekrapport.demo.case_types import CASE_TYPES
from weekrapport.demo.document_requirements import documenteisen
from weekrapport.demo.history import DOCUMENTEN
from weekrapport.demo.phrases import GELEVERD
from weekrapport.demo.workspace import build


@pytest.fixture(scope="module")
def eisen() -> pd.DataFrame:
    return pd.DataFrame(documenteisen())


def test_every_case_type_requires_something_that_it_makes(eisen: pd.DataFrame) -> None:
    assert eisen["eis_id"].is_unique
    assert set(eisen["zaaktype_id"]) == {each.code for each in CASE_TYPES}
    assert eisen.groupby("zaaktype_id")["verplicht"].any().all()
    assert not eisen["verplicht"].all()  # some are optional
    for code, rows in eisen.groupby("zaaktype_id"):
        made = {tuple(each.split("|")[:2]) for each in DOCUMENTEN[str(code)].split(", ")}
        assert set(zip(rows["informatieobjecttype"], rows["richting"], strict=True)) == made, code
    assert (eisen["min_aantal"] == 1).all()


def test_statuses_and_results_of_a_requirement_exist(eisen: pd.DataFrame) -> None:
    statuses = {f"{each.code}-{step}" for each in CASE_TYPES for step in range(1, len(each.statuses) + 1)}
    assert set(eisen["vanaf_statustype_id"].dropna()) <= statuses
    with_result = eisen.dropna(subset=["resultaattype"])
    assert (with_result["resultaattype"] == with_result["zaaktype_id"].map(GELEVERD)).all()
    assert not eisen.loc[~eisen["verplicht"], "vanaf_statustype_id"].notna().any()


def test_about_one_finished_case_in_twenty_lacks_a_required_document(eisen: pd.DataFrame) -> None:
    tables, _, _ = build(False, 1.0, 20261122)
    zaak = pd.DataFrame({name: tables["zaak"][name] for name in ("zaak_id", "zaaktype_id", "resultaat", "einddatum")})
    closed = zaak[zaak["einddatum"].notna()]
    required = closed.merge(eisen[eisen["verplicht"]], on="zaaktype_id")
    required = required[required["resultaattype"].isna() | (required["resultaattype"] == required["resultaat"])]
    present = pd.DataFrame({name: tables["zaak_document"][name] for name in ("zaak_id", "informatieobjecttype")})
    found = required.merge(present.drop_duplicates(), how="left", indicator=True)
    complete = found.assign(there=found["_merge"] == "both").groupby("zaak_id")["there"].all()
    assert complete.mean() == pytest.approx(0.953, abs=0.01)

"""Files to typed tables: what is filled, what is left out, what goes to the quarantine."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from weekrapport.domain.schema import DTYPES, PROVENANCE, TABLES
from weekrapport.errors import ConfigurationError, SourceError
from weekrapport.settings import Source
from weekrapport.sources.csv_file import read_csv
from weekrapport.sources.headers import wanted_headers
from weekrapport.sources.typed import TypedRead, to_typed

COLUMNS = {"zaak_id": "Nr", "startdatum": "Start", "einddatum": "Eind", "resturen": "Uren"}
MOMENT = pd.Timestamp("2026-11-23T04:30", tz="UTC")


def typed(text: str, moment: pd.Timestamp | None = MOMENT, **settings: Any) -> TypedRead:
    source = Source(
        **{"name": "zaken", "table": "zaak", "files": "*.csv", "columns": COLUMNS, "decimaal": ",", **settings}
    )
    return to_typed(read_csv(text.encode(), "zaken.csv", wanted_headers(source)), source, moment)


def test_every_column_of_the_table_is_there_in_its_dtype() -> None:
    frame = typed("Nr;Start;Eind;Uren\n007;1-11-2026;;1,5\n").frames["zaak"]
    kinds = {**TABLES["zaak"].kinds(), **PROVENANCE}
    assert list(frame.columns) == list(kinds)
    assert {column: str(dtype) for column, dtype in frame.dtypes.items()} == {c: DTYPES[k] for c, k in kinds.items()}
    row = frame.iloc[0]
    assert (row["zaak_id"], row["startdatum"], row["resturen"]) == ("007", pd.Timestamp("2026-11-01"), 1.5)
    assert (row["bron"], row["bron_rij"], row["ingelezen_op"]) == ("zaken.csv", 2, MOMENT)
    assert pd.isna(row["einddatum"])
    assert frame["team_id"].isna().all()


def test_an_empty_file_is_the_empty_table() -> None:
    read = typed("Nr;Start;Eind;Uren\n", None)
    pd.testing.assert_frame_equal(read.frames["zaak"], TABLES["zaak"].empty().reset_index(drop=True))
    assert read.delivered == {"zaak": ("zaak_id", "startdatum", "einddatum", "resturen")}


def test_an_unknown_export_moment_is_missing() -> None:
    assert typed("Nr;Start;Eind;Uren\nZ1;;;\n", None).frames["zaak"]["ingelezen_op"].isna().all()


def test_a_mapped_header_that_is_absent_leaves_its_column_out() -> None:
    read = typed("Nr;Start;Uren\nZ1;1-11-2026;\n")
    assert "einddatum" not in read.frames["zaak"].columns
    assert read.missing == {"zaak": {"einddatum": "Eind"}}
    assert "einddatum" not in read.delivered["zaak"]


def test_a_row_with_an_unreadable_cell_goes_as_a_whole_with_its_first_reason() -> None:
    read = typed("Nr;Start;Eind;Uren\nZ1;31-2-2026;x;y\nZ2;1-11-2026;;\nZ3;1\nZ4;2-11-2026;;veel\n")
    assert read.frames["zaak"]["zaak_id"].tolist() == ["Z2"]
    assert read.frames["zaak"]["bron_rij"].tolist() == [3]
    assert [(row.bron_rij, row.tabel, row.kolom) for row in read.rejected] == [
        (2, "zaak", "startdatum"),
        (4, "zaak", None),
        (5, "zaak", "resturen"),
    ]
    assert "'31-2-2026'" in read.rejected[0].reden
    assert read.rejected[0].regel == "Z1;31-2-2026;x;y"


def test_an_unreadable_value_in_a_last_row_without_line_end_means_cut_off() -> None:
    with pytest.raises(SourceError, match=r"looks cut off: line 3.*einddatum"):
        typed("Nr;Start;Uren;Eind\nZ1;;;\nZ2;1-11-2026;;23-11-20")
    assert len(typed("Nr;Start;Uren;Eind\nZ1;;;\nZ2;1-11-2026;;23-11-20\n").rejected) == 1
    assert len(typed("Nr;Start;Uren;Eind\nZ1;x;;\nZ2;1-11-2026;;").rejected) == 1


def test_constants_fill_a_column_and_count_as_delivered() -> None:
    read = typed("Nr;Start;Eind;Uren\nZ1;;;\nZ2;;;\n", constants={"belang": "3", "vertrouwelijkheid": "intern"})
    frame = read.frames["zaak"]
    assert frame["belang"].tolist() == [3, 3]
    assert frame["belang"].dtype == "Int64"
    assert frame["vertrouwelijkheid"].tolist() == ["intern", "intern"]
    assert {"belang", "vertrouwelijkheid"} <= set(read.delivered["zaak"])
    assert len(typed("Nr;Start;Eind;Uren\n", constants={"belang": "3"}).frames["zaak"]) == 0


@pytest.mark.parametrize(
    ("constants", "message"), [({"belang": "veel"}, "cannot be read as integer"), ({"zaak_id": "Z1"}, "Remove one")]
)
def test_a_wrong_constant_is_a_configuration_error(constants: dict[str, str], message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        typed("Nr;Start;Eind;Uren\nZ1;;;\n", constants=constants)


def test_two_columns_may_come_from_one_header() -> None:
    read = typed(
        "Nr;Eind\nZ1;2026-11-22T23:30:00Z\n", columns={"zaak_id": "Nr", "einddatum": "Eind", "gesloten_op": "Eind"}
    )
    row = read.frames["zaak"].iloc[0]
    assert row["einddatum"] == pd.Timestamp("2026-11-23")
    assert row["gesloten_op"] == pd.Timestamp("2026-11-22T23:30", tz="UTC")


def test_einddatum_is_the_local_day_of_gesloten_op_when_only_that_is_mapped() -> None:
    columns = {"zaak_id": "Nr", "gesloten_op": "Dicht"}
    read = typed("Nr;Dicht\nZ1;2026-11-22T23:30:00Z\nZ2;\n", columns=columns)
    assert read.frames["zaak"]["einddatum"].tolist() == [pd.Timestamp("2026-11-23"), pd.NaT]
    assert read.frames["zaak"]["einddatum"].dtype == DTYPES["date"]
    assert "einddatum" in read.delivered["zaak"]
    absent = typed("Nr\nZ1\n", columns=columns)
    assert absent.missing == {"zaak": {"gesloten_op": "Dicht", "einddatum": "Dicht"}}
    assert {"einddatum", "gesloten_op"}.isdisjoint(absent.frames["zaak"].columns)


def test_values_missing_markers_and_remarks_of_the_source_are_used() -> None:
    read = typed(
        "Nr;Prio;Uren\nZ1;hoog;1,5\nZ2;?;?\n",
        columns={"zaak_id": "Nr", "prioriteit": "Prio", "resturen": "Uren"},
        values={"prioriteit": {"Hoog": "P1"}},
        missing=("?",),
        decimaal=None,
    )
    assert read.frames["zaak"]["prioriteit"].tolist()[0] == "P1"
    assert read.frames["zaak"].loc[1, ["prioriteit", "resturen"]].isna().all()
    assert read.remarks[0].startswith("kolom resturen: 1 × getal met decimale komma")

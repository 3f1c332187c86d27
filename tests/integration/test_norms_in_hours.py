"""A norm in hours, from the exports and the office hours in weekrapport.toml to the figure in the report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.builders import csv_bytes, weekrapport, write_workspace

TOML = """week = "2026-W47"
reports = ["case_overview"]

[office_hours]
begin = 09:00:00
eind = 17:00:00

[[source]]
name = "zaken"
table = "zaak"
files = "zaken*.csv"
combine = "newest"
[source.columns]
zaak_id = "Zaaknummer"
startdatum = "Start"
einddatum = "Einde"
team_id = "Team"
zaaktype_id = "Type"

[[source]]
name = "typen"
table = "zaaktype"
files = "typen*.csv"
[source.columns]
zaaktype_id = "Type"
servicenorm_waarde = "Norm"
servicenorm_eenheid = "Eenheid"

[[source]]
name = "statussen"
table = "zaak_status"
files = "statussen*.csv"
[source.columns]
zaak_id = "Zaaknummer"
statustype_id = "Status"
gezet_op = "Op"
"""


@pytest.mark.slow
def test_the_clock_starts_at_the_first_status_and_runs_in_the_office_hours_of_the_workspace(tmp_path: Path):
    """Five hours from 12:00 end at 17:00, so on Monday; from 12:30 they end on Tuesday. Z-3 had Monday, and is late."""
    cases = [f"Z-{n};16-11-2026;{end};Servicedesk;U" for n, end in enumerate(("16-11-2026", "16-11-2026", "17-11-2026",
                                                                            "17-11-2026"), start=1)]  # fmt: skip
    root = write_workspace(tmp_path, csv_bytes(*cases, header="Zaaknummer;Start;Einde;Team;Type"), TOML)
    inbox = root / "data" / "inbox"
    (inbox / "typen_20261123-0530.csv").write_bytes(csv_bytes("U;5;uur", header="Type;Norm;Eenheid"))
    (inbox / "statussen_20261123-0530.csv").write_bytes(
        csv_bytes("Z-1;nieuw;16-11-2026 12:00", "Z-2;nieuw;16-11-2026 12:30", "Z-4;nieuw;16-11-2026 12:30",
                  header="Zaaknummer;Status;Op")
    )  # fmt: skip
    ran = weekrapport("run", "--direct", "--workspace", root)
    assert ran.code == 0, ran.err
    facts = json.loads((root / "output/2026-W47/case_overview/facts.json").read_text("utf-8"))["facts"]
    (on_time,) = (fact for fact in facts if fact["id"] == "K04" and not fact["scope"] and "period" not in fact)
    assert (on_time["numerator"], on_time["denominator"]) == (3, 4)

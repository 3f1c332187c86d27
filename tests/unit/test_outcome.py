from __future__ import annotations

import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weekrapport.domain.outcome import Outcome, for_report, verdict

SEVERITIES = ("hard", "critical", "warning", "info")
STATES = ("voldaan", "niet voldaan", "niet uitgevoerd", "fout in de controle")
OUTCOMES = st.builds(
    Outcome,
    id=st.sampled_from(["GX-ZAAK-01", "GX-ZAAK-04"]),
    dataset=st.just("zaak"),
    tekst=st.text(max_size=20),
    reden=st.text(max_size=20),
    severity=st.sampled_from(SEVERITIES),
    state=st.sampled_from(STATES),
    rapporten=st.lists(st.sampled_from(["case_overview", "quality_sample"]), max_size=2).map(tuple),
    rows_tested=st.integers(0, 10**6),
    rows_failed=st.integers(0, 10**6),
    keys=st.lists(st.text(max_size=10), max_size=20).map(tuple),
    toelichting=st.text(max_size=20),
)


def outcome(severity: str, state: str) -> Outcome:
    return Outcome("GX-ZAAK-01", "zaak", "regel", "reden", severity, state, ("case_overview",))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("severity", "expected"),
    [("hard", "gestopt"), ("critical", "niet vrijgegeven"), ("warning", "met opmerkingen"), ("info", "in orde")],
)
def test_severity_decides_what_a_broken_rule_means(severity, expected):
    assert verdict([outcome(severity, "niet voldaan")]) == expected


@pytest.mark.parametrize("severity", SEVERITIES)
def test_a_rule_that_holds_or_did_not_run_means_nothing(severity):
    assert verdict([outcome(severity, "voldaan"), outcome(severity, "niet uitgevoerd")]) == "in orde"


@pytest.mark.parametrize("severity", SEVERITIES)
def test_a_check_that_broke_stops_the_report_whatever_its_severity(severity):
    broken = outcome(severity, "fout in de controle")
    assert broken.failed
    assert broken.effective_severity == "hard"
    assert verdict([broken]) == "gestopt"


def test_nothing_tested_is_in_order():
    assert verdict([]) == "in orde"


def test_the_worst_wins_in_any_order():
    each = [outcome(severity, "niet voldaan") for severity in SEVERITIES]
    assert {verdict(order) for order in itertools.permutations(each)} == {"gestopt"}
    assert {verdict(order) for order in itertools.permutations(each[1:])} == {"niet vrijgegeven"}


def test_a_report_gets_only_what_lists_it():
    mine, other = outcome("hard", "niet voldaan"), outcome("hard", "voldaan")
    object.__setattr__(other, "rapporten", ("quality_sample",))
    assert for_report([mine, other], "case_overview") == [mine]
    assert for_report([mine, other], "begroting") == []


@given(OUTCOMES)
def test_evidence_comes_back_as_it_was_written(found):
    assert Outcome.from_record(json.loads(json.dumps(found.as_record()))) == found

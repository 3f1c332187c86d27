"""The chance of a missed date on real logs, morning after morning as it was known then, against plain yardsticks."""

from __future__ import annotations

import pandas as pd
import pytest

from benchmarks.risk import LOGS, brier, calibration, predictions, scores, trial
from tests.case_logs import REAL

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

EVERY = {"wabo": 2, "bpic14": 1, "servicenow": 5}
"""Of the mornings in docs/methods.md so many are one: a test of seconds."""


@pytest.fixture(scope="module", params=list(LOGS))
def tried(request: pytest.FixtureRequest) -> tuple[str, pd.DataFrame]:
    for export in LOGS[request.param]:
        if not (REAL / export).is_file():
            pytest.skip(f"the public data are not at {REAL / export}")
    each = trial(request.param, REAL, EVERY[request.param])
    return request.param, predictions(each.zaak, each.mornings, each.zaaktype)


def test_better_than_the_days_that_are_left_and_than_the_share_of_all(tried):
    _, rows = tried
    found = scores(rows)
    assert len(rows) > 100
    assert found["model"] < found["days"]
    assert found["model"] < found["base"]
    assert found["model"] < found["afterwards"]


def test_what_was_predicted_is_what_happened(tried):
    """On the whole, and within 0.07 in every bin of thirty on the log with dates of its own."""
    name, rows = tried
    bins = calibration(rows)
    large = bins[bins["number"] >= 30]
    assert len(large) >= 2
    if name == "wabo":
        assert ((large["predicted"] - large["observed"]).abs() <= 0.07).all(), bins
    assert abs(rows["model"].mean() - rows["missed"].mean()) < 0.08


def test_the_score_of_the_textbook():
    chance = pd.Series([0.9, 0.2, 0.1, 0.7, 0.05])
    assert brier(chance, pd.Series([1, 0, 0, 1, 1])) == pytest.approx(0.2105)

"""Runs one Great Expectations suite on one frame and turns its results into outcomes.

Great Expectations reports a check that could not run as an ordinary failure, and passes every row check on a frame
without rows; both are told apart here. Results do not come back in suite order, so they are joined on `meta["id"]` and
the place in the suite.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping, Sequence
from typing import Any, cast

import great_expectations as gx
import pandas as pd
from great_expectations.expectations.expectation import Expectation

from weekrapport.domain.outcome import MAX_KEYS, Outcome, Severity, State

for _name in ("great_expectations", "great_expectations.data_context.types.base"):
    logging.getLogger(_name).setLevel(logging.WARNING)  # it reports every temporary folder that it makes

_local = threading.local()

META_KEYS = frozenset({"id", "tekst", "reden", "rapporten", "hard"})


def run_suite(
    dataset: str,
    frame: pd.DataFrame,
    expectations: Sequence[Expectation],
    *,
    keys: Sequence[str],
) -> list[Outcome]:
    """Return one outcome per expectation, in the order given.

    Args:
        dataset: name of the evidence file.
        frame: the typed table, with the derived `chk_` columns that cross-table rules need.
        expectations: each with `meta` holding id, tekst, reden, rapporten and hard.
        keys: columns whose values identify a failing row in the evidence.

    Raises:
        ValueError: an expectation without complete `meta`; that is a mistake in `expectations/`.
    """
    for position, expectation in enumerate(expectations):
        _require_meta(expectation)
        cast("dict[str, Any]", expectation.meta)["position"] = position
    if not expectations:
        return []
    batch = _frame_definition().get_batch({"dataframe": frame})
    result_format = {
        "result_format": "COMPLETE",
        "unexpected_index_column_names": [key for key in keys if key in frame.columns],
    }
    suite = gx.ExpectationSuite(name=dataset, expectations=list(expectations))
    results = batch.validate(suite, result_format=result_format).results
    outcomes = {
        result.expectation_config.meta["position"]: _outcome(dataset, result, len(frame), keys) for result in results
    }
    return [outcomes[position] for position in range(len(expectations))]


def not_run(dataset: str, expectation: Expectation, why: str) -> Outcome:
    """Return the outcome of an expectation that has nothing to test."""
    _require_meta(expectation)
    meta = cast("dict[str, Any]", expectation.meta)
    return Outcome(
        id=meta["id"],
        dataset=dataset,
        tekst=meta["tekst"],
        reden=meta["reden"],
        severity=_severity(meta, str(expectation.severity)),
        state="niet uitgevoerd",
        rapporten=tuple(meta["rapporten"]),
        toelichting=why,
    )


def _frame_definition() -> Any:
    """Return what makes a batch of a frame, in the context of this thread.

    A context that threads share loses validations without raising. The definition is made once: adding it writes the
    whole configuration of the context each time.
    """
    if not hasattr(_local, "definition"):
        context: Any = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = {"globally": False}
        asset = context.data_sources.add_or_update_pandas("frame").add_dataframe_asset("frame")
        _local.definition = asset.add_batch_definition_whole_dataframe("frame")
    return _local.definition


def _outcome(dataset: str, result: Any, row_count: int, keys: Sequence[str]) -> Outcome:
    meta = result.expectation_config.meta
    detail: Mapping[str, Any] = result.result or {}
    broken = _exception(result.exception_info)
    state: State = "voldaan" if result.success else "niet voldaan"
    if broken:
        state = "fout in de controle"
    failing = detail.get("unexpected_index_list") or []
    return Outcome(
        id=meta["id"],
        dataset=dataset,
        tekst=meta["tekst"],
        reden=meta["reden"],
        severity=_severity(meta, str(result.expectation_config.severity)),
        state=state,
        rapporten=tuple(meta["rapporten"]),
        rows_tested=int(detail.get("element_count", row_count)),
        rows_failed=int(detail.get("unexpected_count", 0 if result.success else row_count)),
        keys=tuple(_key(row, keys) for row in failing[:MAX_KEYS]),
        toelichting=broken,
    )


def _key(row: Mapping[str, Any], keys: Sequence[str]) -> str:
    return " / ".join(str(row[key]) for key in keys if key in row)


def _severity(meta: Mapping[str, Any], severity: str) -> Severity:
    if meta["hard"]:
        return "hard"
    return cast("Severity", severity.rsplit(".", 1)[-1].lower())


def _exception(info: Mapping[str, Any] | None) -> str:
    """Return the first line of the exception inside a result, or nothing when the check ran."""
    if not info:
        return ""
    parts = [info] if "raised_exception" in info else list(info.values())
    for part in parts:
        if part.get("raised_exception"):
            return str(part.get("exception_message", "")).splitlines()[0][:300]
    return ""


def _require_meta(expectation: Expectation) -> None:
    missing = META_KEYS - set(expectation.meta or {})
    if missing:
        raise ValueError(f"{type(expectation).__name__} lacks meta {sorted(missing)}; use expectations.rule.rule().")

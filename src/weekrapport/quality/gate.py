"""Runs one Great Expectations suite on one frame and turns its results into outcomes.

Great Expectations reports a check that could not run as an ordinary failure, and passes every row check on a frame
without rows; both are told apart here. Results do not come back in suite order, so they are joined on `meta["id"]` and
the place in the suite.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

import great_expectations as gx
import pandas as pd
from great_expectations.expectations.expectation import Expectation

from weekrapport.domain.outcome import MAX_KEYS, Outcome, Severity, State

for _name in ("great_expectations", "great_expectations.data_context.types.base"):
    logging.getLogger(_name).setLevel(logging.WARNING)  # it reports every temporary folder that it makes

_local = threading.local()

NOTHING_TO_TEST = "er zijn geen rijen om te toetsen"
PLACE = ("bron", "bron_rij")
"""Columns that say where a row stands."""
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
    results = _validate(dataset, frame, expectations, keys)
    return [_outcome(dataset, result, len(frame), keys) for result in results]


def run_per_row(frame: pd.DataFrame, expectations: Sequence[Expectation], *, by: str) -> list[Outcome]:
    """Return one outcome per row and expectation, row by row, for a frame of which each row is a dataset.

    One suite tests them all. A row without a value in the column of an expectation has no outcome of it: the rule is
    not about that dataset.

    Args:
        frame: one row per dataset.
        expectations: each on one column, with `meta` as for `run_suite`.
        by: the column with the name of the dataset, which is the key of a row that fails.
    """
    per_row: dict[str, list[Outcome]] = {name: [] for name in frame[by]}
    for result in _validate("levering", frame, expectations, (by,)):
        failing = {row[by] for row in (result.result or {}).get("unexpected_index_list") or ()}
        whole = _outcome("", result, 1, (by,))
        about = frame.loc[frame[result.expectation_config.kwargs["column"]].notna(), by]
        for name in about:
            state = whole.state if whole.state == "fout in de controle" else _state(name not in failing)
            keys = (name,) if name in failing else ()
            outcome = replace(whole, dataset=name, state=state, rows_tested=1, rows_failed=len(keys), keys=keys)
            per_row[name].append(outcome)
    return [outcome for outcomes in per_row.values() for outcome in outcomes]


def _validate(dataset: str, frame: pd.DataFrame, expectations: Sequence[Expectation], keys: Sequence[str]) -> list[Any]:
    """Return the results of Great Expectations in the order of the expectations."""
    for position, expectation in enumerate(expectations):
        _require_meta(expectation)
        cast("dict[str, Any]", expectation.meta)["position"] = position
    if not expectations:
        return []
    # Great Expectations hashes all that it is given, twice: it gets what is tested and what names a row.
    wanted = {*keys, *PLACE}.union(*map(tested_columns, expectations))
    frame = frame[[column for column in frame.columns if column in wanted]]
    batch = _frame_definition().get_batch({"dataframe": frame})
    result_format = {
        "result_format": "COMPLETE",
        "unexpected_index_column_names": [key for key in (*keys, *PLACE) if key in frame.columns],
    }
    suite = gx.ExpectationSuite(name=dataset, expectations=list(expectations))
    results = batch.validate(suite, result_format=result_format).results
    return sorted(results, key=lambda result: result.expectation_config.meta["position"])


def tested_columns(expectation: Expectation) -> set[str]:
    """Return the columns that an expectation looks at."""
    names = (getattr(expectation, key, None) for key in ("column", "column_A", "column_B"))
    return {name for name in names if isinstance(name, str)}


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
    state = "fout in de controle" if broken else _state(result.success)
    if state == "voldaan" and not row_count:
        state, broken = "niet uitgevoerd", NOTHING_TO_TEST
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


def _state(holds: bool) -> State:
    return "voldaan" if holds else "niet voldaan"


def _key(row: Mapping[str, Any], keys: Sequence[str]) -> str:
    """Return what identifies a row: its key, and where it stands when a part of the key is missing."""
    given = [row[key] for key in keys if key in row]
    key = " / ".join("(leeg)" if pd.isna(value) else str(value) for value in given)
    if all(pd.notna(value) for value in given) or any(name not in row for name in PLACE):
        return key
    return f"{key} ({row['bron']}, rij {row['bron_rij']})"


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

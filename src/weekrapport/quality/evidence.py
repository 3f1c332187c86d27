"""The evidence of the gate: one JSON file per dataset in `output/<week>/gate/`."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

from weekrapport.domain.outcome import Outcome


def write_evidence(folder: Path, outcomes: Sequence[Outcome]) -> list[Path]:
    """Write `<dataset>.json` per dataset and return the paths; files of datasets no longer tested are removed."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for dataset in sorted({outcome.dataset for outcome in outcomes}):
        records = [outcome.as_record() for outcome in outcomes if outcome.dataset == dataset]
        path = folder / f"{dataset}.json"
        partial = folder / f".{path.name}.{os.getpid()}.part"
        partial.write_text(json.dumps({"dataset": dataset, "checks": records}, ensure_ascii=False, indent=1), "utf-8")
        partial.replace(path)
        written.append(path)
    for stale in set(folder.glob("*.json")) - set(written):
        stale.unlink()
    return written

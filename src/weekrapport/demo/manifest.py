"""One line of `manifest.json`: what was planted, which check must report it or must not, and under which keys."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from weekrapport.demo.timeline import LAST_WEEK

MELDEN, NIET_MELDEN = "melden", "niet_melden"


def entry(
    kind: str,
    check: str,
    keys: Iterable[object],
    ernst: str,
    verwacht: str = MELDEN,
    *,
    rapport: str = "R1",
    periode: str = str(LAST_WEEK),
) -> dict[str, Any]:
    """Return the line without its number."""
    return {
        "type": kind,
        "check": check,
        "sleutels": [str(key) for key in keys],
        "rapport": rapport,
        "periode": periode,
        "verwacht": verwacht,
        "ernst": ernst,
    }


def numbered(entries: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the lines with their numbers."""
    return [{"anomalie_id": f"A{number:03d}", **each} for number, each in enumerate(entries, start=1)]

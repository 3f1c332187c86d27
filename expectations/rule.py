"""What every expectation of the gate carries besides its test."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, Literal


def rule(
    id: str,
    severity: Literal["hard", "critical", "warning", "info"],
    tekst: str,
    *,
    reden: str,
    rapporten: Iterable[str] = (),
) -> dict[str, Any]:
    """Return the `severity` and `meta` arguments of an expectation.

    Args:
        id: the rule's number, as in docs/methods.md.
        severity: hard stops the report, critical stops its release, a warning is printed, info is counted.
        tekst: the rule in Dutch, as a sentence that is true when the data are right.
        reden: why the bound is where it is.
        rapporten: slugs of the reports that the rule concerns; without them `registry` fills in every report that uses
            the table, so that a new report is guarded without anyone having to think of it.
    """
    meta = {"id": id, "tekst": tekst, "reden": reden, "rapporten": list(rapporten), "hard": severity == "hard"}
    return {"severity": "critical" if severity == "hard" else severity, "meta": meta}


def bound_pct(share: float) -> str:
    """Return a bound as a Dutch percentage without needless zeros: 98, 99,5."""
    return f"{round(share * 100, 4):g}".replace(".", ",")


def found_pct(share: float) -> str:
    """Return a share that was found as a Dutch percentage, rounded down: 97,96 % is not the 98 % that was asked."""
    return f"{math.floor(share * 1000) / 10:.1f}".replace(".", ",")

"""What a check found, and what that means for a report ("Poort" in docs/methods.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

Severity = Literal["hard", "critical", "warning", "info"]
State = Literal["voldaan", "niet voldaan", "niet uitgevoerd", "fout in de controle"]
Verdict = Literal["gestopt", "niet vrijgegeven", "met opmerkingen", "in orde"]

MAX_KEYS = 20


@dataclass(frozen=True)
class Outcome:
    """One expectation after the gate ran it."""

    id: str
    dataset: str
    tekst: str
    """The rule in Dutch, as a sentence that is true when the data are right."""
    reden: str
    """Why the bound is where it is."""
    severity: Severity
    state: State
    rapporten: tuple[str, ...]
    rows_tested: int = 0
    rows_failed: int = 0
    keys: tuple[str, ...] = ()
    """At most twenty keys of failing rows; never a value of the row."""
    toelichting: str = ""

    @property
    def failed(self) -> bool:
        """Whether the rule does not hold, or could not be tested because the check itself broke."""
        return self.state in ("niet voldaan", "fout in de controle")

    @property
    def effective_severity(self) -> Severity:
        """A check that broke proves nothing, so it stops the report whatever its own severity."""
        return "hard" if self.state == "fout in de controle" else self.severity

    def as_record(self) -> dict[str, Any]:
        """Return the outcome as JSON-able evidence."""
        return {**asdict(self), "rapporten": list(self.rapporten), "keys": list(self.keys)}

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Outcome:
        """Return the outcome that `as_record` wrote."""
        fields: dict[str, Any] = {**record, "rapporten": tuple(record["rapporten"]), "keys": tuple(record["keys"])}
        return cls(**fields)


def for_report(outcomes: Iterable[Outcome], slug: str) -> list[Outcome]:
    """Return the outcomes that concern one report."""
    return [outcome for outcome in outcomes if slug in outcome.rapporten]


def verdict(outcomes: Iterable[Outcome]) -> Verdict:
    """Return what the failed rules among `outcomes` mean together."""
    failed = {outcome.effective_severity for outcome in outcomes if outcome.failed}
    if "hard" in failed:
        return "gestopt"
    if "critical" in failed:
        return "niet vrijgegeven"
    return "met opmerkingen" if "warning" in failed else "in orde"

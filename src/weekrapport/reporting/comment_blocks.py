"""The analyst's commentary as the report shows it."""

from __future__ import annotations

from collections.abc import Mapping

from weekrapport.domain.definities import KERNCIJFERS
from weekrapport.domain.feiten import Feit
from weekrapport.reporting.blocks import Block, callout, prose, sentence
from weekrapport.reporting.commentary import HEADINGS, Commentary, read_commentary
from weekrapport.reporting.numbers import ONBEKEND, aandeel, euro, getal, procent
from weekrapport.reporting.report import Report

NIET_INGEVULD = "Nog niet ingevuld."


def commentaar(report: Report) -> Commentary:
    """Return the commentary of this week, with the figures that are recorded so far filled in.

    Raises:
        ReportFailed: the file has a wrong front matter or an unknown placeholder.
    """
    path = report.workspace.commentaar / str(report.week) / f"{report.entry.slug}.md"
    return read_commentary(path, figures(report.feiten, report.team))


def besluit_gevraagd(comment: Commentary) -> Block:
    """Return the decision asked of the MT, for page 1."""
    if comment.besluiten:
        return callout("\n".join(f"- {besluit}" for besluit in comment.besluiten), "Besluit gevraagd", "actie")
    text = "Deze week is er geen besluit nodig." if comment.status == "definitief" else NIET_INGEVULD
    return callout(text, "Besluit gevraagd", "actie")


def toelichting(comment: Commentary) -> Block:
    """Return the four sections of the commentary; in a concept an empty one says that it is not filled in."""
    if not comment.exists:
        return sentence("De analist heeft nog geen toelichting geschreven.")
    others = [name for name in comment.sections if name not in HEADINGS]
    parts = [f"## {name}\n\n{comment.sections.get(name, NIET_INGEVULD)}" for name in (*HEADINGS, *others)]
    author = f"\n\nToelichting: {comment.auteur}" if comment.auteur else ""
    times = comment.bsn_verwijderd
    removed = f"\n\nUit deze toelichting is {times} keer een BSN verwijderd." if times else ""
    return prose("\n\n".join(parts) + author + removed)


def figures(feiten: list[Feit], team: str = "") -> Mapping[str, Mapping[str, str]]:
    """Return the text of every figure of the whole report, per id and format; a dash where it has no value."""
    whole = {"team": team} if team else {}
    result: dict[str, dict[str, str]] = {}
    for feit in feiten:
        if dict(feit.scope) != whole or feit.period:
            continue
        key = feit.id if feit.measure is None else f"{feit.id}.{feit.measure.replace(' ', '_')}"
        if KERNCIJFERS[feit.id].eenheid == "cent":
            result[key] = {"": euro(feit.value)}
        elif KERNCIJFERS[feit.id].eenheid == "aandeel":
            known = feit.value is not None
            teller = feit.numerator if known else None
            if _is_of_amounts(feit):
                result[key] = {"": procent(feit.value), "pct": procent(feit.value), "bedrag": euro(teller)}
                continue
            share = aandeel(teller, feit.denominator) if known else ONBEKEND
            result[key] = {"": share, "pct": procent(feit.value), "aantal": getal(teller)}
        else:
            is_whole_number = feit.value is None or float(feit.value).is_integer()
            result[key] = {"": getal(feit.value, 0 if is_whole_number else 1)}
    return result


def _is_of_amounts(feit: Feit) -> bool:
    """Return whether a share is one of money: its numerator is cents, never a number of things."""
    return feit.id in ("K43", "K46") or feit.measure == "bedrag"

"""One line per case that asks for something: what it is, why it is here, and what must be done."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from weekrapport.domain import overdracht as reden
from weekrapport.domain.zaakbeeld import behandelaar_label
from weekrapport.reporting.numbers import getal, is_unknown
from weekrapport.reporting.report import Report

WAT_TE_DOEN: Mapping[str, str] = {
    reden.WETTELIJK_VOORBIJ: "Als eerste afronden",
    reden.STORING: "Gaat voor ander werk",
    reden.ESCALATIE: "Manager bijpraten",
    reden.NORM_BIJNA: "Nu oppakken",
    reden.WETTELIJK_BIJNA: "Op tijd afronden",
    reden.ZONDER_BEHANDELAAR: "Behandelaar aanwijzen",
    reden.RISICO: "Met voorrang oppakken",
    reden.TE_LAAT: "Nieuwe datum afspreken",
}
"""What must be done, by the first reason."""
VERTROUWELIJK = "vertrouwelijk"
"""What is said instead of everything but the number of a confidential case."""
_TEVENS = "Behandelaar aanwijzen; "
MAX_TEKENS = 24
"""Longer names are cut off on the page; the attached file has them whole."""


def lijnen(report: Report, regels: pd.DataFrame) -> pd.DataFrame:
    """Return the lines of all cases, in their order.

    Args:
        report: whose settings say how a handler is shown.
        regels: `overdracht.overdrachtsregels`.

    Returns:
        team, zaak, klant, zaaktype, behandelaar, waarom, wat_te_doen (str), leverdatum (datetime64[s]). Of a
        confidential case only team and zaak are known, and klant and waarom say so.
    """
    privacy = report.settings.privacy
    handler = behandelaar_label(
        regels["behandelaar_id"],
        report.tables["medewerker"],
        privacy.toon_medewerker,
        or_instemming=privacy.or_instemming is not None,
    )
    frame = pd.DataFrame(
        {
            "team": regels["team"],
            "zaak": regels["zaak_id"],
            "klant": regels["klant"],
            "zaaktype": regels["zaaktype"],
            "behandelaar": handler,
            "leverdatum": regels["leidende_datum"],
            "waarom": pd.Series(_waarom(regels), regels.index, dtype="str"),
            "wat_te_doen": _wat_te_doen(report, regels),
        }
    )
    for name, source in (("klant", "klant_id"), ("zaaktype", "zaaktype_id")):
        if not report.is_delivered("zaak", source):
            frame[name] = pd.Series(pd.NA, index=frame.index, dtype="str")
    hidden = regels["is_vertrouwelijk"].astype(bool)
    for name in ("klant", "zaaktype", "behandelaar", "leverdatum"):
        frame[name] = frame[name].mask(hidden)
    masks = {"klant": VERTROUWELIJK, "waarom": VERTROUWELIJK.capitalize(), "wat_te_doen": "Zie de zaak"}
    return frame.assign(**{name: frame[name].mask(hidden, text) for name, text in masks.items()})


def kort(text: Any) -> str:
    """Return a name of at most `MAX_TEKENS` characters, cut off with an ellipsis."""
    if is_unknown(text):
        return ""
    return text if len(text) <= MAX_TEKENS else f"{text[: MAX_TEKENS - 1].rstrip()}…"


def _waarom(regels: pd.DataFrame) -> list[str]:
    """Return every reason that holds for each case, the first one first; "te laat" with the number of days."""
    texts = []
    columns = [*reden.REDENEN, "dagen_te_laat", "norm_minuten"]
    for *holds, days, minutes in regels[columns].astype(object).itertuples(index=False, name=None):
        found = [name for name, is_so in zip(reden.REDENEN, holds, strict=True) if is_so]
        if reden.WETTELIJK_VOORBIJ in found and reden.TE_LAAT in found:
            found.remove(reden.TE_LAAT)  # the term says more than the promise before it
        told = {reden.TE_LAAT: (_dagen, days), reden.NORM_BIJNA: (_minuten, minutes)}
        words = {name: say(number) for name, (say, number) in told.items() if name in found}
        text = ", ".join(words.get(name, name) for name in found)
        texts.append(f"{text[0].upper()}{text[1:]}")
    return texts


def _dagen(days: int) -> str:
    return f"{getal(days)} {'dag' if days == 1 else 'dagen'} te laat"


def _minuten(minutes: float) -> str:
    """Say how much of a norm in hours is left; whole minutes, rounded down."""
    whole = math.floor(minutes)
    return "norm voorbij" if whole < 0 else f"norm: nog {getal(whole)} {'minuut' if whole == 1 else 'minuten'}"


def _wat_te_doen(report: Report, regels: pd.DataFrame) -> pd.Series:
    """Return the action of the first reason; for a case without a handler that one is found first."""
    action = regels["reden"].map(WAT_TE_DOEN).astype("str")
    if not report.is_delivered("zaak", "behandelaar_id"):
        return action
    nobody = regels[reden.ZONDER_BEHANDELAAR].astype(bool) & (regels["reden"] != reden.ZONDER_BEHANDELAAR)
    return action.mask(nobody, _TEVENS + action.str[:1].str.lower() + action.str[1:])

"""Page 1 of the budget report: what the MT must know in thirty seconds."""

from __future__ import annotations

from typing import Any

import pandas as pd

from weekrapport.domain.begrotingstotaal import NIET_BEGROOT
from weekrapport.domain.drempels import is_totaal_afwijkend
from weekrapport.domain.factuurdekking import Dekking, dekking_totaal, ongedekt
from weekrapport.domain.outcome import verdict as gate_verdict
from weekrapport.reporting import trust
from weekrapport.reporting.blocks import Block, Message, Verdict, escape_markdown, key_messages
from weekrapport.reporting.budget_variance.amounts import boekingen, met_teken, opsomming, tegenover
from weekrapport.reporting.budget_variance.signals import afwijkende_regels
from weekrapport.reporting.budget_variance.view import Begrotingsrapport
from weekrapport.reporting.numbers import MIN_NOEMER, euro, getal, procent

REGELS_IN_BOODSCHAP = 3
REKENINGEN_IN_BOODSCHAP = 3


def kernboodschap(view: Begrotingsrapport) -> Block:
    """Return at most five messages: costs against budget, forecast, lines, invoices, data."""
    if view.regels is None:
        money = [_zonder_begroting(view)]
    elif view.boekbeeld is None:
        money = [_zonder_boekingen(view)]
    else:
        money = [_kosten(view), _verwachting(view), _regels(view)]
    messages = [*money, _facturen(view), trust.gegevens_boodschap(view.report)]
    return key_messages([message for message in messages if message is not None])


def voorbehoud(view: Begrotingsrapport) -> str:
    """Return "Met voorbehoud: " when a critical rule of the gate does not hold."""
    return "Met voorbehoud: " if gate_verdict(view.report.outcomes) in ("niet vrijgegeven", "gestopt") else ""


def _zin(view: Begrotingsrapport, text: str) -> str:
    """Return the sentence, with the reservation before it where there is one."""
    reserve = voorbehoud(view)
    return f"{reserve}{text[0].lower()}{text[1:]}" if reserve else text


def _kosten(view: Begrotingsrapport) -> Message:
    row = view.totaal
    if not view.afspraken.periode:
        return Message(
            f"Van {view.afspraken.boekjaar} is nog geen maand afgesloten. De begroting is "
            f"**{euro(row['begroot_jaar_cent'])}** aan kosten."
        )
    text = (
        f"De kosten {view.tot_en_met} zijn **{euro(row['realisatie_cent'])}**: "
        f"{tegenover(row['afwijking_cent'], row['afwijking_aandeel'])}."
    )
    revenue = view.totaal_opbrengsten
    if revenue is not None:
        compared = tegenover(revenue["afwijking_cent"], revenue["afwijking_aandeel"])
        text += f" De opbrengsten zijn {euro(revenue['realisatie_cent'])}: {compared}."
    both = {oordeel(view, each) for each in (row, revenue) if each is not None}
    return Message(_zin(view, text), verdict="oranje" if "oranje" in both else oordeel(view, row))


def oordeel(view: Begrotingsrapport, row: pd.Series) -> Verdict:
    """Return how costs or revenue together stand: attention from two per cent on; never green under reservation."""
    if pd.isna(row["afwijking_cent"]) or pd.isna(row["begroot_cent"]) or not row["begroot_cent"]:
        return "neutraal"
    if not is_totaal_afwijkend(row["afwijking_cent"], row["begroot_cent"]):
        return "neutraal" if voorbehoud(view) else "groen"
    return "neutraal" if bool(row["is_gunstig"]) else "oranje"


def _verwachting(view: Begrotingsrapport) -> Message | None:
    if view.is_jaar_dicht or not view.afspraken.periode:
        return None
    row = view.totaal
    if pd.isna(row["prognose_cent"]):
        return None
    share = abs(row["prognose_afwijking_cent"]) / row["begroot_jaar_cent"] if row["begroot_jaar_cent"] else None
    text = (
        f"Verwachting voor heel {view.afspraken.boekjaar}: **{euro(row['prognose_cent'])}** aan kosten, "
        f"{tegenover(row['prognose_afwijking_cent'], share)}"
    )
    low, high = row["prognose_laag_cent"], row["prognose_hoog_cent"]
    if pd.notna(low) and pd.notna(high) and low != high:
        text += f" (tussen {euro(low)} en {euro(high)})"
    return Message(f"{text}.")


def _regels(view: Begrotingsrapport) -> Message | None:
    assert view.regels is not None  # noqa: S101 - only called with a budget
    if not view.afspraken.periode:
        return None
    rows = afwijkende_regels(view.regels)
    if not rows:
        verdict: Verdict = "neutraal" if voorbehoud(view) else "groen"
        return Message("Geen enkele begrotingsregel wijkt meer af dan de afgesproken drempel.", verdict=verdict)
    named = [_genoemd(row) for row in rows[:REGELS_IN_BOODSCHAP]]
    if len(rows) == 1:
        text = f"Eén begrotingsregel wijkt meer af dan de drempel: {named[0]}."
    else:
        joint = ", de grootste zijn" if len(rows) > len(named) else ":"
        text = f"**{getal(len(rows))} begrotingsregels** wijken meer af dan de drempel{joint} {opsomming(named)}."
    unfavourable = any(row["is_gunstig"] is False for row in rows)
    asked = "budgethouder" if len(rows) == 1 else "budgethouders"
    return Message(
        text,
        verdict="oranje" if unfavourable else "neutraal",
        needed=f"een verklaring van de {asked}." if unfavourable else None,
    )


def _genoemd(row: dict[str, Any]) -> str:
    name = escape_markdown(regelnaam(row))
    return f"{name} ({met_teken(int(row['afwijking_cent']), row['afwijking_aandeel'])})"


def regelnaam(row: Any) -> str:
    """Return a line as a sentence names it; costs without a budget line are "niet begrote kosten"."""
    if row["regel"] == NIET_BEGROOT:
        return f"niet begrote {row['soort']}"
    return str(row["regel"])


def _zonder_begroting(view: Begrotingsrapport) -> Message:
    jaar = view.afspraken.boekjaar
    why = (
        f"De begroting die is aangeleverd, heeft geen regels voor {jaar}."
        if view.report.is_delivered("begrotingsregel")
        else "Er is geen begroting aangeleverd om ze mee te vergelijken."
    )
    rows = view.rekeningen
    if rows is None:  # a budget of another year and no bookings
        return Message(why)
    if not view.afspraken.periode:
        return Message(f"Van {jaar} is nog geen maand afgesloten. {why}")
    sums = rows.groupby("soort")["realisatie_cent"].sum()
    text = f"De kosten {view.tot_en_met} zijn **{euro(int(sums.get('kosten', 0)))}**"
    if "opbrengsten" in sums:
        text += f" en de opbrengsten {euro(int(sums['opbrengsten']))}"
    text += f". {why}"
    largest = rows[(rows["soort"] == "kosten") & (rows["realisatie_cent"] > 0)].head(REKENINGEN_IN_BOODSCHAP)
    if len(largest) > 1:
        named = [f"{escape_markdown(str(row.regel))} ({euro(row.realisatie_cent)})" for row in largest.itertuples()]
        text += f" De grootste posten zijn {opsomming(named)}."
    return Message(_zin(view, text))


def _zonder_boekingen(view: Begrotingsrapport) -> Message:
    row, revenue = view.totaal, view.totaal_opbrengsten
    text = f"De begroting van {view.afspraken.boekjaar} telt **{euro(row['begroot_jaar_cent'])}** aan kosten"
    if revenue is not None:
        text += f" en {euro(revenue['begroot_jaar_cent'])} aan opbrengsten"
    text += ". Boekingen zijn niet aangeleverd: wat is uitgegeven, staat daarom niet in dit rapport."
    return Message(_zin(view, text))


def _facturen(view: Begrotingsrapport) -> Message | None:
    if view.boekbeeld is None:
        return None
    if view.dekking is None:
        return Message(f"Of er facturen achter de kosten staan, is niet getoetst: {waarom_niet_getoetst(view)}.")
    found, missing = dekking_totaal(view.dekking), ongedekt(view.dekking)
    if not found.aantal:
        return Message("Er zijn geen boekingen die een factuur nodig hebben.")
    untested = _niet_getoetst(view)
    if missing.empty:
        return _alles_gedekt(found, untested)
    amount = euro(int(missing["bedrag_cent"].abs().sum()))
    tested = found.aantal - found.aantal_in_afwachting
    if tested < MIN_NOEMER:
        text = f"Bij **{getal(len(missing))} van de {boekingen(tested)}** met factuurplicht ({amount}) "
        text += "is de factuur nog niet gevonden of niet in orde."
    else:
        text = (
            f"Bij **{procent(found.aandeel)}** van de kosten met factuurplicht is de factuur gevonden"
            f"{'' if untested else ' en in orde'}; bij "
            f"**{boekingen(len(missing))}** ({amount}) nog niet."
        )
    below = found.aandeel is not None and found.aandeel < view.report.settings.gate.dekking_totaal
    one = len(missing) == 1
    asked = "zoekt deze factuur op of vraagt die" if one else "zoekt deze facturen op of vraagt ze"
    needed = f"de administratie {asked} op bij de leverancier."
    return Message(text + untested, verdict="rood" if below else "oranje", needed=needed)


def _niet_getoetst(view: Begrotingsrapport) -> str:
    """Say which of amount and document could not be tested on any booking; nothing when both were."""
    assert view.dekking is not None  # noqa: S101
    names = [name for name in ("bedrag", "document") if (view.dekking[f"trede_{name}"] == "niet_getoetst").all()]
    if not names:
        return ""
    return f" {' en '.join(names).capitalize()} {'zijn' if len(names) > 1 else 'is'} niet getoetst."


def _alles_gedekt(found: Dekking, untested: str) -> Message:
    waiting = found.aantal_in_afwachting
    tested = found.aantal - waiting
    rest = ""
    if waiting:
        rest = f" {boekingen(waiting)} {'wacht' if waiting == 1 else 'wachten'} nog op de factuur."
    if not tested:
        return Message(f"Er is nog geen boeking waarvan de factuur er al moet zijn.{rest}")
    what = "de enige boeking" if tested == 1 else f"alle {boekingen(tested)}"
    if untested:
        return Message(f"Van {what} met factuurplicht staat de factuur in het register.{untested}{rest}")
    return Message(f"Goed gegaan: achter {what} met factuurplicht staat een factuur.{rest}", verdict="groen")


def waarom_niet_getoetst(view: Begrotingsrapport) -> str:
    """Return why nothing is known about invoices, as the end of a sentence."""
    if not view.report.is_delivered("factuur"):
        return "er zijn geen facturen aangeleverd"
    return "niet is aangeleverd welke factuur bij welke boeking hoort"

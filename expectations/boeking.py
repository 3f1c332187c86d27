"""Rules for the bookings themselves, and for how they fit the accounts and the budget."""

from __future__ import annotations

from dataclasses import replace

import great_expectations.expectations as gxe
import pandas as pd
from great_expectations.expectations.expectation import Expectation

from expectations.rule import bound_pct, found_pct, rule
from expectations.subject import Subject, refused, run_where_delivered, skipped
from weekrapport.domain.boekbeeld import in_boekjaar
from weekrapport.domain.outcome import Outcome
from weekrapport.domain.tables_begroting import REKENINGSOORTEN
from weekrapport.quality.gate import run_suite
from weekrapport.settings import Gate
from weekrapport.week import local_date

KEYS = ("boeking_id",)
POST = ("journaalpost_id",)
REKENING = ("grootboekrekening",)
FEITEN = ("boekdatum", "grootboekrekening", "bedrag_cent")


def check(subject: Subject) -> list[Outcome]:
    """Return what the rules found: on the delivery, on its ledger entries, and on the costs of the financial year."""
    if "boeking" not in subject.sound:
        every = [*suite(), *rekening_suite(), *post_suite(), *begroot_suite(subject.bounds)]
        return refused("boeking", every)
    raw = subject.raw("boeking")
    frame = raw.assign(chk_compleet=raw[[*FEITEN]].notna().all(axis="columns"))
    return [
        *run_suite("boeking", frame, suite(), keys=KEYS),
        *_check_posten(subject),
        *_check_rekeningen(subject),
        *_check_begroot(subject),
    ]


def suite() -> list[Expectation]:
    """Return the rules for the rows; the frame is the typed table with `chk_compleet`."""
    return [
        gxe.ExpectColumnValuesToNotBeNull(
            column="boeking_id",
            **rule(
                "GX-BOEK-01",
                "hard",
                "Elke boeking heeft een nummer.",
                reden="Zonder nummer is een boeking niet te volgen en niet te herleiden.",
            ),
        ),
        gxe.ExpectColumnValuesToBeUnique(
            column="boeking_id",
            **rule(
                "GX-BOEK-01",
                "hard",
                "Elk boekingsnummer komt één keer voor.",
                reden="Een dubbel nummer telt hetzelfde bedrag twee keer.",
            ),
        ),
        gxe.ExpectColumnValuesToBeInSet(
            column="chk_compleet",
            value_set=[True],
            **rule(
                "GX-BOEK-01",
                "critical",
                "Elke boeking heeft een boekdatum, een grootboekrekening en een bedrag.",
                reden="Een boeking zonder een van de drie telt in geen enkele maand of regel mee.",
            ),
        ),
        gxe.ExpectColumnValuesToBeBetween(
            column="periode",
            min_value=0,
            max_value=99,
            **rule(
                "GX-BOEK-05",
                "hard",
                "Elke ingevulde periode is een volgnummer: 0 tot en met 99.",
                reden="Een periode als 202605 is geen maand: alle kosten zouden stil op nul komen.",
            ),
        ),
    ]


def _check_posten(subject: Subject) -> list[Outcome]:
    """Check that every ledger entry balances: as delivered, because its lines may have different dates.

    Entries that begin after the as-of day are left out.
    """
    if "journaalpost_id" not in subject.columns("boeking"):
        return skipped("boeking", post_suite(), "niet aangeleverd: journaalpost_id")
    if not (subject.boekbeeld["soort"] == "balans").any():
        return skipped("boeking", post_suite(), "de levering bevat geen balansrekeningen")
    posten = subject.raw("boeking").groupby("journaalpost_id").agg({"bedrag_cent": "sum", "boekdatum": "min"})
    posten = posten[~(posten["boekdatum"] > pd.Timestamp(local_date(subject.delivery.as_of)))]
    frame = pd.DataFrame({"journaalpost_id": posten.index, "chk_saldo": (posten["bedrag_cent"] == 0).to_numpy()})
    return run_suite("boeking", frame, post_suite(), keys=POST)


def post_suite() -> list[Expectation]:
    """Return the rule for ledger entries; the frame has journaalpost_id and chk_saldo (boolean), a row per entry."""
    return [
        gxe.ExpectColumnValuesToBeInSet(
            column="chk_saldo",
            value_set=[True],
            **rule(
                "GX-BOEK-02",
                "critical",
                "In elke journaalpost is debet gelijk aan credit.",
                reden="Een post die niet sluit, mist een regel of heeft een verkeerd bedrag.",
            ),
        )
    ]


def _check_rekeningen(subject: Subject) -> list[Outcome]:
    """Check the accounts: those of the bookings at the as-of moment, and the kinds in the list of accounts."""
    on_bookings, on_accounts = rekening_suite()
    if "grootboek" not in subject.sound:
        return skipped("boeking", rekening_suite(), "niet aangeleverd: tabel grootboek")
    rekeningen, view = subject.raw("grootboek"), subject.view("boeking")
    known = view["grootboekrekening"].isin(rekeningen["grootboekrekening"]) | view["grootboekrekening"].isna()
    return [
        *run_suite("boeking", view.assign(chk_rekening_bekend=known), [on_bookings], keys=KEYS),
        *run_where_delivered("boeking", rekeningen, [on_accounts], subject.columns("grootboek"), keys=REKENING),
    ]


def rekening_suite() -> list[Expectation]:
    """Return the rule on bookings (with `chk_rekening_bekend`), and the rule on the list of accounts."""
    return [
        gxe.ExpectColumnValuesToBeInSet(
            column="chk_rekening_bekend",
            value_set=[True],
            **rule(
                "GX-BOEK-03",
                "critical",
                "Elke geboekte grootboekrekening staat in de lijst met rekeningen.",
                reden="Van een onbekende rekening is niet zeker of het kosten zijn.",
            ),
        ),
        gxe.ExpectColumnValuesToBeInSet(
            column="soort",
            value_set=list(REKENINGSOORTEN),
            **rule(
                "GX-BOEK-03",
                "critical",
                "Elke ingevulde soort van een grootboekrekening is B, P of M.",
                reden="Een andere letter zegt niet of een bedrag kosten is, en zet het op de verkeerde plek.",
            ),
        ),
    ]


def _check_begroot(subject: Subject) -> list[Outcome]:
    """Check how much of the booked costs falls on a budget line; below the bound every booking without is named."""
    rules = begroot_suite(subject.bounds)
    if "begrotingsregel" not in subject.sound:
        return skipped("boeking", rules, "niet aangeleverd: tabel begrotingsregel")
    jaar = in_boekjaar(subject.boekbeeld, subject.afspraken)
    kosten = jaar[jaar["soort"] == "kosten"]
    begroot, bedrag = kosten["regel_id"].notna(), kosten["bedrag_cent"].abs()
    totaal, aandeel = int(bedrag.sum()), 1.0
    if totaal:
        aandeel = int(bedrag[begroot].sum()) / totaal
    frame = kosten.assign(chk_begroot=begroot | (aandeel >= subject.bounds.begroot_min_aandeel))
    (outcome,) = run_suite("boeking", frame, rules, keys=KEYS)
    return [replace(outcome, toelichting=f"het is {found_pct(aandeel)} %") if outcome.failed else outcome]


def begroot_suite(bounds: Gate) -> list[Expectation]:
    """Return the rule for costs without a budget; the frame is the boekbeeld of the costs with `chk_begroot`."""
    grens = bound_pct(bounds.begroot_min_aandeel)
    return [
        gxe.ExpectColumnValuesToBeInSet(
            column="chk_begroot",
            value_set=[True],
            **rule(
                "GX-BOEK-04",
                "critical",
                f"Van de geboekte kosten valt ten minste {grens} % op een begrotingsregel.",
                reden="Wat op geen regel valt, staat niet in de vergelijking met de begroting.",
            ),
        )
    ]

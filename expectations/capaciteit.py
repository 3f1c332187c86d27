"""Rules for the hours of the employees: they only warn, because the reports on cases exist without them."""

from __future__ import annotations

import great_expectations.expectations as gxe
import numpy as np
import pandas as pd
from great_expectations.expectations.expectation import Expectation

from expectations.rule import rule
from expectations.subject import Subject, refused, run_where_delivered, skipped
from weekrapport.domain.calendars import werkkalender
from weekrapport.domain.outcome import Outcome
from weekrapport.quality.gate import run_suite
from weekrapport.week import Week

KEYS = ("medewerker_id", "datum")
UREN = ("contracturen", "verlofuren", "overig_afwezig_uren", "vaste_uren", "reeds_ingepland_uren")
MAX_UREN = 12.0


def check(subject: Subject) -> list[Outcome]:
    """Return what the rules found, on the delivery as it came."""
    rows, covered = suite(), dekking_suite()
    if "capaciteit" not in subject.sound:
        return refused("capaciteit", [*rows, *covered])
    frame = subject.raw("capaciteit")
    hours = frame.reindex(columns=list(UREN)).astype("Float64")
    afwezig = hours["verlofuren"].fillna(0) + hours["overig_afwezig_uren"].fillna(0)
    frame = frame.assign(
        chk_sleutel=frame[[*KEYS]].notna().all(axis=1) & ~frame.duplicated([*KEYS], keep=False),
        chk_uren=((hours >= 0) & (hours <= MAX_UREN) | hours.isna()).all(axis=1),
        chk_afwezig=(afwezig <= hours["contracturen"]).fillna(True),
    )
    derived = {"chk_sleutel", "chk_uren", "chk_afwezig"}
    outcomes = run_where_delivered("capaciteit", frame, rows, derived, keys=KEYS)
    if "medewerker" not in subject.sound:
        return [*outcomes, *skipped("capaciteit", covered, "niet aangeleverd: tabel medewerker")]
    expected = _verwacht(subject.view("medewerker"), frame, subject.delivery.week.plus(1))
    return [*outcomes, *run_suite("capaciteit", expected, covered, keys=KEYS)]


def suite() -> list[Expectation]:
    """Return the rules on the rows; the frame has chk_sleutel, chk_uren and chk_afwezig (boolean)."""
    return [
        gxe.ExpectColumnValuesToBeInSet(
            column="chk_sleutel",
            value_set=[True],
            **rule(
                "GX-CAP-01",
                "warning",
                "Elke medewerker staat per dag één keer in de capaciteit.",
                reden="Een dubbele dag telt de uren twee keer: het team lijkt dan ruimer bezet.",
            ),
        ),
        gxe.ExpectColumnValuesToBeInSet(
            column="chk_uren",
            value_set=[True],
            **rule(
                "GX-CAP-01",
                "warning",
                "Elk aantal uren van een dag ligt tussen 0 en 12.",
                reden="Meer uren passen niet in een werkdag; meestal staat er een week of een maand in één cel.",
            ),
        ),
        gxe.ExpectColumnValuesToBeInSet(
            column="chk_afwezig",
            value_set=[True],
            **rule(
                "GX-CAP-01",
                "warning",
                "Verlof en andere afwezigheid zijn samen hooguit de contracturen.",
                reden="Wie vrij is op een dag zonder contracturen, maakt de afwezigheid van het team te groot.",
            ),
        ),
    ]


def dekking_suite() -> list[Expectation]:
    """Return the rule on completeness; the frame has a row per employee and working day with chk_aanwezig (boolean)."""
    return [
        gxe.ExpectColumnValuesToBeInSet(
            column="chk_aanwezig",
            value_set=[True],
            mostly=0.95,
            **rule(
                "GX-CAP-02",
                "warning",
                "Van ten minste 95 % van de werkdagen van de week na de rapportweek is de capaciteit bekend.",
                reden="Van wie geen uren zijn aangeleverd, lijkt het alsof hij er niet is; het team lijkt dan te vol.",
            ),
        )
    ]


def _verwacht(medewerker: pd.DataFrame, capaciteit: pd.DataFrame, week: Week) -> pd.DataFrame:
    """Return every employee in service and working day of the week, with whether their hours are delivered."""
    days = np.datetime64(week.monday, "D") + np.arange(7)
    days = days[np.is_busday(days, busdaycal=werkkalender())].astype("datetime64[s]")
    staff = medewerker.drop_duplicates("medewerker_id")[["medewerker_id", "in_dienst", "uit_dienst"]]
    pairs = staff.merge(pd.DataFrame({"datum": days}), how="cross")
    away = (pairs["in_dienst"] > pairs["datum"]) | (pairs["uit_dienst"] < pairs["datum"])
    pairs = pairs[~away].reset_index(drop=True)
    delivered = pd.MultiIndex.from_frame(capaciteit[[*KEYS]])
    return pairs.assign(chk_aanwezig=pd.MultiIndex.from_frame(pairs[[*KEYS]]).isin(delivered))

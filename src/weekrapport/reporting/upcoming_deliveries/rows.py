"""Case rows as a list may show them: names instead of codes, and of a confidential case the number only."""

from __future__ import annotations

from typing import Any

import pandas as pd

from weekrapport.domain.risico import basis_label
from weekrapport.domain.zaakbeeld import behandelaar_label
from weekrapport.reporting.numbers import getal, is_unknown, procent
from weekrapport.reporting.upcoming_deliveries.overview import Leveringen

ESCALATIE, BELANG = 2, 4
"""From these on an escalation or the importance of a case is named."""
ESCALATIENIVEAUS = {1: "team", 2: "manager", 3: "directie"}
WACHT_OP = {
    "awb_4_15_1a": "aanvulling",
    "awb_4_15_2a_instemming": "uitstel met instemming",
    "awb_4_15_2b_aanvrager": "aanvrager",
    "awb_4_15_2c_overmacht": "overmacht",
    "wacht_op_klant": "klant",
    "wacht_op_leverancier": "leverancier",
    "overig": "overig",
}
"""What a suspended case waits for, by its ground; another word of the source is "anders" (it may name people)."""


def lijstregels(view: Leveringen, rows: pd.DataFrame, *, met_te_laat: bool = False) -> pd.DataFrame:
    """Return the rows of a list, by team and day.

    Args:
        view: the deliveries.
        rows: rows of the leverbeeld.
        met_te_laat: also say in `let_op` how late a case is; for a list that mixes late cases with others.

    Returns:
        zaak, klant, zaaktype, team, behandelaar, status, wacht_op, let_op, klasse, reden, basis (str); kans (Float64);
        laatste_werkdag, leverdatum,
        startdatum, wettelijke_datum, opgeschort_sinds (datetime64[s]); restwerkdagen, dagen_te_laat, belang,
        escalatieniveau (Int64), resturen (Float64). Of a confidential case only zaak and team are known, and klant
        says so.
    """
    rows = rows.sort_values(["team", "leidende_datum", "startdatum", "zaak_id"], kind="stable")
    report, privacy = view.report, view.report.settings.privacy
    handler = behandelaar_label(
        rows["behandelaar_id"],
        report.tables["medewerker"],
        privacy.toon_medewerker,
        or_instemming=privacy.or_instemming is not None,
    )
    frame = pd.DataFrame(
        {
            "laatste_werkdag": rows["praktische_datum"],
            "leverdatum": rows["leidende_datum"],
            "startdatum": rows["startdatum"],
            "restwerkdagen": rows["restwerkdagen"],
            "dagen_te_laat": rows["achterstand_dagen"],
            "zaak": rows["zaak_id"],
            "klant": rows["klant"],
            "zaaktype": rows["zaaktype"],
            "team": rows["team"],
            "behandelaar": handler,
            "status": rows["status"],
            "resturen": rows["resturen"],
            "wettelijke_datum": rows["wettelijke_datum"],
            "belang": rows["belang"],
            "escalatieniveau": rows["escalatieniveau"],
            "opgeschort_sinds": rows["opgeschort_sinds"],
            "wacht_op": _wacht_op(rows["opgeschort_grondslag"]),
            "kans": rows["kans"],
            "klasse": rows["klasse"],
            "reden": rows["reden"],
            "basis": _basis(rows),
            "let_op": _let_op(view, rows, met_te_laat=met_te_laat),
        }
    )
    hidden = rows["is_vertrouwelijk"].astype(bool)
    shown = frame[["zaak", "team"]]
    frame = frame.mask(hidden).assign(zaak=shown["zaak"], team=shown["team"])
    return frame.assign(klant=frame["klant"].mask(hidden, "vertrouwelijk")).reset_index(drop=True)


def risico_kolom(frame: pd.DataFrame) -> pd.Series:
    """Return the class of every row of a list with its chance, "rood 63 %"; unknown without one."""
    texts = [
        None if is_unknown(kans) else f"{klasse}\u00a0{procent(kans, 0)}"
        for klasse, kans in zip(frame["klasse"], frame["kans"].astype(object), strict=True)
    ]
    return pd.Series(texts, index=frame.index, dtype="str")


def _basis(rows: pd.DataFrame) -> pd.Series:
    """Return what each chance rests on; unknown without one."""
    numbers = rows["basis_aantal"].astype(object)
    texts = [
        None if is_unknown(count) else basis_label(name, count)
        for name, count in zip(rows["basis"], numbers, strict=True)
    ]
    return pd.Series(texts, index=rows.index, dtype="str")


def _wacht_op(grondslag: pd.Series) -> pd.Series:
    return grondslag.map(WACHT_OP).astype("str").mask(grondslag.notna() & ~grondslag.isin(list(WACHT_OP)), "anders")


def _let_op(view: Leveringen, rows: pd.DataFrame, *, met_te_laat: bool) -> pd.Series:
    """Return what the reader must know of each case: late, statutory day, escalation, importance."""
    names = ["is_wettelijk", "is_wettelijk_verlopen", "wettelijke_datum", "escalatieniveau", "belang"]
    late = rows["achterstand_dagen"] if met_te_laat else pd.Series(pd.NA, rows.index)
    texts = [
        ", ".join(_aandachtspunten(view, days, *row)) or None
        for days, row in zip(
            late.astype(object), rows[names].astype(object).itertuples(index=False, name=None), strict=True
        )
    ]
    return pd.Series(texts, index=rows.index, dtype="str")


def _aandachtspunten(
    view: Leveringen, days: Any, is_wettelijk: Any, is_verlopen: Any, day: Any, *rest: Any
) -> list[str]:
    escalatie, belang = rest
    found = []
    if is_wettelijk or is_verlopen:
        found.append(f"wettelijk {view.dag(day)}{' (voorbij)' if is_verlopen else ''}")
    if not is_unknown(days) and not is_verlopen:  # the statutory day says more than the promise before it
        found.append(f"{getal(days)} {'dag' if days == 1 else 'dagen'} te laat")
    if not is_unknown(escalatie) and escalatie >= ESCALATIE:
        found.append(f"escalatie {ESCALATIENIVEAUS.get(escalatie, f'niveau {escalatie}')}")
    if not is_unknown(belang) and belang >= BELANG:
        found.append(f"belang {belang}")
    return found

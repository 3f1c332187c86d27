"""The table of signals in the annex: what was found and what the analyst says to it, what is quiet, what not tested."""

from __future__ import annotations

import pandas as pd

from weekrapport.reporting.blocks import Block, ColumnFormat, prose, table
from weekrapport.reporting.commentary import Commentary
from weekrapport.reporting.numbers import getal
from weekrapport.reporting.upcoming_deliveries.overview import Leveringen

GEEN_REACTIE = "nog niet ingevuld"
NAMEN = {
    "R2-S01": "Rood en van groot belang",
    "R2-S02": "Wettelijke termijn in gevaar",
    "R2-S03": "Veel zaken te laat",
    "R2-S04": "Geen behandelaar",
    "R2-S05": "Werk scheef verdeeld",
    "R2-S06": "Meer werk dan uren",
    "R2-S07": "Piekdag",
    "R2-S08": "Kansen waren te gunstig",
    "R2-S09": "Klant met veel rode zaken",
}
_ERNST = {"rood": "▲ rood", "oranje": "◆ oranje", "blauw": "● blauw"}


def signalen_tabel(view: Leveringen, comment: Commentary) -> Block:
    """Return every signal of the report, the worst first."""
    note = _rustig(view)
    if not view.signalen:
        return prose(f"Geen signalen. {note}")
    frame = pd.DataFrame(
        [
            {
                "id": each.id,
                "ernst": _ERNST[each.ernst],
                "wat": NAMEN[each.id],
                "waar": _waar(view, each.id, each.waar),
                "reactie": comment.signaalreacties.get(each.id, GEEN_REACTIE),
            }
            for each in view.signalen
        ]
    )
    attachment = view.report.attach("signalen", frame)
    count = len(frame)
    return table(
        frame,
        f"{getal(count)} {'signaal vraagt' if count == 1 else 'signalen vragen'} aandacht",
        {
            "id": ColumnFormat("Nr.", width="17mm"),
            "ernst": ColumnFormat("Ernst", width="18mm"),
            "wat": ColumnFormat("Wat", width="1.2fr"),
            "waar": ColumnFormat("Waar", width="1.4fr"),
            "reactie": ColumnFormat("Reactie analist", width="1fr"),
        },
        attachment=attachment,
        note=note,
    )


def _waar(view: Leveringen, signal_id: str, waar: str) -> str:
    return view.dag(pd.Timestamp(waar)) if signal_id == "R2-S07" else waar


def _rustig(view: Leveringen) -> str:
    """Say which signals were not found, and which could not be tested and why."""
    untested = _niet_getoetst(view)
    found = {each.id for each in view.signalen}
    quiet = [name for name in NAMEN if name not in found and name not in untested]
    parts = [f"Getoetst en rustig: {', '.join(quiet)}."] if quiet else []
    reasons: dict[str, list[str]] = {}
    for name, reason in untested.items():
        if name not in found:
            reasons.setdefault(reason, []).append(name)
    told = "; ".join(f"{', '.join(names)} ({reason})" for reason, names in reasons.items())
    return " ".join([*parts, f"Niet getoetst: {told}."] if told else parts)


def _niet_getoetst(view: Leveringen) -> dict[str, str]:
    report = view.report
    no_chance = not view.heeft_risico
    no_hours = "te weinig medewerkers om uren te tonen" if view.is_te_klein else "uren per medewerker niet aangeleverd"
    missing = {
        "R2-S01": (not report.is_delivered("zaak", "belang"), "belang niet aangeleverd"),
        "R2-S02": (not view.heeft_wettelijk, "wettelijke termijnen niet aangeleverd"),
        "R2-S04": (not view.heeft_behandelaar, "behandelaar niet aangeleverd"),
        "R2-S05": (view.werklast.empty, no_hours),
        "R2-S06": (view.werklast.empty, no_hours),
        "R2-S08": (not view.kent_vorige_week, "de levering gaat niet ver genoeg terug"),
        "R2-S09": (not report.is_delivered("zaak", "klant_id"), "klant niet aangeleverd"),
    }
    found = {name: reason for name, (is_missing, reason) in missing.items() if is_missing}
    if no_chance:
        found |= {name: "geen kansen te geven" for name in ("R2-S01", "R2-S02", "R2-S09") if name not in found}
    return found

"""The table of signals: what was found, and in its note what is quiet and what could not be tested."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from weekrapport.domain.signalen_zaak import Signaal, Uitkomst
from weekrapport.reporting.blocks import Block, ColumnFormat, prose, table
from weekrapport.reporting.case_overview.overview import Overzicht
from weekrapport.reporting.case_overview.signal_texts import NAMEN, REDENEN, cijfer
from weekrapport.reporting.commentary import Commentary
from weekrapport.reporting.numbers import getal

SIGNALEN_IN_TABEL = 12
GEEN_REACTIE = "nog geen"
_ERNST = {"rood": "▲ rood", "oranje": "◆ oranje", "blauw": "● blauw"}
_VOLGORDE = {"rood": 0, "oranje": 1, "blauw": 2}


def signalen_tabel(view: Overzicht, comment: Commentary) -> Block:
    """Return every signal, the worst first, with what the analyst says to it."""
    quiet = _rustig(view.uitkomsten)
    found = sorted(view.signalen, key=lambda each: (_VOLGORDE[each.ernst], each.id, each.waar))
    if not found:
        return prose(f"Geen signalen. {quiet}")
    frame = pd.DataFrame([_rij(view, each, comment.signaalreacties) for each in found])
    attachment = view.report.attach("signalen", frame)
    return table(
        frame,
        _titel(found),
        {
            "id": ColumnFormat("Nr.", width="17mm"),
            "ernst": ColumnFormat("Ernst", width="18mm"),
            "wat": ColumnFormat("Wat", width="1.3fr"),
            "waar": ColumnFormat("Waar", width="1fr"),
            "cijfer": ColumnFormat("Cijfer", width="1.4fr"),
            "reactie": ColumnFormat("Reactie analist", width="26mm"),
        },
        max_rows=SIGNALEN_IN_TABEL,
        attachment=attachment,
        note=quiet,
    )


def _titel(found: Sequence[Signaal]) -> str:
    count = len(found)
    red = sum(each.ernst == "rood" for each in found)
    text = f"{getal(count)} {'signaal vraagt' if count == 1 else 'signalen vragen'} aandacht"
    return f"{text}, waarvan {getal(red)} rood" if red and count > red else f"{text}: rood" if red else text


def _rij(view: Overzicht, signaal: Signaal, reacties: Mapping[str, str]) -> dict[str, str]:
    return {
        "id": signaal.id,
        "ernst": _ERNST[signaal.ernst],
        "wat": NAMEN[signaal.id],
        "waar": view.waar(signaal),
        "cijfer": cijfer(signaal),
        "reactie": reacties.get(signaal.id, GEEN_REACTIE),
    }


def _rustig(uitkomsten: Sequence[Uitkomst]) -> str:
    """Say which signals were tested and quiet, and which could not be tested and why."""
    quiet = [each.id for each in uitkomsten if each.reden is None and not each.signalen]
    parts = []
    if quiet:
        parts.append(f"Getoetst en rustig: {', '.join(quiet)}.")
    reasons: dict[str, list[str]] = {}
    for each in uitkomsten:
        if each.reden is not None:
            reasons.setdefault(REDENEN[each.reden], []).append(each.id)
    if reasons:
        told = "; ".join(f"{', '.join(ids)} ({reason})" for reason, ids in reasons.items())
        parts.append(f"Niet getoetst: {told}.")
    return " ".join(parts)

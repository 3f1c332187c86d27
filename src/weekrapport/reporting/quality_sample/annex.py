"""The lists of the quality report: which case has which finding. Never a person; a confidential case by number only."""

from __future__ import annotations

import pandas as pd

from weekrapport.domain.toets import FOUT, TOETSEN
from weekrapport.domain.toetstellingen import nagekomen_bevindingen
from weekrapport.reporting.blocks import Block, ColumnFormat, sentence, table
from weekrapport.reporting.numbers import getal, zaken
from weekrapport.reporting.quality_sample.overview import GEEN_UITKOMSTEN, Kwaliteit

VERTROUWELIJK = "Vertrouwelijke zaken"


def bevindingen_tabel(view: Kwaliteit) -> Block:
    """Return every case of the week with a finding, per check; all of them in the attached file."""
    if view.leeg:
        return sentence(GEEN_UITKOMSTEN)
    oordelen = view.toetsing.oordelen
    rows = oordelen[(oordelen["week"] == str(view.week)) & (oordelen["oordeel"] == FOUT)]
    if rows.empty:
        return sentence("Bij geen enkele zaak is een bevinding gedaan.")
    frame = _lijst(view, rows)
    attachment = view.report.attach("bevindingen", frame)
    count, cases = len(rows), rows["zaak_id"].nunique()
    title = f"{getal(count)} {'bevinding' if count == 1 else 'bevindingen'} bij {zaken(cases)}"
    return table(
        frame,
        title,
        _kolommen(view),
        attachment=attachment,
        small=True,
        group="toets",
        note="Gesorteerd op toets, team en zaak. Van een vertrouwelijke zaak staat alleen het nummer in de lijst.",
    )


def nagekomen_tabel(view: Kwaliteit) -> Block:
    """Return the findings on cases of the week before that could not be known when that week was reported."""
    if view.leeg:
        return sentence(GEEN_UITKOMSTEN)
    before = view.week.plus(-1)
    rows = nagekomen_bevindingen(view.toetsing.oordelen, view.week, view.peil)
    if rows.empty:
        return sentence(f"Er zijn geen bevindingen over week {before.number} bijgekomen.")
    frame = _lijst(view, rows)
    attachment = view.report.attach("nagekomen_bevindingen", frame)
    verb = "bevinding" if len(rows) == 1 else "bevindingen"
    return table(
        frame,
        f"{getal(len(rows))} {verb} over week {before.number}, die vorige week nog niet te beoordelen "
        f"{'was' if len(rows) == 1 else 'waren'}",
        _kolommen(view),
        attachment=attachment,
        small=True,
        group="toets",
    )


def _kolommen(view: Kwaliteit) -> dict[str, ColumnFormat]:
    columns = {
        "zaak": ColumnFormat("Zaak", width="40mm"),
        "zaaktype": ColumnFormat("Zaaktype", width="38mm"),
        "team": ColumnFormat("Team", width="42mm"),
        "bevinding": ColumnFormat("Wat is er gevonden", width="1fr"),
    }
    present = {"zaaktype": "zaaktype_id", "team": "team_id"}
    absent = {name for name, column in present.items() if not view.report.is_delivered("zaak", column)}
    return {name: column for name, column in columns.items() if name not in absent}


def _lijst(view: Kwaliteit, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the printed columns; of a confidential case one row with its number, after all others."""
    hidden = rows["is_vertrouwelijk"].fillna(False).astype(bool)
    names = rows["toets"].map({toets: each.naam for toets, each in TOETSEN.items()})
    frame = pd.DataFrame(
        {
            "toets": names.mask(hidden, VERTROUWELIJK),
            "zaak": rows["zaak_id"],
            "zaaktype": rows["zaaktype"].mask(hidden, "vertrouwelijk"),
            "team": rows["team"].map(dict(view.groepen)).mask(hidden),
            "bevinding": rows["bevinding"].mask(hidden),
            "volgorde": rows["toets"].mask(hidden, "Z"),
        }
    )
    frame = frame.sort_values(["volgorde", "team", "zaak"], ignore_index=True).drop(columns="volgorde")
    return frame.drop_duplicates(ignore_index=True)

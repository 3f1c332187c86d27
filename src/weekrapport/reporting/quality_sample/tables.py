"""The tables of the quality report: per check, per team and per required document."""

from __future__ import annotations

import pandas as pd

from weekrapport.domain.intervals import KLEINE_NOEMER
from weekrapport.domain.teamgroepen import KLEIN_TEAM, KLEINE_CEL, KLEINE_TEAMS
from weekrapport.domain.toetstellingen import documenttelling
from weekrapport.reporting.blocks import Block, ColumnFormat, sentence, table
from weekrapport.reporting.numbers import aandeel, getal, procent, zaken
from weekrapport.reporting.quality_sample.overview import GEEN_UITKOMSTEN, Kwaliteit, Stand
from weekrapport.reporting.quality_sample.wording import KORT, label, opsomming
from weekrapport.week import Week

IN_TEAMTABEL = {"Q01": "20mm", "Q03": "20mm", "Q05": "23mm", "Q06": "26mm", "Q07": "22mm"}
"""Checks with their own column, and its width: wide enough for the longest word of its head."""
MAX_DOCUMENTTYPEN = 12


def toetsen_tabel(view: Kwaliteit) -> Block:
    """Return per check how many cases were tested and how they came out, beside the twelve weeks before (table 1)."""
    if view.leeg:
        return sentence(view.leeg)
    _attach_weeks(view)
    quality = view.report.settings.quality
    frame = pd.DataFrame([_toets_rij(view, toets, label(toets, quality)) for toets in view.toetsing.toetsen])
    view.report.attach("toetsen", frame)
    formats = {
        "toets": ColumnFormat("Toets", width="1fr"),
        "getoetst": ColumnFormat("Getoetst", format=getal),
        "goed": ColumnFormat("Goed", format=getal),
        "fout": ColumnFormat("Fout", format=getal),
        "nvt": ColumnFormat("N.v.t.", format=getal),
        "niet_te_beoordelen": ColumnFormat("Nog niet", format=getal),
        "aandeel": ColumnFormat("Aandeel", align="rechts"),
        "interval": ColumnFormat("95 %-interval", align="rechts"),
        "eerder": ColumnFormat("Eerder", align="rechts"),
    }
    if frame["eerder"].isna().all():
        formats.pop("eerder")
    if not frame["niet_te_beoordelen"].any():
        formats.pop("niet_te_beoordelen")
    return table(
        frame.drop(columns="id"),
        _titel(frame),
        formats,
        note=_noot(view, frame),
    )


def team_tabel(view: Kwaliteit) -> Block:
    """Return per team how many of the tested cases are goed; no small team by itself, no cell on one or two cases."""
    if view.leeg:
        return sentence(GEEN_UITKOMSTEN)
    if view.report.team:
        return sentence("Dit rapport gaat over één team.")
    checks = [toets for toets in IN_TEAMTABEL if toets in view.toetsing.toetsen]
    cells = view.per_team[view.per_team["toets"].isin(checks)]
    if not len(cells):
        return sentence("Er zijn geen toetsen om per team te tonen.")
    oordelen = view.toetsing.oordelen
    rows = oordelen[(oordelen["week"] == str(view.week)) & (oordelen["toets"] == view.toetsing.toetsen[0])]
    counts = rows["team"].map(dict(view.groepen)).value_counts()
    texts = [_cel(goed, n) for goed, n in zip(cells["goed"], cells["getoetst"], strict=True)]
    shown = cells.assign(cel=pd.Series(texts, index=cells.index, dtype="str"))
    frame = shown.pivot(index="team", columns="toets", values="cel").reindex(columns=checks)
    frame = frame.rename(columns=KORT).reset_index().assign(zaken=lambda each: each["team"].map(counts))
    frame = frame.sort_values(["zaken", "team"], ascending=[False, True])[["team", "zaken", *(KORT[c] for c in checks)]]
    view.report.attach("toetsen_per_team", frame)
    formats = {"team": ColumnFormat("Team", width="1fr"), "zaken": ColumnFormat("Zaken", format=getal, width="14mm")}
    formats |= {KORT[toets]: ColumnFormat(KORT[toets], align="rechts", width=IN_TEAMTABEL[toets]) for toets in checks}
    return table(frame, _team_titel(frame), formats, note=_team_noot(view))


def documenten_tabel(view: Kwaliteit) -> Block:
    """Return which required documents lack most often."""
    if view.leeg:
        return sentence(GEEN_UITKOMSTEN)
    if "Q03" not in view.toetsing.toetsen:
        return sentence("Of dossiers compleet zijn, is niet getoetst; bij de toetsen staat wat daarvoor ontbreekt.")
    if view.stand("Q03").verborgen:
        return sentence(f"Minder dan {KLEINE_CEL} zaken van dit team zijn getoetst; dat is te weinig om te tonen.")
    counts = documenttelling(view.toetsing, view.week)
    view.report.attach("verplichte_documenten", counts)
    if not len(counts):
        return sentence("Voor de afgeronde zaken van deze week is geen enkel document verplicht.")
    required, present = int(counts["vereist"].sum()), int(counts["aanwezig"].sum())
    if present == required:
        return sentence(f"Alle {getal(required)} verplichte documenten zijn aanwezig.")
    rows = counts[counts["ontbreekt"] > 0]
    rows = rows.assign(aandeel=[aandeel(c, n) for c, n in zip(rows["compleet"], rows["zaken"], strict=True)])
    missing = required - present
    verb = "ontbreekt" if missing == 1 else "ontbreken"
    return table(
        rows,
        f"{getal(missing)} van de {getal(required)} verplichte documenten {verb}",
        {
            "informatieobjecttype": ColumnFormat("Verplicht document", width="1fr"),
            "zaken": ColumnFormat("Verplicht bij", format=zaken, width="24mm", align="rechts"),
            "compleet": ColumnFormat("In orde bij", format=zaken, width="24mm", align="rechts"),
            "ontbreekt": ColumnFormat("Ontbreekt bij", format=zaken, width="26mm", align="rechts"),
            "aandeel": ColumnFormat("In orde", align="rechts", width="20mm"),
        },
        max_rows=MAX_DOCUMENTTYPEN,
        attachment="verplichte_documenten.csv",
        note="Ontbreken is ook: te laat geregistreerd, nog in bewerking of te weinig. Documenten die bij elke zaak in "
        "orde zijn, staan alleen in de bijlage verplichte_documenten.csv.",
    )


def _attach_weeks(view: Kwaliteit) -> None:
    """Attach the numbers behind the chart: every check in every week."""
    rows = [
        {"week": week, "toets": toets, **_aantallen(view.stand(toets, Week.parse(week)))}
        for week, toets in sorted(view.tellingen)
        if week in view.weken.get(toets, ())
    ]
    view.report.attach("toetsen_per_week", pd.DataFrame(rows, columns=["week", "toets", *_MATEN]))


_MATEN = ("goed", "fout", "nvt", "niet_te_beoordelen")


def _aantallen(stand: Stand) -> dict[str, int | None]:
    return {name: None if stand.verborgen and name in _MATEN[:2] else getattr(stand, name) for name in _MATEN}


def _toets_rij(view: Kwaliteit, toets: str, name: str) -> dict[str, object]:
    stand, earlier = view.stand(toets), view.eerder(toets)
    return {
        "id": toets,
        "toets": name,
        "getoetst": None if stand.verborgen else stand.getoetst,
        **_aantallen(stand),
        "aandeel": aandeel(stand.goed, stand.getoetst) if stand.getoetst else None,
        "interval": f"{procent(stand.interval[0])} – {procent(stand.interval[1])}" if stand.interval else None,
        "eerder": aandeel(earlier.goed, earlier.getoetst) if earlier and earlier.getoetst else None,
    }


def _titel(frame: pd.DataFrame) -> str:
    wrong = int((frame["fout"] > 0).sum())
    if not wrong:
        return "Geen enkele toets vindt een fout"
    if wrong == len(frame):
        every = "Beide" if wrong == 2 else f"Alle {getal(wrong)}"
        return "De toets vindt fouten" if wrong == 1 else f"{every} toetsen vinden fouten"
    return f"{getal(wrong)} van de {getal(len(frame))} toetsen {'vindt' if wrong == 1 else 'vinden'} fouten"


def _noot(view: Kwaliteit, frame: pd.DataFrame) -> str:
    text = f"Aandeel: goed van getoetst; onder de {KLEINE_NOEMER} staat er geen percentage. N.v.t.: niet van "
    text += "toepassing op de zaak."
    if frame["niet_te_beoordelen"].any():
        text += (
            " Nog niet: wat ontbreekt, kan na het peilmoment nog komen, of de bron vertelt te weinig over de zaak. Wat "
            "alsnog fout blijkt, staat volgende week in de bijlage."
        )
    if frame["getoetst"].isna().any():
        text += f" –: minder dan {KLEINE_CEL} zaken van dit team, daarom niet getoond."
    if frame["eerder"].notna().any():
        text += " Eerder: de 12 weken ervoor, zoals nu bekend."
    return text


def _cel(goed: object, getoetst: object) -> str | None:
    return None if pd.isna(getoetst) or not getoetst else f"{getal(goed)} van {getal(getoetst)}"  # type: ignore[call-overload]


def _team_titel(frame: pd.DataFrame) -> str:
    return (
        "Zo verdelen de uitkomsten zich over de teams"
        if len(frame) > 1
        else f"De uitkomsten van {frame['team'].iloc[0]}"
    )


def _team_noot(view: Kwaliteit) -> str:
    text = (
        f"Goed van getoetst. –: geen zaken, of te weinig om te tonen: minder dan {KLEINE_CEL}, of daaruit af te leiden."
    )
    merged = sorted(team for team, group in view.groepen.items() if group == KLEINE_TEAMS)
    if merged:
        text += f" Kleine teams: {opsomming(merged)}, samengenomen omdat een team met minder dan {KLEIN_TEAM} "
        text += "medewerkers niet apart wordt getoond."
    elif not view.report.is_delivered("medewerker", "team_id"):
        text += " De omvang van de teams is niet aangeleverd."
    return text

"""The tables of the case overview."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd

from weekrapport.domain import kpis
from weekrapport.domain.intervals import KLEINE_NOEMER, wilson_interval
from weekrapport.domain.voorraad import correcties, rekening_per
from weekrapport.domain.zaakbeeld import ONBEKEND, behandelaar_label
from weekrapport.reporting.blocks import Block, ColumnFormat, sentence, table
from weekrapport.reporting.case_overview.overview import WEKEN_VERGELIJKING, Overzicht
from weekrapport.reporting.numbers import aandeel, datum_in_jaar, getal, procent, zaken

SOORTEN_IN_TABEL = 4
TEAMS_IN_TABEL = 12
"""A table of the MT shows the largest teams; all of them are in its file."""
OVERIGE_SOORTEN = "andere"


def team_tabel(view: Overzicht) -> Block:
    """Return finished cases per team and kind of work, beside the mean of the twelve weeks before (table 1)."""
    if view.afgerond.empty:
        return sentence("Deze week zijn er geen zaken afgerond.")
    soorten = _grootste_soorten(view.afgerond) if view.heeft_soorten else []
    earlier = view.eerder["team"].tolist() if view.heeft_geschiedenis else []
    teams: list[str] = sorted({*view.afgerond["team"].tolist(), *earlier})
    rows = [_team_rij(view, team, soorten) for team in teams]
    frame = pd.DataFrame(rows).sort_values(["totaal", "team"], ascending=[False, True])
    total = frame.drop(columns="team").sum(numeric_only=True).to_dict() | {"team": "Totaal"}
    frame = pd.concat([frame, pd.DataFrame([total])], ignore_index=True)[list(frame.columns)]
    attachment = view.report.attach("afgerond_per_team", frame)
    formats = {"team": ColumnFormat("Team", width="52mm")}
    formats |= {soort: ColumnFormat(soort.capitalize(), format=_stil, width="1fr") for soort in soorten}
    if OVERIGE_SOORTEN in frame:
        formats[OVERIGE_SOORTEN] = ColumnFormat("Andere", format=_stil, width="0.9fr")
    formats["totaal"] = ColumnFormat("Totaal", format=getal, width="0.9fr")
    if view.heeft_geschiedenis:
        formats["gemiddeld"] = ColumnFormat("Gem.", format=lambda value: getal(value, 1), width="0.9fr")
        formats["verschil"] = ColumnFormat("Verschil", format=lambda value: getal(value, 1, teken=True), width="1fr")
    return table(
        frame,
        _team_titel(view.afgerond["team"]),
        formats,
        total_row=True,
        max_rows=TEAMS_IN_TABEL,
        attachment=attachment,
        note=_team_zin(view, soorten) + _deelzaken(view),
    )


def tijdigheid_tabel(view: Overzicht) -> Block:
    """Return finished, on time, late, the share with its interval, and durations, per kind of work (table 2)."""
    if view.afgerond.empty:
        return sentence("Er is deze week niets over tijdigheid te zeggen: er zijn geen zaken afgerond.")
    groups = [(str(name), rows) for name, rows in view.afgerond.groupby("soort")]
    groups.sort(key=lambda each: (-len(each[1]), each[0]))
    if len(groups) > 1:
        groups.append(("Totaal", view.afgerond))
    frame = pd.DataFrame([_tijdigheid_rij(name, rows) for name, rows in groups])
    frame = frame.astype({"tijdig": "Int64", "te_laat": "Int64"})
    view.report.attach("tijdigheid_per_soort", frame)
    tijdig, noemer = kpis.tijdigheid(view.afgerond)
    title = _tijdigheid_titel(noemer - tijdig, noemer)
    return table(
        frame,
        title,
        {
            "soort": ColumnFormat("Soort werk", format=lambda text: str(text).capitalize()),
            "afgerond": ColumnFormat("Afgerond", format=getal),
            "tijdig": ColumnFormat("Op tijd", format=getal),
            "te_laat": ColumnFormat("Te laat", format=getal),
            "aandeel": ColumnFormat("Aandeel op tijd", align="rechts"),
            "interval": ColumnFormat("95 %-interval", align="rechts"),
            "p50_dagen": ColumnFormat("Mediaan in dagen", format=_dagen),
            "p90_dagen": ColumnFormat("P90 in dagen", format=_dagen),
        },
        total_row=len(groups) > 1,
        note=f"{_basis(view.afgerond)} Onder de {KLEINE_NOEMER} zaken staat er geen percentage, onder de "
        f"{kpis.MIN_DOORLOOPTIJD} geen doorlooptijd.",
    )


def werkvoorraad_tabel(view: Overzicht) -> Block:
    """Return the stock account of the week, per team (table 3): how begin became eind."""
    account = rekening_per(view.rekening, "team")
    if account.empty:
        return sentence("Er zijn geen open zaken.")
    account = account.sort_values(["eind", "team"], ascending=[False, True])
    whole = rekening_per(view.rekening).assign(team="Totaal")
    frame = pd.concat([account, whole], ignore_index=True)[list(account.columns)] if len(account) > 1 else account
    attachment = view.report.attach("werkvoorraad_per_team", frame)
    view.report.attach("werkvoorraad_per_team_en_soort", view.rekening)
    begin, end = int(whole["begin"].iloc[0]), int(whole["eind"].iloc[0])
    change = "bleef gelijk op" if begin == end else f"ging van {getal(begin)} naar"
    signed = partial(getal, teken=True)
    formats = {
        "team": ColumnFormat("Team"),
        "begin": ColumnFormat("Begin", format=getal),
        "instroom": ColumnFormat("Instroom", format=signed),
        "heropend": ColumnFormat("Heropend", format=signed),
        "afgerond": ColumnFormat("Afgerond", format=lambda value: getal(-value)),
        "correcties": ColumnFormat("Correctie", format=signed),
        "eind": ColumnFormat("Eind", format=getal, bar=True),
    }
    if view.heropend is None:
        formats.pop("heropend")
    return table(
        frame,
        f"De werkvoorraad {change} {zaken(end)}",
        formats,
        total_row=len(account) > 1,
        max_rows=TEAMS_IN_TABEL,
        attachment=attachment,
        note=_rekening_zin(view),
    )


def _rekening_zin(view: Overzicht) -> str:
    """Say how the account adds up, and where its corrections come from."""
    parts = "instroom − afgerond" if view.heropend is None else "instroom + heropend − afgerond"
    text = f"Begin + {parts} + correctie = eind."
    rows = correcties(view.report.zaken, view.week, view.heropend)
    if rows.empty:
        return f"{text} Er waren geen correcties."
    name = view.report.attach("correcties", rows)
    causes = rows["oorzaak"].value_counts().sort_index()
    listed = ", ".join(f"{cause} ({getal(count)})" for cause, count in causes.items())
    return f"{text} Correcties: {listed}; zie bijlage {name}."


def wettelijk_te_laat_tabel(view: Overzicht) -> Block:
    """Return every finished case that missed its statutory term."""
    rows = kpis.wettelijk_te_laat(view.afgerond)
    _, total = kpis.wettelijke_tijdigheid(view.afgerond)
    if not total:
        return sentence("Deze week zijn er geen zaken met een wettelijke termijn afgerond.")
    if rows.empty:
        return sentence("Alle wettelijke termijnen zijn gehaald.")
    rows = rows.assign(dagen=(rows["einddatum"] - rows["fatale_datum"]).dt.days)
    rows = rows.sort_values(["dagen", "zaak_id"], ascending=[False, True])
    hidden = rows["is_vertrouwelijk"].astype(bool)
    private = ["team", "fatale_datum", "einddatum", "dagen"]
    frame = rows.assign(
        zaaktype=rows["zaaktype"].mask(hidden, "vertrouwelijk"), **{name: rows[name].mask(hidden) for name in private}
    )
    columns = ["zaak_id", "zaaktype", "team", "fatale_datum", "einddatum", "dagen"]
    view.report.attach("wettelijk_te_laat", frame[columns])
    return table(
        frame,
        f"{zaken(len(frame))} na de wettelijke termijn afgerond",
        {
            "zaak_id": ColumnFormat("Zaak"),
            "zaaktype": ColumnFormat("Zaaktype"),
            "team": ColumnFormat("Team"),
            "fatale_datum": ColumnFormat("Uiterste datum"),
            "einddatum": ColumnFormat("Afgerond op"),
            "dagen": ColumnFormat("Dagen te laat", format=getal),
        },
    )


def opgeleverde_zaken(view: Overzicht) -> Block:
    """Return the annex: every finished case once, by team, kind and end day; all of them in the attached file."""
    if view.afgerond.empty:
        return sentence("Deze week zijn er geen zaken afgerond.")
    rows = view.afgerond.sort_values(["team", "soort", "einddatum", "zaak_id"])
    privacy = view.report.settings.privacy
    handler = behandelaar_label(
        rows["behandelaar_id"],
        view.report.tables["medewerker"],
        privacy.toon_medewerker,
        or_instemming=privacy.or_instemming is not None,
    )
    hidden = rows["is_vertrouwelijk"].astype(bool)
    frame = pd.DataFrame(
        {
            "zaak": rows["zaak_id"],
            "klant": rows["klant"].mask(hidden, "vertrouwelijk"),
            "zaaktype": rows["zaaktype"].mask(hidden),
            "soort": rows["soort"].mask(hidden),
            "team": rows["team"],
            "behandelaar": handler.mask(hidden),
            "startdatum": rows["startdatum"].mask(hidden),
            "einddatum": rows["einddatum"].mask(hidden),
            "normdatum": rows["norm_datum"].mask(hidden),
            "fatale_datum": rows["fatale_datum"].mask(hidden),
            "doorlooptijd_dagen": rows["doorlooptijd_dagen"].mask(hidden),
            "op_tijd": rows["is_tijdig"].map({True: "ja", False: "nee"}).mask(hidden),
            "resultaat": rows["resultaat"].mask(hidden),
        }
    )
    attachment = view.report.attach("opgeleverde_zaken", frame)
    day = partial(datum_in_jaar, jaar=view.week.sunday.year)
    columns = {
        "zaak": ColumnFormat("Zaak"),
        "klant": ColumnFormat("Klant"),
        "zaaktype": ColumnFormat("Zaaktype"),
        "behandelaar": ColumnFormat("Door"),
        "startdatum": ColumnFormat("Start", format=day),
        "einddatum": ColumnFormat("Einde", format=day),
        "normdatum": ColumnFormat("Norm", format=day),
        "doorlooptijd_dagen": ColumnFormat("Dagen", format=getal),
        "op_tijd": ColumnFormat("Op tijd"),
    }
    filled = {name: fmt for name, fmt in columns.items() if name in ("zaak", "op_tijd") or frame[name].notna().any()}
    if not view.report.is_delivered("zaak", "zaaktype_id"):
        filled.pop("zaaktype")
    return table(
        frame,
        f"Alle {getal(len(frame))} afgeronde zaken van de week" if len(frame) > 1 else "De afgeronde zaak van de week",
        filled,
        attachment=attachment,
        small=True,
        group="team",
        note="Gesorteerd op team, soort werk en einddatum. Dagen: doorlooptijd zonder opschorting. Van een "
        "vertrouwelijke zaak staat alleen het nummer in de lijst.",
    )


def _team_rij(view: Overzicht, team: str, soorten: Sequence[str]) -> dict[str, object]:
    rows = view.afgerond[view.afgerond["team"] == team]
    counts = rows["soort"].value_counts()
    row: dict[str, object] = {"team": team}
    row |= {soort: int(counts.get(soort, 0)) for soort in soorten}
    if soorten and view.afgerond["soort"].nunique() > len(soorten):
        row[OVERIGE_SOORTEN] = len(rows) - sum(int(counts.get(soort, 0)) for soort in soorten)
    row["totaal"] = len(rows)
    if view.heeft_geschiedenis:
        mean = int((view.eerder["team"] == team).sum()) / WEKEN_VERGELIJKING
        row |= {"gemiddeld": mean, "verschil": len(rows) - mean}
    return row


def _team_zin(view: Overzicht, soorten: Sequence[str]) -> str:
    """Say what the table counts, and what its columns are."""
    text = f"Afgeronde hoofdzaken en losse zaken, per team{' en soort werk' if soorten else ''}."
    return f"{text} Gem.: gemiddelde per week over de 12 weken ervoor." if view.heeft_geschiedenis else text


def _team_titel(team: pd.Series) -> str:
    """Say how many cases the teams finished; cases of no known team are told apart, for they are no team."""
    known = team[team != ONBEKEND]
    names, rest = sorted(known.unique()), len(team) - len(known)
    if not names:
        return f"{zaken(rest)} afgerond; van geen enkele zaak is het team bekend"
    who = f"{getal(len(names))} teams rondden samen" if len(names) > 1 else f"{names[0]} rondde"
    text = f"{who} {zaken(len(known))} af"
    return f"{text}; bij {zaken(rest)} is geen team bekend" if rest else text


def _tijdigheid_titel(te_laat: int, noemer: int) -> str:
    if not noemer:
        return "Van de afgeronde zaken is geen norm bekend"
    if not te_laat:
        return "Alle zaken waren op tijd"
    if noemer == 1:
        return "De enige zaak met een norm was te laat"
    return f"{getal(te_laat)} van de {getal(noemer)} zaken {'was' if te_laat == 1 else 'waren'} te laat"


def _tijdigheid_rij(name: str, rows: pd.DataFrame) -> dict[str, object]:
    tijdig, noemer = kpis.tijdigheid(rows)
    interval = wilson_interval(tijdig, noemer) if noemer >= KLEINE_NOEMER else None
    row: dict[str, object] = {
        "soort": name,
        "afgerond": len(rows),
        "tijdig": tijdig if noemer else None,
        "te_laat": noemer - tijdig if noemer else None,
        "aandeel": aandeel(tijdig, noemer),
        "interval": f"{procent(interval[0])} – {procent(interval[1])}" if interval else None,
        "p50_dagen": kpis.doorlooptijd_kwantiel(rows, 0.5),
        "p90_dagen": kpis.doorlooptijd_kwantiel(rows, 0.9),
    }
    return row


def _grootste_soorten(rows: pd.DataFrame) -> list[str]:
    counts = rows["soort"].value_counts()
    ordered = sorted(counts.index, key=lambda soort: (-counts[soort], soort))
    return ordered if len(ordered) <= SOORTEN_IN_TABEL + 1 else ordered[:SOORTEN_IN_TABEL]


def _basis(rows: pd.DataFrame) -> str:
    """Say on which date "on time" rests: the service norm, the last day of the case, or both."""
    counted = rows[rows["is_tijdig"].notna()]
    norm = int(counted["streefdatum"].notna().sum())
    if not len(counted):
        return "Geen zaak heeft een norm of uiterste datum."
    if norm == len(counted):
        return "Op tijd: einddatum op of vóór de servicenorm."
    if norm == 0:
        return "Op tijd: einddatum op of vóór de uiterste datum van de zaak; een servicenorm is niet aangeleverd."
    rest = getal(len(counted) - norm)
    return f"Op tijd: bij {getal(norm)} zaken volgens de servicenorm, bij {rest} volgens de uiterste datum."


def _deelzaken(view: Overzicht) -> str:
    count = kpis.afgeronde_deelzaken(view.report.zaken, view.week)
    if not count:
        return ""
    return f" Daarnaast {'is 1 deelzaak' if count == 1 else f'zijn {getal(count)} deelzaken'} afgerond."


def _stil(value: float) -> str:
    """Return a count, with a quiet dot for zero so that the filled cells stand out."""
    return getal(value) if value else "·"


def _dagen(value: float) -> str:
    return getal(value, 0 if float(value).is_integer() else 1)

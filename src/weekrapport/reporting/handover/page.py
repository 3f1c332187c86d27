"""The one page: the main message, the figures, and what each team must do now."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict

import pandas as pd

from weekrapport.domain import overdracht as reden
from weekrapport.domain.definities import KERNCIJFERS
from weekrapport.reporting import trust
from weekrapport.reporting.blocks import Block, ColumnFormat, Message, Tile, Verdict, key_messages, sentence, table
from weekrapport.reporting.blocks import tiles as tile_row
from weekrapport.reporting.handover.lines import kort
from weekrapport.reporting.handover.overview import Overdracht
from weekrapport.reporting.handover.text import BESTAND, GEEN_ANDERE, afwezigheid, niets, zonder_datum
from weekrapport.reporting.numbers import ONBEKEND, getal, zaken

NIET_AANGELEVERD, GEEN_DATUM = "niet aangeleverd", "geen leverdatum bekend"
MAX_TEAMS = 7
"""More teams than this are counted together in the note below the table."""
_WOORDEN = {
    reden.WETTELIJK_VOORBIJ: "wettelijk te laat",
    reden.STORING: "met P1",
    reden.ESCALATIE: "met een escalatie",
    reden.NORM_BIJNA: "met een norm die bijna voorbij is",
}


def kernboodschap(view: Overdracht) -> Block:
    """Return what cannot wait, what else asks for something, and what is wrong with the data."""
    messages = [_dringend(view), _overig(view), _gegevens(view)]
    return key_messages([message for message in messages if message is not None])


def tegels(view: Overdracht) -> Block:
    """Return the row of five figures."""
    counts = {name: number for name, number in view.aantallen.items() if name not in view.onbekend}
    due = Tile(f"{view.dagnaam.capitalize()} klaar", getal(view.klaar))
    return tile_row(
        [
            _tegel("P1 open", view.open_p1, "rood"),
            _tegel("Escalaties", counts.get(reden.ESCALATIE), "oranje"),
            _tegel("Zonder behandelaar", counts.get(reden.ZONDER_BEHANDELAAR), "oranje"),
            _tegel("Te laat", counts.get(reden.TE_LAAT), "oranje", GEEN_DATUM),
            due if view.klaar is not None else _tegel(due.label, None, "neutraal", GEEN_DATUM),
        ]
    )


def afwezig(view: Overdracht) -> Block:
    """Return the hours of absence per team."""
    return sentence(afwezigheid(view))


def regels_tabel(view: Overdracht) -> Block:
    """Return the lines per team, the team with the most urgent case first."""
    if view.regels.empty:
        return sentence(niets(view) if view.klaar is not None else GEEN_ANDERE)  # the message says the rest
    rows = view.lijnen.loc[view.getoond.index].assign(rang=view.getoond["rang"])
    first = rows.groupby("team")["rang"].transform("min")
    rows = rows.assign(eerst=first).sort_values(["eerst", "team"], kind="stable")
    rows = rows.assign(zaaktype=rows["zaaktype"].map(kort), klant=rows["klant"].map(kort))
    columns = {
        "zaak": ColumnFormat("Zaak", width="auto"),
        "klant": ColumnFormat("Klant", width="1.5fr"),
        "zaaktype": ColumnFormat("Zaaktype", width="1.05fr"),
        "behandelaar": ColumnFormat("Wie", width="auto"),
        "waarom": ColumnFormat("Waarom", width="1.3fr"),
        "wat_te_doen": ColumnFormat("Wat te doen", width="1.5fr"),
    }
    known = {"klant": "klant_id", "zaaktype": "zaaktype_id", "behandelaar": "behandelaar_id"}
    shown = {name: each for name, each in columns.items() if name not in known or view.is_bekend(known[name])}
    if view.report.settings.privacy.toon_medewerker == "geen":
        shown.pop("behandelaar", None)
    count, part = len(view.regels), len(rows)
    verb = "vraagt" if count == 1 else "vragen"
    title = f"{zaken(count)} {verb} nu actie"
    if part < count:
        title = f"De {getal(part)} dringendste van de {zaken(count)} die nu actie vragen"
    grouped = view.report.is_delivered("zaak", "team_id")
    return table(rows, title, shown, note=_niet_getoond(view), small=True, group="team" if grouped else None)


def verantwoording(view: Overdracht) -> Block:
    """Return the last line: what is not known. The definitions, checks and sources are attached."""
    view.report.attach("definities", pd.DataFrame([asdict(KERNCIJFERS[each]) for each in ("K50", "K51", "K52")]))
    trust.datakwaliteit(view.report)
    trust.verantwoording(view.report)
    lacking = [text for column, text in _KOLOMMEN.items() if not view.is_bekend(column)]
    absent = f" Niet aangeleverd: {_en(lacking)}." if lacking else ""
    return sentence(f"Alle regels staan in overdracht.csv, een kort bericht in {BESTAND}.{absent}")


_KOLOMMEN = {
    "team_id": "het team",
    "behandelaar_id": "de behandelaar",
    "prioriteit": "de prioriteit",
    "escalatieniveau": "escalaties",
}


def _dringend(view: Overdracht) -> Message | None:
    urgent = view.regels[view.regels["rang"] < len(reden.DRINGEND)]
    if urgent.empty:
        return None
    counts = Counter(urgent["reden"])
    parts = [f"{getal(counts[name])} {_WOORDEN[name]}" for name in reden.DRINGEND if counts[name]]
    verb = "kan" if len(urgent) == 1 else "kunnen"
    return Message(
        f"**{zaken(len(urgent))}** {verb} niet wachten: {_en(parts)}.",
        verdict="rood",
        needed="spreek bij de overdracht per zaak af wie haar oppakt.",
    )


def _overig(view: Overdracht) -> Message:
    rest = view.regels[view.regels["rang"] >= len(reden.DRINGEND)]
    if view.klaar is None:
        return Message(zonder_datum(view))
    if view.regels.empty:
        return Message("Goed gegaan: er is geen zaak die nu actie vraagt.", verdict="groen")
    if rest.empty:
        return Message("Verder is er geen zaak die nu actie vraagt.")
    also = "Verder vraagt" if len(rest) == 1 else "Verder vragen"
    begin = also if len(rest) < len(view.regels) else ("Nu vraagt" if len(rest) == 1 else "Nu vragen")
    parts = [name for name in reden.REDENEN if (rest["reden"] == name).any()]
    return Message(f"{begin} **{zaken(len(rest))}** actie: {_en(parts, 'of')}.", verdict="oranje")


def _gegevens(view: Overdracht) -> Message | None:
    failed = [each for each in view.report.outcomes if each.failed]
    critical = sum(each.effective_severity == "critical" for each in failed)
    count = getal(len(failed))
    checks = "controle op de gegevens is" if len(failed) == 1 else "controles op de gegevens zijn"
    if critical:
        return Message(
            f"{count} {checks} niet gehaald: deze lijst is niet vrijgegeven.",
            verdict="rood",
            needed="herstel in de bron en een nieuwe export; zie controles.csv.",
        )
    return Message(f"{count} {checks} niet gehaald; zie controles.csv.") if failed else None


def _tegel(label: str, count: int | None, verdict: Verdict, absent: str = NIET_AANGELEVERD) -> Tile:
    """Return a tile that asks for attention unless it is 0; unknown it says why."""
    if count is None:
        return Tile(label, ONBEKEND, delta=absent)
    return Tile(label, getal(count), verdict=verdict if count else "neutraal")


def _niet_getoond(view: Overdracht) -> str | None:
    """Return how many lines of each team did not fit."""
    left = view.regels.drop(view.getoond.index)["team"].value_counts().sort_index()
    if left.empty:
        return None
    if len(left) > MAX_TEAMS:
        return f"Niet getoond: {zaken(int(left.sum()))} van {getal(len(left))} teams."
    return f"Niet getoond: {', '.join(f'{name} ({getal(number)})' for name, number in left.items())}."


def _en(parts: list[str], woord: str = "en") -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {woord} {parts[-1]}"

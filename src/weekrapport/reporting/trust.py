"""How far the figures can be trusted: the strip on page 1, and the sections that close every report."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from weekrapport.domain.calendars import LAATSTE_JAAR_BEKEND
from weekrapport.domain.definities import KERNCIJFERS
from weekrapport.domain.outcome import Outcome, verdict
from weekrapport.domain.termijnen import na_gelijkgestelde_dagen
from weekrapport.reporting.blocks import Block, ColumnFormat, Message, prose, reliability, sentence, table
from weekrapport.reporting.numbers import datum_tijd, getal
from weekrapport.reporting.report import Report

_SEVERITIES = {
    "hard": "stopt het rapport",
    "critical": "niet vrijgegeven",
    "warning": "let op",
    "info": "ter informatie",
}
_ORDER = {"hard": 0, "critical": 1, "warning": 2, "info": 3}
_TABELNAMEN = {
    "zaaktype": "zaaktypen en servicenormen",
    "team": "teamnamen",
    "medewerker": "medewerkers",
    "klant": "klanten",
    "zaak_opschorting": "opschortingen",
    "zaak_verlenging": "verlengingen",
    "zaak_status": "statussen",
    "zaaktype_status": "statustypen",
    "zaaktype_documenteis": "verplichte documenten per zaaktype",
    "zaak_document": "documenten",
    "contactmoment": "contactmomenten",
    "capaciteit": "capaciteit (uren per medewerker en dag)",
    "capaciteitsaanvraag": "aanvragen voor capaciteit",
    "boeking": "boekingen",
    "begrotingsregel": "begroting",
    "begroting_fasering": "verdeling van de begroting over de maanden",
    "begrotingswijziging": "begrotingswijzigingen",
    "grootboek": "grootboekrekeningen",
    "verplichting": "verplichtingen",
    "leverancier": "leveranciers",
    "factuur": "facturen",
    "boeking_factuur": "koppeling van boekingen aan facturen",
}
_IN_PLAATS_DAARVAN = {
    "begroting_fasering": "Zonder verdeling over de maanden telt elke maand voor een twaalfde van de begroting.",
    "grootboek": "Zonder lijst van grootboekrekeningen bepaalt het rekeningnummer wat kosten en opbrengsten zijn.",
    "begrotingswijziging": "Zonder wijzigingen geldt het huidige bedrag van de begroting voor het hele jaar.",
}
"""What takes the place of a table that nobody delivers."""
_KOLOMNAMEN = {
    "zaaktype_id": "het zaaktype",
    "klant_id": "de klant",
    "team_id": "het team",
    "behandelaar_id": "de behandelaar",
    "resultaat": "het resultaat",
    "vertrouwelijkheid": "de vertrouwelijkheid",
}


def betrouwbaarheid(report: Report) -> Block:
    """Return the one-line strip: whether the data passed the gate."""
    ran = [outcome for outcome in report.outcomes if outcome.state != "niet uitgevoerd"]
    failed = [outcome for outcome in ran if outcome.failed]
    found = verdict(ran)
    if found == "in orde":
        return reliability(f"Alle {getal(len(ran))} controles op de gegevens zijn gehaald.", "groen")
    rules = f"{getal(len(failed))} van de {getal(len(ran))} controles op de gegevens niet gehaald"
    if found == "met opmerkingen":
        return reliability(f"{rules}; de cijfers zijn bruikbaar. Zie Datakwaliteit.", "oranje")
    return reliability(f"{rules}: dit rapport is niet vrijgegeven. Zie Datakwaliteit.", "rood")


def gegevens_boodschap(report: Report) -> Message | None:
    """Return the key message that the report may not go out, when a critical rule does not hold."""
    critical = [each for each in report.outcomes if each.failed and each.effective_severity == "critical"]
    if not critical:
        return None
    count = len(critical)
    return Message(
        f"De gegevens zijn niet in orde: {getal(count)} {'controle' if count == 1 else 'controles'} niet gehaald. "
        "Dit rapport is niet vrijgegeven.",
        verdict="rood",
        needed="herstel in de bron en een nieuwe export; zie Datakwaliteit.",
    )


def datakwaliteit(report: Report) -> Block:
    """Return the rules that did not hold, with numbers and at most five keys."""
    failed = [outcome for outcome in report.outcomes if outcome.failed]
    ran = [outcome for outcome in report.outcomes if outcome.state != "niet uitgevoerd"]
    report.attach("controles", pd.DataFrame([_rule(outcome) for outcome in report.outcomes]))
    if not failed:
        return sentence(
            f"Alle {getal(len(ran))} controles zijn gehaald. De volledige lijst is bijgevoegd als controles.csv."
        )
    failed.sort(key=lambda outcome: (_ORDER[outcome.effective_severity], outcome.id))
    frame = pd.DataFrame([_rule(outcome) for outcome in failed])
    return table(
        frame,
        f"{getal(len(failed))} van de {getal(len(ran))} controles niet gehaald",
        {
            "controle": ColumnFormat("Controle", width="26mm"),
            "regel": ColumnFormat("Regel", width="1fr"),
            "gevolg": ColumnFormat("Gevolg", width="28mm"),
            "aantal": ColumnFormat("Aantal", align="rechts", width="22mm"),
            "voorbeelden": ColumnFormat("Voorbeelden", width="42mm"),
        },
        note="Alle controles, ook de gehaalde, staan in de bijlage controles.csv.",
    )


def niet_aangeleverd(report: Report) -> Block:
    """Return one sentence on what the sources do not give, and what is therefore not in the report."""
    optional = (*report.entry.needs_any, *report.entry.uses)
    missing = [_TABELNAMEN.get(name, name) for name in optional if not report.is_delivered(name)]
    shows_cases = "zaak" in report.entry.tables
    columns = [text for name, text in _KOLOMNAMEN.items() if shows_cases and not report.is_delivered("zaak", name)]
    parts = [*columns, *missing]
    instead = [text for name, text in _IN_PLAATS_DAARVAN.items() if name in optional and not report.is_delivered(name)]
    if not parts:
        return sentence("Alle gegevens die dit rapport gebruikt, zijn aangeleverd.")
    listed = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} en {parts[-1]}"
    rest = "Wat verder daarop rust" if instead else "Wat daarop rust"
    told = "".join(f" {text}" for text in instead)
    return prose(f"**Niet aangeleverd:** {listed}.{told} {rest}, staat niet in dit rapport.")


def definities(ids: Iterable[str]) -> Block:
    """Return the definitions of the figures that the report shows."""
    frame = pd.DataFrame(
        [{"id": each, "naam": KERNCIJFERS[each].naam, "definitie": KERNCIJFERS[each].omschrijving} for each in ids]
    )
    return table(
        frame,
        "Zo zijn de cijfers berekend",
        {
            "id": ColumnFormat("Nr.", width="12mm"),
            "naam": ColumnFormat("Cijfer", width="34mm"),
            "definitie": ColumnFormat("Definitie", width="1fr"),
        },
    )


def verantwoording(report: Report) -> Block:
    """Return where the figures come from: every input file with its export moment and rows."""
    rows = [
        {
            "bestand": item.name,
            "moment": datum_tijd(item.exported_at) if item.exported_at else "niet bekend",
            "rijen": item.rows_read,
            "quarantaine": item.rows_quarantined,
            "sha256": item.sha256[:12],
        }
        for item in report.run.inputs
        if item.table in report.entry.tables
    ]
    frame = pd.DataFrame(rows, columns=["bestand", "moment", "rijen", "quarantaine", "sha256"])
    report.attach("bronnen", frame)
    remarks = _leesmeldingen(report) + _beschadigd(report) + _na_gelijkgestelde_dagen(report)
    return table(
        frame,
        f"Bronnen van dit rapport, peilmoment {datum_tijd(report.as_of)}",
        {
            "bestand": ColumnFormat("Bestand"),
            "moment": ColumnFormat("Geëxporteerd op"),
            "rijen": ColumnFormat("Rijen", format=getal),
            "quarantaine": ColumnFormat("Onleesbaar", format=getal),
            "sha256": ColumnFormat("Controlegetal"),
        },
        small=True,
        note=f"Run {report.run.run_id}, programma {report.run.git_commit[:10]}, momentopname "
        f"{report.run.snapshot}." + remarks,
    )


def _leesmeldingen(report: Report) -> str:
    """Return how many remarks the reading made; what they say may quote a file, so it stays with the analyst."""
    count = sum(len(source.notices) for source in report.run.sources if source.table in report.entry.tables)
    count += len(report.run.earlier_notices)
    return f" Meldingen bij het lezen: {getal(count)}, zie run.json." if count else ""


def _beschadigd(report: Report) -> str:
    """Return which earlier weeks could not be compared with, or nothing."""
    weeks = ", ".join(str(week) for week in sorted(report.damaged_weeks))
    return f" Niet vergeleken met {weeks}: die momentopname is beschadigd." if weeks else ""


def _na_gelijkgestelde_dagen(report: Report) -> str:
    """Return that statutory terms end in years of which not every holiday is known yet, or nothing."""
    if "zaak" not in report.entry.tables or na_gelijkgestelde_dagen(report.zaken).empty:
        return ""
    return (
        f" Voor wettelijke termijnen na {LAATSTE_JAAR_BEKEND} zijn nog niet alle vrije dagen bekend; zo'n datum kan "
        "nog verschuiven."
    )


def exportmoment(report: Report) -> Block:
    """Return the caveat that an export moment is unknown, or that it is known of every file."""
    files = [item for item in report.run.inputs if item.table in report.entry.tables and not item.name.endswith("/")]
    unknown = sorted({item.name for item in files if item.exported_at is None})  # a folder of documents has no moment
    if not unknown:
        return sentence("Van elk bronbestand is bekend wanneer het is gemaakt.")
    return sentence(
        f"Van {', '.join(unknown)} is niet bekend wanneer het is gemaakt; datums in de toekomst zijn daarom "
        "niet te herkennen."
    )


def _rule(outcome: Outcome) -> dict[str, object]:
    keys = ", ".join(outcome.keys[:5])
    return {
        "controle": outcome.id,
        "tabel": outcome.dataset,
        "regel": outcome.tekst if not outcome.toelichting else f"{outcome.tekst} ({outcome.toelichting})",
        "reden": outcome.reden,
        "gevolg": _SEVERITIES[outcome.effective_severity],
        "uitkomst": outcome.state,
        "aantal": f"{getal(outcome.rows_failed)} van {getal(outcome.rows_tested)}" if outcome.failed else "0",
        "voorbeelden": keys,
    }

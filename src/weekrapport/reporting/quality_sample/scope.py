"""What the report is about and what not: the judged part, checks that were not made, what a source leaves open."""

from __future__ import annotations

import pandas as pd

from weekrapport.domain.toets import TOETSEN, lokale_dagen
from weekrapport.reporting import trust
from weekrapport.reporting.blocks import Block, prose, sentence
from weekrapport.reporting.numbers import datum_lang, getal, zaken
from weekrapport.reporting.quality_sample.overview import GEEN_UITKOMSTEN, MET_BERICHTEN, Kwaliteit
from weekrapport.reporting.quality_sample.wording import opsomming


def zonder_oordeel() -> Block:
    """Return the sentence that says that nobody has judged the content of the files for this edition."""
    return sentence(
        "Deze editie bevat alleen automatische toetsen. Het oordeel van de officer over de inhoud van dossiers maakt "
        "er geen deel van uit."
    )


def kanttekeningen(view: Kwaliteit) -> Block:
    """Return which checks were not made, with what is missing, and what the made ones rest on."""
    missing = view.toetsing.niet_getoetst
    parts = [f"{TOETSEN[toets].naam.lower()} (nodig: {missing[toets]})" for toets in TOETSEN if toets in missing]
    lines = [f"**Niet getoetst:** {'; '.join(parts)}."] if parts else []
    lines += [] if view.leeg else [line for line in (_bronnen(view), _intern(view), _begin(view)) if line]
    if not lines:
        return sentence(GEEN_UITKOMSTEN if view.leeg else "Alle zeven toetsen zijn uitgevoerd.")
    return prose("\n\n".join(lines))


def definities(view: Kwaliteit) -> Block:
    """Return the definitions of the figures of the checks that were made."""
    return trust.definities(["Q00", *view.toetsing.toetsen])


def _bronnen(view: Kwaliteit) -> str:
    """Say on which of the sources of messages the checks rest, when one of them is not delivered."""
    quality = view.report.settings.quality
    made = [toets for toets in MET_BERICHTEN if toets in view.toetsing.toetsen]
    sources = {
        "contactmomenten": view.report.is_delivered("contactmoment"),
        "documenten": view.report.is_delivered("zaak_document"),
    }
    absent = [name for name, present in sources.items() if not present]
    if not made or not absent:
        return ""
    present = [name for name, there in sources.items() if there]
    if quality.ontvangst_statussen or quality.bericht_statussen:
        present.append("statussen")
    names = opsomming([TOETSEN[toets].naam.lower() for toets in made])
    return (
        f"De {'toets' if len(made) == 1 else 'toetsen'} {names} {'rust' if len(made) == 1 else 'rusten'} alleen op "
        f"{opsomming(present)}. Een bericht dat alleen in {opsomming(absent)} staat, is niet gezien."
    )


def _intern(view: Kwaliteit) -> str:
    if "Q07" not in view.toetsing.toetsen or view.report.is_delivered("zaak", "klant_id"):
        return ""
    return "De bron noemt geen klanten. Ook interne zaken zijn daarom getoetst op een afrondingsbericht."


def _begin(view: Kwaliteit) -> str:
    """Say how many cases began before the messages in the delivery do: what they lack may lie before it."""
    tables = view.report.tables
    found = {
        "contactmomenten": lokale_dagen(tables["contactmoment"]["datumtijd"]).min(),
        "documenten": lokale_dagen(tables["zaak_document"]["registratie_op"]).min(),
    }
    known = {name: day for name, day in found.items() if pd.notna(day)}
    if not known or not set(view.toetsing.toetsen) & {"Q03", *MET_BERICHTEN}:
        return ""
    name = max(known, key=lambda each: known[each])
    ids = view.toetsing.oordelen.loc[view.toetsing.oordelen["week"] == str(view.week), "zaak_id"]
    beeld = view.report.zaken
    early = int((beeld["zaak_id"].isin(ids) & (beeld["startdatum"] < known[name])).sum())
    if not early:
        return ""
    verb = "is" if early == 1 else "zijn"
    which = "De getoetste zaak" if view.zaken == 1 else f"{zaken(early).capitalize()} van de {getal(view.zaken)}"
    return (
        f"De {name} in de aanlevering beginnen op {datum_lang(known[name].date())}. {which} {verb} eerder gestart; wat "
        "daar ontbreekt, kan ouder zijn dan de aanlevering."
    )

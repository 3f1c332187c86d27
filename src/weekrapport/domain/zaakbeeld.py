"""One row per case with everything a report needs of it: kind, team, deadlines, duration.

The same frame serves every figure, so that two figures can never differ about what a team, a kind or "on time" is.
Methods: "Zaakbeeld" in docs/methods.md.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd

from weekrapport.domain.kantooruren import Kantoorklok, Kantoortijd, klokstart
from weekrapport.domain.termijnen import termijnen

ONBEKEND = "niet ingedeeld"
"""Label of a case whose kind or team the source does not give; counted, never left out."""

SOORT_NAMEN: Mapping[str, str] = {
    "storing": "storing",
    "vraag": "vraag",
    "wijziging": "wijziging",
    "implementatie": "implementatie",
    "project": "project",
    "autorisatie": "autorisatie",
    "beveiliging": "beveiliging",
    "privacy": "privacy",
    "klacht": "klacht",
    "advies_opleiding": "advies en opleiding",
    "commercieel": "commercieel",
    "intern": "intern",
    "overig": "overig",
}

GEEN_LEVERING = ("ingetrokken", "buiten_behandeling")
"""Results that say nothing about being on time (K04)."""

VERTROUWELIJK = ("vertrouwelijk", "confidentieel", "geheim", "zeer_geheim")
"""Cases that lists show by number only."""


def zaakbeeld(
    tables: Mapping[str, pd.DataFrame],
    peil: date,
    kalender: np.busdaycalendar,
    kantoortijd: Kantoortijd = Kantoortijd(),  # noqa: B008  frozen
) -> pd.DataFrame:
    """Return every case with its labels, deadlines and duration.

    Args:
        tables: typed tables in the as-of view; `zaak` is needed, the others may be empty.
        peil: the as-of day.
        kalender: the werkkalender.
        kantoortijd: when the clock of a norm in hours runs.

    Returns:
        All columns of `zaak`, those of `termijnen`, and: zaaktype, soort, team, klant (str; `soort` and `team` are
        "niet ingedeeld" where the source gives none), is_deelzaak, telt_mee (boolean: in the population of the
        figures), is_vertrouwelijk (boolean), doorlooptijd_dagen (Int64, calendar days net of suspension; unknown for
        an open case), is_tijdig (boolean; unknown where being on time has no meaning).
    """
    zaak = tables["zaak"].reset_index(drop=True)
    types = zaaktype_per_zaak(zaak, tables["zaaktype"])
    has_hours = bool((types["servicenorm_eenheid"] == "uur").any())
    terms = termijnen(
        zaak,
        types,
        tables["zaak_opschorting"],
        tables["zaak_verlenging"],
        peil,
        kalender,
        Kantoorklok(kalender, kantoortijd) if has_hours else None,
        klokstart(zaak, tables["zaak_status"]) if has_hours and "zaak_status" in tables else None,
    )
    beeld = pd.concat([zaak, terms], axis=1)
    beeld["zaaktype"] = types["omschrijving"].fillna(zaak["zaaktype_id"]).fillna(ONBEKEND)
    soort = types["soort_werkzaamheid"]
    beeld["soort"] = soort.map(SOORT_NAMEN).fillna(soort).fillna(ONBEKEND).astype("str")
    beeld["team"] = _named(zaak["team_id"], tables["team"], "team_id", "naam").fillna(ONBEKEND)
    beeld["klant"] = _named(zaak["klant_id"], tables["klant"], "klant_id", "naam")
    beeld["is_deelzaak"] = zaak["hoofdzaak_id"].notna().astype("boolean")
    foutief = (zaak["resultaat_categorie"] == "foutief_aangemaakt").fillna(False)
    beeld["telt_mee"] = (~beeld["is_deelzaak"] & ~foutief).astype("boolean")
    beeld["is_vertrouwelijk"] = zaak["vertrouwelijkheid"].isin(VERTROUWELIJK).astype("boolean")
    duration = (beeld["einddatum"] - beeld["startdatum"]).dt.days.astype("Int64")
    beeld["doorlooptijd_dagen"] = duration - beeld["opgeschort_dagen"]
    telt_voor_termijn = beeld["norm_datum"].notna() & beeld["einddatum"].notna()
    telt_voor_termijn &= ~zaak["resultaat_categorie"].isin(GEEN_LEVERING)
    beeld["is_tijdig"] = (beeld["einddatum"] <= beeld["norm_datum"]).astype("boolean").where(telt_voor_termijn)
    return beeld


def zaaktype_per_zaak(zaak: pd.DataFrame, zaaktype: pd.DataFrame) -> pd.DataFrame:
    """Return the zaaktype version of every case, row for row with `zaak` (all unknown where there is none).

    Of several versions the one counts that was valid on the start day; when none was, the oldest.
    """
    versions = zaaktype.sort_values(["zaaktype_id", "geldig_van"], na_position="first", kind="stable")
    versions = versions.drop(columns=["bron", "bron_rij", "ingelezen_op", "vertrouwelijkheid"])
    pairs = zaak[["zaaktype_id", "startdatum"]].assign(_row=np.arange(len(zaak)))
    pairs = pairs.merge(versions, on="zaaktype_id", how="left")
    too_new = pairs["geldig_van"] > pairs["startdatum"]
    pairs = pairs.assign(_too_new=too_new).sort_values(["_row", "_too_new"], kind="stable")
    valid = pairs[~pairs["_too_new"]].drop_duplicates("_row", keep="last")
    oldest = pairs[pairs["_too_new"]].drop_duplicates("_row", keep="first")
    chosen = pd.concat([valid, oldest[~oldest["_row"].isin(valid["_row"])]]).sort_values("_row")
    return chosen.drop(columns=["_row", "_too_new", "startdatum"]).reset_index(drop=True)


def behandelaar_label(
    behandelaar_id: pd.Series, medewerker: pd.DataFrame, toon: str, *, or_instemming: bool
) -> pd.Series:
    """Return how a list shows the handler of each case: initials, a name, or nothing.

    Full names need the works council's consent; without it initials are shown whatever `toon` says. Where the employee
    table has none, an identifier with a digit is a code and is shown as it is; any other may be a name, and only the
    first letters of its words are shown, numbered where two people share them (J.B., J.B.2).

    Args:
        behandelaar_id: employee identifiers, unknown where a case has no handler.
        medewerker: medewerker_id, weergavenaam, initialen.
        toon: "naam", "initialen" or "geen".
        or_instemming: whether consent is recorded.
    """
    if toon == "geen":
        return pd.Series(pd.NA, index=behandelaar_id.index, dtype="str")
    column = "weergavenaam" if toon == "naam" and or_instemming else "initialen"
    known = medewerker.drop_duplicates("medewerker_id").set_index("medewerker_id")[column].dropna()
    labels = known.to_dict()
    taken = Counter(str(label) for label in labels.values())
    for name in sorted(set(behandelaar_id.dropna()) - set(labels)):
        letters = name if any(sign.isdigit() for sign in name) else _initials(name)
        taken[letters] += 1
        labels[name] = letters if taken[letters] == 1 else f"{letters}{taken[letters]}"
    return behandelaar_id.map(labels).astype("str")


def _initials(name: str) -> str:
    """Return the first letter of every word: "Jan de Boer" gives J.d.B."""
    return "".join(f"{word[0]}." for word in re.findall(r"[^\W_]+", name)) or "?"


def _named(ids: pd.Series, table: pd.DataFrame, key: str, column: str) -> pd.Series:
    """Return the name that goes with each identifier; the identifier itself where the table has no name for it."""
    names = table.drop_duplicates(key).set_index(key)[column]
    return ids.map(names).astype("str").fillna(ids)  # str first: without any name the result of map is float

"""The messages that went to the customer of a case, whatever table of the source they stand in.

Methods: "Berichten" in docs/methods.md.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from weekrapport.domain.toets import Geleverd, Toetsafspraken, lokale_dagen, zonder_hoofdletters

ONTVANGSTBEVESTIGING, INFORMATIEVERZOEK = "ontvangstbevestiging", "informatieverzoek"
UITGAANDE_SOORTEN = (ONTVANGSTBEVESTIGING, "tussenbericht", INFORMATIEVERZOEK, "afrondingsbericht")
"""Kinds of contact that go to the customer by what they are, when the source gives no direction."""

COLUMNS = {"zaak_id": "str", "dag": "datetime64[s]", "soort": "str"}


def uitgaande_berichten(
    zaak_ids: pd.Series, tables: Mapping[str, pd.DataFrame], geleverd: Geleverd, afspraken: Toetsafspraken
) -> pd.DataFrame:
    """Return every message that was sent in one of the cases, by case and day.

    Args:
        zaak_ids: the cases; messages of others are left out before anything else is done.
        tables: contactmoment, zaak_document, zaak_status and zaaktype_status in the as-of view; each may be empty.
        geleverd: which columns are delivered. When verzenddatum is one of them, only a document that has it was sent.
        afspraken: which document types and statuses mean a message.

    Returns:
        zaak_id (str), dag (datetime64[s], local day on which it was sent), soort (str: a kind of contact, "document" or
        "status").
    """
    parts = [
        _contacten(_of(tables["contactmoment"], zaak_ids)),
        _documenten(
            _of(tables["zaak_document"], zaak_ids), afspraken, "verzenddatum" in geleverd.get("zaak_document", ())
        ),
        _statussen(_of(tables["zaak_status"], zaak_ids), tables["zaaktype_status"], afspraken),
    ]
    found = pd.concat([part.astype(COLUMNS) for part in parts], ignore_index=True)
    return found.dropna(subset=["zaak_id", "dag"]).sort_values(["zaak_id", "dag", "soort"], ignore_index=True)


def _of(table: pd.DataFrame, zaak_ids: pd.Series) -> pd.DataFrame:
    return table[table["zaak_id"].isin(zaak_ids)]


def _contacten(contacten: pd.DataFrame) -> pd.DataFrame:
    soort, richting = zonder_hoofdletters(contacten["soort"]), zonder_hoofdletters(contacten["richting"])
    sent = (richting == "uitgaand") | (richting.isna() & soort.isin(UITGAANDE_SOORTEN))
    frame = contacten.assign(dag=lokale_dagen(contacten["datumtijd"]), soort=soort.fillna("overig"))
    return frame.loc[sent.fillna(False).astype(bool), list(COLUMNS)]


def _documenten(documenten: pd.DataFrame, afspraken: Toetsafspraken, heeft_verzenddatum: bool) -> pd.DataFrame:
    richting = zonder_hoofdletters(documenten["richting"])
    types = [name.strip().lower() for name in afspraken.ontvangst_documenttypen]
    is_bevestiging = zonder_hoofdletters(documenten["informatieobjecttype"]).isin(types)
    sent = (richting == "uitgaand") | (richting.isna() & (documenten["verzenddatum"].notna() | is_bevestiging))
    dag = documenten["verzenddatum"]
    if not heeft_verzenddatum:
        concept = (zonder_hoofdletters(documenten["status"]) == "in_bewerking").fillna(False)
        dag = documenten["creatiedatum"].fillna(lokale_dagen(documenten["registratie_op"])).mask(concept.astype(bool))
    soort = pd.Series("document", index=documenten.index, dtype="str").mask(is_bevestiging, ONTVANGSTBEVESTIGING)
    return documenten.assign(dag=dag, soort=soort).loc[sent.fillna(False).astype(bool), list(COLUMNS)]


def _statussen(statussen: pd.DataFrame, typen: pd.DataFrame, afspraken: Toetsafspraken) -> pd.DataFrame:
    soort = pd.Series(pd.NA, index=statussen.index, dtype="str")
    for names, meaning in (
        (afspraken.bericht_statussen, "status"),
        (afspraken.ontvangst_statussen, ONTVANGSTBEVESTIGING),
    ):
        wanted = [name.strip().lower() for name in names]
        described = typen.loc[zonder_hoofdletters(typen["omschrijving"]).isin(wanted), "statustype_id"]
        code = statussen["statustype_id"]
        soort = soort.mask(zonder_hoofdletters(code).isin(wanted) | code.isin(described), meaning)
    frame = statussen.assign(dag=lokale_dagen(statussen["gezet_op"]), soort=soort)
    return frame.loc[soort.notna(), list(COLUMNS)]

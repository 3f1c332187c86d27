"""The automatic checks Q01–Q07 on finished cases, each with one verdict per case.

Everything is computed from the tables as they were at the as-of moment; earlier weeks too, so they are told as known
now. Methods: "Dossiertoets" in docs/methods.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from weekrapport.domain.berichten import ONTVANGSTBEVESTIGING, uitgaande_berichten
from weekrapport.domain.berichttoets import afronding_toets, ontvangst_toets
from weekrapport.domain.documenttoets import document_toets, documenteisen
from weekrapport.domain.statustoets import status_toets
from weekrapport.domain.stiltetoets import tussentijds_toets
from weekrapport.domain.toets import FOUT, GOED, NVT, TOETSEN, Geleverd, Toetsafspraken, niet_getoetst, toetsuitkomst
from weekrapport.domain.werkdagen import dagen
from weekrapport.week import Week

BUITEN_DE_TOETS = ("confidentieel", "geheim", "zeer_geheim")
"""Cases that only the authorised manager reviews; counted, never checked."""


@dataclass(frozen=True)
class Toetsing:
    """What the checks found."""

    oordelen: pd.DataFrame
    """One row per case and check: zaak_id, toets, oordeel, bevinding, venster, and of the case week, team, zaaktype,
    is_vertrouwelijk."""
    eisen: pd.DataFrame
    """`documenttoets.documenteisen`, empty when Q03 was not made."""
    niet_getoetst: Mapping[str, str]
    """Check → what is missing for it."""

    @property
    def toetsen(self) -> list[str]:
        """The checks that were made, in order."""
        return [each for each in TOETSEN if each not in self.niet_getoetst]


def toetspopulatie(beeld: pd.DataFrame, first: Week, last: Week) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the zaakbeeld rows finished from `first` up to and including `last`: to be checked, and left out.

    Left out are confidential cases (`BUITEN_DE_TOETS`); sub-cases and cases created by mistake are in neither.
    """
    end = beeld["einddatum"]
    inside = (end >= pd.Timestamp(first.monday)) & (end <= pd.Timestamp(last.sunday))
    rows = beeld[(beeld["telt_mee"] & inside).fillna(False).astype(bool)]
    secret = rows["vertrouwelijkheid"].isin(BUITEN_DE_TOETS)
    return rows[~secret], rows[secret]


def dossiertoets(
    zaken: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    geleverd: Geleverd,
    afspraken: Toetsafspraken,
    kalender: np.busdaycalendar,
    peil: date,
) -> Toetsing:
    """Return what every check that this delivery allows says of every case.

    Args:
        zaken: zaakbeeld rows of finished cases.
        tables: typed tables in the as-of view; one that no source declares is empty.
        geleverd: table → the columns that a source fills.
        afspraken: what was agreed with customers.
        kalender: the werkkalender.
        peil: the as-of day; what may still come on it or later is not held against a case.
    """
    zaken = zaken.reset_index(drop=True)
    today = np.datetime64(peil, "D")
    berichten = uitgaande_berichten(zaken["zaak_id"], tables, geleverd, afspraken)
    missing = _onherkenbaar(tables, geleverd, afspraken) | niet_getoetst(geleverd, afspraken)
    eisen = documenteisen(zaken, tables, afspraken, kalender)
    heeft_klant = "klant_id" in geleverd.get("zaak", ())
    checks = {
        "Q01": lambda: tijdig_toets(zaken),
        "Q02": lambda: wettelijk_toets(zaken),
        "Q03": lambda: document_toets(zaken, eisen, afspraken, kalender, today),
        "Q04": lambda: status_toets(zaken, tables, geleverd),
        "Q05": lambda: ontvangst_toets(zaken, berichten, afspraken, kalender, today),
        "Q06": lambda: tussentijds_toets(zaken, berichten, tables, afspraken, kalender, peil),
        "Q07": lambda: afronding_toets(zaken, berichten, afspraken, kalender, today, heeft_klant=heeft_klant),
    }
    weken = zaken["einddatum"].map({day: str(Week.of(day.date())) for day in zaken["einddatum"].dropna().unique()})
    of_case = zaken[["zaak_id", "team", "zaaktype", "is_vertrouwelijk"]].assign(week=weken.astype("str"))
    parts = [
        pd.concat([of_case, check().assign(toets=name)], axis=1)
        for name, check in checks.items()
        if name not in missing
    ]
    nothing = toetsuitkomst(zaken.iloc[:0], np.array([]), "").assign(toets="")
    none = pd.concat([of_case.iloc[:0], nothing], axis=1)
    oordelen = pd.concat(parts or [none], ignore_index=True)
    return Toetsing(oordelen, eisen.iloc[:0] if "Q03" in missing else eisen, missing)


def tijdig_toets(zaken: pd.DataFrame) -> pd.DataFrame:
    """Return the outcome of Q01: `is_tijdig` of the zaakbeeld, as K04 counts it; unknown there is nvt here."""
    return _datum_toets(zaken, zaken["is_tijdig"], "norm_datum", "de norm")


def wettelijk_toets(zaken: pd.DataFrame) -> pd.DataFrame:
    """Return the outcome of Q02: on or before the fatale datum, of the cases that K05 counts; the others are nvt."""
    counts = zaken["heeft_grondslag"] & zaken["fatale_datum"].notna() & zaken["is_tijdig"].notna()
    met = (zaken["einddatum"] <= zaken["fatale_datum"]).astype("boolean").where(counts.fillna(False).astype(bool))
    return _datum_toets(zaken, met, "fatale_datum", "de wettelijke termijn")


def _datum_toets(zaken: pd.DataFrame, op_tijd: pd.Series, column: str, wat: str) -> pd.DataFrame:
    known, on_time = op_tijd.notna().to_numpy(), op_tijd.fillna(False).to_numpy(bool)
    days = (dagen(zaken["einddatum"]) - dagen(zaken[column])).astype("timedelta64[D]")
    number = pd.Series(np.where(np.isnat(days), 0, days.astype("int64")), index=zaken.index)
    words = pd.Series(np.where(number == 1, " dag na ", " dagen na "), index=zaken.index, dtype="str") + wat
    return toetsuitkomst(zaken, np.select([~known, on_time], [NVT, GOED], FOUT), number.astype("str") + words)


def _onherkenbaar(tables: Mapping[str, pd.DataFrame], geleverd: Geleverd, afspraken: Toetsafspraken) -> dict[str, str]:
    """Return Q05 when no kind of contact is delivered and no document or status is ever an acknowledgement.

    Then the words of the source are not those of the settings, and every case would be wrong.
    """
    if "soort" in geleverd.get("contactmoment", ()):
        return {}
    every = pd.concat([tables["zaak_document"]["zaak_id"], tables["zaak_status"]["zaak_id"]])
    found = uitgaande_berichten(every, tables, geleverd, afspraken)
    if (found["soort"] == ONTVANGSTBEVESTIGING).any():
        return {}
    return {"Q05": "documenten of statussen die een ontvangstbevestiging zijn"}

"""What a check of a case file is: its four verdicts, the agreements it tests, and the sources it needs.

A check never guesses: what the delivery cannot prove is "niet te beoordelen", and a check whose source is not delivered
at all does not exist for this delivery (`niet_getoetst`). Methods: "Dossiertoets" in docs/methods.md.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from weekrapport.week import TIME_ZONE

GOED, FOUT, NVT, NIET_TE_BEOORDELEN = "goed", "fout", "nvt", "niet te beoordelen"
OORDELEN = (GOED, FOUT, NVT, NIET_TE_BEOORDELEN)
"""Every case has exactly one of these for every check."""

Geleverd = Mapping[str, Collection[str]]
"""Table → the columns that a source fills; a table that no source declares is not in it."""


@dataclass(frozen=True)
class Toetsafspraken:
    """What was agreed with customers, in working days, and which words of the source mean a message."""

    ontvangst_werkdagen: int = 3
    stilte_werkdagen: int = 10
    afronding_werkdagen: int = 2
    registratie_werkdagen: int = 1
    """Working days after the end in which a document may still be registered."""
    informeren_werkdagen: int = 2
    """Working days after a status of which the customer must be told."""
    ontvangst_documenttypen: tuple[str, ...] = ("Ontvangstbevestiging",)
    ontvangst_statussen: tuple[str, ...] = ()
    """Statuses, by code or by description, that mean: the acknowledgement was sent."""
    bericht_statussen: tuple[str, ...] = ()
    """Statuses that mean: the customer was sent another message."""


@dataclass(frozen=True)
class Toets:
    """One automatic check: `naam` is printed, `kerncijfer` is the figure that its share also is."""

    id: str
    naam: str
    kerncijfer: str | None = None


TOETSEN: Mapping[str, Toets] = MappingProxyType(
    {
        toets.id: toets
        for toets in (
            Toets("Q01", "Op tijd afgerond"),
            Toets("Q02", "Wettelijke termijn gehaald"),
            Toets("Q03", "Verplichte documenten aanwezig", "K30"),
            Toets("Q04", "Resultaat en eindstatus vastgelegd"),
            Toets("Q05", "Ontvangstbevestiging op tijd", "K31"),
            Toets("Q06", "Tussentijds geïnformeerd", "K32"),
            Toets("Q07", "Afrondingsbericht verstuurd", "K33"),
        )
    }
)


def niet_getoetst(geleverd: Geleverd, afspraken: Toetsafspraken) -> dict[str, str]:
    """Return, per check that cannot be made with this delivery, what is missing for it, as Dutch text."""
    heeft = _Levering(geleverd)
    heeft_type = heeft("zaak", "zaaktype_id")
    norm = heeft("zaaktype", "servicenorm_waarde") or heeft("zaaktype", "wettelijk_waarde")
    contact = heeft("contactmoment", "richting") or heeft("contactmoment", "soort")
    brief = heeft("zaak_document", "richting") or heeft("zaak_document", "verzenddatum")
    gedateerd = any(heeft("zaak_document", name) for name in ("verzenddatum", "creatiedatum", "registratie_op"))
    bevestiging = bool(afspraken.ontvangst_statussen) and heeft("zaak_status")
    bericht = bool(afspraken.bericht_statussen) and heeft("zaak_status")
    gaps = {
        "Q01": {"een servicenorm of uiterste datum": (heeft_type and norm) or heeft("zaak", "uiterlijke_einddatum")},
        "Q02": {
            "wettelijke termijnen per zaaktype": heeft_type
            and heeft("zaaktype", "wettelijk_waarde")
            and heeft("zaaktype", "wettelijk_grondslag")
        },
        "Q03": {
            "verplichte documenten per zaaktype": heeft_type and heeft("zaaktype_documenteis"),
            "documenten": heeft("zaak_document"),
        },
        "Q04": {"resultaten of statustypen": heeft_resultaat(geleverd) or heeft_eindstatus(geleverd)},
        "Q05": {
            "contactmomenten met een soort, of documenten": heeft("contactmoment", "soort")
            or (gedateerd and bool(afspraken.ontvangst_documenttypen))
            or bevestiging
        },
        "Q06": {"contactmomenten met een richting of soort": contact or bericht},
        "Q07": {"contactmomenten of uitgaande documenten": contact or brief or bericht},
    }
    missing = {toets: [text for text, present in needs.items() if not present] for toets, needs in gaps.items()}
    return {toets: " en ".join(texts) for toets, texts in missing.items() if texts}


def heeft_resultaat(geleverd: Geleverd) -> bool:
    """Return whether the delivery says how cases ended."""
    heeft = _Levering(geleverd)
    return heeft("zaak", "resultaat") or heeft("zaak", "resultaat_categorie")


def heeft_eindstatus(geleverd: Geleverd) -> bool:
    """Return whether the delivery says which status every case reached, and which one is final."""
    heeft = _Levering(geleverd)
    return heeft("zaak_status") and heeft("zaaktype_status")


@dataclass(frozen=True)
class _Levering:
    geleverd: Geleverd

    def __call__(self, table: str, column: str | None = None) -> bool:
        return table in self.geleverd and (column is None or column in self.geleverd[table])


def toetsuitkomst(
    zaken: pd.DataFrame,
    oordeel: np.ndarray,
    bevinding: pd.Series | np.ndarray | str,
    venster: np.ndarray | None = None,
) -> pd.DataFrame:
    """Return the outcome of one check in the order and index of `zaken`.

    Args:
        zaken: the cases that were checked.
        oordeel: one of `OORDELEN` for every case.
        bevinding: what is wrong, in Dutch; kept only where the verdict is fout.
        venster: the last day (datetime64[D]) on which what was missing could still come.

    Returns:
        oordeel (str), bevinding (str, unknown unless fout), venster (datetime64[s], unknown where nothing can come).
    """
    frame = pd.DataFrame({"oordeel": pd.Series(oordeel, index=zaken.index, dtype="str")}, index=zaken.index)
    texts = pd.Series(bevinding, index=zaken.index, dtype="object").astype("str")
    frame["bevinding"] = texts.where(frame["oordeel"] == FOUT)
    none = np.full(len(zaken), np.datetime64("NaT"), dtype="datetime64[D]")
    frame["venster"] = (none if venster is None else venster).astype("datetime64[s]")
    return frame


def lokale_dagen(moments: pd.Series) -> pd.Series:
    """Return the local calendar day (datetime64[s]) of each moment in UTC."""
    return moments.dt.tz_convert(TIME_ZONE).dt.tz_localize(None).dt.normalize().astype("datetime64[s]")


def zonder_hoofdletters(values: pd.Series) -> pd.Series:
    """Return text in lower case without surrounding spaces, so that two spellings of one word are equal."""
    return values.astype("str").str.strip().str.lower()

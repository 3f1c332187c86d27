"""Q03: is every document that the case type requires in the file, in time and no draft?

Methods: "Dossiertoets" in docs/methods.md.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from weekrapport.domain.toets import (
    FOUT,
    GOED,
    NIET_TE_BEOORDELEN,
    NVT,
    Toetsafspraken,
    lokale_dagen,
    toetsuitkomst,
    zonder_hoofdletters,
)
from weekrapport.domain.werkdagen import Days, dagen, werkdagen_later

REDENEN = ("ontbreekt", "te laat geregistreerd", "nog in bewerking", "te weinig")


def documenteisen(
    zaken: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    afspraken: Toetsafspraken,
    kalender: np.busdaycalendar,
) -> pd.DataFrame:
    """Return every required document of every case: does it apply, how many are there, and what is wrong.

    Args:
        zaken: zaak_id, zaaktype_id, resultaat, einddatum.
        tables: zaaktype_documenteis, zaak_document and zaak_status in the as-of view.
        afspraken: how long after the end a document may still be registered.
        kalender: the werkkalender.

    Returns:
        zaak_id, informatieobjecttype (str), geldt (boolean; unknown where the source does not tell the result or the
        statuses of the case), vereist, aanwezig (int64, the second at most the first), reden (str: one of `REDENEN`,
        unknown where all are there). A requirement with verplicht = nee is left out.
    """
    eis = tables["zaaktype_documenteis"]
    eis = eis[eis["verplicht"].fillna(True).astype(bool)].drop_duplicates("eis_id")
    cases = zaken[["zaak_id", "zaaktype_id", "resultaat"]].assign(grens=registratiegrens(zaken, afspraken, kalender))
    columns = ["eis_id", "zaaktype_id", "informatieobjecttype", "richting", "vanaf_statustype_id", "resultaattype"]
    pairs = cases.merge(eis[[*columns, "min_aantal"]], on="zaaktype_id", how="inner")
    pairs["vereist"] = pairs["min_aantal"].fillna(1).astype("int64")
    pairs["geldt"] = _geldt(pairs, tables["zaak_status"])
    counts = _aantallen(pairs, tables["zaak_document"])
    pairs = pairs.join(counts)
    pairs["reden"] = _reden(pairs)
    pairs["aanwezig"] = pairs["goed"].clip(upper=pairs["vereist"])
    return pairs[["zaak_id", "informatieobjecttype", "geldt", "vereist", "aanwezig", "reden"]]


def document_toets(
    zaken: pd.DataFrame,
    eisen: pd.DataFrame,
    afspraken: Toetsafspraken,
    kalender: np.busdaycalendar,
    peil: np.datetime64,
) -> pd.DataFrame:
    """Return the outcome of Q03 in the order of `zaken`, as `toets.toetsuitkomst`.

    Goed: every requirement that applies is met. Fout: one is not, and nothing can come any more. A case without a case
    type, or of which it is unknown whether an unmet requirement applies, cannot be judged.

    Args:
        zaken: zaak_id, zaaktype_id, einddatum.
        eisen: the result of `documenteisen` for these cases.
        afspraken: how long after the end a document may still be registered.
        kalender: the werkkalender.
        peil: the as-of day; that day itself is not over.
    """
    unmet = eisen["aanwezig"] < eisen["vereist"]
    applies, unknown = eisen["geldt"].fillna(False).astype(bool), eisen["geldt"].isna()
    flags = pd.DataFrame({"zaak_id": eisen["zaak_id"], "geldt": applies, "mist": applies & unmet,
                          "onzeker": unknown & unmet}).groupby("zaak_id").any()  # fmt: skip
    flags = flags.reindex(zaken["zaak_id"]).fillna(False).astype(bool)
    window = registratiegrens(zaken, afspraken, kalender)
    open_window = ~(window < peil)
    mist, onzeker = flags["mist"].to_numpy(), flags["onzeker"].to_numpy()
    oordeel = np.select(
        [zaken["zaaktype_id"].isna().to_numpy(), mist & open_window, mist, onzeker, flags["geldt"].to_numpy()],
        [NIET_TE_BEOORDELEN, NIET_TE_BEOORDELEN, FOUT, NIET_TE_BEOORDELEN, GOED],
        NVT,
    )
    wrong = eisen[applies & unmet].drop_duplicates(["zaak_id", "informatieobjecttype"])
    texts = _bevindingen(wrong).groupby(wrong["zaak_id"]).agg("; ".join)
    return toetsuitkomst(zaken, oordeel, zaken["zaak_id"].map(texts), window)


def registratiegrens(zaken: pd.DataFrame, afspraken: Toetsafspraken, kalender: np.busdaycalendar) -> Days:
    """Return the last day on which a document of each case may be registered (datetime64[D])."""
    return werkdagen_later(dagen(zaken["einddatum"]), afspraken.registratie_werkdagen, kalender)


def _geldt(pairs: pd.DataFrame, statussen: pd.DataFrame) -> pd.Series:
    """Return whether each requirement applies to its case; unknown where result or statuses are not known."""
    result = pairs["resultaattype"].isna().astype("boolean")
    same = zonder_hoofdletters(pairs["resultaattype"]) == zonder_hoofdletters(pairs["resultaat"])
    same = same.astype("boolean").where(pairs["resultaat"].notna())
    result = result | same
    statussen = statussen[statussen["zaak_id"].isin(pairs["zaak_id"])]
    reached = pd.MultiIndex.from_frame(statussen[["zaak_id", "statustype_id"]])
    wanted = pd.MultiIndex.from_frame(pairs[["zaak_id", "vanaf_statustype_id"]])
    has_history = pairs["zaak_id"].isin(statussen["zaak_id"])
    status = pd.Series(wanted.isin(reached), index=pairs.index).astype("boolean").where(has_history)
    return result & (status | pairs["vanaf_statustype_id"].isna())


def _aantallen(pairs: pd.DataFrame, documenten: pd.DataFrame) -> pd.DataFrame:
    """Return per row of `pairs` how many documents of the type are good, too late and drafts."""
    documenten = documenten[documenten["zaak_id"].isin(pairs["zaak_id"])]
    day = lokale_dagen(documenten["registratie_op"]).fillna(documenten["creatiedatum"])
    found = pd.DataFrame(
        {
            "zaak_id": documenten["zaak_id"],
            "type": zonder_hoofdletters(documenten["informatieobjecttype"]),
            "heeft_richting": zonder_hoofdletters(documenten["richting"]),
            "dag": day,
            "concept": (zonder_hoofdletters(documenten["status"]) == "in_bewerking").fillna(False).astype(bool),
        }
    )
    wanted = pairs.assign(
        row=pairs.index,
        type=zonder_hoofdletters(pairs["informatieobjecttype"]),
        wil_richting=zonder_hoofdletters(pairs["richting"]),
    )
    both = wanted[["row", "zaak_id", "type", "wil_richting", "grens"]].merge(found, on=["zaak_id", "type"])
    other = both["wil_richting"].notna() & both["heeft_richting"].notna()
    both = both[~(other & (both["wil_richting"] != both["heeft_richting"]))]
    late = both["dag"] > both["grens"]
    kinds = pd.DataFrame(
        {
            "row": both["row"],
            "goed": ~both["concept"] & ~late,
            "laat": ~both["concept"] & late,
            "concept": both["concept"],
        }
    )
    return kinds.groupby("row").sum().reindex(pairs.index, fill_value=0).astype("int64")


def _reden(pairs: pd.DataFrame) -> pd.Series:
    unmet = pairs["goed"] < pairs["vereist"]
    enough_late = pairs["goed"] + pairs["laat"] >= pairs["vereist"]
    reason = np.select(
        [~unmet, enough_late, pairs["concept"] > 0, pairs["goed"] + pairs["laat"] > 0],
        ["", REDENEN[1], REDENEN[2], REDENEN[3]],
        REDENEN[0],
    )
    return pd.Series(reason, index=pairs.index, dtype="str").where(unmet)


def _bevindingen(wrong: pd.DataFrame) -> pd.Series:
    """Return "Besluit ontbreekt", or "Voortgangsverslag: 1 van 2"."""
    text = wrong["informatieobjecttype"] + " " + wrong["reden"]
    some = (
        wrong["informatieobjecttype"]
        + ": "
        + wrong["aanwezig"].astype("str")
        + " van "
        + wrong["vereist"].astype("str")
    )
    return text.where(wrong["reden"] != REDENEN[3], some).astype("str")

"""The as-of view: every table put back to what was true at one moment.

What starts, is registered or is set after the moment is dropped; an end, result or status after it becomes empty. So
any past week of a long log gives what could be known then. A date without a clock time counts as known on that day.
Methods: "Peilmoment" in docs/methods.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import pandas as pd

from weekrapport.week import local_date

BEGINS: Mapping[str, tuple[str, ...]] = {
    "zaak": ("startdatum", "registratiedatum"),
    "zaak_status": ("gezet_op",),
    "zaak_opschorting": ("begin",),
    "zaak_verlenging": ("besloten_op",),
    "zaak_document": ("creatiedatum", "registratie_op"),
    "contactmoment": ("datumtijd",),
    "capaciteitsaanvraag": ("aangevraagd_op",),
    "begrotingswijziging": ("datum",),
    "boeking": ("boekdatum",),
    "verplichting": ("aangegaan_op",),
    "leverancier": ("aangemaakt_op",),
    "factuur": ("ontvangen_op",),
}
"""Per table the columns of which a value after the moment means that the row did not exist yet."""

ENDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "zaak": {
        "gesloten_op": ("gesloten_op", "einddatum", "resultaat", "resultaat_categorie"),
        "einddatum": ("gesloten_op", "einddatum", "resultaat", "resultaat_categorie"),
    },
    "zaak_opschorting": {"eind": ("eind",)},
    "zaak_verlenging": {"meegedeeld_op": ("meegedeeld_op",)},
    "zaak_document": {"ontvangstdatum": ("ontvangstdatum",), "verzenddatum": ("verzenddatum",)},
    "factuur": {
        "betaald_op": ("betaald_op",),
        "geaccordeerd_op": ("geaccordeerd_op", "geaccordeerd_door"),
    },
}
"""Per table the columns of which a value after the moment was unknown, and what becomes empty with it."""


def as_of_view(table: str, frame: pd.DataFrame, as_of: datetime) -> pd.DataFrame:
    """Return the rows and values of one typed table that could be known at `as_of`.

    Args:
        table: name in `schema.TABLES`; a table without time columns comes back unchanged.
        frame: the typed table, in any row order.
        as_of: a moment with its zone.

    Returns:
        A frame with the same columns and dtypes, the row order kept and the index reset.
    """
    known = pd.Series(True, index=frame.index)
    for column in BEGINS.get(table, ()):
        if column in frame:
            known &= ~_is_after(frame[column], as_of)
    is_whole = bool(known.all()) and frame.index.equals(pd.RangeIndex(len(frame)))
    view = frame if is_whole else frame[known].reset_index(drop=True)
    for column, emptied in ENDS.get(table, {}).items():
        if column not in view:
            continue
        later = _is_after(view[column], as_of)
        if later.any():
            present = [name for name in emptied if name in view]
            view = view.assign(**{name: view[name].mask(later) for name in present})
    return view


def _is_after(values: pd.Series, as_of: datetime) -> pd.Series:
    """Return where a day or moment lies after `as_of`; unknown values do not."""
    if isinstance(values.dtype, pd.DatetimeTZDtype):
        return values > pd.Timestamp(as_of)
    return values > pd.Timestamp(local_date(as_of))

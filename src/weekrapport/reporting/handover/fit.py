"""Which lines fit, so that the list stays on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from weekrapport.domain.overdracht import getoonde_regels
from weekrapport.reporting.handover.lines import kort
from weekrapport.reporting.handover.text import afwezigheid

if TYPE_CHECKING:
    from weekrapport.reporting.handover.overview import Overdracht

REGELS_OP_DE_PAGINA = 20
"""Cases of all teams together."""
RUIMTE, BOODSCHAP = 27.5, 3.0
"""Lines of print for the cases, their teams and the line on absence; what a message about the data takes of them."""
BREEDTE = {"klant": 20, "zaaktype": 17, "waarom": 19, "wat_te_doen": 22}
"""Characters that fit in a line of a column; a longer text takes more lines."""
EXTRA_LINE = 0.7
"""What each line more adds to a row."""
SENTENCE = 95
"""Characters of a sentence that fit in a line over the whole width."""


def passend(view: Overdracht) -> pd.DataFrame:
    """Return the lines that fit on the page, in their order."""
    lines = view.lijnen.assign(klant=view.lijnen["klant"].map(kort), zaaktype=view.lijnen["zaaktype"].map(kort))
    more = pd.concat([lines[name].str.len() // (width + 1) for name, width in BREEDTE.items()], axis=1).max(axis=1)
    room = 1.0 + EXTRA_LINE * more.fillna(0)
    space = RUIMTE - len(afwezigheid(view)) / SENTENCE
    space -= BOODSCHAP * any(outcome.failed for outcome in view.report.outcomes) + bool(view.onbekend)
    for total in range(REGELS_OP_DE_PAGINA, 1, -1):
        shown = getoonde_regels(view.regels, total)
        if room[shown.index].sum() + shown["team"].nunique() <= space:
            return shown
    return getoonde_regels(view.regels, 1)

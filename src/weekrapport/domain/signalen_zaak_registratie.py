"""Signals on how cases are registered: R1-S08 to R1-S12. They are about a process, never about a person.

Methods: "Signalen" in docs/methods.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import numpy as np
import pandas as pd

from weekrapport.domain import kpis
from weekrapport.domain.datagaten import DATAGATEN, ZONDER_RESULTAAT
from weekrapport.domain.intervals import KLEINE_NOEMER
from weekrapport.domain.signalen_zaak import ALLE, Signaal, Uitkomst
from weekrapport.domain.werkdagen import aantal_werkdagen_na, dagen
from weekrapport.week import TIME_ZONE, Week

MIN_TERUGGEDATEERD, MAX_TERUGGEDATEERD = 3, 0.05
BULK, BULK_MINUTEN = 10, 30
MAX_AFWIJKEND, MAX_VERSCHOVEN = 0.02, 0.10
MAX_DATAGAT, EINDDATUM_TOEKOMST = 0.02, "einddatum in de toekomst"
NAGEKOMEN_VANAF, MAX_NAGEKOMEN = 3, 0.05


def teruggedateerd(
    beeld: pd.DataFrame, vorige: pd.DataFrame, vorige_dag: date, kalender: np.busdaycalendar
) -> pd.DataFrame:
    """Return the cases that were open in the earlier delivery and now carry an end day from well before it.

    "Well before": at least one whole working day lies between the end day and the day of that delivery. A case that was
    closed on the last working day and reached the system after the delivery was only registered late.

    Args:
        beeld: the zaakbeeld of the as-of moment.
        vorige: the table zaak of the earlier delivery: zaak_id, einddatum.
        vorige_dag: the day on which that delivery was exported.
        kalender: the werkkalender.
    """
    was_open = set(vorige.loc[vorige["einddatum"].isna(), "zaak_id"])
    rows = beeld[beeld["telt_mee"].astype(bool) & beeld["einddatum"].notna() & beeld["zaak_id"].isin(was_open)]
    last = np.full(len(rows), np.datetime64(vorige_dag, "D") - np.timedelta64(1, "D"))
    return rows[aantal_werkdagen_na(dagen(rows["einddatum"]), last, kalender) >= 1]


def terugdatering(
    beeld: pd.DataFrame, vorige: pd.DataFrame | None, vorige_dag: date | None, kalender: np.busdaycalendar
) -> Uitkomst:
    """Return R1-S08: closings that are dated back; arguments as for `teruggedateerd`, None without earlier delivery."""
    if vorige is None or vorige_dag is None:
        return Uitkomst("R1-S08", reden="eerdere levering")
    rows = teruggedateerd(beeld, vorige, vorige_dag, kalender)
    was_closed = set(vorige.loc[vorige["einddatum"].notna(), "zaak_id"])
    closed = beeld["telt_mee"].astype(bool) & beeld["einddatum"].notna() & ~beeld["zaak_id"].isin(was_closed)
    noemer = int(closed.sum())
    is_deel = (
        noemer >= KLEINE_NOEMER and len(rows) > 0 and _is_meer_dan(len(rows), noemer, MAX_TERUGGEDATEERD, gelijk=True)
    )
    if len(rows) < MIN_TERUGGEDATEERD and not is_deel:
        return Uitkomst("R1-S08")
    waarden = {"teruggedateerd": len(rows), "noemer": noemer, "zaken": sorted(rows["zaak_id"])}
    return Uitkomst.of("R1-S08", [Signaal("R1-S08", "oranje", _waar(rows["team"]), waarden)])


def bulksluiting(beeld: pd.DataFrame, momenten: pd.DataFrame | None, week: Week) -> Uitkomst:
    """Return R1-S09: per team the largest number of final statuses within half an hour, when that is ten or more.

    Args:
        beeld: the zaakbeeld; sub-cases count here.
        momenten: zaak_id (str) and gezet_op (datetime64[us, UTC]) of every final status; None when not delivered.
            A moment of exactly midnight is a date without a clock time, and says nothing.
        week: the report week.
    """
    if momenten is None:
        return Uitkomst("R1-S09", reden="tijdstip")
    rows = momenten[momenten["gezet_op"].notna()]
    local = rows["gezet_op"].dt.tz_convert(TIME_ZONE)
    rows = rows[local != local.dt.normalize()]
    if rows.empty and len(momenten):
        return Uitkomst("R1-S09", reden="tijdstip")
    rows = rows[(rows["gezet_op"] >= week.start) & (rows["gezet_op"] < week.end)].drop_duplicates("zaak_id")
    team = beeld.drop_duplicates("zaak_id").set_index("zaak_id")["team"]
    rows = rows.assign(team=rows["zaak_id"].map(team)).dropna(subset=["team"]).sort_values(["team", "gezet_op"])
    found = []
    for name, group in rows.groupby("team", sort=True):
        moments = group["gezet_op"].to_numpy("datetime64[us]")
        until = np.searchsorted(moments, moments + np.timedelta64(BULK_MINUTEN, "m"), side="right")
        sizes = until - np.arange(len(moments))
        if sizes.max() >= BULK:
            begin = pd.Timestamp(moments[int(sizes.argmax())], tz="UTC").tz_convert(TIME_ZONE)
            waarden = {"gesloten": int(sizes.max()), "vanaf": f"{begin:%Y-%m-%dT%H:%M}", "minuten": BULK_MINUTEN}
            found.append(Signaal("R1-S09", "blauw", str(name), waarden))
    return Uitkomst.of("R1-S09", found)


def termijn_wijkt_af(afwijkend: tuple[int, int] | None, verschoven: tuple[int, int] | None) -> Uitkomst:
    """Return R1-S10: the source gives other last days than its own rules, or planned dates move.

    Args:
        afwijkend: cases of which the last day of the source is not the recalculated one, and all that have both; None
            when that cannot be said.
        verschoven: K13: cases planned later than in the earlier delivery, and the stock; None without one.
    """
    found = []
    for waar, parts, limit in (
        ("uiterste datum", afwijkend, MAX_AFWIJKEND),
        ("geplande einddatum", verschoven, MAX_VERSCHOVEN),
    ):
        if parts is not None and parts[1] >= KLEINE_NOEMER and _is_meer_dan(*parts, limit):
            found.append(Signaal("R1-S10", "blauw", waar, {"aantal": parts[0], "noemer": parts[1]}))
    if afwijkend is None and verschoven is None:
        return Uitkomst("R1-S10", reden="eerdere levering")
    return Uitkomst.of("R1-S10", found)


def datagat(gaten: pd.DataFrame, toekomst: int | None) -> Uitkomst:
    """Return R1-S11: per column what is missing too often; that every finished case has a result is no matter of share.

    Args:
        gaten: `datagaten.datagaten`.
        toekomst: cases of which the source gives an end day after the moment of export; None when that is not known.
    """
    seen = [naam for naam in DATAGATEN if naam in gaten]
    if not seen and toekomst is None:
        return Uitkomst("R1-S11", reden="kolommen")
    found = []
    for naam in seen:
        count, noemer = int(gaten[naam].sum()), len(gaten)
        if naam == ZONDER_RESULTAAT and count:
            found.append(Signaal("R1-S11", "oranje", naam, {"aantal": count}))
        elif naam != ZONDER_RESULTAAT and _is_meer_dan(count, noemer, MAX_DATAGAT):
            found.append(Signaal("R1-S11", "blauw", naam, {"aantal": count, "noemer": noemer}))
    if toekomst:
        found.append(Signaal("R1-S11", "oranje", EINDDATUM_TOEKOMST, {"aantal": toekomst}))
    return Uitkomst.of("R1-S11", found)


def nagekomen(beeld: pd.DataFrame, week: Week) -> Uitkomst:
    """Return R1-S12: cases that were registered days after they began."""
    if not beeld["registratiedatum"].notna().any():
        return Uitkomst("R1-S12", reden="registratiedatum")
    inflow = kpis.instroomdatum(beeld)
    monday, sunday = pd.Timestamp(week.monday), pd.Timestamp(week.sunday)
    rows = beeld[beeld["telt_mee"].astype(bool) & (inflow >= monday) & (inflow <= sunday)]
    late = int(((rows["registratiedatum"] - rows["startdatum"]).dt.days >= NAGEKOMEN_VANAF).sum())
    if len(rows) < KLEINE_NOEMER or not _is_meer_dan(late, len(rows), MAX_NAGEKOMEN):
        return Uitkomst("R1-S12")
    return Uitkomst.of("R1-S12", [Signaal("R1-S12", "blauw", ALLE, {"nagekomen": late, "noemer": len(rows)})])


def _is_meer_dan(teller: int, noemer: int, grens: float, *, gelijk: bool = False) -> bool:
    """Return whether a share is above a limit of whole per cents, or on it; in whole numbers, so exact."""
    left, right = 100 * teller, round(100 * grens) * noemer
    return left >= right if gelijk else left > right


def _waar(teams: Iterable[str]) -> str:
    return ", ".join(sorted(set(teams)))

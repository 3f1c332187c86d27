"""What became of the chances of four weeks ago: a sentence in the report, a table in the annex."""

from __future__ import annotations

from weekrapport.domain.intervals import KLEINE_NOEMER
from weekrapport.domain.risico_ijking import IJKING_WEKEN, bakken, brier, brier_zonder_model
from weekrapport.reporting.blocks import Block, ColumnFormat, prose, sentence, table
from weekrapport.reporting.numbers import getal, procent, zaken
from weekrapport.reporting.upcoming_deliveries.overview import Leveringen


def ijking_zin(view: Leveringen) -> Block:
    """Return in a sentence how many cases were expected to be late four weeks ago, and how many were."""
    if view.toen is None or view.toen.voorspeld.empty:
        return sentence(_niet_te_zeggen(view))
    rows = view.toen.voorspeld
    expected, missed, count = float(rows["kans"].sum()), int(rows["is_gemist"].sum()), len(rows)
    made_with = "" if view.toen.is_van_toen else "met de geplande datums van nu "
    became = "werd" if missed == 1 else "werden"
    text = (
        f"Vier weken geleden waren er van de {zaken(count)} voor week {view.toen.week.number} "
        f"{made_with}**{getal(expected, 1)}** te laat verwacht; het {became} er **{getal(missed)}**."
    )
    if count < KLEINE_NOEMER:
        text += " Zo weinig zaken zeggen nog niets over de kansen."
    return prose(text)


def ijking_tabel(view: Leveringen) -> Block:
    """Return the panel: per class of chances what was expected and what happened, and the Brier score."""
    if view.toen is None or view.toen.voorspeld.empty:
        return sentence(_niet_te_zeggen(view))
    rows = view.toen.voorspeld
    frame = bakken(rows)
    attachment = view.report.attach("ijking", frame)
    frame = frame.assign(
        kans=[
            f"{procent(low, 0)} tot {procent(high, 0)}" for low, high in zip(frame["van"], frame["tot"], strict=True)
        ],
        verwacht=frame["voorspeld"] * frame["aantal"],
    )
    own, without = brier(rows["kans"], rows["is_gemist"]), brier_zonder_model(rows["is_gemist"])
    verdict = "beter dan" if own < without else "niet beter dan"
    made_with = "wat op dat moment bekend was" if view.toen.is_van_toen else "de geplande datums van nu"
    told = f"{verdict} één kans voor alle zaken" if len(rows) >= KLEINE_NOEMER else zaken(len(rows))
    return table(
        frame,
        f"Kansen van vier weken geleden voor week {view.toen.week.number}: {told}",
        {
            "kans": ColumnFormat("Kans om te laat te zijn", align="links"),
            "aantal": ColumnFormat("Zaken", format=getal),
            "verwacht": ColumnFormat("Te laat verwacht", format=lambda value: getal(value, 1)),
            "aantal_gemist": ColumnFormat("Te laat", format=getal),
        },
        attachment=attachment,
        note=(
            f"Brier-score {getal(own, 3)}; met één kans voor alle zaken was hij {getal(without, 3)}. Lager is beter, "
            f"0 is volmaakt. De kansen zijn gemaakt met {made_with}."
        ),
    )


def _niet_te_zeggen(view: Leveringen) -> str:
    return (
        "Wat er van eerdere kansen is uitgekomen, is niet te zeggen: de levering gaat niet ver genoeg terug, of er was "
        f"{IJKING_WEKEN} weken geleden geen kans te geven."
    )

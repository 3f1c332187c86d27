"""What the report says of the stock in one line: how many weeks of work it is, and whether plans and promises hold."""

from __future__ import annotations

from weekrapport.domain.feiten import Feit
from weekrapport.reporting.blocks import Block, prose
from weekrapport.reporting.case_overview.overview import Overzicht
from weekrapport.reporting.numbers import MIN_NOEMER, getal, procent, zaken


def stand_van_de_voorraad(view: Overzicht) -> Block:
    """Return K09, and of what was delivered before K13 and K15; what cannot be known is left out."""
    parts = [_weken(view), _heropend(view), _verschoven(view), _belofte(view)]
    known = [part for part in parts if part]
    return prose(
        " ".join(known) if known else "De export gaat te kort terug om te zeggen voor hoeveel weken werk dit is."
    )


def getoonde_cijfers(view: Overzicht) -> list[str]:
    """Return the ids of the figures that this report prints, for their definitions."""
    stock = {"K09": _weken(view), "K10": _heropend(view), "K13": _verschoven(view), "K15": _belofte(view)}
    shown = {"K01", "K02", "K03", "K04", "K05", "K06", "K08", *(key for key, text in stock.items() if text)}
    if view.report.is_delivered("zaak", "escalatieniveau"):
        shown.add("K11")
    if view.kaart is not None:
        shown.add("K12")
    return sorted(shown)


def _weken(view: Overzicht) -> str:
    feit = _feit(view, "K09")
    if feit is None or feit.value is None:
        return ""
    weeks = getal(feit.value, 1)
    return f"De werkvoorraad is werk voor {weeks} {'week' if weeks == '1,0' else 'weken'}."


def _heropend(view: Overzicht) -> str:
    feit = _feit(view, "K10")
    if feit is None or not feit.denominator:
        return ""
    count = feit.numerator or 0
    if not count:
        return "Er ging geen zaak weer open."
    return f"Er {'ging' if count == 1 else 'gingen'} {zaken(count)} weer open{_deel(feit)}."


def _verschoven(view: Overzicht) -> str:
    feit = _feit(view, "K13")
    if feit is None or feit.value is None:
        return ""
    count = feit.numerator or 0
    if not count:
        return "Sinds de vorige levering is geen zaak later gepland."
    return f"Sinds de vorige levering {'is' if count == 1 else 'zijn'} {zaken(count)} later gepland{_deel(feit)}."


def _belofte(view: Overzicht) -> str:
    feit = _feit(view, "K15")
    if feit is None or feit.value is None:
        return ""
    return (
        f"Van de {zaken(feit.denominator)} met een belofte {'was' if feit.numerator == 1 else 'waren'} er "
        f"{getal(feit.numerator)} klaar op de dag die het eerst is beloofd{_deel(feit)}."
    )


def _deel(feit: Feit) -> str:
    """Return the share between brackets, when there are enough cases for one."""
    enough = feit.value is not None and (feit.denominator or 0) >= MIN_NOEMER
    return f" ({procent(feit.value)})" if enough else ""


def _feit(view: Overzicht, key: str) -> Feit | None:
    """Return the figure of the whole report, of this week."""
    whole = {"team": view.report.team} if view.report.team else {}
    found = [
        feit for feit in view.report.feiten
        if feit.id == key and dict(feit.scope) == whole and feit.measure is None and feit.period is None
    ]  # fmt: skip
    return found[0] if found else None

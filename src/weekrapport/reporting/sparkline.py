"""The small trend line of a tile."""

from __future__ import annotations

from collections.abc import Sequence

from weekrapport.reporting.numbers import getal

HEIGHT = 24
_PAD = 3
_LINE = "#0B7285"


def sparkline_svg(values: Sequence[float | None], width: int = 100) -> str:
    """Return the values as an SVG line with a soft area below it; None leaves a gap.

    Args:
        values: oldest first; at least two are known.
        width: in proportion to the height of 24, so that the line fills its tile without being stretched.
    """
    known = [v for v in values if v is not None]
    low, high = min(known), max(known)
    span = high - low
    step = (width - 2 * _PAD) / max(len(values) - 1, 1)

    def point(index: int, item: float) -> tuple[float, float]:
        share = (item - low) / span if span else 0.5
        return round(_PAD + index * step, 2), round(HEIGHT - _PAD - share * (HEIGHT - 2 * _PAD), 2)

    runs: list[list[tuple[float, float]]] = [[]]
    for index, item in enumerate(values):
        if item is None:
            runs.append([])
        else:
            runs[-1].append(point(index, item))
    shapes = [_run(run) for run in runs if run]
    x, y = [run for run in runs if run][-1][-1]
    dot = f'<circle cx="{x}" cy="{y}" r="2.2" fill="{_LINE}"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}" width="{width}" height="{HEIGHT}">'
        f"{''.join(shapes)}{dot}</svg>"
    )


def _run(points: list[tuple[float, float]]) -> str:
    path = " ".join(f"{x},{y}" for x, y in points)
    area = f"{points[0][0]},{HEIGHT} {path} {points[-1][0]},{HEIGHT}"
    return (
        f'<polygon points="{area}" fill="#E3EFF2"/>'
        f'<polyline points="{path}" fill="none" stroke="{_LINE}" stroke-width="1.5" stroke-linejoin="round"'
        ' stroke-linecap="round"/>'
    )


def sparkline_alt(values: Sequence[float | None]) -> str:
    """Return the values in words, for who cannot see the line."""
    texts = [getal(v, 0 if v is None or float(v).is_integer() else 2) for v in values]
    return f"Verloop van de laatste {len(values)} waarden: {'; '.join(texts)}"

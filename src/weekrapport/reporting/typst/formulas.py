"""Formulas as SVG, by matplotlib's mathtext."""

from __future__ import annotations

import io
from threading import Lock

from weekrapport.reporting.typst.errors import RenderError
from weekrapport.reporting.typst.images import Assets, store_image
from weekrapport.reporting.typst.literals import string

_STYLE = {"svg.fonttype": "path", "svg.hashsalt": "weekrapport", "mathtext.fontset": "dejavusans"}
_ONE_AT_A_TIME = Lock()
"""matplotlib's settings belong to the process, so two threads may not change them at once."""


def formula(tex: str, assets: Assets, cell: int, *, display: bool) -> str:
    """Return Typst source of a formula; its alternative text is the formula as written.

    Raises:
        RenderError: mathtext does not know the notation.
    """
    from matplotlib import mathtext, style
    from matplotlib.font_manager import FontProperties

    buffer = io.BytesIO()
    try:
        # From matplotlib's own defaults: the chart style that a notebook has set may not change a formula.
        with _ONE_AT_A_TIME, style.context(_STYLE, after_reset=True):
            depth = mathtext.math_to_image(
                f"${' '.join(tex.split())}$", buffer, format="svg", prop=FontProperties(size=9.5), dpi=72
            )
    except ValueError as error:
        reason = str(error).strip().splitlines()[-1]
        raise RenderError(f"the formula {tex.strip()[:60]!r} cannot be set ({reason}).", cell) from error
    picture = store_image(buffer.getvalue(), "image/svg+xml", assets, cell)
    alt = string("Formule: " + tex.strip())
    image = f"image({string(picture.name)}, alt: {alt}, width: {picture.width:.2f}pt)"
    return f"block(align(center, {image}))" if display else f"box(baseline: {max(depth, 0):.2f}pt, {image})"

"""What our fonts can show and how wide it is, kept in fonts/metrics.json because reading the fonts takes long.

`python -m weekrapport.reporting.typst.font_metrics` writes that file again after a change of fonts.
"""

from __future__ import annotations

import json
import unicodedata
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

FONT_FOLDER = Path(__file__).parent / "fonts"
METRICS_FILE = FONT_FOLDER / "metrics.json"
_REGULAR, _SEMIBOLD = "Inter-Regular.otf", "Inter-SemiBold.otf"
_MEASURED = [*range(32, 127), *range(160, 384), 0x2012, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2026, 0x202F,
             0x20AC, 0x2212]  # fmt: skip


def read_fonts() -> dict[str, Any]:
    """Return the code points that all our text fonts have, as ranges, and the advance of common ones in em."""
    from fontTools.ttLib import TTFont

    covered: list[set[int]] = []
    advances: dict[str, dict[str, float]] = {}
    for path in sorted(FONT_FOLDER.glob("*.otf")):
        with TTFont(path, lazy=True) as font:
            covered.append(set(font.getBestCmap() or ()))
            if path.name in (_REGULAR, _SEMIBOLD):
                advances[path.name] = _advances(font)
    points = set.intersection(*covered)
    visible = sorted(c for c in points if unicodedata.category(chr(c)) not in ("Cc", "Cn", "Co"))
    return {"coverage": _ranges(visible), "regular": advances[_REGULAR], "semibold": advances[_SEMIBOLD]}


def _advances(font: Any) -> dict[str, float]:
    cmap, widths, tabular = font.getBestCmap(), font["hmtx"].metrics, _tabular(font)
    units = font["head"].unitsPerEm
    return {
        chr(point): round(widths[tabular.get(cmap[point], cmap[point])][0] / units, 3)
        for point in _MEASURED
        if point in cmap
    }


def _tabular(font: Any) -> dict[str, str]:
    """Return glyph -> glyph of equal width: the OpenType feature "tnum", which the report uses everywhere."""
    table = font["GSUB"].table
    records = [record for record in table.FeatureList.FeatureRecord if record.FeatureTag == "tnum"]
    mapping: dict[str, str] = {}
    for index in records[0].Feature.LookupListIndex if records else []:
        for subtable in table.LookupList.Lookup[index].SubTable:
            mapping |= getattr(subtable, "ExtSubTable", subtable).mapping
    return mapping


def _ranges(points: list[int]) -> list[list[int]]:
    ranges: list[list[int]] = []
    for point in points:
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return ranges


@lru_cache(maxsize=1)
def _metrics() -> dict[str, Any]:
    return json.loads(METRICS_FILE.read_text("utf-8"))


@lru_cache(maxsize=1)
def house_coverage() -> frozenset[int]:
    """Return the code points that every shipped text font has."""
    return frozenset(point for first, last in _metrics()["coverage"] for point in range(first, last + 1))


def text_em(text: str, *, semibold: bool = False) -> float:
    """Return the width of text in em, with figures of equal width."""
    widths = _metrics()["semibold" if semibold else "regular"]
    return sum(widths.get(char, 0.65) for char in text)


@lru_cache(maxsize=1)
def fallback_font() -> Path | None:
    """Return DejaVu Sans as shipped with matplotlib: Hebrew, Arabic and symbols that Inter has not."""
    spec = find_spec("matplotlib")
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).parent / "mpl-data" / "fonts" / "ttf" / "DejaVuSans.ttf"
    return path if path.is_file() else None


@lru_cache(maxsize=1)
def fallback_coverage() -> frozenset[int]:
    """Return the code points of the fallback font; private-use characters mean nothing to anyone."""
    path = fallback_font()
    if path is None:
        return frozenset()
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        return frozenset(c for c in font.getBestCmap() or () if unicodedata.category(chr(c)) != "Co")


if __name__ == "__main__":
    METRICS_FILE.write_text(json.dumps(read_fonts(), ensure_ascii=False) + "\n", "utf-8")

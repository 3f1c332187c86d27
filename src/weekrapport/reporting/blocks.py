"""What a notebook cell returns: blocks that JupyterLab shows and that the PDF exporter typesets.

A block is JSON under the MIME type `BLOCK_MIME`, beside an HTML view with the same content. A block checks itself when
it is made, so that an analyst sees a mistake in the notebook and not in the PDF of Monday morning.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal, get_args

from weekrapport.reporting import block_html
from weekrapport.reporting.numbers import ONBEKEND, datum_kort, datum_tijd, getal, is_unknown

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

BLOCK_MIME = "application/vnd.weekrapport+json"
"""MIME type of a block in a notebook output; its value is a JSON object with the key "kind"."""
RECORD_MIME = "application/vnd.weekrapport.record+json"
"""MIME type of data a notebook hands to the runner; never printed."""

Verdict = Literal["neutraal", "groen", "oranje", "rood"]
CalloutKind = Literal["info", "actie", "waarschuwing", "succes"]
Align = Literal["links", "midden", "rechts"]

MAX_MESSAGES = 5
MIN_TILES, MAX_TILES = 3, 6
MAX_SVG_POINTS = 5_000
"""A plotted object with more points than this becomes pixels: as vectors it makes the PDF megabytes larger."""
_WIDTH = re.compile(r"auto|\d+(\.\d+)?(mm|fr|%)")


class Block:
    """One element of a report.

    Attributes:
        content: the JSON object of the block; always has the key "kind".
    """

    def __init__(self, kind: str, **content: Any) -> None:
        self.content: dict[str, Any] = {"kind": kind, **content}

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {
            BLOCK_MIME: self.content,
            "text/html": block_html.to_html(self.content),
            "text/plain": repr(self),
        }

    def __repr__(self) -> str:
        """Return the kind and, where there is one, the title."""
        title = self.content.get("title")
        return f"<{self.content['kind']}: {title}>" if title else f"<{self.content['kind']}>"


@dataclass(frozen=True)
class Tile:
    """One figure of the row on page 1.

    Attributes:
        label: what is measured; fits two lines of about 16 characters.
        value: the figure as text, from `numbers`.
        delta: the change, as text: "+8 t.o.v. week 46".
        verdict: shape, colour and word beside the figure; "neutraal" shows none.
        norm: the norm, as text: "norm 90 %".
        trend: the last values, oldest first; None is a gap. Drawn as a small line.
    """

    label: str
    value: str
    delta: str | None = None
    verdict: Verdict = "neutraal"
    norm: str | None = None
    trend: Sequence[float | None] | None = None


@dataclass(frozen=True)
class Message:
    """One key message: what happened, and for a red one what is needed.

    Attributes:
        text: one sentence, markdown within a line.
        verdict: shape, colour and word before the sentence.
        needed: what the reader must do or decide; required for "rood". Printed as "Nodig: …".
    """

    text: str
    verdict: Verdict = "neutraal"
    needed: str | None = None


@dataclass(frozen=True)
class ColumnFormat:
    """How one column of a table is printed.

    Attributes:
        label: the column head.
        format: turns one value into text; without it the type decides. Unknown values are always "–".
        align: by default numbers, days and bars to the right, the rest to the left.
        bar: draw a bar behind the figure, relative to the largest value of the column; values must be >= 0.
        verdict: the values are verdicts, printed as shape, colour and word.
        width: "24mm", "2fr", "15%" or "auto"; without it the content decides.
    """

    label: str
    format: Callable[[Any], str] | None = None
    align: Align | None = None
    bar: bool = False
    verdict: bool = False
    width: str | None = None


def escape_markdown(text: str) -> str:
    """Return text from data such that markdown prints it as it stands."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|~<>&$^:=])", r"\\\1", text)


def tiles(items: Sequence[Tile]) -> Block:
    """Return a row of three to six figures.

    Raises:
        ValueError: there are fewer than three or more than six, or one is not complete.
    """
    if not MIN_TILES <= len(items) <= MAX_TILES:
        raise ValueError(f"{len(items)} tiles; a row has {MIN_TILES} to {MAX_TILES}.")
    return Block("tiles", tiles=[_tile(item) for item in items])


def key_messages(items: Sequence[Message]) -> Block:
    """Return the key messages; an empty list says that there is nothing to report.

    Raises:
        ValueError: there are more than five, or a red one does not say what is needed.
    """
    if len(items) > MAX_MESSAGES:
        raise ValueError(
            f"{len(items)} key messages; at most {MAX_MESSAGES} are read. Drop or join the least important."
        )
    if not items:
        return sentence("Deze week zijn er geen bijzonderheden.")
    for item in items:
        _require("the text of a key message", item.text)
        _known("verdict", item.verdict, Verdict)
        if item.verdict == "rood" and not (item.needed or "").strip():
            raise ValueError(f"The red key message {item.text!r} does not say what is needed: give needed=…")
    return Block("messages", messages=[asdict(item) for item in items])


def callout(text: str, title: str | None = None, kind: CalloutKind = "info") -> Block:
    """Return a box with markdown text, for a decision ("actie"), a warning or an explanation."""
    _require("the text of a callout", text)
    _known("kind", kind, CalloutKind)
    return Block("callout", text=text, title=title, style=kind)


def reliability(text: str, verdict: Verdict) -> Block:
    """Return the strip of one line that says how far the figures can be trusted."""
    _require("the text on reliability", text)
    _known("verdict", verdict, Verdict)
    return Block("reliability", text=text, verdict=verdict)


def prose(text: str) -> Block:
    """Return markdown text; raw HTML and images in it are printed as they stand, never loaded."""
    _require("prose", text)
    return Block("prose", text=text)


def sentence(text: str) -> Block:
    """Return one plain sentence in place of an empty table or figure: "Er zijn deze week geen …"."""
    _require("the sentence", text)
    return Block("sentence", text=text)


def figure(fig: Figure, title: str, alt: str, caption: str | None = None) -> Block:
    """Return a matplotlib figure as SVG, and close it.

    Args:
        fig: the figure; text is set in its real size when it is at most `chart_style.FIGURE_WIDTH` wide.
        title: a sentence that says what the reader sees.
        alt: the same for who cannot see it, with the values.
        caption: an addition below the title, such as the source.

    Raises:
        ValueError: the title or the alternative text is empty.
    """
    _require("the title of a figure", title)
    _require("the alternative text (alt) of a figure", alt)
    return Block("figure", title=title, alt=alt, caption=caption, svg=_svg(fig))


def table(
    df: pd.DataFrame,
    title: str,
    columns: Mapping[str, ColumnFormat] | None = None,
    *,
    total_row: bool = False,
    max_rows: int = 150,
    attachment: str | None = None,
    note: str | None = None,
    small: bool = False,
    group: str | None = None,
) -> Block:
    """Return a table, one line per row of `df`; the index is not printed.

    Args:
        df: the rows, in printing order.
        title: a sentence, printed above the table.
        columns: column of `df` -> its format; only these are printed, in this order. Without it: all, by type.
        total_row: the last row of `df` is a total; it is always printed.
        max_rows: rows printed before "en nog n rijen".
        attachment: name of the attached file that holds all rows.
        note: a line below the table, such as the source.
        small: 8 pt, for long lists in an annex.
        group: column of `df`, sorted, of which each new value becomes a line over the full width with its number of
            rows, instead of a column.

    Raises:
        ValueError: a column does not exist, or a bar or verdict column holds something else.
    """
    _require("the title of a table", title)
    formats = columns or {str(name): ColumnFormat(str(name)) for name in df.columns}
    missing = [name for name in formats if name not in df.columns]
    if missing:
        raise ValueError(f"Table {title!r}: no column {missing[0]!r}; there are {[str(c) for c in df.columns]}.")
    body = df.iloc[:-1] if total_row and len(df) else df
    shown = body.iloc[:max_rows]
    printed = [_column(name, fmt, df, body, shown, total_row and len(df) > 0) for name, fmt in formats.items()]
    hidden = len(body) - len(shown)
    return Block(
        "table",
        title=title,
        columns=[column.pop("head") for column in printed],
        rows=[list(row) for row in zip(*(column["cells"] for column in printed), strict=True)],
        total=[column["total"] for column in printed] if total_row and len(df) else None,
        hidden_rows=hidden,
        more=_more(hidden, attachment),
        attachment=attachment,
        note=note,
        small=small,
        groups=_groups(body[group], len(shown)) if group else [],
    )


def _groups(values: pd.Series, shown: int) -> list[list[Any]]:
    """Return the first row and the label of every run of equal values that starts among the rows shown."""
    runs = (values != values.shift()).cumsum()
    sizes = runs.map(runs.value_counts())
    return [
        [row, f"{_text(value, ColumnFormat(''))} ({getal(size)})"]
        for row, (value, size, run, before) in enumerate(zip(values, sizes, runs, [None, *runs], strict=False))
        if row < shown and run != before
    ]


def _more(hidden: int, attachment: str | None) -> str | None:
    if hidden <= 0:
        return None
    rows = "rij" if hidden == 1 else "rijen"
    return f"… en nog {getal(hidden)} {rows}" + (f", zie bijlage {attachment}" if attachment else "")


def _column(
    name: str, fmt: ColumnFormat, df: pd.DataFrame, body: pd.DataFrame, shown: pd.DataFrame, total: bool
) -> dict[str, Any]:
    """Return the head, the printed cells and the total of one column."""
    values = list(shown[name])
    if fmt.bar and fmt.verdict:
        raise ValueError(f"Column {name!r} cannot be a bar and a verdict at once.")
    if fmt.width is not None and not _WIDTH.fullmatch(fmt.width):
        raise ValueError(f"Column {name!r}: width {fmt.width!r} is not like 24mm, 2fr, 15% or auto.")
    if fmt.verdict:
        for value in values:
            _known(f"column {name!r}", value, Verdict)
        cells: list[Any] = values
    elif fmt.bar:
        cells = [
            [_text(v, fmt), share] for v, share in zip(values, _shares(name, values, list(body[name])), strict=True)
        ]
    else:
        cells = [_text(value, fmt) for value in values]
    head = {
        "label": fmt.label,
        "align": fmt.align or ("rechts" if not fmt.verdict and _is_quantity(df[name]) else "links"),
        "kind": "verdict" if fmt.verdict else "bar" if fmt.bar else "text",
        "width": fmt.width,
    }
    last = df[name].iloc[-1] if total else None
    return {"head": head, "cells": cells, "total": "" if fmt.verdict or _blank(last) else _text(last, fmt)}


def _blank(value: Any) -> bool:
    return is_unknown(value) or value == ""


def _shares(name: str, values: list[Any], all_values: list[Any]) -> list[float]:
    known = [float(v) for v in all_values if not is_unknown(v)]
    if any(v < 0 for v in known):
        raise ValueError(f"Column {name!r} has a negative value, so it cannot be drawn as bars from zero.")
    top = max(known, default=0.0)
    return [0.0 if is_unknown(v) or top == 0 else round(float(v) / top, 4) for v in values]


def _is_quantity(column: pd.Series) -> bool:
    """Return whether a column is set flush right: numbers and days, also when stored as objects."""
    import pandas as pd

    if pd.api.types.is_bool_dtype(column):
        return False
    if pd.api.types.is_numeric_dtype(column) or pd.api.types.is_datetime64_any_dtype(column):
        return True
    known = [value for value in column if not is_unknown(value)]
    return bool(known) and all(isinstance(v, int | float | date) and not isinstance(v, bool) for v in known)


def _text(value: Any, fmt: ColumnFormat) -> str:
    if is_unknown(value):
        return ONBEKEND
    if fmt.format is not None:
        return str(fmt.format(value))
    if isinstance(value, str):
        return value
    if type(value).__name__ in ("bool", "bool_"):
        return "ja" if value else "nee"
    if isinstance(value, datetime) and value.tzinfo is not None:
        return datum_tijd(value)
    if isinstance(value, date):
        return datum_kort(value)
    try:
        return getal(value, 0 if float(value).is_integer() and not isinstance(value, float) else 1)
    except (TypeError, ValueError):
        return str(value)


def _tile(item: Tile) -> dict[str, Any]:
    _require("the label of a tile", item.label)
    _require(f"the value of tile {item.label!r}", item.value)
    _known("verdict", item.verdict, Verdict)
    trend = None if item.trend is None else [None if v is None or is_unknown(v) else float(v) for v in item.trend]
    if trend is not None and not all(v is None or math.isfinite(v) for v in trend):
        raise ValueError(f"The trend of tile {item.label!r} holds an infinite value.")
    return {**asdict(item), "trend": trend}


def _require(what: str, text: object) -> None:
    if not isinstance(text, str) or not text.strip():
        raise ValueError(f"{what[0].upper()}{what[1:]} is empty; write it.")


def _known(what: str, value: object, choices: Any) -> None:
    if value not in get_args(choices):
        raise ValueError(f"{what}: {value!r} is not one of {', '.join(get_args(choices))}.")


def _svg(fig: Figure) -> str:
    """Return the figure as SVG with real text and no date, so that the same figure gives the same bytes."""
    import matplotlib as mpl
    import matplotlib.pyplot as plt

    _rasterise_many_points(fig)
    buffer = io.StringIO()
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "weekrapport"}):
        fig.savefig(buffer, format="svg", dpi=200, metadata={"Date": None, "Creator": None})
    plt.close(fig)
    return buffer.getvalue()


def _rasterise_many_points(fig: Figure) -> None:
    import numpy as np

    for axes in fig.axes:
        for line in axes.lines:
            if np.size(line.get_xydata()) // 2 > MAX_SVG_POINTS:
                line.set_rasterized(True)
        for collection in axes.collections:
            if np.size(collection.get_offsets()) // 2 > MAX_SVG_POINTS:
                collection.set_rasterized(True)
        if len(axes.patches) > MAX_SVG_POINTS:
            for patch in axes.patches:
                patch.set_rasterized(True)

"""The HTML view of a block, so that JupyterLab shows what the PDF shows.

The style stands in the elements themselves, because JupyterLab and mail readers drop style sheets.
"""

from __future__ import annotations

import base64
from html import escape
from typing import Any

from weekrapport.reporting.markdown_html import inline_html, markdown_html
from weekrapport.reporting.sparkline import sparkline_alt, sparkline_svg

_FONT = "font-family:Inter,system-ui,sans-serif;font-size:14px;line-height:1.45;color:#1B2530;max-width:900px"
_GREY, _NAVY, _TEAL, _RULE, _FAINT = "#56616E", "#12304A", "#0B7285", "#D5DCE3", "#F6F8FA"
_VERDICTS = {
    "groen": ("●", "#23713A", "#2E8B4A", "op koers"),
    "oranje": ("▲", "#8F4700", "#E08600", "aandacht"),
    "rood": ("■", "#B42318", "#C62A1E", "actie nodig"),
    "neutraal": ("○", _GREY, "#7B8794", "ter info"),
}
_CALLOUTS = {
    "info": ("i", _TEAL, "#EFF6F8"),
    "actie": ("→", _NAVY, "#EDF2F6"),
    "waarschuwing": ("!", "#C46A00", "#FDF5E8"),
    "succes": ("✓", "#2E8B4A", "#EFF7F1"),
}
_CHART_FONTS = "'Inter', 'DejaVu Sans'"
_SCREEN_FONTS = "'Inter', 'Helvetica Neue', 'Segoe UI', Arial, 'DejaVu Sans', sans-serif"
"""The PDF has the letter of the charts in itself; a browser without it takes the first of these that it has."""
_SIDES = {"links": "left", "midden": "center", "rechts": "right"}


def to_html(block: dict[str, Any]) -> str:
    """Return a block as HTML; every text from data is escaped."""
    return f'<div style="{_FONT}">{_VIEWS[block["kind"]](block)}</div>'


def _verdict(name: str) -> str:
    sign, colour, shape, word = _VERDICTS[name]
    return (
        f'<span style="white-space:nowrap;color:{colour};font-weight:500">'
        f'<span style="color:{shape}" aria-hidden="true">{sign}</span> {word}</span>'
    )


def _image(svg: str, alt: str, style: str) -> str:
    data = base64.b64encode(svg.replace(_CHART_FONTS, _SCREEN_FONTS).encode()).decode()
    return f'<img alt="{escape(alt)}" style="{style}" src="data:image/svg+xml;base64,{data}">'


def _tiles(block: dict[str, Any]) -> str:
    columns = 3 if len(block["tiles"]) == 6 else len(block["tiles"])
    tiles = "".join(_tile(tile, 720 // columns) for tile in block["tiles"])
    return f'<div style="display:grid;grid-template-columns:repeat({columns},1fr);gap:10px">{tiles}</div>'


def _tile(tile: dict[str, Any], trend_width: int) -> str:
    grey = f'<div style="color:{_GREY}">'
    parts = [
        f"{grey}{escape(tile['label'])}</div>",
        f'<div style="font-size:26px;font-weight:600;color:{_NAVY}">{escape(tile["value"])}</div>',
    ]
    if tile["verdict"] != "neutraal":
        parts.append(_verdict(tile["verdict"]))
    if tile["delta"]:
        parts.append(f"<div>{escape(tile['delta'])}</div>")
    if len([v for v in tile["trend"] or [] if v is not None]) >= 2:
        picture = sparkline_svg(tile["trend"], trend_width)
        parts.append(_image(picture, sparkline_alt(tile["trend"]), "width:100%;height:26px"))
    if tile["norm"]:
        parts.append(f"{grey}{escape(tile['norm'])}</div>")
    top = _VERDICTS[tile["verdict"]][2]
    return f'<div style="background:{_FAINT};border-top:3px solid {top};padding:10px">{"".join(parts)}</div>'


def _messages(block: dict[str, Any]) -> str:
    """Return the messages as the PDF has them: a neutral one behind a dot, the others behind their shape and word."""
    rows = []
    for message in block["messages"]:
        sign, colour, shape, word = _VERDICTS[message["verdict"]]
        start, needed = f'<b style="color:{colour}">{word.capitalize()}.</b> ', ""
        if message["verdict"] == "neutraal":
            sign, shape, start = "•", _NAVY, ""
        if message["needed"]:
            needed = f'<br><b style="color:{colour}">Nodig:</b> {inline_html(message["needed"])}'
        rows.append(
            f'<li style="list-style:none;display:flex;gap:10px;border-top:1px solid {_RULE};padding:6px 0;margin:0">'
            f'<span style="flex:0 0 14px;color:{shape}" aria-hidden="true">{sign}</span>'
            f"<span>{start}{inline_html(message['text'])}{needed}</span></li>"
        )
    return f'<ul style="list-style:none;margin:0;padding:0;border-bottom:1px solid {_RULE}">{"".join(rows)}</ul>'


def _callout(block: dict[str, Any]) -> str:
    icon, colour, tint = _CALLOUTS[block["style"]]
    title = f'<b style="color:{_NAVY}">{escape(block["title"])}</b>' if block["title"] else ""
    return (
        f'<div style="display:flex;gap:12px;background:{tint};border-left:3px solid {colour};padding:10px 14px">'
        f'<b style="color:{colour}" aria-hidden="true">{icon}</b><div>{title}{markdown_html(block["text"])}</div></div>'
    )


def _reliability(block: dict[str, Any]) -> str:
    return (
        f'<div style="border:solid {_RULE};border-width:1px 0;padding:6px 0">'
        f'<span style="color:{_GREY}">Betrouwbaarheid cijfers</span> &nbsp; {_verdict(block["verdict"])} &nbsp; '
        f"{inline_html(block['text'])}</div>"
    )


def _prose(block: dict[str, Any]) -> str:
    return markdown_html(block["text"])


def _sentence(block: dict[str, Any]) -> str:
    return f'<p style="color:{_GREY};font-style:italic">{escape(block["text"])}</p>'


def _figure(block: dict[str, Any]) -> str:
    caption = f' <span style="color:{_GREY}">{escape(block["caption"])}</span>' if block["caption"] else ""
    picture = _image(block["svg"], block["alt"], "max-width:100%")
    return (
        f'<figure style="margin:0">{picture}<figcaption><b>{escape(block["title"])}</b>{caption}</figcaption></figure>'
    )


def _table(block: dict[str, Any]) -> str:
    columns = block["columns"]
    heads = "".join(
        f'<th scope="col" style="text-align:{_SIDES[c["align"]]};border-bottom:2px solid {_NAVY};color:{_NAVY};'
        f'padding:4px 8px">{escape(c["label"])}</th>'
        for c in columns
    )
    groups = {start: _group_row(label, len(columns)) for start, label in block["groups"]}
    rooms = [_room(column["kind"], [row[i] for row in block["rows"]]) for i, column in enumerate(columns)]
    body = "".join(
        groups.get(number, "")
        + "<tr>"
        + "".join(_cell(column, item, room) for column, item, room in zip(columns, row, rooms, strict=True))
        + "</tr>"
        for number, row in enumerate(block["rows"])
    )
    total = ""
    if block["total"]:
        cells = "".join(
            f'<td style="text-align:{_SIDES[c["align"]]};border-top:2px solid {_NAVY};padding:4px 8px"><b>'
            f"{escape(item)}</b></td>"
            for c, item in zip(columns, block["total"], strict=True)
        )
        total = f"<tfoot><tr>{cells}</tr></tfoot>"
    notes = "".join(f'<div style="color:{_GREY}">{escape(block[key])}</div>' for key in ("more", "note") if block[key])
    size = "12px" if block["small"] else "14px"
    return (
        f'<table style="border-collapse:collapse;width:100%;table-layout:auto;font-size:{size}">'
        f'<caption style="text-align:left;color:{_NAVY};font-weight:600">{escape(block["title"])}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody>{total}</table>{notes}"
    )


def _group_row(label: str, columns: int) -> str:
    return (
        f'<tr><td colspan="{columns}" style="text-align:left;background:{_FAINT};padding:8px 8px 4px;font-weight:600;'
        f'color:{_TEAL}">{escape(label)}</td></tr>'
    )


def _room(kind: str, cells: list[Any]) -> int:
    """Return the pixels that the figures of a bar column take, which no bar runs into."""
    return 16 + 9 * max((len(cell[0]) for cell in cells), default=0) if kind == "bar" else 0


def _cell(column: dict[str, Any], item: Any, room: int) -> str:
    style = f"text-align:{_SIDES[column['align']]};border-bottom:1px solid {_RULE};padding:4px 8px"
    if column["kind"] == "verdict":
        return f'<td style="{style}">{_verdict(item)}</td>'
    if column["kind"] == "bar":
        width = f"calc((100% - {room}px) * {item[1]})"
        style += f";min-width:{room + 60}px;background:linear-gradient(90deg,#CFE4E9 {width},transparent {width})"
        return f'<td style="{style}">{escape(item[0])}</td>'
    return f'<td style="{style}">{escape(item)}</td>'


_VIEWS = {
    "tiles": _tiles,
    "messages": _messages,
    "callout": _callout,
    "reliability": _reliability,
    "prose": _prose,
    "sentence": _sentence,
    "figure": _figure,
    "table": _table,
}

"""What a reader sees of the HTML that a notebook shows in JupyterLab: its text, and the figures in it."""

from __future__ import annotations

import base64
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

import html5lib

_SVG = "data:image/svg+xml;base64,"
_UNSEEN = re.compile("[\\s\u00ad\u200b\u2060\ufeff]")
_HYPHENS = re.compile("[-\u2010\u2011\x02\ufffe]")
"""PDFium gives the last two for a hyphen at the end of a line, whether it was in the word or made by hyphenation."""
_SHAPES = re.compile("[●▲■○•]")
"""Drawn in the PDF, as signs in HTML."""


def squeezed(text: str) -> str:
    """Return text without white space, hyphens, break opportunities and shapes: what two views must share."""
    return _HYPHENS.sub("", _SHAPES.sub("", _UNSEEN.sub("", text)))


def visible_text(html: str) -> str:
    """Return the text of HTML in reading order; list items with their sign, figures with their labels."""
    return "".join(_text(html5lib.parse(html, namespaceHTMLElements=False)))


def table_heads(html: str) -> list[str]:
    """Return the text of the head of every table, which the PDF repeats on each page."""
    return ["".join(_text(head)) for head in html5lib.parse(html, namespaceHTMLElements=False).iter("thead")]


def figures(html: str) -> list[str]:
    """Return the SVG of every figure, in order."""
    images = html5lib.parse(html, namespaceHTMLElements=False).iter("img")
    return [_svg(image.get("src")) for image in images if image.get("src").startswith(_SVG)]


def labels(svg: str) -> str:
    """Return the text in a figure, in the order in which it is drawn."""
    return "".join("".join(part.itertext()) for part in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text"))  # noqa: S314


def _svg(source: str) -> str:
    return base64.b64decode(source.removeprefix(_SVG)).decode()


def _text(element: ET.Element, ordered: int | None = None) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in ("style", "script"):
        return
    style = (element.get("style") or "").replace(" ", "")
    if "display:none" in style:
        return
    if element.tag == "li" and "list-style:none" not in style:
        yield "–" if ordered is None else f"{ordered}."
    if element.tag == "img" and (element.get("src") or "").startswith(_SVG):
        yield labels(_svg(element.get("src") or ""))
    number = int(element.get("start") or 1) if element.tag == "ol" else None
    yield element.text or ""
    for child in element:
        yield from _text(child, number)
        number = number + 1 if number is not None and child.tag == "li" else number
        yield child.tail or ""

"""Images of a report: only embedded ones, only SVG, PNG and JPEG, and SVG without anything active."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field

import defusedxml.ElementTree as safe_xml
from defusedxml import DefusedXmlException

from weekrapport.reporting.typst.errors import RenderError
from weekrapport.reporting.typst.literals import clean, string

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_MAGIC = {"png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff"}
_FORMATS = {"image/png": "png", "image/jpeg": "jpg", "image/svg+xml": "svg"}
_LOSES_CONTENT = {"foreignObject", "iframe", "object", "embed", "video", "audio"}
_INVISIBLE = {"script", "metadata"}
_EMBEDDED = re.compile(r"#|data:image/(png|jpe?g);base64,")
_LENGTH = re.compile(r"\s*([\d.]+)\s*(pt|px|mm|cm|in)?\s*")
_POINTS = {"pt": 1.0, "px": 0.75, None: 0.75, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0}
_SCREEN_DPI = 100
"""Resolution of matplotlib's inline PNG; with it such an image keeps its size."""


@dataclass
class Assets:
    """Files that stand beside the Typst source: name -> bytes."""

    files: dict[str, bytes] = field(default_factory=dict)

    def add(self, data: bytes, extension: str) -> str:
        """Store a file and return its name."""
        name = f"image-{len(self.files) + 1}.{extension}"
        self.files[name] = data
        return name


@dataclass(frozen=True)
class Picture:
    """One stored image: its file, format ("svg", "png", "jpg") and natural width in points, when known."""

    name: str
    format: str
    width: float | None

    def arguments(self, alt: str) -> str:
        """Return file, format, alternative text and width as Typst arguments."""
        width = "none" if self.width is None else f"{self.width:.2f}pt"
        return f'read({string(self.name)}, encoding: none), "{self.format}", {string(alt)}, {width}'


def store_image(data: bytes, mime: str, assets: Assets, cell: int) -> Picture:
    """Check an image, store it among the assets and return it.

    Raises:
        RenderError: the type is unknown, the bytes are another type, or an SVG holds what may not be loaded.
    """
    kind = _FORMATS.get(mime)
    if kind is None:
        raise RenderError(f"an image of type {mime!r} cannot be shown; use PNG, JPEG or SVG.", cell)
    if kind == "svg":
        root = _clean_svg(data, cell)
        return Picture(assets.add(_serialise(root), "svg"), "svg", _svg_width(root))
    if not data.startswith(_MAGIC[kind]):
        raise RenderError(f"the bytes of this image are not {mime}.", cell)
    width = int.from_bytes(data[16:20], "big") * 72 / _SCREEN_DPI if kind == "png" else None
    return Picture(assets.add(data, kind), kind, width)


def _clean_svg(data: bytes, cell: int) -> ET.Element:
    try:
        root = safe_xml.fromstring(data, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except (ET.ParseError, DefusedXmlException, ValueError) as error:
        raise RenderError(f"this SVG cannot be read ({error}).", cell) from error
    if _local(root.tag) != "svg":
        raise RenderError(f"this is not an SVG: the outer element is {_local(root.tag)!r}.", cell)
    for parent in list(root.iter()):
        for child in list(parent):
            name = _local(child.tag)
            if name in _LOSES_CONTENT:
                raise RenderError(f"this SVG holds a <{name}>, which a PDF cannot show.", cell)
            if name in _INVISIBLE:
                parent.remove(child)
        _clean_attributes(parent, cell)
    return root


def _clean_attributes(element: ET.Element, cell: int) -> None:
    for key in list(element.attrib):
        name = _local(key)
        if name.lower().startswith("on"):
            del element.attrib[key]
        elif name == "href" and not _EMBEDDED.match(element.attrib[key]):
            if _local(element.tag) == "a":
                del element.attrib[key]
            else:
                raise RenderError(
                    f"this SVG refers to {element.attrib[key][:80]!r}; only embedded images may be used.", cell
                )
    element.text = clean(element.text) if element.text else element.text
    element.tail = clean(element.tail) if element.tail else element.tail
    if _local(element.tag) == "style" and element.text:
        element.text = re.sub(r"@import[^;]*;?|url\([^)]*\)", "", element.text, flags=re.IGNORECASE)


def _serialise(root: ET.Element) -> bytes:
    ET.register_namespace("", _SVG)
    ET.register_namespace("xlink", _XLINK)
    buffer = io.BytesIO()
    ET.ElementTree(root).write(buffer, encoding="utf-8", xml_declaration=True)
    return buffer.getvalue()


def _svg_width(root: ET.Element) -> float | None:
    match = _LENGTH.fullmatch(root.get("width", ""))
    return float(match[1]) * _POINTS[match[2]] if match else None


def _local(tag: object) -> str:
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""

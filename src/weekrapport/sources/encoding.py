"""Bytes of a text export to text, refusing every doubt about the encoding ("Inlezen" in docs/methods.md).

UTF-8 (with or without byte order mark) or Windows-1252. A wrong guess shows as "CafÃ©" in the report of the
management team, so bytes that contradict the declared encoding, or hold two encodings, stop the source.
"""

from __future__ import annotations

import gzip
import zlib
from typing import Literal

from weekrapport.errors import SourceError

Encoding = Literal["utf-8", "cp1252"]

_NOT_TEXT = (
    (b"PK\x03\x04", "an Excel workbook or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls)"),
    (b"%PDF-", "a PDF"),
    (b"<!doctype", "a web page, perhaps a login page saved as an export"),
    (b"<html", "a web page, perhaps a login page saved as an export"),
    (b"<?xml", "an XML file"),
)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BOM = b"\xef\xbb\xbf"


def unpack(data: bytes, name: str) -> bytes:
    """Return the bytes of the export, unpacked when they are gzip.

    Raises:
        SourceError: the file has no bytes, or the gzip is cut short or damaged.
    """
    if data.startswith(b"\x1f\x8b"):
        try:
            data = gzip.decompress(data)
        except EOFError as error:
            raise looks_cut_off(name, "the compressed data stops before its end") from error
        except (gzip.BadGzipFile, zlib.error) as error:
            raise SourceError(f"{name}: the gzip file is damaged ({error}). Copy or export it again.") from error
    elif name.lower().endswith(".gz") and data:
        raise SourceError(f"{name}: the name says gzip but the bytes do not. Name the file for what it is.")
    if not data:
        raise SourceError(f"{name}: the file is empty (0 bytes). Export it again.")
    return data


def decode(data: bytes, name: str, declared: Encoding | None = None) -> tuple[str, tuple[str, ...]]:
    """Return the text and the Dutch remarks about how it was read.

    Args:
        data: the unpacked bytes.
        name: the file, for messages.
        declared: the encoding that the source states; None recognises it.

    Raises:
        SourceError: not text, UTF-16, cut inside a character, mixed, or contradicting the declared encoding.
    """
    refuse_other_files(data, name)
    marked = data.startswith(_BOM)
    body = data[len(_BOM) :] if marked else data
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        if declared == "utf-8" or marked:
            why = "the source declares utf-8" if declared else "the file starts with the UTF-8 mark"
            raise _undecodable(name, body, error.start, f"{why}, but this byte is not UTF-8") from error
        _refuse_mixture(body, name, error)
        return _decode_cp1252(body, name), () if declared else ("gelezen als Windows-1252",)
    if declared == "cp1252" and not body.isascii():
        first = next(position for position, byte in enumerate(body) if byte > 127)
        raise SourceError(
            f"{name}, line {_line(body, first)}: the source declares cp1252, but the file is UTF-8. Set "
            'encoding = "utf-8" in its [[source]], or leave encoding out.'
        )
    return text, ()


def looks_cut_off(name: str, why: str) -> SourceError:
    """Return the error of a file that stops before its end."""
    return SourceError(f"{name} looks cut off: {why}. Copy or export the file again.")


def refuse_other_files(data: bytes, name: str) -> None:
    """Raise SourceError when the bytes are those of another kind of file than a text export."""
    start = data.removeprefix(_BOM)[:512].lstrip().lower()
    for mark, what in _NOT_TEXT:
        if start.startswith(mark.lower()):
            raise SourceError(f"{name} is {what}, not an export that can be read. Export it as CSV or .xlsx.")
    if data.startswith(_UTF16) or b"\x00" in data:
        what = "UTF-16 text" if data.startswith(_UTF16) else "not text (it holds NUL bytes; perhaps UTF-16)"
        line = "" if data.startswith(_UTF16) else f", line {_line(data, data.index(0))}"
        raise SourceError(f'{name}{line}: this is {what}. Save it as "CSV UTF-8" and put that in the inbox.')


def _refuse_mixture(body: bytes, name: str, error: UnicodeDecodeError) -> None:
    """Refuse what is UTF-8 with a fault in it: reading that as Windows-1252 would spoil every accent."""
    lenient = body.decode("utf-8", errors="replace")
    faults = lenient.count("\ufffd")
    accents = len(lenient) - len(lenient.encode("ascii", errors="ignore")) - faults
    if accents > 0 and faults == 1 and error.reason == "unexpected end of data":
        raise looks_cut_off(name, "it ends inside a character")
    if accents > faults:
        raise _undecodable(name, body, error.start, "the rest of the file is UTF-8, but this byte is not")


def _decode_cp1252(body: bytes, name: str) -> str:
    try:
        return body.decode("cp1252")
    except UnicodeDecodeError as error:
        raise _undecodable(name, body, error.start, "this byte is neither UTF-8 nor Windows-1252") from error


def _undecodable(name: str, body: bytes, position: int, why: str) -> SourceError:
    return SourceError(
        f"{name}, line {_line(body, position)}: {why} (0x{body[position]:02X}). Export the file again as UTF-8, or "
        "state the right encoding in its [[source]]."
    )


def _line(body: bytes, position: int) -> int:
    return body.count(b"\n", 0, position) + 1

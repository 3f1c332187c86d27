"""Which kind of file an export is, by its bytes and its name, and the reader that goes with it.

Methods: "Inlezen" in docs/methods.md. A name that says something else than the bytes is refused: it is most often the
wrong file.
"""

from __future__ import annotations

import re
import zlib
from pathlib import PurePosixPath
from typing import Literal

from weekrapport.errors import SourceError
from weekrapport.settings import Source
from weekrapport.sources.csv_file import read_csv
from weekrapport.sources.encoding import refuse_other_files, unpack
from weekrapport.sources.headers import identifier_headers, key_headers, wanted_headers
from weekrapport.sources.other_header import fill_otherwise
from weekrapport.sources.parquet_file import MAGIC, read_parquet
from weekrapport.sources.raw import RawTable
from weekrapport.sources.row_filter import keep_where
from weekrapport.sources.workbook import OLE, ZIP, refuse_old
from weekrapport.sources.xes_file import read_xes
from weekrapport.sources.xlsx_file import read_xlsx

Shape = Literal["csv", "xlsx", "parquet", "xes"]

_WORDS: dict[Shape, str] = {
    "csv": "text (CSV)",
    "xlsx": "an Excel workbook or zip file",
    "parquet": "a parquet file",
    "xes": "an event log (XES)",
}
_BY_NAME: dict[str, Shape] = {".csv": "csv", ".tsv": "csv", ".xlsx": "xlsx", ".parquet": "parquet", ".xes": "xes"}
_HEAD = 8192
_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")


def read_raw(data: bytes, name: str, source: Source) -> RawTable:
    """Return the mapped columns of the wanted rows of an export as text, whatever shape it has.

    Args:
        data: the bytes of the file as they lie in the inbox.
        name: the file relative to the inbox.
        source: what to read, and how it is written.

    Raises:
        SourceError: the file cannot be read as what it is, or its name says something else.
        ConfigurationError: the source maps a BSN.
    """
    return fill_otherwise(keep_where(_read_shape(data, name, source), source), source)


def _read_shape(data: bytes, name: str, source: Source) -> RawTable:
    wanted = wanted_headers(source)
    match shape_of(data, name):
        case "csv":
            return read_csv(data, name, wanted, encoding=source.encoding, separator=source.separator)
        case "xlsx":
            return read_xlsx(
                unpack(data, name),
                name,
                wanted,
                sheet=source.sheet,
                keys=key_headers(source),
                identifiers=identifier_headers(source),
                decimaal=source.decimaal,
            )
        case "parquet":
            return read_parquet(
                unpack(data, name),
                name,
                wanted,
                identifiers=identifier_headers(source),
                decimaal=source.decimaal,
            )
        case "xes":
            return read_xes(unpack(data, name), name, wanted, decimaal=source.decimaal)


def shape_of(data: bytes, name: str) -> Shape:
    """Return the kind of file.

    Raises:
        SourceError: it has no bytes, it is a kind that is never read, or its name says another kind.
    """
    head = _head(data, name)
    if head.startswith(OLE):
        refuse_old(data if data.startswith(OLE) else unpack(data, name), name)
    told = _BY_NAME.get(_suffix(name))
    shape = _by_content(head, told)
    if shape == "csv" and told != "csv":
        refuse_other_files(head, name)
    if told not in (None, shape):
        assert told is not None  # noqa: S101
        raise SourceError(
            f"{name}: the name says {_WORDS[told]}, but this is {_WORDS[shape]}. Name the file for what it is, or "
            "export it again."
        )
    return shape


def _head(data: bytes, name: str) -> bytes:
    """Return the first bytes, unpacked; a file that is damaged there is refused."""
    if data.startswith(b"\x1f\x8b"):
        try:
            head = zlib.decompressobj(31).decompress(data, _HEAD)
        except zlib.error:
            head = b""
    else:
        head = data[:_HEAD]
    return head or unpack(data, name)  # which says what is wrong


def _by_content(head: bytes, told: Shape | None) -> Shape:
    if head.startswith(ZIP):
        return "xlsx"
    if head.startswith(MAGIC):
        return "parquet"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"<"):
        root = _ROOT.search(start)
        if root[1] == b"log" if root else told == "xes":
            return "xes"
    return "csv"


def _suffix(name: str) -> str:
    path = PurePosixPath(name.lower())
    return path.with_suffix("").suffix if path.suffix == ".gz" else path.suffix

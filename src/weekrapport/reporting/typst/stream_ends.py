"""Ends of PDF streams that every reader counts alike.

When the last byte of a stream is a carriage return, the line feed that the writer puts before `endstream` makes it look
like the end of a line of two bytes. A strict PDF/A validator then finds the stream one byte short, by chance in about
one stream of 256. A line end of two bytes after such a stream leaves no doubt.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise

from weekrapport.reporting.typst.errors import RenderError

_LENGTH = re.compile(rb"/Length (\d+)")
_TABLE = re.compile(rb"xref\n0 (\d+)\n")
_ENTRY = 20
"""Bytes of one entry of the cross-reference table."""


def unambiguous_stream_ends(pdf: bytes) -> bytes:
    """Return the PDF with CR LF before `endstream` where the stream itself ends with CR.

    Raises:
        RenderError: the file is not built as Typst builds it (one plain cross-reference table).
    """
    marker = pdf.rfind(b"startxref")
    words = pdf[marker + 9 :].split()
    start = int(words[0]) if marker >= 0 and words else -1
    table = _TABLE.match(pdf, start) if start >= 0 else None
    if table is None:
        raise RenderError("The PDF has no plain cross-reference table; this version of Typst is not supported.")
    count, first = int(table[1]), table.end()
    offsets = [int(pdf[first + i * _ENTRY : first + i * _ENTRY + 10]) for i in range(count)]
    places = _ambiguous_ends(pdf, [*sorted(offsets[1:]), start])
    if not places:
        return pdf
    entries = b"".join(
        b"%010d" % (offset + bisect_left(places, offset)) + pdf[first + i * _ENTRY + 10 : first + (i + 1) * _ENTRY]
        for i, offset in enumerate(offsets)
    )
    body = b"\r".join(pdf[a:b] for a, b in zip([0, *places], [*places, start], strict=True))
    trailer = pdf[first + count * _ENTRY : marker]
    return body + table[0] + entries + trailer + b"startxref\n%d\n%%%%EOF" % (start + len(places))


def _ambiguous_ends(pdf: bytes, offsets: list[int]) -> list[int]:
    """Return the places of the line feed before `endstream` where the byte before it is a CR of the stream."""
    places = []
    for begin, end in pairwise(offsets):
        stream = pdf.find(b"\nstream\n", begin, end)
        if stream < 0:
            continue
        lengths = _LENGTH.findall(pdf, begin, stream)
        last = stream + 8 + int(lengths[-1]) if lengths else 0
        if pdf[last - 1 : last + 10] == b"\r\nendstream":
            places.append(last)
    return places

"""Whether a document can be read at all: a PDF by its first bytes, XML by reading it to the end.

XML with a DTD or entities is refused: an invoice needs neither, and both are ways to make a reader open files or fill
the memory.
"""

from __future__ import annotations

from xml.parsers import expat

CHUNK = 1 << 20
PDF, XML = ".pdf", (".xml", ".ubl")


class _RefusedError(Exception):
    """The document may not be read further; its text says why, in Dutch."""


class Content:
    """Judges a document while it is read, so that a large one never stands in memory as a whole."""

    def __init__(self, suffix: str) -> None:
        """Start on a file with this extension."""
        self._suffix = suffix.lower()
        self._parser: expat.XMLParserType | None = None
        self._soort, self._fault, self._is_begun = "geen", "", False

    def feed(self, chunk: bytes) -> None:
        """Take the next bytes."""
        if not self._is_begun:
            self._begin(chunk)
        if self._parser is not None and not self._fault:
            self._parse(chunk, is_final=False)

    def close(self) -> tuple[str, str]:
        """Return pdf, ubl or geen, and why the document cannot be read, in Dutch; nothing when it can."""
        if self._parser is not None and not self._fault:
            self._parse(b"", is_final=True)
        return self._soort, self._fault

    def _begin(self, chunk: bytes) -> None:
        self._is_begun = True
        is_pdf = chunk.startswith(b"%PDF-")
        if self._suffix == PDF or (is_pdf and self._suffix not in XML):
            self._soort = "pdf"
            if not is_pdf:
                self._fault = "geen pdf, al heet het zo"
        elif self._suffix in XML or chunk.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            self._soort, self._parser = "ubl", self._make_parser()
        else:
            self._fault = "geen pdf en geen xml"

    def _make_parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = _refuse_dtd
        parser.EntityDeclHandler = _refuse_dtd
        parser.ExternalEntityRefHandler = _refuse_dtd
        parser.StartElementHandler = self._root
        return parser

    def _root(self, name: str, _attributes: object) -> None:
        """Look at the first element only."""
        if self._parser is not None:
            self._parser.StartElementHandler = None
        if name.rsplit(" ", 1)[-1].lower() == "html":  # after its namespace
            raise _RefusedError("webpagina")

    def _parse(self, chunk: bytes, *, is_final: bool) -> None:
        assert self._parser is not None  # noqa: S101
        try:
            self._parser.Parse(chunk, is_final)
        except _RefusedError as refused:
            self._fault = str(refused)
        except (expat.ExpatError, ValueError, LookupError):
            self._fault = "geen goed gevormde xml"


def _refuse_dtd(*_arguments: object) -> int:
    raise _RefusedError("DTD of entiteiten in de xml")

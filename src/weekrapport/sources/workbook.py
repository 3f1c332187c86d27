"""Opening an Excel workbook, or refusing it with what to do instead ("Inlezen" in docs/methods.md).

Nothing in a workbook is ever run: one with macros, an old or binary one, or one behind a password is refused.
"""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from weekrapport.errors import ConfigurationError, SourceError
from weekrapport.sources.encoding import looks_cut_off

if TYPE_CHECKING:
    from openpyxl import Workbook

OLE = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"
LARGEST = 1 << 30
"""How many bytes a workbook may be when it is unpacked."""


def refuse_old(data: bytes, name: str) -> None:
    """Raise SourceError for the container of old Office files, in which a password also puts a new one."""
    if not data.startswith(OLE):
        return
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise SourceError(
            f"{name} is protected with a password. Open it in Excel, remove the password (File, Info, Protect "
            "Workbook), save it and put that in the inbox."
        )
    raise SourceError(
        f"{name} is an old Excel workbook (.xls). Open it in Excel, save it as Excel-werkmap (.xlsx) and put that in "
        "the inbox."
    )


@contextmanager
def open_workbook(data: bytes, name: str) -> Iterator[tuple[Workbook, zipfile.ZipFile]]:
    """Give the workbook with the values that Excel stored, and the zip file that it is.

    Raises:
        SourceError: it is cut off, damaged, or another kind of file.
    """
    import openpyxl  # a tenth of a second, only for who has a workbook

    if not openpyxl.DEFUSEDXML:
        raise ConfigurationError("openpyxl runs without defusedxml. Unset OPENPYXL_DEFUSEDXML and run again.")
    with _explained(name), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells of styles and pictures that it leaves out
        archive = _archive(data, name)
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            yield book, archive
        finally:
            book.close()
            archive.close()


def formula_places(data: bytes, title: str) -> set[tuple[int, int]]:
    """Return (row, column) of every formula of a sheet."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    try:
        sheet: Any = book[title]
        sheet.reset_dimensions()
        return {(cell.row, cell.column) for row in sheet.iter_rows() for cell in row if cell.data_type == "f"}
    finally:
        book.close()


@contextmanager
def _explained(name: str) -> Iterator[None]:
    """Turn what a damaged workbook does to its reader into one of our errors."""
    try:
        yield
    except (SourceError, ConfigurationError):
        raise
    except (EOFError, zlib.error, zipfile.BadZipFile) as error:
        raise SourceError(f"{name}: the workbook is damaged ({error}). Copy or export it again.") from error
    except Exception as error:  # openpyxl has no errors of its own: whatever stands in the XML comes out as anything
        cause = error.__cause__ or error
        why = f"{type(cause).__name__}: {cause}".splitlines()[0][:200]
        raise SourceError(
            f"{name} cannot be read as a workbook ({why}). Open it in Excel and save it as Excel-werkmap (.xlsx), or "
            "export it as CSV."
        ) from error


def _archive(data: bytes, name: str) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile as error:
        raise looks_cut_off(name, "the list of contents at its end is not there") from error
    parts = {item.filename: item for item in archive.infolist()}
    why = _not_a_workbook(archive, parts)
    if why:
        raise SourceError(f"{name} {why}")
    return archive


def _not_a_workbook(archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo]) -> str | None:
    size = sum(item.file_size for item in parts.values())
    if any(item.flag_bits & 1 for item in parts.values()):
        return "is protected with a password. Remove the password and put that in the inbox."
    if size > LARGEST:
        return f"unpacks to {size // 2**20} MB, more than the {LARGEST // 2**20} that is read. Export it as CSV."
    if "xl/workbook.bin" in parts:
        return "is a binary workbook (.xlsb). Save it in Excel as Excel-werkmap (.xlsx)."
    if "mimetype" in parts:
        return "is an OpenDocument file. Save it as Excel-werkmap (.xlsx), or export it as CSV."
    if "[Content_Types].xml" not in parts:
        return "is a zip file and no workbook. Unpack it and put the files themselves in the inbox."
    if "xl/vbaProject.bin" in parts or b"macroEnabled" in archive.read("[Content_Types].xml"):
        return "holds macros (.xlsm). Save it in Excel as Excel-werkmap (.xlsx), which has none."
    if not any(part.startswith("xl/") for part in parts):
        return "is an Office file, but no workbook. Export the data as .xlsx or CSV."
    return None

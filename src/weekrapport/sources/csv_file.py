"""A CSV export to text cells, with the line number of every row ("Inlezen" in docs/methods.md).

Python's csv reader rather than a faster one: it tells on which line a row starts, after quoted line ends too, and it
refuses broken quoting instead of guessing. A row with the wrong number of fields goes to the quarantine with its
original text; a file that stops in the middle is refused as a whole.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pandas as pd

from weekrapport.errors import SourceError
from weekrapport.sources.encoding import Encoding, decode, looks_cut_off, unpack
from weekrapport.sources.headers import locate, means_bsn
from weekrapport.sources.raw import RawTable, Rejected

Separator = Literal[";", ",", "\t", "|"]
SEPARATORS: tuple[Separator, ...] = (";", ",", "\t", "|")
WITHHELD = "[regel niet bewaard: dit bestand heeft een kolom met BSN]"


@dataclass
class _Rows:
    """The rows of a file with the right number of fields, and the others."""

    cells: list[list[str]] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    faults: list[tuple[int, int, str]] = field(default_factory=list)
    """First line, last line, Dutch reason."""
    empty: int = 0


def read_csv(
    data: bytes,
    name: str,
    wanted: Collection[str],
    *,
    encoding: Encoding | None = None,
    separator: Separator | None = None,
) -> RawTable:
    """Return the wanted columns of a CSV file, plain or gzip, as text.

    Args:
        data: the bytes of the file.
        name: the file relative to the inbox.
        wanted: headers to read, matched without regard to case, accents and spaces; others are never kept.
        encoding: as declared; None recognises it.
        separator: as declared; None takes it from a `sep=` line, else from the header line.

    Raises:
        SourceError: empty, not text, contradicting its declaration, cut off, without a header row, or with a wanted
            header twice.
    """
    text, remarks = decode(unpack(data, name), name, encoding)
    lines = list(io.StringIO(text, newline=""))
    first, separator = _find_header(lines, name, separator)
    header, rows = _parse(lines, first, separator, name)
    open_end = not lines[-1].endswith(("\n", "\r"))
    if open_end and rows.faults and rows.faults[-1][1] == len(lines):
        raise looks_cut_off(name, f"line {rows.faults[-1][0]}, the last, has no line end and {_english(rows, header)}")
    places = locate(wanted, header, name)
    secret = {position for position, title in enumerate(header) if means_bsn(title)}

    def regel(row: int) -> str:
        if secret:
            return separator.join("" if i in secret else cell for i, cell in enumerate(rows.cells[row]))
        return "".join(lines[rows.starts[row] - 1 : rows.ends[row]]).rstrip("\r\n")

    rejected = (
        Rejected(name, start, "", None, why, WITHHELD if secret else "".join(lines[start - 1 : end]).rstrip("\r\n"))
        for start, end, why in rows.faults
    )
    return RawTable(
        name=name,
        frame=_frame(rows.cells, places),
        rows=np.array(rows.starts, dtype="int64"),
        regel=regel,
        rejected=tuple(rejected),
        missing=tuple(title for title in wanted if title not in places),
        dropped=tuple(title.strip() for i, title in enumerate(header) if i not in places.values() and title.strip()),
        remarks=remarks + _remarks(rows, open_end),
        open_end=open_end,
        rows_read=len(rows.cells) + len(rows.faults),
        form={
            "encoding": encoding or ("cp1252" if remarks else "utf-8"),
            "separator": "TAB" if separator == "\t" else separator,
            "header row": str(first + 1),
        },
    )


def sniff_separator(line: str) -> Separator:
    """Return the separator that stands most often outside quotes in a header line; `;` when there is none."""
    outside = "".join(line.split('"')[::2])
    return max(SEPARATORS, key=outside.count)


def _find_header(lines: Sequence[str], name: str, declared: Separator | None) -> tuple[int, Separator]:
    """Return the index of the header line and the separator."""
    first = next((i for i, line in enumerate(lines) if line.strip()), None)
    if first is None:
        raise SourceError(f"{name}: the file has only empty lines, no header row. Export it again.")
    stated = lines[first].strip('"\r\n')
    if stated.lower().startswith("sep="):
        mark = stated[4:5]
        if mark not in SEPARATORS or not mark:
            raise SourceError(f"{name}, line {first + 1}: the separator {mark!r} is not one of ; , TAB |.")
        if declared is not None and declared != mark:
            raise SourceError(
                f"{name}, line {first + 1}: the file says sep={mark}, its [[source]] says {declared!r}. Remove one."
            )
        declared = next(separator for separator in SEPARATORS if separator == mark)
        if first + 1 >= len(lines) or not lines[first + 1].strip():
            raise SourceError(f"{name}: there is no header row after the sep= line. Export it again.")
        return first + 1, declared
    sniffed = sniff_separator(lines[first])
    if declared is not None and declared not in lines[first] and sniffed in lines[first]:
        raise SourceError(
            f"{name}, line {first + 1}: the source declares the separator {declared!r}, but the header row has none "
            f"and has {sniffed!r}. Correct separator in its [[source]], or leave it out."
        )
    return first, declared or sniffed


def _parse(lines: Sequence[str], first: int, separator: str, name: str) -> tuple[list[str], _Rows]:
    """Return the header and the rows; line numbers count from 1 in the whole file."""
    reader = csv.reader(lines[first:], delimiter=separator, strict=True, skipinitialspace=True)
    rows = _Rows()
    header: list[str] | None = None
    while True:
        start = first + reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            _refuse_open_quote(str(error), name, start)
            if header is None:
                raise SourceError(
                    f"{name}, line {start}: the quotes in the header row are broken ({error})."
                ) from error
            rows.faults.append((start, first + reader.line_num, "aanhalingstekens niet goed gesloten"))
            continue
        if header is None:
            header = row
        elif not any(cell.strip() for cell in row):
            rows.empty += 1
        elif len(row) != len(header):
            rows.faults.append((start, first + reader.line_num, f"{len(row)} velden in plaats van {len(header)}"))
        else:
            rows.cells.append(row)
            rows.starts.append(start)
            rows.ends.append(first + reader.line_num)
    return header or [], rows


def _refuse_open_quote(message: str, name: str, start: int) -> None:
    if "unexpected end of data" in message:
        raise looks_cut_off(name, f"a quote opened in the row of line {start} is never closed")
    if "field larger than field limit" in message:
        raise SourceError(
            f"{name}, line {start}: a field goes on for more than {csv.field_size_limit()} characters, so a quote is "
            "not closed. Correct that row in the source system, or export again."
        )


def _english(rows: _Rows, header: Sequence[str]) -> str:
    broken = rows.faults[-1][2].startswith("aanhalingstekens")
    return "broken quotes" if broken else f"not the {len(header)} fields of the header row"


def _frame(cells: list[list[str]], places: dict[str, int]) -> pd.DataFrame:
    columns = {header: pd.Series([row[place] for row in cells], dtype="str") for header, place in places.items()}
    return pd.DataFrame(columns, index=pd.RangeIndex(len(cells)))


def _remarks(rows: _Rows, open_end: bool) -> tuple[str, ...]:
    remarks = []
    if rows.empty:
        remarks.append(f"{rows.empty} lege regel(s) overgeslagen")
    if open_end:
        remarks.append("het bestand eindigt zonder regeleinde; de laatste regel is volledig gelezen")
    return tuple(remarks)

"""The rows of a sheet below its header, sorted into data and what is no data ("Inlezen" in docs/methods.md).

A row of totals and notes below the table are passed over and told; a header that is repeated goes to the quarantine; a
second table stops the source, because its rows would be read under the headers of the first.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from weekrapport.errors import SourceError
from weekrapport.sources.cell_text import value_text
from weekrapport.sources.headers import header_key
from weekrapport.sources.raw import Rejected
from weekrapport.sources.sheet import Row, header_texts
from weekrapport.sources.values import shorten

_TOTAL = re.compile(r"(eind|sub)?tota(al|len)\b|(grand |sub)?total\b", re.IGNORECASE)


@dataclass
class Body:
    """What stands below the header row.

    Attributes:
        name: the file, for messages.
        places: wanted header to its position.
        secret: positions of columns of BSN, of which nothing is kept.
        rows: the rows of data; what is no data is taken out.
        rejected: rows that go to the quarantine.
        remarks: Dutch sentences about what was passed over.
    """

    name: str
    places: Mapping[str, int]
    secret: Collection[int]
    rows: list[Row]
    rejected: list[Rejected]
    remarks: list[str]

    def line(self, row: Row) -> str:
        """Return a row as one text, without what stands in a column of BSN."""
        cells: list[Any] = ["" if i in self.secret else value for i, value in enumerate(row.values)]
        return ";".join(value_text(value, ",") for value in cells)


def keep_data(body: Body, header: int, keys: Collection[str]) -> None:
    """Take out of `body.rows`, in place, every row that is no data.

    Args:
        body: the rows below the header.
        header: row number of the header.
        keys: headers of the key of the table.

    Raises:
        SourceError: a second table begins below the first.
    """
    key_places = [body.places[key] for key in keys if key in body.places]
    _refuse_second_table(body, header)
    _drop_notes(body, key_places)
    _drop_totals(body, key_places)
    if body.places:
        _reject_repeated_headers(body)


def _refuse_second_table(body: Body, before: int) -> None:
    """Raise SourceError when a row, of words only, is no row of this table but the header of another."""
    titles = {header_key(title): position for title, position in body.places.items()}
    numeric: dict[int, bool] = defaultdict(bool)
    for row in body.rows:
        gap = row.number > before + 1
        before = row.number
        filled = row.filled()
        if len(filled) > 1 and all(_is_word(row.value(position)) for position in filled):
            keys = {position: header_key(row.value(position)) for position in filled}
            moved = [position for position, key in keys.items() if titles.get(key, position) != position]
            against = [position for position in filled if numeric[position]]
            if len(moved) > 1 or (gap and against):
                words = ", ".join(repr(shorten(text, 20)) for text in header_texts(row) if text)
                raise SourceError(
                    f"{body.name}, row {row.number}: here a second table seems to begin ({words}). Put each table on "
                    "its own sheet, or take it out of the export."
                )
        for position in filled:
            numeric[position] = numeric.get(position, True) and not isinstance(row.value(position), str)


def _is_word(value: object) -> bool:
    return isinstance(value, str) and not any(character.isdigit() for character in value)


def _drop_notes(body: Body, keys: Sequence[int]) -> None:
    """Take off single texts that stand below the table: after an empty row, or under the total."""
    first = len(body.rows)
    while first > 0 and _is_note(body.rows[first - 1]):
        first -= 1
    notes = body.rows[first:]
    if not notes or first == 0 or len(body.places) < 2:
        return
    above = body.rows[first - 1]
    if notes[0].number > above.number + 1 or _total_label(above, keys):
        del body.rows[first:]
        text = shorten(str(notes[0].value(notes[0].filled()[0])))
        body.remarks.append(
            f"{len(notes)} rij(en) met tekst onder de tabel niet gelezen (rij {notes[0].number}: '{text}')"
        )


def _is_note(row: Row) -> bool:
    filled = row.filled()
    value = row.value(filled[0])
    return len(filled) == 1 and isinstance(value, str) and " " in value.strip() and not _TOTAL.match(value.strip())


def _drop_totals(body: Body, keys: Sequence[int]) -> None:
    """Take off the last rows that say that they are a total and fill no key."""
    while body.rows and (label := _total_label(body.rows[-1], keys)):
        row = body.rows.pop()
        body.remarks.append(f"rij {row.number} met het totaal niet gelezen: '{shorten(label)}'")


def _total_label(row: Row, keys: Sequence[int]) -> str | None:
    """Return the text that makes a row a total; None when there is none, or when the row fills a key."""
    texts = {i: row.value(i).strip() for i in row.filled() if isinstance(row.value(i), str)}
    label = next((i for i, text in texts.items() if _TOTAL.match(text)), None)
    if label is None or any(key != label and row.value(key) not in (None, "") for key in keys):
        return None
    return texts[label]


def _reject_repeated_headers(body: Body) -> None:
    kept: list[Row] = []
    wanted = {position: header_key(title) for title, position in body.places.items()}
    for row in body.rows:
        if all(header_key(value_text(row.value(position), ",")) == key for position, key in wanted.items()):
            line = body.line(row)
            body.rejected.append(Rejected(body.name, row.number, "", None, "herhaling van de kopregel", line))
        else:
            kept.append(row)
    body.rows = kept

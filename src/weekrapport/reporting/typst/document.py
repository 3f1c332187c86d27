"""An executed notebook as one Typst document: what every cell shows, in order."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from weekrapport.reporting.blocks import BLOCK_MIME, RECORD_MIME
from weekrapport.reporting.numbers import getal
from weekrapport.reporting.sparkline import sparkline_alt, sparkline_svg
from weekrapport.reporting.typst.columns import NORMAL_SIZES, SMALL_SIZES, ColumnText, TableLayout, table_layout
from weekrapport.reporting.typst.errors import RenderError
from weekrapport.reporting.typst.font_metrics import text_em
from weekrapport.reporting.typst.headings import Headings
from weekrapport.reporting.typst.html_table import html_tables
from weekrapport.reporting.typst.images import Assets, store_image
from weekrapport.reporting.typst.literals import PLACEHOLDER, array, breakable, count_unknown, dictionary, string, value
from weekrapport.reporting.typst.markdown import MarkdownWriter, parse, plain_text
from weekrapport.reporting.typst.meta import DocumentMeta, read_meta

HIDDEN_TAG = "verberg"
NEW_PAGE_TAG = "nieuwe-pagina"
_IMAGES = ("image/svg+xml", "image/png", "image/jpeg")
_SPARK_WIDTHS = {3: 188, 4: 136, 5: 101, 6: 188}
"""Number of tiles -> width of the trend line in a tile, with a height of 24."""
_NUMBER_AFTER = re.compile(r"(?<=week) (?=\d)")
"""The space in "week 46", which may not end up at the end of a line in a narrow tile."""
_WIDEST_BAR = 120.0
"""Points: more than this a bar column does not claim, however long its figures."""
_ADDRESS = re.compile(r"\bat 0x[0-9a-fA-F]+")


@dataclass
class Document:
    """A report as Typst source.

    Attributes:
        meta: the document metadata.
        source: main.typ.
        assets: the images beside it.
        cell_of_line: line of main.typ, counted from 1 -> notebook cell, counted from 1.
    """

    meta: DocumentMeta
    source: str
    assets: Assets
    cell_of_line: dict[int, int]


@dataclass
class _Part:
    """One thing a cell shows: markdown tokens, a block, or an output of another type."""

    cell: int
    kind: str
    content: Any
    attachments: dict[str, Any] = field(default_factory=dict)
    alt: str | None = None


def build_document(nb: Any, name: str = "Rapport", attachments: set[str] | None = None) -> Document:
    """Return an executed notebook as a Typst document.

    Args:
        nb: a notebook, version 4, executed.
        name: title for a notebook without metadata and without a heading.
        attachments: names of the attached files; a table may name no other. None: not known.

    Raises:
        RenderError: a cell failed or shows something that has no place in a PDF; names the cell.
    """
    parts = list(_parts(nb))
    written = list(_headings(parts))
    first = next((text for level, text in written if level == 1), None)
    meta = read_meta(nb.metadata, first or name)
    writer = _Writer(Headings(written, meta.title), attachments)
    return writer.document(meta, parts)


def _parts(nb: Any) -> Iterator[_Part]:
    shown = False
    for number, cell in enumerate(nb.cells, start=1):
        tags = cell.metadata.get("tags", [])
        if HIDDEN_TAG in tags or cell.cell_type == "raw":
            continue
        parts = list(_cell_parts(number, cell))
        if NEW_PAGE_TAG in tags and shown:  # the first thing shown belongs below the band of page 1
            yield _Part(number, "page-break", None)
        yield from parts
        shown = shown or bool(parts)


def _cell_parts(number: int, cell: Any) -> Iterator[_Part]:
    if cell.cell_type == "markdown":
        yield _Part(number, "markdown", parse(cell.source, math=True), dict(cell.get("attachments", {})))
    elif cell.cell_type == "code":
        for output in cell.outputs:
            yield from _output(number, output, cell.metadata.get("alt"))


def _output(cell: int, output: Any, alt: str | None) -> Iterator[_Part]:
    if output.output_type == "error":
        raise RenderError(f"it ended with {output.ename}: {output.evalue}", cell)
    if output.output_type == "stream":
        _refuse_print(cell, output)
        return
    data = {key: _joined(item) for key, item in output.data.items()}
    if BLOCK_MIME in data:
        yield _block_part(cell, data[BLOCK_MIME])
    elif RECORD_MIME not in data:
        part = _plain_part(cell, data, output.get("metadata", {}).get("alt") or alt)
        if part is None:
            _refuse(cell, data)
        else:
            yield part


def _refuse_print(cell: int, output: Any) -> None:
    text = "".join(output.text).strip()
    if text:
        source = "prints" if output.name == "stdout" else "writes a warning"
        raise RenderError(
            f"it {source} ({text.splitlines()[0][:80]!r}). A report shows blocks and markdown: remove the print, "
            "or solve the warning.",
            cell,
        )


def _block_part(cell: int, block: dict[str, Any]) -> _Part:
    if block.get("kind") == "prose":
        return _Part(cell, "prose", parse(block["text"], math=False))
    return _Part(cell, "block", block)


def _plain_part(cell: int, data: dict[str, Any], alt: str | None) -> _Part | None:
    """Return what a cell without a block shows, by the first type that can be set; None when there is none."""
    for mime in _IMAGES:
        if mime in data:
            return _Part(cell, mime, data[mime], alt=alt)
    if "text/markdown" in data:
        return _Part(cell, "prose", parse(data["text/markdown"], math=True))
    if "text/html" in data:
        return _Part(cell, "html", data["text/html"])
    if set(data) == {"text/plain"} and not _ADDRESS.search(data["text/plain"]):
        return _Part(cell, "plain", data["text/plain"])
    return None


def _joined(item: Any) -> Any:
    return "".join(item) if isinstance(item, list) and all(isinstance(line, str) for line in item) else item


def _refuse(cell: int, data: dict[str, Any]) -> None:
    shown = str(data.get("text/plain", ", ".join(sorted(data))))[:80]
    raise RenderError(
        f"its result cannot be shown in a PDF: {shown!r}. Return a block, a table or a figure, or end the line "
        "with ';'.",
        cell,
    )


def _headings(parts: list[_Part]) -> Iterator[tuple[int, str]]:
    for part in parts:
        if part.kind in ("markdown", "prose"):
            yield from _token_headings(part.content)


def _token_headings(tokens: list[dict[str, Any]]) -> Iterator[tuple[int, str]]:
    """Yield the headings in printing order; also those within a quote or a list."""
    for token in tokens:
        if token["type"] == "heading":
            yield token["attrs"]["level"], plain_text(token["children"])
        elif token["type"] in ("block_quote", "list", "list_item", "task_list_item"):
            yield from _token_headings(token["children"])


class _Writer:
    def __init__(self, headings: Headings, attachments: set[str] | None) -> None:
        self.headings = headings
        self.attachments = attachments
        self.assets = Assets()
        self.last_heading = ""

    def document(self, meta: DocumentMeta, parts: list[_Part]) -> Document:
        values = meta.typst()
        day = values.pop("day")
        fields = {key: value(item) for key, item in values.items()}
        fields["date"] = f"(year: {day[0]}, month: {day[1]}, day: {day[2]})"
        lines = [
            '#import "theme.typ": *',
            f"#let toc-wanted = {value(meta.toc)}",
            f"#show: report.with({dictionary(fields)})",
            "#{",
        ]
        cell_of_line: dict[int, int] = {}
        for part in parts:
            code = self._part(part)
            if code:
                new = [*code.split("\n"), *self._unknown_note(part, code)]
                cell_of_line |= {len(lines) + 1 + i: part.cell for i in range(len(new))}
                lines += new
        return Document(meta, "\n".join([*lines, "}", ""]), self.assets, cell_of_line)

    def _unknown_note(self, part: _Part, code: str) -> list[str]:
        """Return the line that says how many characters of this part could not be printed; none when all were."""
        described = part.content.get("alt") if part.kind == "block" else part.alt
        count = count_unknown(code) - count_unknown(string(described or ""))
        if count <= 0:
            return []
        what = (
            "1 teken dat het lettertype niet kent, staat"
            if count == 1
            else (f"{getal(count)} tekens die het lettertype niet kent, staan")
        )
        origin = "; de bijlagen hebben de oorspronkelijke tekst." if self.attachments else "."
        return [f"unknown-note({string(f'{what} er als {PLACEHOLDER}{origin}')})"]

    def _part(self, part: _Part) -> str | None:
        if part.kind == "page-break":
            return "pagebreak(weak: true)"
        if part.kind in ("markdown", "prose"):
            for _level, text in _token_headings(part.content):
                self.last_heading = text
            literal = part.kind == "prose"
            return MarkdownWriter(part.cell, self.headings, self.assets, part.attachments, literal).write(part.content)
        if part.kind == "block":
            return self._block(part.cell, part.content)
        if part.kind in _IMAGES:
            return self._image(part)
        if part.kind == "plain":
            return f"raw(block: true, {string(breakable(part.content))})"
        tables = html_tables(part.content, part.cell)
        if tables is None:
            _refuse(part.cell, {"text/plain": "HTML without a table"})
        return tables

    def _image(self, part: _Part) -> str:
        data = part.content.encode() if part.kind == "image/svg+xml" else base64.b64decode(part.content)
        place = f" bij “{self.last_heading}”" if self.last_heading else ""
        alt = part.alt or f"Figuur{place}, zonder beschrijving"
        return f"picture({store_image(data, part.kind, self.assets, part.cell).arguments(alt)})"

    def _block(self, cell: int, block: dict[str, Any]) -> str:
        handler = getattr(self, f"_block_{block.get('kind')}", None)
        if handler is None:
            raise RenderError(f"a block of kind {block.get('kind')!r} is not known to this version.", cell)
        try:
            return handler(cell, block)
        except (KeyError, TypeError, IndexError, AttributeError) as error:
            raise RenderError(f"its block {block.get('kind')!r} is not complete ({error!r}).", cell) from error

    def _markdown(self, cell: int) -> MarkdownWriter:
        return MarkdownWriter(cell, None, self.assets, literal=True)

    def _block_tiles(self, _cell: int, block: dict[str, Any]) -> str:
        width = _SPARK_WIDTHS[len(block["tiles"])]
        return f"tiles({array(self._tile(tile, width) for tile in block['tiles'])})"

    def _tile(self, tile: dict[str, Any], width: int) -> str:
        known = [v for v in tile["trend"] or [] if v is not None]
        spark = sparkline_svg(tile["trend"], width) if len(known) >= 2 else None
        texts = {
            key: tile[key] and breakable(_NUMBER_AFTER.sub("\u00a0", tile[key]))
            for key in ("label", "value", "delta", "norm")
        }
        return value({
            **texts, "verdict": tile["verdict"], "spark": spark, "spark-alt": spark and sparkline_alt(tile["trend"]),
        })  # fmt: skip

    def _block_messages(self, cell: int, block: dict[str, Any]) -> str:
        return "messages(" + array(self._message(cell, message) for message in block["messages"]) + ")"

    def _message(self, cell: int, message: dict[str, Any]) -> str:
        writer = self._markdown(cell)
        needed = writer.write_inline(message["needed"]) if message["needed"] else "none"
        body = writer.write_inline(message["text"])
        long = value(_is_long(message["text"] + (message["needed"] or "")))
        return dictionary({"verdict": string(message["verdict"]), "body": body, "needed": needed, "long": long})

    def _block_callout(self, cell: int, block: dict[str, Any]) -> str:
        body = self._markdown(cell).write(parse(block["text"], math=False))
        title = string(breakable(block["title"])) if block["title"] else "none"
        long = value(_is_long(block["text"]))
        return f"callout({string(block['style'])}, {title}, {{\n{body}\n}}, long: {long})"

    def _block_reliability(self, cell: int, block: dict[str, Any]) -> str:
        return f"reliability({string(block['verdict'])}, {self._markdown(cell).write_inline(block['text'])})"

    def _block_sentence(self, _cell: int, block: dict[str, Any]) -> str:
        return f"empty-sentence({string(breakable(block['text']))})"

    def _block_figure(self, cell: int, block: dict[str, Any]) -> str:
        picture = store_image(block["svg"].encode(), "image/svg+xml", self.assets, cell)
        caption = string(breakable(block["caption"])) if block["caption"] else "none"
        return f"chart({string(breakable(block['title']))}, {caption}, {picture.arguments(block['alt'])})"

    def _block_table(self, cell: int, block: dict[str, Any]) -> str:
        name = block["attachment"]
        if name and self.attachments is not None and name not in self.attachments:
            raise RenderError(f"its table refers to the attachment {name!r}, which is not attached.", cell)
        columns = block["columns"]
        rows, total = block["rows"], block["total"]
        shown = [*rows, total] if total else rows
        layout = table_layout(
            [_column_text(column, [row[i] for row in shown]) for i, column in enumerate(columns)],
            cell,
            SMALL_SIZES if block["small"] else NORMAL_SIZES,
        )
        heads = array(
            dictionary({
                "label": string(layout.fit(column["label"], i, semibold=True)),
                "align": string(column["align"]),
                "kind": string(column["kind"]),
                "room": f"{min(_number_room([_plain_cell(row[i]) for row in shown]), layout.points[i] - 14):.1f}pt",
            })
            for i, column in enumerate(columns)
        )  # fmt: skip
        cells = value([[_fit(layout, i, cell_value) for i, cell_value in enumerate(row)] for row in rows])
        total_cells = total and [layout.fit(text, i, semibold=True) for i, text in enumerate(total)]
        return (
            f"data-table({string(breakable(block['title']))}, {heads}, {array(layout.widths)}, {cells}, "
            f"{value(total_cells)}, {value(block['more'])}, "
            f"{value(block['note'] and breakable(block['note']))}, {value(block['small'])}, {layout.size}pt, "
            f"groups: {value([[start, breakable(label)] for start, label in block['groups']])})"
        )


def _is_long(text: str) -> bool:
    """Return whether a box may break over pages: a long one kept whole would run off its page."""
    return len(text) > 1500 or text.count("\n") > 25


def _plain_cell(cell: Any) -> str:
    return cell[0] if isinstance(cell, list) else cell


def _column_text(column: dict[str, Any], cells: list[Any]) -> ColumnText:
    if column["kind"] == "verdict":
        return ColumnText(breakable(column["label"]), ["actie nodig"], column["width"], minimum=64.0)
    texts = [breakable(_plain_cell(cell)) for cell in cells]
    minimum = min(_number_room(texts) + 42.0, _WIDEST_BAR) if column["kind"] == "bar" else 0.0
    return ColumnText(breakable(column["label"]), texts, column["width"], minimum)


def _number_room(texts: list[str]) -> float:
    """Return the points that the figures of a bar column need at the right; the bars end before them."""
    return max((text_em(text, semibold=True) for text in texts), default=0.0) * 9 + 4


def _fit(layout: TableLayout, column: int, cell: Any) -> Any:
    if isinstance(cell, list):
        return [layout.fit(cell[0], column), float(cell[1])]
    return layout.fit(cell, column)

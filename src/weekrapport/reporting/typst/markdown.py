"""Markdown to Typst source, by walking mistune's syntax tree."""

from __future__ import annotations

import base64
import binascii
import html
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import mistune

from weekrapport.reporting.typst.columns import ColumnText, TableLayout, table_layout
from weekrapport.reporting.typst.errors import RenderError
from weekrapport.reporting.typst.formulas import formula
from weekrapport.reporting.typst.headings import Headings
from weekrapport.reporting.typst.html_table import html_tables
from weekrapport.reporting.typst.images import Assets, store_image
from weekrapport.reporting.typst.literals import array, breakable, string

Token = dict[str, Any]
_SAFE_LINK = re.compile(r"(https?://|mailto:|tel:)", re.IGNORECASE)
_COMMENT = re.compile(r"\s*<!--.*?-->\s*", re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_HARMLESS_TAG = re.compile(r"</?(b|strong|i|em|u|s|small|mark|span|kbd|abbr|sub|sup)(\s[^>]*)?>", re.IGNORECASE)
_DATA_IMAGE = re.compile(r"data:(image/[a-z+]+);base64,(.+)", re.DOTALL)
_SIDES = {None: "links", "left": "links", "right": "rechts", "center": "midden"}


@lru_cache(maxsize=2)
def _parser(math: bool) -> Callable[[str], list[Token]]:
    plugins = ["table", "strikethrough", "footnotes", "task_lists", *(["math"] if math else [])]
    return mistune.create_markdown(renderer="ast", plugins=plugins)  # type: ignore[return-value]


def parse(source: str, *, math: bool) -> list[Token]:
    """Return the syntax tree of markdown text; with `math` also $…$ (which "$ 5 en $ 6" in a sentence is not)."""
    return _parser(math)(source)


def plain_text(tokens: Sequence[Token]) -> str:
    """Return the text of inline tokens without markup."""
    parts = [plain_text(t["children"]) if "children" in t else html.unescape(t.get("raw", " ")) for t in tokens]
    return " ".join("".join(parts).split())


class MarkdownWriter:
    """Writes the markdown of one cell as Typst source.

    Args:
        cell: number of the notebook cell, for errors.
        headings: the levels of the whole document; None where headings are set as bold text (in a box).
        assets: where embedded images go.
        attachments: the attachments of the cell.
        literal: text of a block: raw HTML and images are printed as they stand instead of being refused, because such
            text can hold data.
    """

    def __init__(
        self,
        cell: int,
        headings: Headings | None,
        assets: Assets,
        attachments: dict[str, Any] | None = None,
        literal: bool = False,
    ) -> None:
        self.cell = cell
        self.headings = headings
        self.assets = assets
        self.attachments = attachments or {}
        self.literal = literal
        self._notes: dict[str, list[Token]] = {}
        self._column: tuple[TableLayout, int] | None = None

    def write(self, tokens: Sequence[Token]) -> str:
        """Return block-level Typst source, one statement per line."""
        for token in tokens:
            if token["type"] == "footnotes":
                self._notes = {note["attrs"]["key"]: note["children"] for note in token["children"]}
        return self._blocks(tokens)

    def write_inline(self, source: str) -> str:
        """Return one line of markdown as Typst content; a second paragraph becomes a line break."""
        tokens = [t for t in parse(source, math=False) if t["type"] != "blank_line"]
        if all(token["type"] == "paragraph" for token in tokens):
            return "{" + "; linebreak(); ".join(self._inline(token["children"]) for token in tokens) + "}"
        return string(source)

    def _blocks(self, tokens: Sequence[Token]) -> str:
        return "\n".join(code for code in map(self._block, tokens) if code)

    def _block(self, token: Token) -> str | None:
        kind = token["type"]
        handler = getattr(self, f"_block_{kind}", None)
        if handler is None:
            raise RenderError(f"markdown of kind {kind!r} cannot be shown.", self.cell)
        return handler(token)

    def _block_blank_line(self, _token: Token) -> None:
        return None

    _block_footnotes = _block_blank_line

    def _block_heading(self, token: Token) -> str | None:
        body = self._inline(token["children"])
        if self.headings is None:
            return f"par(strong({body}))"
        heading = self.headings.next(token["attrs"]["level"])
        if heading is None:
            return None
        code = f"heading(level: {heading.level}, {body})"
        if heading.opens_second_section:
            return f"contents(toc-wanted)\n[#{code} <second-section>]"
        return code

    def _block_paragraph(self, token: Token) -> str:
        children = [t for t in token["children"] if t["type"] not in ("softbreak", "blank_line")]
        if len(children) == 1 and children[0]["type"] == "image" and not self.literal:
            return self._image(children[0])
        return f"par({self._inline(token['children'])})"

    def _block_block_text(self, token: Token) -> str:
        return self._inline(token["children"])

    def _block_thematic_break(self, _token: Token) -> str:
        return "deco(line(length: 100%, stroke: .5pt + rule))"

    def _block_block_code(self, token: Token) -> str:
        return f"raw(block: true, {string(breakable(token['raw'].rstrip()))})"

    def _block_block_math(self, token: Token) -> str:
        return formula(token["raw"], self.assets, self.cell, display=True)

    def _block_block_quote(self, token: Token) -> str:
        return "quote(block: true, {" + self._blocks(token["children"]) + "})"

    def _block_list(self, token: Token) -> str:
        items = ", ".join("{" + self._item(item) + "}" for item in token["children"])
        tight = "true" if token.get("tight", True) else "false"
        if token["attrs"]["ordered"]:
            return f"enum(tight: {tight}, start: {int(token['attrs'].get('start') or 1)}, {items})"
        return f"list(tight: {tight}, {items})"

    def _item(self, item: Token) -> str:
        body = self._blocks(item["children"])
        if item["type"] == "task_list_item":
            return ('"✓ "; ' if item["attrs"]["checked"] else '"○ "; ') + body
        return body

    def _block_table(self, token: Token) -> str:
        head = next(part for part in token["children"] if part["type"] == "table_head")["children"]
        body = [
            row["children"] for part in token["children"] if part["type"] == "table_body" for row in part["children"]
        ]
        texts = [[breakable(plain_text(row[i]["children"])) for row in body] for i in range(len(head))]
        heads = [breakable(plain_text(cell["children"])) for cell in head]
        layout = table_layout(list(map(ColumnText, heads, texts)), self.cell)
        rows = [array(self._cells(row, layout)) for row in body]
        return (
            f"markdown-table({array(string(_SIDES[c['attrs'].get('align')]) for c in head)}, {array(layout.widths)}, "
            f"{array(self._cells(head, layout))}, {array(rows)}, {layout.size}pt)"
        )

    def _cells(self, row: Sequence[Token], layout: TableLayout) -> list[str]:
        codes: list[str] = []
        for column, cell in enumerate(row):
            self._column = layout, column
            codes.append(self._inline(cell["children"]))
        self._column = None
        return codes

    def _broken(self, text: str, monospaced: bool = False) -> str:
        """Return text with the breaks it needs: in a long token, or in a narrow column."""
        if self._column is None:
            return breakable(text)
        layout, column = self._column
        return layout.fit(text, column, semibold=True, monospaced=monospaced)

    def _block_block_html(self, token: Token) -> str | None:
        raw = token["raw"]
        if self.literal:
            return f"par({string(breakable(raw.strip()))})"
        if not _COMMENT.sub("", raw):
            return None
        tables = html_tables(raw, self.cell)
        if tables is None:
            raise RenderError(
                f"raw HTML cannot be shown in the PDF: {raw.strip()[:60]!r}. Write it as markdown or as a block.",
                self.cell,
            )
        return tables

    def _inline(self, tokens: Sequence[Token] | None) -> str:
        codes = [code for code in map(self._piece, tokens or []) if code]
        return "{" + "; ".join(codes) + "}" if codes else '""'

    def _piece(self, token: Token) -> str | None:
        handler = getattr(self, f"_inline_{token['type']}", None)
        if handler is None:
            raise RenderError(f"markdown of kind {token['type']!r} cannot be shown.", self.cell)
        return handler(token)

    def _inline_text(self, token: Token) -> str:
        return string(self._broken(html.unescape(token["raw"])))

    def _inline_strong(self, token: Token) -> str:
        return f"strong({self._inline(token['children'])})"

    def _inline_emphasis(self, token: Token) -> str:
        return f"emph({self._inline(token['children'])})"

    def _inline_strikethrough(self, token: Token) -> str:
        return f"strike({self._inline(token['children'])})"

    def _inline_codespan(self, token: Token) -> str:
        return f"raw({string(self._broken(html.unescape(token['raw']), monospaced=True))})"

    def _inline_softbreak(self, _token: Token) -> str:
        return '" "'

    def _inline_linebreak(self, _token: Token) -> str:
        return "linebreak()"

    def _inline_inline_math(self, token: Token) -> str:
        return formula(token["raw"], self.assets, self.cell, display=False)

    def _inline_footnote_ref(self, token: Token) -> str:
        note = self._notes.get(token["raw"], [])
        return "footnote({" + "; ".join(self._inline(part.get("children")) for part in note) + "})"

    def _inline_link(self, token: Token) -> str:
        """Return a link; one that a PDF reader must not follow (file:, javascript:) keeps its text only."""
        url = token["attrs"]["url"]
        body = self._inline(token["children"])
        return f"link({string(url)}, {body})" if _SAFE_LINK.match(url) else body

    def _inline_inline_html(self, token: Token) -> str | None:
        raw = token["raw"]
        if _BREAK.fullmatch(raw):
            return "linebreak()"
        if self.literal:
            return string(self._broken(raw))
        if _COMMENT.fullmatch(raw) or _HARMLESS_TAG.fullmatch(raw):
            return None
        raise RenderError(f"the HTML tag {raw[:60]!r} cannot be shown in the PDF. Write it as markdown.", self.cell)

    def _inline_image(self, token: Token) -> str:
        if self.literal:
            return string(self._broken(f"![{plain_text(token['children'])}]({token['attrs']['url']})"))
        return f"box({self._image(token)})"

    def _image(self, token: Token) -> str:
        url, alt = token["attrs"]["url"], plain_text(token["children"])
        data, mime = self._embedded(url)
        if not alt:
            raise RenderError(f"the image {url[:60]!r} has no alternative text: write ![what it shows](…).", self.cell)
        return f"picture({store_image(data, mime, self.assets, self.cell).arguments(alt)})"

    def _embedded(self, url: str) -> tuple[bytes, str]:
        name = url.removeprefix("attachment:")
        match = _DATA_IMAGE.fullmatch(url)
        try:
            if url.startswith("attachment:") and name in self.attachments:
                mime, data = next(iter(self.attachments[name].items()))
                return base64.b64decode(data, validate=False), mime
            if match:
                return base64.b64decode(match[2], validate=True), match[1]
        except binascii.Error as error:
            raise RenderError(f"the embedded image {url[:60]!r} cannot be decoded.", self.cell) from error
        raise RenderError(
            f"the image {url[:80]!r} is not embedded in the notebook. A report loads nothing from outside: drag the "
            "image into the cell, or make it with figure().",
            self.cell,
        )

"""The markdown of a block as HTML, with the same text as in the PDF.

Text of a block can hold data: raw HTML and images in it are shown as they stand and never loaded, a link is followed
only when a PDF reader may follow it, and tasks and footnotes are written with the signs that the PDF prints.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape, unescape
from typing import Any

import mistune

_PLUGINS = ("table", "strikethrough", "footnotes", "task_lists")
_TAG = re.compile(r"<[^>]*>")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_SAFE_LINK = re.compile(r"(https?://|mailto:|tel:)", re.IGNORECASE)


def markdown_html(text: str) -> str:
    """Return markdown text as HTML."""
    return str(_renderer()(text))


def inline_html(text: str) -> str:
    """Return one line of markdown as HTML: a second paragraph becomes a line break, anything else is shown as typed."""
    kinds = {token["type"] for token in _parser()(text)} - {"blank_line"}
    if kinds - {"paragraph"}:
        return escape(text)
    return markdown_html(text).strip().removeprefix("<p>").removesuffix("</p>").replace("</p>\n<p>", "<br>")


class _Renderer(mistune.HTMLRenderer):
    """mistune's own, except for what it would load, leave out or write otherwise than the PDF."""

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return escape(f"![{unescape(_TAG.sub('', text))}]({url})")

    def link(self, text: str, url: str, title: str | None = None) -> str:
        return f'<a href="{escape(url)}">{text}</a>' if _SAFE_LINK.match(url) else text

    def inline_html(self, html: str) -> str:
        return "<br>" if _BREAK.fullmatch(html) else escape(html)

    def task_list_item(self, text: str, checked: bool = False) -> str:
        return f"<li>{'✓' if checked else '○'} {text}</li>\n"

    def footnote_ref(self, key: str, index: int) -> str:
        return f"<sup>{index}</sup>"

    def footnotes(self, text: str) -> str:
        return f"<section>{text}</section>"

    def footnote_item(self, text: str, key: str, index: int) -> str:
        return f"<div><sup>{index}</sup> {text.strip().removeprefix('<p>').removesuffix('</p>')}</div>"


@lru_cache(maxsize=1)
def _parser() -> Any:
    return mistune.create_markdown(renderer="ast", plugins=_PLUGINS)


@lru_cache(maxsize=1)
def _renderer() -> Any:
    return mistune.create_markdown(renderer=_Renderer(escape=True), plugins=_PLUGINS)

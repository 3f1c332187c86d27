"""Hostile data and markdown: nothing is run, loaded, leaked or lost."""

from __future__ import annotations

import json
import socket
import threading
import zlib
from collections.abc import Iterator
from typing import Any

import page
import pandas as pd
import pytest
from IPython.core.formatters import DisplayFormatter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from weekrapport.reporting.blocks import (
    Message,
    Tile,
    callout,
    key_messages,
    prose,
    reliability,
    sentence,
    table,
    tiles,
)
from weekrapport.reporting.typst.errors import RenderError
from weekrapport.reporting.typst.exporter import TypstPDFExporter


class Listener:
    """A server on the loopback that counts who calls."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.calls = 0
        threading.Thread(target=self._count, daemon=True).start()

    def _count(self) -> None:
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            self.calls += 1
            connection.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    server = Listener()
    yield server
    server.socket.close()


def _shown(obj: object) -> Any:
    data, metadata = DisplayFormatter().format(obj)
    output = new_output("execute_result", data=json.loads(json.dumps(data)), metadata=metadata, execution_count=1)
    return new_code_cell("x", outputs=[output])


def _evil(port: int) -> list[str]:
    return [
        '#import "@preview/x:1.0.0": *',
        '#read("/etc/passwd")',
        '"; read("/etc/passwd"); "',
        '}\n#read("/etc/passwd")',
        "*vet* _c_ $x^2$ `code` ~ @ref <label> // c /* x */",
        "<script>alert(1)</script>",
        "<img src=file:///etc/passwd>",
        f"<img src=http://127.0.0.1:{port}/a.png>",
        "[link](file:///etc/passwd)",
        "[klik](javascript:alert(1))",
        f"![p](http://127.0.0.1:{port}/b.png)",
        '\\\\ \\" \\u{41} #{ } ] ) \\end{document}',
        "x" * 10_000,
        "https://example.org/" + "a" * 200,
        "مرحبا שלום",
        "😀👩‍👩‍👧‍👦🏳️‍🌈🇳🇱",
        "\x00\x01\x08\x1b[31m\x7f",
        "\u202egnp.exe\u202c",
        "zero\u200bwidth\u00adsoft",
        "中文 ไทย हिन्दी",
        "a\nb\tc\r\nd",
        f'=HYPERLINK("http://127.0.0.1:{port}/")',
        "\ue000\U000f0000",
        f"<style>@import url(http://127.0.0.1:{port}/c.css);</style>",
        "<iframe src='file:///etc/hostname'></iframe>",
        "",
        "   ",
    ]


def _inflated(pdf: bytes) -> bytes:
    """Return the PDF with every compressed stream opened, to search in."""
    parts = [pdf]
    for piece in pdf.split(b"stream\n")[1:]:
        try:
            parts.append(zlib.decompressobj().decompress(piece))
        except zlib.error:
            continue
    return b"".join(parts)


def test_hostile_data_is_only_ever_text(listener: Listener) -> None:
    evil = _evil(listener.port)
    frame = pd.DataFrame({"Titel": evil, "Aantal": range(len(evil))})
    nb = new_notebook(metadata={"weekrapport": {"title": evil[1], "subtitle": evil[5], "classification": evil[0]}})
    nb.cells = [
        new_markdown_cell(
            f"# Kop {evil[0]} {evil[2]}\n\n#### Niveau vier\n\n{evil[8]} {evil[9]} `{evil[1]}`{{=typst}}"
        ),
        _shown(table(frame, evil[1])),
        _shown(frame),
        _shown(frame.style.set_caption(evil[1])),
        _shown(callout("\n\n".join(evil), evil[0], "waarschuwing")),
        _shown(prose("\n\n".join(evil))),
        _shown(key_messages([Message(text, "rood", text) for text in evil[:5]])),
        _shown(
            tiles([Tile(evil[12], evil[1], evil[5], "rood", evil[0], [1, 1]), Tile("x", "9" * 40), Tile(evil[4], "1")])
        ),
        _shown(reliability(evil[10], "oranje")),
        _shown(sentence(evil[7])),
        _shown("tekst " + evil[1]),
    ]
    pdf, _ = TypstPDFExporter().from_notebook_node(nb)
    content = _inflated(pdf)
    assert b"root:" not in content
    for link in (b"file:", b"javascript:", b"/Launch", b"/JavaScript", b"/URI (http://127"):
        assert link not in content, link
    for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A):
        report = page.validate_pdf_bytes(pdf, profile=profile)
        assert report.is_compliant, [(f.rule_id, f.message) for f in report.failures]
    assert listener.calls == 0


def test_what_would_load_something_is_refused_without_loading_it(listener: Listener) -> None:
    base = f"http://127.0.0.1:{listener.port}/"
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="{base}a.png"/></svg>'
    cells = [
        new_markdown_cell(f"![x]({base}b.png)"),
        new_markdown_cell("![x](file:///etc/passwd)"),
        new_markdown_cell("![x](../../../../etc/passwd)"),
        new_markdown_cell(f'<img src="{base}c.png">'),
        new_markdown_cell(f'<link rel="stylesheet" href="{base}d.css">'),
        new_markdown_cell('<iframe src="file:///etc/hostname"></iframe>'),
        new_markdown_cell("$\\input{/etc/passwd}$"),
        new_code_cell("", outputs=[new_output("display_data", data={"image/svg+xml": svg})]),
        new_code_cell("", outputs=[new_output("display_data", data={"text/html": f"<object data='{base}'></object>"})]),
        new_code_cell("", outputs=[new_output("display_data", data={"application/javascript": f"fetch('{base}')"})]),
    ]
    for cell in cells:
        with pytest.raises(RenderError) as caught:
            TypstPDFExporter().from_notebook_node(new_notebook(cells=[new_markdown_cell("# T"), cell]))
        assert caught.value.cell == 2
    assert listener.calls == 0


def test_the_listener_counts(listener: Listener) -> None:
    """The two tests above mean something only when a call would be seen."""
    with socket.create_connection(("127.0.0.1", listener.port)) as connection:
        connection.recv(1)
    assert listener.calls == 1

"""Typst source to PDF, in a child process with a time and a memory limit."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from weekrapport.reporting.typst.errors import RenderError
from weekrapport.reporting.typst.font_metrics import FONT_FOLDER, fallback_font
from weekrapport.reporting.typst.literals import needs_fallback_font, string
from weekrapport.reporting.typst.stream_ends import unambiguous_stream_ends

STANDARDS = ("ua-1", "a-3a")
"""Accessible (PDF/UA-1) and durable (PDF/A-3, which may hold attachments), both at once."""
TIME_LIMIT_SECONDS = 60
MEMORY_LIMIT_MB = 3072
"""Address space of the child; a table of 10,000 rows needs about 1,500 MB."""

_HERE = Path(__file__).parent
_LINE = re.compile(r"main\.typ:(\d+)")
_KEPT_VARIABLES = ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP", "TMP", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
_THREADS = min(4, os.cpu_count() or 1)


@dataclass(frozen=True)
class Attachment:
    """A file inside the PDF."""

    data: bytes
    mime: str
    description: str


def compile_pdf(
    source: str,
    files: Mapping[str, bytes],
    moment: datetime,
    attachments: Mapping[str, Attachment] | None = None,
    cell_of_line: Mapping[int, int] | None = None,
    time_limit: float = TIME_LIMIT_SECONDS,
    memory_mb: int = MEMORY_LIMIT_MB,
) -> bytes:
    """Return the PDF of Typst source; safe to call from several threads at once.

    Args:
        source: main.typ, which imports theme.typ.
        files: what stands beside it, by name.
        moment: the date of the PDF, with its zone.
        attachments: files to attach, by name.
        cell_of_line: line of `source` -> notebook cell, to name the cell in an error.
        time_limit: seconds.
        memory_mb: address space of the child.

    Raises:
        RenderError: Typst refuses or warns, or a limit is passed.
    """
    with tempfile.TemporaryDirectory(prefix="weekrapport-") as name:
        folder = Path(name)
        fonts = [str(FONT_FOLDER)]
        if needs_fallback_font(source) or any(_needs_fallback(n, d) for n, d in files.items()):
            fonts += _fallback_folder(folder)
        source += _attach(folder, attachments or {})
        (folder / "main.typ").write_text(source, "utf-8")
        (folder / "theme.typ").write_bytes((_HERE / "theme.typ").read_bytes())
        for file, data in files.items():
            (folder / file).write_bytes(data)
        job = {
            "fonts": fonts,
            "standards": STANDARDS,
            "timestamp": moment.isoformat(),
            "memory_mb": memory_mb,
        }
        (folder / "job.json").write_text(json.dumps(job), "utf-8")
        answer = _run_child(folder, time_limit, memory_mb)
        problems = [*answer["errors"], *answer["warnings"]]
        if problems:
            raise _translated(problems[0], cell_of_line or {})
        return unambiguous_stream_ends((folder / "report.pdf").read_bytes())


def _needs_fallback(name: str, data: bytes) -> bool:
    return name.endswith(".svg") and needs_fallback_font(data.decode("utf-8"))


def _fallback_folder(folder: Path) -> list[str]:
    font = fallback_font()
    if font is None:
        return []
    target = folder / "fallback-font"
    target.mkdir()
    (target / font.name).write_bytes(font.read_bytes())
    return [str(target)]


def _attach(folder: Path, attachments: Mapping[str, Attachment]) -> str:
    """Write the attached files and return the source that attaches them, in the order of their names."""
    lines = []
    (folder / "attachments").mkdir()
    for number, (name, item) in enumerate(sorted(attachments.items()), start=1):
        stored = f"attachments/{number}.bin"
        (folder / stored).write_bytes(item.data)
        lines.append(
            f'#pdf.attach({string(name)}, read({string(stored)}, encoding: none), relationship: "data", '
            f"mime-type: {string(item.mime)}, description: {string(item.description)})\n"
        )
    return "".join(lines)


def _run_child(folder: Path, time_limit: float, memory_mb: int) -> dict[str, Any]:
    environment = {key: os.environ[key] for key in _KEPT_VARIABLES if key in os.environ}
    # Every thread reserves address space of its own, which counts for the limit.
    environment |= {"MALLOC_ARENA_MAX": "2", "RAYON_NUM_THREADS": str(_THREADS)}
    command = [sys.executable, "-E", "-P", "-B", str(_HERE / "compile_child.py"), str(folder)]
    try:
        result = subprocess.run(  # noqa: S603 - our own script, in our own folder
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=time_limit,
            check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise RenderError(
            f"Typesetting took longer than {time_limit:g} seconds and was stopped. Print fewer rows (max_rows) and "
            "attach the full list."
        ) from error
    answer = folder / "answer.json"
    if result.returncode == 0 and answer.is_file():
        return json.loads(answer.read_text("utf-8"))
    words = result.stderr.decode("utf-8", "replace").strip()
    if "memory" in words.lower() or "MemoryError" in words or result.returncode in (-6, -9, -11):
        raise RenderError(
            f"Typesetting needed more than {memory_mb} MB of memory and was stopped. Print fewer rows (max_rows) and "
            "attach the full list."
        )
    raise RenderError(f"The typesetting process ended with code {result.returncode}: {words[-600:] or 'no message'}.")


def _translated(problem: Mapping[str, Any], cell_of_line: Mapping[int, int]) -> RenderError:
    """Return a Typst diagnostic as an error that names the notebook cell."""
    places = [problem["diagnostic"], *problem["trace"]]
    lines = [int(found) for place in places for found in _LINE.findall(place)]
    cell = next((cell_of_line[line] for line in lines if line in cell_of_line), None)
    hints = "".join(f" Hint: {hint}." for hint in problem["hints"])
    message = f"Typst cannot set this: {problem['message']}.{hints}"
    if cell is None:
        message += f"\n{problem['diagnostic'][:1500]}"
    return RenderError(message, cell)

"""The child process that compiles one Typst document under a memory limit.

Run as a script: `python -I compile_child.py FOLDER`. It reads FOLDER/job.json, writes FOLDER/report.pdf and
FOLDER/answer.json, and imports nothing but typst, so that it starts fast and holds nothing of the run.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any


def limit_memory(megabytes: int) -> None:
    """Bound the address space of this process; where the system cannot (Windows), only the time limit holds."""
    try:
        import resource
    except ImportError:
        return
    size = megabytes * 1024 * 1024
    try:
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
    except (ValueError, OSError):  # macOS refuses some values
        return


def compile_job(folder: Path) -> dict[str, Any]:
    """Compile FOLDER/main.typ and return the warnings and errors as JSON."""
    job = json.loads((folder / "job.json").read_text("utf-8"))
    limit_memory(job["memory_mb"])
    import typst

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=job["fonts"])
    compiler = typst.Compiler(
        str(folder / "main.typ"),
        root=str(folder),
        font_paths=fonts,
        package_path=str(folder / "no-packages"),
        package_cache_path=str(folder / "no-packages"),
    )
    try:
        pdf, warnings = compiler.compile_with_warnings(
            format="pdf", pdf_standards=job["standards"], timestamp=datetime.fromisoformat(job["timestamp"])
        )
    except typst.TypstError as error:
        return {"errors": [_diagnostic(error)], "warnings": []}
    if not isinstance(pdf, bytes):
        raise TypeError(f"typst returned {type(pdf).__name__} instead of one PDF")
    (folder / "report.pdf").write_bytes(pdf)
    return {"errors": [], "warnings": [_diagnostic(warning) for warning in warnings]}


def _diagnostic(item: Any) -> dict[str, Any]:
    return {
        "message": str(item.message),
        "diagnostic": str(item.diagnostic),
        "hints": [str(hint) for hint in item.hints],
        "trace": [str(entry) for entry in item.trace],
    }


if __name__ == "__main__":
    target = Path(sys.argv[1])
    (target / "answer.json").write_text(json.dumps(compile_job(target)), "utf-8")

"""What the analyst writes: `data/commentaar/<week>/<slug>.md`, with figures filled in by placeholder.

`{{K01}}` becomes the figure of the whole organisation as the report prints it; `{{K04|pct}}` a percentage. An unknown
placeholder stops the report: a sentence with a hole in it must not reach the MT. Methods: "Commentaar".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import yaml

from weekrapport.errors import ReportFailed, did_you_mean

HEADINGS = ("Staat van de dienstverlening", "Risico's", "Zorgen", "Opmerkelijke inzichten")
_FRONT_MATTER = re.compile(r"\A---\s*\n(.*?)\n---\s*\n", re.DOTALL)
_PLACEHOLDER = re.compile(r"\{\{\s*([A-Za-z0-9.]+)\s*(?:\|\s*([a-z]+)\s*)?\}\}")
_KEYS = ("status", "auteur", "besluiten", "kpi_hash", "signaalreacties", "nieuwe_basislijn", "vrijgave")


@dataclass(frozen=True)
class Commentary:
    """One commentary file; `exists` is false when the analyst has not written it yet."""

    exists: bool
    path: Path
    status: Literal["concept", "definitief"] = "concept"
    auteur: str = ""
    besluiten: tuple[str, ...] = ()
    sections: Mapping[str, str] = field(default_factory=dict)
    """Markdown per heading; a heading without text is left out."""


def read_commentary(path: Path, figures: Mapping[str, Mapping[str, str]]) -> Commentary:
    """Return the commentary with its figures filled in.

    Args:
        path: the file, which need not exist.
        figures: per id the text of the figure per format; format "" is the default.

    Raises:
        ReportFailed: the front matter is wrong, or a placeholder is unknown.
    """
    if not path.is_file():
        return Commentary(exists=False, path=path)
    text = path.read_text("utf-8")
    match = _FRONT_MATTER.match(text)
    front = _front_matter(path, match[1]) if match else {}
    body = _fill(path, text[match.end() :] if match else text, figures)
    return Commentary(
        exists=True,
        path=path,
        status="definitief" if front.get("status") == "definitief" else "concept",
        auteur=str(front.get("auteur") or ""),
        besluiten=tuple(str(each) for each in front.get("besluiten") or ()),
        sections=_sections(body),
    )


def _front_matter(path: Path, text: str) -> dict[str, Any]:
    try:
        front = yaml.safe_load(text) or {}
    except yaml.YAMLError as error:
        raise ReportFailed(f"{path}: the lines between --- and --- are not valid YAML: {error}") from error
    if not isinstance(front, dict):
        raise ReportFailed(f"{path}: the lines between --- and --- must be `key: value` lines.")
    for key in front:
        if key not in _KEYS:
            raise ReportFailed(f"{path}: unknown key {key!r} between --- and ---. {did_you_mean(str(key), _KEYS)}")
    return front


def _fill(path: Path, body: str, figures: Mapping[str, Mapping[str, str]]) -> str:
    def figure(match: re.Match[str]) -> str:
        formats = figures.get(match[1])
        if formats is None or (match[2] or "") not in formats:
            line = body.count("\n", 0, match.start()) + 1
            raise ReportFailed(
                f"{path}: placeholder {match[0]} (line {line} of the text) is unknown. "
                f"{did_you_mean(match[1], figures)}"
            )
        return formats[match[2] or ""]

    return _PLACEHOLDER.sub(figure, body)


def _sections(body: str) -> dict[str, str]:
    """Return the text under each heading; text before the first heading stands under the first one."""
    found: dict[str, list[str]] = {}
    heading = HEADINGS[0]
    for line in body.splitlines():
        match = re.fullmatch(r"#{1,6}\s+(.*?)\s*#*", line)
        if match:
            heading = match[1].replace("’", "'")
        else:
            found.setdefault(heading, []).append(line)
    return {name: "\n".join(lines).strip() for name, lines in found.items() if "".join(lines).strip()}

"""What the analyst writes: `data/commentaar/<week>/<slug>.md`, with figures filled in by placeholder.

`{{K01}}` becomes the figure of the whole organisation as the report prints it; `{{K04|pct}}` a percentage. Anything
else in double brackets stops the report: a sentence with a hole in it must not reach the MT. A BSN is taken out
before anything else. Methods: "Commentaar" and "Privacy".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import yaml

from weekrapport.domain.bsn import without_bsn
from weekrapport.errors import ReportFailed, did_you_mean

HEADINGS = ("Staat van de dienstverlening", "Risico's", "Zorgen", "Opmerkelijke inzichten")
_FRONT_MATTER = re.compile(r"\A---\s*\n(.*?)\n---\s*\n", re.DOTALL)
_BRACKETS = re.compile(r"\{\{(?:([^{}\n]*)\}\})?|\}\}")
"""A placeholder, or a bracket pair that has lost its other half."""
_PLACEHOLDER = re.compile(r"\s*([A-Za-z0-9._]+)\s*(?:\|\s*([a-z]+)\s*)?")
_STATUSES: tuple[Literal["concept", "definitief"], ...] = ("concept", "definitief")
_KEYS = ("status", "auteur", "besluiten", "kpi_hash", "signaalreacties", "nieuwe_basislijn", "vrijgave")


@dataclass(frozen=True)
class Commentary:
    """One commentary file; `exists` is false when the analyst has not written it yet."""

    exists: bool
    path: Path
    status: Literal["concept", "definitief"] = "concept"
    auteur: str = ""
    besluiten: tuple[str, ...] = ()
    signaalreacties: Mapping[str, str] = field(default_factory=dict)
    """What the analyst says to a signal, per id."""
    sections: Mapping[str, str] = field(default_factory=dict)
    """Markdown per heading; a heading without text is left out."""
    bsn_verwijderd: int = 0
    """How many times a BSN was taken out of the text, the decisions and the author."""


def read_commentary(path: Path, figures: Mapping[str, Mapping[str, str]]) -> Commentary:
    """Return the commentary with its figures filled in, without any BSN.

    Args:
        path: the file, which need not exist.
        figures: per id the text of the figure per format; format "" is the default.

    Raises:
        ReportFailed: the file is no UTF-8, the front matter is wrong, or a placeholder is unknown.
    """
    if not path.is_file():
        return Commentary(exists=False, path=path)
    try:
        text = path.read_text("utf-8-sig")  # Notepad writes a byte order mark
    except UnicodeDecodeError as error:
        raise ReportFailed(f"{path} is not UTF-8 text. Save it as UTF-8.") from error
    match = _FRONT_MATTER.match(text)
    if match is None and re.match(r"---\s*\n", text):
        raise ReportFailed(f"{path}: the head begins with --- on line 1 and has no line --- that ends it.")
    front = _front_matter(path, match[1]) if match else {}
    start = match.end() if match else 0
    auteur, in_auteur = without_bsn(str(front.get("auteur") or ""))
    besluiten = [without_bsn(besluit) for besluit in _besluiten(path, front)]
    reacties = {name: without_bsn(text) for name, text in _signaalreacties(path, front).items()}
    body, in_body = without_bsn(text[start:])
    return Commentary(
        exists=True,
        path=path,
        status=_status(path, front),
        auteur=auteur,
        besluiten=tuple(_fill(f"{path}, besluiten", besluit, 0, figures) for besluit, _ in besluiten),
        signaalreacties={
            name: _fill(f"{path}, signaalreacties {name}", text, 0, figures) for name, (text, _) in reacties.items()
        },
        sections=_sections(_fill(path, text[:start] + body, start, figures)),
        bsn_verwijderd=in_auteur + sum(count for _, count in (*besluiten, *reacties.values())) + in_body,
    )


def _front_matter(path: Path, text: str) -> dict[str, Any]:
    try:
        front = yaml.safe_load(text) or {}
    except yaml.YAMLError as error:
        raise ReportFailed(f"{path}: the lines between --- and --- are not valid YAML: {_shown(error)}") from None
    if not isinstance(front, dict):
        raise ReportFailed(f"{path}: the lines between --- and --- must be `key: value` lines.")
    for key in front:
        if key not in _KEYS:
            hint = did_you_mean(str(key), _KEYS)
            raise ReportFailed(f"{path}: unknown key {_shown(repr(key))} between --- and ---. {hint}")
    return front


def _status(path: Path, front: Mapping[str, Any]) -> Literal["concept", "definitief"]:
    given = front.get("status", "concept")
    for status in _STATUSES:
        if given == status:
            return status
    raise ReportFailed(f"{path}: status is {_shown(repr(given))}; it must be concept or definitief.")


def _shown(value: object) -> str:
    """Return what a message may show of something that the analyst wrote."""
    return without_bsn(str(value))[0]


def _besluiten(path: Path, front: Mapping[str, Any]) -> tuple[str, ...]:
    given = front.get("besluiten") or []
    if not isinstance(given, list) or any(isinstance(each, (dict, list)) or each is None for each in given):
        raise ReportFailed(
            f"{path}: besluiten must be a list of sentences, each on a line of its own after '- '; put a sentence that "
            "holds ': ' between quotes."
        )
    return tuple(str(each) for each in given)


def _signaalreacties(path: Path, front: Mapping[str, Any]) -> dict[str, str]:
    given = front.get("signaalreacties") or {}
    if not isinstance(given, dict) or any(isinstance(each, (dict, list)) or each is None for each in given.values()):
        raise ReportFailed(
            f'{path}: signaalreacties must be lines of `R1-S01: "what you say to it"`, each indented under the key.'
        )
    return {str(name): str(text) for name, text in given.items()}


def _fill(place: Path | str, text: str, start: int, figures: Mapping[str, Mapping[str, str]]) -> str:
    """Return the text from `start` on with its figures.

    Args:
        place: a file, of which `text` is the whole so that its lines can be counted, or what else to say of the place.
        text: with placeholders.
        start: where the filling begins.
        figures: per id the text per format.
    """

    def figure(match: re.Match[str]) -> str:
        wanted = _PLACEHOLDER.fullmatch(match[1] or "")
        name, form = (wanted[1], wanted[2] or "") if wanted else ("", "")
        forms = figures.get(name, {})
        if form in forms:
            return forms[form]
        line = f", line {text.count(chr(10), 0, start + match.start()) + 1}" if isinstance(place, Path) else ""
        known = [f"{name}|{each}" if each else name for each in forms]
        hint = f"Known: {', '.join(known)}." if known else did_you_mean(name, figures)
        raise ReportFailed(f"{place}{line}: {match[0]} is not a placeholder of this report. {hint}")

    return _BRACKETS.sub(figure, text[start:])


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

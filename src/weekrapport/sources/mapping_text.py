"""A `[[source]]` section as the text that a person pastes into `weekrapport.toml`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from weekrapport.sources.column_look import masked

_KEYS = ("name", "table", "files", "combine", "shape", "sheet", "missing", "decimaal", "encoding", "factor")


def mapping_text(
    given: Mapping[str, Any], open_values: Mapping[str, tuple[Sequence[str], Sequence[str]]], others: Sequence[str]
) -> str:
    """Return a source in TOML, with what is left open as comments.

    Args:
        given: the keys of the section.
        open_values: column with a closed list to that list and the texts of the file that are not in it.
        others: headers that are not mapped.
    """
    lines = ["[[source]]"]
    for key in _KEYS:
        if key in given:
            lines.append(f"{key} = {_written(given[key])}")
    lines += ["", "[source.columns]"]
    lines += [f"{column} = {_written(header)}" for column, header in given["columns"].items()]
    if "events" in given:
        lines += ["", "[source.events]"]
        lines += [f"{part} = {_written(text)}" for part, text in given["events"].items()]
    values = given.get("values", {})
    for column in dict.fromkeys([*values, *open_values]):
        lines += ["", f"{'' if column in values else '# '}[source.values.{column}]"]
        lines += [f"{_written(text)} = {_written(word)}" for text, word in values.get(column, {}).items()]
        if column in open_values:
            words, texts = open_values[column]
            lines.append(f"# choose for each: {', '.join(words)}")
            lines += [f'# {_written(masked(text))} = ""' for text in texts]
    if others:
        lines += ["", "# not mapped: " + ", ".join(_written(header) for header in others)]
    return "\n".join(lines) + "\n"


def _written(value: Any) -> str:
    """Return a value in TOML."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_written(item)}" for key, item in value.items()) + " }"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(_written(item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")

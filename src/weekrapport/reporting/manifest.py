"""`notebooks/reports.toml`: which reports there are, and what each needs."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator, model_validator

from weekrapport.domain.schema import TABLES
from weekrapport.errors import ConfigurationError, did_you_mean

FILE_NAME = "reports.toml"
PARAMETERS = ("week", "as_of", "workspace", "status", "team")
"""What every notebook takes, in this order."""
_NAME = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*")
"""What a slug and a file title may be: they become names of folders and files."""


class ReportEntry(BaseModel):
    """One report."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    slug: str
    notebook: str
    title: str
    subtitle: str
    file_title: str
    classification: str
    needs: tuple[str, ...] = ()
    """Tables without which the report cannot exist."""
    needs_any: tuple[str, ...] = ()
    """Tables of which at least one must be there."""
    uses: tuple[str, ...] = ()
    """Tables that it shows when a source delivers them."""
    per_team: bool = True
    """Whether the report can be made for one team."""
    extracts: bool = False
    """Whether the weekly run also makes it for every team apart."""
    schedule: Literal["wekelijks", "dagelijks"] = "wekelijks"
    """When it is made by itself: in the weekly run, or in the daily one."""
    folder: Path
    """Where the notebook lies."""

    @field_validator("slug", "file_title")
    @classmethod
    def _is_file_name(cls, name: str) -> str:
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name!r} becomes a file name: use lower case, digits, _ and -")
        return name

    @field_validator("needs", "needs_any", "uses")
    @classmethod
    def _known_tables(cls, tables: tuple[str, ...]) -> tuple[str, ...]:
        for table in tables:
            if table not in TABLES:
                raise ValueError(f"there is no table {table!r}. {did_you_mean(table, TABLES)}")
        return tables

    @model_validator(mode="after")
    def _extracts_are_per_team(self) -> ReportEntry:
        if self.extracts and not self.per_team:
            raise ValueError("extracts = true makes the report per team, which per_team = false forbids")
        return self

    @property
    def tables(self) -> tuple[str, ...]:
        """Every table that the report reads."""
        return (*self.needs, *self.needs_any, *self.uses)

    @property
    def path(self) -> Path:
        """The notebook file."""
        return self.folder / self.notebook


def project_root() -> Path:
    """Return the folder of the project: the one with `notebooks/`, `flows/` and `expectations/`."""
    return Path(__file__).resolve().parents[3]


def load_manifest(workspace_root: Path | None = None) -> dict[str, ReportEntry]:
    """Return every report by slug, from the workspace's own `notebooks/` when it has them, else from the project.

    A workspace may bring its own `reports.toml`, its own notebooks, or both; what it does not bring is the project's.

    Raises:
        ConfigurationError: the manifest or a notebook it names is missing, or a stanza is wrong.
    """
    folders = [folder / "notebooks" for folder in (workspace_root, project_root()) if folder]
    path = next((folder / FILE_NAME for folder in folders if (folder / FILE_NAME).is_file()), folders[-1] / FILE_NAME)
    try:
        stanzas = tomllib.loads(path.read_text("utf-8-sig"))  # Notepad writes a byte order mark
    except FileNotFoundError as error:
        raise ConfigurationError(f"{path} is missing; it lists the reports and their notebooks.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path} is not valid TOML: {error}.") from error
    return {slug: _entry(path, folders, slug, stanza) for slug, stanza in stanzas.items()}


def choose(manifest: dict[str, ReportEntry], slugs: list[str] | None) -> list[ReportEntry]:
    """Return the reports asked for, each once, or all of them.

    Raises:
        ConfigurationError: a slug is not in the manifest.
    """
    for slug in slugs or []:
        if slug not in manifest:
            raise ConfigurationError(f"There is no report {slug!r}. {did_you_mean(slug, manifest)}")
    return [manifest[slug] for slug in dict.fromkeys(slugs or manifest)]


def _entry(path: Path, folders: list[Path], slug: str, stanza: object) -> ReportEntry:
    if not isinstance(stanza, dict):
        raise ConfigurationError(f"{path}: {slug!r} must be a section [{slug}] with notebook, title and needs.")
    try:
        name = str(stanza.get("notebook"))
        folder = next((folder for folder in folders if (folder / name).is_file()), path.parent)
        entry = ReportEntry(slug=slug, folder=folder, **stanza)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        hint = did_you_mean(key, ReportEntry.model_fields) if first["type"] == "extra_forbidden" else ""
        raise ConfigurationError(f"{path}: [{slug}] {key}: {first['msg']}. {hint}".rstrip()) from error
    if not entry.path.is_file():
        raise ConfigurationError(f"{path}: [{slug}] names {entry.notebook!r}, but {entry.path} does not exist.")
    return entry

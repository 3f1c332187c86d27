"""`weekrapport.toml`, typed, and the folder it stands in."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from weekrapport.errors import ConfigurationError, did_you_mean
from weekrapport.settings.completions import refuse_contradictions
from weekrapport.settings.sections import (
    Calendar,
    Finance,
    Gate,
    OfficeHours,
    Organisation,
    OrInstemming,
    Paths,
    Privacy,
    Quality,
    Section,
)
from weekrapport.settings.source import Events, Source
from weekrapport.week import Week, parse_moment

_Read = TypeVar("_Read")
FILE_NAME = "weekrapport.toml"
OUTPUT_VARIABLE = "WEEKRAPPORT_OUTPUT"
"""Set by `--output DIR`, so that a notebook kernel sees the same output folder as the run that started it."""


class Settings(Section):
    """A whole `weekrapport.toml`."""

    week: str | None = None
    as_of: str | None = None
    organisation: Organisation = Organisation()
    paths: Paths = Paths()
    calendar: Calendar = Calendar()
    office_hours: OfficeHours = OfficeHours()
    privacy: Privacy = Privacy()
    gate: Gate = Gate()
    quality: Quality = Quality()
    finance: Finance = Finance()
    reports: tuple[str, ...] = ()
    """Slugs of the reports that this workspace makes; none means every report of the manifest."""
    source: tuple[Source, ...] = ()

    @field_validator("week")
    @classmethod
    def _week(cls, week: str | None) -> str | None:
        return None if week is None else str(_in_section(Week.parse, week))

    @field_validator("as_of")
    @classmethod
    def _as_of(cls, as_of: str | None) -> str | None:
        if as_of is not None:
            _in_section(parse_moment, as_of)
        return as_of

    @field_validator("source")
    @classmethod
    def _unique_names(cls, sources: tuple[Source, ...]) -> tuple[Source, ...]:
        names = [source.name for source in sources]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"two sources have the name {name!r}; give each its own")
        refuse_contradictions(sources)
        return sources


class Workspace(BaseModel):
    """A folder with `weekrapport.toml`, its settings, and where its data lives."""

    model_config = ConfigDict(frozen=True)

    root: Path
    settings: Settings

    @property
    def inbox(self) -> Path:
        """Raw exports; only ever read."""
        return self.root / self.settings.paths.inbox

    @property
    def snapshots(self) -> Path:
        """Immutable typed tables, one folder a week."""
        return self.root / self.settings.paths.snapshots

    @property
    def commentaar(self) -> Path:
        """What the analyst writes, one folder a week."""
        return self.root / self.settings.paths.commentaar

    @property
    def output(self) -> Path:
        """What runs make."""
        override = os.environ.get(OUTPUT_VARIABLE)
        return (Path(override) if override else self.root / self.settings.paths.output).resolve()


def load_workspace(root: Path | str) -> Workspace:
    """Return the workspace in folder `root`, with absolute paths.

    Raises:
        ConfigurationError: the folder or its `weekrapport.toml` is missing, or a key or value in it is wrong.
    """
    root = Path(root).expanduser().resolve()
    path = root / FILE_NAME
    if not path.is_file():
        raise ConfigurationError(
            f"{root} is not a workspace: it has no {FILE_NAME}. Give another folder with --workspace, or write a "
            "demonstration with `weekrapport demo`."
        )
    try:
        given = tomllib.loads(path.read_text("utf-8-sig"))  # Notepad writes a byte order mark
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path} is not valid TOML: {error}.") from error
    try:
        settings = Settings.model_validate(given)
    except ValidationError as error:
        lines = "\n".join(f"  {_explain(item, given)}" for item in error.errors())
        raise ConfigurationError(f"{path}:\n{lines}") from error
    return Workspace(root=root, settings=settings)


def _in_section(read: Callable[[str], _Read], text: str) -> _Read:
    """Return what `text` means, with its error in the form that pydantic adds the place to."""
    try:
        return read(text)
    except ConfigurationError as error:
        raise ValueError(str(error)) from error


def _explain(item: Any, given: dict[str, Any]) -> str:
    place = ".".join(str(part) for part in item["loc"])
    if item["type"] == "extra_forbidden":
        return f"{place}: unknown key. {did_you_mean(str(item['loc'][-1]), _siblings(item['loc']))}"
    if item["type"] == "missing":
        return f"{place}: this key is required."
    return f"{place}: {item['msg'].removeprefix('Value error, ')} (given: {item['input']!r})"


def _siblings(location: tuple[Any, ...]) -> list[str]:
    """Return the known keys of the section in which the unknown key at `location` stands."""
    model: type[BaseModel] = Settings
    for part in location[:-1]:
        if isinstance(part, str):
            model = _SECTIONS.get(part, model)
    return list(model.model_fields)


_SECTIONS: dict[str, type[BaseModel]] = {
    "organisation": Organisation,
    "paths": Paths,
    "calendar": Calendar,
    "office_hours": OfficeHours,
    "privacy": Privacy,
    "or_instemming": OrInstemming,
    "gate": Gate,
    "quality": Quality,
    "finance": Finance,
    "source": Source,
    "events": Events,
}

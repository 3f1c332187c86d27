"""`weekrapport.toml`, typed: what differs between organisations and workspaces.

What differs between reports stands in `notebooks/reports.toml`; what differs between weeks is a parameter. An unknown
key is refused with the nearest known one, because a misspelt setting that is ignored is a wrong report.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from weekrapport.domain.schema import TABLES
from weekrapport.errors import ConfigurationError, did_you_mean
from weekrapport.week import Week, parse_moment

_Read = TypeVar("_Read")
FILE_NAME = "weekrapport.toml"
OUTPUT_VARIABLE = "WEEKRAPPORT_OUTPUT"
"""Set by `--output DIR`, so that a notebook kernel sees the same output folder as the run that started it."""


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Organisation(_Section):
    """Who reports to whom; printed on page 1."""

    name: str = "Organisatie niet ingevuld"
    author: str = ""


class Paths(_Section):
    """Folders, relative to the workspace."""

    inbox: str = "data/inbox"
    snapshots: str = "data/snapshots"
    commentaar: str = "data/commentaar"
    review: str = "data/review"
    output: str = "output"


class Calendar(_Section):
    """What differs from the national werkkalender."""

    goede_vrijdag_vrij: bool = False
    bevrijdingsdag: Literal["jaarlijks", "lustrum", "nooit"] = "lustrum"
    sluitingsdagen: tuple[date, ...] = ()


class OrInstemming(_Section):
    """The works council's consent to print full names (WOR art. 27)."""

    datum: date
    kenmerk: str


class Privacy(_Section):
    """How people appear in lists."""

    toon_medewerker: Literal["naam", "initialen", "geen"] = "initialen"
    or_instemming: OrInstemming | None = None


class Events(_Section):
    """The columns that make a file an event log: one row per event of a case."""

    activity: str
    timestamp: str
    resource: str | None = None
    case_columns: Literal["constant", "last"] = "constant"


class Source(_Section):
    """One kind of export file, and how its columns become a typed table."""

    name: str
    table: str
    files: str
    combine: Literal["all", "newest"] = "all"
    shape: Literal["table", "event_log"] = "table"
    columns: dict[str, str]
    values: dict[str, dict[str, str]] = Field(default_factory=dict)
    constants: dict[str, str] = Field(default_factory=dict)
    missing: tuple[str, ...] = ()
    decimaal: Literal[",", "."] | None = None
    encoding: Literal["utf-8", "cp1252"] | None = None
    separator: Literal[";", ",", "\t", "|"] | None = None
    geexporteerd_op: datetime | None = None
    geexporteerd_kolom: str | None = None
    """Header whose latest value is the export moment; without it the file name and then `geexporteerd_op` tell."""
    events: Events | None = None

    @field_validator("table")
    @classmethod
    def _known_table(cls, table: str) -> str:
        if table not in TABLES:
            raise ValueError(f"there is no table {table!r}. {did_you_mean(table, TABLES)}")
        return table

    @field_validator("files")
    @classmethod
    def _inside_inbox(cls, files: str) -> str:
        if Path(files).is_absolute() or ".." in Path(files).parts:
            raise ValueError(f"{files!r} must lie inside the inbox: no leading / and no '..'")
        return files

    def model_post_init(self, _context: Any) -> None:
        """Check that every mapped column exists in the table and that an event log names its events."""
        kinds = TABLES[self.table].kinds()
        for section in (self.columns, self.values, self.constants):
            for column in section:
                if column not in kinds:
                    raise ValueError(f"table {self.table!r} has no column {column!r}. {did_you_mean(column, kinds)}")
        if (self.shape == "event_log") != (self.events is not None):
            raise ValueError('shape = "event_log" and a section [source.events] go together')


class Gate(_Section):
    """Bounds of the checks that the organisation may move; a moved one is printed in the report."""

    quarantaine_max_aandeel: float = Field(default=0.005, ge=0, le=1)
    versheid_zaken_dagen: int = Field(default=3, ge=0)
    zaak_min_aandeel_vorige: float = Field(default=0.5, ge=0, le=1)


class Settings(_Section):
    """A whole `weekrapport.toml`."""

    week: str | None = None
    as_of: str | None = None
    organisation: Organisation = Organisation()
    paths: Paths = Paths()
    calendar: Calendar = Calendar()
    privacy: Privacy = Privacy()
    gate: Gate = Gate()
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
    "privacy": Privacy,
    "or_instemming": OrInstemming,
    "gate": Gate,
    "source": Source,
    "events": Events,
}

"""Which files of the inbox a source takes, their hashes, and when they were exported ("Bronnen" in docs/methods.md).

The export moment comes from a column, the file name, or `geexporteerd_op` in `weekrapport.toml`, in that order, and
never from the time stamp of the file: copying changes that.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Literal

from weekrapport.errors import SourceError
from weekrapport.settings import Source, Workspace
from weekrapport.week import TIME_ZONE, local_moment

HowKnown = Literal["kolom", "bestandsnaam", "instelling", "onbekend"]

_PASSING = frozenset(
    number
    for name in (
        "EIO", "ESTALE", "ETIMEDOUT", "ETIME", "EBUSY", "EAGAIN", "EDEADLK", "ENOLCK", "EREMOTEIO", "ENOLINK", "ECOMM",
        "EHOSTDOWN", "EHOSTUNREACH", "ENETDOWN", "ENETUNREACH", "ENETRESET", "ECONNRESET", "ECONNABORTED",
        "ECONNREFUSED", "ENOTCONN", "ESHUTDOWN",
    )
    if (number := getattr(errno, name, None)) is not None
)  # fmt: skip
"""What a disk or a network share that is away for a moment answers; not every system knows all of them."""

_MOMENT = re.compile(
    r"(?<![0-9])(20[0-9]{2})(-?)(0[1-9]|1[0-2])\2([0-3][0-9])"
    r"(?:[T_ -]?([01][0-9]|2[0-3])[-.:u]?([0-5][0-9])(?:[-.:]?([0-5][0-9]))?)?(?![0-9])"
)


class SourceAway(SourceError):
    """An export cannot be reached now, which may pass by itself: trying again later makes sense."""


def is_away(errors: Mapping[str, SourceError]) -> bool:
    """Return whether one of the errors, by source name, may pass by itself."""
    return any(isinstance(error, SourceAway) for error in errors.values())


@dataclass(frozen=True)
class InputFile:
    """One file that was read.

    Attributes:
        source: name of the [[source]].
        table: the table it is mapped to.
        name: the file relative to the inbox, with forward slashes.
        sha256: of the bytes as they lie in the inbox.
        bytes: their number.
        exported_at: the export moment in UTC; None when unknown.
        how_known: where that moment comes from.
        rows_read: data rows in the file (events, for an event log).
        rows_quarantined: how many of those stand in the quarantine.
    """

    source: str
    table: str
    name: str
    sha256: str
    bytes: int
    exported_at: datetime | None
    how_known: HowKnown
    rows_read: int = 0
    rows_quarantined: int = 0


def find_files(workspace: Workspace, source: Source) -> tuple[list[Path], list[Path]]:
    """Return the files that the source takes, in order of name, and the older ones that it passes over.

    Hidden files and the lock files of Office (`~$…`) are no exports and are never taken.

    Raises:
        SourceError: there is no inbox, no file matches, or a match leads out of the inbox.
        SourceAway: the inbox cannot be searched now.
    """
    with told(workspace.settings.paths.inbox):
        return _find_files(workspace, source)


def _find_files(workspace: Workspace, source: Source) -> tuple[list[Path], list[Path]]:
    inbox, shown = workspace.inbox, workspace.settings.paths.inbox
    if not inbox.is_dir():
        raise SourceError(f"The inbox {shown} does not exist. Make it and put the exports in it.")
    found = sorted(path for path in inbox.glob(source.files) if not path.name.startswith((".", "~$")))
    found = [path for path in found if path.is_symlink() or path.is_file()]
    home = inbox.resolve()
    for path in found:
        target = path.resolve()
        if not target.is_relative_to(home):
            raise SourceError(
                f"Source {source.name!r}: {path.relative_to(inbox)} is a link to {target}, outside the inbox. Put a "
                "copy of the file itself in the inbox."
            )
    if not found:
        raise SourceError(
            f"Source {source.name!r}: no file in {shown} matches {source.files!r}. Put the export there, or correct "
            "files in its [[source]]."
        )
    if source.combine == "all":
        return found, []
    newest = max(found, key=lambda path: _age_key(path.relative_to(inbox).as_posix()))
    return [newest], [path for path in found if path != newest]


def read_bytes(path: Path, name: str) -> bytes:
    """Return the bytes of a file of the inbox.

    Raises:
        SourceAway: it cannot be read now.
        SourceError: it cannot be opened.
    """
    with told(name):
        return path.read_bytes()


@contextmanager
def told(name: str) -> Iterator[None]:
    """Turn an error of the file system about `name` into one of ours."""
    try:
        yield
    except OSError as error:
        if error.errno in _PASSING:
            raise SourceAway(
                f"{name} cannot be reached now: {error.strerror}. This may pass by itself: run again later, and check "
                "the disk or network share when it stays."
            ) from error
        raise SourceError(
            f"{name} cannot be opened: {error.strerror}. Check that it exists and may be read."
        ) from error


def moment_in_name(name: str) -> tuple[datetime, bool] | None:
    """Return the last moment in a file name in UTC, and whether it has a time of day; None when there is none.

    `20261123-0530`, `2026-11-23`, `2026-11-23T0530` and `20261123` are recognised, as local time. A day alone counts
    as its last second, so that what happened on that day does not look as if it came after the export.
    """
    for part in reversed(Path(name).parts):
        for match in reversed(list(_MOMENT.finditer(part))):
            year, _, month, day, hour, minute, second = match.groups()
            try:
                day_named = date(int(year), int(month), int(day))
            except ValueError:
                continue
            clock = time(23, 59, 59) if hour is None else time(int(hour), int(minute), int(second or 0))
            return local_moment(day_named, clock), hour is not None
    return None


def export_moment(name: str, source: Source, in_column: datetime | None) -> tuple[datetime | None, HowKnown]:
    """Return when a file was exported (UTC) and how that is known."""
    if in_column is not None:
        return in_column, "kolom"
    named = moment_in_name(name)
    if named is not None:
        return named[0], "bestandsnaam"
    stated = source.geexporteerd_op
    if stated is not None:
        local = stated if stated.tzinfo else stated.replace(tzinfo=TIME_ZONE)
        return local.astimezone(UTC), "instelling"
    return None, "onbekend"


def latest(moments: Sequence[datetime | None]) -> datetime | None:
    """Return the latest known moment; None when none is known."""
    return max((moment for moment in moments if moment is not None), default=None)


def _age_key(name: str) -> tuple[bool, float, str]:
    found = moment_in_name(name)
    return (found is not None, found[0].timestamp() if found else 0.0, name)

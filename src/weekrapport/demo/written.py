"""Writes the files of a demonstration, and takes away what an earlier one left.

A list of what was written, with hashes, lies in the workspace. Only what stands in it and was not changed since is ever
removed; what people put there stays.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path

from weekrapport.errors import ConfigurationError

LIST_NAME = ".demonstratie.json"


class Writer:
    """Writes files below a folder and remembers them."""

    def __init__(self, folder: Path) -> None:
        """Take the list of an earlier demonstration along.

        Raises:
            ConfigurationError: that list cannot be read.
        """
        self._folder = folder
        self._before = _read_list(folder / LIST_NAME)
        self._hashes: dict[str, str] = {}
        self._made: set[Path] = set()

    @property
    def paths(self) -> list[Path]:
        """What was written, in order."""
        return [self._folder / name for name in self._hashes]

    def stream(self, name: str, pieces: Iterable[bytes]) -> None:
        """Write a file that need not fit in memory."""
        path, digest = self._ready(name), hashlib.sha256()
        with _Temporary(path) as temporary, temporary.open("wb") as file:
            for piece in pieces:
                digest.update(piece)
                file.write(piece)
        self._hashes[name] = digest.hexdigest()

    def write(self, name: str, data: bytes) -> None:
        """Write a small file, unless it is there already with the same content."""
        path = self._ready(name)
        self._hashes[name] = hashlib.sha256(data).hexdigest()
        if not _holds(path, data):
            with _Temporary(path) as temporary:
                temporary.write_bytes(data)

    def write_many(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Write thousands of small files, each unless it is there already with the same content.

        They are written in place, into what is there: a new file for every old one costs up to twenty times as much.
        What an interruption leaves half written is mended by the next demonstration, which compares every file.
        """
        root, made = str(self._folder), set()
        for name, data in files:
            parent = name.rpartition("/")[0]
            if parent not in made:
                self._ready(name)
                made.add(parent)
            self._hashes[name] = hashlib.sha256(data).hexdigest()
            _fill(f"{root}/{name}", data)

    def finish(self) -> None:
        """Take away what an earlier demonstration wrote and this one did not, and keep the new list."""
        parents = set()
        for name in sorted(self._before.keys() - self._hashes.keys()):
            path = self._folder / name
            if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == self._before[name]:
                path.unlink()
                parents.add(path.parent)
        for parent in sorted(parents):
            _remove_empty(parent, self._folder)
        with _Temporary(self._folder / LIST_NAME) as temporary:
            temporary.write_text(json.dumps(self._hashes, indent=0, sort_keys=True) + "\n", "utf-8")

    def _ready(self, name: str) -> Path:
        path = self._folder / name
        if path.parent not in self._made:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(path.parent)
        return path


class _Temporary:
    """Another name to write under; at the end the file gets its own, or goes when writing failed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")

    def __enter__(self) -> Path:
        return self._temporary

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        if error is None:
            self._temporary.replace(self._path)
        else:
            self._temporary.unlink(missing_ok=True)


def _fill(path: str, data: bytes) -> None:
    """Put data in a file, with the fewest calls: there are thousands of them."""
    try:
        with open(path, "r+b") as file:  # noqa: PTH123 - a Path takes longer than the reading
            if file.read() != data:
                file.seek(0)
                file.write(data)
                file.truncate()
    except FileNotFoundError:
        with open(path, "wb") as file:  # noqa: PTH123
            file.write(data)


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() == data
    except FileNotFoundError:
        return False


def _remove_empty(folder: Path, stop: Path) -> None:
    """Remove a folder, and those above it, when nothing is left in them."""
    while folder != stop and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _read_list(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        names = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise ConfigurationError(
            f"{path} lists what an earlier demonstration wrote, but it cannot be read ({error}). Remove it, and with "
            "it the files of data/inbox/ that no longer belong to the demonstration."
        ) from error
    return {str(name): str(digest) for name, digest in names.items()}

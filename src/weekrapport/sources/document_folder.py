"""A folder of documents in the inbox: every file in it read once, for its hash and for whether it can be read.

Only files that the folder itself holds are opened; links that lead out of it are listed and left alone.
Methods: "Documenten" in docs/methods.md.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path, PurePosixPath, PureWindowsPath

from weekrapport.errors import SourceError
from weekrapport.settings import Source, Workspace
from weekrapport.sources.document_content import CHUNK, Content
from weekrapport.sources.input_file import told

OUTSIDE = "naam of link leidt buiten de map; niet geopend"


@dataclass(frozen=True)
class Document:
    """One file of a folder of documents."""

    sha256: str
    bytes: int
    soort: str
    fault: str
    """Why it cannot be read, in Dutch; empty when it can."""

    @property
    def status(self) -> str:
        """The word of `bestand_status`."""
        if self.fault:
            return "onleesbaar"
        return "aanwezig" if self.bytes else "leeg"


@dataclass(frozen=True)
class Documents:
    """A folder of documents as it was read."""

    folder: str
    """Relative to the inbox, with a slash at the end."""
    files: Mapping[str, Document]
    """Name relative to the folder to the file, in order of name."""
    links: frozenset[str] = frozenset()
    """Folders in it that are links to somewhere else; nothing behind them is opened."""
    stems: Mapping[str, str] = field(default_factory=dict)
    loose: Mapping[str, str] = field(default_factory=dict)

    def find(self, name: str) -> str | None:
        """Return the file that a register means by `name`; the extension may differ in case, or be left out."""
        return name if name in self.files else self.loose.get(_loose(PurePosixPath(name))) or self.stems.get(name)

    def is_behind_link(self, name: str) -> bool:
        """Return whether a name lies in a folder that is a link to somewhere else."""
        return bool(self.links) and any(str(parent) in self.links for parent in PurePosixPath(name).parents)

    @property
    def as_input(self) -> tuple[str, str, int]:
        """The folder as one input: its name, the hash of its listing, and its bytes."""
        listing = _listing_hash((name, file.sha256) for name, file in self.files.items())
        return self.folder, listing, sum(file.bytes for file in self.files.values())


def hash_documents(workspace: Workspace, source: Source) -> tuple[str, str]:
    """Return the name and the hash of the folder as an input.

    Raises:
        SourceError: the folder is not there, or cannot be read.
    """
    folder = _find(workspace, source)
    lines = [(name, document.sha256) for name, document in _contents(folder).items()]
    return folder.shown, _listing_hash([*lines, *((name, "") for name in folder.links)])


def read_documents(workspace: Workspace, source: Source) -> Documents:
    """Return every document of the source's folder, each read once.

    Raises:
        SourceError: the folder is not there, or a file in it cannot be opened.
    """
    folder = _find(workspace, source)
    files = _contents(folder) | {name: Document("", 0, "geen", OUTSIDE) for name in folder.links}
    stems: dict[str, str] = {}
    loose: dict[str, str] = {}
    for name in sorted(files, key=lambda name: (files[name].soort != "ubl", name)):
        stems.setdefault(str(PurePosixPath(name).with_suffix("")), name)
        loose.setdefault(_loose(PurePosixPath(name)), name)
    return Documents(folder.shown, files, frozenset(folder.links), stems, loose)


def leads_out(name: str) -> bool:
    """Return whether a name leads out of a folder, read as on Windows or as elsewhere."""
    if ".." not in name and ":" not in name and not name.startswith(("/", "\\")):
        return False  # as nearly every name; what follows costs more
    return any(
        path.is_absolute() or bool(path.drive or path.root) or ".." in path.parts
        for path in (PurePosixPath(name), PureWindowsPath(name))
    )


def document_folders(workspace: Workspace) -> set[Path]:
    """Return the folders of the inbox that hold documents, whose files are no exports."""
    return {workspace.inbox / source.documents for source in workspace.settings.source if source.documents}


def _loose(path: PurePosixPath) -> str:
    return str(path.with_suffix("")) + path.suffix.lower()


@dataclass(frozen=True)
class _Folder:
    """A folder of documents before it is read."""

    shown: str
    paths: tuple[tuple[str, Path], ...]
    links: tuple[str, ...]
    """Names of files and folders in it that are links to somewhere else."""


def _contents(folder: _Folder) -> dict[str, Document]:
    """Return every document of the folder by name; what was read a moment ago is not read again."""
    files = []
    for name, path in folder.paths:
        with told(folder.shown + name):
            state = path.stat()
        files.append((name, path, state.st_size, state.st_mtime_ns))
    return _read(folder.shown, tuple(files))


@lru_cache(maxsize=1)
def _read(shown: str, files: tuple[tuple[str, Path, int, int], ...]) -> dict[str, Document]:
    """Read each file once for its hash and for what it holds: a run asks for both, one after the other."""
    return {name: _document(path, shown + name) for name, path, _size, _changed in files}


def _find(workspace: Workspace, source: Source) -> _Folder:
    """Return the files of the folder in order of name; those that a source reads as tables are left out."""
    folder = workspace.inbox / str(source.documents)
    shown = f"{PurePosixPath(str(source.documents))}/"
    with told(shown):
        home = folder.resolve()
        if not home.is_relative_to(workspace.inbox.resolve()):
            raise SourceError(f"{shown} is a link out of the inbox, to {home}. Put the documents themselves there.")
        if not home.is_dir():
            raise SourceError(
                f"Source {source.name!r}: the folder {shown} with the documents does not exist in the inbox. Put the "
                "documents there, or correct documents in its [[source]]."
            )
        tables = {str(path) for each in workspace.settings.source for path in workspace.inbox.glob(each.files)}
        found = [path for path in _walk(folder) if path not in tables]
        links = {path for path in found if Path(path).is_symlink() and not Path(path).resolve().is_relative_to(home)}
    start = len(os.path.join(folder, ""))  # noqa: PTH118  paths are text here: there are thousands
    names = {path: path[start:].replace(os.sep, "/") for path in found}
    paths = sorted((name, Path(path)) for path, name in names.items() if path not in links)
    return _Folder(shown, tuple(paths), tuple(sorted(names[path] for path in links)))


def _walk(folder: Path) -> Iterator[str]:
    """Return the files of a folder and those below it, and folders that are links; hidden ones are left out."""
    for parent, folders, names in os.walk(folder, onerror=_raise):
        folders[:] = [name for name in folders if not name.startswith(".")]
        linked = [name for name in folders if os.path.islink(os.path.join(parent, name))]  # noqa: PTH114, PTH118
        yield from (os.path.join(parent, name) for name in [*linked, *names] if not name.startswith((".", "~$")))  # noqa: PTH118


def _raise(error: OSError) -> None:
    raise error


def _chunks(path: Path, name: str) -> Iterator[bytes]:
    with told(name), path.open("rb", buffering=0) as file:
        while chunk := file.read(CHUNK):
            yield chunk


def _document(path: Path, name: str) -> Document:
    digest, content, size = hashlib.sha256(), Content(path.suffix), 0
    for chunk in _chunks(path, name):
        digest.update(chunk)
        content.feed(chunk)
        size += len(chunk)
    soort, fault = content.close()
    return Document(digest.hexdigest(), size, soort, fault)


def _listing_hash(lines: Iterable[tuple[str, str]]) -> str:
    digest = hashlib.sha256()
    for name, sha256 in sorted(lines):
        digest.update(f"{name}\0{sha256}\n".encode())
    return digest.hexdigest()

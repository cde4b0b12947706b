"""Names of files, folders and zip files turned into the files of an archive, in a fixed order.

This is the one place where archives are opened, so that other kinds of storage can come in here.
"""

from __future__ import annotations

import os
import stat
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, cast

from app.errors import UnreadableArchive

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SUFFIXES = frozenset(
    ".html .htm .xhtml .txt .text .md .json .jsonl .ndjson .xml .wxr .atom .warc .arc .gz .zst"
    " .bz2 .zip".split()
)
"""What is read in a folder, beside files without a suffix; the rest are styles, images, scripts."""

_ASSETS = ("_files", "-Dateien", "_Files")
"""Browsers put what belongs to a saved page beside it in a folder of its name with these ends."""


@dataclass(frozen=True, slots=True)
class Place:
    """A file of an archive; `name` is what it is called in reports, `size` is in bytes.

    `member` is the file's name inside the zip file at `path`.
    """

    name: str
    path: Path
    size: int
    member: str | None = None

    @property
    def folder(self) -> str:
        """What the file stands in."""
        return str(PurePosixPath(self.name).parent)

    @property
    def base(self) -> str:
        """The file's name without its folder."""
        return PurePosixPath(self.name).name

    def open(self) -> BinaryIO:
        """Return the file's bytes as they are stored, or those of the member of a zip file.

        Raises:
            OSError: the file is not there, or may not be read.
            UnreadableArchive: the zip file is broken or encrypted.
        """
        if self.member is None:
            return self.path.open("rb")
        try:
            with zipfile.ZipFile(self.path) as archive:  # the member's stream keeps the file open
                return cast("BinaryIO", archive.open(self.member))
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, KeyError) as error:
            raise _bad_zip(str(self.path), error) from error


def list_places(names: Iterable[str]) -> list[Place]:
    """Return the files named, and those in the folders named, sorted by path.

    In a folder hidden files, links and what no reader could read are passed over.

    Raises:
        UnreadableArchive: a name leads nowhere, or a folder holds nothing to read.
    """
    places: list[Place] = []
    for name in names:
        path = Path(name)
        if path.is_dir():
            found = [place for each in _walk(path) for place in _in_file(str(each), each)]
        elif path.is_file():
            found = list(_in_file(name, path))
        else:
            raise UnreadableArchive(f"expected {name} to be a file or a folder, found none")
        if not found:
            raise UnreadableArchive(f"expected files to read in {name}, found none")
        places.extend(found)
    return places


def _in_file(name: str, path: Path) -> Iterator[Place]:
    """The file itself, or what can be read in it where it is a zip file."""
    if path.suffix.lower() != ".zip":
        yield Place(name, path, path.stat().st_size)
        return
    try:
        with zipfile.ZipFile(path) as archive:
            members = sorted(archive.infolist(), key=lambda member: member.filename)
    except zipfile.BadZipFile as error:
        raise _bad_zip(name, error) from error
    for member in members:
        inner = PurePosixPath(member.filename)
        hidden = any(part.startswith((".", "__")) or _is_assets(part) for part in inner.parts)
        if not member.is_dir() and not hidden and _is_known(inner.suffix):
            yield Place(f"{name}/{inner}", path, member.compress_size, member.filename)


def _bad_zip(name: str, error: Exception) -> UnreadableArchive:
    return UnreadableArchive(f"expected {name} to be a zip file, got: {str(error)[:100]}")


def _walk(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(
            name for name in folders if not name.startswith((".", "_")) and not _is_assets(name)
        )
        for name in sorted(files):
            path = Path(parent) / name
            if (
                _is_known(path.suffix)
                and not name.startswith(".")
                and stat.S_ISREG(path.lstat().st_mode)
            ):
                yield path


def _is_known(suffix: str) -> bool:
    return not suffix or suffix.lower() in _SUFFIXES


def _is_assets(name: str) -> bool:
    return name.endswith(_ASSETS)

"""Names of files, folders and zip files turned into the files of an archive, in a fixed order.

This is the one place where archives are opened, on disks and in other stores (`stores`).
"""

from __future__ import annotations

import os
import stat
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, cast

from app.errors import UnreadableArchive
from app.parsing.archives.stores import Store, StoredFile, is_address

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
    path: Path | StoredFile
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
            return _open(self.path)
        try:
            source = self.path if isinstance(self.path, Path) else self.path.open()
            with zipfile.ZipFile(source) as archive:  # the member's stream keeps the file open
                return cast("BinaryIO", archive.open(self.member))
        except (zipfile.BadZipFile, RuntimeError, KeyError) as error:
            # RuntimeError, or a kind of it, is what zipfile raises for a password and for a way of
            # compressing that it does not know.
            raise _bad_zip(self.name, error) from error


def list_places(names: Iterable[str]) -> list[Place]:
    """Return the files named, and those in the folders named, sorted by path.

    In a folder hidden files, links and what no reader could read are passed over.

    Raises:
        UnreadableArchive: a name leads nowhere, or a folder holds nothing to read.
    """
    places: list[Place] = []
    for name in names:
        path = Path(name)
        if is_address(name):
            found = list(_in_store(Store(name)))
        elif path.is_dir():
            found = [place for each in _walk(path) for place in _in_file(str(each), each)]
        elif path.is_file():
            found = list(_in_file(name, path))
        else:
            raise UnreadableArchive(f"expected {name} to be a file or a folder, found none")
        if not found:
            raise UnreadableArchive(f"expected files to read in {name}, found none")
        places.extend(found)
    return places


def _open(path: Path | StoredFile) -> BinaryIO:
    return path.open("rb") if isinstance(path, Path) else path.open()


def _in_store(store: Store) -> Iterator[Place]:
    """The file at an address, or what can be read in the folder there."""
    alone = store.is_file()
    for file in store.find():
        inner = PurePosixPath(store.within(file))
        hidden = inner.name.startswith(".") or any(map(_is_passed_over, inner.parts[:-1]))
        if alone or (not hidden and _is_known(inner.suffix)):
            yield from _in_file(store.address if alone else f"{store.address}/{inner}", file)


def _in_file(name: str, path: Path | StoredFile) -> Iterator[Place]:
    """The file itself, or what can be read in it where it is a zip file."""
    if PurePosixPath(name).suffix.lower() != ".zip":
        yield Place(name, path, path.stat().st_size if isinstance(path, Path) else path.size)
        return
    try:
        with _open(path) as stream, zipfile.ZipFile(stream) as archive:
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
        folders[:] = sorted(name for name in folders if not _is_passed_over(name))
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


def _is_passed_over(folder: str) -> bool:
    return folder.startswith((".", "_")) or _is_assets(folder)


def _is_assets(name: str) -> bool:
    return name.endswith(_ASSETS)

"""Files that stand on other storage than this machine's disks, by addresses such as s3://bucket/a.

fsspec reads and writes them; it, and the package of the store, are extras and loaded on need.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from app.errors import UnreadableArchive

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.:-]*://")


def is_address(name: str) -> bool:
    """Return whether a name is an address of a store, and no path."""
    return _ADDRESS.match(name) is not None


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of a store; `mark` is another one when the file was written to since."""

    store: Store
    path: str
    size: int
    mark: str

    def open(self) -> BinaryIO:
        """Return the file's bytes, which can be read from any place.

        Raises:
            OSError: the store cannot be reached, or gives the file to nobody.
        """
        try:
            return cast("BinaryIO", self.store.files.open(self.path, "rb"))
        except OSError:
            raise
        except Exception as error:  # each store has errors of its own
            raise OSError(f"{self.path[:100]}: {str(error)[:100]}") from error


class Store:
    """A folder of a store, or one file in it, at an address.

    Raises:
        UnreadableArchive: the address is of no store that can be reached from here.
    """

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        with _told(address):
            from fsspec.core import url_to_fs  # noqa: PLC0415 - an extra

            files, path = url_to_fs(address)
        self.files: Any = files
        self._root = str(path).rstrip("/")

    def find(self) -> list[StoredFile]:
        """Return the file at the address, or all files in the folder there, sorted by path."""
        with _told(self.address):
            found: dict[str, dict[str, Any]] = self.files.find(self._root, detail=True)
            return [
                StoredFile(self, path, int(info.get("size") or 0), self.files.ukey(path))
                for path, info in sorted(found.items())
            ]

    def is_file(self) -> bool:
        """Return whether a file stands at the address itself."""
        with _told(self.address):
            return bool(self.files.isfile(self._root))

    def within(self, file: StoredFile) -> str:
        """Return a file's path in the folder at the address."""
        return file.path.removeprefix(self._root).lstrip("/")

    def read(self, name: str) -> bytes | None:
        """Return the content of a file in the folder, None where there is none."""
        with _told(self.address):
            path = f"{self._root}/{name}"
            return bytes(self.files.cat_file(path)) if self.files.exists(path) else None

    def write(self, name: str, content: bytes) -> None:
        """Write a small file in the folder: it is there whole, or not at all."""
        with _told(self.address):
            self.files.makedirs(f"{self._root}/{name}".rpartition("/")[0], exist_ok=True)
            self.files.pipe_file(f"{self._root}/{name}", content)

    def put(self, source: Path, name: str) -> None:
        """Copy a file of this machine into the folder: it is there whole, or not at all."""
        with _told(self.address):
            self.files.makedirs(f"{self._root}/{name}".rpartition("/")[0], exist_ok=True)
            self.files.put_file(str(source), f"{self._root}/{name}")


@contextmanager
def _told(address: str) -> Iterator[None]:
    try:
        yield
    except ImportError as error:
        raise UnreadableArchive(
            f"expected what reads {address[:100]} to be installed, got: {str(error)[:100]}"
        ) from error
    except Exception as error:  # each store has errors of its own
        raise UnreadableArchive(
            f"expected to reach {address[:100]}, got: {str(error)[:100]}"
        ) from (error)

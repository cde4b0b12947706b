"""Where a run's results go: a folder of this machine, or one on other storage, by its address.

On other storage a part is there whole, or not at all, as on a disk. What a run needs to go on is
kept beside the parts; what it needs while it runs stands on this machine.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

from app.batch.durable import write_durably
from app.errors import InvalidRequest
from app.parsing.archives.stores import Store, is_address

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from app.batch.ledger import Ledger

RUN_FOLDER = "_run"
"""Readers of Parquet folders pass over what begins with an underscore."""

LEDGER = "ledger.sqlite3"
_LOCAL = "file://"
WORK_FOLDER = Path("var/score")
"""Where runs whose results go elsewhere keep what is not finished, a folder each."""


class Target(Protocol):
    """Where results go; `folder` is of this machine and holds what the run works with."""

    @property
    def folder(self) -> Path:
        """The run's own folder."""
        ...

    def begin(self) -> None:
        """Make ready for a run, new or gone on with.

        Raises:
            InvalidRequest: something else stands there.
        """
        ...

    def recall(self, ledger: Ledger) -> None:
        """Have the ledger say what is kept beside the results, where that is elsewhere."""
        ...

    def keep(self, ledger: Ledger) -> None:
        """Keep what the ledger says beside the results, where that is elsewhere."""
        ...

    def write(self, name: str) -> AbstractContextManager[BinaryIO]:
        """Open a file among the results: it is there, whole, when all went well."""
        ...


def target_of(out: Path | str) -> Target:
    """Return the target that a path or an address names."""
    name = str(out)
    if name.startswith(_LOCAL):  # fsspec copies to disks, which a crash can interrupt
        return FolderTarget(Path(name.removeprefix(_LOCAL)))
    return StoreTarget(name) if is_address(name) else FolderTarget(Path(out))


class FolderTarget:
    """A folder of this machine."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self.folder = out / RUN_FOLDER

    def begin(self) -> None:
        """Make the folder, or sweep away what a killed run left half done."""
        if self._out.exists() and not self.folder.is_dir() and any(self._out.iterdir()):
            raise _not_empty(str(self._out))
        self.folder.mkdir(parents=True, exist_ok=True)

    def recall(self, ledger: Ledger) -> None:
        """Do nothing: the ledger stands beside the results."""

    def keep(self, ledger: Ledger) -> None:
        """Do nothing: the ledger stands beside the results."""

    def write(self, name: str) -> AbstractContextManager[BinaryIO]:
        """Open a file under the folder, as `write_durably` does."""
        path = self._out / name
        path.parent.mkdir(exist_ok=True)
        return write_durably(path)


class StoreTarget:
    """A folder of another store; the ledger there counts, so that another machine can go on."""

    def __init__(self, address: str, work_folder: Path = WORK_FOLDER) -> None:
        self._store = Store(address)
        own = hashlib.sha256(self._store.address.encode()).hexdigest()[:20]
        self.folder = work_folder / own

    def begin(self) -> None:
        """Make the folder of this machine."""
        found = [self._store.within(file) for file in self._store.find()]
        if found and f"{RUN_FOLDER}/{LEDGER}" not in found:
            raise _not_empty(self._store.address)
        self.folder.mkdir(parents=True, exist_ok=True)

    def recall(self, ledger: Ledger) -> None:
        """Take over the ledger of the store; forget the units of any other run."""
        began = ledger.fact("began")
        ledger.restore(self._store.read(f"{RUN_FOLDER}/{LEDGER}"))
        if ledger.fact("began") != began:
            shutil.rmtree(self.folder / "units", ignore_errors=True)

    def keep(self, ledger: Ledger) -> None:
        """Write the ledger to the store."""
        self._store.write(f"{RUN_FOLDER}/{LEDGER}", ledger.dump())

    @contextmanager
    def write(self, name: str) -> Iterator[BinaryIO]:
        """Open a file of this machine that is copied to the store when it is whole."""
        with tempfile.NamedTemporaryFile(dir=self.folder, prefix="fingerpost-") as stream:
            yield stream  # type: ignore[misc]  # it wraps a binary file
            stream.flush()
            self._store.put(Path(stream.name), name)


def _not_empty(name: str) -> InvalidRequest:
    return InvalidRequest(f"expected {name} to be empty, or begun by this command; it is neither")

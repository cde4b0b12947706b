"""The inputs of a run: files as named, standard input spooled to one, and what tells them apart."""

from __future__ import annotations

import hashlib
import shutil
import sys
from typing import TYPE_CHECKING

from app.batch.durable import write_durably
from app.parsing.archives.places import list_places

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

STDIN = "-"
_BUFFER_BYTES = 1 << 20


def list_inputs(names: Sequence[str], folder: Path) -> list[str]:
    """Return the names with standard input (`-`) spooled to a file in `folder`.

    A run can only go on from what can be read twice.
    """
    if STDIN not in names:
        return list(names)
    spooled = folder / "standard-input"
    with write_durably(spooled) as stream:
        shutil.copyfileobj(sys.stdin.buffer, stream, _BUFFER_BYTES)
    return [str(spooled) if name == STDIN else name for name in names]


def hash_input(names: Sequence[str]) -> str:
    """Return a SHA-256 of the names and contents of all files, in their order."""
    total = hashlib.sha256()
    for place in list_places(names):
        with place.open() as stream:
            own = hashlib.file_digest(stream, "sha256")  # type: ignore[arg-type]  # it only reads
        total.update(f"{place.name}\0{own.hexdigest()}\n".encode("utf-8", "surrogateescape"))
    return total.hexdigest()

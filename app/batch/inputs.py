"""The inputs of a run: files as named, standard input spooled to one, and what tells them apart."""

from __future__ import annotations

import hashlib
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app.batch.durable import write_durably
from app.parsing.archives.places import list_places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.parsing.archives.places import Place

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
    """Return a SHA-256 of the names and contents of all files, in their order.

    Of files in other stores what the store says of their versions counts: to read them twice
    would take as long as to score them.
    """
    total = hashlib.sha256()
    for place in list_places(names):
        own = _hash(place) if isinstance(place.path, Path) else place.path.mark
        total.update(f"{place.name}\0{own}\n".encode("utf-8", "surrogateescape"))
    return total.hexdigest()


def _hash(place: Place) -> str:
    with place.open() as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]  # it only reads

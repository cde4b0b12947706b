"""Compares the files of a model with the SHA-256 that came along with them, before any is read.

`SHA256SUMS` is what `sha256sum *` writes in the folder. A model without that file is taken as it
is: whoever trains one need not sum it up.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from app.errors import ModelUnusable

if TYPE_CHECKING:
    from pathlib import Path

SUMS = "SHA256SUMS"

_SHOWN_DIGITS = 12
"""Digits of a sum that an error shows: enough to compare by eye."""


def check_sums(folder: Path) -> None:
    """Do nothing where every file that the folder's sums name is there and has its sum.

    Raises:
        ModelUnusable: naming the first file that differs or is not there.
    """
    path = folder / SUMS
    if not path.is_file():
        return
    for line in path.read_text("utf-8", "replace").splitlines():
        wanted, _, name = line.partition(" ")
        _check(folder, name.strip(" *"), wanted.lower())


def _check(folder: Path, name: str, wanted: str) -> None:
    # A name with a slash could lead out of the folder; sha256sum writes none for files in it.
    if not name or "/" in name or "\0" in name:
        raise ModelUnusable(f"expected names of files in {folder / SUMS}, got {name[:60]!r}")
    try:
        with (folder / name).open("rb") as stream:
            got = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise ModelUnusable(
            f"expected {name} in {folder}, as {SUMS} says, got: {error.strerror}"
        ) from error
    if got != wanted:
        raise ModelUnusable(
            f"expected {folder / name} with SHA-256 {wanted[:_SHOWN_DIGITS]}…, as {SUMS} says, "
            f"got {got[:_SHOWN_DIGITS]}…: the file is broken or of another model"
        )

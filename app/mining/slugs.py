"""Makes the short ids of actors from their names."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_NO_SLUG = re.compile(r"[^a-z0-9]+")
_MAX_LENGTH = 40
"""Characters of an id: enough for six words, short enough for a path and a table's cell."""


def slug_of(name: str) -> str:
    """Return `name` in lower-case ASCII words joined by hyphens, "actor" where none is left."""
    # Letter by letter: marks are dropped, and to put thousands of them in order takes a time that
    # grows with their square.
    parts = "".join(unicodedata.normalize("NFKD", char) for char in name)
    folded = parts.encode("ascii", "ignore").decode("ascii")
    slug = _NO_SLUG.sub("-", folded.lower()).strip("-")
    if len(slug) > _MAX_LENGTH:
        slug = slug[: _MAX_LENGTH + 1].rpartition("-")[0] or slug[:_MAX_LENGTH]
    return slug or "actor"


def unique_slugs(names: Iterable[str]) -> tuple[str, ...]:
    """Return a slug for each name; a second one of the same slug gets "-2", and so on."""
    taken: set[str] = set()
    numbers: dict[str, int] = {}
    slugs: list[str] = []
    for name in names:
        slug = base = slug_of(name)
        while slug in taken:
            numbers[base] = numbers.get(base, 1) + 1
            slug = f"{base}-{numbers[base]}"
        taken.add(slug)
        slugs.append(slug)
    return tuple(slugs)

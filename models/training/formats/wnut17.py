"""WNUT-17 (Derczynski et al. 2017): named entities of six kinds in user text, as CoNLL columns.

A line has a token and its tag (B-person, I-person, O ...) between tabs; a blank line ends a text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.training.formats.pairs import is_rows
from models.training.rows import read_rows

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class TaggedText:
    """The tokens of a text and a tag each."""

    tokens: tuple[str, ...]
    tags: tuple[str, ...]


def read(path: Path) -> list[TaggedText]:
    """Return the texts of a file.

    Raises:
        ValueError: a line is neither blank nor a token with its tag.
    """
    if is_rows(path):
        return [TaggedText(tuple(row["tokens"]), tuple(row["tags"])) for row in read_rows(path)]
    texts: list[TaggedText] = []
    tokens: list[str] = []
    tags: list[str] = []
    for number, line in enumerate([*path.read_text("utf-8").split("\n"), ""], start=1):
        parts = line.split()
        if len(parts) > 1:
            # A few tokens of the release hold a space of another kind.
            tokens.append(" ".join(parts[:-1]))
            tags.append(parts[-1])
        elif parts:
            raise ValueError(
                f"expected a token and its tag in line {number} of {path.name}, got {line[:50]!r}"
            )
        elif tokens:
            texts.append(TaggedText(tuple(tokens), tuple(tags)))
            tokens, tags = [], []
    return texts

"""Tells how a page was read: what told its comments, what else could have, and what was left out.

A reader writes it while it reads; it changes nothing about what is read.
"""

from __future__ import annotations

from dataclasses import dataclass

_EXCERPT = 60
"""Characters of a left-out block by which a person finds it again."""


@dataclass(frozen=True, slots=True)
class Source:
    """One way to tell a page's comments, and how much of the page it explains.

    `name` is that of a platform, of a kind of structured data, "repeated" with what repeats, or
    of a form of plain text; `score` is what sources are compared by, and has no unit.
    """

    name: str
    comments: int
    authors: int
    score: float


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A block that was not read as a comment; `place` is its tag with id and classes."""

    place: str
    reason: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was used of a page, what it was weighed against, and what is missing.

    `declared` is how many comments the page says there are; `comments_missing` says why there
    must be more than were found, where the page shows it.
    """

    used: Source | None = None
    rivals: tuple[Source, ...] = ()
    declared: int | None = None
    found: int = 0
    left_out: tuple[LeftOut, ...] = ()
    comments_missing: str | None = None


def excerpt_of(text: str) -> str:
    """Return the beginning of a text as one line."""
    line = " ".join(text[: 4 * _EXCERPT].split())
    return line if len(line) <= _EXCERPT else line[: _EXCERPT - 1] + "…"

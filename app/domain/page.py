"""A page as it was read: one article and the comments under it, in page order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from app.errors import InvalidPage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text: code points `[start, end)`."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"expected 0 <= start <= end, got [{self.start}, {self.end})")

    def text_of(self, text: str) -> str:
        """Return the words of `text` that the span covers."""
        return text[self.start : self.end]


class CommentKind(StrEnum):
    """What stands under an article: a reader's post, or another site's notice of a link."""

    COMMENT = "comment"
    PINGBACK = "pingback"


class ReplyLink(StrEnum):
    """How it is known which comment another one answers."""

    GIVEN = "given"
    MARKUP = "markup"
    INFERRED = "inferred"


@dataclass(frozen=True, slots=True)
class Article:
    """What the comments stand under. `text` is its body, paragraphs parted by blank lines."""

    title: str | None = None
    text: str = ""
    author: str | None = None
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """One reader's post. `reply_to` is the id of the comment it answers, null for the article."""

    id: str
    text: str
    author: str | None = None
    reply_to: str | None = None
    reply_link: ReplyLink | None = None
    kind: CommentKind = CommentKind.COMMENT
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NamedActor:
    """An actor as the caller names it: an id, one canonical name, other names for the same."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The canonical name first, then the aliases."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Page:
    """One article and its comments; what the caller gave (account, event, actors) is kept as given.

    `actors` is None where the caller gave no list; an empty list means that nobody is weighed.

    Raises:
        InvalidPage: an id twice or empty, a reply to itself, to nothing, or in a circle.
    """

    article: Article
    comments: tuple[Comment, ...] = ()
    url: str | None = None
    language: str | None = None
    account: str | None = None
    event: str | None = None
    actors: tuple[NamedActor, ...] | None = None

    def __post_init__(self) -> None:
        _check_unique("comment id", [comment.id for comment in self.comments])
        if self.actors is not None:
            _check_unique("actor id", [actor.id for actor in self.actors])
        parents = {comment.id: comment.reply_to for comment in self.comments}
        for comment in self.comments:
            if comment.reply_to is not None and comment.reply_to not in parents:
                raise InvalidPage(
                    f"expected reply_to of comment {comment.id!r} to be the id of a comment on "
                    f"this page, got {comment.reply_to!r}"
                )
        _check_no_circle(parents)

    def comment_by_id(self) -> Mapping[str, Comment]:
        """Return the comments under their ids, in page order."""
        return {comment.id: comment for comment in self.comments}


def _check_unique(what: str, ids: Sequence[str]) -> None:
    seen: set[str] = set()
    for position, value in enumerate(ids):
        if not value:
            raise InvalidPage(f"expected a {what} that is not empty, at position {position}")
        if value in seen:
            raise InvalidPage(f"expected each {what} once, got {value!r} again at {position}")
        seen.add(value)


def _check_no_circle(parents: Mapping[str, str | None]) -> None:
    safe: set[str] = set()
    for start in parents:
        path: list[str] = []
        on_path: set[str] = set()
        current: str | None = start
        while current is not None and current not in safe:
            if current in on_path:
                circle = " -> ".join(repr(step) for step in [*path[path.index(current) :], current])
                raise InvalidPage(f"expected replies without a circle, got {circle[:300]}")
            path.append(current)
            on_path.add(current)
            current = parents[current]
        safe |= on_path

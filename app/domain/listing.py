"""Lists of what is stored: how they are narrowed, what a row says, and one slice of many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from datetime import datetime

    from app.domain.stance import Attribution, Label, Role

ItemT = TypeVar("ItemT")


@dataclass(frozen=True, slots=True)
class Slice(Generic[ItemT]):
    """Some items of a longer list; `next_cursor` leads on and is None where the list ends."""

    items: tuple[ItemT, ...]
    next_cursor: str | None = None


@dataclass(frozen=True, slots=True)
class PageFilter:
    """Which pages to list; what is None does not narrow.

    `url` is the exact address, or the beginning of one where it ends in "*". `actor` is a name
    or an alias in any case, as a whole. `text` stands anywhere in title, article or a comment.
    """

    url: str | None = None
    actor: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class PageSummary:
    """A page in a list; `comments` counts them, `top_actor` is the name behind rank 1."""

    id: str
    url: str | None
    title: str | None
    language: str | None
    comments: int
    top_actor: str | None
    mined_at: datetime


@dataclass(frozen=True, slots=True)
class AttributionFilter:
    """Which claims to list; what is None does not narrow.

    `actor` is a name or an alias in any case, as a whole. `since` is compared with the time of
    the comment, or with the time of mining where the comment has none.
    """

    actor: str | None = None
    label: Label | None = None
    role: Role | None = None
    certain: bool | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class AttributionRecord:
    """A claim about an actor with the comment and the page in which it stands."""

    page_id: str
    page_url: str | None
    page_title: str | None
    comment_id: str
    comment_author: str | None
    comment_text: str
    created_at: datetime | None
    actor_name: str
    attribution: Attribution
    mined_at: datetime

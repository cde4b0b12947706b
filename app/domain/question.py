"""Questions across pages: which comments say a word, and how often who is held responsible."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class CommentFilter:
    """Which comments to find: those that hold every word and every "phrase" of `text`.

    Words are whole ones, in any case; `page_id` narrows to one page.
    """

    text: str
    page_id: str | None = None


@dataclass(frozen=True, slots=True)
class FoundComment:
    """A comment with the page that it stands on."""

    page_id: str
    page_url: str | None
    page_title: str | None
    id: str
    author: str | None
    text: str
    created_at: datetime | None


class Grouping(StrEnum):
    """What claims are counted by: the name of who is weighed, the host of the page, the UTC day."""

    ACTOR = "actor"
    SITE = "site"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class CountFilter:
    """Which claims to count, and by what; at most one of `actor` and `site` narrows.

    `actor` is a canonical name in any case, `site` a host without "www.".
    """

    by: Grouping
    actor: str | None = None
    site: str | None = None


@dataclass(frozen=True, slots=True)
class ClaimCount:
    """How many claims support, deny or ask; `item` is a name, a host or a day (2024-05-01)."""

    item: str
    support: int
    deny: int
    query: int

    @property
    def claims(self) -> int:
        """All of them."""
        return self.support + self.deny + self.query
